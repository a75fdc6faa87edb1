"""What differs on Windows, as far as another system can try it: line ends, marks, names, time."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import small_workspace
from danvan_cli.cli import app
from git_repository import Git
from places import SOURCE

BOM = b"\xef\xbb\xbf"
YAML_FILES = [
    "plan.yaml",
    small_workspace.H1,
    small_workspace.OTHER_UNIT,
    small_workspace.ANNUAL,
    small_workspace.OFFICE,
]


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def as_notepad_saves(path: Path) -> None:
    path.write_bytes(BOM + path.read_bytes().replace(b"\n", b"\r\n"))


@pytest.fixture
def windows(tmp_path: Path) -> Path:
    """A workspace whose every file has CRLF and a byte order mark."""
    small_workspace.write(tmp_path)
    for name in YAML_FILES:
        as_notepad_saves(tmp_path / name)
    return tmp_path


def test_every_kind_of_file_may_have_crlf_and_a_byte_order_mark(
    windows: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain = small_workspace.write(tmp_path_factory.mktemp("plain"))
    assert danvan(windows, "validate", "--strict").exit_code == 0
    for arguments in (
        ["status", "--format", "json", "--as-of", "4/11/2026"],
        ["report", "--period", "annual", "--draft", "--as-of", "4/11/2026"],
        ["report", "--period", "h1", "--internal", "--draft", "--as-of", "4/6/2026"],
    ):
        assert danvan(windows, *arguments).stdout == danvan(plain, *arguments).stdout


def test_a_fault_behind_crlf_and_a_byte_order_mark_has_the_right_place(windows: Path) -> None:
    path = windows / small_workspace.H1
    path.write_bytes(path.read_bytes().replace(b"29/5/2026", b"29/13/2026"))
    (found,) = json.loads(danvan(windows, "validate", "--format", "json").stdout)
    assert (found["line"], found["column"]) == (4, 12)


def test_a_file_that_danvan_adds_to_keeps_its_line_ends(windows: Path) -> None:
    path = windows / small_workspace.OFFICE
    path.write_bytes(b"# l\xe1\xbb\x9di c\xe1\xbb\xa7a c\xc6\xa1 quan\r\nstrengths: [K]\r\n")
    arguments = ["--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026", "--force"]
    assert danvan(windows, "issue", *arguments).exit_code == 0
    text = path.read_bytes()
    assert b"number: 57/BC-VP" in text
    assert text.startswith("# lời của cơ quan\r\n".encode())
    assert text.count(b"\r\n") == text.count(b"\n")


def test_schemas_that_git_gave_crlf_are_still_ours_to_write_again(windows: Path) -> None:
    assert danvan(windows, "schema").exit_code == 0
    for path in (windows / "schemas").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert danvan(windows, "schema").exit_code == 0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_folders_may_have_spaces_and_vietnamese_letters(tmp_path: Path, form: str) -> None:
    folder = tmp_path / unicodedata.normalize(form, "Kế hoạch dân vận 2026 (bản 1)")
    small_workspace.write(folder)
    target = folder / unicodedata.normalize(form, "Văn bản đã lập")
    document = target / unicodedata.normalize(form, "Báo cáo quý.docx")
    target.mkdir()
    assert danvan(folder, "validate").exit_code == 0
    result = danvan(folder, "report", "--period", "h1", "-o", str(document))
    assert result.exit_code == 0, result.output
    assert danvan(folder, "report", "--period", "annual", "-o", str(target)).exit_code == 0
    # As it was typed, in the folder that is there, and not beside it in another form.
    assert sorted(path.name for path in target.iterdir()) == sorted([document.name, "bao-cao.docx"])
    assert len(list(folder.glob("V*"))) == 1
    assert "Đã kiểm tra 1 tệp" in danvan(folder, "check", str(document)).stdout
    report = folder / small_workspace.H1
    assert danvan(tmp_path, "validate", str(report)).exit_code == 0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_git_knows_the_reports_below_a_folder_with_vietnamese_letters(
    tmp_path: Path, form: str
) -> None:
    git = Git(tmp_path)
    folder = tmp_path / unicodedata.normalize(form, "Kế hoạch 2026")
    small_workspace.write(folder)
    git.commit("2026-05-29")
    reports = json.loads(danvan(folder, "log", "--format", "json").stdout)["reports"]
    assert [each["first"]["day"] for each in reports] == ["2026-05-29"] * 3


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_stray_file_is_named_whatever_form_its_name_has(tmp_path: Path, form: str) -> None:
    small_workspace.write(tmp_path)
    name = unicodedata.normalize(form, "Báo cáo quý.yaml")
    (tmp_path / "reports/2026/h1" / name).write_text("unit: x\n", encoding="utf-8")
    (found,) = json.loads(danvan(tmp_path, "validate", "--format", "json").stdout)
    assert found["code"] == "F113"
    assert unicodedata.normalize("NFC", "Báo cáo quý") in unicodedata.normalize(
        "NFC", found["message"]
    )


@pytest.mark.parametrize("name", ["con", "nul", "prn", "aux", "com1", "lpt9"])
def test_a_name_that_windows_keeps_for_a_device_is_no_id(tmp_path: Path, name: str) -> None:
    plan = small_workspace.PLAN.replace("ban-tiep-cong-dan", name).replace("h1:", f"{name}:")
    plan = plan.replace("continues: h1", f"continues: {name}")
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    found = json.loads(danvan(tmp_path, "validate", "--format", "json").stdout)
    assert {each["path"] for each in found if each["code"] == "P315"} == {
        "units.2.id",
        f"periods.{name}",
    }


@pytest.mark.parametrize("command", ["status", "overdue", "report --period h1 --draft"])
def test_no_time_zone_database_is_needed(tmp_path: Path, command: str) -> None:
    small_workspace.write(tmp_path)
    # None makes an import fail; the path is where the system's own database would be.
    script = "import sys; sys.modules['tzdata'] = None; from danvan_cli.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", script, "-C", str(tmp_path), *command.split()],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONTZPATH": "", "TZ": "EST5EDT"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode in (0, 1), ended.stderr


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a fault in a report, and a Word document without recipients."""
    plan = small_workspace.PLAN.replace("    recipients: [Như trên]\n", "")
    folder = small_workspace.write(tmp_path_factory.mktemp("faulty"), {"plan.yaml": plan})
    danvan(folder, "report", "--period", "h1", "-o", str(folder / "bao-cao.docx"))
    (folder / small_workspace.OTHER_UNIT).write_text("unit: hành chính\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("status", 0),
        ("status --format json", 0),
        ("overdue --as-of 10/6/2026", 1),
        ("validate", 1),
        ("check bao-cao.docx", 1),
        ("report --period hh", 2),
        ("--help", 0),
    ],
)
def test_a_pipe_on_any_code_page_gets_the_same_utf8(
    faulty: Path, arguments: str, status: int
) -> None:
    def run(encoding: str) -> tuple[int, bytes]:
        environment = {
            **os.environ,
            "PYTHONPATH": str(SOURCE),
            "PYTHONIOENCODING": encoding,
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
            "LC_ALL": "C",
        }
        ended = subprocess.run(
            [sys.executable, "-m", "danvan_cli", *arguments.split()],
            cwd=faulty,
            env=environment,
            capture_output=True,
            check=False,
        )
        return ended.returncode, ended.stdout + ended.stderr

    expected = run("utf-8")
    assert expected[0] == status
    others = ["ascii:strict", "cp1252", "cp1258"] if arguments == "status" else ["ascii:strict"]
    assert [run(encoding) for encoding in others] == [expected] * len(others)
    assert "Traceback" not in expected[1].decode("utf-8")
