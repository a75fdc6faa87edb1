"""Registers: what is counted from them, what is said of bad ones, and what is never said."""

import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.files import register_cells, register_tables, registers
from danvan_cli.model import register_rows
from danvan_cli.model.deadlines import WorkCalendar
from danvan_cli.model.plan import DataWindow
from danvan_cli.model.register_rows import Row
from danvan_cli.model.registers import Computed, Register, is_personal
from danvan_cli.model.values import Day
from git_repository import Git
from small_workspace import OTHER_UNIT, changed, write

SECRET = "Bùi Thị Bí Mật"
ADDRESS = "12 Lê Lợi"
IDENTITY = "044123456789"
REPORT = "reports/2026/h1/ban-tiep-cong-dan.yaml"
HEADINGS = ["STT", "Ngày tiếp", "Họ và tên", "Phân loại", "Hướng xử lý", "Ngày trả lời"]
COUNTED = """\
indicators:
  - id: don-phai-xu-ly
    computed: {register: tiep-dan, where: {way: thụ lý}, day: to_handle}
  - id: don-da-xu-ly
    computed: {register: tiep-dan, count: rows, where: {way: thụ lý}, day: done}
"""
LEFT_OUT = """\
indicators:
  don-phai-xu-ly:
  don-da-xu-ly:
"""


def plan(file: str, more: str = "", counted: str = COUNTED) -> str:
    columns = "{day: Ngày tiếp, kind: Phân loại, way: Hướng xử lý, done: Ngày trả lời}"
    return (
        f"registers:\n  tiep-dan:\n    file: {file}\n    unit: ban-tiep-cong-dan\n"
        f"    columns: {columns}\n    due_days: 30\n    due_where: {{way: thụ lý}}\n{more}{counted}"
    )


def row(day: Any, way: str = "thụ lý", done: Any = None) -> list[Any]:
    return [1, day, SECRET, "Khiếu nại", way, done]


ROWS = [
    row("20/12/2025", done="10/01/2026"),
    row("05/01/26", "Thụ  LÝ", "2026-01-20"),
    row("8/1/2026", "hướng dẫn"),
    row("2/3/2026"),
    row("25/5/2026", done="10/6/2026"),
    row("26/5/2026"),
]


def csv(rows: Iterable[Sequence[Any]], separator: str = ",") -> bytes:
    lines = (separator.join("" if cell is None else str(cell) for cell in cells) for cells in rows)
    return "".join(f"{line}\n" for line in lines).encode()


def xlsx(*rows: Sequence[Any], merged: Sequence[str] = (), sheets: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in rows:
        sheet.append(cells)
    for cells in merged:
        sheet.merge_cells(cells)
    for name in sheets:
        book.create_sheet(name).append(["Ghi chú"])
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def made(
    folder: Path,
    content: bytes,
    file: str = "so/tiep-dan.csv",
    report: str = LEFT_OUT,
    more: str = "",
    counted: str = COUNTED,
) -> Path:
    """The small workspace with a register; both reports leave the counted figures out."""
    annual = REPORT.replace("h1", "annual")
    write(
        folder,
        {
            "plan.yaml": changed("plan.yaml", plan(file, more, counted)),
            REPORT: changed(REPORT, report),
            annual: changed(annual, LEFT_OUT),
        },
    )
    (folder / "so").mkdir()
    (folder / file).write_bytes(content)
    return folder


def danvan(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(app, ["-C", str(folder), *arguments])
    for secret in (SECRET, ADDRESS, IDENTITY):
        assert secret not in result.output
    return result


def figure(folder: Path, indicator: str, period: str = "h1") -> str:
    shown = danvan(folder, "figures", indicator, "--period", period, "--format", "json")
    (told,) = json.loads(shown.stdout)["indicators"]
    return str(told["figure"])


def checked(folder: Path, *, as_of: str = "1/12/2026") -> str:
    return danvan(folder, "register", "check", "--as-of", as_of).output


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("so/tiep-dan.csv", csv([HEADINGS, *ROWS])),
        ("so/tiep-dan.csv", b"\xef\xbb\xbfsep=;\r\n" + csv([HEADINGS, *ROWS], ";")),
        ("so/tiep-dan.CSV", csv([HEADINGS, *ROWS], "\t")),
        ("so/tiep-dan.xlsx", xlsx(HEADINGS, *ROWS)),
    ],
    ids=["comma", "semicolon and mark", "tab", "xlsx"],
)
def test_figures_left_out_of_a_report_are_counted_from_its_units_register(
    tmp_path: Path, file: str, content: bytes
):
    folder = made(tmp_path, content, file)
    # Carried over from 2025, and three that came until 25/5; two of these four were done.
    assert (figure(folder, "don-phai-xu-ly"), figure(folder, "don-da-xu-ly")) == ("4", "2")
    assert figure(folder, "don-phai-xu-ly", "annual") == "5"


def test_a_register_may_be_yaml(tmp_path: Path):
    rows = "".join(
        f"  - {{Ngày tiếp: {day}, Phân loại: Tố cáo, Hướng xử lý: thụ lý, Ngày trả lời: {done}}}\n"
        for day, done in (("5/1/2026", "20/1/2026"), ("2/3/2026", ""))
    )
    folder = made(tmp_path, f"rows:\n{rows}".encode(), "so/tiep-dan.yaml")
    assert (figure(folder, "don-phai-xu-ly"), figure(folder, "don-da-xu-ly")) == ("2", "1")


def test_headings_in_several_rows_numbered_columns_totals_and_signatures_are_no_entries(
    tmp_path: Path,
):
    content = xlsx(
        ["SỔ TIẾP CÔNG DÂN NĂM 2026"],
        [],
        ["STT", "Ngày tiếp", "Họ và tên", "Phân loại", "Kết quả", None],
        [None, None, None, None, "Hướng xử lý", "Ngày trả lời"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        row(date(2026, 1, 5), done=datetime(2026, 1, 20, 8, 30)),
        [],
        row(46083),
        ["Tổng cộng", None, None, 2],
        [None, None, None, None, "NGƯỜI LẬP SỔ"],
        merged=["A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3"],
    )
    folder = made(tmp_path, content, "so/tiep-dan.xlsx")
    assert (figure(folder, "don-phai-xu-ly"), figure(folder, "don-da-xu-ly")) == ("2", "1")
    assert "dòng tổng cộng (dòng 9)" in danvan(folder, "register", "list").output
    assert checked(folder) == "Đã kiểm tra 1 sổ: không có lỗi, không có cảnh báo.\n"


def test_a_typed_figure_that_differs_is_an_error_with_both(tmp_path: Path):
    folder = made(
        tmp_path, csv([HEADINGS, *ROWS]), report="indicators: {don-phai-xu-ly: 9, don-da-xu-ly: 2}"
    )
    for command in ("validate", "register check"):
        result = danvan(folder, *command.split(), "--as-of", "1/12/2026")
        assert result.exit_code == 1
        assert "báo cáo ghi 9, sổ “so/tiep-dan.csv” tính ra 4" in result.output
        assert result.output.count("R485") == 1


def test_trace_leads_to_the_file_and_its_rows(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    told = danvan(folder, "trace", "don-phai-xu-ly", "--period", "h1").stdout
    assert "so/tiep-dan.csv: dòng 2-3, 5-6 (4 dòng)" in told
    assert f"{REPORT}:" not in told


def test_trace_of_a_typed_figure_names_the_report_too(tmp_path: Path):
    report = "indicators: {don-phai-xu-ly: 4, don-da-xu-ly: 2}"
    folder = made(tmp_path, csv([HEADINGS, *ROWS]), report=report)
    told = danvan(folder, "trace", "don-da-xu-ly", "--period", "h1").stdout
    assert "ban-tiep-cong-dan.yaml:" in told
    assert "so/tiep-dan.csv: dòng 2-3 (2 dòng)" in told


def test_a_column_is_summed_and_other_units_type_theirs(tmp_path: Path):
    counted = """\
  hoi-nghi:
    file: so/hoi-nghi.csv
    unit: ban-tiep-cong-dan
    columns: {day: Ngày, name: Tên hội nghị, people: Số người}
indicators:
  - {id: hoi-nghi, computed: {register: hoi-nghi, sum: people}}
"""
    folder = made(tmp_path, csv([HEADINGS, *ROWS]), counted=counted)
    meetings = "Ngày;Tên hội nghị;Số người\n5/3/2026;Tập huấn;1.020\n6/3/2026;Tọa đàm;35\n"
    (folder / "so" / "hoi-nghi.csv").write_text(meetings, encoding="utf-8")
    (folder / REPORT).write_text(changed(REPORT, "indicators: {hoi-nghi: }"), encoding="utf-8")
    (folder / OTHER_UNIT).write_text(changed(OTHER_UNIT, "indicators: {hoi-nghi: 7}"), "utf-8")
    assert figure(folder, "hoi-nghi") == "1062"


def test_overdue_rows_are_told_by_their_numbers(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    result = danvan(folder, "register", "overdue", "--as-of", "1/6/2026", "--format", "csv")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1].endswith("so/tiep-dan.csv,5,2026-03-02,2026-04-01,61")
    assert danvan(folder, "register", "overdue", "--as-of", "1/4/2026").exit_code == 0


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("so/tiep-dan.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "F127|.xls cũ"),
        (
            "so/tiep-dan.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "F127|mật khẩu",
        ),
        ("so/tiep-dan.xlsx", b"PK\x03\x04" + bytes(90), "F127|không phải là .xlsx, hoặc bị hỏng"),
        ("so/tiep-dan.xlsx", b"", "F127|không phải là .xlsx"),
        ("so/tiep-dan.csv", csv([HEADINGS, *ROWS]).decode().encode("utf-16"), "F127|CSV UTF-8"),
        ("so/tiep-dan.csv", b"", "F128|sổ rỗng, không có dòng tiêu đề|Ngày tiếp"),
        ("so/tiep-dan.csv", b"\n\n", "F128|sổ rỗng, không có dòng tiêu đề"),
        ("so/tiep-dan.csv", b"\n" + csv([HEADINGS, row(IDENTITY)]), "F129|không phải là ngày"),
        ("so/tiep-dan.yaml", f"- {{Họ và tên: {SECRET}}}".encode(), "F127|F111"),
        ("so/tiep-dan.yaml", f"rows: [{{a: {SECRET}".encode(), "F127|F105"),
        (
            "so/tiep-dan.csv",
            csv([[*HEADINGS[:4], "Hướng xử lí", HEADINGS[5]], *ROWS]),
            "F128|không có cột “Hướng xử lý”|ý bạn là “Hướng xử lí”?",
        ),
        (
            "so/tiep-dan.csv",
            csv([[*HEADINGS, "Ngày tiếp"], *ROWS]),
            "F128|nhiều cột “Ngày tiếp”: cột B và G",
        ),
        ("so/tiep-dan.csv", csv(ROWS), "F128|trong 20 dòng đầu"),
        (
            "so/tiep-dan.csv",
            csv([HEADINGS, row(f"{SECRET} {IDENTITY}")]),
            ":2: lỗi F129|dòng 2, cột “Ngày tiếp”: không phải là ngày",
        ),
        ("so/tiep-dan.csv", csv([HEADINGS, row(IDENTITY)]), "F129|không phải là ngày"),
        ("so/tiep-dan.csv", csv([HEADINGS, row("31/4/2026")]), "F129|không có ngày 31/4/2026"),
        ("so/tiep-dan.csv", csv([HEADINGS, row(None)]), "F129|để trống|ô gộp"),
        (
            "so/tiep-dan.csv",
            csv([HEADINGS, row("5/6/2026", done="4/6/2026")]),
            "F129|ngày 04/6/2026 trước ngày 05/6/2026",
        ),
        (
            "so/tiep-dan.csv",
            csv([HEADINGS, *ROWS, [None, None, SECRET, None, None, None]]),
            "cảnh báo F130|dòng 8 chỉ có chữ ở các cột không được đọc",
        ),
        (
            "so/tiep-dan.csv",
            csv([HEADINGS, *ROWS, row("5/12/2026")]),
            "cảnh báo R486|dòng 8 có ngày chưa đến, muộn nhất là ngày 05/12/2026",
        ),
        (
            "so/tiep-dan.csv",
            csv([HEADINGS, row("5/1/2026", "chuyển đơn")]),
            "cảnh báo R488|không dòng nào của sổ có “thụ lý”",
        ),
    ],
)
def test_a_bad_register_gets_one_clear_message(
    tmp_path: Path, file: str, content: bytes, told: str
):
    folder = made(tmp_path, content, file)
    output = checked(folder)
    for words in told.split("|"):
        assert words in output
    assert danvan(folder, "status", "--as-of", "1/12/2026").exit_code == 0


def test_of_a_register_with_an_error_nothing_is_counted(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS, row("hôm qua")]))
    assert figure(folder, "don-phai-xu-ly") == "None"


def test_without_the_file_typed_figures_hold(tmp_path: Path):
    report = "indicators: {don-phai-xu-ly: 41, don-da-xu-ly: 38}"
    folder = made(tmp_path, b"", report=report)
    (folder / "so/tiep-dan.csv").unlink()
    assert figure(folder, "don-phai-xu-ly") == "41"
    assert "cảnh báo P380" in danvan(folder, "validate").output
    assert "chưa có tệp" in danvan(folder, "register", "list").output


def test_a_workbook_of_several_sheets_is_asked_about_only_where_two_fit(tmp_path: Path):
    one = made(tmp_path / "one", xlsx(HEADINGS, *ROWS, sheets=["Khác"]), "so/tiep-dan.xlsx")
    assert figure(one, "don-phai-xu-ly") == "4"
    book = openpyxl.load_workbook(one / "so/tiep-dan.xlsx")
    book.copy_worksheet(book["Sheet"]).title = "Tháng 6"
    book.save(one / "so/tiep-dan.xlsx")
    assert "nhiều trang của sổ có các cột này: Sheet, Tháng 6" in checked(one)
    text = (one / "plan.yaml").read_text(encoding="utf-8")
    text = text.replace("due_days: 30", "due_days: 30\n    sheet: tháng 6")
    (one / "plan.yaml").write_text(text, encoding="utf-8")
    assert figure(one, "don-phai-xu-ly") == "4"


def test_a_register_that_is_open_in_excel_is_told(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    (folder / "so/~$tiep-dan.csv").write_bytes(b"x")
    assert "đang mở trong Excel" in checked(folder)


def test_a_link_out_of_the_workspace_is_not_followed(tmp_path: Path):
    outside = tmp_path / "outside.csv"
    outside.write_bytes(csv([HEADINGS, *ROWS]))
    folder = made(tmp_path / "kh", b"")
    (folder / "so/tiep-dan.csv").unlink()
    (folder / "so/tiep-dan.csv").symlink_to(outside)
    assert "dẫn ra ngoài thư mục kế hoạch" in checked(folder)


@pytest.mark.parametrize("file", ["../so.csv", "/etc/so.csv", "C:/so.csv", "so/so.xls", "so/so"])
def test_a_file_elsewhere_or_of_another_kind_is_refused(tmp_path: Path, file: str):
    text = changed("plan.yaml", plan(file))
    write(tmp_path, {"plan.yaml": text})
    assert "lỗi P376" in checked(tmp_path)


def test_a_register_in_git_is_told(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    git = Git(folder)
    assert "R487" not in checked(folder)
    git.commit("2026-06-01")
    assert "cảnh báo R487" in checked(folder)
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(
        text.replace("due_days: 30", "due_days: 30\n    in_git: true"), encoding="utf-8"
    )
    assert "R487" not in checked(folder)


def test_columns_that_no_condition_asks_for_are_not_kept(tmp_path: Path):
    made(tmp_path, csv([HEADINGS, *ROWS]))
    register = Register(
        file="so/tiep-dan.csv",
        unit="ban-tiep-cong-dan",
        columns={"day": "Ngày tiếp", "kind": "Phân loại", "way": "Hướng xử lý"},
    )
    read = registers.read(tmp_path, "tiep-dan", register, {"way"}, set())
    assert {name for row in read.rows for name in row.texts} == {"way"}
    assert SECRET not in repr(read)


@pytest.mark.parametrize(
    "heading",
    ["Họ và tên", "HỌ TÊN công dân", "Địa chỉ", "Số CCCD", "CMND", "Điện thoại", "Ngày sinh"],
)
def test_headings_of_personal_data_are_known(heading: str):
    assert is_personal(heading)


@pytest.mark.parametrize(
    "heading",
    ["Ngày tiếp", "Phân loại", "Hướng xử lý", "Tên hội nghị", "Số người đến", "Kết quả", "KĐT"],
)
def test_other_headings_are_not_taken_for_personal_data(heading: str):
    assert not is_personal(heading)


def test_working_days_and_days_off_move_the_last_day():
    register = Register(file="a.csv", unit="a", columns={"day": "A"}, due_working_days=3)
    friday = Row(1, date(2026, 5, 29))
    assert register_rows.row_last_day(friday, register, WorkCalendar()) == date(2026, 6, 3)
    by_days = Register(file="a.csv", unit="a", columns={"day": "A"}, due_days=8)
    moved = WorkCalendar(moves_on=True)
    assert register_rows.row_last_day(friday, by_days, moved) == date(2026, 6, 8)
    assert register_rows.row_last_day(friday, by_days, WorkCalendar()) == date(2026, 6, 6)


DAYS = st.dates(date(2025, 12, 1), date(2026, 7, 31))


@given(rows=st.lists(st.tuples(DAYS, st.none() | DAYS)), first=DAYS, last=DAYS)
def test_to_handle_is_carried_and_new_and_splits_into_done_and_open(
    rows: list[tuple[date, date | None]], first: date, last: date
):
    register = Register(file="a.csv", unit="a", columns={"day": "A", "done": "B"}, due_days=30)
    window = DataWindow(from_=Day.of(min(first, last)), to=Day.of(max(first, last)))
    held = [
        Row(number, day, max(day, done) if done else None)
        for number, (day, done) in enumerate(rows, 1)
    ]
    of = {
        kind: {
            row.number
            for row in register_rows.counted(
                Computed(register="a", day=kind), register, held, window, WorkCalendar()
            )
        }
        for kind in ("in_window", "carried", "to_handle", "done", "open", "overdue")
    }
    assert of["to_handle"] == of["carried"] | of["in_window"] == of["done"] | of["open"]
    assert not of["carried"] & of["in_window"]
    assert not of["done"] & of["open"]
    assert of["overdue"] <= of["open"]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(HEADINGS).replace(b"xl/workbook.xml", b"xl/workbooc.xml"),
        xlsx(HEADINGS)[:400],
        b"PK\x05\x06" + bytes(18),
    ],
)
def test_a_broken_workbook_is_no_traceback(content: bytes):
    with pytest.raises(register_tables.UnreadableError):
        for table in register_tables.tables("so.xlsx", content):
            list(table.rows())


def test_a_new_report_and_form_have_the_registers_figure_and_name_it(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    file = folder / "new.yaml"
    danvan(folder, "new", "ban-tiep-cong-dan", "--period", "h1", "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert "Tính từ sổ so/tiep-dan.csv." in " ".join(text.replace("#", "").split())
    assert "  don-phai-xu-ly: 4\n" in text
    form = folder / "form.docx"
    danvan(folder, "form", "ban-tiep-cong-dan", "--period", "h1", "-o", str(form))
    words = docx.Document(str(form)).element.xpath("string(//w:body)")
    assert "tính từ sổ so/tiep-dan.csv" in words
    # What is filled in by reading is no words of the unit's that the form would replace.
    imported = danvan(folder, "import", str(form))
    assert "ô Đơn phải xử lý: (trống) → “4”" in imported.output
    # The register has grown by a row since the form was made.
    (folder / "so/tiep-dan.csv").write_bytes(csv([HEADINGS, *ROWS, row("7/5/2026")]))
    late = danvan(folder, "import", str(form), "--force")
    assert "báo cáo ghi 4, sổ “so/tiep-dan.csv” tính ra 5" in late.output


def test_the_figure_passes_to_the_only_heir_of_a_merged_unit(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    text = (folder / "plan.yaml").read_text(encoding="utf-8")
    merged = "email: btcd@example.vn, until: 2026-06-30, into: [hanh-chinh]"
    assert "email: btcd@example.vn" in text
    (folder / "plan.yaml").write_text(
        text.replace("email: btcd@example.vn", merged), encoding="utf-8"
    )
    (folder / REPORT.replace("h1", "annual")).unlink()
    other = folder / "reports/2026/annual/hanh-chinh.yaml"
    other.write_text(
        "unit: hanh-chinh\nyear: 2026\nperiod: annual\nsubmitted: 28/10/2026\n"
        "results: {'2.1': {status: not_started}}\n",
        encoding="utf-8",
    )
    assert figure(folder, "don-phai-xu-ly", "h1") == "4"
    assert figure(folder, "don-phai-xu-ly", "annual") == "5"
    told = danvan(folder, "trace", "don-phai-xu-ly", "--period", "annual").stdout
    assert "so/tiep-dan.csv: dòng 2-3, 5-7 (5 dòng)" in told


def test_the_working_paper_names_the_figures_that_only_a_register_gives(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    danvan(folder, "report", "--period", "h1", "--internal", "-o", str(folder / "out"))
    (paper,) = (folder / "out").glob("*.docx")
    words = docx.Document(str(paper)).element.xpath("string(//w:body)")
    assert "Ban Tiếp công dân không ghi trong báo cáo: Đơn phải xử lý; Đơn đã xử lý." in words


def patched(*changes: tuple[bytes, bytes]) -> bytes:
    """A workbook with other text in its sheet."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx(HEADINGS))) as source, zipfile.ZipFile(held, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for old, new in changes:
                    assert old in content
                    content = content.replace(old, new, 1)
            target.writestr(name, content)
    return held.getvalue()


ENTITIES = b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 107)
)


@pytest.mark.parametrize(
    "declared",
    [b'<!ENTITY a "aaaaaaaaaa">' + ENTITIES, b'<!ENTITY j SYSTEM "file:///etc/hostname">'],
    ids=["entities that multiply", "an entity that is a file"],
)
def test_entities_of_xml_are_not_followed(declared: bytes):
    content = patched(
        (b"<worksheet", b"<!DOCTYPE l [" + declared + b"]><worksheet"), (b"STT", b"&j;")
    )
    with pytest.raises(register_tables.UnreadableError):
        for table in register_tables.tables("so.xlsx", content):
            list(table.rows())


def test_a_row_far_below_does_not_take_for_ever():
    (table,) = register_tables.tables("so.xlsx", patched((b'<row r="1"', b'<row r="999999999"')))
    assert sum(1 for _ in table.rows()) <= register_tables.MAX_ROWS


def test_a_text_of_many_bad_rows_is_read_no_further_than_problems_are_told(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *[row("?")] * 5_000]))
    assert "còn nhiều vấn đề khác" in checked(folder)


def test_a_plan_that_cannot_be_read_is_said_not_to_be(tmp_path: Path):
    write(tmp_path, {"plan.yaml": changed("plan.yaml", "year: hai nghìn")})
    result = danvan(tmp_path, "register", "check")
    assert (result.exit_code, "plan.yaml có lỗi" in result.output) == (2, True)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, 12),
        (12.0, 12),
        (97.5, Decimal("97.5")),
        ("1.234", 1234),
        ("1\u00a0234,50", Decimal("1234.5")),
        ("12,00", 12),
        ("0", 0),
    ],
)
def test_numbers_are_read_as_people_write_them(cell: Any, number: Any):
    assert register_cells.number_in(cell) == number


@pytest.mark.parametrize("cell", ["12.5", "mười", True, -3, 1e300, float("nan"), None, "  "])
def test_what_is_no_number_is_not_guessed(cell: Any):
    with pytest.raises(register_cells.CellError):
        register_cells.number_in(cell)


@pytest.mark.parametrize("cell", [0, 150_000, True, "6/25/2026", "5/6", "1/1/0026", 12345678901])
def test_what_is_no_day_is_not_guessed(cell: Any):
    with pytest.raises(register_cells.CellError):
        register_cells.day_in(cell, date(1899, 12, 30))


def test_the_list_is_the_same_in_every_format(tmp_path: Path):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))

    def listed(command: str, format: str, day: str = "1/6/2026") -> str:
        words = ("register", command, "--as-of", day, "--format", format)
        return danvan(folder, *words).stdout

    (record,) = json.loads(listed("list", "json"))
    assert (record["rows"], record["open"], record["overdue"]) == (6, 3, 1)
    assert {"indicator": "don-da-xu-ly", "period": "annual", "value": 3} in record["figures"]
    assert listed("list", "csv").splitlines()[1].endswith(",read,6,2025-12-20,2026-05-26,3,1")
    table = "tiep-dan  Ban Tiếp công dân        6  20/12/2025  26/5/2026          3        1"
    assert table in listed("list", "table")
    assert "| tiep-dan | Ban Tiếp công dân | 6 |" in listed("list", "markdown")
    assert "tiep-dan     5  02/3/2026  01/4/2026  61 ngày" in listed("overdue", "table")
    assert "| tiep-dan | 5 | 02/3/2026 |" in listed("overdue", "markdown")
    assert [entry["row"] for entry in json.loads(listed("overdue", "json"))] == [5]
    assert "không có dòng nào quá hạn" in listed("overdue", "table", "1/3/2026")


def test_a_plan_without_registers_is_told_so(tmp_path: Path):
    write(tmp_path)
    for command in ("list", "check", "overdue"):
        told = danvan(tmp_path, "register", command).stdout
        assert "Kế hoạch không có sổ nào (registers)." in told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("    due_working_days: 5\n", "có cả due_days và due_working_days"),
        ("    due_where: {huong: thụ lý}\n", "sổ không có cột “huong”"),
        ("    columns: {day: Ngày tiếp, way: ngày  tiếp, done: A}\n", "day và way cùng là cột"),
        ("    columns: {way: Ngày tiếp, done: A}\n", "columns thiếu cột day"),
        ("    columns: {day: Ngày tiếp, way: A}\n", "có thời hạn mà columns không có cột done"),
        ("    unit: ban-tiep-cong-da\n", "kế hoạch không có đơn vị “ban-tiep-cong-da”"),
        ("    due_days:\n", "có due_where mà không có thời hạn"),
    ],
)
def test_a_register_that_is_wrong_in_the_plan_is_told(tmp_path: Path, more: str, told: str):
    folder = made(tmp_path, csv([HEADINGS, *ROWS]))
    data = yaml.safe_load((folder / "plan.yaml").read_text(encoding="utf-8"))
    fields = data["registers"]["tiep-dan"]
    fields |= yaml.safe_load(more)
    (folder / "plan.yaml").write_text(
        yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    output = checked(folder)
    assert "lỗi P376" in output
    assert told in output


@pytest.mark.parametrize(
    ("computed", "told"),
    [
        ("{register: tiep-da}", "kế hoạch không có sổ “tiep-da”"),
        ("{register: tiep-dan, count: rows, sum: kind}", "có cả count và sum"),
        ("{register: tiep-dan, sum: done}", "sổ không có cột “done” để cộng"),
        ("{register: tiep-dan, where: {day: A}}", "sổ không có cột “day”"),
    ],
)
def test_a_figure_that_is_wrong_in_the_plan_is_told(tmp_path: Path, computed: str, told: str):
    counted = f"indicators:\n  - {{id: hoi-nghi, computed: {computed}}}\n"
    output = checked(made(tmp_path, csv([HEADINGS, *ROWS]), counted=counted))
    assert "lỗi P377" in output
    assert told in output


def test_a_quotation_mark_too_many_does_not_bring_a_row_to_light(tmp_path: Path):
    content = csv([HEADINGS, *ROWS]).replace("Hướng xử lý".encode(), b'"Hu', 1)
    assert "F128" in checked(made(tmp_path, content))
