"""`danvan calendar`: the deadlines, as a calendar program reads them."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import icalendar
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

from conftest import PLAN, plan_from
from danvan_cli.characters import without_invisible
from danvan_cli.cli import app
from danvan_cli.model import deadlines
from danvan_cli.model.plan import Deadline, Plan
from danvan_cli.model.values import Day
from danvan_cli.tracking import calendar_file
from places import SOURCE

MILESTONE = "    milestones: [{name: Trình lãnh đạo, by: 2026-06-03}]\n"
WITH_MILESTONE = PLAN.replace("  annual:\n", MILESTONE + "  annual:\n")


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def days_by_summary(content: bytes) -> dict[str, date]:
    return {str(event["SUMMARY"]): event["DTSTART"].dt for event in events(content)}


def written(plan: Plan, unit: str | None = None) -> bytes:
    return calendar_file.render(plan, calendar_file.entries(plan, unit))


def alarms(event: icalendar.Event) -> list[datetime]:
    """When they go off, in local time."""
    start = datetime.combine(event["DTSTART"].dt, time())
    return [start + alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]


def test_every_deadline_of_the_plan_is_a_day_in_the_calendar(root: Path) -> None:
    (root / "plan.yaml").write_text(WITH_MILESTONE, encoding="utf-8")
    result = danvan(root, "calendar")
    assert result.exit_code == 0
    path = root / "output" / "danvan-2026.ics"
    assert result.stdout.strip().endswith("danvan-2026.ics")
    assert result.stderr == "Lịch có 6 thời hạn.\n"
    assert days_by_summary(path.read_bytes()) == {
        "Hạn gửi báo cáo 6 tháng đầu năm về Phòng Tổng hợp": date(2026, 6, 1),
        "Trình lãnh đạo (báo cáo 6 tháng đầu năm)": date(2026, 6, 3),
        "Hạn Văn phòng UBND tỉnh gửi báo cáo 6 tháng đầu năm": date(2026, 6, 4),
        "Hạn nhiệm vụ 1.2: Phát hành tài liệu.": date(2026, 9, 30),
        "Hạn gửi báo cáo năm về Phòng Tổng hợp": date(2026, 11, 1),
        "Hạn Văn phòng UBND tỉnh gửi báo cáo năm": date(2026, 11, 4),
    }


OWN_DEADLINES = """\
    unit_deadlines: {tiep-dan: {before: 2026-05-28}}
    extensions:
      - {units: [tin-hoc], by: 2026-06-03, reason: Chờ số liệu, granted: 2026-05-30}
"""


def test_the_office_has_the_deadlines_of_units_that_have_their_own(root: Path) -> None:
    plan = PLAN.replace("    office_deadline:", f"{OWN_DEADLINES}    office_deadline:", 1)
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    assert danvan(root, "calendar").exit_code == 0
    content = (root / "output/danvan-2026.ics").read_bytes()
    due = [event for event in events(content) if event["DTSTART"].dt < date(2026, 6, 4)]
    assert [(event["DTSTART"].dt, str(event["SUMMARY"])) for event in due] == [
        (date(2026, 5, 27), "Hạn Ban Tiếp công dân gửi báo cáo 6 tháng đầu năm"),
        (date(2026, 6, 1), "Hạn gửi báo cáo 6 tháng đầu năm về Phòng Tổng hợp"),
        (date(2026, 6, 3), "Hạn Trung tâm Tin học gửi báo cáo 6 tháng đầu năm"),
    ]
    assert "\n1 đơn vị gửi báo cáo về Phòng Tổng hợp." in str(due[1]["DESCRIPTION"])
    told = "\nThời hạn riêng gửi về Phòng Tổng hợp của Trung tâm Tin học (gia hạn)."
    assert told in str(due[2]["DESCRIPTION"])


def test_many_units_with_a_deadline_of_their_own_are_named_below_the_title(root: Path) -> None:
    group = "[don-vi-1, don-vi-2, don-vi-3, don-vi-4]"
    more = "".join(
        f"  - {{id: don-vi-{number}, name: Đơn vị {number}}}\n" for number in range(1, 5)
    )
    own = "    unit_deadlines: {xa: {before: 2026-05-28}}\n    office_deadline:"
    text = PLAN.replace("units:\n", f"units:\n{more}", 1).replace("    office_deadline:", own, 1)
    text = text.replace("periods:\n", f"unit_groups: {{xa: {group}}}\nperiods:\n", 1)
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    assert danvan(root, "calendar").exit_code == 0
    first = events((root / "output/danvan-2026.ics").read_bytes())[0]
    assert str(first["SUMMARY"]) == "Hạn 4 đơn vị gửi báo cáo 6 tháng đầu năm"
    assert "Đơn vị 1, Đơn vị 2, Đơn vị 3 và Đơn vị 4." in str(first["DESCRIPTION"])


def test_an_event_lasts_its_whole_day_in_any_time_zone() -> None:
    content = written(plan_from(PLAN))
    event = events(content)[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 6, 1), date(2026, 6, 2))
    assert type(event["DTSTART"].dt) is date
    assert b"DTSTART;VALUE=DATE:20260601\r\nDTEND;VALUE=DATE:20260602\r\n" in content
    assert event["TRANSP"] == "TRANSPARENT"


def test_alarms_ring_at_8_when_14_7_and_1_working_days_are_left() -> None:
    due, issue = events(written(plan_from(PLAN)))[:2]
    assert alarms(due) == [
        datetime(2026, 5, 12, 8),
        datetime(2026, 5, 21, 8),
        datetime(2026, 5, 29, 8),
    ]
    assert alarms(issue)[-1] == datetime(2026, 6, 3, 8)
    assert [str(alarm["DESCRIPTION"]) for alarm in due.walk("VALARM")][1:] == [
        "Còn 7 ngày làm việc: Hạn gửi báo cáo 6 tháng đầu năm về Phòng Tổng hợp",
        "Còn 1 ngày làm việc: Hạn gửi báo cáo 6 tháng đầu năm về Phòng Tổng hợp",
    ]
    assert {alarm["ACTION"] for alarm in due.walk("VALARM")} == {"DISPLAY"}


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days, st.frozensets(days, max_size=8), st.frozensets(days, max_size=8), st.booleans())
def test_alarms_ring_on_working_days_and_before_the_last_day(
    due: date, off: frozenset[date], worked: frozenset[date], moves_on: bool
) -> None:
    plan = replace(
        plan_from(PLAN),
        days_off=sorted(off - worked),
        working_days=sorted(worked),
        when_day_off="next_working_day" if moves_on else "keep",
    )
    entry = calendar_file.Entry(
        key=("task", "1"),
        summary="Nộp",
        paragraphs=[],
        deadline=Deadline(by=Day(due.year, due.month, due.day)),
    )
    calendar = deadlines.work_calendar(plan)
    event = events(calendar_file.render(plan, [entry]))[0]
    last_day = event["DTSTART"].dt
    assert last_day == deadlines.last_day(entry.deadline, calendar)
    assert event["DTEND"].dt - last_day == timedelta(days=1)
    for rings, working_days in zip(alarms(event), (14, 7, 1), strict=True):
        assert calendar.is_working_day(rings.date())
        assert rings.time() == time(8)
        assert deadlines.working_days_between(rings.date(), last_day, calendar) == working_days
        # Outlook drops the sign of a trigger, so it must not ring on the day itself.
        assert rings < datetime.combine(last_day, time())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_words_that_are_seen_come_back_as_they_were(words: str) -> None:
    entry = calendar_file.Entry(
        key=("task", "1"),
        summary=f"Nộp {words}.",
        paragraphs=[f"Gồm: {words};", "a, b"],
        deadline=Deadline(by=Day(2026, 6, 1)),
    )
    content = calendar_file.render(plan_from(PLAN), [entry])
    event = events(content)[0]
    assert str(event["SUMMARY"]) == without_invisible(entry.summary)
    assert str(event["DESCRIPTION"]).startswith(without_invisible(f"Gồm: {words};\na, b\n"))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_description_says_the_rule_and_the_last_day() -> None:
    due = str(events(written(plan_from(PLAN)))[0]["DESCRIPTION"])
    assert "trước ngày 02/6/2026; ngày cuối cùng: thứ Hai, 01/6/2026." in due
    assert "3 đơn vị gửi báo cáo về Phòng Tổng hợp." in due
    assert "ngày nghỉ" not in due


def test_a_last_day_that_is_a_day_off_names_the_working_day_before_it() -> None:
    annual = str(events(written(plan_from(PLAN)))[3]["DESCRIPTION"])
    assert "ngày làm việc cuối cùng trước đó: thứ Sáu, 30/10/2026." in annual


def test_a_deadline_that_moves_on_says_so() -> None:
    plan = plan_from(PLAN + "when_day_off: next_working_day\n")
    annual = events(written(plan))[3]
    assert annual["DTSTART"].dt == date(2026, 11, 2)
    assert "nên chuyển sang ngày làm việc kế tiếp" in str(annual["DESCRIPTION"])


def test_the_same_plan_gives_the_same_bytes_on_any_day() -> None:
    assert written(plan_from(PLAN)) == written(plan_from(PLAN))
    stamps = {event["DTSTAMP"].dt for event in events(written(plan_from(PLAN)))}
    assert stamps == {datetime(2025, 12, 31, 17, tzinfo=UTC)}
    issued = plan_from(PLAN + "issued: 2026-02-10\n")
    assert events(written(issued))[0]["DTSTAMP"].dt == datetime(2026, 2, 9, 17, tzinfo=UTC)


def uids(plan_text: str, unit: str | None = None) -> list[str]:
    return [str(event["UID"]) for event in events(written(plan_from(plan_text), unit))]


def test_a_deadline_that_changes_is_the_same_event() -> None:
    before = uids(WITH_MILESTONE)
    changed = (
        WITH_MILESTONE.replace("before: 2026-06-02", "before: 2026-06-01")
        .replace("6 tháng đầu năm", "nửa đầu năm")
        .replace("Trình lãnh đạo", "Trình Chánh Văn phòng")
        .replace("Phát hành tài liệu", "In tài liệu")
    )
    assert uids(changed) == before
    assert len(set(before)) == len(before) == 6


def test_another_year_or_another_agency_has_other_events() -> None:
    next_year = PLAN.replace("2026", "2027")
    elsewhere = PLAN.replace("place: Quảng Trị", "place: Huế")
    assert not set(uids(PLAN)) & set(uids(next_year))
    assert not set(uids(PLAN)) & set(uids(elsewhere))


def test_a_units_calendar_has_its_own_deadlines_only(root: Path) -> None:
    assert danvan(root, "calendar", "--unit", "tin-hoc").exit_code == 0
    content = (root / "output" / "danvan-2026-tin-hoc.ics").read_bytes()
    assert list(days_by_summary(content)) == [
        "Hạn gửi báo cáo 6 tháng đầu năm về Phòng Tổng hợp",
        "Hạn nhiệm vụ 1.2: Phát hành tài liệu.",
        "Hạn gửi báo cáo năm về Phòng Tổng hợp",
    ]
    assert set(uids(PLAN, "tin-hoc")) < set(uids(PLAN))


def test_the_coordinators_calendar_has_the_offices_deadlines_too() -> None:
    assert uids(WITH_MILESTONE, "tong-hop") == uids(WITH_MILESTONE)


def test_a_unit_is_held_to_what_is_assigned_to_it_while_it_exists() -> None:
    text = PLAN.replace(
        "tài liệu., due: {by: 2026-09-30}", "tài liệu., due: {by: 2026-09-30}, assigned: [tiep-dan]"
    ).replace("short: TTTH}", "short: TTTH, from: 2026-07-01}")
    assert list(days_by_summary(written(plan_from(text), "tin-hoc"))) == [
        "Hạn gửi báo cáo năm về Phòng Tổng hợp"
    ]
    task = events(written(plan_from(text), "tiep-dan"))[1]
    assert "Thực hiện: Ban Tiếp công dân." in str(task["DESCRIPTION"])


def test_a_long_task_has_a_short_title_and_all_its_words_below() -> None:
    words = "Phát hành tài liệu " + "rất dài " * 30 + "là hết."
    event = events(written(plan_from(PLAN.replace("Phát hành tài liệu.", words))))[2]
    assert len(event["SUMMARY"]) <= 90
    assert str(event["SUMMARY"]).endswith("…")
    assert words in str(event["DESCRIPTION"])


def test_the_file_goes_where_it_is_told(root: Path, tmp_path: Path) -> None:
    assert danvan(root, "calendar", "-o", str(tmp_path / "moi" / "lich.ics")).exit_code == 0
    assert len(events((tmp_path / "moi" / "lich.ics").read_bytes())) == 5
    assert danvan(root, "calendar", "-o", str(tmp_path / "moi")).exit_code == 0
    assert (tmp_path / "moi" / "danvan-2026.ics").is_file()


def test_another_file_of_that_name_is_not_overwritten_unless_forced(root: Path) -> None:
    path = root / "lich.ics"
    path.write_text("lịch của tôi", encoding="utf-8")
    refused = danvan(root, "calendar", "-o", str(path))
    assert refused.exit_code == 2
    assert path.read_text(encoding="utf-8") == "lịch của tôi"
    assert danvan(root, "calendar", "-o", str(path), "--force").exit_code == 0
    assert len(events(path.read_bytes())) == 5
    assert danvan(root, "calendar", "-o", str(path)).exit_code == 0


def test_a_changed_plan_makes_a_newer_version_of_what_changed(root: Path) -> None:
    path = root / "output" / "danvan-2026.ics"
    assert danvan(root, "calendar").exit_code == 0
    first = path.read_bytes()
    assert danvan(root, "calendar").exit_code == 0
    assert path.read_bytes() == first
    (root / "plan.yaml").write_text(
        PLAN.replace("before: 2026-06-02", "before: 2026-06-01"), encoding="utf-8"
    )
    assert danvan(root, "calendar").exit_code == 0
    moved, *others = events(path.read_bytes())
    assert (moved["DTSTART"].dt, moved["SEQUENCE"]) == (date(2026, 5, 31), 1)
    assert {each["SEQUENCE"] for each in others} == {0}


def test_a_calendar_that_a_person_changed_is_not_overwritten(root: Path) -> None:
    danvan(root, "calendar")
    path = root / "output" / "danvan-2026.ics"
    path.write_bytes(path.read_bytes().replace(b"SUMMARY:", b"SUMMARY:! "))
    assert danvan(root, "calendar").exit_code == 2
    assert danvan(root, "calendar", "--force").exit_code == 0
    assert {each["SEQUENCE"] for each in events(path.read_bytes())} == {1}


@pytest.mark.parametrize(
    ("unit", "words"),
    [("tin-hocc", "ý bạn là “tin-hoc”?"), ("xa", "kế hoạch không có đơn vị “xa”")],
)
def test_an_unknown_unit_is_told(root: Path, unit: str, words: str) -> None:
    result = danvan(root, "calendar", "--unit", unit)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_unit_that_owes_nothing_is_told_and_nothing_is_written(root: Path) -> None:
    text = PLAN.replace(
        "due: {by: 2026-09-30}", "due: {by: 2026-09-30}, assigned: [tiep-dan]"
    ).replace("short: TTTH}", "short: TTTH, until: 2026-03-31}")
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    result = danvan(root, "calendar", "--unit", "tin-hoc")
    assert result.exit_code == 2
    assert "không có thời hạn nào" in result.stderr
    assert not (root / "output").exists()


def test_a_task_of_a_unit_that_is_gone_by_then_is_its_heirs() -> None:
    text = PLAN.replace("due: {by: 2026-09-30}", "due: {by: 2026-09-30}, assigned: [tin-hoc]")
    merged = text.replace("short: TTTH}", "short: TTTH, until: 2026-06-30, into: [tong-hop]}")
    name = "Hạn nhiệm vụ 1.2: Phát hành tài liệu."
    assert name not in days_by_summary(written(plan_from(text), "tong-hop"))
    assert name in days_by_summary(written(plan_from(merged), "tong-hop"))
    assert name not in days_by_summary(written(plan_from(merged), "tin-hoc"))


def test_the_calendar_library_loads_only_where_it_is_used() -> None:
    program = "import sys; import danvan_cli.cli; print('icalendar' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "False"
