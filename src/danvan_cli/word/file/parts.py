"""Reads a Word file's parts along the relationships that lead to them, each within its bounds.

A part is bounded as XML where what leads to it, or the content type that is declared for it, makes
anyone parse it as XML: neither its name nor its first bytes can keep it out.
"""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.opc.package import Unmarshaller
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part, PartFactory
from docx.opc.pkgreader import _ContentTypeMap, _SerializedRelationships
from docx.package import Package
from docx.parts.image import ImagePart
from msgspec import Struct

MAX_XML = 32 * 1024 * 1024
"""Bytes of XML once unpacked; a document of 500 pages has a fifth of that."""
MAX_ELEMENTS = 300_000
"""A report with an appendix of 2.000 rows has half of that; each takes 200 bytes of memory."""
MAX_ATTRIBUTES = 3 * MAX_ELEMENTS
"""Documents that people write have up to 1.5 for each element."""

_READ_AS_XML = frozenset(
    {
        RELATIONSHIP.OFFICE_DOCUMENT,
        RELATIONSHIP.CORE_PROPERTIES,
        RELATIONSHIP.CUSTOM_PROPERTIES,
        RELATIONSHIP.EXTENDED_PROPERTIES,
        RELATIONSHIP.STYLES,
        RELATIONSHIP.NUMBERING,
        RELATIONSHIP.SETTINGS,
        RELATIONSHIP.THEME,
        RELATIONSHIP.HEADER,
        RELATIONSHIP.FOOTER,
        RELATIONSHIP.FOOTNOTES,
        RELATIONSHIP.ENDNOTES,
        RELATIONSHIP.COMMENTS,
    }
)
"""By these danvan, python-docx and docx-plus find parts, whatever content type they have.

They parse the others by their content types, all of which end with '+xml'.
"""
_content_types: Any = _ContentTypeMap.from_xml
_load_relations: Any = _SerializedRelationships.load_from_xml
_UTF16_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_OTHER_STARTS = (
    *(b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"<\x00\x00\x00", b"\x00\x00\x00<"),
    *(b"\x00\x00<\x00", b"\x00<\x00\x00", b"\x4c\x6f\xa7\x94"),
)
"""UTF-32 in any order of bytes, and EBCDIC."""
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_SUPERSETS_OF_ASCII = re.compile(rb"utf-?8|(us-)?ascii|iso-8859-\d+|latin-?1|windows-125\d|cp125\d")
_UTF_16 = re.compile(rb"utf-?16(-?[lb]e)?")
_DOCTYPE = b"<!DOCTYPE"


class TooLargeError(ValueError):
    """There is more XML than danvan reads."""


class TooManyElementsError(ValueError):
    """The XML has more elements or attributes than danvan reads."""


class EntitiesError(ValueError):
    """A part has a place at which XML entities are declared."""


class Relation(Struct, frozen=True):
    """Where a relationship leads: to a part's name, or to an address outside the file.

    The names are those that python-docx reads.
    """

    rId: str  # noqa: N815
    reltype: str
    target_ref: str
    target_partname: PackURI | None = None

    @property
    def is_external(self) -> bool:
        return self.target_partname is None


class StoredPart(Struct, frozen=True):
    """A part as it lies in the file; `kind` is that of the relationship that came to it first."""

    name: PackURI
    content_type: str
    kind: str
    content: bytes
    relations: list[Relation]


class Stored(Struct, frozen=True):
    """A file's relations of its own, and the parts that these lead to, directly or not."""

    relations: list[Relation]
    parts: list[StoredPart]

    def iter_sparts(self) -> Iterator[tuple[PackURI, str, str, bytes]]:
        """As python-docx asks for the parts."""
        for part in self.parts:
            yield part.name, part.content_type, part.kind, part.content

    def iter_srels(self) -> Iterator[tuple[PackURI, Relation]]:
        """As python-docx asks for the relationships."""
        for relation in self.relations:
            yield PACKAGE_URI, relation
        for part in self.parts:
            for relation in part.relations:
                yield part.name, relation


class _Package(Package):
    """python-docx's package, which goes through all parts once for each of them."""

    def iter_rels(self) -> Iterator[Any]:
        visited: set[Part] = set()
        open_ends = [iter(list(self.rels.values()))]
        while open_ends:
            relation = next(open_ends[-1], None)
            if relation is None:
                open_ends.pop()
                continue
            yield relation
            if not relation.is_external and relation.target_part not in visited:
                visited.add(relation.target_part)
                open_ends.append(iter(list(relation.target_part.rels.values())))

    def iter_parts(self) -> Iterator[Part]:
        related = (rel.target_part for rel in self.iter_rels() if not rel.is_external)
        yield from dict.fromkeys(related)

    def _gather_image_parts(self) -> None:
        for part in self.iter_parts():
            if isinstance(part, ImagePart):
                self.image_parts.append(part)


def open_package(stored: Stored) -> Package:
    """The parts as python-docx knows them."""
    package = _Package()
    Unmarshaller.unmarshal(stored, package, PartFactory)  # type: ignore[no-untyped-call]
    return package


class Bounds(Struct):
    """What has been met of a file's XML so far."""

    size: int = 0
    elements: int = 0
    attributes: int = 0


def read_parts(archive: zipfile.ZipFile) -> Stored:
    """The parts that a document is made of.

    Raises the errors above; KeyError, ValueError or XMLSyntaxError where the file is no package.
    """
    bounds, names = Bounds(), frozenset(archive.namelist())
    types = _content_types(bounded_xml(archive, CONTENT_TYPES_URI, bounds))
    relations = {PACKAGE_URI: _relations(archive, PACKAGE_URI, names, bounds)}
    kinds: dict[PackURI, list[str]] = {}
    # Depth first, as python-docx goes: the first that leads to a part decides what it is.
    open_ends = [iter(relations[PACKAGE_URI])]
    while open_ends:
        relation = next(open_ends[-1], None)
        if relation is None:
            open_ends.pop()
        elif (name := relation.target_partname) is not None:
            kinds.setdefault(name, []).append(relation.reltype)
            if name not in relations:
                relations[name] = _relations(archive, name, names, bounds)
                open_ends.append(iter(relations[name]))
    parts = []
    for name, leading in kinds.items():
        is_xml = types[name].endswith("+xml") or not _READ_AS_XML.isdisjoint(leading)
        content = bounded_xml(archive, name, bounds) if is_xml else archive.read(name.membername)
        parts.append(StoredPart(name, types[name], leading[0], content, relations[name]))
    return Stored(relations[PACKAGE_URI], parts)


def _relations(
    archive: zipfile.ZipFile, source: PackURI, names: frozenset[str], bounds: Bounds
) -> list[Relation]:
    """Those of a part; one that leads to a part that is not there leads outside, as in Word."""
    if source.rels_uri.membername not in names:
        return []
    xml = bounded_xml(archive, source.rels_uri, bounds)
    relations = []
    for relation in _load_relations(source.baseURI, xml):
        if None in (relation.rId, relation.reltype, relation.target_ref):
            raise ValueError(f"{source} has a relationship that leads nowhere")
        target = None if relation.is_external else relation.target_partname
        is_there = target is not None and target.membername in names
        relations.append(
            Relation(
                relation.rId, relation.reltype, relation.target_ref, target if is_there else None
            )
        )
    return relations


def bounded_xml(archive: zipfile.ZipFile, name: PackURI, bounds: Bounds) -> bytes:
    """A part's XML, which is no more than may still be read and declares no entities."""
    bounds.size += archive.getinfo(name.membername).file_size
    if bounds.size > MAX_XML:
        raise TooLargeError(name)
    content = archive.read(name.membername)
    xml = _as_ascii(content)
    if _DOCTYPE in xml:
        raise EntitiesError(name)
    bounds.elements += xml.count(b"<") - xml.count(b"</")
    bounds.attributes += xml.count(b"=")
    if bounds.elements > MAX_ELEMENTS or bounds.attributes > MAX_ATTRIBUTES:
        raise TooManyElementsError(name)
    return content


def _as_ascii(content: bytes) -> bytes:
    """The XML in letters of which those of ASCII are one byte each, as `<` and `=` are.

    Raises ValueError for an encoding in which Word writes no XML, and in which a parser could see
    what is not seen here.
    """
    if content.startswith(_OTHER_STARTS):
        raise ValueError("neither UTF-8 nor UTF-16")
    is_utf_16 = content.startswith(_UTF16_STARTS)
    if is_utf_16:
        order = "be" if content[:1] in (b"\xfe", b"\x00") else "le"
        content = content.decode(f"utf-16-{order}").lstrip("\ufeff").encode()
    declared = _DECLARATION.match(content)
    known = _UTF_16 if is_utf_16 else _SUPERSETS_OF_ASCII
    if declared and not known.fullmatch(declared[1].lower()):
        raise ValueError(f"an encoding that Word does not write: {declared[1]!r}")
    return content
