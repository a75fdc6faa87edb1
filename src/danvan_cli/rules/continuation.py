"""What a unit's report must keep to, by its reports for the periods that it continues."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from danvan_cli.model import continued
from danvan_cli.model.figure_kinds import adds_up
from danvan_cli.model.plan import Indicator, Plan
from danvan_cli.model.predecessors import Predecessor
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.model.values import Figure
from danvan_cli.problems import WARNING, Diagnostic, rule
from danvan_cli.rules.report import Known
from danvan_cli.vietnamese import enumeration, number


class Continuation(Struct, frozen=True):
    """A report and the same unit's for the periods that it continues, those without errors.

    `gone`: the units whose last figures have to be in this report, as nobody else took over.
    """

    plan: Plan
    known: Known
    period: str
    report: UnitReport
    earlier: Mapping[str, UnitReport]
    gone: Sequence[Predecessor] = ()


@rule("R414", WARNING, "Số liệu nhỏ hơn kỳ trước")
def figures_do_not_shrink(case: Continuation) -> Iterator[Diagnostic]:
    """A year's figure includes the half-year's; smaller only if that was corrected."""
    for indicator, figure, included in _continued_figures(case):
        if figure < sum(included.values()):
            yield Diagnostic(
                code="R414",
                message=f"“{indicator.name}” ({number(figure)}) nhỏ hơn "
                f"{_as_reported(case, included)}",
                hint="số liệu kỳ này gồm cả kỳ trước; nếu là số đã đính chính thì giữ nguyên",
                path=("indicators", indicator.id),
            )


@rule("R465", WARNING, "Số liệu khác tổng các kỳ trước")
def figures_are_the_sum(case: Continuation) -> Iterator[Diagnostic]:
    """Where periods make up the year its figure is their sum, unless one was corrected.

    A smaller figure is R414's, one that holds another unit's, too, R460's.
    """
    for indicator, figure, included in _continued_figures(case):
        is_sum = continued.is_their_sum(case.plan, case.period, included)
        is_sum = is_sum and not any(gone.figure(indicator) for gone in case.gone)
        if is_sum and figure > sum(included.values()):
            yield Diagnostic(
                code="R465",
                message=f"“{indicator.name}” ({number(figure)}) khác "
                f"{_as_reported(case, included)}",
                hint="các kỳ trước gộp lại đúng bằng thời gian của kỳ này; nếu là số đã đính chính "
                "thì giữ nguyên",
                path=("indicators", indicator.id),
            )


def _continued_figures(case: Continuation) -> Iterator[tuple[Indicator, Figure, dict[str, Figure]]]:
    """Each figure with those of the continued periods, where there are any."""
    for name, figure in case.report.figures.items():
        included = continued.included_figures(case.plan, case.period, name, case.earlier)
        indicator = case.known.indicators.get(name)
        if included and indicator and adds_up(indicator):
            yield indicator, figure, included


def _as_reported(case: Continuation, included: Mapping[str, Figure]) -> str:
    """'số đã báo cáo ở kỳ 6 tháng đầu năm (8)', or the sum of several with each of them."""
    names = {name: case.plan.periods[name].name for name in included}
    if len(case.plan.periods[case.period].continued) == 1:
        ((name, figure),) = included.items()
        return f"số đã báo cáo ở kỳ {names[name]} ({number(figure)})"
    each = enumeration([f"{names[name]} ({number(figure)})" for name, figure in included.items()])
    return f"tổng đã báo cáo ở các kỳ trước ({number(sum(included.values()))}), gồm {each}"
