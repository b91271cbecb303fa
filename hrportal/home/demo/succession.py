"""Critical roles and their benches: some well covered, some thin or empty, some not looked at for too long."""

import datetime
from random import Random

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus, UnitKind
from hrportal.people.models import Employee
from talent.enums import BenchHealth, Readiness, SuccessorState, VacancyRisk
from talent.models import SuccessionPlan, Successor

DEALT = (BenchHealth.COVERED, BenchHealth.THIN, BenchHealth.COVERED, BenchHealth.EMPTY, BenchHealth.STALE)
NOW, SOON, LATER, EMERGENCY = Readiness.READY_NOW, Readiness.SOON, Readiness.LATER, Readiness.EMERGENCY
BENCHES = {
    BenchHealth.COVERED: ((NOW, SOON), (NOW, SOON, LATER), (NOW, NOW, SOON)),
    BenchHealth.THIN: ((SOON, LATER), (NOW,), (SOON,)),
    BenchHealth.EMPTY: ((), (), (EMERGENCY,)),
    BenchHealth.STALE: ((NOW, SOON), (SOON, LATER)),
}


def tell_succession(world: World, size: int) -> None:
    """Plans for the heads of the larger parts, and for an expert of each business unit."""
    for number, incumbent in enumerate(_critical(world, max(14, size // 400))):
        _plan(world, incumbent, DEALT[number % len(DEALT)])


def _critical(world: World, most: int) -> list[Employee]:
    """Heads of business units and departments, topmost first, then one leading expert of each business unit."""
    heads = Employee.objects.employed().filter(job__level__gte=6).exclude(org_unit__kind=UnitKind.TEAM)
    heads = heads.filter(manager__isnull=False).select_related("org_unit", "manager")
    chosen = list(heads.order_by(Length("path"), "pk")[:most])
    experts = Employee.objects.employed().filter(job__level=5).select_related("org_unit", "manager")
    for unit in world.business_units:
        chosen += experts.in_unit(unit).exclude(pk__in=world.cast.ids).order_by("pk")[:1]
    return chosen


def _plan(world: World, incumbent: Employee, health: BenchHealth) -> None:
    luck = world.luck("bench", incumbent.pk)
    today = world.calendar.today
    reviewed_on = today - days(luck.randint(110, 260) if health == BenchHealth.STALE else luck.randint(4, 75))
    plan = world.rows.add(
        SuccessionPlan(
            position_id=incumbent.position_id,
            reason=luck.choice(phrases.WHY_CRITICAL),
            vacancy_risk=_risk(incumbent, today, luck),
            owner_id=incumbent.manager_id,
            reviewed_on=reviewed_on,
            created_at=at(reviewed_on - days(luck.randint(100, 500)), luck),
        )
    )
    wanted = luck.choice(BENCHES[health])
    for rank, (person, readiness) in enumerate(zip(_candidates(incumbent), wanted, strict=False), start=1):
        _successor(plan, person, readiness, rank, luck, world)


def _risk(incumbent: Employee, today: datetime.date, luck: Random) -> VacancyRisk:
    if incumbent.birth_year and today.year - incumbent.birth_year > 58:
        return VacancyRisk.HIGH
    return luck.choice((VacancyRisk.LOW, VacancyRisk.MEDIUM, VacancyRisk.MEDIUM, VacancyRisk.HIGH))


def _candidates(incumbent: Employee) -> QuerySet[Employee]:
    """Who could follow: those who report to the incumbent, then colleagues beside; best rated first."""
    beside = Q(org_unit=incumbent.org_unit) | Q(manager=incumbent.manager_id)
    people = Employee.objects.filter(Q(manager=incumbent) | beside, status=EmploymentStatus.ACTIVE)
    rated = people.exclude(pk__in=[incumbent.pk, incumbent.manager_id]).annotate(
        rating=F("talent_profile__ratings__value")
    )
    latest = rated.filter(rating__isnull=False).order_by("-job__level", "-rating", "pk").values_list("pk", flat=True)
    best_first = list(dict.fromkeys(latest[:30]))[:4]
    found = Employee.objects.in_bulk(best_first)
    return [found[pk] for pk in best_first]


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
