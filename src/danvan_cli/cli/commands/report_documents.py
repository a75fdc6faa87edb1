"""The documents that `danvan report` writes, one function each, and what is missing in them."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.commands import issued_record, status_git_warnings
from danvan_cli.cli.frame.places import shown
from danvan_cli.drafts.as_issued import as_issued
from danvan_cli.drafts.making import render_draft
from danvan_cli.files.paths import OFFICE_NAME
from danvan_cli.model import continued
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.model.plan import units_by_id
from danvan_cli.model.plan_of_period import EndedTask
from danvan_cli.problems import Diagnostic, Failure
from danvan_cli.report import combine, doubts, figures, issued
from danvan_cli.report.brief import brief
from danvan_cli.report.combined_report import CombinedReport, unwritten
from danvan_cli.report.figures_in_words import numbers_without_figures
from danvan_cli.report.merging import paragraphs_of
from danvan_cli.report.near_equal import near_equal
from danvan_cli.report.promises import Promise, promises
from danvan_cli.report.quality import qualities
from danvan_cli.report.supplement import changes, in_words
from danvan_cli.report.working_paper import NO_GIT_WARNINGS, working_paper
from danvan_cli.rules.figures import TOTAL_FELL
from danvan_cli.rules.mentions import MODELS_DIFFER, WORDS_DIFFER
from danvan_cli.rules.voice import unit_voice
from danvan_cli.tracking import tasks
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.errors_by_unit import errors_by_unit
from danvan_cli.tracking.status import PeriodStatus, UnitState, up_to
from danvan_cli.word.document import render
from danvan_cli.word.document.brief_document import brief_document

_LEFT_OUT: tuple[tuple[UnitState, str], ...] = (
    ("overdue", "Quá hạn, chưa gửi"),
    ("pending", "Chưa gửi"),
    ("returned", "Đã trả lại để hoàn thiện, chưa tổng hợp"),
    ("invalid", "Có lỗi (xem danvan validate), chưa tổng hợp"),
)


class OutputDocument(Struct, frozen=True):
    """A document to be written: its file name, how its content is made, what to say of it.

    `errors`: what is false in it, so that it is not written, a line each. `missing`: what keeps it
    from being whole. `is_draft`: a leader may have edited it
    since it was written, and `danvan import` takes the edits.
    """

    name: str
    content: Callable[[], bytes]
    summary: list[str]
    missing: list[str] = []
    errors: list[str] = []
    is_draft: bool = False


def with_sources(checked: CheckedWorkspace, status: PeriodStatus) -> OutputDocument:
    """The draft with the units behind each point in comments, for the editor's own pass."""
    combined = replace(_combine(checked, status), number=None, issued=None)
    document = _office_document(checked, status, combined, [_included(status)])
    settings, root, year = checked.plan.document, checked.workspace.root, checked.plan.year
    return replace(
        document,
        name="bao-cao-kem-nguon.docx",
        content=lambda: render_draft(combined, settings, root, year, status.id, with_sources=True),
        summary=[
            *document.summary,
            "Bản kèm nguồn: nhận xét bên lề nêu đơn vị của từng ý; chỉ để biên tập, không gửi đi.",
        ],
        is_draft=True,
    )


def combined_report(
    checked: CheckedWorkspace, status: PeriodStatus, *, is_copy: bool, is_preview: bool
) -> OutputDocument:
    """The office's report: a draft until it has been issued, then as it was on that day.

    `is_copy`: it is written elsewhere than the issued one. `is_preview`: it is only read, so that
    it need not hold what `danvan import` asks for.
    """
    combined = _combine(checked, status)
    if combined.issued is not None:
        # What comes later is not in it; a supplement may take it up.
        on_that_day = checked.status(status.id, combined.issued)
        return _issued_report(checked, on_that_day, is_copy=is_copy)
    document = _office_document(checked, status, combined, [_included(status)])
    document = replace(document, errors=_errors(checked, status.id))
    if is_preview:
        return document

    def draft() -> bytes:
        settings, root = checked.plan.document, checked.workspace.root
        return render_draft(combined, settings, root, checked.plan.year, status.id)

    return replace(document, content=draft, is_draft=True)


def _issued_report(
    checked: CheckedWorkspace, status: PeriodStatus, *, is_copy: bool
) -> OutputDocument:
    """An issued report as it was; raises Failure where its words would be others by now.

    A copy elsewhere may have other words, but then not that number.
    """
    combined = _combine(checked, status)
    what = f"số {combined.number} {vietnamese.long_day(combined.issued or checked.as_of)}"
    summary = [f"Báo cáo {status.period.name} đã ban hành: {what}.", _included(status)]
    if combined.number and status.id not in checked.issued_reports():
        summary.append(
            "Chưa giữ nội dung như đã ban hành (_issued.yaml) nên chưa lập được báo cáo bổ sung; "
            f"ghi lại: {issued_record.again(checked, status.id)}"
        )
    changed = _changes(checked, status, combined)
    if changed and not is_copy:
        raise Failure(
            f"nội dung nay đã khác báo cáo ban hành {what}",
            f"{issued_record.if_renamed(checked, status.id, combined)}lập báo cáo bổ sung: danvan "
            f"report --period {status.id} --supplement; hoặc ghi một "
            "bản khác bằng -o",
            changed,
        )
    if changed:
        summary.append("Bản này để trống số vì đã khác báo cáo ban hành:")
        summary += [f"  {change}" for change in changed]
        combined = replace(combined, number=None, issued=None)
    return _office_document(checked, status, combined, summary)


def _changes(
    checked: CheckedWorkspace, status: PeriodStatus, combined: CombinedReport
) -> list[str]:
    """What differs from the issued report, a line each, by whichever record of it there is."""
    recorded = checked.offices()[status.id].fingerprint
    told = issued_record.explained(checked, status.id, combined)
    if not recorded:
        return list(told.values())
    paragraphs: list[str] = []
    if issued.holds_document(recorded):
        settings, root = checked.plan.document, checked.workspace.root
        paragraphs = render.report_paragraphs(combined, settings, root)
    return issued.changes(combined, paragraphs, recorded, told)


def supplement(checked: CheckedWorkspace, status: PeriodStatus) -> OutputDocument:
    """'Báo cáo bổ sung' to the issued report; raises Failure where none has been issued."""
    combined = _combine(checked, status)
    if combined.number is None:
        raise Failure(
            "báo cáo của kỳ này chưa ban hành nên chưa có gì để bổ sung",
            "bỏ --supplement để lập báo cáo của kỳ",
        )
    settings, root = checked.plan.document, checked.workspace.root
    found = changes(
        issued_record.known(checked, status.id, "lập được báo cáo bổ sung"),
        as_issued(combined, settings),
    )
    if not found:
        raise Failure(
            f"nội dung nay không khác Báo cáo số {combined.number} đã ban hành nên không có gì để "
            "bổ sung",
            "nhập báo cáo, số liệu, nội dung mới rồi lập lại",
        )
    reason = paragraphs_of(checked.offices()[status.id].supplement_reason)
    return OutputDocument(
        "bao-cao-bo-sung.docx",
        lambda: render.render_supplement(combined, found, reason, settings, root),
        [f"Báo cáo bổ sung cho Báo cáo số {combined.number}, so với bản đã ban hành:"]
        + [f"  {told}" for told in in_words(found).values()],
        [*_missing(checked, status, combined), *_without_reason(checked, status, reason)],
        errors=_errors(checked, status.id),
    )


def _without_reason(
    checked: CheckedWorkspace, status: PeriodStatus, reason: list[str]
) -> Iterator[str]:
    if not reason:
        path = shown(checked.reports_folder(status.id) / OFFICE_NAME)
        yield f"Chưa ghi lý do bổ sung, viết vào {path}, trường supplement_reason."


def _office_document(
    checked: CheckedWorkspace,
    status: PeriodStatus,
    combined: CombinedReport,
    summary: list[str],
) -> OutputDocument:
    settings, root = checked.plan.document, checked.workspace.root
    return OutputDocument(
        "bao-cao.docx",
        lambda: render.render_report(combined, settings, root),
        [*summary, *_ended(checked, status), *_unfinished(combined), *_proposals(combined)],
        list(_missing(checked, status, combined)),
    )


def internal_paper(checked: CheckedWorkspace, status: PeriodStatus) -> OutputDocument:
    """The working paper: how each unit reported, and where the figures come from."""
    combined = _combine_readable(checked, status)
    git_warnings = status_git_warnings.read(checked, [status]).get(status.id, NO_GIT_WARNINGS)
    so_far = up_to(checked.statuses(), status.id)
    progress = tasks.assess(checked.plan, so_far, checked.as_of)
    voices = [
        (f"{shown(found.file)}:{found.line}" if found.file else "", found.message)
        for found in _voices(checked, status, combined)
    ]
    paper = working_paper(
        checked.plan,
        status,
        combined,
        checked.as_of,
        git_warnings,
        progress,
        voices,
        _figure_problems(checked, status),
        _promised(checked, status),
        errors_by_unit(checked, status.id),
        qualities(checked, status),
        list(doubts.of_period(checked, status)),
        list(_filled_in(checked, status)),
    )
    return OutputDocument(
        "tong-hop-noi-bo.docx",
        lambda: render.render_working_paper(paper, checked.plan.document, checked.workspace.root),
        [_included(status)],
        list(_missing(checked, status, combined)),
    )


def _filled_in(checked: CheckedWorkspace, status: PeriodStatus) -> Iterator[str]:
    """Of each unit the figures that it left to its register."""
    for unit in status.units:
        file = checked.report_file(unit.unit.id, status.id)
        if unit.report and file and file.filled_in:
            names = [each.name for each in checked.plan.indicators if each.id in file.filled_in]
            yield f"Lấy từ sổ, {unit.unit.name} không ghi trong báo cáo: {'; '.join(names)}."


def _promised(checked: CheckedWorkspace, status: PeriodStatus) -> list[Promise]:
    """What the reports of the periods that this one continues promised and asked for."""
    now = [(unit.unit, unit.report) for unit in status.units if unit.report]
    said = {
        name: [unit.report for unit in checked.status(name).units if unit.report]
        for name, _ in continued.in_order(checked.plan, status.id)
    }
    found = [
        promise
        for field in ("next_steps", "proposals")
        for name, then in said.items()
        for promise in promises(field, checked.offices().get(name), then, now)
    ]
    return list({promise.text: promise for promise in found}.values())


def brief_page(checked: CheckedWorkspace, status: PeriodStatus) -> OutputDocument:
    """The report on one page, for the leader who is to sign it."""
    combined = _combine(checked, status)
    office = checked.offices().get(status.id) or OfficeReport()
    parts = brief(combined, status, office.brief)
    document = brief_document(checked.plan, combined, parts, checked.as_of)
    left_out = [f"{part.title} ({part.left_out})" for part in parts if part.left_out]
    more = [f"Chỉ in ý đầu, còn lại xem báo cáo: {', '.join(left_out)}."] if left_out else []
    return OutputDocument(
        "tom-tat.docx",
        lambda: render.render_brief(document, checked.plan.document, checked.workspace.root),
        [_included(status), *more],
        errors=_errors(checked, status.id),
    )


def _figure_problems(checked: CheckedWorkspace, status: PeriodStatus) -> list[str]:
    """What of the figures is to be looked at: totals that fell, words that say other numbers."""
    about_words = [
        f"{unit.unit.name}: {problem.message} ({problem.code})."
        for unit in status.units
        if (file := checked.report_file(unit.unit.id, status.id))
        for problem in checked.findings.get(file.path, [])
        if problem.code in (WORDS_DIFFER, MODELS_DIFFER)
    ]
    return [*_errors(checked, status.id), *about_words]


def unit_report(checked: CheckedWorkspace, status: PeriodStatus, unit_id: str) -> OutputDocument:
    """One unit's own report, for its head to sign."""
    unit = units_by_id(checked.plan)[unit_id]
    path = f"reports/{checked.plan.year}/{status.id}/{unit_id}.yaml"
    if unit_id not in {expected.unit.id for expected in status.units}:
        raise Failure(f"{unit.name} không phải báo cáo {status.period.name}")
    submission = checked.submission(unit_id, status.id)
    if submission is None:
        raise Failure(f"{unit.name} chưa có báo cáo {status.period.name}", f"viết vào {path}")
    report = submission.report
    if report is None:
        raise Failure(f"{path} có lỗi nên chưa lập được văn bản", f"danvan validate {path}")
    errors = [f"{path} có {submission.errors} lỗi: danvan validate {path}"]
    return OutputDocument(
        f"bao-cao-{unit_id}.docx",
        lambda: render.render_unit_report(
            checked.plan, status, unit, report, checked.workspace.root, checked.as_of
        ),
        [f"Báo cáo {status.period.name} của {unit.name}."],
        errors if submission.errors else [],
    )


def as_signed(checked: CheckedWorkspace, period: str) -> tuple[PeriodStatus, CombinedReport]:
    """The report as it is to be signed, or as it was on its day of issue; what it rests on.

    Raises Failure where the office's own words have errors.
    """
    status = checked.status(period)
    report = _combine(checked, status)
    if report.issued is None:
        return status, report
    status = checked.status(period, report.issued)
    return status, _combine(checked, status)


def _combine(checked: CheckedWorkspace, status: PeriodStatus) -> CombinedReport:
    """The report of the period; raises Failure where the office's own words have errors."""
    office = next((file for file in checked.workspace.offices if file.period == status.id), None)
    if office and checked.errors_in(office.path):
        raise Failure(
            f"{shown(office.path)} có lỗi nên chưa lập được báo cáo",
            f"xem từng lỗi: danvan validate {shown(office.path)}",
        )
    return _combine_readable(checked, status)


def _combine_readable(checked: CheckedWorkspace, status: PeriodStatus) -> CombinedReport:
    """The same with what can be read of the office's words."""
    office = checked.offices().get(status.id)
    return combine.combine(checked.plan, status, office, checked.as_of)


def _missing(
    checked: CheckedWorkspace, status: PeriodStatus, combined: CombinedReport
) -> Iterator[str]:
    """What keeps the report from being whole, a line each."""
    late = [unit for unit in status.units if unit.state == "late"]
    if late:
        names = [f"{unit.unit.name} ({unit.in_words})" for unit in late]
        yield f"Gửi muộn, vẫn tổng hợp: {vietnamese.enumeration(names)}."
    drafts = [unit.unit.name for unit in status.units if unit.is_draft]
    if drafts:
        yield (
            f"Mới là dự thảo (chưa ghi submitted), chưa tổng hợp ({len(drafts)}): "
            f"{vietnamese.enumeration(drafts)}."
        )
    after = [unit.unit for unit in checked.status(status.id).units if unit.after_issue]
    if combined.issued and after:
        whose = vietnamese.enumeration([unit.name for unit in after])
        yield f"Gửi sau khi ban hành, không có trong báo cáo này ({len(after)}): {whose}."
    for state, words in _LEFT_OUT:
        names = [
            unit.unit.name
            for unit in status.units
            if unit.state == state and not unit.is_draft and unit.unit not in after
        ]
        if names:
            yield f"{words} ({len(names)}): {vietnamese.enumeration(names)}."
    yield from _not_covered(combined)
    for found in numbers_without_figures(checked.plan, combined):
        yield f"Cần xem lại: {found}."
    foreign = _foreign_files(checked, status)
    if foreign:
        yield f"Tệp không đọc được thành báo cáo của đơn vị nào: {', '.join(foreign)}."
    prose = list(unwritten(combined.parts))
    if prose:
        path = f"reports/{checked.plan.year}/{status.id}/{OFFICE_NAME}"
        yield f"Mục cần biên tập, vì đang ghép nguyên văn báo cáo của các đơn vị; viết vào {path}:"
        for passage in prose:
            left = sum(len(group.left_out) for group in passage.groups if group.needs_choice)
            note = ": chưa có nội dung" if passage.is_empty else ""
            note = f": còn {left} ý chưa in" if left else note
            yield f"  {passage.path:<14} {passage.title}{note}"
    yield from _to_choose(checked, status, combined)


def _voices(
    checked: CheckedWorkspace, status: PeriodStatus, combined: CombinedReport
) -> list[Diagnostic]:
    """Where what is printed as the units wrote it speaks as a unit does (R446), with the places."""
    merged = {passage.path for passage in combined.passages if passage.needs_prose}
    merged_tasks = {
        str(task.id)
        for section, task in plan_tasks(checked.plan)
        if merged & {f"sections.{section.id}", f"tasks.{task.id}"}
    }
    units = {found.unit.id: found.unit for found in status.units if found.report}
    return [
        replace(found, file=file.path)
        for file in checked.workspace.reports
        if file.period == status.id and file.report and file.unit in units
        for found in unit_voice(file.text, file.report, [units[file.unit].name])
        if found.path[0] in merged or (found.path[0] == "results" and found.path[1] in merged_tasks)
    ]


def _to_choose(
    checked: CheckedWorkspace, status: PeriodStatus, combined: CombinedReport
) -> Iterator[str]:
    """The points that are not printed as they are too many, and sentences that are almost equal."""
    where = f"danvan report --period {status.id} --internal"
    if any(group.needs_choice for passage in combined.passages for group in passage.groups):
        most = vietnamese.number_in_text(checked.plan.document.most_points or 0)
        yield (
            f"Mỗi nhiệm vụ, mỗi phần in nhiều nhất {most} ý; đủ các ý ở tài liệu tổng hợp "
            f"nội bộ: {where}; chọn ý để in: highlights trong {OFFICE_NAME}."
        )
    if voices := len(_voices(checked, status, combined)):
        yield (
            f"Câu còn theo giọng của đơn vị (R446), cần viết lại: {voices} chỗ, xem phần V của "
            f"tài liệu tổng hợp nội bộ: {where}."
        )
    alike = len(near_equal(combined))
    if alike:
        yield (
            f"Câu gần giống nhau, nên viết thành một câu: {alike} nhóm, xem phần V của "
            f"tài liệu tổng hợp nội bộ: {where}."
        )


def fallen_totals(checked: CheckedWorkspace, period: str) -> list[Diagnostic]:
    """The errors of totals that are smaller than those of the periods that this one continues."""
    return [
        problem
        for problem in checked.findings.get(checked.workspace.plan.path, [])
        if problem.code == TOTAL_FELL and problem.path[1] == period
    ]


def _errors(checked: CheckedWorkspace, period: str) -> list[str]:
    return [f"Lỗi {problem.code}: {problem.message}." for problem in fallen_totals(checked, period)]


def _not_covered(combined: CombinedReport) -> Iterator[str]:
    """The figures that some units still owe, a line for each number of units that gave them."""
    names: dict[str, list[str]] = {}
    for total in figures.not_covered(combined.indicators):
        given = f"{len(total.parts)}/{total.owing} đơn vị"
        names.setdefault(given, []).append(total.indicator.name)
    for given, affected in names.items():
        yield (f"Số liệu mới có của {given}, chưa tính tăng, giảm, tỷ lệ: {'; '.join(affected)}.")


def _ended(checked: CheckedWorkspace, status: PeriodStatus) -> Iterator[str]:
    """The tasks that have ended and that no unit has said anything more of."""
    told = {task for unit in status.units if unit.report for task in unit.report.results}
    silent = [
        f"{task.id} (đến hết ngày {vietnamese.short_day(task.until)})"
        for _, task in plan_tasks(checked.plan)
        if isinstance(task, EndedTask) and task.until and task.id not in told
    ]
    if silent:
        yield (
            "Nhiệm vụ đã kết thúc, đã báo cáo ở kỳ trước nên không có trong báo cáo này: "
            f"{vietnamese.enumeration(silent)}."
        )


def _unfinished(combined: CombinedReport) -> Iterator[str]:
    """Deliverables not done in time that the office's own shortcomings may leave out."""
    passages = {passage.path: passage for passage in combined.passages}
    shortcomings = passages.get("shortcomings")
    if combined.unfinished and shortcomings and shortcomings.paragraphs:
        ids = ", ".join(str(task.id) for task in combined.unfinished)
        yield (
            f"Nhiệm vụ chưa hoàn thành đúng thời hạn: {ids}; phần {shortcomings.title} do cơ quan "
            f"viết nên báo cáo không tự nêu."
        )


def _proposals(combined: CombinedReport) -> Iterator[str]:
    """Which proposals and awards do not go up; how many go up without anyone to answer them."""
    if asked := combined.to_the_office:
        names = vietnamese.enumeration(list(dict.fromkeys(told.unit.name for told in asked)))
        yield (
            f"Kiến nghị gửi chính cơ quan, không đưa vào báo cáo ({len(asked)}): {names}; xem "
            "danvan report --internal."
        )
    if combined.own_awards:
        yield (
            "Đề xuất khen thưởng thuộc thẩm quyền của cơ quan, không đưa vào báo cáo: "
            f"{len(combined.own_awards)}; xem danvan report --internal."
        )
    groups = combined.proposals.by_addressee
    unknown = sum(len(group.items) for group in groups if group.addressee is None)
    if unknown:
        yield f"Kiến nghị chưa rõ gửi cơ quan nào, vẫn đưa vào báo cáo: {unknown}."


def _foreign_files(checked: CheckedWorkspace, status: PeriodStatus) -> list[str]:
    """The files in the period's folder that are no expected unit's report."""
    expected = {unit.unit.id for unit in status.units}
    folder = checked.reports_folder(status.id)
    strays = [file.path for file in checked.workspace.unexpected if folder in file.path.parents]
    others = [
        file.path
        for file in checked.workspace.reports
        if file.period == status.id and file.unit not in expected
    ]
    return [shown(path) for path in sorted([*strays, *others])]


def _included(status: PeriodStatus) -> str:
    included = sum(unit.report is not None for unit in status.units)
    counts = f"{included}/{len(status.units)}"
    return f"Báo cáo {status.period.name}: đã tổng hợp báo cáo của {counts} đơn vị."
