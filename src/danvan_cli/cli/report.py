"""`danvan report`: the combined report as Word, or the working paper that goes with it."""

from collections.abc import Iterator
from typing import Annotated

import click
import typer

from danvan_cli import combine, vietnamese, writing
from danvan_cli.cli.opening import Opened, known_period, open_workspace
from danvan_cli.cli.options import AsOf, Force, Output, Period
from danvan_cli.cli.places import destination, shown
from danvan_cli.cli.shell import FINDINGS
from danvan_cli.combine import CombinedReport
from danvan_cli.standing import PeriodStanding, UnitState
from danvan_cli.working_paper import working_paper
from danvan_cli.workspace import OFFICE_NAME

Internal = Annotated[
    bool,
    typer.Option(
        "--internal", help="Lập bản tổng hợp nội bộ: từng đơn vị báo cáo thế nào, số liệu từ đâu."
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Không ghi gì, kết thúc với mã 1 nếu còn báo cáo thiếu, muộn, có lỗi, bị trả lại "
        "hoặc mục chưa có lời văn của cơ quan.",
    ),
]

_LEFT_OUT: tuple[tuple[UnitState, str], ...] = (
    ("overdue", "Chưa có báo cáo, đã quá hạn"),
    ("pending", "Chưa có báo cáo"),
    ("returned", "Đã trả lại để hoàn thiện"),
    ("invalid", "Có lỗi (xem danvan validate)"),
)


def report(
    ctx: typer.Context,
    period: Period,
    internal: Internal = False,
    output: Output = None,
    strict: Strict = False,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Lập báo cáo tổng hợp của một kỳ (Word)."""
    opened = open_workspace(ctx, as_of)
    known_period(opened.plan, period)
    standing = next(each for each in opened.standings() if each.id == period)
    office = opened.offices().get(period)
    combined = combine.combine(opened.plan, standing, office, opened.as_of)
    wanting = list(_wanting(opened, standing, combined))
    if strict and wanting:
        _tell(wanting)
        click.echo("Chưa ghi gì vì có --strict.", err=True)
        raise typer.Exit(FINDINGS)
    name, document = _document(opened, standing, combined, internal)
    folder = opened.workspace.root / "output" / str(opened.plan.year) / period
    path = writing.write(destination(output, folder, name), document, force=force)
    _tell([_included(standing), *wanting])
    click.echo(shown(path))


def _document(
    opened: Opened, standing: PeriodStanding, combined: CombinedReport, internal: bool
) -> tuple[str, bytes]:
    """The Word file's name and content."""
    # python-docx and Jinja take longer to import than everything else here to run.
    from danvan_cli.word import render

    look, root = opened.plan.document, opened.workspace.root
    if internal:
        paper = working_paper(opened.plan, standing, combined, opened.as_of)
        return "tong-hop-noi-bo.docx", render.render_working_paper(paper, look, root)
    return "bao-cao.docx", render.render_report(combined, look, root)


def _wanting(opened: Opened, standing: PeriodStanding, combined: CombinedReport) -> Iterator[str]:
    """What keeps the report from being whole, a line each."""
    late = [each for each in standing.units if each.state == "late"]
    if late:
        names = [f"{each.unit.name} ({each.in_words})" for each in late]
        yield f"Gửi muộn, đã đưa vào: {vietnamese.enumeration(names)}."
    for state, words in _LEFT_OUT:
        names = [each.unit.name for each in standing.units if each.state == state]
        if names:
            yield f"{words}, không đưa vào ({len(names)}): {vietnamese.enumeration(names)}."
    prose = [each for each in combined.passages if each.needs_prose]
    if prose:
        path = f"reports/{opened.plan.year}/{standing.id}/{OFFICE_NAME}"
        yield f"Mục cần biên tập, viết vào {path}:"
        for each in prose:
            how = "chưa có nội dung" if each.is_empty else "đang ghép lời văn của các đơn vị"
            yield f"  {each.path:<14} {each.title}: {how}."


def _included(standing: PeriodStanding) -> str:
    included = sum(each.report is not None for each in standing.units)
    return f"Báo cáo {standing.period.name}: đã tổng hợp {included}/{len(standing.units)} đơn vị."


def _tell(lines: list[str]) -> None:
    for line in lines:
        click.echo(line, err=True)
