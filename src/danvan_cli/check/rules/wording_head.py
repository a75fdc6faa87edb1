"""The rules on how Quốc hiệu, số, ký hiệu and date are written (NĐ 30/2020, PL I, I.II.1 to 5)."""

import re
from collections.abc import Iterator

from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, Location, at
from danvan_cli.model.symbols import is_symbol
from danvan_cli.problems import ERROR, WARNING, rule
from danvan_cli.vietnamese import nfc
from danvan_cli.word import decree
from danvan_cli.word.decree import DocumentType

_LEFT = r"[\s.…_\-]"
_OPEN = rf"{_LEFT}*"
"""What a draft has in place of a number or a day that is still open."""

_NUMBER = re.compile(rf"Số\s*(:?)\s*(\d+|{_OPEN}?)(\s*)/(\s*)(.*)", re.IGNORECASE)
_DATE = re.compile(
    rf"(.*?)(,?)\s*ngày\s*(\d+|{_OPEN}?)\s*tháng\s*(\d+|{_OPEN}?)\s*năm\s*(\d+|{_OPEN}?)\.?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"\d{4}\s*/")
_DASHES = re.compile(r"[–—]")
_YEAR_DIGITS = 4
_PADDED_MONTHS = 2
_LAST_DAY = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_LONGEST_MONTH = 31
_MONTHS = range(1, 13)
_WRONG_ABBREVIATIONS = ("CV",)
"""Written by habit before the symbol of a công văn, which has no abbreviation of its kind."""

_ABBREVIATIONS = {
    kind.abbreviation: kind.name for kind in decree.DOCUMENT_TYPES if kind.abbreviation is not None
}


@rule("D551", ERROR, "Quốc hiệu, Tiêu ngữ sai chữ")
def national_name_and_motto(examined: Examined) -> Iterator[Finding]:
    """Letter by letter; the tone of 'HÒA' may be on either vowel."""
    for element in (decree.NATIONAL_NAME, decree.MOTTO):
        found = examined.elements.get(element)
        wanted = element.text or ""
        if not found:
            continue
        given = nfc(found.text).replace("HOÀ", "HÒA").replace("Hoà", "Hòa")
        if given.casefold() != wanted.casefold() or (not element.upper and _differs(given, wanted)):
            yield Finding(
                code="D551",
                what=f"{element.name} ghi “{found.text}”; phải là “{wanted}”",
                clause=element.clause,
                location=at(found.first),
            )


@rule("D552", ERROR, "Cách ghi số, ký hiệu không đúng")
def number_and_symbol(examined: Examined) -> Iterator[Finding]:
    """'Số: 05/BC-VP': a colon, two digits at least, a slash, hyphens, no spaces."""
    found = examined.elements.get(decree.NUMBER_AND_SYMBOL)
    if found is None:
        return
    what = list(_faults_of_number(found.text))
    if what:
        yield Finding(
            code="D552",
            what=f"số, ký hiệu {'; '.join(what)}",
            clause=found.element.clause,
            location=at(found.first),
            hint="ghi như “Số: 05/BC-VP”",
        )


@rule("D553", ERROR, "Ký hiệu không khớp tên loại")
def abbreviation(examined: Examined) -> Iterator[Finding]:
    """The symbol begins with the abbreviation of the tên loại; a công văn's has none."""
    found = examined.elements.get(decree.NUMBER_AND_SYMBOL)
    kind = examined.elements.kind
    match = _NUMBER.fullmatch(found.text) if found else None
    if found is None or kind is None or match is None or not match[5].strip():
        return
    group = re.split(r"\s*[-–—]\s*", _YEAR_FIRST.sub("", match[5]).strip())[0]
    what = _wrong_abbreviation(kind, group)
    if what:
        yield Finding(code="D553", what=what, clause="PL I, I.II.3b", location=at(found.first))


@rule("D554", ERROR, "Cách ghi địa danh, thời gian ban hành không đúng")
@rule("D555", WARNING, "Thừa số 0 trước tháng")
def place_and_date(examined: Examined) -> Iterator[Finding]:
    """'Quảng Trị, ngày 05 tháng 01 năm 2026'."""
    found = examined.elements.get(decree.PLACE_AND_DATE)
    if found is None:
        return
    match = _DATE.fullmatch(found.text)
    what = list(_faults_of_date(match)) if match else ["chưa ghi đầy đủ “ngày … tháng … năm …”"]
    if what:
        yield Finding(
            code="D554",
            what=f"địa danh và thời gian ban hành {'; '.join(what)}",
            clause="PL I, I.II.4",
            location=at(found.first),
            hint="ghi như “Quảng Trị, ngày 05 tháng 6 năm 2026”",
        )
    if match and re.fullmatch(r"0[3-9]", match[4]):
        yield _needless_zero(match[4], at(found.first))


def _differs(given: str, wanted: str) -> bool:
    """In small and capital letters; a text all in capitals is reported by another rule."""
    return given != wanted and not given.isupper()


def _faults_of_number(text: str) -> Iterator[str]:
    match = _NUMBER.fullmatch(text)
    if match is None:
        yield "thiếu dấu gạch chéo (/) giữa số và ký hiệu"
        return
    colon, number, before, after, symbol = match.groups()
    if not colon:
        yield "thiếu dấu hai chấm (:) sau chữ “Số”"
    if number.isdigit() and len(number) < decree.LEAST_DIGITS_OF_NUMBER:
        yield f"ghi số {number}, số nhỏ hơn 10 phải thêm số 0 phía trước: {number:0>2}"
    if (before and number.isdigit()) or (after and symbol):
        yield "có dấu cách ở dấu gạch chéo"
    if _YEAR_FIRST.match(symbol):
        yield "ghi cả năm, văn bản hành chính không ghi năm trong số, ký hiệu"
        symbol = _YEAR_FIRST.sub("", symbol)
    if _DASHES.search(symbol) or re.search(r"\s-|-\s", symbol):
        yield "phải nối các nhóm chữ bằng dấu gạch nối (-) không cách chữ"
        symbol = re.sub(r"\s*[-–—]\s*", "-", symbol)
    if symbol and not _is_open(symbol) and not is_symbol(symbol.strip()):
        yield "có ký hiệu không gồm các nhóm chữ in hoa nối bằng dấu gạch nối"
    if not symbol:
        yield "thiếu ký hiệu sau dấu gạch chéo"


def _is_open(text: str) -> bool:
    return bool(re.fullmatch(rf"[A-ZĐa-z]*(?:{_LEFT}+(?:[A-ZĐa-z]+{_OPEN})?)?", text))


def _wrong_abbreviation(kind: DocumentType, group: str) -> str | None:
    if kind.abbreviation is None:
        if group in _WRONG_ABBREVIATIONS or group in _ABBREVIATIONS:
            return f"ký hiệu của công văn có “{group}-”; công văn không ghi chữ viết tắt tên loại"
        return None
    if group == kind.abbreviation or not group.strip(".… _"):
        return None
    return f"ký hiệu bắt đầu bằng “{group}”; {kind.name} phải là “{kind.abbreviation}”"


def _faults_of_date(match: re.Match[str]) -> Iterator[str]:
    place, comma, day, month, year = (text.strip() for text in match.groups())
    if place and not comma:
        yield "thiếu dấu phẩy (,) sau địa danh"
    if not place:
        yield "thiếu địa danh"
    elif place[0].islower() or place.split()[-1][0].islower():
        yield f"ghi “{place}”, các chữ cái đầu của địa danh phải viết hoa"
    if day.isdigit() and len(day) == 1:
        yield f"ghi ngày {day}, ngày nhỏ hơn 10 phải thêm số 0 phía trước: {day:0>2}"
    if month.isdigit() and len(month) == 1 and int(month) <= _PADDED_MONTHS:
        yield f"ghi tháng {month}, tháng 1 và tháng 2 phải thêm số 0 phía trước: {month:0>2}"
    if year.isdigit() and len(year) != _YEAR_DIGITS:
        yield f"ghi năm {year}, năm phải ghi đủ bốn chữ số"
    if day.isdigit() and month.isdigit() and not _is_day(int(day), int(month)):
        yield f"ghi ngày {day} tháng {month}, không có ngày đó trong lịch"


def _is_day(day: int, month: int) -> bool:
    return month in _MONTHS and 1 <= day <= _LAST_DAY.get(month, _LONGEST_MONTH)


def _needless_zero(month: str, location: Location) -> Finding:
    return Finding(
        code="D555",
        what=f"ghi tháng {month}; chỉ tháng 1 và tháng 2 thêm số 0 phía trước: tháng {int(month)}",
        clause="PL I, I.II.4b",
        location=location,
    )
