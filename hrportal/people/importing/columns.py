"""The columns a file may have, and how the text of a cell becomes a value."""

import datetime
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hrportal.people.enums import EmploymentStatus, Gender, LeaveReason

CLEAR = "-"
OLDEST_BIRTH_YEAR = 1900


class BadCell(ValueError):
    """A cell that cannot be taken; the words say why."""


def a_text(text: str) -> str:
    return text


def an_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise BadCell(_("not an e-mail address")) from error
    return text


def a_day(text: str) -> datetime.date:
    """A day as 2026-01-31; a time behind it is left away."""
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError as error:
        raise BadCell(_("not a day like 2026-01-31")) from error


def in_iso(text: str, written: str) -> str:
    """A day written in a format of its own, as 2026-01-31; one already written so, or not a day at all, as it was."""
    try:
        return datetime.datetime.strptime(text, written).date().isoformat()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return text


def a_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 32767:
        raise BadCell(_("not a whole number"))
    return int(text)


def a_birth_year(text: str) -> int:
    year = a_number(text)
    if not OLDEST_BIRTH_YEAR <= year <= datetime.datetime.now(tz=datetime.UTC).year:
        raise BadCell(_("not a year of birth"))
    return year


def one_of(choices: Any) -> Callable[[str], str]:
    """One of the values of an enum, in any case, by its value or its first letter where that is unmistakable."""

    def choose(text: str) -> str:
        wanted = text.lower().replace(" ", "_")
        found = [value for value in choices.values if wanted in {value, value[0]}]
        if len(found) != 1:
            raise BadCell(_("not one of %s") % ", ".join(choices.values))
        return found[0]

    return choose


@dataclass(frozen=True)
class Column:
    """One column: its name in files, the employee's field it fills, and what its cells may be."""

    name: str
    field: str
    read: Callable[[str], Any] = a_text
    longest: int = 100
    empty: Any = ""
    is_required: bool = False

    def value_of(self, cell: str) -> Any:
        """The value of a cell that is not blank. Raises BadCell."""
        if not cell.isprintable() and any(unicodedata.category(letter) == "Cc" for letter in cell):
            raise BadCell(_("contains control characters"))
        if cell == CLEAR:
            return self._cleared()
        if len(cell) > self.longest:
            raise BadCell(_("longer than %d characters") % self.longest)
        return self.read(cell)

    def _cleared(self) -> Any:
        if self.is_required:
            raise BadCell(_("must not be cleared"))
        return self.empty


def a_code(name: str, field: str | None = None, longest: int = 100) -> Column:
    """A column that names another row by its code."""
    return Column(name, field or name, longest=longest, empty=None)


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("employee_number", "employee_number", longest=50, is_required=True),
        Column("first_name", "first_name", is_required=True),
        Column("last_name", "last_name", is_required=True),
        Column("preferred_name", "preferred_name"),
        Column("email", "work_email", an_email, longest=254),
        a_code("manager_number", "manager", longest=50),
        a_code("org_unit"),
        a_code("job"),
        a_code("position"),
        a_code("location"),
        a_code("legal_entity"),
        Column("hire_date", "hired_on", a_day, empty=None),
        Column("leave_date", "left_on", a_day, empty=None),
        Column("leave_reason", "leave_reason", one_of(LeaveReason)),
        Column("status", "status", one_of(EmploymentStatus)),
        Column("birth_year", "birth_year", a_birth_year, empty=None),
        Column("gender", "gender", one_of(Gender)),
        Column("effective_on", "effective_on", a_day, empty=None),
        Column("job_family", "job_family"),
        Column("job_level", "job_level", a_number, empty=None),
    )
}
REQUIRED = [name for name, column in COLUMNS.items() if column.is_required]
# Employee numbers, whose leading zeros a spreadsheet takes away.
NUMBERS = ("employee_number", "manager_number")
