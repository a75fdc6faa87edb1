"""What a Word template may call, and how large what it makes may become.

Jinja's sandbox with an allow-list of filters and methods, and a cap on each value. How long a
template takes is not bounded: it is the office's own.
"""

import functools
from collections.abc import Callable, Iterable, Sized
from datetime import date
from typing import Any

from jinja2 import Environment, TemplateRuntimeError, nodes, pass_eval_context
from jinja2.filters import do_join, do_replace, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

LEAST_OUTPUT = 4_000_000
"""Letters that any template may print: the XML of a document of 200 pages has so many."""
OUTPUT_FOR_A_LETTER = 300
"""What it may print more for each letter of the document's values: a cell has 500 of XML."""

_MOST_TURNS = 10_000
_LARGEST_VALUE = LEAST_OUTPUT
"""Letters of a text, or entries of a list."""
_LARGEST_NUMBER_BITS = 1024

FILTERS = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first"),
    *("forceescape", "groupby", "int", "items", "join", "last", "length", "list", "lower", "map"),
    *("max", "min", "reject", "rejectattr", "replace", "reverse", "select", "selectattr", "sort"),
    *("string", "title", "trim", "unique", "upper"),
)
"""Jinja's filters without those that fill up to a width, make HTML, or differ from day to day."""
_FOR_TEXT = ("capitalize", "lower", "replace", "string", "title", "trim", "upper")
_METHODS = (
    *("capitalize", "casefold", "count", "endswith", "find", "get", "index", "isdigit"),
    *("isoformat", "islower", "isupper", "items", "keys", "lower", "lstrip", "partition"),
    *("removeprefix", "removesuffix", "rfind", "rpartition", "rsplit", "rstrip", "split"),
    *("splitlines", "startswith", "strip", "title", "upper", "values", "weekday"),
)
"""Methods of texts, lists, groups and days that give no more than they were given."""

_SURROUNDINGS = (Context, EvalContext, Environment)
_VALUES = (str, bytes, int, float, list, tuple, dict, date)


class TooMuch(TemplateRuntimeError):  # noqa: N818 - so a sentence with `raise` reads
    """A template that would make far more than a document; the message is Vietnamese."""

    def __init__(self) -> None:
        super().__init__("mẫu lặp hoặc nối chữ quá nhiều, văn bản sẽ lớn quá mức")


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without what reaches beyond values or fills up to a width."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, own_filters: dict[str, Callable[..., Any]], **options: Any):
        super().__init__(**options)
        kept = {name: self.filters[name] for name in FILTERS}
        kept |= {"join": _join, "replace": _replace}
        of_text = {name: _of_text(kept[name]) for name in _FOR_TEXT}
        self.filters = kept | of_text | own_filters
        self.globals["range"] = _range
        del self.globals["lipsum"]

    def parse(
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> nodes.Template:
        """As Jinja does, but `~` takes texts and numbers only: a list would print as Python's."""
        tree = super().parse(source, name, filename)
        for concat in tree.find_all(nodes.Concat):
            concat.nodes = [
                nodes.Filter(part, "string", [], [], None, None, lineno=part.lineno)
                for part in concat.nodes
            ]
        return tree

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "+":
            refuse_too_large(_size(left) + _size(right))
        elif operator == "%":
            if isinstance(left, str):
                raise TypeError("text is not filled in here")
        elif isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * (right if operator == "**" else 1) + right.bit_length()
            if bits > _LARGEST_NUMBER_BITS:
                raise TooMuch
        elif operator == "*":
            times = left if isinstance(left, int) else right
            refuse_too_large((_size(left) + _size(right)) * int(times))
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, _VALUES) and callable(value):
            return attr in _METHODS
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leaves `format` a method, which no template may call: it fills up to a width."""


def refuse_too_large(size: int) -> None:
    """Raises TooMuch for a value of more letters or entries than any may have."""
    if size > _LARGEST_VALUE:
        raise TooMuch


def _range(*bounds: int) -> range:
    numbers = range(*bounds)
    if len(numbers) > _MOST_TURNS:
        raise TooMuch
    return numbers


def _of_text(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, but refusing what is no text, which would be Python's once made into one."""

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        # Where a filter wants to know its surroundings, they come before the value.
        for argument in args:
            if not isinstance(argument, _SURROUNDINGS):
                _text(argument)
        return function(*args, **kwargs)

    return guarded


@pass_eval_context
def _join(
    context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | None = None
) -> str:
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    items = [_text(item) for item in value]
    refuse_too_large(sum(map(_size, items)) + len(d) * len(items))
    joined: str = do_join(context, items, d)
    return joined


@pass_eval_context
def _replace(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    refuse_too_large(len(str(text)) + str(text).count(str(old)) * len(str(new)))
    replaced: str = do_replace(context, text, old, new, count)
    return replaced


def _text(value: Any) -> Any:
    """The value; raises TypeError for what is no text, TooMuch for one too long."""
    if not isinstance(value, (str, int, Undefined)):
        raise TypeError(type(value))
    refuse_too_large(_size(value))
    return value


def _size(value: Any) -> int:
    return len(value) if isinstance(value, Sized) and not isinstance(value, Undefined) else 1
