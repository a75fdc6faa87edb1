"""One template and its document → a Word file."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from docx.document import Document as WordDocument
from msgspec.structs import asdict

from danvan_cli.model.plan import DocumentLook
from danvan_cli.word.document import finish, long_body
from danvan_cli.word.document.fields import Document
from danvan_cli.word.file import package
from danvan_cli.word.file.opening import reading
from danvan_cli.word.file.tracked_changes import XmlElement
from danvan_cli.word.template.fill import fill, whole

_LONGEST_PROPERTY = 255


def render(template: Path, document: Document, settings: DocumentLook) -> bytes:
    """A template filled in with a document; the same bytes for the same input."""
    held: list[bytes] = []
    open_document = filled(template, document, settings, partial(long_body.read, held=held))
    with reading(template):
        return package.stamped(open_document, document.agency, held=held)


def filled(
    template: Path,
    document: Document,
    settings: DocumentLook,
    read: Callable[[Iterable[str]], XmlElement] = whole,
) -> WordDocument:
    """The same while it is open; `read` makes it of its main part's XML."""
    with reading(template):
        filled = fill(template, context_of(document), read)
        finish.finish(filled, settings)
        set_properties(filled, document.title, document.subject, document.agency)
    return filled


def stamped(
    template: Path,
    document: WordDocument,
    agency: str,
    properties: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """A filled-in template as a file, with what it says of itself."""
    with reading(template):
        return package.stamped(document, agency, properties)


def context_of(document: Document) -> dict[str, object]:
    """The values of a template's names."""
    return asdict(document)


def set_properties(document: WordDocument, title: str, subject: str, agency: str) -> None:
    """These alone: what a template's author left there is not about this text."""
    properties = document.core_properties
    properties._element.clear()
    properties.title = _property(title)
    properties.subject = _property(subject)
    properties.author = properties.last_modified_by = _property(agency)
    properties.language = package.LANGUAGE


def _property(text: str) -> str:
    """One line, no longer than Word's properties can be."""
    return " ".join(text.split())[:_LONGEST_PROPERTY]
