"""The rows of a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hrportal.people.importing.mapping import layout_of, names_of_codes
from hrportal.people.importing.options import Options
from hrportal.people.importing.reading import Line, open_table
from hrportal.people.importing.rows import CellReader, RowReader
from hrportal.people.importing.supply import Read


@dataclass(frozen=True)
class FileRows:
    """A file's lines and what it takes to read them."""

    reader: RowReader
    lines: Iterator[Line]

    def __iter__(self) -> Iterator[Read]:
        place = self.reader.layout.columns.index("employee_number")
        for line, cells in self.lines:
            row, errors = self.reader.read(line, cells)
            yield Read(line, row.number if row else cells[place] if place < len(cells) else "", row, errors)


@contextmanager
def open_rows(options: Options) -> Iterator[FileRows]:
    """A file to be read once. Raises ImportRefused."""
    lookups = {lookup.column: names_of_codes(lookup, options.encoding) for lookup in options.lookups}
    with open_table(options.file, options.encoding, options.sheet) as (header, lines):
        cells = CellReader(lookups, options.email_domain, options.date_format, options.digits)
        yield FileRows(RowReader(layout_of(header, options.names), cells), _told(lines, options))


def _told(lines: Iterator[Line], options: Options) -> Iterator[Line]:
    for line in lines:
        if options.on_line:
            options.on_line()
        yield line
