"""With what a unit's figure may be compared: its own past, and what the units of its group gave."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.files.readings import ReportFile
from danvan_cli.model import continued
from danvan_cli.model.history import NOTHING_KNOWN, History
from danvan_cli.model.plan import DataWindow, Indicator, Plan, is_assigned
from danvan_cli.model.plan_of_period import plan_of_period
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.rules.checks import doubts_by_checks
from danvan_cli.rules.doubtful import DOUBTS, Doubt, FigureCase, GroupFigures, Past
from danvan_cli.rules.standing_out import FEWEST, spread

FEWEST_UNITS = 6
"""As many units of a group must have given a figure before one is told from the others."""

_ALIKE = 1.5
"""Additions are compared if neither took more than so many times the days of the other."""

_NO_GROUP = ""
_DAY = timedelta(days=1)


class Addition(Struct, frozen=True):
    """What a period adds: its figures without those of the periods that it includes.

    `comparable`: the earlier periods that add something in about as many days, the latest last.
    """

    includes: list[str]
    comparable: list[str]


class Compared(Struct, frozen=True, dict=True):
    """The reports without errors, by unit and period, with which figures are compared.

    `plan` has units in place of groups. Tables are made only once, and only if asked for.
    """

    plan: Plan
    reports: Mapping[tuple[str, str], UnitReport]
    history: History = NOTHING_KNOWN

    def in_file(self, file: ReportFile, *, answered: bool) -> Iterator[Doubt]:
        """The doubts about a file's report that the unit has answered, or has not."""
        report = file.report
        if report is None or (file.period or report.period) not in self.plan.periods:
            return
        for doubt in self.doubts(report, file.unit or report.unit, file.period or report.period):
            if (doubt.indicator.id in report.notes) == answered:
                yield doubt

    def doubts(self, report: UnitReport, unit: str, period: str) -> Iterator[Doubt]:
        """The first doubt about each figure of a unit's report, then those by the plan's checks."""
        by_checks = doubts_by_checks(self.plan, report, self._known[period])
        for doubt in chain(self._first_doubts(report, unit, period), by_checks):
            yield replace(doubt, is_estimated=doubt.indicator.id in report.estimated)

    def _first_doubts(self, report: UnitReport, unit: str, period: str) -> Iterator[Doubt]:
        for indicator in self._indicators[period]:
            figure = report.figures.get(indicator.id)
            if figure is None or figure < 0 or not is_assigned(indicator, unit):
                continue
            past = self._past(unit, period, indicator, figure)
            has_past = past or self._is_explained(unit, period, indicator)
            group = None if has_past else self._group(unit, period, indicator)
            least = self.plan.least if indicator.least is None else indicator.least
            case = FigureCase(indicator, figure, least, past, group)
            if doubt := next((doubt for judge in DOUBTS if (doubt := judge(case))), None):
                yield doubt

    @cached_property
    def _known(self) -> dict[str, dict[str, Indicator]]:
        """By period, the indicators that there are, by id."""
        return {
            name: {each.id: each for each in plan_of_period(self.plan, name).indicators}
            for name in self.plan.periods
        }

    @cached_property
    def _indicators(self) -> dict[str, list[Indicator]]:
        """By period, those whose figures are amounts that a unit types."""
        return {
            name: [each for each in known.values() if each.kind not in ("rate", "yes_no")]
            for name, known in self._known.items()
        }

    def _is_explained(self, unit: str, period: str, indicator: Indicator) -> bool:
        """Whether the figure includes one that the unit explained."""
        included = (self.reports.get((unit, name)) for name in self._additions[period].includes)
        return any(report and indicator.id in report.notes for report in included)

    @cached_property
    def _reorganized(self) -> dict[str, date]:
        """The units that took over others or gave some of their work away, and since when."""
        since: dict[str, date] = {}
        for unit in self.plan.units:
            if unit.until:
                since |= dict.fromkeys(unit.into, unit.until)
            if unit.from_ and unit.from_unit:
                since |= {unit.id: unit.from_, unit.from_unit: unit.from_}
        return since

    def _past(self, unit: str, period: str, indicator: Indicator, figure: Figure) -> Past | None:
        """The same period of earlier years; where it is not known, the earlier periods.

        None of a unit that is no more what it was.
        """
        window = self.plan.periods[period].data
        if unit in self._reorganized and self._reorganized[unit] <= window.to:
            return None
        years = self._years(unit, period, indicator)
        last = self.plan.year - 1
        if len(years) < FEWEST:
            years = {year: known for year, known in years.items() if year == last}
        if years:
            earlier = {f"cùng kỳ năm {year}": years[year] for year in sorted(years)}
            return Past(figure, earlier, f"cùng kỳ {len(years)} năm trước")
        return self._past_in_the_year(unit, period, indicator, figure)

    def _years(self, unit: str, period: str, indicator: Indicator) -> dict[int, Figure]:
        """The unit's own figures for the period, by year; an only unit's are the office's."""
        figures: dict[int, Figure] = {}
        if indicator.units == [unit] and (known := indicator.last_year(period)) is not None:
            figures[self.plan.year - 1] = known
        for year in self.history.years:
            known = self.history.figure(year, indicator.id, period, unit)
            if known is not None:
                figures[year] = known
        return figures

    def _past_in_the_year(
        self, unit: str, period: str, indicator: Indicator, figure: Figure
    ) -> Past | None:
        """What the period adds beside what earlier ones added.

        What has only begun has no past, and an explained figure says nothing of others.
        """
        addition = self._addition(period, indicator)
        value = self._added(addition, unit, indicator, figure)
        earlier = {}
        for name in addition.comparable:
            report = self.reports.get((unit, name))
            if report is None or indicator.id in report.notes:
                continue
            given = report.figures.get(indicator.id)
            before = self._addition(name, indicator)
            if added := self._added(before, unit, indicator, given):
                earlier[self._name_of_addition(name, before)] = added
        if value is None or not earlier:
            return None
        together = f"{len(earlier)} kỳ trước trong năm"
        return Past(value, earlier, together, [self._name(name) for name in addition.includes])

    def _addition(self, period: str, indicator: Indicator) -> Addition:
        """What counts of the period: of a stock, which is no sum, the figure itself."""
        if indicator.kind != "stock":
            return self._additions[period]
        day = {name: other.data.to for name, other in self.plan.periods.items()}
        before = [name for name in day if day[name] < day[period]]
        return Addition([], sorted(before, key=day.__getitem__))

    def _added(
        self, addition: Addition, unit: str, indicator: Indicator, figure: Figure | None
    ) -> Figure | None:
        """The figure without those of the periods included; None if they are not known."""
        for name in addition.includes:
            report = self.reports.get((unit, name))
            included = report.figures.get(indicator.id) if report else None
            if figure is None or included is None:
                return None
            figure -= included
        return None if figure is None or figure < 0 else figure

    def _name(self, period: str) -> str:
        return self.plan.periods[period].name_in(self.plan.year)

    def _name_of_addition(self, period: str, addition: Addition) -> str:
        """What is told of it: 'phần thêm của 6 tháng đầu năm 2026 sau quý I năm 2026'."""
        if not addition.includes:
            return self._name(period)
        included = vietnamese.enumeration([self._name(name) for name in addition.includes])
        return f"phần thêm của {self._name(period)} sau {included}"

    @cached_property
    def _additions(self) -> dict[str, Addition]:
        return additions(self.plan)

    def _group(self, unit: str, period: str, indicator: Indicator) -> GroupFigures | None:
        """The figures of the smallest of its groups in which enough units have given one."""
        groups = (
            found
            for name in self._groups_of.get(unit, [])
            if (found := self._group_figures(name, period, indicator.id))
        )
        return min(groups, key=lambda found: found.units, default=None)

    @cached_property
    def _units_of(self) -> dict[str, list[str]]:
        """The units of each group; those in none are one together."""
        grouped = {unit for units in self.plan.unit_groups.values() for unit in units}
        others = [unit.id for unit in self.plan.units if unit.id not in grouped]
        return {_NO_GROUP: others, **self.plan.unit_groups}

    @cached_property
    def _groups_of(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for name, units in self._units_of.items():
            for unit in units:
                groups.setdefault(unit, []).append(name)
        return groups

    @cached_property
    def _known_groups(self) -> dict[tuple[str, str, str], GroupFigures | None]:
        """Group, period and indicator → its figures, as far as they were asked for."""
        return {}

    def _group_figures(self, group: str, period: str, indicator: str) -> GroupFigures | None:
        place = (group, period, indicator)
        if place not in self._known_groups:
            given = (self.reports.get((unit, period)) for unit in self._units_of[group])
            figures = [
                report.figures[indicator]
                for report in given
                if report and report.submitted and indicator in report.figures
            ]
            is_enough = len(figures) >= FEWEST_UNITS
            found = GroupFigures(group, len(figures), spread(figures)) if is_enough else None
            self._known_groups[place] = found
        return self._known_groups[place]


def additions(plan: Plan) -> dict[str, Addition]:
    """What each period of the plan adds, and with which earlier ones that can be compared.

    Periods whose figures all come from others add nothing, and are compared with none.
    """
    included = {
        name: [other for other, _ in continued.in_order(plan, name)] for name in plan.periods
    }
    spans = {name: _span(plan, name, included[name]) for name in plan.periods}
    found = {}
    for name, (begin, days) in spans.items():
        before = [
            other
            for other, (_, taken) in spans.items()
            if other != name
            and plan.periods[other].data.to < begin
            and 0 < max(days, taken) <= _ALIKE * min(days, taken)
        ]
        before.sort(key=lambda other: plan.periods[other].data.to)
        found[name] = Addition(included[name], before)
    return found


def _span(plan: Plan, period: str, included: list[str]) -> tuple[date, int]:
    """The first day of what a period adds, and how many days that takes."""
    own = plan.periods[period].data
    windows = [plan.periods[name].data for name in included]
    begin = max((window.to + _DAY for window in windows), default=own.from_)
    return begin, _days(own) - sum(map(_days, windows))


def _days(window: DataWindow) -> int:
    return (window.to - window.from_).days + 1
