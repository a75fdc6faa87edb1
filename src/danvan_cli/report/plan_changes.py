"""What of a plan is other than in an earlier version of it: added, ended, removed, changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from danvan_cli.model.plan import Indicator, Period, Plan, Section, Task, Unit, tasks
from danvan_cli.report.plan_words import Names, field_name, in_words

ChangeKind = Literal["added", "ended", "removed", "changed"]
ChangedPart = Literal["section", "task", "indicator", "period", "unit", "plan"]

_LISTS_OF_PARTS = ("sections", "units", "periods", "indicators")
_TEXTS = ("legal_bases", "objectives", "requirements", "implementation", "recipients")
"""Fields of the plan with a text an item, which are compared item by item."""
_NAMED_BY = ("id", "text", "name", "title", "tasks")
"""What the line about a part says of it already, so that a new part's list leaves it out."""


class FieldChange(Struct, frozen=True):
    """A field that changed: `field` its key, `name` in words; `old`, `new` in words, '' for none.

    `place`: of an item of a list, its number from 1 in the old list, or the new one if it was
    added; else None.
    """

    field: str
    name: str
    old: str
    new: str
    place: int | None = None


class PlanChange(Struct, frozen=True):
    """One part of the plan that is new, or other than it was.

    `name`: its name or text; `section`: that of a task, '' of all else. `old` and `new` are
    the part's values, None where it is not there.
    """

    kind: ChangeKind
    part: ChangedPart
    id: str
    name: str
    fields: list[FieldChange]
    section: str = ""
    old: Struct | None = None
    new: Struct | None = None

    @property
    def old_name(self) -> str:
        """The name that the part had; '' of a new one."""
        return _name(self.old) if self.old else ""

    @property
    def until(self) -> date | None:
        """The last day that the part has now."""
        return getattr(self.new, "until", None)


def plan_changes(old: Plan, new: Plan) -> list[PlanChange]:
    """All that changed, in the new plan's order; what was removed stands behind the rest."""
    names = Names.of(old, new)
    return [
        *_of_plan(old, new, names),
        *_changes("section", _sections(old), _sections(new), names),
        *_tasks(old, new, names),
        *_changes("indicator", _by_id(old.indicators), _by_id(new.indicators), names),
        *_changes("period", old.periods, new.periods, names),
        *_changes("unit", _by_id(old.units), _by_id(new.units), names),
    ]


def _by_id(parts: Sequence[Indicator] | Sequence[Unit]) -> dict[str, Struct]:
    return {part.id: part for part in parts}


def _sections(plan: Plan) -> dict[str, Struct]:
    return {section.id: section for section in plan.sections}


def _tasks(old: Plan, new: Plan, names: Names) -> Iterator[PlanChange]:
    """Those of tasks, with the move to another section among them."""
    before = {str(task.id): (section, task) for section, task in tasks(old)}
    after = {str(task.id): (section, task) for section, task in tasks(new)}
    moved = {
        name: FieldChange("section", "mục", before[name][0].title, section.title)
        for name, (section, _) in after.items()
        if name in before and before[name][0].id != section.id
    }
    changes = _changes(
        "task",
        {name: task for name, (_, task) in before.items()},
        {name: task for name, (_, task) in after.items()},
        names,
        moved,
    )
    for change in changes:
        section, _ = after.get(change.id) or before[change.id]
        yield msgspec.structs.replace(change, section=str(section.id))


def _changes(
    part: ChangedPart,
    old: Mapping[str, Struct],
    new: Mapping[str, Struct],
    names: Names,
    moved: Mapping[str, FieldChange] | None = None,
) -> Iterator[PlanChange]:
    for name, now in new.items():
        before = old.get(name)
        changed = list(_fields(part, before, now, names))
        if moved and name in moved:
            changed.insert(0, moved[name])
        if before is None:
            yield PlanChange("added", part, name, _name(now), changed, old=None, new=now)
        elif changed:
            kind: ChangeKind = "ended" if _has_ended(before, now) else "changed"
            yield PlanChange(kind, part, name, _name(now), changed, old=before, new=now)
    for name, before in old.items():
        if name not in new:
            yield PlanChange("removed", part, name, _name(before), [], old=before, new=None)


def _has_ended(before: Struct, now: Struct) -> bool:
    until = getattr(now, "until", None)
    return until is not None and until != getattr(before, "until", None)


def _name(part: Struct) -> str:
    match part:
        case Task():
            return part.text
        case Section():
            return part.title
        case Indicator() | Period() | Unit():
            return part.name
        case _:
            return ""


def _fields(
    part: ChangedPart, before: Struct | None, now: Struct, names: Names
) -> Iterator[FieldChange]:
    """The fields that differ; of a new part, those that say more than nothing of it."""
    for each in fields(now):
        if each.name in (_NAMED_BY if before is None else ("id", "tasks")):
            continue
        value = getattr(now, each.name)
        if before is None:
            if each.required or value != _default(each):
                yield FieldChange(
                    each.encode_name,
                    field_name(part, each.encode_name),
                    "",
                    in_words(each.name, value, names),
                )
        elif (was := getattr(before, each.name)) != value:
            yield FieldChange(
                each.encode_name,
                field_name(part, each.encode_name),
                in_words(each.name, was, names),
                in_words(each.name, value, names),
            )


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default


def _of_plan(old: Plan, new: Plan, names: Names) -> Iterator[PlanChange]:
    """The plan's own fields, as one change."""
    changed: list[FieldChange] = []
    for each in fields(new):
        before, now = getattr(old, each.name), getattr(new, each.name)
        if each.name in _LISTS_OF_PARTS or before == now:
            continue
        name = field_name("plan", each.encode_name)
        if each.name in _TEXTS:
            changed += _items(each.encode_name, name, before, now)
        else:
            was, value = (in_words(each.name, value, names) for value in (before, now))
            changed.append(FieldChange(each.encode_name, name, was, value))
    if changed:
        yield PlanChange("changed", "plan", "", new.title, changed, old=old, new=new)


def _items(field: str, name: str, old: list[str], new: list[str]) -> Iterator[FieldChange]:
    """The texts of a list that were replaced, added or taken out, each with its place."""
    for tag, start, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            continue
        before, now = old[start:end], new[first:last]
        for place in range(max(len(before), len(now))):
            was = before[place] if place < len(before) else ""
            value = now[place] if place < len(now) else ""
            number = start + place + 1 if was else first + place + 1
            yield FieldChange(field, name, was, value, number)
