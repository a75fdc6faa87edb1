"""The models and proposed awards of a report, and which appendices it has."""

from danvan_cli import vietnamese
from danvan_cli.model.awards import goes_up
from danvan_cli.model.plan import AppendixTitles, Period, Plan
from danvan_cli.model.unit_report import (
    AWARD_KIND_NAMES,
    MODEL_STATUS_NAMES,
    Award,
    Model,
    UnitReport,
)
from danvan_cli.report.combined_report import (
    AppendixHeading,
    AppendixKind,
    IndicatorTotal,
    Reported,
)
from danvan_cli.report.merging import paragraphs_of


def models(plan: Plan, reports: dict[str, UnitReport]) -> list[Reported[Model]]:
    return [
        Reported(unit, model)
        for unit in plan.units
        if unit.id in reports
        for model in reports[unit.id].models
    ]


def awards(
    plan: Plan, reports: dict[str, UnitReport]
) -> tuple[list[Reported[Award]], list[Reported[Award]]]:
    """Those that go up, and those that the office confers; collectives first, then individuals."""
    proposed = [
        Reported(unit, award)
        for kind in AWARD_KIND_NAMES
        for unit in plan.units
        if unit.id in reports
        for award in reports[unit.id].awards
        if award.kind == kind
    ]
    return (
        [reported for reported in proposed if goes_up(plan, reported.item.form)],
        [reported for reported in proposed if not goes_up(plan, reported.item.form)],
    )


def model_lines(models: list[Reported[Model]]) -> list[str]:
    """'Bộ phận một cửa thân thiện (Trung tâm Phục vụ), đang triển khai: …', a point for each."""
    return [
        _said(
            f"{reported.item.name} ({reported.unit.name}), "
            f"{MODEL_STATUS_NAMES[reported.item.status]}",
            reported.item.summary,
        )
        for reported in models
    ]


def award_lines(awards: list[Reported[Award]]) -> list[str]:
    """'Bằng khen: Nguyễn Văn A, Trưởng phòng (Phòng Tổng hợp): …', a point for each."""
    return [_award_line(reported.unit.name, reported.item) for reported in awards]


def _award_line(unit: str, award: Award) -> str:
    who = ", ".join(filter(None, (award.name, award.position)))
    return _said(f"{award.form}: {who if unit in who else f'{who} ({unit})'}", award.achievement)


def _said(head: str, prose: str | None) -> str:
    said = " ".join(paragraphs_of(prose))
    return f"{head}: {vietnamese.in_sentence(said)}" if said else head


def appendices(
    plan: Plan,
    period: Period,
    totals: list[IndicatorTotal],
    models: list[Reported[Model]],
    awards: list[Reported[Award]],
) -> list[AppendixHeading]:
    """The appendices with rows; numbered only if there are several (NĐ 30/2020, PL I, I.III.1a)."""
    has_rows: dict[AppendixKind, bool] = {
        "indicators": any(total.total is not None for total in totals),
        "models": bool(models),
        "awards": bool(awards),
    }
    kinds = [kind for kind in has_rows if has_rows[kind]]
    return [
        AppendixHeading(
            kind,
            f"Phụ lục {vietnamese.roman(place)}" if len(kinds) > 1 else "Phụ lục",
            _title(kind, plan, period).upper(),
            _name(kind, plan.appendix_titles),
        )
        for place, kind in enumerate(kinds, 1)
    ]


def _title(kind: AppendixKind, plan: Plan, period: Period) -> str:
    """'Số liệu kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026'"""
    title: str | None = getattr(plan.appendix_titles, kind)
    if title is None:
        return f"Số liệu {vietnamese.in_sentence(period.subject)}"
    return f"{title} {period.name_in(plan.year)}"


def _name(kind: AppendixKind, titles: AppendixTitles) -> str:
    title: str | None = getattr(titles, kind)
    return vietnamese.in_sentence(title) if title else "số liệu chi tiết"
