"""`danvan check`: several files, formats, exit statuses, refusals, and a repaired copy."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from typer.testing import CliRunner

from danvan_cli import cli
from danvan_cli.check import check
from danvan_cli.word.file import parts
from decree_document import Handmade, handmade


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, ["check", *map(str, arguments)])


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return handmade().save(tmp_path, "tot.docx")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    made = handmade()
    made.run("Quốc hiệu").font.size = Pt(15)
    return made.save(tmp_path, "xau.docx")


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    made = handmade(texts={"Địa danh, ngày": "Quảng Trị, ngày 04 tháng 06 năm 2026"})
    return made.save(tmp_path, "can-xem.docx")


def test_a_good_document_ends_with_0(good):
    result = run(good)
    assert result.exit_code == 0
    assert result.stdout == "Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo.\n"


def test_errors_end_with_1_and_are_told_with_their_file(bad):
    result = run(bad)
    assert result.exit_code == 1
    assert result.stdout.startswith("xau.docx: lỗi D514: đoạn 5 (“CỘNG HÒA")
    assert "1 lỗi, 0 cảnh báo" in result.stdout


def test_warnings_end_with_0_unless_strict(doubtful):
    assert run(doubtful).exit_code == 0
    assert run(doubtful, "--strict").exit_code == 1


def test_several_files_are_checked_together(good, bad, doubtful):
    result = run(good, bad, doubtful)
    assert "Đã kiểm tra 3 tệp: 1 lỗi, 1 cảnh báo." in result.stdout


def test_json_has_a_place_for_machines_and_stands_alone(bad):
    result = run(bad, "--format", "json")
    (entry,) = json.loads(result.stdout)
    assert entry | {"message": "", "hint": None} == {
        "code": "D514",
        "severity": "error",
        "file": "xau.docx",
        "line": None,
        "column": None,
        "path": "paragraphs.5",
        "message": "",
        "hint": None,
    }


def test_the_number_of_a_paragraph_counts_all_of_them_in_order(bad):
    (entry,) = json.loads(run(bad, "--format", "json").stdout)
    number = int(entry["path"].split(".")[1])
    paragraphs = list(Document(str(bad)).element.body.iter(qn("w:p")))
    assert "".join(each.text for each in paragraphs[number - 1].iter(qn("w:t"))).startswith("CỘNG")


@pytest.mark.parametrize(
    ("format", "start"), [("github", "::error file=xau.docx"), ("gitlab", "[")]
)
def test_findings_can_be_given_to_a_forge(bad, format, start):
    assert run(bad, "--format", format).stdout.startswith(start)


def refused(path: Path) -> str:
    result = run(path)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.stderr


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(source: Path, name: str, content: bytes) -> Path:
    return zipped(source.with_name("khac.docx"), parts_of(source) | {name: content})


def test_a_file_that_is_not_there_is_told():
    assert "không có tệp “mat.docx”" in refused(Path("mat.docx"))


def test_a_folder_is_no_document(tmp_path):
    assert "là thư mục" in refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("rong.docx", b"", "rỗng"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.rtf", rb"{\rtf1 ...", "RTF"),
        ("a.docx", b"<html><body>", "trang web"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".doc"),
        ("b.docx", b"\0\1\2\3 khong phai Word", "bị hỏng"),
        ("c.docx", b"PK\3\4 cut off", "bị hỏng"),
    ],
)
def test_what_is_no_word_document_is_told_as_what_it_is(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refused(path)


def test_a_document_with_a_password_is_told(tmp_path):
    path = tmp_path / "kin.docx"
    stream = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream)
    assert "mật khẩu" in refused(path)


def test_a_document_cut_off_in_the_middle_is_told(good):
    good.write_bytes(good.read_bytes()[:-2000])
    assert "bị hỏng" in refused(good)


def test_a_document_with_a_damaged_part_is_told(good):
    content = bytearray(good.read_bytes())
    start = content.index(b"word/document.xml") + 40
    content[start : start + 400] = b"\xff" * 400
    good.write_bytes(content)
    assert "bị hỏng" in refused(good)


@pytest.mark.parametrize("document", [b"<w:document", b"", b"<a/>"])
def test_a_document_whose_xml_is_broken_is_told(good, document):
    assert "bị hỏng" in refused(with_part(good, "word/document.xml", document))


def test_a_document_without_its_text_is_told(good):
    parts = {name: each for name, each in parts_of(good).items() if name != "word/document.xml"}
    assert "bị hỏng" in refused(zipped(good.with_name("khong.docx"), parts))


def test_some_zip_is_no_document(tmp_path):
    assert "không phải văn bản Word" in refused(zipped(tmp_path / "a.docx", {"a.txt": b"a"}))


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (b"application/vnd.ms-word.document.macroEnabled.main+xml", ".docm"),
        (
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            ".dotx",
        ),
        (b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "Excel"),
    ],
)
def test_another_kind_of_office_file_is_told_as_what_it_is(good, mark, words):
    types = parts_of(good)["[Content_Types].xml"]
    own = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert words in refused(with_part(good, "[Content_Types].xml", types.replace(own, mark)))


def test_a_document_that_declares_entities_is_refused_unread(good):
    bomb = b'<!DOCTYPE a [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
    text = parts_of(good)["word/document.xml"].replace(b"?>", b"?>" + bomb, 1)
    assert "thực thể XML" in refused(with_part(good, "word/document.xml", text))


def test_a_document_that_unpacks_to_too_much_is_refused_unread(good, monkeypatch):
    monkeypatch.setattr(parts, "MAX_XML", 2_000_000)
    text = parts_of(good)["word/document.xml"]
    assert "quá lớn" in refused(with_part(good, "word/document.xml", text + b" " * 3_000_000))


def test_a_file_that_cannot_be_read_hides_nothing_of_the_others(bad, tmp_path):
    (tmp_path / "hong.docx").write_bytes(b"PK")
    (tmp_path / "cu.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    result = run("hong.docx", bad, "cu.doc")
    assert result.exit_code == 2
    assert "D514" in result.stdout
    assert "hong.docx" in result.stderr
    assert "cu.doc" in result.stderr


def test_a_document_without_styles_is_checked_as_word_would_show_it(good):
    parts = {name: each for name, each in parts_of(good).items() if name != "word/styles.xml"}
    relations = parts["word/_rels/document.xml.rels"].decode()
    kept = [
        each for each in relations.split("<Relationship ") if "relationships/styles" not in each
    ]
    parts["word/_rels/document.xml.rels"] = "<Relationship ".join(kept).encode()
    path = zipped(good.with_name("tran.docx"), parts)
    assert {each.code for each in check(path)} == {"D581"}


def test_styles_that_are_based_on_each_other_are_survived(good):
    document = Document(str(good))
    style = document.styles["Normal"].element
    based = OxmlElement("w:basedOn")
    based.set(qn("w:val"), "Normal")
    style.insert(1, based)
    document.save(str(good))
    assert "D581" in {each.code for each in check(good)}


def spoiled() -> Handmade:
    """Wrong in everything that can be repaired without judgement."""
    made = handmade("công văn", lines="shapes", appendices=1)
    section = made.document.sections[0]
    section.page_width, section.page_height = Mm(216), Mm(279)
    section.top_margin, section.left_margin = Mm(10), Mm(25)
    section.different_first_page_header_footer = False
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.run("Mở đầu").font.name = "Arial"
    made.run("Khoản").font.color.rgb = RGBColor(255, 0, 0)
    for part, size in (("Quốc hiệu", 11), ("Điểm", 12), ("Nơi nhận 1", 13), ("Khoản", 13)):
        made.run(part).font.size = Pt(size)
    for part in ("Quốc hiệu", "Chức vụ", "Mục", "Từ Nơi nhận"):
        made.run(part).font.bold = False
    made.run("Mở đầu").font.bold = True
    made.run("Lời kết").font.italic = True
    for part in ("Tiêu ngữ", "Địa danh, ngày", "Họ tên"):
        made.paragraph(part).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made.paragraph("Lời văn 1").alignment = WD_ALIGN_PARAGRAPH.LEFT
    look = made.paragraph("Lời văn 2").paragraph_format
    look.first_line_indent, look.left_indent = Mm(0), Mm(20)
    made.paragraph("Lời văn 3").paragraph_format.space_before = Pt(0)
    made.paragraph("Lời văn 4").paragraph_format.line_spacing = 2
    made.paragraph("Quốc hiệu").paragraph_format.line_spacing = 1.5
    made.paragraph("V/v").paragraph_format.space_before = Pt(0)
    made.paragraph("Nơi nhận 1").paragraph_format.left_indent = Mm(8)
    return made


REPAIRABLE = {
    *("D501", "D503", "D505", "D506", "D511", "D513", "D514", "D515", "D516"),
    *("D519", "D521", "D522", "D523", "D524"),
}


def test_a_copy_is_repaired_where_no_judgement_is_needed(tmp_path):
    path = spoiled().save(tmp_path, "goc.docx")
    before = path.read_bytes()
    assert {each.code for each in check(path)} >= REPAIRABLE
    result = run(path, "--fix", "-o", "moi.docx")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[0] == "moi.docx"
    assert check(Path("moi.docx")) == []
    assert path.read_bytes() == before


def test_what_was_repaired_is_told(tmp_path):
    path = spoiled().save(tmp_path, "goc.docx")
    output = run(path, "--fix", "-o", "moi.docx").stdout
    assert "Đã sửa: phần 1 của tệp: khổ giấy 216 mm x 279 mm; phải là A4" in output
    assert "Quốc hiệu cỡ chữ 11; phải từ 12 đến 13" in output


def test_no_word_is_changed_by_repairing(tmp_path):
    path = spoiled().save(tmp_path, "goc.docx")
    run(path, "--fix", "-o", "moi.docx")
    old, new = (Document(name).element.body for name in (str(path), "moi.docx"))
    texts = [[each.text for each in body.iter(qn("w:t"))] for body in (old, new)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("kind", ["báo cáo", "công văn", "kế hoạch", "quyết định"])
@pytest.mark.parametrize("layout", ["table", "tabs"])
def test_a_good_document_stays_as_it_is(tmp_path, kind, layout):
    path = handmade(kind, layout=layout).save(tmp_path, "goc.docx")
    result = run(path, "--fix", "-o", "moi.docx")
    assert "Không có chỗ nào" in result.stdout
    old, new = parts_of(path), parts_of(Path("moi.docx"))
    assert old["word/document.xml"] == new["word/document.xml"]


def test_page_numbers_are_put_where_there_are_none(tmp_path):
    made = handmade()
    for run_ in list(made.document.sections[0].header.paragraphs[0].runs):
        run_._r.getparent().remove(run_._r)
    made.document.sections[0].different_first_page_header_footer = False
    run(made.save(tmp_path, "goc.docx"), "--fix", "-o", "moi.docx")
    assert check(Path("moi.docx")) == []
    section = Document("moi.docx").sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_page_numbers_below_move_up(tmp_path):
    made = handmade()
    section = made.document.sections[0]
    for run_ in list(section.header.paragraphs[0].runs):
        section.footer.paragraphs[0]._p.append(run_._r)
    run(made.save(tmp_path, "goc.docx"), "--fix", "-o", "moi.docx")
    assert check(Path("moi.docx")) == []
    assert "PAGE" not in Document("moi.docx").sections[0].footer._element.xml


def test_leading_tabs_become_an_indent(tmp_path):
    made = handmade()
    made.run("Khoản").text = "\t\t" + made.run("Khoản").text
    made.paragraph("Khoản").paragraph_format.first_line_indent = Mm(0)
    run(made.save(tmp_path, "goc.docx"), "--fix", "-o", "moi.docx")
    assert check(Path("moi.docx")) == []


def test_sizes_that_do_not_go_together_follow_the_most(tmp_path):
    made = handmade(size_set="13-14")
    made.run("Tiêu ngữ").font.size = Pt(13)
    run(made.save(tmp_path, "goc.docx"), "--fix", "-o", "moi.docx")
    assert check(Path("moi.docx")) == []


def test_what_needs_judgement_stays_and_is_told(tmp_path):
    made = handmade(texts={"Số, ký hiệu": "Số: 7/BC-VP"})
    made.run("Khoản").font.size = Pt(12)
    result = run(made.save(tmp_path, "goc.docx"), "--fix", "-o", "moi.docx")
    assert result.exit_code == 1
    assert [each.code for each in check(Path("moi.docx"))] == ["D552"]


def test_the_file_itself_is_never_written(bad):
    before = bad.read_bytes()
    result = run(bad, "--fix", "-o", bad)
    assert result.exit_code == 2
    assert "tệp gốc" in result.stderr
    assert bad.read_bytes() == before


def test_fixing_asks_where_to(bad):
    assert run(bad, "--fix").exit_code == 2
    assert run(bad, "-o", "moi.docx").exit_code == 2


def test_several_copies_go_into_a_folder(good, bad):
    result = run(good, bad, "--fix", "-o", "sua")
    assert result.exit_code == 0
    assert sorted(each.name for each in Path("sua").iterdir()) == ["tot.docx", "xau.docx"]
    assert run(good, bad, "--fix", "-o", "sua.docx").exit_code == 2


def test_a_copy_that_somebody_edited_is_not_overwritten(bad):
    Path("moi.docx").write_bytes(b"PK mine")
    assert run(bad, "--fix", "-o", "moi.docx").exit_code == 2
    assert run(bad, "--fix", "-o", "moi.docx", "--force").exit_code == 0


def test_a_repaired_copy_is_the_same_each_time(bad):
    run(bad, "--fix", "-o", "mot.docx")
    run(bad, "--fix", "-o", "hai.docx")
    assert Path("mot.docx").read_bytes() == Path("hai.docx").read_bytes()


def test_json_stays_alone_on_stdout_when_fixing(bad):
    result = run(bad, "--fix", "-o", "moi.docx", "--format", "json")
    assert json.loads(result.stdout) == []
    assert "Đã sửa" in result.stderr


def test_a_run_that_two_elements_share_is_left_alone(tmp_path):
    made = handmade(layout="tabs")
    first = made.run("Cơ quan chủ quản")
    paragraph = made.paragraph("Cơ quan chủ quản")
    for run_ in paragraph.runs[2:]:
        run_._r.getparent().remove(run_._r)
    first.text = "UBND TỈNH QUẢNG TRỊ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    path = made.save(tmp_path, "goc.docx")
    assert [each.code for each in check(path)] == ["D515"]
    run(path, "--fix", "-o", "moi.docx")
    assert [each.code for each in check(Path("moi.docx"))] == ["D515"]
