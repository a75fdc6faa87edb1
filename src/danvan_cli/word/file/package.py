"""A Word file as a package of parts: an empty one to build on, and its parts as one zip."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from types import MappingProxyType

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from danvan_cli.files import safe_write
from danvan_cli.word import decree

LANGUAGE = "vi-VN"
PLACE = "{urn:danvan:held}place"
"""A placeholder for what was taken out of a part until the part is saved."""

_SAVED_PLACE = re.compile(rb'<dv:place xmlns:dv="urn:danvan:held" number="(\d+)"/>')
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_R = "http://schemas.openxmlformats.org/package/2006/relationships"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OLDEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM = f"{_OFFICE}/custom-properties"
_VARIANT = f"{_OFFICE}/docPropsVTypes"
_OWN_PROPERTIES = "danvan."
_NO_APP_PROPERTIES = (
    "docProps/app.xml",
    CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
    f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
)
_NO_CUSTOM_PROPERTIES = (
    "docProps/custom.xml",
    CONTENT_TYPE.OFC_CUSTOM_PROPERTIES,
    f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANT}"/>',
)

_CONTENT_TYPES = f"""\
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" \
ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_WML}.document.main+xml"/>\
<Override PartName="/word/styles.xml" ContentType="{_WML}.styles+xml"/>\
<Override PartName="/word/settings.xml" ContentType="{_WML}.settings+xml"/>\
<Override PartName="/word/fontTable.xml" ContentType="{_WML}.fontTable+xml"/>\
<Override PartName="/word/theme/theme1.xml" \
ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>\
<Override PartName="/docProps/core.xml" \
ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>\
</Types>"""
_PACKAGE_RELATIONSHIPS = f"""\
<Relationships xmlns="{_PACKAGE_R}">\
<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE_R}/metadata/core-properties" \
Target="docProps/core.xml"/>\
</Relationships>"""
_DOCUMENT_RELATIONSHIPS = f"""\
<Relationships xmlns="{_PACKAGE_R}">\
<Relationship Id="rId1" Type="{_R}/styles" Target="styles.xml"/>\
<Relationship Id="rId2" Type="{_R}/settings" Target="settings.xml"/>\
<Relationship Id="rId3" Type="{_R}/fontTable" Target="fontTable.xml"/>\
<Relationship Id="rId4" Type="{_R}/theme" Target="theme/theme1.xml"/>\
</Relationships>"""
_DOCUMENT = f"""\
<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body><w:sectPr/></w:body></w:document>"""
_STYLES = f"""\
<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>\
<w:rFonts w:ascii="{decree.FONT}" w:hAnsi="{decree.FONT}" \
w:eastAsia="{decree.FONT}" w:cs="{decree.FONT}"/><w:color w:val="{decree.COLOR}"/>\
<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>\
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" \
w:defUnhideWhenUsed="1" w:defQFormat="0"/>\
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">\
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>\
<w:unhideWhenUsed/></w:style>\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>\
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr>\
<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>\
<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>\
</w:tblCellMar></w:tblPr></w:style></w:styles>"""
_SETTINGS = f"""\
<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>\
<w:characterSpacingControl w:val="doNotCompress"/>\
<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" \
w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>\
<w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>\
</w:settings>"""
_FONT_TABLE = f"""\
<w:fonts xmlns:w="{_W}"><w:font w:name="{decree.FONT}"><w:panose1 w:val="02020603050405020304"/>\
<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"""
_COLORS: Mapping[str, str] = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F497D",
    "lt2": "EEECE1",
    "accent1": "4F81BD",
    "accent2": "C0504D",
    "accent3": "9BBB59",
    "accent4": "8064A2",
    "accent5": "4BACC6",
    "accent6": "F79646",
    "hlink": "0000FF",
    "folHlink": "800080",
}
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_THEME_FONT = f'<a:latin typeface="{decree.FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
_THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="danvan">'
    '<a:themeElements><a:clrScheme name="danvan">'
    + "".join(f'<a:{name}><a:srgbClr val="{rgb}"/></a:{name}>' for name, rgb in _COLORS.items())
    + f'</a:clrScheme><a:fontScheme name="danvan"><a:majorFont>{_THEME_FONT}</a:majorFont>'
    f'<a:minorFont>{_THEME_FONT}</a:minorFont></a:fontScheme><a:fmtScheme name="danvan">'
    f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>"
    + f'<a:ln w="9525">{_FILL}</a:ln>' * 3
    + "</a:lnStyleLst><a:effectStyleLst>"
    + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    + f"</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
    "</a:themeElements></a:theme>"
)
"""Word wants one; in this one, too, every font is the decree's."""

_CORE_PROPERTIES = f"""\
<cp:coreProperties \
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title/><dc:language>{LANGUAGE}\
</dc:language></cp:coreProperties>"""


def empty() -> WordDocument:
    """A document with nothing in it but what Word needs.

    python-docx's own template has parts that Word repairs (stylesWithEffects) and others that
    nothing here uses.
    """
    return Document(
        BytesIO(
            zipped(
                {
                    "[Content_Types].xml": _part(_CONTENT_TYPES),
                    "_rels/.rels": _part(_PACKAGE_RELATIONSHIPS),
                    "docProps/core.xml": _part(_CORE_PROPERTIES),
                    "word/_rels/document.xml.rels": _part(_DOCUMENT_RELATIONSHIPS),
                    "word/document.xml": _part(_DOCUMENT),
                    "word/fontTable.xml": _part(_FONT_TABLE),
                    "word/settings.xml": _part(_SETTINGS),
                    "word/styles.xml": _part(_STYLES),
                    "word/theme/theme1.xml": _part(_THEME),
                }
            )
        )
    )


def stamped(
    document: WordDocument,
    agency: str | None = None,
    own: Mapping[str, str] = MappingProxyType({}),
    held: Sequence[bytes] = (),
) -> bytes:
    """The document as a file, with the agency it is of and the fingerprint of its content in it.

    `own`: what the document is to say of itself, by name: its kind (`document`), year and so on.
    `held`: what has been taken out of its main part, by the number of its place.
    """
    app = _property_part(document, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, _NO_APP_PROPERTIES)
    custom = _property_part(document, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, _NO_CUSTOM_PROPERTIES)
    content = parts(document)
    main = str(document.part.partname.membername)
    content[main] = put_back(content[main], held)
    content[app] = _with_agency(content[app], agency)
    named = {_OWN_PROPERTIES + name: value for name, value in own.items()}
    stamp = {safe_write.FINGERPRINT_PROPERTY: safe_write.fingerprint(content)}
    content[custom] = _with_properties(content[custom], named | stamp)
    return zipped(content)


def put_back(xml: bytes, held: Sequence[bytes]) -> bytes:
    """The saved part with all that was held in its place."""
    return _SAVED_PLACE.sub(lambda place: held[int(place[1])], xml) if held else xml


def _property_part(document: WordDocument, relationship: str, default: tuple[str, str, str]) -> str:
    """The name in the zip of a part of the package's properties, which is made where missing."""
    container = document.part.package
    try:
        part = container.part_related_by(relationship)
    except KeyError:
        name, content_type, xml = default
        part = Part(PackURI(f"/{name}"), content_type, _part(xml), container)
        container.relate_to(part, relationship)
    return str(part.partname.membername)


def _with_agency(xml: bytes, agency: str | None) -> bytes:
    """docProps/app.xml with the agency as company; what Word counted in the template goes."""
    properties = etree.fromstring(xml)
    for child in list(properties):
        properties.remove(child)
    for name, value in (("Application", "danvan"), ("Company", agency)):
        if value is not None:
            etree.SubElement(properties, f"{{{_OFFICE}/extended-properties}}{name}").text = value
    return _serialized(properties)


def _with_properties(xml: bytes, own: Mapping[str, str]) -> bytes:
    """docProps/custom.xml with these; what else an office keeps there stays."""
    properties = etree.fromstring(xml)
    for known in list(properties):
        if known.get("name", "").startswith(_OWN_PROPERTIES):
            properties.remove(known)
    first = max((int(known.get("pid", "1")) for known in properties), default=1) + 1
    for number, (name, value) in enumerate(own.items(), first):
        attributes = {
            "fmtid": "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}",
            "pid": str(number),
            "name": name,
        }
        element = etree.SubElement(properties, f"{{{_CUSTOM}}}property", attributes)
        etree.SubElement(element, f"{{{_VARIANT}}}lpwstr").text = value
    return _serialized(properties)


def own_properties(document: WordDocument) -> dict[str, str]:
    """What a document of danvan's says of itself, as given to `stamped`; {} for any other."""
    try:
        part = document.part.package.part_related_by(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
        properties = etree.fromstring(part.blob)
    except (KeyError, etree.XMLSyntaxError):
        return {}
    return {
        name.removeprefix(_OWN_PROPERTIES): "".join(element.itertext()).strip()
        for element in properties
        if (name := element.get("name", "")).startswith(_OWN_PROPERTIES)
    }


def _serialized(root: etree._Element) -> bytes:
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def parts(document: WordDocument) -> dict[str, bytes]:
    """Every part of a document by its name in the zip."""
    buffer = BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(content: Mapping[str, bytes]) -> bytes:
    """The parts as one file, the same bytes for the same parts; the content types come first."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, _OLDEST_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content[name])
    return buffer.getvalue()


def _part(xml: str) -> bytes:
    return (_HEAD + xml).encode()
