"""What the outline (đề cương) of a report must keep to, and the office's words with it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from danvan_cli.model.outline import (
    SOURCE_KINDS,
    TITLE_FIELDS,
    Source,
    outline_of,
    places_of,
    source_of,
    sources,
)
from danvan_cli.model.plan import OutlinePart, Plan, tasks
from danvan_cli.model.unit_report import LIST_TITLES
from danvan_cli.problems import (
    ERROR,
    WARNING,
    DataPath,
    Diagnostic,
    did_you_mean,
    did_you_mean_task,
    limit_guesses,
    quoted,
    rule,
)
from danvan_cli.rules.office import OfficeCase

_WITH_ID: Mapping[str, str] = {
    "section": "mục",
    "task": "nhiệm vụ",
    "indicators": "chỉ tiêu",
    "own": "nội dung",
}
_LEADERSHIP = "leadership"
_IN_TEXT: Mapping[str, str] = {_LEADERSHIP: "Công tác lãnh đạo, chỉ đạo", **LIST_TITLES}


@rule("P330", ERROR, "Đề cương nêu nội dung không có")
def parts_name_what_is_there(plan: Plan) -> Iterator[Diagnostic]:
    """A part can only print what the plan has and what reports say."""
    guess, guess_task = limit_guesses(did_you_mean), limit_guesses(did_you_mean_task)
    known = _known(plan)
    for path, written in _named(plan):
        try:
            source = source_of(written)
        except ValueError as error:
            kind = str(error)
            yield Diagnostic(
                code="P330",
                message=f"{quoted(written)} không bắt đầu bằng tên nội dung nào của đề cương",
                hint=guess(kind, SOURCE_KINDS) or f"các tên: {', '.join(SOURCE_KINDS)}",
                path=path,
            )
            continue
        if bool(source.ids) != (source.kind in _WITH_ID):
            yield _without_id(path, source)
        for name in source.ids:
            if source.kind in known and name not in known[source.kind]:
                guess_id = guess_task if source.kind == "task" else guess
                listed = known[source.kind]
                yield Diagnostic(
                    code="P330",
                    message=f"kế hoạch không có {_WITH_ID[source.kind]} {quoted(name)}",
                    hint=guess_id(name, listed) or f"các mã: {', '.join(listed)}",
                    path=path,
                )


def _known(plan: Plan) -> Mapping[str, Mapping[str, None]]:
    """The ids that may stand behind a word; those of the office's own words are free."""
    return {
        "section": dict.fromkeys(section.id for section in plan.sections),
        "task": dict.fromkeys(task.id for _, task in tasks(plan)),
        "indicators": dict.fromkeys(indicator.id for indicator in plan.indicators),
    }


def _without_id(path: DataPath, source: Source) -> Diagnostic:
    needed = _WITH_ID.get(source.kind)
    return Diagnostic(
        code="P330",
        message=f"{source.kind} thiếu mã {needed}" if needed else f"{source.kind} không có mã",
        hint=f"viết như “{source.kind} mã”" if needed else f"chỉ ghi “{source.kind}”",
        path=path,
    )


@rule("P331", ERROR, "Đề cương in một nội dung hai lần")
def nothing_is_placed_twice(plan: Plan) -> Iterator[Diagnostic]:
    """What stands twice in a report would be edited in one place and stay in the other."""
    for place, outline in _outlines(plan):
        seen: dict[str, str] = {}
        for path, written in _named_in(place, outline):
            taken = _places(written, plan)
            before = next((seen[name] for name in taken if name in seen), None)
            if before is not None:
                yield Diagnostic(
                    code="P331",
                    message=f"nội dung của {quoted(written)} đã có ở {quoted(before)} ghi trên",
                    hint="mỗi nội dung chỉ ghi ở một phần",
                    path=path,
                )
            seen.update((name, written) for name in taken if name not in seen)


def _places(written: str, plan: Plan) -> list[str]:
    try:
        return places_of(source_of(written), plan)
    except ValueError:
        return []


@rule("P332", WARNING, "Nội dung không có chỗ trong đề cương")
def all_is_placed(plan: Plan) -> Iterator[Diagnostic]:
    """What units report of it would never reach the report that goes up."""
    for place, outline in _outlines(plan):
        placed = _placed(outline, plan)
        left_out = [name for name in _IN_TEXT if name not in placed]
        for section in plan.sections:
            missing = [task.id for task in section.tasks if f"tasks.{task.id}" not in placed]
            if f"sections.{section.id}" in placed:
                continue
            if len(missing) == len(section.tasks):
                left_out.append(f"section {section.id}")
            else:
                left_out += [f"task {task}" for task in missing]
        if left_out:
            yield Diagnostic(
                code="P332",
                message=f"đề cương không in {', '.join(left_out)}; đơn vị báo cáo các nội dung này "
                "mà báo cáo gửi lên không có",
                hint="ghi thêm vào of của một phần, nếu không cố ý bỏ",
                path=place,
            )


@rule("P333", ERROR, "Phần của đề cương chưa ghi đủ")
def parts_have_content(plan: Plan) -> Iterator[Diagnostic]:
    """A heading with nothing below it, and a title that cannot be printed, are mistakes."""
    for place, outline in _outlines(plan):
        for path, part in _parts(place, outline):
            if not part.of and not part.parts:
                yield Diagnostic(
                    code="P333",
                    message=f"phần {quoted(part.title)} không có of, cũng không có parts",
                    hint="ghi nội dung của phần vào of; phần chỉ do cơ quan viết thì ghi own và "
                    "một mã, ví dụ of: [own kien-toan]",
                    path=path,
                )
            for name in re.findall(r"{([^{}]*)}", part.title):
                if name not in TITLE_FIELDS:
                    yield Diagnostic(
                        code="P333",
                        message=f"tên phần có {quoted('{' + name + '}')}, không thay được",
                        hint="chỉ dùng {name}, tên kỳ, và {next_name}, tên kỳ tới",
                        path=(*path, "title"),
                    )


@rule("R450", ERROR, "Phần viết không có chỗ trong đề cương")
def all_words_have_a_place(case: OfficeCase) -> Iterator[Diagnostic]:
    """Words for what the period's outline does not have would be printed nowhere."""
    period = case.plan.periods.get(case.period or "")
    if period is None:
        return
    outline = outline_of(case.plan, period)
    placed = _placed(outline, case.plan) | _placed_figures(outline, case.plan)
    own = dict.fromkeys(
        name for source in sources(outline) if source.kind == "own" for name in source.ids
    )
    guess = limit_guesses(did_you_mean)
    for path in _written(case):
        if ".".join(path) in placed:
            continue
        meant = guess(path[-1], own) if path[0] == "own" else None
        listed = f"các mã của own: {', '.join(own)}" if own else None
        yield Diagnostic(
            code="R450",
            message=f"đề cương của báo cáo không có {'.'.join(path)} nên không in nội dung này",
            hint=meant
            or (listed if path[0] == "own" else None)
            or "ghi thêm vào of của một phần ở outline của plan.yaml, hoặc chuyển sang phần khác",
            path=path,
            at_key=True,
        )


def _written(case: OfficeCase) -> Iterator[tuple[str, ...]]:
    """The fields with words of the office, without ids that the plan does not have (R424, R451)."""
    office = case.office
    yield from ((name,) for name in _IN_TEXT if getattr(office, name))
    sections = {section.id for section in case.plan.sections}
    of_tasks = {task.id for _, task in tasks(case.plan)}
    known = {"sections": sections, "tasks": of_tasks, "figures": sections | of_tasks}
    for group in (*known, "own"):
        words: dict[str, str] = getattr(office, group)
        yield from (
            (group, name)
            for name, text in words.items()
            if text.strip() and name in known.get(group, words)
        )


def _placed(outline: Sequence[OutlinePart], plan: Plan) -> set[str]:
    return {place for source in sources(outline) for place in places_of(source, plan)}


def _placed_figures(outline: Sequence[OutlinePart], plan: Plan) -> set[str]:
    """The sentences of figures: a section's, or a task's that stands without its section."""
    placed = {place.replace("sections.", "figures.", 1) for place in _placed(outline, plan)}
    alone = {
        f"figures.{name}" for each in sources(outline) if each.kind == "task" for name in each.ids
    }
    return placed | alone


def _outlines(plan: Plan) -> Iterator[tuple[DataPath, Sequence[OutlinePart]]]:
    """The outlines that the plan has, each with its place."""
    if plan.outline:
        yield ("outline",), plan.outline
    for name, period in plan.periods.items():
        if period.outline:
            yield ("periods", name, "outline"), period.outline


def _named(plan: Plan) -> Iterator[tuple[DataPath, str]]:
    for place, outline in _outlines(plan):
        yield from _named_in(place, outline)


def _named_in(place: DataPath, outline: Sequence[OutlinePart]) -> Iterator[tuple[DataPath, str]]:
    """Every item of `of`, with its place."""
    for path, part in _parts(place, outline):
        for i, written in enumerate(part.of):
            yield (*path, "of", i), written


def _parts(
    place: DataPath, outline: Sequence[OutlinePart]
) -> Iterator[tuple[DataPath, OutlinePart]]:
    for i, part in enumerate(outline):
        yield (*place, i), part
        yield from _parts((*place, i, "parts"), part.parts)
