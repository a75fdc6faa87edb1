"""Whatever a file, a name or an author holds, nothing printed steers a terminal or hides words."""

import csv
import email
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from email import policy
from pathlib import Path

import docx
import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from typer.testing import CliRunner

import handmade_form
import small_workspace
from conftest import plan_from
from danvan_cli.characters import escaped, escaped_in_json, escaped_on_one_line, without_invisible
from danvan_cli.cli import app
from danvan_cli.cli.frame import layout
from git_repository import Git
from small_workspace import H1, OFFICE, changed

LINK = "\x1b]8;;https://example.com\x1b\\bấm đây\x1b]8;;\x1b\\"
STEERING = f"{LINK}\x9b31m\x85\u202egnựđ\u2066\u00ad\u200b\x07\x7f"
"""OSC 8, C1, a bell, directions turned round, a soft hyphen, a blank without width."""

IN_WORD = "\x9b31m\x9d8;;x\x9c\x85\u202egnựđ\u2066\u00ad\u200b\x7f"
"""The same without C0 controls, which no XML can hold."""

posix_only = pytest.mark.skipif(os.name != "posix", reason="names that Windows does not allow")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_workspace.write(tmp_path / "kế hoạch"))
    return Path.cwd()


def danvan(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def assert_plain(text: str) -> None:
    assert [character for character in text if is_hidden(character)] == []


def is_hidden(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) in (
        *("Cc", "Cf", "Cs", "Zl", "Zp"),
    )


def assert_all_plain(result: Result, status: int) -> None:
    assert result.exit_code == status, result.stderr
    assert_plain(result.stdout)
    assert_plain(result.stderr)


def test_every_character_without_a_shape_is_known() -> None:
    signs = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]|"
                       "[\U00013430-\U0001345f]")  # fmt: skip
    hidden = [
        character
        for number in range(sys.maxunicode + 1)
        if is_hidden(character := chr(number)) and not signs.fullmatch(character)
    ]

    assert_plain(signs.sub("", escaped("".join(hidden))))
    assert without_invisible("ba\u2028bốn\x85năm 🏳️\u200d🌈 a\u200db") == "ba\nbốn\nnăm 🏳️\u200d🌈 ab"
    format_characters = [each for each in hidden if unicodedata.category(each) == "Cf"]
    assert without_invisible("".join(format_characters)) == ""


@given(st.text())
def test_what_is_plain_stays_and_json_keeps_its_values(text: str) -> None:
    assert escaped(escaped(text)) == escaped(text)
    assert escaped("Kế hoạch\tsố 5\n–\u00a0“đ”") == "Kế hoạch\tsố 5\n–\u00a0“đ”"
    assert json.loads(escaped_in_json(json.dumps(text, ensure_ascii=False))) == text
    assert "\n" not in escaped_on_one_line(text)


def test_what_a_form_says_of_itself_is_shown_in_plain_letters(folder: Path) -> None:
    plan = plan_from(small_workspace.PLAN)
    for name in ("unit", "period", "year"):
        form = handmade_form.filled(plan, "hanh-chinh", leadership="Đã họp.")
        form.properties[name] = IN_WORD
        form.save(folder, f"{name}.docx")

        result = danvan("import", folder / f"{name}.docx")

        assert_all_plain(result, 2)
        assert r"\x9b31m" in result.stderr


def test_texts_that_a_form_and_a_draft_bring_in_are_shown_in_plain_letters(folder: Path) -> None:
    small_workspace.write(folder, {OFFICE: "strengths: [Kịp thời.]\n"})
    danvan("report", "--period", "h1")
    draft = folder / "output" / "2026" / "h1" / "bao-cao.docx"
    document = docx.Document(str(draft))
    for paragraph in document.element.body.iter(docx.oxml.ns.qn("w:t")):
        if paragraph.text:
            paragraph.text += f" {IN_WORD}"
    document.save(str(draft))

    result = danvan("import", draft)

    assert result.exit_code in (0, 1, 2)
    assert_plain(result.output)
    assert "nựđ" in result.output
    fixed = danvan("check", "--fix", "-o", folder / "sửa.docx", draft)
    assert_all_plain(fixed, 1)


@posix_only
@pytest.mark.parametrize("command", ["check", "import"])
def test_a_files_name_makes_no_line_of_its_own(folder: Path, command: str) -> None:
    for name in ("a\nLỗi: giả\x1b]8;;x\x07.docx", "b\r\u202e\x9b.docx"):
        Path(name).write_bytes(b"khong phai Word")
    (Path("c\nLỗi: giả.docx")).mkdir()

    for files in ([path] for path in sorted(folder.glob("*.docx"))):
        result = danvan(command, *files)

        assert_all_plain(result, 2)
        assert not re.search("^Lỗi: giả", result.stderr, re.MULTILINE)
    both = danvan(command, *sorted(path for path in folder.glob("*.docx") if path.is_file()))
    assert_plain(both.output)
    assert not re.search("^Lỗi: giả", both.output, re.MULTILINE)


@pytest.mark.parametrize("format", ["text", "json", "github", "gitlab"])
def test_what_a_report_writes_with_escapes_is_shown_in_plain_letters(
    folder: Path, format: str
) -> None:
    text = changed(H1, r'status: "done\r\e]8;;x\a\N\u202e::error::giả"')
    small_workspace.write(
        folder, {H1: text.replace("results:", r'"\e[31m\r\n::error::giả": 1' "\nresults:")}
    )

    result = danvan("validate", "--format", format)

    assert_all_plain(result, 1)
    assert not re.search("^::error::giả", result.stdout, re.MULTILINE)
    if format in ("json", "gitlab"):
        json.loads(result.stdout)
    if format == "github":
        assert all(re.match("::(error|warning) file=", line) for line in result.stdout.splitlines())


@pytest.mark.usefixtures("folder")
def test_an_argument_of_the_command_line_is_shown_in_plain_letters() -> None:
    for arguments in (
        ["status", f"--{STEERING}"],
        [STEERING],
        ["status", "--period", STEERING],
        ["explain", STEERING],
        ["form", STEERING, "--period", "h1"],
        ["-C", STEERING, "status"],
        ["--debug", "-C", STEERING, "status"],
    ):
        assert_all_plain(danvan(*arguments), 2)


HIDDEN_NAME = "Ban \u202eTiếp\u2069 công\u00ad dân"
"""A name as YAML takes it."""


@pytest.fixture
def misnamed(folder: Path) -> Path:
    """The workspace with such a unit and a formula for the other's name."""
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    plan = plan.replace("name: Ban Tiếp công dân", f"name: '{HIDDEN_NAME}'")
    plan = plan.replace("name: Phòng Hành chính - Tổ chức", "name: '=1+1'")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        *(["status", "--format", format] for format in ("table", "json", "csv", "md")),
        *(
            ["overdue", "--as-of", "1/12/2026", "--format", f]
            for f in ("table", "json", "csv", "md")
        ),
        ["report", "--period", "h1", "--draft"],
        ["report", "--period", "h1", "--internal", "--draft"],
        ["trace", "2.1", "--period", "h1"],
        ["log", "--period", "h1"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("misnamed")
def test_a_name_with_hidden_characters_is_plain_in_all_that_is_printed(
    arguments: list[str],
) -> None:
    result = danvan(*arguments)
    assert_plain(result.stdout)
    assert_plain(result.stderr)
    assert result.exit_code in (0, 1, 2)


@pytest.mark.usefixtures("misnamed")
def test_json_keeps_the_value_that_it_makes_visible() -> None:
    printed = danvan("status", "--format", "json").stdout

    assert r"\u202e" in printed
    assert HIDDEN_NAME in [unit["name"] for unit in json.loads(printed)["periods"][0]["units"]]


@pytest.mark.usefixtures("misnamed")
def test_a_spreadsheet_works_out_no_name_as_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(danvan("status", "--format", "csv").stdout)))
    assert "'=1+1" in {row["name"] for row in rows}


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t"])
def test_a_cell_that_begins_like_a_formula_is_a_text(begin: str) -> None:
    written = io.StringIO(layout.csv_text(["a", "b"], [[f"{begin}1", -1]]), newline="")
    assert list(csv.reader(written))[1] == [f"'{begin}1", "-1"]


def test_mails_messages_and_documents_leave_hidden_characters_out(misnamed: Path) -> None:
    assert danvan("remind", "--period", "annual", "--as-of", "20/10/2026").exit_code == 0
    written = [path for path in (misnamed / "output").rglob("*") if path.is_file()]

    for path in written:
        assert_plain(text_of(path).replace("\r", ""))
    assert {path.suffix for path in written} >= {".docx", ".eml", ".txt"}
    assert any("Ban Tiếp công dân" in text_of(path) for path in written)


@pytest.mark.parametrize(
    "address",
    [
        r'"a@b.vn>\r\nBcc: ke@gian.example"',
        r'"a@b.vn\nBcc: ke@gian.example"',
        "'a@b.vn>, Kẻ gian <ke@gian.example'",
        "'a@b.vn, ke@gian.example'",
    ],
)
def test_no_line_of_a_mails_head_and_no_other_recipient_is_slipped_in(
    folder: Path, address: str
) -> None:
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    plan = plan.replace("email: btcd@example.vn", f"email: {address}")
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")

    result = danvan("remind", "--period", "annual", "--as-of", "20/10/2026")

    assert result.exit_code == 0, result.stderr
    (path,) = (folder / "output").rglob("*.eml")
    head = email.message_from_bytes(path.read_bytes())
    assert set(head.keys()) <= {"X-Unsent", "To", "Subject", "MIME-Version", "Content-Type"}
    assert head["To"] is None


def test_a_units_name_is_one_recipient_on_one_line(folder: Path) -> None:
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    name = r"Ban\r\nBcc: ke@gian.example\r\n\r\nTiếp, <x@y.vn>"
    plan = plan.replace("name: Ban Tiếp công dân", f'name: "{name}"')
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")

    danvan("remind", "--period", "annual", "--as-of", "20/10/2026")

    (path,) = (folder / "output").rglob("*.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert [one.addr_spec for one in mail["to"].addresses] == ["btcd@example.vn"]
    assert "bcc" not in mail


def test_no_line_of_a_calendar_is_slipped_in(folder: Path) -> None:
    plan = (folder / "plan.yaml").read_text(encoding="utf-8")
    text = r"Họp\r\nATTENDEE:mailto:ke@gian.example\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:1"
    plan = plan.replace(
        "text: Tổ chức hội nghị về dân vận.", f'text: "{text}", due: {{by: 2026-09-30}}'
    )
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")

    assert danvan("calendar", "-o", folder / "lich.ics").exit_code == 0

    events = Calendar.from_ical((folder / "lich.ics").read_bytes()).walk("VEVENT")
    assert not any("ATTENDEE" in event for event in events)
    assert len(events) == 5


@posix_only
def test_a_files_name_is_no_workflow_command(folder: Path) -> None:
    name = "a\n::error file=x::giả.yaml"
    (folder / H1).with_name(name).write_text("x", encoding="utf-8")

    result = danvan("validate", "--format", "github")

    assert_all_plain(result, 1)
    lines = result.stdout.splitlines()
    assert all(re.match("::(error|warning) file=reports", line) for line in lines)


def test_an_older_form_does_not_overwrite_a_newer_one(folder: Path) -> None:
    plan = plan_from(small_workspace.PLAN)
    (folder / H1).unlink()
    sent = {"newer": "29/5/2026", "older": "20/5/2026"}
    forms = {
        age: handmade_form.filled(
            plan, "ban-tiep-cong-dan", leadership=f"Bản gửi ngày {day}.", submitted=day
        ).save(folder, f"{age}.docx")
        for age, day in sent.items()
    }
    danvan("import", "--keep", forms["newer"])
    before = (folder / H1).read_bytes()

    result = danvan("import", "--keep", forms["older"])

    assert result.exit_code == 2
    assert "29/5/2026” → “20/5/2026" in result.stderr
    assert (folder / H1).read_bytes() == before


def test_two_forms_of_one_name_are_told_apart_by_what_they_say(folder: Path) -> None:
    plan = plan_from(small_workspace.PLAN)
    paths = []
    for unit in ("hanh-chinh", "ban-tiep-cong-dan"):
        (folder / unit).mkdir()
        form = handmade_form.filled(plan, unit, "annual", leadership=f"Của {unit}.")
        paths.append(form.save(folder / unit, "bieu-mau-bao-cao.docx"))

    danvan("import", "--keep", "--force", *paths)

    for unit in ("hanh-chinh", "ban-tiep-cong-dan"):
        written = folder / "reports" / "2026" / "annual" / f"{unit}.yaml"
        assert f"Của {unit}." in written.read_text(encoding="utf-8")


def test_a_form_leaves_hidden_characters_out(misnamed: Path) -> None:
    assert danvan("form", "ban-tiep-cong-dan", "--period", "annual").exit_code == 0
    (path,) = (misnamed / "output").rglob("*.docx")
    assert_plain(text_of(path))


def test_a_calendar_leaves_hidden_characters_out(misnamed: Path) -> None:
    assert danvan("calendar", "-o", misnamed / "lich.ics").exit_code == 0
    assert danvan("calendar", "-o", misnamed / "lich.ics").exit_code == 0
    content = (misnamed / "lich.ics").read_bytes()

    assert_plain(content.decode().replace("\r", ""))
    assert {event["SEQUENCE"] for event in Calendar.from_ical(content).walk("VEVENT")} == {0}


def text_of(path: Path) -> str:
    if path.suffix == ".docx":
        return "".join(docx.Document(str(path)).element.body.itertext())
    if path.suffix != ".eml":
        return path.read_text(encoding="utf-8")
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = mail.get_body()
    assert body is not None
    return f"{mail['to']} {mail['subject']} {body.get_content()}"


def test_an_authors_name_is_shown_in_plain_letters(folder: Path) -> None:
    git = Git(folder)
    git.commit("2026-05-29", author=f"A{STEERING}")
    (folder / H1).write_text(
        (folder / H1).read_text(encoding="utf-8") + "# đổi\n", encoding="utf-8"
    )
    git.commit("2026-06-08", author="B\x9b31m\u202e::error::giả")

    for arguments in (["log", "--period", "h1"], ["trace", "2.1", "--period", "h1"]):
        for format in ("table", "json"):
            assert_all_plain(danvan(*arguments, "--format", format), 0)


@posix_only
@pytest.mark.parametrize("how", ["click.echo(TEXT)", "print(TEXT)", "sys.stdout.write(TEXT)"])
def test_whoever_prints_to_a_terminal_steers_it_not(how: str) -> None:
    code = (
        "import sys, click\nfrom danvan_cli import cli\n"
        f"TEXT = {STEERING!r} + chr(27) + '[2J' + chr(27) + ']0;tên' + chr(7)\n"
        f"def thu():\n    {how}\n    raise ValueError(TEXT)\n"
        "cli.app = cli.program({'Thử': {'thu': thu}})\ncli.main()\n"
    )

    shown = on_terminal(["-c", code, "--debug", "thu"], 3, stderr=True)

    assert_plain(shown)
    assert "bấm đây" in shown and r"\x9b31m" in shown
    assert "ValueError" in shown


@posix_only
@pytest.mark.usefixtures("misnamed")
def test_a_terminal_gets_names_in_plain_letters_in_its_tables() -> None:
    shown = on_terminal(["-m", "danvan_cli", "status"], 0)
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert_plain(text)
    assert r"Ban \u202eTiếp\u2069 công\xad dân" in text


def on_terminal(arguments: list[str], status: int, *, stderr: bool = False) -> str:
    """What Python writes to a terminal, standard error with it if asked for."""
    import pty

    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "200", "NO_COLOR": "1"}
    streams = {"stdout": theirs, "stderr": theirs if stderr else None}
    with subprocess.Popen([sys.executable, *arguments], env=environment, **streams) as run:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    assert run.returncode == status
    return shown.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # Linux's way to tell the end
        return b""
