"""The rules on fonts, colour, size, weight, slant and case (NĐ 30/2020, PL I, I.I.4 to 5, I.V)."""

import re
from collections.abc import Callable, Iterator, Sequence

from danvan_cli.check import repair
from danvan_cli.check.elements import body
from danvan_cli.check.elements.elements import Found
from danvan_cli.check.examined import Examined
from danvan_cli.check.finding import Finding, Location, at, at_section, review
from danvan_cli.check.message_format import figure, must_be, nearest
from danvan_cli.check.reading import sections
from danvan_cli.check.reading.formatting import XmlElement
from danvan_cli.check.reading.lines import Line, Paragraph, Stretch
from danvan_cli.problems import ERROR, WARNING, rule
from danvan_cli.vietnamese import enumeration, nfc
from danvan_cli.word import decree
from danvan_cli.word.decree import Element

_LEGACY_FONTS = (".vn", "vni-", "vni ", "vntime", "vnarial", "abc ")
_UNICODE_HINT = (
    "chuyển sang Unicode bằng công cụ chuyển mã (bảng mã nguồn là TCVN3 hoặc VNI), rồi chọn "
    f"phông {decree.FONT}"
)
_RGB = re.compile(r"[0-9A-F]{6}")
_FEWEST_LETTERS = 6
_MOSTLY = 0.5
_ANY_CASE = (
    decree.RECIPIENTS,
    decree.ADDRESSEES,
    decree.DRAFTER,
    decree.NUMBER_AND_SYMBOL,
    decree.PAGE_NUMBER,
    decree.ADDRESS_LINE,
)
"""What abbreviations alone may make up: '- TTTU, TT HĐND;'."""

_EQUAL_TO_BODY = (decree.ARTICLE, decree.CLAUSE_HEADING, decree.CLAUSE, decree.POINT)
_EQUAL_CLAUSE = "PL I, I.II.6đ"


@rule("D511", ERROR, "Phông chữ không phải Times New Roman")
@rule("D512", ERROR, "Phông chữ của bảng mã cũ")
def fonts(examined: Examined) -> Iterator[Finding]:
    """Times New Roman everywhere, in Unicode."""
    for paragraph, location in _everything(examined):
        for stretch in paragraph.stretches:
            yield from _font(stretch, location)


@rule("D513", ERROR, "Chữ không phải màu đen")
def colors(examined: Examined) -> Iterator[Finding]:
    """All text is black."""
    for paragraph, location in _everything(examined):
        for stretch in paragraph.stretches:
            color = stretch.formatting.color
            if not stretch.text.strip() or color in (None, decree.COLOR):
                continue
            if not _RGB.fullmatch(color or ""):
                yield review("không xác định được màu chữ; phải là màu đen", location)
                continue
            yield Finding(
                code="D513",
                what=f"chữ màu {color}; phải là màu đen",
                clause=decree.FONT_CLAUSE,
                location=location,
                repair=repair.color([stretch]),
            )


@rule("D514", ERROR, "Cỡ chữ không đúng")
def sizes(examined: Examined) -> Iterator[Finding]:
    """Each element has a size in its range."""
    for line, element, location in _lines(examined):
        found = {stretch.formatting.size for stretch in line.visible}
        known = {size for size in found if size is not None}
        wanted = f"{element.name} {must_be(element.sizes)}"
        if None in found:
            yield review(f"không xác định được cỡ chữ; {wanted}", location)
        elif known and all(size not in element.sizes for size in known):
            yield Finding(
                code="D514",
                what=f"{element.name} cỡ chữ {_sizes(known)}; {must_be(element.sizes)}",
                clause=element.clause,
                location=location,
                repair=repair.size(line.visible, _repaired_size(examined, element, known)),
            )
        elif len(known) > 1:
            yield review(
                f"{element.name} lẫn cỡ chữ {_sizes(known)}; {must_be(element.sizes)}", location
            )


@rule("D515", ERROR, "Chữ đậm không đúng chỗ")
def weight(examined: Examined) -> Iterator[Finding]:
    """Bold letters where the element has them, and nowhere else; of a Điều only its label."""
    for line, element, location in _lines(examined):
        visible = _label_of_article(line) if element is decree.ARTICLE else line.visible
        bold = {stretch.formatting.bold for stretch in visible}
        if bold <= {element.bold}:
            continue
        wanted = "phải là chữ đậm" if element.bold else "không được đậm"
        if len(bold) > 1:
            yield review(f"{element.name} có chỗ đậm, có chỗ không; {wanted}", location)
        elif element is decree.CLAUSE_HEADING:
            yield review("nếu đây là tiêu đề của khoản thì phải là chữ đậm", location)
        else:
            yield Finding(
                code="D515",
                what=f"{element.name} {'không in đậm' if element.bold else 'in đậm'}; {wanted}",
                clause=element.clause,
                location=location,
                repair=None
                if element is decree.ARTICLE
                else repair.bold(line.visible, element.bold),
            )


@rule("D516", ERROR, "Chữ nghiêng không đúng chỗ")
def slant(examined: Examined) -> Iterator[Finding]:
    """Italic letters where the element has them, and nowhere else."""
    for line, element, location in _lines(examined):
        italic = {stretch.formatting.italic for stretch in line.visible}
        if italic <= {element.italic}:
            continue
        wanted = "phải là chữ nghiêng" if element.italic else "phải là chữ đứng"
        if len(italic) > 1:
            yield review(f"{element.name} có chỗ nghiêng, có chỗ đứng; {wanted}", location)
        else:
            yield Finding(
                code="D516",
                what=f"{element.name} là chữ {'đứng' if element.italic else 'nghiêng'}; {wanted}",
                clause=element.clause,
                location=location,
                repair=repair.italic(line.visible, element.italic),
            )


@rule("D517", ERROR, "Chữ in hoa, in thường không đúng")
def case(examined: Examined) -> Iterator[Finding]:
    """Capitals where they are required, and nowhere else."""
    for line, element, location in _lines(examined):
        if element in _ANY_CASE:
            continue
        share = _share_of_capitals(line.text)
        if element.upper and _MOSTLY <= share < 1:
            yield review(f"{element.name} có chữ in thường; phải là chữ in hoa", location)
        elif element.upper and share < _MOSTLY:
            what = f"{element.name} là chữ in thường; phải là chữ in hoa"
            yield Finding(code="D517", what=what, clause=element.clause, location=location)
        elif not element.upper and _is_in_capitals(line.text, element):
            what = f"{element.name} là chữ in hoa; phải là chữ in thường"
            yield Finding(code="D517", what=what, clause=element.clause, location=location)


@rule("D518", ERROR, "Cỡ chữ không cùng tăng, cùng giảm")
def size_set(examined: Examined) -> Iterator[Finding]:
    """Quốc hiệu, Tiêu ngữ and the date have the sizes of one set: 12, 13, 13 or 13, 14, 14."""
    named = (decree.NATIONAL_NAME, decree.MOTTO, decree.PLACE_AND_DATE)
    found = {element.name: examined.elements.get(element) for element in named}
    given = {
        name: next(iter(place.sizes))
        for name, place in found.items()
        if place and len(place.sizes) == 1
    }
    elements = {element.name: element for element in named}
    if any(size not in elements[name].sizes for name, size in given.items()) or len(given) < 2:
        return
    if any(all(chosen[name] == size for name, size in given.items()) for chosen in _SETS):
        return
    first = next(place for place in found.values() if place)
    have = ", ".join(f"{name} {figure(size)}" for name, size in given.items())
    sets = [", ".join(f"{name} {size}" for name, size in chosen.items()) for chosen in _SETS]
    yield Finding(
        code="D518",
        what=f"cỡ chữ {have}; phải cùng tăng, cùng giảm: {' hoặc '.join(sets)}",
        clause=decree.SIZE_SET_CLAUSE,
        location=at(first.first),
        repair=_use_set(examined, found),
    )


@rule("D519", ERROR, "Cỡ chữ khác cỡ chữ của lời văn")
def body_size(examined: Examined) -> Iterator[Finding]:
    """Điều, khoản and điểm have the size of the text, and the text has one size."""
    wanted = examined.elements.body_size
    if wanted is None or wanted not in decree.BODY.sizes:
        return
    for paragraph, element in examined.elements.body:
        given = {stretch.formatting.size for line in paragraph.lines for stretch in line.visible}
        size = next(iter(given)) if len(given) == 1 else None
        if element is None or size is None or size not in element.sizes or size == wanted:
            continue
        what = f"{element.name} cỡ chữ {figure(size)}, lời văn cỡ {figure(wanted)}"
        visible = [stretch for line in paragraph.lines for stretch in line.visible]
        if element in _EQUAL_TO_BODY:
            yield Finding(
                code="D519",
                what=f"{what}; phải bằng cỡ chữ của lời văn",
                clause=_EQUAL_CLAUSE,
                location=at(paragraph),
                repair=repair.size(visible, wanted),
            )
        elif element is decree.BODY:
            yield review(f"{what}; nên cùng một cỡ chữ", at(paragraph))


@rule("D520", WARNING, "Chữ trong Word chưa theo Unicode dựng sẵn")
def composed(examined: Examined) -> Iterator[Finding]:
    """A letter and its marks are one Unicode character (NFC)."""
    for paragraph, location in _everything(examined):
        if any(nfc(stretch.text) != stretch.text for stretch in paragraph.stretches):
            yield Finding(
                code="D520",
                what="chữ và dấu là những mã rời nhau (Unicode tổ hợp); nên dùng Unicode dựng sẵn",
                clause=decree.FONT_CLAUSE,
                location=location,
                hint="gõ lại, hoặc chuyển sang Unicode dựng sẵn bằng công cụ chuyển mã",
            )


_SETS = tuple(decree.SIZE_SETS.values())


def _everything(examined: Examined) -> Iterator[tuple[Paragraph, Location]]:
    """All that can be read in the document, in headers and footers, too."""
    for paragraph in examined.paragraphs:
        yield paragraph, at(paragraph)
    for words, section, part in _headers_and_footers(examined):
        location = at_section(section, f"{words} của phần {section + 1}")
        for paragraph in sections.paragraphs_of(part, examined.formatting):
            yield paragraph, location


def _lines(examined: Examined) -> Iterator[tuple[Line, Element, Location]]:
    """Every line of an element whose formatting the decree fixes."""
    for found in examined.elements.all():
        for line in _lines_of(found):
            yield line, found.element, at(line)
    for _, section, part in _headers_and_footers(examined):
        for number in examined.page_numbers_in(part):
            yield number.line, decree.PAGE_NUMBER, at_section(section, "số trang")


def _headers_and_footers(examined: Examined) -> Iterator[tuple[str, int, XmlElement]]:
    """Each that some page shows, once, with the first section that has it."""
    seen: set[int] = set()
    for section in examined.sections:
        for words, part in section.parts_in_use(even_pages=examined.has_even_pages):
            if id(part) not in seen:
                yield words, section.number, part
            seen.add(id(part))


def _lines_of(found: Found) -> Sequence[Line]:
    return [line for line in found.lines if line.visible]


def _font(stretch: Stretch, location: Location) -> Iterator[Finding]:
    letters = [letter for letter in stretch.text if letter.isalnum()]
    used = {stretch.formatting.font for letter in letters if letter.isascii()}
    used |= {stretch.formatting.high_font for letter in letters if not letter.isascii()}
    for name in sorted(used - {decree.FONT}, key=str):
        if name is None or stretch.formatting.partial:
            yield review(f"không xác định được phông chữ; phải là {decree.FONT}", location)
        elif name.lower().startswith(_LEGACY_FONTS):
            yield Finding(
                code="D512",
                what=f"phông {name} của bảng mã cũ; phải là {decree.FONT}, mã Unicode",
                clause=decree.FONT_CLAUSE,
                location=location,
                hint=_UNICODE_HINT,
            )
        elif name.lower() != decree.FONT.lower():
            yield Finding(
                code="D511",
                what=f"phông chữ {name}; phải là {decree.FONT}",
                clause=decree.FONT_CLAUSE,
                location=location,
                repair=repair.font([stretch]),
            )


def _label_of_article(line: Line) -> list[Stretch]:
    """'Điều 1.': what of an article is bold; its text may follow in the same line."""
    match = body.ARTICLE.match(line.text)
    return line.visible[:1] if match and not line.paragraph.label else []


def _share_of_capitals(text: str) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / len(letters) if letters else 1


def _is_in_capitals(text: str, element: Element) -> bool:
    """Whether whole words, not only abbreviations, are in capitals."""
    words = [word for word in text.split() if any(letter.isalpha() for letter in word)]
    if element in (decree.PART_NUMBER, decree.APPENDIX_WORD):
        return bool(words) and words[0].isupper()
    letters = sum(letter.isalpha() for letter in text)
    return text.isupper() and len(words) > 1 and letters >= _FEWEST_LETTERS


def _sizes(sizes: set[float]) -> str:
    return enumeration([figure(size) for size in sorted(sizes)])


def _repaired_size(examined: Examined, element: Element, sizes: set[float]) -> float:
    """That of the document's set or text where the element goes with it, else the nearest."""
    if element.sized_by == "set":
        chosen = _chosen_set(examined)
        return decree.size(element, chosen, 14)
    text = examined.elements.body_size
    if element.sized_by == "body" and text is not None:
        return nearest(text, element.sizes)
    return nearest(max(sizes), element.sizes)


def _chosen_set(examined: Examined) -> decree.SizeSet:
    """The set that most of what goes with it is in already; the greater one of two."""
    sizes = [
        (found.element, size)
        for found in examined.elements.single.values()
        if found.element.sized_by == "set"
        for size in found.sizes
    ]
    votes: dict[decree.SizeSet, int] = {
        name: sum(size == decree.size(element, name, 14) for element, size in sizes)
        for name in decree.SIZE_SETS
    }
    return max(votes, key=lambda name: (votes[name], name))


def _use_set(examined: Examined, found: dict[str, Found | None]) -> Callable[[], None]:
    chosen = decree.SIZE_SETS[_chosen_set(examined)]
    return repair.together(
        repair.size([stretch for line in place.lines for stretch in line.visible], chosen[name])
        for name, place in found.items()
        if place
    )
