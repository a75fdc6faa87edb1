"""Deadlines that are not the same for all units: extensions, groups."""

import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.word.file.unbroken import as_typed
from tests.conftest import ReportWriter

REPORT = """\
submitted: {day}
results:
  '1.1': {{status: done, summary: Đã làm.}}
  '1.2': {{status: done, summary: Đã làm.}}
indicators: {{hoi-nghi: 3}}
"""


def danvan(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(app, ["-C", str(root), *arguments])
    return result.output


def state_of(root: Path, unit: str, day: str) -> tuple[str, int, str | None]:
    result = CliRunner().invoke(
        app, ["-C", str(root), "status", "--format", "json", "--as-of", day]
    )
    found = json.loads(result.stdout)["periods"][0]["units"]
    own = next(entry for entry in found if entry["id"] == unit)
    return own["state"], own["days"], own["extended_to"]


def add_to_h1(root: Path, lines: str, groups: str = "") -> None:
    path = root / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("    office_deadline:", f"{lines}    office_deadline:", 1)
    path.write_text(text.replace("periods:\n", f"{groups}periods:\n", 1), encoding="utf-8")


EXTENSION = """\
    extensions:
      - {units: [tong-hop], by: 2026-06-03, reason: Chờ số liệu, granted: 2026-05-30}
"""


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("29/5/2026", ("pending", 3, None)),
        ("30/5/2026", ("pending", 4, "2026-06-03")),
        ("3/6/2026", ("pending", 0, "2026-06-03")),
        ("4/6/2026", ("overdue", 1, "2026-06-03")),
    ],
)
def test_an_extension_counts_from_the_day_it_is_granted(
    root: Path, day: str, state: tuple[str, int, str | None]
) -> None:
    add_to_h1(root, EXTENSION)
    assert state_of(root, "tong-hop", day) == state
    assert state_of(root, "tin-hoc", "4/6/2026") == ("overdue", 3, None)


def test_a_report_by_the_extended_day_is_on_time(root: Path, file_report: ReportWriter) -> None:
    add_to_h1(root, EXTENSION)
    file_report("tong-hop", text=REPORT.format(day="3/6/2026"))
    file_report("tin-hoc", text=REPORT.format(day="3/6/2026"))
    assert state_of(root, "tong-hop", "3/6/2026")[0] == "on_time"
    assert state_of(root, "tin-hoc", "3/6/2026")[0] == "late"
    assert "gia hạn đến 03/6/2026" in danvan(root, "status", "--as-of", "1/6/2026")


def test_an_extended_unit_is_overdue_only_after_its_own_day(root: Path) -> None:
    add_to_h1(root, EXTENSION)
    listed = json.loads(danvan(root, "overdue", "--format", "json", "--as-of", "3/6/2026"))
    assert "tong-hop" not in [entry["unit"] for entry in listed]
    listed = json.loads(danvan(root, "overdue", "--format", "json", "--as-of", "4/6/2026"))
    own = next(entry for entry in listed if entry["unit"] == "tong-hop")
    assert (own["last_day"], own["days"]) == ("2026-06-03", 1)


def test_groups_stand_where_units_do(root: Path) -> None:
    own = "    unit_deadlines: {cham: {by: 2026-05-20}, tin-hoc: {by: 2026-05-22}}\n"
    add_to_h1(root, own, groups="unit_groups: {cham: [tong-hop, tin-hoc]}\n")
    assert state_of(root, "tong-hop", "21/5/2026")[:2] == ("overdue", 1)
    assert state_of(root, "tin-hoc", "21/5/2026")[:2] == ("pending", 1)
    assert state_of(root, "tiep-dan", "21/5/2026")[:2] == ("pending", 11)
    danvan(root, "new", "tong-hop", "--period", "h1")
    made = root / "reports" / "2026" / "h1" / "tong-hop.yaml"
    assert "chậm nhất thứ Tư, ngày 20/5/2026" in made.read_text(encoding="utf-8")


def test_remind_grants_more_time_and_writes_the_letter(root: Path) -> None:
    given = ["--extend", "tong-hop", "--until", "3/6/2026", "--reason", "Chờ số liệu của các xã."]
    result = CliRunner().invoke(
        app, ["-C", str(root), "remind", "--period", "h1", *given, "--as-of", "30/5/2026"]
    )
    assert result.exit_code == 0, result.output
    assert "P344" not in result.output
    assert state_of(root, "tong-hop", "1/6/2026") == ("pending", 2, "2026-06-03")
    letter = root / "output" / "2026" / "h1" / "remind" / "2026-05-30" / "cong-van-gia-han.docx"
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(letter)).paragraphs)
    assert "gia hạn thời gian gửi báo cáo đến hết ngày 03 tháng 6 năm 2026" in text
    assert "(chờ số liệu của các xã)" in text
    assert danvan(root, "check", str(letter)).count("(lỗi)") == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--extend", "tong-hop"], "gia hạn còn thiếu --until và --reason"),
        (["--reason", "Bận"], "gia hạn còn thiếu --extend và --until"),
        (
            ["--extend", "tong-hop", "--until", "1/6/2026", "--reason", "Bận"],
            "không sau thời hạn 01/6/2026",
        ),
        (["--extend", "tong-hp", "--until", "3/6/2026", "--reason", "Bận"], "tong-hop"),
    ],
)
def test_an_extension_that_is_none_changes_nothing(root: Path, given: list[str], said: str) -> None:
    before = (root / "plan.yaml").read_bytes()
    result = CliRunner().invoke(app, ["-C", str(root), "remind", "--period", "h1", *given])
    assert result.exit_code == 2
    assert said in result.output
    assert (root / "plan.yaml").read_bytes() == before


def test_a_unit_with_more_time_is_left_alone_while_others_are_overdue(root: Path) -> None:
    add_to_h1(root, EXTENSION)
    said = danvan(root, "remind", "--period", "h1", "--as-of", "2/6/2026")
    assert "Chưa đến hạn, không nhắc (1): Phòng Tổng hợp (gia hạn đến 03/6/2026)." in said
    folder = root / "output" / "2026" / "h1" / "remind" / "2026-06-02"
    assert not (folder / "tong-hop.eml").exists()
    assert (folder / "tin-hoc.eml").exists()


def test_each_unit_is_told_its_own_deadline(root: Path) -> None:
    add_to_h1(root, "    unit_deadlines: {tin-hoc: {by: 2026-05-29}}\n")
    danvan(root, "remind", "--period", "h1", "--as-of", "28/5/2026")
    folder = root / "output" / "2026" / "h1" / "remind" / "2026-05-28"
    assert "29/5/2026" in (folder / "tin-hoc.txt").read_text(encoding="utf-8")
    assert "(riêng Trung tâm Tin học chậm nhất ngày 29 tháng 5 năm 2026)" in letter(folder)


def letter(folder: Path) -> str:
    document = docx.Document(str(folder / "cong-van-don-doc.docx"))
    return as_typed("\n".join(paragraph.text for paragraph in document.paragraphs))


def a_group_and_an_extended_unit(root: Path) -> None:
    """Of seven units three are to report by 27/5 and one, whose report is faulty, by 08/6."""
    own = """\
    unit_deadlines: {xa: {before: 2026-05-28}}
    extensions:
      - {units: [tong-hop], by: 2026-06-08, reason: Chờ số liệu, granted: 2026-05-26}
"""
    add_to_h1(root, own, groups="unit_groups: {xa: [tin-hoc, tiep-dan, ngoai-vu]}\n")
    plan = root / "plan.yaml"
    more = """\
units:
  - {id: noi-chinh, name: Phòng Nội chính, short: NC}
  - {id: kinh-te, name: Phòng Kinh tế, short: KT}
  - {id: noi-vu, name: Phòng Nội vụ, short: NV}
  - {id: ngoai-vu, name: Phòng Ngoại vụ, short: NgV}
"""
    text = plan.read_text(encoding="utf-8").replace("units:\n", more, 1)
    text = text.replace("coordinator: tong-hop", "coordinator: noi-chinh")
    plan.write_text(text, encoding="utf-8")


OWN_DAYS = (
    "trước ngày 28 tháng 5 năm 2026 (riêng Phòng Kinh tế và Phòng Nội vụ trước ngày 02 tháng 6 năm "
    "2026; Phòng Tổng hợp chậm nhất ngày 08 tháng 6 năm 2026), số liệu"
)
BEFORE = (
    "chậm nhất thứ Tư, ngày 27 tháng 5 năm 2026, riêng Phòng Kinh tế và Phòng Nội vụ chậm nhất thứ "
    "Hai, ngày 01 tháng 6 năm 2026; Phòng Tổng hợp chậm nhất thứ Hai, ngày 08 tháng 6 năm 2026 để "
    "tổng hợp./."
)
AFTER = (
    "chậm nhất thứ Tư, ngày 03 tháng 6 năm 2026, riêng Phòng Tổng hợp chậm nhất thứ Hai, ngày 08 "
    "tháng 6 năm 2026 để tổng hợp./."
)


@pytest.mark.parametrize(("day", "said"), [("2026-05-26", BEFORE), ("2026-06-02", AFTER)])
def test_the_letter_asks_each_unit_for_its_report_by_its_own_day(
    root: Path, file_report: ReportWriter, day: str, said: str
) -> None:
    a_group_and_an_extended_unit(root)
    file_report("tong-hop", text="submitted: 26/5/2026\nindicators: {hoi-nghi: ba}\n")
    danvan(root, "remind", "--period", "h1", "--as-of", day)
    text = letter(root / "output/2026/h1/remind" / day)
    assert OWN_DAYS in text
    assert said in text
