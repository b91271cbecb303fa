"""The person behind an account, for clients that take on people."""

import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.integrations.scim.actions.persons import manager_named
from hrportal.integrations.scim.errors import Refused
from hrportal.integrations.scim.models import ScimClient
from hrportal.integrations.scim.state import State, shown_number
from hrportal.people.actions import (
    correct_employee,
    create_unit,
    end_employment,
    hire_employee,
    place_employee,
    rehire_employee,
)
from hrportal.people.models import Employee, Job, OrgUnit, User

NAMES = {"given_name": "first_name", "family_name": "last_name", "nick_name": "preferred_name", "email": "work_email"}
LONGEST_NUMBER = 50


def owns(client: ScimClient, person: Employee | None) -> bool:
    """Whether this client says who the person is: it took them on, and no HRIS has taken them over since."""
    return client.takes_on_people and person is not None and person.source == client.source


def take_on(client: ScimClient, wanted: State) -> Employee:
    """Hire somebody from today. Without a number, the user name takes its place."""
    return hire_employee(
        by=client,
        employee_number=_number(wanted),
        first_name=wanted.given_name,
        last_name=wanted.family_name,
        hired_on=timezone.localdate(),
        work_email=wanted.email,
        source=client.source,
    )


def take_back(client: ScimClient, person: Employee) -> Employee:
    """Hire somebody again who had left, if that is this client's business."""
    if not owns(client, person):
        raise Refused(_("%s has left.") % person.name)
    day = timezone.localdate()
    if person.left_on and person.left_on >= day:
        day = person.left_on + datetime.timedelta(days=1)
    return rehire_employee(person, by=client, hired_on=day)


def end_person(client: ScimClient, person: Employee) -> None:
    """End the employment of somebody whose account was closed: yesterday was the last day, so they can return today."""
    if not person.has_left:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        end_employment(person, by=client, left_on=max(yesterday, person.hired_on or yesterday))


def change_person(client: ScimClient, user: User, before: State, wanted: State) -> None:
    """Correct the person's names and number, and put them where the client says."""
    person = user.employee
    if person is None:
        return
    fields = {column: getattr(wanted, name) for name, column in NAMES.items() if wanted.differs(before, name)}
    if wanted.differs(before, "employee_number", "user_name"):
        is_stand_in = not wanted.employee_number and not shown_number(person, user.username)
        if wanted.differs(before, "employee_number") or is_stand_in:
            fields["employee_number"] = _number(wanted)
    if fields:
        correct_employee(person, by=client, **fields)
    place = _place(client, before, wanted)
    if place:
        effective_on = max(timezone.localdate(), person.hired_on or timezone.localdate())
        place_employee(person, by=client, effective_on=effective_on, **place)


def _place(client: ScimClient, before: State, wanted: State) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if wanted.differs(before, "department"):
        place["org_unit"] = _unit(client, wanted.department) if wanted.department else None
    if wanted.differs(before, "title"):
        place["job"] = _job(wanted.title) if wanted.title else None
    if wanted.differs(before, "manager"):
        place["manager"] = manager_named(client, wanted.manager) if wanted.manager else None
    return place


def _number(wanted: State) -> str:
    number = wanted.employee_number or wanted.user_name
    if len(number) > LONGEST_NUMBER:
        raise Refused(
            _("Send an employeeNumber: the user name is longer than %d characters and cannot take its place.")
            % LONGEST_NUMBER
        )
    return number


def _unit(client: ScimClient, name: str) -> OrgUnit:
    """The unit with this code or name. One that nobody knew is added at the top, as an import would do."""
    found = list(OrgUnit.objects.filter(Q(code__iexact=name) | Q(name__iexact=name), is_active=True)[:3])
    by_code = [unit for unit in found if unit.code.casefold() == name.casefold()]
    if len(found) > 1 and not by_code:
        raise Refused(_("Several units are called %s. Send the unit’s code as department.") % name)
    if found:
        return (by_code or found)[0]
    return create_unit(by=client, code=_free_code(OrgUnit, name), name=name)


def _job(name: str) -> Job:
    """The job with this code or name. One that nobody knew is added."""
    job = Job.objects.filter(Q(code__iexact=name) | Q(name__iexact=name)).order_by("pk").first()
    return job or Job.objects.create(code=_free_code(Job, name), name=name)


def _free_code(model: Any, name: str) -> str:
    code = name[:90]
    taken = model.objects.filter(code__startswith=code).count()
    return f"{code}-{taken + 1}" if taken else code
