"""`danvan figures`: a period's figures beside those before, and unit by unit."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from small_workspace import PLAN_OF_THREE_UNITS as PLAN


@pytest.fixture(autouse=True)
def reports(root: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three units have reported for the half-year, one for the year."""
    monkeypatch.chdir(root)
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    file_report(
        "tiep-dan",
        text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2, don: 1200, don-xong: 900}\n",
    )
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 7}\n")


def figures(*arguments: str, period: str = "h1") -> Result:
    return CliRunner().invoke(
        app, ["figures", *arguments, "--period", period, "--as-of", "30/10/2026"]
    )


def as_json(*arguments: str, period: str = "h1") -> Any:
    result = figures(*arguments, "--format", "json", period=period)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["indicators"]


def test_a_period_stands_beside_the_one_it_continues() -> None:
    lines = figures(period="annual").stdout.splitlines()
    assert "  Hội nghị (cuộc)            7         5  1/3" in lines
    assert "  Đơn phải xử lý (đơn)       -     1.200  0/1" in lines
    assert "Kỳ trước: 6 tháng đầu năm 2026." in lines


def test_what_some_units_still_owe_is_not_compared_with_last_year(
    file_report: ReportWriter,
) -> None:
    (meetings,) = as_json("hoi-nghi")
    assert (meetings["figure"], meetings["last_year"], meetings["change"]) == (5, 4, None)
    assert (meetings["reported"], meetings["owing"]) == (2, 3)
    assert meetings["missing"] == ["tin-hoc"]
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    assert as_json("hoi-nghi")[0]["change"] == "+50,0%"


def test_of_one_unit_only_what_it_owes() -> None:
    own = as_json("--unit", "tong-hop", period="annual")
    assert [(each["id"], each["figure"], each["earlier"]) for each in own] == [("hoi-nghi", 7, 3)]
    assert own[0]["last_year"] is None


def test_what_a_unit_does_not_owe_is_told_from_what_nobody_has() -> None:
    assert "Đơn vị không được giao chỉ tiêu nào" in figures("don", "--unit", "tong-hop").stdout


def test_unit_by_unit_what_is_missing_differs_from_what_is_not_owed() -> None:
    lines = [line.split() for line in figures("--by", "unit").stdout.splitlines()]
    assert ["TH", "3", "-", "-"] in lines
    assert ["BTCD", "2", "1.200", "900"] in lines
    assert ["TTTH", "chưa", "-", "-"] in lines
    assert ["Tổng", "cộng", "5", "1.200", "900"] in lines


def test_a_wide_matrix_comes_in_tables_of_80_columns(root: Path) -> None:
    more = "".join(
        f"  - {{id: so-{number}, name: Số thứ {number}, measure: cái, task: '1.1'}}\n"
        for number in range(40)
    )
    units = "".join(
        f"  - {{id: xa-{number}, name: Ủy ban nhân dân xã có tên rất dài số {number}}}\n"
        for number in range(45)
    )
    text = PLAN.replace("periods:\n", f"{units}periods:\n", 1) + more
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    result = figures("--by", "unit")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()[2:]
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("  Đơn vị") for line in lines) > 1
    assert {f"({number})" for number in range(1, 44)} <= set(result.stdout.split())
    assert "8 đơn vị khác không in ở đây, đã tính trong tổng (xem đủ: --format csv)." in lines
    assert len(figures("--by", "unit", "--format", "csv").stdout.splitlines()) == 1 + 48


def test_units_go_beside_each_other_where_only_that_fits(root: Path) -> None:
    more = "".join(
        f"  - {{id: so-{number}, name: Số thứ {number}, measure: cái, task: '1.1'}}\n"
        for number in range(12)
    )
    (root / "plan.yaml").write_text(PLAN + more, encoding="utf-8")
    lines = figures("--by", "unit").stdout.splitlines()
    assert "  Chỉ tiêu                TH   BTCD  TTTH   Tổng" in lines
    assert "  Hội nghị (cuộc)          3      2  chưa      5" in lines


@pytest.mark.parametrize("by", ["indicator", "unit"])
def test_markdown_and_csv_have_every_indicator(by: str) -> None:
    for format in ("markdown", "csv"):
        shown = figures("--by", by, "--format", format).stdout
        assert "1.200" in shown if format == "markdown" else "1200" in shown
        assert "don-xong" in shown or "Đơn đã xử lý" in shown


@pytest.mark.parametrize("written", ["hoi-ngi", "Hội nghi"])
def test_an_unknown_indicator_is_guessed(written: str) -> None:
    result = figures(written)
    assert result.exit_code == 2
    assert "ý bạn là “hoi-nghi”?" in result.stderr
