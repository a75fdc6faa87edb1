"""What goes into a form comes out of it: for any report, for all units, also by LibreOffice."""

import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from click.testing import Result
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from typer.testing import CliRunner

from conftest import PLAN, plan_from, report_from
from danvan_cli.characters import without_invisible
from danvan_cli.cli import app
from danvan_cli.files import conversion, workspace
from danvan_cli.files.report_scaffold import Request
from danvan_cli.files.yaml_writing import report_text
from danvan_cli.forms import boxes, values
from danvan_cli.forms import filled as filled_form
from danvan_cli.forms.boxes import Box
from danvan_cli.forms.building import render_form
from danvan_cli.forms.reading import read
from danvan_cli.model.plan import Signatory, is_assigned, tasks, units_by_id
from danvan_cli.model.unit_report import Award, Model, Proposal, TaskResult, UnitReport
from danvan_cli.model.values import Day
from danvan_cli.tracking import status
from libreoffice import convert, needs_libreoffice
from places import ROOT

PLAN_OF_TESTS = plan_from(PLAN)
UNIT = units_by_id(PLAN_OF_TESTS)["tiep-dan"]


def texts(kind: str) -> st.SearchStrategy[str]:
    """What a box of this kind may hold, as a person would have typed it."""
    box = Box((), "", "", kind)  # type: ignore[arg-type]
    signs = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
    typed = st.text(st.one_of(signs, st.sampled_from("aă ậ\n-.“”&<{%")), max_size=40)
    cleaned = typed.map(lambda text: values.value(box, without_invisible(text)))
    return cleaned.filter(lambda text: text.strip() != "" and not text.isspace())


PROSE = texts("prose")
LINE = texts("line")
ITEM = LINE.filter(lambda text: text == text.strip())
ITEMS = st.lists(ITEM, max_size=3)
REPORTS = st.builds(
    UnitReport,
    unit=st.just("tiep-dan"),
    year=st.just(2026),
    period=st.just("h1"),
    submitted=st.none()
    | st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(
        lambda day: Day(day.year, day.month, day.day)
    ),
    signatory=st.none() | st.builds(Signatory, position=LINE, authority=st.none() | PROSE),
    leadership=st.none() | PROSE,
    results=st.dictionaries(
        st.sampled_from(["1.1", "1.2", "2.1"]),
        st.builds(
            TaskResult,
            status=st.sampled_from(["done", "ongoing", "not_applicable"]),
            summary=st.none() | PROSE,
            evidence=ITEMS,
        ),
    ),
    indicators=st.dictionaries(
        st.sampled_from(["hoi-nghi", "don", "don-xong"]), st.integers(-5, 10**15 - 1)
    ),
    notes=st.dictionaries(st.sampled_from(["hoi-nghi", "don"]), PROSE),
    models=st.lists(
        st.builds(
            Model,
            name=LINE,
            field=st.sampled_from(["kinh tế", "quốc phòng - an ninh"]),
            summary=st.none() | PROSE,
            status=st.sampled_from(["registered", "recognized"]),
            replicate=st.booleans(),
        ),
        max_size=3,
    ),
    awards=st.lists(
        st.builds(
            Award,
            kind=st.sampled_from(["collective", "individual"]),
            name=LINE,
            position=st.none() | LINE,
            form=LINE,
            achievement=st.none() | PROSE,
        ),
        max_size=2,
    ),
    strengths=ITEMS,
    proposals=st.lists(
        ITEM | st.builds(Proposal, to=st.sampled_from(["Sở Nội vụ", "UBND tỉnh"]), text=ITEM),
        max_size=4,
    ),
)
AWKWARD = report_from(
    "tiep-dan",
    r"""
leadership: "- gạch\n1. số\n\n  lùi vào\n{{ x }} {% y %} &<> ]]>\nĐoạn “cuối” – ‘x’"
results: {'1.1': {status: done, evidence: ['- Một', '#2', '"ba"']}}
models: [{name: 'không', field: kinh tế, status: registered}]
strengths: ['Theo Kế hoạch số 450/KH-UBND ngày 15/3/2026, Điều 5, Phụ lục II']
""",
)


@settings(max_examples=12)
@given(REPORTS)
@example(AWKWARD)
@example(report_from("tiep-dan", f"leadership: {'ươ' * 2500}\nstrengths: ['👩‍💻 🇻🇳']"))
def test_any_report_comes_out_of_its_form_as_it_went_in(report: UnitReport) -> None:
    request = Request(plan=PLAN_OF_TESTS, unit=UNIT, period="h1")
    document = docx.Document(BytesIO(render_form(request, report, rows=1)))
    filled = filled_form.filled(read(document).places, PLAN_OF_TESTS, UNIT)
    assert filled.problems == []
    data = {"unit": "tiep-dan", "year": 2026, "period": "h1", **boxes.data_of(filled.values)}
    assert conversion.convert(data, UnitReport) == (report, [])


def danvan(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *map(str, arguments)])


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The sample workspace without its half-year reports, and a form for each of its units.

    Every form holds what the unit reports; a unit without a report has nothing to tell.
    """
    root = tmp_path_factory.mktemp("workspace")
    shutil.copy(ROOT / "plan.yaml", root)
    plan = workspace.read_plan(root / "plan.yaml").plan
    assert plan is not None
    folder = root / "reports" / "2026" / "h1"
    shutil.copytree(ROOT / "reports" / "2026" / "h1", folder)
    (folder / "xay-dung-tai-nguyen.yaml").unlink()
    for unit in status.expected_units(plan, "h1"):
        path = folder / f"{unit.id}.yaml"
        if not path.exists():
            own = (task.id for _, task in tasks(plan) if is_assigned(task, unit.id))
            results = {task: TaskResult(status="none_arisen") for task in own}
            nothing = UnitReport(unit=unit.id, year=2026, period="h1", results=results)
            path.write_text(report_text(nothing), encoding="utf-8")
    result = danvan(root, "form", "--all", "--period", "h1", "-o", root / "forms")
    assert result.exit_code == 0, result.output
    return root, sorted((root / "forms").iterdir())


def reports(root: Path) -> dict[str, UnitReport]:
    """By unit, without what only the office knows and how it wrote it."""
    found = workspace.load(root)
    assert [each for each in found.reports if each.report is None] == []
    return {
        file.report.unit: replace(file.report, received=None, returned=None)
        for file in found.reports
        if file.report
    }


def emptied(root: Path, folder: Path) -> Path:
    shutil.copy(root / "plan.yaml", folder)
    return folder


def test_the_forms_of_all_units_come_home(forms: tuple[Path, list[Path]], tmp_path: Path) -> None:
    root, files = forms
    home = emptied(root, tmp_path)
    result = danvan(home, "import", *files)
    assert result.exit_code == 0, result.output
    assert len(result.stdout.splitlines()) == len(files) == 12
    assert reports(home) == reports(root)
    assert danvan(home, "validate").exit_code == 0
    # One of the twelve has not been sent yet.
    counts = '"pending": 0,\n        "overdue": 1,\n        "total": 12'
    assert counts in danvan(home, "status", "--format", "json").stdout
    assert danvan(home, "report", "--period", "h1").exit_code == 0


@pytest.mark.slow
@needs_libreoffice
@pytest.mark.parametrize("way", [("docx:MS Word 2007 XML",), ("odt", "docx"), ("doc", "docx")])
def test_forms_that_libreoffice_saved_come_home(
    forms: tuple[Path, list[Path]], tmp_path: Path, way: tuple[str, ...]
) -> None:
    root, files = forms
    saved = files[:: len(way) ** 2]
    for number, kind in enumerate(way):
        saved = convert(saved, kind, tmp_path / str(number))
    (tmp_path / "home").mkdir()
    home = emptied(root, tmp_path / "home")
    result = danvan(home, "import", *saved)
    assert result.exit_code == 0, result.output
    sent = reports(root)
    assert reports(home) == {file.stem: sent[file.stem] for file in saved}
