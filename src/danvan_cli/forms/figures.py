"""A figure in a box of a form: as people here write it, and as a report's file has it."""

import re
from typing import Any

from danvan_cli import vietnamese
from danvan_cli.model.figure_kinds import ESTIMATED, marked
from danvan_cli.model.unit_report import GivenFigure, UnitReport
from danvan_cli.model.values import Figure, figure_of, typed_of

_GROUPED = r"-?\d{1,3}(?:[.\s]\d{3})+"
_NUMBER = re.compile(rf"({_GROUPED}|-?\d{{1,15}})(?:,(\d{{1,2}}))?", re.ASCII)
_WITH_POINT = re.compile(r"-?\d{1,15}\.\d{1,2}", re.ASCII)
_FOREIGN = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_MARK = r"\(?\s*(?:số\s+)?ước(?:\s+(?:tính|đạt|thực hiện))?\s*\)?"
_MARKED = re.compile(
    rf"(?:(?P<before>{_MARK})\s*:?\s*)?(?P<number>.*?)\s*(?P<behind>{_MARK})?", re.IGNORECASE
)


def read(text: str) -> Any:
    """The figure as a file has it: '1.234,5' → '1234,5', '64 (ước)' → a group; else the text.

    A number that could be meant in two ways, as '1,234', is none.
    """
    known = _read(text)
    if known is None:
        return text.strip()
    figure, is_estimated = known
    typed = typed_of(figure)
    return {"figure": typed, "estimated": True} if is_estimated else typed


def canonical(text: str) -> str:
    """The text in the one form that the box is compared in: '1234,5', '64 (ước)'."""
    known = _read(text)
    return text if known is None else _text(*known)


def shown(text: str) -> str:
    """As the box shows it: '1.234,5 (ước)'."""
    known = _read(text)
    return text if known is None else marked(vietnamese.number(known[0]), estimated=known[1])


def text_of(report: UnitReport, indicator: str) -> str:
    """What the report says in the indicator's box, 'true' and 'false' for yes and no."""
    figure = report.figures.get(indicator)
    if figure is None:
        return ""
    if isinstance(figure, bool):
        return "true" if figure else "false"
    return _text(figure, indicator in report.estimated)


def text_of_given(given: GivenFigure) -> str:
    """What a number stands for in its box: '64', '64 (ước)'."""
    return _text(figure_of(given.figure), given.estimated)


def yes_or_no(text: str) -> str:
    """What a choice stands for in the file: có, không."""
    return str(typed_of(text == "true"))


def hint(text: str) -> str:
    """What would be right in place of a text that is no number."""
    if _FOREIGN.fullmatch(text.strip()):
        return (
            "không rõ dấu phẩy ngăn hàng nghìn hay phần thập phân: viết 1.234,5, dấu chấm ngăn "
            "hàng nghìn, dấu phẩy trước phần thập phân"
        )
    return f"chỉ ghi số, ví dụ 1.234 hoặc 97,5; số ước thì ghi thêm {ESTIMATED} ở sau"


def _read(text: str) -> tuple[Figure, bool] | None:
    """The number, and whether it is marked as an estimate; None if it is none."""
    found = _MARKED.fullmatch(text.strip())
    if found is None:
        return None
    figure = _figure(found["number"].strip())
    is_estimated = bool(found["before"] or found["behind"])
    return None if figure is None else (figure, is_estimated)


def _figure(written: str) -> Figure | None:
    if _WITH_POINT.fullmatch(written):
        return figure_of(written)
    if (found := _NUMBER.fullmatch(written)) is None:
        return None
    whole = re.sub(r"[.\s]", "", found[1])
    return figure_of(f"{whole},{found[2]}") if found[2] else int(whole)


def _text(figure: Figure, is_estimated: bool) -> str:
    return marked(vietnamese.digits(figure), estimated=is_estimated)
