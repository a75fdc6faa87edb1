"""What a Word template can print: every text ready made, numbered and punctuated by the decree."""

from msgspec import Struct


class Passage(Struct, frozen=True):
    """A part of the text: `paragraphs` of prose, then `points`, each with its dash."""

    heading: str = ""
    paragraphs: list[str] = []
    points: list[str] = []


class SectionPassage(Passage, frozen=True, kw_only=True):
    """One section of the plan; `figures` is a sentence, or None without any."""

    figures: str | None = None


class Appendix(Struct, frozen=True, kw_only=True):
    """`label` 'Phụ lục I', `title` in capitals, `reference` '(Kèm theo …)'."""

    label: str
    title: str
    reference: str


class FigureRow(Struct, frozen=True):
    """One indicator: `total`, `previous` and `change` as printed; `note` its rate."""

    number: int
    name: str
    measure: str
    total: str
    previous: str
    change: str
    note: str


class FiguresAppendix(Appendix, frozen=True, kw_only=True):
    """`window`: 'Số liệu từ ngày … đến ngày …'."""

    window: str
    rows: list[FigureRow]


class ModelRow(Struct, frozen=True):
    """A mô hình “Dân vận khéo”; `result` says how far it is and whether to spread it."""

    number: int
    name: str
    unit: str
    field: str
    summary: list[str]
    result: str


class ModelsAppendix(Appendix, frozen=True, kw_only=True):
    rows: list[ModelRow]


class AwardRow(Struct, frozen=True):
    """A proposed award; `kind`: Tập thể or Cá nhân."""

    number: int
    kind: str
    name: str
    unit: str
    form: str
    achievement: list[str]


class AwardsAppendix(Appendix, frozen=True, kw_only=True):
    rows: list[AwardRow]


class Document(Struct, frozen=True, kw_only=True):
    """What every document has; `title`, `subject` and `agency` also go into its properties.

    `superior` are the lines above the issuing body's name, `number` 'Số: 57/BC-VP' or None for a
    body without a register.
    """

    title: str
    agency: str
    superior: list[str]
    issuer: str
    number: str | None
    place_and_date: str
    document_type: str
    subject: str


class SignedDocument(Document, frozen=True, kw_only=True):
    """`recipients` and `archive` are the lines of 'Nơi nhận', dashes and ';' and '.' with them.

    `addressee` is one addressee; where there are several, it is None and `addressees` has their
    lines.
    """

    addressee: str | None
    addressees: list[str]
    opening: str
    closing: str
    recipients: list[str]
    archive: str
    authority: str | None
    position: str
    signer: str


class ReportDocument(SignedDocument, frozen=True, kw_only=True):
    """bao-cao.docx, the office's report for the province; bao-cao-don-vi.docx, a unit's own."""

    leadership: Passage
    appendix_citation: str | None
    sections: list[SectionPassage]
    assessment: list[Passage]
    next_heading: str
    next_steps: Passage
    proposals: Passage
    figures: FiguresAppendix | None
    models: ModelsAppendix | None
    awards: AwardsAppendix | None


class PlanDocument(SignedDocument, frozen=True, kw_only=True):
    """ke-hoach.docx: the plan itself."""

    legal_bases: list[str]
    objectives: list[str]
    requirements: list[str]
    sections: list[Passage]
    implementation: list[str]


class UnitRow(Struct, frozen=True):
    """How one unit has reported, as printed."""

    number: int
    name: str
    state: str
    submitted: str
    arrived: str
    remark: str


class MatrixRow(Struct, frozen=True):
    name: str
    cells: list[str]


class Matrix(Struct, frozen=True):
    """A table of units by columns; `totals` are rows set in bold beneath."""

    columns: list[str]
    rows: list[MatrixRow]
    totals: list[MatrixRow]


class Entry(Struct, frozen=True):
    """What one unit says: `lead` is its name and, of a task, its status; then its paragraphs."""

    lead: str
    first: str | None
    others: list[str]


class Topic(Struct, frozen=True):
    heading: str | None
    entries: list[Entry]


class TopicGroup(Struct, frozen=True):
    heading: str
    topics: list[Topic]


class WorkingDocument(Document, frozen=True, kw_only=True):
    """tong-hop-noi-bo.docx: the coordinator's working paper."""

    summary: list[str]
    units: list[UnitRow]
    task_legend: str
    tasks: list[Matrix]
    indicators: list[Matrix]
    groups: list[TopicGroup]
