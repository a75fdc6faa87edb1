"""What a Word template can print: every text ready made, numbered and punctuated by the decree.

A field's description, in Vietnamese, is what docs/templates.md says of its name. The fields marked
as CONTENT hold what the units and the office have written: a template must print them.
"""

from collections.abc import Mapping
from typing import Annotated, Self

from msgspec import Meta, Struct

from danvan_cli import vietnamese
from danvan_cli.model.unit_report import MODEL_STATUS_NAMES, Award, Model
from danvan_cli.report.combined_report import Reported
from danvan_cli.report.merging import paragraphs_of
from danvan_cli.word.document import phrases

CONTENT = {"content": True}


class Passage(Struct, frozen=True):
    """A part of the text: `paragraphs` of prose, then `points`, each with its dash."""

    heading: Annotated[
        str, Meta(description="tiêu đề có số thứ tự; để trống ở phần mà mẫu tự ghi tiêu đề")
    ] = ""
    paragraphs: Annotated[list[str], Meta(description="các đoạn văn", extra=CONTENT)] = []
    points: Annotated[
        list[str],
        Meta(description="các ý đứng sau đoạn văn, đã có gạch đầu dòng", extra=CONTENT),
    ] = []


class Appendix(Struct, frozen=True, kw_only=True):
    """`label` 'Phụ lục I', `title` in capitals, `reference` '(Kèm theo …)'."""

    label: Annotated[str, Meta(description="chữ “Phụ lục” và số thứ tự của phụ lục")]
    title: Annotated[str, Meta(description="tên phụ lục, chữ in hoa")]
    reference: Annotated[str, Meta(description="chỉ dẫn “(Kèm theo …)”")]


class FigureRow(Struct, frozen=True):
    """One indicator: `total`, `previous` and `change` as printed; `note`: its rate, or a mark."""

    number: Annotated[str, Meta(description="số thứ tự; để trống ở chỉ tiêu bộ phận")]
    name: Annotated[
        str,
        Meta(description="tên chỉ tiêu; “Trong đó:” ở hàng trước các bộ phận", extra=CONTENT),
    ]
    measure: Annotated[str, Meta(description="đơn vị tính")]
    total: Annotated[str, Meta(description="số liệu kỳ này", extra=CONTENT)]
    previous: Annotated[str, Meta(description="số liệu cùng kỳ năm trước; “–” nếu không có")]
    change: Annotated[str, Meta(description="tăng, giảm so với cùng kỳ (%); “–” nếu không tính")]
    note: Annotated[
        str,
        Meta(
            description="tỷ lệ so với chỉ tiêu tổng; tỷ lệ đạt kế hoạch; “(1)” khi số liệu chưa "
            "đủ; hoặc để trống"
        ),
    ]
    is_part: Annotated[bool, Meta(description="chỉ tiêu này là một phần của chỉ tiêu khác")] = False


class FiguresTable(Struct, frozen=True, kw_only=True):
    """Figures in the text of a report; parts are below their whole, behind 'Trong đó:'."""

    previous_heading: Annotated[str, Meta(description="tiêu đề cột: “Cùng kỳ năm 2025”")]
    rows: Annotated[list[FigureRow], Meta(description="các chỉ tiêu, mỗi chỉ tiêu một hàng")]
    coverage: Annotated[
        list[str],
        Meta(description="các dòng dưới bảng khi số liệu chưa đủ: “Số liệu của 11/12 đơn vị.”"),
    ] = []


class Part(Passage, frozen=True, kw_only=True):
    """A part of a report, or what stands below another in the same part, without a heading.

    `path`: its passage's place in `_office.yaml`, '' if it has none there.
    """

    level: Annotated[int, Meta(description="bậc của đề mục: 1 là “I.”, 2 là “1.”, 3 là “a)”")] = 1
    heading: Annotated[
        str,
        Meta(
            description="đề mục có số thứ tự; để trống ở nội dung không có đề mục riêng",
            extra=CONTENT,
        ),
    ] = ""
    figures: Annotated[
        FiguresTable | None,
        Meta(description="bảng số liệu đứng sau các ý, khi đề cương đặt ở phần này"),
    ] = None
    path: Annotated[str, Meta(description="tên của nội dung trong _office.yaml, nếu có")] = ""


class FiguresAppendix(Appendix, frozen=True, kw_only=True):
    """`window`: 'Số liệu từ ngày … đến ngày …'; parts are below their whole, behind 'Trong đó:'."""

    window: Annotated[str, Meta(description="thời gian chốt số liệu: “Số liệu từ ngày …”")]
    previous_heading: Annotated[str, Meta(description="tiêu đề cột: “Cùng kỳ năm 2025”")]
    rows: Annotated[list[FigureRow], Meta(description="các chỉ tiêu, mỗi chỉ tiêu một hàng")]
    coverage: Annotated[
        list[str],
        Meta(description="các dòng dưới bảng khi số liệu chưa đủ: “Số liệu của 11/12 đơn vị.”"),
    ] = []


class ModelRow(Struct, frozen=True):
    """A mô hình “Dân vận khéo”; `result` says how far it is and whether to spread it."""

    number: Annotated[int, Meta(description="số thứ tự")]
    name: Annotated[str, Meta(description="tên mô hình", extra=CONTENT)]
    unit: Annotated[str, Meta(description="đơn vị")]
    field: Annotated[str, Meta(description="lĩnh vực")]
    summary: Annotated[
        list[str], Meta(description="các đoạn về nội dung, kết quả của mô hình", extra=CONTENT)
    ]
    result: Annotated[str, Meta(description="giai đoạn của mô hình, đề nghị nhân rộng")]

    @classmethod
    def of(cls, number: int, reported: Reported[Model]) -> Self:
        model = reported.item
        spread = "; đề nghị nhân rộng" if model.replicate else ""
        return cls(
            number=number,
            name=model.name,
            unit=reported.unit.name,
            field=vietnamese.capitalized(model.field),
            summary=paragraphs_of(model.summary) or [phrases.NONE],
            result=vietnamese.capitalized(MODEL_STATUS_NAMES[model.status]) + spread,
        )


class ModelsAppendix(Appendix, frozen=True, kw_only=True):
    rows: Annotated[list[ModelRow], Meta(description="các mô hình, mỗi mô hình một hàng")]


class AwardRow(Struct, frozen=True):
    """A proposed award to a collective or a person."""

    number: Annotated[int, Meta(description="số thứ tự")]
    name: Annotated[
        str, Meta(description="tên tập thể, hoặc họ tên, chức vụ cá nhân", extra=CONTENT)
    ]
    unit: Annotated[str, Meta(description="đơn vị đề xuất")]
    form: Annotated[str, Meta(description="hình thức khen thưởng")]
    achievement: Annotated[list[str], Meta(description="các đoạn về thành tích", extra=CONTENT)]

    @classmethod
    def of(cls, number: int, reported: Reported[Award]) -> Self:
        award = reported.item
        return cls(
            number=number,
            name=", ".join(filter(None, (award.name, award.position))),
            unit=reported.unit.name,
            form=award.form,
            achievement=paragraphs_of(award.achievement) or [phrases.NONE],
        )


class AwardGroup(Struct, frozen=True):
    """The awards to collectives, or to persons: 'A. Tập thể', 'B. Cá nhân'."""

    heading: Annotated[str, Meta(description="“A. Tập thể”, “B. Cá nhân”")]
    name_column: Annotated[str, Meta(description="“Tên tập thể” hoặc “Họ và tên, chức vụ”")]
    rows: Annotated[list[AwardRow], Meta(description="các đề xuất, mỗi đề xuất một hàng")]


class AwardsAppendix(Appendix, frozen=True, kw_only=True):
    groups: Annotated[list[AwardGroup], Meta(description="đề xuất cho tập thể, cho cá nhân")]


class Document(Struct, frozen=True, kw_only=True):
    """What every document has; `title`, `subject` and `agency` also go into its properties.

    `superior` are the lines above the issuing body's name, `number` 'Số: 57/BC-VP' or None for a
    body without a register.
    """

    title: Annotated[str, Meta(description="tên đầy đủ của văn bản, gồm tên loại và trích yếu")]
    agency: Annotated[str, Meta(description="tên cơ quan hoặc đơn vị, như viết trong câu văn")]
    superior: Annotated[
        list[str], Meta(description="tên cơ quan chủ quản, chữ in hoa, mỗi dòng một mục")
    ]
    issuer: Annotated[str, Meta(description="tên cơ quan hoặc đơn vị ban hành, chữ in hoa")]
    number: Annotated[str | None, Meta(description="cả dòng số, ký hiệu, có chữ “Số:”")]
    place_and_date: Annotated[str, Meta(description="địa danh và thời gian ban hành")]
    document_type: Annotated[str, Meta(description="tên loại văn bản, chữ in hoa")]
    subject: Annotated[str, Meta(description="trích yếu nội dung")]


class SignedDocument(Document, frozen=True, kw_only=True):
    """`recipients` and `archive` are the lines of 'Nơi nhận', dashes and ';' and '.' with them.

    `addressee` is one addressee; where there are several, it is None and `addressees` has their
    lines.
    """

    addressee: Annotated[str | None, Meta(description="nơi kính gửi, khi chỉ có một nơi")]
    addressees: Annotated[
        list[str], Meta(description="các dòng nơi kính gửi, đã có gạch đầu dòng, khi có nhiều nơi")
    ]
    opening: Annotated[str, Meta(description="câu mở đầu, đến hết dấu hai chấm")]
    closing: Annotated[str, Meta(description="đoạn kết, đã có dấu “./.”")]
    recipients: Annotated[
        list[str], Meta(description="các dòng nơi nhận, đã có gạch đầu dòng và dấu chấm phẩy")
    ]
    archive: Annotated[str, Meta(description="dòng “Lưu:” của nơi nhận")]
    authority: Annotated[str | None, Meta(description="quyền hạn của người ký, khi ký thay")]
    position: Annotated[str, Meta(description="chức vụ của người ký, chữ in hoa")]
    signer: Annotated[str, Meta(description="họ và tên người ký")]


class UnitReportDocument(SignedDocument, frozen=True, kw_only=True):
    """bao-cao-don-vi.docx: one unit's own report."""

    parts: Annotated[
        list[Part],
        Meta(description="thân báo cáo: các phần theo đề cương, phần trước đến phần sau"),
    ]
    figures: Annotated[FiguresAppendix | None, Meta(description="phụ lục số liệu")]
    models: Annotated[ModelsAppendix | None, Meta(description="phụ lục mô hình")]
    awards: Annotated[AwardsAppendix | None, Meta(description="phụ lục đề xuất khen thưởng")]


class ReportDocument(UnitReportDocument, frozen=True, kw_only=True):
    """bao-cao.docx: the office's report for the province."""

    number: Annotated[str, Meta(description="cả dòng số, ký hiệu, có chữ “Số:”")]


class ChangedFigureRow(Struct, frozen=True):
    """A figure that changed since the report was issued."""

    number: Annotated[int, Meta(description="số thứ tự")]
    name: Annotated[str, Meta(description="tên chỉ tiêu", extra=CONTENT)]
    measure: Annotated[str, Meta(description="đơn vị tính")]
    before: Annotated[str, Meta(description="số đã báo cáo; “–” nếu chưa có", extra=CONTENT)]
    now: Annotated[str, Meta(description="số nay báo cáo; “–” nếu không có", extra=CONTENT)]
    difference: Annotated[str, Meta(description="chênh lệch, có dấu + hoặc -")]


class ChangedPart(Struct, frozen=True):
    """A passage or an appendix that changed: all of it, or what was added to it."""

    heading: Annotated[str, Meta(description="tiêu đề có số thứ tự, nêu sửa đổi mục nào")]
    paragraphs: Annotated[list[str], Meta(description="các đoạn văn", extra=CONTENT)] = []
    points: Annotated[list[str], Meta(description="các ý, đã có gạch đầu dòng", extra=CONTENT)] = []


class SupplementDocument(SignedDocument, frozen=True, kw_only=True):
    """bao-cao-bo-sung.docx: what has changed since a report was issued."""

    number: Annotated[str, Meta(description="cả dòng số, ký hiệu, có chữ “Số:”")]
    reason: Annotated[list[str], Meta(description="các đoạn nêu lý do bổ sung", extra=CONTENT)]
    figures: Annotated[
        list[ChangedFigureRow], Meta(description="các số liệu thay đổi, mỗi chỉ tiêu một hàng")
    ]
    parts_heading: Annotated[
        str, Meta(description="tiêu đề, chữ in hoa, của phần nội dung bổ sung, sửa đổi")
    ]
    parts: Annotated[list[ChangedPart], Meta(description="các mục, phụ lục được bổ sung, sửa đổi")]


class PlanSection(Passage, frozen=True):
    """One section of the plan, whose tasks are its points."""

    paragraphs: Annotated[list[str], Meta(description="các đoạn văn")] = []


class PlanDocument(SignedDocument, frozen=True, kw_only=True):
    """ke-hoach.docx: the plan itself."""

    number: Annotated[str, Meta(description="cả dòng số, ký hiệu, có chữ “Số:”")]
    legal_bases: Annotated[list[str], Meta(description="các căn cứ, đã có dấu câu", extra=CONTENT)]
    objectives: Annotated[
        list[str], Meta(description="mục đích, đã có gạch đầu dòng", extra=CONTENT)
    ]
    requirements: Annotated[
        list[str], Meta(description="yêu cầu, đã có gạch đầu dòng", extra=CONTENT)
    ]
    sections: Annotated[list[PlanSection], Meta(description="các mục nội dung, nhiệm vụ")]
    implementation: Annotated[
        list[str], Meta(description="tổ chức thực hiện, đã có số thứ tự", extra=CONTENT)
    ]


class AmendmentDocument(SignedDocument, frozen=True, kw_only=True):
    """ke-hoach-sua-doi.docx: the draft of what amends the plan."""

    number: Annotated[str, Meta(description="cả dòng số, ký hiệu, có chữ “Số:”")]
    legal_bases: Annotated[
        list[str],
        Meta(description="các căn cứ thêm vào kế hoạch, đã có dấu câu", extra=CONTENT),
    ]
    sections: Annotated[
        list[PlanSection], Meta(description="các nhóm nội dung sửa đổi, bổ sung, đã có số thứ tự")
    ]
    implementation: Annotated[
        list[str], Meta(description="tổ chức thực hiện, đã có số thứ tự", extra=CONTENT)
    ]


class FaultRow(Struct, frozen=True):
    """One error in a unit's report; `part`: what of the report it is in."""

    number: Annotated[int, Meta(description="số thứ tự")]
    unit: Annotated[str, Meta(description="tên đơn vị", extra=CONTENT)]
    part: Annotated[str, Meta(description="phần của báo cáo có lỗi")]
    message: Annotated[str, Meta(description="lỗi", extra=CONTENT)]
    hint: Annotated[str, Meta(description="cách sửa; “–” nếu không có")]


class FaultsAppendix(Appendix, frozen=True, kw_only=True):
    """`more`: how many errors the mails have beyond those listed here."""

    rows: Annotated[list[FaultRow], Meta(description="các lỗi, mỗi lỗi một hàng")]
    more: Annotated[
        str | None, Meta(description="câu nêu số lỗi không ghi vào phụ lục, khi có quá nhiều lỗi")
    ]


class OwingRow(Struct, frozen=True):
    """A unit that the letter goes to, and what it owes."""

    number: Annotated[int, Meta(description="số thứ tự")]
    unit: Annotated[str, Meta(description="tên đơn vị", extra=CONTENT)]
    state: Annotated[str, Meta(description="chưa gửi, có lỗi hoặc đã trả lại", extra=CONTENT)]


class OwingAppendix(Appendix, frozen=True, kw_only=True):
    rows: Annotated[list[OwingRow], Meta(description="các đơn vị, mỗi đơn vị một hàng")]


class ReminderDocument(SignedDocument, frozen=True, kw_only=True):
    """cong-van-don-doc.docx: recalls the deadline or, once it has passed, presses for reports."""

    number: Annotated[str, Meta(description="cả dòng số, ký hiệu, có chữ “Số:”")]
    document_type: Annotated[
        str, Meta(description="“CÔNG VĂN”; công văn không in tên loại, nên mẫu không dùng tên này")
    ]
    subject: Annotated[str, Meta(description="trích yếu nội dung, đứng sau chữ “V/v”")]
    opening: Annotated[
        str,
        Meta(
            description="đoạn mở đầu: căn cứ, thời hạn, đã nhận được bao nhiêu báo cáo",
            extra=CONTENT,
        ),
    ]
    points: Annotated[
        list[str],
        Meta(
            description="các nhóm đơn vị được nhắc, đã có gạch đầu dòng, khi có nhiều đơn vị",
            extra=CONTENT,
        ),
    ]
    appendix_citation: Annotated[str | None, Meta(description="câu dẫn đến phụ lục")]
    closing: Annotated[
        str,
        Meta(description="đoạn kết: đề nghị gửi báo cáo, hạn cuối; đã có dấu “./.”", extra=CONTENT),
    ]
    units: Annotated[
        OwingAppendix | None, Meta(description="phụ lục danh sách đơn vị, khi gửi nhiều đơn vị")
    ]
    faults: Annotated[
        FaultsAppendix | None, Meta(description="phụ lục các lỗi cần sửa trong báo cáo")
    ]


class UnitRow(Struct, frozen=True):
    """How one unit has reported, as printed."""

    number: Annotated[int, Meta(description="số thứ tự")]
    name: Annotated[str, Meta(description="tên đơn vị")]
    state: Annotated[str, Meta(description="tình trạng gửi báo cáo")]
    submitted: Annotated[str, Meta(description="ngày gửi; “–” nếu chưa gửi")]
    arrived: Annotated[str, Meta(description="ngày nhận; “–” nếu chưa nhận")]
    remark: Annotated[str, Meta(description="ghi chú; “–” nếu không có")]


class QualityRow(Struct, frozen=True):
    """How well one unit reported, as printed."""

    number: Annotated[int, Meta(description="số thứ tự")]
    name: Annotated[str, Meta(description="tên đơn vị")]
    time: Annotated[str, Meta(description="đúng hạn, muộn hay quá hạn mấy ngày")]
    tasks: Annotated[str, Meta(description="số nhiệm vụ đã báo cáo trên số phải báo cáo: 20/22")]
    figures: Annotated[str, Meta(description="số liệu đã báo cáo trên số phải báo cáo: 9/9")]
    errors: Annotated[str, Meta(description="số lỗi, đã trả lại; “không” nếu không có lỗi")]
    doubts: Annotated[
        str,
        Meta(description="số liệu khác thường đã giải trình: 1/2; “–” nếu không có số nào"),
    ]


class MatrixRow(Struct, frozen=True):
    name: Annotated[str, Meta(description="ô đầu hàng: tên đơn vị, “Tổng cộng” hoặc “Tỷ lệ”")]
    cells: Annotated[list[str], Meta(description="các ô tiếp theo, mỗi cột một ô")]


class Matrix(Struct, frozen=True):
    """A table of units by columns; `totals` are rows set in bold beneath."""

    columns: Annotated[list[str], Meta(description="tên các cột, sau cột tên đơn vị")]
    rows: Annotated[list[MatrixRow], Meta(description="các hàng, mỗi đơn vị một hàng")]
    totals: Annotated[list[MatrixRow], Meta(description="các hàng tổng cộng, tỷ lệ ở cuối bảng")]


class Entry(Struct, frozen=True):
    """What one unit says: `lead` is its name and, of a task, its status; then its paragraphs."""

    lead: Annotated[str, Meta(description="tên đơn vị, tình hình thực hiện nhiệm vụ")]
    first: Annotated[str | None, Meta(description="đoạn đầu, viết tiếp sau tên đơn vị")]
    others: Annotated[list[str], Meta(description="các đoạn sau")]


class Topic(Struct, frozen=True):
    heading: Annotated[str | None, Meta(description="nội dung nhiệm vụ hoặc tên phần")]
    entries: Annotated[list[Entry], Meta(description="nội dung báo cáo của từng đơn vị")]


class TopicGroup(Struct, frozen=True):
    heading: Annotated[str, Meta(description="tên nhóm nội dung")]
    topics: Annotated[list[Topic], Meta(description="các nội dung trong nhóm")]


class PaperFaultRow(Struct, frozen=True):
    """An error for the coordinator's eyes; a template of the office's own need not print it."""

    number: Annotated[int, Meta(description="số thứ tự")]
    unit: Annotated[str, Meta(description="tên đơn vị")]
    place: Annotated[str, Meta(description="phần của báo cáo có lỗi, tệp và dòng")]
    message: Annotated[str, Meta(description="lỗi")]
    hint: Annotated[str, Meta(description="cách sửa; “–” nếu không có")]


class WorkingDocument(Document, frozen=True, kw_only=True):
    """tong-hop-noi-bo.docx: the coordinator's working paper."""

    summary: Annotated[list[str], Meta(description="các đoạn tóm tắt tình hình gửi báo cáo")]
    decisions: Annotated[
        list[str],
        Meta(description="việc cần xem xét, quyết định, xem ở phần nào; danh sách có thể trống"),
    ]
    faults: Annotated[
        list[PaperFaultRow],
        Meta(description="các lỗi trong báo cáo của đơn vị, mỗi lỗi một hàng; có thể trống"),
    ]
    units: Annotated[list[UnitRow], Meta(description="tình hình gửi báo cáo của từng đơn vị")]
    quality: Annotated[
        list[QualityRow], Meta(description="chất lượng báo cáo của từng đơn vị; có thể trống")
    ]
    quality_summary: Annotated[
        str, Meta(description="bao nhiêu đơn vị báo cáo đúng hạn, đầy đủ, không còn lỗi")
    ]
    task_legend: Annotated[str, Meta(description="chú thích các ký hiệu trong bảng nhiệm vụ")]
    tasks: Annotated[list[Matrix], Meta(description="các bảng nhiệm vụ theo đơn vị")]
    indicators: Annotated[list[Matrix], Meta(description="các bảng số liệu theo đơn vị")]
    figure_notes: Annotated[
        list[str],
        Meta(description="số liệu chưa đủ của những đơn vị nào, tỷ lệ nào không tính và vì sao"),
    ]
    groups: Annotated[
        list[TopicGroup], Meta(description="nội dung báo cáo của các đơn vị, theo nhóm")
    ]
    editing: Annotated[
        list[TopicGroup], Meta(description="câu cần biên tập, theo nhóm; danh sách có thể trống")
    ]


class BriefPassage(Struct, frozen=True):
    """A part of the brief and its points."""

    heading: Annotated[str, Meta(description="tiêu đề có số thứ tự")]
    points: Annotated[list[str], Meta(description="các ý, đã có gạch đầu dòng", extra=CONTENT)]


class BriefDocument(Document, frozen=True, kw_only=True):
    """tom-tat.docx: the report on one page, for the leader."""

    parts: Annotated[
        list[BriefPassage],
        Meta(description="số liệu chính, ưu điểm, hạn chế, kiến nghị, còn thiếu, cần cho ý kiến"),
    ]


DOCUMENTS: Mapping[str, type[Document]] = {
    "bao-cao.docx": ReportDocument,
    "bao-cao-bo-sung.docx": SupplementDocument,
    "bao-cao-don-vi.docx": UnitReportDocument,
    "ke-hoach.docx": PlanDocument,
    "ke-hoach-sua-doi.docx": AmendmentDocument,
    "cong-van-don-doc.docx": ReminderDocument,
    "tong-hop-noi-bo.docx": WorkingDocument,
    "tom-tat.docx": BriefDocument,
}
"""The name of every template that a command fills in → what it is filled in with."""
