"""The effective formatting of a Word document: styles, defaults and themes taken together."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeAlias

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from docx_plus.core.oxml import on_off
from docx_plus.styles import (
    AUTO_COLOR,
    ResolvedFormatting,
    StyleCascadeError,
    TableContext,
)
from docx_plus.styles.theme import load_theme, resolve_theme_font
from lxml import etree
from msgspec import Struct

from danvan_cli.check.reading.resolver import Resolver

XmlElement: TypeAlias = Any
"""An element of a part's XML; lxml has no types of its own."""

TWIPS_A_POINT = 20
TWIPS_A_MM = 1440 / 25.4
BLACK = "000000"
SINGLE_LINE = 2355 / 2048
"""The height of a single line of Times New Roman, as a multiple of its size."""

_LONGEST_CHAIN = 20
_AUTOMATIC_SPACE = 14.0
"""What Word puts where spacing is 'automatic', as in text pasted from the web."""


class TextFormatting(Struct, frozen=True):
    """The formatting of a run; None where no layer says.

    `font` is that of ASCII, `high_font` that of Vietnamese letters; `size` in points.
    `partial`: something refers to a theme that does not have it.
    """

    font: str | None = None
    high_font: str | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    color: str | None = None
    upper: bool = False
    hidden: bool = False
    raised: bool = False
    partial: bool = False


class ParagraphFormatting(Struct, frozen=True):
    """The formatting of a paragraph: indents in mm, space before and after in points.

    `lines` is the line spacing in lines (of Times New Roman at `size`, where it is set in points);
    `numbering` and `level` its automatic numbering. `tabs` are its own tab stops: mm from the
    margin, and 'center', 'left', …
    """

    alignment: str = "left"
    left: float = 0
    right: float = 0
    first_line: float = 0
    before: float = 0
    after: float = 0
    spacing: float = 1
    spacing_rule: str = "auto"
    contextual: bool = False
    style: str | None = None
    numbering: int | None = None
    level: int = 0
    tabs: tuple[tuple[float, str], ...] = ()

    @property
    def starts_at(self) -> float:
        """Where the first line begins, in mm from the margin."""
        return self.left + self.first_line

    def lines(self, size: float) -> float:
        """The line spacing in lines of text of that size."""
        if self.spacing_rule == "auto":
            return self.spacing
        lines = self.spacing / TWIPS_A_POINT / (size * SINGLE_LINE)
        return max(1, lines) if self.spacing_rule == "atLeast" else lines


class PositionInTable(Struct, frozen=True):
    """What in a table can change a paragraph's formatting: the table's style, and the position.

    `context` only where the style has conditions, as that its first row is bold.
    """

    style: str
    context: TableContext | None = None


class DocumentFormatting:
    """Resolves formatting within one document; each style and direct formatting once."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._theme = load_theme(document)
        self._resolver = Resolver(document)
        self._styles = self._resolver.styles
        self._defaults = {f"w:{kind}Pr": self._read_defaults(kind) for kind in "rp"}
        self._default_style = self._find_default_style()
        self._tables: dict[XmlElement, tuple[str | None, bool]] = {}
        self._texts: dict[object, TextFormatting] = {}
        self._paragraphs: dict[object, ParagraphFormatting] = {}

    def of_runs_in(self, paragraph: XmlElement) -> Callable[[XmlElement], TextFormatting]:
        """Returns a function that gives the formatting of a run in that paragraph.

        What the paragraph gives to all of its runs is found once: it may have very many.
        """
        style_id = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        place = self._place_in_table(paragraph)

        def formatting_of(run: XmlElement) -> TextFormatting:
            properties = run.find(qn("w:rPr"))
            key = (style_id, place, _written(properties))
            if key not in self._texts:
                like = _paragraph_like(_only_style(style_id), place)
                self._texts[key] = self._resolved_text(_run_like(properties, like), like, place)
            return self._texts[key]

        return formatting_of

    def paragraph(self, paragraph: XmlElement) -> ParagraphFormatting:
        properties = paragraph.find(qn("w:pPr"))
        place = self._place_in_table(paragraph)
        key = (_written(properties), place)
        if key not in self._paragraphs:
            like = _paragraph_like(properties, place)
            self._paragraphs[key] = self._resolved_paragraph(like, place)
        return self._paragraphs[key]

    def in_force(self, paragraph: XmlElement, name: str) -> XmlElement | None:
        """The strongest of a paragraph's properties of that name, 'w:pBdr' for one."""
        for properties in self._paragraph_properties(paragraph):
            found = properties.find(qn(name))
            if found is not None:
                return found
        return None

    def table_properties(self, table: XmlElement) -> Iterator[XmlElement]:
        """A table's own properties, then those of its styles."""
        own = table.find(qn("w:tblPr"))
        if own is None:
            return
        yield own
        for style in self._chain(_value(own.find(qn("w:tblStyle")))):
            properties = style.find(qn("w:tblPr"))
            if properties is not None:
                yield properties

    def _resolved_text(
        self, run: XmlElement, paragraph: XmlElement, place: PositionInTable | None
    ) -> TextFormatting:
        try:
            found = self._resolver.resolved(Run(run, self._wrapped(paragraph)), _context(place))
        except StyleCascadeError:
            return TextFormatting(partial=True)
        return TextFormatting(
            font=found.font_name,
            high_font=self._high_font(run, paragraph),
            size=found.font_size,
            bold=bool(found.bold),
            italic=bool(found.italic),
            underlined=found.underline not in (None, "none"),
            color=BLACK if found.color_rgb == AUTO_COLOR else found.color_rgb,
            upper=bool(found.caps),
            hidden=bool(found.vanish),
            raised=found.vert_align in ("superscript", "subscript"),
            partial=found.partial,
        )

    def _resolved_paragraph(
        self, paragraph: XmlElement, place: PositionInTable | None
    ) -> ParagraphFormatting:
        try:
            found = self._resolver.resolved(self._wrapped(paragraph), _context(place))
        except StyleCascadeError:
            found = ResolvedFormatting()
        return ParagraphFormatting(
            alignment=_alignment(found.alignment),
            left=_mm(found.indent_left),
            right=_mm(found.indent_right),
            first_line=_mm(found.indent_first_line),
            before=self._space(paragraph, "before", found.spacing_before),
            after=self._space(paragraph, "after", found.spacing_after),
            spacing=found.line_spacing or 1,
            spacing_rule=found.line_spacing_rule or "auto",
            contextual=bool(found.contextual_spacing),
            style=found.style_id,
            numbering=found.num_id or None,
            level=found.num_level or 0,
            tabs=tuple(sorted(self._tabs(paragraph).items())),
        )

    def _wrapped(self, paragraph: XmlElement) -> WordParagraph:
        # Those of headers, too, are resolved against the styles of the document.
        return WordParagraph(paragraph, self._document._body)

    def _space(self, paragraph: XmlElement, side: str, twips: int | None) -> float:
        for properties in self._paragraph_properties(paragraph):
            spacing = properties.find(qn("w:spacing"))
            if spacing is None:
                continue
            automatic = spacing.get(qn(f"w:{side}Autospacing"))
            if automatic is not None:
                if on_off(automatic):
                    return _AUTOMATIC_SPACE
                break
        return (twips or 0) / TWIPS_A_POINT

    def _tabs(self, paragraph: XmlElement) -> dict[float, str]:
        stops: dict[float, str] = {}
        for properties in reversed(list(self._paragraph_properties(paragraph))):
            for tab in properties.findall(f"{qn('w:tabs')}/{qn('w:tab')}"):
                position, kind = _mm(_whole(tab.get(qn("w:pos")))), _value(tab) or "left"
                if kind == "clear":
                    stops.pop(position, None)
                else:
                    stops[position] = kind
        return stops

    def _high_font(self, run: XmlElement, paragraph: XmlElement) -> str | None:
        for properties in self._run_properties(run, paragraph):
            fonts = properties.find(qn("w:rFonts"))
            if fonts is None:
                continue
            token = fonts.get(qn("w:hAnsiTheme"))
            if token is not None:
                found: str | None = resolve_theme_font(self._theme, token)
                return found
            name: str | None = fonts.get(qn("w:hAnsi"))
            if name is not None:
                return name
        return None

    def _run_properties(self, run: XmlElement, paragraph: XmlElement) -> Iterator[XmlElement]:
        """From the strongest to the weakest."""
        own = run.find(qn("w:rPr"))
        if own is not None:
            yield own
            yield from self._of_styles(_value(own.find(qn("w:rStyle"))), "w:rPr")
        yield from self._of_styles(self._style_of(paragraph), "w:rPr")
        yield from self._of_styles(self._table_style(paragraph), "w:rPr")
        yield from self._defaults["w:rPr"]

    def _paragraph_properties(self, paragraph: XmlElement) -> Iterator[XmlElement]:
        """From the strongest to the weakest, but for those of automatic numbering."""
        own = paragraph.find(qn("w:pPr"))
        if own is not None:
            yield own
        yield from self._of_styles(self._style_of(paragraph), "w:pPr")
        yield from self._of_styles(self._table_style(paragraph), "w:pPr")
        yield from self._defaults["w:pPr"]

    def _of_styles(self, style_id: str | None, name: str) -> Iterator[XmlElement]:
        for style in self._chain(style_id):
            yield from style.iterfind(qn(name))

    def _chain(self, style_id: str | None) -> Iterator[XmlElement]:
        """The style and those it is based on; docx-plus refuses a longer chain, so it is cut."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = _value(style.find(qn("w:basedOn")))

    def _style_of(self, paragraph: XmlElement) -> str | None:
        named = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        return named if named in self._styles else self._default_style

    def _read_defaults(self, kind: str) -> list[XmlElement]:
        names = ("w:docDefaults", f"w:{kind}PrDefault", f"w:{kind}Pr")
        return list(self._document.styles.element.iterfind("/".join(map(qn, names))))

    def _find_default_style(self) -> str | None:
        found = "Normal"
        for style in self._document.styles.element.findall(qn("w:style")):
            is_paragraph = style.get(qn("w:type"), "paragraph") == "paragraph"
            if is_paragraph and on_off(style.get(qn("w:default"))):
                found = style.get(qn("w:styleId"))
        return found

    def _table_style(self, paragraph: XmlElement) -> str | None:
        table = next(paragraph.iterancestors(qn("w:tbl")), None)
        return None if table is None else self._style_of_table(table)[0]

    def _style_of_table(self, table: XmlElement) -> tuple[str | None, bool]:
        """The style's id, and whether it has conditions."""
        if table not in self._tables:
            style_id = _value(table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}"))
            conditions = (style.find(qn("w:tblStylePr")) for style in self._chain(style_id))
            self._tables[table] = style_id, any(found is not None for found in conditions)
        return self._tables[table]

    def _place_in_table(self, paragraph: XmlElement) -> PositionInTable | None:
        table = next(paragraph.iterancestors(qn("w:tbl")), None)
        style_id, has_conditions = (None, False) if table is None else self._style_of_table(table)
        if style_id is None:
            return None
        cell = next(paragraph.iterancestors(qn("w:tc")), None) if has_conditions else None
        return PositionInTable(style_id, None if cell is None else self._resolver.context(cell))


def _context(place: PositionInTable | None) -> TableContext:
    return (place.context if place else None) or TableContext()


def _paragraph_like(properties: XmlElement | None, place: PositionInTable | None) -> XmlElement:
    """A paragraph with all that decides its formatting and nothing else.

    docx-plus searches a paragraph's children several times for each run: it may have very many.
    """
    paragraph = OxmlElement("w:p")
    if properties is not None:
        paragraph.append(deepcopy(properties))
    if place is not None:
        table, table_properties, style = (
            OxmlElement(f"w:{name}") for name in ("tbl", "tblPr", "tblStyle")
        )
        style.set(qn("w:val"), place.style)
        table_properties.append(style)
        row, cell = OxmlElement("w:tr"), OxmlElement("w:tc")
        table.extend((table_properties, row))
        row.append(cell)
        cell.append(paragraph)
    return paragraph


def _only_style(style_id: str | None) -> XmlElement | None:
    if style_id is None:
        return None
    properties, style = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    style.set(qn("w:val"), style_id)
    properties.append(style)
    return properties


def _run_like(properties: XmlElement | None, paragraph: XmlElement) -> XmlElement:
    run = OxmlElement("w:r")
    if properties is not None:
        run.append(deepcopy(properties))
    paragraph.append(run)
    return run


def _written(properties: XmlElement | None) -> bytes:
    return b"" if properties is None else bytes(etree.tostring(properties))


def _value(element: XmlElement | None) -> str | None:
    found: str | None = None if element is None else element.get(qn("w:val"))
    return found


def _whole(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def _mm(twips: int | None) -> float:
    return (twips or 0) / TWIPS_A_MM


def _alignment(named: str | None) -> str:
    known = {None: "left", "start": "left", "end": "right", "distribute": "both"}
    return known.get(named, named or "left")
