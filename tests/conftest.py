"""Hypothesis's profiles; fixtures: a workspace with a plan, and reports filed in it."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from danvan_cli.files import conversion, yaml_reading
from danvan_cli.model.plan import Plan
from danvan_cli.model.unit_report import UnitReport
from small_workspace import PLAN_OF_THREE_UNITS as PLAN

# How fast an example runs says something of the machine, nothing of the program.
# Few examples, since a slow suite is not run; each run has others.
settings.register_profile(
    "default", deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("default")
# A gate gives one commit the same answer each time: developers' runs and fuzz/ look for new cases.
settings.register_profile(
    "gate", settings.get_profile("default"), max_examples=100, derandomize=True
)
# For the second run in CI, on the lowest versions allowed.
settings.register_profile("brief", settings.get_profile("gate"), max_examples=10)


def pytest_unconfigure() -> None:
    """Throws nothing away at the end, as `danvan` does: msgspec 0.22 may crash there on Plan."""
    gc.freeze()


ReportWriter = Callable[..., Path]


@pytest.fixture
def plan() -> Plan:
    return plan_from(PLAN)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a plan and no report yet."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def file_report(root: Path) -> ReportWriter:
    """Files a unit's report: `file_report("tong-hop", "h1", "submitted: 29/5/2026\\n…")`."""

    def write(unit: str, period: str = "h1", text: str = "submitted: 29/5/2026\n") -> Path:
        path = root / "reports" / "2026" / period / f"{unit}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"unit: {unit}\nyear: 2026\nperiod: {period}\n"
        path.write_text(head + text, encoding="utf-8")
        return path

    return write


OFFICE = """\
leadership: Văn phòng phân công lãnh đạo phụ trách.
sections:
  '1': Hội nghị được tổ chức đúng kế hoạch.
  '2': Đơn được giải quyết đúng hạn.
strengths: [Kịp thời]
next_steps: [Tổ chức hội nghị]
proposals: [Tập huấn nghiệp vụ]
"""


@pytest.fixture
def signable(root: Path, file_report: ReportWriter) -> Path:
    """A workspace whose report of the first half-year has all that it needs to be signed."""
    numbered = PLAN.replace("year: 2026\n", "year: 2026\nnumber: 12/KH-VP\nissued: 5/1/2026\n", 1)
    (root / "plan.yaml").write_text(numbered, encoding="utf-8")
    figures = dict.fromkeys(("tong-hop", "tin-hoc"), "hoi-nghi: 3")
    figures["tiep-dan"] = "hoi-nghi: 0, don: 5, don-xong: 4"
    for unit, given in figures.items():
        tasks = ["1.1", "1.2", "2.1"] if unit == "tiep-dan" else ["1.1", "1.2"]
        results = "".join(f"  '{task}': {{status: done, summary: Đã làm.}}\n" for task in tasks)
        file_report(
            unit, text=f"submitted: 29/5/2026\nresults:\n{results}indicators: {{{given}}}\n"
        )
    office = root / "reports" / "2026" / "h1" / "_office.yaml"
    office.write_text(OFFICE, encoding="utf-8")
    return root


def plan_from(text: str) -> Plan:
    value, problems = conversion.convert(yaml_reading.read(text.encode()).data, Plan)
    assert value is not None, problems
    return value


def report_from(unit: str, text: str, period: str = "h1") -> UnitReport:
    data = yaml_reading.read(f"unit: {unit}\nyear: 2026\nperiod: {period}\n{text}".encode()).data
    value, problems = conversion.convert(data, UnitReport)
    assert value is not None, problems
    return value
