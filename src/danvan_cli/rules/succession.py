"""Rules on units that merge, split or get another name in the year."""

from collections.abc import Iterator
from datetime import date, timedelta

from danvan_cli.model import succession
from danvan_cli.model.plan import Plan, Unit, units_by_id
from danvan_cli.problems import ERROR, DataPath, Diagnostic, quoted, rule
from danvan_cli.vietnamese import enumeration, short_day

_DAY = timedelta(days=1)


@rule("P348", ERROR, "Đơn vị tiếp nhận vòng")
def successors_are_no_circle(plan: Plan) -> Iterator[Diagnostic]:
    """A unit that took over, by whatever way, from itself would never end."""
    following = succession.successors(plan)
    for i, unit in enumerate(plan.units):
        if unit.id in _after(unit.id, following):
            field = "into" if unit.into else "from_unit"
            yield Diagnostic(
                code="P348",
                message=f"đơn vị {quoted(unit.id)} tiếp nhận, tách ra từ chính nó, qua into, "
                "from_unit",
                hint="bỏ into hoặc from_unit ở đơn vị được ghi nhầm",
                path=("units", i, field),
            )


def _after(unit: str, following: dict[str, list[str]]) -> set[str]:
    """All that take over from a unit, directly or through others."""
    found: set[str] = set()
    left = list(following.get(unit, []))
    while left:
        if (other := left.pop()) not in found:
            found.add(other)
            left += following.get(other, [])
    return found


@rule("P349", ERROR, "Ngày của đơn vị tiếp nhận không khớp")
def successors_are_there_the_day_after(plan: Plan) -> Iterator[Diagnostic]:
    """What a unit had is passed on the day after its last, to units that are there on that day."""
    known, following = units_by_id(plan), succession.successors(plan)
    for i, unit in enumerate(plan.units):
        if unit.id in _after(unit.id, following):
            continue
        if unit.until:
            for place, name in enumerate(unit.into):
                heir = known.get(name)
                if heir and not heir.exists_on(unit.until + _DAY):
                    yield _not_there(("units", i, "into", place), heir, unit.until + _DAY)
        parent = known.get(unit.from_unit or "")
        if unit.from_ and parent and not parent.exists_on(unit.from_ - _DAY):
            yield _not_there(("units", i, "from_unit"), parent, unit.from_ - _DAY)


def _not_there(path: DataPath, unit: Unit, day: date) -> Diagnostic:
    if unit.from_ and day < unit.from_:
        state = f"chưa có vào ngày {short_day(day)} (từ {short_day(unit.from_)})"
    else:
        state = f"không còn vào ngày {short_day(day)} (đến hết {short_day(unit.until or day)})"
    return Diagnostic(
        code="P349",
        message=f"{quoted(unit.name)} {state}",
        hint="đơn vị tiếp nhận có từ ngày liền sau until của đơn vị cũ; xem lại from, until",
        path=path,
    )


@rule("P350", ERROR, "Sáp nhập, chia tách chưa ghi ngày")
def successions_have_a_day(plan: Plan) -> Iterator[Diagnostic]:
    """Without a day nobody knows from which period on others report."""
    for i, unit in enumerate(plan.units):
        for field, is_given, day, missing in (
            ("into", bool(unit.into), unit.until, "until, ngày hoạt động cuối cùng"),
            ("carry", unit.carry is not None, unit.until, "until, ngày hoạt động cuối cùng"),
            ("from_unit", unit.from_unit is not None, unit.from_, "from, ngày bắt đầu hoạt động"),
        ):
            if is_given and day is None:
                yield Diagnostic(
                    code="P350",
                    message=f"đơn vị {quoted(unit.id)} có {field} mà chưa ghi {missing}",
                    path=("units", i, field),
                    at_key=True,
                )


@rule("P351", ERROR, "Số liệu của đơn vị chia cho nhiều đơn vị")
def shared_figures_are_decided_on(plan: Plan) -> Iterator[Diagnostic]:
    """How the last figures are shared out among several units only a person can decide."""
    known, following = units_by_id(plan), succession.successors(plan)
    if not plan.indicators:
        return
    for i, unit in enumerate(plan.units):
        taking = [known[name] for name in following.get(unit.id, []) if name in known]
        if unit.until and len(taking) > 1 and unit.carry is None:
            yield Diagnostic(
                code="P351",
                message=f"{enumeration([heir.name for heir in taking])} cùng tiếp nhận "
                f"{quoted(unit.name)}, chưa rõ số liệu đã báo cáo của đơn vị này tính ở đâu",
                hint="ghi carry: add nếu danvan cộng số cuối của đơn vị cũ vào các kỳ sau, hoặc "
                "carry: included nếu các đơn vị tiếp nhận báo cáo cả phần đó",
                path=("units", i),
            )


@rule("P352", ERROR, "Tên cũ của đơn vị sai thứ tự ngày")
def names_are_in_order(plan: Plan) -> Iterator[Diagnostic]:
    """The first name whose day has not passed is that of a day, so they follow one another."""
    for i, unit in enumerate(plan.units):
        before: date | None = unit.from_ - _DAY if unit.from_ else None
        for place, former in enumerate(unit.names):
            path: DataPath = ("units", i, "names", place, "until")
            if before and former.until <= before:
                yield Diagnostic(
                    code="P352",
                    message=f"tên {quoted(former.name)} đến {short_day(former.until)}, không sau "
                    f"{short_day(before)}",
                    hint="xếp các tên cũ theo thứ tự thời gian; tên hiện nay ghi ở name",
                    path=path,
                )
            elif unit.until and former.until >= unit.until:
                yield Diagnostic(
                    code="P352",
                    message=f"tên {quoted(former.name)} đến {short_day(former.until)}, không trước "
                    f"ngày hoạt động cuối cùng của đơn vị ({short_day(unit.until)})",
                    hint="tên sau cùng của đơn vị ghi ở name",
                    path=path,
                )
            before = former.until
