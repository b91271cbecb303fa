"""What people and owners say to each other about an opportunity. Each step is taken under the opportunity's lock."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from talent.actions.common import said
from talent.actions.opportunities import end_opportunity, lock_opportunity
from talent.enums import InterestState, OpportunityState
from talent.events import mobility as events
from talent.models import Interest, Opportunity
from talent.notices import mobility as notices

State = InterestState


@transaction.atomic
def invite_person(opportunity: Opportunity, employee: Employee, *, by: Actor | None, words: str = "") -> Interest:
    """Ask somebody to have a look. It says nothing for them, and nobody but they and HR learns of it."""
    opportunity = lock_opportunity(opportunity, OpportunityState.OPEN)
    _refuse_late(opportunity)
    if employee.has_left:
        raise ActionError(_("This person does not work here any more."), field="employee")
    if employee.pk == opportunity.owner_id:
        raise ActionError(_("It is their own opportunity."), field="employee")
    if Interest.objects.filter(opportunity=opportunity, employee=employee).exists():
        raise ActionError(_("This person knows of it already: they were invited, or said something to it."))
    interest = Interest.objects.create(
        opportunity=opportunity,
        employee=employee,
        state=State.INVITED,
        invitation=words.strip(),
        invited_by_id=acting_id(by),
        invited_at=timezone.now(),
    )
    events.person_invited(interest, by=by)
    notices.tell_invited(interest)
    return interest


@transaction.atomic
def say_interest(
    opportunity: Opportunity, employee: Employee, *, by: Actor | None, note: str = "", is_told_to_manager: bool = False
) -> Interest:
    """Say yes, for the first time, to an invitation, or again after taking it back."""
    opportunity = lock_opportunity(opportunity, OpportunityState.OPEN)
    _refuse_late(opportunity)
    if employee.has_left or employee.pk == opportunity.owner_id:
        raise ActionError(_("This is not yours to say yes to."))
    interest = Interest.objects.filter(opportunity=opportunity, employee=employee).first()
    if interest is not None and interest.state not in {State.INVITED, State.WITHDRAWN}:
        raise ActionError(_("You said yes already: %s.") % interest.get_state_display())
    interest = interest or Interest(opportunity=opportunity, employee=employee)
    interest.opportunity, interest.employee = opportunity, employee
    interest.state, interest.said_yes_at = State.INTERESTED, timezone.now()
    interest.note, interest.is_told_to_manager = note.strip(), is_told_to_manager
    interest.answer, interest.answered_by, interest.answered_at = "", None, None
    interest.save()
    events.interest_said(interest, by=by)
    notices.tell_interest(interest)
    return interest


def _refuse_late(opportunity: Opportunity) -> None:
    if not opportunity.is_taking(timezone.localdate()):
        raise ActionError(_("The last day to say yes has passed."))


@transaction.atomic
def withdraw_interest(interest: Interest, *, by: Actor | None) -> Interest:
    """invited, interested, in talks or offered → withdrawn; nobody has to say why. After a yes the owner is told."""
    interest = _lock(interest, State.INVITED, State.INTERESTED, State.IN_TALKS, State.OFFERED)
    interest.state = State.WITHDRAWN
    interest.save(update_fields=["state", "updated_at"])
    events.interest_withdrawn(interest, by=by)
    if interest.said_yes_at:
        notices.tell_taken_back(interest)
    return interest


@transaction.atomic
def change_telling(interest: Interest, *, by: Actor | None, is_told_to_manager: bool) -> Interest:
    """Let one's managers know, or no longer. Whoever answers from now on is told that somebody waits."""
    interest = _lock(interest, *set(State) - {State.ACCEPTED})
    if interest.is_told_to_manager == is_told_to_manager:
        return interest
    before = notices.answering(interest)
    interest.is_told_to_manager = is_told_to_manager
    interest.save(update_fields=["is_told_to_manager", "updated_at"])
    (events.interest_told if is_told_to_manager else events.interest_kept)(interest, by=by)
    if interest.is_undecided and notices.answering(interest) != before:
        notices.tell_interest(interest)
    return interest


@transaction.atomic
def begin_talks(interest: Interest, *, by: Actor | None) -> Interest:
    """interested → in talks."""
    interest = _lock(interest, State.INTERESTED)
    _answer(interest, State.IN_TALKS, "", by=by)
    events.interest_talks_begun(interest, by=by)
    return interest


@transaction.atomic
def offer_opportunity(interest: Interest, *, by: Actor | None, words: str = "") -> Interest:
    """interested or in talks → offered. Several may be offered; who accepts first has it."""
    interest = _lock(interest, State.INTERESTED, State.IN_TALKS)
    _refuse_ended(interest)
    _answer(interest, State.OFFERED, words.strip(), by=by)
    events.interest_offered(interest, by=by)
    return interest


@transaction.atomic
def decline_interest(interest: Interest, *, by: Actor | None, reason: str) -> Interest:
    """interested, in talks or offered → declined, with a reason that the person reads."""
    interest = _lock(interest, State.INTERESTED, State.IN_TALKS, State.OFFERED)
    _answer(interest, State.DECLINED, said(reason, field="reason"), by=by)
    events.interests_declined([interest], by=by)
    return interest


@transaction.atomic
def accept_offer(interest: Interest, *, by: Actor | None) -> Interest:
    """offered → accepted: the opportunity is filled, one's managers may know, and all others who wait are told."""
    interest = _lock(interest, State.OFFERED)
    _refuse_ended(interest)
    interest.state, interest.is_told_to_manager = State.ACCEPTED, True
    interest.save(update_fields=["state", "is_told_to_manager", "updated_at"])
    events.interest_accepted(interest, by=by)
    notices.tell_accepted(interest)
    opportunity = interest.opportunity
    opportunity.filled_by = interest.employee
    end_opportunity(opportunity, OpportunityState.FILLED, _("Somebody else took it on."), by=by)
    events.opportunity_filled(opportunity, by=by)
    return interest


def _refuse_ended(interest: Interest) -> None:
    if not interest.opportunity.is_open:
        raise ActionError(_("This opportunity is no longer open."))


def _answer(interest: Interest, state: str, words: str, *, by: Actor | None) -> None:
    interest.state, interest.answer = state, words
    interest.answered_by_id, interest.answered_at = acting_id(by), timezone.now()
    interest.save(update_fields=["state", "answer", "answered_by", "answered_at", "updated_at"])
    notices.tell_answered(interest)


def _lock(interest: Interest, *expected: str) -> Interest:
    """The interest under its opportunity's lock, in one of the expected states."""
    opportunity = lock_opportunity(Opportunity(pk=interest.opportunity_id), *OpportunityState.values)
    interest = Interest.objects.select_related("employee__org_unit").get(pk=interest.pk)
    interest.opportunity = opportunity
    if interest.state not in expected:
        raise ActionError(_("This is not possible now: %s.") % interest.get_state_display())
    return interest
