"""What a Word template may use up, so that no tag fills the memory or goes on without end.

Work is counted rather than timed, so that a template that is refused is so on every machine, and
one that is not never is. A unit of work is a letter made or printed, or a part of the template
gone through; a list costs what it takes in memory, in letters.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from datetime import date
from typing import Any

from jinja2 import Environment, TemplateRuntimeError, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join, do_replace, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Undefined, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

LEAST_WORK = 4_000_000
"""What any template may do: the XML of a document of 200 pages has so many letters."""
WORK_FOR_A_LETTER = 300
"""What it may do more for each letter of the document's values: a table's cell has 500 of XML."""

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
_LETTERS_A_PLACE = 16
"""An entry of a list takes as much memory as so many letters."""
_LARGEST_NUMBER_BITS = 1024
_TURN = 40
"""What a turn of an empty loop is worth, in letters: it takes as long as to print them."""


class TooMuch(TemplateRuntimeError):  # noqa: N818 - so a sentence with `raise` reads
    """A template that would make far more than a document; the message is Vietnamese."""

    def __init__(self) -> None:
        super().__init__("mẫu lặp hoặc nối chữ quá nhiều, văn bản sẽ lớn quá mức")


class _CountingGenerator(CodeGenerator):
    """Jinja's, but a turn of a loop or macro is counted first, and so is what is joined or cut."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        _count_turns(node, node.body)
        if node.test is not None:
            node.test = nodes.And(_counting(_TURN, node.lineno), node.test, lineno=node.lineno)
        super().visit_For(node, frame)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802
        _count_turns(node, node.body)
        super().visit_Macro(node, frame)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        _count_turns(node, node.body)
        super().visit_CallBlock(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if not isinstance(node.node, nodes.EnvironmentAttribute):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        # Straight, since Jinja's way through its sandbox takes longer than all else in a turn.
        self.write(f"environment.{node.node.name}(")
        self.visit(node.args[0], frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        node.expr = _weighing(node.expr)
        for operand in node.ops:
            operand.expr = _weighing(operand.expr)
        super().visit_Compare(node, frame)

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        self.write("environment.weighed(")
        super().visit_Getitem(node, frame)
        self.write(")")


def _count_turns(node: nodes.Node, body: list[nodes.Node]) -> None:
    parts = [part for each in body for part in (each, *each.find_all(nodes.Node))]
    weight = sum(len(part.data) if isinstance(part, nodes.TemplateData) else 8 for part in parts)
    body.insert(0, nodes.ExprStmt(_counting(weight + _TURN, node.lineno), lineno=node.lineno))


def _counting(weight: int, line: int) -> nodes.Expr:
    """An expression that counts so much work, and is true."""
    return _call("count", nodes.Const(weight, lineno=line))


def _weighing(value: nodes.Expr) -> nodes.Expr:
    return _call("weighed", value)


def _call(method: str, argument: nodes.Expr) -> nodes.Expr:
    line = argument.lineno
    function = nodes.EnvironmentAttribute(method, lineno=line)
    return nodes.Call(function, [argument], [], None, None, lineno=line)


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox that also refuses, by TooMuch, more than `most_work`."""

    code_generator_class = _CountingGenerator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, most_work: int, own_filters: dict[str, Callable[..., Any]], **options: Any):
        super().__init__(**options)
        self._left = most_work
        kept = {name: self.filters[name] for name in FILTERS}
        kept |= {"join": _join, "replace": _replace} | own_filters
        self.filters = {name: self._counted(name, each) for name, each in kept.items()}
        self.tests = {name: self._counted(name, each) for name, each in self.tests.items()}
        del self.globals["lipsum"]

    def spend(self, work: int) -> None:
        """Raises TooMuch where no so much work is left."""
        self._left -= work
        if self._left < 0:
            raise TooMuch

    def count(self, work: int) -> bool:
        """The same as an expression of a template, which is always true."""
        self.spend(work)
        return True

    def weighed(self, value: Any) -> Any:
        """The value, once it is counted."""
        self.spend(_weight(value))
        return value

    def joined(self, parts: Sequence[Any]) -> str:
        """What `~` gives."""
        self.spend(sum(map(_weight_of_text, parts)))
        return markup_join(parts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "+":
            self.spend(_weight(left) + _weight(right))
        elif operator == "%":
            if isinstance(left, str):
                raise TypeError("text is not filled in here")
        elif isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length() * (right if operator == "**" else 1) + right.bit_length()
            if bits > _LARGEST_NUMBER_BITS:
                raise TooMuch
        elif operator == "*":
            times = left if isinstance(left, int) else right
            self.spend((_weight(left) + _weight(right)) * max(int(times), 1))
        return super().call_binop(context, operator, left, right)

    def is_safe_callable(self, obj: Any) -> bool:
        if isinstance(getattr(obj, "__self__", None), _VALUES):
            return obj.__name__ in _METHODS
        return super().is_safe_callable(obj)

    def wrap_str_format(self, value: Any) -> None:
        """Leaves `format` a method, which no template may call: it fills up to a width."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        # Before Jinja, which until 3.1.5 lets `format` through here.
        if not __self.is_safe_callable(__obj):
            raise SecurityError(__obj)
        return __self.weighed(super().call(__context, __obj, *args, **kwargs))

    def _counted(self, name: str, function: Any) -> Callable[..., Any]:
        weight_of = _weight_of_text if name in _FOR_TEXT else _weight

        @functools.wraps(function)
        def counted(*args: Any, **kwargs: Any) -> Any:
            # Where a filter wants to know its surroundings, they come before the value.
            self.spend(sum(weight_of(each) for each in args if not isinstance(each, _SURROUNDINGS)))
            result = function(*args, **kwargs)
            return self._each(result) if isinstance(result, Iterator) else self.weighed(result)

        return counted

    def _each(self, items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            self.spend(_LETTERS_A_PLACE)
            yield item


@pass_eval_context
def _join(
    context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | None = None
) -> str:
    environment: Any = context.environment
    if attribute is not None:
        value = map(make_attrgetter(environment, attribute), value)
    items = list(value)
    environment.spend(sum(map(_weight_of_text, items)) + len(d) * len(items))
    joined: str = do_join(context, items, d)
    return joined


@pass_eval_context
def _replace(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    environment: Any = context.environment
    environment.spend(str(text).count(str(old)) * len(str(new)))
    replaced: str = do_replace(context, text, old, new, count)
    return replaced


def _weight_of_text(value: Any) -> int:
    """Raises TypeError for what is no text, which would be long once it were made into one."""
    if not isinstance(value, (str, int, Undefined)):
        raise TypeError(type(value))
    return _weight(value)


def _weight(value: Any) -> int:
    if isinstance(value, str):
        return len(value) + 1
    if isinstance(value, Sized) and not isinstance(value, Undefined):
        return _LETTERS_A_PLACE * len(value) + 1
    return 1
