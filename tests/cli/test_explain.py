"""`danvan explain`: a code's part of docs/rules.md, for people who know no Markdown."""

import pytest
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.files.resources import IN_REPOSITORY, packaged
from places import ROOT
from rule_examples import CODES


def explain(*arguments: str):
    return CliRunner().invoke(app, ["explain", *arguments])


def test_a_code_is_explained_with_a_wrong_and_a_right_example():
    result = explain("R413")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "R413. Số bộ phận lớn hơn tổng số (lỗi)"
    assert lines.index("Sai:") < lines.index("Đúng:")
    assert "      don-da-xu-ly: 48" in lines
    assert "  reports/2026/h1/ban-tiep-cong-dan.yaml:" in lines


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained_alone_and_without_marks(code):
    result = explain(code)
    assert result.stdout.startswith(f"{code}. {CODES[code].title} (")
    assert not [other for other in CODES if other != code and f"\n{other}. " in result.stdout]
    for mark in ("```", "**", "`", "\n#"):
        assert mark not in result.stdout


def test_prose_is_broken_between_words_to_fit_the_terminal():
    lines = CliRunner().invoke(app, ["explain", "F105"], env={"COLUMNS": "60"}).stdout.splitlines()
    assert max(map(len, lines)) <= 60
    item = next(n for n, line in enumerate(lines) if line.startswith("- mở ngoặc kép"))
    assert lines[item + 1].startswith("  ")


def test_an_example_keeps_its_comment_lines():
    assert "    # báo cáo của Ban Tiếp công dân" in explain("F110").stdout


@pytest.mark.parametrize("written", ["r413", " R413 "])
def test_a_code_may_be_written_small(written):
    assert explain(written).stdout.startswith("R413. ")


@pytest.mark.parametrize(
    ("written", "hint"), [("R4133", "ý bạn là “R413”?"), ("abc", "F1… tệp"), ("", "F1… tệp")]
)
def test_an_unknown_code_is_told_with_a_suggestion(written, hint):
    result = explain(written)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"không có mã “{written}”" in result.stderr
    assert hint in result.stderr


def test_without_a_code_it_cannot_run():
    result = explain()
    assert result.exit_code == 2
    assert "thiếu đối số 'MÃ'" in result.stderr


def test_an_installed_program_has_the_file_inside_its_package(tmp_path):
    package = tmp_path / "src" / "danvan_cli"
    assert packaged("rules.md", package) == tmp_path / "docs" / "rules.md"
    assert packaged("templates/a.docx", package) == tmp_path / "templates" / "a.docx"
    package.mkdir(parents=True)
    (package / "rules.md").touch()
    assert packaged("rules.md", package) == package / "rules.md"


def test_the_wheel_gets_every_file_that_is_looked_for_elsewhere_in_the_repository():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name, place in IN_REPOSITORY.items():
        assert f'"{place}" = "danvan_cli/{name}"' in project
