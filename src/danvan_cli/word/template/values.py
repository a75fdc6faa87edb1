"""How a Word template's expressions are worked out, and how a value becomes text in Word."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Self

from jinja2 import StrictUndefined, TemplateRuntimeError, UndefinedError, pass_context
from jinja2.runtime import Context, Undefined
from jinja2.utils import missing
from markupsafe import Markup, escape
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.characters import without_invisible
from danvan_cli.problems import did_you_mean
from danvan_cli.word.file.unbroken import NO_BREAK_HYPHEN, unbroken
from danvan_cli.word.template.limits import LimitedEnvironment, refuse_too_large

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
PASSAGE_MARK = "{urn:danvan:marks}passage"
"""The element behind the text of a `PassageLine`, until the passage is found by it."""

_NO_BREAK_HYPHEN_ELEMENT = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1d\x1f\ud800-\udfff\ufffe\uffff]")
_PLAIN = re.compile("[ !#-%(-;=?-~\xa0-\xac\xae-\u02ff\u1e00-\u1fff\u2010-\u2027]*")
"""Vietnamese letters and common signs, with which nothing is to be done: most of all texts."""

_FILTERS = (
    vietnamese.long_day,
    vietnamese.short_day,
    vietnamese.short_day_of_year,
    vietnamese.weekday,
    vietnamese.number,
    vietnamese.roman,
    vietnamese.in_sentence,
    vietnamese.enumeration,
)


class PassageLine(str):
    """A line of a passage.

    To a template it is text like any other; printed as it is, it takes its passage's number along.
    """

    number: int

    @classmethod
    def of(cls, text: str, number: int) -> Self:
        line = cls(text)
        line.number = number
        return line

    @property
    def mark(self) -> Markup:
        """To stand behind the text, inside a `w:t`."""
        return Markup(
            '</w:t><dv:passage xmlns:dv="urn:danvan:marks" number="{}"/><w:t xml:space="preserve">'
        ).format(self.number)


class Unprintable(TemplateRuntimeError):  # noqa: N818 - so a sentence with `raise` reads
    """A value that has no form in a Word document; the message is Vietnamese."""


NO_VALUE_AT_ALL = "biểu thức không cho giá trị nào"


class UnknownNameError(UndefinedError):
    """A name that nothing has; the message is Vietnamese, which Jinja's own are not."""


class MissingValue(UndefinedError):  # noqa: N818 - so a sentence with `raise` reads
    """A name that is right, but has no value in this context; the message is Vietnamese."""


class NoValue(Undefined):
    """A name that is there, but whose value is None: false in a condition, an error in print."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, exc=MissingValue)

    @property
    def _undefined_message(self) -> str:
        return f"“{self._undefined_name}” chưa có giá trị"

    def __str__(self) -> str:
        return self._fail_with_undefined_error()

    def __iter__(self) -> Iterator[Any]:
        return self._fail_with_undefined_error()

    def __len__(self) -> int:
        return self._fail_with_undefined_error()

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, NoValue)

    def __hash__(self) -> int:
        return hash(None)


class UnknownName(StrictUndefined):
    """A name that nothing in the context has."""

    known: Iterable[str] = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UnknownNameError,
    ) -> None:
        beyond = isinstance(obj, list) and isinstance(name, int)
        super().__init__(hint, obj, name, MissingValue if beyond else exc)

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return NO_VALUE_AT_ALL
        if self._undefined_exception is MissingValue:
            return f"danh sách không có mục [{self._undefined_name}]"
        if self._undefined_obj is None:
            return f"lấy “{self._undefined_name}” của một giá trị chưa có"
        is_top = self._undefined_obj is missing
        known = self.known if is_top else names_of(self._undefined_obj)
        return unknown_name(str(self._undefined_name), known)


class WordEnvironment(LimitedEnvironment):
    """Jinja for Word: nothing unknown passes, nothing missing prints, text arrives as typed."""

    def __init__(self, context: Mapping[str, object]) -> None:
        names = tuple(context)

        class Unknown(UnknownName):
            known = names

        own = {function.__name__: function for function in _FILTERS}
        own |= dict.fromkeys(("e", "escape", "forceescape"), _value_as_xml)
        super().__init__(own, undefined=Unknown, autoescape=True, finalize=as_xml)
        self.tests["none"] = lambda value: value is None or isinstance(value, NoValue)

    def getattr(self, obj: Any, attribute: str) -> Any:
        # A field of a document's value holds nothing that the sandbox would have to look at.
        if isinstance(obj, Struct) and attribute in obj.__struct_fields__:
            value = getattr(obj, attribute)
        else:
            value = super().getattr(obj, attribute)
        return NoValue(name=attribute) if value is None else value

    def getitem(self, obj: Any, argument: Any) -> Any:
        value = super().getitem(obj, argument)
        return NoValue(name=str(argument)) if value is None else value


def values(context: Mapping[str, object]) -> dict[str, object]:
    """The context with its missing values marked, so that none of them can print as 'None'."""
    return {name: NoValue(name=name) if value is None else value for name, value in context.items()}


@pass_context
def as_xml(_context: Context, value: object) -> Markup:
    """A value as the inside of a `w:t`; Jinja calls it for every value that is printed.

    Raises Unprintable for what is not text or a whole number.
    """
    printed = _value_as_xml(value)
    refuse_too_large(len(printed))
    return printed


def _value_as_xml(value: object) -> Markup:
    if type(value) is str:
        return _text_as_xml(value)
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        return Markup(str(value))  # raises
    if isinstance(value, PassageLine):
        return _text_as_xml(str(value)) + value.mark
    if isinstance(value, str):
        return _text_as_xml(str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return Markup(value)
    raise Unprintable(_why_unprintable(value))


def _text_as_xml(text: str) -> Markup:
    text = unbroken(text)
    if _PLAIN.fullmatch(text):
        return Markup(text)
    text = without_invisible(text)
    if bad := _NOT_XML.search(text):
        raise Unprintable(
            f"văn bản Word không chứa được ký tự U+{ord(bad[0]):04X} có trong giá trị"
        )
    broken = _LINE_BREAK.sub(_BREAK, str(escape(text))).replace("\t", _TAB)
    return Markup(broken.replace(NO_BREAK_HYPHEN, _NO_BREAK_HYPHEN_ELEMENT))


def _why_unprintable(value: object) -> str:
    if value is None:
        return "giá trị này chưa có"
    if isinstance(value, date):
        return "ngày phải qua bộ lọc long_day hoặc short_day"
    if isinstance(value, bool):
        return "giá trị đúng/sai không in ra được; dùng trong {% if … %}"
    if isinstance(value, float):
        return "số thập phân không in thẳng ra được (tiếng Việt viết 97,5)"
    if isinstance(value, (list, tuple, dict, Iterator)):
        return "đây là danh sách; đi qua từng mục bằng {% for … %}"
    if not isinstance(value, Struct):
        return "đây không phải là chữ hay số"
    names = ", ".join(sorted(names_of(value)))
    return f"đây không phải là chữ hay số; lấy một tên bên trong nó: {names}"


def names_of(value: object) -> list[str]:
    """The names a template can use after the point of a value."""
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    return [name for name in dir(value) if not name.startswith("_")]


def unknown_name(name: str, known: Iterable[str]) -> str:
    """'không có tên “sbject” (ý bạn là “subject”?)'."""
    close = did_you_mean(name, list(known))
    return f"không có tên “{name}”" + (f" ({close})" if close else "")
