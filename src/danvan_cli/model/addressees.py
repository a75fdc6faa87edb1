"""Tells to which body a proposal is addressed: by its `to`, else by how its text begins.

A body is told only where the text leaves no doubt; else the addressee is not known.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.plan import Period, Plan, Unit
from danvan_cli.model.unit_report import Proposal

_ABBREVIATIONS = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "VP": "Văn phòng"}
_ABBREVIATED = re.compile(rf"\b(?:{'|'.join(_ABBREVIATIONS)})\b")
_DASH = re.compile(r"\s*[-–—]\s*")
_LEAD = re.compile(
    r"\W*(?:(?:kính|trân trọng)\s+)?(?:đề nghị|kiến nghị|đề xuất)(?:\s+(?:với|đến))?\s+"
    r"|\W*đối với\s+",
    re.IGNORECASE,
)
_HEAD_OF = re.compile(
    r"(?:(?:tập thể|ban)\s+)?lãnh đạo\s+"
    r"|(?:thủ trưởng|người đứng đầu|chánh|giám đốc|chủ tịch|trưởng)\s+",
    re.IGNORECASE,
)
_UNITS = r"(?:phòng|ban|trung tâm|bộ phận)"
_OWN_UNITS = re.compile(rf"các {_UNITS}(?:,? (?:{_UNITS}|đơn vị))*(?: (?:trực )?thuộc (.+))?")
_JOINS_ANOTHER = re.compile(r"\s+(?:và|hoặc|cùng)\s")
_VERB = re.compile(
    r"\s(?:ban hành|báo cáo|bố trí|bổ sung|cân đối|cấp (?:bổ sung|đủ|kinh phí|thêm)|chỉ đạo|cho|chủ"
    r" trì|có|cung cấp|cử|duy trì|đầu tư|đẩy mạnh|điều chỉnh|đôn đốc|giải quyết|giao|giữ|hằng"
    r" (?:năm|quý|tháng)|hoàn thiện|hỗ trợ|hướng dẫn|kiểm tra|kịp thời|mở|nâng|nghiên cứu|nhân"
    r" rộng|phân bổ|phối hợp|quan tâm|quy định|rà soát|sắp xếp|sớm|sửa|tạo|tăng|tập huấn|tham"
    r" mưu|tháo gỡ|thống nhất|thực hiện|tiếp tục|tổ chức|trang bị|trình|triển khai|xem xét|xử lý"
    r"|yêu cầu)\b"
)
_BODY = re.compile(
    r"(?:Sở|Bộ|Ban|Cục|Chi cục|Công an|Trung tâm|Trường|Văn phòng|Hội|Liên đoàn|Phòng)\s+[A-ZĐÀ-Ỹ]"
    r"|(?:Ủy ban|Hội đồng|Chính phủ|Thủ tướng|Quốc hội|Tỉnh ủy|Thành ủy|Đảng ủy)\b"
    r"|[Cc]ác (?:sở|bộ|cơ quan|huyện|xã|phường|địa phương|đơn vị)\b"
)
_LONGEST_NAME = 80
_LONG_ENOUGH = 3


class Body(Struct, frozen=True):
    """A body that proposals may be addressed to, and what texts call it.

    `is_own`: it is the office itself, or one of its units.
    """

    name: str
    called: str
    is_own: bool = False

    @property
    def is_brief(self) -> bool:
        """Whether other bodies' names may begin like this ('Văn phòng'): it needs a verb behind."""
        return len(self.called.split()) < _LONG_ENOUGH


class Bodies(Struct, frozen=True):
    """The bodies that a plan names, and the locality that their names may end with."""

    known: list[Body]
    place: str

    def are_same(self, one: str, other: str) -> bool:
        """Whether both names are of one body, however they are abbreviated."""
        return _key(_without_place(one, self.place)) == _key(_without_place(other, self.place))


def bodies(plan: Plan) -> Bodies:
    """The office and its units, and those that the plan and the reports are sent to."""
    office, place = plan.organization, plan.organization.place
    names = [
        (office.name, office.name),
        (office.name, office.letterhead[-1]),
        (office.name, "cơ quan"),
        *((unit.name, called) for unit in plan.units for called in _called(unit)),
    ]
    own = [
        Body(_expanded(name), shown, is_own=True)
        for name, called in names
        for shown in (_expanded(called), _without_place(called, place))
    ]
    found = {_key(body.called): body for body in reversed(own)}
    for name in _others(plan):
        if not _is_own(name, own, place):
            found.setdefault(_key(name), Body(name, name))
    return Bodies(sorted(found.values(), key=lambda body: -len(body.called)), place)


def _called(unit: Unit) -> Iterator[str]:
    """What a unit may be called, also by its former names."""
    yield from (unit.name, unit.short_name)
    for former in unit.names:
        yield from (former.name, former.short or former.name)


def addressee(item: str | Proposal, known: Bodies) -> Body | None:
    """The body that the proposal is addressed to; None where nothing says so beyond doubt."""
    if isinstance(item, Proposal):
        return _named(item.to, known)
    lead = _LEAD.match(item)
    if lead is None:
        return None
    phrase = _expanded(item[lead.end() :])
    phrase = phrase[head.end() :] if (head := _HEAD_OF.match(phrase)) else phrase
    told = next(_begins_with(phrase, known), None)
    return told or _up_to_verb(phrase, known)


def addressees_of(period: Period) -> list[str]:
    """Those that the period's report itself is addressed to, without '(qua …)'."""
    return [_expanded(name.split("(")[0]) for name in period.addressees]


def text_of(item: str | Proposal) -> str:
    return item.text if isinstance(item, Proposal) else item


def _others(plan: Plan) -> Iterator[str]:
    periods = plan.periods.values()
    lists = (
        plan.recipients,
        *(period.addressees for period in periods),
        *(period.recipients for period in periods),
    )
    for name in (name for names in lists for name in names):
        outer, _, inner = name.partition("(")
        yield _expanded(outer)
        if inner.startswith("qua "):
            yield _expanded(inner.removeprefix("qua ").rstrip(") "))


def _without_place(name: str, place: str) -> str:
    """'UBND tỉnh' for 'UBND tỉnh Quảng Trị'."""
    name, end = _expanded(name), f" {place.lower()}"
    return name[: -len(end)] if name.lower().endswith(end) else name


def _named(name: str, known: Bodies) -> Body:
    """The body that a whole name is for, whether the plan knows it or not."""
    name = _expanded(name)
    bare = name[head.end() :] if (head := _HEAD_OF.match(name)) else name
    same = (body for body in known.known if known.are_same(body.called, bare))
    return next(same, None) or Body(name, name, is_own=_is_own(bare, known.known, known.place))


def _is_own(name: str, known: Iterable[Body], place: str) -> bool:
    keys = {_key(body.called) for body in known if body.is_own}
    units = _OWN_UNITS.fullmatch(_key(name))
    if units and units[1] is None:
        return True
    return _key(_without_place(units[1] if units else name, place)) in keys


def _begins_with(phrase: str, known: Bodies) -> Iterator[Body]:
    """The known bodies whose names the phrase begins with, the longest first."""
    plain = _DASH.sub("-", phrase)
    for body in known.known:
        name = _key(body.called)
        if not plain.lower().startswith(name):
            continue
        rest = plain[len(name) :]
        for place in (f" {known.place}", f" tỉnh {known.place}"):
            rest = rest.removeprefix(place)
        if _ends_name(rest) and not (body.is_brief and not _VERB.match(rest)):
            yield body


def _ends_name(rest: str) -> bool:
    """Whether the name ends here: a name that goes on has a capital, or joins another body's."""
    if rest.startswith((" (", ":")):
        return True
    return rest[:1] == " " and rest[1:2].islower() and not _JOINS_ANOTHER.match(rest)


def _up_to_verb(phrase: str, known: Bodies) -> Body | None:
    """The body that stands before the first verb; none that only begins like one of our own."""
    verb = _VERB.search(phrase)
    if verb is None or verb.start() > _LONGEST_NAME:
        return None
    name = phrase[: verb.start()].strip()
    body = _named(name, known)
    begins_own = any(
        _key(name).startswith(_key(own.called))
        for own in known.known
        if own.is_own and not own.is_brief
    )
    return body if body.is_own or (_BODY.match(name) and not begins_own) else None


def _expanded(text: str) -> str:
    """The text on one line with 'Ủy ban nhân dân' for 'UBND'."""
    line = " ".join(vietnamese.nfc(text).split())
    return _ABBREVIATED.sub(lambda match: _ABBREVIATIONS[match[0]], line)


def _key(name: str) -> str:
    return _DASH.sub("-", _expanded(name)).lower()
