"""`danvan form --rating`: units score themselves in Word; `danvan import` takes the scores."""

from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import Result
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from typer.testing import CliRunner

from danvan_cli.cli import app
from small_workspace import CRITERIA, RATING, changed, write

UNIT = "ban-tiep-cong-dan"
NO_SCORES = "self: {ban-tiep-cong-dan: {'1.2': }}\ncouncil: {ban-tiep-cong-dan: {'1.2': }}"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    scores = "# chờ đơn vị tự chấm\n" + changed(RATING, NO_SCORES)
    return write(tmp_path, {CRITERIA: changed(CRITERIA, ""), RATING: scores})


def form(root: Path) -> Path:
    path = root / "phieu.docx"
    options = ("--rating", "--period", "annual", "-o", str(path), "--force")
    result = danvan(root, "form", UNIT, *options)
    assert result.exit_code == 0, result.stderr
    return path


def fill(path: Path, texts: dict[str, str]) -> None:
    """Types into boxes, named by their tags, as Word keeps it."""
    document: Any = docx.Document(str(path))
    for tag, text in texts.items():
        (found,) = document.element.body.xpath(f"//w:tag[@w:val='{tag}']")
        settings = found.getparent()
        for mark in settings.findall(qn("w:showingPlcHdr")):
            settings.remove(mark)
        content = settings.getparent().find(qn("w:sdtContent"))
        run = f"<w:r><w:t>{text}</w:t></w:r>"
        is_block = content.find(qn("w:p")) is not None
        inner = f"<w:p>{run}</w:p>" if is_block else run
        content.getparent().replace(
            content, parse_xml(f"<w:sdtContent {nsdecls('w')}>{inner}</w:sdtContent>")
        )
    document.save(str(path))


def own(root: Path) -> Any:
    return yaml.safe_load((root / RATING).read_text("utf-8")).get("self", {}).get(UNIT, {})


def test_what_the_unit_writes_comes_into_the_record(root: Path) -> None:
    path = form(root)
    fill(
        path,
        {
            "self.1.2.points": "3,5",
            "self.1.2.reason": "Đã kiểm điểm hằng quý.",
            "self.1.2.evidence": "Biên bản ngày 05/10/2026",
        },
    )
    result = danvan(root, "import", str(path))
    assert result.exit_code == 0, result.stderr
    assert own(root)["1.2"] == {
        "points": "3,5",
        "reason": "Đã kiểm điểm hằng quý.",
        "evidence": ["Biên bản ngày 05/10/2026"],
    }
    text = (root / RATING).read_text("utf-8")
    assert text.startswith("# chờ đơn vị tự chấm\n") and "council:" in text
    assert danvan(root, "validate").exit_code == 0
    again = form(root)
    assert danvan(root, "import", str(again)).exit_code == 0
    assert (root / RATING).read_text("utf-8") == text, "a form made anew holds what is there"


def test_the_form_shows_the_automatic_points_so_far(root: Path) -> None:
    document = docx.Document(str(form(root)))
    text = "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))
    assert "Tự kiểm điểm (tối đa 4 điểm)" in text
    assert "Đơn đã xử lý 80/90, đạt 88,89%" in text
    assert "Chất lượng công việc" not in text, "which only the council judges"


def test_other_scores_are_told_and_kept_without_force(root: Path) -> None:
    path = form(root)
    fill(path, {"self.1.2.points": "3"})
    danvan(root, "import", str(path))
    fill(path, {"self.1.2.points": "2"})
    refused = danvan(root, "import", str(path))
    assert refused.exit_code == 2
    assert "tiêu chí 1.2: đã ghi 3 điểm, biểu mẫu ghi 2" in refused.stderr
    assert own(root)["1.2"]["points"] == "3"
    assert danvan(root, "import", str(path), "--force").exit_code == 0
    assert own(root)["1.2"]["points"] == "2"


@pytest.mark.parametrize(
    ("texts", "message", "code"),
    [
        ({"self.1.2.points": "9"}, "tiêu chí 1.2 được chấm 9 điểm, phải từ 0 đến 4", 1),
        ({"self.1.2.points": "bốn"}, "tiêu chí 1.2: điểm tự chấm phải là số", 1),
        ({"self.1.2.reason": "Tốt."}, "tiêu chí 1.2: có lý do hoặc tài liệu mà chưa có điểm", 1),
        ({}, "chưa tự chấm tiêu chí nào", 2),
    ],
)
def test_what_is_no_score_is_told_and_nothing_written(
    texts: dict[str, str], message: str, code: int, root: Path
) -> None:
    before = (root / RATING).read_text("utf-8")
    path = form(root)
    fill(path, texts)
    result = danvan(root, "import", str(path))
    assert result.exit_code == code
    assert message in result.stderr
    assert (root / RATING).read_text("utf-8") == before


def test_nothing_is_scored_after_the_approval(root: Path) -> None:
    path = form(root)
    fill(path, {"self.1.2.points": "3"})
    with (root / RATING).open("a", encoding="utf-8") as file:
        file.write("approved: {on: 20/11/2026}\n")
    result = danvan(root, "import", str(path))
    assert result.exit_code == 2
    assert "đã được phê duyệt" in result.stderr
    assert "kiến nghị" in danvan(root, "form", "--all", "--rating", "--period", "annual").stderr
