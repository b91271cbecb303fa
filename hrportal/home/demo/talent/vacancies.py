"""Vacancies of the demo company: roles filled from benches, from inside and from outside, one that is open, one that will be;
what is out of date about benches, what is open to managers, and the figures HR had computed yesterday."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from hrportal.home.demo.days import at, between, days
from hrportal.home.demo.world import World
from hrportal.people.models import Employee, Employment, Position, User
from talent.actions.refresh import TIME_TO_REFRESH, stale_benches
from talent.enums import (
    Datum,
    FillSource,
    OpenTopic,
    PlacementOutcome,
    Readiness,
    SuccessorState,
    VacancyReason,
    VacancyState,
)
from talent.metrics.measuring import measured
from talent.metrics.scope import Scope
from talent.models import Opening, RefreshTask, SuccessionPlan, Successor, TalentMetrics, Vacancy
from talent.models.metrics import reach_of
from talent.partners import Partners

MOVES, OLD_FILLS, MOST_TASKS = 14, 4, 40
SMALL_ENOUGH = 1
TOOK = "Took the role"
WHY = [
    "Led the same work as deputy for a year and has the trust of the team.",
    "The strongest of three in front of the panel, and the only one who knows both sites.",
    "Nobody on the bench was free in time; this candidate has done it elsewhere.",
]
HOW_IT_WENT = {
    PlacementOutcome.MEETS: "The first year’s targets were met and nobody of the team left.",
    PlacementOutcome.FALLS_SHORT: "Delivers, but the team needed somebody who decides faster; a coach is at work.",
}


def tell_vacancies(world: World) -> None:
    """Told after benches and retention, on whose rows it rests."""
    plans = list(
        SuccessionPlan.objects.active().select_related("position__org_unit", "position__incumbent").order_by("pk")
    )
    taken = set(_from_benches(world))
    others = [plan for plan in plans if plan.pk not in taken and plan.incumbent]
    _long_ago(world, others[:OLD_FILLS])
    _planned(world, [plan for plan in others[OLD_FILLS:] if plan.incumbent.pk not in world.cast.ids])  # type: ignore[union-attr]
    _open(world)
    _moves(world)
    _open_to_managers(world)
    world.rows.flush()
    _stale_benches(world)
    world.rows.flush()
    if world.texts >= SMALL_ENOUGH:
        for username in ("hrleader", "hrbp", "executive"):
            _figures(world, User.objects.get(username=username))


def _from_benches(world: World) -> Iterable[int]:
    """Those who took a role from its bench some months ago, as the benches tell."""
    gone = Successor.objects.filter(
        state=SuccessorState.REMOVED, removed_because=TOOK, employee__position=F("plan__position")
    )
    for successor in gone.select_related("plan", "employee").order_by("pk"):
        row = Employment.objects.filter(employee=successor.employee, position=successor.plan.position_id).latest(
            "starts_on"
        )
        luck = world.luck("vacancy", successor.pk)
        fill = _filled(world, successor.plan, row.starts_on, luck.randint(12, 60), successor.employee_id)
        fill.source, fill.successor_id, fill.readiness_then = FillSource.BENCH, successor.pk, successor.readiness
        world.rows.add(fill)
        yield successor.plan_id


def _filled(world: World, plan: SuccessionPlan, on: datetime.date, took: int, who: int | None) -> Vacancy:
    luck = world.luck("filled", plan.pk)
    return Vacancy(
        position_id=plan.position_id,
        plan_id=plan.pk,
        opened_on=on - days(took),
        reason=luck.choice([VacancyReason.MOVED, VacancyReason.LEFT, VacancyReason.RETIRED]),
        is_planned=luck.random() < 0.4,
        state=VacancyState.FILLED,
        closed_on=on,
        filled_by_id=who,
        source=FillSource.INTERNAL,
        decision=luck.choice(WHY),
        decided_by_id=world.cast["hrleader"].pk,
        created_at=at(on - days(took), luck),
    )


def _long_ago(world: World, plans: Iterable[SuccessionPlan]) -> None:
    """Roles that were filled more than a year ago, of three of which somebody has said how it went."""
    outcomes = [PlacementOutcome.MEETS, PlacementOutcome.MEETS, PlacementOutcome.FALLS_SHORT, ""]
    for plan, outcome in zip(plans, outcomes, strict=False):
        luck = world.luck("long ago", plan.pk)
        incumbent = plan.incumbent
        if incumbent is None:
            continue
        on = world.calendar.today - days(luck.randint(380, 520))
        fill = _filled(world, plan, on, luck.randint(20, 120), incumbent.pk)
        fill.source, fill.readiness_then = FillSource.BENCH, Readiness.READY_NOW
        if outcome:
            fill.outcome, fill.outcome_reason = outcome, HOW_IT_WENT[PlacementOutcome(outcome)]
            fill.outcome_by_id, fill.outcome_on = world.cast["hrleader"].pk, world.calendar.today - days(9)
        world.rows.add(fill)


def _planned(world: World, plans: list[SuccessionPlan]) -> None:
    """Somebody will retire in two months, and everybody who should know knows."""
    for plan in plans[:1]:
        world.rows.add(
            Vacancy(
                position_id=plan.position_id,
                plan_id=plan.pk,
                former=plan.incumbent,
                opened_on=world.calendar.today + days(61),
                reason=VacancyReason.RETIRED,
                is_planned=True,
                note="Announced to the board in confidence; the team hears of it after the holidays.",
                opened_by_id=world.cast["hrleader"].pk,
                created_at=at(world.calendar.today - days(5), world.luck("planned")),
            )
        )


def _open(world: World) -> None:
    """A seat nobody sits on, with a bench beside it."""
    here = Employee.objects.employed().in_unit(world.business_units[0]).exclude(pk__in=world.cast.ids)
    near = here.filter(job__level__gte=5, position__isnull=False).select_related("position").order_by("pk").first()
    if near is None or near.position is None:
        return
    luck, today = world.luck("open"), world.calendar.today
    seat = world.rows.add(
        Position(
            code="P-PLATFORM",
            name="Head of Platform",
            job_id=near.position.job_id,
            org_unit_id=near.position.org_unit_id,
        )
    )
    plan = world.rows.add(
        SuccessionPlan(
            position_id=seat.pk,
            reason="Every product stands on it, and two customers ask who answers for it.",
            vacancy_risk="high",
            criticality=5,
            owner_id=world.cast["hrleader"].pk,
            reviewed_on=today - days(20),
            created_at=at(today - days(200), luck),
        )
    )
    people = here.filter(job__level__in=[4, 5]).exclude(pk=near.pk).order_by("-job__level", "pk")
    for rank, person in enumerate(people[:2], start=1):
        world.rows.add(
            Successor(
                plan_id=plan.pk,
                employee=person,
                readiness=(Readiness.READY_NOW, Readiness.SOON)[rank - 1],
                rank=rank,
                state=SuccessorState.APPROVED,
                rationale="Has run the platform’s on-call for two years and brought its cost down by a third.",
                assessed_on=today - days(25),
                created_at=at(today - days(150), luck),
            )
        )
    world.rows.add(
        Vacancy(
            position_id=seat.pk,
            plan_id=plan.pk,
            opened_on=today - days(34),
            reason=VacancyReason.NEW_SEAT,
            note="Agreed with the board; the budget begins with the quarter.",
            opened_by_id=world.cast["hrleader"].pk,
            created_at=at(today - days(34), luck),
        )
    )


def _moves(world: World) -> None:
    """Other seats that changed hands within the year: those who moved inside, and those who were hired for them."""
    since = world.calendar.today - days(350)
    rows = Employment.objects.filter(starts_on__gt=since, starts_on__lte=world.calendar.today, position__isnull=False)
    rows = rows.filter(position__succession_plan=None, employee__position=F("position")).select_related("employee")
    for row in rows.order_by("pk")[:MOVES]:
        luck = world.luck("move", row.pk)
        is_new = bool(row.employee.hired_on and row.employee.hired_on >= row.starts_on)
        opened_on = row.starts_on - days(luck.randint(15, 110))
        world.rows.add(
            Vacancy(
                position_id=row.position_id or 0,
                opened_on=opened_on,
                reason=VacancyReason.LEFT,
                state=VacancyState.FILLED,
                closed_on=row.starts_on,
                filled_by_id=row.employee_id,
                source=FillSource.EXTERNAL if is_new else FillSource.INTERNAL,
                decision=luck.choice(WHY),
                decided_by_id=world.cast["hrleader"].pk,
                created_at=at(opened_on, luck),
            )
        )


def _open_to_managers(world: World) -> None:
    """A trial that is over: managers of the last business unit saw flight risks for a while."""
    unit = world.business_units[-1]
    leader = world.cast["hrleader"].pk
    opened_on = world.calendar.today - days(120)
    world.rows.add(
        Opening(
            topic=OpenTopic.RETENTION,
            org_unit=unit,
            reason="A trial of three months: do managers who know keep more people?",
            opened_by_id=leader,
            opened_at=at(opened_on, world.luck("opening")),
            closed_by_id=leader,
            closed_at=at(opened_on + days(90), world.luck("opening", "closed")),
        )
    )


def _stale_benches(world: World) -> None:
    """Each bench nobody looked at in time waits with whoever looks after it."""
    partners, today = Partners.read(), world.calendar.today
    stale = stale_benches(today)
    plans = SuccessionPlan.objects.filter(pk__in=stale).order_by("pk").prefetch_related("successors")
    for plan in plans.select_related("position__org_unit", "position__incumbent")[:MOST_TASKS]:
        concerned = {it.employee_id for it in plan.successors.all() if it.state != SuccessorState.REMOVED}
        concerned |= {plan.incumbent.pk} if plan.incumbent else set()
        asked_on = between(today - days(10), today - days(1), world.luck("stale", plan.pk))
        world.rows.add(
            RefreshTask(
                kind=Datum.SUCCESSION,
                plan=plan,
                owner=partners.for_seat(plan.position.org_unit, concerned, plan.owner_id),
                data_from=stale[plan.pk],
                due_on=asked_on + TIME_TO_REFRESH,
                opened_at=at(asked_on, world.luck("asked", plan.pk)),
            )
        )


def _figures(world: World, reader: User) -> None:
    figures: dict[str, Any] = {}
    for _done, _total, part in measured(Scope(reader, until=world.calendar.yesterday)):
        figures |= part
    asked_at = at(world.calendar.yesterday, world.luck("figures", reader.username))
    world.rows.add(
        TalentMetrics(
            user=reader,
            reach=reach_of(reader.viewer),
            figures=figures,
            asked_at=asked_at,
            computed_at=asked_at + datetime.timedelta(seconds=3),
        )
    )
