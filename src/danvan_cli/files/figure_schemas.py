"""The JSON Schema of a figure in a report's file, by the kind of its indicator."""

from typing import Any, TypeAlias

from danvan_cli.files.field_descriptions import DESCRIPTIONS
from danvan_cli.model.figure_kinds import most_digits
from danvan_cli.model.plan import Indicator
from danvan_cli.model.unit_report import GivenFigure
from danvan_cli.model.values import NO, YES

Schema: TypeAlias = dict[str, Any]


def _in_quotes(most: int) -> Schema:
    """A number with at most so many decimals, written as text."""
    decimals = rf"(?:[.,][0-9]{{1,{most}}})?" if most else ""
    told = (
        f"Số thập phân viết như '97,5', nhiều nhất {most} chữ số thập phân."
        if most
        else "Chỉ ghi chữ số."
    )
    pattern = rf"^\s*[0-9]{{1,15}}{decimals}\s*$"
    return {"type": "string", "pattern": pattern, "patternErrorMessage": told}


_COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"anyOf": [_COUNT, _in_quotes(2), {"type": "null"}]}
"""A figure of last year's or a target, of whatever kind."""


def figure_schema(indicator: Indicator) -> Schema:
    """The figure alone, or with `estimated` beside it; null, since an empty value is missing."""
    single = _single(indicator)
    described = DESCRIPTIONS[GivenFigure]
    group = {
        "type": "object",
        "properties": {
            "figure": {"description": described["figure"], **single},
            "estimated": {"description": described["estimated"], "type": "boolean"},
        },
        "required": ["figure"],
        "additionalProperties": False,
    }
    return {
        "description": f"{indicator.name} ({indicator.measure}).",
        "anyOf": [single, group, {"type": "null"}],
    }


def _single(indicator: Indicator) -> Schema:
    if indicator.kind == "yes_no":
        return {"enum": [YES, NO, True, False]}
    return {"anyOf": [_COUNT, _in_quotes(most_digits(indicator))]}
