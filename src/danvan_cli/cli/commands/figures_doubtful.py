"""The list of `danvan figures --doubtful`: why a figure is doubtful, and what its unit says."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import click

from danvan_cli import vietnamese
from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Heading, Table, Tone
from danvan_cli.cli.frame.options import StatusFormat
from danvan_cli.cli.frame.sheet import Estimate, Sheet
from danvan_cli.report import doubts
from danvan_cli.report.doubts import UnitDoubt
from danvan_cli.tracking.checked_workspace import CheckedWorkspace

_COLUMNS = ["unit", "unit_name", "indicator", "name", "measure", "figure"]
_COLUMNS += ["estimated", "code", "reason", "note"]
_TITLES = ["Đơn vị", "Chỉ tiêu", "Số liệu", "Vì sao phải xem lại", "Giải trình"]


def found(
    checked: CheckedWorkspace, period: str, ids: set[str], unit: str | None
) -> list[UnitDoubt]:
    """The doubtful figures of a period, of one unit or of all."""
    return [
        each
        for each in doubts.of_period(checked, checked.status(period))
        if each.doubt.indicator.id in ids and unit in (None, each.unit.id)
    ]


def sheet(checked: CheckedWorkspace, period: str, found: Sequence[UnitDoubt]) -> Sheet:
    """The same as a table of a workbook."""
    rows = [
        [
            unit,
            name,
            Estimate(each.doubt.figure) if each.doubt.is_estimated else each.doubt.figure,
            reason,
            note,
        ]
        for each in found
        for unit, name, _, reason, note in [_cells(each)]
    ]
    heading = [checked.plan.title, _title(checked, period), _as_of(checked)]
    return Sheet("Số liệu khác thường", heading, _TITLES, rows)


def show(
    checked: CheckedWorkspace, period: str, found: Sequence[UnitDoubt], format: StatusFormat
) -> None:
    """Prints them in a form for people or programs."""
    match format:
        case "json":
            head = {"period": period, "as_of": checked.as_of.isoformat()}
            click.echo(to_json(head | {"doubtful": _records(found)}))
        case "csv":
            rows = [list(record.values()) for record in _records(found)]
            click.echo(layout.csv_text(_COLUMNS, rows), nl=False)
        case "markdown":
            click.echo(layout.markdown(_blocks(checked, period, found, None)), nl=False)
        case "table":
            layout.show(list(_blocks(checked, period, found, layout.width())))


def _blocks(
    checked: CheckedWorkspace, period: str, found: Sequence[UnitDoubt], width: int | None
) -> Iterator[Block]:
    yield layout.line(checked.plan.title)
    yield Heading(_title(checked, period))
    yield layout.line(_as_of(checked), "quiet")
    yield from _list(found, width)


def _title(checked: CheckedWorkspace, period: str) -> str:
    plan = checked.plan
    return f"Số liệu khác thường {plan.periods[period].name_in(plan.year)}"


def _as_of(checked: CheckedWorkspace) -> str:
    return f"Tính đến {vietnamese.long_day(checked.as_of)}"


def _list(found: Sequence[UnitDoubt], width: int | None) -> Iterator[Block]:
    """Unit by unit in lines of that width; as one table if it is None."""
    if not found:
        yield layout.line("Không có số liệu khác thường.", "good")
        return
    if width is None:
        yield Table(_TITLES, [_cells(each) for each in found], right=frozenset({2}))
    else:
        for unit, own in groupby(found, key=lambda each: each.unit):
            yield Heading(unit.name)
            for each in own:
                yield from _lines(each, width)
    answered = sum(each.note is not None for each in found)
    number = vietnamese.number_in_text
    yield layout.line(
        f"Số liệu khác thường: {number(len(found))}; đã giải trình {number(answered)}, chưa giải "
        f"trình {number(len(found) - answered)}.",
        "quiet",
    )


def _lines(found: UnitDoubt, width: int) -> Iterator[Block]:
    doubt = found.doubt
    told = f"- {doubt.indicator.name} ({doubt.indicator.measure}): {doubt.shown}, {doubt.reason}"
    answer = f"  {vietnamese.capitalized(vietnamese.bare(found.answer))}."
    tone: Tone = "quiet" if found.note else "warning"
    for text, of_text in ((told, None), (answer, tone)):
        wrapped = textwrap.wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
        yield from (layout.line(line, of_text) for line in wrapped)


def _cells(found: UnitDoubt) -> list[str]:
    doubt = found.doubt
    return [
        found.unit.name,
        f"{doubt.indicator.name} ({doubt.indicator.measure})",
        doubt.shown,
        doubt.reason,
        found.note or "chưa giải trình",
    ]


def _records(found: Sequence[UnitDoubt]) -> list[dict[str, Any]]:
    return [
        {
            "unit": each.unit.id,
            "unit_name": each.unit.name,
            "indicator": each.doubt.indicator.id,
            "name": each.doubt.indicator.name,
            "measure": each.doubt.indicator.measure,
            "figure": each.doubt.figure,
            "estimated": each.doubt.is_estimated,
            "code": each.doubt.code,
            "reason": each.doubt.reason,
            "note": each.note,
        }
        for each in found
    ]
