"""Documents not cited in full when first mentioned, and abbreviations that nothing explains."""

import pytest

from danvan_cli.report.first_mentions import incomplete_citations, unexplained_abbreviations

FULL = "Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ về tăng cường công tác dân vận"


def lacking(*paragraphs: str) -> dict[str, list[str]]:
    return {mention.text: mention.missing for mention in incomplete_citations(paragraphs)}


def test_a_full_citation_lacks_nothing_and_its_number_is_enough_later() -> None:
    assert lacking(f"Thực hiện {FULL}, Văn phòng đã quán triệt.") == {}
    assert lacking(f"Thực hiện {FULL}.", "Triển khai Chỉ thị số 33/CT-TTg tại các phòng.") == {}


@pytest.mark.parametrize(
    ("cited", "missing"),
    [
        ("Chỉ thị số 33/CT-TTg", ["ngày", "trích yếu"]),
        ("Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ", ["trích yếu"]),
        ("Chỉ thị số 33/CT-TTg của Thủ tướng Chính phủ về công tác dân vận", ["ngày"]),
        ("Chỉ thị số 05-CT/TU ngày 01 tháng 12 năm 2025 của Tỉnh ủy", ["trích yếu"]),
        ("Kế hoạch số …/KH-VP ngày … tháng … năm … của Văn phòng về dân vận", ["số", "ngày"]),
        ("quyết định số 12/QĐ-UBND phê duyệt Đề án", ["ngày"]),
    ],
)
def test_what_the_first_citation_lacks_is_told(cited: str, missing: list[str]) -> None:
    assert list(lacking(f"Thực hiện {cited}, Văn phòng đã quán triệt.").values()) == [missing]


def test_a_word_between_number_and_day_hides_no_day() -> None:
    cited = FULL.replace("CT-TTg ngày", "CT-TTg tỉnh ngày")
    assert lacking(f"Thực hiện {cited}.") == {}


def test_two_documents_in_one_sentence_are_told_apart() -> None:
    text = (
        "Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ, Kế hoạch số "
        "450/KH-UBND ngày 03/02/2026 của UBND tỉnh về công tác dân vận năm 2026."
    )
    assert lacking(text) == {"Chỉ thị số 33/CT-TTg": ["trích yếu"]}


def test_a_certain_document_without_number_is_told() -> None:
    text = "Văn phòng đã ban hành Kế hoạch công tác dân vận năm 2026, giao nhiệm vụ cho các phòng."
    assert list(lacking(text).values()) == [["số, ngày"]]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch cải cách hành chính được triển khai.",
        "Phối hợp với Sở Kế hoạch và Đầu tư, Phòng Kế hoạch - Tài chính.",
        "Đưa Nghị quyết vào chương trình công tác; thực hiện Kế hoạch này.",
        "Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh và Luật Tiếp công dân.",
        "Đã ban hành Kế hoạch công tác dân vận số 12/KH-VP ngày 05/01/2026.",
        "(Kèm theo Báo cáo số …/BC-VP ngày … tháng … năm … của Văn phòng)",
    ],
)
def test_what_may_be_no_citation_is_left_alone(text: str) -> None:
    assert lacking(text) == {}


def test_an_abbreviation_that_nothing_explains_is_told_with_its_place() -> None:
    found = unexplained_abbreviations(["Tập huấn cho đội ngũ ĐVK ở các thôn, bản."])
    assert list(found) == ["ĐVK"]
    assert "đội ngũ ĐVK ở các thôn" in found["ĐVK"]


def test_an_abbreviation_beside_a_known_one_is_found() -> None:
    assert list(unexplained_abbreviations(["Các phòng trực thuộc VP UBND tỉnh đã họp."])) == ["VP"]


@pytest.mark.parametrize(
    "text",
    [
        "Thủ tục hành chính (TTHC) được công khai; TTHC mới được rà soát.",
        "Thủ tục hành chính (sau đây gọi tắt là TTHC) được rà soát; số TTHC đã giảm.",
        "Thủ tục hành chính (viết tắt là TTHC) được rà soát; số TTHC đã giảm.",
        "UBND tỉnh, HĐND tỉnh, Phụ lục II, quý III, Quyết định số 05/QĐ-TTg.",
        "II. KẾT QUẢ THỰC HIỆN",
        "Văn bản có dấu “XEM XONG TRẢ LẠI”, do TRƯỞNG BAN ký.",
        "- Lưu: VT, HC-TC (Nhưng).",
    ],
)
def test_known_explained_and_no_abbreviations_are_left_alone(text: str) -> None:
    assert unexplained_abbreviations([text]) == {}
