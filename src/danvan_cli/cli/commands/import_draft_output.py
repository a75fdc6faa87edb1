"""Says what a leader changed in a draft, where, and what of it cannot be imported."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import click

from danvan_cli import vietnamese
from danvan_cli.cli.frame.places import shown
from danvan_cli.drafts.edits import Edits, FrameEdit
from danvan_cli.drafts.passages import Printed
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.problems import Diagnostic

_AROUND = 40
_WHERE_TO_CHANGE = (
    "Chữ ngoài các ô nội dung không được nhận về. Sửa ở nguồn của chúng: tên mục, câu mở đầu, nơi "
    "gửi ở plan.yaml hoặc mẫu Word; số liệu, phụ lục ở báo cáo của đơn vị (danvan trace cho biết "
    "của đơn vị nào)."
)


def show_edits(path: Path, office: OfficeReport, found: Edits, refused: Mapping[str, str]) -> None:
    """`office`: the office's words until now; `refused`: by path, why words cannot be taken."""
    if found.passages or found.frame or found.notes:
        click.echo(f"{shown(path)} khác báo cáo mà danvan lập:", err=True)
    for line in _lines(office, found, refused):
        click.echo(f"  {line}", err=True)


def _lines(office: OfficeReport, found: Edits, refused: Mapping[str, str]) -> Iterator[str]:
    if not found.is_remembered:
        yield (
            "Văn bản không còn ghi lúc lập nó có gì (đã qua một chương trình khác), nên được so "
            "với báo cáo lập bây giờ."
        )
    if not found.had_passages:
        yield (
            "Văn bản không có ô nội dung nào, vì mẫu bao-cao.docx của cơ quan không in mỗi đoạn "
            "của một mục thành một đoạn; sửa nội dung trong _office.yaml."
        )
    for edit in found.passages:
        yield f"{edit.passage.heading} ({edit.passage.path}):"
        yield from (f"  {line}" for line in _differences(edit.before, edit.lines))
        if edit.is_stale:
            yield "  Từ khi lập văn bản, nội dung ở đây cũng đã đổi trong dữ liệu."
        if reason := refused.get(edit.passage.path):
            yield f"  Không nhận được: {reason}."
        elif (
            edit.words
            and edit.passage.kind in ("prose", "items")
            and not is_own(edit.passage, office)
        ):
            yield "  Từ nay báo cáo in nội dung này, không ghép báo cáo của các đơn vị vào đây nữa."
    for change in found.frame:
        yield f"Ngoài các ô nội dung: {_in_words(change)}"
    for kind, text in found.notes:
        yield f"Có {kind}: “{text}”"
    if found.frame:
        yield _WHERE_TO_CHANGE
    if found.outdated:
        places = vietnamese.enumeration([part_in_sentence(passage) for passage in found.outdated])
        yield f"Lãnh đạo không sửa, nhưng dữ liệu đã đổi từ khi lập văn bản: {places}."


def part_in_sentence(passage: Printed) -> str:
    """'mục II.3'."""
    return vietnamese.in_sentence(passage.place)


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """The paragraphs that went and came, each pair cut down to what differs."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        old, new = before[start:end], after[new_start:new_end]
        if len(old) == len(new):
            pairs = [_cut(*pair) for pair in zip(old, new, strict=True)]
            old, new = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        yield from (f"− “{line}”" for line in old)
        yield from (f"+ “{line}”" for line in new)


def _cut(before: str, after: str) -> tuple[str, str]:
    """Both texts without most of what they begin and end with alike; whole words stay."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    first, last = max(0, start - _AROUND), max(0, end - _AROUND)
    if first:
        first = before.find(" ", first, start) + 1 or first
    cut = []
    for text in (before, after):
        stop = len(text) - last
        stop = text.rfind(" ", len(text) - end, stop) if last and end else stop
        stop = len(text) - last if stop < 0 else stop
        cut.append(f"{'…' if first else ''}{text[first:stop]}{'…' if stop < len(text) else ''}")
    return cut[0], cut[1]


def _in_words(change: FrameEdit) -> str:
    if change.before is None:
        return f"thêm “{change.after}”"
    if change.after is None:
        gone = f"“{change.before}”" if change.before else "một đoạn nay không còn trong dữ liệu"
        return f"bỏ {gone}"
    if not change.before:
        return f"“{change.after}” (lời trước đó nay không còn trong dữ liệu)"
    before, after = _cut(change.before, change.after)
    return f"“{before}” → “{after}”"


def is_own(passage: Printed, office: OfficeReport) -> bool:
    """Whether the words are in `_office.yaml`, or could not come from a unit's report."""
    group, _, key = passage.path.partition(".")
    if group == "signatory":
        return True
    words = getattr(office, group)
    return bool(words.get(key) if key else words)


def in_the_documents_terms(problem: Diagnostic, found: Edits) -> str:
    """A problem of `_office.yaml` with the place in the document that it came from."""
    path = ".".join(str(part) for part in problem.path)
    places = [
        edit.passage.heading
        for edit in found.passages
        if f"{path}.".startswith(f"{edit.passage.path}.")
    ]
    kind = "lỗi" if problem.is_error else "cảnh báo"
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{places[0] if places else path}: {kind} {problem.code}: {problem.message}{hint}"
