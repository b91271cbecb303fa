"""Rows about vacancies for tests, in the state asked for; nothing is journaled and nobody is told."""

import datetime
from typing import Any

from django.utils import timezone

from hrportal.people.models import Employee, Position
from talent.enums import FillSource, Readiness, SuccessorState, VacancyReason, VacancyState
from talent.models import SuccessionPlan, Successor, Vacancy
from tests.factories.people import EmployeeFactory, PositionFactory
from tests.factories.talent import SuccessionPlanFactory, SuccessorFactory


def days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def a_bench(unit: Any = None, *, ready: Readiness = Readiness.READY_NOW) -> tuple[SuccessionPlan, Successor]:
    """A critical seat nobody sits on, with one approved successor who was named a year ago."""
    plan = SuccessionPlanFactory(position=PositionFactory(org_unit=unit) if unit else PositionFactory())
    successor = SuccessorFactory(
        plan=plan,
        readiness=ready,
        state=SuccessorState.APPROVED,
        created_at=timezone.now() - datetime.timedelta(days=400),
    )
    return plan, successor


def a_vacancy(plan: SuccessionPlan | None = None, *, position: Position | None = None, **fields: Any) -> Vacancy:
    """An open vacancy of ten days ago, of a critical role if there is a plan."""
    seat = plan.position if plan else position or PositionFactory()
    fields = {"opened_on": days_ago(10), "reason": VacancyReason.LEFT} | fields
    return Vacancy.objects.create(position=seat, plan=plan, **fields)


def a_fill(
    plan: SuccessionPlan | None = None,
    *,
    by: Employee | None = None,
    source: FillSource = FillSource.BENCH,
    filled: int = 20,
    took: int = 30,
    **fields: Any,
) -> Vacancy:
    """A vacancy filled so many days ago, after so many days."""
    return a_vacancy(
        plan,
        state=VacancyState.FILLED,
        opened_on=days_ago(filled + took),
        closed_on=days_ago(filled),
        filled_by=by or EmployeeFactory(),
        source=source,
        decision="The best of three",
        **fields,
    )
