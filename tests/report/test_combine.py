"""Many reports merged into the one for the province."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import PLAN, plan_from, report_from
from danvan_cli.files import workspace
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.plan import Amendment, Plan
from danvan_cli.model.values import Day
from danvan_cli.report import citation, combine
from danvan_cli.report.combined_report import CombinedReport, Passage, unwritten, walk
from danvan_cli.report.first_mentions import incomplete_citations
from danvan_cli.report.working_paper import NOT_ASSIGNED, NOT_REPORTED, STATUS_MARKS, working_paper
from danvan_cli.tracking import status
from danvan_cli.tracking.status import Submission
from danvan_cli.word.document.fields import ReportDocument
from danvan_cli.word.document.report_document import report_document
from places import ROOT

AS_OF = date(2026, 6, 4)


def combined(plan: Plan, office: OfficeReport | None = None, **texts: str) -> CombinedReport:
    filed = [
        Submission(unit.replace("_", "-"), "h1", report_from(unit.replace("_", "-"), text))
        for unit, text in texts.items()
    ]
    offices = {"h1": office} if office else {}
    period = status.assess(plan, filed, offices, AS_OF)[0]
    return combine.combine(plan, period, office, AS_OF)


def said(passage: Passage) -> list[tuple[str, list[str]]]:
    return [(point.text, [unit.short_name for unit in point.units]) for point in passage.points]


def passage(report: CombinedReport, path: str) -> Passage:
    (found,) = [passage for _, passage in report.placed_passages if passage.path == path]
    return found


def sentence(report: CombinedReport, section: str) -> str | None:
    sentences = {passage.path: passage.sentence for passage in report.passages}
    return sentences.get(f"figures.{section}")


def points(document: ReportDocument, path: str) -> list[str]:
    (found,) = [part for part in document.parts if part.path == path]
    return found.points


def results(text: str) -> str:
    return f"submitted: 29/5/2026\nresults: {{{text}}}\n"


def test_summaries_are_merged_by_task_with_their_units_short_names(plan: Plan) -> None:
    report = combined(
        plan,
        tong_hop=results(
            "'1.2': {status: done, summary: Đã in.}, '1.1': {status: done, summary: Họp.}"
        ),
        tin_hoc=results("'1.1': {status: ongoing, summary: Lồng ghép.}"),
    )
    assert said(passage(report, "tasks.1.1")) == [("Họp.", ["TH"]), ("Lồng ghép.", ["TTTH"])]
    assert said(passage(report, "tasks.1.2")) == [("Đã in.", ["TH"])]
    assert "sections.1" in [passage.path for passage in unwritten(report.parts)]
    headings = [part.heading for part in walk(report.parts)]
    at = headings.index("1. Tuyên truyền")
    assert headings[at : at + 3] == [
        "1. Tuyên truyền",
        "a) Tổ chức hội nghị",
        "b) Phát hành tài liệu",
    ]


def test_a_task_in_the_offices_words_stands_beside_merged_ones(plan: Plan) -> None:
    office = OfficeReport(tasks={"1.1": "Đã họp ba lần."})
    given = "'1.2': {status: done, summary: Đã in.}, '1.1': {status: done, summary: Họp.}"
    report = combined(plan, office, tong_hop=results(given))
    assert passage(report, "tasks.1.1").paragraphs == ["Đã họp ba lần."]
    assert said(passage(report, "tasks.1.2")) == [("Đã in.", ["TH"])]
    paths = [passage.path for passage in unwritten(report.parts)]
    assert "tasks.1.2" in paths
    assert not {"tasks.1.1", "sections.1"} & set(paths)


def test_a_heading_is_the_plans_or_the_beginning_of_the_task(plan: Plan) -> None:
    task = plan.sections[0].tasks[0]
    long = replace(task, text="Tổ chức 1,5 ngày hội nghị, tập huấn; tọa đàm.")
    assert long.short_heading == "Tổ chức 1,5 ngày hội nghị"
    assert replace(task, heading="Hội nghị").short_heading == "Hội nghị"


def test_the_same_point_stands_once_with_all_its_units(plan: Plan) -> None:
    report = combined(
        plan,
        tong_hop=results("'1.1': {status: done, summary: 'Họp  giao ban.'}"),
        tin_hoc=results("'1.1': {status: done, summary: họp giao ban}"),
    )
    assert said(passage(report, "sections.1")) == [("Họp  giao ban.", ["TH", "TTTH"])]


def test_no_unit_is_named_in_the_document_unless_the_plan_says_so(plan: Plan) -> None:
    report = combined(
        plan,
        tong_hop=results("'1.1': {status: done, summary: Họp. Đã in.}") + "leadership: Chỉ đạo.\n",
        tin_hoc=results("'1.1': {status: done, summary: họp}"),
    )
    document = report_document(report, plan.document)
    assert points(document, "sections.1") == ["- Họp. Đã in."]
    named = report_document(report, replace(plan.document, unit_names="full"))
    assert points(named, "leadership") == ["- Chỉ đạo (Phòng Tổng hợp)."]
    assert points(named, "sections.1") == [
        "- Họp (Phòng Tổng hợp, Trung tâm Tin học). Đã in (Phòng Tổng hợp)."
    ]


def test_what_a_unit_has_not_done_is_not_told_upward(plan: Plan) -> None:
    report = combined(plan, tong_hop=results("'1.1': {status: not_started, summary: Chưa làm.}"))
    assert passage(report, "sections.1").is_empty


def test_the_offices_prose_replaces_the_units_summaries(plan: Plan) -> None:
    office = OfficeReport(sections={"1": "Đoạn một.\nĐoạn hai."}, strengths=["Tốt."])
    report = combined(
        plan,
        office,
        tong_hop=results("'1.1': {status: done, summary: Họp.}") + "strengths: [Khá.]\n",
    )
    assert passage(report, "sections.1").paragraphs == ["Đoạn một.", "Đoạn hai."]
    assert passage(report, "sections.1").points == []
    assert not passage(report, "sections.1").needs_prose
    assert passage(report, "strengths").paragraphs == ["Tốt."]


def test_shortcomings_are_merged_without_naming_a_unit(plan: Plan) -> None:
    report = combined(plan, tong_hop="submitted: 29/5/2026\nshortcomings: [Còn chậm.]\n")
    document = report_document(report, replace(plan.document, unit_names="full"))
    assert [
        (part.heading, part.points) for part in document.parts if part.path == "shortcomings"
    ] == [("1. Tồn tại, hạn chế", ["- Còn chậm."])]


def test_figures_are_summed_with_rate_and_change(plan: Plan) -> None:
    report = combined(
        plan,
        tong_hop="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n",
        tiep_dan="submitted: 29/5/2026\nindicators: {hoi-nghi: 2, don: 40, don-xong: 39}\n",
        tin_hoc="submitted: 29/5/2026\nindicators: {hoi-nghi: 0}\n",
    )
    meetings, letters, settled = report.indicators
    assert (meetings.total, meetings.change, meetings.rate) == (5, "+25,0%", None)
    assert (letters.total, letters.change) == (40, None)
    assert (settled.total, settled.rate) == (39, "97,5%")
    assert meetings.parts == [("tong-hop", 3), ("tiep-dan", 2), ("tin-hoc", 0)]
    assert sentence(report, "2") == (
        "Trong 6 tháng đầu năm 2026, Văn phòng có 40 đơn phải xử lý, trong đó có 39 đơn đã xử lý, "
        "đạt 97,5%."
    )


def test_a_figure_that_a_unit_still_owes_has_no_change_and_no_rate() -> None:
    plan = plan_from(PLAN.replace("units: [tiep-dan]", "units: [tiep-dan, tin-hoc]"))
    report = combined(
        plan,
        tiep_dan="submitted: 29/5/2026\nindicators: {hoi-nghi: 6, don: 40, don-xong: 39}\n",
        tin_hoc="submitted: 29/5/2026\nindicators: {hoi-nghi: 6}\n",
    )
    meetings, letters, settled = report.indicators
    assert (meetings.total, meetings.change, meetings.missing) == (12, None, ["tong-hop"])
    assert (letters.total, letters.missing) == (40, ["tin-hoc"])
    assert (settled.total, settled.rate, settled.is_covered) == (39, None, False)


def test_a_rate_is_the_quotient_of_the_two_printed_totals_or_is_not_printed() -> None:
    plan = plan_from(
        PLAN.replace("units: [tiep-dan], part_of", "units: [tiep-dan, tin-hoc], part_of")
    )
    report = combined(
        plan,
        tiep_dan="submitted: 29/5/2026\nindicators: {don: 40, don-xong: 30}\n",
        tin_hoc="submitted: 29/5/2026\nindicators: {don-xong: 5}\n",
    )
    settled = report.indicators[2]
    assert settled.is_covered
    assert (settled.total, settled.rate, settled.lopsided) == (35, None, ["tin-hoc"])
    assert sentence(report, "2") == (
        "Trong 6 tháng đầu năm 2026, Văn phòng có 40 đơn phải xử lý, 35 đơn đã xử lý."
    )


def test_the_working_paper_says_whose_figures_are_missing_and_why_there_is_no_rate() -> None:
    plan = plan_from(
        PLAN.replace("units: [tiep-dan], part_of", "units: [tiep-dan, tin-hoc], part_of")
    )
    filed = [
        Submission(unit, "h1", report_from(unit, f"submitted: 29/5/2026\nindicators: {{{given}}}"))
        for unit, given in (("tiep-dan", "don: 40, don-xong: 30"), ("tin-hoc", "don-xong: 5"))
    ]
    period = status.assess(plan, filed, {}, AS_OF)[0]
    paper = working_paper(plan, period, combine.combine(plan, period, None, AS_OF), AS_OF)
    assert paper.figure_notes == [
        "Chưa có số liệu của TH, BTCD và TTTH, nên không tính tăng, giảm, tỷ lệ: Hội nghị.",
        "Không tính tỷ lệ của “Đơn đã xử lý” vì chỉ có một trong hai số liệu (số bộ phận, tổng "
        "số) ở: TTTH.",
    ]


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 99), st.none() | st.integers(0, 9)),
        min_size=3,
        max_size=3,
    )
)
def test_no_rate_is_over_a_hundred(figures: list[tuple[int | None, int | None]]) -> None:
    plan = plan_from(PLAN.replace(", units: [tiep-dan]", ""))
    texts = {
        unit.id.replace("-", "_"): "submitted: 29/5/2026\nindicators: {hoi-nghi: 1"
        + (f", don: {whole}" if whole is not None else "")
        + (f", don-xong: {min(part, part if whole is None else whole)}" if part else "")
        + "}\n"
        for unit, (whole, part) in zip(plan.units, figures, strict=True)
    }
    rate = combined(plan, None, **texts).indicators[2].rate
    assert rate is None or float(rate.rstrip("%").replace(",", ".")) <= 100


def test_figures_in_a_sentence_are_written_as_running_text_has_them(plan: Plan) -> None:
    report = combined(
        plan,
        tiep_dan="submitted: 29/5/2026\nindicators: {hoi-nghi: 5, don: 40, don-xong: 0}\n",
    )
    assert sentence(report, "1") == ("Trong 6 tháng đầu năm 2026, Văn phòng có 05 cuộc hội nghị.")
    assert sentence(report, "2") == (
        "Trong 6 tháng đầu năm 2026, Văn phòng có 40 đơn phải xử lý, trong đó không có đơn đã xử "
        "lý."
    )


def test_a_section_without_figures_has_no_sentence_of_them(plan: Plan) -> None:
    assert sentence(combined(plan), "2") is None


def test_the_plan_is_cited_by_number_and_day_which_are_open_until_it_has_them(plan: Plan) -> None:
    subject = "của Văn phòng UBND tỉnh về thực hiện công tác dân vận năm 2026"
    assert citation.plan_citation(plan, date(2026, 6, 3)) == (
        f"Kế hoạch số …/KH-VP ngày … tháng … năm 2026 {subject}"
    )
    numbered = replace(plan, number="12/KH-VP", issued=Day(2026, 2, 5))
    assert citation.plan_citation(numbered, date(2026, 6, 3)) == (
        f"Kế hoạch số 12/KH-VP ngày 05 tháng 02 năm 2026 {subject}"
    )


def test_an_amended_plan_is_cited_with_what_had_amended_it_by_that_day(plan: Plan) -> None:
    amended = replace(
        plan,
        amendments=[
            Amendment(number="30/QĐ-VP", issued=Day(2026, 9, 3), subject="Điều chỉnh chỉ tiêu"),
            Amendment(number="21/KH-VP", issued=Day(2026, 6, 25), subject="sửa đổi Kế hoạch năm."),
        ],
    )
    june, july, october = (date(2026, month, 1) for month in (6, 7, 10))
    before, first = (citation.plan_citation(amended, day) for day in (june, july))
    assert before == citation.plan_citation(plan, june)
    own = "Kế hoạch số 21/KH-VP ngày 25 tháng 6 năm 2026 của Văn phòng UBND tỉnh về sửa đổi"
    assert first == f"{before} (được sửa đổi, bổ sung bởi {own} Kế hoạch năm)"
    assert incomplete_citations([first])[1:] == []
    assert citation.plan_citation(amended, october).endswith(
        " Kế hoạch năm và Quyết định số 30/QĐ-VP ngày 03 tháng 9 năm 2026 của Văn phòng UBND tỉnh "
        "về điều chỉnh chỉ tiêu)"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Kế hoạch cải cách hành chính năm 2026 của Văn phòng UBND tỉnh",
        "Kế hoạch về cải cách hành chính của Văn phòng UBND tỉnh năm 2026",
        "Kế hoạch Cải cách hành chính năm 2026",
        "Cải cách hành chính năm 2026",
    ],
)
def test_a_plan_is_cited_about_its_subject_whatever_its_title_begins_with(
    plan: Plan, title: str
) -> None:
    cited = citation.plan_citation(replace(plan, title=title), date(2026, 6, 3))
    assert cited.endswith(" của Văn phòng UBND tỉnh về cải cách hành chính năm 2026")


def test_appendices_are_numbered_only_when_there_are_several(plan: Plan) -> None:
    figures = "submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n"
    awards = "awards: [{kind: collective, name: Phòng, form: Giấy khen}]\n"
    assert [each.label for each in combined(plan).appendices] == []
    assert [each.label for each in combined(plan, tong_hop=figures).appendices] == ["Phụ lục"]
    both = combined(plan, tong_hop=figures + awards).appendices
    assert [(each.label, each.kind) for each in both] == [
        ("Phụ lục I", "indicators"),
        ("Phụ lục II", "awards"),
    ]


def test_number_and_day_stay_open_until_the_report_is_issued(plan: Plan) -> None:
    draft = combined(plan, OfficeReport(number="57/BC-VP", issued=Day(2026, 6, 5)))
    assert (draft.number, draft.issued, draft.expected_month.month) == (None, None, 6)
    issued = combined(plan, OfficeReport(number="57/BC-VP", issued=Day(2026, 6, 4)))
    assert (issued.number, issued.issued) == ("57/BC-VP", date(2026, 6, 4))


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=3))
def test_the_total_is_the_sum_of_its_parts(figures: list[int]) -> None:
    plan = plan_from(PLAN)
    texts = {
        unit.id.replace("-", "_"): f"submitted: 29/5/2026\nindicators: {{hoi-nghi: {figure}}}\n"
        for unit, figure in zip(plan.units, figures, strict=False)
    }
    assert combined(plan, None, **texts).indicators[0].total == sum(figures)


def test_the_working_paper_shows_every_unit_and_all_they_say(plan: Plan) -> None:
    filed = [
        Submission(
            "tong-hop",
            "h1",
            report_from("tong-hop", results("'1.1': {status: not_started, summary: Chưa làm.}")),
        ),
        Submission("tiep-dan", "h1", report_from("tiep-dan", "submitted: 3/6/2026\n"), 0),
    ]
    period = status.assess(plan, filed, {}, AS_OF)[0]
    paper = working_paper(plan, period, combine.combine(plan, period, None, AS_OF), AS_OF)
    assert [(row.name, row.state) for row in paper.units] == [
        ("Phòng Tổng hợp", "đúng hạn"),
        ("Ban Tiếp công dân", "muộn 2 ngày"),
        ("Trung tâm Tin học", "quá hạn 3 ngày"),
    ]
    assert paper.tasks[0].rows == [
        ("TH", ["CT", "–", "×"]),
        ("BTCD", ["–", "–", "–"]),
        ("TTTH", ["–", "–", "×"]),
    ]
    assert paper.indicators[0].rows[2] == ("TTTH", ["–", "×", "×"])
    entry = paper.groups[1].topics[0].entries[0]
    assert (entry.unit, entry.status, entry.paragraphs) == (
        "Phòng Tổng hợp",
        "chưa thực hiện",
        ["Chưa làm."],
    )
    assert "Tuyên truyền" in paper.empty
    assert paper.without_prose == []


def test_no_mark_of_the_working_paper_is_a_units_short_name() -> None:
    plan = workspace.read_plan(ROOT / "plan.yaml").plan
    assert plan
    marks = {*STATUS_MARKS.values(), NOT_ASSIGNED, NOT_REPORTED}
    assert not marks & {unit.short_name for unit in plan.units}


def with_due(day: str) -> Plan:
    return plan_from(PLAN.replace("due: {by: 2026-09-30}", f"due: {day}"))


def shortcomings(report: CombinedReport) -> list[str]:
    return [point.text for point in passage(report, "shortcomings").points]


def test_a_deliverable_not_done_by_its_day_leads_the_shortcomings_without_its_unit() -> None:
    report = combined(
        with_due("{before: 2026-05-01}"),
        tong_hop=results("'1.2': {status: done}") + "shortcomings: [Còn chậm.]\n",
        tin_hoc=results("'1.2': {status: in_progress}"),
    )
    assert shortcomings(report) == [
        "Còn 01 nhiệm vụ chưa hoàn thành đúng thời hạn: phát hành tài liệu "
        "(chậm nhất ngày 30/4/2026).",
        "Còn chậm.",
    ]


def test_what_is_done_not_arisen_or_not_reported_is_no_task_left_undone() -> None:
    report = combined(
        with_due("{by: 2026-04-30}"),
        tong_hop=results("'1.2': {status: done}"),
        tiep_dan=results("'1.2': {status: none_arisen}"),
    )
    assert shortcomings(report) == []


def test_a_deliverable_is_judged_by_the_days_that_the_figures_cover() -> None:
    undone = results("'1.2': {status: not_started}")
    assert shortcomings(combined(with_due("{by: 2026-05-26}"), tong_hop=undone)) == []
    assert len(shortcomings(combined(with_due("{by: 2026-05-25}"), tong_hop=undone))) == 1
