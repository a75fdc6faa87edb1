"""`danvan status` and `danvan overdue`, as a user and as another program see them."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter
from danvan_cli.cli import app
from places import ROOT


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own plan and reports, copied."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "plan.yaml", folder)
    shutil.copytree(ROOT / "reports", folder / "reports")
    return folder


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def status_json(folder: Path, *arguments: str) -> Any:
    result = danvan(folder, "status", "--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


SAMPLE_DAYS = [
    # day, then h1's and annual's counts in the order of the JSON (zero ones left out), and offices
    (
        "2026-06-01",
        {"on_time": 10, "pending": 2},
        {"pending": 12},
        ("pending", 3),
        ("pending", 156),
    ),
    (
        "2026-06-02",
        {"on_time": 10, "overdue": 2},
        {"pending": 12},
        ("pending", 2),
        ("pending", 155),
    ),
    (
        "2026-06-03",
        {"on_time": 10, "late": 1, "overdue": 1},
        {"pending": 12},
        ("pending", 1),
        ("pending", 154),
    ),
    (
        "2026-06-05",
        {"on_time": 10, "late": 2},
        {"pending": 12},
        ("done", 0),
        ("pending", 152),
    ),
    (
        "2026-11-01",
        {"on_time": 10, "late": 2},
        {"on_time": 7, "pending": 5},
        ("done", 0),
        ("pending", 3),
    ),
    (
        "2026-11-02",
        {"on_time": 10, "late": 2},
        {"on_time": 7, "late": 1, "overdue": 4},
        ("done", 0),
        ("pending", 2),
    ),
    (
        "2026-11-23",
        {"on_time": 10, "late": 2},
        {"on_time": 7, "late": 2, "overdue": 3},
        ("done", 0),
        ("overdue", 19),
    ),
]


@pytest.mark.parametrize(("day", "h1", "annual", "h1_office", "annual_office"), SAMPLE_DAYS)
def test_the_sample_plan_stands_right_on_each_day(
    sample: Path,
    day: str,
    h1: dict[str, int],
    annual: dict[str, int],
    h1_office: tuple[str, int],
    annual_office: tuple[str, int],
) -> None:
    found = status_json(sample, "--as-of", day)
    for period, counts, office in zip(
        found["periods"], (h1, annual), (h1_office, annual_office), strict=True
    ):
        total = period["counts"].pop("total")
        assert {state: count for state, count in period["counts"].items() if count} == counts
        assert total == len(period["units"]) == 12
        assert (period["office"]["state"], period["office"]["days"]) == office


def test_the_json_has_the_keys_that_other_programs_rely_on(root: Path) -> None:
    found = status_json(root, "--as-of", "1/6/2026")
    assert list(found) == ["plan", "as_of", "periods", "tasks", "targets"]
    assert list(found["plan"]) == ["title", "year"]
    period = found["periods"][0]
    assert list(period) == [
        "id",
        "name",
        "unit_deadline",
        "office_deadline",
        "office",
        "counts",
        "units",
    ]
    assert period["unit_deadline"] == {
        "rule": "before",
        "date": "2026-06-02",
        "last_day": "2026-06-01",
        "last_working_day": "2026-06-01",
        "days_left": 0,
        "working_days_left": 0,
    }
    assert period["office"] == {"state": "pending", "issued": None, "days": 3}
    assert period["units"][0] == {
        "id": "tong-hop",
        "name": "Phòng Tổng hợp",
        "state": "pending",
        "submitted": None,
        "days": 0,
        "errors": 0,
        "extended_to": None,
        "quality": {
            "in_time": None,
            "days_late": 0,
            "returned": False,
            "tasks": {"owed": 2, "reported": 0},
            "figures": {"owed": 1, "reported": 0},
            "errors": 0,
            "doubts": {"found": 0, "answered": 0},
        },
    }
    assert found["tasks"][1] == {
        "id": "1.2",
        "section": "1",
        "text": "Phát hành tài liệu.",
        "due": "2026-09-30",
        "overdue": 0,
        "done": 0,
        "ongoing": 0,
        "in_progress": 0,
        "not_started": 0,
        "none_arisen": 0,
        "not_applicable": 0,
        "unreported": 3,
    }


def test_a_glance_tells_the_next_deadline_and_who_has_sent(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop")
    file_report("tiep-dan", text="submitted: 29/5/2026\nindicators: {don: -1}\n")
    text = danvan(root, "status", "--as-of", "30/5/2026").stdout
    assert "Thời hạn kế tiếp: các đơn vị gửi báo cáo 6 tháng đầu năm" in text
    assert "ngày 01 tháng 6 năm 2026, còn 2 ngày (1 ngày làm việc)" in text
    assert re.search(r"Phòng Tổng hợp +đúng hạn +còn 155 ngày", text)
    assert re.search(r"Ban Tiếp công dân +có lỗi +còn 155 ngày", text)
    assert re.search(r"Trung tâm Tin học +còn 2 ngày", text)
    assert "6 tháng đầu năm: 1 đúng hạn, 1 có lỗi, 1 chưa đến hạn." in text


def test_a_pipe_gets_no_colour_and_no_boxes(sample: Path) -> None:
    text = danvan(sample, "status").stdout
    assert not set("\x1b│─█▒░━┃") & set(text)


def test_a_deadline_on_a_day_off_names_the_working_day_before_it(root: Path) -> None:
    text = danvan(root, "status", "--as-of", "28/10/2026").stdout
    assert (
        "01/11/2026 là ngày nghỉ (Chủ nhật); ngày làm việc cuối cùng trước đó: thứ Sáu, 30/10/2026."
    ) in text


def test_one_period_shows_only_that_period(sample: Path) -> None:
    found = status_json(sample, "--period", "h1")
    assert [period["id"] for period in found["periods"]] == ["h1"]
    h1_only = {task["id"]: task["done"] for task in found["tasks"]}
    all_periods = {task["id"]: task["done"] for task in status_json(sample)["tasks"]}
    assert h1_only != all_periods


def test_one_unit_shows_its_tasks_and_figures(root: Path, file_report: ReportWriter) -> None:
    file_report(
        "tiep-dan",
        text="submitted: 29/5/2026\nresults: {'2.1': {status: done, summary: xong}}\n"
        "indicators: {don: 41, don-xong: 1234}\n",
    )
    path = root / "reports/2026/h1/tiep-dan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("don: 41", "don: 2000"), "utf-8")
    text = danvan(root, "status", "--unit", "tiep-dan", "--as-of", "1/6/2026").stdout
    assert "Giải quyết đơn." in text
    assert "hoàn thành" in text
    assert "1.234" in text
    assert "Phòng Tổng hợp" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--unit", "tong-hopp"], "ý bạn là “tong-hop”?"),
        (["--period", "h2"], "kế hoạch không có kỳ báo cáo “h2”"),
        (["--as-of", "31/6/2026"], "không có ngày 31/6/2026"),
        (["--format", "xml"], "xml"),
    ],
)
def test_a_slip_in_an_option_is_told_and_ends_with_2(
    root: Path, arguments: list[str], words: str
) -> None:
    result = danvan(root, "status", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_csv_has_a_row_for_each_unit_and_period(sample: Path) -> None:
    text = danvan(sample, "status", "--format", "csv", "--as-of", "23/11/2026").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 24
    assert rows[-1] == {
        "period": "annual",
        "unit": "doi-ngoai",
        "name": "Phòng Đối ngoại",
        "state": "late",
        "submitted": "2026-11-02",
        "days": "3",
        "errors": "0",
    }


def test_markdown_is_tables(sample: Path) -> None:
    text = danvan(sample, "status", "--format", "markdown").stdout
    assert "| Đơn vị | 6 tháng đầu năm | cả năm |" in text


def test_three_hundred_units_are_told_by_those_that_want_attention(tmp_path: Path) -> None:
    units = "".join(f"  - {{id: xa-{number}, name: Xã {number}}}\n" for number in range(300))
    (tmp_path / "plan.yaml").write_text(
        PLAN.replace("units:\n  - {id: tong-hop", f"units:\n{units}  - {{id: tong-hop", 1), "utf-8"
    )
    early = danvan(tmp_path, "status", "--as-of", "1/4/2026").stdout
    assert "303 đơn vị khác: đúng hạn hoặc chưa đến hạn" in early
    assert "Xã 17" not in early
    for near in ("1/6/2026", "2/6/2026"):
        assert "Xã 17" in danvan(tmp_path, "status", "--as-of", near).stdout


def test_twelve_periods_show_those_around_today(tmp_path: Path) -> None:
    head, rest = PLAN.split("periods:\n")
    tail = rest.split("indicators:\n")[1]
    months = "".join(
        f"""\
  thang-{month}:
    name: tháng {month}
    next_name: tháng sau
    subject: Kết quả tháng {month}
    data: {{from: 2026-{month:02}-01, to: 2026-{month:02}-20}}
    unit_deadline: {{by: 2026-{month:02}-22}}
    office_deadline: {{by: 2026-{month:02}-25}}
    addressees: [Ủy ban nhân dân tỉnh]
"""
        for month in range(1, 13)
    )
    plan = f"{head}periods:\n{months}indicators:\n{tail}".replace(", previous: {h1: 4}", "")
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    text = danvan(tmp_path, "status", "--as-of", "10/6/2026").stdout
    header = next(line for line in text.splitlines() if line.startswith("  Đơn vị"))
    assert header.split() == ["Đơn", "vị", "tháng", "3", "tháng", "4", "tháng", "5", "tháng", "6"]
    assert "Các kỳ khác (xem bằng --period)" in text


def test_a_plan_with_errors_is_told_and_ends_with_2(root: Path) -> None:
    (root / "plan.yaml").write_text(PLAN.replace("year: 2026", "year: hai"), encoding="utf-8")
    result = danvan(root, "status")
    assert result.exit_code == 2
    assert "danvan validate" in result.stderr


def test_a_folder_without_a_plan_is_told_and_ends_with_2(tmp_path: Path) -> None:
    result = danvan(tmp_path, "status")
    assert result.exit_code == 2
    assert "không tìm thấy plan.yaml" in result.stderr


def test_the_workspace_is_found_from_a_folder_inside_it(file_report: ReportWriter) -> None:
    folder = file_report("tong-hop").parent
    assert status_json(folder)["plan"]["year"] == 2026


def test_overdue_lists_and_ends_with_1(sample: Path) -> None:
    result = danvan(sample, "overdue", "--format", "json", "--as-of", "5/11/2026")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found[0] == {
        "kind": "unit_report",
        "period": "annual",
        "unit": "kinh-te",
        "task": None,
        "last_day": "2026-11-01",
        "days": 4,
    }
    assert [each["unit"] for each in found[1:]] == [
        "xay-dung-tai-nguyen",
        "tin-hoc-cong-bao",
        None,
    ]


def test_nothing_overdue_ends_with_0(root: Path) -> None:
    result = danvan(root, "overdue", "--as-of", "1/6/2026")
    assert result.exit_code == 0
    assert "không có việc quá hạn" in result.stdout
    assert (
        json.loads(danvan(root, "overdue", "--as-of", "1/6/2026", "--format", "json").stdout) == []
    )


def test_overdue_knows_deliverables(root: Path, file_report: ReportWriter) -> None:
    for unit in ("tong-hop", "tiep-dan"):
        file_report(
            unit, text="submitted: 29/5/2026\nresults: {'1.2': {status: done, summary: xong}}\n"
        )
    result = danvan(root, "overdue", "--as-of", "2/10/2026", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {"kind": "task", "period": "", "unit": "tin-hoc", "task": "1.2"}.items() <= rows[
        -1
    ].items()
    text = danvan(root, "overdue", "--as-of", "2/10/2026").stdout
    assert "Trung tâm Tin học" in text
    assert "nhiệm vụ 1.2" in text


def test_two_files_for_one_report_are_no_valid_report(
    root: Path, file_report: ReportWriter
) -> None:
    path = file_report("tong-hop")
    path.with_suffix(".yml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    unit = status_json(root, "--as-of", "1/6/2026")["periods"][0]["units"][0]
    assert unit["state"] == "invalid"


@pytest.mark.parametrize(
    ("text", "before", "since"),
    [
        ("submitted: 29/5/2026\nindicators: {hoi-nghi: ba}\n", "pending", "invalid"),
        ("submitted: '29/5/2026'\nstrengths: [\n", "pending", "invalid"),
        (
            "submitted: 29/5/2026\nreturned: {date: 29/5/2026, reason: a}\nlessons: a\n",
            "pending",
            "returned",
        ),
        ("indicators: {hoi-nghi: ba}\n", "pending", "pending"),
        ("submitted: 31/6/2026\n", "invalid", "invalid"),
        ("strengths: [\n", "invalid", "invalid"),
    ],
)
def test_a_report_that_cannot_be_understood_is_sent_on_the_day_on_it(
    root: Path, file_report: ReportWriter, text: str, before: str, since: str
) -> None:
    file_report("tong-hop", text=text)
    states = [
        status_json(root, "--as-of", day)["periods"][0]["units"][0]["state"]
        for day in ("28/5/2026", "29/5/2026")
    ]
    assert states == [before, since]


def test_a_milestone_is_a_deadline_on_the_way(root: Path) -> None:
    text = PLAN.replace(
        "    addressees:",
        "    milestones: [{name: Trình lãnh đạo, by: 2026-06-03}]\n    addressees:",
        1,
    )
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    shown = danvan(root, "status", "--as-of", "2/6/2026").stdout
    assert "Thời hạn kế tiếp: Trình lãnh đạo (báo cáo 6 tháng đầu năm), chậm nhất thứ Tư" in shown
    assert "Mốc: Trình lãnh đạo (báo cáo 6 tháng đầu năm), 03/6/2026, còn 1 ngày" in shown


def test_one_unit_sees_its_draft_and_the_day_that_decided(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tiep-dan", text="submitted: 1/6/2026\nreceived: 3/6/2026\n")
    file_report("tong-hop", text="leadership: đang viết\n")
    late = danvan(root, "status", "--unit", "tiep-dan", "--as-of", "5/6/2026").stdout
    assert re.search(r"muộn 2 ngày +01/6/2026 +03/6/2026", late)
    draft = danvan(root, "status", "--unit", "tong-hop", "--as-of", "5/6/2026").stdout
    assert "dự thảo" in draft


def test_one_unit_sees_its_deliverables_and_which_are_overdue(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop")
    before = danvan(root, "status", "--unit", "tong-hop", "--as-of", "1/6/2026").stdout
    assert re.search(r"Phát hành tài liệu\. +chưa báo cáo +30/9/2026", before)
    after = danvan(root, "status", "--unit", "tong-hop", "--as-of", "1/10/2026").stdout
    assert re.search(r"Phát hành tài liệu\. +chưa báo cáo +quá hạn", after)


def test_overdue_says_why_a_report_that_came_is_overdue(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {don: 1}\n")
    file_report(
        "tiep-dan", text="submitted: 29/5/2026\nreturned: {date: 30/5/2026, reason: thiếu}\n"
    )
    text = danvan(root, "overdue", "--as-of", "5/6/2026").stdout
    assert "báo cáo 6 tháng đầu năm (có lỗi)" in text
    assert "báo cáo 6 tháng đầu năm (đã trả lại)" in text


def test_an_office_file_with_errors_is_said_to_count_for_nothing(root: Path) -> None:
    folder = root / "reports" / "2026" / "h1"
    folder.mkdir(parents=True)
    (folder / "_office.yaml").write_text("number: 57\nissued: 4/6/2026\n", encoding="utf-8")
    result = danvan(root, "status", "--as-of", "5/6/2026")
    assert "_office.yaml có lỗi: số, ngày ban hành và nội dung" in result.stderr
