"""Who confers a proposed award, and whether its name is that of a person."""

import re

from danvan_cli import vietnamese
from danvan_cli.model.plan import AwardLevel, Plan

_NAME = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){1,5}")
_TITLE = re.compile(r"^(?:đồng chí|đ/c|ông|bà|anh|chị)\s+", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:[,;:(]|\s[-–—]\s)")
_NO_PERSON = re.compile(
    r"(?:ban|bộ phận|cá nhân|cán bộ|chánh|chi bộ|chuyên viên|công chức|giám đốc|lãnh đạo|lao động"
    r"|nhân viên|nhóm|người|phòng|phó (?:chánh|chủ|giám|phòng|trưởng)|sở|tập thể|tổ|trung tâm"
    r"|trưởng|ủy ban|văn phòng|viên chức)\b",
    re.IGNORECASE,
)


def award_level(plan: Plan, form: str) -> AwardLevel | None:
    """The plan's level whose form this one begins with, the longest; None if there is none.

    'Bằng khen của Chủ tịch UBND tỉnh' is a 'Bằng khen'.
    """
    written = _words(form)
    fitting = [
        level
        for level in plan.awards
        if written == _words(level.form) or written.startswith(f"{_words(level.form)} ")
    ]
    return max(fitting, key=lambda level: len(level.form), default=None)


def goes_up(plan: Plan, form: str) -> bool:
    """Whether others than the office confer it, or nobody says who does."""
    level = award_level(plan, form)
    return level is None or level.by != "office"


def is_persons_name(name: str) -> bool:
    """Whether it can be a Vietnamese name: 2 to 6 syllables with capitals, no unit or position.

    What is behind a comma or dash, or in brackets, does not count.
    """
    first = _BEHIND.split(_TITLE.sub("", " ".join(vietnamese.nfc(name).split()), count=1))[0]
    return (
        _NAME.fullmatch(first) is not None
        and all(syllable[0].isupper() for syllable in first.split())
        and _NO_PERSON.match(first) is None
    )


def _words(text: str) -> str:
    return " ".join(vietnamese.nfc(text).casefold().split())
