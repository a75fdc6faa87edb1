"""No link in a workspace leads danvan out of it, wherever the link stands on the way."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import small_workspace
from danvan_cli.cli import app
from small_workspace import ANNUAL

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")

ISSUE = ["issue", "--period", "h1", "--number", "58/BC-VP", "--date", "4/6/2026", "--force"]
REMIND = ["remind", "--period", "annual", "--as-of", "20/11/2026"]
DAY = "output/2026/annual/remind/2026-11-20"
LEFT_OVER = ".danvan-0123456789abcdef.tmp"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a small workspace with a report missing, somebody else's beside it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / LEFT_OVER).write_bytes(b"not ours")
    os.utime(elsewhere / LEFT_OVER, (1, 1))
    monkeypatch.chdir(small_workspace.write(tmp_path / "kế hoạch"))
    Path(ANNUAL).unlink()
    return Path.cwd()


def danvan(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lead_out(folder: Path, way: str) -> Path:
    """A link in place of a folder of the workspace, to one outside with the same files."""
    elsewhere = folder.parent / "elsewhere"
    if (folder / way).exists():
        shutil.copytree(folder / way, elsewhere, dirs_exist_ok=True)
        shutil.rmtree(folder / way)
    (folder / way).parent.mkdir(parents=True, exist_ok=True)
    (folder / way).symlink_to(elsewhere)
    return elsewhere


@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("output", ["report", "--period", "h1"]),
        ("output/2026", ["plan", "export"]),
        ("output/2026/h1", ["report", "--period", "h1", "--internal"]),
        ("output/2026/h1/forms", ["form", "--all", "--period", "h1"]),
        ("output", ["calendar"]),
        ("output/2026/annual/remind", REMIND),
        (DAY, REMIND),
        ("schemas", ["schema"]),
        ("reports/2026/annual", ["new", "hanh-chinh", "--period", "annual"]),
        ("reports/2026/h1", ISSUE),
        ("reports", ["new", "hanh-chinh", "--period", "annual"]),
        ("templates", ["report", "--period", "h1"]),
        ("templates", ["template", "check"]),
    ],
)
def test_nothing_is_written_or_removed_outside(folder: Path, link: str, command: list[str]) -> None:
    elsewhere = lead_out(folder, link)
    before = everything(elsewhere)

    result = danvan(*command)

    assert result.exit_code == 2, result.output
    assert f"{link}” dẫn ra ngoài thư mục kế hoạch" in result.stderr or "có lỗi" in result.stderr
    assert everything(elsewhere) == before


def test_a_form_is_not_imported_over_a_report_outside(folder: Path) -> None:
    danvan("form", "ban-tiep-cong-dan", "--period", "h1", "-o", "form.docx")
    elsewhere = lead_out(folder, "reports/2026/h1")
    before = everything(elsewhere)

    result = danvan("import", "form.docx", "--force", "--keep")

    assert result.exit_code == 2
    assert "reports/2026/h1” dẫn ra ngoài thư mục kế hoạch" in result.stderr
    assert everything(elsewhere) == before


def test_init_writes_nothing_through_a_link(folder: Path) -> None:
    (folder / "plan.yaml").unlink()
    elsewhere = lead_out(folder, "templates")
    before = everything(elsewhere)
    names = ["--name", "Sở Nội vụ", "--symbol", "SNV", "--place", "Huế", "--position", "A"]

    result = danvan("init", *names, "--coordinator", "Văn phòng")

    assert result.exit_code == 2
    assert everything(elsewhere) == before
    assert not (folder / "plan.yaml").exists()


def test_a_plan_that_is_a_link_out_is_not_read(folder: Path) -> None:
    secret = folder.parent / "secret"
    secret.write_text("mat-khau: 12345\n", "utf-8")
    (folder / "plan.yaml").unlink()
    (folder / "plan.yaml").symlink_to(secret)

    result = danvan("validate")

    assert "liên kết này dẫn ra ngoài thư mục kế hoạch" in result.stdout
    assert "mat-khau" not in result.output


def form_for_the_mail(folder: Path) -> Path:
    """Where `remind` looks for the form of a unit that has sent nothing."""
    form = folder / "output/2026/annual/forms/ban-tiep-cong-dan.docx"
    form.parent.mkdir(parents=True)
    return form


def test_what_a_form_is_linked_to_is_not_sent(folder: Path) -> None:
    secret = folder.parent / "elsewhere/secret.docx"
    secret.write_bytes(b"mat-khau")
    form_for_the_mail(folder).symlink_to(secret)

    result = danvan(*REMIND)

    assert result.exit_code == 2
    assert "ban-tiep-cong-dan.docx” dẫn ra ngoài thư mục kế hoạch" in result.stderr
    assert not (folder / DAY).exists()


@pytest.mark.parametrize(
    "other", [["hanh-chinh", "--period", "annual"], ["ban-tiep-cong-dan", "--period", "h1"]]
)
def test_only_that_units_form_for_that_period_is_sent(folder: Path, other: list[str]) -> None:
    form = form_for_the_mail(folder)
    assert danvan("form", *other, "-o", form).exit_code == 0

    result = danvan(*REMIND)

    assert result.exit_code == 2
    assert "không phải biểu mẫu của đơn vị “ban-tiep-cong-dan” kỳ “annual”" in result.stderr
    assert "danvan form ban-tiep-cong-dan --period annual --force" in result.stderr
    assert not (folder / DAY).exists()


def test_another_document_of_the_workspace_is_not_sent_as_a_form(folder: Path) -> None:
    assert danvan("report", "--period", "h1").exit_code == 0
    form_for_the_mail(folder).symlink_to(folder / "output/2026/h1/bao-cao.docx")

    assert danvan(*REMIND).exit_code == 2
    assert not (folder / DAY).exists()


@pytest.mark.parametrize("target", ["../../../../../plan.yaml", "../../../../../../secret"])
def test_a_record_that_is_a_link_is_not_written_over(folder: Path, target: str) -> None:
    (folder.parent / "secret").write_text("mat-khau", "utf-8")
    record = folder / DAY / ".danvan.sha256"
    record.parent.mkdir(parents=True)
    record.symlink_to(target)
    before = everything(folder.parent)

    result = danvan(*REMIND)

    assert result.exit_code == 2
    assert ".danvan.sha256” là một liên kết" in result.stderr
    assert everything(folder.parent) == before


def test_what_the_option_names_may_lie_anywhere(folder: Path) -> None:
    elsewhere = lead_out(folder, "output")

    assert danvan("report", "--period", "h1", "-o", "output/").exit_code == 0
    assert (elsewhere / "bao-cao.docx").exists()


def test_a_link_to_another_place_of_the_workspace_is_followed(folder: Path) -> None:
    (folder / "kết quả").mkdir()
    (folder / "output").symlink_to("kết quả")

    assert danvan("report", "--period", "h1").exit_code == 0
    assert (folder / "kết quả/2026/h1/bao-cao.docx").exists()


def test_a_workspace_may_be_reached_through_a_link(folder: Path) -> None:
    (folder.parent / "lối tắt").symlink_to(folder)

    assert danvan("-C", folder.parent / "lối tắt", "report", "--period", "h1").exit_code == 0


def test_a_link_with_the_name_of_an_unfinished_file_is_left_alone(folder: Path) -> None:
    target = folder.parent / "elsewhere" / LEFT_OVER
    (folder / "output").mkdir()
    (folder / "output" / LEFT_OVER).symlink_to(target)

    assert danvan("calendar").exit_code == 0
    assert target.read_bytes() == b"not ours"


def test_issue_looks_into_no_draft_outside(folder: Path) -> None:
    secret = folder.parent / "secret.docx"
    secret.write_bytes(b"mat-khau")
    (folder / "output/2026/h1").mkdir(parents=True)
    (folder / "output/2026/h1/bao-cao.docx").symlink_to(secret)
    (folder / "reports/2026/h1/_office.yaml").unlink()

    result = danvan(*ISSUE[:-1])

    assert result.exit_code == 2
    assert "bao-cao.docx” dẫn ra ngoài thư mục kế hoạch" in result.stderr
