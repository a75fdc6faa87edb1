"""Fills a Word template with a document's texts by Jinja, strictly and true to every letter."""

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, Literal

import msgspec
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import element_class_lookup
from jinja2 import Template, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from lxml import etree

from danvan_cli.problems import Failure, did_you_mean
from danvan_cli.word.file import opening
from danvan_cli.word.file.tracked_changes import XmlElement
from danvan_cli.word.template import cleanup
from danvan_cli.word.template.limits import LEAST_OUTPUT, OUTPUT_FOR_A_LETTER, TooMuch
from danvan_cli.word.template.tags import Problem, Tag, TagReader, as_jinja
from danvan_cli.word.template.values import (
    NO_VALUE_AT_ALL,
    MissingValue,
    UnknownNameError,
    Unprintable,
    WordEnvironment,
    unknown_name,
    values,
)

# What working out an expression of a template can raise, besides Jinja's own errors.
_EXPRESSION_ERRORS = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    SyntaxError,  # from Python, of what Jinja makes of loops nested too deep
    TypeError,
    ValueError,
)
_JINJA_SOURCE = "template"
_JINJA_NAMES = ("loop", "self", "super", "caller", "varargs", "kwargs")
_BROKEN_XML = Problem(
    message="thẻ mở và thẻ đóng không khớp với các đoạn, hàng, ô quanh chúng",
    hint="đặt {%p …%}, {%tr …%} và thẻ đóng của nó trong đoạn, hàng riêng, cùng một cấp",
)
LOOK_AT_ALL = "sửa mẫu bằng Word; xem mọi chỗ sai của các mẫu: danvan template check"
_PUT_A_FILE = "để tệp .docx ở đó, hoặc xóa đi để dùng mẫu đi kèm danvan"
_MOST_PROBLEMS = 100
_SOURCES_KEPT = 32
# As python-docx's, but it keeps blanks between elements.
_PARSER = etree.XMLParser(resolve_entities=False)
_PARSER.set_element_class_lookup(element_class_lookup)


def whole(pieces: Iterable[str]) -> XmlElement:
    """The root of a part whose XML comes in pieces."""
    return etree.fromstring("".join(pieces), _PARSER)


def fill(
    template: Path,
    context: Mapping[str, object],
    read: Callable[[Iterable[str]], XmlElement] = whole,
) -> WordDocument:
    """The template with every tag replaced by its value, each value letter for letter.

    `read` makes the document of its main part's XML. A line break in a value is one in the
    paragraph. Raises Failure where the template is no Word document, has a mistake in a tag, names
    what the context does not have, or prints a value that is missing.
    """
    document = _Document(template)
    try:
        document.fill(context, read)
    except _TemplateError as error:
        raise _failure(template, error.problem) from None
    return document.opened


def problems(template: Path, context: Mapping[str, object]) -> list[Problem]:
    """All that is wrong with a template's tags, as far as this context brings it to light.

    Each tag that fails is recorded and made harmless, and the template filled again. Names in a
    branch that this context does not take are looked up, too; attributes there are not.
    Raises Failure where the template is no Word document.
    """
    found: dict[tuple[int, str], Problem] = {}
    harmless: dict[int, str] = {}
    while len(found) < _MOST_PROBLEMS:
        document = _Document(template, harmless)
        found |= {_key(problem): problem for problem in document.problems_at_rest(context)}
        try:
            document.fill(context, whole)
            break
        except _TemplateError as error:
            problem = error.problem
        if not _is_consequence(problem, found.values()):
            found[_key(problem)] = problem
        replacement = _harmless(problem.tag)
        # To go on would be to do the same work again for each tag.
        if problem.kind == "work":
            break
        if problem.tag is None or replacement is None or problem.tag.number in harmless:
            break
        harmless[problem.tag.number] = replacement
    return [found[key] for key in sorted(found)]


def _key(problem: Problem) -> tuple[int, str]:
    return (problem.tag.number if problem.tag else -1, problem.message)


def _is_consequence(problem: Problem, known: Iterable[Problem]) -> bool:
    """Whether what is known already makes this problem: a tag's own, or one that upsets the XML."""
    return any(problem.tag is None or problem.tag == other.tag for other in known)


class _TemplateError(Exception):
    """The template has a mistake, or does not fit its values."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Document:
    """A template opened to be filled in once.

    `harmless`: what to put in place of a tag's content, by the tag's number; given at all, it
    means that the template is being checked, and one problem does not hide the next.
    """

    def __init__(self, template: Path, harmless: Mapping[int, str] | None = None) -> None:
        self.harmless = harmless
        self.reader = TagReader()
        self.on_lines: list[Tag] = []
        self.opened = _opened(template)

    def fill(
        self, context: Mapping[str, object], read: Callable[[Iterable[str]], XmlElement]
    ) -> None:
        """Renders body, headers, footers and notes; raises _TemplateError."""
        environment, known = WordEnvironment(context), values(context)
        letters = len(msgspec.json.encode(context, enc_hook=str))
        most = LEAST_OUTPUT + OUTPUT_FOR_A_LETTER * letters
        main = self.opened.part
        for part in self._parts():
            pieces = self._pieces(self._source(part), known, environment, most)
            root = _parsed(pieces, read if part is main else whole)
            # A part of notes is parsed XML once docx_plus has been imported, else plain bytes.
            if isinstance(part, XmlPart):
                part._element = root
            else:
                part._blob = etree.tostring(root, encoding="UTF-8")
        self.opened = main.document
        cleanup.clear_up(main.package)

    def problems_at_rest(self, context: Mapping[str, object]) -> Iterator[Problem]:
        """What is wrong before any value is known: tags out of place, names of no value."""
        known = {*context, *WordEnvironment(context).globals, *_JINJA_NAMES}
        for part in self._parts():
            source = self._source(part)
            try:
                names = _free_names(source)
            except (TemplateSyntaxError, RecursionError):
                continue  # filling the template reports it
            for name, line in names:
                if name not in known:
                    message = unknown_name(name, context)
                    yield Problem(message=message, tag=self._tag_on(line), kind="name")
        yield from self.reader.problems
        self.reader = TagReader()

    def _parts(self) -> list[Part]:
        """The document's text, its headers and footers, its notes: each once."""
        main = self.opened.part
        headers_and_footers = [
            rel.target_part
            for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
            for rel in main.rels.values()
            if rel.reltype == kind and rel.target_part.blob
        ]
        notes = (
            part
            for part in main.package.parts
            if part.content_type.endswith(("footnotes+xml", "endnotes+xml"))
        )
        return list(dict.fromkeys([main, *headers_and_footers, *notes]))

    def _source(self, part: Part) -> str:
        """A part as Jinja's source; raises _TemplateError."""
        xml = self.reader.read(part.blob)
        if self.harmless is None and self.reader.problems:
            raise _TemplateError(self.reader.problems[0])
        source, self.on_lines = as_jinja(xml, self.reader.tags, self.harmless or {})
        return source

    def _pieces(
        self, source: str, context: Any, environment: WordEnvironment, most: int
    ) -> Iterator[str]:
        """The rendered XML bit by bit, `most` letters beyond the source's, or _TemplateError."""
        try:
            globals_ = environment.make_globals(None)
            template = Template.from_code(environment, _compiled(source), globals_)
            left = most + len(source)
            for piece in template.generate(context):
                left -= len(piece)
                if left < 0:
                    raise TooMuch
                yield piece
        except _EXPRESSION_ERRORS as error:
            tag, kind = self._tag_on(_line(error)), _kind(error)
            problem = Problem(message=_what(error, environment), tag=tag, kind=kind)
            raise _TemplateError(problem) from None

    def _tag_on(self, line: int) -> Tag | None:
        return self.on_lines[line - 2] if 2 <= line <= len(self.on_lines) + 1 else None


def _parsed(
    pieces: Iterable[str], read: Callable[[Iterable[str]], XmlElement] = whole
) -> XmlElement:
    """The XML's root, of python-docx's classes; raises _TemplateError."""
    try:
        return read(pieces)
    except etree.XMLSyntaxError:
        raise _TemplateError(_BROKEN_XML) from None


def _opened(template: Path) -> WordDocument:
    if template.is_dir():
        raise Failure(f"mẫu “{template.name}” là thư mục, không phải tệp", _PUT_A_FILE)
    # Opening a fifo would wait for a writer that never comes.
    if template.exists() and not template.is_file():
        raise Failure(f"mẫu “{template.name}” không phải là một tệp thông thường", _PUT_A_FILE)
    try:
        return opening.open_content(template, opening.content_of(template))
    except Failure as failure:
        raise Failure(f"không dùng được mẫu: {failure.message}", failure.hint) from None


# What Jinja makes of a source is the same for all values, and a template is tried with many.
@lru_cache(maxsize=_SOURCES_KEPT)
def _compiled(source: str) -> CodeType:
    environment = WordEnvironment({})
    return environment.compile(environment.parse(source), filename=_JINJA_SOURCE)


@lru_cache(maxsize=_SOURCES_KEPT)
def _free_names(source: str) -> list[tuple[str, int]]:
    """Each name that the source does not give itself, and its line."""
    tree = WordEnvironment({}).parse(source)
    names = list(tree.find_all(nodes.Name))
    own = {name.name for name in names if name.ctx != "load"}
    own |= {macro.name for macro in tree.find_all(nodes.Macro)}
    return [(name.name, name.lineno) for name in names if name.name not in own]


def _line(error: BaseException) -> int:
    """The line of the Jinja source where the error arose; 0 if it is not known."""
    if isinstance(error, TemplateSyntaxError):
        is_at_end = str(error.message).startswith("Unexpected end of template")
        return 0 if is_at_end else error.lineno
    lines = (
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == _JINJA_SOURCE
    )
    return max(lines, default=0)


def _kind(error: BaseException) -> Literal["tag", "name", "value", "work"]:
    if isinstance(error, MissingValue):
        return "value"
    if isinstance(error, (TooMuch, MemoryError, RecursionError, SyntaxError)):
        return "work"
    return "name" if isinstance(error, UndefinedError) else "tag"


def _what(error: BaseException, environment: WordEnvironment) -> str:
    if isinstance(error, (MissingValue, TooMuch, UnknownNameError, Unprintable)):
        return str(error)
    if isinstance(error, UndefinedError):
        return NO_VALUE_AT_ALL  # of an `if` without `else`, whose value Jinja keeps for itself
    if isinstance(error, SecurityError):
        return "thẻ gọi điều không được phép dùng trong mẫu"
    if isinstance(error, TemplateError):
        return _what_jinja_says(str(error.message), environment)
    if isinstance(error, (MemoryError, RecursionError, SyntaxError)):
        return "các thẻ lồng nhau quá nhiều cấp"
    return "bộ lọc hoặc phép tính trong thẻ không dùng được với giá trị này"


def _what_jinja_says(message: str, environment: WordEnvironment) -> str:
    if named := re.match(r"No (filter|test) named '([^']*)'", message):
        known = environment.filters if named[1] == "filter" else environment.tests
        kind = "bộ lọc" if named[1] == "filter" else "phép thử"
        close = did_you_mean(named[2], list(known))
        return f"không có {kind} “{named[2]}”" + (f" ({close})" if close else "")
    if named := re.match(r"Encountered unknown tag '([^']*)'", message):
        return f"không có lệnh “{named[1]}”"
    return "thẻ viết sai cú pháp"


def _harmless(tag: Tag | None) -> str | None:
    """Content to stand in for a tag's, so that what comes after it can be checked, too."""
    if tag is None:
        return None
    if tag.is_expression:
        return "''"
    if match := re.match(r"(for\s.+?\sin)\s", tag.content):
        return f"{match[1]} []"
    if match := re.match(r"(set\s+\w+\s*=)", tag.content):
        return f"{match[1]} ''"
    return f"{tag.keyword} true" if tag.keyword in ("if", "elif") else None


def _failure(template: Path, problem: Problem) -> Failure:
    return Failure(f"mẫu “{template.name}”: {problem.with_place}", problem.hint or LOOK_AT_ALL)
