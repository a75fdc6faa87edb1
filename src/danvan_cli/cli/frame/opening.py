"""What most commands begin with: the workspace read, its rules asked, its plan in hand."""

from datetime import date
from pathlib import Path

import click

from danvan_cli import rules, vietnamese
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.options import start_directory
from danvan_cli.cli.frame.places import shown
from danvan_cli.files import past_years, workspace
from danvan_cli.files.readings import Workspace
from danvan_cli.model.history import comparable, with_previous
from danvan_cli.model.plan import Plan, with_groups
from danvan_cli.model.succession import named_on, with_heirs_in_periods
from danvan_cli.problems import Diagnostic, Failure, count_errors
from danvan_cli.rules.figures import TOTAL_FELL
from danvan_cli.tracking.checked_workspace import CheckedWorkspace


def open_workspace(ctx: click.Context, as_of: date | None) -> CheckedWorkspace:
    """Raises Failure where there is no workspace, or its plan has errors."""
    today = vietnamese.today()
    day = as_of or today
    root = workspace.find(start_directory(ctx))
    with progress.bar(progress.READING) as steps:
        loaded = past_years.load(root, steps.each)
    return checked_workspace(loaded, day, today)


def checked_workspace(loaded: Workspace, day: date, today: date) -> CheckedWorkspace:
    """What was read, with its problems; raises Failure where its plan has errors."""
    findings = rules.check(loaded, day)
    errors = count_errors(
        problem for problem in findings.get(loaded.plan.path, []) if problem.code != TOTAL_FELL
    )
    plan = loaded.plan.plan
    if errors or plan is None:
        raise Failure(
            f"{loaded.plan.path.name} có {errors} lỗi nên chưa dùng được kế hoạch",
            "xem từng lỗi: danvan validate",
        )
    _refuse_wrong_history(loaded, plan, findings)
    named = named_on(with_heirs_in_periods(with_groups(plan)), day)
    known = with_previous(named, comparable(plan, loaded.past_years))
    return CheckedWorkspace(loaded, known, findings, day, today)


def _refuse_wrong_history(
    loaded: Workspace, plan: Plan, findings: dict[Path, list[Diagnostic]]
) -> None:
    """Raises Failure for wrong figures of an earlier year, which would be missed in silence."""
    past = [file for file in loaded.history if file.year is None or file.year < plan.year]
    for file in past:
        if errors := count_errors(findings.get(file.path, [])):
            raise Failure(
                f"{shown(file.path)} có {errors} lỗi nên chưa so được với năm trước",
                f"xem từng lỗi: danvan validate {shown(file.path)}",
            )


def mention_findings(checked: CheckedWorkspace) -> None:
    """Says on stderr how many files have errors, which validate lists."""
    for file in checked.workspace.offices:
        if checked.errors_in(file.path):
            click.echo(
                f"{shown(file.path)} có lỗi: số, ngày ban hành và nội dung trong đó chưa dùng "
                "được.",
                err=True,
            )
    wrong = sum(count_errors(problems) > 0 for problems in checked.findings.values())
    if wrong:
        click.echo(f"Có {wrong} tệp có lỗi; xem từng lỗi: danvan validate", err=True)
