"""What can happen to an employment: it begins, its place changes, it ends. The present follows the history."""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.actions.accounts import close_account
from hrportal.people.actions.corrections import refuse_taken_remote_id
from hrportal.people.administrators import refuse_without_administrator
from hrportal.people.enums import EmploymentStatus, LeaveReason
from hrportal.people.history import PLACE, close_history, out_of_date, place_of, write_place
from hrportal.people.importing.running import join_waiting
from hrportal.people.importing.waiting import forget_waiting
from hrportal.people.models import Employee, Employment, OrgUnit, Position
from hrportal.people.trees import lock_tree, move_subtree, path_under, rebuild

logger = logging.getLogger(__name__)


@transaction.atomic
def hire_employee(
    *, by: Actor | None, employee_number: str, first_name: str, last_name: str, hired_on: datetime.date, **fields: Any
) -> Employee:
    """Take somebody on, from `hired_on` at the place given; a later day makes them somebody who starts later."""
    lock_tree(Employee)
    if Employee.objects.filter(employee_number=employee_number).exists():
        raise ActionError(_("Employee number %s is taken.") % employee_number, field="employee_number")
    refuse_taken_remote_id(Employee.objects.all(), fields.get("source", ""), fields.get("remote_id", ""))
    place = {name: fields.pop(name) for name in PLACE if name in fields}
    employee = Employee(employee_number=employee_number, first_name=first_name, last_name=last_name, **fields)
    employee.hired_on, employee.status = hired_on, _status_from(hired_on)
    _refuse_taken_seat(employee, place.get("position"))
    for name, value in place.items():
        setattr(employee, name, value)
    checked(employee, exclude=["path"])
    employee.save()
    employee.path = path_under(employee, employee.manager, field="manager")
    employee.save(update_fields=["path"])
    Employment.objects.create(employee=employee, starts_on=hired_on, **place_of(employee))
    events.employee_hired(employee, by=by)
    join_waiting(by=by)
    return employee


@transaction.atomic
def place_employee(employee: Employee, *, by: Actor | None, effective_on: datetime.date, **changes: Any) -> Employee:
    """Change somebody's manager, unit, job, position, location or legal entity from a day on.

    A day to come is only noted: the person is shown there when it has come. A change of nothing writes nothing.
    """
    if unknown := changes.keys() - set(PLACE):
        raise TypeError(f"not part of a place: {sorted(unknown)}")
    lock_tree(Employee)
    employee = _lock_present(employee)
    if employee.hired_on and effective_on < employee.hired_on:
        raise ActionError(_("This day is before the first day of work."), field="effective_on")
    if "manager" in changes:
        path_under(employee, changes["manager"], field="manager")
        forget_waiting([employee.pk])
    _refuse_taken_seat(employee, changes.get("position"))
    if changed := write_place(employee, effective_on, changes):
        _take_place_of_today(employee)
        events.employee_changed(employee, changed, by=by)
    return employee


@transaction.atomic
def end_employment(
    employee: Employee, *, by: Actor | None, left_on: datetime.date, reason: str = LeaveReason.OTHER
) -> Employee:
    """End an employment with its last day; one that is still to come is noted, and ends when it has passed.

    The history closes, the seat is free, the account is closed with its sessions and roles. Nothing written is removed,
    and reports stay where they are until somebody gives them another manager.
    """
    employee = _lock_present(employee)
    if employee.hired_on and left_on < employee.hired_on:
        raise ActionError(_("The last day cannot be before the first."), field="left_on")
    if left_on > timezone.localdate() and hasattr(employee, "user"):
        refuse_without_administrator(employee.user, left_on=left_on)
    employee.left_on, employee.leave_reason = left_on, reason
    employee.save(update_fields=["left_on", "leave_reason", "updated_at"])
    close_history(employee, left_on)
    if left_on > timezone.localdate():
        events.employment_end_planned(employee, by=by)
        return employee
    return _end_now(employee, by=by)


@transaction.atomic
def rehire_employee(employee: Employee, *, by: Actor | None, hired_on: datetime.date, **place: Any) -> Employee:
    """Take somebody back who had left. They keep their number and all that is written of them."""
    lock_tree(Employee)
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if not employee.has_left:
        raise ActionError(_("%s has not left.") % employee.name)
    if employee.left_on and hired_on <= employee.left_on:
        raise ActionError(_("This day is before the last day of work."), field="hired_on")
    employee.status, employee.left_on, employee.leave_reason = _status_from(hired_on), None, ""
    employee.hired_on = hired_on
    employee.save(update_fields=["status", "left_on", "leave_reason", "hired_on", "updated_at"])
    Employment.objects.create(employee=employee, starts_on=hired_on, **place_of(employee))
    write_place(employee, hired_on, place)
    _take_place_of_today(employee)
    events.employee_hired(employee, by=by)
    return employee


def follow_calendar(*, today: datetime.date | None = None) -> int:
    """Let the present follow what was noted for a day that has come: starts, moves and ends; how many people it met.

    Each person is a transaction of their own: one whose change has become impossible is logged and keeps nobody waiting.
    """
    today = today or timezone.localdate()
    working = Employee.objects.exclude(status=EmploymentStatus.LEFT)
    starting = working.filter(status=EmploymentStatus.PENDING, hired_on__lte=today)
    leaving = working.filter(left_on__lt=today)
    moving = out_of_date(today).values_list("employee_id", flat=True)
    return (
        sum([_try(_start, pk) for pk in list(starting.values_list("pk", flat=True))])
        + sum([_try(_end_now_by_id, pk) for pk in list(leaving.values_list("pk", flat=True))])
        + sum([_try(_move, pk) for pk in list(moving)])
    )


@transaction.atomic
def rebuild_paths() -> int:
    """Work out all paths of people and units again, after rows were written in bulk; how many were wrong."""
    return rebuild(OrgUnit, "parent") + rebuild(Employee, "manager")


def _try(step: Any, employee_id: int) -> bool:
    try:
        with transaction.atomic():
            lock_tree(Employee)
            step(Employee.objects.select_for_update().get(pk=employee_id))
    except ActionError as error:
        logger.warning("employee %s does not follow the calendar: %s", employee_id, error.code)
        return False
    return True


def _start(employee: Employee) -> None:
    employee.status = EmploymentStatus.ACTIVE
    employee.save(update_fields=["status", "updated_at"])
    events.employee_changed(employee, ["status"], by=None)


def _move(employee: Employee) -> None:
    before = place_of(employee)
    _take_place_of_today(employee)
    after = place_of(employee)
    fields = [name for name in PLACE if before[f"{name}_id"] != after[f"{name}_id"]]
    events.employee_changed(employee, fields, by=None)


def _end_now_by_id(employee: Employee) -> None:
    _end_now(employee, by=None)


def _end_now(employee: Employee, *, by: Actor | None) -> Employee:
    employee.status, employee.position = EmploymentStatus.LEFT, None
    employee.save(update_fields=["status", "position", "updated_at"])
    if hasattr(employee, "user"):
        close_account(employee.user, by=by)
    events.employment_ended(employee, by=by)
    return employee


def _take_place_of_today(employee: Employee) -> None:
    """Show somebody where the history puts them today, and take everyone below along."""
    today = timezone.localdate()
    row = Employment.objects.on(today).filter(employee=employee).select_related("manager", "position").first()
    if row is None and not employee.history.filter(starts_on__lte=today).exists():
        # Nobody is anywhere before their first day: they are shown where they will begin.
        row = employee.history.order_by("starts_on").first()
    if row is None or place_of(row) == place_of(employee):
        return
    _refuse_taken_seat(employee, row.position)
    if row.manager_id != employee.manager_id:
        move_subtree(employee, path_under(employee, row.manager, field="manager"))
    for column, value in place_of(row).items():
        setattr(employee, column, value)
    employee.save()


def _refuse_taken_seat(employee: Employee, position: Position | None) -> None:
    if position is None:
        return
    holder = Employee.objects.filter(position=position).exclude(pk=employee.pk).first()
    if holder:
        raise ActionError(
            _("%(seat)s is the seat of %(name)s.") % {"seat": position, "name": holder.name}, field="position"
        )


def _lock_present(employee: Employee) -> Employee:
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if employee.has_left:
        raise ActionError(_("%s has left.") % employee.name)
    return employee


def _status_from(hired_on: datetime.date) -> str:
    return EmploymentStatus.PENDING if hired_on > timezone.localdate() else EmploymentStatus.ACTIVE
