"""Figures about ratings: computed, switched, explained; suggestions answered. No rating changes but by a person's own act."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration.actions.agenda import put_on_agenda
from calibration.actions.cards import move_card
from calibration.actions.common import lock
from calibration.enums import Reason, SessionState, SuggestionAnswer
from calibration.events import evidence as events
from calibration.evidence.compute import compute
from calibration.evidence.gather import gather
from calibration.evidence.store import is_known, newest_run, store
from calibration.models import (
    CalibrationSession,
    Card,
    CycleEvidence,
    EvidenceRun,
    Explanation,
    ManagerEvidence,
    Suggestion,
)
from hrportal.common.actions import ActionError
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.models import ReviewCycle

COMPUTE_JOB = "calibration.compute_evidence"


@transaction.atomic
def request_evidence(cycle: ReviewCycle, *, by: Actor | None) -> Job:
    """Have the figures of a cycle computed now. A computation that waits already is not doubled."""
    state = _lock_state(cycle.pk)
    if not state.is_shown:
        raise ActionError(_("The figures of this cycle are switched off."))
    if not CalibrationSession.objects.filter(cycle=cycle).exists():
        raise ActionError(_("No calibration session of this cycle is prepared yet."))
    waiting = Job.objects.filter(pk=state.job_id or 0, state=JobState.QUEUED).first()
    return waiting or _start(state, by=by)


@transaction.atomic
def mark_stale(cycle_ids: Iterable[int]) -> None:
    """Note that what figures rest on has changed. The first change since the last computation starts the next; others wait for it."""
    for cycle_id in sorted(set(cycle_ids)):
        state = _lock_state(cycle_id)
        if state.stale_since is None:
            state.stale_since = timezone.now()
            state.save(update_fields=["stale_since"])
            if state.is_shown:
                _start(state, by=None, waits=True)


def compute_evidence(cycle: ReviewCycle, *, by: Actor | None) -> EvidenceRun | None:
    """Compute the figures of a cycle, and keep them if method or inputs are new. None where figures are switched off.

    What changes while it reads marks the cycle as stale again, and is read by the next.
    """
    with transaction.atomic():
        state = _lock_state(cycle.pk)
        if not state.is_shown:
            return None
        state.stale_since = None
        state.save(update_fields=["stale_since"])
    began = timezone.now()
    inputs = gather(cycle)
    if is_known(inputs):
        return newest_run(cycle)
    findings = compute(inputs)
    with transaction.atomic():
        _lock_state(cycle.pk)
        newest = newest_run(cycle)
        if newest and newest.computed_at > began:
            return newest  # somebody read later than we did
        run = store(inputs, findings, read_at=began)
        events.evidence_computed(run, by=by)
    return run


@transaction.atomic
def switch_evidence(cycle: ReviewCycle, *, by: Actor | None, is_shown: bool, reason: str) -> CycleEvidence:
    """Show the figures of a cycle, or show them to nobody. What was shown before stays on record."""
    state = _lock_state(cycle.pk)
    if state.is_shown == is_shown:
        return state
    if not reason.strip():
        raise ActionError(_("Say why figures are switched on or off."), field="reason")
    state.is_shown, state.switch_reason = is_shown, reason.strip()
    state.switched_by_id, state.switched_at = acting_id(by), timezone.now()
    state.save()
    events.evidence_switched(state, by=by)
    if is_shown:
        _start(state, by=by)
    return state


@transaction.atomic
def explain_finding(finding: ManagerEvidence, *, by: Actor | None, text: str) -> Explanation:
    """Say what is behind a figure. Explanations are only ever added."""
    if not text.strip():
        raise ActionError(_("Write an explanation first."), field="text")
    explanation = Explanation.objects.create(
        cycle_id=finding.run.cycle_id, manager_id=finding.manager_id, text=text.strip(), written_by_id=acting_id(by)
    )
    events.finding_explained(explanation, by=by)
    return explanation


@transaction.atomic
def accept_suggestion(suggestion: Suggestion, *, by: Actor | None, why: str, version: int) -> Suggestion:
    """Move the card as suggested, in one's own words."""
    if not why.strip():
        raise ActionError(_("Say in your own words why the rating should change."), field="why")
    card = _card_of(suggestion)
    move_card(card, by=by, rating=suggestion.proposed, version=version, rationale=why, reason=Reason.CONSISTENCY)
    return _answer(suggestion, SuggestionAnswer.ACCEPTED, why, by=by)


@transaction.atomic
def reject_suggestion(suggestion: Suggestion, *, by: Actor | None, why: str) -> Suggestion:
    """Leave the rating as it is, and say why."""
    if not why.strip():
        raise ActionError(_("Say why the suggestion is rejected."), field="why")
    lock(_card_of(suggestion).session, SessionState.OPEN)
    return _answer(suggestion, SuggestionAnswer.REJECTED, why, by=by)


@transaction.atomic
def discuss_suggestion(suggestion: Suggestion, *, by: Actor | None, why: str = "") -> Suggestion:
    """Put the person on the agenda: the table talks about it, and answers then."""
    put_on_agenda(_card_of(suggestion), by=by, note=why.strip() or None)
    return _answer(suggestion, SuggestionAnswer.DISCUSS, why, by=by)


def _answer(suggestion: Suggestion, answer: SuggestionAnswer, why: str, *, by: Actor | None) -> Suggestion:
    now = Suggestion.objects.select_for_update(of=("self",)).select_related("review").get(pk=suggestion.pk)
    if now.replaced_at:
        raise ActionError(_("The figures were computed anew meanwhile. Look again, then answer."))
    if now.answer in (SuggestionAnswer.ACCEPTED, SuggestionAnswer.REJECTED):
        raise ActionError(_("This suggestion is answered already: %s.") % now.get_answer_display())
    now.answer, now.answer_reason = answer, why.strip()
    now.answered_by_id, now.answered_at = acting_id(by), timezone.now()
    now.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])
    events.suggestion_answered(now, by=by)
    return now


def _card_of(suggestion: Suggestion) -> Card:
    if suggestion.card is None:
        raise ActionError(_("This review was taken off the board."))
    return suggestion.card


def _lock_state(cycle_id: int) -> CycleEvidence:
    CycleEvidence.objects.get_or_create(cycle_id=cycle_id)
    return CycleEvidence.objects.select_for_update(of=("self",)).select_related("cycle").get(cycle=cycle_id)


def _start(state: CycleEvidence, *, by: Actor | None, waits: bool = False) -> Job:
    """A job for a cycle; one that follows changes waits until some time has passed since the last computation."""
    job = start_job(
        COMPUTE_JOB,
        _("Computing the figures of %s") % state.cycle,
        by=by,
        result_url=reverse("calibration:cycle_evidence", args=[state.cycle_id]),
        cycle=state.cycle_id,
        waits=waits,
    )
    state.job_id = job.pk
    state.save(update_fields=["job_id"])
    return job
