"""The rules on what a document must have, in what order, and on which side of the page."""

from collections.abc import Iterator

from docx.oxml.ns import qn

from danvan_cli.check.elements import signing
from danvan_cli.check.elements.elements import Elements, Found
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, at, review
from danvan_cli.check.message_format import within
from danvan_cli.check.reading.lines import plain
from danvan_cli.problems import ERROR, WARNING, did_you_mean, rule
from danvan_cli.word import decree
from danvan_cli.word.decree import Element

_SCHEME_CLAUSE = "PL I, I.IV"
_OTHERWISE_SIGNED = ("BIÊN BẢN", "HỢP ĐỒNG", "BẢN GHI NHỚ", "BẢN THỎA THUẬN")
"""Two sign, or more, each in a form of its own."""

_ALWAYS = (decree.NATIONAL_NAME, decree.MOTTO, decree.ISSUING_BODY, decree.PLACE_AND_DATE)
_SIGNED = (decree.SIGNER_POSITION, decree.SIGNER_NAME, decree.RECIPIENTS_WORD)
_DOWNWARDS = (
    (decree.NATIONAL_NAME, decree.MOTTO),
    (decree.SUPERIOR_BODY, decree.ISSUING_BODY),
    (decree.ISSUING_BODY, decree.NUMBER_AND_SYMBOL),
    (decree.MOTTO, decree.PLACE_AND_DATE),
    (decree.NUMBER_AND_SYMBOL, decree.LETTER_SUBJECT),
    (decree.NUMBER_AND_SYMBOL, decree.DOCUMENT_TYPE),
    (decree.PLACE_AND_DATE, decree.DOCUMENT_TYPE),
    (decree.DOCUMENT_TYPE, decree.SUBJECT),
    (decree.SUBJECT, decree.ADDRESSEES),
)
"""Which element is above which (the scheme of mục IV)."""

_SIDES = (
    (decree.NATIONAL_NAME, "right"),
    (decree.MOTTO, "right"),
    (decree.PLACE_AND_DATE, "right"),
    (decree.ISSUING_BODY, "left"),
    (decree.NUMBER_AND_SYMBOL, "left"),
    (decree.LETTER_SUBJECT, "left"),
    (decree.RECIPIENTS_WORD, "left"),
    (decree.SIGNER_NAME, "right"),
)
_IN_WORDS = {"left": "bên trái", "middle": "giữa trang", "right": "bên phải"}


@rule("D541", ERROR, "Thiếu thành phần thể thức")
@rule("D542", WARNING, "Không có số, ký hiệu")
def presence(examined: Examined) -> Iterator[Finding]:
    """Every element that this kind of document must have is there."""
    elements = examined.elements
    boxed = _in_text_boxes(examined)
    for element in _required(elements):
        if elements.get(element) is not None:
            continue
        if element.text and plain(element.text).strip(":") in boxed:
            yield review(f"{element.name} nằm trong hộp văn bản nên không xét được", None)
            continue
        yield Finding(code="D541", what=f"không tìm thấy {_name(element)}", clause=element.clause)
    if elements.get(decree.NUMBER_AND_SYMBOL) is None and not _is_unlisted(elements):
        yield Finding(
            code="D542",
            what="không tìm thấy số, ký hiệu (dòng “Số: …”)",
            clause=decree.NUMBER_AND_SYMBOL.clause,
            hint="văn bản của đơn vị không có sổ đăng ký riêng thì không ghi số",
        )


def kind(examined: Examined) -> Iterator[Finding]:
    """A tên loại of the decree's list; nobody knows what another one must have."""
    found = examined.elements.get(decree.DOCUMENT_TYPE)
    if found and _is_unlisted(examined.elements):
        yield review(
            f"“{found.text}” không thuộc các tên loại văn bản hành chính, nên không xét số, "
            "ký hiệu, người ký và nơi nhận",
            at(found.first),
            did_you_mean(found.text, [kind.name for kind in decree.DOCUMENT_TYPES]),
        )


def archive(examined: Examined) -> Iterator[Finding]:
    """Nơi nhận ends with who keeps a copy."""
    recipients = examined.elements.get(decree.RECIPIENTS)
    word = examined.elements.get(decree.RECIPIENTS_WORD)
    if word is None or (recipients and signing.archive_line(recipients.lines)):
        return
    yield Finding(
        code="D541",
        what="Nơi nhận không có dòng “Lưu:”; dòng cuối phải là “- Lưu: VT, …”",
        clause=decree.RECIPIENTS.clause,
        location=at(recipients.last if recipients else word.first),
    )


@rule("D543", ERROR, "Thành phần thể thức sai thứ tự")
def order(examined: Examined) -> Iterator[Finding]:
    """The elements follow one another as in the scheme."""
    for upper, lower in _DOWNWARDS:
        above, below = examined.elements.get(upper), examined.elements.get(lower)
        if above and below and _is_above(below, above):
            yield Finding(
                code="D543",
                what=f"{lower.name} đứng trên {within(upper)}; phải đứng dưới",
                clause=_SCHEME_CLAUSE,
                location=at(below.first),
            )
    yield from _number_and_date_in_one_line(examined.elements)


@rule("D544", ERROR, "Thành phần thể thức sai vị trí")
def sides(examined: Examined) -> Iterator[Finding]:
    """Letterhead, number and Nơi nhận on the left; Quốc hiệu, date and who signs on the right."""
    for element, wanted in _SIDES:
        found = examined.elements.get(element)
        if found and found.side and found.side != wanted:
            yield Finding(
                code="D544",
                what=f"{element.name} ở {_IN_WORDS[found.side]}; phải ở {_IN_WORDS[wanted]}",
                clause=_SCHEME_CLAUSE,
                location=at(found.first),
            )


@rule("D545", ERROR, "Thừa Kính gửi")
def addressed(examined: Examined) -> Iterator[Finding]:
    """'Kính gửi' is only in a công văn, a tờ trình and a báo cáo."""
    kind = examined.elements.kind
    found = examined.elements.get(decree.ADDRESSEES)
    if kind and found and not kind.addressed:
        yield Finding(
            code="D545",
            what=f"{kind.name} không có phần “Kính gửi”; phần này chỉ có ở công văn, tờ trình và "
            "báo cáo gửi cấp trên",
            clause="PL I, I.II.9c",
            location=at(found.first),
        )


def _required(elements: Elements) -> Iterator[Element]:
    yield from _ALWAYS
    if elements.is_letter:
        yield decree.LETTER_SUBJECT
        yield decree.ADDRESSEES
    else:
        yield decree.DOCUMENT_TYPE
        if elements.get(decree.DOCUMENT_TYPE):
            yield decree.SUBJECT
    if elements.kind and elements.kind.name == "TỜ TRÌNH":
        yield decree.ADDRESSEES
    if not _is_unlisted(elements) and not _is_otherwise_signed(elements):
        yield from _SIGNED


def _is_unlisted(elements: Elements) -> bool:
    return elements.kind is None and elements.get(decree.DOCUMENT_TYPE) is not None


def _is_otherwise_signed(elements: Elements) -> bool:
    return elements.kind is not None and elements.kind.name in _OTHERWISE_SIGNED


def _name(element: Element) -> str:
    examples = {
        decree.LETTER_SUBJECT.name: "trích yếu công văn (dòng “V/v …” dưới số, ký hiệu)",
        decree.DOCUMENT_TYPE.name: "tên loại (BÁO CÁO, KẾ HOẠCH, …)",
        decree.PLACE_AND_DATE.name: "địa danh và thời gian ban hành (“…, ngày … tháng … năm …”)",
        decree.ADDRESSEES.name: "“Kính gửi:”",
        decree.RECIPIENTS_WORD.name: "“Nơi nhận:”",
    }
    return examples.get(element.name, within(element))


def _in_text_boxes(examined: Examined) -> str:
    boxes = examined.document.element.body.iter(qn("w:txbxContent"))
    return " ".join(
        plain("".join(piece.text or "" for piece in box.iter(qn("w:t")))) for box in boxes
    )


def _is_above(one: Found, other: Found) -> bool:
    """By their rows where both are in one table, by their paragraphs elsewhere."""
    first, second = one.first.paragraph, other.first.paragraph
    if first.cell and second.cell and first.cell.table is second.cell.table:
        if first.cell.row != second.cell.row:
            return first.cell.row < second.cell.row
        if first.cell.column != second.cell.column:
            return False
    return first.number < second.number


def _number_and_date_in_one_line(elements: Elements) -> Iterator[Finding]:
    number, date = elements.get(decree.NUMBER_AND_SYMBOL), elements.get(decree.PLACE_AND_DATE)
    if number is None or date is None:
        return
    first, second = number.first.paragraph, date.first.paragraph
    same_table = first.cell and second.cell and first.cell.table is second.cell.table
    if same_table and first.cell and second.cell and first.cell.row != second.cell.row:
        yield Finding(
            code="D543",
            what="địa danh và thời gian ban hành không cùng dòng với số, ký hiệu",
            clause=decree.PLACE_AND_DATE.clause,
            location=at(date.first),
        )
