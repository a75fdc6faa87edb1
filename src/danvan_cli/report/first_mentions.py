"""Finds documents not cited in full when first mentioned, and abbreviations explained nowhere.

NĐ 30/2020, PL I, I.II.6b. Only what is beyond doubt is found: a person reads the report anyway.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from danvan_cli.problems import MAX_SHOWN

KNOWN_ABBREVIATIONS = frozenset(
    ("UBND", "HĐND", "MTTQ", "TM", "KT", "TL", "TUQ", "VT", "TT", "STT", "TP", "QR", "ISO")
)
"""Not to be explained: those that everybody in an office reads, and the decree's own (TM., VT)."""

_NAMED_TYPES = (
    "Nghị quyết",
    "Nghị định",
    "Quyết định",
    "Chỉ thị",
    "Thông tư",
    "Kết luận",
    "Kế hoạch",
    "Công văn",
    "Công điện",
    "Hướng dẫn",
)
"""Types that, in capitals within a sentence, are one certain document, which has a number."""
_TYPES = (*_NAMED_TYPES, "Thông báo", "Quy định", "Quy chế", "Chương trình", "Đề án", "Tờ trình")
_SYMBOL = r"(?=\S*[^\W\d])(?:\d+[a-z]?|…)(?:[/-][\w…]+)+"
_CITED = re.compile(rf"\b({'|'.join(_TYPES)}|Báo cáo) (?:số )?({_SYMBOL})", re.IGNORECASE)
_NAMED = re.compile(rf"(\w+)[,”)]? ({'|'.join(_NAMED_TYPES)}) (\w[^.;]*)")
_NAMES_NOTHING = re.compile(
    r"(?:này|trên|nói|nêu|đó|số|vào|đến|tới|theo|để|trong|cho|bằng|đã|đang|sẽ|được|và|là|có|với|tại|"
    r"cùng|từ|ở|do|bị|hoặc|nào|khác)\b"
)
"""Words behind a type that do not begin a document's name."""
_NUMBER = re.compile(rf"số \d|{_SYMBOL}")
_DAY = re.compile(
    r"[ ,(]*(?:\w+ )?ngày (?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})", re.IGNORECASE
)
_ISSUER_AND_SUBJECT = re.compile(r"(?:[^,;.()“]|[,(]? ?(?=về )|[,(“](?=V/v|[Vv]ề )|\.(?=\w))*")
_SUBJECT = re.compile(
    r"(?<!đã )(?<!được )\b(?:về|V/v|quy định|ban hành|phê duyệt|thực hiện|triển khai|tăng cường|"
    r"hướng dẫn|sửa đổi|công bố|giao|thành lập|kiện toàn|đẩy mạnh|tổ chức|thông qua|điều chỉnh|"
    r"nâng cao|tiếp tục|xây dựng|bãi bỏ|chấn chỉnh|bổ sung|đổi mới)\b"
)
_LONGEST_ISSUER = 10
"""Words of an issuer's name at most; what is longer has the subject in it."""

_WORDS_SHOWN = 6

_ABBREVIATION = re.compile(r"(?<![\w/.-])[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})*(?![\w/-])")
_MARKS = "“”\"'().,;:"
_ROMAN = re.compile(r"[IVX]+")
_EXPLAINED = re.compile(
    r"\(([A-ZĐ][A-ZĐ-]+)\)|(?:viết tắt|gọi tắt|gọi chung)(?: là|:)? [“\"]?([A-ZĐ][A-ZĐ-]+)"
)
_NOT_IN_SENTENCES = ("(Kèm theo", "- Lưu:")


class Mention(Struct, frozen=True):
    """What is mentioned, as it is written; `missing`: what its citation lacks, in Vietnamese."""

    text: str
    missing: list[str]


def incomplete_citations(paragraphs: Sequence[str]) -> list[Mention]:
    """The documents whose first citation lacks number, day or subject, in the text's order.

    Laws and ordinances, which have their name only, are left out, as are later citations.
    """
    seen: set[str] = set()
    return [
        mention for paragraph in _sentences(paragraphs) for mention in _incomplete(paragraph, seen)
    ]


def unexplained_abbreviations(paragraphs: Sequence[str]) -> dict[str, str]:
    """The abbreviations that no place explains, each with the words around its first mention.

    Explained are 'văn hóa xã hội (VHXH)', 'sau đây gọi tắt là VHXH' and 'viết tắt là VHXH'.
    """
    texts = list(_sentences(paragraphs))
    explained = {
        name for text in texts for names in _EXPLAINED.findall(text) for name in names if name
    }
    found: dict[str, str] = {}
    for text in texts:
        for match in _ABBREVIATION.finditer(text):
            name = match.group()
            if name not in KNOWN_ABBREVIATIONS | explained and not _is_a_word(text, match):
                found.setdefault(name, _around(text, match.start()))
    return found


def _sentences(paragraphs: Sequence[str]) -> Iterator[str]:
    """The paragraphs but headings in capitals, references of appendices and the archive's line."""
    for paragraph in paragraphs:
        text = " ".join(paragraph.replace("\u2011", "-").split())
        if text != text.upper() and not text.startswith(_NOT_IN_SENTENCES):
            yield text


def _incomplete(text: str, seen: set[str]) -> Iterator[Mention]:
    """`seen`: the numbers and types cited so far; those of this text are added."""
    found: list[tuple[int, Mention]] = []
    cited = list(_CITED.finditer(text))
    for match, following in zip_longest(cited, cited[1:]):
        number = match[2].casefold()
        if number not in seen and match[1].casefold() != "báo cáo":
            rest = text[match.end() : following.start() if following else None]
            if missing := list(_missing(number, rest)):
                found.append((match.start(), Mention(match.group(), missing)))
        seen |= {number, match[1].casefold()}
    for match in _NAMED.finditer(text):
        if _lacks_number(match) and match[2].casefold() not in seen:
            found.append((match.start(2), Mention(_beginning(match), ["số, ngày"])))
            seen.add(match[2].casefold())
    yield from (mention for _, mention in sorted(found, key=lambda placed: placed[0]))


def _missing(number: str, rest: str) -> Iterator[str]:
    """`rest`: what follows the number."""
    if number.startswith("…"):
        yield "số"
    day = _DAY.match(rest)
    if day is None:
        yield "ngày"
    tail = _ISSUER_AND_SUBJECT.match(rest, day.end() if day else 0)
    said = tail.group() if tail else ""
    if not _SUBJECT.search(said) and len(said.split()) <= _LONGEST_ISSUER:
        yield "trích yếu"


def _lacks_number(named: re.Match[str]) -> bool:
    """Whether a type in capitals is a document's, not part of a name: 'Sở Kế hoạch và Đầu tư'."""
    before, _, rest = named.groups()
    is_a_documents = before[0].islower() and rest[0].islower()
    return is_a_documents and not _NAMES_NOTHING.match(rest) and not _NUMBER.search(rest)


def _beginning(named: re.Match[str]) -> str:
    return f"{named[2]} {' '.join(named[3].split()[:_WORDS_SHOWN])} …"


def _is_a_word(text: str, found: re.Match[str]) -> bool:
    """Whether it is a Roman number, or one of several words in capitals: 'TRƯỞNG BAN'."""
    before = text[: found.start()].split(" ")[-2:-1]
    after = text[found.end() :].split(" ")[1:2] if text[found.end() :].startswith(" ") else []
    others = [*(word.lstrip(_MARKS) for word in before), *(word.rstrip(_MARKS) for word in after)]
    return _ROMAN.fullmatch(found.group()) is not None or any(
        len(word) > 1 and word.isalpha() and word.isupper() and word not in KNOWN_ABBREVIATIONS
        for word in others
    )


def _around(text: str, place: int) -> str:
    """About MAX_SHOWN characters around a place, whole words only."""
    start, end = max(place - MAX_SHOWN // 2, 0), place + MAX_SHOWN // 2
    excerpt = text[start:end]
    if start:
        excerpt = "… " + excerpt.partition(" ")[2]
    return excerpt if end >= len(text) else excerpt.rpartition(" ")[0] + " …"
