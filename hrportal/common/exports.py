"""Lists as files to take away: the same columns as CSV (with a mark by which Excel knows UTF-8) and as an Excel sheet."""

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# A cell that begins with one of these is a formula to a spreadsheet, whoever wrote it.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Column:
    """One column: its heading, and what a row has in it. None is an empty cell, never 0."""

    title: Promise | str
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class ListFile:
    """A list, written out."""

    name: str
    content_type: str
    content: bytes


def as_csv(columns: Sequence[Column], rows: Iterable[Any], title: str) -> bytes:
    """Comma-separated values; days and times in ISO 8601."""
    text = io.StringIO(BYTE_ORDER_MARK)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    writer.writerow([harmless(str(column.title)) for column in columns])
    for row in rows:
        writer.writerow([_as_text(column.value(row)) for column in columns])
    return text.getvalue().encode()


def as_xlsx(columns: Sequence[Column], rows: Iterable[Any], title: str) -> bytes:
    """An Excel sheet; numbers, days and times are what they are."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in title if sign not in "[]:*?/\\")[:LONGEST_SHEET_NAME])
    sheet.append([harmless(str(column.title)) for column in columns])
    for row in rows:
        sheet.append([_as_cell(column.value(row)) for column in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


WRITERS: dict[str, tuple[Callable[[Sequence[Column], Iterable[Any], str], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def write_list(columns: Sequence[Column], rows: Iterable[Any], *, title: str, name: str, format: str) -> ListFile:
    """The rows as a file in one of the formats."""
    write, content_type = WRITERS[format]
    return ListFile(f"{name}.{format}", content_type, write(columns, rows, title))


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[: LONGEST_CELL - 1]
    return f"'{clean}" if clean.startswith(FORMULA_SIGNS) else clean


def _as_text(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _as_cell(value)


def _as_cell(value: Any) -> Any:
    """Numbers and days stay what they are (a negative number is no formula); all else is text."""
    if value is None:
        return None
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    is_measured = isinstance(value, int | float | Decimal | datetime.date) and not isinstance(value, bool)
    return value if is_measured else harmless(str(value))
