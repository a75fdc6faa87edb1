"""`danvan trace`: from the combined report back to unit, line and commit."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from danvan_cli.files.workspace import read_plan
from git_repository import Git, clone
from places import ROOT

AS_OF = ("--as-of", "10/6/2026")


@pytest.fixture(autouse=True)
def current_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workspace; a test may go elsewhere."""
    monkeypatch.chdir(root)


@pytest.fixture
def git(root: Path) -> Git:
    """The workspace as a repository; its plan is committed."""
    git = Git(root)
    git.commit("2026-01-05")
    return git


def danvan(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def trace(what: str, *arguments: str) -> Any:
    result = danvan("trace", what, "--period", "h1", "--format", "json", *AS_OF, *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_figure_leads_to_each_units_line_and_commit(git: Git, file_report: ReportWriter) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators:\n  hoi-nghi: 1200\n")
    first = git.commit("2026-05-29", "Trần Thị Bình")
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 34}\n")
    second = git.commit("2026-05-30", "Lê Cường")
    assert trace("hoi-nghi") == {
        "kind": "indicator",
        "id": "hoi-nghi",
        "name": "Hội nghị",
        "measure": "cuộc",
        "period": "h1",
        "total": 1234,
        "estimated": [],
        "computed_from": [],
        "parts": [
            {
                "unit": "tong-hop",
                "value": 1200,
                "file": "reports/2026/h1/tong-hop.yaml",
                "line": 6,
                "origin": "committed",
                "commit": first,
                "day": "2026-05-29",
                "author_day": "2026-05-29",
                "author": "Trần Thị Bình",
            },
            {
                "unit": "tin-hoc",
                "value": 34,
                "file": "reports/2026/h1/tin-hoc.yaml",
                "line": 5,
                "origin": "committed",
                "commit": second,
                "day": "2026-05-30",
                "author_day": "2026-05-30",
                "author": "Lê Cường",
            },
        ],
        "absent": [{"unit": "tiep-dan", "why": "quá hạn 9 ngày"}],
    }
    text = danvan("trace", "hoi-nghi", "--period", "h1", *AS_OF).stdout
    assert "HỘI NGHỊ (CUỘC)" in text
    assert (
        "  1.200  Phòng Tổng hợp\n"
        f"         reports/2026/h1/tong-hop.yaml:6, {first[:7]} 29/5/2026 Trần Thị Bình\n"
        "     34  Trung tâm Tin học\n"
        f"         reports/2026/h1/tin-hoc.yaml:5, {second[:7]} 30/5/2026 Lê Cường\n"
        "  1.234  Tổng cộng (khớp báo cáo tổng hợp)\n"
    ) in text
    assert "Chưa có số liệu của: Ban Tiếp công dân (quá hạn 9 ngày).\n" in text


@pytest.mark.parametrize("period", ["h1", "annual"])
def test_the_parts_of_every_figure_of_the_sample_stand_on_their_lines_and_add_up(
    monkeypatch: pytest.MonkeyPatch, period: str
) -> None:
    monkeypatch.chdir(ROOT)
    plan = read_plan(ROOT / "plan.yaml").plan
    assert plan is not None
    for indicator in plan.indicators:
        found = trace(indicator.id, "--period", period, "--as-of", "23/11/2026")
        assert sum(part["value"] for part in found["parts"]) == found["total"]
        for part in found["parts"]:
            line = Path(part["file"]).read_text("utf-8").splitlines()[part["line"] - 1]
            assert re.fullmatch(rf" +{indicator.id}: 0*{part['value']}\b.*", line)


def test_the_commit_is_the_one_that_brought_the_figure_not_the_last_to_touch_the_line(
    git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    git.commit("2026-05-28")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    brought = git.commit("2026-05-29")
    path = file_report(
        "tong-hop",
        text="submitted: 29/5/2026\nleadership: đã họp\n# ghi chú\nindicators:\n  'hoi-nghi': 03\n",
    )
    git.commit("2026-05-30")
    git("mv", str(path), str(path.with_suffix(".yml")))
    git.commit("2026-05-31")
    (part,) = trace("hoi-nghi")["parts"]
    assert (part["file"], part["line"]) == ("reports/2026/h1/tong-hop.yml", 8)
    assert part["commit"] == brought


def test_a_figure_that_is_not_committed_says_so(git: Git, file_report: ReportWriter) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    git.commit("2026-05-29")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 4}\n")
    found = trace("hoi-nghi")
    assert found["total"] == 7
    assert [(part["origin"], part["commit"]) for part in found["parts"]] == [
        ("uncommitted", None),
        ("uncommitted", None),
    ]
    text = danvan("trace", "hoi-nghi", "--period", "h1", *AS_OF).stdout
    assert text.count("chưa ghi vào git") == 2


def test_other_changes_to_a_file_do_not_make_its_figure_uncommitted(
    git: Git, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    commit = git.commit("2026-05-29")
    file_report("tong-hop", text="submitted: 30/5/2026\nindicators: {hoi-nghi: 2}\n")
    assert trace("hoi-nghi")["parts"][0]["commit"] == commit


def test_without_git_the_lines_are_still_told(file_report: ReportWriter) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    (part,) = trace("hoi-nghi")["parts"]
    assert (part["line"], part["origin"], part["commit"]) == (5, "unknown", None)
    text = danvan("trace", "hoi-nghi", "--period", "h1", *AS_OF).stdout
    assert "Không có lịch sử: thư mục này chưa được quản lý bằng git\n" in text
    assert "tong-hop.yaml:5, không rõ lần ghi vào git\n" in text


def test_in_a_shallow_clone_an_older_figure_has_no_commit(
    root: Path, git: Git, file_report: ReportWriter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    git.commit("2026-05-28")
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\nlessons: [a]\n")
    git.commit("2026-05-29")
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 4}\n")
    new = git.commit("2026-05-30")
    clone(root, tmp_path / "nong", "--depth=2")
    monkeypatch.chdir(tmp_path / "nong")
    parts = trace("hoi-nghi")["parts"]
    assert [(part["origin"], part["commit"]) for part in parts] == [
        ("older", None),
        ("committed", new),
    ]
    text = danvan("trace", "hoi-nghi", "--period", "h1", *AS_OF).stdout
    assert "chỉ có phần cuối của lịch sử" in text
    assert "tong-hop.yaml:5, ghi vào git chậm nhất 29/5/2026\n" in text


def test_only_what_counts_on_the_day_has_a_part(file_report: ReportWriter) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2}\n")
    file_report("tiep-dan", text="submitted: 8/6/2026\nindicators: {hoi-nghi: 3}\n")
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: -1}\n")
    assert trace("hoi-nghi", "--as-of", "7/6/2026")["total"] == 2
    found = trace("hoi-nghi", "--as-of", "8/6/2026")
    assert found["total"] == 5
    assert found["absent"] == [{"unit": "tin-hoc", "why": "có lỗi"}]


def test_what_came_after_the_report_was_issued_has_no_part_in_it(
    file_report: ReportWriter,
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    file_report("tin-hoc", text="submitted: 8/6/2026\nindicators: {hoi-nghi: 4}\n")
    issue = ("issue", "--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026", "--force")
    assert trace("hoi-nghi")["total"] == 7
    assert danvan(*issue).exit_code == 0
    traced = trace("hoi-nghi")
    assert (traced["total"], len(traced["parts"])) == (3, 1)
    assert {"unit": "tin-hoc", "why": "muộn 7 ngày, gửi sau khi ban hành"} in traced["absent"]


def test_a_figure_that_is_no_longer_the_issued_one_is_pointed_out(
    file_report: ReportWriter,
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    danvan("issue", "--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026", "--force")
    traced = ("trace", "hoi-nghi", "--period", "h1")
    assert danvan(*traced).stderr == ""
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 4}\n")
    assert "Biểu số liệu nay đã khác báo cáo ban hành số 57/BC-VP" in danvan(*traced).stderr
    assert danvan("trace", "1.1", "--period", "h1").stderr == ""


def test_changed_words_of_a_task_with_a_heading_of_its_own_are_pointed_out(
    file_report: ReportWriter,
) -> None:
    done = "    status: done\n    summary: "
    text = (
        f"submitted: 29/5/2026\nresults:\n  1.1:\n{done}Đã họp {{}}.\n"
        f"  1.2:\n{done}Đã phát hành tài liệu.\n"
    )
    file_report("tong-hop", text=text.format("3 lần"))
    danvan("issue", "--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026", "--force")
    assert danvan("trace", "1.1", "--period", "h1").stderr == ""
    file_report("tong-hop", text=text.format("hai lần"))
    told = danvan("trace", "1.1", "--period", "h1").stderr
    assert "Mục 1 nay đã khác báo cáo ban hành số 57/BC-VP" in told
    assert "hai" in told
    assert danvan("trace", "1.2", "--period", "h1").stderr == ""


def test_a_unit_that_reported_without_the_figure_is_told(file_report: ReportWriter) -> None:
    file_report("tong-hop")
    found = trace("hoi-nghi")
    assert (found["total"], found["parts"]) == (None, [])
    assert found["absent"][0] == {"unit": "tong-hop", "why": "không ghi số liệu"}
    text = danvan("trace", "hoi-nghi", "--period", "h1", *AS_OF).stdout
    assert "  -  Tổng cộng (khớp báo cáo tổng hợp)\n" in text


def test_a_units_own_indicator_is_owed_by_that_unit_only(file_report: ReportWriter) -> None:
    file_report("tong-hop")
    assert trace("don")["absent"] == [{"unit": "tiep-dan", "why": "quá hạn 9 ngày"}]


def test_a_task_leads_to_each_units_words_and_commit(git: Git, file_report: ReportWriter) -> None:
    file_report(
        "tong-hop",
        text="submitted: 29/5/2026\nresults:\n"
        "  1.1:\n    status: done\n    summary: |\n      Đã họp 3 lần.\n      Đã tập huấn.\n",
    )
    commit = git.commit("2026-05-29", "Trần Thị Bình")
    file_report("tin-hoc", text="submitted: 29/5/2026\nresults: {1.1: {status: none_arisen}}\n")
    found = trace("1.1")
    assert (found["kind"], found["section"], found["text"]) == ("task", "1", "Tổ chức hội nghị.")
    assert found["office"] is None
    assert found["parts"][0] == {
        "unit": "tong-hop",
        "status": "done",
        "summary": "Đã họp 3 lần.\nĐã tập huấn.",
        "file": "reports/2026/h1/tong-hop.yaml",
        "line": 6,
        "origin": "committed",
        "commit": commit,
        "day": "2026-05-29",
        "author_day": "2026-05-29",
        "author": "Trần Thị Bình",
    }
    assert found["parts"][1]["status"] == "none_arisen"
    assert found["absent"] == [{"unit": "tiep-dan", "why": "quá hạn 9 ngày"}]
    text = danvan("trace", "1.1", "--period", "h1", *AS_OF).stdout
    assert (
        "Phòng Tổng hợp: hoàn thành\n"
        f"  reports/2026/h1/tong-hop.yaml:6, {commit[:7]} 29/5/2026 Trần Thị Bình\n"
        "  Đã họp 3 lần.\n"
        "  Đã tập huấn.\n"
    ) in text
    assert "Trung tâm Tin học: không phát sinh\n" in text


def test_words_of_the_office_in_place_of_the_units_are_told(
    git: Git, file_report: ReportWriter
) -> None:
    path = file_report("tong-hop", text="submitted: 29/5/2026\nresults: {1.1: {status: done}}\n")
    office = path.with_name("_office.yaml")
    office.write_text("leadership: Đã họp.\nsections:\n  1: Lời của cơ quan.\n", encoding="utf-8")
    commit = git.commit("2026-05-29")
    assert trace("1.1")["office"] == {
        "file": "reports/2026/h1/_office.yaml",
        "line": 3,
        "origin": "committed",
        "commit": commit,
        "day": "2026-05-29",
        "author_day": "2026-05-29",
        "author": "Nguyễn Văn An",
    }
    assert trace("2.1")["office"] is None
    text = danvan("trace", "1.1", "--period", "h1", *AS_OF).stdout
    assert "mục 1 dùng nội dung do cơ quan viết: reports/2026/h1/_office.yaml:3, " in text


@pytest.mark.parametrize(
    ("what", "hint"),
    [
        ("hoinghi", "ý bạn là “hoi-nghi”?"),
        ("Đơn đã xử lí", "ý bạn là “don-xong”?"),
        ("1.11", "ý bạn là “1.1”?"),
        ("xyz", "các chỉ tiêu: hoi-nghi, don, don-xong; các nhiệm vụ: 1.1, 1.2, 2.1."),
    ],
)
def test_an_unknown_name_is_told_with_what_may_be_meant(what: str, hint: str) -> None:
    result = danvan("trace", what, "--period", "h1")
    assert result.exit_code == 2
    assert f"kế hoạch không có chỉ tiêu hay nhiệm vụ “{what}”" in result.stderr
    assert hint in result.stderr


def test_an_unknown_period_is_told() -> None:
    result = danvan("trace", "hoi-nghi", "--period", "h2")
    assert result.exit_code == 2
    assert "kế hoạch không có kỳ báo cáo “h2”" in result.stderr
