"""`danvan figures`: a period's figures beside those before, and unit by unit."""

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
    """Two of three units have reported for the half-year, one for the year."""
    monkeypatch.chdir(root)
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n")
    file_report(
        "tiep-dan",
        text="submitted: 29/5/2026\nindicators: {hoi-nghi: 2, don: 1200, don-xong: 900}\n",
    )
    file_report("tong-hop", "annual", "submitted: 29/10/2026\nindicators: {hoi-nghi: 7}\n")


def figures(*arguments: str, period: str = "h1") -> Result:
    return CliRunner().invoke(
        app, ["figures", *arguments, "--period", period, "--as-of", "30/10/2026"]
    )


def as_json(*arguments: str, period: str = "h1") -> Any:
    result = figures(*arguments, "--format", "json", period=period)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["indicators"]


def test_a_period_stands_beside_the_one_it_continues() -> None:
    lines = figures(period="annual").stdout.splitlines()
    assert "  Hội nghị (cuộc)            7         5  1/3" in lines
    assert "  Đơn phải xử lý (đơn)       -     1.200  0/1" in lines
    assert "Kỳ trước: 6 tháng đầu năm 2026." in lines


def test_what_some_units_still_owe_is_not_compared_with_last_year(
    file_report: ReportWriter,
) -> None:
    (meetings,) = as_json("hoi-nghi")
    assert (meetings["figure"], meetings["last_year"], meetings["change"]) == (5, 4, None)
    assert (meetings["reported"], meetings["owing"]) == (2, 3)
    assert meetings["missing"] == ["tin-hoc"]
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 1}\n")
    assert as_json("hoi-nghi")[0]["change"] == "+50,0%"


def test_of_one_unit_only_what_it_owes() -> None:
    own = as_json("--unit", "tong-hop", period="annual")
    assert [(each["id"], each["figure"], each["earlier"]) for each in own] == [("hoi-nghi", 7, 3)]
    assert own[0]["last_year"] is None


def test_unit_by_unit_what_is_missing_differs_from_what_is_not_owed() -> None:
    lines = [line.split() for line in figures("--by", "unit").stdout.splitlines()]
    assert ["TH", "3", "-", "-"] in lines
    assert ["BTCD", "2", "1.200", "900"] in lines
    assert ["TTTH", "chưa", "-", "-"] in lines
    assert ["Tổng", "cộng", "5", "1.200", "900"] in lines


def test_a_wide_matrix_comes_in_tables_of_80_columns(root: Path) -> None:
    more = "".join(
        f"  - {{id: so-{number}, name: Số thứ {number}, measure: cái, task: '1.1'}}\n"
        for number in range(40)
    )
    units = "".join(
        f"  - {{id: xa-{number}, name: Ủy ban nhân dân xã có tên rất dài số {number}}}\n"
        for number in range(45)
    )
    text = PLAN.replace("periods:\n", f"{units}periods:\n", 1) + more
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    result = figures("--by", "unit")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()[2:]
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("  Đơn vị") for line in lines) > 1
    assert {f"({number})" for number in range(1, 44)} <= set(result.stdout.split())
    assert "8 đơn vị khác không in ở đây, đã tính trong tổng (xem đủ: --format csv)." in lines
    assert len(figures("--by", "unit", "--format", "csv").stdout.splitlines()) == 1 + 48


def test_units_go_beside_each_other_where_only_that_fits(root: Path) -> None:
    more = "".join(
        f"  - {{id: so-{number}, name: Số thứ {number}, measure: cái, task: '1.1'}}\n"
        for number in range(12)
    )
    (root / "plan.yaml").write_text(PLAN + more, encoding="utf-8")
    lines = figures("--by", "unit").stdout.splitlines()
    assert "  Chỉ tiêu                TH   BTCD  TTTH   Tổng" in lines
    assert "  Hội nghị (cuộc)          3      2  chưa      5" in lines


@pytest.mark.parametrize("by", ["indicator", "unit"])
def test_markdown_and_csv_have_every_indicator(by: str) -> None:
    for format in ("markdown", "csv"):
        shown = figures("--by", by, "--format", format).stdout
        assert "1.200" in shown if format == "markdown" else "1200" in shown
        assert "don-xong" in shown or "Đơn đã xử lý" in shown


@pytest.mark.parametrize("written", ["hoi-ngi", "Hội nghi"])
def test_an_unknown_indicator_is_guessed(written: str) -> None:
    result = figures(written)
    assert result.exit_code == 2
    assert "ý bạn là “hoi-nghi”?" in result.stderr


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
    assert ["Chỉ", "tiêu", "Kỳ", "này", "Kế", "hoạch", "%", "KH", "ĐV"] in lines
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


def test_unit_by_unit_a_target_of_the_whole_stands_below_the_sum(root: Path) -> None:
    with_targets(root, "8")
    lines = [line.split() for line in figures("--by", "unit").stdout.splitlines()]
    assert ["Kế", "hoạch", "8", "-", "-"] in lines
    assert ["%", "kế", "hoạch", "-", "-", "-"] in lines
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
        ("nhiều", "plan.yaml:47:77: lỗi S203", "số nguyên"),
        ("{tong-hop: nhiều}", "plan.yaml:47:88: lỗi S203", "số nguyên"),
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
