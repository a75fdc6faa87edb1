"""The boxes of a unit's Word form: what each may hold, how a person finds it, its report's path.

Builder and reader of the form share this table, so that what goes in comes out.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.forms import figures
from danvan_cli.model.plan import Indicator, Plan, Unit, is_assigned, tasks
from danvan_cli.model.report_fields import REPORT_FIELDS, YES_NO, Kind
from danvan_cli.model.unit_report import LIST_TITLES, Proposal, UnitReport
from danvan_cli.word.file.content_controls import LONGEST_NAME

Path: TypeAlias = tuple[str, ...]
"""Field names, keys and, in lists, numbers from 1: ('models', '1', 'name')."""

PROMPTS: Mapping[Kind, str] = {
    "choice": "Chọn",
    "prose": "Nhấp vào đây để nhập",
    "items": "Nhấp vào đây để nhập",
    "line": "Nhấp vào đây để nhập",
    "number": "Nhập số",
    "day": "Chọn ngày",
}
"""What an empty box shows. LibreOffice keeps it as if a person had typed it."""

WORDS_OWN_PROMPTS = (
    "Click or tap here to enter text.",
    "Click here to enter text.",
    "Choose an item.",
    "Click or tap to enter a date.",
    "Click here to enter a date.",
    "Choose a building block.",
    "Bấm hoặc gõ nhẹ vào đây để nhập văn bản.",
    "Chọn một mục.",
    "Bấm hoặc gõ nhẹ để nhập ngày.",
    "Chọn một khối dựng.",
)
"""What Word shows in its stead in a box that was filled in and emptied again."""

DOCUMENT = "bieu-mau"
"""What kind of document a form says it is."""

BOOKMARK_START = "dv_"
"""What the names of the bookmarks in a form begin with."""

USUAL_ROWS = 4
MOST_ROWS = 99
_ROWS: Mapping[str, str] = {
    "models": "phần IV, mô hình",
    "awards": "phần V, đề xuất",
    "proposals": "phần VI, kiến nghị",
}
ROW_LISTS = tuple(_ROWS)
"""The fields whose boxes stand in numbered rows; a row of proposals holds those to one body."""


class Box(Struct, frozen=True):
    """One box of the form; `choices`: value in the report → words to choose from."""

    path: Path
    part: str
    label: str
    kind: Kind
    choices: Mapping[Any, str] = {}

    @property
    def in_words(self) -> str:
        """'mục 4.2, ô Kết quả'."""
        return f"{self.part}, ô {self.label}"

    @property
    def title(self) -> str:
        """The title of its content control."""
        return self.in_words[:LONGEST_NAME]

    @property
    def tag(self) -> str:
        """The tag of its content control: 'results.4.2.summary'."""
        tag = ".".join(self.path)
        return tag if len(tag) <= LONGEST_NAME else f"{tag[: LONGEST_NAME - 9]}.{_digest(tag)}"

    @property
    def bookmark(self) -> str:
        """The bookmark in its cell, which outlives programs that drop tags.

        Letters, digits and `_`, at most 40 (ECMA-376 names no limit, but Word keeps this one).
        """
        return f"{BOOKMARK_START}{re.sub('[^0-9A-Za-z]', '_', self.tag)[:26]}_{_digest(self.tag)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def boxes(plan: Plan, unit: Unit, rows: Mapping[str, int] = MappingProxyType({})) -> list[Box]:
    """Every box of the unit's form in reading order; `rows` by list, the most where it has none."""
    in_rows = {
        name: [
            box
            for row in range(1, rows.get(name, MOST_ROWS) + 1)
            for box in _group((name, str(row)), f"{part} {row}")
        ]
        for name, part in _ROWS.items()
    }
    return [
        Box(("leadership",), "phần I", "Công tác lãnh đạo, chỉ đạo", "prose"),
        *_result_boxes(plan, unit),
        *_indicator_boxes(plan, unit),
        *in_rows["models"],
        *in_rows["awards"],
        *(
            Box((name,), "phần VI", label, "items")
            for name, label in LIST_TITLES.items()
            if name not in ROW_LISTS
        ),
        *in_rows["proposals"],
        Box(("submitted",), "phần VII", "Ngày gửi báo cáo", "day"),
        *_group(("signatory",), "phần VII"),
    ]


def fingerprint(plan: Plan, unit: Unit) -> str:
    """Stands for the tasks and indicators of the unit's form: the same ids, words and measures.

    64 hex digits; deadlines, other units and so on may change without changing it.
    """
    own_tasks = [task for _, task in tasks(plan) if is_assigned(task, unit.id)]
    assigned = [indicator for indicator in plan.indicators if is_assigned(indicator, unit.id)]
    own = [
        *([str(task.id), task.text] for task in own_tasks),
        *(
            [indicator.id, indicator.name, indicator.measure, *_kind(indicator)]
            for indicator in assigned
        ),
    ]
    return hashlib.sha256(json.dumps(own, ensure_ascii=False).encode()).hexdigest()


def _kind(indicator: Indicator) -> list[str]:
    """The kind, for which the boxes are others; nothing where they are as they always were."""
    return [] if indicator.kind == "count" else [indicator.kind]


def _group(path: Path, part: str) -> Iterator[Box]:
    """The boxes of a task, a model, an award …, by its path."""
    for name, field in REPORT_FIELDS[path[0]].items():
        yield Box((*path, name), part, field.label, field.kind, field.choices)


def _result_boxes(plan: Plan, unit: Unit) -> Iterator[Box]:
    for _, task in tasks(plan):
        if is_assigned(task, unit.id):
            yield from _group(("results", str(task.id)), f"mục {task.id}")


def _indicator_boxes(plan: Plan, unit: Unit) -> Iterator[Box]:
    for indicator in plan.indicators:
        if is_assigned(indicator, unit.id):
            path, part = ("indicators", indicator.id), "phần III"
            if indicator.kind == "yes_no":
                yield Box(path, part, indicator.name, "choice", YES_NO)
            else:
                yield Box(path, part, indicator.name, "number")
            # A form has it only below a figure that is doubtful, or explained already.
            label = f"Giải trình: {indicator.name}"
            yield Box(("notes", indicator.id), "phần III", label, "prose")


def rows_in(report: UnitReport) -> dict[str, int]:
    """How many rows of each list the report fills."""
    return {
        "models": len(report.models),
        "awards": len(report.awards),
        "proposals": len(_proposal_rows(report)),
    }


def _proposal_rows(report: UnitReport) -> list[dict[str, Any]]:
    """The proposals in order, those in a row that have the same `to`, or none, together."""
    pairs = [
        (item.to, item.text) if isinstance(item, Proposal) else (None, item)
        for item in report.proposals
    ]
    return [
        {"to": to, "text": [text for _, text in group]}
        for to, group in groupby(pairs, key=lambda pair: pair[0])
    ]


def text_in(box: Box, report: UnitReport) -> str:
    """What the report says in this box; '' for nothing, a choice by its value, not its words."""
    if box.path[0] == "indicators":
        return figures.text_of(report, box.path[1])
    value: Any = report
    names = box.path
    if names[0] == "proposals":
        value, names = _proposal_rows(report), names[1:]
    for name in names:
        match value:
            case None:
                return ""
            case list():
                value = value[int(name) - 1] if int(name) <= len(value) else None
            case dict():
                value = value.get(name)
            case _:
                value = getattr(value, name)
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return "\n".join(value)
        case _ if box.kind == "day":
            return vietnamese.short_day(value)
        case _:
            return str(value)


def in_words(box: Box, text: str) -> str:
    """What a person reads in the box: the words of a choice, any other text as it is."""
    return {str(value): words for value, words in box.choices.items()}.get(text, text)


def data_of(filled: Iterable[tuple[Box, str]]) -> dict[str, Any]:
    """The report's data, as its file would hold them, for the boxes that are not empty.

    A row that is wholly empty is left out; rows keep their order, so the second item may come from
    the third row, and of proposals several from one. A number that is none stays text, for
    `conversion` to report.
    """
    data: dict[str, Any] = {}
    for box, text in filled:
        if text.strip():
            *above, last = box.path
            place = data
            for name in above:
                place = place.setdefault(name, {})
            place[last] = _value(box, text)
    for name in ("models", "awards"):
        if name in data:
            data[name] = list(data[name].values())
    if "proposals" in data:
        data["proposals"] = [item for row in data["proposals"].values() for item in _items_of(row)]
    return data


def _items_of(row: Mapping[str, Any]) -> list[Any]:
    """The proposals of a row, a line each; an addressee alone lacks the text."""
    if "to" not in row:
        return list(row["text"])
    to = {"to": row["to"]}
    return [to | {"text": line} for line in row["text"]] if "text" in row else [to]


def _value(box: Box, text: str) -> Any:
    match box.kind:
        case "items":
            return [line for line in text.split("\n") if line.strip()]
        case "number":
            return figures.read(text)
        case "choice" if set(box.choices) == {"true", "false"} and text in box.choices:
            return figures.yes_or_no(text) if box.path[0] == "indicators" else text == "true"
        case _:
            return text
