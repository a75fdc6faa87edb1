"""What is wrong in a form, and what differs from an earlier report, by part and box."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from danvan_cli import vietnamese
from danvan_cli.forms import figures, values
from danvan_cli.forms.boxes import ROW_LISTS, Box, Path, in_words, text_in
from danvan_cli.forms.filled import Filled
from danvan_cli.model.unit_report import UnitReport
from danvan_cli.problems import MAX_SHOWN, Diagnostic, quoted

_KEPT_BEFORE = 12
"""Letters shown before the first that differs."""

_EXPLAIN = (
    "sai thì sửa số; đúng thì ghi lý do vào ô Giải trình; biểu mẫu chưa có ô này thì lập lại bằng "
    "danvan form"
)
_OTHER_WORDS: Mapping[str, tuple[str | None, str | None]] = {
    "R408": (None, "nhiệm vụ không có việc thì chọn “không phát sinh” hoặc “chưa thực hiện”"),
    "R409": ("chưa ghi nội dung", "viết một, hai câu: đã làm gì, kết quả thế nào"),
    "R413": (None, "xem lại cả hai số"),
    "R415": (
        "chưa ghi ngày, nên báo cáo còn là dự thảo và chưa được tính",
        "khi gửi, ghi ngày gửi vào ô này",
    ),
    "R416": (None, "xem lại ngày gửi trong biểu mẫu và ngày nhận (received) trong tệp báo cáo"),
    "R423": (None, "đã là bản bổ sung thì ghi ngày gửi mới vào biểu mẫu"),
    "R442": (None, "ghi họ và tên vào ô này, chức vụ vào ô Chức vụ"),
    **dict.fromkeys(("R479", "R481", "R482", "R483"), (None, _EXPLAIN)),
    "R484": (None, "ghi số liệu vào ô của chỉ tiêu, hoặc xóa giải trình"),
    "R427": (None, "ghi cả hai số thì mới tính được tỷ lệ"),
}
"""Code → message and hint where those for the file speak of its fields; None: as it was."""


def in_words_of_the_form(problems: Iterable[Diagnostic], filled: Filled) -> list[Diagnostic]:
    """The same problems by part and box ('mục 4.2, ô Kết quả: …'), in the boxes' order."""
    kept = {name: _rows_of_items(name, filled) for name in ROW_LISTS}
    boxes = {box.path: (place, box) for place, box in enumerate(filled.boxes)}
    parts = _parts_by_path(filled.boxes)
    texts = {box.path: text for box, text in filled.values}
    reworded = []
    for problem in problems:
        path = _path_in_form(problem, kept)
        above = (path[:length] for length in range(1, len(path) + 1))
        place, box = next((boxes[parent] for parent in above if parent in boxes), (-1, None))
        where = _where(path, box, parts)
        message, hint = _reworded(problem, box, texts.get(path, ""))
        message = f"{where}: {message}" if where else message
        reworded.append((place, Diagnostic(code=problem.code, message=message, hint=hint)))
    return [problem for _, problem in sorted(reworded, key=lambda pair: pair[0])]


def _rows_of_items(name: str, filled: Filled) -> list[str]:
    """The number of the row of each item, in the items' order; a row may hold several proposals."""
    items: dict[str, int] = {}
    for box, text in filled.values:
        if box.path[0] == name and text:
            several = name == "proposals" and box.path[-1] == "text"
            lines = sum(bool(line.strip()) for line in text.split("\n")) if several else 1
            items[box.path[1]] = max(items.get(box.path[1], 0), lines)
    return [row for row, count in items.items() for _ in range(count)]


def _path_in_form(problem: Diagnostic, kept: Mapping[str, Sequence[str]]) -> Path:
    if len(problem.path) > 1 and (rows := kept.get(str(problem.path[0]))):
        first, item, *rest = problem.path
        if isinstance(item, int) and item < len(rows):
            return (str(first), rows[item], *map(str, rest))
    return tuple(str(step + 1) if isinstance(step, int) else step for step in problem.path)


def _parts_by_path(boxes: Iterable[Box]) -> dict[Path, set[str]]:
    """The parts of the form that have boxes at or below a path."""
    parts: dict[Path, set[str]] = defaultdict(set)
    for box in boxes:
        for length in range(1, len(box.path) + 1):
            parts[box.path[:length]].add(box.part)
    return parts


def _where(path: Path, box: Box | None, parts: Mapping[Path, set[str]]) -> str:
    if box:
        item = path[len(box.path) :]
        return f"{box.in_words}, ý {item[0]}" if item else box.in_words
    here = parts.get(path, set())
    return next(iter(here)) if len(here) == 1 else ""


def _reworded(problem: Diagnostic, box: Box | None, text: str) -> tuple[str, str | None]:
    message, hint = _OTHER_WORDS.get(problem.code, (None, problem.hint))
    if box and box.choices and problem.code in ("S201", "S203", "S204"):
        missing = problem.code == "S201"
        message = "chưa chọn" if missing else f"{quoted(text)} không có trong danh sách chọn"
        hint = f"chọn một trong: {'; '.join(box.choices.values())}"
    elif problem.code == "S201":
        message = "chưa ghi"
    elif box and box.kind == "number" and problem.code == "S203":
        message, hint = f"phải là số, đang là chữ {quoted(text)}", figures.hint(text)
    return message or problem.message, hint


def changes(before: UnitReport, after: UnitReport, boxes: Iterable[Box]) -> list[str]:
    """'mục 4.2, ô Kết quả: “cũ” → “mới”' for each box that says something else now.

    Last what the report has before, but no box of the form is for.
    """
    boxes = list(boxes)
    lines = []
    for box in boxes:
        old, new = _cleaned(box, before), _cleaned(box, after)
        if old != new:
            excerpts = _excerpts(_shown(box, old), _shown(box, new))
            lines.append(f"{box.in_words}: {' → '.join(excerpts)}")
    return [*lines, *_without_box(before, boxes)]


def _cleaned(box: Box, report: UnitReport) -> str:
    return values.value(box, text_in(box, report))


def _shown(box: Box, text: str) -> str:
    return in_words(box, text).replace("\n", " / ")


def _excerpts(old: str, new: str) -> Iterator[str]:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))
    start = max(0, sum(1 for _ in alike) - _KEPT_BEFORE)
    for text in (old, new):
        if len(text) <= MAX_SHOWN or not start:
            part = text if len(text) <= 2 * MAX_SHOWN else f"{text[: 2 * MAX_SHOWN - 1]}…"
        else:
            end = start + 2 * MAX_SHOWN
            part = f"…{text[start:end]}{'…' if len(text) > end else ''}"
        yield f"“{part}”" if text else "(trống)"


def _without_box(report: UnitReport, boxes: Sequence[Box]) -> Iterator[str]:
    known = {box.path[1] for box in boxes if len(box.path) > 1}
    for task in report.results:
        if task not in known:
            yield f"nhiệm vụ {task}, không có trong biểu mẫu: bỏ kết quả đã ghi"
    for name, figure in report.figures.items():
        if name not in known:
            told = vietnamese.number(figure)
            yield f"chỉ tiêu {name}, không có trong biểu mẫu: bỏ số liệu {told}"
    for name in report.notes:
        if name not in known:
            yield f"chỉ tiêu {name}, không có trong biểu mẫu: bỏ giải trình"
