"""Sentences in a unit's own voice, which an office cannot say of itself without rewording them."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from danvan_cli.model.unit_report import LIST_TITLES
from danvan_cli.problems import WARNING, Diagnostic, rule
from danvan_cli.rules.confidential import matches
from danvan_cli.rules.office import OfficeCase

_WORDS = ("leadership", "sections", "tasks", "own", "results", *LIST_TITLES)
_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper())
_BEGINS = r"(?:(?m:^)|(?<=[.;:!?…”] ))"
# 'Phòng họp', 'Ban hành', 'Ban Chỉ đạo', 'Trung tâm phục vụ hành chính công' are no unit's 'we'.
_OTHERS = (
    "họp|chờ|tiếp|chống|khách|làm|hành|bí|chỉ|cán|đại|quản|công|tổ|phục|điều|y|giáo|thường|"
    "nội|dân|tuyên|giám|lãnh|biên"
)
_DOES = (
    "đã|có|còn|luôn|gắn|cử|giao|được|tổ chức|phân công|xác định|triển khai|thực hiện|phối hợp|"
    "chủ động|tham mưu|xây dựng|thường xuyên|tiếp tục"
)
_HINT = "viết lại theo giọng của cơ quan: nêu tên đơn vị hoặc bỏ chủ ngữ"


def unit_voice(text: str, value: Struct, unit_names: Iterable[str]) -> Iterator[Diagnostic]:
    """Where the words of a file speak as a unit does of itself; `text` is the whole file.

    Only what is hardly anything else: a unit's kind without its name, in the middle of a sentence
    or before a verb; 'Chi bộ' without a name; a sentence that begins with 'Được'; 'chúng tôi'.
    """
    kinds = {kind for name in unit_names if (kind := _kind(name))}
    for regex, why in _patterns(kinds):
        problem = Diagnostic(code="R446", message=f"giọng của đơn vị: {why}", hint=_HINT)
        for found in matches(regex, problem, text, value):
            if found.path[0] in _WORDS:
                yield found


def _kind(name: str) -> str | None:
    """'Trung tâm' of 'Trung tâm Tin học': the words before the next one in capitals."""
    first, *others = name.split()
    kind = [first]
    for word in others:
        if not word.islower():
            return " ".join(kind)
        kind.append(word)
    return None


def _patterns(kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    if any_kind := "|".join(sorted(kinds, key=len, reverse=True)):
        own = rf"(?:{any_kind})(?!\w|[ -]+[{_CAPITALS}\d“])"
        lower = any_kind.lower()
        yield (
            rf"(?:(?<=[^\W\d_] )|(?<=, )){own}(?! (?:{_OTHERS})\b)|{_BEGINS}{own} (?:{_DOES})\b"
            rf"|\b(?:của|toàn) (?:{lower})(?=[.,;)]|$| (?:có|đã|được|và|về|đến)\b)",
            "nêu loại đơn vị mà không nêu tên",
        )
    yield rf"{_BEGINS}Chi bộ(?! [{_CAPITALS}])\b", "“Chi bộ” không rõ của đơn vị nào"
    yield rf"{_BEGINS}Được (?!sự\b)\w+", "câu thiếu chủ ngữ, không rõ ai được"
    yield (
        r"(?i)\b(?:chúng tôi|(?:đơn vị|phòng|ban|trung tâm|cơ quan) (?:tôi|mình|bạn))\b",
        "đơn vị tự xưng, gọi đơn vị khác là bạn",
    )


@rule("R446", WARNING, "Câu theo giọng của đơn vị")
def office_speaks_for_all(case: OfficeCase) -> Iterator[Diagnostic]:
    """What is copied from a unit's report still speaks as that unit in the office's report."""
    yield from unit_voice(case.text, case.office, [unit.name for unit in case.plan.units])
