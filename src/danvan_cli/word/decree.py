"""How Nghị định 30/2020/NĐ-CP requires an administrative document to be formatted, as data.

The templates are built from this table and the checker compares documents with it. A clause
such as 'PL I, I.II.5b' is Phụ lục I, phần I, mục II, khoản 5, điểm b; sizes are also in the
table of mục V. Lengths on the page are in millimetres, sizes and spacing in points.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

SizeSet = Literal["12-13", "13-14"]
Alignment = Literal["left", "center", "right", "both"]

FONT = "Times New Roman"
FONT_CLAUSE = "PL I, I.I.4"
COLOR = "000000"


class Range(Struct, frozen=True):
    """From `least` to `most`, both allowed."""

    least: float
    most: float

    def __contains__(self, value: float) -> bool:
        return self.least <= value <= self.most


class Page(Struct, frozen=True, kw_only=True):
    """The sheet upright and its margins, in mm."""

    width: float
    height: float
    top: Range
    bottom: Range
    left: Range
    right: Range
    size_clause: str
    orientation_clause: str
    margin_clause: str


PAGE = Page(
    width=210,
    height=297,
    top=Range(20, 25),
    bottom=Range(20, 25),
    left=Range(30, 35),
    right=Range(15, 20),
    size_clause="PL I, I.I.1",
    orientation_clause="PL I, I.I.2",
    margin_clause="PL I, I.I.3",
)


class Punctuation(Struct, frozen=True):
    """How the items of a list end, all but the last, and the last."""

    item: str
    last: str
    clause: str


class Element(Struct, frozen=True, kw_only=True):
    """One thể thức element: the formatting that the decree fixes; None or () where it is silent.

    `sized_by`: which choice settles the size within `sizes`: none ('fixed'), the size set, or
    the size of the body text. `first_line` are the indents allowed, in mm; `space_before` and
    `space_between` the least points; `lines` the line spacing in lines. `rule_line` is the
    length of the line beneath, as a fraction of the (longest) line of text.
    """

    name: str
    clause: str
    box: str | None = None
    sizes: Range
    sized_by: Literal["fixed", "set", "body"] = "fixed"
    upper: bool = False
    bold: bool = False
    italic: bool = False
    alignment: Alignment | None = None
    first_line: tuple[float, ...] = ()
    space_before: float | None = None
    space_between: float | None = None
    lines: Range | None = None
    rule_line: Range | None = None
    items: Punctuation | None = None
    text: str | None = None


_SMALL = Range(12, 13)
_LARGE = Range(13, 14)
_SINGLE = Range(1, 1)
_AS_LONG_AS_TEXT = Range(1, 1)
_THIRD_TO_HALF = Range(1 / 3, 1 / 2)
_INDENTS = (10.0, 12.7)

NATIONAL_NAME = Element(
    name="Quốc hiệu",
    clause="PL I, I.II.1a",
    box="1",
    sizes=_SMALL,
    sized_by="set",
    upper=True,
    bold=True,
    alignment="center",
    lines=_SINGLE,
    text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
)
MOTTO = Element(
    name="Tiêu ngữ",
    clause="PL I, I.II.1b",
    box="1",
    sizes=_LARGE,
    sized_by="set",
    bold=True,
    alignment="center",
    lines=_SINGLE,
    rule_line=_AS_LONG_AS_TEXT,
    text="Độc lập - Tự do - Hạnh phúc",
)
SUPERIOR_BODY = Element(
    name="Tên cơ quan chủ quản",
    clause="PL I, I.II.2b",
    box="2",
    sizes=_SMALL,
    sized_by="set",
    upper=True,
    alignment="center",
    lines=_SINGLE,
)
ISSUING_BODY = Element(
    name="Tên cơ quan ban hành",
    clause="PL I, I.II.2b",
    box="2",
    sizes=_SMALL,
    sized_by="set",
    upper=True,
    bold=True,
    alignment="center",
    lines=_SINGLE,
    rule_line=_THIRD_TO_HALF,
)
NUMBER_AND_SYMBOL = Element(
    name="Số, ký hiệu",
    clause="PL I, I.II.3c",
    box="3",
    sizes=Range(13, 13),
    alignment="center",
)
PLACE_AND_DATE = Element(
    name="Địa danh và thời gian ban hành",
    clause="PL I, I.II.4c",
    box="4",
    sizes=_LARGE,
    sized_by="set",
    italic=True,
    alignment="center",
)
DOCUMENT_TYPE = Element(
    name="Tên loại",
    clause="PL I, I.II.5b",
    box="5a",
    sizes=_LARGE,
    sized_by="body",
    upper=True,
    bold=True,
    alignment="center",
)
SUBJECT = Element(
    name="Trích yếu",
    clause="PL I, I.II.5b",
    box="5a",
    sizes=_LARGE,
    sized_by="body",
    bold=True,
    alignment="center",
    rule_line=_THIRD_TO_HALF,
)
LETTER_SUBJECT = Element(
    name="Trích yếu công văn",
    clause="PL I, I.II.5b",
    box="5b",
    sizes=_SMALL,
    sized_by="set",
    alignment="center",
    space_before=6,
)
ADDRESSEES = Element(
    name="Kính gửi",
    clause="PL I, I.II.9d",
    box="9a",
    sizes=_LARGE,
    sized_by="body",
    items=Punctuation(";", ".", "PL I, I.II.9d"),
)
LEGAL_BASIS = Element(
    name="Căn cứ",
    clause="PL I, I.II.6a",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    italic=True,
    alignment="both",
    first_line=_INDENTS,
    space_between=6,
    lines=Range(1, 1.5),
    items=Punctuation(";", ".", "PL I, I.II.6a"),
)
BODY = Element(
    name="Nội dung",
    clause="PL I, I.II.6e",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    alignment="both",
    first_line=_INDENTS,
    space_between=6,
    lines=Range(1, 1.5),
)
PART_NUMBER = Element(
    name="Phần, chương, mục, tiểu mục",
    clause="PL I, I.II.6đ",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    bold=True,
    alignment="center",
)
PART_TITLE = Element(
    name="Tiêu đề của phần, chương, mục, tiểu mục",
    clause="PL I, I.II.6đ",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    upper=True,
    bold=True,
    alignment="center",
)
ARTICLE = Element(
    name="Điều",
    clause="PL I, I.II.6đ",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    bold=True,
    first_line=_INDENTS,
)
HEADING = Element(
    name="Mục",
    clause="PL I, I.V.6b",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    upper=True,
    bold=True,
    space_between=6,
    lines=Range(1, 1.5),
)
CLAUSE_HEADING = Element(
    name="Khoản có tiêu đề",
    clause="PL I, I.II.6đ",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    bold=True,
    space_between=6,
    lines=Range(1, 1.5),
)
CLAUSE = Element(
    name="Khoản",
    clause="PL I, I.II.6đ",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    alignment="both",
    first_line=_INDENTS,
    space_between=6,
    lines=Range(1, 1.5),
)
POINT = Element(
    name="Điểm",
    clause="PL I, I.II.6đ",
    box="6",
    sizes=_LARGE,
    sized_by="body",
    alignment="both",
    first_line=_INDENTS,
    space_between=6,
    lines=Range(1, 1.5),
)
SIGNING_AUTHORITY = Element(
    name="Quyền hạn của người ký",
    clause="PL I, I.II.7đ",
    box="7a",
    sizes=_LARGE,
    sized_by="body",
    upper=True,
    bold=True,
    alignment="center",
)
SIGNER_POSITION = Element(
    name="Chức vụ của người ký",
    clause="PL I, I.II.7đ",
    box="7a",
    sizes=_LARGE,
    sized_by="body",
    upper=True,
    bold=True,
    alignment="center",
)
SIGNER_NAME = Element(
    name="Họ tên của người ký",
    clause="PL I, I.II.7đ",
    box="7b",
    sizes=_LARGE,
    sized_by="body",
    bold=True,
    alignment="center",
)
RECIPIENTS_WORD = Element(
    name="Từ “Nơi nhận”",
    clause="PL I, I.II.9d",
    box="9b",
    sizes=Range(12, 12),
    bold=True,
    italic=True,
    alignment="left",
    text="Nơi nhận:",
)
RECIPIENTS = Element(
    name="Nơi nhận",
    clause="PL I, I.II.9d",
    box="9b",
    sizes=Range(11, 11),
    alignment="left",
    items=Punctuation(";", ".", "PL I, I.II.9d"),
)
APPENDIX_WORD = Element(
    name="Từ “Phụ lục”",
    clause="PL I, I.III.1b",
    sizes=Range(14, 14),
    bold=True,
    alignment="center",
)
APPENDIX_TITLE = Element(
    name="Tên phụ lục",
    clause="PL I, I.III.1b",
    sizes=_LARGE,
    sized_by="body",
    upper=True,
    bold=True,
    alignment="center",
)
APPENDIX_REFERENCE = Element(
    name="Chỉ dẫn kèm theo",
    clause="PL I, I.III.1c",
    sizes=_LARGE,
    sized_by="body",
    italic=True,
    alignment="center",
    rule_line=_THIRD_TO_HALF,
)
"""Only the form (PL III, mẫu 2.1) has the line beneath it; no clause mentions it."""

PAGE_NUMBER = Element(
    name="Số trang",
    clause="PL I, I.I.7",
    sizes=_LARGE,
    sized_by="body",
    alignment="center",
)
URGENCY = Element(
    name="Dấu chỉ mức độ khẩn",
    clause="PL I, I.III.2b",
    box="10b",
    sizes=_LARGE,
    sized_by="body",
    upper=True,
    bold=True,
)
CIRCULATION = Element(
    name="Chỉ dẫn về phạm vi lưu hành",
    clause="PL I, I.III.2c",
    box="11",
    sizes=_LARGE,
    sized_by="set",
    upper=True,
    bold=True,
    alignment="center",
)
DRAFTER = Element(
    name="Ký hiệu người soạn thảo",
    clause="PL I, I.III.3",
    box="12",
    sizes=Range(11, 11),
)
ADDRESS_LINE = Element(
    name="Địa chỉ cơ quan",
    clause="PL I, I.III.4",
    box="13",
    sizes=Range(11, 12),
    sized_by="set",
)

ELEMENTS: tuple[Element, ...] = (
    SUPERIOR_BODY,
    ISSUING_BODY,
    NATIONAL_NAME,
    MOTTO,
    NUMBER_AND_SYMBOL,
    PLACE_AND_DATE,
    LETTER_SUBJECT,
    DOCUMENT_TYPE,
    SUBJECT,
    ADDRESSEES,
    LEGAL_BASIS,
    BODY,
    PART_NUMBER,
    PART_TITLE,
    HEADING,
    ARTICLE,
    CLAUSE_HEADING,
    CLAUSE,
    POINT,
    RECIPIENTS_WORD,
    RECIPIENTS,
    DRAFTER,
    SIGNING_AUTHORITY,
    SIGNER_POSITION,
    SIGNER_NAME,
    APPENDIX_WORD,
    APPENDIX_TITLE,
    APPENDIX_REFERENCE,
    PAGE_NUMBER,
    URGENCY,
    CIRCULATION,
    ADDRESS_LINE,
)
"""Every element in the order of the scheme in mục IV, left before right."""

SIZE_SET_CLAUSE = "PL I, I.V, ghi chú"
SIZE_SETS: Mapping[SizeSet, Mapping[str, int]] = {
    "12-13": {NATIONAL_NAME.name: 12, MOTTO.name: 13, PLACE_AND_DATE.name: 13},
    "13-14": {NATIONAL_NAME.name: 13, MOTTO.name: 14, PLACE_AND_DATE.name: 14},
}
"""Sizes that go up or down together in one document, by the element's name."""

FIRST_PAGE_NUMBER = 1
APPENDIX_NUMBERING_CLAUSE = "PL I, I.III.1a"
APPENDIX_PAGES_CLAUSE = "PL I, I.III.1đ"
NUMBER_WORD = "Số:"
LETTER_SUBJECT_WORD = "V/v"
ADDRESSEES_WORD = "Kính gửi:"
ARCHIVE_WORD = "Lưu:"
ARCHIVE_ABBREVIATION = "VT"
LEAST_DIGITS_OF_NUMBER = 2
END_MARK = "./."
END_MARK_CLAUSE = "PL III, mẫu 1.4, 1.5"
SIGNING_ABBREVIATIONS: Mapping[str, str] = {
    "TM.": "ký thay mặt tập thể",
    "Q.": "được giao quyền cấp trưởng",
    "KT.": "ký thay người đứng đầu",
    "TL.": "ký thừa lệnh",
    "TUQ.": "ký thừa ủy quyền",
}
SIGNING_CLAUSE = "PL I, I.II.7b"


class DocumentType(Struct, frozen=True):
    """A tên loại and its abbreviation in the symbol; None for a công văn, which has none."""

    name: str
    abbreviation: str | None
    addressed: bool = False


REPORT = DocumentType("BÁO CÁO", "BC", addressed=True)
PLAN = DocumentType("KẾ HOẠCH", "KH")
LETTER = DocumentType("CÔNG VĂN", None, addressed=True)
DOCUMENT_TYPES: tuple[DocumentType, ...] = (
    REPORT,
    PLAN,
    LETTER,
    DocumentType("TỜ TRÌNH", "TTr", addressed=True),
    DocumentType("THÔNG BÁO", "TB"),
    DocumentType("QUYẾT ĐỊNH", "QĐ"),
    DocumentType("CHỈ THỊ", "CT"),
    DocumentType("HƯỚNG DẪN", "HD"),
    DocumentType("BIÊN BẢN", "BB"),
    DocumentType("GIẤY MỜI", "GM"),
    DocumentType("NGHỊ QUYẾT", "NQ"),
    DocumentType("QUY CHẾ", "QC"),
    DocumentType("QUY ĐỊNH", "QyĐ"),
    DocumentType("THÔNG CÁO", "TC"),
    DocumentType("CHƯƠNG TRÌNH", "CTr"),
    DocumentType("PHƯƠNG ÁN", "PA"),
    DocumentType("ĐỀ ÁN", "ĐA"),
    DocumentType("DỰ ÁN", "DA"),
    DocumentType("HỢP ĐỒNG", "HĐ"),
    DocumentType("CÔNG ĐIỆN", "CĐ"),
    DocumentType("BẢN GHI NHỚ", "BGN"),
    DocumentType("BẢN THỎA THUẬN", "BTT"),
    DocumentType("GIẤY ỦY QUYỀN", "GUQ"),
    DocumentType("GIẤY GIỚI THIỆU", "GGT"),
    DocumentType("GIẤY NGHỈ PHÉP", "GNP"),
    DocumentType("PHIẾU GỬI", "PG"),
    DocumentType("PHIẾU CHUYỂN", "PC"),
    DocumentType("PHIẾU BÁO", "PB"),
)
"""PL III, mục I. `addressed`: 'Kính gửi' comes first, for a báo cáo to a higher body only
(PL I, I.II.9b)."""


def size(element: Element, size_set: SizeSet, body: int) -> int:
    """The element's size in points in a document of that set and that body text.

    What goes with the set takes the lower of its two sizes in '12-13', the upper in '13-14', so
    that all of them go up or down together (PL I, I.V).
    """
    if element.sized_by == "body":
        return body
    if element.sized_by == "set" and size_set == "13-14":
        return int(element.sizes.most)
    return int(element.sizes.least)
