"""The rules on appendices (NĐ 30/2020, PL I, I.III.1)."""

import re
from collections.abc import Iterator

from danvan_cli.check.elements import appendix
from danvan_cli.check.elements.elements import FoundAppendix
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, at
from danvan_cli.check.reading.lines import plain
from danvan_cli.problems import ERROR, rule
from danvan_cli.vietnamese import roman
from danvan_cli.word import decree

_MOST_ROMAN = 39
_ALL = re.compile(r"\bcac phu luc\b|\bphu luc kem theo")
_LISTS = re.compile(r"phu luc (?:so )?((?:[ivxlc\d]+(?:\s*(?:,|va|den|-)\s*)?)+)")
"""The numbers of 'Phụ lục I, II và III'."""
_BETWEEN = re.compile(r"\W+|\bva\b|\bden\b")
_ROMAN = re.compile(r"[IVXLC]+")


@rule("D571", ERROR, "Cách ghi phụ lục không đúng")
def labels(examined: Examined) -> Iterator[Finding]:
    """Alone in its line; two or more in Roman numbers, in order."""
    appendices = examined.elements.appendices
    for number, found in enumerate(appendices[:_MOST_ROMAN], 1):
        given, text = appendix.number_of(found.label.text), found.label.text
        if not appendix.LABEL.fullmatch(text):
            yield _label_fault(found, "từ “Phụ lục” và số thứ tự phải ghi thành một dòng riêng")
        elif len(appendices) > 1 and given != roman(number):
            yield _label_fault(found, f"phải ghi “Phụ lục {roman(number)}” (chữ số La Mã)")
        elif given is not None and not _ROMAN.fullmatch(given):
            yield _label_fault(found, "số thứ tự của phụ lục dùng chữ số La Mã")


@rule("D572", ERROR, "Phụ lục thiếu chỉ dẫn kèm theo")
def references(examined: Examined) -> Iterator[Finding]:
    """Each says below its title what document it belongs to."""
    for found in examined.elements.appendices:
        if found.reference is None:
            yield Finding(
                code="D572",
                what=f"{found.label.text} thiếu chỉ dẫn “(Kèm theo … số … ngày … của …)” dưới tên "
                "phụ lục",
                clause=decree.APPENDIX_REFERENCE.clause,
                location=at(found.label.first),
            )


@rule("D573", ERROR, "Văn bản không có chỉ dẫn về phụ lục")
def citations(examined: Examined) -> Iterator[Finding]:
    """The document mentions every appendix."""
    text = " ".join(plain(paragraph.text) for paragraph in examined.elements.main)
    cites_any, cites_all = "phu luc" in text, bool(_ALL.search(text))
    cited = {number for numbers in _LISTS.findall(text) for number in _BETWEEN.split(numbers)}
    is_alone = len(examined.elements.appendices) == 1
    for found in examined.elements.appendices:
        number = appendix.number_of(found.label.text)
        is_cited = is_alone or number is None or cites_all or number.lower() in cited
        if not (cites_any and is_cited):
            yield Finding(
                code="D573",
                what=f"nội dung văn bản không có chỉ dẫn về {found.label.text}",
                clause=decree.APPENDIX_NUMBERING_CLAUSE,
                location=at(found.label.first),
                hint=f"thêm vào nội dung, như: (Chi tiết tại {found.label.text} kèm theo)",
            )


def _label_fault(found: FoundAppendix, what: str) -> Finding:
    return Finding(
        code="D571",
        what=f"ghi “{found.label.text}”; {what}",
        clause=decree.APPENDIX_NUMBERING_CLAUSE,
        location=at(found.label.first),
    )
