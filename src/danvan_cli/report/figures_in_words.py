"""The sentence that tells a section's figures, built of the phrases that the plan has for them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.figure_kinds import marked
from danvan_cli.model.indicator_nouns import usual_phrase, without_any
from danvan_cli.model.plan import PLACE_OF_NUMBER, Plan
from danvan_cli.model.plan import tasks as plan_tasks
from danvan_cli.report.combined_report import CombinedReport, IndicatorTotal

_NUMBER = re.compile(r"(?<![\w/.,-])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\w/-]|[.,]\d)")
_OF_A_DATE = re.compile(r"\b(?:ngày|tháng|năm|quý|số|điều|khoản)\s$", re.IGNORECASE)
_MONTHS = re.compile(r"\s(?:tháng|quý|năm)\b", re.IGNORECASE)
_DONE, _THERE_ARE = "đã ", "có "


class Opening(Struct, frozen=True):
    """How the sentence begins: 'Trong 6 tháng đầu năm 2026, Văn phòng'; `year`: this year.

    `targets`: whether it tells how much of the plan's targets is reached.
    """

    period: str
    body: str
    year: int
    targets: bool = False


class _Statement(Struct, frozen=True):
    """What is said of one indicator; `auxiliary`: 'đã ', 'có ' or '', which belongs before it."""

    auxiliary: str
    text: str
    task: str
    has_parts: bool = False


def opening(period_name: str, year: int, body: str, *, targets: bool = False) -> Opening:
    return Opening(
        vietnamese.with_year(vietnamese.in_sentence(period_name), year),
        vietnamese.short_name(body),
        year,
        targets,
    )


def figures_sentence(totals: Sequence[IndicatorTotal], start: Opening) -> str | None:
    """'Trong 6 tháng đầu năm 2026, Văn phòng đã tổ chức 29 cuộc hội nghị (tăng 7,4% so với …).'

    A part follows its whole behind 'trong đó', unless some units gave only one of the two. None
    if no unit gave a figure.
    """
    if not start.targets:
        totals = [replace(total, target=None) for total in totals]
    given = {total.indicator.id: total for total in totals if total.total is not None}
    parts: dict[str, list[IndicatorTotal]] = {}
    wholes = []
    for total in given.values():
        whole = given.get(total.indicator.part_of or "")
        if whole is None or total.lopsided:
            wholes.append(total)
        else:
            parts.setdefault(whole.indicator.id, []).append(total)
    if not wholes:
        return None
    compared = iter([f" so với cùng kỳ năm {start.year - 1}"])
    statements = [_statement(whole, parts, compared) for whole in wholes]
    return f"Trong {start.period}, {start.body} {''.join(_joined(statements))}."


def _joined(statements: Sequence[_Statement]) -> Iterator[str]:
    """'đã' once in the whole sentence, 'có' once for figures of one task that follow each other."""
    before: _Statement | None = None
    is_done_said = False
    for statement in statements:
        goes_on = before is not None and _goes_on(before, statement)
        if before:
            yield ", " if goes_on else "; "
        is_there_said = goes_on and before is not None and before.auxiliary == _THERE_ARE
        is_said = {_DONE: is_done_said, _THERE_ARE: is_there_said}
        yield statement.text if is_said.get(statement.auxiliary) else _whole(statement)
        is_done_said = is_done_said or statement.auxiliary == _DONE
        before = statement


def _goes_on(before: _Statement, statement: _Statement) -> bool:
    """Whether two are short and of one task, so that a comma is enough between them."""
    return before.task == statement.task and not (before.has_parts or statement.has_parts)


def _whole(statement: _Statement) -> str:
    return statement.auxiliary + statement.text


def _statement(
    total: IndicatorTotal, parts: Mapping[str, list[IndicatorTotal]], compared: Iterator[str]
) -> _Statement:
    """`compared`: what a change is compared with, written out only the first time."""
    auxiliary, text = _said(total)
    text = marked(text, estimated=bool(total.estimated))
    change = "" if total.is_part else _change(total, compared)
    if beside := "; ".join(filter(None, (_of_target(total), change))):
        text += f", {beside}" if text.endswith(")") else f" ({beside})"
    below = parts.get(total.indicator.id, []) if total.total else []
    said = [_part(part, parts, compared) for part in below]
    if said:
        text += f", trong đó {vietnamese.enumeration(said)}"
    return _Statement(auxiliary, text, str(total.indicator.task), bool(said))


def _part(
    total: IndicatorTotal, parts: Mapping[str, list[IndicatorTotal]], compared: Iterator[str]
) -> str:
    rate = f", đạt {total.rate}" if total.rate and total.total else ""
    return _whole(_statement(total, parts, compared)) + rate


def _said(total: IndicatorTotal) -> tuple[str, str]:
    """The auxiliary and the phrase with its number; one that begins with a verb takes 'đã'."""
    indicator = total.indicator
    if indicator.kind == "yes_no" and total.owing == 1:
        name = vietnamese.in_sentence(indicator.name)
        return "", name if total.total else vietnamese.bare(indicator.none or f"chưa {name}")
    if not total.total and (indicator.none or indicator.kind != "rate"):
        return "", vietnamese.bare(indicator.none or without_any(indicator))
    phrase = vietnamese.bare(indicator.phrase or usual_phrase(indicator))
    auxiliary = _THERE_ARE if phrase.startswith(PLACE_OF_NUMBER) else _DONE
    said = vietnamese.in_sentence(phrase).replace(PLACE_OF_NUMBER, _number(total))
    return ("" if indicator.kind == "rate" else auxiliary), said


def _number(total: IndicatorTotal) -> str:
    """'05', '97,5%', '08/12 đơn vị'; an amount of money has no zero before it."""
    if total.total is None or total.indicator.kind in ("rate", "money"):
        return total.text_of(total.total) or ""
    number = vietnamese.number_in_text(total.total)
    if total.indicator.kind != "yes_no":
        return number
    return f"{number}/{vietnamese.number_in_text(len(total.parts))} đơn vị"


def _of_target(total: IndicatorTotal) -> str:
    """'đạt 72,5% kế hoạch'; of what is to stay below it 'bằng 72,5% mức kế hoạch'."""
    if not total.total or total.of_target is None:
        return ""
    if total.indicator.direction == "less":
        return f"bằng {total.of_target} mức kế hoạch"
    return f"đạt {total.of_target} kế hoạch"


def _change(total: IndicatorTotal, compared: Iterator[str]) -> str:
    """'tăng 7,4% so với cùng kỳ năm 2025'; '' where nothing is compared."""
    if not total.total or total.change is None:
        return ""
    than = next(compared, "")
    if total.change == "0%":
        return f"bằng{than.removeprefix(' so với') or ' cùng kỳ'}"
    direction = "tăng" if total.change.startswith("+") else "giảm"
    by = total.change[1:].replace(",0%", "%").replace("điểm %", "điểm phần trăm")
    return f"{direction} {by}{than}"


def numbers_without_figures(plan: Plan, report: CombinedReport) -> Iterator[str]:
    """For each edited sentence of figures: its numbers that no figure of the section has."""
    written = {passage.path: passage for passage in report.passages if passage.paragraphs}
    told = {section.id: {task.id for task in section.tasks} for section in plan.sections}
    alone = {task.id: {task.id} for _, task in plan_tasks(plan)}
    for name, tasks in (*told.items(), *alone.items()):
        passage = written.pop(f"figures.{name}", None)
        if passage is None:
            continue
        totals = [total for total in report.indicators if total.indicator.task in tasks]
        numbers = foreign_numbers(" ".join(passage.paragraphs), totals)
        if numbers:
            known = [total.total_text for total in totals if total.total_text]
            yield (
                f"{passage.title} ({passage.path}): số {vietnamese.enumeration(numbers)} không "
                f"phải số liệu của mục ({'; '.join(known) or 'chưa có số liệu'})"
            )


def foreign_numbers(text: str, totals: Sequence[IndicatorTotal]) -> list[str]:
    """The numbers in an edited sentence of figures that are none of the section's, as written.

    The section's are: totals, last year's totals, the difference of the two, changes and rates.
    Years, months, dates and numbers of documents are no figures. `totals`: the section's.
    """
    known = {value for total in totals for value in _values(total)}
    return [
        match[0]
        for match in _NUMBER.finditer(text)
        if _value(match[0]) not in known
        and not _OF_A_DATE.search(text, 0, match.start())
        and not _MONTHS.match(text, match.end())
    ]


def _values(total: IndicatorTotal) -> Iterator[Decimal]:
    counts = [total.total, total.previous, total.whole, total.target]
    if total.indicator.kind == "yes_no":
        counts.append(len(total.parts))
    if total.total is not None and total.previous is not None:
        counts.append(abs(Decimal(total.total) - total.previous))
    yield from (Decimal(count) for count in counts if count is not None)
    yield from (
        _value(rate.strip("+-%").partition(" ")[0])
        for rate in (total.change, total.rate, total.of_target)
        if rate
    )


def _value(written: str) -> Decimal:
    """05 → 5; 1.234 → 1234; 93,7 → 93.7."""
    return Decimal(written.replace(".", "").replace(",", "."))
