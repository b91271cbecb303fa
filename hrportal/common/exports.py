"""Lists as files to take away: the same columns as CSV (with a mark by which Excel knows UTF-8) and as an Excel sheet."""

import csv
import datetime
import io
import shutil
import tempfile
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


def _csv_to(file: Any, columns: Sequence[Column], rows: Iterable[Any], title: str) -> None:
    """Comma-separated values; days and times in ISO 8601."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow([harmless(str(column.title)) for column in columns])
    for row in rows:
        writer.writerow([_as_text(column.value(row)) for column in columns])
    text.flush()
    text.detach()  # the file is its owner's to close


def _xlsx_to(file: Any, columns: Sequence[Column], rows: Iterable[Any], title: str) -> None:
    """An Excel sheet; numbers, days and times are what they are. Rows wait on disk until it is put together."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in title if sign not in "[]:*?/\\")[:LONGEST_SHEET_NAME])
    sheet.append([harmless(str(column.title)) for column in columns])
    for row in rows:
        sheet.append([_as_cell(column.value(row)) for column in columns])
    with tempfile.TemporaryFile() as made:
        book.save(made)
        made.seek(0)
        shutil.copyfileobj(made, file)


WRITERS: dict[str, tuple[Callable[[Any, Sequence[Column], Iterable[Any], str], None], str]] = {
    "csv": (_csv_to, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx_to, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def write_list(columns: Sequence[Column], rows: Iterable[Any], *, title: str, name: str, format: str) -> ListFile:
    """The rows as a file in one of the formats."""
    file = io.BytesIO()
    write_list_to(file, columns, rows, title=title, format=format)
    return ListFile(f"{name}.{format}", WRITERS[format][1], file.getvalue())


def write_list_to(file: Any, columns: Sequence[Column], rows: Iterable[Any], *, title: str, format: str) -> None:
    """The rows, written to an open file as they come: a long list never lies in memory whole."""
    write, _content_type = WRITERS[format]
    write(file, columns, rows, title)


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
