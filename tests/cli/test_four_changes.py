"""The sample's year with four changes at once: more time, a merger, a new task, a slip."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from danvan_cli.cli import app
from places import ROOT

AFTER = ("--as-of", "10/11/2026")
ANNUAL = "reports/2026/annual"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def ask(root: Path, *arguments: str) -> Any:
    return json.loads(danvan(root, *arguments, "--format", "json").stdout)


def replace_in(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    for name in ("plan.yaml", "reports", "so"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.exists():
            shutil.copy(source, root)
    (root / ANNUAL / "doi-ngoai.yaml").unlink()
    amended = "{number: 88/KH-VP, issued: 2026-07-01, subject: sửa đổi Kế hoạch công tác dân vận}"
    new_task = "{id: '2.4', text: Chuyển đổi số., from: 2026-07-01, amended_by: 88/KH-VP}"
    more_time = "{units: [kinh-te], by: 2026-11-03, reason: Xử lý bão lũ, granted: 2026-10-30}"
    replace_in(
        root / "plan.yaml",
        {
            "\norganization:\n": f"\namendments: [{amended}]\norganization:\n",
            "  - id: '3'\n": f"      - {new_task}\n  - id: '3'\n",
            "    email: dn@example.com\n": "    email: dn@example.com\n    until: 2026-06-30\n"
            "    into: [tong-hop]\n    carry: add\n",
            "    unit_deadline: {before: 2026-11-02}\n": "    unit_deadline: {before: 2026-11-02}\n"
            f"    extensions: [{more_time}]\n",
        },
    )
    replace_in(
        root / ANNUAL / "ban-tiep-cong-dan.yaml",
        {"luot-tiep-cong-dan: 1067": "luot-tiep-cong-dan: 64000"},
    )
    return root


def test_what_was_issued_before_is_still_the_same(root: Path) -> None:
    assert danvan(root, "report", "--period", "h1").exit_code == 0
    assert "2.4" not in danvan(root, "report", "--period", "h1", "--draft").stdout


def test_no_total_of_the_year_is_below_the_half_years(root: Path) -> None:
    half, year = (
        {row["id"]: row for row in ask(root, "figures", "--period", period, *AFTER)["indicators"]}
        for period in ("h1", "annual")
    )
    whole = [name for name, row in year.items() if not row["missing"]]
    assert whole
    assert all(year[name]["figure"] >= half[name]["figure"] for name in whole)
    assert "R432" not in danvan(root, "validate", *AFTER).stdout


def test_status_tells_more_time_and_who_took_over(root: Path) -> None:
    text = danvan(root, "status", "--as-of", "2/11/2026").stdout
    assert re.search(r"Phòng Kinh tế +đúng hạn +gia hạn đến 03/11/2026", text)
    assert re.search(r"Phòng Tổng hợp \(gồm Phòng Đối ngoại\) +TH đúng hạn; ĐN muộn 2 ngày", text)
    overdue = ask(root, "overdue", "--as-of", "2/11/2026")
    assert "kinh-te" not in {each["unit"] for each in overdue}


def test_the_new_task_is_owed_for_the_year_only(root: Path) -> None:
    problems = ask(root, "validate", *AFTER)
    missing = {
        problem["file"].replace("\\", "/").split("reports/2026/")[1].split("/")[0]
        for problem in problems
        if problem["code"] == "R408" and "2.4" in problem["message"]
    }
    assert missing == {"annual"}


def test_64000_is_doubtful_until_it_is_answered(root: Path, tmp_path: Path) -> None:
    told = danvan(root, "figures", "--period", "annual", "--doubtful", *AFTER).stdout
    assert "64.000, gấp 62 lần cùng kỳ năm 2025 (1.036)" in told
    answered = Path(shutil.copytree(root, tmp_path / "s"))
    note = "  luot-tiep-cong-dan: Tính cả lượt trực tuyến\n"
    replace_in(answered / ANNUAL / "ban-tiep-cong-dan.yaml", {"\nnotes:\n": f"\nnotes:\n{note}"})
    assert "R481" not in danvan(answered, "validate", *AFTER).stdout
