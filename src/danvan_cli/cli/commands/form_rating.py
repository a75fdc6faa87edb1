"""`danvan form --rating`: Word forms in which units score themselves."""

from collections.abc import Sequence
from pathlib import Path

import click

from danvan_cli.cli.commands import rate_result
from danvan_cli.cli.commands.rate_result import Rated
from danvan_cli.cli.frame.places import destination, folder_for_several, shown, within
from danvan_cli.evaluation.points import UnitPoints
from danvan_cli.files import safe_write
from danvan_cli.forms import self_score
from danvan_cli.forms.self_score import SelfScore
from danvan_cli.problems import Failure
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, known_unit, reporter

FOLDER = "rating-forms"


def make(
    checked: CheckedWorkspace,
    period: str,
    units: Sequence[str] | None,
    output: Path | None,
    *,
    force: bool,
) -> None:
    """Writes a form for each unit, or for all that are rated; prints their paths.

    Raises Failure where there is nothing to score, or the result was approved already.
    """
    found = rate_result.rated(checked, period)
    refuse_approved(found)
    wanted = _wanted(found, units)
    forms = {f"{each.unit.id}.docx": self_score.render(of_unit(found, each)) for each in wanted}
    folder = checked.output_folder(period) / FOLDER
    home = within(output, checked.workspace.root)
    if len(forms) > 1:
        to = folder_for_several(output, folder)
        paths = safe_write.write_together(to, forms, within=home, force=force)
    else:
        ((name, content),) = forms.items()
        path = destination(output, folder, name)
        paths = [safe_write.write(path, content, within=home, force=force)]
    for path in paths:
        click.echo(shown(path))
    click.echo("Gửi cho đơn vị tự chấm; nhận lại thì nhập: danvan import TỆP.docx", err=True)


def of_unit(found: Rated, points: UnitPoints) -> SelfScore:
    return SelfScore(
        plan=found.checked.plan,
        period=found.criteria.period,
        points=points,
        own=found.record.own.get(points.unit.id, {}),
        day=found.checked.as_of,
    )


def refuse_approved(found: Rated) -> None:
    """Raises Failure: after the approval a unit can only appeal."""
    if found.record.approved:
        raise Failure(
            "kết quả chấm điểm đã được phê duyệt nên không tự chấm nữa",
            "đơn vị không đồng ý thì ghi kiến nghị ở appeals của _rating.yaml",
        )


def _wanted(found: Rated, units: Sequence[str] | None) -> list[UnitPoints]:
    checked, period = found.checked, found.criteria.period
    rated = {each.points.unit.id: each.points for each in found.units}
    names = [unit.id for unit in checked.plan.units if unit.id in rated]
    if units:
        known = (known_unit(checked.plan, unit) for unit in dict.fromkeys(units))
        names = [reporter(checked, unit, period).id for unit in known]
    wanted = [rated[name] for name in names if of_unit(found, rated[name]).criteria]
    if not wanted:
        raise Failure(
            "criteria.yaml không có tiêu chí nào đơn vị tự chấm", "tiêu chí tự chấm ghi by: self"
        )
    return wanted
