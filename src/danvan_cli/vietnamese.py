"""Formats dates, numbers and lists as Vietnamese administration writes them."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

VIETNAM = timezone(timedelta(hours=7))
"""Việt Nam keeps UTC+7 all year, so no time-zone database is needed."""

YEARS = range(1900, 2201)
"""A year outside this range is a typing mistake, and could overflow date arithmetic."""

_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WRITTEN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ENDS = (".", ";", ":", "!", "?", "…")
_BODIES = re.compile(
    r"(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân)"
    r" (?:tỉnh|thành phố|đặc khu|xã|phường|huyện|quận|thị xã|thị trấn)\b"
    r"|(?:Văn phòng|Sở|Phòng|Ban|Trung tâm|Chi cục|Tổng cục|Cục|Vụ|Bộ phận|Bộ|Viện|Trường|"
    r"Học viện|Bệnh viện|Trạm|Đội|Tổ|Chi nhánh|Công ty|Quỹ|Hội|Đoàn)\b"
)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def today() -> date:
    """The calendar day in Việt Nam now, whatever the time zone of the machine."""
    return datetime.now(UTC).astimezone(VIETNAM).date()


def nfc(text: str) -> str:
    """The text in Unicode's composed form (TCVN 6909:2001: one code for each letter)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def parse_day(text: str) -> date:
    """The day written as `29/5/2026`, `29/05/2026` or `2026-05-29`.

    Raises ValueError, with a message in Vietnamese, if it is not a day.
    """
    if match := _ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _WRITTEN_DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise ValueError(f"“{text}” không phải là ngày; viết như 29/5/2026 hoặc 2026-05-29")
    if year not in YEARS:
        raise ValueError(f"năm {year} nằm ngoài khoảng {YEARS[0]}-{YEARS[-1]}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"không có ngày {text} trong lịch") from None


def short_day(day: date) -> str:
    """05/6/2026: a zero before days under 10 and months 1, 2 (NĐ 30/2020, PL I, I.II.4b)."""
    return f"{day.day:02}/{_month(day)}/{day.year}"


def short_day_of_year(day: date) -> str:
    """05/6, where the year is clear from the context."""
    return f"{day.day:02}/{_month(day)}"


def long_day(day: date) -> str:
    """ngày 05 tháng 6 năm 2026 (NĐ 30/2020, PL I, I.II.4b)."""
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def weekday(day: date) -> str:
    """thứ Hai … Chủ nhật, as written within a sentence."""
    names = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
    return names[day.weekday()]


def digits(value: int | Decimal) -> str:
    """1234,5: no groups, a comma before decimals, no zeros at their end."""
    whole, _, decimals = f"{Decimal(value):f}".partition(".")
    kept = decimals.rstrip("0")
    return f"{whole},{kept}" if kept else whole


def number(value: int | Decimal) -> str:
    """1.234 or 1.234,5: groups of three digits, separated by points; a comma before decimals."""
    whole, comma, decimals = digits(value).partition(",")
    grouped = f"{int(whole.lstrip('-')):,}".replace(",", ".")
    return f"{'-' * whole.startswith('-')}{grouped}{comma}{decimals}"


def points(value: Decimal) -> str:
    """80,0 or 80,25: a total of points, with at least one decimal."""
    written = number(value)
    return written if "," in written else f"{written},0"


def number_in_text(value: int | Decimal) -> str:
    """05 or 1.234: as written within a sentence, with a zero before a whole number under 10."""
    is_short = isinstance(value, int) and 0 < value < 10
    return f"{value:02}" if is_short else number(value)


def per_mille(part: int | Decimal, whole: int | Decimal) -> int:
    """Rounds half away from zero (ROUND_HALF_UP), exactly, since floats could round differently."""
    size = abs(Decimal(whole))
    scaled, rest = divmod(abs(Decimal(part)) * 1000, size)
    rounded = int(scaled) + (rest * 2 >= size)
    return rounded if (part < 0) == (whole < 0) else -rounded


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """97,5%: part of whole, to one decimal, rounded half up.

    Raises ZeroDivisionError if the whole is 0.
    """
    return _tenths(per_mille(part, whole)).removesuffix(",0") + "%"


def change(now: int | Decimal, before: int | Decimal) -> str:
    """+12,5%, -8,0% or 0%: how much `now` is above or below `before` (which is not 0)."""
    rounded = per_mille(now - before, before)
    if rounded == 0:
        return "0%"
    return ("+" if rounded > 0 else "") + _tenths(rounded) + "%"


def roman(value: int) -> str:
    """IV for 4; from 1 to 39, which is enough for the parts of a document.

    Raises ValueError outside that range.
    """
    if not 1 <= value <= 39:
        raise ValueError(f"no roman numeral for {value}")
    text = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        text += letters * times
    return text


def in_sentence(text: str) -> str:
    """'kết quả …': the text within a sentence; an abbreviation at its beginning (UBND) stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def short_name(body: str) -> str:
    """'Văn phòng' for 'Văn phòng UBND tỉnh', 'UBND xã' for 'UBND xã An Lộc': as its own texts say.

    The whole name if it is of no known kind.
    """
    kind = _BODIES.match(body)
    return kind[0] if kind else body


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """The text without a point, comma or semicolon at its end."""
    return text.rstrip().rstrip(".;,").rstrip()


def ended(text: str) -> str:
    """The text with a full stop, unless it already ends with a punctuation mark."""
    return text if text.endswith(_ENDS) else f"{text}."


def enumeration(items: list[str]) -> str:
    """'A, B và C'; '' for an empty list."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " và " + items[-1]


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def _tenths(thousandths: int) -> str:
    sign = "-" if thousandths < 0 else ""
    ones, tenth = divmod(abs(thousandths), 10)
    return f"{sign}{number(ones)},{tenth}"


def with_year(period: str, year: int) -> str:
    """'6 tháng đầu năm 2026', 'quý I năm 2026'; unchanged if it has a year: 'năm 2027'."""
    if re.search(r"\b\d{4}\b", period):
        return period
    return f"{period} {year}" if period.endswith("năm") else f"{period} năm {year}"
