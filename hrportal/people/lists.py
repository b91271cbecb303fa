"""The lists of people that can be taken away."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.filters import DirectoryFilter
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal


def person_columns(prefix: str = "") -> Sequence[Column]:
    """Who it is; `prefix` leads from the row to the person (`member.employee`)."""
    return [
        Column(_("Employee number"), lambda row: _of(row, prefix).employee_number),
        Column(_("Name"), lambda row: _of(row, prefix).name),
    ]


def _of(row: Any, prefix: str) -> Any:
    return attrgetter(prefix)(row) if prefix else row


def _directory_columns() -> Sequence[Column]:
    return [
        *person_columns(),
        Column(_("Work e-mail"), lambda person: person.work_email),
        Column(_("Status"), lambda person: person.get_status_display()),
        Column(_("Job"), lambda person: person.job),
        Column(_("Unit"), lambda person: person.org_unit),
        Column(_("Location"), lambda person: person.location),
        Column(_("Manager"), lambda person: person.manager),
    ]


def _directory(user: Principal, query: QueryDict) -> Any:
    return filtered(DirectoryFilter, query, Employee.objects.visible_to(user).with_place(), user)


DIRECTORY = list_kind(
    ListKind("people.directory", _("Directory"), _directory_columns, _directory, scope="employees:read")
)
