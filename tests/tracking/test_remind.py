"""`danvan remind`: whom it reminds and why; the letter, the mails and the messages it writes."""

import email
import email.policy
import shutil
from collections.abc import Sequence
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from click.testing import Result
from docx.oxml.ns import qn
from typer.testing import CliRunner

from conftest import PLAN, ReportWriter
from danvan_cli.check import check
from danvan_cli.cli import app
from danvan_cli.model.plan import DocumentLook
from ooxml import violations
from places import ROOT

VALID = """\
submitted: 29/5/2026
results:
  '1.1': {status: done, summary: Đã họp.}
  '1.2': {status: none_arisen}
"""
FAULTY = """\
submitted: 29/5/2026
results:
  '1.1': {status: xong, summary: Đã họp.}
  '1.2': {summary: Đã phát hành.}
indicators: {hoi-nghi: ba}
"""
TIEP_DAN = "{id: tiep-dan, name: Ban Tiếp công dân, short: BTCD"


@pytest.fixture(autouse=True)
def inside(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan with an address for each unit but one; the coordinator has reported."""
    plan = PLAN.replace(TIEP_DAN, f"{TIEP_DAN}, email: btcd@example.vn")
    (root / "plan.yaml").write_text(plan, encoding="utf-8")
    monkeypatch.chdir(root)


@pytest.fixture(autouse=True)
def coordinator_has_reported(file_report: ReportWriter) -> None:
    file_report("tong-hop", text=VALID)


def remind(day: str, *options: str) -> Result:
    arguments = ["remind", "--period", "h1", "--as-of", day, *options]
    return CliRunner().invoke(app, arguments)


def folder(day: str) -> Path:
    return Path("output/2026/h1/remind") / day


def letter(day: str) -> dict[str, list[str]]:
    """The letter's texts by the name of their style."""
    document = docx.Document(str(folder(day) / "cong-van-don-doc.docx"))
    names = {style.style_id: style.name or "" for style in document.styles}
    texts: dict[str, list[str]] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        texts.setdefault(names[paragraph.style or "Normal"], []).append(paragraph.text)
    return texts


def mail(day: str, unit: str) -> EmailMessage:
    content = (folder(day) / f"{unit}.eml").read_bytes()
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert [defect for part in message.walk() for defect in part.defects] == []
    return message


def text_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def attached(message: EmailMessage) -> dict[str | None, object]:
    return {each.get_filename(): each.get_content() for each in message.iter_attachments()}


def names(paths: Sequence[Path]) -> list[str]:
    return sorted(path.name for path in paths)


def test_before_the_deadline_it_recalls_it_to_those_who_have_sent_nothing() -> None:
    result = remind("29/5/2026")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"output/2026/h1/remind/2026-05-29/{name}"
        for name in (
            "cong-van-don-doc.docx",
            "tiep-dan.eml",
            "tiep-dan.txt",
            "tin-hoc.eml",
            "tin-hoc.txt",
        )
    ]
    assert result.stderr.splitlines()[:3] == [
        "Báo cáo 6 tháng đầu năm, tính đến 29/5/2026 (còn 3 ngày): nhắc thời hạn đối với 2/3 đơn "
        "vị.",
        "Chưa gửi (2): Ban Tiếp công dân và Trung tâm Tin học.",
        "Đã gửi, không nhắc (1): Phòng Tổng hợp.",
    ]
    texts = letter("2026-05-29")
    assert texts["Trích yếu công văn"] == [
        "V/v nhắc thời hạn gửi báo cáo kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026"
    ]
    assert texts["Nơi kính gửi"] == ["- Ban Tiếp công dân;", "- Trung tâm Tin học."]
    assert texts["Nội dung"][0].endswith(
        "trước ngày 02 tháng 6 năm 2026, số liệu tính từ ngày 01 tháng 01 năm 2026 đến ngày 25 "
        "tháng 5 năm 2026. Đến ngày 29 tháng 5 năm 2026, 01/03 đơn vị đã gửi báo cáo đạt yêu cầu; "
        "các đơn vị có tên trên chưa gửi báo cáo."
    )
    assert ", các đơn vị có trách nhiệm gửi báo cáo" in texts["Nội dung"][0]
    assert "chậm nhất thứ Hai, ngày 01 tháng 6 năm 2026" in texts["Lời kết"][0]


def test_on_the_last_day_it_still_recalls_and_on_the_next_it_presses() -> None:
    assert "(hôm nay là ngày cuối): nhắc thời hạn đối với 2/3 đơn vị." in remind("1/6/2026").stderr
    assert "(quá hạn 1 ngày): đôn đốc 2/3 đơn vị." in remind("2/6/2026").stderr
    assert letter("2026-06-01")["Trích yếu công văn"][0].startswith("V/v nhắc thời hạn")
    assert letter("2026-06-02")["Trích yếu công văn"][0].startswith("V/v đôn đốc gửi")


def test_the_new_day_is_before_the_offices_own_last_day() -> None:
    assert "Hạn mới: thứ Tư, 03/6/2026." in remind("2/6/2026").stderr.splitlines()


def test_after_the_deadline_it_gives_three_more_working_days() -> None:
    result = remind("5/6/2026")

    assert "Hạn mới: thứ Tư, 10/6/2026." in result.stderr.splitlines()
    assert "chậm nhất thứ Tư, ngày 10 tháng 6 năm 2026" in letter("2026-06-05")["Lời kết"][0]
    assert "chậm nhất thứ Tư, ngày 10/6/2026" in text_of(mail("2026-06-05", "tin-hoc"))


def test_a_last_day_off_is_told_with_the_working_day_before_it() -> None:
    told = "(ngày nghỉ; ngày làm việc cuối cùng trước đó là thứ Sáu, ngày 30/10/2026)"
    day = Path("output/2026/annual/remind/2026-10-30")
    CliRunner().invoke(app, ["remind", "--period", "annual", "--as-of", "30/10/2026"])
    assert f"chậm nhất Chủ nhật, ngày 01/11/2026 {told}." in (day / "tin-hoc.txt").read_text(
        "utf-8"
    )
    CliRunner().invoke(app, ["remind", "--period", "annual", "--as-of", "31/10/2026"])
    later = day.with_name("2026-10-31") / "tin-hoc.txt"
    assert "chậm nhất Chủ nhật, ngày 01/11/2026." in later.read_text("utf-8")


def test_another_new_day_is_that_of_until() -> None:
    result = remind("2/6/2026", "--until", "3/6/2026")

    assert "Hạn mới: thứ Tư, 03/6/2026." in result.stderr.splitlines()
    assert letter("2026-06-02")["Lời kết"] == [
        "Văn phòng UBND tỉnh đề nghị các đơn vị nêu trên khẩn trương hoàn thành và gửi báo cáo về "
        "Văn phòng UBND tỉnh (qua Phòng Tổng hợp) chậm nhất thứ Tư, ngày 03 tháng 6 năm 2026 để "
        "tổng hợp, báo cáo Ủy ban nhân dân tỉnh (qua Sở Nội vụ) trước ngày 05 tháng 6 năm 2026./."
    ]


@pytest.mark.parametrize("until", ["2/6/2026", "1/6/2026", "2/6/2025"])
def test_a_new_day_that_is_not_ahead_is_refused(until: str) -> None:
    result = remind("2/6/2026", "--until", until)

    assert result.exit_code == 2
    assert "không sau ngày 02/6/2026, ngày lập công văn" in result.stderr
    assert not Path("output").exists()


def test_no_new_day_is_set_before_the_deadline_has_passed() -> None:
    result = remind("1/6/2026", "--until", "5/6/2026")

    assert result.exit_code == 2
    assert "chưa qua hạn gửi báo cáo 6 tháng đầu năm (01/6/2026)" in result.stderr


def test_a_new_day_off_or_past_the_offices_own_deadline_is_pointed_out() -> None:
    result = remind("2/6/2026", "--until", "7/6/2026")

    assert result.exit_code == 0
    assert "Hạn mới là ngày nghỉ; đặt ngày khác bằng --until." in result.stderr
    assert "Hạn mới sau ngày cuối cơ quan gửi báo cáo (04/6/2026)" in result.stderr
    assert letter("2026-06-02")["Lời kết"][0].endswith(" để tổng hợp./.")


def test_errors_stand_in_the_letters_appendix_and_in_the_mail(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text=FAULTY)
    result = remind("2/6/2026")

    assert "Có lỗi (1): Trung tâm Tin học (3 lỗi)." in result.stderr.splitlines()
    texts = letter("2026-06-02")
    assert texts["Gạch đầu dòng"] == [
        "- Chưa gửi báo cáo: Ban Tiếp công dân.",
        "- Báo cáo còn lỗi, cần sửa và gửi lại: Trung tâm Tin học (03 lỗi).",
    ]
    assert (
        "Các lỗi cần sửa trong báo cáo nêu tại Phụ lục kèm theo Công văn này."
        in (texts["Nội dung"])
    )
    assert texts["Kèm theo"] == [
        "(Kèm theo Công văn số …/VP-TH ngày … tháng … năm … của Văn phòng UBND tỉnh)"
    ]
    cells = texts["Bảng - chữ"]
    assert [cells[row : row + 3] for row in range(0, len(cells), 4)] == [
        [
            "Trung tâm Tin học",
            "Nhiệm vụ 1.1 (tình hình thực hiện)",
            "Chữ “xong” không phải là giá trị dùng được",
        ],
        ["Trung tâm Tin học", "Nhiệm vụ 1.2 (tình hình thực hiện)", "Chưa ghi (trường status)"],
        [
            "Trung tâm Tin học",
            "Chỉ tiêu “Hội nghị”",
            "Phải là số, đang là chữ “ba”",
        ],
    ]
    message = mail("2026-06-02", "tin-hoc")
    assert "báo cáo đơn vị đã gửi còn 03 lỗi cần sửa" in text_of(message)
    listed = str(attached(message)["danh-sach-loi.txt"]).replace("\r\n", "\n")
    assert "1. Nhiệm vụ 1.1, tình hình thực hiện: chữ “xong” không phải" in listed
    assert "   Cách sửa: chọn một trong: hoàn thành (done)" in listed
    assert "   Vị trí: reports/2026/h1/tin-hoc.yaml:6\n" in listed
    assert (folder("2026-06-02") / "tin-hoc.loi.txt").read_text(encoding="utf-8") == listed


def test_errors_that_are_alike_share_a_row_and_many_kinds_are_cut(
    file_report: ReportWriter,
) -> None:
    others = "".join(f"  la-{number}: 1\n" for number in range(25))
    text = "submitted: 29/5/2026\nresults:\n  '1.1': {}\n  '1.2': {}\nindicators:\n" + others
    file_report("tin-hoc", text=text)
    remind("2/6/2026")

    texts = letter("2026-06-02")
    assert "Nhiệm vụ 1.1, 1.2 (tình hình thực hiện)" in texts["Bảng - chữ"]
    assert len(texts["Bảng - giữa"]) == 20
    assert texts["Chú thích bảng"] == [
        "Các lỗi khác có trong danh sách gửi riêng cho Trung tâm Tin học (06)"
    ]
    listed = (folder("2026-06-02") / "tin-hoc.loi.txt").read_text(encoding="utf-8")
    assert "27. Chỉ tiêu “la-24”" in listed


def test_every_part_of_a_report_has_a_name_that_its_unit_knows(file_report: ReportWriter) -> None:
    text = (
        "submitted: 29/5/2026\n"
        "models: [{field: kinh tế, name: A, status: xong}]\n"
        "awards: [{name: A, form: Giấy khen}]\n"
        "strengths: [Tốt, ' ']\n"
    )
    file_report("tin-hoc", text=text)
    remind("2/6/2026")

    lines = (folder("2026-06-02") / "tin-hoc.loi.txt").read_text("utf-8").splitlines()
    told = [line.partition(". ")[2].partition(":")[0] for line in lines if line[:1].isdigit()]
    assert told == [
        "Mô hình thứ 1, giai đoạn",
        "Đề xuất khen thưởng thứ 1, đối tượng",
        "Ưu điểm, ý thứ 2",
    ]
    assert "   Cách sửa: chọn một trong: tập thể (collective); cá nhân (individual)." in lines


def test_a_file_that_cannot_be_read_is_an_error_of_the_whole(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text="results: {\n")
    result = remind("2/6/2026")

    assert "Có lỗi (1): Trung tâm Tin học (1 lỗi)." in result.stderr
    assert letter("2026-06-02")["Bảng - chữ"][1] == "Cả tệp"


def test_errors_are_told_in_words_for_a_letter(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text="submitted: 29/5/2026\nindicators: {hoi-ngi: 3}\n")
    remind("2/6/2026")

    listed = (folder("2026-06-02") / "tin-hoc.loi.txt").read_text("utf-8")
    assert "   Cách sửa: có thể là “hoi-nghi”.\n" in listed


def test_a_returned_report_is_asked_for_with_the_reason(file_report: ReportWriter) -> None:
    note = "returned: {date: 30/5/2026, reason: Thiếu số liệu mục 2.}\n"
    file_report("tin-hoc", text=VALID + note)
    file_report("tiep-dan", text=VALID + "  '2.1': {status: none_arisen}\n")
    result = remind("2/6/2026")

    assert "Đã trả lại (1): Trung tâm Tin học (thiếu số liệu mục 2)." in result.stderr
    assert letter("2026-06-02")["Nội dung"][0].endswith(
        "báo cáo của Trung tâm Tin học đã trả lại để hoàn thiện (thiếu số liệu "
        "mục\N{NO-BREAK SPACE}2)."
    )
    message = mail("2026-06-02", "tin-hoc")
    assert message["Subject"].startswith("Đề nghị hoàn thiện báo cáo")
    assert "hoàn thiện và gửi lại báo cáo" in text_of(message)
    assert "(lý do: thiếu số liệu mục 2)." in text_of(message)


def test_a_unit_that_is_no_longer_there_is_named_but_not_written_to(root: Path) -> None:
    plan = root / "plan.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace(TIEP_DAN, TIEP_DAN + ", until: 2026-06-01"), encoding="utf-8")
    result = remind("2/6/2026")

    assert "không hoạt động vào ngày này, không nhắc (1): Ban Tiếp công dân." in result.stderr
    assert "Ban Tiếp công dân" not in str(letter("2026-06-02"))
    assert not (folder("2026-06-02") / "tiep-dan.eml").exists()
    overdue = CliRunner().invoke(app, ["overdue", "--as-of", "2/6/2026"])
    assert "Ban Tiếp công dân" in overdue.stdout


def test_what_the_coordinator_wrote_wrong_is_not_the_units_to_mend(
    file_report: ReportWriter,
) -> None:
    file_report("tin-hoc", text=VALID + "received: 31/6/2026\n")
    file_report("tiep-dan", text=FAULTY + "received: 31/6/2026\n")
    result = remind("2/6/2026")

    assert "(received, returned), sửa trong tệp, không nhắc (1): Trung tâm Tin học" in result.stderr
    assert "Có lỗi (1): Ban Tiếp công dân (3 lỗi)." in result.stderr
    assert not (folder("2026-06-02") / "tin-hoc.eml").exists()


def test_units_that_have_sent_are_asked_to_complete_not_to_send(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text=FAULTY)
    file_report("tiep-dan", text=VALID + "  '2.1': {status: none_arisen}\n")
    remind("2/6/2026")

    texts = letter("2026-06-02")
    assert texts["Trích yếu công văn"][0].startswith("V/v đề nghị hoàn thiện báo cáo kết quả")
    assert "đề nghị Trung tâm Tin học khẩn trương hoàn thiện và gửi lại báo cáo" in str(texts)


def test_a_draft_is_no_report(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text=VALID.partition("\n")[2])
    result = remind("2/6/2026")

    assert "Trung tâm Tin học (có dự thảo chưa ghi submitted)." in result.stderr
    assert "mới có bản dự thảo chưa ghi ngày gửi" in text_of(mail("2026-06-02", "tin-hoc"))


def test_before_the_deadline_errors_and_returns_are_told_too(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text=FAULTY)
    result = remind("30/5/2026")

    assert "Có lỗi (1): Trung tâm Tin học (3 lỗi)." in result.stderr
    assert "chậm nhất thứ Hai, ngày 01/6/2026" in text_of(mail("2026-05-30", "tin-hoc"))


def test_nobody_is_reminded_when_all_have_sent_in_time_or_late(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text=VALID)
    file_report("tiep-dan", text=VALID.replace("29/5", "4/6") + "  '2.1': {status: none_arisen}\n")
    result = remind("5/6/2026")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0] == (
        "Báo cáo 6 tháng đầu năm, tính đến 05/6/2026: không có đơn vị nào phải nhắc, không ghi gì."
    )
    assert not Path("output").exists()
    assert "Chưa gửi (1): Ban Tiếp công dân." in remind("3/6/2026").stderr


def test_the_coordinator_writes_no_letter_to_itself(file_report: ReportWriter) -> None:
    Path("reports/2026/h1/tong-hop.yaml").unlink()
    file_report("tin-hoc", text=VALID)
    result = remind("2/6/2026")

    assert names(list(folder("2026-06-02").glob("[!.]*"))) == [
        "cong-van-don-doc.docx",
        "tiep-dan.eml",
        "tiep-dan.txt",
    ]
    assert (
        "Đơn vị đầu mối cũng chưa gửi, không gửi công văn cho chính mình: Phòng Tổng hợp."
        in result.stderr.splitlines()
    )


def test_a_mail_opens_as_a_draft_to_the_units_address() -> None:
    remind("2/6/2026")
    message = mail("2026-06-02", "tiep-dan")

    assert message["X-Unsent"] == "1"
    assert "Date" not in message and "Message-ID" not in message and "From" not in message
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == ("Ban Tiếp công dân", "btcd@example.vn")
    assert message["Subject"] == (
        "Đôn đốc gửi báo cáo kết quả thực hiện công tác dân vận 6 tháng đầu năm 2026"
    )
    assert text_of(message).startswith("Kính gửi Ban Tiếp công dân,\n\n")
    assert text_of(message).endswith("Trân trọng.\nPhòng Tổng hợp\n")
    content = (folder("2026-06-02") / "tiep-dan.eml").read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 78


def test_a_unit_without_an_address_gets_a_mail_to_nobody_and_is_named() -> None:
    result = remind("2/6/2026")

    assert "To" not in mail("2026-06-02", "tin-hoc")
    assert (
        "Chưa có địa chỉ thư dùng được (email) trong plan.yaml, thư để trống nơi nhận (1): "
        "Trung tâm Tin học." in result.stderr.splitlines()
    )


def test_a_long_name_stays_whole_in_the_address() -> None:
    name = "Trung tâm Kiểm soát, “Phục vụ” hành chính công; Chuyển đổi số và Phản ánh hiện trường"
    plan = Path("plan.yaml").read_text(encoding="utf-8")
    named = plan.replace("name: Ban Tiếp công dân", f"name: '{name}'")
    Path("plan.yaml").write_text(named, encoding="utf-8")
    remind("2/6/2026")

    content = (folder("2026-06-02") / "tiep-dan.eml").read_bytes()
    to = email.message_from_bytes(content, policy=email.policy.compat32)["To"]
    assert str(make_header(decode_header(to))) == f"{name} <btcd@example.vn>"


def test_an_address_with_vietnamese_letters_is_not_used() -> None:
    plan = Path("plan.yaml").read_text(encoding="utf-8")
    Path("plan.yaml").write_text(plan.replace("btcd@", "tiếp-dân@"), encoding="utf-8")

    assert "thư để trống nơi nhận (2): Ban Tiếp công dân" in remind("2/6/2026").stderr
    assert "To" not in mail("2026-06-02", "tiep-dan")


def test_a_message_for_zalo_is_a_few_polite_lines() -> None:
    remind("2/6/2026")

    text = (folder("2026-06-02") / "tiep-dan.txt").read_text(encoding="utf-8")
    assert text.splitlines() == [
        "Kính gửi Ban Tiếp công dân,",
        "Đến ngày 02/6/2026, Phòng Tổng hợp chưa nhận được báo cáo kết quả thực hiện công tác dân "
        "vận 6 tháng đầu năm 2026 của đơn vị (quá hạn 01 ngày).",
        "Đề nghị đơn vị hoàn thành và gửi báo cáo chậm nhất thứ Tư, ngày 03/6/2026.",
        "Trân trọng cảm ơn!",
    ]


def test_the_form_goes_to_those_who_have_sent_nothing(file_report: ReportWriter) -> None:
    file_report("tin-hoc", text=FAULTY)
    CliRunner().invoke(app, ["form", "tiep-dan", "tin-hoc", "--period", "h1"])
    made = Path("output/2026/h1/forms/tiep-dan.docx")
    completed = docx.Document(str(made))
    completed.add_paragraph("Gửi trước 10 giờ.")
    completed.save(str(made))
    remind("2/6/2026")

    assert attached(mail("2026-06-02", "tiep-dan")) == {"bieu-mau-bao-cao.docx": made.read_bytes()}
    assert "biểu mẫu báo cáo để đơn vị điền" in text_of(mail("2026-06-02", "tiep-dan"))
    assert attached(mail("2026-06-02", "tin-hoc")).keys() == {"danh-sach-loi.txt"}


def test_a_form_that_was_not_made_before_is_made_for_the_mail() -> None:
    assert remind("2/6/2026").exit_code == 0
    attachments = attached(mail("2026-06-02", "tin-hoc"))

    assert CliRunner().invoke(app, ["form", "tin-hoc", "--period", "h1"]).exit_code == 0
    form = Path("output/2026/h1/forms/tin-hoc.docx").read_bytes()
    assert attachments == {"bieu-mau-bao-cao.docx": form}


def test_the_same_day_again_gives_the_same_bytes_and_another_day_a_folder_of_its_own() -> None:
    first = remind("2/6/2026")
    files = {path: path.read_bytes() for path in folder("2026-06-02").iterdir()}
    again = remind("2/6/2026")
    next_day = remind("3/6/2026")

    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert {path: path.read_bytes() for path in folder("2026-06-02").iterdir()} == files
    assert next_day.exit_code == 0
    assert names(list(folder("2026-06-03").iterdir())) == names(list(files))


def test_a_mail_that_a_person_has_edited_is_kept_and_nothing_else_written(
    file_report: ReportWriter,
) -> None:
    remind("2/6/2026")
    edited = folder("2026-06-02") / "tin-hoc.txt"
    edited.write_text("Lời khác.\n", encoding="utf-8")
    before = (folder("2026-06-02") / "cong-van-don-doc.docx").read_bytes()
    file_report("tiep-dan", text=FAULTY)

    refused = remind("2/6/2026")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "tin-hoc.txt" in refused.stderr
    assert edited.read_text(encoding="utf-8") == "Lời khác.\n"
    assert (folder("2026-06-02") / "cong-van-don-doc.docx").read_bytes() == before
    assert remind("2/6/2026", "--force").exit_code == 0
    assert "Kính gửi" in edited.read_text(encoding="utf-8")


def test_what_nobody_has_edited_is_made_anew_when_things_have_changed(
    file_report: ReportWriter,
) -> None:
    remind("2/6/2026")
    plan = Path("plan.yaml").read_text(encoding="utf-8")
    with_address = plan.replace("short: TTTH", "short: TTTH, email: ttth@example.vn")
    Path("plan.yaml").write_text(with_address, encoding="utf-8")
    file_report("tiep-dan", text=FAULTY)

    assert remind("2/6/2026").exit_code == 0
    assert mail("2026-06-02", "tin-hoc")["To"] == "Trung tâm Tin học <ttth@example.vn>"
    assert "danh-sach-loi.txt" in attached(mail("2026-06-02", "tiep-dan"))


def test_a_mail_of_that_morning_to_a_unit_that_has_sent_since_is_pointed_out(
    file_report: ReportWriter,
) -> None:
    remind("2/6/2026")
    file_report("tin-hoc", text=VALID.replace("29/5", "2/6"))

    assert (
        "Thư lập trước cho đơn vị nay đã gửi báo cáo, không gửi nữa: "
        "output/2026/h1/remind/2026-06-02/tin-hoc.eml." in remind("2/6/2026").stderr
    )


def test_output_is_a_folder_and_no_file(tmp_path: Path) -> None:
    assert remind("2/6/2026", "-o", "nhac").stdout.startswith("nhac/cong-van-don-doc.docx\n")
    refused = remind("2/6/2026", "-o", "nhac.docx")
    assert refused.exit_code == 2
    assert "-o phải là thư mục" in refused.stderr
    (tmp_path / "tep").write_text("", encoding="utf-8")
    assert remind("2/6/2026", "-o", "tep").exit_code == 2


def test_the_letter_is_signed_by_the_signatory_for_reminders() -> None:
    plan = Path("plan.yaml").read_text(encoding="utf-8")
    remind("2/6/2026")
    assert letter("2026-06-02")["Quyền hạn người ký"] == ["KT. CHÁNH VĂN PHÒNG"]
    own = "signatories:\n  reminder: {authority: TL. CHÁNH VĂN PHÒNG, position: TRƯỞNG PHÒNG}\n"
    Path("plan.yaml").write_text(plan.replace("signatories:\n", own), encoding="utf-8")
    remind("3/6/2026")
    texts = letter("2026-06-03")
    assert texts["Quyền hạn người ký"] == ["TL. CHÁNH VĂN PHÒNG"]
    assert texts["Chức vụ người ký"] == ["TRƯỞNG PHÒNG"]
    assert texts["Danh sách nơi nhận"] == ["- Như trên;", "- Lưu: VT."]


@pytest.mark.parametrize(
    ("short", "symbol"),
    [("HC-TC", "VP-HCTC"), ("TH", "VP-TH"), (None, "VP-PTH")],
)
def test_a_letters_symbol_is_the_offices_and_the_drafting_units(
    short: str | None, symbol: str
) -> None:
    own = f", short: {short}" if short else ""
    plan = PLAN.replace("Phòng Tổng hợp, short: TH", f"Phòng Tổng hợp{own}")
    Path("plan.yaml").write_text(plan, encoding="utf-8")
    remind("2/6/2026")
    assert letter("2026-06-02")["Số ký hiệu"] == [f"Số:      /{symbol}"]


def test_a_letter_to_all_calls_them_what_the_plan_does() -> None:
    plan = Path("plan.yaml").read_text(encoding="utf-8")
    all_units = "all_units: Các phòng, ban trực thuộc Văn phòng\n"
    Path("plan.yaml").write_text(plan + all_units, encoding="utf-8")
    remind("2/6/2026")
    texts = letter("2026-06-02")
    assert texts["Kính gửi"] == ["Kính gửi: Các phòng, ban trực thuộc Văn phòng"]
    assert texts["Nội dung"][0].endswith("; các đơn vị còn lại chưa gửi báo cáo.")
    assert "Phụ lục" not in texts


def test_units_too_many_to_be_named_are_listed_in_an_annex() -> None:
    more = "".join(f"  - {{id: u-{number}, name: Phòng {number}}}\n" for number in range(15))
    plan = PLAN.replace("periods:\n", f"{more}periods:\n", 1)
    Path("plan.yaml").write_text(plan, encoding="utf-8")
    remind("2/6/2026")
    texts = letter("2026-06-02")
    assert texts["Kính gửi"] == ["Kính gửi: Các đơn vị (theo danh sách gửi kèm)"]
    assert texts["Nội dung"][0].endswith("các đơn vị chưa gửi báo cáo nêu tại Phụ lục kèm theo.")
    assert texts["Tên phụ lục"] == ["DANH SÁCH ĐƠN VỊ NHẬN CÔNG VĂN"]
    assert texts["Bảng - chữ"][:2] == ["Ban Tiếp công dân", "Chưa gửi báo cáo"]
    assert len(texts["Bảng - giữa"]) == 17


@pytest.mark.parametrize(
    "settings",
    [
        DocumentLook(),
        DocumentLook(size_set="12-13", body=13, medium="paper"),
        DocumentLook(size_set="12-13", body=14),
    ],
)
def test_the_letter_keeps_the_decree_and_word_opens_it(root: Path, settings: DocumentLook) -> None:
    """The repository's plan: one unit, eleven, and three with two faulty reports among them."""
    text = (ROOT / "plan.yaml").read_text(encoding="utf-8")
    text = text.replace("size_set: 13-14", f"size_set: {settings.size_set}")
    text = text.replace("body: 14", f"body: {settings.body}")
    text = text.replace("medium: electronic", f"medium: {settings.medium}")
    (root / "plan.yaml").write_text(text, encoding="utf-8")
    shutil.rmtree(root / "reports")
    shutil.copytree(ROOT / "reports", root / "reports")
    for unit in ("noi-chinh", "kinh-te"):
        report = root / "reports" / "2026" / "h1" / f"{unit}.yaml"
        wrong = report.read_text(encoding="utf-8").replace("status: ongoing", "status: xong")
        report.write_text(wrong, encoding="utf-8")
    for day in ("2026-05-25", "2026-05-29", "2026-06-03"):
        assert remind(day).exit_code == 0
        path = folder(day) / "cong-van-don-doc.docx"
        assert [each.message for each in check(path)] == []
        assert violations(path) == []
