"""The rules: what breaks each, what just keeps it, and where the fault is pointed out.

docs/rules.md has one wrong and one right example of each (test_rules_docs.py); here are the edges.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from danvan_cli import rules
from danvan_cli.files import workspace
from danvan_cli.problems import MAX_PROBLEMS, Diagnostic
from danvan_cli.rules import catalog
from small_workspace import ANNUAL, FILES, H1, OFFICE, OTHER_UNIT, changed, write

TODAY = date(2026, 11, 20)


def found(folder: Path, changes: dict[str, str], today: date = TODAY) -> dict[str, list[str]]:
    """By file: what was found in the small workspace with these excerpts, as 'CODE path'."""
    texts = {name: changed(name, excerpt) for name, excerpt in changes.items()}
    return checked(write(folder, texts), today)


def checked(folder: Path, today: date = TODAY) -> dict[str, list[str]]:
    loaded = workspace.load(folder)
    return {
        path.relative_to(loaded.root).as_posix(): [
            f"{each.code} {each.dotted_path}".strip() for each in problems
        ]
        for path, problems in rules.check(loaded, today).items()
    }


def test_the_small_workspace_is_without_a_fault(tmp_path):
    assert found(tmp_path, {}) == {}


NEW_UNIT = "units: [{id: noi-chinh, name: Phòng Nội chính, short: NC"
NEW_INDICATOR = "indicators: [{id: luot-tiep, name: Lượt tiếp, measure: lượt, task: '6.1'"


@pytest.mark.parametrize(
    ("excerpt", "problems"),
    [
        # ids
        (
            "sections: [{id: '7', title: A, tasks: []}, {id: '7', title: B, tasks: []}]",
            ["P301 sections.4.id"],
        ),
        (
            "sections: [{id: '7', title: A, tasks: [{id: '2.1', text: A}]}]",
            ["P301 sections.3.tasks.1.id"],
        ),
        (
            "indicators: [{id: hoi-nghi}, {id: hoi-nghi, name: A, measure: A, task: '2.1'}]",
            ["P301 indicators.4.id"],
        ),
        (
            NEW_UNIT + "}, {id: noi-chinh, name: A, short: A}, {id: noi-chinh, name: B, short: B}]",
            ["P301 units.4.id", "P301 units.5.id"],
        ),
        # tasks, wholes and parts
        ("indicators: [{id: hoi-nghi, task: '2.2'}]", ["P302 indicators.1.task"]),
        ("indicators: [{id: hoi-nghi, part_of: x}]", ["P303 indicators.1.part_of"]),
        (NEW_INDICATOR + ", part_of: luot-tiep}]", ["P311 indicators.4.part_of"]),
        # continuing
        ("periods: {annual: {continues: annual}}", ["P304 periods.annual.continues"]),
        ("periods: {annual: {data: {from: 2026-02-01}}}", ["P304 periods.annual.continues"]),
        ("periods: {annual: {data: {to: 2026-05-25}}}", []),
        ("periods: {annual: {data: {to: 2026-05-24}}}", ["P304 periods.annual.continues"]),
        # units
        ("coordinator: x", ["P305 coordinator"]),
        (
            "sections: [{id: '6', tasks: [{id: '6.2', assigned: [hanh-chinh, x], lead: x}]}]",
            ["P305 sections.2.tasks.2.assigned.2", "P305 sections.2.tasks.2.lead"],
        ),
        (
            "indicators: [{id: hoi-nghi, units: [hanh-chinh, ban-tiep-cong-dan, x]}]",
            ["P305 indicators.1.units.3"],
        ),
        # deadlines: before 5/6 ends on 4/6
        ("periods: {h1: {unit_deadline: {before: , by: 03/6/2026}}}", []),
        (
            "periods: {h1: {unit_deadline: {before: , by: 04/6/2026}}}",
            ["P306 periods.h1.unit_deadline"],
        ),
        (
            "periods: {h1: {office_deadline: {before: , by: 01/6/2026}}}",
            ["P306 periods.h1.unit_deadline"],
        ),
        ("periods: {h1: {milestones: [{name: A, by: 04/6/2026}]}}", []),
        (
            "periods: {h1: {milestones: [{name: A, by: 05/6/2026}]}}",
            ["P307 periods.h1.milestones.1"],
        ),
        ("periods: {h1: {milestones: [{name: A, by: 02/6/2026}, {name: B, by: 02/6/2026}]}}", []),
        (
            "periods: {h1: {milestones: [{name: A, by: 03/6/2026}, {name: B, before: 03/6/2026}]}}",
            ["P307 periods.h1.milestones.2"],
        ),
        (
            "periods: {annual: {office_deadline: {before: 01/01/2027}}}",
            ["P308 periods.annual.office_deadline"],
        ),
        (
            "periods: {h1: {milestones: [{name: A, by: 31/12/2025}]}}",
            ["P308 periods.h1.milestones.1"],
        ),
        (
            "sections: [{id: '2', tasks: [{id: '2.1', due: {by: 01/01/2027}}]}]",
            ["P308 sections.1.tasks.1.due"],
        ),
        ("periods: {h1: {data: {from: 15/12/2025}}, annual: {data: {from: 15/12/2025}}}", []),
        (
            "periods: {h1: {data: {from: 01/6/2025, to: 31/12/2025}, continues: }, "
            "annual: {continues: }}",
            ["P308 periods.h1.data"],
        ),
        ("year: 2062", ["F119 year", "P320 year"]),
        ("periods: {annual: {continues: []}}", ["S203 periods.annual.continues"]),
        (
            "periods: {h1: {extensions: [{units: [], by: 03/6/2026, reason: Bão}]}}",
            ["S203 periods.h1.extensions.1.units"],
        ),
        ("periods: {h1: {unit_deadline: {before: }}}", ["P309 periods.h1.unit_deadline"]),
        ("periods: {h1: {office_deadline: {by: 04/6/2026}}}", ["P309 periods.h1.office_deadline"]),
        ("periods: {h1: {milestones: [{name: A}]}}", ["P309 periods.h1.milestones.1"]),
        ("sections: [{id: '2', tasks: [{id: '2.1', due: {}}]}]", ["P309 sections.1.tasks.1.due"]),
        (NEW_UNIT + ", from: 30/6/2026, until: 30/6/2026}]", []),
        (NEW_UNIT + ", from: 01/7/2026, until: 30/6/2026}]", ["P310 units.3.until"]),
        # mergers, splits, new names
        (NEW_UNIT + ", until: 30/6/2026, into: [hanh-chinh]}]", []),
        (NEW_UNIT + ", until: 30/6/2026, into: [hanh-chin]}]", ["P305 units.3.into.1"]),
        (
            NEW_UNIT + ", until: 30/6/2026, into: [noi-chinh]}]",
            ["P348 units.3.into"],
        ),
        (NEW_UNIT + ", from: 01/7/2026, from_unit: hanh-chinh}]", []),
        (NEW_UNIT + ", from_unit: hanh-chinh}]", ["P350 units.3.from_unit"]),
        (NEW_UNIT + ", carry: add}]", ["P350 units.3.carry"]),
        (NEW_UNIT + ", until: 30/6/2026, carry: add}]", ["R463 units.3.carry"]),
        (
            NEW_UNIT + ", until: 30/6/2026, into: [hanh-chinh, ban-tiep-cong-dan]}]",
            ["P351 units.3"],
        ),
        (
            NEW_UNIT + ", until: 30/6/2026, names: [{name: A, until: 29/6/2026}]}]",
            [],
        ),
        (
            NEW_UNIT + ", until: 30/6/2026, names: [{name: A, until: 30/6/2026}]}]",
            ["P352 units.3.names.1.until"],
        ),
        (
            NEW_UNIT + ", from: 02/5/2026, names: [{name: A, until: 01/5/2026}]}]",
            ["P352 units.3.names.1.until"],
        ),
        (
            "periods: {h1: {data: {from: 26/5/2026}}, annual: {continues: }}",
            ["P310 periods.h1.data.to"],
        ),
        # last year's figures
        ("indicators: [{id: hoi-nghi, previous: {h2: 3}}]", ["P312 indicators.1.previous.h2"]),
        ("indicators: [{id: hoi-nghi, previous: {h1: -3}}]", ["P316 indicators.1.previous.h1"]),
        ("indicators: [{id: don-da-xu-ly, previous: {h1: 52}}]", []),
        ("indicators: [{id: don-da-xu-ly, previous: {h1: 53}}]", ["P316 indicators.3.previous.h1"]),
        # the rest
        ("periods: {h1: {data: {to: 01/6/2026}}}", []),
        ("periods: {h1: {data: {to: 02/6/2026}}}", ["P313 periods.h1.data.to"]),
        (
            "sections: [{id: '6', tasks: [{id: '6.2', lead: ban-tiep-cong-dan}]}]",
            ["P314 sections.2.tasks.2.lead"],
        ),
        ("sections: [{id: '6', tasks: [{id: '6.1', lead: ban-tiep-cong-dan}]}]", []),
        (
            "units: [{id: nul, name: A, short: A}, {id: lpt9, name: B, short: B}, "
            "{id: com, name: C, short: C}]",
            ["P315 units.3.id", "P315 units.4.id"],
        ),
        # letterhead and symbols
        ("organization: {letterhead: [UBND TỈNH, VĂN PHÒNG]}", ["P335 organization.letterhead.1"]),
        ("organization: {letterhead: [UBND TỈNH QUẢNG TRỊ, VĂN PHÒNG HĐND VÀ UBND]}", []),
        ("organization: {letterhead: [ỦY BAN NHÂN DÂN, XÃ HẢI LĂNG]}", []),
        ("organization: {letterhead: [ỦY BAN NHÂN DÂN XÃ]}", ["P335 organization.letterhead.1"]),
        ("organization: {letterhead: [SỞ NỘI VỤ]}", []),
        ("units: [{id: hanh-chinh, symbol: hc tc}]", ["P336 units.1.symbol"]),
        ("units: [{id: hanh-chinh, symbol: P.KT}]", []),
        ("units: [{id: noi-chinh, name: Xã An Lộc, short: xã An Lộc}]", ["P337 units.3"]),
        ("units: [{id: noi-chinh, name: Xã An Lộc}]", ["P337 units.3"]),
        ("signatories: {default: , macdinh: {position: A}}", ["P317 signatories.default"]),
        (NEW_INDICATOR + ", units: []}]", ["P318 indicators.4.units"]),
        (
            "sections: [{id: '2', tasks: [{id: '2.9', text: A, assigned: []}]}]",
            ["P318 sections.1.tasks.2.assigned"],
        ),
        ("units: [{id: hanh-chinh, email: 'a@example.vn, b@example.vn'}]", ["P319 units.1.email"]),
        ("units: [{id: hanh-chinh, email: Phòng HC <hc@example.vn>}]", ["P319 units.1.email"]),
        ("units: [{id: hanh-chinh, email: hc@ubnd.example.gov.vn}]", []),
    ],
)
def test_a_plan_is_held_to_its_rules(excerpt, problems, tmp_path):
    assert found(tmp_path, {"plan.yaml": excerpt}) == ({"plan.yaml": problems} if problems else {})


@pytest.mark.parametrize(
    ("name", "excerpt", "problems"),
    [
        # whose report it is
        (H1, "unit: x", ["R401 unit"]),
        (H1, "unit: hanh-chinh", ["R402 unit"]),
        (H1, "year: 2027", ["R403 year"]),
        (H1, "period: h2", ["R404 period"]),
        (H1, "period: annual", ["R404 period"]),
        # tasks
        (H1, "results: {'6.3': {status: not_started}}", ["R406 results.6.3"]),
        (H1, "results: {'6.2': {status: not_started}}", ["R407 results.6.2"]),
        (H1, "results: {'2.1': , '6.1': }", ["R408 results"]),
        (OTHER_UNIT, "results: {'6.2': }", ["R408 results"]),
        (H1, "results: {'6.1': {status: done, summary: }}", ["R409 results.6.1.summary"]),
        (H1, "results: {'6.1': {status: ongoing, summary: ' '}}", ["R409 results.6.1.summary"]),
        (H1, "results: {'6.1': {status: in_progress, summary: }}", ["R409 results.6.1.summary"]),
        (H1, "results: {'6.1': {status: not_started, summary: }}", []),
        (H1, "results: {'6.1': {status: none_arisen, summary: }}", []),
        (H1, "results: {'6.1': {status: not_applicable, summary: }}", []),
        # figures
        (H1, "indicators: {hoinghi: 3}", ["R410 indicators.hoinghi"]),
        (OTHER_UNIT, "indicators: {don-phai-xu-ly: 3}", ["R411 indicators.don-phai-xu-ly"]),
        (H1, "indicators: {hoi-nghi: 0}", []),
        (H1, "indicators: {hoi-nghi: -1}", ["R412 indicators.hoi-nghi"]),
        (H1, "indicators: {don-da-xu-ly: 41}", []),
        (H1, "indicators: {don-da-xu-ly: 42}", ["R413 indicators.don-da-xu-ly"]),
        (H1, "indicators: {don-phai-xu-ly: }", ["R427 indicators.don-da-xu-ly"]),
        (
            H1,
            "{indicators: {don-phai-xu-ly: 0, don-da-xu-ly: 0}, "
            "notes: {don-phai-xu-ly: A, don-da-xu-ly: A}}",
            [],
        ),
        (H1, "indicators: {don-da-xu-ly: }", []),
        (ANNUAL, "indicators: {hoi-nghi: 3}", []),
        (ANNUAL, "indicators: {hoi-nghi: }", []),
        # days
        (H1, "submitted:", ["R415 submitted"]),
        (H1, "{submitted: , received: 01/6/2026}", ["R415 submitted"]),
        (H1, "received: 29/5/2026", []),
        (H1, "received: 28/5/2026", ["R416 submitted"]),
        (H1, "submitted: 20/11/2026", []),
        (H1, "submitted: 21/11/2026", ["R417 submitted"]),
        (H1, "received: 21/11/2026", ["R417 received"]),
        (H1, "returned: {date: 21/11/2026, reason: A}", ["R417 returned.date"]),
        (H1, "submitted: 01/01/2026", []),
        (H1, "submitted: 31/12/2025", ["R418 submitted"]),
        (H1, "returned: {date: 29/5/2026, reason: A}", []),
        (H1, "returned: {date: 28/5/2026, reason: A}", ["R423 returned.date"]),
        (
            H1,
            "{received: 31/5/2026, returned: {date: 30/5/2026, reason: A}}",
            ["R423 returned.date"],
        ),
        (
            H1,
            "{submitted: , returned: {date: 30/5/2026, reason: A}}",
            ["R415 submitted", "R423 returned.date"],
        ),
        # the office's words
        (OFFICE, "sections: {'2.1': A}", ["R424 sections.2.1"]),
        (OFFICE, "highlights: {'6.2': [hanh-chinh], '2.1': []}", []),
        (OFFICE, "highlights: {'6.3': [hanh-chinh]}", ["R445 highlights.6.3"]),
        (OFFICE, "highlights: {'6.1': [hanh-chinh, hanh-chin]}", ["R445 highlights.6.1.2"]),
        (OFFICE, "highlights: {'6.2': [ban-tiep-cong-dan]}", ["R445 highlights.6.2.1"]),
        (OFFICE, "number:", ["R425 issued"]),
        (OFFICE, "issued:", ["R425 number"]),
        (OFFICE, "{number: , issued: }", []),
        (OFFICE, "number: 7/BC-VP", ["R426 number"]),
        (OFFICE, "number: 07/BC-VP", []),
        (OFFICE, "number: 123a/BC-VP", []),
        (OFFICE, "number: 57/BC-UBND", ["R426 number"]),
        (OFFICE, "number: 57/KH-VP", ["R426 number"]),
        (OFFICE, "number: '57'", ["R426 number"]),
        (OFFICE, "number: 57 / BC-VP", ["R426 number"]),
        (OFFICE, "issued: 21/11/2026", ["R417 issued"]),
        (OFFICE, "issued: 31/12/2025", ["R418 issued"]),
        (OFFICE, "leadership: Gọi 0912345678.", ["R421 leadership"]),
    ],
)
def test_a_report_is_held_to_its_rules(name, excerpt, problems, tmp_path):
    assert found(tmp_path, {name: excerpt}) == ({name: problems} if problems else {})


@pytest.mark.parametrize(
    ("unit", "problems"),
    [
        ("from: 01/6/2026", []),
        ("from: 02/6/2026", ["R419 unit"]),
        ("until: 01/11/2026", []),
        ("until: 01/6/2026", ["R419 unit"]),
        ("until: 31/5/2026", ["R419 unit", "R419 unit"]),
    ],
)
def test_a_unit_must_exist_on_the_last_day(unit, problems, tmp_path):
    """That of the half-year is 1/6, that of the year 1/11."""
    result = found(tmp_path, {"plan.yaml": f"units: [{{id: ban-tiep-cong-dan, {unit}}}]"})
    result.pop("plan.yaml", None)
    assert [each for name in result for each in result[name]] == problems


def test_a_deadline_that_moves_on_decides_with_its_new_day(tmp_path):
    """1/11/2026 is a Sunday; 2/11 is the next working day."""
    plan = "{when_day_off: next_working_day, units: [{id: ban-tiep-cong-dan, from: 02/11/2026}]}"
    assert list(found(tmp_path, {"plan.yaml": plan})) == [H1]


def test_the_second_of_two_files_for_one_report_is_told(tmp_path):
    second = H1.replace(".yaml", ".yml")
    assert found(tmp_path, {second: ""}) == {second: ["R405"]}


FELL = "R432 periods.annual.continues"


def test_figures_and_totals_may_not_fall_below_the_period_that_is_continued(tmp_path):
    smaller = "indicators: {hoi-nghi: 2, don-phai-xu-ly: 40, don-da-xu-ly: 38}"
    assert found(tmp_path, {ANNUAL: smaller}) == {
        "plan.yaml": [FELL],
        ANNUAL: [
            "R414 indicators.hoi-nghi",
            "R414 indicators.don-phai-xu-ly",
            "R483 indicators.don-da-xu-ly",
        ],
    }


def test_figures_are_compared_only_with_a_report_without_errors(tmp_path):
    smaller = {ANNUAL: "indicators: {hoi-nghi: 1}"}
    assert found(tmp_path / "a", smaller) == {ANNUAL: ["R414 indicators.hoi-nghi"]}
    with_error = found(tmp_path / "b", smaller | {H1: "results: {'9.9': {status: not_started}}"})
    assert with_error == {H1: ["R406 results.9.9"]}
    with_warning = found(tmp_path / "c", smaller | {H1: "submitted:"})
    assert with_warning == {H1: ["R415 submitted"], ANNUAL: ["R414 indicators.hoi-nghi"]}


def test_parts_and_periods_in_a_circle_hang_nothing(tmp_path):
    plan = """
periods: {h1: {continues: annual}}
indicators: [{id: don-phai-xu-ly, part_of: don-da-xu-ly}, {id: hoi-nghi, part_of: don-da-xu-ly}]
"""
    result = found(tmp_path, {"plan.yaml": plan})
    assert result["plan.yaml"] == [
        "P304 periods.h1.continues",
        "P311 indicators.2.part_of",
        "P311 indicators.3.part_of",
        "P316 indicators.2.previous.h1",
    ]


def test_a_plan_with_misfits_leaves_the_reports_unjudged(tmp_path):
    result = found(tmp_path, {"plan.yaml": "coordinator: ", H1: "unit: x"})
    assert result == {"plan.yaml": ["S201 coordinator"]}


def test_a_plan_with_misfits_is_told_what_else_breaks_rules_in_what_fits(tmp_path):
    excerpt = """
issued: 31/6/2026
coordinator: x
organization: {fax: '123'}
periods: {h1: {unit_deadline: {before: 31/6/2026}, milestones: [{name: A, by: 09/6/2026}]}}
"""
    assert found(tmp_path, {"plan.yaml": excerpt})["plan.yaml"] == [
        "S205 issued",
        "S202 organization.fax",
        "S205 periods.h1.unit_deadline.before",
        "P305 coordinator",
        "P307 periods.h1.milestones.1",
    ]


@pytest.mark.parametrize(
    "excerpt",
    ["periods: {h1: {data: }}", "days_off: [31/6/2026]", "units: [{id: a}]", "signatories: {a: b}"],
)
def test_a_plan_is_not_blamed_for_what_is_left_out_of_it(excerpt, tmp_path):
    problems = found(tmp_path, {"plan.yaml": excerpt})["plan.yaml"]
    assert [problem[0] for problem in problems] == ["S"]


def test_a_plan_that_breaks_rules_is_still_held_against_the_reports(tmp_path):
    result = found(tmp_path, {"plan.yaml": "coordinator: x", H1: "unit: x"})
    assert result == {"plan.yaml": ["P305 coordinator"], H1: ["R401 unit"]}


def test_a_report_with_misfits_is_told_what_else_breaks_rules_in_what_fits(tmp_path):
    excerpt = """
submitted: 31/6/2026
results: {'6.1': {status: xong}, '6.9': {status: done}}
indicators: {hoi-nghi: ba, don-phai-xu-ly: 1}
strengths: Gọi 0912345678
"""
    assert found(tmp_path, {H1: excerpt}) == {
        H1: [
            "S205 submitted",
            "S204 results.6.1.status",
            "S203 indicators.hoi-nghi",
            "S203 strengths",
            "R406 results.6.9",
            "R409 results.6.9.summary",
            "R413 indicators.don-da-xu-ly",
        ]
    }


def test_what_could_not_be_read_is_not_told_to_be_missing(tmp_path):
    excerpt = "{submitted: hôm qua, returned: {date: 30/5/2026, reason: A}, results: {'6.1': xong}}"
    assert found(tmp_path, {H1: excerpt}) == {H1: ["S205 submitted", "S203 results.6.1"]}


def test_a_whole_that_is_another_units_or_could_not_be_read_is_not_told_to_be_missing(tmp_path):
    plan = "indicators: [{id: don-phai-xu-ly, units: [hanh-chinh]}]"
    part_only = "indicators: {don-phai-xu-ly: }"
    assert H1 not in found(tmp_path / "a", {"plan.yaml": plan, H1: part_only, ANNUAL: part_only})
    unread = {H1: "indicators: {don-phai-xu-ly: nhiều}"}
    assert found(tmp_path / "b", unread) == {H1: ["S203 indicators.don-phai-xu-ly"]}


def test_of_very_many_broken_rules_only_so_many_are_told(tmp_path):
    tasks = ", ".join(
        f"'9.{number}': {{status: not_started}}" for number in range(MAX_PROBLEMS * 2)
    )
    problems = found(tmp_path, {H1: f"results: {{{tasks}}}"})[H1]
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1] == "F118"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Công dân số 012345678901 gửi đơn", ["R420"]),
        ("(012345678901)", ["R420"]),
        ("Số 012 345 678 901, 012.345.678.901 và 0123 4567 8901", ["R420"] * 3),
        ("012-345-678-901 và 0123.4567.8901", ["R420"] * 2),
        ("012 345.678 901", []),
        ("012 345 678 901 234", []),
        ("12 345 678 901 đồng, 120 000 000 000 đồng", []),
        ("số 012345678901.", ["R420"]),
        ("mã hồ sơ 000.00.12.H50-260312-0001", []),
        ("hồ sơ H50/012345678901", []),
        ("1234567890123", []),
        ("kinh phí 120.000.000.000 đồng", []),
        ("gọi 0912345678", ["R421"]),
        ("gọi 0912 345 678", ["R421"]),
        ("gọi 0912.345.678 gặp anh A", ["R421"]),
        ("gọi 091-234-5678", ["R421"]),
        ("gọi 091 2345 678", ["R421"]),
        ("gọi 0912 34 56 78", ["R421"]),
        ("gọi 091 234 56 78", ["R421"]),
        ("gọi +84912345678", ["R421"]),
        ("gọi +84 912 345 678", ["R421"]),
        ("gọi (+84) 912 345 678,", ["R421"]),
        ("gọi 84912345678", ["R421"]),
        ("cố định 0233 3852 123, 02333852123", []),
        ("tổng đài 1900 1234, 19001234", []),
        ("từ 08-12-2025 15 người, 03.5.2026, 05/6/2026", []),
        ("Quyết định số 0912345678/QĐ", []),
        ("03 cuộc, 05 lượt, 0,912345678", []),
        ("tài liệu MẬT", ["R422"]),
        ("đóng dấu TỐI MẬT.", ["R422"]),
        ("TUYỆT MẬT", ["R422"]),
        ("Luật Bảo vệ bí mật nhà nước; tài liệu mật", []),
        ("LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", []),
        ("ĐỔI MẬT KHẨU, BẢO MẬT THÔNG TIN, NUÔI ONG LẤY MẬT ONG", []),
        ("SỰ THÂN MẬTX", []),
    ],
)
def test_what_should_not_stand_in_a_report_is_told(text, codes, tmp_path):
    result = found(tmp_path, {H1: f'difficulties: ["{text}"]'})
    assert result == ({H1: [f"{code} difficulties.1" for code in codes]} if codes else {})


@pytest.mark.parametrize(
    "excerpt",
    [
        "leadership: |\n  Một.\n  Gọi 0912345678.\n",
        "leadership: >\n  Gọi 0912\n  345 678.\n",
        'leadership: "Gọi 091234567\\u0038."\n',
    ],
)
def test_numbers_are_found_in_any_way_of_writing_text(excerpt, tmp_path):
    assert found(tmp_path, {H1: excerpt}) == {H1: ["R421 leadership"]}


@pytest.mark.parametrize(
    ("excerpt", "places"),
    [
        ("leadership: |\n  Một.\n\n  Gọi 0912345678, 0987654321.\n", [(4, 7), (4, 19)]),
        ("leadership: |\n  0912345678/KH hay 0912345678\n", [(2, 21)]),
        ("leadership: >-\n  Một, gọi\n  0912345678.\n", [(3, 3)]),
        ("leadership: >\n  Gọi 0912\n  345 678, rồi 0912 345 678.\n", [(2, 7), (3, 16)]),
        ("leadership: Gọi 0912345678\n", [(1, 17)]),
        ("leadership: 'Gọi\n\n  0912345678'\n", [(3, 3)]),
        ("strengths:\n  - a\n  - b 0912345678\n", [(3, 7)]),
        # an escape is not looked behind: where the value begins
        ('leadership: "Gọi 091234567\\u0038."\n', [(1, 13)]),
        ("leadership: |\n  Tài liệu MẬT.\n  TỐI MẬT\n", [(2, 12), (3, 3)]),
    ],
)
def test_every_number_and_marking_is_told_where_it_stands(excerpt, places, tmp_path):
    write(tmp_path, {H1: excerpt + FILES[H1]})
    loaded = workspace.load(tmp_path)
    problems = rules.check(loaded, TODAY)[tmp_path / H1]
    assert [(each.line, each.column) for each in problems] == places


def test_every_text_of_a_report_is_looked_at(tmp_path):
    excerpt = """
results: {'6.1': {summary: 0912345678, evidence: [A, TB 0912345678]}}
models: [{name: A, field: kinh tế, summary: '0912345678', status: registered}]
returned: {date: 30/5/2026, reason: '0912345678'}
"""
    assert found(tmp_path, {H1: excerpt}) == {
        H1: [
            "S203 results.6.1.summary",
            "R421 returned.reason",
            "R421 results.6.1.evidence.2",
            "R421 models.1.summary",
        ]
    }


def test_every_rule_is_in_the_list_once():
    listed = [
        function
        for kind in catalog.Rules.__struct_fields__
        for function in getattr(catalog.RULES, kind)
    ]  # fmt: skip
    modules = [
        importlib.import_module(f"danvan_cli.rules.{found.name}")
        for found in pkgutil.iter_modules(rules.__path__)
        if found.name != "days"  # which others' rules ask
    ]
    assert sorted(map(str, listed)) == sorted(
        str(function)
        for module in modules
        for name, function in vars(module).items()
        if name[0] != "_"
        and name not in ("matches", "unit_voice")  # by which rules search
        and getattr(function, "__module__", None) == module.__name__
        and getattr(function, "__annotations__", {}).get("return") == Iterator[Diagnostic]
    )


def test_checking_asks_for_nothing_but_what_it_is_given(tmp_path):
    """The files may be gone by then."""
    loaded = workspace.load(write(tmp_path))
    for name in FILES:
        (tmp_path / name).unlink()
    report = replace(loaded.reports[0], path=Path("nowhere.yaml"))
    assert rules.check(replace(loaded, reports=[report]), TODAY) == {}


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ("phrase: 'tổ chức {n} cuộc', none: chưa tổ chức", []),
        ("phrase: tổ chức các cuộc", ["P321 indicators.3.phrase"]),
        ("phrase: '{n} trên {n} cuộc'", ["P321 indicators.3.phrase"]),
        ("phrase: 'tổ chức {n} {m} cuộc'", ["P321 indicators.3.phrase"]),
        ("phrase: 'tổ chức {n} cuộc}'", ["P321 indicators.3.phrase"]),
        ("none: 'có {n} cuộc'", ["P321 indicators.3.none"]),
        ("measure: '%'", ["P322 indicators.3.measure"]),
        ("measure: Tỷ lệ %", ["P322 indicators.3.measure"]),
        ("measure: điểm", ["P322 indicators.3.measure"]),
        ("measure: có/không", ["P322 indicators.3.measure"]),
        ("measure: Có - không", ["P322 indicators.3.measure"]),
        ("measure: điểm cầu", []),
        ("measure: lượt có mặt", []),
    ],
)
def test_indicators_can_be_told_and_summed(
    tmp_path: Path, fields: str, problems: list[str]
) -> None:
    excerpt = f"indicators: [{{id: don-da-xu-ly, {fields}}}]"
    assert found(tmp_path, {"plan.yaml": excerpt}).get("plan.yaml", []) == problems


@pytest.mark.parametrize(
    ("summary", "named"),
    [
        ("Tổ chức 03 hội nghị.", "03"),
        ("Tổ chức 03 cuộc hội nghị.", "03"),
        ("Tổ chức 03 hội nghị, sau đó 02 hội nghị.", "03 và 02"),
        ("Tổ chức 04 hội nghị.", None),
        ("Tổ chức 03 hội nghị, 01 hội nghị trực tuyến.", None),
        ("Tổ chức 04 hội nghị, trong đó 02 hội nghị trực tuyến.", None),
        ("Tổ chức các cuộc, mỗi quý 01 hội nghị.", None),
        ("Theo Kế hoạch số 12 hội nghị tháng 5 bàn 3 việc.", None),
        ("Ngày 15/3 hội nghị toàn thể; 95% hội nghị đúng giờ.", None),
        ("Tổ chức 03 hội thảo.", None),
        ("Tổ chức 01 hội nghị, 02 lớp tập huấn, 01 buổi tọa đàm.", None),
        ("Tổ chức 01 hội nghị, 02 lớp tập huấn, 02 buổi tọa đàm.", "01, 02 và 02"),
    ],
)
def test_words_agree_with_figures(tmp_path: Path, summary: str, named: str | None) -> None:
    report = f"""
results: {{'2.1': {{status: done, summary: '{summary}'}}}}
indicators: {{hoi-nghi: 4}}
"""
    name = "indicators: [{id: hoi-nghi, name: 'Hội nghị, tập huấn, tọa đàm'}]"
    texts = {H1: changed(H1, report), "plan.yaml": changed("plan.yaml", name)}
    loaded = workspace.load(write(tmp_path, texts))
    problems = [
        each for each in rules.check(loaded, TODAY).get(tmp_path / H1, []) if each.code == "R430"
    ]
    assert bool(problems) == (named is not None)
    if named:
        assert problems[0].message == (
            f"nội dung nhiệm vụ 2.1 nêu {named} cuộc hội nghị, số liệu hoi-nghi ghi 4"
        )


MODELS = """
indicators:
  - {id: mo-hinh, name: Mô hình đăng ký, measure: mô hình, task: '2.1', units: [ban-tiep-cong-dan]}
"""
LISTED = "models: [{name: Nghe dân, field: kinh tế, status: registered}]\n"


@pytest.mark.parametrize(
    ("summary", "figure", "problems"),
    [
        ("Đăng ký 01 mô hình.", 1, []),
        ("Đăng ký 01 mô hình.", 2, ["R430 results.2.1.summary", "R431 indicators.mo-hinh"]),
        ("Đăng ký 02 mô hình.", 1, ["R430 results.2.1.summary"]),
        ("Duy trì nền nếp.", 0, ["R431 indicators.mo-hinh"]),
    ],
)
def test_models_agree_in_words_list_and_figure(
    tmp_path: Path, summary: str, figure: int, problems: list[str]
) -> None:
    report = f"""
results: {{'2.1': {{status: done, summary: '{summary}'}}}}
indicators: {{mo-hinh: {figure}}}
{LISTED}"""
    assert found(tmp_path, {"plan.yaml": MODELS, H1: report}).get(H1, []) == problems


def test_office_words_with_misfits_are_told_what_else_breaks_rules_in_what_fits(tmp_path):
    excerpt = "{issued: 31/6/2026, sections: {'9': A}, strengths: A, leadership: Gọi 0912345678}"
    assert found(tmp_path, {OFFICE: excerpt}) == {
        OFFICE: ["S205 issued", "S203 strengths", "R424 sections.9", "R421 leadership"]
    }


def test_units_and_periods_that_follow_one_another_in_circles_are_told(tmp_path):
    excerpt = """
units:
  - {id: noi-chinh, name: A, symbol: NC, until: 30/4/2026, into: [doi-ngoai], carry: add}
  - {id: doi-ngoai, name: B, symbol: ĐN, until: 30/4/2026, into: [noi-chinh], carry: add}
periods: {h1: {continues: annual}}
"""
    told = {each.split()[0] for each in found(tmp_path, {"plan.yaml": excerpt})["plan.yaml"]}
    assert {"P304", "P348"} <= told
