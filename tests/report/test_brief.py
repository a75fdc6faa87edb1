"""`danvan report --brief`: one page for the leader."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.report.brief import LONGEST_ITEM, shortened
from libreoffice import convert, needs_libreoffice
from ooxml import violations
from places import ROOT

PAGE = "output/2026/{period}/tom-tat.docx"


def made(root: Path, period: str = "h1") -> Path:
    options = ["report", "--period", period, "--brief", "--as-of", "5/11/2026"]
    result = CliRunner().invoke(app, ["-C", str(root), *options])
    assert result.exit_code == 0, result.output
    return root / PAGE.format(period=period)


def lines(path: Path) -> list[str]:
    table = docx.Document(str(path)).tables[1]
    return [line.text for row in table.rows for cell in row.cells for line in cell.paragraphs]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "plan.yaml", root)
    shutil.copytree(ROOT / "reports", root / "reports")
    return root


def test_it_has_the_first_figures_and_items_where_nothing_is_chosen(sample: Path) -> None:
    path = made(sample)
    said = lines(path)
    at = said.index("1. Số liệu chính")
    assert said[at + 1].startswith("- Hội nghị, tập huấn, tọa đàm: 31 cuộc (cùng kỳ năm trước 27, ")
    assert said[at + 6] == "2. Ưu điểm"
    assert "5. Còn thiếu" in said
    assert said[said.index("5. Còn thiếu") + 1] == "- Không."
    assert violations(path) == []


def test_what_is_missing_is_told(sample: Path) -> None:
    said = "\n".join(lines(made(sample, "annual")))
    assert "Báo cáo của Phòng Kinh tế, Phòng Xây dựng - Tài nguyên và Trung tâm Tin học" in said
    assert "số liệu của 09/12 đơn vị" in said


def test_the_office_chooses(signable: Path) -> None:
    office = signable / "reports" / "2026" / "h1" / "_office.yaml"
    chosen = "brief: {indicators: [don], strengths: [Làm tốt], decisions: [Cho phép gửi muộn]}\n"
    office.write_text(office.read_text("utf-8") + chosen, "utf-8")
    said = lines(made(signable))
    at = said.index("1. Số liệu chính")
    assert said[at + 2 : at + 4] == ["2. Ưu điểm", "- Làm tốt."]
    assert said[said.index("6. Cần cho ý kiến") + 1] == "- Cho phép gửi muộn."


def test_a_long_item_is_cut_between_words_and_says_so() -> None:
    text = "nội dung " * 40
    short = shortened(text.strip())
    assert len(short) <= LONGEST_ITEM + 2
    assert short.endswith(("dung …", "nội …"))


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("period", ["h1", "annual"])
def test_it_fits_one_page(sample: Path, tmp_path: Path, period: str) -> None:
    (pdf,) = convert([made(sample, period)], "pdf", tmp_path)
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True)
    assert "Pages:           1\n" in told.stdout
