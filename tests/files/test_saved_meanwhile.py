"""What a person saves while a command is at work stays, and the command says so."""

import os
from pathlib import Path

import docx
import pytest
from click.testing import Result
from typer.testing import CliRunner

import small_workspace
from danvan_cli import rules, vietnamese
from danvan_cli.cli import app
from danvan_cli.files import workspace
from danvan_cli.problems import Failure
from danvan_cli.tracking import checked_workspace
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from small_workspace import H1, OFFICE

WORDS = "sections:\n  '6': Công tác tiếp công dân được thực hiện nghiêm túc.\n"
BY_HAND = WORDS + "strengths:\n  - Vừa gõ xong.\n"
ISSUE = ["issue", "--period", "h1", "--number", "58/BC-VP", "--date", "4/6/2026", "--force"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(small_workspace.write(tmp_path, {OFFICE: WORDS}))
    return tmp_path


def danvan(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def saved_at_the_last_moment(
    monkeypatch: pytest.MonkeyPatch, name: str, content: str, *arguments: str
) -> Result:
    """What a command comes to while an editor saves a file as danvan's own is whole."""
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: Path(name).write_text(content, "utf-8"))
        result = danvan(*arguments)
    assert result.exit_code == 2
    assert "đã có người hoặc chương trình khác sửa trong khi danvan làm việc" in result.stderr
    assert Path(name).read_text("utf-8") == content
    assert not list(Path().rglob(".danvan-*.tmp"))
    return result


def test_issue_writes_over_nobodys_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saved_at_the_last_moment(monkeypatch, OFFICE, BY_HAND, *ISSUE)
    (folder / OFFICE).unlink()
    saved_at_the_last_moment(monkeypatch, OFFICE, BY_HAND, *ISSUE)

    assert danvan(*ISSUE).exit_code == 0
    assert "Vừa gõ xong." in (folder / OFFICE).read_text("utf-8")


@pytest.mark.parametrize("is_new", [True, False])
def test_an_import_writes_over_nobodys_report(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    assert danvan("form", "ban-tiep-cong-dan", "--period", "h1", "-o", "form.docx").exit_code == 0
    report = (folder / H1).read_text("utf-8")
    if is_new:
        (folder / H1).unlink()
        assert danvan("new", "ban-tiep-cong-dan", "--period", "h1").exit_code == 0
    command = ["import", "form.docx", "--keep", "--force", "--received", "30/5/2026"]

    saved_at_the_last_moment(monkeypatch, H1, report.replace("ở các tổ", "ở các xã"), *command)


@pytest.mark.usefixtures("folder")
def test_a_leaders_edits_are_written_over_nobodys_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert danvan("report", "--period", "h1", "-o", "draft.docx").exit_code == 0
    draft = docx.Document("draft.docx")
    for text in draft.element.body.iter("{*}t"):
        text.text = (text.text or "").replace("nghiêm túc", "rất nghiêm túc")
    draft.save("draft.docx")

    saved_at_the_last_moment(monkeypatch, OFFICE, BY_HAND, "import", "draft.docx")


@pytest.mark.parametrize("content", ["unit: ban-tiep-cong-dan\n", None])
def test_a_file_saved_since_the_workspace_was_read_is_not_taken_for_the_one_known(
    folder: Path, content: str | None
) -> None:
    loaded = workspace.load(folder)
    assert loaded.plan.plan is not None
    today = vietnamese.today()
    checked = CheckedWorkspace(loaded, loaded.plan.plan, rules.check(loaded, today), today, today)
    file = checked.report_file("ban-tiep-cong-dan", "h1")
    assert checked_workspace.original_file(checked, folder / H1, file).content is not None
    if content is None:
        (folder / H1).unlink()
    else:
        (folder / H1).write_text(content, "utf-8")

    with pytest.raises(Failure, match="đã có người hoặc chương trình khác sửa"):
        checked_workspace.original_file(checked, folder / H1, file)


@pytest.mark.parametrize(
    ("mark", "line_end"), [("\ufeff", "\n"), ("", "\r\n"), ("\ufeff", "\r"), ("", "\r")]
)
def test_issue_keeps_the_files_mark_and_line_ends(folder: Path, mark: str, line_end: str) -> None:
    text = f"{mark}# của lãnh đạo\n{WORDS}\n".replace("\n", line_end)
    (folder / OFFICE).write_bytes(text.encode())

    assert danvan(*ISSUE).exit_code == 0

    after = (folder / OFFICE).read_bytes().decode()
    assert after.startswith(f"{mark}# của lãnh đạo{line_end}number: 58/BC-VP{line_end}")
    assert text.removeprefix(mark).splitlines() == [
        line for line in after.removeprefix(mark).splitlines() if line in text
    ]
    assert after.replace(line_end, "").count("\n") == after.replace(line_end, "").count("\r") == 0
    assert danvan("validate").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="POSIX owners")
def test_issue_keeps_the_files_mode_and_other_names(folder: Path) -> None:
    (folder / OFFICE).chmod(0o660)
    os.link(folder / OFFICE, folder / "bản sao.yaml")

    assert danvan(*ISSUE).exit_code == 0

    status = (folder / OFFICE).stat()
    assert (status.st_nlink, status.st_mode & 0o777) == (2, 0o660)
    assert "58/BC-VP" in (folder / "bản sao.yaml").read_text("utf-8")


def test_an_import_reads_and_keeps_old_line_ends(folder: Path) -> None:
    assert danvan("form", "ban-tiep-cong-dan", "--period", "h1", "-o", "form.docx").exit_code == 0
    text = (folder / H1).read_text("utf-8").replace("ở các tổ", "ở các xã")
    (folder / H1).write_bytes(text.replace("\n", "\r").encode())

    assert danvan("import", "form.docx", "--force").exit_code == 0

    after = (folder / H1).read_bytes().decode()
    assert "ở các tổ" in after and "\n" not in after
