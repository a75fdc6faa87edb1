"""To whom a proposal is addressed: told by its words only where they leave no doubt."""

import pytest

from conftest import PLAN, plan_from
from danvan_cli.model.addressees import addressee, bodies
from danvan_cli.model.unit_report import Proposal

KNOWN = bodies(plan_from(PLAN))


@pytest.mark.parametrize(
    "text",
    [
        "Đề nghị Văn phòng UBND tỉnh bố trí kinh phí",
        "Kính đề nghị VP UBND tỉnh Quảng Trị sớm trang bị máy quét",
        "Kiến nghị lãnh đạo Văn phòng bố trí thêm công chức",
        "Đề nghị Chánh Văn phòng quan tâm",
        "Đề nghị cơ quan hỗ trợ kinh phí",
        "Đề nghị Phòng Tổng hợp cung cấp danh mục",
        "Đề nghị TTTH nâng cấp phần mềm",
        "Đề nghị các phòng, ban, trung tâm phối hợp",
    ],
)
def test_the_office_its_leaders_and_its_units_are_told_by_their_names(text: str) -> None:
    body = addressee(text, KNOWN)
    assert body is not None and body.is_own


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đề nghị UBND tỉnh ban hành quy chế", "Ủy ban nhân dân tỉnh"),
        ("Kiến nghị với Ủy ban nhân dân tỉnh Quảng Trị xem xét", "Ủy ban nhân dân tỉnh"),
        ("Đề nghị Sở Nội vụ mở lớp", "Sở Nội vụ"),
        ("Đề nghị Sở Khoa học và Công nghệ hướng dẫn", "Sở Khoa học và Công nghệ"),
        ("Đề nghị Văn phòng Tỉnh ủy hướng dẫn", "Văn phòng Tỉnh ủy"),
        ("Đề nghị Văn phòng đăng ký đất đai cung cấp dữ liệu", None),
        ("Đề nghị các sở, ngành giữ ổn định công chức", "các sở, ngành"),
        ("Đề nghị Văn phòng UBND tỉnh và Sở Nội vụ mở lớp", None),
        ("Đề nghị Văn phòng UBND tỉnh Lào Cai chia sẻ kinh nghiệm", None),
        ("Đề nghị cơ quan cấp trên hướng dẫn", None),
        ("Đề nghị bố trí kinh phí", None),
        ("Bổ sung biên chế", None),
    ],
)
def test_another_body_is_never_taken_for_the_office(text: str, name: str | None) -> None:
    body = addressee(text, KNOWN)
    assert not (body and body.is_own)
    assert name is None or (body is not None and body.name == name)


def test_what_is_written_as_the_addressee_decides() -> None:
    for to, is_own in (("Văn phòng UBND tỉnh", True), ("HĐND tỉnh", False), ("TH", True)):
        body = addressee(Proposal(to=to, text="Đề nghị Sở Nội vụ mở lớp"), KNOWN)
        assert body is not None and body.is_own == is_own


def test_a_commune_is_itself_but_another_commune_is_not() -> None:
    commune = bodies(
        plan_from(
            PLAN.replace("name: Văn phòng UBND tỉnh", "name: UBND xã An Lộc")
            .replace("[UBND TỈNH QUẢNG TRỊ, VĂN PHÒNG]", "[ỦY BAN NHÂN DÂN, XÃ AN LỘC]")
            .replace("place: Quảng Trị", "place: An Lộc")
        )
    )
    told = {
        text: (body := addressee(f"Đề nghị {text} sửa đường", commune)) is not None and body.is_own
        for text in ("UBND xã", "Chủ tịch UBND xã An Lộc", "xã", "UBND xã Vĩnh Linh", "UBND tỉnh")
    }
    assert list(told.values()) == [True, True, True, False, False]
