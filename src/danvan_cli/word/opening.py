"""Opens a Word document that anyone may have sent, or says in words why it cannot be opened."""

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.document import CT_Document
from docx.oxml.ns import nsdecls, qn
from docx.parts.styles import StylesPart
from lxml import etree

from danvan_cli.failures import Failure, os_failure
from danvan_cli.vietnamese import number

MAX_FILE = 64 * 1024 * 1024
MAX_XML = 32 * 1024 * 1024
"""Bytes of XML once unpacked; a document of 500 pages has a fifth of that."""
MAX_ELEMENTS = 300_000
"""A report with an appendix of 2.000 rows has half of that; each takes 200 bytes of memory."""
MAX_UNPACKED = 128 * 1024 * 1024
MAX_PARTS = 10_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK"
_MAIN = "officeDocument"
_SAVE_AS_DOCX = "mở bằng Word, lưu thành .docx (Word Document), rồi dùng tệp đó"
_ASK_AGAIN = "chép lại hoặc đề nghị bên gửi gửi lại tệp"
_OTHER_STARTS: Mapping[bytes, str] = {
    b"%PDF": "tệp PDF",
    b"{\\rtf": "tệp RTF",
    b"<!DOC": "trang web",
    b"<html": "trang web",
    b"<?xml": "tệp XML",
}
_OTHER_CONTENT: Mapping[str, str] = {
    "macroEnabled": "tệp Word có macro (.docm)",
    "template.main": "tệp mẫu của Word (.dotx)",
    "spreadsheetml": "bảng tính Excel",
    "presentationml": "bài trình chiếu PowerPoint",
    "opendocument": "tệp OpenDocument (.odt)",
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ROOTS: Mapping[str, str] = {
    "styles+xml": "w:styles",
    "numbering+xml": "w:numbering",
    "settings+xml": "w:settings",
    "header+xml": "w:hdr",
    "footer+xml": "w:ftr",
    "footnotes+xml": "w:footnotes",
    "endnotes+xml": "w:endnotes",
    "comments+xml": "w:comments",
}
_NEEDED = (RELATIONSHIP.STYLES, RELATIONSHIP.NUMBERING, RELATIONSHIP.SETTINGS)
_MACROS = "vbaproject"
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_DOCTYPES = ["<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OpcError,
    etree.XMLSyntaxError,
    KeyError,
    ValueError,
    AttributeError,
    AssertionError,
    TypeError,
)
"""What zipfile and python-docx raise for files whose parts do not fit together."""


def open_document(path: Path) -> WordDocument:
    """The document in the file, whose styles part exists.

    Raises Failure for what is no .docx that Word could open, and for one that is too large.
    """
    return open_content(path, content_of(path))


def open_content(path: Path, content: bytes) -> WordDocument:
    """The same of a file's content, as read already from that path."""
    look_into(path, content)
    try:
        document = Document(BytesIO(content))
        refuse_odd_parts(document)
    except _DAMAGE as error:
        raise _damaged(path) from error
    except RuntimeError as error:
        raise _protected(path) from error
    _give_styles(document)
    return document


def refuse_odd_parts(document: WordDocument) -> None:
    """Raises ValueError or XMLSyntaxError where a part is not what it is said to be."""
    for part in document.part.package.iter_parts():
        kind = part.content_type.rpartition(".")[2]
        if kind in _ROOTS and part.content_type.startswith(_WORD):
            element = part.element if isinstance(part, XmlPart) else etree.fromstring(part.blob)
            if element.tag != qn(_ROOTS[kind]):
                raise ValueError(f"{part.partname} has {element.tag}")
    for kind in _NEEDED:
        found = [each for each in document.part.rels.values() if each.reltype == kind]
        if len(found) > 1 or any(
            each.is_external or not isinstance(each.target_part, XmlPart) for each in found
        ):
            raise ValueError(f"{kind} is not one part of XML")
    if not isinstance(document.element, CT_Document) or document.element.body is None:
        raise ValueError("no body")


def look_into(path: Path, content: bytes) -> None:
    """Tells all that can be told without reading the document.

    Raises Failure for another kind of file, damage, macros, entities, and what is too large.
    """
    _refuse_other_kinds(path, content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _look_into(path, archive)
    except _DAMAGE as error:
        raise _damaged(path) from error
    except RuntimeError as error:
        raise _protected(path) from error


def content_of(path: Path) -> bytes:
    """A plain file's bytes. Raises Failure for anything else, and for a file that is too large."""
    if path.is_dir():
        raise Failure(f"“{path}” là thư mục, không phải tệp")
    if not path.exists():
        raise Failure(f"không có tệp “{path}”")
    # Opening a fifo would wait for a writer that never comes; a device never ends.
    if not path.is_file():
        raise Failure(f"“{path}” không phải là một tệp thông thường")
    try:
        if path.stat().st_size > MAX_FILE:
            raise _too_large(path)
        return path.read_bytes()
    except OSError as error:
        raise os_failure(error) from error


def _refuse_other_kinds(path: Path, content: bytes) -> None:
    if not content:
        raise Failure(f"tệp “{path}” rỗng", _ASK_AGAIN)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise _protected(path)
        raise Failure(f"“{path}” là tệp kiểu cũ của Office (.doc)", _SAVE_AS_DOCX)
    if content.startswith(_ZIP):
        return
    start = content[:200].lstrip().lower()
    for mark, kind in _OTHER_STARTS.items():
        if start.startswith(mark.lower()):
            raise Failure(f"“{path}” là {kind}, không phải văn bản Word (.docx)", _SAVE_AS_DOCX)
    raise _damaged(path)


def _look_into(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuses, before anything is unpacked, what would be too much, and what is something else."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_large(path)
    names = {part.filename for part in parts}
    if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
        raise _other_kind(path, _OTHER_CONTENT["opendocument"])
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise Failure(f"“{path}” không phải văn bản Word (.docx)", _SAVE_AS_DOCX)
    if any(_MACROS in name.lower() for name in names):
        raise _other_kind(path, _OTHER_CONTENT["macroEnabled"])
    _refuse_hostile_xml(path, archive)
    _refuse_other_documents(path, archive)


def _refuse_hostile_xml(path: Path, archive: zipfile.ZipFile) -> None:
    size = elements = 0
    for part in archive.infolist():
        if not _is_xml(archive, part):
            continue
        size += part.file_size
        if size > MAX_XML:
            raise _too_large(path)
        written = archive.read(part)
        if any(mark in written for mark in _DOCTYPES):
            raise Failure(f"“{path}” có khai báo thực thể XML, là điều Word không bao giờ ghi")
        elements += written.count(b"<") - written.count(b"</")
    if elements > MAX_ELEMENTS:
        raise Failure(
            f"“{path}” quá lớn: có quá {number(MAX_ELEMENTS)} thành phần",
            "tách văn bản thành nhiều tệp",
        )


def _is_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """By its name or its start: any name can be declared to be the document's text."""
    if part.filename.endswith((".xml", ".rels")):
        return True
    with archive.open(part) as file:
        return file.read(64).lstrip(_BEFORE_XML).startswith(b"<")


def _refuse_other_documents(path: Path, archive: zipfile.ZipFile) -> None:
    relationships = archive.read("_rels/.rels").decode("utf-8", "replace")
    if "purl.oclc.org/ooxml" in relationships:
        raise _other_kind(path, "văn bản kiểu Strict Open XML")
    if _MAIN not in relationships:
        raise Failure(f"“{path}” không có phần nội dung của một văn bản Word", _ASK_AGAIN)
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    if "wordprocessingml.document.main+xml" in types:
        return
    for mark, kind in _OTHER_CONTENT.items():
        if mark in types:
            raise _other_kind(path, kind)


def _give_styles(document: WordDocument) -> None:
    """An empty styles part where there is none: python-docx would put its own template's there."""
    try:
        document.part.part_related_by(RELATIONSHIP.STYLES)
    except KeyError:
        element = parse_xml(f"<w:styles {nsdecls('w')}/>")
        name = PackURI("/word/styles.xml")
        part = StylesPart(name, CONTENT_TYPE.WML_STYLES, element, document.part.package)
        document.part.relate_to(part, RELATIONSHIP.STYLES)


def _other_kind(path: Path, kind: str) -> Failure:
    return Failure(f"“{path}” là {kind}, không phải văn bản Word (.docx)", _SAVE_AS_DOCX)


def _protected(path: Path) -> Failure:
    return Failure(
        f"“{path}” có mật khẩu nên không đọc được",
        "mở bằng Word, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ tài liệu), lưu lại rồi làm lại",
    )


def _too_large(path: Path) -> Failure:
    return Failure(
        f"“{path}” quá lớn: quá {MAX_FILE // 2**20} MiB, hoặc quá {MAX_UNPACKED // 2**20} MiB khi "
        "mở ra",
        "bỏ bớt hình ảnh, hoặc nén hình ảnh trong Word, rồi làm lại",
    )


def _damaged(path: Path) -> Failure:
    return Failure(
        f"“{path}” bị hỏng hoặc không phải văn bản Word (.docx)",
        f"thử mở bằng Word; nếu không mở được, {_ASK_AGAIN}",
    )
