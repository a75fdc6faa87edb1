"""Days that are hardly right, in any file that says when something was done."""

from collections.abc import Iterator
from datetime import date

from danvan_cli.model.plan import Plan
from danvan_cli.problems import WARNING, DataPath, Diagnostic, rule
from danvan_cli.vietnamese import short_day


@rule("R417", WARNING, "Ngày chưa đến")
def in_the_future(path: DataPath, day: date | None, today: date) -> Iterator[Diagnostic]:
    """A day to come is a slip of the pen."""
    if day is not None and day > today:
        yield Diagnostic(
            code="R417",
            message=f"ngày {short_day(day)} ở sau ngày {short_day(today)}",
            hint="kiểm tra ngày, tháng, năm",
            path=path,
        )


@rule("R418", WARNING, "Ngày trước năm kế hoạch")
def before_the_year(path: DataPath, day: date | None, plan: Plan) -> Iterator[Diagnostic]:
    """A day of last year is mostly last year's, copied."""
    if day is not None and day.year < plan.year:
        yield Diagnostic(
            code="R418",
            message=f"ngày {short_day(day)} ở trước năm {plan.year} của kế hoạch",
            hint="kiểm tra năm",
            path=path,
        )
