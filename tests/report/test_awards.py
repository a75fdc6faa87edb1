"""Awards: which go up, how their appendix reads, and where the others stand."""

from pathlib import Path

import pytest
from test_report import danvan, lines_of

from small_workspace import FILES, H1, OFFICE, PLAN, write

AS_OF = ("--as-of", "4/6/2026")
AWARDS = """\
awards:
  - {kind: individual, name: Võ Xuân Hòa, position: Chuyên viên, form: Bằng khen của Chủ tịch}
  - {kind: collective, name: Ban Tiếp công dân, form: Bằng khen, achievement: Tiếp dân tốt}
  - {kind: individual, name: Trần Văn Bình, form: Giấy khen, achievement: Giải quyết nhanh}
models: [{name: Nghe dân, field: kinh tế, status: recognized}]
"""
LEVELS = "awards: [{form: Giấy khen, by: office}, {form: Bằng khen, by: province}]\n"


def made(root: Path, *arguments: str) -> list[str]:
    result = danvan(
        root, "report", "--period", "h1", *AS_OF, "-o", str(root / "o.docx"), *arguments
    )
    assert result.exit_code == 0, result.output
    return [*lines_of(root / "o.docx"), *result.stderr.splitlines()]


@pytest.fixture
def proposed(tmp_path: Path) -> Path:
    files = {"plan.yaml": PLAN + LEVELS, H1: FILES[H1] + AWARDS, OFFICE: "leadership: Đã làm.\n"}
    return write(tmp_path, files)


def test_only_awards_of_others_go_up_collectives_apart_from_persons(proposed: Path) -> None:
    lines = made(proposed)

    start = lines.index("A. Tập thể")
    table = ["TT", "Tên tập thể", "Đơn vị", "Hình thức", "Thành tích"]
    assert lines[start + 1 : start + 11] == [
        *table,
        *("1", "Ban Tiếp công dân", "Ban Tiếp công dân", "Bằng khen", "Tiếp dân tốt"),
    ]
    table[1] = "Họ và tên, chức vụ"
    assert lines[start + 11 : start + 19] == [
        "B. Cá nhân",
        *table,
        *("1", "Võ Xuân Hòa, Chuyên viên"),
    ]
    assert not [line for line in lines if "Trần Văn Bình" in line]
    assert (
        "Đề xuất khen thưởng thuộc thẩm quyền của cơ quan, không đưa vào báo cáo: 1; xem danvan "
        "report --internal."
    ) in lines


def test_the_offices_own_awards_stand_in_the_working_paper_with_all_sums(proposed: Path) -> None:
    lines = made(proposed, "--internal")

    start = lines.index("Đề xuất khen thưởng thuộc thẩm quyền của cơ quan")
    assert lines[start + 1 : start + 3] == [
        "Giấy khen",
        "- Trần Văn Bình, Ban Tiếp công dân (cá nhân): Giải quyết nhanh",
    ]
    assert "Mô hình: 01, gồm được công nhận 01." in lines
    assert (
        "Đề xuất khen thưởng thuộc thẩm quyền của cơ quan: 01, gồm Giấy khen cá nhân 01." in lines
    )


def test_a_unit_proposes_all_its_awards_to_the_office(proposed: Path) -> None:
    assert "Trần Văn Bình" in made(proposed, "--unit", "ban-tiep-cong-dan")


def test_without_levels_all_awards_go_up(proposed: Path) -> None:
    (proposed / "plan.yaml").write_text(PLAN, encoding="utf-8")
    assert "Trần Văn Bình" in made(proposed)
