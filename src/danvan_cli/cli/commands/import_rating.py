"""Forms in which units scored themselves, brought into `_rating.yaml`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from danvan_cli import rules, vietnamese
from danvan_cli.cli.commands import form_rating, rate_result
from danvan_cli.cli.commands.rate_result import Rated
from danvan_cli.cli.findings_formats import as_text
from danvan_cli.cli.frame.places import shown
from danvan_cli.cli.frame.shell import FINDINGS, FINE
from danvan_cli.evaluation.points import UnitPoints
from danvan_cli.files import conversion, safe_write, workspace, yaml_reading
from danvan_cli.files.paths import RATING_NAME
from danvan_cli.files.yaml_editing import updated
from danvan_cli.forms import filled as filled_form
from danvan_cli.forms import self_score
from danvan_cli.forms.filled import Filled, FilledForm
from danvan_cli.model.rating import RatingRecord, Score
from danvan_cli.problems import Diagnostic, Failure, count_errors
from danvan_cli.tracking.checked_workspace import (
    CheckedWorkspace,
    original_file,
    refuse_other_year,
)

_NOTHING = b"{}\n"


def take(checked: CheckedWorkspace, file: Path, found: FilledForm, *, force: bool) -> int:
    """Adds the form's scores to the unit's; the exit status.

    What the form leaves empty stays. Raises Failure for a form of another year, period or unit,
    for a blank one, and, without `force`, where there are other scores.
    """
    rated, points = _addressee(checked, file, found)
    making = form_rating.of_unit(rated, points)
    filled = filled_form.in_boxes(found.places, self_score.boxes(making.criteria))
    problems = [*filled.problems, *filled_form.left_out_annotations(found)]
    if not found.is_locked:
        fresh = self_score.read_empty(making)
        problems += filled_form.written_outside(found, fresh, filled.values)
    scores, wrong = _scores(points.unit.id, filled)
    if not scores and not wrong:
        raise Failure(f"“{file}” chưa tự chấm tiêu chí nào", "đề nghị đơn vị điền rồi gửi lại")
    own = {**making.own, **scores}
    record = replace(rated.record, own={**rated.record.own, points.unit.id: own})
    wrong = wrong or list(_broken_rules(rated, record, points.unit.id, scores))
    problems += wrong
    if problems:
        click.echo(as_text([replace(each, file=file) for each in problems], Path.cwd()), err=True)
    if count_errors(problems):
        click.echo(
            f"Chưa ghi điểm tự chấm của {points.unit.name}; sửa trong biểu mẫu rồi nhập lại.",
            err=True,
        )
        return FINDINGS
    _refuse_conflict(file, making.own, scores, force=force)
    _write(rated, record)
    click.echo(f"Xem điểm: danvan rate --unit {points.unit.id}", err=True)
    return FINE


def _addressee(
    checked: CheckedWorkspace, file: Path, found: FilledForm
) -> tuple[Rated, UnitPoints]:
    values = found.properties
    if values.get("document") != self_score.DOCUMENT:
        raise Failure(
            f"“{file}” là phiếu tự chấm đã mất thông tin về đơn vị, có thể do lưu bằng chương "
            "trình khác",
            "chép nội dung sang phiếu mới: danvan form ĐƠN_VỊ --rating --period KỲ",
        )
    refuse_other_year(checked.plan, values.get("year"), f"“{file}” là phiếu tự chấm")
    try:
        rated = rate_result.rated(checked, values.get("period"))
        form_rating.refuse_approved(rated)
    except Failure as failure:
        raise Failure(f"“{file}”: {failure.message}", failure.hint) from failure
    for each in rated.units:
        if each.points.unit.id == values.get("unit"):
            return rated, each.points
    raise Failure(f"“{file}”: đơn vị “{values.get('unit')}” không được xếp loại kỳ này")


def _scores(unit: str, filled: Filled) -> tuple[dict[str, Score], list[Diagnostic]]:
    """The scores by criterion, and what in them cannot be read, in the form's words."""
    data: Any = {"self": {unit: self_score.data_of(filled.values)}}
    record, problems = conversion.convert(data, RatingRecord)
    wrong = [
        replace(each, message=f"tiêu chí {each.path[2]}: {_said(each)}", hint=None, path=())
        for each in problems
    ]
    return (record.own[unit] if record else {}), wrong


def _said(problem: Diagnostic) -> str:
    """In the form's words; a criterion with a reason alone lacks the points."""
    if problem.code == "S201":
        return "có lý do hoặc tài liệu mà chưa có điểm tự chấm"
    if problem.path[-1] == "points":
        return "điểm tự chấm phải là số, như 4 hoặc 3,5, nhiều nhất hai chữ số thập phân"
    return problem.message


def _broken_rules(
    rated: Rated, record: RatingRecord, unit: str, scores: Mapping[str, Score]
) -> Iterator[Diagnostic]:
    """What validate would say of the form's scores."""
    checked, period = rated.checked, rated.criteria.period
    text = _text(rated, record)
    path = checked.reports_folder(period) / RATING_NAME
    file = workspace.rating_from(path, yaml_reading.read(text.encode()), period)
    others = [each for each in checked.workspace.ratings if each.path != path]
    known = replace(checked.workspace, ratings=[*others, file])
    for problem in rules.check(known, checked.as_of).get(path, []):
        if problem.path[:2] == ("self", unit) and problem.path[2] in scores:
            yield replace(problem, hint=None, path=())


def _refuse_conflict(
    file: Path, before: Mapping[str, Score], now: Mapping[str, Score], *, force: bool
) -> None:
    """Raises Failure where other scores are there already, with each."""
    differences = list(_differences(before, now))
    if differences and not force:
        raise Failure(
            f"{RATING_NAME} đã có điểm tự chấm khác “{file}” nên không ghi đè",
            "nếu lấy theo biểu mẫu thì thêm --force",
            differences,
        )


def _differences(before: Mapping[str, Score], now: Mapping[str, Score]) -> Iterable[str]:
    for name, score in now.items():
        old = before.get(name)
        if old is None or old == score:
            continue
        if old.points != score.points:
            yield (
                f"tiêu chí {name}: đã ghi {vietnamese.number(old.points)} điểm, biểu mẫu ghi "
                f"{vietnamese.number(score.points)}"
            )
        else:
            yield f"tiêu chí {name}: lý do hoặc tài liệu kiểm chứng khác"


def _text(rated: Rated, record: RatingRecord) -> str:
    file = rate_result.file_of(rated.checked, rated.criteria.period)
    return updated(file.text if file else _NOTHING.decode(), record)


def _write(rated: Rated, record: RatingRecord) -> None:
    checked, period = rated.checked, rated.criteria.period
    path = checked.reports_folder(period) / RATING_NAME
    old = original_file(checked, path, rate_result.file_of(checked, period))
    text = updated((old.content or _NOTHING).decode(), record)
    if old.content and old.content.decode() == text:
        click.echo(f"{shown(path)} đã có đúng nội dung này, không ghi lại.", err=True)
        return
    click.echo(shown(safe_write.change(old, text.encode())))
