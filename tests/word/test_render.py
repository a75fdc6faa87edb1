"""A document made from a template: whose template, and what File > Info shows of it."""

import io
from datetime import UTC, datetime
from pathlib import Path

import docx

from danvan_cli.model.plan import DocumentLook
from danvan_cli.word.document.fields import Document
from danvan_cli.word.document.printing import render
from danvan_cli.word.document.template_check import template_path

DOCUMENT = Document(
    title="Báo cáo\n" * 50,
    agency="Văn phòng UBND tỉnh",
    superior=[],
    issuer="VĂN PHÒNG",
    number=None,
    place_and_date="",
    document_type="BÁO CÁO",
    subject="Kết quả công tác dân vận",
)


def test_properties_come_from_the_document_and_not_from_the_template(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_paragraph("{{ subject }}")
    of_template = template.core_properties
    of_template.author, of_template.comments, of_template.keywords = "{{ x }}", "nháp", "mẫu"
    of_template.last_printed = datetime(2020, 1, 1, tzinfo=UTC)
    template.save(str(tmp_path / "mau.docx"))

    core = docx.Document(
        io.BytesIO(render(tmp_path / "mau.docx", DOCUMENT, DocumentLook()))
    ).core_properties

    assert core.subject == "Kết quả công tác dân vận"
    assert core.author == core.last_modified_by == "Văn phòng UBND tỉnh"
    assert core.language == "vi-VN"
    assert core.title.startswith("Báo cáo Báo cáo") and len(core.title) == 255
    assert (core.comments, core.keywords, core.last_printed) == ("", "", None)


def test_the_workspaces_own_template_wins(tmp_path: Path) -> None:
    packaged = template_path(tmp_path, "bao-cao.docx")
    own = tmp_path / "templates" / "bao-cao.docx"
    own.parent.mkdir()
    own.write_bytes(b"")

    assert packaged.is_file() and packaged != own
    assert template_path(tmp_path, "bao-cao.docx") == own


def test_a_copy_that_nobody_has_edited_gives_way_to_the_programs_template(tmp_path: Path) -> None:
    packaged = template_path(tmp_path, "bao-cao.docx")
    own = tmp_path / "templates" / "bao-cao.docx"
    own.parent.mkdir()
    own.write_bytes(packaged.read_bytes())
    assert template_path(tmp_path, "bao-cao.docx") == packaged

    edited = docx.Document(str(own))
    edited.add_paragraph("Thêm")
    edited.save(str(own))
    assert template_path(tmp_path, "bao-cao.docx") == own
