"""The decree's elements as Word's named paragraph styles."""

from typing import Any

from msgspec import Struct

from danvan_cli.model.plan import DocumentLook
from danvan_cli.word import decree
from danvan_cli.word.decree import Element
from danvan_cli.word.file.text_width import text_width
from danvan_cli.word.file.xml_text import mm_in_twips

DEFAULT_SETTINGS = DocumentLook()
"""The sizes that the templates are built with."""

TWIPS_A_POINT = 20
FIRST_LINE_MM = decree.BODY.first_line[1]
TABLE_SIZE = 13
WORKING_SIZE = 11
TAG = "TheLenh"
RULE_LINE = "DuongKe"
SUBJECT_RULE_LINE = "DuongKeTrichYeu"
CIRCULATION = "PhamViLuuHanh"
ADDRESSEE_LINES = "NoiKinhGui"
SECTION_END = "NgatPhan"
GRID = "BangBieu"
INDENTED = "BangChuLuiVao"


class Style(Struct, frozen=True, kw_only=True):
    """A paragraph style: `id` for the file, `name` for people.

    `element` gives size, weight, slant and alignment; `properties` are those of docx-plus
    (twips, points) on top, where the decree leaves the choice or is silent.
    """

    id: str
    name: str
    element: Element | None = None
    based_on: str = "Normal"
    next: str | None = None
    properties: dict[str, Any] = {}


_SINGLE: dict[str, Any] = {"line_spacing": 1.0}
_PROSE: dict[str, Any] = {
    "spacing_after": 6 * TWIPS_A_POINT,
    "line_spacing": 1.15,
    "indent_first_line": mm_in_twips(FIRST_LINE_MM),
}
_KEPT = {"keep_with_next": True, "keep_lines": True}
_ADDRESSEES_MM = 30.0


def addressee_indents(body: float) -> tuple[int, int]:
    """The left indent of the lines below 'Kính gửi:' and how far the dash hangs out, in twips.

    The dashes are aligned below the colon (NĐ 30/2020, PL I, I.II.9d). `body`: the size in points.
    """
    words = text_width(decree.ADDRESSEES_WORD.rstrip(":"), body)
    dash = round(text_width("- ", body) * TWIPS_A_POINT)
    return mm_in_twips(_ADDRESSEES_MM) + round(words * TWIPS_A_POINT) + dash, dash


STYLES: tuple[Style, ...] = (
    Style(id="NoiDung", name="Nội dung", element=decree.BODY, properties=_PROSE),
    Style(
        id="Muc",
        name="Mục",
        element=decree.HEADING,
        next="NoiDung",
        properties=_PROSE
        | _KEPT
        | {"alignment": "left", "outline_level": 0, "spacing_before": 6 * TWIPS_A_POINT},
    ),
    Style(
        id="Khoan",
        name="Khoản",
        element=decree.CLAUSE_HEADING,
        next="NoiDung",
        properties=_PROSE | _KEPT | {"alignment": "left", "outline_level": 1},
    ),
    Style(
        id="NhomPhuLuc",
        name="Nhóm trong phụ lục",
        based_on="Khoan",
        next="NoiDung",
        properties={"indent_first_line": 0, "spacing_before": 8 * TWIPS_A_POINT},
    ),
    Style(
        id="KhoanKhongTieuDe", name="Khoản không tiêu đề", element=decree.CLAUSE, properties=_PROSE
    ),
    Style(
        id="Diem",
        name="Điểm",
        element=decree.POINT,
        next="NoiDung",
        properties=_PROSE | _KEPT | {"alignment": "left", "outline_level": 2},
    ),
    Style(id="GachDauDong", name="Gạch đầu dòng", element=decree.POINT, properties=_PROSE),
    Style(id="CanCu", name="Căn cứ", element=decree.LEGAL_BASIS, properties=_PROSE),
    Style(id="LoiKet", name="Lời kết", element=decree.BODY, properties=_PROSE | _KEPT),
    Style(id="QuocHieu", name="Quốc hiệu", element=decree.NATIONAL_NAME, properties=_SINGLE),
    Style(id="TieuNgu", name="Tiêu ngữ", element=decree.MOTTO, properties=_SINGLE),
    Style(
        id="TenCoQuanChuQuan",
        name="Tên cơ quan chủ quản",
        element=decree.SUPERIOR_BODY,
        properties=_SINGLE,
    ),
    Style(id="TenCoQuan", name="Tên cơ quan", element=decree.ISSUING_BODY, properties=_SINGLE),
    Style(
        id="SoKyHieu",
        name="Số ký hiệu",
        element=decree.NUMBER_AND_SYMBOL,
        properties=_SINGLE | {"spacing_before": 4 * TWIPS_A_POINT},
    ),
    Style(
        id="DiaDanhNgayThang",
        name="Địa danh ngày tháng",
        element=decree.PLACE_AND_DATE,
        properties=_SINGLE | {"spacing_before": 4 * TWIPS_A_POINT},
    ),
    Style(
        id="TenLoai",
        name="Tên loại",
        element=decree.DOCUMENT_TYPE,
        next="TrichYeu",
        properties=_SINGLE | _KEPT | {"spacing_before": 18 * TWIPS_A_POINT},
    ),
    Style(
        id="TrichYeu",
        name="Trích yếu",
        element=decree.SUBJECT,
        properties=_SINGLE
        | _KEPT
        | {"indent_left": mm_in_twips(10), "indent_right": mm_in_twips(10)},
    ),
    Style(
        id="TrichYeuCongVan",
        name="Trích yếu công văn",
        element=decree.LETTER_SUBJECT,
        properties=_SINGLE
        | {"spacing_before": round((decree.LETTER_SUBJECT.space_before or 0) * TWIPS_A_POINT)},
    ),
    Style(
        id="KinhGui",
        name="Kính gửi",
        element=decree.ADDRESSEES,
        properties=_SINGLE
        | {
            "alignment": "center",
            "spacing_before": 12 * TWIPS_A_POINT,
            "spacing_after": 12 * TWIPS_A_POINT,
        },
    ),
    Style(
        id="KinhGuiNhieuNoi",
        name="Kính gửi nhiều nơi",
        element=decree.ADDRESSEES,
        next=ADDRESSEE_LINES,
        properties=_SINGLE
        | _KEPT
        | {
            "alignment": "left",
            "indent_left": mm_in_twips(_ADDRESSEES_MM),
            "spacing_before": 12 * TWIPS_A_POINT,
        },
    ),
    Style(
        id=ADDRESSEE_LINES,
        name="Nơi kính gửi",
        element=decree.ADDRESSEES,
        properties=_SINGLE
        | {
            "alignment": "left",
            "indent_left": addressee_indents(DEFAULT_SETTINGS.body)[0],
            "indent_first_line": -addressee_indents(DEFAULT_SETTINGS.body)[1],
            "spacing_after": 12 * TWIPS_A_POINT,
        },
    ),
    Style(id="NoiNhan", name="Nơi nhận", element=decree.RECIPIENTS_WORD, properties=_SINGLE),
    Style(
        id="DanhSachNoiNhan",
        name="Danh sách nơi nhận",
        element=decree.RECIPIENTS,
        properties=_SINGLE,
    ),
    Style(
        id="QuyenHanNguoiKy",
        name="Quyền hạn người ký",
        element=decree.SIGNING_AUTHORITY,
        properties=_SINGLE | _KEPT,
    ),
    Style(
        id="ChucVuNguoiKy",
        name="Chức vụ người ký",
        element=decree.SIGNER_POSITION,
        properties=_SINGLE | _KEPT,
    ),
    Style(
        id="HoTenNguoiKy",
        name="Họ tên người ký",
        element=decree.SIGNER_NAME,
        properties=_SINGLE | {"spacing_before": 72 * TWIPS_A_POINT, "keep_lines": True},
    ),
    Style(
        id="PhuLuc",
        name="Phụ lục",
        element=decree.APPENDIX_WORD,
        next="TenPhuLuc",
        properties=_SINGLE | _KEPT | {"outline_level": 0},
    ),
    Style(
        id="TenPhuLuc",
        name="Tên phụ lục",
        element=decree.APPENDIX_TITLE,
        next="KemTheo",
        properties=_SINGLE | _KEPT,
    ),
    Style(
        id="KemTheo",
        name="Kèm theo",
        element=decree.APPENDIX_REFERENCE,
        properties=_SINGLE | _KEPT,
    ),
    Style(id="SoTrang", name="Số trang", element=decree.PAGE_NUMBER, properties=_SINGLE),
    Style(
        id=CIRCULATION,
        name="Phạm vi lưu hành",
        element=decree.CIRCULATION,
        properties=_SINGLE | {"indent_left": mm_in_twips(92), "indent_right": mm_in_twips(20)},
    ),
    Style(
        id="ChuThichBang",
        name="Chú thích bảng",
        properties=_SINGLE
        | _KEPT
        | {
            "alignment": "center",
            "italic": True,
            "font_size": TABLE_SIZE,
            "spacing_before": 6 * TWIPS_A_POINT,
            "spacing_after": 6 * TWIPS_A_POINT,
        },
    ),
    Style(
        id="BangTieuDe",
        name="Bảng - tiêu đề",
        properties=_SINGLE
        | {
            "alignment": "center",
            "bold": True,
            "font_size": TABLE_SIZE,
            "keep_with_next": True,
        },
    ),
    Style(
        id="BangChu",
        name="Bảng - chữ",
        properties=_SINGLE | {"alignment": "left", "font_size": TABLE_SIZE},
    ),
    Style(
        id=INDENTED,
        name="Bảng - chữ lùi vào",
        based_on="BangChu",
        properties={"indent_left": mm_in_twips(5)},
    ),
    Style(
        id="BangGiua",
        name="Bảng - giữa",
        properties=_SINGLE | {"alignment": "center", "font_size": TABLE_SIZE},
    ),
    Style(
        id="BangSo",
        name="Bảng - số",
        properties=_SINGLE | {"alignment": "right", "font_size": TABLE_SIZE},
    ),
    Style(
        id="BangNhoTieuDe",
        name="Bảng nhỏ - tiêu đề",
        based_on="BangTieuDe",
        properties={"font_size": WORKING_SIZE},
    ),
    Style(
        id="BangNhoChu",
        name="Bảng nhỏ - chữ",
        based_on="BangChu",
        properties={"font_size": WORKING_SIZE},
    ),
    Style(
        id="BangNhoGiua",
        name="Bảng nhỏ - giữa",
        based_on="BangGiua",
        properties={"font_size": WORKING_SIZE},
    ),
    Style(
        id="BangNhoSo",
        name="Bảng nhỏ - số",
        based_on="BangSo",
        properties={"font_size": WORKING_SIZE},
    ),
    Style(
        id="BangNhoTong",
        name="Bảng nhỏ - tổng",
        based_on="BangSo",
        properties={"font_size": WORKING_SIZE, "bold": True},
    ),
    Style(
        id="NhiemVu",
        name="Nhiệm vụ",
        element=decree.BODY,
        next="NoiDung",
        properties=_PROSE | _KEPT | {"outline_level": 2},
    ),
    Style(
        id=RULE_LINE,
        name="Đường kẻ",
        properties={
            "line_spacing_rule": "exact",
            "line_spacing": 4 * TWIPS_A_POINT,
            "spacing_before": 3 * TWIPS_A_POINT,
        },
    ),
    Style(
        id=SUBJECT_RULE_LINE,
        name="Đường kẻ trích yếu",
        based_on=RULE_LINE,
        properties={"spacing_after": 12 * TWIPS_A_POINT},
    ),
    Style(
        id=SECTION_END,
        name="Ngắt phần",
        # As low as can be: behind signatures that fill a page, it would make an empty one.
        properties={"line_spacing_rule": "exact", "line_spacing": 1, "font_size": 1},
    ),
    Style(
        id=TAG,
        name="Thẻ lệnh",
        properties=_SINGLE | {"font_size": 9, "color_rgb": "808080"},
    ),
)
