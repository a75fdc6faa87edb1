"""`danvan rate --format xlsx`: the result, and every point with its reason and line, as numbers."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from danvan_cli.cli import app
from small_workspace import CRITERIA, RATING, changed, write

UNIT = "ban-tiep-cong-dan"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    taken = f"deductions: {{{UNIT}: {{tru-ky-luat: {{reason: Quyết định số 7}}}}}}"
    root = tmp_path_factory.mktemp("rated")
    return write(root, {CRITERIA: changed(CRITERIA, ""), RATING: changed(RATING, taken)})


def written(root: Path, *options: str) -> dict[str, list[tuple[object, ...]]]:
    to = root / "a.xlsx"
    arguments = ["rate", "--format", "xlsx", "-o", str(to), "--force", *options]
    result = CliRunner().invoke(app, ["-C", str(root), *arguments, "--as-of", "20/11/2026"])
    assert result.exit_code == 0, result.stderr
    assert Path(result.stdout.strip()).name == "a.xlsx"
    book = openpyxl.load_workbook(to)
    return {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}


def test_it_has_the_result_and_every_point(root: Path) -> None:
    found = written(root)
    assert list(found) == ["Xếp loại", "Từng điểm"]
    row = next(row for row in found["Xếp loại"] if row[1] == "Ban Tiếp công dân")
    assert row[0] == 1 and row[2:10] == (9.5, 8, 17.5, 20, 17.5, None, 5, 12.5)
    points = [row for row in found["Từng điểm"] if row[0] == "Ban Tiếp công dân"]
    assert [row[1] for row in points] == ["1.1", "1.2", "2.1", "2.2", "tru-ky-luat"]
    assert points[1][3:8] == ("đơn vị tự chấm", 4, 4, 3.5, "Hội đồng chấm")
    assert points[-1][6] == -5
    assert str(points[2][8]).count("ban-tiep-cong-dan.yaml:") == 2


def test_it_shows_one_unit_or_the_missing_reports_where_these_are_asked_for(root: Path) -> None:
    one = written(root, "--unit", UNIT)
    assert {row[0] for row in one["Từng điểm"][6:]} == {"Ban Tiếp công dân"}
    missing = written(root, "--what-if")
    assert [row[:3] for row in missing["Báo cáo còn thiếu"][-1:]] == [
        ("Phòng Hành chính - Tổ chức", "1.1 Gửi báo cáo đúng hạn", 19)
    ]


def test_a_file_is_written_only_as_a_workbook(root: Path) -> None:
    result = CliRunner().invoke(app, ["-C", str(root), "rate", "-o", str(root / "b.csv")])
    assert result.exit_code == 2
    assert "thêm --format xlsx" in result.stderr
