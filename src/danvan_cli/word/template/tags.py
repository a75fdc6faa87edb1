"""The Jinja tags of a Word template: found, freed of what Word does to them, and numbered.

A tag is moved about in the tree as a token, where XML cannot hold what the tag may say; the tokens
become tags once the tree is text.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Literal

from lxml import etree
from msgspec import Struct

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARAGRAPH = f"{_W}p"
_TEXT = f"{_W}t"
_AS_TEXT = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "",
}

_NOT_TO_LOSE = tuple(
    f"{_W}{name}"
    for name in ("sectPr", "drawing", "pict", "object", "footnoteReference", "endnoteReference")
)

_TAG = re.compile(r"\{\{(?!\{).*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PARTS = re.compile(
    r"(?P<open>\{[{%#])(?P<open_sign>[-+]?)(?:(?P<level>p|tr|tc|r)(?=\s))?"
    r"(?P<content>.*?)(?P<close_sign>[-+]?)(?P<close>[}%#]\})",
    re.DOTALL,
)
_LOOSE_END = re.compile(r"\{[{%#]|[}%]\}")

_QUOTED = re.compile(
    r"""(?P<straight>"[^"]*"|'[^']*')|[“”„‟](?P<double>[^“”„‟"]*)[“”„‟"]"""
    r"""|[‘’‚‛](?P<single>[^‘’‚‛']*)[‘’‚‛']"""
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_AROUND = 40
_WHOLES = {"p": "đoạn", "tr": "hàng của bảng", "tc": "ô của bảng"}

_BRACE = "danvan_brace_"
_TOKEN = re.compile(rf"danvan_tag_(?P<number>\d+)_|{_BRACE}")


class Tag(Struct, frozen=True, kw_only=True):
    """One tag: as it is typed in Word, what Jinja gets of it, and with the words around it."""

    number: int
    typed: str
    content: str
    around: str

    @property
    def token(self) -> str:
        """What holds its place in the tree."""
        return f"danvan_tag_{self.number}_"

    @property
    def is_expression(self) -> bool:
        return self.typed.startswith("{{")

    @property
    def is_comment(self) -> bool:
        return self.typed.startswith("{#")

    @property
    def keyword(self) -> str:
        """for, if, endif …; meaningful for `{% … %}` only."""
        return self.content.partition(" ")[0]


class Problem(Struct, frozen=True, kw_only=True):
    """What is wrong with a template, in Vietnamese; `tag`: where, if that is known.

    `kind`: whether a tag is wrong in itself, names what does not exist or what has no value, or
    makes too much work.
    """

    message: str
    hint: str | None = None
    tag: Tag | None = None
    kind: Literal["tag", "name", "value", "work"] = "tag"

    @property
    def with_place(self) -> str:
        """The message, the tag and the words around it."""
        if self.tag is None:
            return self.message
        return f"{self.message}, ở thẻ {self.tag.typed} trong “{self.tag.around}”"


class _Place(Struct, frozen=True, kw_only=True, eq=False):
    """Where a tag is: the part of the document that it removes, and what holds that."""

    tag: Tag
    level: str
    removed: etree._Element
    parent: etree._Element | None


class TagReader:
    """Reads the tags of a template's parts, numbering them through; collects their problems."""

    def __init__(self) -> None:
        self.tags: list[Tag] = []
        self.problems: list[Problem] = []

    def read(self, xml: bytes) -> str:
        """A part's XML with a token for each tag, in place of all that goes with the tag."""
        root = etree.fromstring(xml)
        paragraphs = [(paragraph, _pieces(paragraph)) for paragraph in root.iter(_PARAGRAPH)]
        texts = ["".join(text for _, text in pieces) for _, pieces in paragraphs]
        offset, whole = 0, "\n".join(texts)
        places: list[_Place] = []
        for (paragraph, pieces), text in zip(paragraphs, texts, strict=True):
            places += self._read_paragraph(paragraph, pieces, text, whole, offset)
            offset += len(text) + 1
        of_tags = [place for place in places if not place.tag.is_comment]
        self.problems += [*_misplaced(of_tags), *_unpaired(of_tags)]
        _remove(places)
        _add_missing_grids(root)
        numbered: str = etree.tostring(root, encoding="unicode")
        return numbered

    def _read_paragraph(
        self,
        paragraph: etree._Element,
        pieces: list[tuple[etree._Element, str]],
        text: str,
        whole: str,
        offset: int,
    ) -> Iterator[_Place]:
        if "{" not in text and "}" not in text:
            return
        changes: list[tuple[int, int, str]] = []
        for match in _TAG.finditer(text):
            start, end = match.span()
            around = _around(whole, offset + start, offset + end)
            tag, level = self._read_tag(match[0], around)
            changes.append((start, end, tag.token))
            removed = _removed(paragraph, pieces, start, level)
            yield _Place(tag=tag, level=level, removed=removed, parent=removed.getparent())
        self._find_loose_ends(text, whole, offset)
        _replace(pieces, changes)

    def _read_tag(self, typed: str, around: str) -> tuple[Tag, str]:
        """The tag, and its level."""
        parts = _PARTS.fullmatch(typed)
        assert parts is not None  # what _TAG finds has these parts
        tag = Tag(
            number=len(self.tags),
            typed=" ".join(typed.split()),
            content=_mended(parts["content"]),
            around=around,
        )
        self.tags.append(tag)
        sign = parts["open_sign"] or parts["close_sign"]
        if sign and not tag.is_comment:
            self.problems.append(Problem(message=f"bỏ dấu {sign} ở đầu hoặc cuối thẻ", tag=tag))
        return tag, parts["level"] or ""

    def _find_loose_ends(self, text: str, whole: str, offset: int) -> None:
        outside = _TAG.sub(lambda match: " " * len(match[0]), text)
        for match in _LOOSE_END.finditer(outside):
            done, missing = ("mở", "đóng") if match[0][0] == "{" else ("đóng", "mở")
            around = _around(whole, offset + match.start(), offset + match.end())
            message = f"thẻ {done} bằng {match[0]} mà không {missing} trong cùng đoạn, ở “{around}”"
            self.problems.append(Problem(message=message))


def as_jinja(xml: str, tags: list[Tag], instead: Mapping[int, str]) -> tuple[str, list[Tag]]:
    """Jinja source from XML with tokens, and the tag on each of its lines from the second on.

    `instead`: other content for some of the tags, by number.
    """
    on_lines: list[Tag] = []

    def source(match: re.Match[str]) -> str:
        if match[0] == _BRACE:
            return "{{ '{' }}"
        tag = tags[int(match["number"])]
        if tag.is_comment:
            return ""
        on_lines.append(tag)
        return f"{tag.typed[:2]} \n{instead.get(tag.number, tag.content)} {tag.typed[-2:]}"

    return _TOKEN.sub(source, xml.replace("\n", " ")), on_lines


def _pieces(paragraph: etree._Element) -> list[tuple[etree._Element, str]]:
    """The elements that hold a paragraph's own text (not that of a text box in it)."""
    found = []
    for element in paragraph.iter(_TEXT, *_AS_TEXT):
        if next(element.iterancestors(_PARAGRAPH)) is not paragraph:
            continue
        # Tab stops are `tab` elements, too.
        if element.tag != _TEXT and element.getparent().tag != f"{_W}r":
            continue
        text = (element.text or "") if element.tag == _TEXT else _AS_TEXT[element.tag]
        found.append((element, text))
    return found


def _mended(content: str) -> str:
    """A tag's content as Jinja reads it: no curly quotes, odd spaces or invisible characters.

    What is between quotes stays as it is.
    """
    mended, position = "", 0
    for match in _QUOTED.finditer(content):
        mended += _without_oddities(content[position : match.start()])
        quoted = match["straight"] or (
            f"'{match['single']}'" if match["single"] is not None else f'"{match["double"]}"'
        )
        mended += quoted.replace("\n", "\\n")
        position = match.end()
    return (mended + _without_oddities(content[position:])).strip()


def _without_oddities(code: str) -> str:
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", code))


def _replace(pieces: list[tuple[etree._Element, str]], changes: list[tuple[int, int, str]]) -> None:
    """Puts each replacement where the text it stands for begins; the rest of that text goes.

    A brace between tags becomes a token: Jinja would take it with a tag's own.
    """
    offset = 0
    for element, text in pieces:
        kept, position = "", 0
        for start, end, replacement in changes:
            if end <= offset or start >= offset + len(text):
                continue
            kept += text[position : max(0, start - offset)].replace("{", _BRACE)
            kept += replacement if start >= offset else ""
            position = end - offset
        kept += text[position:].replace("{", _BRACE)
        offset += len(text)
        if element.tag == _TEXT:
            element.text = kept
            element.set(_SPACE, "preserve")
        elif kept != text:
            element.getparent().remove(element)


def _removed(
    paragraph: etree._Element, pieces: list[tuple[etree._Element, str]], start: int, level: str
) -> etree._Element:
    """What goes with the tag: its paragraph, row, cell, run, or just its text."""
    if level == "p":
        return paragraph
    ends = accumulate(len(text) for _, text in pieces)
    element = next(piece for (piece, _), end in zip(pieces, ends, strict=True) if start < end)
    return next(element.iterancestors(f"{_W}{level}"), paragraph) if level else element


def _misplaced(places: list[_Place]) -> Iterator[Problem]:
    """A tag that removes what it is in would take other things with it, unseen."""
    for place in places:
        if place.level == "r" or (place.level and place.tag.is_expression):
            plain = "{{ … }}" if place.tag.is_expression else "{% … %}"
            yield Problem(
                message=f"chữ {place.level} sau dấu mở không dùng được ở đây; viết {plain}",
                tag=place.tag,
            )
        elif place.level and place.removed.tag != f"{_W}{place.level}":
            yield Problem(message=f"thẻ {{%{place.level} …%}} chỉ dùng trong bảng", tag=place.tag)
        elif place.level and not _is_alone(place):
            yield Problem(
                message=f"thẻ {{%{place.level} …%}} phải đứng một mình trong "
                f"{_WHOLES[place.level]}",
                hint="chữ, hình, ngắt trang, ngắt phần và thẻ khác đứng cùng sẽ mất",
                tag=place.tag,
            )


def _is_alone(place: _Place) -> bool:
    text = "".join(element.text or "" for element in place.removed.iter(_TEXT))
    breaks = (element.get(f"{_W}type") for element in place.removed.iter(f"{_W}br"))
    return (
        text.strip() == place.tag.token
        and next(place.removed.iter(*_NOT_TO_LOSE), None) is None
        and all(kind in (None, "textWrapping") for kind in breaks)
    )


def _unpaired(places: list[_Place]) -> Iterator[Problem]:
    """Blocks without their end or their beginning, or with the two at different places."""
    opened: list[_Place] = []
    for place in places:
        if place.tag.is_expression or not _is_block(place.tag):
            continue
        word = place.tag.keyword
        if not word.startswith(("end", "el")):
            opened.append(place)
            continue
        if not opened or not _belongs(word, opened[-1].tag.keyword):
            yield Problem(message=f"thẻ {word} không có thẻ mở tương ứng", tag=place.tag)
            return
        begin = opened.pop() if word.startswith("end") else opened[-1]
        if begin.level != place.level or not _can_enclose(begin, place):
            yield Problem(
                message=f"thẻ này và {begin.tag.typed} phải cùng kiểu "
                "({%p, {%tr, {%tc hoặc {%) và ở cùng một chỗ (thân văn bản, bảng hoặc ô)",
                tag=place.tag,
            )
    for place in opened:
        yield Problem(message=f"thiếu thẻ end{place.tag.keyword} để đóng thẻ này", tag=place.tag)


def _is_block(tag: Tag) -> bool:
    if tag.keyword == "set":
        return "=" not in tag.content
    return tag.keyword.startswith("end") or tag.keyword in (
        "for", "if", "elif", "else", "filter", "macro", "call", "with", "autoescape", "raw",
        "block",
    )  # fmt: skip


def _belongs(word: str, opener: str) -> bool:
    if word == "else":
        return opener in ("if", "for")
    return opener == ("if" if word == "elif" else word.removeprefix("end"))


def _can_enclose(begin: _Place, end: _Place) -> bool:
    """Whether what lies between the two can be repeated or left out without breaking the XML."""
    if begin.level:
        return begin.parent is end.parent
    return _path(begin.removed) == _path(end.removed)


def _path(element: etree._Element) -> list[str]:
    return [ancestor.tag for ancestor in element.iterancestors()]


def _remove(places: list[_Place]) -> None:
    """Leaves a token alone where a paragraph, row, cell or run goes with its tag."""
    tokens: dict[etree._Element, str] = {}
    for place in places:
        if place.level and place.parent is not None and place.removed.tag == f"{_W}{place.level}":
            tokens[place.removed] = tokens.get(place.removed, "") + place.tag.token
    for element, text in tokens.items():
        parent, before = element.getparent(), element.getprevious()
        left = text + (element.tail or "")
        if before is None:
            parent.text = (parent.text or "") + left
        else:
            before.tail = (before.tail or "") + left
        parent.remove(element)


def _add_missing_grids(root: etree._Element) -> None:
    """A table without a grid is none to python-docx."""
    for table in root.iter(f"{_W}tbl"):
        if table.find(f"{_W}tblGrid") is None:
            properties = table.find(f"{_W}tblPr")
            place = 0 if properties is None else table.index(properties) + 1
            table.insert(place, etree.Element(f"{_W}tblGrid"))


def _around(whole: str, start: int, end: int) -> str:
    """The text from start to end, between the words before and after it."""
    first, last = max(0, start - _AROUND), min(len(whole), end + _AROUND)
    shown = " ".join(whole[first:last].split())
    return f"{'…' if first > 0 else ''}{shown}{'…' if last < len(whole) else ''}"
