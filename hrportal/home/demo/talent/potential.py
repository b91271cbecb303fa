"""Potential in the demo company: a round that is over, one the manager writes in now, pools with an audit, and what people want."""

import datetime
from dataclasses import asdict
from random import Random

from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import Employee, Job
from talent.actions.pools import audit_lines, evidence_of, months_later
from talent.enums import (
    AssessmentState,
    LeadershipWish,
    PoolKind,
    PoolMemberState,
    PotentialRoundState,
    RaterKind,
    RaterState,
    RelocationWish,
    TravelWish,
    WishTiming,
)
from talent.models import (
    Aspiration,
    GroupAudit,
    PoolAttendance,
    PoolMember,
    PoolStep,
    PotentialAssessment,
    PotentialForm,
    PotentialRound,
    TalentPool,
)
from talent.potential import questionnaire
from talent.potential.questionnaire import SECTIONS, answers_of
from talent.scores.potential import potential_level

ASSESSED, MOST_ASSESSED = 0.08, 600
ASSESSED_AT_A_TABLE = 0.9
WISHING, MOST_WISHING = 0.15, 1500
OUT_OF_DATE, DOUBTED, ALONE = 0.15, 0.15, 0.1
POOLED = 3.8
SEEN = [
    "Took over the failing supplier project, asked everybody what had gone wrong, and changed the plan within a week.",
    "Explained the new tariff model to three teams who were against it; all three use it now.",
    "Handed the monthly report to a younger colleague and sat beside her twice instead of doing it again.",
    "When the release slipped, said so early and brought two ways out with their price.",
    "Asked for the job nobody wanted in the merger and made it the reference for the others.",
]
WISHES = [
    "Lead a team of specialists, ideally one that is being built.",
    "Stay close to customers, but with more responsibility for what we offer them.",
    "Work abroad for two or three years, then come back.",
    "Become the person others ask about data in the group.",
]
POOLS = [
    (
        "Future leaders",
        PoolKind.HIGH_POTENTIAL,
        "People who could lead a department within three years.",
        "Potential of at least two raters, above the middle in all three dimensions; two situations that show it; and they want it.",
    ),
    (
        "Data and platform",
        PoolKind.CRITICAL_SKILL,
        "People whose knowledge of our platform we could not buy for a year.",
        "Named by two teams that depend on them, and willing to teach.",
    ),
    (
        "First steps",
        PoolKind.EARLY_CAREER,
        "People in their first three years here who learn unusually fast.",
        "Learning agility seen by two raters; a task finished that was above their job.",
    ),
]
STEPS = ["Kick-off with the board", "Project across units", "Shadow a leader for a week", "Review with a mentor"]


def tell_potential(world: World) -> None:
    """Everything of it, in the order in which one leads to the other."""
    levels = _past_round(world)
    _round_under_way(world)
    world.rows.flush()
    _pools(world, levels)
    _aspirations(world)


def _past_round(world: World) -> dict[int, float]:
    """The round of the spring; the level of everybody who got one."""
    today = world.calendar.today
    round_ = _round(world, "Potential, last round", today - days(75), PotentialRoundState.CLOSED)
    aside = {world.cast["hrleader"].pk, *world.cast.partners.values()}
    people = Employee.objects.employed().filter(manager__isnull=False, manager__manager__isnull=False)
    drawn = [
        pk for pk in people.order_by("pk").values_list("pk", flat=True) if _is_drawn(world, pk) and pk not in aside
    ]
    levels: dict[int, float] = {}
    drawn.sort(key=lambda pk: (pk not in world.people_talked_about, pk))
    for person in Employee.objects.filter(pk__in=drawn[:MOST_ASSESSED]).order_by("pk"):
        level = _assess(world, person, round_)
        if level is not None:
            levels[person.pk] = level
    return levels


def _is_drawn(world: World, pk: int) -> bool:
    luck = world.luck("potential", pk).random()
    return pk in world.in_focus or luck < (ASSESSED_AT_A_TABLE if pk in world.people_talked_about else ASSESSED)


def _round(world: World, name: str, as_of: datetime.date, state: PotentialRoundState) -> PotentialRound:
    luck, is_closed = world.luck("potential round", name), state == PotentialRoundState.CLOSED
    return world.rows.add(
        PotentialRound(
            name=name,
            as_of=as_of,
            due_on=as_of + days(21),
            scope={"second": "skip_level"},
            state=state,
            launched_by_id=world.cast["hrleader"].pk,
            launched_at=at(as_of, luck),
            closed_at=at(as_of + days(28), luck) if is_closed else None,
        )
    )


def _assess(world: World, person: Employee, round_: PotentialRound) -> float | None:
    """A closed assessment with its forms. Some were made long ago and never again; some have one rater alone."""
    luck = world.luck("potential of", person.pk)
    is_old = luck.random() < OUT_OF_DATE and person.pk not in world.in_focus
    as_of = round_.as_of - days(200) if is_old else round_.as_of
    raters = person.manager_ids[::-1][: 1 if luck.random() < ALONE else 2]
    promise = 3.2 + 0.45 * world.ability(person.pk) + luck.gauss(0, 0.55)
    doubt = luck.uniform(1.2, 1.9) if luck.random() < DOUBTED else 0.0
    assessment = PotentialAssessment(
        employee_id=person.pk,
        round_id=None if is_old else round_.pk,
        as_of=as_of,
        due_on=as_of + days(21),
        state=AssessmentState.CLOSED,
        questionnaire=questionnaire.CURRENT,
        opened_by_id=world.cast["hrleader"].pk,
        opened_at=at(as_of, luck),
        closed_at=at(as_of + days(28), luck),
    )
    world.rows.add(assessment)
    forms = [_form(world, assessment, rater, promise - doubt * place, luck) for place, rater in enumerate(raters)]
    level = potential_level([answers_of(form.answers) for form in forms])
    assessment.raters = len(forms)
    if level:
        assessment.level, assessment.low, assessment.high = level.value, level.low, level.high
    return level.value if level else None


def _form(world: World, assessment: PotentialAssessment, rater: int, promise: float, luck: Random) -> PotentialForm:
    submitted_at = at(assessment.as_of + days(luck.randint(2, 20)), luck)
    return world.rows.add(
        PotentialForm(
            assessment_id=assessment.pk,
            rater_id=rater,
            kind=RaterKind.MANAGER,
            state=RaterState.SUBMITTED,
            answers=_answers(promise, luck),
            evidence={section.dimension.value: luck.choice(SEEN) for section in SECTIONS[:2]},
            version=3,
            asked_by_id=assessment.opened_by_id,
            asked_at=assessment.opened_at,
            saved_at=submitted_at,
            submitted_at=submitted_at,
        )
    )


def _answers(promise: float, luck: Random) -> dict[str, int | None]:
    answers: dict[str, int | None] = {}
    for section in SECTIONS:
        place = promise + luck.gauss(0, 0.35)
        for number, behaviour in enumerate(section.behaviours):
            unseen = number == len(section.behaviours) - 1 and luck.random() < 0.15
            answers[behaviour.key] = None if unseen else max(1, min(5, round(place + luck.gauss(0, 0.5))))
    return answers


def _round_under_way(world: World) -> None:
    """The manager is asked about the team now: one form begun, the others empty; their own manager has submitted one."""
    today, manager = world.calendar.today, world.cast["manager"]
    round_ = _round(world, "Potential, this round", today - days(12), PotentialRoundState.OPEN)
    luck = world.luck("potential under way")
    team = Employee.objects.employed().filter(manager=manager).order_by("pk")
    for number, person in enumerate(team):
        assessment = PotentialAssessment(
            employee_id=person.pk,
            round_id=round_.pk,
            as_of=round_.as_of,
            due_on=round_.due_on,
            questionnaire=questionnaire.CURRENT,
            opened_by_id=round_.launched_by_id,
            opened_at=round_.launched_at,
        )
        world.rows.add(assessment)
        begun = _answers(3.6, luck) if number == 0 else {}
        kept = {key: begun[key] for key in list(begun)[:9]}
        world.rows.add(
            PotentialForm(
                assessment_id=assessment.pk,
                rater_id=manager.pk,
                kind=RaterKind.MANAGER,
                answers=kept,
                evidence={SECTIONS[0].dimension.value: SEEN[0]} if kept else {},
                version=2 if kept else 1,
                asked_by_id=round_.launched_by_id,
                asked_at=round_.launched_at,
                saved_at=at(today - days(1), luck) if kept else None,
            )
        )
        if manager.manager_id and number == 1:
            form = _form(world, assessment, manager.manager_id, 3.8, luck)
            form.submitted_at = form.saved_at = at(today - days(3), luck)
            assessment.raters = 1


def _pools(world: World, levels: dict[int, float]) -> None:
    """Members of the last years, one whose time is nearly up, nominations to decide, and an audit."""
    today, leader = world.calendar.today, world.cast["hrleader"].pk
    best = [pk for pk, _level in sorted(levels.items(), key=lambda row: (-row[1], row[0])) if levels[pk] >= POOLED]
    shares = (best[::2], best[1::4], best[3::4])
    for (name, kind, definition, criteria), people in zip(POOLS, shares, strict=True):
        pool = world.rows.add(
            TalentPool(
                name=name,
                kind=kind,
                definition=definition,
                criteria=criteria,
                owner_id=world.cast["hrbp"].pk if kind == PoolKind.CRITICAL_SKILL else leader,
                validity_months=12,
                created_at=at(today - days(700), world.luck("pool", name)),
            )
        )
        steps = [
            world.rows.add(PoolStep(pool_id=pool.pk, title=title, held_on=today - days(40 - 30 * number)))
            for number, title in enumerate(STEPS)
        ]
        world.rows.flush()
        found = Employee.objects.filter(pk__in=people[:24]).select_related("org_unit").order_by("pk")
        for number, person in enumerate(found):
            _member(world, pool, person, number, steps)
        world.rows.flush()
        _audit(world, pool)


def _member(world: World, pool: TalentPool, person: Employee, number: int, steps: list[PoolStep]) -> None:
    """The first two wait, one has ended; the rest are members, each since another day."""
    luck, today, leader = world.luck("member", pool.pk, person.pk), world.calendar.today, world.cast["hrleader"].pk
    waits = {0: PoolMemberState.NOMINATED, 1: PoolMemberState.APPROVED, 2: PoolMemberState.LEFT}
    state = waits.get(number, PoolMemberState.MEMBER)
    since = today - days(10 if number < 2 else 350 if number == 3 else luck.randint(40, 300))
    member = PoolMember(
        pool_id=pool.pk,
        employee_id=person.pk,
        state=state,
        rationale=luck.choice(SEEN),
        evidence=evidence_of(person, since),
        nominated_by_id=world.partner_of(person.org_unit.path if person.org_unit else ""),
        nominated_at=at(since - days(20), luck),
    )
    if state != PoolMemberState.NOMINATED:
        member.decided_by_id, member.decided_at = leader, at(since - days(5), luck)
        member.decision_reason = "Two situations, both told by people who do not report to them."
    if state in (PoolMemberState.MEMBER, PoolMemberState.LEFT):
        member.member_since, member.expires_on = since, months_later(since, pool.validity_months)
    if state == PoolMemberState.LEFT:
        member.ended_at, member.ended_by_id = at(today - days(15), luck), leader
        member.ended_reason = "Moves to part-time for two years and will be looked at again then."
    world.rows.add(member)
    for step in steps:
        if state == PoolMemberState.MEMBER and step.held_on < today:
            world.rows.add(PoolAttendance(step_id=step.pk, member_id=member.pk, took_part=luck.random() < 0.85))


def _audit(world: World, pool: TalentPool) -> None:
    """The audit of the last publication, as it would be of today's members; one is answered, others may wait."""
    today, luck = world.calendar.today, world.luck("audit", pool.pk)
    lines, population, chosen = audit_lines(pool, today)
    made_at = at(today - days(40), luck)
    audit = GroupAudit(
        pool_id=pool.pk,
        population=population,
        chosen=chosen,
        lines=[asdict(line) for line in lines],
        asks_why=any(line.asks_why for line in lines),
        made_by_id=world.cast["hrleader"].pk,
        made_at=made_at,
    )
    if audit.asks_why and pool.kind != PoolKind.HIGH_POTENTIAL:
        audit.answer = (
            "Nominations came from two sites only. The partners of the others are asked to look before the next round."
        )
        audit.answered_by_id, audit.answered_at = audit.made_by_id, made_at + days(3)
    world.rows.add(audit)


def _aspirations(world: World) -> None:
    """A share of the company said what they want; some have said something else since."""
    today = world.calendar.today
    jobs = list(Job.objects.order_by("pk"))
    ids = Employee.objects.employed().order_by("pk").values_list("pk", flat=True)
    drawn = [pk for pk in ids if pk in world.in_focus or world.luck("wish", pk).random() < WISHING]
    chosen: list[tuple[Aspiration, Job]] = []
    for pk in drawn[:MOST_WISHING]:
        luck = world.luck("wish of", pk)
        said_on = today - days(luck.randint(5, 300))
        if luck.random() < 0.3:
            world.rows.add(_wish(pk, luck, said_on - days(200), said_on))
        chosen.append((world.rows.add(_wish(pk, luck, said_on, None)), luck.choice(jobs)))
    world.rows.flush()
    through = Aspiration.jobs.through
    through.objects.bulk_create((through(aspiration_id=row.pk, job_id=job.pk) for row, job in chosen), batch_size=1000)


def _wish(pk: int, luck: Random, since: datetime.date, until: datetime.date | None) -> Aspiration:
    return Aspiration(
        employee_id=pk,
        wishes=luck.choice(WISHES),
        leading=luck.choice(LeadershipWish.values),
        relocation=luck.choice(RelocationWish.values),
        travel=luck.choice(TravelWish.values),
        timing=luck.choice(WishTiming.values),
        is_shared=luck.random() < 0.6,
        valid_from=since,
        valid_to=until,
        recorded_at=at(since, luck),
    )
