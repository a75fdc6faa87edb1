"""`danvan new`: a report to fill in that lacks only what its unit knows."""

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter
from danvan_cli.cli import app

TODAY = ["--as-of", "20/11/2026"]


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def new(root: Path, unit: str = "tong-hop", period: str = "h1", *more: str) -> str:
    result = danvan(root, "new", unit, "--period", period, *more)
    assert result.exit_code == 0, result.output
    return Path(result.stdout.strip()).read_text(encoding="utf-8")


def filled(text: str) -> str:
    """As a unit would fill it in: a status and a line for each task, a 0 for each figure."""
    text = text.replace(
        "    status:\n    summary: |\n", "    status: done\n    summary: |\n      Xong: tốt.\n"
    )
    text = re.sub(r"^(  [a-z-]+):$", r"\1: 0", text, flags=re.MULTILINE)
    return text.replace("\nsubmitted:\n", "\nsubmitted: 29/5/2026\n")


def problems(root: Path) -> list[dict[str, str]]:
    result = danvan(root, "validate", "--format", "json", *TODAY)
    found: list[dict[str, str]] = json.loads(result.stdout)
    return found


def test_it_stands_where_the_units_report_belongs(root: Path) -> None:
    result = danvan(root, "new", "tiep-dan", "--period", "h1")
    path = root / "reports" / "2026" / "h1" / "tiep-dan.yaml"
    assert Path(result.stdout.strip()).resolve() == path
    assert path.read_text(encoding="utf-8").splitlines()[2:4] == [
        "# Ban Tiếp công dân: Kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026",
        "# Gửi về Phòng Tổng hợp chậm nhất thứ Hai, ngày 01/6/2026.",
    ]


def test_it_says_what_to_do_next(root: Path) -> None:
    result = danvan(root, "new", "tiep-dan", "--period", "h1")
    assert "ghi ngày gửi vào dòng submitted" in result.stderr
    assert "danvan validate " in result.stderr
    assert "danvan schema" in result.stderr
    danvan(root, "schema")
    assert "danvan schema" not in danvan(root, "new", "tin-hoc", "--period", "h1").stderr


def test_it_asks_of_each_unit_its_own_tasks_and_figures(root: Path) -> None:
    text = new(root)
    assert "  # 1.1. Tổ chức hội nghị.\n  '1.1':\n    status:\n" in text
    assert "  # 1.2. Phát hành tài liệu.\n  # Thời hạn: chậm nhất ngày 30/9/2026.\n" in text
    assert "Giải quyết đơn" not in text
    assert "\n  hoi-nghi:\n" in text
    assert "don:" not in text
    assert "  # Đơn đã xử lý (đơn). Không lớn hơn don.\n  don-xong:\n" in new(root, "tiep-dan")


def test_it_names_who_leads_a_task(root: Path) -> None:
    plan = PLAN.replace("text: Tổ chức hội nghị.", "text: Tổ chức hội nghị., lead: tin-hoc")
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    assert "  # Chủ trì: Trung tâm Tin học.\n  '1.1':\n" in new(root)


def test_a_unit_without_figures_is_asked_for_none(root: Path) -> None:
    plan = PLAN.replace("task: '1.1', previous", "task: '1.1', units: [tin-hoc], previous")
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    assert "indicators" not in new(root)


def test_it_lists_the_values_to_choose_from(root: Path) -> None:
    text = new(root)
    assert "#   none_arisen     không phát sinh\n" in text
    assert "# field: kinh tế, văn hóa - xã hội, " in text
    assert "#   individual  cá nhân\n" in text


def test_only_what_is_to_be_filled_in_is_missing(root: Path) -> None:
    new(root)
    found = problems(root)
    assert {(each["code"], each["path"]) for each in found} == {
        ("S201", "results.1.1.status"),
        ("S201", "results.1.2.status"),
        ("R415", "submitted"),
    }


@pytest.mark.parametrize("unit", ["tong-hop", "tiep-dan"])
def test_filled_in_it_has_no_fault(root: Path, unit: str) -> None:
    path = root / "reports" / "2026" / "h1" / f"{unit}.yaml"
    path.parent.mkdir(parents=True)
    text = filled(new(root, unit, "h1", "-o", str(root / "x.yaml")))
    path.write_text(text, encoding="utf-8")
    assert problems(root) == []


def test_its_examples_are_right_once_they_are_no_comments(root: Path) -> None:
    text = filled(new(root))
    text = re.sub(
        r"^  # (- |  )(?=(name|field|summary|status|replicate|kind|form|ach))",
        r"  \1",
        text,
        flags=re.MULTILINE,
    )
    text = re.sub(r"^# (signatory:|  (authority|position|name):)", r"\1", text, flags=re.MULTILINE)
    assert "\n  - kind: collective\n" in text
    assert "\nsignatory:\n  authority: KT." in text
    (root / "reports/2026/h1/tong-hop.yaml").write_text(text, encoding="utf-8")
    assert problems(root) == []


def test_it_recalls_what_the_unit_reported_last_time(root: Path, file_report: ReportWriter) -> None:
    file_report(
        "tiep-dan",
        text="submitted: 29/5/2026\nsignatory: {position: TRƯỞNG BAN}\n"
        "results: {'2.1': {status: in_progress, summary: Đang giải quyết}}\n"
        "indicators: {don: 1041}\n",
    )
    text = new(root, "tiep-dan", "annual")
    assert "  # 2.1. Giải quyết đơn.\n  # Kỳ trước báo cáo: đang thực hiện.\n" in text
    assert "  # Đơn phải xử lý (đơn). Kỳ trước: 1.041.\n  don:\n" in text
    assert "gồm cả số đã báo cáo 6 tháng đầu năm" in text
    assert "\nsignatory:\n  position: TRƯỞNG BAN\n" in text


def test_last_years_figure_is_told_where_it_is_the_units_own(root: Path) -> None:
    plan = PLAN.replace("units: [tiep-dan]}", "units: [tiep-dan], previous: {h1: 7}}", 1)
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    assert "Đơn phải xử lý (đơn). Cùng kỳ năm trước: 7." in new(root, "tiep-dan")
    assert "Hội nghị (cuộc).\n" in new(root, "tong-hop")


@pytest.mark.parametrize("suffix", [".yaml", ".yml"])
def test_a_report_that_is_there_stays(root: Path, file_report: ReportWriter, suffix: str) -> None:
    path = file_report("tong-hop")
    path = path.rename(path.with_suffix(suffix))
    text = path.read_text(encoding="utf-8")
    result = danvan(root, "new", "tong-hop", "--period", "h1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"tong-hop{suffix}”, nên không ghi đè" in result.stderr
    assert path.read_text(encoding="utf-8") == text
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_file_elsewhere_stays_too(root: Path) -> None:
    other = root / "khac.yaml"
    other.write_text("gì đó\n", encoding="utf-8")
    result = danvan(root, "new", "tong-hop", "--period", "h1", "-o", str(other))
    assert result.exit_code == 2
    assert other.read_text(encoding="utf-8") == "gì đó\n"


def test_it_can_be_written_into_another_folder(root: Path) -> None:
    (root / "gửi").mkdir()
    new(root, "tong-hop", "h1", "-o", str(root / "gửi"))
    assert (root / "gửi" / "tong-hop.yaml").is_file()
    assert not (root / "reports").exists()


@pytest.mark.parametrize("output", [None, "gui.yaml", "a/b/c.yaml"])
def test_its_first_line_leads_editors_to_the_schema(root: Path, output: str | None) -> None:
    danvan(root, "schema")
    more = ["-o", str(root / output)] if output else []
    first = new(root, "tong-hop", "h1", *more).splitlines()[0]
    path = root / (output or "reports/2026/h1/tong-hop.yaml")
    way = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / way).resolve() == (root / "schemas" / "unit-report.schema.json").resolve()


def test_a_way_with_blanks_is_written_as_an_address(root: Path) -> None:
    inner = root / "Kế hoạch 2026"
    inner.mkdir()
    (root / "plan.yaml").rename(inner / "plan.yaml")
    text = new(inner, "tong-hop", "h1", "-o", str(root / "x.yaml"))
    assert re.match(
        r"# yaml-language-server: \$schema=file:///\S+Ho\S+\.json\n", text, re.IGNORECASE
    )


@pytest.mark.parametrize(
    ("unit", "period", "words"),
    [
        ("tong-hopp", "h1", "ý bạn là “tong-hop”?"),
        ("tong-hop", "h2", "kế hoạch không có kỳ báo cáo “h2”"),
        ("giai-the", "annual", "Phòng Cũ không hoạt động tại thời hạn của kỳ “annual”"),
    ],
)
def test_a_report_that_nobody_owes_is_not_made(
    root: Path, unit: str, period: str, words: str
) -> None:
    plan = PLAN.replace(
        "units:\n", "units:\n  - {id: giai-the, name: Phòng Cũ, until: 2026-06-30}\n", 1
    )
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    result = danvan(root, "new", unit, "--period", period)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not (root / "reports").exists()


def test_a_plan_with_errors_gives_no_report(root: Path) -> None:
    (root / "plan.yaml").write_text(PLAN.replace("year: 2026", "year: hai"), encoding="utf-8")
    assert danvan(root, "new", "tong-hop", "--period", "h1").exit_code == 2


def test_ids_that_look_like_numbers_stay_text(root: Path) -> None:
    plan = PLAN.replace("  h1:", "  '2026':").replace("{h1: 4}", "{'2026': 4}")
    plan = plan.replace("continues: h1", "continues: '2026'")
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    assert "\nperiod: '2026'\n" in new(root, "tong-hop", "2026")


def test_a_task_of_many_words_or_lines_stays_a_comment(root: Path) -> None:
    long = "từ " * 60 + "a" * 200
    plan = PLAN.replace("text: Tổ chức hội nghị.", f'text: "Một\\n- hai: {long}"')
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    text = new(root)
    assert "a" * 200 in text
    assert {each["code"] for each in problems(root)} == {"S201", "R415"}
