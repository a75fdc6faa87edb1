"""Year to year: `danvan close`, and last year's figures in the plan of the next."""

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import PLAN
from danvan_cli.cli import app
from danvan_cli.files import past_years, yaml_reading
from danvan_cli.files.yaml_writing import year_text
from danvan_cli.model.history import History, PastFigure, PastIndicator, YearRecord
from danvan_cli.model.values import Figure, typed_of

FIGURES = {"tong-hop": 3, "tiep-dan": 2, "tin-hoc": 4}
HISTORY = """\
year: 2025
indicators:
  hoi-nghi:
    measure: cuộc
    periods:
      h1: {total: 9, units: {tong-hop: 3, tiep-dan: 2}}
"""


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def workspace(root: Path, year: int, *, more: str = "") -> Path:
    """The plan of a year, without last year's figures, and all units' reports of both periods."""
    plan = re.sub(r", previous: \{h1: 4\}", "", PLAN.replace("2026", str(year)))
    root.mkdir(exist_ok=True)
    (root / "plan.yaml").write_text(plan + more, encoding="utf-8")
    for period, day, times in (("h1", "29/5", 1), ("annual", "29/10", 3)):
        folder = root / "reports" / str(year) / period
        folder.mkdir(parents=True)
        for unit, figure in FIGURES.items():
            given = f"hoi-nghi: {figure * times}"
            given += f", don: {10 * times}, don-xong: {8 * times}" if unit == "tiep-dan" else ""
            (folder / f"{unit}.yaml").write_text(
                f"unit: {unit}\nyear: {year}\nperiod: {period}\nsubmitted: {day}/{year}\n"
                f"indicators: {{{given}}}\n",
                encoding="utf-8",
            )
    return root


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year 2025, whose two reports are issued."""
    root = workspace(tmp_path_factory.mktemp("years") / "danvan-2025", 2025)
    for period, number, day in (("h1", "57", "4/6/2025"), ("annual", "99", "4/11/2025")):
        command = ["issue", "--period", period, "--number", f"{number}/BC-VP", "--date", day]
        result = danvan(root, *command, "--force")
        assert result.exit_code == 0, result.output
    return root


@pytest.fixture
def closed(issued: Path) -> Path:
    result = danvan(issued, "close", "--force")
    assert result.exit_code == 0, result.output
    return issued


def year_2026(tmp_path: Path, years: str) -> Path:
    return workspace(tmp_path / "danvan-2026", 2026, more=years)


def last_year(root: Path, *more: str, period: str = "h1") -> dict[str, int | None]:
    result = danvan(root, "figures", "--period", period, *more, "--format", "json")
    assert result.exit_code == 0, result.output
    return {each["id"]: each["last_year"] for each in json.loads(result.stdout)["indicators"]}


def problems(root: Path) -> dict[str, list[str]]:
    found = json.loads(danvan(root, "validate", "--format", "json").stdout)
    by_code: dict[str, list[str]] = {}
    for problem in found:
        by_code.setdefault(problem["code"], []).append(problem["message"])
    return by_code


def test_a_year_is_closed_only_when_its_reports_are_issued(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", 2025)
    result = danvan(root, "close", "--force")
    assert result.exit_code == 2
    assert "báo cáo 6 tháng đầu năm và năm chưa được ghi nhận ban hành" in result.stderr
    assert not (root / "history").exists()


def test_a_year_is_kept_as_it_was_issued(issued: Path) -> None:
    shown = danvan(issued, "close", "--dry-run")
    path = issued / "history/2025.yaml"
    path.unlink(missing_ok=True)
    result = danvan(issued, "close")
    assert (result.exit_code, shown.exit_code) == (0, 0)
    assert "years: [{year: 2025, from: ../danvan-2025}]" in result.stderr
    text = path.read_text(encoding="utf-8")
    assert text == shown.stdout
    assert "      annual:\n        total: 27\n        units:\n          tong-hop: 9\n" in text
    assert not problems(issued).keys() - {"R408", "R457"}


def test_another_record_is_not_overwritten_untold(closed: Path) -> None:
    path = closed / "history/2025.yaml"
    before = path.read_text(encoding="utf-8")
    assert "đã có đúng nội dung này" in danvan(closed, "close").stderr
    path.write_text(before.replace("total: 9", "total: 8"), encoding="utf-8")
    result = danvan(closed, "close")
    assert result.exit_code == 2
    assert "-        total: 8" in result.stderr and "+        total: 9" in result.stderr
    assert danvan(closed, "close", "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") == before


def test_a_total_that_reports_no_longer_add_up_to_is_told(closed: Path) -> None:
    report = closed / "reports/2025/h1/tin-hoc.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("hoi-nghi: 4", "hoi-nghi: 3"), encoding="utf-8")
    result = danvan(closed, "close", "--dry-run")
    report.write_text(text, encoding="utf-8")
    assert "Hội nghị, 6 tháng đầu năm: đã ban hành 9, báo cáo của các đơn vị nay là 8" in (
        result.stderr
    )


def test_the_next_year_takes_figures_from_where_the_year_was_closed(
    closed: Path, tmp_path: Path
) -> None:
    root = year_2026(tmp_path, f"years: [{{year: 2025, from: {closed}}}]\n")
    assert last_year(root) == {"hoi-nghi": 9, "don": 10, "don-xong": 8}
    assert last_year(root, "--unit", "tong-hop", period="annual") == {"hoi-nghi": 9}
    (root / "reports/2026/h1/tong-hop.yaml").unlink()
    danvan(root, "new", "tong-hop", "--period", "h1")
    text = (root / "reports/2026/h1/tong-hop.yaml").read_text(encoding="utf-8")
    assert "# Hội nghị (cuộc). Cùng kỳ năm trước: 3.\n" in text


def test_a_year_that_was_not_closed_gives_the_totals_that_were_issued(
    closed: Path, tmp_path: Path
) -> None:
    history = closed / "history"
    history.rename(closed / "elsewhere")
    root = year_2026(tmp_path, f"years: [{{year: 2025, from: {closed}}}]\n")
    try:
        assert last_year(root) == {"hoi-nghi": 9, "don": 10, "don-xong": 8}
        assert last_year(root, "--unit", "tong-hop") == {"hoi-nghi": None}
    finally:
        (closed / "elsewhere").rename(history)


def test_a_record_beside_the_plan_needs_no_word_in_it(tmp_path: Path) -> None:
    root = year_2026(tmp_path, "")
    (root / "history").mkdir()
    (root / "history/2025.yaml").write_text(HISTORY, encoding="utf-8")
    assert last_year(root) == {"hoi-nghi": 9, "don": None, "don-xong": None}
    table = danvan(root, "figures", "hoi-nghi", "--period", "h1", "--unit", "tiep-dan").stdout
    assert "Năm 2025" in table


def test_what_one_unit_answered_last_year_is_no_number(tmp_path: Path) -> None:
    root = year_2026(tmp_path, "")
    plan = root / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    asked = "  - {id: trang, name: Có trang tin, measure: có/không, task: '1.1', kind: yes_no}\n"
    plan.write_text(text.replace("indicators:\n", f"indicators:\n{asked}"), encoding="utf-8")
    report = root / "reports/2026/h1/tong-hop.yaml"
    given = report.read_text(encoding="utf-8").replace("hoi-nghi: 3", "hoi-nghi: 3, trang: không")
    report.write_text(given, encoding="utf-8")
    (root / "history").mkdir()
    (root / "history/2025.yaml").write_text(
        "year: 2025\nindicators:\n  trang:\n    kind: yes_no\n    periods:\n"
        "      h1: {total: 2, units: {tong-hop: có}}\n",
        encoding="utf-8",
    )
    command = ["figures", "trang", "--period", "h1"]
    lines = danvan(root, *command, "--unit", "tong-hop").stdout.splitlines()
    assert ["Có", "trang", "tin", "(có/không)", "không", "có"] in [line.split() for line in lines]
    assert "2 đơn vị" in danvan(root, *command).stdout


def test_a_typed_figure_has_to_agree_and_both_are_told(tmp_path: Path) -> None:
    root = year_2026(tmp_path, "")
    (root / "history").mkdir()
    (root / "history/2025.yaml").write_text(HISTORY, encoding="utf-8")
    plan = root / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    typed = text.replace("task: '1.1'}", "task: '1.1', previous: {h1: 8}}")
    plan.write_text(typed, encoding="utf-8")
    assert problems(root)["P362"] == [
        "số cùng kỳ của “hoi-nghi” ghi 8, mà history/2025.yaml:6 ghi 9"
    ]
    plan.write_text(typed.replace("h1: 8", "h1: 9"), encoding="utf-8")
    assert "P362" not in problems(root)


@pytest.mark.parametrize(
    ("years", "message"),
    [
        ("{year: 2025, from: ../danvan-2025}", "không có thư mục “../danvan-2025”"),
        (f"{{year: 2025, from: {'x' * 300}}}", f"không mở được “{'x' * 39}…”: tên quá dài"),
        ("{year: 2026, from: .}", "năm 2026 không trước năm 2026 của kế hoạch"),
        ("{year: 2024, from: .}", "kế hoạch ở “.” của năm 2026, không phải năm 2024"),
        (
            "{year: 2025, from: reports}",
            "“reports” không phải thư mục kế hoạch: không có plan.yaml",
        ),
    ],
)
def test_an_earlier_year_that_cannot_be_read_is_told_once(
    tmp_path: Path, years: str, message: str
) -> None:
    root = year_2026(tmp_path, f"years: [{years}]\n")
    assert problems(root)["P361"] == [message]
    assert danvan(root, "status").exit_code == 2


def test_a_year_has_one_source(closed: Path, tmp_path: Path) -> None:
    root = year_2026(tmp_path, f"years: [{{year: 2025, from: {closed}}}]\n")
    (root / "history").mkdir()
    (root / "history/2025.yaml").write_text(HISTORY, encoding="utf-8")
    assert problems(root)["P361"] == ["số liệu năm 2025 đã có ở history/2025.yaml"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("2025.yaml", HISTORY.replace("total: 9", "total: chín"), "S203"),
        ("2025.yaml", HISTORY.replace("total: 9", "totl: 9"), "S202"),
        ("2025.yaml", HISTORY.replace("year: 2025", "year: 2024"), "R467"),
        ("2025.yaml", HISTORY.replace("total: 9", "total: 4"), "R468"),
        ("2025.yaml", HISTORY.replace("  hoi-nghi:", "\thoi-nghi:"), "F105"),
        ("nam-2025.yaml", HISTORY, "F113"),
    ],
)
def test_wrong_figures_of_last_year_are_told_and_not_used(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    root = year_2026(tmp_path, "")
    (root / "history").mkdir()
    (root / f"history/{name}").write_text(text, encoding="utf-8")
    assert code in problems(root)
    result = danvan(root, "figures", "--period", "h1")
    assert result.exit_code == 2
    assert "nên chưa so được với năm trước" in result.stderr


def test_figures_of_another_measure_are_not_compared(tmp_path: Path) -> None:
    root = year_2026(tmp_path, "")
    (root / "history").mkdir()
    path = root / "history/2025.yaml"
    path.write_text(HISTORY.replace("measure: cuộc", "measure: buổi"), encoding="utf-8")
    assert problems(root)["R469"] == [
        "năm 2025 tính bằng “buổi”, nay tính bằng “cuộc”, nên không so với năm trước"
    ]
    assert last_year(root)["hoi-nghi"] is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  hoi-nghi:", "  hoinghi:", "chỉ tiêu “hoinghi” không có"),
        ("  hoi-nghi:", "  hoinghi:\n    name: Hội nghị trực tuyến", None),
        ("      h1:", "      h11:", "kỳ “h11” không có"),
        ("      h1:", "      quy-hai:", "kỳ “quy-hai” không có"),
        ("measure: cuộc\n    periods:\n      h1:", "name: A\n    periods:\n      quy-hai:", None),
        ("measure: cuộc\n    periods:\n      h1:", "name: A\n    periods:\n      h11:", "kỳ “h11”"),
    ],
)
def test_an_id_of_last_year_that_the_plan_does_not_have_is_told(
    tmp_path: Path, old: str, new: str, told: str | None
) -> None:
    root = year_2026(tmp_path, "")
    (root / "history").mkdir()
    assert old in HISTORY
    (root / "history/2025.yaml").write_text(HISTORY.replace(old, new), encoding="utf-8")
    found = problems(root).get("R475", [])
    assert [message.startswith(told or "-") for message in found] == ([True] if told else [])
    output = danvan(root, "validate").stdout
    assert ("ý bạn là “hoi-nghi”?" in output) == (new == "  hoinghi:")


def test_what_a_rate_or_a_stock_was_is_kept_with_it(tmp_path: Path) -> None:
    root = year_2026(tmp_path, "")
    (root / "history").mkdir()
    path = root / "history/2025.yaml"
    rate = HISTORY.replace("measure: cuộc", "kind: rate").replace("tong-hop: 3", "tong-hop: '97,5'")
    path.write_text(rate, encoding="utf-8")
    assert problems(root).keys() & {"R468", "R469"} == {"R469"}
    assert problems(root)["R469"] == [
        "năm 2025 là loại “rate”, nay là loại “count”, nên không so với năm trước"
    ]


FIGURE = st.one_of(
    st.integers(0, 10**15 - 1), st.decimals(0, 10**12, places=2, allow_nan=False), st.booleans()
)


@given(st.dictionaries(st.from_regex("[a-z][a-z0-9-]{0,9}", fullmatch=True), FIGURE, max_size=5))
def test_what_is_kept_is_read_as_it_was(figures: dict[str, Figure]) -> None:
    past = PastFigure(total=9, units={unit: typed_of(figure) for unit, figure in figures.items()})
    record = YearRecord(year=2025, indicators={"hoi-nghi": PastIndicator(periods={"h1": past})})
    read = yaml_reading.read(year_text(record).encode())
    file = past_years.history_from(Path("2025.yaml"), read)
    assert (file.problems, file.record) == ([], record)
    known = History({2025: record})
    for unit, given_then in figures.items():
        assert known.figure(2025, "hoi-nghi", "h1", unit) == given_then
