"""The rules on how lists, numbers and the end of the text are written (PL I, I.II.6 to 9)."""

import re
from collections.abc import Iterator, Sequence

from docx.oxml.ns import qn

from danvan_cli.check.elements import body, signing
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, at
from danvan_cli.check.reading.lines import Line, Paragraph
from danvan_cli.problems import ERROR, WARNING, rule
from danvan_cli.word import decree
from danvan_cli.word.decree import Punctuation

_PARTS_CLAUSE = "PL I, I.II.6đ"
_DASH = re.compile(r"[-–]\s*\S")
_ADDRESSEES = re.compile(r"kính gửi\s*(:?)\s*(.*)", re.IGNORECASE)
_ARCHIVE = re.compile(r"-\s*Lưu:\s*VT\b.*\.", re.DOTALL)
_ARCHIVE_OF_A_UNIT = re.compile(r"-\s*Lưu:\s*\S.*\.", re.DOTALL)
"""A unit without a register of its own keeps a document itself, under no number."""

_AS_ABOVE = "nhu tren"
_END = re.compile(r"/\.$")
_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\.\s*\S")
_TITLES = re.compile(
    r"(?:ThS|Ths|TS|PGS|GS|BS|KS|CN|CVC|NGƯT|NGND|Tiến sĩ|Tiến sỹ|Thạc sĩ|Thạc sỹ|Kỹ sư|Cử nhân|"
    r"Bác sĩ|Giáo sư|Phó Giáo sư|Luật sư|LS|DS)\b\.?"
)
_ROMAN = re.compile(r"[IVXLC]+")
_DIGITS = re.compile(r"\d+")


@rule("D556", ERROR, "Cách ghi Kính gửi không đúng")
def addressees(examined: Examined) -> Iterator[Finding]:
    """One behind 'Kính gửi:'; several below it, each with its dash, ';' and '.' at the end."""
    found = examined.elements.get(decree.ADDRESSEES)
    if found is None:
        return
    first = found.first
    match = _ADDRESSEES.fullmatch(first.text)
    colon, behind = (match[1], match[2]) if match else (":", "")
    if not colon:
        yield _addressee_fault("thiếu dấu hai chấm (:) sau từ “Kính gửi”", first)
    below = list(found.lines[1:])
    if not below:
        if re.search(r";\s*\S", behind):
            what = "ghi nhiều nơi trên một dòng; mỗi nơi phải ghi trên một dòng riêng"
            yield _addressee_fault(what, first)
        return
    if behind:
        what = "ghi nơi nhận đầu tiên cùng dòng; gửi nhiều nơi thì phải xuống dòng"
        yield _addressee_fault(what, first)
    items = list(_items(below))
    for first_line, *_ in items:
        if not _DASH.match(first_line.text):
            yield _addressee_fault("thiếu gạch đầu dòng (-)", first_line)
    yield from _punctuation(items, decree.ADDRESSEES.items, "D556", "Kính gửi")
    yield from _aligned_dashes(below)


@rule("D557", ERROR, "Cách ghi căn cứ không đúng")
def legal_bases(examined: Examined) -> Iterator[Finding]:
    """Each on its own line, ';' after each but the last, which has '.'."""
    items = [list(found.lines) for found in examined.elements.legal_bases]
    yield from _punctuation(items, decree.LEGAL_BASIS.items, "D557", "căn cứ")


@rule("D558", ERROR, "Cách ghi Nơi nhận không đúng")
def recipients(examined: Examined) -> Iterator[Finding]:
    """'Nơi nhận:', each with a dash and ';', the last 'Lưu: VT, ….'."""
    word = examined.elements.get(decree.RECIPIENTS_WORD)
    if word and not word.text.rstrip().endswith(":"):
        yield _recipient_fault("thiếu dấu hai chấm (:) sau từ “Nơi nhận”", word.first)
    found = examined.elements.get(decree.RECIPIENTS)
    if found is None:
        return
    items = list(_items(found.lines))
    for item in items:
        if not _DASH.match(item[0].text):
            yield _recipient_fault("thiếu gạch đầu dòng (-)", item[0])
    archive = signing.archive_line(found.lines)
    above = [item for item in items if all(line is not archive for line in item)]
    above = above[:-1] if archive is None else above
    marks = Punctuation(";", ";", decree.RECIPIENTS.clause)
    yield from _punctuation(above, marks, "D558", "Nơi nhận")
    is_registered = examined.elements.get(decree.NUMBER_AND_SYMBOL) is not None
    wanted = _ARCHIVE if is_registered else _ARCHIVE_OF_A_UNIT
    if archive and not wanted.fullmatch(archive.text.replace("–", "-")):
        what = f"ghi “{archive.text}”; dòng cuối phải ghi như “- Lưu: VT, HC-TC.”"
        yield _recipient_fault(what, archive)


@rule("D559", ERROR, "Nơi nhận thiếu “Như trên”")
def as_above(examined: Examined) -> Iterator[Finding]:
    """Who is addressed above is 'Như trên' below."""
    found = examined.elements.get(decree.RECIPIENTS)
    if examined.elements.get(decree.ADDRESSEES) is None or found is None:
        return
    if _AS_ABOVE not in found.first.plain:
        yield Finding(
            code="D559",
            what="văn bản có “Kính gửi” thì nơi nhận đầu tiên phải là “- Như trên;”",
            clause="PL I, I.II.9b",
            location=at(found.first),
        )


@rule("D560", ERROR, "Thiếu dấu kết thúc văn bản")
def end(examined: Examined) -> Iterator[Finding]:
    """'./.' after the last word of the text."""
    texts = [paragraph for paragraph, _ in examined.elements.body]
    if examined.elements.kind is None or not texts or _END.search(texts[-1].text):
        return
    if any(_END.search(paragraph.text) for paragraph in texts[-3:]):
        return
    yield Finding(
        code="D560",
        what=f"hết nội dung văn bản phải có dấu kết thúc “{decree.END_MARK}”",
        clause=decree.END_MARK_CLAUSE,
        location=at(texts[-1]),
    )


@rule("D561", ERROR, "Cách ghi quyền hạn của người ký không đúng")
@rule("D562", WARNING, "Học hàm, học vị trước họ tên người ký")
def signer(examined: Examined) -> Iterator[Finding]:
    """'KT.' and the like with their point; a name without titles before it."""
    authority = examined.elements.get(decree.SIGNING_AUTHORITY)
    if authority and not _AUTHORITY.match(authority.text.upper()):
        written = ", ".join(f"“{abbreviation}”" for abbreviation in decree.SIGNING_ABBREVIATIONS)
        yield Finding(
            code="D561",
            what=f"quyền hạn ghi “{authority.text}”; chữ viết tắt phải là một trong: {written}",
            clause=decree.SIGNING_CLAUSE,
            location=at(authority.first),
        )
    name = examined.elements.get(decree.SIGNER_NAME)
    if name and _TITLES.match(name.text):
        yield Finding(
            code="D562",
            what="trước họ tên người ký không ghi học hàm, học vị và các danh hiệu khác",
            clause="PL I, I.II.7c",
            location=at(name.first),
            hint="lực lượng vũ trang và đơn vị giáo dục, y tế, khoa học có quy định riêng",
        )


@rule("D563", ERROR, "Cách đánh số phần, mục, khoản, điểm không đúng")
def numbering(examined: Examined) -> Iterator[Finding]:
    """I. for mục, Điều 1., 1. for khoản, a) for điểm; phần and chương in Roman numbers."""
    for paragraph, element in examined.elements.body:
        what = _numbering_fault(paragraph) if element is not None else None
        if what:
            yield Finding(code="D563", what=what, clause=_PARTS_CLAUSE, location=at(paragraph))


@rule("D582", WARNING, "Còn dấu vết sửa đổi, ghi chú")
def changes_and_comments(examined: Examined) -> Iterator[Finding]:
    """Tracked changes and comments, which readers would see."""
    root = examined.document.element.body
    for names, words in (
        (("w:ins", "w:del", "w:moveFrom", "w:moveTo"), "phần theo dõi sửa đổi (Track Changes)"),
        (("w:commentReference",), "ghi chú (Comment)"),
    ):
        first = next((mark for name in names for mark in root.iter(qn(name))), None)
        if first is None:
            continue
        within = next(first.iterancestors(qn("w:p")), None)
        location = next(
            (paragraph for paragraph in examined.paragraphs if paragraph.element is within), None
        )
        yield Finding(
            code="D582",
            what=f"còn {words}; nên xử lý hết trước khi ban hành",
            location=at(location) if location else None,
            hint="trong Word: Review > Accept All Changes, Delete All Comments",
        )


def _items(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """A line without a dash goes on with the item above, unless that has ended."""
    item: list[Line] = []
    for line in lines:
        goes_on = item and not _DASH.match(line.text) and item[-1].text[-1] not in ";."
        if goes_on:
            item.append(line)
            continue
        if item:
            yield item
        item = [line]
    if item:
        yield item


def _punctuation(
    items: Sequence[Sequence[Line]], marks: Punctuation | None, code: str, name: str
) -> Iterator[Finding]:
    if marks is None:
        return
    for number, item in enumerate(items):
        is_last = number == len(items) - 1
        mark = marks.last if is_last else marks.item
        if item[-1].text.endswith(mark):
            continue
        which = "dòng cuối của" if is_last and marks.last != marks.item else "mỗi dòng của"
        yield Finding(
            code=code,
            what=f"cuối dòng không có dấu “{mark}”; {which} {name} kết thúc bằng dấu “{mark}”",
            clause=marks.clause,
            location=at(item[-1]),
        )


def _aligned_dashes(lines: Sequence[Line]) -> Iterator[Finding]:
    starts = {round(line.paragraph.formatting.starts_at) for line in lines if not line.tabs}
    if len(starts) > 1:
        yield _addressee_fault("có các gạch đầu dòng không thẳng hàng với nhau", lines[0])


def _numbering_fault(paragraph: Paragraph) -> str | None:
    text = paragraph.text
    if part := body.PART_NUMBER.fullmatch(text):
        if not _ROMAN.fullmatch(part[1].upper()):
            return f"ghi “{text}”; số thứ tự của phần, chương dùng chữ số La Mã"
    elif section := body.SECTION_NUMBER.fullmatch(text):
        if not _DIGITS.fullmatch(section[1]):
            return f"ghi “{text}”; số thứ tự của mục, tiểu mục dùng chữ số Ả Rập"
    elif article := body.ARTICLE.match(text):
        if not _DIGITS.fullmatch(article[1]) or article[2] != ".":
            return f"ghi “Điều {article[1]}{article[2]}”; phải ghi “Điều {article[1]}.”"
    elif heading := body.HEADING.match(text):
        if heading[2] != ".":
            return f"ghi “{heading[1]}{heading[2]}”; phải ghi “{heading[1]}.”"
    elif clause := body.CLAUSE.match(text):
        if clause[2] != ".":
            return f"ghi “{clause[1]}{clause[2]}”; sau số thứ tự của khoản có dấu chấm (.)"
    elif (point := body.POINT.match(text)) and point[2] != ")":
        return f"ghi “{point[1]}{point[2]}”; sau chữ cái của điểm có dấu đóng ngoặc đơn"
    return None


def _addressee_fault(what: str, line: Line) -> Finding:
    clause = decree.ADDRESSEES.clause
    return Finding(code="D556", what=f"Kính gửi {what}", clause=clause, location=at(line))


def _recipient_fault(what: str, line: Line) -> Finding:
    clause = decree.RECIPIENTS.clause
    return Finding(code="D558", what=f"Nơi nhận {what}", clause=clause, location=at(line))
