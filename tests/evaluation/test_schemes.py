"""Five ways in which offices rate their units, written in criteria.yaml without any code."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from typer.testing import CliRunner

from danvan_cli.cli import app
from small_workspace import ANNUAL, CRITERIA, RATING, changed, write

UNIT = "ban-tiep-cong-dan"
CLASSES = [{"id": "tot", "name": "Tốt", "from": "75"}, {"id": "kha", "name": "Khá", "from": "50"}]


def council(ids: Sequence[str], points: Sequence[str]) -> list[dict[str, str]]:
    """Criteria that the council scores."""
    return [
        {"id": name, "text": f"Tiêu chí {name}", "points": most, "by": "council"}
        for name, most in zip(ids, points, strict=True)
    ]


def groups(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": "1", "title": "Các tiêu chí", "criteria": criteria}]


def rated(
    root: Path, criteria: dict[str, Any], scores: dict[str, Any], report: str = ""
) -> dict[str, Any]:
    """What `danvan rate` says of the unit, whose files are all without a fault."""
    files = {
        CRITERIA: yaml.safe_dump({"period": "annual", "classes": CLASSES} | criteria),
        RATING: yaml.safe_dump(scores),
        ANNUAL: changed(ANNUAL, report),
    }
    write(root, files)
    as_of = ("--as-of", "20/11/2026")
    told = CliRunner().invoke(app, ["-C", str(root), "validate", *as_of])
    assert not any(code in told.stdout for code in (" P3", " R49")), told.stdout
    result = CliRunner().invoke(app, ["-C", str(root), "rate", "--format", "json", *as_of])
    assert result.exit_code == 0, result.stderr
    units: list[dict[str, Any]] = json.loads(result.stdout)["units"]
    return next(unit for unit in units if unit["unit"] == UNIT)


def test_325_points_of_40_items_told_out_of_100(tmp_path: Path) -> None:
    ids = [f"1.{place}" for place in range(1, 41)]
    most = ["8"] * 39 + ["13"]
    criteria = {"scale": 325, "out_of": 100, "groups": groups(council(ids, most))}
    given = {name: {"points": "7"} for name in ids}
    unit = rated(tmp_path, criteria, {"council": {UNIT: given}})
    assert (unit["gained"], unit["possible"]) == (280, 325)
    assert (unit["total"], unit["class"]) == (86.2, "tot")


def test_three_points_automatic_and_seven_of_the_leader(tmp_path: Path) -> None:
    """0,2 less for each day late, 0,25 for each return; 7,0 of 10 by the leader."""
    by_program = [
        {"id": "1", "text": "Đúng hạn", "points": "2", "by": "auto"},
        {"id": "2", "text": "Không bị trả lại", "points": "1", "by": "auto"},
    ]
    by_program[0]["from"] = {"timeliness": {"per_day": "0,2"}}  # type: ignore[assignment]
    by_program[1]["from"] = {"returned": {"each": "0,25"}}  # type: ignore[assignment]
    criteria = {
        "scale": "10",
        "groups": groups([*by_program, *council(["3"], ["7"])]),
        "classes": [{"id": "tot", "name": "Tốt", "from": "8"}],
    }
    scores = {"council": {UNIT: {"3": {"points": "6,5"}}}}
    late = rated(tmp_path / "a", criteria, scores, "received: 03/11/2026")
    assert (late["total"], late["class"]) == (9.1, "tot")
    returned = rated(
        tmp_path / "b", criteria, scores, "returned: {date: 05/11/2026, reason: Thiếu}"
    )
    assert returned["total"] == 8.3, "one report of two in time, one return"


def test_two_bands_of_a_hundred_with_a_ceiling(tmp_path: Path) -> None:
    criteria = {
        "scale": 100,
        "groups": groups(council(["1", "2"], ["60", "40"])),
        "deductions": [{"id": "ky-luat", "text": "Có người bị kỷ luật", "points": "1"}],
        "ceilings": [{"when": "ky-luat", "class": "kha"}],
    }
    scores = {"council": {UNIT: {"1": {"points": "55"}, "2": {"points": "35"}}}}
    assert rated(tmp_path / "a", criteria, scores)["class"] == "tot"
    taken = {"deductions": {UNIT: {"ky-luat": {"reason": "Quyết định số 7"}}}}
    unit = rated(tmp_path / "b", criteria, scores | taken)
    assert (unit["total"], unit["class"]) == (89, "kha")


def test_six_criteria_of_two_weights(tmp_path: Path) -> None:
    ids = ["1", "2", "3", "4", "5", "6"]
    criteria = {
        "scale": 100,
        "groups": groups(council(ids, ["10", "10", "20", "20", "20", "20"])),
        "explain_from": "0,5",
    }
    points = ["9,5", "10", "18", "17,5", "20", "15"]
    given = {name: {"points": each} for name, each in zip(ids, points, strict=True)}
    assert rated(tmp_path, criteria, {"council": {UNIT: given}})["total"] == 90


def test_a_scale_of_85_for_units_without_a_criterion(tmp_path: Path) -> None:
    """68 of 85 points are 80,0 of 100."""
    one_stop = {"id": "2", "text": "Một cửa", "points": "15", "by": "council"}
    criteria = {
        "scale": 100,
        "groups": groups(
            [*council(["1"], ["85"]), one_stop | {"applies_to": ["hanh-chinh"]}],
        ),
    }
    unit = rated(tmp_path, criteria, {"council": {UNIT: {"1": {"points": "68"}}}})
    assert (unit["gained"], unit["possible"], unit["total"]) == (68, 85, 80)
