"""The coordinator's working paper → what tong-hop-noi-bo.docx prints."""

from danvan_cli import vietnamese
from danvan_cli.report import working_paper
from danvan_cli.report.quality import in_sum
from danvan_cli.report.working_paper import WorkingPaper
from danvan_cli.tracking.report_errors import ReportError
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import (
    Entry,
    Matrix,
    MatrixRow,
    PaperFaultRow,
    QualityRow,
    Topic,
    TopicGroup,
    UnitRow,
    WorkingDocument,
)


def working_document(paper: WorkingPaper) -> WorkingDocument:
    name = paper.organization.name
    subject = vietnamese.in_sentence(paper.subject)
    return WorkingDocument(
        title=f"Tài liệu tổng hợp nội bộ: {subject}",
        agency=name,
        superior=[paper.organization.as_superior],
        issuer=paper.coordinator.upper(),
        number=None,
        place_and_date=f"{paper.organization.place}, {vietnamese.long_day(paper.as_of)}",
        document_type="TÀI LIỆU TỔNG HỢP NỘI BỘ",
        subject=f"Báo cáo của các đơn vị về {subject}",
        summary=_working_summary(paper),
        decisions=phrases.dashed(paper.decisions),
        faults=[
            PaperFaultRow(number, name, _place(error), *_told(error))
            for number, (name, error) in enumerate(paper.errors, 1)
        ],
        units=[
            UnitRow(
                unit.number,
                unit.name,
                unit.state,
                vietnamese.short_day(unit.submitted) if unit.submitted else phrases.NONE,
                vietnamese.short_day(unit.arrived) if unit.arrived else phrases.NONE,
                unit.remark or phrases.NONE,
            )
            for unit in paper.units
        ],
        quality=[
            QualityRow(
                number,
                each.unit.name,
                each.time_in_words,
                each.tasks_in_words,
                each.figures_in_words,
                each.errors_in_words,
                each.doubts_in_words,
            )
            for number, each in enumerate(paper.quality, 1)
        ],
        quality_summary=f"{vietnamese.capitalized(in_sum(paper.quality))}.",
        task_legend=paper.status_legend,
        tasks=[_matrix(matrix) for matrix in paper.tasks if matrix.rows],
        indicators=[_matrix(matrix) for matrix in paper.indicators if matrix.rows],
        figure_notes=paper.figure_notes,
        groups=_groups(paper.groups),
        editing=_groups(paper.editing),
    )


def _place(error: ReportError) -> str:
    """'Nhiệm vụ 4.2, kết quả (reports/2026/h1/kinh-te.yaml:12)'"""
    return f"{error.where} ({error.position})" if error.position else error.where


def _told(error: ReportError) -> tuple[str, str]:
    """The message and how to cure it."""
    return vietnamese.capitalized(error.message), vietnamese.capitalized(error.hint or phrases.NONE)


def _working_summary(paper: WorkingPaper) -> list[str]:
    counts = paper.counts
    parts = [
        ("đúng hạn", counts["on_time"]),
        ("muộn", counts["late"]),
        ("có lỗi", counts["invalid"]),
        ("đã trả lại", counts["returned"]),
        ("chưa gửi", counts["missing"]),
    ]
    number = vietnamese.number_in_text
    shown = ", ".join(f"{number(count)} {name}" for name, count in parts if count)
    lines = [
        f"Tính đến ngày {vietnamese.short_day(paper.as_of)}: {number(counts['total'])} đơn vị phải "
        f"báo cáo{f', trong đó {shown}' if shown else ''}; báo cáo tổng hợp gồm số liệu và nội "
        f"dung của {number(counts['included'])} đơn vị."
    ]
    lines += paper.by_state
    if paper.git_warning_for_all:
        lines.append(f"Cần xem lại: {paper.git_warning_for_all} (xem danvan log).")
    if paper.overdue:
        shown = "; ".join(map(_overdue, paper.overdue))
        lines.append(f"Nhiệm vụ đã quá thời hạn, đơn vị chưa hoàn thành: {shown}.")
    lines += paper.proposed
    if paper.without_addressee:
        count = vietnamese.number_in_text(paper.without_addressee)
        lines.append(f"Kiến nghị trong báo cáo chưa rõ gửi cơ quan nào: {count}.")
    for what, titles in (
        ("Các phần còn ghép từ báo cáo của đơn vị, cần biên tập", paper.without_prose),
        ("Các phần chưa có nội dung, cần viết", paper.empty),
        ("Các phần còn ý chưa in, cần chọn ý", paper.left_out),
    ):
        if titles:
            lines.append(f"{what}: {'; '.join(titles)}.")
    return lines


def _overdue(overdue: working_paper.OverdueTask) -> str:
    """'nhiệm vụ 2.2 (chậm nhất ngày 14/5/2026): HC-TC và KT'"""
    units = vietnamese.enumeration(overdue.units)
    last_day = vietnamese.short_day(overdue.last_day)
    return f"nhiệm vụ {overdue.task} (chậm nhất ngày {last_day}): {units}"


def _matrix(matrix: working_paper.Matrix) -> Matrix:
    totals = []
    if matrix.totals:
        totals.append(MatrixRow("Tổng cộng", matrix.totals))
    for name, cells in (
        ("Tỷ lệ", matrix.rates),
        ("Kế hoạch", matrix.targets),
        ("So với kế hoạch", matrix.of_targets),
    ):
        if any(cells):
            totals.append(MatrixRow(name, [cell or phrases.NONE for cell in cells]))
    rows = [MatrixRow(name, cells) for name, cells in matrix.rows]
    return Matrix(matrix.columns, rows, totals)


def _groups(groups: list[working_paper.TopicGroup]) -> list[TopicGroup]:
    return [
        TopicGroup(group.title, topics)
        for group in groups
        if (topics := [_topic(topic) for topic in group.topics if topic.entries])
    ]


def _topic(topic: working_paper.Topic) -> Topic:
    return Topic(topic.title or None, [_entry(entry) for entry in topic.entries])


def _entry(entry: working_paper.Entry) -> Entry:
    """The unit and its task's status run on into the first paragraph, or into an only item."""
    lead = f"{entry.unit} ({entry.status})" if entry.status else entry.unit
    if len(entry.items) > 1:
        return Entry(f"{lead}:", None, phrases.dashed(entry.items, phrases.PLUS))
    paragraphs = [*entry.paragraphs, *phrases.dashed(entry.items, "")]
    if entry.evidence:
        proof = f"Văn bản, tài liệu: {'; '.join(map(vietnamese.bare, entry.evidence))}."
        last = vietnamese.ended(paragraphs.pop()) if paragraphs else ""
        paragraphs.append(f"{last} {proof}".lstrip())
    if not paragraphs:
        return Entry(f"{lead}.", None, [])
    return Entry(f"{lead}:", paragraphs[0], paragraphs[1:])
