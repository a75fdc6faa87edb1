"""The rules on paper, orientation and margins (NĐ 30/2020, PL I, I.I.1 to 3)."""

from collections.abc import Iterator, Mapping

from danvan_cli.check import repair
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, at_section, review
from danvan_cli.check.message_format import figure, nearest, range_in_words
from danvan_cli.check.reading.sections import Margins, Section
from danvan_cli.problems import ERROR, rule
from danvan_cli.word import decree
from danvan_cli.word.decree import Range

_PAPER_TOLERANCE = 1.0
_MARGIN_TOLERANCE = 0.2
"""In mm: lengths are kept in twentieths of a point, and people type them in inches."""

_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_TURNED = (
    {"top": "left", "right": "top", "bottom": "right", "left": "bottom"},
    {"top": "right", "right": "bottom", "bottom": "left", "left": "top"},
)
"""Which margin of the upright page each is once Word has turned the page, either way."""


@rule("D501", ERROR, "Khổ giấy không phải A4")
def paper(examined: Examined) -> Iterator[Finding]:
    """A4, upright or on its side."""
    for section in examined.sections:
        short, long = sorted((section.width, section.height))
        wanted = (decree.PAGE.width, decree.PAGE.height)
        if all(
            abs(is_ - to_be) <= _PAPER_TOLERANCE
            for is_, to_be in zip((short, long), wanted, strict=True)
        ):
            continue
        width, height = wanted[::-1] if section.is_landscape else wanted
        yield Finding(
            code="D501",
            what=f"khổ giấy {figure(section.width)} mm x {figure(section.height)} mm; phải là A4 "
            f"({figure(decree.PAGE.width)} mm x {figure(decree.PAGE.height)} mm)",
            clause=decree.PAGE.size_clause,
            location=at_section(section.number),
            repair=repair.set_section(section.properties, "w:pgSz", w=width, h=height),
        )


@rule("D502", ERROR, "Trang đặt ngang")
def orientation(examined: Examined) -> Iterator[Finding]:
    """On its side only where there is a table, or in an appendix."""
    tables = {
        paragraph.section
        for paragraph in examined.paragraphs
        if paragraph.cell and paragraph.cell.row > 1
    }
    for section in examined.sections:
        is_attached = section.number > examined.last_section_of_text
        if not section.is_landscape or is_attached or section.number in tables:
            continue
        yield Finding(
            code="D502",
            what="trang đặt ngang mà không có bảng, biểu; phải trình bày theo chiều dài của khổ A4",
            clause=decree.PAGE.orientation_clause,
            location=at_section(section.number),
        )


@rule("D503", ERROR, "Lề trang không đúng")
def margins(examined: Examined) -> Iterator[Finding]:
    """Each within its range; on a page on its side as stated, or turned with the page."""
    for section in examined.sections:
        found, location = section.margins, at_section(section.number)
        if found is None:
            yield review("không xác định được lề trang", location)
            continue
        wrong = _wrong_margins(section, found)
        if not wrong:
            continue
        values = {side: nearest(getattr(found, side), allowed) for side, allowed in wrong.items()}
        if "left" in values:
            values["gutter"] = 0
        yield Finding(
            code="D503",
            what="; ".join(
                f"lề {_SIDES[side]} {figure(getattr(found, side))} mm, phải từ "
                f"{range_in_words(allowed)} mm"
                for side, allowed in wrong.items()
            ),
            clause=decree.PAGE.margin_clause,
            location=location,
            repair=repair.set_section(section.properties, "w:pgMar", **values),
        )


def _wrong_margins(section: Section, found: Margins) -> Mapping[str, Range]:
    """The sides that do not fit, by the reading of the decree that fits best."""
    upright: dict[str, Range] = {side: getattr(decree.PAGE, side) for side in _SIDES}
    readings = [upright]
    if section.is_landscape:
        readings += [{side: upright[turned[side]] for side in _SIDES} for turned in _TURNED]
    wrong = [
        {
            side: allowed
            for side, allowed in reading.items()
            if not _fits(getattr(found, side), allowed)
        }
        for reading in readings
    ]
    return min(wrong, key=len)


def _fits(mm: float, allowed: Range) -> bool:
    return allowed.least - _MARGIN_TOLERANCE <= mm <= allowed.most + _MARGIN_TOLERANCE
