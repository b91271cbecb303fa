"""What managers have to say to a decision, and HR's answer. The decision itself stays; a correction reopens the review."""

from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration import events
from calibration.models import Decision, DecisionRemark
from calibration.notices import decisions as notices
from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.enums import ReviewState


@transaction.atomic
def remark_on_decision(decision: Decision, *, by: Actor | None, text: str, is_request: bool = False) -> DecisionRemark:
    """Say something to a decision; with `is_request`, ask HR to look again before the review is completed."""
    decision = _locked(decision)
    if not text.strip():
        raise ActionError(_("Say what you have to say."), field="text")
    if is_request:
        _refuse_late_request(decision)
    remark = DecisionRemark.objects.create(
        decision=decision,
        is_request=is_request,
        text=text.strip(),
        made_by_id=cast(int, acting_id(by)),  # only managers do, so somebody
    )
    events.decision_remarked(remark, by=by)
    if is_request:
        notices.tell_asked(remark)
    return remark


@transaction.atomic
def answer_request(decision: Decision, *, by: Actor | None, answer: str) -> DecisionRemark:
    """Answer who asked to look again, with the reason why the decision stays, or that the review will be reopened."""
    decision = _locked(decision)
    remark = decision.remarks.waiting().first()
    if remark is None:
        raise ActionError(_("Nobody waits for an answer about this decision."))
    if not answer.strip():
        raise ActionError(_("Say what came of looking again."), field="answer")
    remark.decision = decision
    remark.answer, remark.answered_at, remark.answered_by_id = answer.strip(), timezone.now(), acting_id(by)
    remark.save(update_fields=["answer", "answered_at", "answered_by"])
    events.decision_request_answered(remark, by=by)
    notices.tell_answered(remark)
    return remark


def _locked(decision: Decision) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("review__employee", "session")
    return rows.get(pk=decision.pk)


def _refuse_late_request(decision: Decision) -> None:
    if not decision.is_standing or decision.review.state != ReviewState.CALIBRATED:
        raise ActionError(_("The review is not waiting to be completed any more. HR can reopen it to correct it."))
    if decision.remarks.waiting().exists():
        raise ActionError(_("HR was asked already to look at this decision again."))
