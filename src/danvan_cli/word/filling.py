"""Fills a Word template with a document's texts: docxtpl, made strict and true to every letter."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any
from zipfile import BadZipFile

from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from danvan_cli.failures import Failure, os_failure
from danvan_cli.shape import did_you_mean

_TEMPLATE = "<template>"
"""What Jinja calls a template that was given as text, in tracebacks."""

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_TAG_OVER_RUNS = re.compile(r"\{(?:<[^>]*>)*[{%#].*?[}%#](?:<[^>]*>)*\}", re.DOTALL)
_ODD_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u200b": None, "\ufeff": None})
_XML_TAG = re.compile(r"<[^>]*>")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = re.compile("\r\n|\r|\n|\t")
_LINE_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_STATEMENT = re.compile(r"\{%\s?(?:p|tr|tc)\s")
_WORDS_AROUND = 40
_FAULTS_OF_A_TEMPLATE = (
    TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
)
"""What an expression in a template can raise while it is worked out."""


class TemplateFault(Failure):
    """A template that cannot be filled in: which tag, why, and the words around it."""


class _UnprintableError(TemplateError):
    """A tag whose value is nothing that can be printed."""


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without what changes the words of those who typed them.

    Its own rendering turns '{_{' into '{{' and control characters into new paragraphs wherever
    they stand in the text, and mends broken XML silently.
    """

    def patch_xml(self, src_xml: str) -> str:
        plain = _TAG_OVER_RUNS.sub(lambda tag: tag[0].translate(_ODD_SPACES), src_xml)
        patched: str = super().patch_xml(plain)
        return patched

    def render_xml_part(
        self,
        src_xml: str,
        part: object,  # noqa: ARG002 - docxtpl's signature
        context: dict[str, Any],
        jinja_env: ImmutableSandboxedEnvironment,
    ) -> str:
        # One line a paragraph, so that a fault's line number leads to its words.
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        try:
            filled = jinja_env.from_string(source).render(context)
        except _FAULTS_OF_A_TEMPLATE as error:
            raise _fault(error, source, list(context)) from error
        filled = re.sub(r"\n<w:p([ >])", r"<w:p\1", filled)
        _check_well_formed(filled)
        return filled

    def render_properties(self, *_: object) -> None:
        """They are set from the document; rendered here they would be escaped twice."""


def fill(template: Path, context: dict[str, Any]) -> WordDocument:
    """The template with every tag replaced by its value, each value letter for letter.

    A line break in a value is one in the paragraph. Raises TemplateFault for a template that is
    no Word document or has a tag that cannot be filled in: an unknown name, a value that is
    missing, a statement in the wrong place.
    """
    try:
        document = _Template(str(template))
        document.init_docx()
        _check_shapes(document.docx)
        document.render(context, _environment())
    except OSError as error:
        raise os_failure(error) from error
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise TemplateFault(f"mẫu “{template.name}” không phải là tệp Word đọc được") from error
    except TemplateFault as fault:
        raise TemplateFault(f"mẫu “{template.name}”: {fault.message}", fault.hint) from fault
    filled: WordDocument = document.docx
    return filled


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_printed
    )


def _printed(value: object) -> object:
    """A value as XML text; None and lists are never printed."""
    if isinstance(value, StrictUndefined):
        return str(value)
    if value is None:
        raise _UnprintableError("không có giá trị")
    if not isinstance(value, str | int):
        raise _UnprintableError("là danh sách hoặc nhóm, không phải là chữ để in")
    text = _NOT_IN_XML.sub("\ufffd", str(value))
    if not _BREAKS.search(text):
        return text
    return Markup("").join(_with_breaks(text))


def _with_breaks(text: str) -> Iterator[Markup]:
    end = 0
    for match in _BREAKS.finditer(text):
        yield escape(text[end : match.start()])
        yield _TAB if match[0] == "\t" else _LINE_BREAK
        end = match.end()
    yield escape(text[end:])


def _check_shapes(document: WordDocument) -> None:
    """A statement takes its whole paragraph with it, and a picture anchored there too."""
    for paragraph in document.element.body.iter(_PARAGRAPH):
        if paragraph.find(".//{*}drawing") is None and paragraph.find(".//{*}pict") is None:
            continue
        own = "".join(paragraph.xpath("./w:r/w:t/text()"))
        if _STATEMENT.search(own.translate(_ODD_SPACES)):
            raise TemplateFault(
                f"thẻ “{_shortened(own)}” ở cùng đoạn với một hình vẽ nên hình sẽ mất",
                "chuyển hình vẽ sang một đoạn khác",
            )


def _check_well_formed(xml: str) -> None:
    try:
        etree.fromstring(xml.encode(), etree.XMLParser(huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise TemplateFault(
            "có thẻ đặt sai chỗ, làm hỏng cấu trúc của văn bản",
            "{%p …%} phải đứng riêng một đoạn, {%tr …%} riêng một hàng; thẻ mở và thẻ đóng "
            "cùng ở trong hoặc cùng ở ngoài bảng",
        ) from error


def _fault(error: Exception, source: str, names: list[str]) -> TemplateFault:
    """The error in the template author's words."""
    line = _line_of(error)
    words = _XML_TAG.sub(" ", source.split("\n")[line - 1]) if line else ""
    words = " ".join(words.split())
    if isinstance(error, UndefinedError):
        name = _last_quoted(str(error))
        what = f"không có tên “{name}”"
        hint = did_you_mean(name, names) or "xem các tên dùng được trong docs/templates.md"
    elif isinstance(error, TemplateSyntaxError):
        name, what = "", f"thẻ viết sai cú pháp ({error.message})"
        hint = "mỗi thẻ có dạng {{ tên }} hoặc {% lệnh %}; {% if %} cần {% endif %}, …"
    elif isinstance(error, _UnprintableError):
        name, what = "", f"giá trị của thẻ {error.message}"
        hint = "dùng {%p if tên %} … {%p endif %} quanh phần có thể vắng mặt"
    else:
        name, what, hint = "", f"không tính được thẻ ({error})", None
    return TemplateFault(f"{what}, ở {_quoted(words, name)}" if words else what, hint)


def _line_of(error: Exception) -> int | None:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line = None
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _TEMPLATE:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _last_quoted(message: str) -> str:
    quoted: list[str] = re.findall(r"'([^']*)'", message)
    return quoted[-1] if quoted else message


def _quoted(words: str, name: str) -> str:
    """The tag that has the name, with some of the words around it."""
    tags = [tag for tag in _TAG.finditer(words) if name in tag[0]]
    if not tags:
        return f"“{_shortened(words)}”"
    start = max(tags[0].start() - _WORDS_AROUND, 0)
    end = tags[0].end() + _WORDS_AROUND
    before = "…" if start else ""
    after = "…" if end < len(words) else ""
    return f"“{before}{words[start:end]}{after}”"


def _shortened(words: str) -> str:
    return words if len(words) <= 2 * _WORDS_AROUND else words[: 2 * _WORDS_AROUND] + "…"
