"""Tables that people bring along: CSV as spreadsheets and our own exports write it, or an Excel sheet."""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from hrportal.common.actions import ActionError
from hrportal.common.exports import FORMULA_SIGNS

DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "cp1252")
EXCEL_SIGN = b"PK\x03\x04"
# Of a sheet, unpacked: far more than anybody types, far less than fills a server.
LARGEST_SHEET = 50_000_000
WIDEST_SHEET = 50


@dataclass(frozen=True)
class Table:
    """A header and the lines below it that hold something, each with its number in the file."""

    header: Sequence[str]
    lines: Sequence[tuple[int, Sequence[str]]]


def text_of(content: bytes, *, most_lines: int) -> str:
    """What is in a file, as text: UTF-8, UTF-16 or a western Windows encoding; an Excel sheet becomes CSV."""
    if content.startswith(EXCEL_SIGN):
        return _sheet_as_csv(content, most_lines)
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ActionError(_("This file is neither text nor an Excel sheet. Save it as CSV (UTF-8)."), field="file")


def read_table(text: str, *, most_lines: int) -> Table:
    """The table in a text. Commas, semicolons, tabs and bars separate cells; quotes that our exports put before formulas go."""
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise ActionError(_("This is not text. Save the file as CSV (UTF-8)."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text), strict=True)
    lines = []
    try:
        for cells in reader:
            stripped = [_plain(cell) for cell in cells]
            if any(stripped) and not _names_delimiter(stripped):
                lines.append((reader.line_num, stripped))
            if len(lines) > most_lines + 1:
                raise ActionError(_("More than %d lines at once are too many. Split the file.") % most_lines)
    except csv.Error as error:
        raise ActionError(_("Line %(line)d is not CSV: %(why)s") % {"line": reader.line_num, "why": error}) from error
    if not lines:
        raise ActionError(_("There is nothing in it."))
    return Table(lines[0][1], lines[1:])


def _delimiter_of(text: str) -> str:
    """The sign that is most frequent in the first line; Excel also writes it down there (`sep=;`)."""
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _names_delimiter(cells: Sequence[str]) -> bool:
    return cells[0].lower() in {"sep=", *(f"sep={sign}" for sign in DELIMITERS)}


def _plain(cell: str) -> str:
    """A cell as it was meant."""
    cell = cell.replace("\r\n", "\n").replace("\r", "\n").strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell


def _sheet_as_csv(content: bytes, most_lines: int) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_SHEET:
                raise ActionError(_("This Excel file is too large. Save the sheet as CSV."), field="file")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=most_lines + 2, max_col=WIDEST_SHEET, values_only=True)
        text = io.StringIO()
        csv.writer(text).writerows(_without_empty_end(row) for row in rows)
    except ActionError:
        raise
    except Exception as error:  # whatever a broken or hostile file makes its reader stumble over
        raise ActionError(_("This Excel file cannot be read. Save the sheet as CSV."), field="file") from error
    return text.getvalue()


def _without_empty_end(row: Sequence[Any]) -> list[str]:
    cells = ["" if value is None else _as_written(value) for value in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _as_written(value: Any) -> str:
    """Excel keeps whole numbers as fractions: 4.0 is the 4 that somebody typed."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
