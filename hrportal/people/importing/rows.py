"""From the cells of a line to a row we understand, or to the reasons why we do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hrportal.people.importing.columns import CLEAR, COLUMNS, REQUIRED, BadCell
from hrportal.people.importing.mapping import Layout


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row does not go in, or not as it was written."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A well-formed row: the employee's fields that it says something about. A field not named stays as it is."""

    line: int
    number: str
    values: dict[str, Any]


@dataclass(frozen=True)
class RowReader:
    """What reading a row takes: the file's layout, what codes mean, and the domain of mail addresses without one."""

    layout: Layout
    lookups: Mapping[str, Mapping[str, str]]
    email_domain: str = ""

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
                    values[COLUMNS[name].field] = self._value(name, text)
                except BadCell as error:
                    errors.append(RowError(line, name, text[:100], str(error)))
            elif name in REQUIRED:
                errors.append(RowError(line, name, "", _("is missing")))
        errors += _contradictions(line, values)
        return (None, errors) if errors else (Row(line, values.pop("employee_number"), values), [])

    def _value(self, name: str, text: str) -> Any:
        if name == "email" and self.email_domain and text != CLEAR and "@" not in text:
            text = f"{text}@{self.email_domain}".lower()
        value = COLUMNS[name].value_of(text)
        if value is not None and name in self.lookups and value not in self.lookups[name]:
            raise BadCell(_("not in the file of codes"))
        return value


def _contradictions(line: int, values: Mapping[str, Any]) -> list[RowError]:
    hired, left = values.get("hired_on"), values.get("left_on")
    if hired and left and left < hired:
        return [RowError(line, "leave_date", left.isoformat(), _("before the hire date"))]
    return []
