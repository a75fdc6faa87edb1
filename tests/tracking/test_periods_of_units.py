"""A period that only some units report for: who is expected, what is told of the others."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter
from danvan_cli.cli import app

OF_SOME = PLAN.replace("periods:\n", "unit_groups: {so: [tiep-dan, tong-hop]}\nperiods:\n", 1)
OF_SOME = OF_SOME.replace("    unit_deadline:", "    units: [so]\n    unit_deadline:", 1)


@pytest.fixture(autouse=True)
def period_of_two_units(root: Path, file_report: ReportWriter) -> None:
    """The half-year is for two of three units, one of which has reported."""
    (root / "plan.yaml").write_text(OF_SOME, encoding="utf-8")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 4}\n")


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def test_only_its_units_are_expected(root: Path) -> None:
    lines = danvan(root, "figures", "--period", "h1", "--as-of", "30/5/2026").stdout.splitlines()
    assert [line.split()[-1] for line in lines if "Hội nghị" in line] == ["1/2"]
    status = json.loads(danvan(root, "status", "--format", "json").stdout)
    expected = {
        period["id"]: [unit["id"] for unit in period["units"]] for period in status["periods"]
    }
    assert expected["h1"] == ["tong-hop", "tiep-dan"]
    assert expected["annual"] == ["tong-hop", "tiep-dan", "tin-hoc"]
    forms = danvan(root, "form", "--all", "--period", "h1").stdout.splitlines()
    assert [Path(line).stem for line in forms] == ["tong-hop", "tiep-dan"]


def test_a_report_of_another_unit_is_told_and_not_counted(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 9}\n")
    result = danvan(root, "validate")
    assert (
        "tin-hoc.yaml:1:7: lỗi R466: Trung tâm Tin học không phải báo cáo kỳ này" in result.stdout
    )
    figures = danvan(root, "figures", "--period", "h1", "--as-of", "30/5/2026", "--format", "csv")
    assert "hoi-nghi,Hội nghị,cuộc,4," in figures.stdout
    assert ",1,2" in figures.stdout


def test_what_none_of_its_units_has_is_no_part_of_its_report(
    root: Path, file_report: ReportWriter
) -> None:
    plan = root / "plan.yaml"
    plan.write_text(OF_SOME.replace("units: [so]", "units: [tong-hop]"), encoding="utf-8")
    figures = danvan(root, "figures", "--period", "h1", "--format", "csv").stdout.splitlines()
    assert [line.split(",")[0] for line in figures[1:]] == ["hoi-nghi"]
    text = danvan(root, "report", "--period", "h1", "--draft").stdout
    assert "\n1. Tuyên truyền\n" in text
    assert "Tiếp công dân" not in text
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {don: 4}\n")
    assert "chỉ tiêu “don” chỉ giao cho các đơn vị không báo cáo kỳ này" in (
        danvan(root, "validate").stdout
    )


def test_no_form_is_made_for_another_unit(root: Path) -> None:
    result = danvan(root, "form", "tin-hoc", "--period", "h1")
    assert result.exit_code == 2
    assert "Trung tâm Tin học không phải báo cáo kỳ “h1”" in result.stderr
    assert danvan(root, "form", "tin-hoc", "--period", "annual").exit_code == 0


def test_a_period_whose_units_are_all_gone_is_told(root: Path) -> None:
    plan = root / "plan.yaml"
    gone = OF_SOME.replace("units: [so]", "units: [tin-hoc]")
    gone = gone.replace("short: TTTH}", "short: TTTH, until: 2026-03-31}")
    plan.write_text(gone, encoding="utf-8")
    told = "P359: đến hạn của kỳ này, không đơn vị nào trong danh sách đang hoạt động"
    assert told in danvan(root, "validate").stdout


def test_an_unknown_unit_of_a_period_is_told_at_its_place(root: Path) -> None:
    plan = root / "plan.yaml"
    plan.write_text(OF_SOME.replace("units: [so]", "units: [so, tin-hco]"), encoding="utf-8")
    assert "P305: kế hoạch không có đơn vị “tin-hco”" in danvan(root, "validate").stdout
