"""`danvan figures --format xlsx`: a workbook of numbers, which a person's edits are safe in."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from small_workspace import PLAN_OF_THREE_UNITS as PLAN


@pytest.fixture(autouse=True)
def reports(root: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    text = PLAN.replace("h1: 4}}", "h1: 4}, target: {h1: {tong-hop: 4, tiep-dan: 4, tin-hoc: 4}}}")
    (root / "plan.yaml").write_text(text.replace("Phòng Tổng hợp", "=Phòng"), encoding="utf-8")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    file_report(
        "tiep-dan",
        text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2, don: 1200, don-xong: 900}\n",
    )


def written(*arguments: str) -> Result:
    given = ["figures", "--period", "h1", "--as-of", "3/6/2026", *arguments]
    return CliRunner().invoke(app, given)


def sheets(path: str) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(path)
    return {name: book[name] for name in book.sheetnames}


def rows(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=5, values_only=True))


def test_it_has_both_tables_with_numbers_that_can_be_worked_with() -> None:
    result = written("--format", "xlsx")
    assert (result.exit_code, result.stdout) == (0, "output/2026/h1/so-lieu.xlsx\n"), result.output
    found = sheets("output/2026/h1/so-lieu.xlsx")
    assert list(found) == ["Số liệu", "Theo đơn vị"]
    assert rows(found["Số liệu"])[:2] == [
        (
            *("Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Năm 2025", "Kế hoạch"),
            *("Số đơn vị đã có", "Số đơn vị phải có", "Chưa có số liệu"),
        ),
        ("Hội nghị", "cuộc", 5, 4, 12, 2, 3, "TTTH"),
    ]
    by_unit = found["Theo đơn vị"]
    assert rows(by_unit)[1] == ("=Phòng", 3, 4, 0.75, None, None)
    assert rows(by_unit)[3:5] == [
        ("Trung tâm Tin học", "chưa", 4, None, None, None),
        ("Tổng cộng", 5, None, None, 1200, 900),
    ]
    assert (by_unit["A6"].data_type, by_unit["D6"].number_format) == ("s", "0.0%")
    assert (by_unit.freeze_panes, by_unit.auto_filter.ref) == ("B6", "A5:F8")


def test_the_table_that_is_asked_for_comes_first() -> None:
    assert written("--format", "xlsx", "--by", "unit", "-o", "a.xlsx").exit_code == 0
    assert list(sheets("a.xlsx")) == ["Theo đơn vị", "Số liệu"]
    assert written("--format", "xlsx", "--unit", "tiep-dan", "-o", "b.xlsx").exit_code == 0
    assert list(sheets("b.xlsx")) == ["Số liệu"]


def test_the_same_figures_make_the_same_file_and_an_edited_one_is_kept() -> None:
    written("--format", "xlsx", "-o", "a.xlsx")
    before = Path("a.xlsx").read_bytes()
    assert written("--format", "xlsx", "-o", "a.xlsx").exit_code == 0
    assert Path("a.xlsx").read_bytes() == before
    assert written("--format", "xlsx", "--by", "unit", "-o", "a.xlsx").exit_code == 0
    book = openpyxl.load_workbook("a.xlsx")
    book["Số liệu"]["C6"] = 7
    book.save("a.xlsx")
    refused = written("--format", "xlsx", "-o", "a.xlsx")
    assert refused.exit_code == 2
    assert "đã được sửa sau khi danvan ghi" in refused.stderr
    assert written("--format", "xlsx", "-o", "a.xlsx", "--force").exit_code == 0


def test_only_a_workbook_is_written_into_a_file() -> None:
    result = written("--format", "csv", "-o", "a.csv")
    assert result.exit_code == 2
    assert "thêm --format xlsx" in result.stderr
    assert written("--format", "xlsx", "-o", "a.docx").exit_code == 2
