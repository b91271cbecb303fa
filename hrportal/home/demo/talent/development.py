"""Development of the demo company: a learning catalogue, who takes part, how plans go on, and mentoring."""

from collections.abc import Iterable

from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import Competency, Employee
from talent.enums import EnrolmentState, ItemState, LearningKind, MentoringState, PlanState, Proof
from talent.mentoring.matching import Pair, pairs_for_all, wishes_with_skills, with_skills
from talent.models import (
    Enrolment,
    LearningItem,
    Mentoring,
    MentoringGoal,
    MentoringMeeting,
    MentoringWish,
    MentorOffer,
    MentorSuggestion,
    OfferedSkill,
    PlanAction,
    PlanCheckIn,
    PlanItem,
    WishedSkill,
)

MOST_ITEMS, MOST_OFFERS, MOST_WISHES, RUNNING = 400, 60, 40, 8
# Title, kind, level, proof, hours, cost.
CATALOGUE = [
    ("{name}: the foundations", LearningKind.COURSE, 2, Proof.NONE, 6, None),
    ("{name} in practice", LearningKind.WORKSHOP, 3, Proof.NONE, 16, 480),
    ("{name}: examination", LearningKind.CERTIFICATION, 4, Proof.CERTIFICATE, 30, 950),
    ("{name}: circle of colleagues", LearningKind.CIRCLE, 4, Proof.NONE, 12, None),
]
PROVIDERS = ("Open Academy", "Institute for Practice", "In house")
NOTES = (
    "First talk held; the second one is planned with a colleague who watches.",
    "The course is half done. Next: try it in the project meeting.",
    "Harder than expected. We agreed on a smaller first step.",
    "Wrote the guide together with the team; they use it now.",
)


def tell_development(world: World) -> None:
    """A catalogue, what some people do about their plans, and mentoring."""
    catalogue = _catalogue(world)
    world.rows.flush()
    _plans(world, catalogue)
    _offers_and_wishes(world)
    world.rows.flush()
    _mentoring(world)


def _catalogue(world: World) -> dict[int, list[LearningItem]]:
    """Four entries for each competency of the library."""
    catalogue: dict[int, list[LearningItem]] = {}
    for competency in Competency.objects.filter(is_active=True).order_by("pk"):
        luck = world.luck("learning", competency.pk)
        catalogue[competency.pk] = [
            world.rows.add(
                LearningItem(
                    title=title.format(name=competency.name),
                    provider=luck.choice(PROVIDERS),
                    kind=kind,
                    competency=competency,
                    level=level,
                    proof=proof,
                    hours=hours,
                    cost=cost,
                    currency="EUR" if cost else "",
                    external_key=f"catalogue-{competency.pk}-{place}",
                    created_at=at(world.calendar.round(1).starts_on, luck),
                    updated_at=at(world.calendar.round(1).starts_on, luck),
                )
            )
            for place, (title, kind, level, proof, hours, cost) in enumerate(CATALOGUE)
        ]
    return catalogue


def _plans(world: World, catalogue: dict[int, list[LearningItem]]) -> None:
    """Check-ins and enrolments for open items of people whose story is told."""
    items = PlanItem.objects.filter(state=ItemState.OPEN, plan__state=PlanState.OPEN, shared_at__isnull=False)
    chosen = [item for item in items.select_related("plan").order_by("pk") if world.is_told(item.plan.employee_id)]
    focus = [item for item in chosen if item.plan.employee_id in world.in_focus]
    for item in dict.fromkeys([*focus, *chosen[:MOST_ITEMS]]):
        _go_on(world, item, catalogue.get(item.competency_id or 0, []))


def _go_on(world: World, item: PlanItem, entries: list[LearningItem]) -> None:
    luck, yesterday = world.luck("goes on", item.pk), world.calendar.yesterday
    person = item.plan.employee_id
    for back, progress in ((40, 20), (9, 50))[: luck.choice((1, 2, 2))]:
        on = max(yesterday - days(back), item.created_at.date())
        note = luck.choice(NOTES)
        world.rows.add(
            PlanCheckIn(item=item, by_id=person, on=on, progress=progress, note=note, created_at=at(on, luck))
        )
    if entries:
        _enrol(world, item, luck.choice(entries[:3]))


def _enrol(world: World, item: PlanItem, entry: LearningItem) -> None:
    luck, yesterday = world.luck("enrols", item.pk), world.calendar.yesterday
    action = world.rows.add(
        PlanAction(
            item=item, title=entry.title, owner_id=item.owner_id, due_on=yesterday + days(60), learning_item=entry
        )
    )
    state = luck.choice((EnrolmentState.REQUESTED, EnrolmentState.ENROLLED, EnrolmentState.COMPLETED))
    if not entry.cost and state == EnrolmentState.REQUESTED:
        state = EnrolmentState.ENROLLED
    is_done = state == EnrolmentState.COMPLETED
    asked = at(yesterday - days(luck.randint(12, 30)), luck)
    enrolment = Enrolment(learning_item=entry, employee_id=item.plan.employee_id, action=action, state=state)
    enrolment.requested_at = enrolment.updated_at = asked
    enrolment.decided_at = None if state == EnrolmentState.REQUESTED else asked
    if is_done:
        enrolment.completed_on, enrolment.evidence = (
            yesterday - days(3),
            "Confirmation of attendance, in the folder of the team.",
        )
        action.done_at, action.evidence = at(yesterday - days(3), luck), enrolment.evidence
    world.rows.add(enrolment)


def _offers_and_wishes(world: World) -> None:
    """Experienced people offer what they know, others wish for it; the manager of the six offers, the employee wishes."""
    competencies = list(Competency.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))
    people = Employee.objects.employed().order_by("pk")
    senior = list(people.filter(job__level__gte=4)[: MOST_OFFERS * 40 : 40])
    junior = list(people.filter(job__level__lte=3)[: MOST_WISHES * 60 : 60])
    for mentor in _once([world.cast["manager"], *senior]):
        luck = world.luck("offers", mentor.pk)
        offer = MentorOffer(
            mentor=mentor, capacity=luck.choice((1, 2, 3)), note="An hour every two weeks, wherever you work."
        )
        offer.updated_at = at(world.calendar.yesterday - days(30), luck)
        world.rows.add(offer)
        for competency in luck.sample(competencies, 4):
            world.rows.add(OfferedSkill(offer=offer, competency_id=competency, level=luck.choice((4, 4, 5))))
    taught = {mentor.pk for mentor in [world.cast["manager"], *senior]}
    for mentee in _once([world.cast["employee"], *(one for one in junior if one.pk not in taught)]):
        luck = world.luck("wishes", mentee.pk)
        wish = MentoringWish(mentee=mentee, goal="See how somebody else goes about it, and try it here.")
        wish.updated_at = at(world.calendar.yesterday - days(20), luck)
        world.rows.add(wish)
        for competency in luck.sample(competencies, 3):
            world.rows.add(WishedSkill(wish=wish, competency_id=competency, level=luck.choice((2, 2, 3))))


def _once(people: Iterable[Employee]) -> list[Employee]:
    return list({one.pk: one for one in people}.values())


def _mentoring(world: World) -> None:
    """Pairs as matching finds them: some meet, one has ended, one waits for a yes; the rest HR may propose."""
    wishes = list(wishes_with_skills(MentoringWish.objects.waiting()))
    pairs = pairs_for_all(wishes, list(with_skills(MentorOffer.objects.open())))
    pairs.sort(key=lambda pair: (pair.wish.mentee_id != world.cast["employee"].pk, *pair.order))
    for place, pair in enumerate(pairs):
        if 0 < place <= RUNNING:
            _meet(world, pair, place)
        else:
            _suggest(world, pair)


def _suggest(world: World, pair: Pair) -> None:
    world.rows.add(
        MentorSuggestion(
            mentee_id=pair.wish.mentee_id,
            mentor_id=pair.offer.mentor_id,
            score=pair.match.score,
            parts=pair.match.stored,
            computed_at=at(world.calendar.yesterday, world.luck("matched")),
        )
    )


def _meet(world: World, pair: Pair, place: int) -> None:
    luck, yesterday = world.luck("meets", pair.wish.pk), world.calendar.yesterday
    asked, begun = at(yesterday - days(80), luck), at(yesterday - days(70), luck)
    mentoring = Mentoring(
        mentor_id=pair.offer.mentor_id,
        mentee_id=pair.wish.mentee_id,
        goal=pair.wish.goal,
        score=pair.match.score,
        parts=pair.match.stored,
        proposed_by_id=world.cast["hrleader"].pk,
        proposed_at=asked,
        updated_at=begun,
    )
    if place > 1:
        mentoring.state, mentoring.started_at = MentoringState.ACTIVE, begun
        mentoring.mentor_said_yes_at = mentoring.mentee_said_yes_at = begun
    if place == RUNNING:
        mentoring.state, mentoring.ended_at = MentoringState.ENDED, at(yesterday - days(4), luck)
        mentoring.mentee_reflection = "I ask earlier now, and plan the talk before I hold it."
    world.rows.add(mentoring)
    if place > 1:
        world.rows.add(MentoringGoal(mentoring=mentoring, title="Lead one meeting alone", due_on=yesterday + days(30)))
        world.rows.add(
            MentoringMeeting(
                mentoring=mentoring,
                held_on=yesterday - days(21),
                note="What went well last week, and what to try next.",
                noted_by_id=pair.wish.mentee_id,
            )
        )
