"""The rules on page numbers (NĐ 30/2020, PL I, I.I.7 and I.III.1đ)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from danvan_cli.check import repair
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, Location, Repair, at_section, review
from danvan_cli.check.reading.lines import Paragraph
from danvan_cli.check.reading.sections import PageNumber, Section
from danvan_cli.check.rules import page_number_repair as numbers
from danvan_cli.problems import ERROR, rule
from danvan_cli.word import decree

_CLAUSE = decree.PAGE_NUMBER.clause
_LETTERS_A_LINE = 75
_POINTS_A_LINE = 18
_LINES_THAT_FIT = 34
_LINES_THAT_DO_NOT_FIT = 52
"""Lines of text and space on a page; in between, only the page itself would show it."""


@rule("D504", ERROR, "Thiếu số trang")
def existence(examined: Examined) -> Iterator[Finding]:
    """Every page but the first shows its number."""
    paragraphs: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in examined.paragraphs:
        paragraphs[paragraph.section].append(paragraph)
    for section in examined.sections:
        if section.number > 0 and not section.begins_page:
            continue
        location = at_section(section.number)
        if _in_header(examined, section) or _in_footer(examined, section):
            yield from _on_even_pages(examined, section)
            yield from _on_first_page_of_part(examined, section)
            continue
        lines = _lines(paragraphs[section.number])
        if lines >= _LINES_THAT_DO_NOT_FIT:
            yield _missing(location, numbers.add(examined.document, section))
        elif lines > _LINES_THAT_FIT:
            yield review("không có số trang; văn bản quá một trang thì phải có", location)


@rule("D505", ERROR, "Số trang đặt không đúng chỗ")
def position(examined: Examined) -> Iterator[Finding]:
    """In the top margin, in the middle."""
    seen: set[int] = set()
    for section in examined.sections:
        location = at_section(section.number)
        footer = section.footers.get("default")
        if footer is not None and id(footer) not in seen and _in_footer(examined, section):
            seen.add(id(footer))
            steps = [numbers.remove(footer)]
            if not _in_header(examined, section):
                steps.append(numbers.add(examined.document, section))
            yield _misplaced("số trang ở lề dưới; phải ở lề trên", location, repair.together(steps))
        for number in _in_header(examined, section):
            element = number.line.paragraph.element
            if not number.is_centred and id(element) not in seen:
                what = "số trang không canh giữa; phải canh giữa theo chiều ngang"
                yield _misplaced(what, location, numbers.centre(element))
            seen.add(id(element))


@rule("D506", ERROR, "Số trang hiện ở trang thứ nhất")
def first_page(examined: Examined) -> Iterator[Finding]:
    """The first page shows no number."""
    if not examined.sections:
        return
    section = examined.sections[0]
    shown = "first" if section.has_first_page else "default"
    parts = [part.get(shown) for part in (section.headers, section.footers)]
    if any(examined.page_numbers_in(part) for part in parts):
        yield Finding(
            code="D506",
            what="số trang hiện ở trang thứ nhất; trang thứ nhất không hiển thị số trang",
            clause=_CLAUSE,
            location=at_section(0),
            repair=numbers.hide_on_first_page(examined.document, section),
        )


@rule("D507", ERROR, "Đánh số trang không đúng")
def counting(examined: Examined) -> Iterator[Finding]:
    """From 1, in Arabic digits, on through the document and from 1 again in each appendix."""
    last = examined.last_section_of_text
    for section in examined.sections:
        if section.format not in (None, "decimal"):
            what = "số trang không dùng chữ số Ả Rập"
            yield _miscounted(what, section, numbers.set_format(section, None))
        if section.start is None or section.number > last:
            continue
        first = decree.FIRST_PAGE_NUMBER
        if section.number == 0 and section.start != first:
            what = f"số trang bắt đầu từ {section.start}; phải từ {first}"
            yield _miscounted(what, section, numbers.set_start(section, first))
        elif section.number > 0:
            what = "số trang đánh lại giữa văn bản; phải đánh liên tục"
            yield _miscounted(what, section, numbers.set_start(section, None))


@rule("D508", ERROR, "Số trang của phụ lục không đánh riêng")
def appendices(examined: Examined) -> Iterator[Finding]:
    """Each appendix has page numbers of its own."""
    used = {paragraph.section for paragraph in examined.elements.main if paragraph.text}
    for appendix in examined.elements.appendices:
        section = examined.sections[min(appendix.section, len(examined.sections) - 1)]
        is_own = section.number not in used
        used.add(section.number)
        if is_own and section.start == decree.FIRST_PAGE_NUMBER:
            continue
        label = appendix.label.text
        yield Finding(
            code="D508",
            what=f"số trang của {label} nối tiếp phần trước; mỗi phụ lục phải đánh số trang riêng",
            clause=decree.APPENDIX_PAGES_CLAUSE,
            location=at_section(section.number),
            hint=None if is_own else f"đặt ngắt phần (Section Break, Next Page) trước {label}",
            repair=numbers.set_start(section, decree.FIRST_PAGE_NUMBER) if is_own else None,
        )


def _in_header(examined: Examined, section: Section) -> list[PageNumber]:
    return examined.page_numbers_in(section.headers.get("default"))


def _in_footer(examined: Examined, section: Section) -> list[PageNumber]:
    return examined.page_numbers_in(section.footers.get("default"))


def _on_even_pages(examined: Examined, section: Section) -> Iterator[Finding]:
    if not examined.has_even_pages:
        return
    parts = [part.get("even") for part in (section.headers, section.footers)]
    if not any(examined.page_numbers_in(part) for part in parts):
        location = Location("các trang chẵn", ("sections", section.number))
        yield _missing(location, numbers.use_one_header(examined.document))


def _on_first_page_of_part(examined: Examined, section: Section) -> Iterator[Finding]:
    """Only the document's first page, or that of what is attached, goes without a number."""
    is_attached = section.number > examined.last_section_of_text
    if section.number == 0 or not section.has_first_page or is_attached:
        return
    if not examined.page_numbers_in(section.headers.get("first")):
        location = at_section(section.number, f"trang đầu của phần {section.number + 1}")
        yield _missing(location, numbers.use_no_first_header(section))


def _lines(paragraphs: Sequence[Paragraph]) -> int:
    """About how many lines they take; what is broken to a new page takes many."""
    lines = 0.0
    for paragraph in paragraphs:
        if paragraph.breaks_page and lines:
            return _LINES_THAT_DO_NOT_FIT
        if paragraph.cell and paragraph.cell.column > 0:
            continue
        space = (paragraph.formatting.before + paragraph.formatting.after) / _POINTS_A_LINE
        lines += 1 + len(paragraph.text) // _LETTERS_A_LINE + space
    return round(lines)


def _missing(location: Location, repaired: Repair) -> Finding:
    return Finding(
        code="D504",
        what="không có số trang; từ trang thứ hai phải có, canh giữa trong lề trên",
        clause=_CLAUSE,
        location=location,
        repair=repaired,
    )


def _misplaced(what: str, location: Location, repaired: Repair) -> Finding:
    return Finding(code="D505", what=what, clause=_CLAUSE, location=location, repair=repaired)


def _miscounted(what: str, section: Section, repaired: Repair) -> Finding:
    location = at_section(section.number)
    return Finding(code="D507", what=what, clause=_CLAUSE, location=location, repair=repaired)
