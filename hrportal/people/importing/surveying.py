"""The first reading: what the file says that concerns more than one row."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from hrportal.people.enums import EmploymentStatus
from hrportal.people.importing.comparing import has_left
from hrportal.people.importing.mapping import layout_of, names_of_codes
from hrportal.people.importing.options import Options
from hrportal.people.importing.reading import Line, open_table
from hrportal.people.importing.references import Codes
from hrportal.people.importing.resolving import KEEP, Known, Sketch
from hrportal.people.importing.rows import RowError, RowReader
from hrportal.people.models import Employee


@dataclass
class Survey:
    """A file seen from above. `numbers` are all employee numbers in it, also those in rows that do not go in."""

    sketches: dict[str, Sketch] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    codes: Codes = field(default_factory=Codes)
    errors: list[RowError] = field(default_factory=list)
    rows: int = 0
    # Somebody's row could not even be told whose it is, so nobody can be said to be missing.
    has_nameless_rows: bool = False


@contextmanager
def open_rows(options: Options) -> Iterator[tuple[RowReader, Iterator[Line]]]:
    """The file's lines and what it takes to read them."""
    lookups = {lookup.column: names_of_codes(lookup, options.encoding) for lookup in options.lookups}
    with open_table(options.file, options.encoding) as (header, lines):
        yield RowReader(layout_of(header, options.names), lookups, options.email_domain), lines


def survey_lines(reader: RowReader, lines: Iterator[Line], today: datetime.date) -> Survey:
    """Read every line once."""
    survey, place = Survey(), reader.layout.columns.index("employee_number")
    for line, cells in lines:
        survey.rows += 1
        number = cells[place] if place < len(cells) else ""
        row, errors = reader.read(line, cells)
        if row and number in survey.numbers:
            errors = [RowError(line, "employee_number", number, _("stands in the file twice"))]
        survey.errors += errors
        survey.has_nameless_rows |= not number
        survey.numbers.add(number)
        if row and not errors:
            survey.codes.note(row)
            survey.sketches[row.number] = _sketch(line, row.values, today)
    return survey


def _sketch(line: int, values: dict[str, Any], today: datetime.date) -> Sketch:
    return Sketch(
        line,
        manager=values.get("manager", KEEP),
        email=values.get("work_email", KEEP),
        position=values.get("position", KEEP),
        hired_on=values.get("hired_on", KEEP),
        left_on=values.get("left_on", KEEP),
        has_left=has_left(values, today),
    )


@dataclass(frozen=True)
class Company:
    """Everyone stored, and of them those who work here and came from one source."""

    known: dict[str, Known]
    of_source: frozenset[str]


def load_company(source: str) -> Company:
    """Read what is stored of everyone that concerns other rows."""
    rows = Employee.objects.order_by().values_list(
        "employee_number", "source", "status", "id", "manager__employee_number", "work_email", "position__code",
        "hired_on", "left_on", "path",
    )  # fmt: skip
    known, of_source = {}, set()
    for number, theirs, status, pk, manager, email, position, hired_on, left_on, path in rows.iterator():
        has_gone = status == EmploymentStatus.LEFT
        known[number] = Known(pk, manager, email, position, hired_on, None if has_gone else left_on, path)
        if theirs == source and not has_gone:
            of_source.add(number)
    return Company(known, frozenset(of_source))
