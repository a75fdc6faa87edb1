"""The appendix of figures: a row for each indicator, parts below their whole."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.report import figures
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import Appendix, FigureRow, FiguresAppendix, FiguresTable

PARTS_BELOW = "Trong đó:"


def figures_appendix(head: Appendix | None, report: CombinedReport) -> FiguresAppendix | None:
    """The appendix with this head; None if there is none."""
    if head is None:
        return None
    table = figures_table(report.indicators, report)
    days = (vietnamese.short_day(report.data.from_), vietnamese.short_day(report.data.to))
    return FiguresAppendix(
        label=head.label,
        title=head.title,
        reference=head.reference,
        window=f"Số liệu từ ngày {days[0]} đến ngày {days[1]}",
        previous_heading=table.previous_heading,
        rows=table.rows,
        coverage=table.coverage,
    )


def figures_table(totals: list[IndicatorTotal], report: CombinedReport) -> FiguresTable:
    """The table of these figures of a report, with what the plan wants if the report tells it."""
    if not report.targets:
        totals = [replace(total, target=None) for total in totals]
    marks, lines = _coverage(totals)
    return FiguresTable(
        previous_heading=f"Cùng kỳ năm {report.year - 1}",
        rows=list(_rows(totals, marks)),
        coverage=lines + (report.carried if any(total.carried for total in totals) else []),
    )


def _coverage(totals: list[IndicatorTotal]) -> tuple[dict[str, str], list[str]]:
    """The marks of rows that do not cover all units, by their coverage, and the lines below.

    No row is marked if one line holds for all of them.
    """
    partial = figures.not_covered(totals)
    kinds = list(dict.fromkeys(map(figures.coverage, partial)))
    if len(kinds) == 1 and len(partial) == sum(total.total is not None for total in totals):
        return {}, [f"Số liệu của {kinds[0]}."]
    marks = {kind: f"({place})" for place, kind in enumerate(kinds, 1)}
    return marks, [f"{mark} Số liệu của {kind}." for kind, mark in marks.items()]


def _rows(totals: list[IndicatorTotal], marks: Mapping[str, str]) -> Iterator[FigureRow]:
    """Wholes in the plan's order and numbered, each followed by its parts and theirs."""
    ids = {total.indicator.id for total in totals}
    parts: dict[str, list[IndicatorTotal]] = {}
    wholes: list[IndicatorTotal] = []
    for total in totals:
        whole = total.indicator.part_of
        (parts.setdefault(whole, []) if whole in ids and whole else wholes).append(total)
    for number, total in enumerate(wholes, 1):
        yield _row(total, str(number), marks, is_part=False)
        yield from _part_rows(total, parts, marks)


def _part_rows(
    whole: IndicatorTotal, parts: Mapping[str, list[IndicatorTotal]], marks: Mapping[str, str]
) -> Iterator[FigureRow]:
    below = parts.get(whole.indicator.id, [])
    if below:
        yield FigureRow("", PARTS_BELOW, "", "", "", "", "", is_part=False)
    for part in below:
        yield _row(part, "", marks, is_part=True)
        yield from _part_rows(part, parts, marks)


def _row(
    total: IndicatorTotal, number: str, marks: Mapping[str, str], *, is_part: bool
) -> FigureRow:
    mark = marks.get(figures.coverage(total), "")
    return FigureRow(
        number=number,
        name=total.indicator.name,
        measure=total.indicator.measure,
        total=total.total_text or phrases.NONE,
        previous=total.text_of(total.previous) or phrases.NONE,
        change=(total.change or phrases.NONE).removesuffix("%").rstrip(),
        note="; ".join(_notes(total)) or mark,
        is_part=is_part,
    )


def _notes(total: IndicatorTotal) -> Iterator[str]:
    if total.rate:
        yield f"Tỷ lệ {total.rate}"
    if total.of_target and total.target is not None:
        reached = "bằng" if total.indicator.direction == "less" else "đạt"
        yield f"Kế hoạch {total.text_of(total.target)}, {reached} {total.of_target}"
