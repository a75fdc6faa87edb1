"""The Word forms of the units: every box is there, found, filled in, and all else is locked."""

import re
import runpy
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import Result
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter, plan_from, report_from
from danvan_cli.cli import app
from danvan_cli.files import conversion, workspace
from danvan_cli.forms import boxes as form
from danvan_cli.forms.boxes import PROMPTS
from danvan_cli.model.plan import units_by_id
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.tracking import status
from danvan_cli.tracking.checked_workspace import CheckedWorkspace, earlier_reports
from danvan_cli.word.document import stylesheet
from danvan_cli.word.file import package, xml_text
from libreoffice import convert, needs_libreoffice
from ooxml import violations
from places import ROOT

WORKSPACES = runpy.run_path(str(ROOT / "bench" / "workspaces.py"))
REPORT = """\
submitted: 29/5/2026
signatory: {position: TRƯỞNG BAN, name: Lê B}
leadership: "Đã quán triệt.\\nĐã phân công."
results:
  '1.1': {status: done, summary: "<b> & {{ x }} “q” 🎉\\n- dòng hai", evidence: [TB số 5, TB số 6]}
  '2.1': {status: none_arisen}
indicators: {hoi-nghi: 1234, don: 0}
models:
- {name: Nghe dân, field: kinh tế, status: recognized, replicate: true, summary: Hay}
awards: [{kind: individual, name: Trần C, form: Giấy khen, achievement: Giỏi}]
strengths: [Kịp thời, Đầy đủ]
"""


FORM = "output/2026/h1/forms/tiep-dan.docx"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def made(root: Path, unit: str = "tiep-dan", period: str = "h1") -> WordDocument:
    path = root / f"output/2026/{period}/forms/{unit}.docx"
    result = danvan(root, "form", unit, "--period", period)
    assert result.exit_code == 0, result.output
    assert Path(result.stdout.strip()).resolve() == path.resolve()
    return docx.Document(path)


def filled_in(document: WordDocument) -> dict[str, str]:
    """By tag, the text of every box that does not show its prompt, a line a paragraph."""
    texts = {}
    for control in boxes_of(document):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        assert tag not in texts
        content = control.find(qn("w:sdtContent"))
        paragraphs = list(content.iter(qn("w:p"))) or [content]
        lines = [written(each) for each in paragraphs]
        if control.find(f".//{qn('w:showingPlcHdr')}") is not None:
            assert lines[0] in PROMPTS.values()
            continue
        texts[tag] = "\n".join(lines)
    return texts


def boxes_of(document: WordDocument) -> Iterator[Any]:
    """Every control but the group around them all."""
    return (each.getparent().getparent() for each in document.element.body.iter(qn("w:tag")))


def written(element: Any) -> str:
    return "".join(each.text for each in element.iter(qn("w:t")))


def tags(document: WordDocument) -> list[str]:
    return [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:tag"))]


def cells(document: WordDocument) -> Iterator[tuple[str, str]]:
    """Every box's cell: its control's tag and its bookmark's name."""
    for cell in document.element.body.iter(qn("w:tc")):
        if own := list(cell.iter(qn("w:tag"))):
            (tag,), (start,) = own, cell.iter(qn("w:bookmarkStart"))
            (end,) = cell.iter(qn("w:bookmarkEnd"))
            assert start.get(qn("w:id")) == end.get(qn("w:id"))
            yield tag.get(qn("w:val")), start.get(qn("w:name"))


def text(document: WordDocument) -> str:
    return "\n".join(written(each) for each in document.element.body.iter(qn("w:p")))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace with the forms of all its units for the year."""
    root = tmp_path_factory.mktemp("mẫu")
    shutil.copy(ROOT / "plan.yaml", root)
    shutil.copytree(ROOT / "reports", root / "reports")
    result = danvan(root, "form", "--all", "--period", "annual")
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == 12
    return root


def test_it_says_what_to_do_with_a_form_that_comes_back(root: Path) -> None:
    result = danvan(root, "form", "tiep-dan", "--period", "h1")
    assert "danvan import TỆP.docx" in result.stderr


def test_every_units_form_has_a_box_for_all_it_can_report(sample: Path) -> None:
    loaded = workspace.load(sample)
    plan = loaded.plan.plan
    assert plan is not None
    units = status.expected_units(plan, "annual")
    explained = {
        (file.unit, name)
        for file in loaded.reports
        if file.period == "annual" and file.report
        for name in file.report.notes
    }
    for unit in units:
        document = docx.Document(sample / f"output/2026/annual/forms/{unit.id}.docx")
        rows = {
            name: len([each for each in tags(document) if each.endswith(name)])
            for name in (".field", ".achievement", ".to")
        }
        boxes = form.boxes(plan, unit, dict(zip(form.ROW_LISTS, rows.values(), strict=True)))
        boxes = [
            box for box in boxes if box.path[0] != "notes" or (unit.id, box.path[1]) in explained
        ]
        assert tags(document) == [box.tag for box in boxes]
        assert list(cells(document)) == [(box.tag, box.bookmark) for box in boxes]
        assert min(rows.values()) >= 4
    assert len(units) == 12


def test_all_but_the_boxes_is_locked_and_no_box_can_be_deleted(root: Path) -> None:
    body = made(root).element.body
    group, rest = body
    assert rest.tag == qn("w:sectPr")
    locks = [each.get(qn("w:val")) for each in group.iter(qn("w:lock"))]
    assert group.find(f"{qn('w:sdtPr')}/{qn('w:group')}") is not None
    assert locks[0] == "contentLocked"
    assert set(locks[1:]) == {"sdtLocked"}
    assert len(locks) == 1 + len(tags(docx.Document(root / FORM)))


def test_every_form_is_sound_word(sample: Path) -> None:
    for path in sorted(sample.glob("output/2026/annual/forms/*.docx")):
        assert violations(path) == []


def test_what_the_unit_has_reported_stands_in_its_boxes(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tiep-dan", text=REPORT)
    assert filled_in(made(root)) == {
        "leadership": "Đã quán triệt.\nĐã phân công.",
        "results.1.1.status": "hoàn thành",
        "results.1.1.summary": "<b> & {{ x }} “q” 🎉\n- dòng hai",
        "results.1.1.evidence": "TB số 5\nTB số 6",
        "results.2.1.status": "không phát sinh",
        "indicators.hoi-nghi": "1.234",
        "indicators.don": "0",
        "models.1.name": "Nghe dân",
        "models.1.field": "kinh tế",
        "models.1.summary": "Hay",
        "models.1.status": "được công nhận",
        "models.1.replicate": "có",
        "awards.1.kind": "cá nhân",
        "awards.1.name": "Trần C",
        "awards.1.form": "Giấy khen",
        "awards.1.achievement": "Giỏi",
        "strengths": "Kịp thời\nĐầy đủ",
        "submitted": "29/05/2026",
        "signatory.position": "TRƯỞNG BAN",
        "signatory.name": "Lê B",
    }


def test_every_line_of_a_box_lies_between_its_bookmarks_ends(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tiep-dan", text=REPORT)
    for cell in made(root).element.body.iter(qn("w:tc")):
        inside = False
        for each in cell.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
            if each.tag == qn("w:t"):
                assert inside or cell.find(f".//{qn('w:sdt')}") is None
            else:
                inside = each.tag == qn("w:bookmarkStart")
        assert not inside


def test_what_the_form_holds_is_the_report_again(root: Path, file_report: ReportWriter) -> None:
    file_report("tiep-dan", text=REPORT)
    plan, words = plan_from(PLAN), filled_in(made(root))
    values = []
    for box in form.boxes(plan, units_by_id(plan)["tiep-dan"]):
        shown = words.get(box.tag, "")
        value = next((each for each in box.choices if box.choices[each] == shown), shown)
        values.append((box, value))
    data = {"unit": "tiep-dan", "year": 2026, "period": "h1", **form.data_of(values)}
    report, type_errors = conversion.convert(data, UnitReport)
    assert type_errors == []
    assert report == report_from("tiep-dan", REPORT)


def test_it_knows_of_what_it_is(root: Path) -> None:
    plan = plan_from(PLAN)
    properties = package.own_properties(made(root))
    stamp = properties.pop("fingerprint")
    assert len(stamp) == 64
    assert properties == {
        "document": "bieu-mau",
        "year": "2026",
        "period": "h1",
        "unit": "tiep-dan",
        "plan": form.fingerprint(plan, units_by_id(plan)["tiep-dan"]),
    }


@pytest.mark.parametrize(
    ("before", "after", "is_other"),
    [
        ("Giải quyết đơn.", "Giải quyết đơn thư.", True),
        ("name: Hội nghị", "name: Hội thảo", True),
        ("id: don-xong", "id: don-ok", True),
        ("before: 2026-06-02", "before: 2026-06-03", False),
        ("Trung tâm Tin học", "Trung tâm Số", False),
    ],
)
def test_a_plan_with_other_boxes_or_words_for_the_unit_is_known(
    before: str, after: str, is_other: bool
) -> None:
    prints = [
        form.fingerprint(plan, units_by_id(plan)["tiep-dan"])
        for plan in (plan_from(PLAN), plan_from(PLAN.replace(before, after)))
    ]
    assert (prints[0] != prints[1]) == is_other


def test_a_unit_is_asked_only_for_what_is_its_own(root: Path) -> None:
    own = tags(made(root, "tong-hop"))
    assert "results.1.1.status" in own
    assert "results.2.1.status" not in own
    assert [each for each in own if each.startswith("indicators")] == ["indicators.hoi-nghi"]


def test_a_unit_without_tasks_or_figures_has_no_part_for_them(root: Path) -> None:
    plan = PLAN.replace("id: '1.1',", "id: '1.1', assigned: [tiep-dan],")
    plan = plan.replace("id: '1.2',", "id: '1.2', assigned: [tiep-dan],")
    plan = plan.replace("task: '1.1',", "task: '1.1', units: [tiep-dan],")
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    words = text(made(root, "tin-hoc"))
    assert "I. CÔNG TÁC LÃNH ĐẠO" in words
    assert "II. KẾT QUẢ" not in words
    assert "III. SỐ LIỆU" not in words


def test_it_says_whose_it_is_where_to_send_it_and_until_when(root: Path) -> None:
    plan = PLAN.replace("short: TH}", "short: TH, email: th@example.com}")
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    words = text(made(root))
    assert "BAN TIẾP CÔNG DÂN" in words
    assert "6 tháng đầu năm 2026" in words
    assert "Gửi về Phòng Tổng hợp (th@example.com) chậm nhất thứ Hai, ngày 01/6/2026." in words
    assert "Số liệu từ ngày 01/01/2026 đến ngày 25/5/2026" in words


def test_the_form_for_the_next_period_recalls_the_last_one(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tiep-dan", text=REPORT)
    document = made(root, period="annual")
    assert filled_in(document) == {"signatory.position": "TRƯỞNG BAN", "signatory.name": "Lê B"}
    rows = [
        [written(cell) for cell in row.iter(qn("w:tc"))]
        for row in document.element.body.iter(qn("w:tr"))
    ]
    earlier = {row[1]: row[3] for row in rows if len(row) == 5}
    assert earlier["Hội nghị"] == "1.234"
    assert earlier["Đơn đã xử lýkhông lớn hơn “Đơn phải xử lý”"] == "–"
    assert "Kỳ trước báo cáo: hoàn thành." in text(document)


def test_a_form_says_whose_figures_stand_beside_its_boxes(root: Path) -> None:
    plan = PLAN.replace("units: [tiep-dan]}", "units: [tiep-dan], previous: {h1: 1212}}")
    titles = "appendix_titles: {models: Danh sách sáng kiến}\n"
    (root / "plan.yaml").write_text(plan + titles, encoding="utf-8")
    document = made(root)
    rows = [
        [written(cell) for cell in row.iter(qn("w:tc"))]
        for row in document.element.body.iter(qn("w:tr"))
    ]
    earlier = {row[1]: row[3] for row in rows if len(row) == 5}
    assert earlier["Chỉ tiêu"] == "Kỳ trước (cùng kỳ năm 2025)"
    assert earlier["Đơn phải xử lý"] == "(1.212)"
    assert "IV. SÁNG KIẾN" in text(document)
    assert "số liệu không có thì ghi 0; ô khác không có nội dung thì để trống" in text(document)


def test_what_fits_of_a_report_with_errors_is_kept(root: Path, file_report: ReportWriter) -> None:
    file_report("tiep-dan", text="leadership: Đã họp.\nindicators: {don: hai, hoi-nghi: 3}\nx: 1\n")
    result = danvan(root, "form", "tiep-dan", "--period", "h1")
    assert "tiep-dan.yaml có lỗi, chỗ có lỗi không điền sẵn" in result.stderr
    document = docx.Document(root / FORM)
    assert filled_in(document) == {"leadership": "Đã họp.", "indicators.hoi-nghi": "3"}


def test_a_report_with_many_models_leaves_rows_for_more(
    root: Path, file_report: ReportWriter
) -> None:
    models = "".join(f"- {{name: M{n}, field: kinh tế, status: registered}}\n" for n in range(6))
    file_report("tiep-dan", text=f"models:\n{models}")
    own = tags(made(root))
    assert sum(each.endswith(".field") for each in own) == 9
    assert sum(each.endswith(".achievement") for each in own) == 4


def test_a_form_can_be_asked_to_have_more_rows(root: Path) -> None:
    result = danvan(root, "form", "tiep-dan", "--period", "h1", "--rows", "12")
    assert result.exit_code == 0, result.output
    own = tags(docx.Document(root / FORM))
    assert sum(each.endswith((".field", ".achievement")) for each in own) == 24


def test_the_same_report_gives_the_same_bytes(root: Path, file_report: ReportWriter) -> None:
    file_report("tiep-dan", text=REPORT)
    for name in ("a.docx", "b.docx"):
        danvan(root, "form", "tiep-dan", "--period", "h1", "-o", str(root / name))
    assert (root / "a.docx").read_bytes() == (root / "b.docx").read_bytes()


def test_what_nobody_sees_is_not_in_the_form(root: Path, file_report: ReportWriter) -> None:
    file_report("tiep-dan", text='leadership: "Đã\\u200b quán\\u202e triệt"\n')
    assert filled_in(made(root))["leadership"] == "Đã quán triệt"


def test_a_further_form_makes_no_style_again_and_no_cell_by_itself(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Counter[str]()
    for module, name in ((stylesheet, "create_style"), (xml_text, "parse_xml")):
        monkeypatch.setattr(module, name, counted(getattr(module, name), calls))
    for further in range(3):
        result = danvan(root, "form", "--all", "--period", "h1", "-o", str(root / str(further)))
        assert result.exit_code == 0, result.output
        if further == 0:
            calls.clear()
    forms = 2 * len(list((root / "0").iterdir()))
    assert calls["create_style"] == 0
    assert 0 < calls["parse_xml"] <= 2 * forms


def counted(function: Callable[..., Any], calls: Counter[str]) -> Callable[..., Any]:
    def called(*arguments: Any, **options: Any) -> Any:
        calls[function.__name__] += 1
        return function(*arguments, **options)

    return called


def test_earlier_reports_are_looked_up_not_searched_for(tmp_path: Path) -> None:
    """Twice the units, twice the steps: to go through all reports for each would be four times."""
    steps = []
    for units in (30, 60):
        root = tmp_path / str(units)
        WORKSPACES["write"](root, units)
        loaded = workspace.load(root)
        assert loaded.plan.plan
        checked = CheckedWorkspace(
            loaded, loaded.plan.plan, {}, date(2026, 11, 24), date(2026, 11, 24)
        )
        made = 0

        def count(_frame: object, _event: str, _argument: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(count)
        for unit in checked.plan.units:
            assert earlier_reports(checked, unit.id, "annual")
            assert checked.report_file(unit.id, "annual")
        sys.setprofile(None)
        steps.append(made)
    assert steps[1] < 2.5 * steps[0]


def test_a_form_that_somebody_has_filled_in_stays(root: Path, file_report: ReportWriter) -> None:
    document = made(root)
    path = root / FORM
    document.add_paragraph("đã điền")
    document.save(path)
    file_report("tiep-dan", text=REPORT)
    result = danvan(root, "form", "tiep-dan", "--period", "h1")
    assert result.exit_code == 2
    assert "đã được sửa sau khi danvan ghi" in result.stderr
    result = danvan(root, "form", "tiep-dan", "--period", "h1", "--force")
    assert (result.exit_code, "đã điền" in text(docx.Document(path))) == (0, False)


def test_one_form_that_stays_keeps_no_other_from_being_made(root: Path) -> None:
    document = made(root)
    document.add_paragraph("đã điền")
    document.save(root / FORM)
    result = danvan(root, "form", "--all", "--period", "h1")
    assert result.exit_code == 2
    assert "tiep-dan.docx" not in result.stdout
    assert len(result.stdout.splitlines()) == len(plan_from(PLAN).units) - 1


def test_a_form_that_nobody_touched_follows_the_report(
    root: Path, file_report: ReportWriter
) -> None:
    assert filled_in(made(root)) == {}
    file_report("tiep-dan", text="leadership: Đã họp.\n")
    assert filled_in(made(root)) == {"leadership": "Đã họp."}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "ghi mã đơn vị, hoặc --all"),
        (["tong-hop", "--all"], "chỉ dùng một trong hai"),
        (["tong-hop", "tin-hoc", "-o", "x.docx"], "-o phải là thư mục"),
        (["--all", "-o", "x.docx"], "-o phải là thư mục"),
        (["tong-hop", "-o", "x.pdf"], "không ghi tệp .pdf"),
        (["tong-hopp"], "ý bạn là “tong-hop”?"),
        (["giai-the"], "Phòng Cũ không hoạt động tại thời hạn của kỳ “annual”"),
        (["tong-hop", "tin-hocc"], "ý bạn là “tin-hoc”?"),
    ],
)
def test_what_is_asked_wrongly_is_told_and_nothing_written(
    root: Path, arguments: list[str], words: str
) -> None:
    plan = PLAN.replace(
        "units:\n", "units:\n  - {id: giai-the, name: Phòng Cũ, until: 2026-06-30}\n", 1
    )
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    result = danvan(root, "form", *arguments, "--period", "annual")
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in " ".join(result.stderr.split())
    assert sorted(each.name for each in root.iterdir()) == ["plan.yaml"]


def test_all_are_those_that_report_in_the_period(root: Path) -> None:
    plan = PLAN.replace("short: TTTH}", "short: TTTH, until: 2026-06-30}")
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    result = danvan(root, "form", "--all", "--period", "annual", "-o", str(root / "gửi"))
    assert [Path(each).name for each in result.stdout.split()] == ["tong-hop.docx", "tiep-dan.docx"]
    assert len(list((root / "gửi").iterdir())) == 2


@pytest.mark.slow
@needs_libreoffice
def test_a_form_takes_few_pages(sample: Path, tmp_path: Path) -> None:
    path = sample / "output/2026/annual/forms/tin-hoc-cong-bao.docx"
    (pdf,) = convert([path], "pdf", tmp_path)
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) <= 8
