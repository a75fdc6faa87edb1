"""Whether the numbers that a unit's words name are those of its figures: warnings only.

Few false alarms go before many finds: a number counts only in front of the indicator's own noun.
"""

import re
from collections.abc import Iterator, Sequence

from danvan_cli.model.indicator_nouns import noun
from danvan_cli.model.plan import PLACE_OF_NUMBER, Indicator, is_assigned
from danvan_cli.model.values import Figure, figure_of
from danvan_cli.problems import WARNING, Diagnostic, rule
from danvan_cli.rules.report import ReportCase
from danvan_cli.vietnamese import enumeration, number, number_in_text

WORDS_DIFFER, MODELS_DIFFER = "R430", "R431"
MODEL_MEASURE = "mô hình"
"""The measure of the indicator that counts the models which a unit lists."""

# No piece of a longer number, a date, a document's number or a rate.
_NUMBER = r"(?<![\w/.,%-])(?<!số )((?:\d{1,3}(?:\.\d{3})+|\d{1,6})(?:,\d{1,2})?)"
_CLASSIFIER = "(?:cuộc|buổi|lớp|đợt|lượt|hội nghị)"
_END_OF_NOUN = re.compile(r"[,;(:]| và | hoặc ")
_PART_OF_SOMETHING = re.compile(
    r"(?:trong đó|trong số|bao gồm|gồm có|ngoài ra|còn lại|thêm|tăng|giảm|vượt|mỗi|dự kiến|kế hoạch"
    r"|chỉ tiêu|đạt|ít nhất|từ|đến|hơn|gần)\b[^.;]*$",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2
"""Of a noun that is looked for: 'tin' or 'đơn' alone mean too many things."""


@rule("R430", WARNING, "Số trong nội dung khác số liệu")
def words_agree_with_figures(case: ReportCase) -> Iterator[Diagnostic]:
    """'03 hội nghị' beside `hoi-nghi: 4`: one of the two goes up wrong."""
    for task, result in case.report.results.items():
        indicators = [
            indicator
            for indicator in case.known.indicators.values()
            if indicator.task == task
            and indicator.id in case.report.figures
            and indicator.kind not in ("rate", "yes_no")
        ]
        figures = [case.report.figures[indicator.id] for indicator in indicators]
        for indicator in indicators:
            named = _named(result.summary or "", indicator)
            is_told = sum(named) in figures or bool(set(named) & set(figures))
            if named and not is_told and not _has_others(result.summary or "", named):
                figure = case.report.figures[indicator.id]
                numbers = enumeration([number_in_text(each) for each in named])
                yield Diagnostic(
                    code=WORDS_DIFFER,
                    message=f"nội dung nhiệm vụ {task} nêu {numbers} {_head(noun(indicator))}, số "
                    f"liệu {indicator.id} ghi {number(figure)}",
                    hint="sửa số sai; nếu hai số nói về hai việc khác nhau thì viết rõ trong "
                    "nội dung",
                    path=("results", task, "summary"),
                )


@rule("R431", WARNING, "Số mô hình khác danh sách")
def models_agree_with_their_figure(case: ReportCase) -> Iterator[Diagnostic]:
    """The figure and the list of models stand in two appendices of one report."""
    counting = [
        indicator
        for indicator in case.known.indicators.values()
        if indicator.measure.strip().casefold() == MODEL_MEASURE and indicator.part_of is None
    ]
    if len(counting) != 1 or not case.reporter or not is_assigned(counting[0], case.reporter.id):
        return
    figure = case.report.figures.get(counting[0].id)
    if figure is not None and figure != len(case.report.models):
        yield Diagnostic(
            code=MODELS_DIFFER,
            message=f"số liệu {counting[0].id} ghi {number(figure)} mô hình, danh sách models có "
            f"{len(case.report.models)}",
            hint="ghi đủ mô hình vào models, hoặc sửa số liệu",
            path=("indicators", counting[0].id),
        )


def _named(summary: str, indicator: Indicator) -> list[Figure]:
    """The numbers that a text gives in front of one of the indicator's nouns."""
    text = " ".join(summary.split())
    nouns = "|".join(re.escape(each) for each in _nouns(indicator))
    found = (
        re.finditer(rf"{_NUMBER} (?:{_CLASSIFIER} )?(?:{nouns})(?!\w)", text, re.IGNORECASE)
        if nouns
        else ()
    )
    return [
        _figure(match[1])
        for match in found
        if not _PART_OF_SOMETHING.search(text, 0, match.start())
    ]


def _figure(written: str) -> Figure:
    """05 → 5; 1.234,5 → 1234.5."""
    digits = written.replace(".", "")
    return figure_of(digits) if "," in digits else int(digits)


def _has_others(summary: str, named: Sequence[Figure]) -> bool:
    """Whether there are more events than those named: '01 buổi sinh hoạt, 01 cuộc tọa đàm'."""
    events = re.findall(rf"{_NUMBER} {_CLASSIFIER}(?!\w)", summary, re.IGNORECASE)
    return len(events) > len(named)


def _nouns(indicator: Indicator) -> Sequence[str]:
    """'cuộc hội nghị', 'hội nghị', 'tọa đàm': what can follow the number, the longest first.

    All that an enumeration in the name counts, unless its first noun is too short to be looked for.
    """
    behind = (indicator.phrase or "").partition(PLACE_OF_NUMBER)[2]
    first, *others = _END_OF_NOUN.split(indicator.name.casefold())
    heads = {_head(noun(indicator)), _head(behind), first.strip()}
    if len(first.split()) >= _FEWEST_WORDS:
        heads.update(other.strip() for other in others)
    if indicator.measure.strip().casefold() == MODEL_MEASURE and indicator.part_of is None:
        heads.add(MODEL_MEASURE)
    return sorted((head for head in heads if len(head.split()) >= _FEWEST_WORDS), key=_by_length)


def _by_length(text: str) -> tuple[int, str]:
    return -len(text), text


def _head(text: str) -> str:
    """The first noun of an enumeration, in small letters: 'Hội nghị, tập huấn' → 'hội nghị'."""
    return _END_OF_NOUN.split(text, maxsplit=1)[0].strip().casefold()
