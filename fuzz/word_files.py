"""Word files that nobody means well: bytes, parts and elements of good ones gone wrong; tags."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from hypothesis import strategies as st
from lxml import etree

from fuzz import base
from fuzz.cases import Case

Parts = dict[str, bytes]
_seeds = st.integers(0, 2**32)
_NAMES = [
    *("word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"),
    *("word/_rels/document.xml.rels", "../../x", "/etc/passwd", "word/vbaProject.bin", "mimetype"),
]
_VALUES = ["", "0", "-1", "1", "99999999999", "abc", "0.5", "true", "none", "rId1", "#", "á" * 500]
_HOSTILE_XML = [
    b"",
    b"<",
    b"\x00",
    b"<a/>",
    b'<?xml version="1.0" encoding="UTF-7"?><a/>',
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    b"<a>" * 300 + b"</a>" * 300,
    "<á/>".encode("utf-16"),
]


def of(
    good: Callable[[], bytes], place: str, commands: list[list[str]]
) -> dict[str, st.SearchStrategy[Case]]:
    """Strategies for one kind of Word file by how it goes wrong: its bytes, parts, elements."""

    def case(draw: st.DrawFn, content: bytes) -> Case:
        return Case({place: content}, draw(st.sampled_from(commands)))

    @st.composite
    def from_bytes(draw: st.DrawFn) -> Case:
        content = bytearray(good())
        for where, value in draw(
            st.lists(st.tuples(_seeds, st.binary(min_size=1, max_size=8)), min_size=1, max_size=6)
        ):
            start = where % len(content)
            content[start : start + len(value)] = value
        end = draw(st.none() | st.integers(0, len(content)))
        return case(draw, bytes(content[:end]))

    @st.composite
    def from_parts(draw: st.DrawFn) -> Case:
        parts = _parts(good())
        for seed, hostile in draw(
            st.lists(st.tuples(_seeds, st.sampled_from(_HOSTILE_XML)), min_size=1, max_size=3)
        ):
            _change_part(parts, hostile, random.Random(seed))
        return case(draw, _zipped(parts))

    @st.composite
    def from_elements(draw: st.DrawFn) -> Case:
        parts = _parts(good())
        seeds = draw(st.lists(_seeds, min_size=1, max_size=12))
        names = [name for name in parts if name.endswith((".xml", ".rels"))]
        for seed in seeds:
            chance = random.Random(seed)
            name = "word/document.xml" if chance.random() < 0.7 else chance.choice(names)
            root = etree.fromstring(parts[name])
            _change_element(root, chance)
            parts[name] = etree.tostring(root)
        return case(draw, _zipped(parts))

    return {"bytes": from_bytes(), "parts": from_parts(), "elements": from_elements()}


def _parts(content: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: Parts) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _change_part(parts: Parts, hostile: bytes, chance: random.Random) -> None:
    one, other = (chance.choice(list(parts)) for _ in range(2))
    match chance.randrange(6):
        case 0 if len(parts) > 1:
            del parts[one]
        case 1:
            parts[one], parts[other] = parts[other], parts[one]
        case 2:
            parts[chance.choice(_NAMES)] = parts[one]
        case 3:
            parts[one] = hostile
        case 4:
            parts[one] = parts[one][: chance.randrange(len(parts[one]) + 1)]
        case _:
            start = chance.randrange(len(parts[one]) + 1)
            parts[one] = parts[one][:start] + hostile + parts[one][start:]


def _change_element(root: etree._Element, chance: random.Random) -> None:
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    match chance.randrange(7):
        case 0 if parent is not None:
            parent.remove(one)
        case 1:
            other.append(etree.fromstring(etree.tostring(one)))
        case 2 if parent is not None and one not in other.iterancestors() and one is not other:
            other.insert(0, one)
        case 3:
            one.tag = other.tag
        case 4:
            one.text = chance.choice(
                ["", "Số: /", "Nơi nhận:", "{{ subject }}", "1.1.1", "Đ" * 3000]
            )
        case 5 if one.attrib:
            one.set(chance.choice(list(one.attrib)), chance.choice(_VALUES))
        case _:
            for name in list(one.attrib)[: chance.randrange(3)]:
                del one.attrib[name]


_PIECES = [
    *("{{", "}}", "{%", "%}", "{#", "#}", "{%p", "{%tr", "{{r", "|", "(", ")", "[", "]", ".", ","),
    *(
        "~",
        "*",
        "**",
        "+",
        "-",
        "/",
        "//",
        "%",
        "<",
        "==",
        " and ",
        " not ",
        " in ",
        " is ",
        " if ",
    ),
    *(" for ", "endfor", "endif", " else ", " set ", " macro ", "endmacro", " call ", "endcall"),
    *(" filter ", "endfilter", " block ", "endblock", " raw ", "endraw", " include ", " import "),
    *("recursive", "loop", "loop.index", "self", "super()", "range(99999)", "m()"),
    *("subject", "recipients", "sections", "title", "x", "__class__", "attr", "format"),
    *("upper", "join", "replace", "length", "sort", "map", "reverse", "list", "default", "unique"),
    *("'a'", '"b"', "0", "1", "999999999", "10", "none", "true", "''", "{'a': 1}", "[1, 2]"),
]
_TAGS = [
    *(
        "{{ subject }}",
        "{{ recipients | join('; ') }}",
        "{%p for x in recipients %}",
        "{%p endfor %}",
    ),
    *("{% for x in range(99999) %}", "{% endfor %}", "{% if subject %}", "{% endif %}", "{{ x }}"),
    *("{% set x = subject ~ subject %}", "{{ m(9) }}"),
    *("{% macro m(n) %}", "{% endmacro %}", "{{ m(n) }}{{ m(n) }}", "{{ loop(recipients) }}"),
]


@st.composite
def templates(draw: st.DrawFn) -> Case:
    """Tags in any order in paragraphs of an office's own template."""
    import docx

    document = docx.Document(BytesIO(base.template()))
    pieces = st.sampled_from(_PIECES) | st.sampled_from(_TAGS) | st.text(max_size=3)
    paragraphs = st.lists(st.lists(pieces, max_size=12).map("".join), min_size=1, max_size=5)
    for text in draw(paragraphs):
        document.add_paragraph("".join(each for each in text if each.isprintable()))
    buffer = BytesIO()
    document.save(buffer)
    return Case({"templates/ke-hoach.docx": buffer.getvalue()}, ["plan", "export"])
