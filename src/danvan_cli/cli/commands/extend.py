"""`danvan remind --extend`: more time for units, written into the plan, and the letter of it."""

from collections.abc import Iterator
from pathlib import Path

import click
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.frame.places import folder_for_several, shown, within
from danvan_cli.files import safe_write
from danvan_cli.files.yaml_editing import updated
from danvan_cli.model import deadlines
from danvan_cli.model.deadlines import DeadlineStatus
from danvan_cli.model.plan import Extension, Plan
from danvan_cli.problems import Failure
from danvan_cli.rules.unit_deadlines import extensions_help
from danvan_cli.tracking.checked_workspace import (
    CheckedWorkspace,
    known_unit,
    original_file,
    reporter,
)
from danvan_cli.word.document import render
from danvan_cli.word.document.extension_document import extension_document

LETTER_NAME = "cong-van-gia-han.docx"


def extend(
    checked: CheckedWorkspace,
    period: str,
    extension: Extension,
    output: Path | None,
    *,
    force: bool,
) -> None:
    """Writes the letter, then the entry in plan.yaml; says where, and what to look at again.

    Raises Failure for units that do not report for the period, and for a day that is no later than
    their deadline.
    """
    units = [reporter(checked, known_unit(checked.plan, unit), period) for unit in extension.units]
    old = _deadlines(checked, period, extension)
    longest = max(old, key=lambda due: due.last_day)
    if extension.by <= longest.last_day:
        raise Failure(
            f"ngày gia hạn {vietnamese.short_day(extension.by)} không sau thời hạn "
            f"{vietnamese.short_day(longest.last_day)}",
            "đặt --until là một ngày sau đó",
        )
    read = checked.workspace.plan
    assert read.plan is not None
    changed = with_extension(read.plan, period, extension)
    original = original_file(checked, read.path, read)
    text = updated((original.content or b"").decode(), changed)
    folder = folder_for_several(
        output, checked.output_folder(period) / "remind" / checked.as_of.isoformat()
    )
    document = extension_document(
        checked.plan, checked.plan.periods[period], units, extension, longest, checked.as_of
    )
    letter = render.render_extension(checked.plan, document, checked.workspace.root)
    home = within(output, checked.workspace.root)
    (path,) = safe_write.write_all(folder, {LETTER_NAME: letter}, within=home, force=force)
    safe_write.change(original, text.encode())
    for line in _told(changed, period, extension, [unit.name for unit in units], read.path):
        click.echo(line, err=True)
    click.echo(shown(path))


def with_extension(plan: Plan, period: str, extension: Extension) -> Plan:
    """The plan as its file has it, with one extension more."""
    old = plan.periods[period]
    new = replace(old, extensions=[*old.extensions, extension])
    return replace(plan, periods={**plan.periods, period: new})


def _deadlines(
    checked: CheckedWorkspace, period: str, extension: Extension
) -> list[DeadlineStatus]:
    calendar = deadlines.work_calendar(checked.plan)
    given = checked.plan.periods[period]
    return [deadlines.unit_status(given, unit, checked.as_of, calendar) for unit in extension.units]


def _told(
    plan: Plan, period: str, extension: Extension, names: list[str], path: Path
) -> Iterator[str]:
    day = vietnamese.short_day(extension.by)
    yield f"Đã ghi vào {shown(path)}: {vietnamese.enumeration(names)}, gia hạn đến {day}."
    place = ("periods", period, "extensions", len(plan.periods[period].extensions) - 1)
    for doubt in extensions_help(plan):
        if doubt.path[: len(place)] == place:
            yield f"Cần xem lại: {doubt.message} ({doubt.code})."
    yield f"{LETTER_NAME} là dự thảo để trình ký, lấy số; ghi số ấy vào document của gia hạn này."
