"""Figures that a person should look at again: unlike the unit's own past, or unlike its group's."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.figure_kinds import figure_text
from danvan_cli.model.plan import Indicator
from danvan_cli.model.values import Figure
from danvan_cli.problems import (
    WARNING,
    DataPath,
    Diagnostic,
    did_you_mean,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.rules.report import ReportCase
from danvan_cli.rules.standing_out import FEWEST, Spread, is_multiple, spread, stands_out


class Past(Struct, frozen=True):
    """What a figure of a unit is compared with.

    `value`: the figure, or what was added to those of the periods that it includes, whose names
    are `since`. `earlier`: what was before, by its name, the latest last; `together`: what all of
    them are called.
    """

    value: Figure
    earlier: Mapping[str, Figure]
    together: str
    since: list[str] = []


class GroupFigures(Struct, frozen=True):
    """The figures of an indicator that so many units of a group gave for a period.

    `name`: '' where it is of the units that are in no group.
    """

    name: str
    units: int
    spread: Spread


class FigureCase(Struct, frozen=True):
    """One figure of a report, with what it is compared with, if there is anything.

    `group`: only where the unit has no past, since one that is always larger than others need not
    explain it every time. `least`: the difference up to which no figure is doubtful.
    """

    indicator: Indicator
    figure: Figure
    least: Figure
    past: Past | None
    group: GroupFigures | None


class Doubt(Struct, frozen=True):
    """A doubtful figure; `reason`: the figure that it is compared with, and how far off it is."""

    code: str
    indicator: Indicator
    figure: Figure
    reason: str
    is_estimated: bool = False

    @property
    def shown(self) -> str:
        """The figure as documents print it."""
        return figure_text(self.indicator, self.figure, estimated=self.is_estimated)

    @property
    def message(self) -> str:
        """'“Người tham dự” là 64.000, gấp 1.000 lần cùng kỳ năm 2025 (64)'"""
        return f"“{self.indicator.name}” là {self.shown}, {self.reason}"

    @property
    def diagnostic(self) -> Diagnostic:
        return Diagnostic(
            code=self.code,
            message=self.message,
            hint=f"sai thì sửa số; đúng thì ghi lý do: notes: {{{self.indicator.id}: …}}",
            path=("indicators", self.indicator.id),
        )


@rule("R483", WARNING, "Số liệu bằng 0 trong khi trước đó khác 0")
def figures_do_not_vanish(case: FigureCase) -> Doubt | None:
    """Nothing where there always was something: forgotten, or last period's figure copied."""
    past = case.past
    if past is None or past.value or not all(past.earlier.values()):
        return None
    name, before = _nearest(past)
    if before <= case.least:
        return None
    told = f"trong khi {name} là {vietnamese.number(before)}"
    if past.since:
        same = f"không tăng so với {vietnamese.enumeration(past.since)}"
        told = (
            f"{same} ({vietnamese.number(before)})" if past.since == [name] else f"{same}, {told}"
        )
    return Doubt("R483", case.indicator, case.figure, told)


@rule("R481", WARNING, "Số liệu khác hẳn trước đây")
def figures_are_like_those_before(case: FigureCase) -> Doubt | None:
    """A unit's work grows and shrinks, but seldom to three times or to a third."""
    past = case.past
    if past is None:
        return None
    if not _is_unlike(past, case.least):
        return None
    told = _compared(past.value, *_nearest(past))
    if past.since:
        names = vietnamese.enumeration(past.since)
        told = f"trong đó phần thêm sau {names} ({vietnamese.number(past.value)}) {told}"
    return Doubt("R481", case.indicator, case.figure, told)


@rule("R482", WARNING, "Số liệu khác hẳn các đơn vị cùng nhóm")
def figures_are_like_those_of_the_group(case: FigureCase) -> Doubt | None:
    """A slip of the pen makes ten or a thousand times what units alike have."""
    group = case.group
    if group is None or not stands_out(case.figure, group.spread, case.least):
        return None
    named = f" trong nhóm {quoted(group.name)}" if group.name else ""
    others = f"trung vị của {vietnamese.number(group.units)} đơn vị{named}"
    return Doubt(
        "R482", case.indicator, case.figure, _compared(case.figure, others, group.spread.median)
    )


DOUBTS: Sequence[Callable[[FigureCase], Doubt | None]] = (
    figures_do_not_vanish,
    figures_are_like_those_before,
    figures_are_like_those_of_the_group,
)
"""In this order: of a figure only the first doubt is told."""


def _is_unlike(past: Past, least: Figure) -> bool:
    """By median and spread of four and more; else if it is a multiple of each or none of any."""
    values = list(past.earlier.values())
    if len(values) >= FEWEST:
        return stands_out(past.value, spread(values), least)
    is_outside = past.value > max(values) or past.value < min(values)
    return is_outside and all(is_multiple(past.value, value, least) for value in values)


def _nearest(past: Past) -> tuple[str, Figure]:
    """What the value is told to be unlike: the median, or of a few figures the nearest."""
    values = list(past.earlier.values())
    if len(values) >= FEWEST:
        return f"trung vị của {past.together}", spread(values).median
    nearest = max(values) if past.value > max(values) else min(values)
    return next(pair for pair in past.earlier.items() if pair[1] == nearest)


def _compared(value: Figure, name: str, other: Figure) -> str:
    """'gấp 1.000 lần cùng kỳ năm 2025 (64)'"""
    shown = vietnamese.number(other)
    if not value or not other:
        return f"trong khi {name} là {shown}"
    if value > other:
        return f"gấp {_times(value, other)} lần {name} ({shown})"
    return f"thấp hơn {_times(other, value)} lần so với {name} ({shown})"


def _times(larger: Figure, smaller: Figure) -> str:
    """'3,2' or '1.000': to one decimal below ten."""
    times = Decimal(larger) / Decimal(smaller)
    step = Decimal("0.1") if times < 10 else Decimal(1)
    return vietnamese.number(times.quantize(step, ROUND_HALF_UP)).removesuffix(",0")


@rule("R484", WARNING, "Giải trình không có số liệu")
def notes_explain_figures(case: ReportCase) -> Iterator[Diagnostic]:
    """A note on a figure that is not there answers nothing, nor does one without a letter."""
    guess = limit_guesses(did_you_mean)
    for name, note in case.report.notes.items():
        place: DataPath = ("indicators", name)
        is_empty = not any(map(str.isalnum, note))
        if (name in case.report.figures or place in case.left_out) and not is_empty:
            continue
        indicator = case.known.indicators.get(name)
        if indicator is None:
            message, hint = (
                f"kế hoạch không có chỉ tiêu {quoted(name)}",
                guess(name, case.known.indicators),
            )
        elif is_empty:
            message, hint = f"giải trình {quoted(note.strip())} không có chữ nào", "ghi rõ lý do"
        else:
            message = f"có giải trình mà không có số liệu “{indicator.name}”"
            hint = f"ghi số liệu ở indicators, mã {name}, hoặc bỏ giải trình"
        yield Diagnostic(
            code="R484",
            message=message,
            hint=hint or "xem mã chỉ tiêu ở mục indicators của plan.yaml",
            path=("notes", name),
            at_key=True,
        )
