"""What surrounds the benches: how critical each role is, what it asks of experience, what was endorsed and what was begun."""

from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import User
from talent.enums import ActionKind, CriticalBecause, ItemOrigin, ItemPurpose, PlanState, SuccessorState, VacancyBecause
from talent.models import (
    BenchSnapshot,
    BenchStudy,
    DevelopmentPlan,
    Experience,
    ExternalSuccessor,
    HeldExperience,
    NinetyDayPlan,
    PlanAction,
    PlanItem,
    RoleExperience,
    SnapshotSeat,
    SuccessionPlan,
    Successor,
)
from talent.succession.missing import missing_most
from talent.succession.together import MOST_EXPOSED, exposed, together_of

EXPERIENCES = (
    "Led a site abroad",
    "Turned a losing business around",
    "Ran a large change from start to end",
    "Worked with a works council",
)
ASKED_OF_ONE = 2
STEPS = (
    (30, ActionKind.TRAINING, "Learn what it takes and agree what shows it"),
    (60, ActionKind.STRETCH, "Do it in the work of every day, with somebody to look on"),
    (90, ActionKind.COACHING, "Look back together and agree what comes next"),
)


def tell_benches(world: World) -> None:
    """Everything about benches that the list of critical roles does not tell."""
    plans = list(SuccessionPlan.objects.with_bench().order_by("pk"))
    _judge(world, plans)
    _experiences(world, plans)
    _name_somebody_from_outside(world, plans)
    _endorse(world, plans)
    world.rows.flush()
    _begin_ninety_days(world, plans)
    world.rows.flush()
    _look_at_all(world)


def _judge(world: World, plans: list[SuccessionPlan]) -> None:
    """How critical each role is and what makes its vacancy likely; of every ninth nobody has judged it."""
    successors = []
    for number, plan in enumerate(plans):
        luck = world.luck("critical", plan.pk)
        plan.criticality = None if number % 9 == 8 else luck.choice((3, 3, 4, 4, 5))
        plan.critical_because = sorted(luck.sample(CriticalBecause.values, luck.randint(1, 2)))
        plan.vacancy_because = [luck.choice(VacancyBecause.values)] if plan.vacancy_risk == "high" else []
        plan.is_first_rank_vacant = number % 7 == 6 and bool(plan.bench)
        for successor in plan.bench:
            successor.emergency_cover = luck.random() < 0.3
            successor.rank = (successor.rank or 1) + plan.is_first_rank_vacant
            successors.append(successor)
    SuccessionPlan.objects.bulk_update(
        plans, ["criticality", "critical_because", "vacancy_because", "is_first_rank_vacant"], batch_size=500
    )
    Successor.objects.bulk_update(successors, ["emergency_cover", "rank"], batch_size=500)


def _experiences(world: World, plans: list[SuccessionPlan]) -> None:
    kinds = [world.rows.add(Experience(name=name)) for name in EXPERIENCES]
    asked: dict[int, list[Experience]] = {}
    held: dict[tuple[int, int], None] = {}
    for plan in plans:
        job_id = plan.position.job_id
        if job_id is None:
            continue
        if job_id not in asked:
            asked[job_id] = world.luck("asked", job_id).sample(kinds, ASKED_OF_ONE)
            for each in asked[job_id]:
                world.rows.add(RoleExperience(job_id=job_id, experience=each))
        for successor in plan.bench:
            _hold(world, successor, asked[job_id], held)


def _hold(world: World, successor: Successor, asked: list[Experience], held: dict[tuple[int, int], None]) -> None:
    for each in asked:
        luck = world.luck("held", successor.employee_id, each.name)
        key = (successor.employee_id, each.pk)
        if key in held or luck.random() < 0.25:  # a quarter nobody has looked at
            continue
        held[key] = None
        world.rows.add(
            HeldExperience(
                employee_id=successor.employee_id,
                experience=each,
                is_held=luck.random() < 0.5,
                assessed_on=successor.assessed_on,
                assessed_by_id=successor.nominated_by_id,
            )
        )


def _name_somebody_from_outside(world: World, plans: list[SuccessionPlan]) -> None:
    empty = [plan for plan in plans if not plan.bench][:1]
    for plan in empty:
        day = world.calendar.today - days(40)
        world.rows.add(
            ExternalSuccessor(
                plan=plan,
                name="Ines Falk",
                note="Runs the same function at a supplier; our former head recommends her.",
                named_by_id=plan.owner_id,
                named_on=day,
                created_at=at(day, world.luck("outside", plan.pk)),
            )
        )


def _endorse(world: World, plans: list[SuccessionPlan]) -> None:
    """Each bench as it was when somebody last looked."""
    for plan in plans:
        if plan.reviewed_on is None:
            continue
        plan.version += 1
        snapshot = world.rows.add(
            BenchSnapshot(
                plan=plan,
                plan_version=plan.version,
                taken_at=at(plan.reviewed_on, world.luck("endorsed", plan.pk)),
                endorsed_by_id=plan.owner_id,
                incumbent=plan.incumbent,
                content=_content(plan),
            )
        )
        for successor in plan.bench:
            world.rows.add(
                SnapshotSeat(
                    snapshot=snapshot,
                    employee_id=successor.employee_id,
                    readiness=successor.readiness,
                    emergency_cover=successor.emergency_cover,
                    rank=successor.rank,
                    state=SuccessorState.PROPOSED if successor.readiness == "later" else successor.state,
                    assessed_on=successor.assessed_on,
                )
            )
    SuccessionPlan.objects.bulk_update(plans, ["version"], batch_size=500)


def _content(plan: SuccessionPlan) -> dict[str, object]:
    return {
        "reason": plan.reason,
        "criticality": plan.criticality,
        "critical_because": plan.critical_because,
        "vacancy_risk": plan.vacancy_risk,
        "vacancy_because": plan.vacancy_because,
        "is_first_rank_vacant": plan.is_first_rank_vacant,
        "externals": [],
    }


def _begin_ninety_days(world: World, plans: list[SuccessionPlan]) -> None:
    """For the last of the first two benches with somebody to develop."""
    begun = 0
    for plan in plans:
        if begun == 2 or not plan.bench:
            continue
        successor = plan.bench[-1]
        successor.plan = plan
        missing = missing_most(successor)
        if not missing or successor.employee_id in world.cast.ids:
            continue
        begun += 1
        starts_on = world.calendar.today - days(35 * begun)
        ninety = world.rows.add(
            NinetyDayPlan(
                successor=successor,
                owner_id=successor.employee.manager_id,
                starts_on=starts_on,
                opened_by_id=plan.owner_id,
                opened_at=at(starts_on, world.luck("ninety", successor.pk)),
            )
        )
        development = _development_plan(world, successor, ninety)
        for place, each in enumerate(missing):
            item = world.rows.add(
                PlanItem(
                    plan=development,
                    source=f"{ninety.source_stem}{place}",
                    title=each.title,
                    competency_id=each.competency_id,
                    target_level=each.target_level,
                    origin=ItemOrigin.SUCCESSION,
                    purpose=ItemPurpose.NEXT,
                    owner_id=ninety.owner_id,
                    due_on=starts_on + days(90),
                    created_at=ninety.opened_at,
                )
            )
            _steps(world, item, ninety)


def _development_plan(world: World, successor: Successor, ninety: NinetyDayPlan) -> DevelopmentPlan:
    there = DevelopmentPlan.objects.filter(employee=successor.employee_id, state=PlanState.OPEN).first()
    return there or world.rows.add(DevelopmentPlan(employee_id=successor.employee_id, opened_at=ninety.opened_at))


def _steps(world: World, item: PlanItem, ninety: NinetyDayPlan) -> None:
    for day, kind, title in STEPS:
        due_on = ninety.starts_on + days(day)
        done_at = at(due_on, world.luck("step", item.pk, day)) if due_on < world.calendar.today else None
        world.rows.add(
            PlanAction(item=item, kind=kind, title=title, owner_id=ninety.owner_id, due_on=due_on, done_at=done_at)
        )


def _look_at_all(world: World) -> None:
    """A study for the HR leader, of yesterday."""
    user = User.objects.get(username="hrleader")
    benches = together_of(user)
    plans = list(SuccessionPlan.objects.visible_to(user).active().with_bench().order_by("pk"))
    figures = benches.figures() | {"plans": list(benches.plan_ids), "exposed": exposed(plans, user)[:MOST_EXPOSED]}
    asked_at = at(world.calendar.today - days(1), world.luck("study"))
    world.rows.add(BenchStudy(user=user, figures=figures, asked_at=asked_at, computed_at=asked_at))
