"""What the program says of the sample plan on every day around both deadlines of 2026."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import Result
from typer.testing import CliRunner

from danvan_cli import rules
from danvan_cli.cli import app
from danvan_cli.files import workspace
from danvan_cli.files.readings import Workspace
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.reminders import remind
from places import ROOT


class Expected(NamedTuple):
    """`left`: days and working days to the units' last day; `office`: its state and days.

    `next` is how the line of the next deadline ends.
    """

    day: str
    left: tuple[int, int]
    on_time: int
    late: int
    pending: int
    overdue: int
    office: tuple[str, int]
    next: str


# Reports of h1 came on 27/5 (3), 28/5 (2), 29/5 (1), 1/6 (4), 3/6 (1) and 4/6 (1). The
# office issued its own on 4/6, its last day. 30/5, 31/5, 6/6 and 7/6 are a weekend.
JUNE = [
    Expected("2026-05-25", (7, 5), 0, 0, 12, 0, ("pending", 10), "còn 7 ngày (5 ngày làm việc)."),
    Expected("2026-05-26", (6, 4), 0, 0, 12, 0, ("pending", 9), "còn 6 ngày (4 ngày làm việc)."),
    Expected("2026-05-27", (5, 3), 3, 0, 9, 0, ("pending", 8), "còn 5 ngày (3 ngày làm việc)."),
    Expected("2026-05-28", (4, 2), 5, 0, 7, 0, ("pending", 7), "còn 4 ngày (2 ngày làm việc)."),
    Expected("2026-05-29", (3, 1), 6, 0, 6, 0, ("pending", 6), "còn 3 ngày (1 ngày làm việc)."),
    Expected("2026-05-30", (2, 1), 6, 0, 6, 0, ("pending", 5), "còn 2 ngày (1 ngày làm việc)."),
    Expected("2026-05-31", (1, 1), 6, 0, 6, 0, ("pending", 4), "còn 1 ngày (1 ngày làm việc)."),
    Expected("2026-06-01", (0, 0), 10, 0, 2, 0, ("pending", 3), "hôm nay là ngày cuối."),
    Expected("2026-06-02", (-1, -1), 10, 0, 0, 2, ("pending", 2), "còn 1 ngày (1 ngày làm việc)."),
    Expected("2026-06-03", (-2, -2), 10, 1, 0, 1, ("pending", 1), "hôm nay là ngày cuối."),
    Expected("2026-06-04", (-3, -3), 10, 2, 0, 0, ("done", 0), "còn 150 ngày."),
    Expected("2026-06-05", (-4, -4), 10, 2, 0, 0, ("done", 0), "còn 149 ngày."),
    Expected("2026-06-06", (-5, -4), 10, 2, 0, 0, ("done", 0), "còn 148 ngày."),
    Expected("2026-06-07", (-6, -4), 10, 2, 0, 0, ("done", 0), "còn 147 ngày."),
    Expected("2026-06-08", (-7, -5), 10, 2, 0, 0, ("done", 0), "còn 146 ngày."),
    Expected("2026-06-09", (-8, -6), 10, 2, 0, 0, ("done", 0), "còn 145 ngày."),
    Expected("2026-06-10", (-9, -7), 10, 2, 0, 0, ("done", 0), "còn 144 ngày."),
]

# Those of the year came on 28/10 (2), 29/10 (1), 30/10 (2), 1/11 (2), 2/11 (1) and 4/11 (1); three
# never came. The office has not issued its own. 25/10, 31/10, 1/11, 7/11 and 8/11 are a weekend.
NOVEMBER = [
    Expected("2026-10-25", (7, 5), 0, 0, 12, 0, ("pending", 10), "còn 7 ngày (5 ngày làm việc)."),
    Expected("2026-10-26", (6, 4), 0, 0, 12, 0, ("pending", 9), "còn 6 ngày (4 ngày làm việc)."),
    Expected("2026-10-27", (5, 3), 0, 0, 12, 0, ("pending", 8), "còn 5 ngày (3 ngày làm việc)."),
    Expected("2026-10-28", (4, 2), 2, 0, 10, 0, ("pending", 7), "còn 4 ngày (2 ngày làm việc)."),
    Expected("2026-10-29", (3, 1), 3, 0, 9, 0, ("pending", 6), "còn 3 ngày (1 ngày làm việc)."),
    Expected("2026-10-30", (2, 0), 5, 0, 7, 0, ("pending", 5), "còn 2 ngày (0 ngày làm việc)."),
    Expected("2026-10-31", (1, 0), 5, 0, 7, 0, ("pending", 4), "còn 1 ngày (0 ngày làm việc)."),
    Expected("2026-11-01", (0, 0), 7, 0, 5, 0, ("pending", 3), "hôm nay là ngày cuối."),
    Expected("2026-11-02", (-1, -1), 7, 1, 0, 4, ("pending", 2), "còn 1 ngày (1 ngày làm việc)."),
    Expected("2026-11-03", (-2, -2), 7, 1, 0, 4, ("pending", 1), "hôm nay là ngày cuối."),
    Expected("2026-11-04", (-3, -3), 7, 2, 0, 3, ("pending", 0), "hôm nay là ngày cuối."),
    Expected("2026-11-05", (-4, -4), 7, 2, 0, 3, ("overdue", 1), "phía trước."),
    Expected("2026-11-06", (-5, -5), 7, 2, 0, 3, ("overdue", 2), "phía trước."),
    Expected("2026-11-07", (-6, -5), 7, 2, 0, 3, ("overdue", 3), "phía trước."),
    Expected("2026-11-08", (-7, -5), 7, 2, 0, 3, ("overdue", 4), "phía trước."),
    Expected("2026-11-09", (-8, -6), 7, 2, 0, 3, ("overdue", 5), "phía trước."),
    Expected("2026-11-10", (-9, -7), 7, 2, 0, 3, ("overdue", 6), "phía trước."),
]

LAST_DAYS = {"h1": date(2026, 6, 1), "annual": date(2026, 11, 1)}
DAYS = [("h1", each) for each in JUNE] + [("annual", each) for each in NOVEMBER]
each_day = pytest.mark.parametrize(
    ("period", "expected"), DAYS, ids=[expected.day for _, expected in DAYS]
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own plan and reports, copied."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "plan.yaml", folder)
    shutil.copytree(ROOT / "reports", folder / "reports")
    return folder


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def overdue(folder: Path, day: str) -> list[dict[str, Any]]:
    result = danvan(folder, "overdue", "--format", "json", "--as-of", day)
    found: list[dict[str, Any]] = json.loads(result.stdout)
    assert result.exit_code == (1 if found else 0)
    return found


def test_the_tables_have_every_day() -> None:
    for table in (JUNE, NOVEMBER):
        days = [date.fromisoformat(each.day) for each in table]
        assert days == [days[0] + timedelta(days=number) for number in range(17)]


@each_day
def test_status_counts_reports_and_days(sample: Path, period: str, expected: Expected) -> None:
    result = danvan(sample, "status", "--format", "json", "--as-of", expected.day)
    found = next(each for each in json.loads(result.stdout)["periods"] if each["id"] == period)
    deadline = found["unit_deadline"]
    assert (deadline["days_left"], deadline["working_days_left"]) == expected.left
    assert deadline["last_day"] == LAST_DAYS[period].isoformat()
    assert found["counts"] == {
        "on_time": expected.on_time,
        "late": expected.late,
        "invalid": 0,
        "returned": 0,
        "pending": expected.pending,
        "overdue": expected.overdue,
        "total": 12,
    }
    assert (found["office"]["state"], found["office"]["days"]) == expected.office


@each_day
def test_status_names_the_next_deadline(sample: Path, period: str, expected: Expected) -> None:
    text = danvan(sample, "status", "--as-of", expected.day).stdout
    line = next(line for line in text.splitlines() if "hời hạn" in line and line.endswith("."))
    assert line.endswith(expected.next)
    names = {"h1": "6 tháng đầu năm", "annual": "năm"}
    if expected.left[0] >= 0:
        assert f"các đơn vị gửi báo cáo {names[period]}, chậm nhất" in line
    elif expected.left[0] >= -2:
        assert f"Trình lãnh đạo Văn phòng (báo cáo {names[period]}), chậm nhất" in line
    elif expected.office[0] == "pending":
        assert f"Văn phòng UBND tỉnh gửi báo cáo {names[period]}, chậm nhất" in line
    elif period == "h1":
        assert "các đơn vị gửi báo cáo năm, chậm nhất Chủ nhật" in line
    else:
        assert line == "Không còn thời hạn nào phía trước."


@each_day
def test_overdue_lists_what_is_past_its_last_day(
    sample: Path, period: str, expected: Expected
) -> None:
    found = overdue(sample, expected.day)
    units = [each for each in found if (each["kind"], each["period"]) == ("unit_report", period)]
    assert len(units) == expected.overdue
    assert {each["days"] for each in units} <= {-expected.left[0]}
    offices = [each for each in found if each["kind"] == "office_report"]
    assert [each["days"] for each in offices] == (
        [expected.office[1]] if expected.office[0] == "overdue" else []
    )
    assert not [each for each in found if each["period"] == "h1" and period == "annual"]


# Unit → the day on which its report came: from then on nobody reminds it. The coordinator, which
# reported on 28/5 and 30/10, writes no letter to itself.
CAME = {
    "h1": {
        "khoa-giao-van-xa": "2026-05-27",
        "phuc-vu-hanh-chinh-cong": "2026-05-27",
        "tong-hop": "2026-05-27",
        "noi-chinh": "2026-05-28",
        "kiem-soat-thu-tuc": "2026-05-29",
        "ban-tiep-cong-dan": "2026-06-01",
        "kinh-te": "2026-06-01",
        "quan-tri-tai-vu": "2026-06-01",
        "tin-hoc-cong-bao": "2026-06-01",
        "doi-ngoai": "2026-06-03",
        "xay-dung-tai-nguyen": "2026-06-04",
    },
    "annual": {
        "ban-tiep-cong-dan": "2026-10-28",
        "tong-hop": "2026-10-28",
        "noi-chinh": "2026-10-29",
        "kiem-soat-thu-tuc": "2026-10-30",
        "khoa-giao-van-xa": "2026-11-01",
        "phuc-vu-hanh-chinh-cong": "2026-11-01",
        "quan-tri-tai-vu": "2026-11-02",
        "doi-ngoai": "2026-11-04",
        "kinh-te": "never",
        "tin-hoc-cong-bao": "never",
        "xay-dung-tai-nguyen": "never",
    },
}


def units_to_remind(period: str, day: str) -> set[str]:
    return {unit for unit, came in CAME[period].items() if came > day}


@pytest.fixture(scope="module")
def loaded(sample: Path) -> Workspace:
    return workspace.load(sample)


@each_day
def test_a_reminder_is_due_to_those_whose_report_has_not_come(
    loaded: Workspace, period: str, expected: Expected
) -> None:
    plan, day = loaded.plan.plan, date.fromisoformat(expected.day)
    assert plan is not None
    checked = CheckedWorkspace(loaded, plan, rules.check(loaded, day), day, today=day)
    reminder = remind(plan, checked.status(period), {}, day)
    assert {each.unit.id for each in reminder.units} == units_to_remind(period, expected.day)
    assert reminder.is_overdue == (expected.left[0] < 0)


@pytest.mark.parametrize(("period", "expected"), [("h1", JUNE[6]), ("annual", NOVEMBER[11])])
def test_remind_writes_to_those_whose_report_has_not_come(
    sample: Path, tmp_path: Path, period: str, expected: Expected
) -> None:
    result = danvan(
        sample, "remind", "--period", period, "--as-of", expected.day, "-o", str(tmp_path)
    )
    assert result.exit_code == 0
    mails = {path.stem for path in tmp_path.glob("*.eml")}
    assert mails == units_to_remind(period, expected.day)
    assert (tmp_path / "cong-van-don-doc.docx").exists()
    purpose = "đôn đốc" if expected.left[0] < 0 else "nhắc thời hạn"
    assert f": {purpose} " in result.stderr.splitlines()[0]
    assert ("Hạn mới: " in result.stderr) == (expected.left[0] < 0)


@pytest.mark.parametrize(
    ("day", "days"),
    [("2026-06-02", None), ("2026-06-03", None), ("2026-06-04", 1), ("2026-06-10", 7)],
)
def test_a_task_with_a_due_day_is_overdue_from_the_day_after(
    sample: Path, tmp_path: Path, day: str, days: int | None
) -> None:
    shutil.copytree(sample, tmp_path, dirs_exist_ok=True)
    text = (sample / "plan.yaml").read_text(encoding="utf-8")
    task = "- id: '8.1'\n"
    assert task in text
    with_due = text.replace(task, f"{task}        due: {{by: 2026-06-03}}\n")
    (tmp_path / "plan.yaml").write_text(with_due, encoding="utf-8")
    found = [each for each in overdue(tmp_path, day) if each["kind"] == "task"]
    assert [(each["unit"], each["task"], each["days"]) for each in found] == (
        [("hanh-chinh-to-chuc", "8.1", days)] if days else []
    )
