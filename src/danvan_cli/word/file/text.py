"""The text that a person sees in a part of a Word document, with all that was typed into it."""

from collections.abc import Iterator

from docx.oxml.ns import qn

from danvan_cli.word.file.tracked_changes import (
    AROUND,
    SIGNS,
    XmlElement,
    inside,
    is_end_deleted,
    kept_rows,
    name_of,
)

LIST_MARK = "\x1f"
"""Put before and after a number or bullet that was not typed, but is a list's own."""

_AROUND_TEXT = (*AROUND, "ruby", "rubyBase", "oMath", "oMathPara")
"""Elements that enclose text that counts; deleted and moved text, instructions, notes do not."""
_BOXES = ("drawing", "pict", "object")
_MARKS = {
    ("Wingdings", 0xFC): "✓",
    ("Wingdings", 0xFE): "☑",
    ("Wingdings", 0x6F): "☐",
    ("Wingdings", 0xA8): "☐",
    ("Wingdings", 0xD8): "➢",
    ("Wingdings", 0xE0): "→",
    ("Symbol", 0xAE): "→",
    ("Symbol", 0xB3): "≥",
    ("Symbol", 0xA3): "≤",
    ("Symbol", 0xB1): "±",
    ("Symbol", 0xB4): "×",
    ("Symbol", 0x2D): "-",
}
LABEL = "{urn:danvan}label"
"""An element in a run: the number or bullet that Word shows before the paragraph."""

_PRIVATE = range(0xF000, 0xF100)


def text_of(container: XmlElement) -> str:
    """The text of a cell, a control or its content: a line for each paragraph and line break.

    Tracked changes count as accepted. A table within is a line for each of its rows.
    """
    parts: list[str] = []
    ended = has_text = False
    for line, ends in _blocks(container):
        parts += ("\n", line) if ended and has_text else (line,)
        ended, has_text = ends, has_text or bool(line)
    return "".join(parts)


def _blocks(parent: XmlElement) -> Iterator[tuple[str, bool]]:
    """The text of each block, and whether it ends there: where its end was deleted, it does not."""
    for block in inside(parent, "p", "tbl", "r", "AlternateContent", around=_AROUND_TEXT):
        match name_of(block):
            case "p":
                yield paragraph_text(block), not is_end_deleted(block)
            case "tbl":
                yield from ((row, True) for row in _rows(block))
            case "r":
                yield "".join(_run(block)), False
            case "AlternateContent":
                yield from _blocks(_alternative(block))


def paragraph_text(paragraph: XmlElement) -> str:
    """The text of one paragraph, with its line breaks and its text boxes."""
    return "".join(_inline(paragraph))


def _rows(table: XmlElement) -> Iterator[str]:
    for row in kept_rows(table):
        cells = (text_of(cell).replace("\n", " ").strip() for cell in inside(row, "tc"))
        yield " | ".join(cell for cell in cells if cell)


def _inline(parent: XmlElement) -> Iterator[str]:
    for child in inside(parent, "r", "AlternateContent", around=_AROUND_TEXT):
        if name_of(child) == "r":
            yield from _run(child)
        else:
            yield from _inline(_alternative(child))


def _run(run: XmlElement) -> Iterator[str]:
    for child in run:
        name = name_of(child)
        if name == "t":
            yield (child.text or "").replace("\n", " ")
        elif name in SIGNS:
            yield SIGNS[name]
        elif child.tag == LABEL:
            yield f"{LIST_MARK}{child.text} {LIST_MARK}"
        elif name == "sym":
            yield _symbol(child)
        elif name in _BOXES:
            for box in _outermost(child, qn("w:txbxContent")):
                yield f"\n{text_of(box)}\n"
        elif name == "ruby":
            yield from _inline(child)
        elif name == "AlternateContent":
            yield from _run(_alternative(child))


def _outermost(parent: XmlElement, tag: str) -> Iterator[XmlElement]:
    """The elements of that kind that lie in no other; what reads one reads those inside it."""
    for child in parent:
        if child.tag == tag:
            yield child
        else:
            yield from _outermost(child, tag)


def _alternative(element: XmlElement) -> XmlElement:
    """What newer programs show; the other is the same again for older ones."""
    return next((child for child in element if name_of(child) in ("Choice", "Fallback")), ())


def _symbol(element: XmlElement) -> str:
    """A sign of a symbol font as Unicode has it; '•', as most of them are, for one not known."""
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return ""
    font = element.get(qn("w:font"), "")
    if code in _PRIVATE or font in ("Symbol", "Wingdings"):
        return _MARKS.get((font, code & 0xFF), "•")
    return chr(code) if code in range(0x110000) else ""
