"""What the record of an issued report must keep to."""

from collections.abc import Iterator

from msgspec import Struct

from danvan_cli import vietnamese
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.office_report import OfficeReport
from danvan_cli.problems import ERROR, Diagnostic, quoted, rule


class IssuedCase(Struct, frozen=True):
    """An `_issued.yaml` to be checked; `office`: the office's own words for the same period."""

    record: IssuedReport
    office: OfficeReport


@rule("R453", ERROR, "Bản ghi nội dung đã ban hành của báo cáo khác")
def record_is_of_the_issued_report(case: IssuedCase) -> Iterator[Diagnostic]:
    """A supplement compared with another report's words would be wrong throughout."""
    record, office = case.record, case.office
    if (record.number, record.issued) == (office.number, office.issued):
        return
    is_number = record.number != office.number
    known = (
        f"báo cáo số {office.number or '…'} "
        f"{vietnamese.long_day(office.issued) if office.issued else 'chưa ghi ngày ban hành'}"
    )
    what = f"số {quoted(record.number)}" if is_number else vietnamese.long_day(record.issued)
    yield Diagnostic(
        code="R453",
        message=f"tệp này ghi {what}, _office.yaml ghi {known}",
        hint="ghi nhận lại bằng danvan issue, hoặc xóa tệp này nếu báo cáo chưa ban hành",
        path=("number" if is_number else "issued",),
    )
