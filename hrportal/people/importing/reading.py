"""From a file to lines of cells, with a clear word for every way a file can be broken or hostile.

A text is read line by line and never held whole. What one line, cell or file may hold is bounded, so that no file makes
the portal slow or fills its memory.
"""

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from hrportal.people.importing.options import ImportRefused
from hrportal.people.importing.sheets import Line, is_workbook, open_sheet, sheets_of

DELIMITERS = ",;\t|"
MOST_COLUMNS = 200
MOST_ROWS = 1_000_000
LONGEST_LINE = 200_000
LONGEST_CELL = 10_000
# A quoted cell may go over several lines, a row not over any number of them.
LONGEST_ROW = 1000
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CHUNK = 1 << 16
# Python knows them as encodings, and no file of people is in one: from some come halves of characters no column holds.
NO_ENCODINGS_OF_FILES = {"unicode-escape", "raw-unicode-escape", "utf-7", "idna", "punycode"}


@dataclass(frozen=True)
class Look:
    """What a file looks like: how its text is written, or which sheets it has."""

    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()


def look_at(file: Path) -> Look:
    """Find out what a file is from what is in it. Raises ImportRefused for what is neither text nor a workbook."""
    if is_workbook(file):
        return Look(sheets=sheets_of(file))
    encoding = encoding_of(file)
    try:
        with file.open(encoding=encoding, newline="") as stream:
            return Look(encoding, _delimiter_of(next(iter(_Text(stream)), "")))
    except UnicodeError as error:
        raise _not_text(file, encoding) from error


def encoding_of(file: Path) -> str:
    """How a text is most likely written: by its mark, else UTF-8 if it is that throughout, else as western Windows does."""
    with file.open("rb") as stream:
        start = stream.read(CHUNK)
        if start.startswith(UTF_16_MARKS):
            return "utf-16"
        if start.count(0) > len(start) // 10:
            return _without_mark(start)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while start:
                decoder.decode(start)
                start = stream.read(CHUNK)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


@contextmanager
def open_table(file: Path, encoding: str, sheet: str = "") -> Iterator[tuple[list[str], Iterator[Line]]]:
    """The header of a table and its lines as (line number, cells), read as they are asked for."""
    _refuse_unknown(encoding)
    try:
        if is_workbook(file):
            lines = _bounded(open_sheet(file, sheet))
            yield next(lines, (1, [""]))[1], lines
            return
        with file.open(encoding=encoding, newline="") as stream:
            delimiter = _delimiter_of(next(iter(_Text(stream)), ""))
            stream.seek(0)
            lines = _bounded(_lines(stream, delimiter))
            yield next(lines, (1, [""]))[1], lines
    except UnicodeError as error:
        raise _not_text(file, encoding) from error
    except OSError as error:
        raise ImportRefused(
            _("%(file)s cannot be read: %(why)s") % {"file": file.name, "why": error.strerror}
        ) from error


def _refuse_unknown(encoding: str) -> None:
    words = _("There is no encoding called %s.") % encoding
    try:
        "".encode(encoding)
    except (LookupError, UnicodeError) as error:
        raise ImportRefused(words) from error
    if codecs.lookup(encoding).name in NO_ENCODINGS_OF_FILES:
        raise ImportRefused(words)


class _Text:
    """The lines of a text as CSV reads them: none longer than a row of people can be, none with what no text has in it."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream, self.number, self.row_begun = stream, 0, 0

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(LONGEST_LINE + 1):
            self.number += 1
            self._check(line)
            yield line

    def _check(self, line: str) -> None:
        if len(line) > LONGEST_LINE:
            words = _("Line %(line)d is longer than %(most)d characters. This is no table of people.")
            raise ImportRefused(words % {"line": self.number, "most": LONGEST_LINE})
        if "\0" in line:
            words = _("Line %d holds a NUL byte. The file is damaged, or no text in this encoding.")
            raise ImportRefused(words % self.number)
        if self.number - self.row_begun > LONGEST_ROW:
            words = _("The row that begins on line %d does not end. A quote may be left open.")
            raise ImportRefused(words % (self.row_begun + 1))


def _lines(stream: IO[str], delimiter: str) -> Iterator[Line]:
    text = _Text(stream)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = _("Line %(line)d is not CSV: %(why)s")
            raise ImportRefused(words % {"line": text.number, "why": error}) from error
        text.row_begun = text.number
        yield text.number, [cell.strip(" ") for cell in cells]


def _bounded(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines that hold something, as long as there are not too many of anything."""
    rows = 0
    for line, cells in lines:
        if not any(cells):
            continue
        rows += 1
        if rows > MOST_ROWS + 1:
            raise ImportRefused(_("The file has more than %d rows. Split it by source system.") % MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            words = _("Line %(line)d has %(found)d columns; more than %(most)d are not read.")
            raise ImportRefused(words % {"line": line, "found": len(cells), "most": MOST_COLUMNS})
        if max(map(len, cells)) > LONGEST_CELL:
            words = _("Line %(line)d has a cell of more than %(most)d characters.")
            raise ImportRefused(words % {"line": line, "most": LONGEST_CELL})
        yield line, cells


def _delimiter_of(first: str) -> str:
    return max(DELIMITERS, key=first.count)


def _without_mark(start: bytes) -> str:
    """UTF-16 of western text has a zero in every other place, and in the same half of each pair."""
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.6 * half:
        return "utf-16-le"
    if half and start[::2].count(0) > 0.6 * half:
        return "utf-16-be"
    raise ImportRefused(_("This file is neither text nor an Excel workbook. Save it as CSV (UTF-8) or XLSX."))


def _not_text(file: Path, encoding: str) -> ImportRefused:
    words = _("%(file)s is not text in %(encoding)s. Save it as UTF-8, or name its encoding.")
    return ImportRefused(words % {"file": file.name, "encoding": encoding.removesuffix("-sig")})
