"""Finds the lines drawn in a document: borders, drawn shapes, rows of underscores."""

import re
from collections.abc import Iterator
from math import isfinite

from docx.oxml.ns import nsmap, qn
from msgspec import Struct

from danvan_cli.check.reading.formatting import DocumentFormatting, XmlElement
from danvan_cli.check.reading.lines import Line, Paragraph
from danvan_cli.word.file.text_width import text_width

_EMU_A_MM = 36_000
_MM_A_POINT = 25.4 / 72
_MM = {"pt": _MM_A_POINT, "in": 25.4, "mm": 1.0, "cm": 10.0, "px": 25.4 / 96, "pc": 25.4 / 6}
_THIN = 1.5
"""In mm: a shape that is flatter is a line."""

_V = "{urn:schemas-microsoft-com:vml}"
_WP = f"{{{nsmap['wp']}}}"
_A = f"{{{nsmap['a']}}}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NO_BORDER = ("nil", "none", None)
_SOLID_BORDERS = ("single", "thick")
_SOLID_DASHES = ("solid", "1 0", None)
_LENGTH = re.compile(r"(-?[\d.]+)\s*([a-z]*)")
_BROKEN = re.compile(r"[-–*=\s]+")
_STYLE = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
_LINE_SHAPES = ("line", "straightConnector1")


class DrawnLine(Struct, frozen=True):
    """A line: `length` in mm; `lean` is how far its middle is right of the column's, if known."""

    length: float
    lean: float | None
    is_solid: bool
    paragraph: Paragraph


def borders(
    paragraph: Paragraph, formatting: DocumentFormatting, *edges: str
) -> Iterator[DrawnLine]:
    """The paragraph's own borders, as long as its indents leave them."""
    found = formatting.in_force(paragraph.element, "w:pBdr")
    for edge in edges:
        border = None if found is None else found.find(qn(f"w:{edge}"))
        kind = None if border is None else border.get(qn("w:val"))
        if kind not in _NO_BORDER:
            own = paragraph.formatting
            yield DrawnLine(
                length=paragraph.room - own.left - own.right,
                lean=(own.left - own.right) / 2,
                is_solid=kind in _SOLID_BORDERS,
                paragraph=paragraph,
            )


def cell_border(paragraph: Paragraph) -> Iterator[DrawnLine]:
    """The lower border that the cell of a paragraph has of its own."""
    if paragraph.cell is None:
        return
    path = "/".join(qn(name) for name in ("w:tcPr", "w:tcBorders", "w:bottom"))
    border = paragraph.cell.element.find(path)
    kind = None if border is None else border.get(qn("w:val"))
    if kind not in _NO_BORDER:
        yield DrawnLine(paragraph.room, 0.0, kind in _SOLID_BORDERS, paragraph)


def typed(line: Line) -> DrawnLine:
    """A line of underscores or dashes; only underscores touch each other."""
    stretches = line.visible
    width = sum(
        text_width(stretch.text.strip(), stretch.formatting.size or 0) for stretch in stretches
    )
    text = "".join(stretch.text for stretch in stretches)
    return DrawnLine(width * _MM_A_POINT, None, not _BROKEN.fullmatch(text), line.paragraph)


def shapes(paragraph: Paragraph) -> Iterator[DrawnLine]:
    """The lines drawn in Word that are anchored in the paragraph."""
    for kind in ("anchor", "inline"):
        for drawing in paragraph.element.iter(f"{_WP}{kind}"):
            yield from _drawing(drawing, paragraph)
    for picture in paragraph.element.iter(qn("w:pict")):
        if next(picture.iterancestors(_FALLBACK), None) is None:
            yield from _vml(picture, paragraph)


def _drawing(drawing: XmlElement, paragraph: Paragraph) -> Iterator[DrawnLine]:
    extent = drawing.find(f"{_WP}extent")
    width, height = (_number(extent, name) / _EMU_A_MM for name in ("cx", "cy"))
    shape = next(drawing.iter(f"{_A}prstGeom"), None)
    is_line = shape is not None and (shape.get("prst") in _LINE_SHAPES or height < _THIN)
    if not is_line or height > width:
        return
    dash = next(drawing.iter(f"{_A}prstDash"), None)
    yield DrawnLine(
        length=width,
        lean=_lean(drawing.find(f"{_WP}positionH"), width, paragraph),
        is_solid=dash is None or dash.get("val") in _SOLID_DASHES,
        paragraph=paragraph,
    )


def _lean(position: XmlElement | None, width: float, paragraph: Paragraph) -> float | None:
    if position is None or position.get("relativeFrom") not in ("column", "character"):
        return None
    aligned = position.find(f"{_WP}align")
    if aligned is not None:
        return 0.0 if aligned.text == "center" else None
    offset = position.find(f"{_WP}posOffset")
    if offset is None or position.get("relativeFrom") != "column":
        return None
    return _finite(offset.text or "") / _EMU_A_MM + (width - paragraph.room) / 2


def _vml(picture: XmlElement, paragraph: Paragraph) -> Iterator[DrawnLine]:
    for line in picture.iter(f"{_V}line"):
        start, end = (_point(line.get(name, "0,0")) for name in ("from", "to"))
        width, height = abs(end[0] - start[0]), abs(end[1] - start[1])
        if height <= _THIN:
            middle = (start[0] + end[0]) / 2
            style = _style(line)
            is_placed = "margin-left" not in style or _mm(style["margin-left"]) == 0
            lean = middle - paragraph.room / 2 if is_placed else None
            yield DrawnLine(width, lean, _is_solid(line), paragraph)
    for name in ("shape", "rect"):
        for shape in picture.iter(f"{_V}{name}"):
            style = _style(shape)
            width, height = _mm(style.get("width", "0")), _mm(style.get("height", "0"))
            if width > 0 and height <= _THIN:
                left = style.get("margin-left")
                lean = None if left is None else _mm(left) + (width - paragraph.room) / 2
                yield DrawnLine(width, lean, _is_solid(shape), paragraph)


def _is_solid(shape: XmlElement) -> bool:
    stroke = shape.find(f"{_V}stroke")
    return stroke is None or stroke.get("dashstyle") in _SOLID_DASHES


def _style(shape: XmlElement) -> dict[str, str]:
    return dict(_STYLE.findall(shape.get("style") or ""))


def _point(text: str) -> tuple[float, float]:
    across, _, down = text.partition(",")
    return _mm(across), _mm(down)


def _mm(text: str) -> float:
    """A length such as '85.05pt' in mm; without a unit it is in points, as Word writes it."""
    match = _LENGTH.match(text.strip())
    return _finite(match[1]) * _MM.get(match[2] or "pt", _MM_A_POINT) if match else 0.0


def _number(element: XmlElement | None, attribute: str) -> float:
    return _finite("" if element is None else element.get(attribute, ""))


def _finite(written: str) -> float:
    try:
        number = float(written)
    except ValueError:
        return 0.0
    return number if isfinite(number) else 0.0
