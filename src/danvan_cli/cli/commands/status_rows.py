"""The rows of units in `danvan status`: a unit with those that it took over, by period."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from danvan_cli.cli.commands import status_git_warnings
from danvan_cli.cli.commands.status_deadlines import SOON, STATE_TONES
from danvan_cli.cli.commands.status_git_warnings import GitWarnings
from danvan_cli.cli.frame.layout import Cell, Tone, Words
from danvan_cli.model import succession
from danvan_cli.model.plan import Plan, Unit
from danvan_cli.tracking.status import PeriodStatus, UnitStatus

_WORST: tuple[Tone | None, ...] = ("bad", "warning", "good", "quiet", None)


class UnitRow(Struct, frozen=True):
    """A unit with those whose only heir it is; by period, the status of each that reports then.

    `names`: the short names of units by id, for what is said of one of several.
    """

    name: str
    names: dict[str, str]
    reports: list[list[UnitStatus]]


def unit_rows(plan: Plan, statuses: Sequence[PeriodStatus], as_of: date) -> list[UnitRow]:
    """One for each unit that is there on the day, and for each that is gone with no one heir."""
    taking = succession.heirs(plan, succession.on(as_of))
    known: dict[str, Unit] = {
        unit.unit.id: unit.unit for period in statuses for unit in period.units
    }
    members: dict[str, list[Unit]] = {}
    heirs = {heirs[0].id: heirs[0] for heirs in taking.values() if not heirs[1:]}
    for unit in known.values():
        own = taking.get(unit.id, [])
        members.setdefault(own[0].id if len(own) == 1 else unit.id, []).append(unit)
    by_period = [{unit.unit.id: unit for unit in period.units} for period in statuses]
    return [
        UnitRow(
            _name(heirs.get(owner) or known[owner], units, taking),
            {unit.id: unit.short_name for unit in units},
            [[by_id[unit.id] for unit in units if unit.id in by_id] for by_id in by_period],
        )
        for owner, units in members.items()
    ]


def _name(owner: Unit, units: Sequence[Unit], taking: dict[str, list[Unit]]) -> str:
    gone = [unit for unit in units if unit.id != owner.id]
    if gone:
        return succession.with_predecessors(owner, gone)
    return succession.with_heirs(owner, taking.get(owner.id, []))


def wants_attention(
    row: UnitRow, statuses: Sequence[PeriodStatus], git_warnings: GitWarnings
) -> bool:
    """Late, wrong, returned, overdue or doubtful; or to come while the deadline is near."""
    return any(
        (
            unit.state != "on_time"
            or status_git_warnings.is_marked(period.id, unit.unit.id, git_warnings)
        )
        and (unit.state != "pending" or period.unit_deadline.working_days_left <= SOON)
        for reports, period in zip(row.reports, statuses, strict=True)
        for unit in reports
    )


def cells(row: UnitRow, statuses: Sequence[PeriodStatus], git_warnings: GitWarnings) -> list[Cell]:
    """By period: the state of the report, of several that differ each with its unit."""
    return [
        _cell([_state(unit, period.id, git_warnings) for unit in reports], reports, row.names)
        for reports, period in zip(row.reports, statuses, strict=True)
    ]


def _cell(states: list[Words], reports: list[UnitStatus], names: dict[str, str]) -> Cell:
    if not states:
        return Words("-", "quiet")
    if len({state.text for state in states}) == 1:
        return states[0]
    each = [
        f"{names[unit.unit.id]} {state.text}" for unit, state in zip(reports, states, strict=True)
    ]
    return Words("; ".join(each), min((state.tone for state in states), key=_WORST.index))


def _state(unit: UnitStatus, period: str, git_warnings: GitWarnings) -> Words:
    if status_git_warnings.is_marked(period, unit.unit.id, git_warnings):
        return Words(f"{unit.state_in_words} {status_git_warnings.MARK}", "warning")
    return Words(unit.state_in_words, STATE_TONES[unit.state])
