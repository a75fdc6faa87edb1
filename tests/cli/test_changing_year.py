"""One plan through a whole year and into the next, by what its users type.

Quarters and nine months, windows from 15/12 to 14/6, money, a stock and a rate; forms, import,
checks, reports, the end of the year.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import Result
from docx.oxml.ns import qn
from typer.testing import CliRunner

from danvan_cli.cli import app
from danvan_cli.files import workspace
from danvan_cli.forms import boxes
from danvan_cli.model.plan import units_by_id, with_groups
from danvan_cli.word.file import package
from danvan_cli.word.file.plain_text import plain_text
from danvan_cli.word.file.unbroken import as_typed
from handmade_form import Form

PERIODS = {
    "q1": ("quý I", "2024-12-15", "2025-03-14", "", "16/3/2025", "20/3/2025"),
    "h1": ("6 tháng đầu năm", "2024-12-15", "2025-06-14", "q1", "16/6/2025", "20/6/2025"),
    "q3": ("quý III", "2025-06-15", "2025-09-14", "", "16/9/2025", "20/9/2025"),
    "m9": ("9 tháng đầu năm", "2024-12-15", "2025-09-14", "[h1, q3]", "18/9/2025", "22/9/2025"),
    "annual": ("năm", "2024-12-15", "2025-12-14", "m9", "16/12/2025", "20/12/2025"),
}
"""Its name, the first and the last day of its figures, what it continues, and both deadlines."""

FIGURES = {
    "van-phong": {
        "hoi-nghi": ["1", "2", "1", "3", "4"],
        "kinh-phi": ["'10,5'", "'20,25'", "5", "'25,25'", "40"],
    },
    "kinh-te": {
        "hoi-nghi": ["1", "3", "2", "5", "8"],
        "kinh-phi": ["'100,5'", "'210,75'", "'50,5'", "'261,25'", "300"],
        "ho-so": ["100", "210", "90", "300", "400"],
        "dung-han": ["90", "200", "81", "281", "380"],
    },
    "van-hoa": {
        "hoi-nghi": ["2", "4", "1", "5", "9"],
        "kinh-phi": ["'1234,5'", "'2034,5'", "600", "'2634,5'", "'2900,75'"],
        "ho-ngheo": ["40", "38", "35", "35", "31"],
        "ho-so": ["50", "100", "45", "145", "200"],
        "dung-han": ["49", "97", "45", "142", "195"],
    },
}
"""Unit → indicator → its figure in each period, as the unit types it."""

BY_FORM = {
    ("van-hoa", "q1"): {
        "hoi-nghi": "02",
        "kinh-phi": "1.234,5",
        "ho-ngheo": "40",
        "ho-so": "50",
        "dung-han": "49",
    },
    ("kinh-te", "m9"): {},
}
"""What is typed into the form of a unit and period; nothing where danvan knows the sums."""

PLAN = """\
version: 1
title: Kế hoạch công tác dân vận năm 2025 của UBND xã Hải Lăng
year: 2025
number: 12/KH-UBND
issued: 2024-12-10
organization:
  name: UBND xã Hải Lăng
  letterhead: [ỦY BAN NHÂN DÂN, XÃ HẢI LĂNG]
  symbol: UBND
  place: Hải Lăng
signatories:
  default: {authority: TM. ỦY BAN NHÂN DÂN, position: CHỦ TỊCH, name: Trần Văn Bình}
coordinator: van-phong
sections:
  - id: '1'
    title: Tuyên truyền
    tasks:
      - {id: '1.1', text: Tổ chức hội nghị.}
  - id: '2'
    title: Đời sống Nhân dân
    tasks:
      - {id: '2.1', text: Vận động nguồn lực giảm nghèo.}
      - {id: '2.2', text: Giải quyết thủ tục hành chính.}
units:
  - {id: van-phong, name: Văn phòng, short: VP}
  - {id: kinh-te, name: Phòng Kinh tế, short: KT}
  - {id: van-hoa, name: Phòng Văn hóa - Xã hội, short: VHXH}
unit_groups: {phong: [kinh-te, van-hoa]}
indicators:
  - id: hoi-nghi
    name: Hội nghị
    measure: cuộc
    task: '1.1'
    phrase: tổ chức {n} cuộc hội nghị
    target: {annual: {phong: 8, van-phong: 4}}
  - id: kinh-phi
    name: Kinh phí vận động
    measure: triệu đồng
    task: '2.1'
    kind: money
    phrase: vận động {n} triệu đồng
  - id: ho-ngheo
    name: Hộ nghèo
    measure: hộ
    task: '2.1'
    kind: stock
    units: [van-hoa]
    phrase: còn {n} hộ nghèo
    target: {annual: 30}
    direction: less
  - {id: ho-so, name: Hồ sơ đã giải quyết, measure: hồ sơ, task: '2.2', units: [phong]}
  - {id: dung-han, name: Hồ sơ đúng hạn, measure: hồ sơ, task: '2.2', units: [phong]}
  - id: ty-le
    name: Tỷ lệ hồ sơ đúng hạn
    measure: '%'
    task: '2.2'
    kind: rate
    rate: {part: dung-han, whole: ho-so}
periods:
"""
RESULTS = """\
results:
  '1.1': {status: ongoing, summary: Tổ chức hội nghị.}
  '2.1': {status: ongoing, summary: Vận động nguồn lực.}
  '2.2': {status: ongoing, summary: Giải quyết hồ sơ.}
"""


def plan_text() -> str:
    text = PLAN
    for period, (name, first, last, continued, units_by, office_by) in PERIODS.items():
        text += (
            f"  {period}:\n    name: {name}\n    next_name: kỳ sau\n"
            f"    subject: Kết quả công tác dân vận {name} 2025\n"
            f"    data: {{from: {first}, to: {last}}}\n    unit_deadline: {{by: {units_by}}}\n"
            f"    office_deadline: {{by: {office_by}}}\n    addressees: [Đảng ủy xã]\n"
        )
        text += f"    continues: {continued}\n" if continued else ""
    return text


def report_text(unit: str, period: str) -> str:
    place = list(PERIODS).index(period)
    figures = "".join(f"  {name}: {typed[place]}\n" for name, typed in FIGURES[unit].items())
    head = f"unit: {unit}\nyear: 2025\nperiod: {period}\nsubmitted: {PERIODS[period][4]}\n"
    return f"{head}{RESULTS}indicators:\n{figures}"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def done(root: Path, *arguments: str) -> str:
    result = danvan(root, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def figures(root: Path, period: str, *more: str) -> dict[str, dict[str, Any]]:
    day = ("--as-of", "20/12/2025")
    told = json.loads(done(root, "figures", "--period", period, "--format", "json", *day, *more))
    return {each["id"]: each for each in told["indicators"]}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports but those that come by form."""
    root = tmp_path_factory.mktemp("year") / "danvan-2025"
    root.mkdir()
    (root / "plan.yaml").write_text(plan_text(), encoding="utf-8")
    for period in PERIODS:
        folder = root / "reports" / "2025" / period
        folder.mkdir(parents=True)
        for unit in FIGURES:
            if (unit, period) not in BY_FORM:
                (folder / f"{unit}.yaml").write_text(report_text(unit, period), encoding="utf-8")
    return root


def form_of(root: Path, unit: str, period: str) -> Form:
    """The form that danvan makes, to fill in."""
    path = Path(done(root, "form", unit, "--period", period, "--force", "-o", str(root)).strip())
    document = docx.Document(str(path))
    plan = workspace.read_plan(root / "plan.yaml").plan
    assert plan is not None
    own = boxes.boxes(with_groups(plan), units_by_id(plan)[unit], dict.fromkeys(boxes.ROW_LISTS, 4))
    return Form(document, own, package.own_properties(document))


def row_of(form: Form, tag: str) -> list[str]:
    """The words of the cells in the row of that box."""
    row = next(form.cell(tag).iterancestors(qn("w:tr")))
    cells = ("".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row)
    return [as_typed(words) for words in cells if words]


@pytest.fixture(scope="module")
def reported(year: Path) -> Path:
    """With what came by form: one as danvan filled it in, one typed as people write numbers."""
    for (unit, period), typed in BY_FORM.items():
        form = form_of(year, unit, period)
        for task in ("1.1", "2.1", "2.2"):
            form.fill(f"results.{task}.status", "thực hiện thường xuyên")
            form.fill(f"results.{task}.summary", "Đã làm.")
        for name, figure in typed.items():
            form.fill(f"indicators.{name}", figure)
        form.fill("submitted", PERIODS[period][4])
        path = form.save(year, "gui-ve.docx")
        result = danvan(year, "import", str(path), "--as-of", "18/9/2025", "--force")
        assert result.exit_code < 2, result.output
    return year


def test_the_form_shows_what_is_known_and_asks_for_no_rate(year: Path) -> None:
    form = form_of(year, "kinh-te", "m9")
    assert not [box.tag for box in form.boxes if "ty-le" in box.tag]
    assert row_of(form, "indicators.kinh-phi")[-2:] == ["261,25", "261,25"]
    form = form_of(year, "van-hoa", "m9")
    assert row_of(form, "indicators.ho-ngheo")[-2] == "6 tháng đầu năm: 38quý III: 35"


def test_forms_come_back_as_the_sum_or_as_typed(reported: Path) -> None:
    told = {
        unit: yaml.safe_load(
            (reported / "reports/2025" / period / f"{unit}.yaml").read_text(encoding="utf-8")
        )["indicators"]
        for unit, period in BY_FORM
    }
    assert told == {
        "kinh-te": {"hoi-nghi": 5, "kinh-phi": "261,25", "ho-so": 300, "dung-han": 281},
        "van-hoa": {
            "hoi-nghi": 2,
            "kinh-phi": "1234,5",
            "ho-ngheo": 40,
            "ho-so": 50,
            "dung-han": 49,
        },
    }


def test_validate_finds_nothing_wrong(reported: Path) -> None:
    told = json.loads(
        danvan(reported, "validate", "--format", "json", "--as-of", "20/12/2025").stdout
    )
    assert told == []


def test_a_figure_that_is_not_the_sum_of_its_periods_is_told(
    reported: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(reported, tmp_path / "s"))
    path = root / "reports/2025/m9/van-hoa.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("kinh-phi: '2634,5'", "kinh-phi: '2634,6'")
        .replace("ho-ngheo: 35", "ho-ngheo: 34"),
        encoding="utf-8",
    )
    told = danvan(root, "validate", "--as-of", "20/12/2025").stdout
    assert "2.634,6" in told and "2.634,5" in told and "R465" in told
    assert "ho-ngheo" not in told and "Hộ nghèo" not in told


def test_figures_of_each_kind_stand_beside_what_they_include(reported: Path) -> None:
    nine = figures(reported, "m9")
    assert {name: (row["figure"], row["earlier"]) for name, row in nine.items()} == {
        "hoi-nghi": (13, 13),
        "kinh-phi": (2921, 2921),
        "ho-ngheo": (35, 35),
        "ho-so": (445, 445),
        "dung-han": (423, 423),
        "ty-le": (95.1, 95.1),
    }
    own = figures(reported, "annual", "--unit", "kinh-te")
    assert (own["hoi-nghi"]["target"], own["hoi-nghi"]["of_target"]) == (8, "100%")
    assert own["kinh-phi"]["figure"] == 300
    whole = figures(reported, "annual")
    assert (whole["kinh-phi"]["figure"], whole["ty-le"]["figure"]) == (3240.75, 95.8)
    assert (whole["ho-ngheo"]["of_target"], whole["hoi-nghi"]["of_target"]) == ("103,3%", "105%")


def test_status_holds_the_years_plan_against_nine_months(reported: Path) -> None:
    text = done(reported, "status", "--as-of", "1/10/2025")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Hội nghị (cuộc) 20 13 65% 3/3 0/3 9 tháng đầu năm" in lines
    assert "Hộ nghèo (hộ) 30 35 116,7% 1/1 9 tháng đầu năm" in lines


def test_the_report_tells_each_kind_in_its_own_way(reported: Path) -> None:
    text = done(reported, "report", "--period", "m9", "--draft", "--as-of", "20/9/2025")
    assert "vận động 2.921 triệu đồng, còn 35 hộ nghèo" in text
    assert "tỷ lệ hồ sơ đúng hạn đạt 95,1%" in text
    assert "Số liệu từ ngày 15/12/2024 đến ngày 14/9/2025" in text
    assert danvan(reported, "report", "--period", "m9", "--as-of", "20/9/2025").exit_code == 0
    word = plain_text((reported / "output/2025/m9/bao-cao.docx").read_bytes())
    assert "Kinh phí vận động" in word and "2.921" in word


@pytest.fixture(scope="module")
def next_year(reported: Path) -> Path:
    """The year 2026, whose first quarter Phòng Văn hóa has reported; 2025 is issued and closed."""
    for number, (period, (*_, day)) in enumerate(PERIODS.items(), 21):
        issue = ("issue", "--period", period, "--number", f"{number}/BC-UBND", "--date", day)
        assert danvan(reported, *issue, "--force").exit_code == 0
    done(reported, "close")
    root = reported.parent / "danvan-2026"
    root.mkdir()
    text = plan_text().replace("2025", "2026").replace("2024", "2025")
    (root / "plan.yaml").write_text(
        text + "years: [{year: 2025, from: ../danvan-2025}]\n", encoding="utf-8"
    )
    return root


def test_the_next_year_begins_with_what_was_issued(next_year: Path) -> None:
    assert json.loads(danvan(next_year, "validate", "--format", "json").stdout) == []
    result = danvan(next_year, "figures", "--period", "annual", "--format", "json")
    told = {each["id"]: each["last_year"] for each in json.loads(result.stdout)["indicators"]}
    assert told == {
        "hoi-nghi": 21,
        "kinh-phi": 3240.75,
        "ho-ngheo": 31,
        "ho-so": 600,
        "dung-han": 575,
        "ty-le": 95.8,
    }


def test_each_kind_changes_in_its_own_way_from_year_to_year(next_year: Path) -> None:
    folder = next_year / "reports" / "2026" / "q1"
    folder.mkdir(parents=True)
    for unit in FIGURES:
        text = report_text(unit, "q1").replace("2025", "2026").replace("'100,5'", "'120,5'")
        text = text.replace("ho-ngheo: 40", "ho-ngheo: 36").replace("dung-han: 90", "dung-han: 95")
        (folder / f"{unit}.yaml").write_text(text, encoding="utf-8")
    text = done(next_year, "report", "--period", "q1", "--draft")
    assert "vận động 1.365,5 triệu đồng (tăng 1,5% so với cùng kỳ năm 2025)" in text
    assert "còn 36 hộ nghèo (giảm 10%)" in text
    assert "tỷ lệ hồ sơ đúng hạn đạt 96% (tăng 3,3 điểm phần trăm)" in text
