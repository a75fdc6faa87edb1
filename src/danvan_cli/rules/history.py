"""What is known of earlier years, and what the plan says of them, must agree."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from danvan_cli.files import yaml_reading
from danvan_cli.files.past_years import FOLDER, path_of
from danvan_cli.files.readings import EarlierWorkspace, HistoryFile, Reading
from danvan_cli.model.history import PastIndicator, YearRecord, is_otherwise
from danvan_cli.model.plan import Indicator, Plan
from danvan_cli.problems import ERROR, WARNING, DataPath, Diagnostic, did_you_mean, quoted, rule
from danvan_cli.vietnamese import number


class YearsCase(Struct, frozen=True):
    """A plan, and what was read of the years before it (see `Workspace`)."""

    plan: Plan
    root: Path
    history: Sequence[HistoryFile]
    earlier: Sequence[EarlierWorkspace]


class PastCase(Struct, frozen=True):
    """A file on an earlier year; `indicators`: the plan's, by id."""

    plan: Plan
    indicators: Mapping[str, Indicator]
    year: int | None
    record: YearRecord


@rule("P361", ERROR, "Năm trước không dùng được")
def earlier_years_can_be_read(case: YearsCase) -> Iterator[Diagnostic]:
    """Each year before the plan's has one source, which can be read."""
    known = {file.year: f"{FOLDER}/{file.path.name}" for file in case.history if file.year}
    for i, (entry, found) in enumerate(zip(case.plan.years, case.earlier, strict=False)):
        name, hint = "year", None
        if entry.year >= case.plan.year:
            message = f"năm {entry.year} không trước năm {case.plan.year} của kế hoạch"
        elif entry.year in known:
            message = f"số liệu năm {entry.year} đã có ở {known[entry.year]}"
            hint = "giữ một nơi, bỏ nơi kia"
        elif found.reason:
            name, message, hint = "from", found.reason, found.hint
        else:
            known[entry.year] = f"mục years.{i + 1}"
            continue
        yield Diagnostic(code="P361", message=message, hint=hint, path=("years", i, name))


@rule("P362", ERROR, "Số liệu cùng kỳ khác số đã ban hành")
def typed_figures_are_as_issued(case: YearsCase) -> Iterator[Diagnostic]:
    """A typed `previous` would be printed in place of what last year's report said."""
    for record, sources in _sources(case):
        for i, indicator in enumerate(case.plan.indicators):
            past = record.indicators.get(indicator.id)
            if past is None or is_otherwise(past, indicator):
                continue
            for period in indicator.previous:
                known, typed = past.periods.get(period), indicator.last_year(period)
                if known and typed is not None and known.figure != typed:
                    place = _place(case.root, sources[period], indicator.id, period)
                    yield Diagnostic(
                        code="P362",
                        message=f"số cùng kỳ của {quoted(indicator.id)} ghi {number(typed)}, mà "
                        f"{place} ghi {number(known.figure)}",
                        hint="bỏ số này, danvan tự lấy số năm trước; hoặc sửa số sai",
                        path=("indicators", i, "previous", period),
                    )


def _sources(case: YearsCase) -> Iterator[tuple[YearRecord, Mapping[str, Reading]]]:
    """What is known of the year before the plan's, with the file of each period's figures."""
    for file in case.history:
        if file.record:
            periods = {name for past in file.record.indicators.values() for name in past.periods}
            yield from _of_last_year(case, file.record, dict.fromkeys(periods, file))
    for found in case.earlier:
        if found.record:
            yield from _of_last_year(case, found.record, found.sources)


def _of_last_year(
    case: YearsCase, record: YearRecord, sources: Mapping[str, Reading]
) -> Iterator[tuple[YearRecord, Mapping[str, Reading]]]:
    if record.year == case.plan.year - 1:
        yield record, sources


def _place(root: Path, file: Reading, indicator: str, period: str) -> str:
    """'history/2025.yaml:12', from the plan's folder."""
    line = yaml_reading.locate(file.text).of(path_of(file, indicator, period)).line
    return f"{os.path.relpath(file.path, root).replace(os.sep, '/')}:{line}"


@rule("R467", ERROR, "Năm của số liệu không khớp tên tệp")
def year_is_that_of_the_name(case: PastCase) -> Iterator[Diagnostic]:
    """A year's figures under another year's name would be compared with the wrong year."""
    if case.year is not None and case.record.year != case.year:
        yield Diagnostic(
            code="R467",
            message=f"tệp mang tên năm {case.year} mà ghi số liệu năm {case.record.year}",
            hint="sửa year, hoặc đổi tên tệp",
            path=("year",),
        )


@rule("R468", ERROR, "Số liệu năm trước không đúng")
def past_figures_make_sense(case: PastCase) -> Iterator[Diagnostic]:
    """No figure is below 0, and the units' together are no more than the total."""
    for path, past in _periods(case):
        known = past.periods[str(path[-1])]
        units, total = known.of_units, known.figure
        for name, figure in (("total", total), *units.items()):
            if figure < 0:
                place = (name,) if name == "total" else ("units", name)
                yield Diagnostic(
                    code="R468",
                    message=f"số liệu là số âm ({number(figure)})",
                    path=(*path, *place),
                )
        if past.kind != "rate" and units and sum(units.values()) > total >= 0:
            yield Diagnostic(
                code="R468",
                message=f"các đơn vị cộng lại ({number(sum(units.values()))}) lớn hơn tổng số "
                f"({number(total)})",
                hint="sửa số sai",
                path=(*path, "total"),
            )


@rule("R469", WARNING, "Đơn vị tính, loại số liệu khác năm trước")
def measures_are_as_they_were(case: PastCase) -> Iterator[Diagnostic]:
    """Millions beside billions compare nothing, so last year's figures are left out."""
    for name, past in case.record.indicators.items():
        now = case.indicators.get(name)
        if now and is_otherwise(past, now) and case.record.year < case.plan.year:
            field = "kind" if past.kind not in (None, now.kind) else "measure"
            then, present = (str(getattr(each, field)) for each in (past, now))
            what = "tính bằng" if field == "measure" else "là loại"
            yield Diagnostic(
                code="R469",
                message=f"năm {case.record.year} {what} {quoted(then)}, nay {what} "
                f"{quoted(present)}, nên không so với năm trước",
                hint="đổi các số theo đơn vị tính mới rồi sửa chỗ này; khác hẳn thì đặt mã khác "
                "cho chỉ tiêu",
                path=("indicators", name, field),
            )


@rule("R475", WARNING, "Số liệu năm trước không có mục tương ứng trong kế hoạch")
def past_figures_are_of_the_plan(case: PastCase) -> Iterator[Diagnostic]:
    """A mistyped id would compare nothing, in silence; each is told once.

    With its `name` an indicator may be one that there was only then, as `danvan close` writes it.
    """
    if case.record.year >= case.plan.year:
        return
    for name, past in case.record.indicators.items():
        if name not in case.indicators and past.name is None:
            missing = sorted(case.indicators.keys() - case.record.indicators.keys())
            yield Diagnostic(
                code="R475",
                message=f"chỉ tiêu {quoted(name)} không có trong kế hoạch năm nay nên không so "
                "với năm trước",
                hint=did_you_mean(name, missing) or "chỉ tiêu chỉ có năm trước thì ghi thêm name",
                path=("indicators", name),
                at_key=True,
            )
    yield from _unknown_periods(case)


def _unknown_periods(case: PastCase) -> Iterator[Diagnostic]:
    """Those of indicators without a name; of others one that is like a period they lack."""
    told: set[str] = set()
    for path, past in _periods(case):
        period = str(path[-1])
        if period in told or period in case.plan.periods or path[1] not in case.indicators:
            continue
        guess = did_you_mean(period, sorted(case.plan.periods.keys() - past.periods.keys()))
        if guess or past.name is None:
            told.add(period)
            yield Diagnostic(
                code="R475",
                message=f"kỳ {quoted(period)} không có trong kế hoạch năm nay nên không so với năm "
                "trước",
                hint=guess
                or f"các kỳ của kế hoạch: {', '.join(case.plan.periods)}; chỉ tiêu ghi "
                "cả name thì được có kỳ khác",
                path=path,
                at_key=True,
            )


def _periods(case: PastCase) -> Iterator[tuple[DataPath, PastIndicator]]:
    for name, past in case.record.indicators.items():
        for period in past.periods:
            yield ("indicators", name, "periods", period), past
