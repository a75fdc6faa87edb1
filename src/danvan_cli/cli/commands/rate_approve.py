"""`danvan rate --approve`: writes into `_rating.yaml` by which decision the result was approved."""

import re
from datetime import date
from typing import Annotated

import click
import typer
from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.cli.commands import rate_result
from danvan_cli.cli.commands.rate_result import Rated
from danvan_cli.cli.frame.places import shown
from danvan_cli.evaluation import approval
from danvan_cli.evaluation.classes import UnitRating
from danvan_cli.files import safe_write
from danvan_cli.files.paths import RATING_NAME
from danvan_cli.files.yaml_editing import updated
from danvan_cli.model.criteria import Decision
from danvan_cli.model.rating import Approval
from danvan_cli.model.values import Day, Points
from danvan_cli.problems import Failure
from danvan_cli.tracking.checked_workspace import original_file

Number = Annotated[
    str | None,
    typer.Option(
        "--approve",
        metavar="SỐ",
        help="Ghi nhận kết quả đã được phê duyệt theo quyết định có số này, như 60/QĐ-VP.",
    ),
]
DayOfApproval = Annotated[
    date | None,
    typer.Option(
        "--date",
        metavar="NGÀY",
        parser=vietnamese.parse_day,
        help="Với --approve: ngày của quyết định, như 20/11/2026.",
    ),
]

_NUMBER = re.compile(r"(?:0[1-9]|[1-9]\d+)/QĐ-\S+")
"""Number and symbol of a decision (NĐ 30/2020, PL I, I.II.3b); another office may have made it."""
_NOTHING = b"{}\n"


class Approve(Struct, frozen=True):
    """What is asked for; `force`: whether to replace what was recorded before."""

    number: str
    day: date
    dry_run: bool
    force: bool


def asked(
    number: str | None, day: date | None, *, dry_run: bool, force: bool, others: list[str]
) -> Approve | None:
    """None where nothing is to be approved.

    Raises Failure for options that only belong together, or do not.
    """
    if number is None:
        if day or dry_run:
            raise Failure("--date, --dry-run chỉ dùng khi ghi nhận phê duyệt", "thêm --approve SỐ")
        return None
    number = vietnamese.nfc(number).strip()
    if day is None:
        raise Failure("chưa có ngày của quyết định", f"danvan rate --approve {number} --date NGÀY")
    if others:
        raise Failure(f"không dùng {', '.join(others)} cùng --approve", "chạy riêng từng lệnh")
    if _NUMBER.fullmatch(number) is None:
        raise Failure(
            f"số, ký hiệu “{number}” không đúng dạng của quyết định",
            "viết như 60/QĐ-VP; số nhỏ hơn 10 thì thêm số 0 phía trước",
        )
    return Approve(number, day, dry_run, force)


def approve(found: Rated, wanted: Approve) -> None:
    """Writes the decision and each unit's total of its day; says what comes next.

    Raises Failure for an impossible day, while points or reports are still to come, and where
    another approval is recorded.
    """
    checked, period, day = found.checked, found.criteria.period, wanted.day
    _refuse_impossible(found, day)
    units = rate_result.units_on(checked, found.criteria, found.record, day)
    _refuse_provisional(units)
    now = Approval(
        on=Day.of(day),
        decision=Decision(number=wanted.number, issued=Day.of(day)),
        totals={unit: Points(total) for unit, total in approval.totals(units).items()},
    )
    if not wanted.force:
        _refuse_another(found.record.approved, now)
    path = checked.reports_folder(period) / RATING_NAME
    old = original_file(checked, path, rate_result.file_of(checked, period))
    text = updated((old.content or _NOTHING).decode(), replace(found.record, approved=now))
    if wanted.dry_run:
        click.echo(text, nl=False)
        return
    safe_write.change(old, text.encode())
    click.echo(
        f"Đã ghi nhận: kết quả của {len(now.totals)} đơn vị được phê duyệt theo Quyết định số "
        f"{wanted.number} {vietnamese.long_day(day)}. Từ nay chỉ kiến nghị được giải quyết "
        f"(appeals) mới đổi điểm; đổi cách khác thì danvan rate báo lỗi R496. Ghi tệp vào git, rồi "
        f"lập bảng xếp loại: danvan rate --format xlsx",
        err=True,
    )
    click.echo(shown(path))


def _refuse_impossible(found: Rated, day: date) -> None:
    """Raises Failure for a day to come, or one before the reports were due."""
    checked, period = found.checked, found.criteria.period
    if day > checked.as_of:
        raise Failure(f"ngày phê duyệt {vietnamese.short_day(day)} chưa đến")
    waiting = [each for each in checked.status(period, day).units if each.state == "pending"]
    if waiting:
        last = max(each.deadline.last_day for each in waiting)
        raise Failure(
            f"ngày phê duyệt {vietnamese.short_day(day)} ở trước khi hết hạn báo cáo của kỳ "
            f"({vietnamese.short_day(last)})",
            "xem lại --date",
        )


def _refuse_provisional(units: list[UnitRating]) -> None:
    """Raises Failure while points of a unit that is classed are still to come."""
    waiting = [each.points for each in units if each.rank is not None and each.is_provisional]
    if waiting:
        raise Failure(
            "kết quả còn tạm tính nên chưa ghi nhận phê duyệt",
            "ghi đủ điểm vào _rating.yaml; xem từng đơn vị: danvan rate --unit ĐƠN_VỊ",
            [
                f"{each.unit.name}: còn chờ điểm của tiêu chí "
                f"{', '.join(one.criterion.id for one in each.waiting)}"
                for each in waiting
            ],
        )
    if all(each.rank is None for each in units):
        raise Failure("chưa có đơn vị nào được xếp hạng nên không có gì để phê duyệt")


def _refuse_another(known: Approval | None, now: Approval) -> None:
    """Raises Failure where something else was approved; a day without totals is added to."""
    if known is None or known == now:
        return
    if known.on == now.on and not known.totals and known.decision in (None, now.decision):
        return
    by = f" theo Quyết định số {known.decision.number}" if known.decision else ""
    raise Failure(
        f"kết quả đã được phê duyệt ngày {vietnamese.short_day(known.on)}{by}",
        "đổi điểm sau đó thì ghi kiến nghị (appeals); ghi nhầm, hoặc phê duyệt lại, thì thêm "
        "--force",
    )
