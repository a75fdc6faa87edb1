"""Targets of indicators: in figures, status, the report and the working paper."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import Result
from docx.oxml.ns import qn
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app
from danvan_cli.word.file.unbroken import as_typed
from small_workspace import PLAN_OF_THREE_UNITS as PLAN


@pytest.fixture(autouse=True)
def reports(root: Path, file_report: ReportWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three units have reported for the half-year, none for the year."""
    monkeypatch.chdir(root)
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    file_report(
        "tiep-dan",
        text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2, don: 1200, don-xong: 900}\n",
    )


def danvan(*arguments: str, as_of: str = "30/10/2026") -> Result:
    return CliRunner().invoke(app, [*arguments, "--as-of", as_of])


def figures(*arguments: str) -> Result:
    return danvan("figures", "--period", "h1", *arguments)


def as_json(*arguments: str) -> Any:
    result = figures(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["indicators"]


def with_targets(root: Path, target: str, look: str = "", more: str = "") -> None:
    text = PLAN.replace(
        "task: '1.1', previous: {h1: 4}}", f"task: '1.1', target: {{h1: {target}}}{more}}}"
    )
    (root / "plan.yaml").write_text(text + look, encoding="utf-8")


def test_a_target_stands_beside_how_much_of_it_is_reached(
    root: Path, file_report: ReportWriter
) -> None:
    with_targets(root, "8")
    assert (as_json("hoi-nghi")[0]["target"], as_json("hoi-nghi")[0]["of_target"]) == (8, None)
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    assert as_json("hoi-nghi")[0]["of_target"] == "75%"
    lines = [line.split() for line in figures("hoi-nghi").stdout.splitlines()]
    assert ["Chỉ", "tiêu", "Kỳ", "này", "KH", "%", "KH", "ĐV"] in lines
    assert ["Hội", "nghị", "(cuộc)", "6", "8", "75%", "3/3"] in lines
    assert as_json("hoi-nghi", "--unit", "tong-hop")[0]["target"] is None


def test_targets_by_unit_are_summed_only_if_every_unit_has_one(root: Path) -> None:
    with_targets(root, "{tong-hop: 4, tin-hoc: 1}")
    assert as_json("hoi-nghi")[0]["target"] is None
    own = as_json("hoi-nghi", "--unit", "tong-hop")[0]
    assert (own["target"], own["of_target"]) == (4, "75%")
    with_targets(root, "{tong-hop: 4, tin-hoc: 1, tiep-dan: 5}")
    assert as_json("hoi-nghi")[0]["target"] == 10


def test_unit_by_unit_each_figure_has_its_share_of_the_units_own_target(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    with_targets(root, "{tong-hop: 4, tin-hoc: 1, tiep-dan: 5}")
    lines = [line.split() for line in figures("hoi-nghi", "--by", "unit").stdout.splitlines()]
    rows = ["TH 3 (75%)", "BTCD 2 (40%)", "TTTH 1 (100%)"]
    rows += ["Tổng cộng 6", "Kế hoạch 10", "% kế hoạch 60%"]
    assert [row.split() in lines for row in rows] == [True] * 6, lines
    assert "(%): so với kế hoạch của đơn vị" in figures("--by", "unit").stdout
    (meetings,) = as_json("hoi-nghi", "--by", "unit")
    assert meetings["of_unit_targets"] == {"tong-hop": "75%", "tiep-dan": "40%", "tin-hoc": "100%"}
    csv = figures("hoi-nghi", "--by", "unit", "--format", "csv").stdout.splitlines()
    assert csv[:2] == [
        "unit,name,hoi-nghi,hoi-nghi.target,hoi-nghi.of_target",
        "tong-hop,Phòng Tổng hợp,3,4,75%",
    ]


def test_an_estimates_share_of_a_target_stands_in_the_same_brackets(
    root: Path, file_report: ReportWriter
) -> None:
    figure = "{figure: 3, estimated: true}"
    file_report("tong-hop", text=f"submitted: 29/5/2026\nindicators: {{hoi-nghi: {figure}}}\n")
    with_targets(root, "{tong-hop: 4}")
    assert "3 (ước, 75%)" in figures("hoi-nghi", "--by", "unit").stdout


def test_unit_by_unit_a_target_of_the_whole_stands_below_the_sum(root: Path) -> None:
    with_targets(root, "8")
    lines = [line.split() for line in figures("--by", "unit").stdout.splitlines()]
    assert ["Kế", "hoạch", "8", "-", "-"] in lines
    assert "% kế hoạch" not in figures("--by", "unit").stdout
    assert "(%)" not in figures("--by", "unit").stdout


@pytest.mark.parametrize(
    ("look", "more", "sentence", "note"),
    [
        (
            "document: {targets: true}\n",
            "",
            "có 06 cuộc hội nghị (đạt 75% kế hoạch).",
            "Kế hoạch 8, đạt 75%",
        ),
        (
            "document: {targets: true}\n",
            ", direction: less",
            "có 06 cuộc hội nghị (bằng 75% mức kế hoạch).",
            "Kế hoạch 8, bằng 75%",
        ),
        ("", "", "có 06 cuộc hội nghị.", None),
    ],
)
def test_the_report_tells_targets_where_the_plan_says_so(
    look: str, more: str, sentence: str, note: str | None, root: Path, file_report: ReportWriter
) -> None:
    with_targets(root, "8", look, more)
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    arguments = ["report", "--period", "h1", "--as-of", "30/10/2026"]
    text = CliRunner().invoke(app, [*arguments, "--draft"]).stdout
    assert any(line.endswith(sentence) for line in text.splitlines()), text
    assert CliRunner().invoke(app, [*arguments, "-o", "bao-cao.docx"]).exit_code == 0
    cells = {cell for row in rows_of("bao-cao.docx") for cell in row}
    assert {cell for cell in cells if "Kế hoạch 8" in cell} == ({note} if note else set())


def rows_of(path: str) -> list[list[str]]:
    """The cells of all tables, also of those in content controls."""
    body = docx.Document(path).element.body
    return [
        [
            as_typed("".join(text.text or "" for text in cell.iter(qn("w:t"))))
            for cell in row.iter(qn("w:tc"))
        ]
        for row in body.iter(qn("w:tr"))
    ]


def test_the_working_paper_has_targets_below_the_totals(
    root: Path, file_report: ReportWriter
) -> None:
    with_targets(root, "8")
    results = "results:\n  '1.1': {status: done, summary: Đã họp.}\n"
    file_report("tin-hoc", text=f"submitted: 29/5/2026\n{results}indicators: {{hoi-nghi: 1}}\n")
    run = CliRunner().invoke(
        app, ["report", "--internal", "--period", "h1", "--as-of", "30/10/2026", "-o", "nb.docx"]
    )
    assert run.exit_code == 0, run.output
    rows = rows_of("nb.docx")
    assert ["Kế hoạch", "8", "–", "–"] in rows
    assert ["So với kế hoạch", "75%", "–", "–"] in rows


def test_the_working_paper_has_each_units_share_of_its_own_target(
    root: Path, file_report: ReportWriter
) -> None:
    with_targets(root, "{tong-hop: 4}")
    results = "results:\n  '1.1': {status: done, summary: Đã họp.}\n"
    file_report("tong-hop", text=f"submitted: 29/5/2026\n{results}indicators: {{hoi-nghi: 3}}\n")
    run = CliRunner().invoke(
        app, ["report", "--internal", "--period", "h1", "--as-of", "30/10/2026", "-o", "nb.docx"]
    )
    assert run.exit_code == 0, run.output
    rows = rows_of("nb.docx")
    assert ["TH", "3 (75%)", "×", "×"] in rows
    assert ["BTCD", "2", "1.200", "900"] in rows
    words = [paragraph.text for paragraph in docx.Document("nb.docx").paragraphs]
    assert any("tỷ lệ so với mức kế hoạch của đơn vị" in as_typed(text) for text in words)


@pytest.mark.parametrize(
    ("target", "place", "words"),
    [
        ("nhiều", "plan.yaml:47:77: lỗi S203", "phải là số"),
        ("{tong-hop: nhiều}", "plan.yaml:47:88: lỗi S203", "phải là số"),
        ("{tong-hop: -1}", "P370", "số âm (-1)"),
        ("{tong-hopp: 1}", "P369", "ý bạn là “tong-hop”?"),
    ],
)
def test_a_faulty_target_is_told_at_its_place(
    target: str, place: str, words: str, root: Path
) -> None:
    with_targets(root, target)
    told = CliRunner().invoke(app, ["validate"]).stdout
    assert place in told
    assert words in told


def test_a_target_of_a_group_is_that_of_each_unit_of_it(root: Path) -> None:
    with_targets(root, "{phong: 5, tin-hoc: 1}", "unit_groups: {phong: [tong-hop, tin-hoc]}\n")
    own = {
        unit: as_json("hoi-nghi", "--unit", unit)[0]["target"] for unit in ("tong-hop", "tin-hoc")
    }
    assert own == {"tong-hop": 5, "tin-hoc": 1}
    assert as_json("hoi-nghi")[0]["target"] is None


def test_a_target_of_a_group_with_a_unit_that_does_not_have_the_figure(root: Path) -> None:
    groups = "unit_groups: {phong: [tong-hop, tiep-dan]}\n"
    text = PLAN.replace("units: [tiep-dan]}", "units: [tiep-dan], target: {h1: {phong: 5}}}", 1)
    (root / "plan.yaml").write_text(text + groups, encoding="utf-8")
    told = CliRunner().invoke(app, ["validate"]).stdout
    assert "chỉ tiêu “don” không giao cho đơn vị “tong-hop” của nhóm “phong”" in told


def status_rows(as_of: str, *arguments: str) -> dict[str, list[str]]:
    """The rows of each table of targets in `status`, by its heading."""
    tables: dict[str, list[str]] = {}
    heading = ""
    for line in danvan("status", *arguments, as_of=as_of).stdout.splitlines():
        heading = line if line.isupper() and not line.startswith(" ") else heading
        if heading.startswith("THỰC HIỆN") and line.startswith("  "):
            tables.setdefault(heading, []).append(" ".join(line.split()))
    return tables


def test_status_holds_the_years_target_against_the_newest_figures(
    root: Path, file_report: ReportWriter
) -> None:
    text = PLAN.replace("previous: {h1: 4}}", "target: {h1: 5, annual: 8}}")
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    first, year = "THỰC HIỆN MỨC KẾ HOẠCH 6 THÁNG ĐẦU NĂM", "THỰC HIỆN MỨC KẾ HOẠCH CẢ NĂM"
    assert status_rows("1/5/2026") == {}
    now = status_rows("3/6/2026")
    assert now[first][1] == "Hội nghị (cuộc) 5 5 ≥ 100% 2/3"
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    later = status_rows("1/10/2026")
    assert list(later) == [year]
    assert later[year][1] == "Hội nghị (cuộc) 8 6 75% 3/3 6 tháng đầu năm"
    for unit in ("tong-hop", "tiep-dan", "tin-hoc"):
        file_report(unit, "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 3}\n")
    assert status_rows("30/10/2026")[year][1] == "Hội nghị (cuộc) 8 9 112,5% 3/3"
    assert list(status_rows("30/10/2026", "--period", "h1")) == [first]


def test_a_period_of_some_units_only_does_not_cover_the_year(
    root: Path, file_report: ReportWriter
) -> None:
    text = PLAN.replace("previous: {h1: 4}}", "target: {annual: 8}}")
    some = "    units: [tong-hop, tiep-dan]\n    unit_deadline:"
    (root / "plan.yaml").write_text(text.replace("    unit_deadline:", some, 1), encoding="utf-8")
    year = "THỰC HIỆN MỨC KẾ HOẠCH CẢ NĂM"
    assert status_rows("1/7/2026")[year][1] == "Hội nghị (cuộc) 8 5 ≥ 62,5% 2/3 6 tháng đầu năm"
    for unit in ("tong-hop", "tin-hoc"):
        file_report(unit, "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 3}\n")
    assert status_rows("30/10/2026")[year][1] == "Hội nghị (cuộc) 8 6 ≥ 75% 2/3"


def test_a_year_of_several_periods_is_held_to_what_is_whole_of_them(
    root: Path, file_report: ReportWriter
) -> None:
    third = PLAN[PLAN.index("  annual:\n") : PLAN.index("indicators:\n")]
    for old, new in (
        ("annual:", "q3:"),
        ("name: năm\n", "name: quý III\n"),
        ("from: 2026-01-01, to: 2026-10-25", "from: 2026-05-26, to: 2026-09-25"),
        ("2026-11-02", "2026-10-02"),
        ("2026-11-05", "2026-10-05"),
        ("    continues: h1\n", ""),
    ):
        assert old in third
        third = third.replace(old, new, 1)
    text = PLAN.replace("previous: {h1: 4}}", "target: {annual: 10}}")
    text = text.replace("continues: h1", "continues: [h1, q3]")
    text = text.replace("indicators:\n", f"{third}indicators:\n", 1)
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    file_report("tin-hoc", "q3", "submitted: 28/9/2026\nindicators: {hoi-nghi: 1}\n")
    file_report("tiep-dan", "q3", "submitted: 28/9/2026\nindicators: {hoi-nghi: 1}\n")
    (rows,) = status_rows("6/10/2026").values()
    assert rows[1] == "Hội nghị (cuộc) 10 6 60% 3/3 6 tháng đầu năm"
    file_report("tong-hop", "q3", "submitted: 28/9/2026\nindicators: {hoi-nghi: 1}\n")
    (rows,) = status_rows("6/10/2026").values()
    assert rows[1] == "Hội nghị (cuộc) 10 9 90% 3/3 6 tháng đầu năm, quý III"


def test_a_target_of_what_began_in_the_year_passes_over_the_periods_before(
    root: Path, file_report: ReportWriter
) -> None:
    text = PLAN.replace("previous: {h1: 4}}", "target: {annual: 8}, from: 2026-07-01}")
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    assert status_rows("1/10/2026") == {}
    for unit in ("tong-hop", "tiep-dan", "tin-hoc"):
        file_report(unit, "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 3}\n")
    (rows,) = status_rows("30/10/2026").values()
    assert rows[1] == "Hội nghị (cuộc) 8 9 112,5% 3/3"


def test_status_of_a_unit_has_its_own_targets_only(root: Path) -> None:
    with_targets(root, "{tong-hop: 4, tin-hoc: 1}")
    (rows,) = status_rows("3/6/2026", "--unit", "tong-hop").values()
    assert rows[1] == "Hội nghị (cuộc) 4 3 75%"
    assert status_rows("3/6/2026", "--unit", "tiep-dan") == {}
    (rows,) = status_rows("3/6/2026").values()
    assert rows[1] == "Hội nghị (cuộc) - 5 - 2/3 0/2"


def test_status_tells_programs_every_target(root: Path) -> None:
    with_targets(root, "{tong-hop: 2, tin-hoc: 1, tiep-dan: 4}", more=", direction: less")
    told = json.loads(danvan("status", "--format", "json").stdout)["targets"]
    assert told == [
        {
            "indicator": "hoi-nghi",
            "name": "Hội nghị",
            "measure": "cuộc",
            "period": "h1",
            "figures_of": ["h1"],
            "figure": 5,
            "estimated": False,
            "target": 7,
            "of_target": None,
            "direction": "less",
            "is_met": None,
            "reported": 2,
            "owing": 3,
            "unit_targets": {"tong-hop": 2, "tin-hoc": 1, "tiep-dan": 4},
            "of_unit_targets": {"tong-hop": "150%", "tiep-dan": "50%"},
        }
    ]
