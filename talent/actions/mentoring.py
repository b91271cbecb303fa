"""What happens to mentoring. Who may do it is in rules; from where, each function says."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Competency, Employee
from talent import events
from talent.actions.common import said
from talent.actions.development import ItemSeed, PlanOpening, open_development_plans
from talent.actions.profiles import lock_profiles
from talent.development.levels import shared_level
from talent.enums import ActionKind, ItemOrigin, ItemState, MentoringState
from talent.mentoring.matching import Pair, pair_of, wishes_with_skills, with_skills
from talent.models import (
    Mentoring,
    MentoringGoal,
    MentoringMeeting,
    MentoringWish,
    MentorOffer,
    OfferedSkill,
    PlanAction,
    PlanItem,
    WishedSkill,
)
from talent.notices import mentoring as notices
from talent.scores.mentoring import Match

JOB = "talent.match_mentors"
MOST_SKILLS = 10


@transaction.atomic
def offer_mentoring(
    employee: Employee,
    *,
    by: Actor | None,
    skills: Mapping[int, int],
    note: str = "",
    capacity: int = 2,
    is_active: bool = True,
) -> MentorOffer:
    """Say what one would teach (levels by competency), to how many, or that one is not available now. A level above the
    one that was found and told to the mentor is refused; where none was found, the mentor's word counts."""
    lock_profiles([employee.pk])
    _refuse_odd(skills, employee, is_offer=True)
    offer = MentorOffer.objects.filter(mentor=employee).first() or MentorOffer(mentor=employee)
    offer.note, offer.capacity, offer.is_active = note.strip(), capacity, is_active
    checked(offer).save()
    offer.skills.all().delete()
    OfferedSkill.objects.bulk_create(OfferedSkill(offer=offer, competency_id=pk, level=lv) for pk, lv in skills.items())
    events.mentoring_offered(offer, by=by)
    return offer


@transaction.atomic
def wish_mentoring(
    employee: Employee, *, by: Actor | None, skills: Mapping[int, int], goal: str, is_active: bool = True
) -> MentoringWish:
    """Say what one wishes to learn from somebody (the level one has now, by competency), or that one no longer looks."""
    lock_profiles([employee.pk])
    _refuse_odd(skills, employee, is_offer=False)
    wish = MentoringWish.objects.filter(mentee=employee).first() or MentoringWish(mentee=employee)
    wish.goal, wish.is_active = goal.strip(), is_active
    checked(wish).save()
    wish.skills.all().delete()
    WishedSkill.objects.bulk_create(WishedSkill(wish=wish, competency_id=pk, level=lv) for pk, lv in skills.items())
    events.mentoring_wished(wish, by=by)
    return wish


def _refuse_odd(skills: Mapping[int, int], employee: Employee, *, is_offer: bool) -> None:
    if not 1 <= len(skills) <= MOST_SKILLS:
        raise ActionError(_("Choose from one to %d competencies.") % MOST_SKILLS, field="skills")
    known = dict(Competency.objects.filter(pk__in=skills, is_active=True).values_list("pk", "name"))
    if len(known) < len(skills):
        raise ActionError(_("Choose competencies of the library."), field="skills")
    for competency, level in skills.items() if is_offer else ():
        found = shared_level(employee.pk, competency)
        if found is not None and level > found:
            words = _("%(name)s: the level found in you is %(level)d; offer no more than that.")
            raise ActionError(words % {"name": known[competency], "level": found}, field="skills")


def start_matching_mentors(*, by: Actor | None) -> Job:
    """Have pairs worked out for everybody who waits, in the background; they replace those there are."""
    return start_job(JOB, _("Matching mentors"), by=by, result_url=reverse("talent:mentor_matches"))


@transaction.atomic
def propose_mentoring(mentee: Employee, mentor: Employee, *, by: Actor | None, goal: str = "") -> Mentoring:
    """Propose two who fit by what they offer and wish: the mentee, or HR for them. Who proposes for themselves has said
    yes. Raises ActionError when they do not fit or the mentor has no room."""
    lock_profiles([mentee.pk, mentor.pk])
    pair = _fitting(mentee, mentor)
    author = acting_id(by)
    mentoring = Mentoring(
        mentor=mentor,
        mentee=mentee,
        goal=goal.strip() or pair.wish.goal,
        score=pair.match.score,
        parts=pair.match.stored,
        proposed_by_id=author,
        mentee_said_yes_at=timezone.now() if author == mentee.pk else None,
    )
    checked(mentoring).save()
    events.mentoring_proposed(mentoring, by=by)
    notices.tell_proposed(mentoring, by_id=author)
    return mentoring


def _fitting(mentee: Employee, mentor: Employee) -> Pair:
    wish = wishes_with_skills(MentoringWish.objects.filter(is_active=True, mentee=mentee)).first()
    if wish is None:
        raise ActionError(_("This person does not look for a mentor."), field="mentee")
    offer = with_skills(MentorOffer.objects.open().filter(mentor=mentor)).first()
    if offer is None:
        raise ActionError(_("This mentor has no room now."), field="mentor")
    pair = pair_of(wish, offer)
    if pair is None:
        raise ActionError(_("These two do not fit: nothing to teach, or one stands above the other."), field="mentor")
    return pair


@transaction.atomic
def accept_mentoring(mentoring: Mentoring, *, by: Actor | None) -> Mentoring:
    """One of the two says yes; with the second yes it begins, and stands in the mentee's plan."""
    mentoring = _lock(mentoring, MentoringState.PROPOSED)
    side = _side(mentoring, by)
    if getattr(mentoring, f"{side}_said_yes_at"):
        raise ActionError(_("You have said yes already."))
    setattr(mentoring, f"{side}_said_yes_at", timezone.now())
    mentoring.save(update_fields=[f"{side}_said_yes_at", "updated_at"])
    events.mentoring_accepted(mentoring, by=by)
    if mentoring.mentor_said_yes_at and mentoring.mentee_said_yes_at:
        _begin(mentoring, by=by)
    return mentoring


def _begin(mentoring: Mentoring, *, by: Actor | None) -> None:
    mentoring.state, mentoring.started_at = MentoringState.ACTIVE, timezone.now()
    mentoring.save(update_fields=["state", "started_at", "updated_at"])
    events.mentoring_begun(mentoring, by=by)
    notices.tell_begun(mentoring, by_id=acting_id(by))
    _enter_into_plan(mentoring, by=by)


def _enter_into_plan(mentoring: Mentoring, *, by: Actor | None) -> None:
    """An item for each competency the mentor is ahead in, unless an open one builds it already, and the mentoring as its
    action."""
    taught = [lead for lead in Match.of(mentoring.parts).leads if lead.levels]
    planned = _open_items(mentoring.mentee_id)
    names = dict(Competency.objects.filter(pk__in=[lead.competency_id for lead in taught]).values_list("pk", "name"))
    seeds = tuple(
        ItemSeed(
            source=f"talent.mentoring:{mentoring.pk}:{lead.competency_id}",
            title=names[lead.competency_id],
            why=_("Mentoring with %s") % mentoring.mentor.name,
            competency_id=lead.competency_id,
            from_level=lead.mentee,
            target_level=min(lead.mentee + 1, lead.mentor or lead.mentee),
            origin=ItemOrigin.MENTORING,
            shared_at=timezone.now(),
        )
        for lead in taught
        if lead.competency_id not in planned
    )
    open_development_plans([PlanOpening(mentoring.mentee_id, seeds)], by=by)
    items = _open_items(mentoring.mentee_id)
    actions = [
        PlanAction(
            item=items[lead.competency_id],
            kind=ActionKind.MENTORING,
            title=_("Mentoring with %s") % mentoring.mentor.name,
            owner_id=mentoring.mentee_id,
            source=f"talent.mentoring:{mentoring.pk}:{lead.competency_id}",
        )
        for lead in taught
        if lead.competency_id in items
    ]
    for action in PlanAction.objects.bulk_create(actions):
        events.plan_action_added(action, by=by)


def _open_items(employee_id: int) -> dict[int | None, PlanItem]:
    """The open items that the person sees, by competency."""
    found = PlanItem.objects.filter(plan__employee=employee_id, plan__state="open", state=ItemState.OPEN)
    return {item.competency_id: item for item in found.exclude(shared_at=None).select_related("plan")}


@transaction.atomic
def decline_mentoring(mentoring: Mentoring, *, by: Actor | None) -> Mentoring:
    """proposed → declined; nobody has to say why."""
    mentoring = _lock(mentoring, MentoringState.PROPOSED)
    author = acting_id(by)
    mentoring.state, mentoring.declined_by_id = MentoringState.DECLINED, author
    mentoring.save(update_fields=["state", "declined_by", "updated_at"])
    events.mentoring_declined(mentoring, by=by)
    notices.tell_declined(mentoring, by_id=author)
    return mentoring


@transaction.atomic
def end_mentoring(mentoring: Mentoring, *, by: Actor | None, reflection: str) -> Mentoring:
    """active → ended, with what whoever ends it made of it; the other may add theirs."""
    mentoring = _lock(mentoring, MentoringState.ACTIVE)
    side = _side(mentoring, by)
    setattr(mentoring, f"{side}_reflection", said(reflection, field="reflection"))
    mentoring.state, mentoring.ended_at = MentoringState.ENDED, timezone.now()
    mentoring.save(update_fields=["state", "ended_at", f"{side}_reflection", "updated_at"])
    events.mentoring_ended(mentoring, by=by)
    notices.tell_ended(mentoring, by_id=acting_id(by))
    return mentoring


@transaction.atomic
def end_mentorings_of_leavers(employee_ids: Iterable[int]) -> int:
    """End what somebody who has left has with a mentor or a mentee, or was proposed, so that the other is free for
    somebody else; how many. Repeating it ends nothing twice."""
    people = set(employee_ids)
    theirs = Q(mentor__in=people, mentor__status=EmploymentStatus.LEFT)
    theirs |= Q(mentee__in=people, mentee__status=EmploymentStatus.LEFT)
    found = Mentoring.objects.standing().filter(theirs)
    lock_profiles(pk for pair in found.values_list("mentor", "mentee") for pk in pair)
    standing = list(found.select_related("mentor", "mentee").order_by("pk"))
    for mentoring in standing:
        _end_without_words(mentoring)
    return len(standing)


def _end_without_words(mentoring: Mentoring) -> None:
    gone = mentoring.mentor_id if mentoring.mentor.has_left else mentoring.mentee_id
    if mentoring.state == MentoringState.PROPOSED:
        mentoring.state = MentoringState.DECLINED
        mentoring.save(update_fields=["state", "updated_at"])
        events.mentoring_declined(mentoring, by=None)
        notices.tell_declined(mentoring, by_id=gone)
        return
    mentoring.state, mentoring.ended_at = MentoringState.ENDED, timezone.now()
    mentoring.save(update_fields=["state", "ended_at", "updated_at"])
    events.mentoring_ended(mentoring, by=None)
    notices.tell_ended(mentoring, by_id=gone)


@transaction.atomic
def reflect_on_mentoring(mentoring: Mentoring, *, by: Actor | None, reflection: str) -> Mentoring:
    """Add to an ended mentoring what one made of it, or write it anew."""
    mentoring = _lock(mentoring, MentoringState.ENDED)
    side = _side(mentoring, by)
    setattr(mentoring, f"{side}_reflection", said(reflection, field="reflection"))
    mentoring.save(update_fields=[f"{side}_reflection", "updated_at"])
    events.mentoring_reflected(mentoring, by=by)
    return mentoring


@transaction.atomic
def add_mentoring_goal(mentoring: Mentoring, *, by: Actor | None, title: str, due_on: Any = None) -> MentoringGoal:
    """Something the two of an active mentoring want to reach."""
    mentoring = _lock(mentoring, MentoringState.ACTIVE)
    goal = MentoringGoal(mentoring=mentoring, title=title, due_on=due_on)
    checked(goal).save()
    events.mentoring_goal_added(goal, by=by)
    return goal


@transaction.atomic
def complete_mentoring_goal(goal: MentoringGoal, *, by: Actor | None) -> MentoringGoal:
    """It is reached."""
    mentoring = _lock(goal.mentoring, MentoringState.ACTIVE)
    goal = mentoring.goals.get(pk=goal.pk)
    if goal.done_at:
        raise ActionError(_("This is done already."))
    goal.mentoring, goal.done_at = mentoring, timezone.now()
    goal.save(update_fields=["done_at"])
    events.mentoring_goal_completed(goal, by=by)
    return goal


@transaction.atomic
def record_mentoring_meeting(
    mentoring: Mentoring, *, by: Actor | None, held_on: Any, note: str = ""
) -> MentoringMeeting:
    """A meeting the two of an active mentoring held."""
    mentoring = _lock(mentoring, MentoringState.ACTIVE)
    if held_on > timezone.localdate():
        raise ActionError(_("That day is still to come."), field="held_on")
    author = acting_id(by)
    meeting = MentoringMeeting(mentoring=mentoring, held_on=held_on, note=note.strip(), noted_by_id=author)
    checked(meeting).save()
    events.mentoring_meeting_recorded(meeting, by=by)
    return meeting


def _side(mentoring: Mentoring, by: Actor | None) -> str:
    return "mentor" if acting_id(by) == mentoring.mentor_id else "mentee"


def _lock(mentoring: Mentoring, *expected: str) -> Mentoring:
    """The mentoring under the locks of both, in one of the expected states."""
    lock_profiles([mentoring.mentor_id, mentoring.mentee_id])
    mentoring = Mentoring.objects.select_related("mentor", "mentee__org_unit").get(pk=mentoring.pk)
    if mentoring.state not in expected:
        raise ActionError(_("This is not possible now: %s.") % mentoring.get_state_display())
    return mentoring
