"""YAML that nobody means well: bytes, tokens, trees of the right names, good files gone wrong."""

import json
import random
from typing import Any

import yaml
from hypothesis import strategies as st

from fuzz import base
from fuzz.cases import Case

_NAMES = sorted(
    {
        str(event.value)
        for text in base.FILES.values()
        for event in yaml.parse(text)
        if isinstance(event, yaml.ScalarEvent)
    }
)
_TOKENS = [
    *("- ", ": ", "? ", "[", "]", "{", "}", ",", "&a ", "*a", "!!str ", "!", "|", "|2-\n", ">+\n"),
    *("'", '"', "#", " #", "---\n", "...\n", "%YAML 1.1\n", "\n", "  ", "\t", "\\", '"\\x00"', "~"),
    *("<<: *a", "=", "@", "`", "\r\n", "\r", "\x85", "\u2028", "\ufeff", "\x00", "\x1b", "\ud7ff"),
    *(
        "\u0301" * 40,
        "\U0001f600",
        "ế",
        "true",
        "null",
        "no",
        "0x1F",
        "1e3",
        "12:30",
        ".inf",
        "9" * 40,
    ),
    *(
        "2026-02-30",
        "29/2/2026",
        "31/12/9999",
        "-1",
        "../../etc",
        "a" * 3000,
        "[" * 500,
        "- " * 200,
    ),
]
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(_NAMES + _TOKENS),
)
_trees = st.recursive(
    _values,
    lambda inner: st.one_of(
        st.lists(inner, max_size=6),
        st.dictionaries(st.sampled_from(_NAMES) | st.text(max_size=10), inner, max_size=8),
    ),
    max_leaves=40,
)
_targets = st.sampled_from([base.PLAN, base.REPORT, base.OFFICE])
_commands = st.sampled_from(
    [
        *[["validate"]] * 8,
        *[["validate", "--format", "json"], ["validate", "--format", "gitlab"]],
        *[["status"], ["status", "--format", "json"], ["status", "--format", "csv"]] * 2,
        *[["overdue"], ["overdue", "--format", "markdown"], ["schema"], ["log"]],
        *[["trace", "hoi-nghi", "--period", "h1"], ["trace", "6.1", "--period", "h1"]],
        *[["new", "hanh-chinh", "--period", "annual"], ["calendar"]],
        *[["validate", f"@{name}"] for name in base.FILES],
    ]
)
_documents = st.sampled_from(
    [
        *[["report", "--period", "h1"], ["report", "--period", "annual", "--draft"]],
        *[["report", "--period", "h1", "--internal"], ["plan", "export"]],
        *[["report", "--period", "h1", "--unit", "ban-tiep-cong-dan"]],
        *[["form", "--all", "--period", "h1"], ["remind", "--period", "annual"]],
    ]
)


@st.composite
def from_bytes(draw: st.DrawFn) -> Case:
    """Any bytes at all."""
    return Case({draw(_targets): draw(st.binary(max_size=400))}, draw(_commands))


@st.composite
def from_tokens(draw: st.DrawFn) -> Case:
    """What YAML is made of, in any order."""
    pieces = draw(st.lists(st.sampled_from(_TOKENS + _NAMES), max_size=60))
    return Case({draw(_targets): _encoded("".join(pieces))}, draw(_commands))


@st.composite
def from_trees(draw: st.DrawFn) -> Case:
    """Sound YAML in which any value may stand anywhere."""
    text = json.dumps(
        draw(_trees), ensure_ascii=draw(st.booleans()), indent=draw(st.none() | st.just(2))
    )
    return Case({draw(_targets): _encoded(text)}, draw(_commands))


@st.composite
def from_good_text(draw: st.DrawFn) -> Case:
    """A good file, of which pieces are gone, doubled, moved or replaced."""
    name = draw(_targets)
    text = base.FILES[name].decode()
    for kind, where, length, token in draw(_edits):
        start = where % (len(text) + 1)
        piece = text[start : start + length]
        match kind:
            case "cut":
                text = text[:start] + text[start + length :]
            case "double":
                text = text[:start] + piece + text[start:]
            case "put":
                text = text[:start] + token + text[start:]
            case "replace":
                text = text[:start] + token + text[start + length :]
            case "end":
                text = text[:start]
    return Case({name: _encoded(text)}, draw(_commands))


_edits = st.lists(
    st.tuples(
        st.sampled_from(["cut", "double", "put", "replace", "replace", "end"]),
        st.integers(0, 10_000),
        st.integers(0, 60),
        st.sampled_from(_TOKENS + _NAMES) | st.text(max_size=5),
    ),
    min_size=1,
    max_size=5,
)


@st.composite
def from_good_values(draw: st.DrawFn) -> Case:
    """A good file in which a few values are others."""
    name, commands = draw(_targets), draw(st.sampled_from([_commands] * 9 + [_documents]))
    tree = yaml.load(base.FILES[name], yaml.BaseLoader)
    for seed, value in draw(
        st.lists(st.tuples(st.integers(0, 2**32), _trees), min_size=1, max_size=4)
    ):
        _put(tree, value, random.Random(seed))
    text = json.dumps(tree, ensure_ascii=False, default=str, indent=1)
    return Case({name: _encoded(text)}, draw(commands))


def _put(tree: Any, value: Any, chance: random.Random) -> None:
    """Puts a value somewhere into a tree; in place of what is there, or beside it."""
    while True:
        keys = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
        if not keys:
            return
        key = chance.choice(keys)
        if not isinstance(tree[key], (dict, list)) or not tree[key] or chance.random() < 0.15:
            break
        tree = tree[key]
    if isinstance(tree, dict) and chance.random() < 0.2:
        tree.pop(key)
    elif isinstance(tree, dict) and chance.random() < 0.2:
        tree[chance.choice(_NAMES)] = value
    else:
        tree[key] = value


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
