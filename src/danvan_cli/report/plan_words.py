"""The fields of the plan and their values as a person reads them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from danvan_cli import vietnamese
from danvan_cli.model.plan import Amendment, DataWindow, Deadline, Milestone, Plan, tasks

_OF_UNITS = ("assigned", "units", "lead", "into", "from_unit", "coordinator", "unit_groups")
_OF_PERIODS = ("continues", "previous", "target")
_NONE: Mapping[str, str] = {"assigned": "mọi đơn vị", "units": "mọi đơn vị"}
_VALUES: Mapping[tuple[str, str], str] = {
    ("direction", "more"): "từ mức đó trở lên",
    ("direction", "less"): "từ mức đó trở xuống",
    ("when_day_off", "keep"): "giữ nguyên",
    ("when_day_off", "next_working_day"): "chuyển sang ngày làm việc kế tiếp",
    ("carry", "add"): "cộng số cuối vào tổng số",
    ("carry", "included"): "đơn vị tiếp nhận đã tính cả",
}
_COMMON: Mapping[str, str] = {
    "from": "từ ngày",
    "until": "đến hết ngày",
    "amended_by": "văn bản sửa đổi",
    "name": "tên",
    "title": "tên",
    "subject": "trích yếu",
    "units": "đơn vị báo cáo",
    "recipients": "nơi nhận",
    "outline": "đề cương",
}
_NAMES: Mapping[str, Mapping[str, str]] = {
    "task": {
        "text": "nội dung",
        "heading": "tên ngắn",
        "assigned": "đơn vị thực hiện",
        "lead": "đơn vị chủ trì",
        "due": "thời hạn",
    },
    "indicator": {
        "measure": "đơn vị tính",
        "task": "nhiệm vụ",
        "units": "đơn vị báo cáo",
        "part_of": "chỉ tiêu tổng",
        "phrase": "câu viết số liệu",
        "none": "câu viết khi bằng 0",
        "previous": "số liệu cùng kỳ năm trước",
        "target": "mức kế hoạch",
        "direction": "cách đạt kế hoạch",
        "kind": "loại số liệu",
        "decimal": "số chữ số thập phân",
        "rate": "cách tính",
        "computed": "sổ theo dõi",
    },
    "period": {
        "next_name": "tên kỳ tới",
        "data": "thời gian chốt số liệu",
        "unit_deadline": "hạn đơn vị gửi báo cáo",
        "unit_deadlines": "hạn riêng của đơn vị",
        "extensions": "gia hạn",
        "office_deadline": "hạn cơ quan gửi báo cáo",
        "milestones": "mốc nội bộ",
        "addressees": "nơi kính gửi",
        "continues": "kỳ đã gồm",
    },
    "unit": {
        "short": "tên viết tắt",
        "symbol": "ký hiệu",
        "email": "thư điện tử",
        "own_number": "có sổ văn bản riêng",
        "names": "tên cũ",
        "into": "đơn vị tiếp nhận",
        "from_unit": "đơn vị gốc",
        "carry": "cách tính số liệu đã báo cáo",
    },
    "plan": {
        "title": "tên kế hoạch",
        "number": "số, ký hiệu",
        "issued": "ngày ban hành",
        "amendments": "văn bản sửa đổi, bổ sung",
        "organization": "cơ quan",
        "signatories": "người ký",
        "archive": "lưu",
        "drafter": "người soạn thảo",
        "coordinator": "đơn vị đôn đốc, tổng hợp",
        "legal_bases": "căn cứ",
        "opening": "câu dẫn",
        "objectives": "mục đích",
        "requirements": "yêu cầu",
        "implementation": "tổ chức thực hiện",
        "closing": "đoạn kết",
        "unit_groups": "nhóm đơn vị",
        "all_units": "cách gọi chung các đơn vị",
        "when_day_off": "hạn rơi vào ngày nghỉ",
        "days_off": "ngày nghỉ thêm",
        "working_days": "ngày làm bù",
        "document": "hình thức văn bản",
        "awards": "hình thức khen thưởng",
        "appendix_titles": "tên phụ lục",
        "checks": "quy tắc kiểm tra",
        "registers": "sổ theo dõi",
        "years": "các năm trước",
    },
}


class Names(Struct, frozen=True):
    """What units, periods, indicators and tasks are called, by id, as the new plan has it."""

    units: Mapping[str, str]
    periods: Mapping[str, str]
    indicators: Mapping[str, str]
    tasks: Mapping[str, str]

    @classmethod
    def of(cls, old: Plan, new: Plan) -> "Names":
        plans = (old, new)
        return cls(
            {unit.id: unit.name for plan in plans for unit in plan.units},
            {
                name: period.standalone_name
                for plan in plans
                for name, period in plan.periods.items()
            },
            {each.id: each.name for plan in plans for each in plan.indicators},
            {
                str(task.id): f"{task.id} ({vietnamese.bare(task.text)})"
                for plan in plans
                for _, task in tasks(plan)
            },
        )


def field_name(part: str, field: str) -> str:
    """A field in words; one that has none yet by its key in the file."""
    return _NAMES.get(part, {}).get(field) or _COMMON.get(field) or field


def in_words(field: str, value: Any, names: Names) -> str:
    """A field's value on one line; '' for nothing."""
    known: Mapping[str, str] = {}
    if field in _OF_UNITS:
        known = names.units
    elif field in _OF_PERIODS:
        known = {**names.units, **names.periods}
    elif field in ("part_of", "task"):
        known = names.indicators if field == "part_of" else names.tasks
    if value is None:
        return _NONE.get(field, "")
    if isinstance(value, str) and (field, value) in _VALUES:
        return _VALUES[field, value]
    return _words(value, known)


def _words(value: Any, known: Mapping[str, str]) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case int() | Decimal():
            return vietnamese.number(value)
        case date():
            return vietnamese.short_day(value)
        case str():
            return known.get(value, " ".join(value.split()))
        case list():
            words = [_words(item, known) for item in value]
            return vietnamese.enumeration(words) if known else "; ".join(words)
        case dict():
            return "; ".join(
                f"{known.get(key, key)}: {_words(each, known)}" for key, each in value.items()
            )
        case Milestone():
            return f"{value.name} {_deadline(value)}"
        case Deadline():
            return _deadline(value)
        case DataWindow():
            return f"từ {_words(value.from_, known)} đến {_words(value.to, known)}"
        case Amendment():
            return f"số {value.number} ngày {_words(value.issued, known)} {value.subject}"
        case Struct():
            return _struct(value, known)
        case _:
            return str(value)


def _deadline(deadline: Deadline) -> str:
    if deadline.before is not None:
        return f"trước ngày {vietnamese.short_day(deadline.before)}"
    return f"chậm nhất ngày {vietnamese.short_day(deadline.by)}" if deadline.by else ""


def _struct(value: Struct, known: Mapping[str, str]) -> str:
    """Its fields that say anything, each behind its name or key."""
    said = [(each.encode_name, _words(getattr(value, each.name), known)) for each in fields(value)]
    return ", ".join(f"{_COMMON.get(name, name)} {words}" for name, words in said if words)
