"""Whether figures fit the kinds of their indicators, and the plan's indicators their own kinds."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from danvan_cli.files import yaml_reading
from danvan_cli.model.figure_kinds import digits_of, most_digits
from danvan_cli.model.plan import Indicator, Plan
from danvan_cli.model.unit_report import GivenFigure, UnitReport
from danvan_cli.model.values import Figure, TypedNumber, figure_of
from danvan_cli.problems import (
    ERROR,
    WARNING,
    DataPath,
    Diagnostic,
    did_you_mean,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.rules.report import ReportCase
from danvan_cli.vietnamese import enumeration, number

_NOT_TYPED = ("rate", "yes_no")
_DIGITS_OF_RATE = 2
_MONEY = re.compile(r"(?:(?:nghìn|ngàn|trăm|triệu|tỷ|tỉ) )*đồng", re.IGNORECASE)
_POINT = re.compile(r"-?\d+\.\d+", re.ASCII)


@rule("P363", ERROR, "Tỷ lệ chưa rõ tính từ đâu")
def rates_are_computed_from_two(plan: Plan) -> Iterator[Diagnostic]:
    """A rate is the quotient of two figures that units report."""
    known = {indicator.id: indicator for indicator in plan.indicators}
    guess = limit_guesses(did_you_mean)
    for i, indicator in enumerate(plan.indicators):
        path: DataPath = ("indicators", i)
        hint: str | None = "ghi rate: {part: mã số bộ phận, whole: mã tổng số}"
        if indicator.rate is None:
            if indicator.kind == "rate":
                message = f"chỉ tiêu {quoted(indicator.id)} là tỷ lệ mà chưa ghi rate"
                yield Diagnostic(code="P363", message=message, hint=hint, path=(*path, "kind"))
            continue
        if indicator.kind != "rate":
            message = f"chỉ tiêu {quoted(indicator.id)} có rate mà không phải kind: rate"
            hint = "ghi kind: rate; hoặc bỏ rate"
            yield Diagnostic(code="P363", message=message, hint=hint, path=(*path, "rate"))
        for name, id_ in (("part", indicator.rate.part), ("whole", indicator.rate.whole)):
            if id_ not in known:
                message, hint = f"kế hoạch không có chỉ tiêu {quoted(id_)}", guess(id_, known)
            elif known[id_].kind in _NOT_TYPED:
                message = f"chỉ tiêu {quoted(id_)} không phải là số mà đơn vị báo cáo"
                hint = "ghi mã một chỉ tiêu đếm được, số hiện có hoặc số tiền"
            elif name == "whole" and id_ == indicator.rate.part:
                message, hint = "part và whole là cùng một chỉ tiêu", "ghi mã của tổng số"
            else:
                continue
            yield Diagnostic(code="P363", message=message, hint=hint, path=(*path, "rate", name))


@rule("P364", ERROR, "Trường không dùng cho loại số liệu này")
def fields_fit_the_kind(plan: Plan) -> Iterator[Diagnostic]:
    """What is computed is not typed, and yes or no has neither decimals nor parts."""
    kinds = {indicator.id: indicator.kind for indicator in plan.indicators}
    for i, indicator in enumerate(plan.indicators):
        path: DataPath = ("indicators", i)
        for field in _unfit_fields(indicator):
            yield Diagnostic(
                code="P364",
                message=f"kind: {indicator.kind} không dùng {field}",
                hint=f"bỏ {field}" + ("; danvan tự tính" if indicator.kind == "rate" else ""),
                path=(*path, field),
            )
        if indicator.part_of and kinds.get(indicator.part_of) in _NOT_TYPED:
            yield Diagnostic(
                code="P364",
                message=f"{quoted(indicator.part_of)} không phải là tổng số của số khác được",
                hint="part_of là mã của một số đếm được, số hiện có hoặc số tiền",
                path=(*path, "part_of"),
            )


def _unfit_fields(indicator: Indicator) -> Iterator[str]:
    """The fields that are given although the kind has no use for them."""
    given: Mapping[str, object] = {
        "decimal": indicator.decimal,
        "part_of": indicator.part_of,
        "units": indicator.units,
        "previous": indicator.previous,
    }
    unfit = {"rate": tuple(given), "yes_no": ("decimal", "part_of")}.get(indicator.kind, ())
    yield from (field for field in unfit if given[field])


@rule("P365", ERROR, "Số trong kế hoạch có quá nhiều chữ số thập phân")
def planned_figures_fit_the_kind(plan: Plan) -> Iterator[Diagnostic]:
    """Last year's figures and targets are compared with those that units report."""
    for path, typed, indicator in _typed_in_plan(plan):
        digits = digits_of(figure_of(typed))
        most = _DIGITS_OF_RATE if indicator.kind == "rate" else most_digits(indicator)
        if digits > most:
            yield Diagnostic(
                code="P365",
                message=f"chỉ tiêu {quoted(indicator.id)} {_at_most(most)}, đang ghi {typed}",
                hint="làm tròn số này, hoặc sửa decimal của chỉ tiêu",
                path=path,
            )


def _at_most(most: int) -> str:
    return f"có nhiều nhất {most} chữ số thập phân" if most else "chỉ nhận số nguyên"


def _typed_in_plan(plan: Plan) -> Iterator[tuple[DataPath, TypedNumber, Indicator]]:
    """Each figure of last year and each target, with its place."""
    for i, indicator in enumerate(plan.indicators):
        for field, group in (("previous", indicator.previous), ("target", indicator.target)):
            for period, typed in group.items():
                path: DataPath = ("indicators", i, field, period)
                if isinstance(typed, dict):
                    for unit, wanted in typed.items():
                        yield (*path, unit), wanted, indicator
                else:
                    yield path, typed, indicator


@rule("P366", WARNING, "Đơn vị tính không phải tiền")
def money_is_in_dong(plan: Plan) -> Iterator[Diagnostic]:
    """An amount is told with its measure: '12,5 triệu đồng'."""
    for i, indicator in enumerate(plan.indicators):
        if indicator.kind == "money" and not _MONEY.fullmatch(indicator.measure.strip()):
            yield Diagnostic(
                code="P366",
                message=f"đơn vị tính của số tiền là {quoted(indicator.measure)}",
                hint="ghi đồng, nghìn đồng, triệu đồng hoặc tỷ đồng; không phải tiền thì bỏ kind",
                path=("indicators", i, "measure"),
            )


@rule("P367", ERROR, "Số thập phân trong kế hoạch không có dấu nháy")
def planned_decimals_are_quoted(text: str, plan: Plan) -> Iterator[Diagnostic]:
    """See R474."""
    places = [path for path, typed, _ in _typed_in_plan(plan) if "." in str(typed)]
    yield from _unquoted("P367", text, places)


@rule("R470", ERROR, "Số liệu phải là số nguyên")
def counts_are_whole(case: ReportCase) -> Iterator[Diagnostic]:
    """What is counted has no halves; more likely a point or comma slipped in."""
    for indicator, figure in _of_numbers(case):
        if digits_of(figure) and not most_digits(indicator):
            yield Diagnostic(
                code="R470",
                message=f"“{indicator.name}” chỉ nhận số nguyên, đang là {number(figure)}",
                hint="xem lại số; chỉ tiêu có phần thập phân thì cơ quan ghi thêm decimal trong "
                "plan.yaml",
                path=("indicators", indicator.id),
            )


@rule("R471", ERROR, "Số liệu có quá nhiều chữ số thập phân")
def decimals_are_as_many_as_the_plan_says(case: ReportCase) -> Iterator[Diagnostic]:
    """All units round alike, so that the sum is of like figures."""
    for indicator, figure in _of_numbers(case):
        if 0 < most_digits(indicator) < digits_of(figure):
            yield Diagnostic(
                code="R471",
                message=f"“{indicator.name}” {_at_most(most_digits(indicator))}, đang là "
                f"{number(figure)}",
                hint="làm tròn số này",
                path=("indicators", indicator.id),
            )


def _of_numbers(case: ReportCase) -> Iterator[tuple[Indicator, Figure]]:
    for name, figure in case.report.figures.items():
        indicator = case.known.indicators.get(name)
        if indicator and indicator.kind not in _NOT_TYPED:
            yield indicator, figure


@rule("R472", ERROR, "Tỷ lệ được tính, không ghi")
def rates_are_not_typed(case: ReportCase) -> Iterator[Diagnostic]:
    """A typed rate could differ from the quotient of the two figures."""
    for name in case.report.indicators:
        indicator = case.known.indicators.get(name)
        if indicator and indicator.rate:
            both = enumeration([indicator.rate.part, indicator.rate.whole])
            yield Diagnostic(
                code="R472",
                message=f"“{indicator.name}” là tỷ lệ, danvan tự tính",
                hint=f"bỏ dòng này; ghi {both}",
                path=("indicators", name),
                at_key=True,
            )


@rule("R473", ERROR, "Số liệu không đúng loại")
def yes_or_no_is_not_a_number(case: ReportCase) -> Iterator[Diagnostic]:
    """The one is counted by how many units say yes, the other added up."""
    for name, figure in case.report.figures.items():
        indicator = case.known.indicators.get(name)
        if indicator is None or indicator.kind == "rate":
            continue
        wants_yes_or_no = indicator.kind == "yes_no"
        if wants_yes_or_no != isinstance(figure, bool):
            wanted = "có hoặc không" if wants_yes_or_no else "một số"
            message, hint = f"“{indicator.name}” phải là {wanted}", f"ghi {wanted}"
        elif wants_yes_or_no and name in case.report.estimated:
            message = f"“{indicator.name}” là có hoặc không, không phải số ước"
            hint = "bỏ estimated"
        else:
            continue
        yield Diagnostic(code="R473", message=message, hint=hint, path=("indicators", name))


@rule("R474", ERROR, "Số thập phân không có dấu nháy")
def decimals_are_quoted(text: str, value: Struct) -> Iterator[Diagnostic]:
    """Other programs read 97.5 as a binary fraction, which is only nearly that number."""
    if not isinstance(value, UnitReport):
        return
    places: list[DataPath] = []
    for name, given in value.indicators.items():
        alone = not isinstance(given, GivenFigure)
        typed = given.figure if isinstance(given, GivenFigure) else given
        if "." in str(typed):
            places.append(("indicators", name) if alone else ("indicators", name, "figure"))
    yield from _unquoted("R474", text, places)


def _unquoted(code: str, text: str, places: list[DataPath]) -> Iterator[Diagnostic]:
    """For each of these places where a number with a point stands without quotes."""
    positions = yaml_reading.locate(text) if places else None
    for path in places:
        written = text[positions.span(path)].strip() if positions else ""
        if _POINT.fullmatch(written):
            yield Diagnostic(
                code=code,
                message=f"số thập phân {written} không có dấu nháy",
                hint=f"viết '{written.replace('.', ',')}', trong dấu nháy",
                path=path,
            )
