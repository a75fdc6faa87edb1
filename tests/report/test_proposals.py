"""Proposals: to whom they go, and that the office never petitions itself."""

from pathlib import Path

import docx
import pytest
from test_report import danvan, lines_of

from danvan_cli.files import workspace
from small_workspace import FILES, H1, OFFICE, OTHER_UNIT, write

AS_OF = ("--as-of", "4/6/2026")
ASKED = """\
proposals:
  - Đề nghị Văn phòng UBND tỉnh bố trí kinh phí
  - Đề nghị Sở Nội vụ mở lớp
  - {to: UBND tỉnh, text: Ban hành quy chế phối hợp}
  - Tăng thêm biên chế
"""


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    also = "proposals: [Đề nghị Sở Nội vụ mở lớp., Đề nghị UBND tỉnh bố trí vốn]\n"
    words = "leadership: Đã quán triệt.\n"
    files = {H1: FILES[H1] + ASKED, OTHER_UNIT: FILES[OTHER_UNIT] + also, OFFICE: words}
    return write(tmp_path, files)


def printed(root: Path, *arguments: str) -> list[str]:
    made = danvan(root, "report", "--period", "h1", *AS_OF, "-o", str(root / "o.docx"), *arguments)
    assert made.exit_code == 0, made.output
    return [*lines_of(root / "o.docx"), *made.stderr.splitlines()]


def below(lines: list[str], first: str, last: str) -> list[str]:
    return lines[lines.index(first) + 1 : lines.index(last)]


def test_proposals_stand_below_the_body_that_they_are_for(asked: Path) -> None:
    lines = printed(asked)
    start = lines.index("V. ĐỀ XUẤT, KIẾN NGHỊ")

    assert lines[start + 1 : start + 8] == [
        "Đối với Ủy ban nhân dân tỉnh:",
        "- Đề nghị UBND tỉnh bố trí vốn.",
        "- Ban hành quy chế phối hợp.",
        "Đối với Sở Nội vụ:",
        "- Đề nghị Sở Nội vụ mở lớp.",
        "Kiến nghị khác:",
        "- Tăng thêm biên chế.",
    ]
    assert "Kiến nghị chưa rõ gửi cơ quan nào, vẫn đưa vào báo cáo: 1." in lines


def test_the_office_does_not_petition_itself(asked: Path) -> None:
    lines = printed(asked)

    assert not [line for line in lines if "bố trí kinh phí" in line]
    told = next(line for line in lines if line.startswith("Kiến nghị gửi chính cơ quan"))
    assert "(1): Ban Tiếp công dân" in told
    paper = printed(asked, "--internal")
    there = paper.index("Kiến nghị đối với cơ quan")
    assert paper[there + 1] == "- Ban Tiếp công dân: Đề nghị Văn phòng UBND tỉnh bố trí kinh phí."
    assert sum("bố trí kinh phí" in line for line in paper) == 1


def test_a_units_own_report_asks_the_office(asked: Path) -> None:
    lines = printed(asked, "--unit", "ban-tiep-cong-dan")

    there = lines.index("Đối với Văn phòng Ủy ban nhân dân tỉnh:")
    assert lines[there + 1] == "- Đề nghị Văn phòng UBND tỉnh bố trí kinh phí."


def test_proposals_that_name_nobody_have_no_headings(tmp_path: Path) -> None:
    root = write(tmp_path, {H1: FILES[H1] + "proposals: [Tăng biên chế, Thêm kinh phí]\n"})
    lines = printed(root)
    start = lines.index("V. ĐỀ XUẤT, KIẾN NGHỊ")
    assert lines[start + 1 : start + 3] == ["- Tăng biên chế.", "- Thêm kinh phí."]


def test_the_office_is_warned_of_a_petition_to_itself(asked: Path) -> None:
    (asked / OFFICE).write_text(
        "proposals: [Đề nghị Sở Nội vụ mở lớp, {to: Ban Tiếp công dân, text: Tiếp dân tốt hơn}]\n",
        encoding="utf-8",
    )
    found = danvan(asked, "validate", *AS_OF)
    assert "_office.yaml:1:" in found.output
    assert found.output.count("R440") == 1
    assert "kiến nghị gửi Ban Tiếp công dân, là chính cơ quan báo cáo" in found.output


def test_a_proposal_with_a_colon_is_told_to_be_quoted(asked: Path) -> None:
    (asked / OFFICE).write_text("proposals:\n  - Đề nghị: mở lớp\n", encoding="utf-8")
    found = danvan(asked, "validate", *AS_OF)
    assert "đặt cả giá trị trong dấu ngoặc kép" in found.output


def edit(root: Path, changes: dict[str, str]) -> list[object]:
    """What `_office.yaml` holds once a leader has changed these paragraphs of the draft."""
    assert danvan(root, "report", "--period", "h1", *AS_OF).exit_code == 0
    path = root / "output/2026/h1/bao-cao.docx"
    document = docx.Document(str(path))
    for control in document.element.body.iter():
        if control.tag.endswith("}p"):
            texts = [node for node in control.iter() if node.tag.endswith("}t")]
            written = "".join(node.text or "" for node in texts)
            if written in changes:
                for node in texts[1:]:
                    node.text = ""
                texts[0].text = changes[written]
    document.save(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        brought = danvan(root, "import", str(path), *AS_OF)
    assert brought.exit_code == 0, brought.output
    office = workspace.load(root).offices[0].office
    assert office is not None
    return list(office.proposals)


def test_headings_of_addressees_are_no_items_and_what_did_not_change_stays(asked: Path) -> None:
    changes = {"- Đề nghị Sở Nội vụ mở lớp.": "- Đề nghị Sở Nội vụ mở hai lớp."}
    proposals = edit(asked, changes)
    assert [getattr(item, "text", item) for item in proposals] == [
        "Đề nghị UBND tỉnh bố trí vốn",
        "Ban hành quy chế phối hợp",
        "Đề nghị Sở Nội vụ mở hai lớp",
        "Tăng thêm biên chế",
    ]
    assert [getattr(item, "to", None) for item in proposals] == [None, "UBND tỉnh", None, None]


def test_another_heading_is_another_addressee(asked: Path) -> None:
    changes = {
        "Kiến nghị khác:": "Đối với Sở Tài chính:",
        "- Ban hành quy chế phối hợp.": "- Ban hành quy chế mới.",
    }
    proposals = edit(asked, changes)
    assert [(getattr(item, "to", None), getattr(item, "text", item)) for item in proposals] == [
        (None, "Đề nghị UBND tỉnh bố trí vốn"),
        ("Ủy ban nhân dân tỉnh", "Ban hành quy chế mới"),
        (None, "Đề nghị Sở Nội vụ mở lớp."),
        ("Sở Tài chính", "Tăng thêm biên chế"),
    ]
    assert "Đối với Sở Tài chính:" in printed(asked)
