"""Describes in Vietnamese each field of `criteria.yaml` and `_rating.yaml`."""

from collections.abc import Mapping

from msgspec import Struct

from danvan_cli.model.criteria import (
    Adjustment,
    Band,
    Ceiling,
    Compared,
    Criteria,
    CriteriaGroup,
    Criterion,
    Decision,
    Each,
    OfFigure,
    OfModels,
    OfTarget,
    RatingClass,
    Share,
    Source,
    Timeliness,
)
from danvan_cli.model.rating import Appeal, Approval, Given, RatingRecord, Score

_POINTS = "số nguyên hoặc '7,5', nhiều nhất hai số thập phân"
_BANDS = "Các mức: từ giá trị nào thì được mấy điểm; dưới mức thấp nhất thì không có điểm."
_EVIDENCE = "Văn bản, tài liệu chứng minh, mỗi văn bản một mục."

CRITERIA_DESCRIPTIONS: Mapping[type[Struct], Mapping[str, str]] = {
    Decision: {
        "number": "Số, ký hiệu của quyết định.",
        "issued": "Ngày ban hành.",
    },
    Criteria: {
        "decision": "Quyết định ban hành bộ tiêu chí.",
        "period": "Mã kỳ báo cáo được xếp loại.",
        "scale": "Thang điểm: tổng điểm của mọi tiêu chí.",
        "out_of": "Thang quy đổi, nếu khác thang điểm, ví dụ 325 điểm quy đổi thành 100.",
        "groups": "Các nhóm tiêu chí.",
        "bonus": "Điểm thưởng, cộng ngoài thang điểm.",
        "deductions": "Điểm trừ, ghi bằng số dương.",
        "classes": "Các loại, cao nhất ghi trước.",
        "not_classed": "Đơn vị nào thì không xếp loại.",
        "ceilings": "Khống chế: đơn vị có điểm trừ nào thì không được xếp cao hơn loại nào.",
        "explain_from": "Hội đồng chấm khác đơn vị từ mức này thì nêu lý do; không ghi thì là 1.",
    },
    CriteriaGroup: {
        "id": "Mã nhóm, ví dụ '1'.",
        "title": "Tên nhóm.",
        "criteria": "Các tiêu chí của nhóm.",
    },
    Criterion: {
        "id": "Mã tiêu chí, ví dụ '1.1'.",
        "text": "Nội dung tiêu chí.",
        "points": f"Điểm cao nhất: {_POINTS}.",
        "by": "Ai chấm.",
        "from": "Nguồn của điểm tự động; chỉ ghi khi by: auto.",
        "applies_to": "Mã các đơn vị, nhóm đơn vị được chấm tiêu chí này; không ghi: mọi đơn vị.",
    },
    Source: {
        "timeliness": "Báo cáo đúng hạn, muộn thì trừ theo ngày; được gia hạn thì tính hạn mới.",
        "returned": "Báo cáo bị trả lại thì trừ.",
        "completeness": "Tỷ lệ nhiệm vụ, chỉ tiêu được giao mà báo cáo có nêu; ghi {}.",
        "errors": "Báo cáo có lỗi thì trừ.",
        "tasks_done_in_time": "Tỷ lệ nhiệm vụ có thời hạn đã hoàn thành; ghi {}.",
        "figure": "Theo số liệu của một chỉ tiêu, hoặc tỷ lệ của nó trong chỉ tiêu khác.",
        "target": "Theo mức đạt kế hoạch của chỉ tiêu.",
        "models": "Theo số mô hình đăng ký, được công nhận.",
        "compared": "Theo mức tăng, giảm (%) so với cùng kỳ năm trước.",
    },
    Timeliness: {
        "per_day": "Điểm trừ cho mỗi ngày muộn.",
        "never_sent": "Điểm khi không gửi; không ghi thì là 0.",
    },
    Each: {"each": "Điểm trừ mỗi lần."},
    Share: {},
    OfFigure: {
        "id": "Mã chỉ tiêu.",
        "of": "Mã chỉ tiêu tổng số, nếu chấm theo tỷ lệ (%).",
        "bands": _BANDS,
    },
    Band: {
        "from": "Từ giá trị này trở lên.",
        "points": f"Được số điểm này: {_POINTS}.",
    },
    OfTarget: {"id": "Mã chỉ tiêu có mức kế hoạch của từng đơn vị."},
    OfModels: {
        "registered": "Điểm cho mỗi mô hình đăng ký, đang triển khai.",
        "recognized": "Điểm cho mỗi mô hình được công nhận.",
        "most": "Nhiều nhất được số điểm này.",
    },
    Compared: {
        "figure": "Mã chỉ tiêu.",
        "with": "So với cùng kỳ năm trước: previous.",
        "bands": _BANDS,
    },
    Adjustment: {
        "id": "Mã điểm thưởng, điểm trừ.",
        "text": "Nội dung.",
        "points": f"Điểm mỗi lần: {_POINTS}.",
        "most": "Nhiều nhất bấy nhiêu điểm.",
        "from": "Nguồn của điểm, nếu chương trình tự tính.",
    },
    RatingClass: {
        "id": "Mã loại.",
        "name": "Tên loại, ví dụ Xuất sắc.",
        "from": "Từ số điểm này trở lên.",
        "at_most": "Không quá tỷ lệ này trong số đơn vị được xếp loại, ví dụ 20%.",
    },
    Ceiling: {
        "when": "Mã điểm trừ.",
        "class": "Mã loại cao nhất mà đơn vị còn được xếp.",
    },
    RatingRecord: {
        "self": "Điểm đơn vị tự chấm: mã đơn vị, rồi mã tiêu chí.",
        "council": "Điểm Hội đồng chấm: mã đơn vị, rồi mã tiêu chí.",
        "bonus": "Điểm thưởng của từng đơn vị.",
        "deductions": "Điểm trừ của từng đơn vị.",
        "appeals": "Kiến nghị của đơn vị về điểm.",
        "approved": "Kết quả đã được phê duyệt; sau đó chỉ sửa điểm theo kiến nghị.",
    },
    Score: {
        "points": f"Điểm: {_POINTS}.",
        "reason": "Lý do, căn cứ.",
        "evidence": _EVIDENCE,
    },
    Given: {
        "times": "Số lần; không ghi thì là 1.",
        "reason": "Lý do, căn cứ.",
        "evidence": _EVIDENCE,
    },
    Appeal: {
        "unit": "Mã đơn vị kiến nghị.",
        "criterion": "Mã tiêu chí.",
        "on": "Ngày kiến nghị.",
        "reason": "Lý do kiến nghị.",
        "decided": "Ngày giải quyết.",
        "points": "Điểm sau khi giải quyết, kể cả khi giữ nguyên.",
    },
    Approval: {
        "on": "Ngày phê duyệt.",
        "decision": "Quyết định phê duyệt, công nhận kết quả.",
        "totals": "Tổng điểm đã phê duyệt của từng đơn vị, do danvan rate --approve ghi.",
    },
}
