"""Critical roles and their benches: some well covered, some thin or empty, some not looked at for too long."""

import datetime
from collections import Counter
from random import Random
from typing import cast

from django.db.models import Case, F, Max, Q, Value, When
from django.db.models.functions import Length

from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus, UnitKind
from hrportal.people.history import place_of
from hrportal.people.models import Employee, Employment
from talent.enums import BenchHealth, Readiness, SuccessorState, VacancyRisk
from talent.models import SuccessionPlan, Successor

DEALT = (BenchHealth.COVERED, BenchHealth.THIN, BenchHealth.COVERED, BenchHealth.EMPTY, BenchHealth.STALE)
MOST_BENCHES, MOST_PLACED = 2, 2
NOW, SOON, LATER, EMERGENCY = Readiness.READY_NOW, Readiness.SOON, Readiness.LATER, Readiness.EMERGENCY
BENCHES = {
    BenchHealth.COVERED: ((NOW, SOON), (NOW, SOON, LATER), (NOW, NOW, SOON)),
    BenchHealth.THIN: ((SOON, LATER), (NOW,), (SOON,)),
    BenchHealth.EMPTY: ((), (), (EMERGENCY,)),
    BenchHealth.STALE: ((NOW, SOON), (SOON, LATER)),
}


def tell_succession(world: World, size: int) -> None:
    """Plans for the heads of the larger parts, and for an expert of each business unit."""
    named: Counter[int] = Counter()
    critical = _critical(world, max(14, size // 400))
    for number, incumbent in enumerate(critical):
        _plan(world, incumbent, DEALT[number % len(DEALT)], named)
    world.rows.flush()
    placed = [incumbent for incumbent in critical if incumbent.pk not in world.cast.ids][:: len(DEALT)][:MOST_PLACED]
    for incumbent in placed:
        _take_from_bench(world, incumbent)


def _critical(world: World, most: int) -> list[Employee]:
    """Heads of business units and departments, topmost first, then one leading expert of each business unit."""
    heads = Employee.objects.employed().filter(job__level__gte=6).exclude(org_unit__kind=UnitKind.TEAM)
    heads = heads.filter(manager__isnull=False).select_related("org_unit", "manager")
    chosen = list(heads.order_by(Length("path"), "pk")[:most])
    experts = Employee.objects.employed().filter(job__level=5).select_related("org_unit", "manager")
    for unit in world.business_units:
        chosen += experts.in_unit(unit).exclude(pk__in=world.cast.ids).order_by("pk")[:1]
    return chosen


def _plan(world: World, incumbent: Employee, health: BenchHealth, named: Counter[int]) -> None:
    luck = world.luck("bench", incumbent.pk)
    today = world.calendar.today
    reviewed_on = today - days(luck.randint(110, 260) if health == BenchHealth.STALE else luck.randint(4, 75))
    plan = world.rows.add(
        SuccessionPlan(
            position_id=cast(int, incumbent.position_id),  # whoever heads something has a seat
            reason=luck.choice(phrases.WHY_CRITICAL),
            vacancy_risk=_risk(incumbent, today, luck),
            owner_id=incumbent.manager_id,
            reviewed_on=reviewed_on,
            created_at=at(reviewed_on - days(luck.randint(100, 500)), luck),
        )
    )
    wanted = luck.choice(BENCHES[health])
    candidates = [person for person in _candidates(incumbent) if named[person.pk] < MOST_BENCHES]
    for rank, (person, readiness) in enumerate(zip(candidates, wanted, strict=False), start=1):
        named[person.pk] += 1
        _successor(plan, person, readiness, rank, luck, world)


def _take_from_bench(world: World, incumbent: Employee) -> None:
    """Tell that they stood on the bench of the seat they have, and took it some months ago."""
    luck = world.luck("placed", incumbent.pk)
    taken_on = world.calendar.today - days(luck.randint(90, 250))
    named_at = at(taken_on - days(luck.randint(120, 300)), luck)
    row = Employment.objects.get(employee=incumbent, ends_on=None)
    before = Employment(employee=incumbent, starts_on=row.starts_on, ends_on=taken_on - days(1), **place_of(row))
    before.position_id = None
    row.starts_on = taken_on
    row.save(update_fields=["starts_on"])
    world.rows.add(before)
    plan = SuccessionPlan.objects.get(position=incumbent.position_id)
    SuccessionPlan.objects.filter(pk=plan.pk).update(created_at=named_at - days(30))
    world.rows.add(
        Successor(
            plan=plan,
            employee=incumbent,
            readiness=NOW,
            state=SuccessorState.REMOVED,
            rationale=luck.choice(phrases.WHY_SUCCESSOR),
            assessed_on=named_at.date(),
            nominated_by_id=plan.owner_id,
            created_at=named_at,
            removed_at=at(taken_on, luck),
            removed_because="Took the role",
        )
    )


def _risk(incumbent: Employee, today: datetime.date, luck: Random) -> VacancyRisk:
    if incumbent.birth_year and today.year - incumbent.birth_year > 58:
        return VacancyRisk.HIGH
    return luck.choice((VacancyRisk.LOW, VacancyRisk.MEDIUM, VacancyRisk.MEDIUM, VacancyRisk.HIGH))


def _candidates(incumbent: Employee) -> list[Employee]:
    """Who could follow: the best rated of those who report to the incumbent, then of the colleagues beside."""
    below = Q(manager=incumbent) & Q(job__level__gte=F("manager__job__level") - 2)
    beside = Q(manager=incumbent.manager_id) & ~Q(pk=incumbent.pk)
    people = Employee.objects.filter(below | beside, status=EmploymentStatus.ACTIVE)
    rated = people.annotate(rating=Max("talent_profile__ratings__value")).filter(rating__isnull=False)
    is_beside = Case(When(manager=incumbent, then=Value(0)), default=Value(1))
    return list(rated.order_by(is_beside, "-rating", "pk")[:12])


def _successor(
    plan: SuccessionPlan, person: Employee, readiness: Readiness, rank: int, luck: Random, world: World
) -> None:
    assessed_on = (plan.reviewed_on or world.calendar.today) - days(luck.randint(0, 30))
    world.rows.add(
        Successor(
            plan=plan,
            employee=person,
            readiness=readiness,
            rank=rank,
            state=SuccessorState.APPROVED,
            rationale=luck.choice(phrases.WHY_SUCCESSOR),
            assessed_on=assessed_on,
            nominated_by_id=plan.owner_id,
            created_at=at(assessed_on, luck),
        )
    )
