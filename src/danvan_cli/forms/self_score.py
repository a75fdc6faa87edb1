"""A unit's Word form for scoring itself, and the scores that a filled-in one holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.evaluation.points import CriterionPoints, UnitPoints
from danvan_cli.forms import boxes as form
from danvan_cli.forms import controls
from danvan_cli.forms.boxes import Box
from danvan_cli.forms.building import heading, without_text
from danvan_cli.forms.filled import FilledForm
from danvan_cli.forms.reading import read
from danvan_cli.model.criteria import CriteriaGroup
from danvan_cli.model.plan import Plan, coordinator
from danvan_cli.model.rating import Score
from danvan_cli.model.report_fields import Kind
from danvan_cli.word.document import finish, phrases, printing
from danvan_cli.word.document.styles import GRID
from danvan_cli.word.file import package
from danvan_cli.word.file.xml_text import cell, paragraph, parsed, row, table

DOCUMENT = "bieu-mau-tu-cham"
"""What kind of document such a form says it is."""

DOCUMENT_TYPE = "PHIẾU TỰ CHẤM ĐIỂM"
_FIELDS: Mapping[str, tuple[str, Kind]] = {
    "points": ("Điểm tự chấm", "number"),
    "reason": ("Lý do, căn cứ", "prose"),
    "evidence": ("Tài liệu kiểm chứng", "items"),
}
_PAIR_MM = (38, 127)
_AUTOMATIC_MM = (14, 58, 18, 18, 57)
_HEAD_SHADE, _LABEL_SHADE = "DEE6EF", "F5F5F5"
_HOW_TO = (
    "Chỉ điền được vào các ô; dùng phím Tab để sang ô tiếp theo. Điểm từ 0 đến điểm tối đa, điểm "
    "lẻ viết dấu phẩy, ví dụ 3,5; chưa chấm thì để trống.",
    "Tài liệu kiểm chứng: mỗi tài liệu một dòng, có số, ký hiệu và ngày.",
)
_AUTOMATIC = (
    "Chương trình tính từ báo cáo, ngày nhận báo cáo và số liệu; điểm còn đổi khi có thêm báo cáo."
)


class SelfScore(Struct, frozen=True):
    """What the form is made of: the unit's points so far, what it gave itself, and the day."""

    plan: Plan
    period: str
    points: UnitPoints
    own: Mapping[str, Score]
    day: date

    @property
    def criteria(self) -> list[CriterionPoints]:
        """Those that the unit scores."""
        return [
            each
            for each in self.points.criteria
            if each.criterion.by == "self" and (each.applies or each.waits)
        ]


def boxes(criteria: Iterable[CriterionPoints]) -> list[Box]:
    return [
        Box(("self", each.criterion.id, name), f"tiêu chí {each.criterion.id}", label, kind)
        for each in criteria
        for name, (label, kind) in _FIELDS.items()
    ]


def is_self_score(found: FilledForm) -> bool:
    """Whether it is such a form, or has lost what said so."""
    return found.properties.get("document") == DOCUMENT or any(
        place.tag.startswith("self.") or any("dv_self_" in name for name in place.bookmarks)
        for place in found.places
    )


def data_of(filled: Iterable[tuple[Box, str]]) -> dict[str, dict[str, Any]]:
    """By criterion, as `_rating.yaml` would have it, for the boxes that are not empty."""
    return dict(form.data_of(filled).get("self", {}))


def render(making: SelfScore) -> bytes:
    """The form as a Word file, with the scores that are known already in it."""
    document, plan = Document(BytesIO(without_text())), making.plan
    body = document.element.body
    for element in parsed("".join(_body(making))):
        body.sectPr.addprevious(element)
    finish.finish(document, plan.document)
    controls.lock_all_else(document)
    controls.finish_controls(document)
    unit, subject = making.points.unit, _subject(making)
    printing.set_properties(
        document, f"Phiếu tự chấm điểm của {unit.name}", subject, plan.organization.name
    )
    identity = {
        "document": DOCUMENT,
        "year": str(plan.year),
        "period": making.period,
        "unit": unit.id,
    }
    return package.stamped(document, plan.organization.name, identity)


def read_empty(making: SelfScore) -> FilledForm:
    """The form that danvan makes, before anyone filled it in."""
    return read(Document(BytesIO(render(making))))


def _subject(making: SelfScore) -> str:
    period = making.plan.periods[making.period].name_in(making.plan.year)
    return f"Chấm điểm, xếp loại {period}"


def _body(making: SelfScore) -> Iterator[str]:
    yield from heading(making.plan, making.points.unit, DOCUMENT_TYPE, _subject(making))
    to = coordinator(making.plan)
    address = f" ({to.email})" if to.email else ""
    for line in _HOW_TO:
        yield paragraph("BieuMauCachDien", f"{phrases.DASH}{line}")
    yield paragraph("BieuMauHan", f"{phrases.DASH}Gửi về {to.name}{address}.")
    yield paragraph("BieuMauMuc", "I. TIÊU CHÍ ĐƠN VỊ TỰ CHẤM")
    known = {box.path: box for box in boxes(making.criteria)}
    for group in _groups(making.criteria):
        yield paragraph("BieuMauKhoan", f"{group.id}. {group.title}")
        own = [each for each in making.criteria if each.group == group]
        yield table(_PAIR_MM, (line for each in own for line in _rows(making, each, known)), GRID)
    yield from _automatic(making)


def _groups(criteria: Sequence[CriterionPoints]) -> list[CriteriaGroup]:
    return list({each.group.id: each.group for each in criteria}.values())


def _rows(
    making: SelfScore, each: CriterionPoints, known: Mapping[form.Path, Box]
) -> Iterator[str]:
    name = paragraph("BieuMauTenO", f"Tiêu chí {each.criterion.id}")
    most = f"{each.criterion.text} (tối đa {vietnamese.number(each.most)} điểm)"
    contents = (name, paragraph("BieuMauNhiemVu", most))
    yield row(
        cell(width, content, shade=_HEAD_SHADE)
        for width, content in zip(_PAIR_MM, contents, strict=True)
    )
    for field, (label, _) in _FIELDS.items():
        box = known["self", each.criterion.id, field]
        text = _text(making.own.get(each.criterion.id), field)
        kept = field != "evidence"
        yield row(
            (
                cell(_PAIR_MM[0], paragraph("BieuMauNhan", label, kept=kept), shade=_LABEL_SHADE),
                cell(_PAIR_MM[1], controls.box_text(box, text, "BangChu")),
            )
        )


def _text(score: Score | None, field: str) -> str:
    if score is None:
        return ""
    match field:
        case "points":
            return vietnamese.digits(score.points)
        case "reason":
            return score.reason or ""
        case _:
            return "\n".join(score.evidence)


def _automatic(making: SelfScore) -> Iterator[str]:
    """What the program gives, so that the unit knows and can object; nothing to fill in."""
    own = [each for each in making.points.criteria if each.criterion.by == "auto" and each.applies]
    if not own:
        return
    day = vietnamese.short_day(making.day)
    yield paragraph("BieuMauMuc", f"II. ĐIỂM TỰ ĐỘNG TÍNH ĐẾN NGÀY {day}")
    yield paragraph("BieuMauLoiNhac", _AUTOMATIC)
    headings = ("Mã", "Tiêu chí", "Tối đa", "Điểm", "Căn cứ")
    head = row(
        (
            cell(width, paragraph("BangTieuDe", words), shade=_HEAD_SHADE, middle=True)
            for width, words in zip(_AUTOMATIC_MM, headings, strict=True)
        ),
        heading=True,
    )
    yield table(_AUTOMATIC_MM, [head, *map(_automatic_row, own)], GRID)


def _automatic_row(each: CriterionPoints) -> str:
    is_known = each.points is not None and not each.waits
    given = vietnamese.number(each.points) if is_known and each.points is not None else "chưa có"
    contents = (
        paragraph("BangGiua", each.criterion.id),
        paragraph("BangChu", each.criterion.text),
        paragraph("BangSo", vietnamese.number(each.most)),
        paragraph("BangSo", given),
        paragraph("BangChu", vietnamese.capitalized(each.reason)),
    )
    return row(map(cell, _AUTOMATIC_MM, contents))
