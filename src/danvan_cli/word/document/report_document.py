"""The combined report → what bao-cao.docx prints."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec.structs import replace

from danvan_cli import vietnamese
from danvan_cli.model.addressees import text_of
from danvan_cli.model.plan import DocumentLook, Unit
from danvan_cli.model.unit_report import AWARD_KIND_NAMES, Award, AwardKind
from danvan_cli.report import combined_report
from danvan_cli.report.combined_report import (
    CombinedReport,
    Passage,
    Point,
    Proposals,
    Reported,
    Sentence,
    Shown,
)
from danvan_cli.word import decree
from danvan_cli.word.document import phrases
from danvan_cli.word.document.fields import (
    Appendix,
    AwardGroup,
    AwardRow,
    AwardsAppendix,
    ModelRow,
    ModelsAppendix,
    Part,
    ReportDocument,
)
from danvan_cli.word.document.figures_appendix import figures_appendix, figures_table

NOTHING_YET = "[Chưa có nội dung báo cáo]"
"""In brackets, as a gap in a draft, so that no leader signs it unseen."""

_THROUGH = re.compile(r"\(qua ([^()]+)\)$")
_NAME_COLUMNS: Mapping[AwardKind, str] = {
    "collective": "Tên tập thể",
    "individual": "Họ và tên, chức vụ",
}
_NOTHING: Mapping[str, str] = {
    "models": "Trong kỳ không có mô hình.",
    "awards": "Không có đề xuất khen thưởng.",
}
_FIGURES = "figures."
ADDRESSEE_LEAD = "Đối với"
OTHER_PROPOSALS = "Kiến nghị khác:"


def report_document(
    report: CombinedReport, settings: DocumentLook, *, numbered: bool = True
) -> ReportDocument:
    """The combined report as bao-cao.docx prints it.

    `numbered`: the body has a register; without one, `number` is ''.
    """
    full = settings.unit_names == "full"
    name = report.organization.name
    symbol = f"{decree.REPORT.abbreviation}-{report.organization.symbol}" if numbered else None
    when = phrases.date_in_words(report.issued, report.expected_month)
    addressee, addressees = phrases.addressee_lines(report.addressees)
    reference = phrases.appendix_reference(
        "Báo cáo", report.number, symbol, when, name, settings.medium
    )
    heads = {
        heading.kind: Appendix(label=heading.label, title=heading.title, reference=reference)
        for heading in report.appendices
    }
    return ReportDocument(
        title=f"Báo cáo {report.subject_in_sentence}",
        agency=name,
        superior=report.organization.superior,
        issuer=report.organization.issuer,
        number=phrases.number_line(report.number, symbol) if symbol else "",
        place_and_date=f"{report.organization.place}, {when}",
        document_type=decree.REPORT.name,
        subject=report.subject,
        addressee=addressee,
        addressees=addressees,
        opening=_opening(report),
        closing=_closing(report),
        recipients=phrases.recipient_lines(report.recipients),
        archive=phrases.archive_line(report.archive, report.drafter),
        authority=report.signatory.authority,
        position=report.signatory.position,
        signer=report.signatory.name or phrases.BLANK_NAME,
        parts=list(_parts(report, with_units=full)),
        figures=figures_appendix(heads.get("indicators"), report),
        models=_models(heads.get("models"), report),
        awards=_awards(heads.get("awards"), report),
    )


def _opening(report: CombinedReport) -> str:
    if report.opening:
        return report.opening
    return (
        f"Thực hiện {report.plan_citation}, {report.organization.name} báo cáo "
        f"{report.subject_in_sentence} như sau:"
    )


def _closing(report: CombinedReport) -> str:
    """The body that a report goes through combines it: '(qua Sở Nội vụ tổng hợp)'."""
    if report.closing:
        return phrases.final(report.closing)
    to = [_THROUGH.sub(r"(qua \1 tổng hợp)", addressee) for addressee in report.addressees]
    return phrases.final(
        f"Trên đây là báo cáo {report.subject_in_sentence}, {report.organization.name} kính báo "
        f"cáo {vietnamese.enumeration(to)}"
    )


def _parts(report: CombinedReport, *, with_units: bool) -> Iterator[Part]:
    """The parts with all that they have, one below the other."""
    results = max(report.parts, key=_sections_in)
    for part in combined_report.walk(report.parts):
        if part.is_left_out:
            continue
        printed = list(_contents(part, report, with_units=with_units))
        if part is results and (citation := _citation(report)):
            printed.insert(0, Part(paragraphs=[citation]))
        if not printed and all(inner.is_left_out for inner in part.parts):
            printed = [Part(paragraphs=[NOTHING_YET])]
        first, *others = printed or [Part()]
        yield replace(first, level=part.level, heading=part.heading)
        yield from (replace(other, level=part.level) for other in others)


def _sections_in(part: combined_report.Part) -> int:
    """How much of the plan's sections and tasks a part tells; of equal parts the first counts."""
    return sum(
        content.path.startswith(("sections.", "tasks.", "figures."))
        for inner in combined_report.walk([part])
        for content in inner.contents
    )


def _contents(
    part: combined_report.Part, report: CombinedReport, *, with_units: bool
) -> Iterator[Part]:
    """What stands in a part; a section without words has its sentence of figures alone."""
    above: combined_report.Content | None = None
    for content in part.contents:
        if isinstance(content, Shown):
            yield _shown(content, report)
        elif not content.is_empty:
            yield _passage(content, with_units=with_units)
        elif above is None or not above.path.startswith(_FIGURES):
            yield Part(path=content.path, paragraphs=[NOTHING_YET])
        above = content


def _shown(shown: Shown, report: CombinedReport) -> Part:
    """Without a path, since nobody edits it."""
    if shown.totals:
        return Part(figures=figures_table(shown.totals, report))
    if not shown.items and shown.path in _NOTHING:
        return Part(paragraphs=[_NOTHING[shown.path]])
    return Part(points=phrases.dashed(shown.items))


def _passage(passage: Passage, *, with_units: bool) -> Part:
    """A list names no units, since it is about the office as a whole."""
    if isinstance(passage, Proposals):
        return Part(path=passage.path, points=_proposal_lines(passage))
    if passage.is_list:
        items = [*passage.lines, *(point.text for point in passage.points)]
        return Part(path=passage.path, points=phrases.dashed(items))
    points = [_with_units(point) if with_units else point.text for point in passage.points]
    return Part(path=passage.path, paragraphs=passage.lines, points=phrases.dashed(points))


def _with_units(point: Point) -> str:
    """'Họp giao ban (Phòng Tổng hợp). Đã in tài liệu (Trung tâm Tin học).'

    Sentences of the same units in one paragraph have one bracket. The hyphens of the names, which
    are ours to print, do not break.
    """
    return "\n".join(
        " ".join(
            _run_with_units(list(run), units)
            for units, run in groupby(paragraph, key=lambda sentence: sentence.units)
        )
        for paragraph in point.paragraphs
    )


def _run_with_units(sentences: list[Sentence], units: list[Unit]) -> str:
    text = " ".join(sentence.text for sentence in sentences)
    names = ", ".join(unit.name for unit in units)
    return f"{vietnamese.bare(text)} ({names})." if names else text


def _proposal_lines(proposals: Proposals) -> list[str]:
    """The proposals below the name of the body that each is for, if any of them names one."""
    grouped = any(group.addressee for group in proposals.by_addressee)
    lines: list[str] = []
    for group in proposals.by_addressee:
        if grouped:
            lines.append(addressee_heading(group.addressee))
        lines += phrases.dashed(text_of(item).strip() for item in group.items)
    return lines


def addressee_heading(name: str | None) -> str:
    """'Đối với Sở Nội vụ:', above the proposals for that body; without a name, above all others."""
    return f"{ADDRESSEE_LEAD} {name}:" if name else OTHER_PROPOSALS


def _citation(report: CombinedReport) -> str | None:
    """Where the text points at its appendices (NĐ 30/2020, PL I, I.III.1a)."""
    if not report.appendices:
        return None
    places = [f"{heading.name} tại {heading.label}" for heading in report.appendices]
    sentence = "; ".join(places)
    return vietnamese.capitalized(f"{sentence} kèm theo Báo cáo này.")


def _models(head: Appendix | None, report: CombinedReport) -> ModelsAppendix | None:
    if head is None:
        return None
    return ModelsAppendix(
        label=head.label,
        title=head.title,
        reference=head.reference,
        rows=[ModelRow.of(number, reported) for number, reported in enumerate(report.models, 1)],
    )


def _awards(head: Appendix | None, report: CombinedReport) -> AwardsAppendix | None:
    if head is None:
        return None
    return AwardsAppendix(
        label=head.label,
        title=head.title,
        reference=head.reference,
        groups=list(_award_groups(report.awards)),
    )


def _award_groups(awards: list[Reported[Award]]) -> Iterator[AwardGroup]:
    """'A. Tập thể', 'B. Cá nhân'; without a letter where there is but one."""
    kinds = list(dict.fromkeys(reported.item.kind for reported in awards))
    for letter, kind in zip("AB", kinds, strict=False):
        name = vietnamese.capitalized(AWARD_KIND_NAMES[kind])
        own = [reported for reported in awards if reported.item.kind == kind]
        yield AwardGroup(
            heading=f"{letter}. {name}" if len(kinds) > 1 else name,
            name_column=_NAME_COLUMNS[kind],
            rows=[AwardRow.of(number, reported) for number, reported in enumerate(own, 1)],
        )
