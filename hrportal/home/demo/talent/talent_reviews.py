"""Talent reviews in the demo company: one of last year, concluded, and one that is open now around the manager's part."""

import datetime
from collections.abc import Sequence
from random import Random

from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import Employee
from talent.enums import DecisionKind, ReviewTaskState, TalentReviewState, Trajectory
from talent.models import (
    BoxMove,
    BoxPlacement,
    MemberDecision,
    MemberNote,
    ReviewMember,
    ReviewSeat,
    ReviewTask,
    TalentReview,
)
from talent.talent_reviews.boxes import boxes_of, usual_boxes
from talent.talent_reviews.figures import take
from talent.talent_reviews.population import members_to_be

MOVED, DISCUSSED, DECIDED, NOTED = 0.12, 0.5, 0.25, 0.4
LAST_YEAR = days(350)
WHY = [
    "Two launches carried by this person alone; the rating of a short year does not show it.",
    "New in the task since spring: too early to read anything into the results.",
    "Three managers who worked with them say the same; examples in the notes.",
    "The project was stopped through no fault of theirs.",
]
NOTES = [
    "Took over the on-call rota in a bad month and left it calmer than it was. I would give them a larger task.",
    "Very good where the work is known; avoids what is new. I have offered two chances.",
    "Asks for more every month and finishes it. Wants to lead.",
    "Solid. Content where they are, and we should say that this is good.",
]
DECISIONS = [
    (DecisionKind.TRAJECTORY, Trajectory.UP, "A larger role", "Talk about the next role and what it asks"),
    (DecisionKind.TRAJECTORY, Trajectory.ACROSS, "Another field at the same level", "Find a rotation of six months"),
    (DecisionKind.DEVELOPMENT, "", "Lead a project across sites", "Agree the project and somebody to look on"),
    (DecisionKind.RETENTION, "", "A next step with a date", "Hold a stay interview and write down what was agreed"),
    (DecisionKind.HIGH_POTENTIAL, "", "Nominate for the next round of future leaders", "Write the nomination"),
    (DecisionKind.SUCCESSION, "", "Prepare for the bench of the department head", "Assess the gaps to the role"),
]
REASONS = [
    "Results of three years, and two raters who saw the same.",
    "Said so themselves in the last talk, and the unit needs it within the year.",
    "Nobody else could take this over tomorrow.",
]


def tell_talent_reviews(world: World) -> None:
    """The one of last year first."""
    today = world.calendar.today
    for held_on in (today - LAST_YEAR, today):
        _meeting(world, held_on, is_over=held_on < today)


def _meeting(world: World, held_on: datetime.date, *, is_over: bool) -> None:
    luck, unit = world.luck("talent review", is_over), world.talked_about
    opened_at = at(held_on - days(1), luck)
    review = TalentReview(
        name=f"{unit.name} {held_on.year}",
        org_unit=unit,
        owner_id=world.cast["hrleader"].pk,
        facilitator_id=world.partner_of(unit.path),
        held_on=held_on,
        prepare_until=held_on - days(2),
        boxes=usual_boxes(),
        state=TalentReviewState.CONCLUDED if is_over else TalentReviewState.OPEN,
        version=6,
        prepared_at=opened_at - days(14),
        opened_at=opened_at,
        concluded_at=opened_at + days(1) if is_over else None,
        concluded_by_id=world.partner_of(unit.path) if is_over else None,
        created_at=opened_at - days(20),
    )
    world.rows.add(review)
    people = list(members_to_be(review).exclude(pk__in=_leads(world, review)).order_by("pk"))
    members = _members(world, review, people, held_on)
    world.rows.flush()
    seats = _seats(world, review, people)
    for member in members:
        _talk(world, review, member, is_over=is_over)
    _notes(world, review, members, seats)


def _leads(world: World, review: TalentReview) -> list[int]:
    """Who leads the meeting and looks after it is not talked about in it."""
    return [pk for pk in (review.owner_id, review.facilitator_id) if pk]


def _members(
    world: World, review: TalentReview, people: Sequence[Employee], held_on: datetime.date
) -> list[ReviewMember]:
    """The people with the figures there are; those of last year lay a little elsewhere."""
    members = [
        ReviewMember(
            review=review,
            employee=person,
            job_id=person.job_id,
            org_unit_id=person.org_unit_id,
            manager_id=person.manager_id,
        )
        for person in people
    ]
    take(members, review, world.calendar.today)
    for member in members:
        member.figures_on = held_on
        if held_on < world.calendar.today:
            member.performance_on = member.performance_on and member.performance_on - LAST_YEAR
            member.potential_on = member.potential_on and member.potential_on - LAST_YEAR
        member.box = member.figures_box
        world.rows.add(member)
    return members


def _seats(world: World, review: TalentReview, people: Sequence[Employee]) -> set[int]:
    """The managers of these people sit at the table."""
    managers = {person.manager_id for person in people if person.manager_id}
    for manager in sorted(managers):
        world.rows.add(ReviewSeat(review=review, employee_id=manager))
    return managers


def _talk(world: World, review: TalentReview, member: ReviewMember, *, is_over: bool) -> None:
    """Some were talked about, some of these moved, about some something was decided."""
    luck = world.luck("talked about", review.held_on, member.employee_id)
    member.is_discussed = is_over or luck.random() < DISCUSSED
    if member.is_discussed and (member.box is None or luck.random() < MOVED):
        _move(review, member, luck, world)
    if member.is_discussed and luck.random() < DECIDED:
        _decide(review, member, luck, world, is_over=is_over)
    if is_over and member.box:
        _place(review, member, member.box, world)
    ReviewMember.objects.filter(pk=member.pk).update(
        box=member.box, rationale=member.rationale, is_discussed=member.is_discussed, version=member.version
    )


def _move(review: TalentReview, member: ReviewMember, luck: Random, world: World) -> None:
    old, why = member.box, luck.choice(WHY)
    member.box = luck.choice([box for box in (2, 5, 6, 8) if box != old])
    member.rationale, member.version = why, member.version + 1
    moved_at = at(review.opened_at.date() + days(1), luck) if review.opened_at else None
    world.rows.add(
        BoxMove(
            member=member,
            from_box=old,
            to_box=member.box,
            rationale=why,
            moved_by_id=review.facilitator_id,
            moved_at=moved_at or review.created_at,
        )
    )


def _decide(review: TalentReview, member: ReviewMember, luck: Random, world: World, *, is_over: bool) -> None:
    kind, trajectory, what, task = luck.choice(DECISIONS)
    decided_at = at(review.opened_at.date() + days(1), luck) if review.opened_at else review.created_at
    decision = world.rows.add(
        MemberDecision(
            member=member,
            kind=kind,
            trajectory=trajectory,
            what=what,
            reason=luck.choice(REASONS),
            decided_by_id=review.facilitator_id,
            decided_at=decided_at,
        )
    )
    is_done = is_over and luck.random() < 0.7
    world.rows.add(
        ReviewTask(
            decision=decision,
            title=task,
            owner_id=member.manager_id or review.facilitator_id or world.cast["hrleader"].pk,
            due_on=decided_at.date() + days(luck.randint(14, 60)),
            state=ReviewTaskState.DONE if is_done else ReviewTaskState.OPEN,
            note="Done, and agreed in the one-to-one." if is_done else "",
            ended_at=decided_at + days(luck.randint(10, 50)) if is_done else None,
            ended_by_id=member.manager_id if is_done else None,
            created_at=decided_at,
        )
    )


def _place(review: TalentReview, member: ReviewMember, box: int, world: World) -> None:
    world.rows.add(
        BoxPlacement(
            member=member,
            box=box,
            label=boxes_of(review)[box].label,
            figures_box=member.figures_box,
            rationale=member.rationale,
            decided_by_id=review.facilitator_id,
            decided_at=review.concluded_at or review.created_at,
        )
    )


def _notes(world: World, review: TalentReview, members: Sequence[ReviewMember], seats: set[int]) -> None:
    """What managers wrote before the meeting."""
    for member in members:
        luck = world.luck("note", review.held_on, member.employee_id)
        if member.manager_id in seats and luck.random() < NOTED and review.prepared_at:
            box = luck.choice([None, 5, 6, 8])
            written = {"note": luck.choice(NOTES), "box": box, "written_at": review.prepared_at + days(3)}
            world.rows.add(MemberNote(member=member, employee_id=member.manager_id, **written))
