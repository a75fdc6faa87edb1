"""What danvan makes keeps the decree by danvan's own check, also after a repair."""

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from msgspec.structs import replace

from danvan_cli.check import check
from danvan_cli.check.fixing import fixed
from danvan_cli.drafts.as_issued import as_issued
from danvan_cli.files import workspace
from danvan_cli.model.plan import DocumentLook, Plan
from danvan_cli.model.values import Day
from danvan_cli.report import combine
from danvan_cli.report.combined_report import CombinedReport
from danvan_cli.report.supplement import changes
from danvan_cli.tracking import status
from danvan_cli.tracking.status import PeriodStatus, Submission
from danvan_cli.word.document import render
from ooxml import violations
from places import ROOT

DAY = Day(2026, 11, 20)
SETTINGS = [
    DocumentLook(),
    DocumentLook(size_set="12-13", body=13, medium="paper"),
    DocumentLook(size_set="12-13", body=14),
    DocumentLook(size_set="13-14", body=13),
]


def sample(settings: DocumentLook) -> tuple[Plan, list[tuple[PeriodStatus, CombinedReport]]]:
    """The repository's own workspace on a day when both periods are over."""
    loaded = workspace.load(ROOT)
    assert loaded.plan.plan
    plan = replace(loaded.plan.plan, document=settings)
    filed = [Submission(each.unit or "", each.period or "", each.report) for each in loaded.reports]
    offices = {each.period: each.office for each in loaded.offices if each.period and each.office}
    stands = status.assess(plan, filed, offices, DAY)
    return plan, [(each, combine.combine(plan, each, offices.get(each.id), DAY)) for each in stands]


def codes(content: bytes, folder: Path) -> list[str]:
    path = folder / "van-ban.docx"
    path.write_bytes(content)
    return [each.code for each in check(path)]


def variants(report: CombinedReport) -> Iterator[CombinedReport]:
    yield report
    yield replace(report, number="7/BC-VP", issued=Day(2026, 2, 4))
    yield replace(report, number=None, issued=None)
    yield replace(report, addressees=["Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Sở Tài chính"])
    yield replace(report, subject=f"{report.subject} và {report.subject[0].lower()}" * 2)


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_report_and_the_plan_have_no_findings(tmp_path: Path, settings: DocumentLook) -> None:
    plan, ((_, first), (_, last)) = sample(settings)
    assert codes(render.render_plan(plan, ROOT), tmp_path) == []
    for each in [*variants(first), last]:
        assert codes(render.render_report(each, settings, ROOT), tmp_path) == []


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_supplement_has_no_findings(tmp_path: Path, settings: DocumentLook) -> None:
    _, ((_, first), _) = sample(settings)
    now = as_issued(first, settings)
    before = replace(
        now,
        figures={id_: replace(figure, total=1) for id_, figure in now.figures.items()},
        passages=[replace(passage, lines=["Đã khác."]) for passage in now.passages],
        appendices={},
    )
    for found in (changes(before, now), changes(replace(before, figures={}), before)):
        content = render.render_supplement(first, found, ["Rà soát lại."], settings, ROOT)
        assert codes(content, tmp_path) == []
        assert violations(content) == []


@pytest.mark.parametrize(("settings", "place"), [(SETTINGS[0], 0), (SETTINGS[1], 1)])
def test_a_units_report_lacks_at_most_a_number(
    tmp_path: Path, settings: DocumentLook, place: int
) -> None:
    plan, periods = sample(settings)
    period, _ = periods[place]
    for each in period.units:
        if each.report is None:
            continue
        content = render.render_unit_report(plan, period, each.unit, each.report, ROOT, DAY)
        assert codes(content, tmp_path) == ([] if each.unit.own_number else ["D542"])


def test_word_opens_a_repaired_copy_without_repair(tmp_path: Path) -> None:
    settings = DocumentLook()
    _, periods = sample(settings)
    path = tmp_path / "goc.docx"
    path.write_bytes(render.render_report(periods[0][1], settings, ROOT))
    document = docx.Document(str(path))
    section = document.sections[0]
    section.top_margin = Mm(10)
    section.different_first_page_header_footer = False
    for paragraph in section.header.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    section.header.add_paragraph()
    for paragraph in document.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_before = Pt(0)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 2.0
        for run in paragraph.runs:
            run.font.name, run.font.size, run.font.italic = "Arial", Pt(20), True
    document.save(str(path))
    content, changed = fixed(path)
    assert len(changed) > 10
    copy = tmp_path / "moi.docx"
    copy.write_bytes(content)
    assert violations(content) == []
    assert {each.code for each in check(copy)} <= {"D532"}
