"""Critical seats nobody sits on, and open vacancies whose seat somebody took: what the directory says of itself."""

import datetime
from collections.abc import Iterable

from hrportal.people.enums import LeaveReason
from hrportal.people.models import Employee, Employment
from talent.enums import VacancyReason
from talent.models import SuccessionPlan, Vacancy
from talent.vacancies.history import last_rows


def new_vacancies(today: datetime.date) -> list[Vacancy]:
    """A vacancy, not saved, for each critical seat without an incumbent that has none for this departure yet; four queries.

    One that was opened after its last holder came is about this departure, whatever became of it: what HR filled or
    cancelled is not opened again.
    """
    empty = SuccessionPlan.objects.active().filter(position__is_active=True, position__incumbent=None)
    plans = {plan.position_id: plan for plan in empty.select_related("position").order_by("pk")}
    rows = last_rows(plans.keys(), today)
    answered = _answered(plans.keys(), rows)
    return [_vacancy(plan, rows.get(seat), today) for seat, plan in plans.items() if seat not in answered]


def taken_vacancies() -> list[Vacancy]:
    """Open vacancies on whose seat somebody sits that is not, or no longer, proposed; with `proposed` as it should be."""
    changed = []
    for vacancy in Vacancy.objects.open().select_related("position__incumbent", "plan").order_by("pk"):
        incumbent: Employee | None = getattr(vacancy.position, "incumbent", None)
        found = incumbent if incumbent and incumbent.pk != vacancy.former_id else None
        if vacancy.proposed_id != (found.pk if found else None):
            vacancy.proposed = found
            changed.append(vacancy)
    return changed


def _answered(seats: Iterable[int], rows: dict[int, Employment]) -> set[int]:
    vacancies = Vacancy.objects.filter(position__in=list(seats)).values_list("position", "opened_on")
    return {seat for seat, on in vacancies if seat not in rows or on > rows[seat].starts_on}


def _vacancy(plan: SuccessionPlan, row: Employment | None, today: datetime.date) -> Vacancy:
    ended_on = row.ends_on if row and row.ends_on and row.ends_on < today else None
    return Vacancy(
        position_id=plan.position_id,
        plan=plan,
        former_id=row.employee_id if row else None,
        opened_on=ended_on + datetime.timedelta(days=1) if ended_on else today,
        reason=_reason(row.employee) if row else VacancyReason.NEW_SEAT,
    )


def _reason(person: Employee) -> VacancyReason:
    if not person.has_left:
        return VacancyReason.MOVED
    return VacancyReason.RETIRED if person.leave_reason == LeaveReason.RETIREMENT else VacancyReason.LEFT
