"""`danvan plan diff`: what changed in the plan, and the draft of what amends it."""

import json
from datetime import date
from pathlib import Path

import docx
import msgspec
import pytest
from typer.testing import CliRunner, Result

from danvan_cli.cli import app
from danvan_cli.files import workspace, yaml_reading
from danvan_cli.model.plan import Plan
from danvan_cli.report.plan_changes import plan_changes
from danvan_cli.report.plan_words import field_name
from danvan_cli.word.document.amendment_document import amendment_document
from git_repository import Git
from small_workspace import PLAN, changed, write

AMENDED = changed(
    "plan.yaml",
    """\
legal_bases: [Công văn số 812/UBND-NC ngày 20/6/2026 của UBND tỉnh]
implementation: [Các đơn vị báo cáo theo quy định.]
sections:
  - id: '2'
    tasks:
      - {id: '2.1', until: 2026-06-30}
      - {id: '2.2', text: Phát hành tài liệu., assigned: [hanh-chinh], from: 2026-07-01}
  - id: '6'
    tasks:
      - {id: '6.1', text: Nâng cao chất lượng công tác tiếp dân., due: {by: 2026-09-30}}
units:
  - {id: ban-tiep-cong-dan, email: tiepdan@example.vn}
periods:
  annual: {unit_deadline: {before: 2026-10-31}}
indicators:
  - {id: don-phai-xu-ly, name: Đơn phải xử lý trong kỳ}
""",
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan is committed as it was; the amended one lies there since."""
    root = write(tmp_path_factory.mktemp("amended"))
    Git(root).commit("2026-02-10")
    return write(root, {"plan.yaml": AMENDED})


def diff(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["-C", str(root), "plan", "diff", *arguments])


def test_every_change_is_told_old_and_new(repository: Path) -> None:
    said = diff(repository, "HEAD")
    assert said.exit_code == 0
    assert (
        said.stdout
        == """\
Kế hoạch so với bản “HEAD”: thêm 1, thôi 1, sửa 5.

PHẦN CHUNG
căn cứ (1): – → Công văn số 812/UBND-NC ngày 20/6/2026 của UBND tỉnh
tổ chức thực hiện (1): – → Các đơn vị báo cáo theo quy định.

NHIỆM VỤ
Thôi 2.1: Tổ chức hội nghị về dân vận.
  đến hết ngày: – → 30/6/2026
Thêm 2.2: Phát hành tài liệu.
  đơn vị thực hiện: Phòng Hành chính - Tổ chức
  từ ngày: 01/7/2026
Sửa 6.1: Nâng cao chất lượng công tác tiếp dân.
  nội dung, cũ: Nâng cao hiệu quả công tác tiếp dân.
  nội dung, mới: Nâng cao chất lượng công tác tiếp dân.
  thời hạn: – → chậm nhất ngày 30/9/2026

CHỈ TIÊU
Sửa don-phai-xu-ly: Đơn phải xử lý trong kỳ
  tên: Đơn phải xử lý → Đơn phải xử lý trong kỳ

KỲ BÁO CÁO
Sửa annual: năm
  hạn đơn vị gửi báo cáo: trước ngày 02/11/2026 → trước ngày 31/10/2026

ĐƠN VỊ
Sửa ban-tiep-cong-dan: Ban Tiếp công dân
  thư điện tử: btcd@example.vn → tiepdan@example.vn
"""
    )


def test_the_other_way_round_parts_are_removed(repository: Path, tmp_path: Path) -> None:
    write(tmp_path)
    said = diff(tmp_path, str(repository), "--format", "json")
    changes = {change["id"]: change for change in json.loads(said.stdout)["changes"]}
    assert changes["2.2"] == {
        "kind": "removed",
        "part": "task",
        "id": "2.2",
        "section": "2",
        "name": "Phát hành tài liệu.",
        "fields": [],
    }
    assert changes["annual"]["fields"] == [
        {
            "field": "unit_deadline",
            "place": None,
            "old": "trước ngày 31/10/2026",
            "new": "trước ngày 02/11/2026",
        }
    ]


def test_other_formats_say_the_same(repository: Path) -> None:
    markdown = diff(repository, "HEAD", "--format", "markdown").stdout
    assert "\n## Nhiệm vụ\n\n- Thôi 2.1: Tổ chức hội nghị về dân vận.\n  - đến hết" in markdown
    rows = diff(repository, "HEAD", "--format", "csv").stdout.splitlines()
    assert "ended,task,2.1,Tổ chức hội nghị về dân vận.,until,,30/6/2026" in rows


def test_the_draft_has_only_what_changed_and_is_in_form(repository: Path, tmp_path: Path) -> None:
    path = tmp_path / "sua-doi.docx"
    said = diff(repository, "HEAD", "-o", str(path), "--as-of", "2026-06-25")
    assert said.exit_code == 0
    assert "Không đưa vào dự thảo: thư điện tử (ban-tiep-cong-dan)" in said.stderr
    texts = [line.text.replace("\xa0", " ") for line in docx.Document(str(path)).paragraphs]
    lines = [text for text in texts if text.strip()]
    assert lines == [
        "KẾ HOẠCH",
        "Sửa đổi, bổ sung Kế hoạch số 12/KH-VP ngày 10/02/2026 của Văn phòng UBND tỉnh",
        "Căn cứ Công văn số 812/UBND-NC ngày 20/6/2026 của UBND tỉnh.",
        "Văn phòng UBND tỉnh sửa đổi, bổ sung một số nội dung của Kế hoạch số 12/KH-VP ngày "
        "10 tháng 02 năm 2026 của Văn phòng UBND tỉnh về công tác dân vận năm 2026 như sau:",
        "I. NỘI DUNG SỬA ĐỔI, BỔ SUNG",
        "1. Nhiệm vụ",
        "- Thôi thực hiện nhiệm vụ thứ nhất mục 2 phần II “Tổ chức hội nghị về dân vận” từ "
        "ngày 01/7/2026.",
        "- Bổ sung nhiệm vụ vào mục 2 phần II (Tuyên truyền): “Phát hành tài liệu” (đơn vị "
        "thực hiện: Phòng Hành chính - Tổ chức; từ ngày 01/7/2026).",
        "- Sửa đổi nhiệm vụ thứ nhất mục 6 phần II “Nâng cao hiệu quả công tác tiếp dân” như sau: "
        "“Nâng cao chất lượng công tác tiếp dân”.",
        "- Bổ sung thời hạn của nhiệm vụ thứ nhất mục 6 phần II “Nâng cao hiệu quả công tác tiếp "
        "dân”: “chậm nhất ngày 30/9/2026”.",
        "2. Chỉ tiêu số liệu",
        "- Sửa đổi tên của chỉ tiêu “Đơn phải xử lý”: “Đơn phải xử lý” thành “Đơn phải xử lý trong "
        "kỳ”.",
        "3. Kỳ báo cáo, thời hạn báo cáo",
        "- Sửa đổi hạn đơn vị gửi báo cáo của kỳ báo cáo năm: “trước ngày 02/11/2026” thành "
        "“trước ngày 31/10/2026”.",
        "4. Tổ chức thực hiện",
        "- Bổ sung vào phần III: “Các đơn vị báo cáo theo quy định”.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Các nội dung khác của Kế hoạch số 12/KH-VP không thay đổi.",
        "2. Các đơn vị căn cứ Kế hoạch này tổ chức thực hiện; Phòng Hành chính - Tổ chức theo dõi, "
        "đôn đốc, tổng hợp báo cáo.",
        "Trên đây là Kế hoạch sửa đổi, bổ sung Kế hoạch số 12/KH-VP ngày 10/02/2026 của Văn "
        "phòng UBND tỉnh./.",
    ]
    assert "không có lỗi, không có cảnh báo" in CliRunner().invoke(app, ["check", str(path)]).stdout


def test_a_plan_that_got_its_number_since_is_cited_with_it(tmp_path: Path) -> None:
    unnumbered = PLAN.replace("number: 12/KH-VP\nissued: 2026-02-10\n", "")
    more = "- {id: tai-lieu, name: Tài liệu, measure: cuốn, task: '6.2'}\n"
    write(tmp_path, {"plan.yaml": PLAN + f"  {more}", "old/plan.yaml": unnumbered})
    path = tmp_path / "sua-doi.docx"
    diff(tmp_path, str(tmp_path / "old"), "-o", str(path), "--as-of", "2026-07-01")
    words = " ".join(line.text for line in docx.Document(str(path)).paragraphs)
    assert "một số nội dung của Kế hoạch số 12/KH-VP" in words
    assert "nhiệm vụ: 6.2 (Tổng hợp phản ánh của Nhân dân)" in words


def test_an_issued_amendment_has_its_number_and_day(tmp_path: Path) -> None:
    text = AMENDED + "amendments:\n- {number: 21/KH-VP, issued: 2026-06-25, subject: sửa đổi}\n"
    write(tmp_path, {"plan.yaml": text, "old/plan.yaml": PLAN})
    path = tmp_path / "sua-doi.docx"
    diff(tmp_path, str(tmp_path / "old" / "plan.yaml"), "-o", str(path), "--as-of", "2026-07-01")
    words = "".join(docx.Document(str(path)).tables[0]._tbl.itertext())
    assert "Số: 21/KH-VP" in words
    assert "25 tháng 6 năm 2026" in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["v1"], "không có tệp “v1”, và git không có lần ghi “v1”"),
        (["a" * 300], f"git không có lần ghi “{'a' * 300}”"),
        (["--", "-x"], "không có tệp “-x”, và git không có lần ghi “-x”"),
        (["reports/2026/h1/hanh-chinh.yaml"], "không đọc được thành kế hoạch"),
        (["plan.yaml", "-o", "x.docx"], "không có nội dung nào phải sửa đổi, bổ sung"),
        (["HEAD", "-o", "x.pdf"], "lệnh này ghi tệp .docx"),
    ],
)
def test_what_cannot_be_compared_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(repository)
    said = diff(repository, *arguments)
    assert said.exit_code == 2
    assert words in said.stderr


def test_a_folder_without_git_has_no_revisions(tmp_path: Path) -> None:
    said = diff(write(tmp_path), "HEAD")
    assert said.exit_code == 2
    assert "thư mục này không có git" in said.stderr


def test_nothing_changed_is_said(repository: Path) -> None:
    said = diff(repository, str(repository))
    assert (said.exit_code, said.stdout[:20]) == (0, "Kế hoạch không khác ")


def test_a_field_without_a_name_is_told_by_its_key() -> None:
    assert (field_name("task", "due"), field_name("task", "later")) == ("thời hạn", "later")


def test_a_task_that_moved_is_one_change(tmp_path: Path) -> None:
    def plan(text: str) -> Plan:
        found = workspace.plan_from(tmp_path, yaml_reading.read(text.encode())).plan
        assert found
        return found

    old = plan(PLAN)
    first, second = old.sections
    moved = [
        msgspec.structs.replace(first, tasks=[*first.tasks, second.tasks[0]]),
        msgspec.structs.replace(second, tasks=second.tasks[1:]),
    ]
    new = msgspec.structs.replace(old, sections=moved)
    (change,) = plan_changes(old, new)
    assert (change.kind, change.id, change.section) == ("changed", "6.1", "2")
    assert [(field.old, field.new) for field in change.fields] == [("Tiếp dân", "Tuyên truyền")]
    (section,) = amendment_document(old, new, [change], date(2026, 6, 25)).sections
    assert section.points == [
        "- Chuyển nhiệm vụ thứ nhất mục 6 phần II “Nâng cao hiệu quả công tác tiếp dân” sang mục "
        "“Tuyên truyền”."
    ]
