"""Opens a Word document that anyone may have sent, or says in words why it cannot be opened."""

import traceback
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.document import CT_Document
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import nsdecls, qn
from docx.parts.styles import StylesPart
from docx_plus import DocxPlusError
from lxml import etree

from danvan_cli.problems import Failure, os_failure
from danvan_cli.vietnamese import number
from danvan_cli.word.file.parts import (
    MAX_ELEMENTS,
    EntitiesError,
    Stored,
    TooLargeError,
    TooManyElementsError,
    open_package,
    read_parts,
)

MAX_FILE = 64 * 1024 * 1024
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
_ODDITIES = (
    DocxPlusError,
    XmlchemyError,
    etree.LxmlError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OpcError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the libraries raise for XML that is not as Word writes it, their own errors among them."""
_OWN = "danvan_cli"
_LIBRARIES = frozenset({"docx", "docx_plus"})


@contextmanager
def opened(path: Path) -> Iterator[WordDocument]:
    """The document in the file, for as long as anything of it is read; its styles part exists.

    Raises Failure for what is no .docx that Word could open, for one that is too large, and as
    `reading` does.
    """
    with reading(path):
        yield open_content(path, content_of(path))


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what python-docx, docx-plus and lxml raise on an odd file into words.

    Whatever reads a document that is not danvan's own runs in this. A fault of danvan's own code
    stays one. Raises Failure.
    """
    try:
        yield
    except _ODDITIES as error:
        if not _is_of_a_library(error):
            raise
        raise _odd(path) from error


def open_content(path: Path, content: bytes) -> WordDocument:
    """The document in a file's content, as read already from that path; Failure as `opened`."""
    stored = look_into(path, content)
    try:
        main: Any = open_package(stored).main_document_part
        document: WordDocument = main.document
        refuse_odd_parts(document)
    except _DAMAGE as error:
        raise _damaged(path) from error
    _give_defaults(document)
    return document


def _is_of_a_library(error: BaseException) -> bool:
    """Whether a library of Word files raised it, and not danvan's own code."""
    if isinstance(error, etree.LxmlError):
        return True
    frames = traceback.walk_tb(error.__traceback__)
    rooms = [frame.f_globals.get("__name__", "").partition(".")[0] for frame, _ in frames]
    below = rooms[::-1][: rooms[::-1].index(_OWN)] if _OWN in rooms else rooms
    return not _LIBRARIES.isdisjoint(below)


def refuse_odd_parts(document: WordDocument) -> None:
    """Raises ValueError or XMLSyntaxError where a part is not what it is said to be."""
    for part in document.part.package.iter_parts():
        kind = part.content_type.rpartition(".")[2]
        if kind in _ROOTS and part.content_type.startswith(_WORD):
            element = part.element if isinstance(part, XmlPart) else etree.fromstring(part.blob)
            if element.tag != qn(_ROOTS[kind]):
                raise ValueError(f"{part.partname} has {element.tag}")
    for kind in _NEEDED:
        found = [relation for relation in document.part.rels.values() if relation.reltype == kind]
        if len(found) > 1 or any(
            relation.is_external or not isinstance(relation.target_part, XmlPart)
            for relation in found
        ):
            raise ValueError(f"{kind} is not one part of XML")
    if not isinstance(document.element, CT_Document) or document.element.body is None:
        raise ValueError("no body")


def look_into(path: Path, content: bytes) -> Stored:
    """Reports what can be known without parsing the document, and returns its parts as stored.

    Raises Failure for another kind of file, damage, macros, entities, and what is too large.
    """
    _refuse_other_kinds(path, content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _refuse_other_documents(path, archive)
            return read_parts(archive)
    except TooLargeError as error:
        raise _too_large(path) from error
    except TooManyElementsError as error:
        raise Failure(
            f"“{path}” quá lớn: có quá {number(MAX_ELEMENTS)} thành phần",
            "tách văn bản thành nhiều tệp",
        ) from error
    except EntitiesError as error:
        raise Failure(
            f"“{path}” có khai báo thực thể XML, là điều Word không bao giờ ghi"
        ) from error
    except _DAMAGE as error:
        raise _damaged(path) from error
    except RecursionError as error:
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


def _refuse_other_documents(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuses, before anything is unpacked, what would be too much, and what is something else."""
    stored = archive.infolist()
    if len(stored) > MAX_PARTS or sum(part.file_size for part in stored) > MAX_UNPACKED:
        raise _too_large(path)
    names = {part.filename for part in stored}
    if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
        raise _other_kind(path, _OTHER_CONTENT["opendocument"])
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        raise Failure(f"“{path}” không phải văn bản Word (.docx)", _SAVE_AS_DOCX)
    if any(_MACROS in name.lower() for name in names):
        raise _other_kind(path, _OTHER_CONTENT["macroEnabled"])
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


def _give_defaults(document: WordDocument) -> None:
    """What python-docx needs and a file may lack: a part of styles, and the type of each.

    Of its own accord it would put its own template's styles there.
    """
    try:
        document.part.part_related_by(RELATIONSHIP.STYLES)
    except KeyError:
        element = parse_xml(f"<w:styles {nsdecls('w')}/>")
        name = PackURI("/word/styles.xml")
        part = StylesPart(name, CONTENT_TYPE.WML_STYLES, element, document.part.package)
        document.part.relate_to(part, RELATIONSHIP.STYLES)
    for style in document.styles.element.iterchildren(qn("w:style")):
        if style.get(qn("w:type")) is None:
            style.set(qn("w:type"), "paragraph")


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


def _odd(path: Path) -> Failure:
    return Failure(
        f"cấu trúc của “{path}” không như Word ghi nên không đọc được",
        "mở bằng Word, lưu lại thành .docx (Word Document), rồi dùng tệp đó",
    )


def _damaged(path: Path) -> Failure:
    return Failure(
        f"“{path}” bị hỏng hoặc không phải văn bản Word (.docx)",
        f"thử mở bằng Word; nếu không mở được, {_ASK_AGAIN}",
    )
