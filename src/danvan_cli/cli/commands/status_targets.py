"""The targets in `danvan status`: how much of what the plan wants is reached by now."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from danvan_cli import vietnamese
from danvan_cli.cli.frame.layout import Block, Cell, Heading, Table, Tone, Words
from danvan_cli.report.combined_report import IndicatorTotal
from danvan_cli.report.targets import TargetProgress
from danvan_cli.tracking.status import PeriodStatus


def open_goals(statuses: Sequence[PeriodStatus]) -> list[PeriodStatus]:
    """The periods that the office has still to report for; the last one if there is none."""
    ahead = [status for status in statuses if not status.office_deadline.is_past]
    return ahead or list(statuses[-1:])


def target_blocks(targets: Sequence[TargetProgress]) -> Iterator[Block]:
    """A table of the targets of each period; none where no figure has come yet."""
    for name, group in groupby(targets, key=lambda target: target.goal.period.standalone_name):
        own = list(group)
        if any(target.total.total is not None for target in own):
            yield Heading(f"Thực hiện mức kế hoạch {name}")
            yield _table(own)


def _table(targets: Sequence[TargetProgress]) -> Table:
    """Without the columns that say the same of every target, or nothing."""
    columns = ["Chỉ tiêu", "Kế hoạch", "Đã có", "% KH", "ĐV", "ĐV đạt", "Số liệu của"]
    rows = [_cells(target) for target in targets]
    kept = [0, 1, 2, 3]
    kept += [4] if any(target.total.owing > 1 for target in targets) else []
    kept += [5] if any(row[5] for row in rows) else []
    kept += [6] if any(target.sources != [target.goal] for target in targets) else []
    return Table(
        [columns[place] for place in kept],
        [[row[place] for place in kept] for row in rows],
        right=frozenset(range(1, len(kept) - (6 in kept))),
        cut=0,
    )


def _cells(target: TargetProgress) -> list[Cell]:
    total = target.total
    counts = f"{vietnamese.number(len(total.parts))}/{vietnamese.number(total.owing)}"
    with_target = target.units_with_target
    meeting = f"{target.units_that_meet}/{with_target}" if with_target > 1 else ""
    return [
        f"{total.indicator.name} ({total.indicator.measure})",
        total.text_of(total.target) or "-",
        total.total_text or "-",
        Words(_share(total), _tone(target)),
        Words(counts, None if total.is_covered else "warning"),
        meeting,
        _sources(target),
    ]


def _share(total: IndicatorTotal) -> str:
    """'≥ 58%' while units are missing: what they will give can only add to it."""
    if total.of_target or total.total is None or not total.target:
        return total.of_target or "-"
    return f"≥ {vietnamese.percent(total.total, total.target)}"


def _sources(target: TargetProgress) -> str:
    names = [status.period.standalone_name for status in target.sources]
    return ", ".join(names) if target.total.total is not None else "-"


def _tone(target: TargetProgress) -> Tone | None:
    """A limit that is passed is bad; a target that is not reached yet is neither."""
    if target.is_met is None:
        return "quiet"
    if target.total.indicator.direction == "less":
        return None if target.is_met else "bad"
    return "good" if target.is_met else None


def record(target: TargetProgress) -> dict[str, Any]:
    total = target.total
    return {
        "indicator": total.indicator.id,
        "name": total.indicator.name,
        "measure": total.indicator.measure,
        "period": target.goal.id,
        "figures_of": [source.id for source in target.sources] if total.parts else [],
        "figure": total.total,
        "estimated": bool(total.estimated),
        "target": total.target,
        "of_target": total.of_target,
        "direction": total.indicator.direction,
        "is_met": target.is_met,
        "reported": len(total.parts),
        "owing": total.owing,
        "unit_targets": dict(total.unit_targets),
        "of_unit_targets": total.of_unit_targets,
    }
