"""What the report of the period before promised, in the working paper of the one that continues."""

from pathlib import Path

import docx
from docx.oxml.ns import qn
from typer.testing import CliRunner

from conftest import ReportWriter
from danvan_cli.cli import app

TRAINED = "Đã tập huấn kỹ năng giao tiếp cho công chức tiếp dân."
FILED = "submitted: 20/11/2026\nresults: {{'1.1': {{status: done, summary: '{}'}}}}\n"


def followed_up(root: Path, period: str = "annual") -> list[str]:
    """What stands under 'Theo dõi kỳ trước'."""
    plan = root / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    if "continues" not in text:
        plan.write_text(text.replace("  annual:\n", "  annual:\n    continues: h1\n"), "utf-8")
    command = ["-C", str(root), "report", "--period", period, "--internal", "--as-of", "1/12/2026"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    document = docx.Document(str(root / f"output/2026/{period}/tong-hop-noi-bo.docx"))
    lines = [paragraph.text for paragraph in document.element.body.iter(qn("w:p"))]
    heading = "Theo dõi kỳ trước (câu có thể liên quan, cần đọc lại)"
    return [line for line in lines[lines.index(heading) + 1 :] if line] if heading in lines else []


def test_each_promise_of_the_office_stands_with_what_units_report_of_it(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop")
    (root / "reports/2026/h1/_office.yaml").write_text(
        "next_steps: [Tập huấn kỹ năng giao tiếp cho công chức]\n"
        "proposals: [{to: UBND tỉnh, text: Bố trí kinh phí sửa trụ sở}]\n",
        encoding="utf-8",
    )
    file_report("tong-hop", "annual", FILED.format(f"Họp giao ban hằng tuần. {TRAINED}"))
    assert followed_up(root)[:4] == [
        "Tập huấn kỹ năng giao tiếp cho công chức",
        f"- Phòng Tổng hợp: {TRAINED}",
        "Bố trí kinh phí sửa trụ sở",
        "- Chưa thấy đơn vị nào báo cáo.",
    ]


def test_without_the_office_the_units_promises_are_followed_up(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop", "h1", "submitted: 29/5/2026\nnext_steps: [Số hóa hồ sơ lưu trữ]\n")
    file_report("tong-hop", "annual", FILED.format(TRAINED))
    assert followed_up(root)[:2] == ["Số hóa hồ sơ lưu trữ", "- Chưa thấy đơn vị nào báo cáo."]


def test_a_period_that_continues_none_has_no_promises(
    root: Path, file_report: ReportWriter
) -> None:
    file_report("tong-hop")
    assert followed_up(root, "h1") == []
