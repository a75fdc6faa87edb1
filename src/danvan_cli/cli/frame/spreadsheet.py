"""Tables as an .xlsx workbook: numbers as numbers, a header that stays, no formulas."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from danvan_cli.cli.frame.layout import in_cell
from danvan_cli.cli.frame.sheet import Estimate, Share, Sheet, Value
from danvan_cli.files import safe_write
from danvan_cli.model.figure_kinds import ESTIMATED, digits_of
from danvan_cli.model.values import NO, YES, Figure
from danvan_cli.word import decree
from danvan_cli.word.file.package import zipped

_CORE = "docProps/core.xml"
_CUSTOM = "docProps/custom.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_STAMPED = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{}">'
    "<vt:lpwstr>{}</vt:lpwstr></property></Properties>"
)
_LINE = Side(style="thin", color="A6A6A6")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GREY = PatternFill("solid", fgColor="E7E6E6")
_PLAIN, _BOLD = (Font(name=decree.FONT, size=11, bold=bold) for bold in (False, True))
_TITLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT, _RIGHT = (
    Alignment(horizontal=side, vertical="center", wrap_text=True) for side in ("left", "right")
)
_NARROWEST, _WIDEST_TITLE, _WIDEST = 6, 10, 44
"""Characters of a column; longer texts go on in the next line of their cell."""
_LINE_HEIGHT = 15
"""Points."""


def workbook(sheets: Sequence[Sheet], day: date) -> bytes:
    """The file, the same for the same sheets and day; stamped, as Word documents are."""
    book: Any = Workbook()
    book.properties.creator = "danvan"
    book.remove(book.active)
    for sheet in sheets:
        _add(book.create_sheet(sheet.name), sheet)
    book.custom_doc_props.append(StringProperty(name=safe_write.FINGERPRINT_PROPERTY, value=""))
    written = BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_CORE] = _MOMENT.sub(f"{day}T00:00:00Z".encode(), parts[_CORE])
    digest = safe_write.fingerprint(parts)
    parts[_CUSTOM] = _STAMPED.format(safe_write.FINGERPRINT_PROPERTY, digest).encode()
    return zipped(parts)


def _add(page: Worksheet, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.heading, 1):
        _put(page, number, 1, line, font=_BOLD)
    header = len(sheet.heading) + 2
    last = header + len(sheet.rows)
    _add_titles(page, sheet, header)
    _add_rows(page, sheet, header + 1)
    page.freeze_panes = f"B{header + 1}"
    filtered = max(last - sheet.sums, header)
    page.auto_filter.ref = f"A{header}:{get_column_letter(len(sheet.columns))}{filtered}"
    page.print_title_rows = f"{header}:{header}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _add_titles(page: Worksheet, sheet: Sheet, header: int) -> None:
    """Above each column its title, in a row as high as the longest takes."""
    lines = 1
    style = {"font": _BOLD, "fill": _GREY, "border": _BORDER, "alignment": _TITLE}
    for place, (title, width) in enumerate(zip(sheet.columns, _widths(sheet), strict=True), 1):
        page.column_dimensions[get_column_letter(place)].width = width + 2
        lines = max(lines, len(wrap(title, width)))
        _put(page, header, place, title, **style)
    page.row_dimensions[header].height = _LINE_HEIGHT * lines


def _add_rows(page: Worksheet, sheet: Sheet, first: int) -> None:
    """Words in a column of numbers stand on the right, as these do; a row has room for its texts.

    LibreOffice does not make room of its own accord.
    """
    widths = list(_widths(sheet))
    first_sum = first + len(sheet.rows) - sheet.sums
    numeric = {
        place
        for row in sheet.rows
        for place, value in enumerate(row, 1)
        if value is not None and not isinstance(value, str)
    }
    for number, row in enumerate(sheet.rows, first):
        font = _BOLD if number >= first_sum else _PLAIN
        lines = max(
            (len(wrap(_shown(value), width)) for value, width in zip(row, widths, strict=True)),
            default=1,
        )
        if lines > 1:
            page.row_dimensions[number].height = _LINE_HEIGHT * lines
        for place, value in enumerate(row, 1):
            side = _RIGHT if place in numeric else _LEFT
            _put(page, number, place, value, font=font, border=_BORDER, alignment=side)


def _widths(sheet: Sheet) -> Iterator[int]:
    columns = zip_longest(*sheet.rows) if sheet.rows else ([] for _ in sheet.columns)
    for title, values in zip(sheet.columns, columns, strict=True):
        longest = max((len(_shown(value)) for value in values), default=0)
        yield min(max(longest, min(len(title), _WIDEST_TITLE), _NARROWEST), _WIDEST)


def _shown(value: Value) -> str:
    match value:
        case Share():
            return value.text
        case Estimate():
            return f"{value.figure:,} {ESTIMATED}"
        case None:
            return ""
        case str():
            return value
    return f"{value:,}"


def _put(page: Worksheet, row: int, column: int, value: Value, **style: Any) -> None:
    """A text that begins with '=' stays one, and is no formula."""
    cell: Any = page.cell(row, column)
    match value:
        case Share():
            cell.value = value.value
            cell.number_format = value.number_format
        case str():
            cell.value = in_cell(value)
            cell.data_type = "s"
        case bool():
            cell.value = YES if value else NO
        case int() | Decimal():
            cell.value = value
            cell.number_format = _number_format(value)
        case Estimate():
            cell.value = value.figure
            cell.number_format = f'{_number_format(value.figure)} "{ESTIMATED}"'
    for name, given in style.items():
        setattr(cell, name, given)


def _number_format(figure: Figure) -> str:
    digits = digits_of(figure)
    return "#,##0" + (f".{'0' * digits}" if digits else "")
