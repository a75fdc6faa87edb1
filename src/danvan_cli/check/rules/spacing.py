"""The rules on alignment, indents and spacing (NĐ 30/2020, PL I, I.II.6e and each element's)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from docx.oxml.ns import qn

from danvan_cli.check import repair
from danvan_cli.check.elements.elements import Found
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, at, review
from danvan_cli.check.message_format import figure, must_be, nearest
from danvan_cli.check.reading.formatting import TWIPS_A_MM, ParagraphFormatting, XmlElement
from danvan_cli.check.reading.lines import Line, Paragraph
from danvan_cli.problems import ERROR, WARNING, rule
from danvan_cli.word import decree
from danvan_cli.word.decree import Element
from danvan_cli.word.file.text_width import text_width

_INDENT_TOLERANCE = 0.3
_EDGE_TOLERANCE = 2.5
"""In mm: what is set to the very edge may be nudged by a cell's margin."""

_LINE_TOLERANCE = 0.5
_SPACE_TOLERANCE = 0.05
_LINES_TOLERANCE = 0.06
_DEFAULT_TAB = 12.7
_POINTS_A_MM = 72 / 25.4
_RAGGED_IS_SEEN = 3.0
"""In mm: what leaves more than that of a single line is the same to the eye, justified or not."""

_ALIGNMENTS = {
    "left": "canh trái",
    "center": "canh giữa",
    "right": "canh phải",
    "both": "canh đều hai lề",
}
_AT_THE_EDGE = (decree.RECIPIENTS_WORD, decree.RECIPIENTS)
_SPACES = re.compile(r"^[ \u00a0]{2,}\S|\S[ \u00a0]{3,}\S")


@rule("D521", ERROR, "Canh lề đoạn không đúng")
def alignment(examined: Examined) -> Iterator[Finding]:
    """Each line is aligned as its element must be."""
    for found in examined.elements.all():
        element = found.element
        if element.alignment is None:
            continue
        for line in found.lines:
            yield from _alignment(line, element)


@rule("D522", ERROR, "Lùi đầu dòng không đúng")
def indents(examined: Examined) -> Iterator[Finding]:
    """Of the text, the first line is indented by 10 or 12.7 mm, the others are at the margin."""
    default_tab = _default_tab(examined)
    for found in examined.elements.all():
        if found.element.first_line:
            for paragraph in found.paragraphs:
                yield from _first_line(paragraph, found.element, default_tab)
        elif found.element in _AT_THE_EDGE:
            yield from _at_the_edge(found)


@rule("D523", ERROR, "Khoảng cách giữa các đoạn không đúng")
def between_paragraphs(examined: Examined) -> Iterator[Finding]:
    """At least 6 pt between the paragraphs of the text, and above the subject of a công văn."""
    texts = [
        (paragraph, basis.element)
        for basis in examined.elements.legal_bases
        for paragraph in basis.paragraphs
    ]
    texts += [(paragraph, element) for paragraph, element in examined.elements.body if element]
    for (above, upper), (paragraph, element) in pairwise(texts):
        least = element.space_between
        if least is None or upper.space_between is None or not _are_neighbours(above, paragraph):
            continue
        gap = space_between(above, paragraph)
        if gap < least - _SPACE_TOLERANCE:
            yield Finding(
                code="D523",
                what=f"cách đoạn trên {figure(gap)} pt; tối thiểu {figure(least)} pt",
                clause=decree.BODY.clause,
                location=at(paragraph),
                repair=repair.space_above(paragraph.element, least),
            )
    yield from _above_letter_subject(examined)


@rule("D524", ERROR, "Khoảng cách giữa các dòng không đúng")
def between_lines(examined: Examined) -> Iterator[Finding]:
    """The spacing of lines is in the element's range, in multiples of a line."""
    for found in examined.elements.all():
        element = found.element
        if element.lines is None:
            continue
        size = max(found.sizes, default=element.sizes.most)
        for paragraph in found.paragraphs:
            lines = paragraph.formatting.lines(size)
            wanted = nearest(lines, element.lines)
            if abs(lines - wanted) > _LINES_TOLERANCE:
                yield Finding(
                    code="D524",
                    what=f"{element.name} có khoảng cách dòng {_two_decimals(lines)}; "
                    f"{must_be(element.lines)} dòng",
                    clause=element.clause,
                    location=at(paragraph),
                    repair=repair.line_spacing(paragraph.element, wanted),
                )


@rule("D525", WARNING, "Tạo khoảng trống bằng đoạn trống, dấu cách hoặc phím Tab")
def blanks(examined: Examined) -> Iterator[Finding]:
    """Space is set as space, not typed."""
    texts = [paragraph for paragraph, _ in examined.elements.body]
    if not texts:
        return
    first, last = texts[0].number, texts[-1].number
    shown = examined.paragraphs[first - 1 : last]
    for above, paragraph, below in zip(shown, shown[1:], shown[2:], strict=False):
        if paragraph.is_empty and not paragraph.cell and not (above.cell or below.cell):
            yield _typed_space("đoạn trống dùng để tạo khoảng cách", paragraph)
    for paragraph in texts:
        text = "".join(stretch.text for stretch in paragraph.stretches)
        if text.startswith("\t"):
            yield _typed_space("lùi đầu dòng bằng phím Tab", paragraph)
        elif _SPACES.search(text):
            yield _typed_space("khoảng trống gõ bằng nhiều dấu cách liền nhau", paragraph)


def space_between(above: Paragraph, paragraph: Paragraph) -> float:
    """The points that Word puts between two neighbours.

    The greater of the two, but for what a paragraph gives up between those of its own style.
    """
    same = above.formatting.style == paragraph.formatting.style
    after = 0.0 if same and above.formatting.contextual else above.formatting.after
    more = max(0.0, paragraph.formatting.before - above.formatting.after)
    return after + (0.0 if same and paragraph.formatting.contextual else more)


@rule("D526", ERROR, "Địa danh, thời gian ban hành không trên một dòng")
def date_in_one_line(examined: Examined) -> Iterator[Finding]:
    """They are in the line of the number, so in one (NĐ 30/2020, PL I, I.II.4c)."""
    found = examined.elements.get(decree.PLACE_AND_DATE)
    if found is None or not found.first.alone or found.first.tabs or _is_condensed(found.first):
        return
    room = _room_left(found.first) - max(0.0, found.first.paragraph.formatting.right)
    if room < -_LINE_TOLERANCE:
        yield Finding(
            code="D526",
            what=f"địa danh và thời gian ban hành dài hơn chỗ có {figure(-room)} mm "
            "nên xuống dòng; phải trên một dòng",
            clause=found.element.clause,
            location=at(found.first),
            hint="nới cột bên phải của bảng đầu văn bản, thu cột bên trái",
        )


def _alignment(line: Line, element: Element) -> Iterator[Finding]:
    wanted = element.alignment
    paragraph = line.paragraph
    if wanted is None or not line.text:
        return
    given = _given_alignment(line)
    if given is None:
        what = f"{element.name} đặt bằng phím Tab hoặc dấu cách nên không xét được canh lề"
        yield review(f"{what}; phải {_ALIGNMENTS[wanted]}", at(line))
    elif not _is_aligned(line, given, wanted):
        yield Finding(
            code="D521",
            what=f"{element.name} {_ALIGNMENTS.get(given, given)}; phải {_ALIGNMENTS[wanted]}",
            clause=element.clause,
            location=at(line),
            repair=None
            if line.tabs or not line.alone
            else repair.alignment(paragraph.element, wanted),
        )
    elif wanted == "center" and not line.indented and _leans(paragraph):
        first = figure(paragraph.formatting.first_line)
        yield Finding(
            code="D521",
            what=f"{element.name} canh giữa nhưng lùi đầu dòng {first} mm nên lệch; phải canh giữa",
            clause=element.clause,
            location=at(line),
            repair=repair.no_first_line(paragraph.element),
        )


def _given_alignment(line: Line) -> str | None:
    """How the line is set; None where tabs or spaces move it."""
    paragraph = line.paragraph
    if line.alone and not line.indented:
        return paragraph.formatting.alignment
    stops = paragraph.formatting.tabs
    if 0 < line.tabs <= len(stops) and stops[line.tabs - 1][1] == "center":
        return "center"
    begins = not line.indented and not line.stretches[0].text.startswith((" ", "\u00a0"))
    return "left" if begins and paragraph.formatting.alignment in ("left", "both") else None


def _is_aligned(line: Line, given: str, wanted: str) -> bool:
    """Whether it is set as wanted, or looks the same to the eye."""
    if given == wanted or (wanted == "left" and given == "both"):
        return True
    if wanted == "both":
        return given == "left" and not _fills_line(line)
    return wanted == "center" and 0 <= _room_left(line) <= 2 * _EDGE_TOLERANCE


def _fills_line(line: Line) -> bool:
    return _room_left(line) < _RAGGED_IS_SEEN


def _room_left(line: Line) -> float:
    """What the text would leave of its column in mm, were it set in one line."""
    width = sum(
        text_width(
            stretch.text,
            stretch.formatting.size or 0,
            bold=stretch.formatting.bold,
            italic=stretch.formatting.italic,
        )
        for stretch in line.visible
    )
    return line.paragraph.room - line.paragraph.formatting.starts_at - width / _POINTS_A_MM


def _is_condensed(line: Line) -> bool:
    """Set narrower or wider than its letters are, so that its width is not known."""
    return any(
        line.paragraph.element.find(f".//{qn('w:r')}/{qn('w:rPr')}/{qn(name)}") is not None
        for name in ("w:spacing", "w:w", "w:fitText")
    )


def _leans(paragraph: Paragraph) -> bool:
    return abs(paragraph.formatting.first_line) > _EDGE_TOLERANCE


def _first_line(paragraph: Paragraph, element: Element, default_tab: float) -> Iterator[Finding]:
    formatting = paragraph.formatting
    start = _after_tabs(formatting, _leading_tabs(paragraph), default_tab)
    allowed = element.first_line
    good_start = any(abs(start - mm) <= _INDENT_TOLERANCE for mm in allowed)
    good_left = abs(formatting.left) <= _INDENT_TOLERANCE
    if good_start and (good_left or not _fills_line(paragraph.lines[0])):
        return
    wanted = " hoặc ".join(figure(mm) for mm in allowed)
    what = f"{element.name} lùi đầu dòng {figure(start)} mm"
    if not good_left:
        what += f", các dòng sau cách lề {figure(formatting.left)} mm"
    yield Finding(
        code="D522",
        what=f"{what}; dòng đầu phải lùi {wanted} mm, các dòng sau sát lề",
        clause=element.clause,
        location=at(paragraph),
        repair=repair.first_line(
            paragraph.element, min(allowed, key=lambda mm: abs(mm - max(start, 0)))
        ),
    )


def _leading_tabs(paragraph: Paragraph) -> int:
    text = "".join(stretch.text for stretch in paragraph.stretches)
    return 0 if paragraph.label else len(text) - len(text.lstrip("\t"))


def _after_tabs(formatting: ParagraphFormatting, tabs: int, default_tab: float) -> float:
    """Where that many tabs lead from the start of the line: to its own stops, then to Word's."""
    position = formatting.starts_at
    for stop, _ in formatting.tabs:
        if tabs and stop > position + _INDENT_TOLERANCE:
            position, tabs = stop, tabs - 1
    return (int(position / default_tab + 0.01) + tabs) * default_tab if tabs else position


def _default_tab(examined: Examined) -> float:
    settings: XmlElement = examined.document.settings.element
    stop = settings.find(qn("w:defaultTabStop"))
    written = "" if stop is None else stop.get(qn("w:val"), "")
    twips = int(written) if re.fullmatch(r"[0-9]{1,9}", written) else 0
    return twips / TWIPS_A_MM or _DEFAULT_TAB


def _at_the_edge(found: Found) -> Iterator[Finding]:
    for line in found.lines:
        start = line.paragraph.formatting.starts_at
        if not line.indented and abs(start) > _EDGE_TOLERANCE:
            yield Finding(
                code="D522",
                what=f"{found.element.name} cách lề trái {figure(start)} mm; phải sát lề trái",
                clause=found.element.clause,
                location=at(line),
                repair=repair.at_the_edge(line.paragraph.element),
            )


def _are_neighbours(above: Paragraph, paragraph: Paragraph) -> bool:
    return paragraph.number == above.number + 1


def _above_letter_subject(examined: Examined) -> Iterator[Finding]:
    number = examined.elements.get(decree.NUMBER_AND_SYMBOL)
    subject = examined.elements.get(decree.LETTER_SUBJECT)
    least = decree.LETTER_SUBJECT.space_before
    if not number or not subject or least is None:
        return
    above, paragraph = number.last.paragraph, subject.first.paragraph
    if any(
        between.is_empty for between in examined.paragraphs[above.number : paragraph.number - 1]
    ):
        return
    same_paragraph = above.number == paragraph.number
    gap = 0.0 if same_paragraph else space_between(above, paragraph)
    if gap < least - _SPACE_TOLERANCE:
        yield Finding(
            code="D523",
            what=f"trích yếu cách dòng số, ký hiệu {figure(gap)} pt; phải cách {figure(least)} pt",
            clause=subject.element.clause,
            location=at(subject.first),
            repair=None if same_paragraph else repair.space_above(paragraph.element, least),
        )


def _typed_space(what: str, paragraph: Paragraph) -> Finding:
    return Finding(
        code="D525",
        what=f"{what}; nên đặt trong mục Paragraph của Word",
        location=at(paragraph),
        hint="chọn đoạn, mở Paragraph, đặt Spacing (Before, After) và Indentation (First line)",
    )


def _two_decimals(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
