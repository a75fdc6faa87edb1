"""`danvan schema`: other programs find the same faults by it, and none in what is right."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from jsonschema import Draft7Validator
from msgspec import Struct
from msgspec.structs import fields
from typer.testing import CliRunner

from conftest import PLAN, plan_from
from danvan_cli import rules
from danvan_cli.cli import app
from danvan_cli.files import conversion, json_schemas, yaml_reading
from danvan_cli.files.field_descriptions import DESCRIPTIONS
from danvan_cli.files.json_schemas import (
    CRITERIA_SCHEMA,
    OFFICE_SCHEMA,
    PLAN_SCHEMA,
    RATING_SCHEMA,
    REPORT_SCHEMA,
)
from danvan_cli.files.readings import PlanFile, Workspace
from danvan_cli.model.plan import Plan
from places import ROOT
from rule_examples import WITH_EXAMPLE, example
from small_workspace import FILES, changed

SAMPLES = [
    ROOT / "plan.yaml",
    ROOT / "criteria.yaml",
    # What danvan writes of an issued report has no schema, since nobody types it.
    *(file for file in sorted((ROOT / "reports").rglob("*.yaml")) if file.name != "_issued.yaml"),
]
# What a schema cannot know: other files, days, sums, what is repeated, and what is only doubtful.
KNOWN_BY_RULES_ONLY = {
    *("P363", "P364", "P365", "P366"),
    "P358",
    "P359",
    "P360",
    "P361",
    "P362",
    "R465",
    *("R460", "R461", "R462", "R463", "R464"),
    "R466",
    "R467",
    "R468",
    "R469",
    "R475",
    *("R481", "R482", "R483"),
    "R457",
    "P335",
    "P336",
    "R451",
    "R458",
    "R452",
    "P342",
    "P343",
    "P344",
    "P345",
    "P347",
    *("P371", "P372", "P373", "R478", "R479"),
    *("P348", "P349", "P350", "P351", "P352"),
    *("P353", "P354", "P355", "P356", "P357"),
    *(
        "P301",
        "P306",
        "P307",
        "P308",
        "P310",
        "P311",
        "P313",
        "P314",
        "P316",
        "P318",
        "P319",
        "P320",
        "P325",
        "P321",
        "P322",
        "P335",
        "P336",
        "P337",
        *("P331", "P332", "P333"),
    ),
    *("R404", "R405", "R408", "R409", "R413", "R414", "R415", "R416", "R417", "R418", "R419"),
    *("R420", "R421", "R422", "R423", "R425", "R426", "R427", "R432", "R440", "R441", "R442"),
    *("R430", "R431", "R445", "R446"),
    *("P376", "P377", "P378", "P379", "P380", "R485", "R486", "R488"),
    *("P381", "P382", "P383", "P384", "P385", "P386", "P387"),
    *("R490", "R491", "R492", "R493", "R494", "R495"),
}


def danvan(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(folder), *arguments])


def schema_for(file: str) -> str:
    named = {
        "plan.yaml": PLAN_SCHEMA,
        "criteria.yaml": CRITERIA_SCHEMA,
        "_office.yaml": OFFICE_SCHEMA,
        "_rating.yaml": RATING_SCHEMA,
    }
    return named.get(Path(file).name, REPORT_SCHEMA)


def validators(plan: Plan) -> dict[str, Draft7Validator]:
    texts = json_schemas.schema_texts(plan)
    return {name: Draft7Validator(json.loads(text)) for name, text in texts.items()}


def faults(validator: Draft7Validator, text: str) -> list[str]:
    """What a validator says that reads YAML as PyYAML does."""
    return [error.message for error in validator.iter_errors(as_json(yaml.safe_load(text)))]


def as_json(data: Any) -> Any:
    """With days and keys as text; YAML 1.2, which editors read, knows no other days, and an on."""
    match data:
        case dict():
            return {"on" if key is True else str(key): as_json(data[key]) for key in data}
        case list():
            return [as_json(item) for item in data]
        case date():
            return data.isoformat()
        case _:
            return data


@pytest.fixture(scope="module")
def sample_validators() -> dict[str, Draft7Validator]:
    return validators(plan_from((ROOT / "plan.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_sample_has_no_fault(file: Path, sample_validators: dict[str, Draft7Validator]) -> None:
    text = file.read_text(encoding="utf-8")
    assert faults(sample_validators[schema_for(file.name)], text) == []


def example_faults(code: str, word: str) -> list[str]:
    """By the schema of the example's own plan, as far as that can be understood."""
    texts = {}
    for name, excerpt in example(code, word).items():
        name, whole, _ = name.partition(" (cả tệp)")
        if name.startswith("so/"):
            continue
        texts[name] = excerpt if whole else changed(name, excerpt)
    data = yaml_reading.read(texts.get("plan.yaml", FILES["plan.yaml"]).encode()).data
    plan, _ = conversion.convert(data, Plan)
    of_plan = validators(plan or plan_from(FILES["plan.yaml"]))
    return [
        fault
        for name, text in texts.items()
        if not name.startswith("history/")
        for fault in faults(of_plan[schema_for(name)], text)
    ]


# _issued.yaml and history/ are written by danvan, so no schema is made for them.
SHAPED = [code for code in WITH_EXAMPLE if code[0] not in "FD" and code != "R453"]


@pytest.mark.parametrize("code", [code for code in SHAPED if code not in KNOWN_BY_RULES_ONLY])
def test_what_a_schema_can_know_it_finds(code: str) -> None:
    assert example_faults(code, "Sai") != []


@pytest.mark.parametrize("code", sorted(KNOWN_BY_RULES_ONLY))
def test_what_a_schema_cannot_know_it_lets_pass(code: str) -> None:
    assert example_faults(code, "Sai") == []


@pytest.mark.parametrize("code", SHAPED)
def test_what_is_right_it_lets_pass(code: str) -> None:
    assert example_faults(code, "Đúng") == []


REPORT = "unit: tong-hop\nyear: 2026\nperiod: h1\n"


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("", True),
        ("submitted:\nresults:\nindicators:\n  hoi-nghi:\nsignatory:\nstrengths:\n", True),
        ("submitted: 1/3/2026\n", True),
        ("submitted: 2026-2-28\n", True),
        ("submitted: 29/05/2026\n", True),
        ("submitted: ' 29/5/2026 '\n", True),
        ("submitted: '30/2/2026'\n", False),
        ("submitted: 1/13/2026\n", False),
        ("submitted: hôm qua\n", False),
        ("submitted: 29/5/26\n", False),
        ("results: {'1.1': {status: done}}\n", True),
        ("results: {'1.1': }\n", True),
        ("results: {'1.1': {summary: Xong}}\n", False),
        ("results: {'1.1': {status: }}\n", False),
        ("results: {'2.1': {status: done}}\n", False),
        ("indicators: {hoi-nghi: '9'}\n", True),
        ("indicators: {hoi-nghi: '9,5'}\n", False),
        ("strengths: Tốt\n", False),
        ("strengths: [Tốt, ]\n", True),
        ("strengths:\n  - \n", False),
        ("models: [{name: A, field: kinh tế, status: registered, replicate: true}]\n", True),
        ("models: [{name: A, field: văn hóa, status: registered}]\n", False),
        ("returned: {date: 30/5/2026, reason: ' '}\n", False),
    ],
)
def test_a_report_is_right_or_wrong_as_danvan_takes_it(text: str, is_right: bool) -> None:
    validator = validators(plan_from(PLAN))[REPORT_SCHEMA]
    assert (faults(validator, REPORT + text) == []) is is_right


def test_ids_that_look_like_numbers_may_be_without_quotes_in_the_plan() -> None:
    validator = validators(plan_from(PLAN))[PLAN_SCHEMA]
    assert faults(validator, PLAN.replace("'1.1'", "1.1")) == []
    assert faults(validator, PLAN.replace("task: '1.1'", "task: '1.9'")) != []


@pytest.mark.parametrize(
    ("deadline", "is_right"),
    [
        ("{before: 2026-06-02}", True),
        ("{before: 2026-06-02, by: }", True),
        ("{before: }", False),
        ("{}", False),
        ("{before: 2026-06-02, by: 2026-06-02}", False),
    ],
)
def test_a_deadline_is_right_or_wrong_as_danvan_takes_it(deadline: str, is_right: bool) -> None:
    plan = yaml.safe_load(FILES["plan.yaml"])
    plan["periods"]["h1"]["unit_deadline"] = yaml.safe_load(deadline)
    text = yaml.safe_dump(plan, allow_unicode=True)
    validator = validators(plan_from(FILES["plan.yaml"]))[PLAN_SCHEMA]
    assert (faults(validator, text) == []) is is_right
    read = PlanFile(Path("plan.yaml"), plan=plan_from(text))
    problems = rules.check(Workspace(Path(), read, [], [], []), date(2026, 11, 20))
    codes = {each.code for each in problems.get(Path("plan.yaml"), [])}
    assert ("P309" in codes) is not is_right


def test_a_group_may_stand_where_units_are_listed() -> None:
    text = PLAN.replace("assigned: [tiep-dan]", "assigned: [phong]").replace(
        "units: [tiep-dan]", "units: [phong]"
    )
    text += "unit_groups: {phong: [tong-hop, tiep-dan]}\n"
    assert faults(validators(plan_from(text))[PLAN_SCHEMA], text) == []


@pytest.mark.parametrize(("heir", "is_right"), [("hanh-chinh", True), ("hanh-chin", False)])
def test_a_unit_is_taken_over_by_units_of_the_plan(heir: str, is_right: bool) -> None:
    gone = f"{{id: noi-chinh, name: A, symbol: NC, until: 30/6/2026, into: [{heir}]}}"
    text = changed("plan.yaml", f"units: [{gone}]")
    plan = plan_from(changed("plan.yaml", ""))
    assert (faults(validators(plan)[PLAN_SCHEMA], text) == []) is is_right


def test_a_schema_is_valid_itself() -> None:
    for validator in validators(plan_from(PLAN)).values():
        Draft7Validator.check_schema(validator.schema)


@pytest.mark.parametrize("kind", DESCRIPTIONS)
def test_every_field_is_described_in_vietnamese(kind: type[Struct]) -> None:
    described = DESCRIPTIONS[kind]
    assert set(described) == {field.encode_name for field in fields(kind)}
    assert all(not text.isascii() and text.endswith(".") for text in described.values())


def test_tasks_and_indicators_are_offered_with_their_words() -> None:
    properties = validators(plan_from(PLAN))[REPORT_SCHEMA].schema["properties"]
    assert properties["results"]["properties"]["1.2"]["description"] == "1.2. Phát hành tài liệu."
    indicator = properties["indicators"]["properties"]["don"]
    assert indicator["description"] == "Đơn phải xử lý (đơn)."
    assert properties["unit"]["enum"] == ["tong-hop", "tiep-dan", "tin-hoc"]


def test_schemas_are_written_beside_the_plan(root: Path) -> None:
    result = danvan(root, "schema")
    assert result.exit_code == 0
    written = [Path(line).resolve() for line in result.stdout.splitlines()]
    assert written == [
        root / "schemas" / name for name in json_schemas.schema_texts(plan_from(PLAN))
    ]
    assert json.loads(written[0].read_text(encoding="utf-8"))["title"] == "Kế hoạch năm 2026"


def test_they_follow_the_plan_without_being_forced(root: Path) -> None:
    danvan(root, "schema")
    (root / "plan.yaml").write_text(
        PLAN.replace("units:\n", "units:\n  - {id: moi, name: Phòng mới}\n", 1), encoding="utf-8"
    )
    assert danvan(root, "schema").exit_code == 0
    text = (root / "schemas" / REPORT_SCHEMA).read_text(encoding="utf-8")
    assert json.loads(text)["properties"]["unit"]["enum"][0] == "moi"


def test_a_schema_that_a_person_edited_is_kept(root: Path) -> None:
    danvan(root, "schema", "-o", str(root / "khac"))
    edited = root / "khac" / OFFICE_SCHEMA
    edited.write_text(edited.read_text(encoding="utf-8").replace("Nơi nhận", "Gửi"), "utf-8")
    refused = danvan(root, "schema", "-o", str(root / "khac"))
    assert refused.exit_code == 2
    assert "không ghi đè" in refused.stderr
    assert "Gửi" in edited.read_text(encoding="utf-8")
    edited.write_text("không còn là Nơi gửi: Gửi", encoding="utf-8")
    assert danvan(root, "schema", "-o", str(root / "khac")).exit_code == 2
    assert danvan(root, "schema", "-o", str(root / "khac"), "--force").exit_code == 0
    assert "Gửi" not in edited.read_text(encoding="utf-8")


def test_a_plan_with_errors_gives_no_schema(root: Path) -> None:
    (root / "plan.yaml").write_text(PLAN.replace("task: '1.1'", "task: '9.9'"), encoding="utf-8")
    result = danvan(root, "schema")
    assert (result.exit_code, result.stdout) == (2, "")
    assert not (root / "schemas").exists()
