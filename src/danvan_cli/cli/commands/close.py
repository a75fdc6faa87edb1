"""`danvan close`: what a year's reports said, kept for the years that follow."""

from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import click
import typer

from danvan_cli import vietnamese
from danvan_cli.cli.commands import issued_record
from danvan_cli.cli.frame.opening import open_workspace
from danvan_cli.cli.frame.options import DryRun
from danvan_cli.cli.frame.places import shown
from danvan_cli.files import past_years, replacing, safe_write, yaml_reading
from danvan_cli.files.replacing import Original
from danvan_cli.files.yaml_writing import year_text
from danvan_cli.model.history import YearRecord, without_units
from danvan_cli.model.plan import Plan
from danvan_cli.model.plan_of_period import plan_of_period
from danvan_cli.problems import Failure
from danvan_cli.report.closing import IssuedPeriod, changed_since, year_record
from danvan_cli.report.figures import indicator_totals
from danvan_cli.tracking.checked_workspace import CheckedWorkspace
from danvan_cli.tracking.status import period_ids

Anyway = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Ghi cả khi có kỳ chưa ban hành (không có số liệu của kỳ đó), khi tệp đã có mà khác.",
    ),
]
_MOST_CHANGES = 20
_COMMENTS = (
    "Số liệu năm {year} như đã ban hành: tổng số và số của từng đơn vị, theo chỉ tiêu, theo kỳ.",
    "Do danvan close ghi, để so cùng kỳ trong kế hoạch năm sau.",
)


def close(ctx: typer.Context, dry_run: DryRun = False, force: Anyway = False) -> None:
    """Chốt số liệu của năm: giữ số đã ban hành để năm sau so cùng kỳ.

    Ghi vào history/<năm>.yaml tổng số như đã ban hành và số của từng đơn vị. Kế hoạch năm sau có
    tệp này bên cạnh, hoặc chỉ ra thư mục này (years), thì danvan tự lấy số liệu cùng kỳ.
    """
    checked = open_workspace(ctx, None)
    plan, root = checked.plan, checked.workspace.root
    periods = _issued(checked, force=force)
    path = past_years.history_path(root, plan.year)
    text, notes = _text(path, year_record(plan, periods))
    if dry_run:
        click.echo(text, nl=False)
    else:
        _write(replacing.read(path, root), text, force=force)
        notes.append(_next_step(plan, root.name))
    for line in [*_changes(plan, periods), *notes]:
        click.echo(line, err=True)
    if not dry_run:
        click.echo(shown(path))


def _text(path: Path, record: YearRecord) -> tuple[str, list[str]]:
    """The file's text, without the units' figures if no file can hold so many, and what to say."""
    comments = [line.format(year=record.year) for line in _COMMENTS]
    text = year_text(record, comments)
    if not past_years.history_from(path, yaml_reading.read(text.encode())).problems:
        return text, []
    left_out = "Số liệu của từng đơn vị quá nhiều cho một tệp nên chỉ ghi tổng số."
    return year_text(without_units(record), comments), [left_out]


def _write(old: Original, text: str, *, force: bool) -> None:
    """Raises Failure where the file says something else already, unless `force`."""
    before = None if old.content is None else old.content.decode("utf-8", "replace")
    if before == text:
        click.echo(f"{shown(old.path)} đã có đúng nội dung này, không ghi lại.", err=True)
        return
    if before is not None and not force:
        raise Failure(
            f"{shown(old.path)} đã có mà khác, nên không ghi đè",
            "các dòng khác nêu dưới đây (-: trong tệp, +: sẽ ghi); nếu ghi lại thì thêm --force",
            _differences(before, text),
        )
    safe_write.change(old, text.encode())


def _differences(before: str, now: str) -> list[str]:
    changes = [
        line.rstrip()
        for line in unified_diff(before.splitlines(), now.splitlines(), n=0, lineterm="")
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    rest = len(changes) - _MOST_CHANGES
    return changes[:_MOST_CHANGES] + ([f"… và {rest} dòng khác"] if rest > 0 else [])


def _issued(checked: CheckedWorkspace, *, force: bool) -> dict[str, IssuedPeriod]:
    """The issued periods in their order; Failure if one is not issued, unless `force`, or none."""
    plan, offices = checked.plan, checked.offices()
    days = {
        name: offices[name].issued_by(checked.today) if name in offices else None
        for name in period_ids(plan)
    }
    missing = [plan.periods[name].name for name, day in days.items() if day is None]
    if missing and (not force or len(missing) == len(days)):
        raise Failure(
            f"chưa chốt được số liệu năm {plan.year}: báo cáo {vietnamese.enumeration(missing)} "
            "chưa được ghi nhận ban hành",
            "ghi nhận bằng danvan issue; kỳ không ban hành báo cáo thì thêm --force",
        )
    return {name: _as_issued(checked, name, day) for name, day in days.items() if day is not None}


def _as_issued(checked: CheckedWorkspace, period: str, day: date) -> IssuedPeriod:
    record = issued_record.known(checked, period, "chốt được số liệu năm")
    plan = plan_of_period(checked.plan, period)
    return IssuedPeriod(record, indicator_totals(plan, checked.status(period, day)))


def _changes(plan: Plan, periods: dict[str, IssuedPeriod]) -> list[str]:
    lines = [f"  {line}" for line in changed_since(plan, periods)]
    head = "Tổng số ghi như đã ban hành, khác báo cáo của các đơn vị hiện nay:"
    return [head, *lines] if lines else []


def _next_step(plan: Plan, folder: str) -> str:
    return (
        f"Kế hoạch năm {plan.year + 1} lấy số cùng kỳ từ tệp này khi nằm cùng thư mục; nằm ở thư "
        f"mục khác thì ghi vào plan.yaml mới: years: [{{year: {plan.year}, from: ../{folder}}}]"
    )
