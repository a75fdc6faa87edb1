"""Makes JSON Schemas of the files that people write, with the ids of a plan, for text editors.

Derived from the types, so they agree with `conversion`. They use draft 7, which every editor knows.
Keys and days must reach the validator as text, as YAML 1.2 reads them.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from danvan_cli.files.field_descriptions import DESCRIPTIONS, VALUE_NAMES
from danvan_cli.files.figure_schemas import NUMBER, figure_schema
from danvan_cli.files.yaml_writing import scalar
from danvan_cli.model.criteria import Compared, Criteria, Criterion, OfFigure, OfTarget
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.model.outline import SOURCE_KINDS, SourceKind
from danvan_cli.model.plan import (
    Deadline,
    Indicator,
    Milestone,
    OutlinePart,
    Period,
    Plan,
    Quotient,
    Task,
    Unit,
    is_assigned,
    tasks,
)
from danvan_cli.model.rating import Appeal, Approval, RatingRecord
from danvan_cli.model.registers import Computed, Register
from danvan_cli.model.unit_report import GivenFigure, UnitReport
from danvan_cli.model.values import (
    DECIMAL_PATTERN,
    FIGURE_PATTERN,
    ID_PATTERN,
    NOT_BLANK_PATTERN,
    PERCENT_PATTERN,
    POINTS_PATTERN,
    RESERVED_BY_WINDOWS,
    Day,
    Percent,
    Points,
)

Schema: TypeAlias = dict[str, Any]

FOLDER = "schemas"
PLAN_SCHEMA = "plan.schema.json"
REPORT_SCHEMA = "unit-report.schema.json"
OFFICE_SCHEMA = "office.schema.json"
CRITERIA_SCHEMA = "criteria.schema.json"
RATING_SCHEMA = "rating.schema.json"

_NULL: Schema = {"type": "null"}


def schema_texts(plan: Plan) -> dict[str, str]:
    """The texts of the schemas by file name."""
    schemas = {
        PLAN_SCHEMA: _plan_schema(plan),
        REPORT_SCHEMA: _report_schema(plan),
        OFFICE_SCHEMA: _office_schema(plan),
        CRITERIA_SCHEMA: _criteria_schema(plan),
        RATING_SCHEMA: _rating_schema(plan),
    }
    return {name: _with_fingerprint(schema) for name, schema in schemas.items()}


def is_as_written(content: bytes) -> bool:
    """Whether this is an unedited schema of danvan's; git may have changed its line ends."""
    text = content.decode("utf-8", "replace").replace("\r\n", "\n")
    try:
        schema = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return False
    return isinstance(schema, dict) and _with_fingerprint(schema) == text


def _with_fingerprint(schema: Schema) -> str:
    """The schema as text, with a comment that holds a fingerprint of the rest."""
    rest = {name: value for name, value in schema.items() if name != "$comment"}
    digest = hashlib.sha256(_json(rest).encode()).hexdigest()[:16]
    comment = f"Do lệnh danvan schema lập từ plan.yaml, không sửa tay; dấu kiểm tra {digest}"
    return _json({"$comment": comment, **rest})


def _json(schema: Schema) -> str:
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def _plan_schema(plan: Plan) -> Schema:
    schema = _schema(Plan, f"Kế hoạch năm {plan.year}")
    units, periods = _unit_names(plan), _period_names(plan)
    units_and_groups = units | dict.fromkeys(plan.unit_groups, "Nhóm đơn vị")
    task_texts = {str(task.id): task.text for _, task in tasks(plan)}
    indicators = {indicator.id: indicator.name for indicator in plan.indicators}
    registers = {name: register.file for name, register in plan.registers.items()}
    _choose(_field(schema, Plan, "coordinator"), units)
    _choose(_field(schema, Task, "lead"), units)
    _choose(_field(schema, Task, "assigned")["items"], units_and_groups)
    _choose(_field(schema, Indicator, "units")["items"], units_and_groups)
    _choose(_field(schema, Indicator, "task"), task_texts)
    _choose(_field(schema, Indicator, "part_of"), indicators)
    for name in ("part", "whole"):
        _choose(_field(schema, Quotient, name), indicators)
    _choose(_field(schema, Period, "units")["items"], units_and_groups)
    _choose(_field(schema, Unit, "into")["items"], units)
    _choose(_field(schema, Unit, "from_unit"), units)
    one, several = _field(schema, Period, "continues")["anyOf"][0]["anyOf"]
    _choose(one, periods)
    _choose(several["items"], periods)
    _choose(_field(schema, Register, "unit"), units)
    _choose(_field(schema, Computed, "register"), registers)
    previous = _field(schema, Indicator, "previous")
    previous["propertyNames"] = {"enum": list(periods)}
    previous["additionalProperties"] = NUMBER
    target = _field(schema, Indicator, "target")
    target["propertyNames"] = {"enum": list(periods)}
    by_unit = {"type": "object", "additionalProperties": NUMBER}
    by_unit["propertyNames"] = {"enum": list(units_and_groups)}
    target["additionalProperties"] = {"anyOf": [*NUMBER["anyOf"], by_unit]}
    signatories = _field(schema, Plan, "signatories")
    signatories.update(properties={"default": {"$ref": "#/$defs/Signatory"}}, required=["default"])
    _field(schema, OutlinePart, "of")["items"] = _of_outline(plan)
    _field(schema, Unit, "id").update(_FILE_NAME)
    _field(schema, Plan, "periods")["propertyNames"] = _FILE_NAME
    for type_ in (Deadline, Milestone):
        _definition(schema, type_)["oneOf"] = [_only("before", "by"), _only("by", "before")]
    return schema


def _of_outline(plan: Plan) -> Schema:
    """An item of `of`: a word, alone or with ids of the plan; own <id> may have any id."""
    ids: dict[SourceKind, list[str]] = {
        "section": [section.id for section in plan.sections],
        "task": [task.id for _, task in tasks(plan)],
    }
    alone = [kind for kind in SOURCE_KINDS if kind not in (*ids, "indicators", "own")]
    with_ids = [f"{kind} {name}" for kind, names in ids.items() for name in names]
    figures = "|".join(re.escape(indicator.id) for indicator in plan.indicators)
    with_any = rf"^\s*(?:own\s+\S.*|indicators(?:\s+(?:{figures}))+)\s*$"
    return {"anyOf": [{"enum": [*alone, *with_ids]}, {"type": "string", "pattern": with_any}]}


def _only(given: str, other: str) -> Schema:
    """The one field must have a day, and the other none."""
    return {"required": [given], "properties": {given: {"type": "string"}, other: _NULL}}


def _report_schema(plan: Plan) -> Schema:
    schema = _schema(UnitReport, f"Báo cáo của đơn vị năm {plan.year}")
    _choose(_field(schema, UnitReport, "unit"), _unit_names(plan))
    _choose(_field(schema, UnitReport, "period"), _period_names(plan))
    _field(schema, UnitReport, "year")["const"] = plan.year
    _name_keys(
        _field(schema, UnitReport, "results"),
        {str(task.id): f"{task.id}. {task.text}" for _, task in tasks(plan)},
    )
    indicators = _field(schema, UnitReport, "indicators")
    indicators["additionalProperties"] = False
    indicators["properties"] = {
        indicator.id: figure_schema(indicator)
        for indicator in plan.indicators
        if indicator.kind != "rate"
    }
    schema["$defs"].pop(GivenFigure.__name__)
    _name_keys(
        _field(schema, UnitReport, "notes"),
        {indicator.id: f"{indicator.name} ({indicator.measure})." for indicator in plan.indicators},
    )
    schema["allOf"] = list(_assignments(plan))
    return schema


def _office_schema(plan: Plan) -> Schema:
    schema = _schema(OfficeReport, f"Phần cơ quan tự viết năm {plan.year}")
    titles = {str(section.id): f"{section.id}. {section.title}" for section in plan.sections}
    _name_keys(_field(schema, OfficeReport, "sections"), titles)
    outlines = (plan.outline, *(period.outline for period in plan.periods.values()))
    own_words = {name: title for outline in outlines for name, title in _own_words(outline)}
    _name_keys(_field(schema, OfficeReport, "own"), own_words)
    return schema


def _criteria_schema(plan: Plan) -> Schema:
    schema = _schema(Criteria, f"Bộ tiêu chí chấm điểm, xếp loại năm {plan.year}")
    units_and_groups = _unit_names(plan) | dict.fromkeys(plan.unit_groups, "Nhóm đơn vị")
    indicators = {indicator.id: indicator.name for indicator in plan.indicators}
    _choose(_field(schema, Criteria, "period"), _period_names(plan))
    _choose(_field(schema, Criterion, "applies_to")["items"], units_and_groups)
    for type_, name in ((OfFigure, "id"), (OfFigure, "of"), (OfTarget, "id"), (Compared, "figure")):
        _choose(_field(schema, type_, name), indicators)
    return schema


def _rating_schema(plan: Plan) -> Schema:
    schema = _schema(RatingRecord, f"Bảng chấm điểm các đơn vị năm {plan.year}")
    for name in ("self", "council", "bonus", "deductions"):
        _name_keys(_field(schema, RatingRecord, name), _unit_names(plan))
    _name_keys(_field(schema, Approval, "totals"), _unit_names(plan))
    _choose(_field(schema, Appeal, "unit"), _unit_names(plan))
    return schema


def _own_words(parts: Iterable[OutlinePart]) -> Iterable[tuple[str, str]]:
    """The ids of what these parts leave to the office, each with the title of its part."""
    for part in parts:
        for written in part.of:
            kind, _, name = written.strip().partition(" ")
            if kind == "own":
                yield name.strip(), part.title
        yield from _own_words(part.parts)


def _unit_names(plan: Plan) -> dict[str, str]:
    return {unit.id: unit.name for unit in plan.units}


def _period_names(plan: Plan) -> dict[str, str]:
    return {name: period.standalone_name for name, period in plan.periods.items()}


def _assignments(plan: Plan) -> Iterable[Schema]:
    """Units report only their own tasks and indicators; one schema for all units with the same."""

    def names(unit: str) -> tuple[list[str], list[str]]:
        return (
            [str(task.id) for _, task in tasks(plan) if is_assigned(task, unit)],
            [indicator.id for indicator in plan.indicators if is_assigned(indicator, unit)],
        )

    for (own_tasks, own_indicators), units in groupby(
        sorted((unit.id for unit in plan.units), key=names), key=names
    ):
        yield {
            "if": {"properties": {"unit": {"enum": list(units)}}},
            "then": {
                "properties": {
                    "results": {"propertyNames": {"enum": own_tasks}},
                    "indicators": {"propertyNames": {"enum": own_indicators}},
                    "notes": {"propertyNames": {"enum": own_indicators}},
                }
            },
        }


def _schema(kind: type[Struct], title: str) -> Schema:
    """The schema that msgspec derives from the type, with Vietnamese descriptions."""
    _, components = msgspec.json.schema_components(
        (kind,), schema_hook=_single_value, ref_template="#/$defs/{name}"
    )
    types = {type_.__name__: type_ for type_ in DESCRIPTIONS}
    definitions = {name: _record(types[name], component) for name, component in components.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **definitions.pop(kind.__name__),
        "$defs": {**definitions, "Day": _DAY},
    }


def _single_value(type_: type) -> Schema:
    """The schema of a value that danvan reads itself; others read a Label as a number, unquoted."""
    if type_ is Day:
        return {"$ref": "#/$defs/Day"}
    if type_ is Points:
        return {"type": ["string", "integer"], "pattern": POINTS_PATTERN}
    if type_ is Percent:
        return {"type": "string", "pattern": PERCENT_PATTERN}
    return {"type": ["string", "number"], "pattern": NOT_BLANK_PATTERN}


def _record(type_: type[Struct], derived: Schema) -> Schema:
    required = derived.get("required", [])
    properties = {}
    for name, schema in derived["properties"].items():
        value = _value(schema)
        if names := VALUE_NAMES.get(type_, {}).get(name):
            value["enum"] = list(names)
            value["enumDescriptions"] = list(names.values())
        if name not in required:
            value = _or_null(value)
        properties[name] = {"description": DESCRIPTIONS[type_][name], **value}
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _value(derived: Schema) -> Schema:
    options = [dict(option) for option in derived.get("anyOf", [derived]) if option != _NULL]
    if len(options) > 1:
        return {"anyOf": [_value(option) for option in options]}
    (value,) = options
    if not isinstance(value.get("default"), str | int):
        value.pop("default", None)
    if "items" in value:
        value["items"] = _value(value["items"])
    if isinstance(value.get("additionalProperties"), dict):
        value["additionalProperties"] = _or_null(_value(value["additionalProperties"]))
    if "pattern" in value:
        value["patternErrorMessage"] = _PATTERN_MESSAGES[value["pattern"]]
    return value


def _or_null(value: Schema) -> Schema:
    """The schema with null, since a key without a value counts as missing."""
    if "enum" in value:
        return {**value, "enum": [*value["enum"], None]}
    if "type" in value:
        types = value["type"] if isinstance(value["type"], list) else [value["type"]]
        return {**value, "type": [*types, "null"]}
    return {"anyOf": [value, _NULL]}


def _definition(schema: Schema, type_: type[Struct]) -> Schema:
    definition: Schema = schema["$defs"].get(type_.__name__, schema)
    return definition


def _field(schema: Schema, type_: type[Struct], name: str) -> Schema:
    field: Schema = _definition(schema, type_)["properties"][name]
    return field


def _choose(value: Schema, names: Mapping[str, str]) -> None:
    """Allows only these ids; other programs read some of them as numbers if they have no quotes."""
    choice: Schema = {"enum": list(names), "enumDescriptions": list(names.values())}
    if "null" in value["type"]:
        choice["enum"].append(None)
    for keyword in ("type", "pattern", "patternErrorMessage"):
        value.pop(keyword, None)
    if all(scalar(name) == name for name in names):
        value.update(choice)
    else:
        value["anyOf"] = [choice, {"type": "number"}]


def _name_keys(value: Schema, descriptions: Mapping[str, str]) -> None:
    """Allows only these keys of an object; each has the schema that any key had."""
    schema = value["additionalProperties"]
    value["properties"] = {
        name: {"description": text, **schema} for name, text in descriptions.items()
    }
    value["additionalProperties"] = False


_PATTERN_MESSAGES = {
    ID_PATTERN: "Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, dài đến 40 ký tự.",
    NOT_BLANK_PATTERN: "Không được để trống.",
    DECIMAL_PATTERN: "Số viết như 9 hoặc '97,5', nhiều nhất hai chữ số thập phân.",
    FIGURE_PATTERN: "Số viết như 9 hoặc '97,5'; hoặc có, không.",
    PERCENT_PATTERN: "Tỷ lệ viết như 20%.",
    POINTS_PATTERN: "Điểm viết như 10 hoặc '7,5', nhiều nhất hai chữ số thập phân.",
}
_FILE_NAME = {
    "pattern": f"^(?!(?:{RESERVED_BY_WINDOWS.pattern})$){ID_PATTERN.removeprefix('^')}",
    "patternErrorMessage": f"{_PATTERN_MESSAGES[ID_PATTERN]} Tên dành riêng của Windows không dùng "
    "được.",
}


def _day_pattern() -> str:
    """29/5/2026 or 2026-05-29; in no month more days than it can have."""
    months = {
        "0?[1-9]|[12][0-9]|3[01]": "0?[13578]|1[02]",
        "0?[1-9]|[12][0-9]|30": "0?[469]|11",
        "0?[1-9]|[12][0-9]": "0?2",
    }
    year = "19[0-9]{2}|2[01][0-9]{2}|2200"
    written = "|".join(f"(?:{days})/(?:{month})" for days, month in months.items())
    iso = "|".join(f"(?:{month})-(?:{days})" for days, month in months.items())
    # Spaces before and after, which come with copied text, are allowed.
    return f"^\\s*(?:(?:{written})/(?:{year})|(?:{year})-(?:{iso}))\\s*$"


_DAY = {
    "type": "string",
    "pattern": _day_pattern(),
    "patternErrorMessage": "Phải là ngày có trong lịch, viết như 29/5/2026.",
}
