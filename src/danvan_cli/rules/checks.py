"""The office's own rules about figures (`checks` of the plan): well written, and kept to."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.plan import FigureCheck, Indicator, Plan, is_assigned, with_groups
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import (
    ERROR,
    WARNING,
    Diagnostic,
    did_you_mean,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.rules import expressions
from danvan_cli.rules.checks_in_words import broken_check
from danvan_cli.rules.doubtful import Doubt
from danvan_cli.rules.expressions import Comparison, Exact, Fault
from danvan_cli.rules.report import ReportCase

_READERS: Mapping[str, Callable[[str], Any]] = {
    "that": expressions.condition,
    "when": expressions.condition,
    "then": expressions.condition,
    "ratio": expressions.expression,
    "from": expressions.number,
    "to": expressions.number,
}


class Requirement(Struct, frozen=True):
    """A check as it is computed: where all of `when` is true, each of `then` has to be.

    `indicators`: the ids in both, each once, in the order of the text.
    """

    when: tuple[Comparison, ...]
    then: tuple[Comparison, ...]
    indicators: tuple[str, ...]


@rule("P371", ERROR, "Quy tắc kiểm tra số liệu viết sai")
def checks_can_be_read(plan: Plan) -> Iterator[Diagnostic]:
    """A check that cannot be read would check nothing."""
    for i, check in enumerate(plan.checks):
        if message := _wrong_fields(check):
            hint = "ghi một trong ba cách: that; when và then; ratio và from, to"
            yield Diagnostic(code="P371", message=message, hint=hint, path=("checks", i))
            continue
        _, faults = _read(check)
        for field, fault in faults.items():
            yield Diagnostic(
                code="P371",
                message=fault.message,
                hint=fault.hint,
                path=("checks", i, field),
                after=fault.before,
            )


def _wrong_fields(check: FigureCheck) -> str | None:
    """Why the fields that are given make no check, or not only one."""
    given = {field for field, _ in _texts(check)}
    match sorted(given - {"from", "to"}):
        case []:
            return "quy tắc chưa ghi điều phải kiểm tra"
        case ["that"] if len(given) > 1:
            return "from, to chỉ dùng với ratio"
        case ["then", "when"] if len(given) > 2:
            return "from, to chỉ dùng với ratio"
        case ["ratio"] if len(given) == 1:
            return "quy tắc có ratio mà chưa ghi from hoặc to"
        case ["when"] | ["then"] as alone:
            return f"quy tắc có {alone[0]} mà thiếu {'then' if alone == ['when'] else 'when'}"
        case ["that"] | ["then", "when"] | ["ratio"]:
            return None
        case several:
            return f"quy tắc ghi cả {vietnamese.enumeration(several)}"


def _texts(check: FigureCheck) -> list[tuple[str, str]]:
    """What is written in the fields of a check that are read by `expressions`."""
    texts = (check.that, check.when, check.then, check.ratio, check.from_, check.to)
    return [(field, text) for field, text in zip(_READERS, texts, strict=True) if text is not None]


def _read(check: FigureCheck) -> tuple[dict[str, Any], dict[str, Fault]]:
    """What its texts mean, and the faults of those that cannot be read, by field."""
    meant: dict[str, Any] = {}
    faults: dict[str, Fault] = {}
    for field, text in _texts(check):
        try:
            meant[field] = _READERS[field](text)
        except Fault as fault:
            faults[field] = fault
    if "from" in meant and "to" in meant and meant["from"] > meant["to"]:
        faults["to"] = Fault(f"to ({check.to}) nhỏ hơn from ({check.from_})", "xem lại from và to")
    return meant, faults


@cache
def requirement(check: FigureCheck) -> Requirement | None:
    """What a check requires; None if it is not well written (P371)."""
    meant, faults = _read(check)
    if faults or _wrong_fields(check):
        return None
    then = meant.get("that", meant.get("then", ()))
    if "ratio" in meant:
        bounds = (("≥", "from"), ("≤", "to"))
        then = tuple(
            Comparison(sign, meant["ratio"], meant[field])
            for sign, field in bounds
            if field in meant
        )
    when = meant.get("when", ())
    named = chain(expressions.names(when), expressions.names(then))
    return Requirement(when, then, tuple(dict.fromkeys(name.id for name in named)))


@rule("P372", ERROR, "Quy tắc kiểm tra dùng chỉ tiêu không có trong kế hoạch")
def checks_name_indicators(plan: Plan) -> Iterator[Diagnostic]:
    """A misspelt id would be a figure that nobody reports, so the check would never be made."""
    known = {indicator.id: indicator for indicator in plan.indicators}
    guess = limit_guesses(did_you_mean)
    for i, check in enumerate(plan.checks):
        meant, _ = _read(check)
        for field in [field for field in meant if field not in ("from", "to")]:
            for name in expressions.names(meant[field]):
                if name.id not in known:
                    yield Diagnostic(
                        code="P372",
                        message=f"kế hoạch không có chỉ tiêu {quoted(name.id)}",
                        hint=_as_difference(name.id, known)
                        or guess(name.id, known)
                        or "xem mã chỉ tiêu ở mục indicators của plan.yaml",
                        path=("checks", i, field),
                        after=name.before,
                    )


def _as_difference(written: str, known: Mapping[str, Indicator]) -> str | None:
    """A hint if 'a-b' is meant as a difference of two figures."""
    for hyphen in re.finditer("-", written):
        left, right = written[: hyphen.start()], written[hyphen.end() :]
        if all(side in known or side.isdigit() or not side for side in (left, right)):
            return f"nếu là phép trừ thì viết dấu cách hai bên dấu trừ: {left} - {right}".rstrip()
    return None


@rule("P373", WARNING, "Quy tắc kiểm tra không dùng cho đơn vị nào")
def checks_meet_figures(plan: Plan) -> Iterator[Diagnostic]:
    """A unit's report is checked if it has all the figures; these no unit has together."""
    known = {indicator.id: indicator for indicator in with_groups(plan).indicators}
    for i, check in enumerate(plan.checks):
        found = requirement(check)
        if found is None or not known.keys() >= {*found.indicators}:
            continue
        named = [known[name] for name in found.indicators]
        if not named:
            message, hint = "quy tắc không có chỉ tiêu nào", "ghi mã chỉ tiêu, ví dụ hoi-nghi > 0"
        elif rates := [indicator.name for indicator in named if indicator.kind == "rate"]:
            message = f"“{rates[0]}” là tỷ lệ do danvan tính, không có trong báo cáo của đơn vị"
            hint = "viết phép chia của hai số liệu, ví dụ don-da-xu-ly / don-phai-xu-ly × 100"
        elif not any(all(is_assigned(each, unit.id) for each in named) for unit in plan.units):
            names = vietnamese.enumeration([f"“{indicator.name}”" for indicator in named])
            message = f"không đơn vị nào được giao cả {names}"
            hint = "giao đủ các chỉ tiêu ấy cho đơn vị, hoặc bỏ quy tắc"
        else:
            continue
        yield Diagnostic(code="P373", message=message, hint=hint, path=("checks", i))


class BrokenCheck(Struct, frozen=True):
    """A check that a report's figures do not meet: what they are and should be, in words."""

    check: FigureCheck
    name: str
    indicators: Sequence[str]
    told: str


@rule("R478", ERROR, "Số liệu trái quy tắc của cơ quan")
def figures_keep_to_checks(case: ReportCase) -> Iterator[Diagnostic]:
    """The plan's checks that are about figures which this report has, all of them."""
    for broken in _broken_checks(case.plan, case.report, case.known.indicators):
        if broken.check.is_error:
            yield Diagnostic(
                code="R478",
                message=f"{broken.told} (quy tắc {broken.name})",
                hint="xem lại từng số, sửa số chưa đúng",
                path=("indicators", broken.indicators[0]),
            )


@rule("R479", WARNING, "Số liệu cần xem lại theo quy tắc của cơ quan")
def doubts_by_checks(
    plan: Plan, report: UnitReport, known: Mapping[str, Indicator]
) -> Iterator[Doubt]:
    """What checks that are warnings find, which a note on any of their figures answers."""
    for broken in _broken_checks(plan, report, known):
        if not broken.check.is_error:
            explained = [name for name in broken.indicators if name in report.notes]
            name = [*explained, *broken.indicators][0]
            reason = f"trái quy tắc {broken.name}: {broken.told}"
            yield Doubt("R479", known[name], report.figures[name], reason)


def _broken_checks(
    plan: Plan, report: UnitReport, known: Mapping[str, Indicator]
) -> Iterator[BrokenCheck]:
    if not plan.checks:
        return
    figures = {
        name: figure if isinstance(figure, int) else Fraction(figure)
        for name, figure in report.figures.items()
        if name in known
    }
    for place, check in enumerate(plan.checks, 1):
        found = requirement(check)
        if not found or not found.indicators or not figures.keys() >= {*found.indicators}:
            continue
        if broken := list(_broken(found, figures)):
            told = broken_check(found.when, broken, figures, known)
            if check.message:
                told = f"{vietnamese.bare(check.message)}: {told}"
            yield BrokenCheck(check, check.id or f"thứ {place}", found.indicators, told)


def _broken(found: Requirement, figures: Mapping[str, Exact]) -> Iterator[Comparison]:
    """What is required and not true; nothing of what would be divided by 0."""
    if all(expressions.holds(comparison, figures) for comparison in found.when):
        for comparison in found.then:
            if expressions.holds(comparison, figures) is False:
                yield comparison
