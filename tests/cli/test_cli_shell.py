"""How the program starts and ends: options before the command, streams, exit statuses."""

import os
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import click
import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from danvan_cli import __version__
from danvan_cli.cli import program
from danvan_cli.cli.frame.options import AsFindings, AsOf, start_directory
from danvan_cli.cli.frame.shell import FINDINGS, Entry, group
from danvan_cli.problems import Failure, reason
from places import SOURCE


def run(command: Entry, *arguments: str) -> Result:
    """Runs `danvan … thu …`, where `thu` is the command given; options may come before it."""
    return CliRunner().invoke(program({"Thử": {"thu": command}}), arguments)


def process(*arguments: str, **settings) -> subprocess.Popen[bytes]:
    """Starts `danvan` with a command `thu` that writes as many lines as it is told."""
    script = (
        "import click\n"
        "from danvan_cli import cli\n"
        "def thu(lines: int):\n"
        "    for number in range(lines):\n"
        "        click.echo(f'D\\xf2ng th\\u1ee9 {number}')\n"
        "cli.app = cli.program({'Thu': {'thu': thu}})\n"
        "cli.main()\n"
    )
    environment = os.environ | {"PYTHONPATH": str(SOURCE)} | settings.pop("env", {})
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        stderr=settings.pop("stderr", subprocess.PIPE),
        **settings,
    )


def idle() -> None:
    """Không làm gì."""


def test_the_program_alone_shows_its_help_and_where_to_begin():
    result = run(idle)
    assert result.exit_code == 0
    assert result.stdout.startswith("Cách dùng: danvan [TÙY_CHỌN] LỆNH [ĐỐI_SỐ]...\n")
    assert "danvan status " in result.stdout
    assert "Gõ 'danvan LỆNH --help'" in result.stdout


def test_help_lists_commands_under_their_headings():
    app = program({"Xem": {"thu": idle}, "Sửa": {"nhom": group("Các lệnh con.", {"con": idle})}})
    lines = CliRunner().invoke(app, ["--help"]).stdout.splitlines()
    seen = lines.index("Xem:")
    assert lines[seen + 1 :][:4] == [
        "  thu   Không làm gì.",
        "",
        "Sửa:",
        "  nhom  Các lệnh con.",
    ]


def test_a_command_in_a_group_has_help_of_its_own():
    result = run(group("Các lệnh con.", {"con": idle}), "thu", "con", "--help")
    assert result.stdout.startswith("Cách dùng: danvan thu con [TÙY_CHỌN]\n\n  Không làm gì.\n")


def test_a_group_without_a_command_says_what_is_missing():
    result = run(group("Các lệnh con.", {"con": idle}), "thu")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Lỗi: thiếu tên lệnh." in result.stderr


def test_version_is_that_of_the_package():
    pyproject = (SOURCE.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{__version__}"' in pyproject
    assert run(idle, "--version").stdout == f"danvan {__version__}\n"


def test_a_command_that_does_its_work_ends_with_0():
    assert run(idle, "thu").exit_code == 0


def test_findings_end_with_1_and_without_a_message():
    def finds() -> None:
        raise typer.Exit(FINDINGS)

    result = run(finds, "thu")
    assert (result.exit_code, result.output) == (1, "")


def test_a_failure_is_told_with_its_hint_on_standard_error():
    def fails() -> None:
        raise Failure("không có kỳ “h3” trong plan.yaml", "các kỳ là: h1, annual")

    result = run(fails, "thu")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Lỗi: không có kỳ “h3” trong plan.yaml.\nGợi ý: các kỳ là: h1, annual.\n"
    )


def test_a_path_that_the_system_refuses_is_a_failure_that_names_it(tmp_path):
    def reads() -> None:
        tmp_path.joinpath("thiếu.yaml").read_text()

    result = run(reads, "thu")
    assert result.exit_code == 2
    assert result.stderr == f"Lỗi: không dùng được “{tmp_path / 'thiếu.yaml'}”: không tồn tại.\n"


def test_a_fault_is_one_sentence_with_the_command_that_tells_more():
    def errs() -> None:
        raise KeyError("kỳ")

    result = run(errs, "-C", ".", "thu")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        "Lỗi: danvan gặp sự cố bên trong chương trình;"
        " để xem chi tiết, hãy chạy lại: danvan --debug -C . thu\n"
    )


def test_debug_shows_where_a_fault_comes_from():
    def errs() -> None:
        raise KeyError("kỳ")

    result = run(errs, "--debug", "thu")
    assert result.exit_code == 3
    assert "in errs\n" in result.stderr
    assert "KeyError: 'kỳ'" in result.stderr


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, EOFError, click.Abort])
def test_an_interruption_ends_with_130(interruption):
    def waits() -> None:
        raise interruption

    result = run(waits, "thu")
    assert (result.exit_code, result.stderr) == (130, "Đã dừng.\n")


def takes(period: str = "", output: str = "") -> None:
    """Nhận hai tùy chọn."""


def test_a_mistyped_option_is_guessed_in_vietnamese():
    assert "Ý bạn là '--period'?" in run(takes, "thu", "--perid", "h1").stderr


def test_a_guess_among_several_says_so():
    def close(unit: str = "", units: str = "") -> None:
        """Nhận hai tùy chọn giống nhau."""

    assert "Ý bạn là một trong: '--unit', '--units'?" in run(close, "thu", "--unti", "x").stderr


@pytest.mark.parametrize("dash", ["–", "—"])
def test_a_dash_that_word_made_of_two_hyphens_is_told(dash: str):
    result = run(takes, "thu", f"{dash}period", "h1")
    assert result.exit_code == 2
    assert f"“{dash}” là dấu gạch dài" in result.stderr
    assert "viết '--period'." in result.stderr


def test_an_option_with_one_hyphen_instead_of_two_is_told():
    result = run(takes, "thu", "-period", "h1")
    assert result.exit_code == 2
    assert "Gợi ý: viết '--period', có hai dấu gạch nối." in result.stderr


@pytest.mark.parametrize("option", ["--debug", "-C"])
def test_an_option_of_the_program_after_the_command_is_told_its_place(option):
    result = run(idle, "thu", option)
    assert result.exit_code == 2
    assert f"Gợi ý: đặt '{option}' ngay sau 'danvan', trước tên lệnh." in result.stderr


def test_a_command_learns_the_folder_given_before_it(tmp_path):
    def tells(ctx: typer.Context) -> None:
        click.echo(start_directory(ctx))

    assert run(tells, "-C", str(tmp_path), "thu").stdout == f"{tmp_path}\n"
    assert run(tells, "thu").stdout == ".\n"


@pytest.mark.parametrize("day", ["29/5/2026", "29/05/2026", "2026-05-29"])
def test_a_day_is_read_as_people_write_it(day):
    days: list[date | None] = []

    def looks(as_of: AsOf = None) -> None:
        days.append(as_of)

    assert run(looks, "thu", "--as-of", day).exit_code == 0
    assert days == [date(2026, 5, 29)]


def test_a_day_that_does_not_exist_is_refused():
    def looks(as_of: AsOf = None) -> None:
        click.echo(as_of)

    result = run(looks, "thu", "--as-of", "31/6/2026")
    assert result.exit_code == 2
    assert "Lỗi: giá trị của '--as-of' không hợp lệ: không có ngày 31/6/2026" in result.stderr


def test_a_format_is_one_of_those_of_the_command():
    def checks(format: AsFindings = "text") -> None:
        click.echo(format)

    assert run(checks, "thu").stdout == "text\n"
    assert run(checks, "thu", "--format", "gitlab").stdout == "gitlab\n"
    assert "'text', 'json', 'github', 'gitlab'" in run(checks, "thu", "--format", "csv").stderr
    help = run(checks, "thu", "--help").stdout
    assert "--format DẠNG  Dạng in ra: text, json, github hoặc gitlab.  [mặc định: text]" in help


@pytest.mark.parametrize("lines", ["1", "100000"])
def test_a_reader_that_closes_the_pipe_ends_the_program_quietly(lines):
    reading, writing = os.pipe()
    os.close(reading)
    ended = process("thu", lines, stdout=writing)
    os.close(writing)
    assert ended.communicate()[1] == b""
    assert ended.returncode == 0


def test_a_reader_that_has_read_enough_ends_the_program_quietly():
    ended = process("thu", "100000", stdout=subprocess.PIPE)
    assert ended.stdout.readline() == "Dòng thứ 0\n".encode()
    ended.stdout.close()
    assert ended.stderr.read() == b""
    assert ended.wait() == 0


def test_a_closed_pipe_for_messages_ends_the_program_quietly_too():
    reading, writing = os.pipe()
    os.close(reading)
    ended = process("sai", stdout=writing, stderr=writing)
    os.close(writing)
    assert ended.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_output_that_cannot_be_written_is_a_failure():
    with Path("/dev/full").open("wb") as full:
        ended = process("thu", "1", stdout=full)
        assert ended.communicate()[1].decode() == "Lỗi: không đọc hoặc ghi được: ổ đĩa đã đầy.\n"
        assert ended.returncode == 2


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "cp1258"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
    ids=lambda environment: " ".join(environment.values()),
)
def test_a_pipe_gets_utf8_whatever_the_code_page(environment):
    fine = process("thu", "1", stdout=subprocess.PIPE, env=environment)
    assert fine.communicate() == ("Dòng thứ 0\n".encode(), b"")
    wrong = process("thu", stdout=subprocess.PIPE, env=environment)
    assert "Lỗi: thiếu đối số 'LINES'.".encode() in wrong.communicate()[1]
    assert (fine.returncode, wrong.returncode) == (0, 2)


def test_a_name_that_is_not_utf8_is_told_without_a_crash():
    ended = process(b"t\xff", stdout=subprocess.PIPE)
    assert "Lỗi: không có lệnh 't".encode() in ended.communicate()[1]
    assert ended.returncode == 2


def loaded_by(*arguments: str) -> set[str]:
    """The modules that `danvan` imports for this, on a pipe."""
    script = (
        "import sys; from danvan_cli import cli; cli.app(sys.argv[1:], standalone_mode=False)"
        "; print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        cwd=SOURCE.parent,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(ended.stderr.split())


def test_no_rich_is_loaded_where_nothing_is_shown_on_a_terminal():
    assert "rich" not in loaded_by("--help")


def test_a_command_does_not_wait_for_the_modules_of_others():
    names = ("status", "validate", "report", "check")
    commands = {f"danvan_cli.cli.commands.{name}" for name in names}
    assert not loaded_by("--version") & (commands | {"yaml"})
    loaded = loaded_by("status")
    assert loaded & commands == {"danvan_cli.cli.commands.status"}
    slow = {"rich", "docx", "docx_plus", "jinja2", "lxml", "icalendar"}
    assert not loaded & (slow | {"danvan_cli.files.safe_write"})


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("columns", [80, 120])
def test_help_on_a_terminal_is_framed_to_its_width(columns):
    shown = on_terminal("--help", columns=columns, TERM="xterm-256color")
    frames = [line for line in shown.splitlines() if line.startswith(("╭", "│", "╰"))]
    assert "─ Tùy chọn ─" in frames[0]
    assert {len(line) for line in frames} == {columns}


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_without_graphics_gets_plain_help():
    shown = on_terminal("--help", columns=80, TERM="dumb")
    assert "\nTùy chọn:\n  -C THƯ_MỤC  Tìm plan.yaml" in shown
    assert "╭" not in shown


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "Cách dùng: danvan [TÙY_CHỌN] LỆNH"),
        ("cp1258", "Ca\u0301ch du\u0300ng: danvan [TU\u0300Y_CHO\u0323N] LÊ\u0323NH"),
        ("latin-1", "Cách dùng: danvan [TÙY_CHON] LÊNH"),
        ("ascii", "Cach dung: danvan [TUY_CHON] LENH"),
    ],
)
def test_a_terminal_that_lacks_letters_gets_them_without_their_marks(encoding: str, shown: str):
    told = on_terminal("--help", columns=80, TERM="xterm", PYTHONIOENCODING=encoding)
    assert unicodedata.normalize("NFC", shown) in unicodedata.normalize("NFC", told)
    assert "?" not in told


def on_terminal(*arguments: str, columns: int, **environment: str) -> str:
    """What `danvan` writes to a terminal, without the styles."""
    import pty

    ours, theirs = pty.openpty()
    ended = process(
        *arguments, stdout=theirs, env={**environment, "COLUMNS": str(columns), "NO_COLOR": "1"}
    )
    os.close(theirs)
    shown = bytearray()
    while chunk := read_terminal(ours):
        shown += chunk
    os.close(ours)
    assert ended.wait() == 0
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    return click.unstyle(shown.decode(encoding)).replace("\r\n", "\n")


def read_terminal(descriptor: int) -> bytes:
    """The next bytes; none at the end, which Linux tells by an error."""
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "không có quyền truy cập"),
        (IsADirectoryError(21, "Is a directory"), "là thư mục, không phải tệp"),
        (OSError(28, "No space left on device"), "ổ đĩa đã đầy"),
        (OSError(4242, "Whatever"), "hệ điều hành báo lỗi 4242"),
    ],
)
def test_the_reason_of_the_system_is_told_in_vietnamese(error, said):
    assert reason(error) == said


def test_a_file_that_word_holds_open_on_windows_is_told_as_that():
    class SharingError(PermissionError):
        winerror = 32

    assert "đang mở trong chương trình khác" in reason(SharingError(13, "Permission denied"))
