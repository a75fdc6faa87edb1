"""The draft of the combined report as a leader gets it: its passages in content controls."""

from pathlib import Path

import docx
import pytest
from click.testing import Result
from docx.document import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

import small_workspace
from danvan_cli import check
from danvan_cli.cli import app
from danvan_cli.drafts.passages import Printed
from danvan_cli.word.file import package
from ooxml import violations
from small_workspace import OFFICE

DRAFT = """\
leadership: |
  Đoạn một.
  Đoạn hai.
strengths: [Kịp thời, Thiết thực]
signatory: {authority: KT. CHÁNH VĂN PHÒNG, position: PHÓ CHÁNH VĂN PHÒNG, name: Nguyễn Cửu}
recipients: [Như trên, Lưu trữ]
"""


def report(root: Path, *arguments: str) -> Result:
    command = ["-C", str(root), "report", "--period", "h1", "--as-of", "4/6/2026", *arguments]
    return CliRunner().invoke(app, command)


def made(root: Path, *arguments: str) -> Document:
    assert report(root, *arguments).exit_code == 0
    return docx.Document(str(root / "output/2026/h1/bao-cao.docx"))


def controls(document: Document) -> dict[str, list[str]]:
    """The text of each control's paragraphs by tag."""
    return {
        control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")): [
            "".join(text.text for text in paragraph.iter(qn("w:t")))
            for paragraph in control.iter(qn("w:p"))
        ]
        or ["".join(text.text for text in control.iter(qn("w:t")))]
        for control in document.element.body.iter(qn("w:sdt"))
    }


def test_every_passage_of_the_office_stands_in_a_control_of_its_own(tmp_path: Path) -> None:
    document = made(small_workspace.write(tmp_path, {OFFICE: DRAFT}))

    found = controls(document)
    assert [found.pop(name)[0].split()[0] for name in ("opening", "closing")] == ["Thực", "Trên"]
    assert found == {
        "leadership": ["Đoạn một.", "Đoạn hai."],
        "figures.2": ["Trong 6 tháng đầu năm 2026, Văn phòng có 03 cuộc hội nghị."],
        "sections.2": ["- Tổ chức hội nghị ở các tổ."],
        "figures.6": [
            "Trong 6 tháng đầu năm 2026, Văn phòng có 41 đơn phải xử lý (giảm 21,2% so với cùng "
            "kỳ năm 2025), trong đó có 38 đơn đã xử lý, đạt 92,7%."
        ],
        "tasks.6.1": ["- Đã xử lý 38 trên 41 đơn."],
        "tasks.6.2": ["- Tổng hợp phản ánh hằng tháng."],
        "strengths": ["- Kịp thời.", "- Thiết thực."],
        "next_steps": ["[Chưa có nội dung báo cáo]"],
        "proposals": ["[Chưa có nội dung báo cáo]"],
        "recipients": ["- Như trên;", "- Lưu trữ;"],
        "signatory.authority": ["KT. CHÁNH VĂN PHÒNG"],
        "signatory.position": ["PHÓ CHÁNH VĂN PHÒNG"],
        "signatory.name": ["Nguyễn Cửu"],
    }
    assert {
        each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))
    } == {Printed(path=tag, kind="prose", place="").name for tag in controls(document)}
    ids = [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:id"))]
    assert len(ids) == len(set(ids))
    aliases = [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:alias"))]
    assert aliases[:2] == ["Đoạn mở đầu", "Mục I. Công tác lãnh đạo, chỉ đạo"]
    assert "Điểm b mục II.2. Tổng hợp phản ánh của Nhân dân" in aliases


def test_the_draft_says_which_report_it_is(tmp_path: Path) -> None:
    document = made(small_workspace.write(tmp_path, {OFFICE: DRAFT}))

    properties = package.own_properties(document)

    assert properties["document"] == "bao-cao"
    assert (properties["year"], properties["period"]) == ("2026", "h1")


def test_the_draft_keeps_to_the_decree_and_to_word(tmp_path: Path) -> None:
    small_workspace.write(tmp_path, {OFFICE: DRAFT})
    made(tmp_path)
    path = tmp_path / "output/2026/h1/bao-cao.docx"

    assert check.check(path) == []
    assert violations(path) == []


def test_what_is_issued_has_no_controls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_workspace.write(tmp_path)
    monkeypatch.chdir(tmp_path)

    document = made(tmp_path)

    assert controls(document) == {}
    assert "document" not in package.own_properties(document)


def test_a_copy_that_differs_from_what_was_issued_has_no_controls(tmp_path: Path) -> None:
    small_workspace.write(tmp_path)
    text = (tmp_path / OFFICE).read_text(encoding="utf-8")
    other = "fingerprint: {leadership: 0123456789abcdef}\n"
    (tmp_path / OFFICE).write_text(text + other, encoding="utf-8")

    assert report(tmp_path, "-o", str(tmp_path / "khac.docx")).exit_code == 0

    copy = docx.Document(str(tmp_path / "khac.docx"))
    assert copy.tables[0].rows[1].cells[0].text == "Số:      /BC-VP"
    assert controls(copy) == {}


def test_the_same_data_make_the_same_draft_to_the_byte(tmp_path: Path) -> None:
    small_workspace.write(tmp_path, {OFFICE: DRAFT})
    path = tmp_path / "output/2026/h1/bao-cao.docx"
    made(tmp_path)
    first = path.read_bytes()
    path.unlink()
    made(tmp_path)

    assert path.read_bytes() == first


def test_an_offices_own_template_gets_controls_where_it_prints_a_paragraph_a_line(
    tmp_path: Path,
) -> None:
    small_workspace.write(tmp_path, {OFFICE: DRAFT})
    template = docx.Document()
    for text in (
        "{{ document_type }} {{ number }} {{ place_and_date }}",
        "{%p for part in parts if part.path == 'leadership' %}",
        "{%p for line in part.paragraphs %}",
        "{{ line }}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p for part in parts if part.path == 'strengths' %}",
        "Ưu điểm: {% for line in part.points %}{{ line }} {% endfor %}",
        "{%p endfor %}",
        *small_workspace.REST_OF_TEMPLATE,
    ):
        template.add_paragraph(text)
    template.sections[0].footer.paragraphs[0].text = "{{ signer }}"
    (tmp_path / "templates").mkdir()
    template.save(str(tmp_path / "templates/bao-cao.docx"))

    document = made(tmp_path)

    assert controls(document) == {"leadership": ["Đoạn một.", "Đoạn hai."]}
    assert "Ưu điểm: - Kịp thời. - Thiết thực. " in [each.text for each in document.paragraphs]
    assert document.sections[0].footer.paragraphs[0].text == "Nguyễn Cửu"
