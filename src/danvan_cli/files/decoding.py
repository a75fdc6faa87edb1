"""Decodes a YAML file's bytes to text, and finds problems with its characters before parsing."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from danvan_cli import vietnamese
from danvan_cli.problems import Diagnostic

MAX_BYTES = 1024 * 1024

_BYTE_ORDER_MARK = "\ufeff"
# Characters that XML 1.0 or libyaml does not allow, and the line separators of Unicode.
_FORBIDDEN_SET = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"
FORBIDDEN = f"[{_FORBIDDEN_SET}]"
_SORTED_AT_ONCE = 20_000
_NO_LETTERS = r"[^\w\s\x00-\x7f]{100,}"
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FAMILIAR_NAMES = {
    "\x0b": "dấu ngắt dòng của Word",
    "\x0c": "dấu ngắt trang",
    "\x85": "dấu xuống dòng U+0085",
    "\xad": "dấu ngắt từ mềm U+00AD",
    "\u200b": "dấu cách rộng bằng không U+200B",
    "\u2060": "dấu nối liền chữ U+2060",
    **{sign: f"dấu đổi chiều chữ U+{ord(sign):04X}" for sign in _DIRECTIONS},
    **{sign: f"dấu nối, dấu ngắt chữ U+{ord(sign):04X}" for sign in "\u200c\u200d"},
    "\u2028": "dấu xuống dòng U+2028",
    _BYTE_ORDER_MARK: "dấu đầu tệp (BOM) nằm giữa tệp",
}
# Text in TCVN3 (ABC), VNI or twice-encoded UTF-8, read as Unicode, has letters that Vietnamese does
# not have ...
_FOREIGN_SET = "µ¶·¸¹¨ª«¬®©º»¼½¾ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñö÷øûüþ"
# Invisible characters, which disturb searching, sorting and other programs.
_INVISIBLE_SET = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
_INVISIBLE = f"[{_INVISIBLE_SET}]"
_ESCAPED_INVISIBLE = (
    r"\\(?:xad|u00ad|u061c|u180e|u200[b-f]|u202[a-e]|u206[0-9])"  # in double quotes
)
# Joiners are normal within emoji of several parts and in scripts that need them.
_JOINED = r"(?<=[^\x00-\u024f\u1e00-\u2bff\s])[\u200c\u200d](?=[^\x00-\u024f\u1e00-\u218f\s])"
_CONFLICT = r"(?m)^[ \t]*(?:- )?(?:<{7}|>{7}|\|{7})(?:[ \t].*)?$"
# Hardly any text has one of these; one pattern for all needs only one search.
_SUSPECT = re.compile(f"[{_FORBIDDEN_SET}{_FOREIGN_SET}{_INVISIBLE_SET}]")
# ... in sequences that neither Vietnamese nor Western names have ...
# (Not compiled here, since that takes milliseconds and few texts need it; re caches it.)
_LEGACY_SEQUENCE = r"""(?x)
      [A-Za-z][µ¶¸¹¨ª«¬©»¼½¾][a-z] | [A-Z][µ¶¸¹¨¬¡¢£¤¥¦§][A-Z] | [a-zA-Z][µ¶¸¨](?!\w)       # TCVN3
    | [a-z][ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞß] | (?<!\w)[§®][a-zA-ZÀ-ÿµ¶·¸¹¨ª«¬©]
    | [Aa][âêàåãäùøûõÂÊÀÅÃÄÙØÛÕ] | [Ee][âåäùøõÂÅÄÙØÕ]                                   # VNI
    | [Oo][âåäùøõÂÅÄÙØÕ] | [Uu][ùøûõÙØÛÕ] | [Yy][ùøûõÙØÛÕ]
    """
# ... or have so rarely that a line must have many of them.
_RARE_SEQUENCE = r"""(?x)
      [A-Za-z][·×÷][a-z] | [a-z][·¹ª¬](?!\w)                                            # TCVN3
    | [Aa][áïéèúüëÁÏÉÈÚÜË] | [Ee][áàãûïÁÀÃÛÏ] | [Oo][ûïÛÏ] | [Uu][ïÏ]                    # VNI
    """
# UTF-8 bytes read as Windows-1252 and encoded again: lead bytes of Vietnamese letters, then others.
_FOLLOWING_BYTE = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_TWICE_ENCODED = f"(?<![A-ZĐ])(?:Ã[\x80-\xbf‚„ˆŠ‰Œ™š]|[ÄÆ]{_FOLLOWING_BYTE})|á[º»]{_FOLLOWING_BYTE}"


class TextPosition(NamedTuple):
    """Line and column from 1, in characters."""

    line: int
    column: int


def decoded(content: bytes, most: int = MAX_BYTES) -> str | Diagnostic:
    """The text with `\\n` between its lines, or why these (`most`) bytes cannot be read as text."""
    if refusal := _refusal(content, most):
        return refusal
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode().lstrip(_BYTE_ORDER_MARK)
        return _wrong_encoding("tệp không phải mã UTF-8", position_at(before, len(before)))
    text = text.lstrip(_BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return _stacked_marks(text) or text


def cleaned(text: str) -> str:
    """The text in NFC, with U+FFFD in place of each forbidden character."""
    return vietnamese.nfc(re.sub(FORBIDDEN, "\N{REPLACEMENT CHARACTER}", text))


def _refusal(content: bytes, most: int) -> Diagnostic | None:
    """Why these bytes cannot be read as text, if that is known before decoding; else None."""
    if len(content) > most:
        return Diagnostic(
            code="F103",
            message="tệp lớn hơn 1 MiB (1.024 KiB), quá lớn so với một kế hoạch hay báo cáo",
            hint="kiểm tra xem có lưu nhầm tệp khác vào tên này không",
        )
    # Without a byte order mark, UTF-16 passes for UTF-8 as long as all letters are ASCII.
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:64].count(0) > len(content[:64]) // 3:
        return _wrong_encoding("tệp được lưu bằng mã UTF-16", TextPosition(1, 1))
    return None


def _stacked_marks(text: str) -> Diagnostic | None:
    """Very many accents on one letter, which take quadratic time to normalize."""
    if len(text) > _SORTED_AT_ONCE:
        for run in re.finditer(_NO_LETTERS, text):
            if sum(map(unicodedata.combining, run[0])):
                line, column = position_at(text, run.start())
                return Diagnostic(
                    code="F112",
                    message="có quá nhiều dấu chồng lên một chữ",
                    hint="xóa các dấu thừa đi rồi gõ lại chữ đó",
                    line=line,
                    column=column,
                )
    return None


def _wrong_encoding(what: str, position: TextPosition) -> Diagnostic:
    return Diagnostic(
        code="F102",
        message=f"{what}, nên không đọc đúng được chữ Việt",
        hint="mở bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8",
        line=position.line,
        column=position.column,
    )


def problems(text: str) -> Iterator[Diagnostic]:
    """The problems that are found before the text is parsed."""
    suspect = _SUSPECT.search(text) is not None
    if suspect:
        yield from _forbidden_characters(text)
    if suspect or "\\" in text:
        yield from _invisible_characters(text)
    if not unicodedata.is_normalized("NFC", text):
        yield _not_composed(text)
    if suspect or ("Ã" in text and re.search(_TWICE_ENCODED, text)):
        yield from _legacy_letters(text)


def _forbidden_characters(text: str) -> Iterator[Diagnostic]:
    """One problem for each such character, at its first position."""
    for character in sorted(set(re.findall(FORBIDDEN, text))):
        line, column = position_at(text, text.index(character))
        times = text.count(character)
        more = f", {times} chỗ trong tệp" if times > 1 else ""
        yield Diagnostic(
            code="F112",
            message=f"có ký tự không dùng được trong văn bản ({name_of(character)}{more})",
            hint="xóa ký tự đó đi; nếu cần xuống dòng thì gõ lại bằng phím Enter",
            line=line,
            column=column,
        )


def _invisible_characters(text: str) -> Iterator[Diagnostic]:
    """One problem for each such character, at its first position; escapes count, too."""
    first: dict[str, int] = {}
    times: Counter[str] = Counter()
    joined = {match.start() for match in re.finditer(_JOINED, text)}
    for match in re.finditer(f"{_INVISIBLE}|(?i:{_ESCAPED_INVISIBLE})", text):
        if match.start() not in joined:
            sign = match[0] if len(match[0]) == 1 else chr(int(match[0][2:], 16))
            first.setdefault(sign, match.start())
            times[sign] += 1
    for sign, offset in first.items():
        line, column = position_at(text, offset)
        more = f", {times[sign]} chỗ trong tệp" if times[sign] > 1 else ""
        yield Diagnostic(
            code="F125",
            message=f"có ký tự không nhìn thấy được ({name_of(sign)}{more})",
            hint="xóa cả chữ ở hai bên chỗ này rồi gõ lại",
            line=line,
            column=column,
        )


def conflicts(text: str) -> Iterator[Diagnostic]:
    """F126: conflict markers of git, one problem at the beginning of each conflict."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text and "|||||||" not in text:
        return
    marks = list(re.finditer(_CONFLICT, text))
    beginnings = [mark for mark in marks if "<" in mark[0].strip("- \t")[:1]]
    line, counted = 1, 0
    for mark in beginnings or marks[:1]:
        line += text.count("\n", counted, mark.start())
        counted = mark.start()
        sign = len(mark[0]) - len(mark[0].lstrip())
        yield Diagnostic(
            code="F126",
            message="dấu xung đột của git: ở đây có hai bản sửa chưa được gộp",
            hint="giữ nội dung đúng trong phần từ <<<<<<< đến >>>>>>>, xóa các dòng <<<<<<<, "
            "=======, >>>>>>> rồi lưu và git add",
            line=line,
            column=sign + 1,
        )


def _not_composed(text: str) -> Diagnostic:
    number, line_text = next(
        (number, line_text)
        for number, line_text in enumerate(text.split("\n"), 1)
        if vietnamese.nfc(line_text) != line_text
    )
    composed = vietnamese.nfc(line_text)
    column = next(
        column
        for column in range(len(line_text))
        if line_text[column : column + 1] != composed[column : column + 1]
    )
    return Diagnostic(
        code="F114",
        message="chữ trong tệp chưa theo Unicode dựng sẵn; danvan đã tự đổi khi đọc",
        hint="trong bộ gõ, chọn bảng mã “Unicode dựng sẵn” rồi lưu lại tệp",
        line=number,
        column=column + 1,
    )


def _legacy_letters(text: str) -> Iterator[Diagnostic]:
    """F115: one problem, at the first line with enough garbled words."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii():
            continue
        accented = [word for word in re.finditer(r"[^ \t]+", line) if not word[0].isascii()]
        if twice := _several(accented, _TWICE_ENCODED):
            message, hint = "tệp đã bị chuyển mã hai lần", "lấy lại bản gốc rồi lưu bằng mã UTF-8"
            yield _garbled(message, hint, twice, number)
            return
        garbled = _several(accented, _LEGACY_SEQUENCE) or _several(
            accented, _LEGACY_SEQUENCE, _RARE_SEQUENCE, least_part=3
        )
        if garbled:
            message = "có chữ giống như gõ bằng bảng mã cũ VNI hoặc TCVN3"
            hint = "chuyển mã sang Unicode (ví dụ bằng công cụ chuyển mã của bộ gõ) rồi dán lại"
            yield _garbled(message, hint, garbled, number)
            return


def _several(
    words: list[re.Match[str]], *patterns: str, least_part: int | None = None
) -> list[re.Match[str]]:
    """The words that match a pattern, if they are two or more, and one in `least_part` of all."""
    found = [word for word in words if any(re.search(pattern, word[0]) for pattern in patterns)]
    are_many = least_part is None or len(found) * least_part >= len(words)
    return found if are_many and len({word[0] for word in found}) > 1 else []


def _garbled(message: str, hint: str, words: list[re.Match[str]], number: int) -> Diagnostic:
    sample = " ".join(word[0] for word in words[:3])
    return Diagnostic(
        code="F115",
        message=f"{message} (“{sample}”)",
        hint=hint,
        line=number,
        column=words[0].start() + 1,
    )


def position_at(text: str, offset: int) -> TextPosition:
    """The line and column of the character at an offset from 0."""
    line = text.count("\n", 0, offset) + 1
    return TextPosition(line, offset - (text.rfind("\n", 0, offset) + 1) + 1)


def name_of(character: str) -> str:
    """The common name of the character, or else its code."""
    return _FAMILIAR_NAMES.get(character, f"mã U+{ord(character):04X}")
