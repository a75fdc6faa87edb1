"""Rules on periods that several others make up, and on those of some units only."""

from collections.abc import Iterator
from itertools import combinations

from danvan_cli.model.plan import DataWindow, Plan
from danvan_cli.problems import ERROR, Diagnostic, quoted, rule
from danvan_cli.vietnamese import short_day


@rule("P358", ERROR, "Các kỳ được gộp trùng thời gian")
def continued_periods_do_not_overlap(plan: Plan) -> Iterator[Diagnostic]:
    """What happened in two of them would be counted twice in their sum."""
    for name, period in plan.periods.items():
        known = [(i, other) for i, other in enumerate(period.continued) if other in plan.periods]
        for (_, first), (place, second) in combinations(known, 2):
            windows = plan.periods[first].data, plan.periods[second].data
            if first != second and not _overlap(*windows):
                continue
            message = (
                f"kỳ {quoted(first)} ghi hai lần"
                if first == second
                else f"thời gian chốt số liệu của kỳ {quoted(first)} ({_in_words(windows[0])}) và "
                f"kỳ {quoted(second)} ({_in_words(windows[1])}) có ngày trùng nhau"
            )
            yield Diagnostic(
                code="P358",
                message=message,
                hint="chỉ ghi các kỳ nối tiếp nhau: số liệu của các kỳ này được cộng lại",
                path=("periods", name, "continues", place),
            )


def _overlap(one: DataWindow, other: DataWindow) -> bool:
    return one.from_ <= other.to and other.from_ <= one.to


def _in_words(window: DataWindow) -> str:
    return f"{short_day(window.from_)} - {short_day(window.to)}"
