"""Excel workbooks as lines of cells. A workbook is a packed file, so it is weighed before anything unpacks it."""

import datetime
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from hrportal.people.importing.options import ImportRefused

Line = tuple[int, list[str]]

PACKED = b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
READ_PARTS = (".xml", ".rels")
COPIED = zipfile.ZIP_DEFLATED
MOST_ENTRIES = 2000
MOST_UNPACKED = 400_000_000
# A sheet of repeated words packs to a twentieth; a bomb to a thousandth.
MOST_RATIO = 150
SMALL_ENTRY = 1_000_000
# A reader lays out the whole rectangle between the first cell and the last, whatever is in it.
MOST_CELLS = 40_000_000
LAST_ROW = 1_000_010
LAST_COLUMN = 1000
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
CHUNK = 1 << 20
OVERLAP = 64


def is_workbook(file: Path) -> bool:
    """Whether a file is packed as workbooks are; whether it is one is seen when it is opened."""
    with file.open("rb") as stream:
        return stream.read(len(PACKED)) == PACKED


def sheets_of(file: Path) -> tuple[str, ...]:
    """The names of a workbook's sheets. Raises ImportRefused for a broken or hostile one."""
    with _opened(file) as book:
        return tuple(book.sheet_names)


def open_sheet(file: Path, name: str = "") -> Iterator[Line]:
    """The lines of a sheet (the first if none is named), each with its number in the sheet."""
    with _opened(file) as book:
        names = book.sheet_names
        if not names or (name and name not in names):
            raise ImportRefused(_("The workbook has no sheet %s.") % (name or "1"))
        sheet = book.get_sheet_by_name(name or names[0])
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield number, [_as_written(cell) for cell in cells]


@contextmanager
def _opened(file: Path) -> Iterator[CalamineWorkbook]:
    with NamedTemporaryFile(suffix=".xlsx") as weighed:
        _weigh(file, weighed)
        try:
            with CalamineWorkbook.from_path(weighed.name) as book:
                yield book
        except CalamineError as error:
            raise _unreadable() from error


def _weigh(file: Path, weighed: IO[bytes]) -> None:
    """Copy the parts of a workbook that hold cells, if they are not far larger than what people put into sheets.

    Only the copy is opened: what a packed file says of its own sizes need not be true.
    """
    try:
        with zipfile.ZipFile(file) as packed, zipfile.ZipFile(weighed, "w", COPIED, compresslevel=1) as copy:
            _refuse_odd_sizes(packed)
            for entry in packed.infolist():
                if entry.filename.lower().endswith(READ_PARTS):
                    _copy(packed, entry, copy)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _unreadable() from error
    weighed.flush()


def _refuse_odd_sizes(packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if WORKBOOK not in packed.namelist():
        raise ImportRefused(_("This is no Excel workbook (XLSX). Save the sheet as XLSX or CSV."))
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _too_large()
    for entry in entries:
        if entry.file_size > SMALL_ENTRY and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise _too_large()


def _copy(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, copy: zipfile.ZipFile) -> None:
    """Copy one part; refuse one that claims cells far away, for the places between are laid out too."""
    rows = columns = 0
    rest = b""
    with packed.open(entry) as source, copy.open(entry.filename, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            for letters, digits in PLACE.findall(rest + chunk):
                rows, columns = max(rows, int(digits)), max(columns, _column(letters))
            if rows > LAST_ROW or columns > LAST_COLUMN or rows * columns > MOST_CELLS:
                raise _too_large()
            rest = chunk[-OVERLAP:]
            target.write(chunk)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _as_written(value: Any) -> str:
    """A cell as a text file would have it: whole numbers without a fraction, days as 2026-01-31."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return " ".join(str(value).split())


def _too_large() -> ImportRefused:
    return ImportRefused(_("This workbook unpacks to far more than a sheet of people. Save the sheet as CSV."))


def _unreadable() -> ImportRefused:
    return ImportRefused(_("This workbook cannot be read. It may be damaged or protected. Save the sheet as CSV."))
