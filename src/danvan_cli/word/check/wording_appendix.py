"""The rules on appendices (NĐ 30/2020, PL I, I.III.1)."""

import re
from collections.abc import Iterator

from danvan_cli.vietnamese import roman
from danvan_cli.word import nd30
from danvan_cli.word.check import appendix
from danvan_cli.word.check.elements import Appendix
from danvan_cli.word.check.examined import Examined
from danvan_cli.word.check.finding import Finding, at
from danvan_cli.word.check.lines import plain

_MOST_ROMAN = 39
_ROMAN = re.compile(r"[IVXLC]+")


def labels(examined: Examined) -> Iterator[Finding]:
    """Alone in its line; two or more in Roman numbers, in order."""
    appendices = examined.elements.appendices
    for place, each in enumerate(appendices[:_MOST_ROMAN], 1):
        given, text = appendix.number_of(each.label.text), each.label.text
        if not appendix.LABEL.fullmatch(text):
            yield _label_fault(each, "từ “Phụ lục” và số thứ tự phải ghi thành một dòng riêng")
        elif len(appendices) > 1 and given != roman(place):
            yield _label_fault(each, f"phải ghi “Phụ lục {roman(place)}” (chữ số La Mã)")
        elif given is not None and not _ROMAN.fullmatch(given):
            yield _label_fault(each, "số thứ tự của phụ lục dùng chữ số La Mã")


def references(examined: Examined) -> Iterator[Finding]:
    """Each says below its title what document it belongs to."""
    for each in examined.elements.appendices:
        if each.reference is None:
            yield Finding(
                code="D572",
                what=f"{each.label.text} thiếu chỉ dẫn “(Kèm theo … số … ngày … của …)” dưới tên "
                "phụ lục",
                clause=nd30.APPENDIX_REFERENCE.clause,
                place=at(each.label.first),
            )


def citations(examined: Examined) -> Iterator[Finding]:
    """The document mentions every appendix."""
    text = " ".join(plain(each.text) for each in examined.elements.main)
    for each in examined.elements.appendices:
        if not _is_cited(text, each, alone=len(examined.elements.appendices) == 1):
            yield Finding(
                code="D573",
                what=f"nội dung văn bản không có chỉ dẫn về {each.label.text}",
                clause=nd30.APPENDIX_NUMBERING_CLAUSE,
                place=at(each.label.first),
                hint=f"thêm vào nội dung, như: (Chi tiết tại {each.label.text} kèm theo)",
            )


def _label_fault(each: Appendix, what: str) -> Finding:
    return Finding(
        code="D571",
        what=f"ghi “{each.label.text}”; {what}",
        clause=nd30.APPENDIX_NUMBERING_CLAUSE,
        place=at(each.label.first),
    )


def _is_cited(text: str, each: Appendix, *, alone: bool) -> bool:
    """By its label, or as one of 'các phụ lục', 'Phụ lục I, II'."""
    if "phu luc" not in text:
        return False
    number = appendix.number_of(each.label.text)
    if alone or number is None or re.search(r"\bcac phu luc\b|\bphu luc kem theo", text):
        return True
    lists = re.findall(r"phu luc (?:so )?((?:[ivxlc\d]+(?:\s*(?:,|va|den|-)\s*)?)+)", text)
    return any(number.lower() in re.split(r"\W+|\bva\b|\bden\b", each_list) for each_list in lists)
