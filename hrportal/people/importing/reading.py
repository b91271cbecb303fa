"""From a file to lines of cells, with a clear word for every way a file can be broken."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from hrportal.people.importing.options import ImportRefused

DELIMITERS = ",;\t|"
Line = tuple[int, list[str]]


@contextmanager
def open_table(file: Path, encoding: str) -> Iterator[tuple[list[str], Iterator[Line]]]:
    """The header of a CSV file and its lines as (line number, cells), read as they are asked for."""
    try:
        with file.open(encoding=encoding, newline="") as stream:
            first = stream.readline()
            stream.seek(0)
            lines = _lines(csv.reader(stream, delimiter=_delimiter_of(first), strict=True))
            yield next(lines, (1, [""]))[1], lines
    except UnicodeError as error:
        raise ImportRefused(
            _("%(file)s is not text in %(encoding)s. Save it as UTF-8, or name its encoding.")
            % {"file": file.name, "encoding": encoding.removesuffix("-sig")}
        ) from error
    except OSError as error:
        raise ImportRefused(_("%(file)s cannot be read: %(why)s") % {"file": file, "why": error.strerror}) from error
    except LookupError as error:
        raise ImportRefused(_("There is no encoding called %s.") % encoding) from error


def _lines(reader) -> Iterator[Line]:
    """The lines that hold something. A cell is what stands in it without blanks around."""
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ImportRefused(
                _("Line %(line)d is not CSV: %(why)s") % {"line": reader.line_num, "why": error}
            ) from error
        stripped = [cell.strip(" ") for cell in cells]
        if any(stripped):
            yield reader.line_num, stripped


def _delimiter_of(first: str) -> str:
    return max(DELIMITERS, key=first.count)
