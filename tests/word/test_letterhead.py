"""The names above and below what an office's units and a UBND send, read back from the files."""

from datetime import date
from pathlib import Path

import pytest
from docx.document import Document as WordDocument
from test_word_documents import DATA, in_style, opened, period_of

from conftest import PLAN, plan_from, report_from
from danvan_cli.check import check
from danvan_cli.files.report_scaffold import Request
from danvan_cli.forms.building import render_form
from danvan_cli.model.letterhead import as_superior, letterhead_of
from danvan_cli.model.plan import Plan, units_by_id
from danvan_cli.report import combine
from danvan_cli.report.working_paper import working_paper
from danvan_cli.tracking import status
from danvan_cli.tracking.status import Submission
from danvan_cli.word.document import render

AS_OF = date(2026, 6, 4)
NOWHERE = Path("/nonexistent")
OF_A_COMMUNE = (
    PLAN.replace("name: Văn phòng UBND tỉnh\n", "name: UBND xã Hải Lăng\n")
    .replace("[UBND TỈNH QUẢNG TRỊ, VĂN PHÒNG]", "[ỦY BAN NHÂN DÂN, XÃ HẢI LĂNG]")
    .replace("symbol: VP", "symbol: UBND")
    .replace("place: Quảng Trị", "place: Hải Lăng")
    .replace(
        "{authority: KT. CHÁNH VĂN PHÒNG, position: PHÓ CHÁNH VĂN PHÒNG, name: Nguyễn Cửu}",
        '{authority: "TM. ỦY BAN NHÂN DÂN\\nKT. CHỦ TỊCH", position: PHÓ CHỦ TỊCH, name: Lê Văn A}',
    )
)


def of_unit(plan: Plan, unit: str) -> bytes:
    report = report_from(unit, DATA)
    period = status.assess(plan, [Submission(unit, "h1", report)], {}, AS_OF)[0]
    return render.render_unit_report(plan, period, units_by_id(plan)[unit], report, NOWHERE, AS_OF)


def form_of(plan: Plan, unit: str) -> WordDocument:
    return opened(render_form(Request(plan, units_by_id(plan)[unit], "h1"), None))


def codes(content: bytes, folder: Path) -> list[str]:
    path = folder / "van-ban.docx"
    path.write_bytes(content)
    return [problem.code for problem in check(path)]


@pytest.mark.parametrize(
    ("name", "letterhead", "above"),
    [
        ("Văn phòng UBND tỉnh", ["UBND TỈNH X", "VĂN PHÒNG"], "VĂN PHÒNG UBND TỈNH X"),
        ("Sở Nội vụ", ["UBND TỈNH X", "SỞ NỘI VỤ"], "SỞ NỘI VỤ TỈNH X"),
        ("Sở Nội vụ tỉnh X", ["UBND TỈNH X", "SỞ NỘI VỤ TỈNH X"], "SỞ NỘI VỤ TỈNH X"),
        ("Văn phòng HĐND và UBND xã", ["UBND XÃ X", "VĂN PHÒNG HĐND VÀ UBND"], None),
        ("Ủy ban nhân dân xã X", ["ỦY BAN NHÂN DÂN", "XÃ X"], "UBND XÃ X"),
        ("Uỷ ban nhân dân xã X", ["UỶ BAN NHÂN DÂN", "XÃ X"], "UBND XÃ X"),
        ("Bộ Nội vụ", ["BỘ NỘI VỤ"], "BỘ NỘI VỤ"),
        ("Văn phòng", ["SỞ Y TẾ", "VĂN PHÒNG"], "VĂN PHÒNG"),
    ],
)
def test_a_superiors_name_has_its_locality_once(
    name: str, letterhead: list[str], above: str | None
) -> None:
    assert as_superior(name, letterhead) == (above or "VĂN PHÒNG HĐND VÀ UBND XÃ X")


def test_a_ubnd_has_two_lines_and_nobody_above() -> None:
    assert letterhead_of("UBND phường Đông Hà", "UBND TỈNH X") == [
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG ĐÔNG HÀ",
    ]
    assert letterhead_of("Phòng Kinh tế", "UBND XÃ X") == ["UBND XÃ X", "PHÒNG KINH TẾ"]


def test_units_have_the_office_with_its_province_above_them(plan: Plan) -> None:
    paper = working_paper(
        plan,
        period := period_of(plan, "tin-hoc"),
        combine.combine(plan, period, None, AS_OF),
        AS_OF,
    )
    internal = opened(render.render_working_paper(paper, plan.document, NOWHERE))
    for document in (opened(of_unit(plan, "tin-hoc")), form_of(plan, "tin-hoc"), internal):
        assert in_style(document, "Tên cơ quan chủ quản") == ["VĂN PHÒNG UBND TỈNH QUẢNG TRỊ"]


@pytest.mark.parametrize(
    ("given", "number", "archive"),
    [
        ("short: TTTH", "BC-TTTH", "- Lưu: VT, TTTH."),
        ("short: Trung tâm TH, symbol: T.TH", "BC-T.TH", "- Lưu: VT, T.TH."),
        ("short: xã An Lộc", "BC-XAL", "- Lưu: VT, XAL."),
        ("symbol: TTTH, own_number: false", "", "- Lưu: TTTH."),
    ],
)
def test_a_units_symbol_stands_in_its_number_and_its_archive(
    tmp_path: Path, given: str, number: str, archive: str
) -> None:
    plan = plan_from(PLAN.replace("Trung tâm Tin học, short: TTTH", f"Trung tâm Tin học, {given}"))
    content = of_unit(plan, "tin-hoc")
    document = opened(content)
    assert in_style(document, "Số ký hiệu") == [f"Số:      /{number}" if number else ""]
    assert in_style(document, "Danh sách nơi nhận")[-1] == archive
    assert "D552" not in codes(content, tmp_path)


def test_a_ubnds_report_has_both_its_lines_and_two_of_authority(tmp_path: Path) -> None:
    plan = plan_from(OF_A_COMMUNE)
    report = combine.combine(plan, period_of(plan, "tong-hop"), None, AS_OF)
    content = render.render_report(report, plan.document, NOWHERE)
    document = opened(content)
    assert in_style(document, "Tên cơ quan chủ quản") == []
    assert in_style(document, "Tên cơ quan") == ["ỦY BAN NHÂN DÂN\nXÃ HẢI LĂNG"]
    assert in_style(document, "Quyền hạn người ký") == ["TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH"]
    assert in_style(document, "Chức vụ người ký") == ["PHÓ CHỦ TỊCH"]
    assert codes(content, tmp_path) == []
    assert in_style(form_of(plan, "tong-hop"), "Tên cơ quan chủ quản") == ["UBND XÃ HẢI LĂNG"]


def test_a_commune_that_reports_signs_for_its_ubnd(tmp_path: Path) -> None:
    plan = plan_from(PLAN.replace("Trung tâm Tin học, short: TTTH", "UBND xã An Lộc, symbol: UBND"))
    content = of_unit(plan, "tin-hoc")
    document = opened(content)
    assert in_style(document, "Tên cơ quan") == ["ỦY BAN NHÂN DÂN\nXÃ AN LỘC"]
    assert in_style(document, "Quyền hạn người ký") == ["TM. ỦY BAN NHÂN DÂN"]
    assert in_style(document, "Chức vụ người ký") == ["CHỦ TỊCH"]
    assert codes(content, tmp_path) == []
