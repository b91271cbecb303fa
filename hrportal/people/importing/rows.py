"""From the cells of a line to a row we understand, or to the reasons why we do not."""

import datetime
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hrportal.people.enums import EmploymentStatus
from hrportal.people.importing.columns import CLEAR, COLUMNS, NUMBERS, REQUIRED, BadCell, a_day, in_iso
from hrportal.people.importing.mapping import Layout

REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row does not go in, or not as it was written (then it is not kept out)."""

    line: int
    column: str
    value: str
    reason: str
    keeps_out: bool = True


class Row(NamedTuple):
    """A well-formed row: the employee's fields that it says something about. A field not named stays as it is.

    `since` is said of what has been so from an earlier day on and only became known now; `on` is the day the row speaks
    of, if it is not that of the file.
    """

    line: int
    number: str
    values: dict[str, Any]
    since: datetime.date | None = None
    on: datetime.date | None = None


@dataclass(frozen=True)
class CellReader:
    """What reading a cell takes: what codes mean, the domain of mail addresses without one, how days and numbers are written."""

    lookups: Mapping[str, Mapping[str, str]]
    email_domain: str = ""
    date_format: str = ""
    digits: int = 0

    # What was read before is not read again: most cells say what another one said.
    _read: dict[str, dict[str, Any]] = field(default_factory=lambda: {name: {} for name in COLUMNS})

    def value(self, name: str, text: str) -> Any:
        """The value of a cell that is not blank. Raises BadCell."""
        read = self._read[name]
        if text not in read:
            if len(read) >= REMEMBERED:
                read.clear()
            read[text] = self._value(name, text)
        return read[text]

    def _value(self, name: str, text: str) -> Any:
        value = COLUMNS[name].value_of(self._written_out(name, text))
        if name in NUMBERS and value:
            value = sys.intern(value)  # a manager's number stands in many rows and is held once
        if value is not None and name in self.lookups and value not in self.lookups[name]:
            raise BadCell(_("not in the file of codes"))
        return value

    def _written_out(self, name: str, text: str) -> str:
        if text == CLEAR:
            return text
        if name == "email" and self.email_domain and "@" not in text:
            return f"{text}@{self.email_domain}".lower()
        if name in NUMBERS and text.isascii() and text.isdigit():
            return text.zfill(self.digits)
        if COLUMNS[name].read is a_day and self.date_format:
            return in_iso(text, self.date_format)
        return text


@dataclass(frozen=True)
class RowReader:
    """What reading a row takes: the file's layout, and how its cells are read."""

    layout: Layout
    cells: CellReader

    def read(self, line: int, cells: Sequence[str]) -> tuple[Row | None, list[RowError]]:
        """The row of a line, or all that is wrong with it."""
        if len(cells) != len(self.layout.columns):
            words = _("%(found)d cells where the header has %(wanted)d")
            reason = words % {"found": len(cells), "wanted": len(self.layout.columns)}
            return None, [RowError(line, "", "", reason)]
        values: dict[str, Any] = {}
        errors = []
        for name, text in zip(self.layout.columns, cells, strict=True):
            if name and text:
                try:
                    values[COLUMNS[name].field] = self.cells.value(name, text)
                except BadCell as error:
                    errors.append(RowError(line, name, text[:100], str(error)))
            elif name in REQUIRED:
                errors.append(RowError(line, name, "", _("is missing")))
        errors += _contradictions(line, values)
        return (None, errors) if errors else (_row(line, values), [])


def _row(line: int, values: dict[str, Any]) -> Row:
    number, on = values.pop("employee_number"), values.pop("effective_on", None)
    if on and values.get("status") == EmploymentStatus.LEFT and not values.get("left_on"):
        # Gone from that day on: the day before was the last one, and may be to come.
        del values["status"]
        values["left_on"] = on - datetime.timedelta(days=1)
    return Row(line, number, values, on=on)


def _contradictions(line: int, values: Mapping[str, Any]) -> list[RowError]:
    hired, left = values.get("hired_on"), values.get("left_on")
    if hired and left and left < hired:
        return [RowError(line, "leave_date", left.isoformat(), _("before the hire date"))]
    return []
