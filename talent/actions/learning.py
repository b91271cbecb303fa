"""What happens to the learning catalogue and to enrolments. Who may do it is in rules; from where, each function says."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from talent import events
from talent.actions.common import apply, said
from talent.actions.development import complete_action
from talent.actions.profiles import lock_profiles
from talent.actions.skills import SkillRecord, record_skills
from talent.enums import UNDER_WAY, EnrolmentState, ItemState, PlanState, Proof, SkillSource
from talent.models import Enrolment, LearningItem, PlanAction
from talent.notices import learning as notices

EDITABLE = frozenset(
    {
        "title",
        "provider",
        "kind",
        "description",
        "competency",
        "level",
        "proof",
        "pass_score",
        "hours",
        "cost",
        "currency",
        "needs_approval",
        "url",
        "is_active",
        "external_key",
    }
)
PROVEN_BY = {Proof.ASSESSMENT: SkillSource.ASSESSOR, Proof.CERTIFICATE: SkillSource.CERTIFICATE}


@transaction.atomic
def add_learning_item(*, by: Actor | None, **fields: Any) -> LearningItem:
    """Put something into the catalogue."""
    item = LearningItem()
    apply(item, fields, EDITABLE)
    checked(item).save()
    events.learning_items_added([item], by=by)
    return item


@transaction.atomic
def edit_learning_item(item: LearningItem, *, by: Actor | None, **changes: Any) -> LearningItem:
    """Change an entry; one that is not active stays with those who take part, and takes nobody new."""
    item = LearningItem.objects.select_for_update().get(pk=item.pk)
    apply(item, changes, EDITABLE)
    checked(item).save()
    events.learning_items_edited([item], by=by)
    return item


@transaction.atomic
def enrol(item: LearningItem, employee: Employee, *, by: Actor | None, action: PlanAction | None = None) -> Enrolment:
    """Let somebody take part, for an action of their plan if one is named. Whoever asks for themselves waits for a yes where it
    costs something or HR wants one; somebody who works with them says yes by enrolling them."""
    lock_profiles([employee.pk])
    if not item.is_active:
        raise ActionError(_("This is no longer offered."))
    if action and not _serves(action, employee):
        raise ActionError(_("Choose an open action of this person’s plan."), field="action")
    author = acting_id(by)
    waits = author == employee.pk and item.asks_approval
    enrolment = Enrolment(learning_item=item, employee=employee, action=action)
    if not waits:
        enrolment.state, enrolment.decided_at, enrolment.decided_by_id = EnrolmentState.ENROLLED, timezone.now(), author
    checked(enrolment).save()
    (events.enrolment_requested if waits else events.enrolment_begun)(enrolment, by=by)
    notices.tell_asked(enrolment) if waits else notices.tell_enrolled(enrolment, by_id=author)
    return enrolment


def _serves(action: PlanAction, employee: Employee) -> bool:
    item = action.item
    is_open = item.state == ItemState.OPEN and item.plan.state == PlanState.OPEN
    return is_open and action.done_at is None and item.plan.employee_id == employee.pk


@transaction.atomic
def approve_enrolment(enrolment: Enrolment, *, by: Actor | None) -> Enrolment:
    """requested → enrolled."""
    enrolment = _lock(enrolment, EnrolmentState.REQUESTED)
    _decide(enrolment, EnrolmentState.ENROLLED, by)
    events.enrolment_begun(enrolment, by=by)
    notices.tell_decided(enrolment)
    return enrolment


@transaction.atomic
def refuse_enrolment(enrolment: Enrolment, *, by: Actor | None, reason: str) -> Enrolment:
    """requested → refused, with a reason the person reads."""
    enrolment = _lock(enrolment, EnrolmentState.REQUESTED)
    enrolment.words = said(reason, field="reason")
    _decide(enrolment, EnrolmentState.REFUSED, by)
    events.enrolment_refused(enrolment, by=by)
    notices.tell_decided(enrolment)
    return enrolment


@transaction.atomic
def cancel_enrolment(enrolment: Enrolment, *, by: Actor | None, reason: str = "") -> Enrolment:
    """requested or enrolled → cancelled."""
    enrolment = _lock(enrolment, *UNDER_WAY)
    enrolment.state, enrolment.words = EnrolmentState.CANCELLED, reason.strip()
    enrolment.save(update_fields=["state", "words", "updated_at"])
    events.enrolment_cancelled(enrolment, by=by)
    return enrolment


@transaction.atomic
def complete_enrolment(
    enrolment: Enrolment,
    *,
    by: Actor | None,
    evidence: str = "",
    evidence_url: str = "",
    score: int | None = None,
    completed_on: datetime.date | None = None,
) -> Enrolment:
    """enrolled → completed. The plan's action it serves is done with it.

    Whoever says so of themselves gives evidence, and a level waits until somebody who works with them confirms it;
    said by anybody else, or by the system it happened in, it is confirmed.
    """
    enrolment, today = _lock(enrolment, EnrolmentState.ENROLLED), timezone.localdate()
    is_own = acting_id(by) == enrolment.employee_id
    if is_own and not (evidence.strip() or evidence_url):
        raise ActionError(_("Say what shows that you completed it."), field="evidence")
    if completed_on and completed_on > today:
        raise ActionError(_("That day is still to come."), field="completed_on")
    enrolment.state, enrolment.completed_on, enrolment.score = EnrolmentState.COMPLETED, completed_on or today, score
    enrolment.evidence, enrolment.evidence_url = evidence.strip(), evidence_url
    checked(enrolment).save()
    events.enrolment_completed(enrolment, by=by)
    _complete_action(enrolment, by=by)
    if is_own:
        notices.tell_to_confirm(enrolment)
    else:
        _confirm(enrolment, by=by)
    return enrolment


@transaction.atomic
def confirm_completion(enrolment: Enrolment, *, by: Actor | None) -> Enrolment:
    """Somebody other than the person saw what shows it; now it may give a level."""
    enrolment = _lock(enrolment, EnrolmentState.COMPLETED)
    if enrolment.verified_at:
        raise ActionError(_("This was confirmed already."))
    _confirm(enrolment, by=by)
    events.completion_confirmed(enrolment, by=by)
    return enrolment


def _confirm(enrolment: Enrolment, *, by: Actor | None) -> None:
    enrolment.verified_at, enrolment.verified_by_id = timezone.now(), acting_id(by)
    enrolment.save(update_fields=["verified_at", "verified_by", "updated_at"])
    if record := proven_level(enrolment):
        record_skills([record], by=by)


def proven_level(enrolment: Enrolment) -> SkillRecord | None:
    """The level that a confirmed completion proves, for the skills inventory; None where it proves none: what one works
    through alone, and an examination that was not passed."""
    item = enrolment.learning_item
    if item.proof == Proof.NONE or not enrolment.is_passed or not item.competency_id or not item.level:
        return None
    return SkillRecord(
        employee_id=enrolment.employee_id,
        source=f"talent.enrolment:{enrolment.pk}",
        source_version=1,
        assessed_on=enrolment.completed_on or timezone.localdate(),
        levels={item.competency_id: item.level},
        shared_at=timezone.now(),
        kind=PROVEN_BY[Proof(item.proof)],
        assessed_by_id=enrolment.verified_by_id,
    )


def _complete_action(enrolment: Enrolment, *, by: Actor | None) -> None:
    """What was agreed in the plan is done, with the same evidence."""
    if action := open_action_of(enrolment):
        words = enrolment.evidence or _("Completed: %s") % enrolment.learning_item.title
        complete_action(action, by=by, evidence=words, evidence_url=enrolment.evidence_url)


def open_action_of(enrolment: Enrolment) -> PlanAction | None:
    """The action of the plan it serves, unless that is over already."""
    action = enrolment.action
    return action if action and _serves(action, enrolment.employee) else None


def _decide(enrolment: Enrolment, state: str, by: Actor | None) -> None:
    enrolment.state, enrolment.decided_at = state, timezone.now()
    enrolment.decided_by_id = acting_id(by)
    enrolment.save(update_fields=["state", "words", "decided_at", "decided_by", "updated_at"])


def _lock(enrolment: Enrolment, *expected: str) -> Enrolment:
    """The enrolment under its person's lock, in one of the expected states."""
    lock_profiles([enrolment.employee_id])
    related = ("learning_item", "employee__org_unit", "action__item__plan")
    enrolment = Enrolment.objects.select_related(*related).get(pk=enrolment.pk)
    if enrolment.state not in expected:
        raise ActionError(_("This is over already: %s.") % enrolment.get_state_display())
    return enrolment
