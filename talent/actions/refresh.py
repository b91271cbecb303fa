"""Asking people to look again at what is out of date, once for each datum, and closing what was looked at.

Nobody is asked about a rating or a level: the next review cycle renews them, for everybody at once.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.db.models import F, Min, Q
from django.utils import timezone

from hrportal.common.batches import batched
from hrportal.people.models import Employee
from talent import events
from talent.actions.profiles import lock_profiles
from talent.enums import Datum, SuccessorState
from talent.freshness import SUCCESSION_BUDGET, oldest_fresh
from talent.models import RefreshTask, SuccessionPlan
from talent.models.retention_sight import turned_off
from talent.models.succession import WORKS_HERE
from talent.partners import Partners
from talent.staleness import stale_data

CHUNK = 1000
TIME_TO_REFRESH = datetime.timedelta(days=14)
OF_PEOPLE = (Datum.POTENTIAL, Datum.FLIGHT_RISK)


def ask_for_refresh(today: datetime.date, progress: Callable[[int], None] = lambda done: None) -> list[RefreshTask]:
    """A task for each datum that is past its budget and has none open; the new ones.

    May run any number of times, and by several workers: each chunk is made under the locks of its people or seats.
    """
    partners, asked, done = Partners.read(), [], 0
    for kind in OF_PEOPLE:
        for ids in _chunks(kind):
            asked += _ask_about(kind, ids, today, partners)
            progress(done := done + len(ids))
    return [*asked, *_ask_about_benches(today, partners)]


def close_refreshed(today: datetime.date) -> int:
    """Close the tasks whose datum is fresh again, gone, or about somebody who left; how many those were."""
    closed = 0
    for kind in OF_PEOPLE:
        tasks = list(RefreshTask.objects.open().filter(kind=kind).order_by("pk").values_list("pk", "employee"))
        closed += sum(_close_of_people(kind, dict(chunk), today) for chunk in batched(tasks, CHUNK))
    with transaction.atomic():
        fresh = RefreshTask.objects.open().exclude(plan=None).exclude(plan__in=stale_benches(today))
        return closed + _close(list(fresh.select_for_update(of=("self",)).order_by("pk")))


def stale_benches(today: datetime.date) -> dict[int, datetime.date]:
    """Benches in force that nobody looked at within the budget, or with a successor nobody assessed within it, by plan, each
    with the oldest day; a bench never looked at counts from the day it was named."""
    limit = oldest_fresh(SUCCESSION_BUDGET, today)
    counts = Q(successors__state=SuccessorState.APPROVED, successors__employee__status__in=WORKS_HERE)
    counts &= ~Q(successors__employee__position=F("position"))
    plans = (
        SuccessionPlan.objects.active().order_by("pk").annotate(oldest=Min("successors__assessed_on", filter=counts))
    )
    found = plans.values_list("pk", "reviewed_on", "oldest", "created_at")
    days = {pk: _oldest(reviewed, oldest, timezone.localdate(named)) for pk, reviewed, oldest, named in found}
    return {pk: day for pk, day in days.items() if day < limit}


def _oldest(reviewed: datetime.date | None, oldest: datetime.date | None, named: datetime.date) -> datetime.date:
    seen = reviewed or named
    return min(seen, oldest) if oldest else seen


def _chunks(kind: Datum) -> Iterator[list[int]]:
    people, last = Employee.objects.employed().order_by("pk"), 0
    if kind == Datum.FLIGHT_RISK:
        people = people.filter(~turned_off(""))
    while ids := list(people.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]


@transaction.atomic
def _ask_about(kind: Datum, ids: Sequence[int], today: datetime.date, partners: Partners) -> list[RefreshTask]:
    stale = {pk: data[0].on for pk, data in stale_data(ids, today, [kind]).items()}
    if not stale:
        return []
    lock_profiles(stale)
    asked = set(RefreshTask.objects.open().filter(kind=kind, employee__in=stale).values_list("employee", flat=True))
    people = Employee.objects.select_related("org_unit").in_bulk(stale.keys() - asked)
    return _saved(
        [
            RefreshTask(
                kind=kind,
                employee=people[pk],
                owner=partners.for_person(people[pk]),
                data_from=stale[pk],
                due_on=today + TIME_TO_REFRESH,
            )
            for pk in sorted(people)
        ]
    )


@transaction.atomic
def _ask_about_benches(today: datetime.date, partners: Partners) -> list[RefreshTask]:
    stale = stale_benches(today)
    plans = SuccessionPlan.objects.select_for_update(of=("self",)).filter(pk__in=stale).order_by("pk")
    locked = list(plans.select_related("position__org_unit", "position__incumbent").prefetch_related("successors"))
    asked = set(RefreshTask.objects.open().filter(plan__in=stale).values_list("plan", flat=True))
    return _saved(
        [
            RefreshTask(
                kind=Datum.SUCCESSION,
                plan=plan,
                owner=_owner_of(plan, partners),
                data_from=stale[plan.pk],
                due_on=today + TIME_TO_REFRESH,
            )
            for plan in locked
            if plan.pk not in asked
        ]
    )


def _owner_of(plan: SuccessionPlan, partners: Partners) -> Employee | None:
    """The bench's owner where they are HR for it, else whoever of HR looks after the seat; never one it is about."""
    concerned = {it.employee_id for it in plan.successors.all() if it.state != SuccessorState.REMOVED}
    concerned |= {plan.incumbent.pk} if plan.incumbent else set()
    readers = partners.leaders_only if plan.is_private else partners
    return readers.for_seat(plan.position.org_unit, concerned, preferred_id=plan.owner_id)


def _saved(tasks: Sequence[RefreshTask]) -> list[RefreshTask]:
    saved = RefreshTask.objects.bulk_create(tasks)
    events.refresh_asked(saved, by=None)
    return saved


@transaction.atomic
def _close_of_people(kind: Datum, people: dict[int, int], today: datetime.date) -> int:
    here = Employee.objects.employed().filter(pk__in=people.values())
    if kind == Datum.FLIGHT_RISK:
        here = here.filter(~turned_off(""))
    stale = stale_data(list(here.values_list("pk", flat=True)), today, [kind])
    fresh = [pk for pk, employee in people.items() if employee not in stale]
    return _close(list(RefreshTask.objects.open().select_for_update(of=("self",)).filter(pk__in=fresh).order_by("pk")))


def _close(tasks: Sequence[RefreshTask]) -> int:
    now = timezone.now()
    RefreshTask.objects.filter(pk__in=[task.pk for task in tasks]).update(done_at=now, updated_at=now)
    events.refresh_done(tasks, by=None)
    return len(tasks)
