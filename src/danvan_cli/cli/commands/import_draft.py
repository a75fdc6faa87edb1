"""What a leader edited in the Word file of a draft report, imported into `_office.yaml`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from danvan_cli import rules, vietnamese
from danvan_cli.cli.commands.import_draft_output import (
    in_the_documents_terms,
    is_own,
    part_in_sentence,
    show_edits,
)
from danvan_cli.cli.commands.office_file import OfficeAsRead, office_as_read
from danvan_cli.cli.frame.places import shown
from danvan_cli.drafts.edits import Edits, PassageEdit, edits_in
from danvan_cli.drafts.office_text import with_words
from danvan_cli.files import links, safe_write, workspace, yaml_reading
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.problems import Diagnostic, Failure
from danvan_cli.report import combine
from danvan_cli.report.combined_report import DOCUMENT, CombinedReport
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, of_period, refuse_other_year
from danvan_cli.word.file import package
from danvan_cli.word.file.opening import open_content, reading

_SIGNATURE_IS_ONE = "quyền hạn, chức vụ, họ tên người ký phải nhận được cùng nhau"


def import_edits(checked: CheckedWorkspace, path: Path, document: bytes, *, force: bool) -> bool:
    """Writes what a leader changed in the document's passages into the office's own words.

    Shows every change on stderr, and the path of the file written on stdout. `force`: takes the
    leader's words also where the data have changed since the document was made. Returns whether
    something changed that could not be imported, or that must not be written.

    Raises Failure for another document than a draft of this plan's report, for a report that has
    been issued, and, without `force`, where both the leader and the data changed a passage.
    """
    draft, period = _open_draft(checked, path, document, force=force)
    checked = of_period(checked, period)
    words_file = office_as_read(checked, period)
    office = words_file.office
    _refuse_issued(office)
    report = _report(checked, period, office)
    found = _edits(checked, path, draft, report, period)
    _refuse_unmarked(path, found)
    refused = _why_not(found.passages, office)
    taken = [edit for edit in found.passages if edit.passage.path not in refused]
    show_edits(path, office, found, refused)
    _refuse_stale(taken, force=force)
    is_left = bool(refused or found.frame or found.notes)
    if not taken:
        what = "không có nội dung nào nhận về được" if is_left else "không có gì thay đổi"
        click.echo(f"{shown(path)}: {what}, không ghi gì.", err=True)
    elif _write(checked, period, words_file, _with_all(office, report, taken), found):
        click.echo(_what_next(period, is_left=is_left), err=True)
    else:
        return True
    return is_left


def unimported_edits(checked: CheckedWorkspace, period: str) -> list[str]:
    """The parts of the draft that `report` wrote which have edits that are not imported yet.

    What cannot be read, or is no draft, has none.
    """
    path = checked.output_folder(period) / "bao-cao.docx"
    content = links.read_within(path, checked.workspace.root)
    if content is None or safe_write.is_as_written(content):
        return []
    try:
        draft, its_period = _open_draft(checked, path, content, force=False)
    except Failure:
        return []
    if its_period != period:
        return []
    office = office_as_read(checked, period).office
    found = _edits(checked, path, draft, _report(checked, period, office), period)
    return [f"{shown(path)}: {edit.passage.heading}" for edit in found.passages]


def _open_draft(
    checked: CheckedWorkspace, path: Path, content: bytes, *, force: bool
) -> tuple[Any, str]:
    """The document, and the period whose report it is.

    Raises Failure for what is no draft of this plan's report, and what cannot be read.
    """
    draft = open_content(path, content)
    return draft, _period(checked, path, package.own_properties(draft), force=force)


def _edits(
    checked: CheckedWorkspace, path: Path, draft: Any, report: CombinedReport, period: str
) -> Edits:
    settings, root = checked.plan.document, checked.workspace.root
    with reading(path):
        return edits_in(draft, report, settings, root, checked.plan.year, period)


def _period(
    checked: CheckedWorkspace, path: Path, properties: Mapping[str, str], *, force: bool
) -> str:
    """The period of the report that the document says it is."""
    plan = checked.plan
    period = properties.get("period", "")
    organization = properties.get("organization", plan.organization.name)
    if properties.get("document") != DOCUMENT:
        raise Failure(
            f"“{path}” không phải dự thảo báo cáo tổng hợp do danvan lập",
            "dự thảo để lãnh đạo sửa: danvan report --period KỲ",
        )
    refuse_other_year(plan, properties.get("year"), f"“{path}” là báo cáo")
    if period not in plan.periods:
        raise Failure(
            f"“{path}” là báo cáo của kỳ “{period}”, kế hoạch ở đây không có kỳ đó",
            f"các kỳ báo cáo: {', '.join(plan.periods)}",
        )
    if organization != plan.organization.name and not force:
        raise Failure(
            f"“{path}” là báo cáo của {organization}, kế hoạch ở đây của {plan.organization.name}",
            "nếu vẫn là một cơ quan, nay đổi tên, thì thêm --force",
        )
    return period


def _refuse_issued(office: OfficeReport) -> None:
    """NĐ 30/2020, Điều 18: what has been issued is corrected by another document only."""
    if office.number or office.issued:
        number = f" số {office.number}" if office.number else ""
        raise Failure(
            f"báo cáo của kỳ này đã ban hành{number} nên không nhận nội dung sửa nữa",
            "cần bổ sung, đính chính thì lập báo cáo bổ sung: danvan report --period KỲ "
            "--supplement",
        )


def _report(checked: CheckedWorkspace, period: str, office: OfficeReport) -> CombinedReport:
    status = checked.status(period)
    return combine.combine(checked.plan, status, office, checked.as_of)


def _refuse_unmarked(path: Path, found: Edits) -> None:
    if found.had_passages and not found.has_passages:
        raise Failure(
            f"“{path}” không còn ô nội dung hay dấu trang nào của danvan nên không biết nội dung "
            "nào của mục nào",
            "chép nội dung đã sửa vào bản do danvan report lập, bằng Word hoặc LibreOffice, rồi "
            "nhập bản đó",
        )


def _why_not(edits: Sequence[PassageEdit], office: OfficeReport) -> dict[str, str]:
    """By path, why a leader's words cannot be the office's."""
    reasons = {edit.passage.path: _reason(edit, office) for edit in edits}
    signature = [path for path in reasons if path.startswith("signatory.")]
    if any(reasons[path] for path in signature):
        # A deputy's position and name without 'KT.' would sign as the head.
        reasons |= {path: reasons[path] or _SIGNATURE_IS_ONE for path in signature}
    return {path: reason for path, reason in reasons.items() if reason}


def _reason(edit: PassageEdit, office: OfficeReport) -> str | None:
    path, words = edit.passage.path, edit.words
    if edit.passage.kind == "line" and isinstance(words, str) and "\n" in words:
        return "chỉ được một dòng"
    if words is not None or path in ("signatory.authority", "signatory.name"):
        return None
    if path == "signatory.position":
        return "không được để trống"
    if is_own(edit.passage, office):
        return None
    if path == "recipients":
        return "nơi nhận này lấy từ plan.yaml, xóa ở đó"
    return "phần này ghép từ báo cáo của các đơn vị, xóa ở báo cáo của đơn vị"


def _refuse_stale(taken: Sequence[PassageEdit], *, force: bool) -> None:
    stale = [part_in_sentence(edit.passage) for edit in taken if edit.is_stale]
    if stale and not force:
        raise Failure(
            f"cả lãnh đạo và dữ liệu đều đã đổi {vietnamese.enumeration(stale)} từ khi lập văn "
            "bản, nên chưa ghi gì",
            "xem chỗ khác ở trên; lấy nội dung trong Word thì thêm --force, hoặc lập lại báo cáo "
            "rồi sửa trên bản mới",
        )


def _with_all(
    office: OfficeReport, report: CombinedReport, taken: Sequence[PassageEdit]
) -> OfficeReport:
    for edit in taken:
        office = with_words(office, report.signatory, edit.passage, edit.words)
    return office


def _write(
    checked: CheckedWorkspace,
    period: str,
    words_file: OfficeAsRead,
    office: OfficeReport,
    found: Edits,
) -> bool:
    """Writes the file unless it would have errors; returns whether it did."""
    after = words_file.text_with(office)
    problems = _problems(checked, words_file.old.path, period, after)
    for problem in problems:
        click.echo(in_the_documents_terms(problem, found), err=True)
    if any(problem.is_error for problem in problems):
        click.echo("Chưa ghi gì; sửa trong văn bản Word rồi nhập lại.", err=True)
        return False
    click.echo(shown(words_file.write(after)))
    return True


def _what_next(period: str, *, is_left: bool) -> str:
    """`--force` writes over the leader's document, so what it still holds has to be seen to."""
    again = f"danvan report --period {period} --force"
    if is_left:
        return (
            "Đã nhận nội dung trong các ô. Xử lý xong những chỗ còn lại nêu trên rồi mới lập "
            f"lại báo cáo: {again}"
        )
    return f"Đã nhận nội dung sửa. Lập lại báo cáo có nội dung đó: {again}"


def _problems(checked: CheckedWorkspace, file: Path, period: str, text: str) -> list[Diagnostic]:
    """What the rules say of the new text and did not say before."""
    known = checked.workspace
    changed = workspace.office_from(file, yaml_reading.read(text.encode()), period)
    others = [office for office in known.offices if office.path != file]
    found = rules.check(replace(known, offices=[*others, changed]), checked.as_of)
    before = {
        (problem.code, problem.path, problem.message) for problem in checked.findings.get(file, [])
    }
    return [
        problem
        for problem in found.get(file, [])
        if (problem.code, problem.path, problem.message) not in before
    ]
