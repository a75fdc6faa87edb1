"""A deviation from the decree: what is, what is required, where, and how to repair it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from danvan_cli.check.reading.lines import Line, Paragraph
from danvan_cli.problems import WARNING, DataPath, Diagnostic, rule

DECREE = "NĐ 30/2020"
_MOST_NUMBERS = 5

Repair: TypeAlias = Callable[[], None]


class Location(Struct, frozen=True):
    """Where something is: in words, and for machines; `number` is that of the paragraph or 0."""

    words: str
    path: DataPath
    number: int = 0


class Finding(Struct, frozen=True, kw_only=True):
    """One deviation at one place.

    `what` says what is and what is required, to be read after the place: 'Quốc hiệu có cỡ chữ
    15; phải từ 12 đến 13'. `repair` is there only where no judgement is needed.
    """

    code: str
    what: str
    clause: str | None = None
    place: Location | None = None
    hint: str | None = None
    repair: Repair | None = None


def at(where: Line | Paragraph) -> Location:
    """The place of a line or paragraph of the body: `paragraphs.12`."""
    number = where.paragraph.number if isinstance(where, Line) else where.number
    return Location(where.place, ("paragraphs", number - 1), number)


def at_section(number: int, words: str | None = None) -> Location:
    """The place of a section, from 0: `sections.2`."""
    return Location(words or f"phần {number + 1} của tệp", ("sections", number))


@rule("D581", WARNING, "Cần xem lại")
def review(what: str, place: Location | None, hint: str | None = None) -> Finding:
    """What cannot be decided: the verdict is that a person has to look."""
    return Finding(code="D581", what=f"cần xem lại: {what}", place=place, hint=hint)


def diagnostics(findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    """One for each deviation, naming all paragraphs that share it; from the top downwards."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for each in findings:
        key = (each.code, each.what, each.clause, each.hint, each.place is None)
        alike.setdefault(key, []).append(each)
    groups = list(alike.values())
    for group in sorted(groups, key=lambda each: each[0].place.number if each[0].place else 0):
        first = group[0]
        yield Diagnostic(
            code=first.code,
            message=message(first, [each.place for each in group[1:] if each.place]),
            hint=first.hint,
            path=first.place.path if first.place else (),
        )


def message(finding: Finding, others: Iterable[Location] = ()) -> str:
    """'đoạn 12 (“…”): … (NĐ 30/2020, PL I, I.II.6e)'."""
    clause = f" ({DECREE}, {finding.clause})" if finding.clause else ""
    what = f"{finding.what}{clause}"
    return f"{finding.place.words}{_others(list(others))}: {what}" if finding.place else what


def _others(places: list[Location]) -> str:
    numbers = list(dict.fromkeys(each.number for each in places if each.number))
    if not numbers:
        return "".join(f", {each.words}" for each in places)
    named = ", ".join(str(each) for each in numbers[:_MOST_NUMBERS])
    more = ", …" if len(numbers) > _MOST_NUMBERS else ""
    return f" và {len(numbers)} đoạn khác ({named}{more})"
