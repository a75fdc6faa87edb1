"""Word files whose styles, lists, settings and relationships do not fit together."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import strategies as st
from lxml import etree

from fuzz.cases import Case

_PARTS = (
    *("word/styles.xml", "word/styles.xml", "word/numbering.xml", "word/numbering.xml"),
    *("word/settings.xml", "word/_rels/document.xml.rels", "word/_rels/document.xml.rels"),
    *("_rels/.rels", "[Content_Types].xml", "word/document.xml"),
)
"""Some come up more often."""
_REFERENCES = (
    *("basedOn", "next", "link", "numId", "abstractNumId", "numStyleLink", "styleLink", "ilvl"),
    *("pStyle", "rStyle", "tblStyle", "num", "lvl", "style", "abstractNum", "lvlOverride"),
    *("Relationship", "Override", "Default", "numFmt", "lvlText", "start", "compatSetting"),
    *("sz", "ind", "spacing", "jc", "b", "color", "rFonts", "tab", "outlineLvl", "headerReference"),
)
_LISTS = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:pStyle w:val="Normal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>
<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Normal"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num></w:numbering>"""
_VALUES = (
    *("", "0", "1", "-1", "2147483648", "99999999999", "abc", "0.5", "1.5pt", "true", "off", "%9"),
    *("Normal", "TableNormal", "decimal", "bullet", "paragraph", "numbering", "á", "document.xml"),
    *("/word/document.xml", "../..", "/", "#a", "http://[", "styles.xml", "External", "auto"),
)


def of(
    good: Callable[[], bytes], place: str, commands: list[list[str]]
) -> dict[str, st.SearchStrategy[Case]]:
    """One strategy: parts that say how others are read miss things, double or name each other."""

    @st.composite
    def from_structures(draw: st.DrawFn) -> Case:
        parts = _with_lists(good())
        for seed in draw(st.lists(st.integers(0, 2**32), min_size=1, max_size=6)):
            _break(parts, random.Random(seed))
        return Case({place: _zipped(parts)}, draw(st.sampled_from(commands)))

    return {"structures": from_structures()}


def _with_lists(content: bytes) -> dict[str, bytes]:
    """The document with two lists, of which every third paragraph is one."""
    import docx
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    document = docx.Document(BytesIO(content))
    name, root = PackURI("/word/numbering.xml"), parse_xml(_LISTS)
    part = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    for number, paragraph in enumerate(document.element.body.iter(qn("w:p"))):
        if number % 3 == 0:
            settings = paragraph.get_or_add_pPr().get_or_add_numPr()
            settings.get_or_add_numId().val = 1 + number % 2
            settings.get_or_add_ilvl().val = number % 2
    buffer = BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _break(parts: dict[str, bytes], chance: random.Random) -> None:
    name = chance.choice([name for name in _PARTS if name in parts] or ["word/document.xml"])
    if name not in parts:
        return
    if chance.random() < 0.03:
        del parts[name]
        return
    root = etree.fromstring(parts[name])
    found = [one for one in root.iter() if etree.QName(one).localname in _REFERENCES]
    if found:
        _break_element(chance.choice(found), found, chance)
    parts[name] = etree.tostring(root)


def _break_element(
    element: etree._Element, others: list[etree._Element], chance: random.Random
) -> None:
    other, parent = chance.choice(others), element.getparent()
    copy = etree.fromstring(etree.tostring(element))
    match chance.randrange(7):
        case 0 if element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        case 1:
            element.attrib.clear()
        case 2 if element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(_VALUES))
        case 3 if parent is not None:
            parent.insert(parent.index(element), copy)
        case 4 if parent is not None:
            parent.remove(element)
        case 5 if other.attrib and element.attrib:
            element.set(
                chance.choice(list(element.attrib)), chance.choice(list(other.attrib.values()))
            )
        case 6:
            other.append(copy)
        case _:
            for child in list(element):
                element.remove(child)
