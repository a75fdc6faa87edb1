"""What docs/git.md tells people to do with git works."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from places import ROOT

PAGE = (ROOT / "docs" / "git.md").read_text(encoding="utf-8")


def examples() -> list[dict[str, object]]:
    return [
        yaml.safe_load(text)
        for text in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    ]


def test_its_examples_use_the_hook_and_the_formats_that_exist() -> None:
    hook, github, gitlab = examples()
    (own,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert own["id"] in str(hook)
    assert "danvan validate --format github" in str(github)
    assert "danvan validate --format gitlab > gl-code-quality-report.json" in str(gitlab)


@pytest.mark.parametrize("format", ["github", "gitlab"])
def test_those_formats_name_the_line_and_end_with_1(
    root: Path, file_report: ReportWriter, format: str
) -> None:
    file_report("tong-hop", text="submitted: hôm qua\n")
    result = CliRunner().invoke(app, ["-C", str(root), "validate", "--format", format])
    assert result.exit_code == 1
    assert re.search(r"line=4|\"begin\": 4", result.stdout)


def test_a_hook_given_only_the_changed_files_passes_over_other_units_faults(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tin-hoc", text="submitted: hôm qua\n")
    good = file_report("tong-hop")
    wrong = root / "reports" / "2026" / "h1" / "tin-hoc.yaml"
    for changed, status in (([good, root / "plan.yaml"], 0), ([good, wrong], 1)):
        files = [str(path) for path in changed]
        assert CliRunner().invoke(app, ["validate", *files]).exit_code == status


def test_what_init_makes_can_be_committed_as_the_page_says(tmp_path: Path) -> None:
    office = ["--name", "Sở", "--symbol", "S", "--place", "Huế", "--position", "Giám đốc"]
    CliRunner().invoke(app, ["-C", str(tmp_path), "init", *office, "--coordinator", "Văn phòng"])
    who = ["-c", "user.name=An", "-c", "user.email=an@example.com"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "Kế hoạch"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    log = subprocess.run(
        ["git", "show", "--stat", "--format="], cwd=tmp_path, check=True, capture_output=True
    )
    assert b"plan.yaml" in log.stdout
