"""Feedback between people, at any time: given, asked for, answered, declined, taken back, thanked for."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Competency, Employee
from performance.actions.common import required_reason
from performance.enums import FeedbackKind, FeedbackVisibility, RequestState
from performance.events import feedback as events
from performance.models import Feedback, FeedbackRequest, Objective
from performance.notices import feedback as notices

MOST_ASKED = 20


@transaction.atomic
def give_feedback(
    *,
    by: Actor | None,
    recipient: Employee,
    kind: str,
    visibility: str,
    text: str,
    competency: Competency | None = None,
    objective: Objective | None = None,
) -> Feedback:
    """Say something to a colleague. Only praise can be shown to everyone."""
    feedback = Feedback(
        giver=_person(by),
        recipient=recipient,
        kind=kind,
        visibility=visibility,
        text=text.strip(),
        competency=competency,
        objective=objective,
    )
    _save_new(feedback)
    events.feedback_given(feedback, by=by)
    notices.tell_recipient(feedback)
    return feedback


@transaction.atomic
def take_back_feedback(feedback: Feedback, *, by: Actor | None) -> Feedback:
    """Within a day its giver takes it back: from then on only they read it. A request it answered waits again."""
    feedback = _lock_feedback(feedback)
    if not feedback.can_be_taken_back:
        raise ActionError(_("Feedback can be taken back within a day after it was given, and once."))
    events.feedback_taken_back(feedback, by=by)
    _reopen_request(feedback, by=by)
    feedback.request, feedback.is_read_by_asker = None, False
    feedback.visibility, feedback.taken_back_at = FeedbackVisibility.GIVER, timezone.now()
    feedback.save(update_fields=["request", "is_read_by_asker", "visibility", "taken_back_at"])
    return feedback


@transaction.atomic
def thank_for_feedback(feedback: Feedback, *, by: Actor | None) -> Feedback:
    """The recipient says thank you. A second time changes nothing."""
    feedback = _lock_feedback(feedback)
    if not feedback.is_for_recipient:
        raise ActionError(_("This feedback was taken back."))
    if feedback.thanked_at is None:
        feedback.thanked_at = timezone.now()
        feedback.save(update_fields=["thanked_at"])
        events.feedback_thanked(feedback, by=by)
        notices.tell_thanked(feedback)
    return feedback


@transaction.atomic
def request_feedback(
    *,
    by: Actor | None,
    about: Employee,
    asked: Sequence[Employee],
    question: str,
    objective: Objective | None = None,
    competency: Competency | None = None,
    due_on: datetime.date | None = None,
) -> list[FeedbackRequest]:
    """Ask one or several colleagues about oneself or somebody one leads or looks after. All are asked, or nobody is."""
    asker = _person(by)
    _check_people(about, asked)
    _check_objective(objective, about)
    if due_on and due_on < timezone.localdate():
        raise ActionError(_("This day has passed."), field="due_on")
    fields = {"question": question.strip(), "objective": objective, "competency": competency, "due_on": due_on}
    return [_ask(FeedbackRequest(asker=asker, about=about, asked=person, **fields), by=by) for person in asked]


@transaction.atomic
def answer_feedback_request(
    request: FeedbackRequest, *, by: Actor | None, kind: str, visibility: str, text: str, is_read_by_asker: bool = True
) -> Feedback:
    """Answer what one was asked. The goal and the competency are those of the question."""
    request = _lock_open(request)
    is_for_other_asker = is_read_by_asker and not request.is_about_asker
    if visibility == FeedbackVisibility.GIVER and not is_for_other_asker:
        raise ActionError(
            _("Nobody but you would read this answer. Choose who may, or decline the request."), field="visibility"
        )
    feedback = Feedback(
        giver=request.asked,
        recipient=request.about,
        request=request,
        kind=kind,
        visibility=visibility,
        is_read_by_asker=is_for_other_asker,
        text=text.strip(),
        competency=request.competency,
        objective=request.objective,
    )
    _save_new(feedback)
    _settle(request, RequestState.ANSWERED)
    events.feedback_given(feedback, by=by)
    events.feedback_request_answered(request, feedback, by=by)
    notices.tell_answered(request, feedback)
    if not request.is_about_asker:
        notices.tell_recipient(feedback)
    return feedback


@transaction.atomic
def decline_feedback_request(request: FeedbackRequest, *, by: Actor | None, reason: str) -> FeedbackRequest:
    """Say that one cannot or does not want to answer, and why. Whoever asked reads the reason."""
    request = _lock_open(request)
    request.reason = required_reason(reason)
    _settle(request, RequestState.DECLINED)
    events.feedback_request_declined(request, by=by)
    notices.tell_declined(request)
    return request


@transaction.atomic
def withdraw_feedback_request(request: FeedbackRequest, *, by: Actor | None) -> FeedbackRequest:
    """Ask no longer."""
    request = _lock_open(request)
    _settle(request, RequestState.WITHDRAWN)
    events.feedback_request_withdrawn(request, by=by)
    return request


def remind_of_feedback_requests() -> int:
    """Remind whoever has not answered and is to by tomorrow; each is reminded once for each due day."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    near = FeedbackRequest.objects.open().filter(due_on__range=(timezone.localdate(), tomorrow))
    rows = near.select_related("asker").order_by("pk")
    notices.tell_due(rows.iterator(chunk_size=1000))
    return near.count()


def _person(by: Actor | None) -> Employee:
    person_id = acting_id(by)
    if person_id is None:
        raise ActionError(_("Feedback comes from a person."))
    return Employee.objects.get(pk=person_id)


def _save_new(feedback: Feedback) -> None:
    if feedback.visibility == FeedbackVisibility.EVERYONE and feedback.kind != FeedbackKind.PRAISE:
        raise ActionError(_("Only praise can be shown to everyone."), field="visibility")
    if feedback.recipient.has_left:
        raise ActionError(_("%s has left the company.") % feedback.recipient.name, field="recipient")
    _check_objective(feedback.objective, feedback.recipient)
    checked(feedback).save()


def _check_objective(objective: Objective | None, person: Employee) -> None:
    if objective is not None and objective.owner_id != person.pk:
        raise ActionError(_("This goal is not %s’s.") % person.name, field="objective")


def _check_people(about: Employee, asked: Sequence[Employee]) -> None:
    if about.has_left:
        raise ActionError(_("%s has left the company.") % about.name, field="about")
    if not asked:
        raise ActionError(_("Name at least one colleague to ask."), field="asked")
    if len(asked) > MOST_ASKED:
        raise ActionError(_("Ask at most %d colleagues at once.") % MOST_ASKED, field="asked")
    if gone := [person.name for person in asked if person.has_left]:
        raise ActionError(_("%s has left the company.") % gone[0], field="asked")


def _ask(request: FeedbackRequest, *, by: Actor | None) -> FeedbackRequest:
    try:
        checked(request).save()
    except ActionError as refusal:
        if refusal.field is not None:
            raise
        raise ActionError(f"{request.asked.name}: {refusal.message}", field="asked") from refusal
    events.feedback_requested(request, by=by)
    notices.tell_asked([request])
    return request


def _settle(request: FeedbackRequest, state: RequestState) -> None:
    request.state, request.settled_at = state, timezone.now()
    request.save(update_fields=["state", "settled_at", "reason"])


def _reopen_request(feedback: Feedback, *, by: Actor | None) -> None:
    """Let the question wait again, unless it was asked anew meanwhile."""
    if feedback.request_id is None:
        return
    request = FeedbackRequest.objects.select_for_update(of=("self",)).get(pk=feedback.request_id)
    same = FeedbackRequest.objects.open().filter(asker=request.asker_id, about=request.about_id, asked=request.asked_id)
    if same.exists():
        _settle(request, RequestState.WITHDRAWN)
        return
    request.state, request.settled_at = RequestState.OPEN, None
    request.save(update_fields=["state", "settled_at"])
    events.feedback_request_reopened(request, by=by)


def _lock_open(request: FeedbackRequest) -> FeedbackRequest:
    rows = FeedbackRequest.objects.select_for_update(of=("self",)).with_people()
    locked = rows.get(pk=request.pk)
    if not locked.is_open:
        raise ActionError(_("This request is already: %s.") % locked.get_state_display())
    return locked


def _lock_feedback(feedback: Feedback) -> Feedback:
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("giver", "recipient")
    return rows.get(pk=feedback.pk)
