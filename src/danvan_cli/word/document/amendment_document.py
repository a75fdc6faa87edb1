"""What changed in the plan → what ke-hoach-sua-doi.docx prints: only that (mẫu 1.4)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.plan import Amendment, Plan, Section, Task, coordinator
from danvan_cli.report.citation import plan_citation
from danvan_cli.report.plan_changes import ChangedPart, FieldChange, PlanChange
from danvan_cli.word import decree
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import AmendmentDocument, PlanSection

_SUBJECT = "Sửa đổi, bổ sung"
_PRINTED: Mapping[ChangedPart, tuple[str, ...]] = {
    "section": ("title",),
    "task": ("text", "section", "assigned", "lead", "due", "from", "until"),
    "indicator": ("name", "measure", "task", "units", "part_of", "target", "from", "until"),
    "period": (
        *("name", "data", "units", "unit_deadline", "unit_deadlines", "office_deadline"),
        *("addressees", "from", "until"),
    ),
    "unit": ("name", "from", "until", "into", "from_unit"),
    "plan": ("coordinator", "objectives", "requirements", "implementation", "legal_bases"),
}
"""The fields that the plan's document, too, is about; others are only for the program."""
_PLACES = {
    "objectives": "mục 1 phần I",
    "requirements": "mục 2 phần I",
    "implementation": "phần III",
}
_PLACE_OF_ITEM = {
    "objectives": "ý thứ {0} mục 1 phần I",
    "requirements": "ý thứ {0} mục 2 phần I",
    "implementation": "khoản {1} phần III",
}
"""Where the plan's document (ke-hoach.docx) has its paragraphs: by ordinal, by number."""
_HEADINGS: Mapping[str, tuple[ChangedPart, ...]] = {
    "Nhiệm vụ": ("section", "task"),
    "Chỉ tiêu số liệu": ("indicator",),
    "Kỳ báo cáo, thời hạn báo cáo": ("period",),
    "Đơn vị thực hiện": ("unit",),
}
_DAYS = {"from": "Ngày bắt đầu", "until": "Ngày kết thúc"}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def amendment_document(
    old: Plan, new: Plan, changes: Sequence[PlanChange], as_of: date
) -> AmendmentDocument:
    """The draft of a day; its number is open unless the new plan cites one amendment more."""
    organization, signatory = new.organization, new.signatories["default"]
    own = own_amendment(old, new)
    cited_plan = replace(old, number=old.number or new.number, issued=old.issued or new.issued)
    number = (
        cited_plan.number or f"{phrases.BLANK}/{decree.PLAN.abbreviation}-{organization.symbol}"
    )
    issued = cited_plan.issued
    day = f" ngày {vietnamese.short_day(issued)}" if issued else ""
    cited = f"Kế hoạch số {number}{day} của {organization.name}"
    symbol = f"{decree.PLAN.abbreviation}-{organization.symbol}"
    when = phrases.date_in_words(own.issued if own else None, as_of)
    return AmendmentDocument(
        title=f"Kế hoạch {vietnamese.in_sentence(_SUBJECT)} {cited}",
        agency=organization.name,
        superior=organization.superior,
        issuer=organization.issuer,
        number=phrases.number_line(own.number if own else None, symbol),
        place_and_date=f"{organization.place}, {when}",
        document_type=decree.PLAN.name,
        subject=f"{_SUBJECT} {cited}",
        addressee=None,
        addressees=[],
        opening=f"{organization.name} {vietnamese.in_sentence(_SUBJECT)} một số nội dung của "
        f"{plan_citation(cited_plan, as_of)} như sau:",
        closing=phrases.final(f"Trên đây là Kế hoạch {vietnamese.in_sentence(_SUBJECT)} {cited}"),
        recipients=phrases.recipient_lines(new.recipients),
        archive=phrases.archive_line(new.archive, new.drafter),
        authority=signatory.authority,
        position=signatory.position,
        signer=signatory.name or phrases.BLANK_NAME,
        legal_bases=phrases.punctuated(
            (f"Căn cứ {basis}" for basis in new.legal_bases if basis not in old.legal_bases),
            decree.LEGAL_BASIS,
        ),
        sections=_sections(old, new, changes),
        implementation=[
            f"1. Các nội dung khác của Kế hoạch số {number} không thay đổi.",
            f"2. {new.all_units or 'Các đơn vị'} căn cứ Kế hoạch này tổ chức thực hiện; "
            f"{coordinator(new).name} theo dõi, đôn đốc, tổng hợp báo cáo.",
        ],
    )


def left_out(changes: Sequence[PlanChange]) -> list[str]:
    """What is not in the document since it is only for the program: 'thư điện tử (kinh-te)'."""
    return [
        f"{field.name} ({change.id})" if change.id else field.name
        for change in changes
        for field in change.fields
        if field.field not in _PRINTED[change.part]
        and field.field not in ("amended_by", "amendments")
    ]


def is_empty(changes: Sequence[PlanChange]) -> bool:
    """Whether none of the changes belongs into the document."""
    return not any(
        change.kind in ("added", "removed")
        or any(field.field in _PRINTED[change.part] for field in change.fields)
        for change in changes
    )


def own_amendment(old: Plan, new: Plan) -> Amendment | None:
    """The amendment that the document itself is, once the new plan has its number and day."""
    known = {amendment.number for amendment in old.amendments}
    more = [amendment for amendment in new.amendments if amendment.number not in known]
    return more[0] if len(more) == 1 else None


def _sections(old: Plan, new: Plan, changes: Sequence[PlanChange]) -> list[PlanSection]:
    of_plan = [field for change in changes if change.part == "plan" for field in change.fields]
    aims = [*_of_texts(of_plan, "objectives"), *_of_texts(of_plan, "requirements")]
    found = [("Mục đích, yêu cầu", aims)]
    for heading, parts in _HEADINGS.items():
        texts = [
            text
            for change in changes
            if change.part in parts
            for text in _sentences(change, old, new)
        ]
        found.append((heading, texts))
    ways = [*_of_texts(of_plan, "implementation"), *_of_coordinator(of_plan)]
    found.append(("Tổ chức thực hiện", ways))
    told = [(heading, texts) for heading, texts in found if texts]
    return [
        PlanSection(heading=f"{number}. {heading}", points=phrases.dashed(texts))
        for number, (heading, texts) in enumerate(told, 1)
    ]


def _of_texts(changed: Sequence[FieldChange], field: str) -> Iterator[str]:
    """Of the plan's own paragraphs, each by its place."""
    for change in changed:
        if change.field != field or change.place is None:
            continue
        place = _PLACE_OF_ITEM[field].format(_ordinal(change.place), change.place)
        if change.old and change.new:
            yield f"Sửa đổi {place} như sau: {_quoted(change.new)}"
        elif change.new:
            yield f"Bổ sung vào {_PLACES[field]}: {_quoted(change.new)}"
        else:
            yield f"Bỏ {place}: {_quoted(change.old)}"


def _of_coordinator(changed: Sequence[FieldChange]) -> Iterator[str]:
    for change in changed:
        if change.field == "coordinator":
            yield f"{change.new} thay {change.old} theo dõi, đôn đốc, tổng hợp báo cáo"


def _sentences(change: PlanChange, old: Plan, new: Plan) -> Iterator[str]:
    what = _what(change, old, new)
    printed = [field for field in change.fields if field.field in _PRINTED[change.part]]
    match change.kind:
        case "added":
            details = "; ".join(_detail(field) for field in printed if field.new)
            yield f"Bổ sung {what}{f' ({details})' if details else ''}"
            return
        case "removed":
            yield f"Bỏ {what}"
            return
        case "ended":
            after = vietnamese.short_day((change.until or date.min) + timedelta(days=1))
            yield f"{_END[change.part]} {what} từ ngày {after}"
    for field in printed:
        if not (change.kind == "ended" and field.field == "until"):
            yield _of_field(field, what)


def _detail(field: FieldChange) -> str:
    colon = "" if field.field in ("from", "until") else ":"
    return f"{field.name}{colon} {field.new}"


_END: Mapping[ChangedPart, str] = {
    "task": "Thôi thực hiện",
    "indicator": "Thôi báo cáo",
    "period": "Bỏ",
    "unit": "Thôi giao nhiệm vụ đối với",
}


def _of_field(field: FieldChange, what: str) -> str:
    if field.field == "text":
        return f"Sửa đổi {what} như sau: {_quoted(field.new)}"
    if field.field == "section":
        return f"Chuyển {what} sang mục {_quoted(field.new)}"
    if field.field in _DAYS:
        now = f"{field.name} {field.new}" if field.new else f"bỏ ({field.name} {field.old})"
        return f"{_DAYS[field.field]} của {what}: {now}"
    if field.old and field.new:
        return f"Sửa đổi {field.name} của {what}: {_quoted(field.old)} thành {_quoted(field.new)}"
    if field.new:
        return f"Bổ sung {field.name} của {what}: {_quoted(field.new)}"
    return f"Bỏ {field.name} của {what}: {_quoted(field.old)}"


def _what(change: PlanChange, old: Plan, new: Plan) -> str:
    """'nhiệm vụ thứ hai mục 2 phần II “Tổ chức hội nghị”': as the plan's document has it."""
    name = change.name if change.old is None else change.old_name
    match change.part:
        case "task":
            return _task(change, old, new)
        case "section":
            return f"mục {change.id} phần II {_quoted(name)}"
        case "indicator":
            return f"chỉ tiêu {_quoted(name)}"
        case "period":
            return f"kỳ báo cáo {name}"
        case _:
            return name


def _task(change: PlanChange, old: Plan, new: Plan) -> str:
    before = change.old if isinstance(change.old, Task) else None
    if before is None:
        title = next(each.title for each in new.sections if str(each.id) == change.section)
        return f"nhiệm vụ vào mục {change.section} phần II ({title}): {_quoted(change.name)}"
    section, place = _place(old.sections, before)
    return f"nhiệm vụ thứ {_ordinal(place)} mục {section.id} phần II {_quoted(before.text)}"


def _place(sections: Sequence[Section], task: Task) -> tuple[Section, int]:
    return next(
        (section, place)
        for section in sections
        for place, other in enumerate(section.tasks, 1)
        if other.id == task.id
    )


def _ordinal(place: int) -> str:
    return _ORDINALS[place - 1] if place <= len(_ORDINALS) else str(place)


def _quoted(text: str) -> str:
    return f"“{vietnamese.bare(text)}”"
