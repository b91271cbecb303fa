"""What happens to vacancies: seats fall vacant, are filled or given up, and a year later somebody says how it went.

Each step is made under the lock of the vacancy and raises its version. From where somebody came is worked out of the
bench and of their history, never typed in.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, Position
from hrportal.people.viewer import Principal
from talent import events
from talent.actions.common import apply, refuse_stale, said
from talent.actions.succession import remove_successor
from talent.enums import SuccessorState, VacancyState
from talent.models import SuccessionPlan, Successor, Vacancy
from talent.models.succession import own_circle
from talent.models.vacancies import OUTCOME_AFTER
from talent.staleness import stale_data, stored_data
from talent.vacancies.history import holders_before, source_of

EDITABLE = frozenset({"opened_on", "reason", "is_planned", "note"})


@transaction.atomic
def open_vacancy(
    *,
    by: Actor | None,
    position: Position,
    opened_on: datetime.date,
    reason: str,
    is_planned: bool = False,
    note: str = "",
) -> Vacancy:
    """Say that a seat is, or will be, vacant. A critical one brings its bench along."""
    position = Position.objects.select_for_update().get(pk=position.pk)
    today = timezone.localdate()
    incumbent = Employee.objects.filter(position=position).first()
    if incumbent and not is_planned:
        raise ActionError(_("Somebody sits there. Mark the vacancy as planned, or wait until they have left."))
    plan = SuccessionPlan.objects.active().filter(position=position).first()
    former_id = incumbent.pk if incumbent else holders_before([position.pk], today).get(position.pk)
    vacancy = Vacancy(
        position=position,
        plan=plan,
        former_id=former_id,
        opened_on=opened_on,
        reason=reason,
        is_planned=is_planned,
        note=note.strip(),
        opened_by_id=acting_id(by),
    )
    checked(vacancy).save()
    events.vacancies_opened([vacancy], by=by)
    return vacancy


@transaction.atomic
def edit_vacancy(vacancy: Vacancy, *, by: Actor | None, version: int, **changes: Any) -> Vacancy:
    """Correct when and why an open seat fell vacant. Raises StaleVersion when somebody changed it since `version`."""
    vacancy = _lock(vacancy.pk, VacancyState.OPEN)
    refuse_stale(vacancy, version, EDITABLE)
    apply(vacancy, changes, EDITABLE)
    _save(vacancy)
    events.vacancy_edited(vacancy, by=by)
    return vacancy


@transaction.atomic
def fill_vacancy(
    vacancy: Vacancy, *, by: Principal | None, filled_on: datetime.date, decision: str, employee: Employee | None = None
) -> Vacancy:
    """Somebody took the seat; without a person, somebody from outside who is not in the directory yet.

    Whoever stood on the bench leaves it, as they took the role; the plan stays with the seat. What was out of date about
    them is kept with the decision.
    """
    vacancy = _lock(vacancy.pk, VacancyState.OPEN)
    today = timezone.localdate()
    if filled_on > today:
        raise ActionError(_("This day is still to come. Fill it when it is done."), field="filled_on")
    standing = _standing(vacancy, employee, filled_on, by=by) if employee else None
    successor = standing if standing and _counts(standing, filled_on) else None
    vacancy.state, vacancy.closed_on, vacancy.filled_by, vacancy.proposed = (
        VacancyState.FILLED,
        filled_on,
        employee,
        None,
    )
    vacancy.source = source_of(employee, successor, vacancy.position_id, filled_on)
    vacancy.successor, vacancy.readiness_then = successor, successor.readiness if successor else ""
    vacancy.decision, vacancy.decided_by_id = said(decision, field="decision"), acting_id(by)
    if employee:
        vacancy.rested_on_stale = stored_data(stale_data([employee.pk], today).get(employee.pk, []))
    _save(vacancy)
    if standing and vacancy.plan and vacancy.plan.is_active:
        remove_successor(standing, by=by, reason=_("Took the role"))
    events.vacancy_filled(vacancy, by=by)
    return vacancy


@transaction.atomic
def cancel_vacancy(vacancy: Vacancy, *, by: Actor | None, decision: str) -> Vacancy:
    """The seat will not be filled, or whoever was to leave stays."""
    vacancy = _lock(vacancy.pk, VacancyState.OPEN)
    vacancy.state, vacancy.proposed = VacancyState.CANCELLED, None
    vacancy.closed_on = max(timezone.localdate(), vacancy.opened_on)
    vacancy.decision, vacancy.decided_by_id = said(decision, field="decision"), acting_id(by)
    _save(vacancy)
    events.vacancy_cancelled(vacancy, by=by)
    return vacancy


@transaction.atomic
def note_outcome(vacancy: Vacancy, *, by: Actor | None, outcome: str, outcome_reason: str) -> Vacancy:
    """Say whether whoever took the seat meets what it asks, a year after; said again, it is corrected."""
    vacancy = _lock(vacancy.pk, VacancyState.FILLED)
    if vacancy.filled_by is None:
        raise ActionError(_("Say first who took the seat: nobody of the directory is named."))
    if not vacancy.is_ripe:
        ripe_on = (vacancy.closed_on or vacancy.opened_on) + OUTCOME_AFTER
        raise ActionError(_("Too early: a year has passed on %s.") % ripe_on.isoformat())
    vacancy.outcome, vacancy.outcome_reason = outcome, said(outcome_reason, field="outcome_reason")
    vacancy.outcome_by_id, vacancy.outcome_on = acting_id(by), timezone.localdate()
    _save(vacancy)
    events.vacancy_outcome_noted(vacancy, by=by)
    return vacancy


@transaction.atomic
def name_hire(vacancy: Vacancy, *, by: Principal | None, employee: Employee) -> Vacancy:
    """Whoever came from outside is in the directory now."""
    vacancy = _lock(vacancy.pk, VacancyState.FILLED)
    if vacancy.filled_by_id is not None:
        raise ActionError(_("It is known already who took the seat."))
    _refuse_unfit(vacancy, employee, by=by)
    vacancy.filled_by = employee
    _save(vacancy)
    events.vacancy_edited(vacancy, by=by)
    return vacancy


def _standing(
    vacancy: Vacancy, employee: Employee, filled_on: datetime.date, *, by: Principal | None
) -> Successor | None:
    """The place on the bench of whoever takes the seat, if they stand on it."""
    _refuse_unfit(vacancy, employee, by=by)
    if employee.hired_on and employee.hired_on > filled_on:
        raise ActionError(_("This person was not hired yet on that day."), field="filled_on")
    if vacancy.plan is None:
        return None
    return Successor.objects.standing().filter(plan=vacancy.plan, employee=employee).first()


def _counts(successor: Successor, filled_on: datetime.date) -> bool:
    """Whether they were an approved successor by the day the seat was taken: whoever was put there after was not."""
    return successor.state == SuccessorState.APPROVED and timezone.localdate(successor.created_at) <= filled_on


def _refuse_unfit(vacancy: Vacancy, employee: Employee, *, by: Principal | None) -> None:
    if by is not None and employee.pk in own_circle(by.viewer):
        raise ActionError(_("Nobody places themselves or, as a partner, those they report to."), field="employee")
    if employee.status == EmploymentStatus.LEFT:
        raise ActionError(_("This person has left."), field="employee")
    if employee.pk == vacancy.former_id and employee.position_id == vacancy.position_id:
        raise ActionError(_("This person still sits there. Cancel the vacancy if they stay."), field="employee")


def _lock(pk: int, expected: VacancyState) -> Vacancy:
    """The vacancy under its lock, in the state the step starts from."""
    rows = Vacancy.objects.select_for_update(of=("self",)).select_related("plan", "position__org_unit", "filled_by")
    vacancy = rows.get(pk=pk)
    if vacancy.state != expected:
        raise ActionError(_("This vacancy is: %s.") % vacancy.get_state_display())
    return vacancy


def _save(vacancy: Vacancy) -> None:
    vacancy.version += 1
    checked(vacancy).save()
