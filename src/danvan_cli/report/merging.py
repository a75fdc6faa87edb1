"""Many units' texts → points: the same text stands once, with all its units."""

from collections.abc import Iterable

from danvan_cli.report.combined_report import Point


def merge(points: Iterable[tuple[str, str]]) -> list[Point]:
    """Pairs of unit name and text → points in order; equal texts become one point of all units."""
    merged: dict[str, Point] = {}
    for unit, text in points:
        key = " ".join(text.split()).rstrip(".;").casefold()
        if not key:
            continue
        known = merged.setdefault(key, Point(text.strip(), []))
        if unit and unit not in known.units:
            known.units.append(unit)
    return list(merged.values())


def paragraphs_of(prose: str | None) -> list[str]:
    """The paragraphs of a prose text; a line break starts a new one."""
    return [line.strip() for line in (prose or "").split("\n") if line.strip()]
