"""A plan that changes in the year: tasks, figures and periods that end, or that begin later."""

import json
from datetime import date
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from danvan_cli.cli import app
from danvan_cli.files import workspace
from danvan_cli.model.plan import OutlinePart, Plan, tasks
from danvan_cli.model.plan_of_period import is_owed, owed_tasks, plan_of_period
from danvan_cli.model.values import Day
from small_workspace import ANNUAL, H1, OFFICE, PLAN, changed, write

AMENDED = changed(
    "plan.yaml",
    """\
amendments:
  - {number: 21/KH-VP, issued: 2026-06-25, subject: sửa đổi Kế hoạch công tác dân vận năm 2026}
sections:
  - id: '2'
    tasks:
      - {id: '2.1', until: 2026-06-30, amended_by: 21/KH-VP}
      - {id: '2.2', text: Phát hành tài liệu., from: 2026-07-01, amended_by: 21/KH-VP}
indicators:
  - {id: tai-lieu, name: Tài liệu, measure: cuốn, task: '2.2'}
""",
)
SECOND_HALF = """\
unit: ban-tiep-cong-dan
year: 2026
period: annual
submitted: 28/10/2026
results:
  '2.2': {status: done, summary: Phát hành 5 cuốn tài liệu.}
  '6.1': {status: done, summary: Đã xử lý 80 trên 90 đơn.}
indicators: {hoi-nghi: 3, tai-lieu: 5, don-phai-xu-ly: 90, don-da-xu-ly: 80}
"""


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("amended")
    return write(root, {"plan.yaml": AMENDED, ANNUAL: SECOND_HALF})


def changed_periods(plan: str) -> str:
    """The plan with a third period, which it gave up in spring."""
    quarter = """\
periods:
  q1:
    name: quý I
    next_name: quý II
    subject: Kết quả thực hiện công tác dân vận quý I năm 2026
    data: {from: 2026-01-01, to: 2026-03-15}
    unit_deadline: {before: 2026-03-20}
    office_deadline: {before: 2026-03-25}
    addressees: [Ủy ban nhân dân tỉnh]
    until: 2026-03-01
"""
    return plan.replace("periods:\n", quarter, 1)


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def test_nobody_is_asked_for_what_has_not_begun_or_was_asked_before(amended: Path) -> None:
    assert danvan(amended, "validate").stdout.count("R408") == 0


def test_a_task_of_the_period_is_asked_for(tmp_path: Path) -> None:
    silent = SECOND_HALF.replace(
        "  '2.2': {status: done, summary: Phát hành 5 cuốn tài liệu.}\n", ""
    )
    write(tmp_path, {"plan.yaml": AMENDED, ANNUAL: silent})
    assert "chưa báo cáo 1 nhiệm vụ được giao: 2.2" in danvan(tmp_path, "validate").stdout


def test_what_is_told_outside_its_days_is_an_error_with_the_days(tmp_path: Path) -> None:
    early = changed(
        H1, "results: {'2.2': {status: done, summary: Xong.}}\nindicators: {tai-lieu: 5}"
    )
    write(tmp_path, {"plan.yaml": AMENDED, H1: early, ANNUAL: SECOND_HALF})
    found = danvan(tmp_path, "validate").stdout
    assert (
        "lỗi R406: nhiệm vụ “2.2” chỉ từ ngày 01/7/2026, không có trong kỳ này (số liệu từ ngày "
        "01/01/2026 đến ngày 25/5/2026)"
    ) in " ".join(found.split())
    assert "lỗi R410: chỉ tiêu “tai-lieu” chỉ từ ngày 01/7/2026" in " ".join(found.split())


@pytest.mark.parametrize(
    ("day", "ended", "begun"),
    [
        ("2026-03-01", (0, 2), (0, 0)),
        ("2026-06-15", (1, 0), (0, 0)),
        ("2026-07-15", (1, 0), (0, 2)),
        ("2026-10-29", (1, 0), (1, 1)),
    ],
)
def test_status_counts_a_task_only_while_it_lasts(
    amended: Path, day: str, ended: tuple[int, int], begun: tuple[int, int]
) -> None:
    """As done or ongoing, and as not reported; what h1 said of an ended task stays."""
    found = json.loads(danvan(amended, "status", "--format", "json", "--as-of", day).stdout)
    told = {
        task["id"]: (task["done"] + task["ongoing"], task["unreported"]) for task in found["tasks"]
    }
    assert (told["2.1"], told["2.2"]) == (ended, begun)


def test_status_of_a_unit_says_why_there_is_no_result(amended: Path) -> None:
    june = danvan(amended, "status", "--unit", "hanh-chinh", "--as-of", "2026-06-15").stdout
    assert "từ 01/7/2026" in june
    assert "chưa báo cáo" not in june


def test_a_task_that_ended_has_no_deadline_any_more(tmp_path: Path) -> None:
    days = "until: 2026-06-30, due: {by: 2026-12-20}"
    plan = changed("plan.yaml", f"sections: [{{id: '2', tasks: [{{id: '2.1', {days}}}]}}]")
    write(tmp_path, {"plan.yaml": changed_periods(plan)})
    said = danvan(tmp_path, "status", "--as-of", "2026-11-20").stdout
    assert "Không còn thời hạn nào phía trước." in said
    assert "cảnh báo P356" in danvan(tmp_path, "validate").stdout
    danvan(tmp_path, "calendar")
    assert "nhiệm vụ 2.1" not in (tmp_path / "output/danvan-2026.ics").read_text("utf-8")


def test_the_file_to_fill_in_has_what_the_period_has(amended: Path, tmp_path: Path) -> None:
    def text(period: str) -> str:
        path = tmp_path / f"{period}.yaml"
        danvan(amended, "new", "ban-tiep-cong-dan", "--period", period, "-o", str(path))
        return path.read_text(encoding="utf-8")

    h1, annual = text("h1"), text("annual")
    assert "2.1" in h1
    assert "tai-lieu" not in h1
    assert "2.2" not in h1
    assert "tai-lieu" in annual
    assert "Nhiệm vụ đã kết thúc, chỉ ghi nếu có kết quả sau kỳ trước" in annual
    assert "# Hội nghị (cuộc). Chỉ đến hết ngày 30/6/2026. Kỳ trước: 3." in annual


def test_the_form_has_what_the_period_has(amended: Path, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    danvan(amended, "form", "hanh-chinh", "--period", "h1", "-o", str(path))
    words = "".join(docx.Document(str(path)).element.itertext()).replace("\xa0", " ")
    assert "Tổ chức hội nghị" in words
    assert "Phát hành tài liệu" not in words
    assert "Chỉ đến hết ngày 30/6/2026." in words
    assert "chỉ đến hết ngày 30/6/2026" in words


def test_the_report_and_its_papers_ask_for_no_ended_task(amended: Path) -> None:
    draft = danvan(amended, "report", "--period", "annual", "--draft", "--as-of", "2026-10-30")
    assert "Phát hành 5 cuốn tài liệu" in draft.stdout
    assert "nên không có trong báo cáo này: 2.1 (đến hết ngày 30/6/2026)." in draft.stderr
    traced = danvan(amended, "trace", "2.1", "--period", "annual", "--as-of", "2026-10-30").stdout
    assert "không báo cáo nhiệm vụ này" not in traced
    paper = danvan(
        amended, "report", "--period", "annual", "--internal", "--draft", "--as-of", "2026-10-30"
    )
    assert "KT: đã kết thúc, không phải báo cáo" in " ".join(paper.stdout.split())


def test_what_the_period_does_not_have_is_told_with_its_days(amended: Path) -> None:
    for command in ("trace", "figures"):
        said = danvan(amended, command, "tai-lieu", "--period", "h1")
        assert said.exit_code == 2
        assert "“tai-lieu” chỉ từ ngày 01/7/2026, không có trong kỳ “h1”" in said.stderr


def test_words_of_the_office_for_another_period_are_told_with_the_days(tmp_path: Path) -> None:
    added = changed("plan.yaml", "sections: [{id: '2', tasks: [{id: '2.1', from: 2026-07-01}]}]")
    office = (
        "sections: {'2': Đã tổ chức.}\ntasks: {'2.1': Xong.}\nbrief: {indicators: [hoi-nghi]}\n"
    )
    write(tmp_path, {"plan.yaml": added, OFFICE: office})
    said = danvan(tmp_path, "validate", str(tmp_path / OFFICE)).stdout
    for code, what in (("R424", "mục “2”"), ("R451", "nhiệm vụ “2.1”"), ("R458", "“hoi-nghi”")):
        assert f"lỗi {code}: " in said
        assert f"{what} chỉ từ ngày 01/7/2026, không có trong kỳ này" in said


def test_a_dropped_period_is_not_reported_any_more(tmp_path: Path) -> None:
    dropped = changed("plan.yaml", "periods: {annual: {until: 2026-08-31}}")
    write(tmp_path, {"plan.yaml": dropped})
    found = json.loads(danvan(tmp_path, "status", "--format", "json").stdout)
    assert [period["id"] for period in found["periods"]] == ["h1"]
    said = danvan(tmp_path, "report", "--period", "annual", "--draft")
    assert said.exit_code == 2
    assert "kỳ báo cáo “annual” đã bỏ sau ngày 31/8/2026" in said.stderr
    told = danvan(tmp_path, "validate").stdout
    assert "lỗi R404: kế hoạch đã bỏ kỳ báo cáo “annual” sau ngày 31/8/2026" in told


def test_a_period_that_was_added_is_not_there_before(tmp_path: Path) -> None:
    added = changed("plan.yaml", "periods: {annual: {from: 2026-07-01}}")
    write(tmp_path, {"plan.yaml": added})

    def periods(day: str) -> list[str]:
        found = danvan(tmp_path, "status", "--format", "json", "--as-of", day).stdout
        return [period["id"] for period in json.loads(found)["periods"]]

    assert periods("2026-06-30") == ["h1"]
    assert periods("2026-07-01") == ["h1", "annual"]
    said = danvan(tmp_path, "status", "--period", "annual", "--as-of", "2026-06-30")
    assert (said.exit_code, "chỉ có từ ngày 01/7/2026" in said.stderr) == (2, True)


def plan_with(text: str = PLAN, outline: list[OutlinePart] | None = None) -> Plan:
    plan = workspace.plan_from(Path("plan.yaml"), workspace.yaml_reading.read(text.encode())).plan
    assert plan
    return replace(plan, outline=outline or [])


DAYS = st.none() | st.dates(date(2025, 11, 1), date(2026, 12, 31)).map(Day.of)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=3, max_size=3), st.sampled_from(["h1", "annual"]))
def test_a_period_has_what_holds_on_one_of_its_days(
    days: list[tuple[Day | None, Day | None]], period: str
) -> None:
    plan = plan_with()
    spans = iter(days)
    plan = replace(
        plan,
        sections=[
            replace(
                section,
                tasks=[
                    replace(task, from_=first, until=last)
                    for task, (first, last) in zip(section.tasks, spans, strict=False)
                ],
            )
            for section in plan.sections
        ],
    )
    window = plan.periods[period].data
    holding = {
        task.id
        for _, task in tasks(plan)
        if (task.from_ or window.to) <= window.to and window.from_ <= (task.until or window.from_)
    }
    its = plan_of_period(plan, period)
    assert {task.id for _, task in tasks(its)} == holding
    assert owed_tasks(plan, period) <= holding
    assert all(section.tasks for section in its.sections)
    known = {indicator.id for indicator in its.indicators}
    assert all(each.part_of is None or each.part_of in known for each in its.indicators)
    assert all(each.task in holding for each in its.indicators)


def test_a_plan_without_days_is_every_periods_plan() -> None:
    plan = plan_with()
    assert plan_of_period(plan, "h1") is plan


def test_a_short_task_between_two_reports_is_owed_in_the_next() -> None:
    plan = plan_with(
        changed(
            "plan.yaml",
            "sections: [{id: '2', tasks: [{id: '2.1', from: 2026-06-10, until: 2026-08-31}]}]",
        )
    )
    (_, task), *_ = tasks(plan_of_period(plan, "annual"))
    assert is_owed(task, "hanh-chinh")
    assert "2.1" not in owed_tasks(plan, "h1")


def test_an_outline_loses_what_is_not_there() -> None:
    outline = [
        OutlinePart(title="Tuyên truyền", of=["section 2", "indicators hoi-nghi"]),
        OutlinePart(title="Tiếp dân", of=["section 6", "indicators hoi-nghi don-da-xu-ly"]),
    ]
    ended = changed("plan.yaml", "sections: [{id: '2', tasks: [{id: '2.1', until: 2025-12-31}]}]")
    its = plan_of_period(plan_with(ended, outline), "h1")
    assert its.outline == [
        OutlinePart(title="Tiếp dân", of=["section 6", "indicators don-da-xu-ly"])
    ]
