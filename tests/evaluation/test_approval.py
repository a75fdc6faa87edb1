"""`danvan rate --approve`: the result as approved, after which only an appeal changes points."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from danvan_cli.cli import app
from small_workspace import ANNUAL, CRITERIA, RATING, changed, write

UNIT = "ban-tiep-cong-dan"
APPEAL = (
    f"appeals:\n  - {{unit: {UNIT}, criterion: '2.2', on: 22/11/2026, reason: Đã trả lời đủ., "
    "decided: {}, points: '5'}\n"
)


def danvan(root: Path, *arguments: str, day: str = "21/11/2026") -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments, "--as-of", day])


def approve(root: Path, *options: str, number: str = "60/QĐ-VP", day: str = "20/11/2026") -> Result:
    return danvan(root, "rate", "--approve", number, "--date", day, *options)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    scores = "# Hội đồng họp ngày 18/11\n" + changed(RATING, "")
    return write(
        tmp_path, {CRITERIA: changed(CRITERIA, "not_classed: [no_report]"), RATING: scores}
    )


def add(root: Path, text: str) -> None:
    path = root / RATING
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def test_the_totals_are_written_and_the_file_stays_as_it_was(root: Path) -> None:
    before = (root / RATING).read_text("utf-8")
    preview = approve(root, "--dry-run")
    assert (root / RATING).read_text("utf-8") == before
    result = approve(root)
    assert result.exit_code == 0, result.stderr
    assert "chỉ kiến nghị" in result.stderr
    text = (root / RATING).read_text("utf-8")
    assert text == preview.stdout
    assert text.removeprefix(before) == (
        "approved:\n  'on': 20/11/2026\n  decision:\n    number: 60/QĐ-VP\n    issued: 20/11/2026\n"
        f"  totals:\n    {UNIT}: '17,5'\n"
    )
    assert approve(root).exit_code == 0, "the same again"
    shown = danvan(root, "rate")
    assert shown.exit_code == 0
    assert "Đã phê duyệt ngày 20/11/2026 theo Quyết định số 60/QĐ-VP." in shown.stdout
    assert "tạm tính" not in shown.stdout


def test_another_score_is_an_error_with_both_totals(root: Path) -> None:
    approve(root)
    text = (root / RATING).read_text("utf-8")
    (root / RATING).write_text(text.replace("points: '4,5'", "points: '3'"), encoding="utf-8")
    result = danvan(root, "rate")
    assert result.exit_code == 1
    line = next(i for i, row in enumerate(text.splitlines(), 1) if "'17,5'" in row)
    assert f"_rating.yaml:{line}:" in result.stderr
    assert "lỗi R496: Ban Tiếp công dân: 17,5 điểm" in result.stderr
    assert "nay tính ra 16,0 điểm" in result.stderr
    checked = danvan(root, "validate")
    assert checked.exit_code == 1 and checked.stdout.count("R496") == 1
    assert danvan(root, "rate", day="19/11/2026").exit_code == 0, "before it was approved"


def test_an_appeal_that_is_decided_since_changes_points(root: Path) -> None:
    approve(root)
    add(root, APPEAL.replace("{}", "25/11/2026"))
    result = danvan(root, "rate", "--format", "json", day="26/11/2026")
    assert result.exit_code == 0, result.stderr
    unit = next(each for each in json.loads(result.stdout)["units"] if each["unit"] == UNIT)
    assert (unit["approved"], unit["total"]) == (17.5, 18)
    text = (root / RATING).read_text("utf-8")
    (root / RATING).write_text(text.replace("points: '3,5'", "points: '2'"), encoding="utf-8")
    both = danvan(root, "rate", day="26/11/2026")
    assert both.exit_code == 1 and "16,0 điểm" in both.stderr, "an appeal hides no other change"


def test_what_comes_after_the_day_of_approval_changes_nothing(root: Path) -> None:
    approve(root)
    of_other = changed(ANNUAL, "submitted: 24/11/2026").replace(UNIT, "hanh-chinh")
    (root / "reports/2026/annual/hanh-chinh.yaml").write_text(of_other, encoding="utf-8")
    assert danvan(root, "rate", day="26/11/2026").exit_code == 0


def test_a_result_with_points_to_come_is_not_approved(tmp_path: Path) -> None:
    scores = changed(RATING, f"council: {{{UNIT}: {{'2.2': }}}}")
    root = write(tmp_path, {CRITERIA: changed(CRITERIA, ""), RATING: scores})
    result = approve(root)
    assert result.exit_code == 2
    assert "Ban Tiếp công dân: còn chờ điểm của tiêu chí 2.2" in result.stderr
    assert "approved" not in (root / RATING).read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--approve", "60/QĐ-VP"), "chưa có ngày"),
        (("--date", "20/11/2026"), "thêm --approve"),
        (("--approve", "6/QĐ-VP", "--date", "20/11/2026"), "số nhỏ hơn 10"),
        (("--approve", "60/QĐ-VP", "--date", "30/11/2026"), "chưa đến"),
        (("--approve", "60/QĐ-VP", "--date", "01/11/2026"), "trước khi hết hạn"),
        (("--approve", "60/QĐ-VP", "--date", "20/11/2026", "--unit", UNIT), "--unit"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    options: tuple[str, ...], message: str, root: Path
) -> None:
    result = danvan(root, "rate", *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_another_decision_is_recorded_only_by_force(root: Path) -> None:
    approve(root)
    refused = approve(root, number="61/QĐ-VP")
    assert refused.exit_code == 2 and "60/QĐ-VP" in refused.stderr
    assert approve(root, "--force", number="61/QĐ-VP").exit_code == 0
    assert "61/QĐ-VP" in (root / RATING).read_text("utf-8")
