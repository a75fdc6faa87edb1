"""`danvan report`: the combined report as Word, the working paper, or one unit's own report."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import click
import typer
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.commands import status_git_warnings
from danvan_cli.cli.frame import progress
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsOf, Force, Output, Period
from danvan_cli.cli.frame.places import destination, shown, within
from danvan_cli.cli.frame.shell import FINDINGS
from danvan_cli.files import safe_write
from danvan_cli.files.workspace import OFFICE_NAME
from danvan_cli.model.plan import units_by_id
from danvan_cli.problems import Failure
from danvan_cli.report import combine, issued
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.working_paper import NO_REMARKS, working_paper
from danvan_cli.tracking import tasks
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, known_period, known_unit
from danvan_cli.tracking.status import PeriodStatus, UnitState, up_to

OneUnit = Annotated[
    str | None,
    typer.Option(
        "--unit", metavar="ĐƠN_VỊ", help="Lập báo cáo của riêng đơn vị này để lãnh đạo đơn vị ký."
    ),
]
Internal = Annotated[
    bool,
    typer.Option(
        "--internal", help="Lập bản tổng hợp nội bộ: từng đơn vị báo cáo thế nào, số liệu từ đâu."
    ),
]
Supplement = Annotated[
    bool,
    typer.Option("--supplement", help="Lập báo cáo bổ sung cho báo cáo đã ban hành; số để trống."),
]
Draft = Annotated[
    bool, typer.Option("--draft", help="In lời văn ra màn hình để xem trước, không ghi tệp.")
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Không ghi gì, kết thúc với mã 1 nếu còn báo cáo thiếu, muộn, có lỗi, bị trả lại "
        "hoặc mục chưa có lời văn của cơ quan.",
    ),
]

_MAKING = "Đang lập văn bản Word"
_LEFT_OUT: tuple[tuple[UnitState, str], ...] = (
    ("overdue", "Chưa có báo cáo, đã quá hạn"),
    ("pending", "Chưa có báo cáo"),
    ("returned", "Đã trả lại để hoàn thiện"),
    ("invalid", "Có lỗi (xem danvan validate)"),
)


class OutputDocument(Struct, frozen=True):
    """A document to be written: its file name, how its content is made, what to say of it.

    `is_draft`: a leader may have edited it since, and the edits can come home.
    """

    name: str
    content: Callable[[], bytes]
    told: list[str]
    wanting: list[str] = []
    is_draft: bool = False


def report(
    ctx: typer.Context,
    period: Period,
    unit: OneUnit = None,
    internal: Internal = False,
    supplement: Supplement = False,
    draft: Draft = False,
    output: Output = None,
    strict: Strict = False,
    force: Force = False,
    as_of: AsOf = None,
) -> None:
    """Lập báo cáo tổng hợp của một kỳ (Word).

    Nêu đã đưa vào báo cáo của những đơn vị nào, chưa có của đơn vị nào, mục nào còn cần lời văn
    của cơ quan.
    """
    if sum((unit is not None, internal, supplement)) > 1:
        raise Failure("chỉ dùng một trong các tùy chọn --unit, --internal, --supplement")
    checked = open_workspace(ctx, as_of)
    known_period(checked.plan, period)
    standing = checked.standing(period)
    if unit is not None:
        made = _of_unit(checked, standing, known_unit(checked.plan, unit))
    elif internal:
        made = _internal(checked, standing)
    else:
        made = _combined(
            checked, standing, supplement=supplement, elsewhere=output is not None, draft=draft
        )
    if strict and made.wanting:
        _tell([*made.wanting, "Chưa ghi gì vì có --strict."])
        raise typer.Exit(FINDINGS)
    if draft:
        with progress.bar(_MAKING):
            document = made.content()
        _print_text(document)
    else:
        folder = checked.output_folder(period)
        place = destination(output, folder, made.name)
        first = f"nhận lời đã sửa: danvan import {shown(place)}" if made.is_draft else None
        with progress.bar(_MAKING):
            document = made.content()
        written: Path | None = safe_write.write(
            place,
            document,
            within=within(output, checked.workspace.root),
            force=force,
            before_force=first,
        )
    _tell([*made.told, *made.wanting])
    if not draft and written:
        click.echo(shown(written))


def _combined(
    checked: CheckedWorkspace,
    standing: PeriodStatus,
    *,
    supplement: bool,
    elsewhere: bool,
    draft: bool,
) -> OutputDocument:
    office = next((each for each in checked.workspace.offices if each.period == standing.id), None)
    if office and checked.errors_in(office.path):
        raise Failure(
            f"{shown(office.path)} có lỗi nên chưa lập được báo cáo",
            f"xem từng lỗi: danvan validate {shown(office.path)}",
        )
    combined = _combine(checked, standing)
    # A preview is only read, and what has been issued is not edited any more.
    is_edited = not draft and combined.issued is None
    told = [_included(standing)]
    if supplement:
        if combined.number is None:
            raise Failure(
                "báo cáo của kỳ này chưa ban hành nên chưa có gì để bổ sung",
                "bỏ --supplement để lập báo cáo của kỳ",
            )
        combined = combine.supplement(combined)
    elif combined.issued is not None:
        # What comes later is not in it; a supplement may take it up.
        standing = checked.standing(standing.id, combined.issued)
        combined, told = _issued(checked, standing, _combine(checked, standing), elsewhere)
    told += _unfinished(combined)
    name = "bao-cao-bo-sung.docx" if supplement else "bao-cao.docx"

    def content() -> bytes:
        from danvan_cli.drafts.making import render_draft
        from danvan_cli.word.document import render

        look, root = checked.plan.document, checked.workspace.root
        if is_edited:
            return render_draft(combined, look, root, checked.plan.year, standing.id)
        return render.render_report(combined, look, root)

    return OutputDocument(
        name, content, told, list(_wanting(checked, standing, combined)), is_edited
    )


def _issued(
    checked: CheckedWorkspace, standing: PeriodStatus, combined: CombinedReport, elsewhere: bool
) -> tuple[CombinedReport, list[str]]:
    """An issued report as it was; raises Failure where its words would be others by now.

    A copy elsewhere may have other words, but then not that number.
    """
    what = f"số {combined.number} {vietnamese.long_day(combined.issued or checked.as_of)}"
    told = [f"Báo cáo {standing.period.name} đã ban hành: {what}.", _included(standing)]
    office = checked.offices()[standing.id]
    changed = _changes(checked, combined, office.fingerprint)
    if not changed:
        return combined, told
    parts = "; ".join(changed)
    if not elsewhere:
        raise Failure(
            f"lời văn nay đã khác báo cáo ban hành {what}: {parts}",
            "lập báo cáo bổ sung bằng --supplement, hoặc ghi một bản khác bằng -o",
        )
    told.append(f"Bản này để trống số vì đã khác báo cáo ban hành: {parts}.")
    return replace(combined, number=None, issued=None), told


def _changes(
    checked: CheckedWorkspace, combined: CombinedReport, recorded: Mapping[str, str]
) -> list[str]:
    """What differs from the issued report whose fingerprint was recorded."""
    if not recorded:
        return []
    paragraphs: list[str] = []
    if issued.holds_document(recorded):
        from danvan_cli.word.document import render

        look, root = checked.plan.document, checked.workspace.root
        paragraphs = render.report_paragraphs(combined, look, root)
    return issued.changes(combined, paragraphs, recorded)


def _internal(checked: CheckedWorkspace, standing: PeriodStatus) -> OutputDocument:
    combined = _combine(checked, standing)
    remarks = status_git_warnings.read(checked, [standing]).get(standing.id, NO_REMARKS)
    so_far = up_to(checked.standings(), standing.id)
    standings_of_tasks = tasks.assess(checked.plan, so_far, checked.as_of)
    paper = working_paper(
        checked.plan, standing, combined, checked.as_of, remarks, standings_of_tasks
    )

    def content() -> bytes:
        # python-docx and Jinja take longer to import than everything else here to run.
        from danvan_cli.word.document import render

        return render.render_working_paper(paper, checked.plan.document, checked.workspace.root)

    wanting = list(_wanting(checked, standing, combined))
    return OutputDocument("tong-hop-noi-bo.docx", content, [_included(standing)], wanting)


def _of_unit(checked: CheckedWorkspace, standing: PeriodStatus, unit: str) -> OutputDocument:
    filed = {each.unit: each for each in checked.submissions() if each.period == standing.id}
    name = units_by_id(checked.plan)[unit].name
    path = f"reports/{checked.plan.year}/{standing.id}/{unit}.yaml"
    if unit not in {each.unit.id for each in standing.units}:
        raise Failure(f"{name} không phải báo cáo {standing.period.name}")
    if unit not in filed:
        raise Failure(f"{name} chưa có báo cáo {standing.period.name}", f"viết vào {path}")
    submission = filed[unit]
    own = submission.report
    if own is None:
        raise Failure(f"{path} có lỗi nên chưa lập được văn bản", f"danvan validate {path}")

    def content() -> bytes:
        from danvan_cli.word.document import render

        return render.render_unit_report(
            checked.plan,
            standing,
            units_by_id(checked.plan)[unit],
            own,
            checked.workspace.root,
            checked.as_of,
        )

    wanting = [f"{path} có {submission.errors} lỗi: danvan validate {path}"]
    told = [f"Báo cáo {standing.period.name} của {name}."]
    return OutputDocument(
        f"bao-cao-{unit}.docx", content, told, wanting if submission.errors else []
    )


def _combine(checked: CheckedWorkspace, standing: PeriodStatus) -> CombinedReport:
    return combine.combine(
        checked.plan, standing, checked.offices().get(standing.id), checked.as_of
    )


def _wanting(
    checked: CheckedWorkspace, standing: PeriodStatus, combined: CombinedReport
) -> Iterator[str]:
    """What keeps the report from being whole, a line each."""
    late = [each for each in standing.units if each.state == "late"]
    if late:
        names = [f"{each.unit.name} ({each.in_words})" for each in late]
        yield f"Gửi muộn, đã đưa vào: {vietnamese.enumeration(names)}."
    drafts = [each.unit.name for each in standing.units if each.is_draft]
    if drafts:
        yield (
            f"Mới là dự thảo (chưa ghi submitted), không đưa vào ({len(drafts)}): "
            f"{vietnamese.enumeration(drafts)}."
        )
    for state, words in _LEFT_OUT:
        names = [
            each.unit.name for each in standing.units if each.state == state and not each.is_draft
        ]
        if names:
            yield f"{words}, không đưa vào ({len(names)}): {vietnamese.enumeration(names)}."
    foreign = _foreign_files(checked, standing)
    if foreign:
        yield f"Tệp không đọc được thành báo cáo của đơn vị nào: {', '.join(foreign)}."
    prose = [each for each in combined.passages if each.needs_prose]
    if prose:
        path = f"reports/{checked.plan.year}/{standing.id}/{OFFICE_NAME}"
        yield f"Mục cần biên tập, viết vào {path}:"
        for each in prose:
            how = "chưa có nội dung" if each.is_empty else "đang ghép lời văn của các đơn vị"
            yield f"  {each.path:<14} {each.title}: {how}."


def _unfinished(combined: CombinedReport) -> Iterator[str]:
    """Deliverables not done in time that the office's own shortcomings may leave out."""
    shortcomings = next((each for each in combined.assessment if each.path == "shortcomings"), None)
    if combined.unfinished and shortcomings and shortcomings.paragraphs:
        ids = ", ".join(str(task.id) for task in combined.unfinished)
        yield (
            f"Nhiệm vụ chưa hoàn thành đúng thời hạn: {ids}; phần {shortcomings.title} do cơ quan "
            f"viết nên báo cáo không tự nêu."
        )


def _foreign_files(checked: CheckedWorkspace, standing: PeriodStatus) -> list[str]:
    """The files in the period's folder that are no expected unit's report."""
    expected = {each.unit.id for each in standing.units}
    folder = checked.reports_folder(standing.id)
    strays = [each.path for each in checked.workspace.strays if folder in each.path.parents]
    others = [
        each.path
        for each in checked.workspace.reports
        if each.period == standing.id and each.unit not in expected
    ]
    return [shown(path) for path in sorted([*strays, *others])]


def _included(standing: PeriodStatus) -> str:
    included = sum(each.report is not None for each in standing.units)
    return f"Báo cáo {standing.period.name}: đã tổng hợp {included}/{len(standing.units)} đơn vị."


def _print_text(document: bytes) -> None:
    from danvan_cli.word.file.plain_text import plain_text

    click.echo(plain_text(document), nl=False)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)
