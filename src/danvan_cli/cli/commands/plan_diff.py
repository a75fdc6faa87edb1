"""`danvan plan diff`: what changed in the plan, as a list or as the draft of its amendment."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import click
import typer

from danvan_cli.cli.commands.status_json import to_json
from danvan_cli.cli.frame import layout
from danvan_cli.cli.frame.layout import Block, Heading, Tone
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import AsOf, AsStatus, Force
from danvan_cli.cli.frame.places import destination, shown
from danvan_cli.files import paths, safe_write, workspace, yaml_reading
from danvan_cli.files.decoding import MAX_BYTES
from danvan_cli.files.yaml_reading import Source
from danvan_cli.model.plan import Plan
from danvan_cli.problems import Failure
from danvan_cli.report.plan_changes import (
    ChangedPart,
    ChangeKind,
    FieldChange,
    PlanChange,
    plan_changes,
)
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.git_file import file_at
from danvan_cli.vietnamese import enumeration, number
from danvan_cli.word.document import render
from danvan_cli.word.document.amendment_document import (
    amendment_document,
    is_empty,
    left_out,
    own_amendment,
)

Earlier = Annotated[
    str,
    typer.Argument(
        metavar="BẢN_CŨ",
        show_default=False,
        help="Lần ghi trong git (HEAD, v1, 1a2b3c4 …), hoặc một tệp plan.yaml khác.",
    ),
]
Draft = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="TỆP",
        help="Lập dự thảo Kế hoạch sửa đổi, bổ sung (.docx) gồm những gì đã khác.",
    ),
]

_PARTS: Mapping[ChangedPart, str] = {
    "plan": "Phần chung",
    "section": "Mục",
    "task": "Nhiệm vụ",
    "indicator": "Chỉ tiêu",
    "period": "Kỳ báo cáo",
    "unit": "Đơn vị",
}
_KINDS: Mapping[ChangeKind, tuple[str, Tone]] = {
    "added": ("Thêm", "good"),
    "ended": ("Thôi", "warning"),
    "removed": ("Bỏ", "bad"),
    "changed": ("Sửa", "warning"),
}
_NAME = "ke-hoach-sua-doi.docx"
_NOTHING = "–"
_SHORT = 60
"""Letters of an old and a new value together that stand on one line."""


def diff(
    ctx: typer.Context,
    earlier: Earlier,
    output: Draft = None,
    force: Force = False,
    as_of: AsOf = None,
    format: AsStatus = "table",
) -> None:
    """So kế hoạch với một bản cũ; lập dự thảo kế hoạch sửa đổi.

    Liệt kê nhiệm vụ, chỉ tiêu, kỳ báo cáo, đơn vị đã thêm, thôi, bỏ, sửa: cũ → mới. Với -o thì lập
    dự thảo Kế hoạch sửa đổi, bổ sung; những gì chỉ dùng cho chương trình (địa chỉ thư, mốc nội bộ
    …) được nêu ra, không đưa vào dự thảo.

    Mã kết thúc là 0, có khác hay không; 2 khi không đọc được bản cũ, hoặc không có gì để lập dự
    thảo.
    """
    checked = open_workspace(ctx, as_of)
    old, new = _old(checked, earlier), checked.workspace.plan.plan
    assert new is not None
    changes = plan_changes(old, new)
    if output is not None:
        _write(checked, old, new, changes, output, force=force)
        return
    match format:
        case "json":
            click.echo(to_json({"changes": [_record(change) for change in changes]}))
        case "csv":
            click.echo(_csv(changes), nl=False)
        case "markdown":
            click.echo(layout.markdown(_blocks(earlier, changes, "- ")), nl=False)
        case "table":
            layout.show(list(_blocks(earlier, changes, "")))


def _old(checked: CheckedWorkspace, earlier: str) -> Plan:
    """The plan as it was; Failure where there is none, or it cannot be read."""
    if path := _file(Path(earlier)):
        return _plan(path, workspace.read(path), shown(path))
    file = checked.workspace.plan.path
    content = file_at(file, earlier, MAX_BYTES)
    return _plan(file, yaml_reading.read(content), f"{file.name} ở lần ghi “{earlier}”")


def _file(named: Path) -> Path | None:
    """The plan's file that is named, itself or by its folder; None for what is no file's name."""
    with suppress(OSError):
        path = named / paths.PLAN_NAME if named.is_dir() else named
        return path if path.exists() else None
    return None


def _plan(path: Path, read: Source, what: str) -> Plan:
    file = workspace.plan_from(path, read)
    if file.plan is None:
        problems = workspace.with_positions(file, file.problems)
        first = problems[0] if problems else None
        where = f"dòng {first.line}: " if first and first.line else ""
        raise Failure(
            f"{what} không đọc được thành kế hoạch",
            f"{where}{first.message}" if first else None,
        )
    return file.plan


def _blocks(earlier: str, changes: Sequence[PlanChange], dash: str) -> Iterator[Block]:
    if not changes:
        yield layout.line(f"Kế hoạch không khác bản “{earlier}”.", "good")
        return
    yield layout.line(f"Kế hoạch so với bản “{earlier}”: {_counted(changes)}.")
    for part, title in _PARTS.items():
        own = [change for change in changes if change.part == part]
        if own:
            yield Heading(title)
        for change in own:
            yield from _of_change(change, dash)


def _counted(changes: Sequence[PlanChange]) -> str:
    """'thêm 2, thôi 1, sửa 3'."""
    counts = {
        words: sum(change.kind == kind for change in changes) for kind, (words, _) in _KINDS.items()
    }
    return ", ".join(f"{words.lower()} {number(count)}" for words, count in counts.items() if count)


def _of_change(change: PlanChange, dash: str) -> Iterator[Block]:
    words, tone = _KINDS[change.kind]
    if change.part != "plan":
        yield layout.line(f"{dash}{words} {change.id}: {change.name}", tone)
    indent = "" if change.part == "plan" else "  "
    for field in change.fields:
        yield from (
            layout.line(f"{indent}{dash}{words}") for words in _of_field(field, change.kind)
        )


def _of_field(field: FieldChange, kind: ChangeKind) -> Iterator[str]:
    """'thời hạn: A → B', long texts on a line each."""
    name = f"{field.name} ({field.place})" if field.place else field.name
    old, new = field.old or _NOTHING, field.new or _NOTHING
    if kind == "added":
        yield f"{name}: {new}"
    elif len(old) + len(new) < _SHORT:
        yield f"{name}: {old} → {new}"
    else:
        yield f"{name}, cũ: {old}"
        yield f"{name}, mới: {new}"


def _record(change: PlanChange) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "part": change.part,
        "id": change.id,
        "section": change.section or None,
        "name": change.name,
        "fields": [
            {"field": field.field, "place": field.place, "old": field.old, "new": field.new}
            for field in change.fields
        ],
    }


def _csv(changes: Sequence[PlanChange]) -> str:
    """One row a field, and one for what was removed."""
    return layout.csv_text(
        ["kind", "part", "id", "name", "field", "old", "new"],
        [
            [change.kind, change.part, change.id, change.name, *row]
            for change in changes
            for row in [[field.field, field.old, field.new] for field in change.fields]
            or [["", "", ""]]
        ],
    )


def _write(
    checked: CheckedWorkspace,
    old: Plan,
    new: Plan,
    changes: Sequence[PlanChange],
    output: Path,
    *,
    force: bool,
) -> None:
    """Writes the draft and says what is not in it; Failure where there is nothing to print."""
    if is_empty(changes):
        raise Failure(
            "kế hoạch không có nội dung nào phải sửa đổi, bổ sung bằng văn bản",
            "xem những gì đã khác: bỏ -o",
        )
    document = amendment_document(old, new, changes, checked.as_of)
    path = destination(output, output, _NAME)
    content = render.render_amendment(new, document, checked.workspace.root)
    written = safe_write.write(path, content, within=None, force=force)
    click.echo(f"Dự thảo Kế hoạch sửa đổi, bổ sung: {_counted(changes)}.", err=True)
    if not_printed := list(dict.fromkeys(left_out(changes))):
        click.echo(
            f"Không đưa vào dự thảo: {enumeration(not_printed)}.",
            err=True,
        )
    if own_amendment(old, new) is None:
        click.echo(
            "Ban hành rồi thì ghi số, ngày, trích yếu vào amendments của plan.yaml.", err=True
        )
    click.echo(shown(written))
