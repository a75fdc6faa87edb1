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
    """Where something is: in words, and for machines; `number` is that of the paragraph, or 0."""

    words: str
    path: DataPath
    number: int = 0


class Finding(Struct, frozen=True, kw_only=True):
    """One deviation at one place.

    `what` says what is and what is required, to be read after the location: 'Quốc hiệu có cỡ chữ
    15; phải từ 12 đến 13'. `repair` is there only where no judgement is needed.
    """

    code: str
    what: str
    clause: str | None = None
    location: Location | None = None
    hint: str | None = None
    repair: Repair | None = None


def at(where: Line | Paragraph) -> Location:
    """The location of a line or paragraph of the body: `paragraphs.12`."""
    number = where.paragraph.number if isinstance(where, Line) else where.number
    return Location(where.place, ("paragraphs", number - 1), number)


def at_section(number: int, words: str | None = None) -> Location:
    """The location of a section, from 0: `sections.2`."""
    return Location(words or f"phần {number + 1} của tệp", ("sections", number))


@rule("D581", WARNING, "Cần xem lại")
def review(what: str, location: Location | None, hint: str | None = None) -> Finding:
    """What cannot be decided by rule: a person has to decide."""
    return Finding(code="D581", what=f"cần xem lại: {what}", location=location, hint=hint)


def diagnostics(findings: Iterable[Finding]) -> Iterator[Diagnostic]:
    """One for each deviation, naming all paragraphs that share it; from the top downwards."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.code, finding.what, finding.clause, finding.hint, finding.location is None)
        alike.setdefault(key, []).append(finding)
    groups = list(alike.values())
    for group in sorted(
        groups, key=lambda group: group[0].location.number if group[0].location else 0
    ):
        first = group[0]
        yield Diagnostic(
            code=first.code,
            message=message(first, [finding.location for finding in group[1:] if finding.location]),
            hint=first.hint,
            path=first.location.path if first.location else (),
        )


def message(finding: Finding, others: Iterable[Location] = ()) -> str:
    """'đoạn 12 (“…”): … (NĐ 30/2020, PL I, I.II.6e)'."""
    clause = f" ({DECREE}, {finding.clause})" if finding.clause else ""
    what = f"{finding.what}{clause}"
    return f"{finding.location.words}{_others(list(others))}: {what}" if finding.location else what


def _others(locations: list[Location]) -> str:
    numbers = list(dict.fromkeys(location.number for location in locations if location.number))
    if not numbers:
        return "".join(f", {location.words}" for location in locations)
    named = ", ".join(str(number) for number in numbers[:_MOST_NUMBERS])
    more = ", …" if len(numbers) > _MOST_NUMBERS else ""
    return f" và {len(numbers)} đoạn khác ({named}{more})"
