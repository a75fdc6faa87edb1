"""Resolves styles by docx-plus, finding a document's styles and lists only once."""

import re
from typing import TypeVar

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from docx_plus.styles import ResolvedFormatting, StyleCascadeError, TableContext
from docx_plus.styles import inspect as cascade
from docx_plus.styles.theme import load_theme

from danvan_cli.word.file.numbering import by_id, part_of_lists
from danvan_cli.word.file.tracked_changes import XmlElement

K = TypeVar("K")
V = TypeVar("V")


class _Complete(dict[K, V | None]):
    """Says of what is not in it that there is none: docx-plus would search the whole part."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: K) -> None:
        return None


class Resolver:
    """`resolve_effective_formatting` for many runs of one document.

    docx-plus reads the theme and searches all styles anew at each call, and what it keeps for a
    walk through a document is its own. The version is bounded, a test compares both.
    """

    def __init__(self, document: WordDocument) -> None:
        root = document.styles.element
        self.styles = by_id(root, "w:style", "w:styleId")
        self._cache = cascade._ResolverCache(
            doc=document,
            styles_root=root,
            theme=load_theme(document),
            _styles=_Complete(self.styles),
            _abstract_nums=_Complete(_lists(document)),
        )
        self._columns: dict[XmlElement, dict[XmlElement, range]] = {}

    def resolved(self, target: WordParagraph | Run, context: TableContext) -> ResolvedFormatting:
        """Raises StyleCascadeError where styles are based on each other in a circle."""
        return cascade._resolve_with_cache(self._cache, target, table_context=context)

    def context(self, cell: XmlElement) -> TableContext:
        """Where in its table a cell is, as far as a style can have conditions on that."""
        row = cell.getparent()
        table = row.getparent()
        if row.tag != qn("w:tr") or table is None or table.tag != qn("w:tbl"):
            return TableContext()
        try:
            layout = self._cache.table_layout(table)
        except StyleCascadeError:
            return TableContext()
        number, columns = layout.row_index[row], self._columns_of(row)
        own, last = columns[cell], next(reversed(columns.values()))
        by_row = layout.row_offset, layout.row_band_size, layout.look["hBand"]
        by_column = layout.col_offset, layout.col_band_size, layout.look["vBand"]
        is_band_row, is_band2_row = cascade._band_membership(number, *by_row)
        is_band_col, is_band2_col = cascade._band_membership(own.start, *by_column)
        return TableContext(
            is_first_row=number == 0,
            is_last_row=number == layout.row_count - 1,
            is_first_col=own.start == 0,
            is_last_col=own.stop == last.stop,
            is_band_row=is_band_row,
            is_band_col=is_band_col,
            is_band2_row=is_band2_row,
            is_band2_col=is_band2_col,
            first_row_enabled=layout.look["firstRow"],
            last_row_enabled=layout.look["lastRow"],
            first_col_enabled=layout.look["firstColumn"],
            last_col_enabled=layout.look["lastColumn"],
        )

    def _columns_of(self, row: XmlElement) -> dict[XmlElement, range]:
        """The grid's columns of each cell of a row."""
        if row not in self._columns:
            columns: dict[XmlElement, range] = {}
            start = 0
            for cell in row.findall(qn("w:tc")):
                columns[cell] = range(start, start + cascade._grid_span(cell))
                start = columns[cell].stop
            self._columns[row] = columns
        return self._columns[row]


def _lists(document: WordDocument) -> dict[int, XmlElement]:
    """The kind of each list by its number."""
    root = part_of_lists(document)
    if root is None:
        return {}
    kinds = by_id(root, "w:abstractNum", "w:abstractNumId")
    found = {}
    for number, element in by_id(root, "w:num", "w:numId").items():
        named = element.find(qn("w:abstractNumId"))
        kind = None if named is None else kinds.get(named.get(qn("w:val")))
        if kind is not None and re.fullmatch(r"-?[0-9]{1,9}", number or ""):
            found[int(number)] = kind
    return found
