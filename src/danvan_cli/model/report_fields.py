"""The fields that a unit fills in: how the form labels each, how a letter names it, its choices."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args

from msgspec import Struct

from danvan_cli.model.unit_report import (
    AWARD_KIND_NAMES,
    MODEL_STATUS_NAMES,
    TASK_STATUS_NAMES,
    ModelField,
)

Kind: TypeAlias = Literal["choice", "prose", "items", "line", "number", "day"]
"""`prose`: a paragraph a line; `items`: one item a line; `line`: words on one line."""

YES_NO: Mapping[str, str] = {"true": "có", "false": "không"}


class ReportField(Struct, frozen=True):
    """`label`: of its box; `in_letter`: '' where the part says enough; `choices`: value → words."""

    label: str
    in_letter: str
    kind: Kind
    choices: Mapping[Any, str] = {}


REPORT_FIELDS: Mapping[str, Mapping[str, ReportField]] = {
    "results": {
        "status": ReportField("Tình hình", "tình hình thực hiện", "choice", TASK_STATUS_NAMES),
        "summary": ReportField("Kết quả", "kết quả", "prose"),
        "evidence": ReportField("Văn bản, tài liệu", "văn bản, tài liệu", "items"),
    },
    "models": {
        "name": ReportField("Tên mô hình", "tên", "line"),
        "field": ReportField(
            "Lĩnh vực", "lĩnh vực", "choice", {name: name for name in get_args(ModelField)}
        ),
        "summary": ReportField("Nội dung, kết quả", "kết quả", "prose"),
        "status": ReportField("Giai đoạn", "giai đoạn", "choice", MODEL_STATUS_NAMES),
        "replicate": ReportField("Đề nghị nhân rộng", "đề nghị nhân rộng", "choice", YES_NO),
    },
    "awards": {
        "kind": ReportField("Đối tượng", "đối tượng", "choice", AWARD_KIND_NAMES),
        "name": ReportField("Tên tập thể, cá nhân", "tên", "line"),
        "position": ReportField("Chức vụ", "chức vụ", "line"),
        "form": ReportField("Hình thức khen thưởng", "hình thức", "line"),
        "achievement": ReportField("Thành tích", "thành tích", "prose"),
    },
    "proposals": {
        "text": ReportField("Đề xuất, kiến nghị", "", "items"),
        "to": ReportField("Gửi cơ quan", "", "line"),
    },
    "signatory": {
        "authority": ReportField("Quyền hạn", "quyền hạn", "prose"),
        "position": ReportField("Chức vụ", "chức vụ", "line"),
        "name": ReportField("Họ và tên", "tên", "line"),
    },
}
"""By the report's field that holds them, in the form's order."""
