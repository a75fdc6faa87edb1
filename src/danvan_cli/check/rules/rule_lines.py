"""The rules on the lines beneath Tiêu ngữ, names and subjects (NĐ 30/2020, PL I, I.II.1b to 5b)."""

from collections.abc import Iterator, Sequence

from danvan_cli.check.elements.elements import Found
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, at, review
from danvan_cli.check.message_format import figure, within
from danvan_cli.check.reading import shapes
from danvan_cli.check.reading.lines import Line, Paragraph
from danvan_cli.check.reading.shapes import DrawnLine
from danvan_cli.check.reading.sides import Side, side_of
from danvan_cli.problems import ERROR, rule
from danvan_cli.word import decree
from danvan_cli.word.decree import Range
from danvan_cli.word.file.text_width import longest_line

_FULL_TOLERANCE = 0.08
_SHARE_TOLERANCE = 0.04
"""As shares of the text: what the eye does not see, and what programs set differently."""

_LEAN_TOLERANCE = 4.0
_POINTS_A_MM = 72 / 25.4
_IN_LETTERHEAD = (decree.ISSUING_BODY, decree.MOTTO)


@rule("D531", ERROR, "Thiếu đường kẻ")
@rule("D532", ERROR, "Độ dài đường kẻ không đúng")
@rule("D533", ERROR, "Đường kẻ không liền nét")
@rule("D534", ERROR, "Đường kẻ đặt không cân đối")
def lines_beneath(examined: Examined) -> Iterator[Finding]:
    """Beneath each of these elements is a solid line, of the right length, in the middle."""
    for found in examined.elements.all():
        if found.element.rule_line is not None:
            yield from _line(examined, found, found.element.rule_line)


def _line(examined: Examined, found: Found, wanted: Range) -> Iterator[Finding]:
    name, location = within(found.element), at(found.last)
    lines = _lines_of(examined, found)
    if not lines:
        if found.element is decree.APPENDIX_REFERENCE:
            yield review("dưới chỉ dẫn kèm theo không có đường kẻ như mẫu 2.1 (PL III)", location)
            return
        yield Finding(
            code="D531",
            what=f"dưới {name} không có đường kẻ; phải có đường kẻ ngang, nét liền, "
            f"{_length_in_words(wanted)}",
            clause=found.element.clause,
            location=location,
        )
        return
    line = lines[0]
    widths = _text_widths(found)
    if widths and not any(_fits(line.length / width, wanted) for width in widths):
        yield Finding(
            code="D532",
            what=f"đường kẻ dưới {name} dài {round(line.length)} mm; phải "
            f"{_length_in_words(wanted)} ({_millimetres(max(widths), wanted)})",
            clause=found.element.clause,
            location=location,
        )
    elif line.lean is not None and abs(line.lean) > _LEAN_TOLERANCE and _is_centred(found):
        yield Finding(
            code="D534",
            what=f"đường kẻ dưới {name} lệch {figure(abs(line.lean))} mm sang "
            f"{'phải' if line.lean > 0 else 'trái'}; phải đặt cân đối so với dòng chữ",
            clause=found.element.clause,
            location=location,
        )
    if not line.is_solid:
        yield Finding(
            code="D533",
            what=f"đường kẻ dưới {name} không liền nét; phải là nét liền",
            clause=found.element.clause,
            location=location,
        )


def _lines_of(examined: Examined, found: Found) -> list[DrawnLine]:
    """What could be the element's line, the likeliest first."""
    last = found.last.paragraph
    below = _below(examined.paragraphs, last)
    lines = list(shapes.borders(last, examined.formatting, "bottom"))
    for paragraph in below:
        lines += shapes.borders(paragraph, examined.formatting, "top", "bottom")
    lines += [shapes.typed(line) for line in _typed(found, below)]
    if found.element in _IN_LETTERHEAD:
        lines += _shapes_of_letterhead(examined, found.side)
    else:
        following = examined.paragraphs[last.number : last.number + len(below) + 1]
        for paragraph in (*found.paragraphs, *following):
            lines += shapes.shapes(paragraph)
    lines += shapes.cell_border(last)
    if not lines and all(
        stretch.formatting.underlined for line in found.lines for stretch in line.visible
    ):
        width = max(_text_widths(found), default=0.0)
        lines.append(DrawnLine(width, 0.0, True, last))
    return lines


def _below(paragraphs: Sequence[Paragraph], above: Paragraph) -> list[Paragraph]:
    """The paragraphs without words right below one, in the same cell."""
    below: list[Paragraph] = []
    for index in range(above.number, len(paragraphs)):
        paragraph = paragraphs[index]
        if _cell(paragraph) is not _cell(above) or not _is_wordless(paragraph):
            break
        below.append(paragraph)
    return below


def _cell(paragraph: Paragraph) -> object:
    return paragraph.cell.element if paragraph.cell else None


def _is_wordless(paragraph: Paragraph) -> bool:
    pieces = [piece for line in paragraph.lines for piece in line.pieces()]
    return all(not piece.text or piece.is_rule for piece in pieces)


def _typed(found: Found, below: Sequence[Paragraph]) -> list[Line]:
    """The lines made of characters, in the element's last paragraph or below, on its side."""
    paragraphs = [found.last.paragraph, *below]
    pieces = [
        piece for paragraph in paragraphs for line in paragraph.lines for piece in line.pieces()
    ]
    rules = [piece for piece in pieces if piece.text and piece.is_rule]
    if found.side is None or found.last.paragraph.cell is not None:
        return rules
    return [piece for piece in rules if side_of(piece) == found.side]


def _shapes_of_letterhead(examined: Examined, side: Side | None) -> list[DrawnLine]:
    """Those drawn in that half of the page, wherever above the text they are anchored."""
    numbers = [
        element_found.last.paragraph.number
        for element in (
            decree.DOCUMENT_TYPE,
            decree.ADDRESSEES,
            decree.PLACE_AND_DATE,
            decree.MOTTO,
        )
        if (element_found := examined.elements.get(element))
    ]
    kind = examined.elements.get(decree.DOCUMENT_TYPE) or examined.elements.get(decree.ADDRESSEES)
    end = kind.first.paragraph.number - 1 if kind else max(numbers, default=0)
    found = []
    for paragraph in examined.paragraphs[:end]:
        found += [line for line in shapes.shapes(paragraph) if _half(examined, line) == side]
    return found


def _half(examined: Examined, line: DrawnLine) -> Side:
    paragraph = line.paragraph
    section = examined.sections[0]
    page = section.width - (section.margins.left + section.margins.right if section.margins else 0)
    if line.lean is None:
        is_right = paragraph.cell is not None and paragraph.cell.column > 0
        return "right" if is_right else "left"
    middle = _left_edge(paragraph) + paragraph.room / 2 + line.lean
    name = examined.elements.get(decree.NATIONAL_NAME)
    cell = name.first.paragraph.cell if name else None
    border = cell.left if cell else page * 0.45
    return "right" if middle > border else "left"


def _left_edge(paragraph: Paragraph) -> float:
    """How far a paragraph's cell begins from the left margin, in mm; 0 outside of tables."""
    return paragraph.cell.left if paragraph.cell else 0.0


def _text_widths(found: Found) -> list[float]:
    """The width in mm of each of the element's lines, once broken to its column."""
    widths = []
    for line in found.lines:
        visible = line.visible
        if not visible:
            continue
        formatting = line.paragraph.formatting
        room = line.paragraph.room - formatting.left - formatting.right
        width = longest_line(
            line.text,
            room * _POINTS_A_MM if line.alone and room > 0 else float("inf"),
            max(stretch.formatting.size or 0 for stretch in visible),
            bold=all(stretch.formatting.bold for stretch in visible),
            italic=all(stretch.formatting.italic for stretch in visible),
        )
        if width:
            widths.append(width / _POINTS_A_MM)
    return widths


def _fits(share: float, wanted: Range) -> bool:
    if wanted.least == wanted.most:
        return abs(share - wanted.least) <= _FULL_TOLERANCE
    return wanted.least - _SHARE_TOLERANCE <= share <= wanted.most + _SHARE_TOLERANCE


def _is_centred(found: Found) -> bool:
    return found.last.paragraph.formatting.alignment == "center"


def _length_in_words(wanted: Range) -> str:
    if wanted.least == wanted.most:
        return "dài bằng dòng chữ"
    return "dài từ 1/3 đến 1/2 dòng chữ"


def _millimetres(width: float, wanted: Range) -> str:
    least, most = round(width * wanted.least), round(width * wanted.most)
    return f"{least} mm" if least == most else f"{least} đến {most} mm"
