"""What columns, fields and values of an import are called on pages."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.people.enums import EmploymentStatus, LeaveReason
from hrportal.people.importing.columns import COLUMNS

COLUMN_WORDS: dict[str, Promise] = {
    "employee_number": gettext_lazy("Employee number"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "preferred_name": gettext_lazy("Preferred name"),
    "email": gettext_lazy("Work e-mail"),
    "manager_number": gettext_lazy("Manager’s employee number"),
    "org_unit": gettext_lazy("Unit (code)"),
    "job": gettext_lazy("Job (code)"),
    "position": gettext_lazy("Position (code)"),
    "location": gettext_lazy("Location (code)"),
    "legal_entity": gettext_lazy("Legal entity (code)"),
    "hire_date": gettext_lazy("First day"),
    "leave_date": gettext_lazy("Last day"),
    "leave_reason": gettext_lazy("Reason for leaving"),
    "status": gettext_lazy("Status"),
    "birth_year": gettext_lazy("Year of birth"),
    "gender": gettext_lazy("Gender"),
    "effective_on": gettext_lazy("In force from"),
    "job_family": gettext_lazy("Job family"),
    "job_level": gettext_lazy("Job level"),
}
FIELD_WORDS: dict[str, Promise] = {
    column.field: words for column, words in ((COLUMNS[name], words) for name, words in COLUMN_WORDS.items())
} | {"source": gettext_lazy("Source system"), "remote_id": gettext_lazy("Id in the source system")}
CHOICES: dict[str, Any] = {"status": EmploymentStatus, "leave_reason": LeaveReason}
DAYS = frozenset({"hired_on", "left_on", "effective_on"})


def field_words(name: str) -> str:
    """What a field is called."""
    return str(FIELD_WORDS.get(name, name))


def value_words(name: str, value: Any) -> str:
    """A value of a field as people read it."""
    if value in (None, ""):
        return _("nothing")
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    if name in DAYS:
        return date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return str(value)
