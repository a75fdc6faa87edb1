"""`danvan validate`: every problem of the plan and the reports, each with its place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import click
import typer
from msgspec.structs import replace

from danvan_cli.cli.commands import rate_result
from danvan_cli.cli.findings_formats import RENDERINGS
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.opening import checked_workspace
from danvan_cli.cli.frame.options import AsFindings, AsOf, Strict, start_directory
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.files import past_years, workspace
from danvan_cli.files.readings import Workspace
from danvan_cli.problems import Diagnostic, Failure
from danvan_cli.rules import findings
from danvan_cli.rules.findings import Findings
from danvan_cli.vietnamese import number, number_in_text, today

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[TỆP]...",
        show_default=False,
        help="Chỉ kiểm tra các tệp này, dù nằm ở đâu. Không ghi: kiểm tra kế hoạch và mọi báo cáo.",
    ),
]


def validate(
    ctx: typer.Context,
    files: Files = None,
    strict: Strict = False,
    as_of: AsOf = None,
    format: AsFindings = "text",
) -> None:
    """Kiểm tra kế hoạch và các báo cáo.

    Nêu một lần mọi vấn đề của mọi tệp, kèm tệp, dòng và cột. Gõ 'danvan explain MÃ' để xem nghĩa
    của một mã.

    Mã kết thúc là 1 khi có lỗi (với --strict: cả khi chỉ có cảnh báo), 0 khi không có.
    """
    start, day = start_directory(ctx), as_of or today()
    with progress.bar(progress.READING) as steps:
        if files:
            found = findings.in_files(files, start, day, steps.each)
        else:
            loaded = past_years.load(workspace.find(start), steps.each)
            found = _with_approved(findings.of_workspace(loaded, day), loaded, day)
    if rendered := RENDERINGS[format](found.diagnostics, Path.cwd()):
        click.echo(rendered)
    for line in _closing_lines(found):
        click.echo(line, err=format != "text")
    if found.errors or (strict and found.warnings):
        raise typer.Exit(FINDINGS)


def _with_approved(found: Findings, loaded: Workspace, day: date) -> Findings:
    """With R496, which only rating the units tells; only where a result was approved."""
    approvals = [file.record.approved for file in loaded.ratings if file.record]
    if not any(approval and approval.totals for approval in approvals):
        return found
    try:
        rated = rate_result.rated(checked_workspace(loaded, day, day), None)
    except Failure:  # for errors that have been found, too
        return found
    together = [*found.diagnostics, *rate_result.changed(rated, None)]
    return replace(found, diagnostics=sorted(together, key=_place))


def _place(problem: Diagnostic) -> tuple[Path, int]:
    return problem.file or Path(), problem.line or 0


def _closing_lines(found: Findings) -> Iterator[str]:
    if found.not_compared:
        yield f"Chưa đối chiếu được báo cáo với kế hoạch: {found.not_compared}."
    if found.explained:
        yield (
            f"Số liệu khác thường đã giải trình: {number_in_text(found.explained)}; xem: danvan "
            "figures --period KỲ --doubtful"
        )
    if found.left_out:
        which = ", ".join(f"{period}: {number(count)}" for period, count in found.left_out.items())
        yield (
            f"Còn {number_in_text(sum(found.left_out.values()))} số liệu được giao mà báo cáo đã "
            f"gửi chưa ghi ({which}); xem: danvan figures --period KỲ --by unit"
        )
    files = f"Đã kiểm tra {number(found.files)} tệp"
    if found.diagnostics:
        yield f"{files}: {number(found.errors)} lỗi, {number(found.warnings)} cảnh báo."
    else:
        yield f"{files}: không có lỗi, không có cảnh báo."
