"""`danvan init`: a folder in which everything works at once."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import plan_from
from danvan_cli import rules, vietnamese
from danvan_cli.cli import app
from danvan_cli.files import workspace
from danvan_cli.files.new_workspace import Answers, plan_text, unit_ids
from danvan_cli.files.readings import PlanFile, Workspace
from danvan_cli.model.plan import Plan
from danvan_cli.word.document.default_templates import TEMPLATES
from places import SOURCE

OFFICE = [
    *("--name", "Sở Nội vụ", "--symbol", "SNV", "--place", "Huế", "--position", "Giám đốc"),
    *("--coordinator", "Văn phòng"),
]
MORE = [*OFFICE, "--parent", "UBND thành phố Huế", "--unit", "Phòng Đối ngoại", "--year", "2027"]


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def plan_in(root: Path) -> Plan:
    plan = workspace.read_plan(root / "plan.yaml").plan
    assert plan is not None
    return plan


def test_the_new_workspace_passes_validate_and_has_a_status(tmp_path: Path) -> None:
    result = danvan(tmp_path, "init", "kế hoạch", *MORE)
    root = tmp_path / "kế hoạch"
    assert result.exit_code == 0
    assert [
        Path(line).resolve().relative_to(root).as_posix() for line in result.stdout.splitlines()
    ] == [
        *(f"templates/{name}" for name in sorted(TEMPLATES)),
        ".gitignore",
        ".pre-commit-config.yaml",
        "schemas/plan.schema.json",
        "schemas/unit-report.schema.json",
        "schemas/office.schema.json",
        "schemas/criteria.schema.json",
        "schemas/rating.schema.json",
        "plan.yaml",
    ]
    assert danvan(root, "validate", "--strict").exit_code == 0
    status = danvan(root, "status", "--format", "json", "--as-of", "1/6/2027")
    assert [each["name"] for each in json.loads(status.stdout)["periods"]] == [
        "6 tháng đầu năm",
        "năm",
    ]


def test_the_plan_holds_the_answers(tmp_path: Path) -> None:
    danvan(tmp_path, "init", *MORE, "--symbol", "snv", "--unit", "Thanh tra; Phòng Đối ngoại")
    plan = plan_in(tmp_path)
    assert (plan.year, plan.organization.name) == (2027, "Sở Nội vụ")
    assert plan.organization.letterhead == ["UBND THÀNH PHỐ HUẾ", "SỞ NỘI VỤ"]
    assert (plan.organization.symbol, plan.organization.place) == ("SNV", "Huế")
    assert plan.signatories["default"].position == "GIÁM ĐỐC"
    assert plan.coordinator == "van-phong"
    assert [(unit.id, unit.name) for unit in plan.units] == [
        ("van-phong", "Văn phòng"),
        ("doi-ngoai", "Phòng Đối ngoại"),
        ("thanh-tra", "Thanh tra"),
    ]


def test_without_options_that_may_be_left_out_the_plan_is_for_this_year(tmp_path: Path) -> None:
    assert danvan(tmp_path, "init", *OFFICE).exit_code == 0
    plan = plan_in(tmp_path)
    assert plan.year == vietnamese.today().year
    assert plan.organization.letterhead == ["SỞ NỘI VỤ"]


def test_the_next_command_works_at_once(tmp_path: Path) -> None:
    danvan(tmp_path, "init", *MORE)
    assert danvan(tmp_path, "new", "doi-ngoai", "--period", "h1").exit_code == 0
    assert danvan(tmp_path, "schema").exit_code == 0


def test_it_says_what_to_do_next(tmp_path: Path) -> None:
    told = danvan(tmp_path, "init", *MORE).stderr
    assert "danvan validate" in told
    assert "danvan new ĐƠN_VỊ --period h1" in told
    assert "sửa mẫu trong templates/ bằng Word" in told


def test_it_gives_the_office_the_word_templates_which_are_clean(tmp_path: Path) -> None:
    danvan(tmp_path, "init", *MORE)
    given = {path.name: path.read_bytes() for path in (tmp_path / "templates").iterdir()}
    packaged = SOURCE.parent / "templates"
    assert given == {name: (packaged / name).read_bytes() for name in TEMPLATES}
    assert danvan(tmp_path, "template", "check").exit_code == 0


def test_a_workspace_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("của tôi\n", encoding="utf-8")
    result = danvan(tmp_path, "init", *MORE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "plan.yaml”, nên không ghi đè" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == "của tôi\n"


def test_other_files_that_are_there_stay(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.bak\n", encoding="utf-8")
    result = danvan(tmp_path, "init", *MORE)
    assert result.exit_code == 0
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*.bak\n"
    assert re.search(r"Giữ nguyên tệp đã có: \S+/\.gitignore\n", result.stderr)
    assert ".gitignore" not in result.stdout


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    result = danvan(tmp_path, "init", "a", *MORE)
    assert (result.exit_code, result.stdout) == (2, "")


def test_nobody_to_ask_is_told_with_all_that_is_missing(tmp_path: Path) -> None:
    result = danvan(tmp_path, "init", "--name", "Sở Nội vụ", "--place", "Huế")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "thiếu --symbol, --position, --coordinator." in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (["--name", " \t"], "--name không được để trống"),
        (["--place", "Huế\x07"], "--place có ký tự không dùng được"),
        (["--year", "1999"], "1999"),
        (["--year", "nay"], "nay"),
    ],
)
def test_an_answer_that_will_not_do_is_told(tmp_path: Path, option: list[str], words: str) -> None:
    result = danvan(tmp_path, "init", *OFFICE, *option)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
def test_at_a_terminal_it_asks(tmp_path: Path) -> None:
    import pty

    master, terminal = pty.openpty()
    answers = ["Sở Nội vụ", "", "  ", "SNV", "Huế", "Giám đốc", "Phòng A; Phòng B; ", "2027"]
    os.write(master, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(
        [sys.executable, "-m", "danvan_cli", "init", "--coordinator", "Văn phòng"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONIOENCODING": "utf-8"},
        stdin=terminal,
        capture_output=True,
        encoding="utf-8",
    )
    os.close(terminal)
    os.close(master)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "plan.yaml"
    assert "Tên cơ quan, dùng trong câu văn (ví dụ: Sở Nội vụ):" in done.stderr
    assert "không được để trống" in done.stderr
    assert "Đơn vị đôn đốc" not in done.stderr
    plan = plan_in(tmp_path)
    assert (plan.year, plan.organization.symbol) == (2027, "SNV")
    assert [unit.id for unit in plan.units] == ["van-phong", "a", "b"]


def test_git_passes_over_what_danvan_makes(tmp_path: Path) -> None:
    danvan(tmp_path, "init", *MORE)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "bao-cao.docx").write_bytes(b"")
    (tmp_path / "~$ke-hoach.docx").write_bytes(b"")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert listed.stdout.splitlines() == [
        ".gitignore",
        ".pre-commit-config.yaml",
        "plan.yaml",
        "schemas/criteria.schema.json",
        "schemas/office.schema.json",
        "schemas/plan.schema.json",
        "schemas/rating.schema.json",
        "schemas/unit-report.schema.json",
        *(f"templates/{name}" for name in sorted(TEMPLATES)),
    ]


HOOK_FILES = [
    ("plan.yaml", True),
    ("reports/2026/h1/tong-hop.yaml", True),
    ("reports/2026/h1/_office.yml", True),
    ("van-phong/plan.yaml", True),
    ("van-phong/reports/2026/h1/tong-hop.yaml", True),
    ("my-plan.yaml", False),
    ("reports/2026/h1/anh.png", False),
    ("schemas/plan.schema.json", False),
    (".pre-commit-config.yaml", False),
]


@pytest.mark.parametrize(("file", "is_checked"), HOOK_FILES)
def test_before_a_commit_plans_and_reports_are_checked(
    tmp_path: Path, file: str, is_checked: bool
) -> None:
    danvan(tmp_path, "init", *MORE)
    text = (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (hook,) = yaml.safe_load(text)["repos"][0]["hooks"]
    assert hook["entry"] == "danvan validate"
    assert bool(re.search(hook["files"], file)) is is_checked


def test_the_programs_own_hook_is_that_of_a_new_workspace(tmp_path: Path) -> None:
    danvan(tmp_path, "init", *MORE)
    text = (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (hook,) = yaml.safe_load(text)["repos"][0]["hooks"]
    (own,) = yaml.safe_load((SOURCE.parent / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for key in ("id", "entry", "files", "require_serial"):
        assert own[key] == hook[key]
    assert own["language"] == "python"


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["Phòng Hành chính - Tổ chức"], ["hanh-chinh-to-chuc"]),
        (["Ban Tiếp công dân", "Trung tâm Tin học"], ["ban-tiep-cong-dan", "trung-tam-tin-hoc"]),
        (["Đội 1", "Phòng", "Phòng Con"], ["doi-1", "phong", "don-vi-con"]),
        (["Phòng A", "phòng A.", "Á"], ["a", "a-2", "a-3"]),
        (["…", "…!"], ["don-vi", "don-vi-2"]),
    ],
)
def test_a_units_id_is_its_name_without_marks(names: list[str], ids: list[str]) -> None:
    assert list(unit_ids(names).values()) == ids


PRINTABLE = st.characters(exclude_categories=["C", "Z"], include_characters=" ")
NAMES = st.text(PRINTABLE, min_size=1).map(lambda text: vietnamese.nfc(text).strip() or "Phòng")


@given(NAMES, NAMES, st.lists(NAMES, max_size=4), st.integers(2000, 2100))
def test_whatever_the_answers_are_the_plan_is_right(
    name: str, other: str, units: list[str], year: int
) -> None:
    answers = Answers(
        name=name,
        symbol=other,
        place=name,
        position=other,
        coordinator=name,
        units=units,
        year=year,
    )
    plan = plan_from(plan_text(answers))
    assert (plan.organization.name, plan.organization.symbol) == (name, other)
    assert {unit.name for unit in plan.units} == {name, *units}
    read = Workspace(Path(), PlanFile(Path("plan.yaml"), plan=plan), [], [], [])
    found = rules.check(read, date(year, 1, 1))
    assert not any(problem.is_error for problems in found.values() for problem in problems)


def test_a_ubnds_letterhead_has_two_lines_and_its_deputy_signs_for_both(tmp_path: Path) -> None:
    place = ["--name", "UBND xã Hải Lăng", "--parent", "UBND tỉnh Quảng Trị", "--symbol", "UBND"]
    signer = ["--place", "Hải Lăng", "--position", "Phó Chủ tịch", "--coordinator", "Văn phòng"]
    assert danvan(tmp_path, "init", *place, *signer).exit_code == 0
    plan = plan_in(tmp_path)
    assert plan.organization.letterhead == ["ỦY BAN NHÂN DÂN", "XÃ HẢI LĂNG"]
    signatory = plan.signatories["default"]
    assert signatory.authority == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"
    assert signatory.position == "PHÓ CHỦ TỊCH"
    assert [unit.symbol for unit in plan.units] == ["VP"]
    assert danvan(tmp_path, "validate", "--strict").exit_code == 0
