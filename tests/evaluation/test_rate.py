"""`danvan rate`: points by the office's criteria, each with its reason and its line."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from danvan_cli.cli import app
from places import ROOT
from small_workspace import ANNUAL, CRITERIA, H1, RATING, changed, write

UNIT = "ban-tiep-cong-dan"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments, "--as-of", "20/11/2026"])


def rated(root: Path, *arguments: str) -> Any:
    result = danvan(root, "rate", "--format", "json", *arguments)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def workspace(root: Path, changes: Mapping[str, str] | None = None) -> Path:
    """The small workspace with its criteria and scores, and these excerpts in its files."""
    excerpts = {CRITERIA: "", RATING: "", **(changes or {})}
    return write(root, {name: changed(name, excerpt) for name, excerpt in excerpts.items()})


def criteria_of(found: Any) -> dict[str, Any]:
    return {each["id"]: each for each in found["criteria"]}


def test_a_point_has_its_reason_and_its_line(tmp_path: Path) -> None:
    found = criteria_of(rated(workspace(tmp_path), "--unit", UNIT))
    assert found["1.1"]["points"] == 6.00
    assert found["1.1"]["reason"] == (
        "6 tháng đầu năm 3: nhận 29/5/2026, hạn 01/6/2026; "
        "cả năm 3: nhận 28/10/2026, hạn 01/11/2026"
    )
    assert [Path(place["file"]).name for place in found["1.1"]["places"]] == [f"{UNIT}.yaml"] * 2
    lines = (tmp_path / ANNUAL).read_text("utf-8").splitlines()
    assert lines[found["1.1"]["places"][1]["line"] - 1] == "submitted: 28/10/2026"
    assert found["2.1"]["reason"] == "Đơn đã xử lý 80/90, đạt 88,89%"
    assert found["2.1"]["points"] == 3.5


def test_the_council_goes_before_the_unit_and_says_why(tmp_path: Path) -> None:
    found = criteria_of(rated(workspace(tmp_path), "--unit", UNIT))
    assert (found["1.2"]["points"], found["1.2"]["own"]) == (3.50, 4)
    assert found["2.2"]["reason"] == "Còn đơn để quá hạn trả lời."
    place = found["2.2"]["places"][0]
    lines = (tmp_path / RATING).read_text("utf-8").splitlines()
    assert "'2.2'" in lines[place["line"] - 1]


@pytest.mark.parametrize(
    ("report", "points"),
    [
        ("received: 01/11/2026", 6.00),
        ("received: 03/11/2026", 5.00),
        ("received: 19/11/2026", 3.00),
        ("submitted: ", 3.00),
    ],
)
def test_days_late_cost_points_until_nothing_is_left(
    report: str, points: float, tmp_path: Path
) -> None:
    """Two reports share six points; a day costs half a point."""
    root = workspace(tmp_path, {ANNUAL: report})
    assert criteria_of(rated(root, "--unit", UNIT))["1.1"]["points"] == points


def test_an_extension_counts_as_in_time(tmp_path: Path) -> None:
    plan = f"periods: {{annual: {{extensions: [{{units: [{UNIT}], by: 03/11/2026, reason: A}}]}}}}"
    root = workspace(tmp_path, {ANNUAL: "received: 03/11/2026", "plan.yaml": plan})
    found = criteria_of(rated(root, "--unit", UNIT))["1.1"]
    assert found["points"] == 6.00
    assert "gia hạn đến 03/11/2026" in found["reason"]


def test_a_unit_that_began_in_the_year_is_judged_by_the_periods_it_was_there(
    tmp_path: Path,
) -> None:
    plan = f"units: [{{id: {UNIT}, from: 01/7/2026}}]"
    root = workspace(tmp_path, {"plan.yaml": plan})
    (root / H1).unlink()
    found = criteria_of(rated(root, "--unit", UNIT))["1.1"]
    assert found["points"] == 6.00
    assert found["reason"] == "nhận 28/10/2026, hạn 01/11/2026"


def test_what_does_not_concern_a_unit_is_left_out_and_the_rest_scaled(tmp_path: Path) -> None:
    """hanh-chinh has no letters to handle, so 15 of the 20 points are open to it."""
    scores = "council: {hanh-chinh: {'1.2': {points: '4'}, '2.2': {points: '4,5'}}}"
    root = workspace(tmp_path, {RATING: scores})
    of_other = changed(ANNUAL, "indicators:").replace(UNIT, "hanh-chinh")
    (root / "reports/2026/annual/hanh-chinh.yaml").write_text(of_other, encoding="utf-8")
    unit = next(each for each in rated(root)["units"] if each["unit"] == "hanh-chinh")
    assert (unit["gained"], unit["possible"], unit["scaled"]) == (14.50, 15, 19.3)


def test_points_to_come_make_the_result_provisional(tmp_path: Path) -> None:
    found = rated(workspace(tmp_path, {RATING: f"council: {{{UNIT}: {{'2.2': }}}}"}))
    unit = next(each for each in found["units"] if each["unit"] == UNIT)
    assert unit["provisional"] and found["provisional"]
    table = danvan(tmp_path, "rate").stdout
    assert "tạm tính" in table
    assert "còn chờ điểm của tiêu chí: " in table


def test_a_ceiling_lowers_the_class_and_says_why(tmp_path: Path) -> None:
    before = rated(workspace(tmp_path / "a"), "--unit", UNIT)
    assert before["class"] == "tot"
    taken = f"deductions: {{{UNIT}: {{tru-ky-luat: {{reason: Quyết định số 7}}}}}}"
    better = "classes: [{id: tot, from: '11'}]"
    after = rated(workspace(tmp_path / "b", {RATING: taken, CRITERIA: better}), "--unit", UNIT)
    assert after["class"] == "kha"
    assert "bị khống chế: Có người bị xử lý kỷ luật" in after["why"]
    assert float(before["total"]) - float(after["total"]) == 5


def test_an_appeal_that_is_decided_holds(tmp_path: Path) -> None:
    appeal = (
        f"appeals: [{{unit: {UNIT}, criterion: '2.2', on: 10/11/2026, reason: Đã trả lời đủ., "
        "decided: 12/11/2026, points: '5'}]"
    )
    found = criteria_of(rated(workspace(tmp_path, {RATING: appeal}), "--unit", UNIT))["2.2"]
    assert found["points"] == 5.00
    assert found["reason"] == "theo kiến nghị: Đã trả lời đủ."


def test_what_the_council_gives_the_coordinator_is_for_others_to_look_at(tmp_path: Path) -> None:
    """The same points; hanh-chinh prepares the papers of those who judge it."""
    scores = "council: {hanh-chinh: {'1.2': {points: '4'}, '2.2': {points: '4,5'}}}"
    root = workspace(tmp_path, {RATING: scores})
    flagged = {each["unit"]: each["for_outsiders"] for each in rated(root)["units"]}
    assert flagged == {UNIT: [], "hanh-chinh": ["1.2", "2.2"]}
    found = criteria_of(rated(root, "--unit", "hanh-chinh"))
    assert [name for name, each in found.items() if each["needs_outsider"]] == ["1.2", "2.2"]
    of_unit = danvan(root, "rate", "--unit", "hanh-chinh").stdout
    assert of_unit.count("người ngoài đơn vị phải thẩm định điểm này") == 2
    table = danvan(root, "rate").stdout
    assert "là đơn vị đầu mối: điểm Hội đồng chấm (1.2, 2.2) phải do người ngoài" in table


ONLY_TIMELINESS = """\
period: annual
scale: 6
groups:
  - id: '1'
    title: Chế độ báo cáo
    criteria:
      - id: '1.1'
        text: Gửi báo cáo đúng hạn
        points: 6
        by: auto
        from: {timeliness: {per_day: '0,5'}}
classes:
  - {id: tot, name: Tốt, from: 5, at_most: 50%}
  - {id: kha, name: Khá, from: 3}
"""


def test_equal_totals_share_a_rank_and_stay_together(tmp_path: Path) -> None:
    """Of two equal units a class for half of them takes neither."""
    root = write(tmp_path, {CRITERIA: ONLY_TIMELINESS, RATING: "self:\n"})
    of_other = changed(ANNUAL, "indicators:").replace(UNIT, "hanh-chinh")
    (root / "reports/2026/annual/hanh-chinh.yaml").write_text(of_other, encoding="utf-8")
    units = rated(root)["units"]
    assert [(each["rank"], each["class"]) for each in units] == [(1, "kha"), (1, "kha")]
    assert all("không quá 50% số đơn vị" in each["why"] for each in units)


def test_a_report_that_is_missing_costs_more_each_day(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / ANNUAL).unlink()
    found = CliRunner().invoke(
        app, ["-C", str(root), "rate", "--what-if", "--format", "json", "--as-of", "3/11/2026"]
    )
    cost = next(each for each in json.loads(found.stdout)["units"] if each["unit"] == UNIT)
    points = [cost[name] for name in ("most", "today", "tomorrow", "never")]
    assert points == [3, 2.0, 1.5, 0]
    assert cost["depending"] == ["2.1"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({CRITERIA: "scale: '21'"}, "criteria.yaml có 1 lỗi"),
        ({RATING: f"council: {{{UNIT}: {{'2.2': {{points: '9'}}}}}}"}, "_rating.yaml"),
    ],
)
def test_errors_are_told_before_anything_is_computed(
    changes: Mapping[str, str], message: str, tmp_path: Path
) -> None:
    result = danvan(workspace(tmp_path, changes), "rate")
    assert result.exit_code == 2
    assert message in result.stderr and "danvan validate" in result.stderr


def test_without_criteria_it_says_what_to_write(tmp_path: Path) -> None:
    result = danvan(write(tmp_path), "rate")
    assert result.exit_code == 2
    assert "chưa có criteria.yaml" in result.stderr


@pytest.mark.parametrize("format", ["table", "csv", "markdown"])
@pytest.mark.parametrize("options", [(), ("--unit", UNIT), ("--what-if",)])
def test_every_form_of_the_output_has_the_unit_or_its_criteria(
    format: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    result = danvan(workspace(tmp_path), "rate", "--format", format, *options)
    assert result.exit_code == 0, result.stderr
    assert ("1.1" if options else "Tiếp công dân") in result.stdout


def test_the_sample_is_rated() -> None:
    result = CliRunner().invoke(
        app, ["-C", str(ROOT), "rate", "--format", "json", "--as-of", "5/11/2026"]
    )
    units = json.loads(result.stdout)["units"]
    assert len(units) == 12
    assert [each["rank"] for each in units[-3:]] == [None, None, None]
    assert sum(each["class"] == "xuat-sac" for each in units) == 1


def test_units_with_one_reason_are_told_in_one_line() -> None:
    result = CliRunner().invoke(app, ["-C", str(ROOT), "rate", "--as-of", "5/11/2026"])
    assert result.stdout.count("không quá 20% số đơn vị") == 1
    assert "KSTT, BTCD, KG-VX, HC-TC, TH: không quá 20%" in result.stdout


def test_what_a_missing_report_costs_names_criteria_in_their_order() -> None:
    arguments = ["-C", str(ROOT), "rate", "--what-if", "--as-of", "5/11/2026"]
    result = CliRunner().invoke(app, arguments)
    assert result.stdout.splitlines()[-1].endswith("không có điểm: 1.4, 2.1, 2.2, 3.2, 4.1, 5.3.")
