"""What the plan's indicators must keep to, so that their figures can be summed and told."""

import re
from collections.abc import Iterator

from danvan_cli.model.plan import PLACE_OF_NUMBER, Plan
from danvan_cli.problems import ERROR, DataPath, Diagnostic, quoted, rule

_CANNOT_BE_SUMMED = re.compile(
    r".*[%‰].*|phần (?:trăm|nghìn)|tỷ lệ|điểm|điểm (?:số|trung bình|phần trăm)|"
    r"(?:có|đạt)\s*(?:/|-|,|hoặc|hay)\s*(?:không|chưa|không đạt|chưa đạt)",
    re.IGNORECASE,
)


@rule("P321", ERROR, "Câu viết số liệu không đúng")
def phrases_have_a_place_for_the_number(plan: Plan) -> Iterator[Diagnostic]:
    """`phrase` is printed with the figure where {n} stands, `none` as it is."""
    for i, indicator in enumerate(plan.indicators):
        for name, text, places in (("phrase", indicator.phrase, 1), ("none", indicator.none, 0)):
            if text is None:
                continue
            rest = text.replace(PLACE_OF_NUMBER, "")
            if "{" in rest or "}" in rest:
                message = f"{name} có dấu ngoặc nhọn không phải của {PLACE_OF_NUMBER}"
            elif text.count(PLACE_OF_NUMBER) != places:
                message = (
                    f"phrase phải có đúng một {PLACE_OF_NUMBER}"
                    if places
                    else f"none không có {PLACE_OF_NUMBER}, vì được in khi số liệu bằng 0"
                )
            else:
                continue
            hint = (
                f"{PLACE_OF_NUMBER} là chỗ của số, ví dụ “tổ chức {PLACE_OF_NUMBER} cuộc hội nghị”"
                if places
                else "ví dụ “không có trường hợp vi phạm phải xử lý”"
            )
            path: DataPath = ("indicators", i, name)
            yield Diagnostic(code="P321", message=message, hint=hint, path=path)


@rule("P322", ERROR, "Chỉ tiêu không cộng được")
def figures_can_be_summed(plan: Plan) -> Iterator[Diagnostic]:
    """A rate, a mark or yes/no of several units has no sum, and sums are all that is printed."""
    for i, indicator in enumerate(plan.indicators):
        if _CANNOT_BE_SUMMED.fullmatch(indicator.measure.strip()):
            yield Diagnostic(
                code="P322",
                message=f"đơn vị tính {quoted(indicator.measure)} không cộng được giữa các đơn vị",
                hint="tỷ lệ: ghi hai chỉ tiêu đếm được, số bộ phận (part_of) và tổng số, danvan tự "
                "tính tỷ lệ; điểm, có/không: bỏ chỉ tiêu, để đơn vị viết trong kết quả nhiệm vụ",
                path=("indicators", i, "measure"),
            )
