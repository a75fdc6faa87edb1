"""What a leader edits in the Word file of a draft report comes home into `_office.yaml`."""

import base64
import io
import shutil
import unicodedata
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import Result
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.run import Run
from docx_plus.comments import add_comment
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import small_workspace
from danvan_cli.cli import app
from danvan_cli.drafts.office_text import words_of
from danvan_cli.drafts.passages import Printed
from danvan_cli.word.document import phrases
from libreoffice import convert, needs_libreoffice
from small_workspace import H1, OFFICE, changed

REPORT = "output/2026/h1/bao-cao.docx"
DRAFT = """\
# Lời của Văn phòng.
leadership: |
  Đoạn một của phần lãnh đạo.
  Đoạn hai của phần lãnh đạo.
strengths:
  - Kịp thời  # đã hỏi lại
  - Thiết thực
proposals: [Đề nghị tập huấn]
"""
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
Edit = Callable[[Document], None]


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def report(root: Path) -> None:
    made = danvan(root, "report", "--period", "h1", "--as-of", "4/6/2026", "--force")
    assert made.exit_code == 0, made.output


def bring(root: Path, *arguments: str, path: Path | None = None) -> Result:
    """The edited file imported."""
    file = path or root / REPORT
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        return danvan(root, "import", str(file), "--as-of", "4/6/2026", *arguments)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a draft of the report made in it."""
    root = small_workspace.write(tmp_path_factory.mktemp("fresh"), {OFFICE: DRAFT})
    report(root)
    return root


@pytest.fixture
def draft(fresh: Path, tmp_path: Path) -> Path:
    """The same for one test to change."""
    return Path(shutil.copytree(fresh, tmp_path, dirs_exist_ok=True))


def edit(root: Path, *edits: Edit) -> None:
    document = docx.Document(str(root / REPORT))
    for each in edits:
        each(document)
    document.save(str(root / REPORT))


def paragraph(document: Document, text: str) -> Any:
    return next(
        each
        for each in document.element.body.iter(qn("w:p"))
        if text in "".join(part.text or "" for part in each.iter(qn("w:t")))
    )


def rewrite(text: str, new: str) -> Edit:
    """The paragraph with that text has another, in two runs."""

    def change(document: Document) -> None:
        element = paragraph(document, text)
        runs = list(element.iter(qn("w:r")))
        for run in runs[1:]:
            run.getparent().remove(run)
        runs[0].text = new[:5]
        rest = deepcopy(runs[0])
        rest.text = new[5:]
        runs[0].addnext(rest)

    return change


def add_below(text: str, *new: str) -> Edit:
    """More paragraphs below the one with that text, in the same control if it is in one."""

    def change(document: Document) -> None:
        element = paragraph(document, text)
        for each in reversed(new):
            below = deepcopy(element)
            for mark in list(below.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
                mark.getparent().remove(mark)
            runs = list(below.iter(qn("w:r")))
            for run in runs[1:]:
                run.getparent().remove(run)
            runs[0].text = each
            element.addnext(below)

    return change


def remove(text: str) -> Edit:
    def change(document: Document) -> None:
        element = paragraph(document, text)
        element.getparent().remove(element)

    return change


def without_tags(document: Document) -> None:
    """As LibreOffice leaves it: controls undone, bookmarks kept."""
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for each in list(control.find(qn("w:sdtContent"))):
            control.addprevious(each)
        control.getparent().remove(control)


def office(root: Path) -> Any:
    return yaml.safe_load((root / OFFICE).read_text(encoding="utf-8"))


@pytest.mark.parametrize("tags", [True, False])
def test_edited_words_replace_the_offices_and_comments_stay(draft: Path, tags: bool) -> None:
    edit(
        draft,
        rewrite("Đoạn hai", "Đoạn hai đã sửa."),
        add_below("Thiết thực", "- Có nền nếp;"),
        rewrite("tập huấn", "- Đề nghị mở lớp tập huấn."),
        *([] if tags else [without_tags]),
    )

    result = bring(draft)

    assert result.exit_code == 0, result.output
    assert result.stdout.strip().endswith(OFFICE)
    assert "+ “Đoạn hai đã sửa.”" in result.stderr
    assert (
        (draft / OFFICE).read_text(encoding="utf-8")
        == """\
# Lời của Văn phòng.
leadership: |
  Đoạn một của phần lãnh đạo.
  Đoạn hai đã sửa.
strengths:
  - Kịp thời  # đã hỏi lại
  - Thiết thực
  - Có nền nếp;
proposals:
  - Đề nghị mở lớp tập huấn
"""
    )


def test_the_next_report_holds_the_leaders_words_and_nothing_is_left_to_bring(draft: Path) -> None:
    edit(
        draft,
        rewrite("Đoạn hai", "Đoạn hai đã sửa."),
        rewrite("Tổ chức hội nghị ở các tổ", "Đã tổ chức hội nghị."),
    )
    assert bring(draft).exit_code == 0
    again = bring(draft)
    report(draft)
    last = bring(draft)

    assert office(draft)["sections"] == {"2": "Đã tổ chức hội nghị."}
    assert "không có gì thay đổi" in again.stderr and again.stdout == ""
    assert "không có gì thay đổi" in last.stderr and last.exit_code == 0
    document = docx.Document(str(draft / REPORT))
    assert paragraph(document, "Đoạn hai đã sửa.") is not None
    assert paragraph(document, "Đã tổ chức hội nghị.") is not None


def test_an_edited_draft_is_not_written_over_before_its_words_came_home(draft: Path) -> None:
    edit(draft, rewrite("Đoạn hai", "Đoạn hai đã sửa."))
    (draft / OFFICE).write_text(DRAFT.replace("Kịp thời", "Đúng hạn"), encoding="utf-8")

    result = danvan(draft, "report", "--period", "h1", "--as-of", "4/6/2026")

    assert result.exit_code == 2
    assert "nhận nội dung đã sửa: danvan import" in result.stderr
    document = docx.Document(str(draft / REPORT))
    assert paragraph(document, "Đoạn hai đã sửa.") is not None


def test_a_report_is_not_issued_before_the_leaders_words_are_home(draft: Path) -> None:
    issue = ["issue", "--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026"]
    edit(draft, rewrite("Đoạn một của phần lãnh đạo.", "Lời lãnh đạo."))
    stopped = danvan(draft, *issue)
    assert stopped.exit_code == 1
    assert "NỘI DUNG SỬA TRONG WORD ĐÃ NHẬN VỀ\n- " in stopped.stderr
    assert "number" not in (draft / OFFICE).read_text(encoding="utf-8")
    assert bring(draft).exit_code == 0
    assert "NỘI DUNG SỬA TRONG WORD" not in danvan(draft, *issue).stderr
    assert danvan(draft, *issue, "--force").exit_code == 0


def test_a_report_nobody_edited_changes_nothing(draft: Path) -> None:
    result = bring(draft)

    assert (result.exit_code, result.stdout) == (0, "")
    assert (draft / OFFICE).read_text(encoding="utf-8") == DRAFT


def test_what_programs_write_in_other_ways_is_no_change(draft: Path) -> None:
    plan = draft / "plan.yaml"
    plan.write_text(f"{plan.read_text('utf-8')}document: {{unit_names: full}}\n", "utf-8")
    report(draft)
    edit(
        draft,
        rewrite(
            "Tổng hợp phản ánh hằng",
            "- Tổng hợp phản ánh\u00a0hằng tháng (Phòng Hành chính \u2011 Tổ chức).",
        ),
        rewrite("Đoạn hai", unicodedata.normalize("NFD", "Đoạn hai  của phần lãnh đạo.\u200b")),
    )

    result = bring(draft)

    assert (result.exit_code, result.stdout) == (0, ""), result.output


def test_the_offices_file_is_made_where_there_is_none(draft: Path) -> None:
    (draft / OFFICE).unlink()
    report(draft)
    edit(draft, rewrite("[Chưa có nội dung báo cáo]", "Phần lãnh đạo mới viết."))

    assert bring(draft).exit_code == 0
    assert office(draft) == {"leadership": "Phần lãnh đạo mới viết."}


def test_tracked_insertions_count_and_deletions_do_not(draft: Path) -> None:
    def track(document: Document) -> None:
        element = paragraph(document, "Đoạn hai")
        run = next(element.iter(qn("w:r")))
        deleted = parse_xml(
            f'<w:del {nsdecls("w")} w:id="901" w:author="A"><w:r>'
            "<w:delText>Đoạn hai của phần lãnh đạo.</w:delText></w:r></w:del>"
        )
        inserted = parse_xml(
            f'<w:ins {nsdecls("w")} w:id="902" w:author="A"><w:r>'
            "<w:t>Lời mới</w:t><w:tab/><w:t>thay.</w:t><w:br/><w:t>Dòng nữa.</w:t></w:r></w:ins>"
        )
        moved = parse_xml(
            f'<w:moveFrom {nsdecls("w")} w:id="903" w:author="A"><w:r>'
            "<w:t>chuyển đi</w:t></w:r></w:moveFrom>"
        )
        run.addprevious(deleted)
        run.addprevious(inserted)
        run.addprevious(moved)
        run.getparent().remove(run)

    def join(document: Document) -> None:
        properties = paragraph(document, "Thiết thực").get_or_add_pPr()
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement("w:del", {qn("w:id"): "904", qn("w:author"): "A"}))
        properties.append(mark)

    edit(draft, track, add_below("Thiết thực", " và có nền nếp."), join)

    result = bring(draft)

    assert result.exit_code == 0, result.output
    assert office(draft)["leadership"] == (
        "Đoạn một của phần lãnh đạo.\nLời mới thay.\nDòng nữa.\n"
    )
    assert office(draft)["strengths"] == ["Kịp thời", "Thiết thực. và có nền nếp"]


def test_text_outside_the_passages_is_pointed_out_and_not_taken(draft: Path) -> None:
    def comment(document: Document) -> None:
        add_comment(document.paragraphs[0], "Xem lại số liệu", author="Nguyễn Cửu")

    edit(
        draft,
        rewrite("Kính gửi", "Kính gửi: Sở Nội vụ"),
        rewrite("2. Tiếp dân", "2. Tiếp công dân"),
        remove("Số liệu chi tiết"),
        rewrite("Đoạn một", "Đoạn một đã sửa."),
        comment,
    )

    result = bring(draft)

    assert result.exit_code == 1
    assert office(draft)["leadership"].startswith("Đoạn một đã sửa.")
    told = [line for line in result.stderr.splitlines() if "Ngoài các ô nội dung" in line]
    assert len(told) == 3
    assert "Tiếp công dân" in told[2] and "→" in told[2]
    assert "bỏ “Số liệu chi tiết" in told[1]
    assert "ý kiến ghi bên lề: “Xem lại số liệu”" in result.stderr
    assert "plan.yaml" in result.stderr


def test_a_picture_is_pointed_out(draft: Path) -> None:
    def picture(document: Document) -> None:
        run = next(paragraph(document, "Đoạn hai").iter(qn("w:r")))
        Run(run, document.paragraphs[0]).add_picture(io.BytesIO(PIXEL))

    edit(draft, picture)

    result = bring(draft)

    assert result.exit_code == 1
    assert "Có hình ảnh: “1 hình”" in result.stderr


def test_a_paragraph_that_slipped_out_beside_a_passage_is_the_passages(draft: Path) -> None:
    def slip(document: Document) -> None:
        without_tags(document)
        add_below("Đoạn hai", "Đoạn ba.")(document)
        add_below("Trong 6 tháng đầu năm 2026,", "Lời thêm ngay sau số liệu.")(document)

    edit(draft, slip)

    result = bring(draft)

    assert result.exit_code == 0, result.output
    assert office(draft)["leadership"].splitlines()[-1] == "Đoạn ba."
    assert office(draft)["figures"]["2"].splitlines()[-1] == "Lời thêm ngay sau số liệu."


def test_words_can_be_added_behind_figures_that_stand_alone(draft: Path) -> None:
    (draft / H1).write_text(
        changed(H1, "results: {'2.1': {status: not_started, summary: }}"), encoding="utf-8"
    )
    report(draft)
    edit(draft, add_below("Trong 6 tháng đầu năm 2026,", "Lời mới của mục này."))

    result = bring(draft)

    assert result.exit_code == 0, result.output
    assert office(draft)["figures"]["2"].splitlines()[1] == "Lời mới của mục này."


def test_the_first_and_last_paragraph_and_figures_are_the_leaders_to_change(draft: Path) -> None:
    edit(
        draft,
        rewrite("Thực hiện Kế hoạch", "Thực hiện Kế hoạch 12, Văn phòng báo cáo như sau:"),
        rewrite("Trong 6 tháng đầu năm 2026,", "Trong 6 tháng, có 03 cuộc hội nghị."),
        rewrite("Trên đây là báo cáo", "Trên đây là báo cáo của Văn phòng./."),
        rewrite("Tổng hợp phản ánh hằng", "Phản ánh được tổng hợp hằng tuần."),
    )

    result = bring(draft)

    assert result.exit_code == 0, result.output
    found = office(draft)
    assert found["opening"] == "Thực hiện Kế hoạch 12, Văn phòng báo cáo như sau:"
    assert found["closing"] == "Trên đây là báo cáo của Văn phòng"
    assert found["figures"] == {"2": "Trong 6 tháng, có 03 cuộc hội nghị."}
    assert found["tasks"] == {"6.2": "Phản ánh được tổng hợp hằng tuần."}
    report(draft)
    lines = [each.text for each in docx.Document(str(draft / REPORT)).paragraphs]
    document = docx.Document(str(draft / REPORT))
    whole = "\n".join(each.text or "" for each in document.element.body.iter(qn("w:t")))
    for text in (*found["figures"].values(), *found["tasks"].values(), f"{found['closing']}./."):
        assert text in whole, lines
    assert bring(draft).stdout == ""


def test_a_new_part_of_the_assessment_is_known_by_its_title(draft: Path) -> None:
    edit(draft, add_below("Thiết thực", "2. Bài học kinh nghiệm", "- Giao việc rõ.", "- Kiểm tra."))

    result = bring(draft)

    assert result.exit_code == 0, result.output
    assert office(draft)["lessons"] == ["Giao việc rõ", "Kiểm tra"]
    assert office(draft)["strengths"] == ["Kịp thời", "Thiết thực"]


def test_an_item_that_reads_like_a_title_stays_an_item(draft: Path) -> None:
    edit(draft, add_below("Đề nghị tập huấn", "- Nguyên nhân"), add_below("Thiết thực", "Bài học"))
    document = docx.Document(str(draft / REPORT))
    add_below("Thiết thực", "3. Nguyên nhân", "4. Bài học kinh nghiệm", "- Kiểm tra.")(document)
    document.save(str(draft / REPORT))

    assert bring(draft).exit_code == 0
    assert office(draft)["proposals"] == ["Đề nghị tập huấn", "Nguyên nhân"]
    assert office(draft)["lessons"] == ["Kiểm tra", "Bài học"]
    assert office(draft)["strengths"] == ["Kịp thời", "Thiết thực", "3. Nguyên nhân"]


def test_what_word_shows_in_an_emptied_control_is_no_text(draft: Path) -> None:
    def empty(document: Document) -> None:
        document.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
        element = paragraph(document, "Đề nghị tập huấn")
        run = next(element.iter(qn("w:r")))
        run.text = "Bấm hoặc gõ vào đây để nhập văn bản."
        run.insert(
            0, parse_xml(f"<w:rPr {nsdecls('w')}><w:rStyle w:val='PlaceholderText'/></w:rPr>")
        )
        control = next(element.iterancestors(qn("w:sdt")))
        control.find(qn("w:sdtPr")).insert(3, OxmlElement("w:showingPlcHdr"))

    edit(draft, empty)

    assert bring(draft).exit_code == 0
    assert "proposals" not in office(draft)


def test_symbols_and_text_boxes_are_words_too(draft: Path) -> None:
    def insert(document: Document) -> None:
        run = next(paragraph(document, "Đoạn hai").iter(qn("w:r")))
        run.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Symbol" w:char="F0B3"/>'))
        run.append(
            parse_xml(
                f"<w:pict {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><v:shape>"
                "<v:textbox><w:txbxContent><w:p><w:r><w:t>Trong khung.</w:t></w:r></w:p>"
                "</w:txbxContent></v:textbox></v:shape></w:pict>"
            )
        )

    edit(draft, insert)

    assert bring(draft).exit_code == 0
    assert office(draft)["leadership"].splitlines()[1:] == [
        "Đoạn hai của phần lãnh đạo.≥",
        "Trong khung.",
    ]


def test_recipients_and_signatory_come_home(draft: Path) -> None:
    (draft / OFFICE).write_text(f"{DRAFT}recipients: [Như trên, Sở Nội vụ]\n", encoding="utf-8")
    report(draft)
    edit(
        draft,
        rewrite("CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        rewrite("………", "Nguyễn Cửu"),
        add_below("- Sở Nội vụ;", "- Ban Dân vận Tỉnh ủy"),
    )

    result = bring(draft)

    assert result.exit_code == 0, result.output
    assert office(draft)["signatory"] == {"position": "PHÓ CHÁNH VĂN PHÒNG", "name": "Nguyễn Cửu"}
    assert office(draft)["recipients"] == ["Như trên", "Sở Nội vụ", "Ban Dân vận Tỉnh ủy"]


def test_a_position_has_one_line_and_cannot_be_left_out(draft: Path) -> None:
    two_lines = OxmlElement("w:br")

    def break_line(document: Document) -> None:
        element = paragraph(document, "CHÁNH VĂN PHÒNG")
        next(element.iter(qn("w:t"))).addprevious(two_lines)
        two_lines.addprevious(parse_xml(f"<w:t {nsdecls('w')}>KT.</w:t>"))

    edit(draft, break_line, rewrite("Đoạn hai", "Đoạn hai đã sửa."))
    broken = bring(draft)
    report(draft)
    edit(draft, rewrite("CHÁNH VĂN PHÒNG", ""))
    gone = bring(draft)

    assert (broken.exit_code, gone.exit_code) == (1, 1)
    assert "Không nhận được: chỉ được một dòng" in broken.stderr
    assert "Không nhận được: không được để trống" in gone.stderr
    assert "signatory" not in office(draft)
    assert office(draft)["leadership"].splitlines()[1] == "Đoạn hai đã sửa."


def typed_above(document: Document, *lines: str) -> None:
    """New paragraphs above the position, outside its control."""
    position = paragraph(document, "PHÓ CHỦ")
    for line in lines:
        above = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{line}</w:t></w:r></w:p>")
        position.addprevious(above)


def typed_before_in_the_control(document: Document, *lines: str) -> None:
    """New lines before the position in its control."""
    first = next(paragraph(document, "PHÓ CHỦ").iter(qn("w:t")))
    for line in lines:
        first.addprevious(parse_xml(f"<w:t {nsdecls('w')}>{line}</w:t>"))
        first.addprevious(OxmlElement("w:br"))


@pytest.mark.parametrize("typed", [typed_above, typed_before_in_the_control])
@pytest.mark.parametrize("lines", [["KT. CHỦ TỊCH"], ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"]])
def test_authority_that_was_not_there_comes_home_line_by_line(
    draft: Path, typed: Callable[..., None], lines: list[str]
) -> None:
    edit(draft, rewrite("CHÁNH VĂN", "PHÓ CHỦ TỊCH"), lambda document: typed(document, *lines))

    result = bring(draft)

    assert result.exit_code == 0, result.output
    signatory = office(draft)["signatory"]
    assert signatory["authority"].rstrip() == "\n".join(lines)
    assert signatory["position"] == "PHÓ CHỦ TỊCH"
    report(draft)
    texts = [each.text for each in docx.Document(str(draft / REPORT)).element.body.iter(qn("w:p"))]
    assert "\n".join(lines) in texts


def test_a_second_line_of_authority_comes_home(draft: Path) -> None:
    given = "signatory: {authority: TM. ỦY BAN NHÂN DÂN, position: CHỦ TỊCH, name: Lê Văn A}\n"
    (draft / OFFICE).write_text(DRAFT + given, encoding="utf-8")
    report(draft)
    position = [rewrite("CHỦ TỊCH", "PHÓ CHỦ TỊCH"), rewrite("Lê Văn A", "Lê Văn B")]
    edit(draft, *position, add_below("TM. ỦY BAN", "KT. CHỦ TỊCH"))

    assert bring(draft).exit_code == 0
    assert office(draft)["signatory"] == {
        "authority": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n",
        "position": "PHÓ CHỦ TỊCH",
        "name": "Lê Văn B",
    }
    report(draft)
    assert "không có gì thay đổi" in bring(draft).stderr


def test_a_name_is_not_taken_while_the_rest_of_the_signature_is_refused(draft: Path) -> None:
    add_line = add_below("CHÁNH VĂN PHÒNG", "Ủy viên")
    edit(draft, add_line, rewrite("………", "Nguyễn Cửu"), rewrite("Đoạn hai", "Đã sửa."))

    result = bring(draft)

    assert result.exit_code == 1
    assert "phải nhận được cùng nhau" in result.stderr
    assert "signatory" not in office(draft)
    assert office(draft)["leadership"].splitlines()[1] == "Đã sửa."


def test_words_that_slipped_before_their_bookmark_replace_the_deleted_ones(draft: Path) -> None:
    def as_libreoffice_does(document: Document) -> None:
        without_tags(document)
        element = paragraph(document, "CHÁNH VĂN PHÒNG")
        start = next(element.iter(qn("w:bookmarkStart")))
        author = 'w:author="A"'
        start.addprevious(
            parse_xml(
                f'<w:ins {nsdecls("w")} w:id="91" {author}><w:r><w:t>PHÓ CHÁNH</w:t></w:r></w:ins>'
            )
        )
        run = next(each for each in element.iter(qn("w:r")) if each.text == "CHÁNH VĂN PHÒNG")
        deleted = "<w:r><w:delText>CHÁNH VĂN PHÒNG</w:delText></w:r>"
        run.addprevious(parse_xml(f'<w:del {nsdecls("w")} w:id="92" {author}>{deleted}</w:del>'))
        element.remove(run)

    edit(draft, as_libreoffice_does)

    assert bring(draft).exit_code == 0
    assert office(draft)["signatory"] == {"position": "PHÓ CHÁNH"}


def test_a_passage_emptied_falls_back_to_the_units_words_and_these_cannot_be_emptied(
    draft: Path,
) -> None:
    edit(draft, remove("Đề nghị tập huấn"), remove("Tổ chức hội nghị ở các tổ"))

    result = bring(draft)

    assert result.exit_code == 1
    assert "proposals" not in office(draft)
    assert "sections" not in office(draft)
    assert "Không nhận được: phần này ghép từ báo cáo của các đơn vị" in result.stderr


def test_a_late_report_is_not_taken_for_the_leaders_edit(draft: Path) -> None:
    edit(draft, rewrite("Đoạn hai", "Đoạn hai đã sửa."))
    (draft / H1).write_text(
        changed(H1, "results: {'6.1': {summary: Đã xử lý 40 đơn.}}\nindicators: {hoi-nghi: 5}"),
        encoding="utf-8",
    )

    result = bring(draft)

    assert result.exit_code == 0, result.output
    assert "sections" not in office(draft)
    assert office(draft)["leadership"].splitlines()[1] == "Đoạn hai đã sửa."
    assert "điểm a mục II.2" in result.stderr
    assert "Ngoài các ô nội dung" not in result.stderr


def test_where_both_leader_and_office_changed_words_force_decides(draft: Path) -> None:
    edit(draft, rewrite("Đoạn hai", "Lãnh đạo sửa."))
    text = DRAFT.replace("Đoạn hai của phần lãnh đạo", "Chuyên viên sửa")
    (draft / OFFICE).write_text(text, encoding="utf-8")

    refused = bring(draft)

    assert refused.exit_code == 2
    assert "cả lãnh đạo và dữ liệu đều đã đổi mục I" in refused.stderr
    assert "− “Chuyên viên sửa.”" in refused.stderr and "+ “Lãnh đạo sửa.”" in refused.stderr
    assert (draft / OFFICE).read_text(encoding="utf-8") == text

    assert bring(draft, "--force").exit_code == 0
    assert office(draft)["leadership"].splitlines()[1] == "Lãnh đạo sửa."


def test_words_that_break_a_rule_are_told_by_their_place(draft: Path) -> None:
    edit(draft, rewrite("Đoạn hai", "Ông Nguyễn Văn A, CCCD 045123456789, đã kiến nghị."))

    result = bring(draft)

    assert "Mục I. Công tác lãnh đạo, chỉ đạo: " in result.stderr
    assert "R4" in result.stderr


@pytest.mark.parametrize(
    ("name", "excerpt", "message"),
    [
        (OFFICE, "number: 57/BC-VP\nissued: 4/6/2026\n", "đã ban hành số 57/BC-VP"),
        (OFFICE, "nonsense: x\n", "có lỗi nên chưa ghi thêm được"),
    ],
)
def test_an_offices_file_that_cannot_take_it_refuses(
    draft: Path, name: str, excerpt: str, message: str
) -> None:
    (draft / name).write_text(DRAFT + excerpt, encoding="utf-8")
    edit(draft, rewrite("Đoạn hai", "Đoạn hai đã sửa."))

    result = bring(draft)

    assert result.exit_code == 2
    assert message in result.stderr
    assert (draft / name).read_text(encoding="utf-8") == DRAFT + excerpt


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("year: 2026", "year: 2027", "là báo cáo của năm 2026, kế hoạch ở đây của năm 2027"),
        ("  h1:", "  h2:", "là báo cáo của kỳ “h1”, kế hoạch ở đây không có kỳ đó"),
        ("  name: Văn phòng UBND tỉnh", "  name: Sở Y tế", "là báo cáo của Văn phòng UBND tỉnh"),
    ],
)
def test_the_report_of_another_plan_is_refused(
    draft: Path, tmp_path_factory: pytest.TempPathFactory, old: str, new: str, message: str
) -> None:
    other = tmp_path_factory.mktemp("other")
    plan = small_workspace.PLAN.replace(old, new).replace("continues: h1", "continues: h2")
    plan = plan.replace("continues: h2", "") if new != "  h2:" else plan.replace("h1: 5", "h2: 5")
    if "2027" in new:
        plan = plan.replace("2026-", "2027-")
    (other / "plan.yaml").write_text(plan, encoding="utf-8")

    result = bring(other, path=draft / REPORT)

    assert result.exit_code == 2
    assert message in result.stderr


def test_text_without_any_mark_of_the_passages_is_refused(draft: Path) -> None:
    def bare(document: Document) -> None:
        without_tags(document)
        for mark in list(document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    edit(draft, bare, rewrite("Đoạn hai", "Đoạn hai đã sửa."))

    result = bring(draft)

    assert result.exit_code == 2
    assert "không còn ô nội dung hay dấu trang nào" in result.stderr


def test_with_a_template_that_makes_no_controls_every_change_is_pointed_out(draft: Path) -> None:
    template = docx.Document()
    template.add_paragraph(
        "{{ document_type }}: {% for part in parts if part.path == 'leadership' %}"
        "{{ part.paragraphs | join(' ') }}{% endfor %}"
    )
    for text in small_workspace.REST_OF_TEMPLATE:
        template.add_paragraph(text)
    (draft / "templates").mkdir()
    template.save(str(draft / "templates/bao-cao.docx"))
    report(draft)
    edit(draft, rewrite("Đoạn một", "BÁO CÁO: Đoạn một đã sửa."))

    result = bring(draft)

    assert result.exit_code == 1
    assert "không có ô nội dung nào, vì mẫu bao-cao.docx" in result.stderr
    assert "→ “BÁO CÁO: Đoạn một đã sửa.”" in result.stderr
    assert (draft / OFFICE).read_text(encoding="utf-8") == DRAFT


items = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: bool(text.strip("-–—•*.;+ ")) and phrases.BLANK not in text),
    min_size=1,
    max_size=4,
)


@given(items)
def test_items_that_were_printed_and_read_are_printed_alike(texts: list[str]) -> None:
    lines = phrases.dashed(texts)
    passage = Printed(path="strengths", kind="items", place="Mục III.1")

    read = words_of(passage, lines)

    assert isinstance(read, list)
    assert len(read) == len(texts)
    again = phrases.dashed(read)
    assert words_of(passage, again) == read


def save_again(folder: Path, file: Path) -> None:
    """The file saved again by LibreOffice."""
    (saved,) = convert([file], "docx", folder)
    shutil.copy(saved, file)


@pytest.mark.slow
@needs_libreoffice
def test_what_libreoffice_saved_comes_home_as_well(
    draft: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("libreoffice")
    save_again(folder, draft / REPORT)
    untouched = bring(draft)
    edit(
        draft,
        rewrite("Đoạn một", "Đoạn một đã sửa."),
        add_below("Đoạn hai", "Đoạn ba."),
        add_below("Kịp thời", "- Có nền nếp."),
        rewrite("tập huấn", "- Đề nghị mở lớp tập huấn."),
    )
    save_again(folder, draft / REPORT)

    result = bring(draft)

    assert untouched.exit_code == 0 and "không có gì thay đổi" in untouched.stderr
    assert result.exit_code == 0, result.output
    assert office(draft)["leadership"].splitlines() == [
        "Đoạn một đã sửa.",
        "Đoạn hai của phần lãnh đạo.",
        "Đoạn ba.",
    ]
    assert office(draft)["strengths"] == ["Kịp thời", "Có nền nếp", "Thiết thực"]
    assert office(draft)["proposals"] == ["Đề nghị mở lớp tập huấn"]
