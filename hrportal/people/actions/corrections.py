"""Correcting what is kept of a person and of an account: names, number, address, user name."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.models import Employee, User

PERSONAL = frozenset({"first_name", "last_name", "preferred_name", "work_email", "employee_number"})


@transaction.atomic
def correct_employee(employee: Employee, *, by: Actor | None, **fields: str) -> Employee:
    """Change somebody's names, number or work address. A change of nothing writes nothing."""
    if unknown := fields.keys() - PERSONAL:
        raise TypeError(f"not to be corrected: {sorted(unknown)}")
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    others = Employee.objects.exclude(pk=employee.pk)
    number, address = fields.get("employee_number"), fields.get("work_email")
    if number and others.filter(employee_number=number).exists():
        raise ActionError(_("Employee number %s is taken.") % number, field="employee_number")
    if address and others.filter(work_email__iexact=address).exists():
        raise ActionError(_("This work e-mail belongs to somebody else."), field="work_email")
    if changed := _change(employee, fields):
        employee.save(update_fields=[*changed, "updated_at"])
        events.employee_changed(employee, changed, by=by)
    return employee


@transaction.atomic
def correct_account(user: User, *, by: Actor | None, **fields: str) -> User:
    """Change what somebody signs in with: the user name, the address. A change of nothing writes nothing."""
    if unknown := fields.keys() - {"username", "email"}:
        raise TypeError(f"not to be corrected: {sorted(unknown)}")
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    others = User.objects.exclude(pk=user.pk)
    username, address = fields.get("username"), fields.get("email")
    if username and others.filter(username__iexact=username).exists():
        raise ActionError(_("This user name is taken."), field="username")
    if address and others.filter(email__iexact=address).exists():
        raise ActionError(_("This e-mail address belongs to another account."), field="email")
    if changed := _change(user, fields):
        user.save(update_fields=changed)
        events.account_changed(user, changed, by=by)
    return user


def _change(row: Any, fields: dict[str, str]) -> list[str]:
    """Set what differs; the names of those fields."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed
