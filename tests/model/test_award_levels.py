"""Who confers an award, and which names are those of persons."""

import pytest

from conftest import PLAN, plan_from
from danvan_cli.model.awards import award_level, goes_up, is_persons_name

LEVELS = """\
awards:
  - {form: Giấy khen, by: office}
  - {form: Bằng khen, by: province}
  - {form: Bằng khen của Thủ tướng Chính phủ, by: state}
"""


@pytest.mark.parametrize(
    ("form", "by"),
    [
        ("Giấy khen", "office"),
        ("giấy  KHEN của Chánh Văn phòng", "office"),
        ("Bằng khen của Chủ tịch UBND tỉnh", "province"),
        ("Bằng khen của Thủ tướng Chính phủ", "state"),
        ("Bằng khenh", None),
        ("Huân chương Lao động", None),
    ],
)
def test_a_form_has_the_level_of_the_longest_beginning(form: str, by: str | None) -> None:
    level = award_level(plan_from(PLAN + LEVELS), form)
    assert (level and level.by) == by
    assert goes_up(plan_from(PLAN + LEVELS), form) == (by != "office")
    assert goes_up(plan_from(PLAN), form)


@pytest.mark.parametrize(
    "name",
    [
        "Võ Xuân Hòa",
        "NGUYỄN THỊ DIỆU HIỀN",
        "Đồng chí Trần Văn Bình, Trưởng phòng",
        "Hồ Thị Pỉ - Chuyên viên",
        "H’Hen Niê",
        "Y Moan",
        "Phó Đức Phương",
        "Tôn Nữ Thị Ninh (Phòng Đối ngoại)",
    ],
)
def test_a_persons_name_is_one(name: str) -> None:
    assert is_persons_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Công chức Phòng A",
        "Cá nhân tiêu biểu",
        "Chuyên viên theo dõi nhiệm vụ, Phòng Tổng hợp",
        "Phòng Tổng Hợp",
        "Phó Trưởng Phòng",
        "Hòa",
        "03 cá nhân",
        "Võ Xuân Hòa và Trần Văn Bình",
        "Người lao động",
    ],
)
def test_a_position_a_unit_or_several_persons_are_none(name: str) -> None:
    assert not is_persons_name(name)
