"""`danvan report --supplement`: only the reason and what has changed since the issue."""

import re
from pathlib import Path

import docx
import pytest
from click.testing import Result
from msgspec.structs import replace
from typer.testing import CliRunner

from conftest import OFFICE, ReportWriter
from danvan_cli.check import check
from danvan_cli.cli import app
from danvan_cli.model.issued_report import IssuedReport
from danvan_cli.model.values import Day
from danvan_cli.report.supplement import changes
from danvan_cli.word.file.package import own_properties
from danvan_cli.word.file.plain_text import plain_text
from ooxml import violations

SUPPLEMENT = "output/2026/h1/bao-cao-bo-sung.docx"
REASON = "supplement_reason: Phòng Tổng hợp gửi số liệu điều chỉnh.\n"
MODEL = "{name: Nghe dân, field: kinh tế, status: implementing, summary: Gặp gỡ hằng tháng}"


def danvan(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), *arguments])


def supplement(root: Path, *arguments: str) -> Result:
    return danvan(root, "report", "--period", "h1", "--supplement", *arguments)


def record(root: Path) -> Path:
    return root / "reports" / "2026" / "h1" / "_issued.yaml"


def office(root: Path, old: str, new: str) -> None:
    path = record(root).with_name("_office.yaml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def issued(signable: Path, file_report: ReportWriter) -> Path:
    """A workspace whose report was issued with a model of Phòng Tổng hợp's."""
    file_report(
        "tong-hop", text=f"submitted: 29/5/2026\nindicators: {{hoi-nghi: 3}}\nmodels: [{MODEL}]\n"
    )
    result = danvan(
        signable, "issue", "--period", "h1", "--number", "57/BC-VP", "--date", "4/6/2026"
    )
    assert result.exit_code == 0, result.stderr
    return signable


def test_it_holds_the_reason_and_what_changed_and_nothing_else(
    issued: Path, file_report: ReportWriter
) -> None:
    more = MODEL.replace("Nghe dân", "Cùng dân")
    file_report(
        "tong-hop",
        text=f"submitted: 29/5/2026\nindicators: {{hoi-nghi: 1}}\nmodels: [{MODEL}, {more}]\n",
    )
    office(issued, "proposals: [Tập huấn nghiệp vụ]", "proposals: [Tập huấn nghiệp vụ, Mua xe]")
    office(issued, "Đơn được giải quyết đúng hạn.", "Đơn được giải quyết sớm.")
    office(issued, "leadership: Văn", f"{REASON}leadership: Văn")

    result = supplement(issued)

    assert result.exit_code == 0, result.stderr
    text = plain_text((issued / SUPPLEMENT).read_bytes())
    assert "Số:      /BC-VP" in text
    assert (
        "\nBổ sung Báo cáo số 57/BC-VP ngày 04/6/2026 của Văn phòng UBND tỉnh về kết quả thực hiện "
        "công tác dân vận 6 tháng đầu năm 2026\n" in text
    )
    assert "\nPhòng Tổng hợp gửi số liệu điều chỉnh.\n" in text
    assert "Đã báo cáo | Nay báo cáo | Chênh lệch\n1 | Hội nghị | cuộc | 6 | 4 | -2\n" in text
    assert "(Tiếp công dân) như sau\nĐơn được giải quyết sớm.\n" in text
    assert "Bổ sung vào mục V (Đề xuất, kiến nghị)\n- Mua xe.\n" in text
    assert "- Cùng dân (Phòng Tổng hợp): kinh tế; đang triển khai. Gặp gỡ hằng tháng.\n" in text
    for kept in ("Văn phòng phân công", "Kịp thời", "Tập huấn", "Nghe dân", "Đơn phải xử lý"):
        assert kept not in text
    assert "Hội nghị: trước 6, nay 4" in result.stderr


def test_it_keeps_to_the_decree_and_to_word(issued: Path) -> None:
    office(issued, "strengths: [Kịp thời]", "strengths: [Kịp thời, Đúng hạn]")
    office(issued, "leadership: Văn", f"{REASON}leadership: Văn")

    assert supplement(issued).exit_code == 0

    assert check(issued / SUPPLEMENT) == []
    assert violations(issued / SUPPLEMENT) == []
    assert "document" not in own_properties(docx.Document(str(issued / SUPPLEMENT)))
    text = plain_text((issued / SUPPLEMENT).read_bytes())
    assert "SỐ LIỆU THAY ĐỔI" not in text
    assert "\nII. NỘI DUNG BỔ SUNG, SỬA ĐỔI\n" in text


def test_figures_alone_have_no_part_on_words(issued: Path, file_report: ReportWriter) -> None:
    file_report(
        "tong-hop", text=f"submitted: 29/5/2026\nindicators: {{hoi-nghi: 4}}\nmodels: [{MODEL}]\n"
    )
    supplement(issued)
    text = plain_text((issued / SUPPLEMENT).read_bytes())
    assert "1 | Hội nghị | cuộc | 6 | 7 | +1" in text
    assert "NỘI DUNG BỔ SUNG" not in text


def test_a_changed_row_and_one_that_is_gone_are_said_so(
    issued: Path, file_report: ReportWriter
) -> None:
    changed = MODEL.replace("implementing", "recognized")
    head = "submitted: 29/5/2026\nindicators: {hoi-nghi: 3}\n"
    file_report("tong-hop", text=f"{head}models: [{changed}]\n")
    supplement(issued)
    assert "được công nhận. Gặp gỡ hằng tháng (thay nội dung đã báo cáo)." in plain_text(
        (issued / SUPPLEMENT).read_bytes()
    )
    file_report("tong-hop", text=head)
    supplement(issued)
    assert "- Không còn: Nghe dân (Phòng Tổng hợp).\n" in plain_text(
        (issued / SUPPLEMENT).read_bytes()
    )


def test_a_missing_reason_is_a_gap_that_is_told(issued: Path) -> None:
    office(issued, "strengths: [Kịp thời]", "strengths: [Kịp thời, Đúng hạn]")
    result = supplement(issued)
    assert "supplement_reason" in result.stderr
    assert "[Chưa ghi lý do bổ sung]" in plain_text((issued / SUPPLEMENT).read_bytes())
    assert supplement(issued, "--strict").exit_code == 1


def test_nothing_changed_is_nothing_to_add(issued: Path) -> None:
    result = supplement(issued)
    assert result.exit_code == 2
    assert "không có gì để bổ sung" in result.stderr


def test_without_the_record_it_is_refused_with_the_cure(issued: Path) -> None:
    record(issued).unlink()
    office(issued, "Kịp thời", "Đúng hạn")

    refused = supplement(issued)

    assert refused.exit_code == 2
    assert "_issued.yaml" in refused.stderr
    cure = ["issue", "--period", "h1", "--number", "57/BC-VP", "--date", "04/6/2026", "--force"]
    assert f"danvan {' '.join(cure)}" in refused.stderr
    office(issued, "Đúng hạn", "Kịp thời")
    assert "_issued.yaml" in danvan(issued, "report", "--period", "h1").stderr
    assert danvan(issued, *cure).exit_code == 0
    office(issued, "Kịp thời", "Đúng hạn")
    assert supplement(issued).exit_code == 0


def test_a_record_with_errors_is_refused(issued: Path) -> None:
    record(issued).write_text("number: 1\n", encoding="utf-8")
    result = supplement(issued)
    assert result.exit_code == 2
    assert "có lỗi" in result.stderr


def test_the_reason_is_no_part_of_what_was_issued(issued: Path) -> None:
    office(issued, "leadership: Văn", f"{REASON}leadership: Văn")
    assert danvan(issued, "report", "--period", "h1").exit_code == 0
    assert OFFICE.splitlines()[0] in record(issued).with_name("_office.yaml").read_text("utf-8")


def test_a_row_that_stands_twice_now_is_told() -> None:
    before = IssuedReport(number="1/BC-VP", issued=Day(2026, 6, 4), appendices={"awards": ["a"]})
    now = replace(before, appendices={"awards": ["a", "a"]})
    assert [(rows.added, rows.gone) for rows in changes(before, now).rows] == [(["a"], [])]
    assert [(rows.added, rows.gone) for rows in changes(now, before).rows] == [([], ["a"])]


def test_the_record_alone_keeps_other_figures_from_bearing_the_number(
    issued: Path, file_report: ReportWriter
) -> None:
    path = record(issued).with_name("_office.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^fingerprint:\n(?:  .*\n)+", "", text), encoding="utf-8")
    assert danvan(issued, "report", "--period", "h1").exit_code == 0
    file_report("tong-hop", text="submitted: 29/5/2026\nindicators: {hoi-nghi: 5}\n")
    refused = danvan(issued, "report", "--period", "h1")
    assert refused.exit_code == 2
    assert "Hội nghị: trước 6, nay 8" in refused.stderr
