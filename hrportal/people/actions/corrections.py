"""Correcting what is kept of a person and of an account: names, keys, address, dates, user name. It is so at once."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.enums import EmploymentStatus
from hrportal.people.history import with_end
from hrportal.people.importing.closing import follow_addresses
from hrportal.people.importing.running import join_waiting
from hrportal.people.models import Employee, User

KEYS = frozenset({"employee_number", "source", "remote_id", "work_email"})
PERSONAL = KEYS | {
    "first_name", "last_name", "preferred_name", "hired_on", "status", "birth_year", "gender",
}  # fmt: skip
AT_WORK = {EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE}


@transaction.atomic
def correct_employee(employee: Employee, *, by: Actor | None, **fields: Any) -> Employee:
    """Change what is said of a person. Their account follows a new work address. A change of nothing writes nothing."""
    if unknown := fields.keys() - PERSONAL:
        raise TypeError(f"not to be corrected: {sorted(unknown)}")
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    others = Employee.objects.exclude(pk=employee.pk)
    number, address = fields.get("employee_number"), fields.get("work_email")
    if number and others.filter(employee_number=number).exists():
        raise ActionError(_("Employee number %s is taken.") % number, field="employee_number")
    if address and others.filter(work_email__iexact=address).exists():
        raise ActionError(_("This work e-mail belongs to somebody else."), field="work_email")
    source, remote_id = (fields.get(name, getattr(employee, name)) for name in ("source", "remote_id"))
    refuse_taken_remote_id(others, source, remote_id)
    status = fields.get("status", employee.status)
    if status != employee.status and not {employee.status, status} <= AT_WORK:
        raise ActionError(_("Only between active and on leave; starts and ends follow their days."), field="status")
    if "hired_on" in fields and fields["hired_on"] != employee.hired_on:
        _move_first_day(employee, fields["hired_on"])
    if changed := _change(employee, fields):
        checked(employee, exclude=["path"])
        employee.save(update_fields=[*changed, "updated_at"])
        events.employee_changed(employee, changed, by=by)
        follow_addresses([employee] if "work_email" in changed else [])
        if KEYS & set(changed):
            join_waiting(by=by)
    return employee


def refuse_taken_remote_id(others: QuerySet[Employee], source: str, remote_id: str) -> None:
    """An id of a source system stands for one person."""
    holder = others.filter(source=source, remote_id=remote_id).first() if remote_id else None
    if holder:
        words = _("%(name)s is the person with this id in %(source)s.")
        raise ActionError(words % {"name": holder.name, "source": source or "–"}, field="remote_id")


@transaction.atomic
def call_off_end(employee: Employee, *, by: Actor | None) -> Employee:
    """Let somebody stay whose last day was set and has not passed. Changes that were dropped with it do not come back."""
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if employee.has_left:
        raise ActionError(_("%s has left.") % employee.name)
    if employee.left_on is None:
        raise ActionError(_("%s has no last day.") % employee.name)
    employee.left_on, employee.leave_reason = None, ""
    employee.save(update_fields=["left_on", "leave_reason", "updated_at"])
    _dropped, last = with_end(list(employee.history.order_by("starts_on")), None)
    if last:
        last.save(update_fields=["ends_on"])
    events.employee_changed(employee, ["left_on"], by=by)
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


@transaction.atomic
def take_work_address(user: User, *, by: Actor | None) -> User:
    """Let an account have the work address of its owner, where it did not follow by itself."""
    address = user.employee.work_email if user.employee else ""
    if not address:
        raise ActionError(_("There is no work address."))
    if address == user.email:
        raise ActionError(_("The account has this address."))
    return correct_account(user, by=by, email=address)


def _change(row: Any, fields: dict[str, str]) -> list[str]:
    """Set what differs; the names of those fields."""
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    return changed


def _move_first_day(employee: Employee, hired_on: datetime.date | None) -> None:
    """The history begins with the first day, so it moves along, unless it would pass what came next."""
    if employee.status == EmploymentStatus.PENDING or hired_on is None or hired_on > timezone.localdate():
        raise ActionError(
            _("The first day can be corrected once it has come, to a day that has come."), field="hired_on"
        )
    first = employee.history.filter(starts_on=employee.hired_on).first() if employee.hired_on else None
    if first is None:
        return
    if first.ends_on and hired_on > first.ends_on:
        raise ActionError(_("This day is after a later change of place."), field="hired_on")
    if employee.history.filter(starts_on__lt=first.starts_on, ends_on__gte=hired_on).exists():
        raise ActionError(_("This day is before the end of an earlier employment."), field="hired_on")
    first.starts_on = hired_on
    first.save(update_fields=["starts_on"])
