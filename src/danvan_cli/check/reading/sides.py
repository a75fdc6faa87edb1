"""In which half of the page a line outside tables is."""

from typing import Literal

from danvan_cli.check.reading.lines import Line

Side = Literal["left", "middle", "right"]

_FAR_RIGHT = 0.4
"""As a share of the width: a line that begins there is in the right half."""

_TAB = 12.7
"""mm from one of Word's own tab stops to the next."""


def side_of(line: Line) -> Side:
    """By its tabs where it has some, by other text in its line, by its indents."""
    paragraph = line.paragraph
    formatting = paragraph.formatting
    far = paragraph.room * _FAR_RIGHT
    if line.tabs and formatting.tabs:
        stop, _ = formatting.tabs[min(line.tabs, len(formatting.tabs)) - 1]
        return "right" if stop > far else "left"
    if not line.alone:
        return "left" if line.leads else "right"
    if line.indented:
        return "right" if line.tabs * _TAB > far else "left"
    if formatting.starts_at > far or formatting.alignment == "right":
        return "right"
    if formatting.alignment == "center":
        return "left" if formatting.right > far else "middle"
    return "left"
