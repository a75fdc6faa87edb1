"""The `--what-if` part of `danvan rate`: what a report that has not come costs its unit."""

from collections.abc import Iterator, Sequence
from typing import Any

from danvan_cli import vietnamese
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Cell, Table
from danvan_cli.cli.frame.sheet import Sheet, Value
from danvan_cli.evaluation.rating import unit_cases
from danvan_cli.evaluation.what_if import LateCost, late_costs
from danvan_cli.model.criteria import Criteria, all_criteria
from danvan_cli.model.plan import Unit
from danvan_cli.tracking.checked_workspace import CheckedWorkspace


def costs(checked: CheckedWorkspace, criteria: Criteria, units: Sequence[Unit]) -> list[LateCost]:
    """Of these units, on the day that is looked at."""
    statuses = checked.statuses()
    cases = unit_cases(checked.plan, criteria.period, statuses, checked.history)
    return late_costs(criteria, [case for case in cases if case.unit in units])


def blocks(criteria: Criteria, costs: Sequence[LateCost]) -> Iterator[Block]:
    if not costs:
        yield layout.line("Không có báo cáo nào còn thiếu.", "good")
        return
    rows: list[list[Cell]] = [
        [
            each.unit.short_name,
            each.criterion.id,
            f"quá {each.days} ngày" if each.days else "còn hạn",
            *(vietnamese.number(points) for points in (each.today, each.tomorrow, each.never)),
            vietnamese.number(each.most),
        ]
        for each in costs
    ]
    columns = ["Đơn vị", "TC", "Hạn", "Gửi hôm nay", "Gửi ngày mai", "Không gửi", "Cao nhất"]
    yield Table(columns, rows, right=frozenset(range(3, 7)), cut=0)
    without = {criterion.id for each in costs for criterion in each.depending}
    depending = [criterion.id for _, criterion in all_criteria(criteria) if criterion.id in without]
    if depending:
        yield layout.line(
            f"Không có báo cáo thì các tiêu chí tự động khác cũng không có điểm: "
            f"{', '.join(depending)}.",
            "warning",
        )


def sheet(costs: Sequence[LateCost], heading: Sequence[str]) -> Sheet:
    columns = ["Đơn vị", "Tiêu chí", "Quá hạn (ngày)", "Gửi hôm nay", "Gửi ngày mai", "Không gửi"]
    rows: list[list[Value]] = [
        [
            *(each.unit.name, f"{each.criterion.id} {each.criterion.text}", each.days),
            *(each.today, each.tomorrow, each.never, each.most),
        ]
        for each in costs
    ]
    return Sheet("Báo cáo còn thiếu", heading, [*columns, "Cao nhất"], rows)


def record(costs: Sequence[LateCost]) -> dict[str, Any]:
    return {
        "units": [
            {
                "unit": each.unit.id,
                "criterion": each.criterion.id,
                "days_late": each.days,
                "most": each.most,
                "today": each.today,
                "tomorrow": each.tomorrow,
                "never": each.never,
                "depending": [criterion.id for criterion in each.depending],
            }
            for each in costs
        ]
    }


def csv(costs: Sequence[LateCost]) -> str:
    columns = ["unit", "criterion", "days_late", "most", "today", "tomorrow", "never"]
    rows = [[row[column] for column in columns] for row in record(costs)["units"]]
    return layout.csv_text(columns, rows)
