"""Uploaded files: kept in pieces in the database, laid out as a file of their own for as long as somebody reads them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from hrportal.people.importing.columns import COLUMNS
from hrportal.people.importing.mapping import guess_columns
from hrportal.people.importing.options import ImportRefused, Options
from hrportal.people.importing.reading import look_at, open_table
from hrportal.people.models import EmployeeImport, ImportPart
from hrportal.people.models.imports import RESTRICTED

LARGEST_UPLOAD = 50_000_000
PART = 1_000_000
SAMPLES = 3
LONGEST_SAMPLE = 60
LONGEST_NAME = 80
SHOWN = COLUMNS.keys() - RESTRICTED
DIGITS, LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d]+")


@contextmanager
def laid_out(name: str, pieces: Iterable[bytes]) -> Iterator[Path]:
    """The pieces as a file, gone afterwards."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / (get_valid_filename(f"f{name}")[1:][-LONGEST_NAME:].lstrip(".") or "file")
        with file.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
        yield file


@contextmanager
def stored_file(imported: EmployeeImport) -> Iterator[Path]:
    """The file of an import. Raises ImportRefused when it is no longer kept."""
    pieces = imported.parts.order_by("number").values_list("content", flat=True)
    if not pieces.exists():
        raise ImportRefused(_("The file is no longer kept. Upload it again."))
    with laid_out(imported.file_name, (bytes(piece) for piece in pieces.iterator(chunk_size=1))) as file:
        yield file


def keep_file(imported: EmployeeImport, file: Path) -> None:
    """Keep a file with its import."""
    with file.open("rb") as stream:
        number = 0
        while piece := stream.read(PART):
            ImportPart.objects.create(employee_import=imported, number=number, content=piece)
            number += 1


def read_look(file: Path, *, encoding: str = "", sheet: str = "") -> dict[str, Any]:
    """What the mapping of columns shows of a file: header, samples, lines, and how it is written. Raises ImportRefused."""
    look = look_at(file)
    encoding = encoding or look.encoding
    with open_table(file, encoding or "utf-8", sheet) as (header, lines):
        if not any(header):
            raise ImportRefused(_("There is nothing in it."))
        first = [cells for _line, cells in islice(lines, 20)]
        # Every row of a sheet is converted, so a large one is not counted while its reader waits.
        count = 0 if look.sheets else len(first) + sum(1 for _line in lines)
    return {
        "header": header,
        "samples": [_samples(first, place) for place in range(len(header))],
        "lines": count,
        "encoding": encoding,
        "detected": look.encoding,
        "delimiter": look.delimiter,
        "sheets": list(look.sheets),
        "sheet": sheet or next(iter(look.sheets), ""),
    }


def masked(look: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A look whose samples show only what imports show of people; of other columns (pay, say) how they are written."""
    shown = [names.get(header, "") in SHOWN for header in look["header"]]
    samples = [found if is_shown else _patterns(found) for found, is_shown in zip(look["samples"], shown, strict=True)]
    return look | {"samples": samples}


def settings_for(source: str, look: dict[str, Any]) -> dict[str, Any]:
    """How the last file of this source was read, as far as this one looks alike; else what its headers suggest."""
    earlier = EmployeeImport.objects.filter(source=source).exclude(settings={}).order_by("-id").first()
    remembered = earlier.settings if earlier else {}
    kept = {name: remembered[name] for name in ("date_format", "email_domain", "digits") if name in remembered}
    return kept | {
        "names": guess_columns(look["header"], remembered.get("names", {})),
        "encoding": look["encoding"],
        "sheet": look["sheet"],
    }


def options_of(imported: EmployeeImport, file: Path, **given: Any) -> Options:
    """How to take the file of an import."""
    settings = imported.settings
    return Options(
        file=file,
        source=imported.source,
        names=settings.get("names", {}),
        encoding=settings.get("encoding") or "utf-8-sig",
        sheet=settings.get("sheet", ""),
        date_format=settings.get("date_format", ""),
        email_domain=settings.get("email_domain", ""),
        digits=settings.get("digits") or 0,
        is_strict=settings.get("is_strict", False),
        **given,
    )


def _patterns(samples: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(LETTERS.sub("abc", DIGITS.sub("123", sample)) for sample in samples))


def _samples(rows: list[list[str]], place: int) -> list[str]:
    """The first different values of a column."""
    found = dict.fromkeys(cells[place][:LONGEST_SAMPLE] for cells in rows if place < len(cells) and cells[place])
    return list(found)[:SAMPLES]
