"""Workspaces of any size to measure danvan on: the sample's plan, valid reports of about 6 KB."""

import re
import sys
from itertools import takewhile
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from danvan_cli.files import paths, workspace  # noqa: E402
from danvan_cli.model import plan  # noqa: E402
from danvan_cli.model.plan import Plan, Unit  # noqa: E402

PERIODS = {"h1": "28/5/2026", "annual": "28/10/2026"}
"""Period → the day on which its reports are sent."""

AS_OF = "2026-11-24"
"""A day by which all of them have come."""

COMMUNES = 3_321
"""As many units as the country has communes since 01/7/2025."""

SENTENCES = (
    "Phổ biến, quán triệt nội dung kế hoạch đến toàn thể cán bộ, công chức, viên chức trong các "
    "cuộc họp giao ban và sinh hoạt chi bộ hằng tháng.",
    "Phối hợp với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tổ chức đối thoại với người "
    "dân, giải quyết ngay những kiến nghị thuộc thẩm quyền.",
    "Rà soát, niêm yết công khai thủ tục hành chính tại bộ phận một cửa; hướng dẫn người dân nộp "
    "hồ sơ trực tuyến, không để hồ sơ quá hạn.",
    "Kiểm tra việc thực hiện dân chủ ở cơ sở, kịp thời chấn chỉnh những tồn tại được phát hiện.",
    "Tuyên truyền trên cổng thông tin điện tử và hệ thống truyền thanh về chủ trương của Đảng, "
    "chính sách, pháp luật của Nhà nước.",
    "Đăng ký và duy trì mô hình “Dân vận khéo”, phân công người phụ trách từng phần việc.",
)


def write(root: Path, units: int) -> None:
    """A workspace of that many units, each with a report for every period; always the same."""
    text = _plan_text(units)
    root.mkdir(parents=True)
    path = root / paths.PLAN_NAME
    path.write_text(text, encoding="utf-8", newline="\n")
    the_plan = workspace.read_plan(path).plan
    if the_plan is None:
        raise ValueError("the sample's plan has misfits")
    for period in PERIODS:
        folder = root / "reports" / str(the_plan.year) / period
        folder.mkdir(parents=True)
        for unit in the_plan.units:
            report = _report_text(the_plan, unit, period)
            file = folder / f"{unit.id}.yaml"
            file.write_text(report, encoding="utf-8", newline="\n")


def reports(root: Path) -> list[Path]:
    """The files of all reports."""
    return sorted(root.glob("reports/*/*/*.yaml"))


def _plan_text(units: int) -> str:
    """The sample's plan with its own units, then as many more as are asked for; no register."""
    text = (ROOT / paths.PLAN_NAME).read_text(encoding="utf-8")
    lines = re.sub(r"(?m)^registers:\n(?: .*\n)+|^    computed: .*\n", "", text).splitlines()
    first = lines.index("units:") + 1
    own = list(takewhile(lambda line: line.startswith("  "), lines[first:]))
    own_units = sum(line.startswith("  - ") for line in own)
    if units < own_units:
        raise ValueError(f"the sample's plan speaks of its {own_units} units")
    more = [
        f"  - {{id: xa-{number:04}, name: Ủy ban nhân dân xã số {number:04}, symbol: UBND}}"
        for number in range(own_units + 1, units + 1)
    ]
    after = first + len(own)
    return "\n".join([*lines[:after], *more, *lines[after:], ""])


def _report_text(the_plan: Plan, unit: Unit, period: str) -> str:
    chance = Random(f"{unit.id} {period}")
    lines = [
        f"unit: {unit.id}",
        f"year: {the_plan.year}",
        f"period: {period}",
        f"submitted: {PERIODS[period]}",
        "signatory: {position: CHỦ TỊCH, name: Nguyễn Văn A}",
        "leadership: |",
        f"  {_prose(chance, 3)}",
        "results:",
    ]
    for _, task in plan.tasks(the_plan):
        if plan.is_assigned(task, unit.id):
            status = chance.choice(["done", "ongoing", "ongoing", "in_progress"])
            lines += [
                f"  '{task.id}':",
                f"    status: {status}",
                "    summary: |",
                f"      {_prose(chance, 1)}",
            ]
    lines.append("indicators:")
    lines += [f"  {name}: {figure}" for name, figure in _figures(the_plan, unit, period).items()]
    lines += [
        "models:",
        f"  - name: Xã {unit.id} thân thiện, vì Nhân dân phục vụ",
        "    field: xây dựng hệ thống chính trị",
        f"    summary: {_prose(chance, 1)}",
        "    status: implementing",
    ]
    for name in ("strengths", "shortcomings", "difficulties", "next_steps", "proposals"):
        lines += [f"{name}:", f"  - {_prose(chance, 1)}"]
    return "\n".join([*lines, ""])


def _prose(chance: Random, sentences: int) -> str:
    return " ".join(chance.choices(SENTENCES, k=sentences))


def _figures(the_plan: Plan, unit: Unit, period: str) -> dict[str, int]:
    """By indicator: a part within its whole, a year's at least the half-year's; one model.

    A figure that only one unit has is like last year's, which is known.
    """
    figures: dict[str, int] = {}
    for indicator in the_plan.indicators:
        if plan.is_assigned(indicator, unit.id):
            chance = Random(f"{unit.id} {indicator.id}")
            half_year = chance.randint(10, 40) if indicator.part_of else chance.randint(40, 90)
            if indicator.units == [unit.id]:
                half_year = int(indicator.last_year("h1") or half_year)
            figures[indicator.id] = half_year * (2 if period == "annual" else 1)
            if indicator.measure == "mô hình":
                figures[indicator.id] = 0 if indicator.part_of else 1
    return figures
