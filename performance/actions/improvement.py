"""What can happen to an improvement plan. Who may do it is in rules; from where, `IMPROVEMENT_STARTS_FROM` in enums.

Every step leaves a row with who, when, why and what the plan said afterwards, and nothing the employee has seen is removed.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from performance.actions.common import required_reason
from performance.actions.improvement_content import already_so, store_content
from performance.enums import (
    IMPROVEMENT_STARTS_FROM,
    ImprovementEntryKind,
    ImprovementOutcome,
    ImprovementState,
    MilestoneResult,
    RemarkReaders,
)
from performance.events import improvement as events
from performance.improvement.circle import hr_to_ask, manager_for
from performance.improvement.content import content_of_plan, missing_from_plan
from performance.models import (
    ImprovementEntry,
    ImprovementExtension,
    ImprovementMilestone,
    ImprovementPlan,
    ImprovementRemark,
    ImprovementStep,
)
from performance.models.improvement import next_check_in_day
from performance.notices import improvement as notices


class PlanIncomplete(ActionError):
    """Something HR needs to read is not written yet; nothing that is written is lost."""

    code = "incomplete"


@transaction.atomic
def create_improvement_plan(*, by: Actor | None, employee: Employee, **content: Any) -> ImprovementPlan:
    """Begin a draft for somebody. One plan under way for a person; it is led by their manager, whoever drafts it."""
    employee = Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    if employee.has_left:
        raise ActionError(_("%s does not work here now.") % employee.name, field="employee")
    owner = manager_for(employee)
    if owner is None:
        raise ActionError(_("%s has no manager who could lead the plan.") % employee.name, field="employee")
    plan = checked(ImprovementPlan(employee=employee, owner=owner, created_by_id=acting_id(by)), exclude=["created_by"])
    plan.save()
    store_content(plan, content)
    _log(plan, "create_improvement_plan", by)
    events.improvement_plan_created(plan, by=by)
    return plan


@transaction.atomic
def edit_improvement_plan(
    plan: ImprovementPlan, *, by: Actor | None, version: int, changes: Mapping[str, Any]
) -> ImprovementPlan:
    """Store what was written in a draft. Only what `changes` names is changed; a list replaces the list.

    Raises StaleVersion, with what is stored, when `version` is not the stored one; a save that says what is stored
    already is answered as done.
    """
    plan = _lock(plan, "edit_improvement_plan")
    if version != plan.version:
        return already_so(plan, changes)
    store_content(plan, changes)
    _count_version(plan)
    _log(plan, "edit_improvement_plan", by)
    events.improvement_plan_edited(plan, by=by)
    return plan


@transaction.atomic
def submit_improvement_plan(plan: ImprovementPlan, *, by: Actor | None) -> ImprovementPlan:
    """Hand the draft to HR. The employee still knows nothing of it."""
    plan = _lock(plan, "submit_improvement_plan")
    if missing := missing_from_plan(plan):
        words = "; ".join(item.words for item in missing)
        raise PlanIncomplete(_("Still missing: %s.") % words, field=missing[0].field)
    openers = {plan.created_by_id, acting_id(by)}
    if not hr_to_ask(plan.employee, besides=openers):
        raise ActionError(_("Nobody in HR could approve this plan. Ask for an HR leader to be named."))
    plan.submitted_by_id = acting_id(by)
    _enter(plan, ImprovementState.HR_APPROVAL, "submitted_by")
    step = _log(plan, "submit_improvement_plan", by)
    events.improvement_plan_submitted(plan, by=by)
    notices.tell_hr(notices.TO_APPROVE, plan, f"step-{step.pk}", besides=openers)
    return plan


@transaction.atomic
def return_improvement_plan(plan: ImprovementPlan, *, by: Actor | None, reason: str) -> ImprovementPlan:
    """Send a plan back to its manager, who can write again and reads why."""
    plan = _lock(plan, "return_improvement_plan")
    _enter(plan, ImprovementState.DRAFT)
    step = _log(plan, "return_improvement_plan", by, required_reason(reason))
    events.improvement_plan_returned(plan, by=by)
    notices.tell_owner(notices.RETURNED, plan, f"step-{step.pk}", besides=acting_id(by))
    return plan


@transaction.atomic
def approve_improvement_plan(plan: ImprovementPlan, *, by: Actor | None) -> ImprovementPlan:
    """Open the plan: from here on the employee reads it."""
    plan = _lock(plan, "approve_improvement_plan")
    if acting_id(by) in {plan.created_by_id, plan.submitted_by_id} and acting_id(by) is not None:
        raise ActionError(_("Somebody else has to approve what you opened."))
    if plan.ends_on is None or plan.ends_on <= timezone.localdate():
        raise ActionError(_("The last day of this plan has passed. Send it back for another one."))
    plan.opened_at, plan.approved_by_id = timezone.now(), acting_id(by)
    plan.next_check_in_on = next_check_in_day(plan, after=max(timezone.localdate(), plan.starts_on or plan.ends_on))
    _enter(plan, ImprovementState.OPEN, "opened_at", "approved_by", "next_check_in_on")
    step = _log(plan, "approve_improvement_plan", by)
    events.improvement_plan_approved(plan, by=by)
    notices.tell_employee(notices.TO_READ, plan, f"step-{step.pk}")
    notices.tell_owner(notices.OPENED, plan, f"step-{step.pk}", besides=acting_id(by))
    return plan


@transaction.atomic
def amend_improvement_plan(
    plan: ImprovementPlan, *, by: Actor | None, version: int, changes: Mapping[str, Any], reason: str
) -> ImprovementPlan:
    """Change what is agreed after the employee saw it. It counts as unread again, and what goes stays on record."""
    plan = _lock(plan, "amend_improvement_plan")
    if version != plan.version:
        return already_so(plan, changes)
    if changes.get("ends_on", plan.ends_on) != plan.ends_on:
        raise ActionError(_("More time is given by an extension, with a reason."), field="ends_on")
    store_content(plan, changes)
    if missing := missing_from_plan(plan):
        raise PlanIncomplete(_("Still missing: %s.") % missing[0].words, field=missing[0].field)
    _count_version(plan)
    if plan.state == ImprovementState.ACKNOWLEDGED:
        _enter(plan, ImprovementState.OPEN)
    step = _log(plan, "amend_improvement_plan", by, required_reason(reason))
    events.improvement_plan_amended(plan, by=by)
    notices.tell_employee(notices.TO_READ, plan, f"step-{step.pk}")
    notices.tell_owner(notices.NEWS_FOR_MANAGER, plan, f"step-{step.pk}", besides=acting_id(by))
    return plan


@transaction.atomic
def acknowledge_improvement_plan(
    plan: ImprovementPlan, *, by: Actor | None, version: int, comment: str = ""
) -> ImprovementPlan:
    """The employee has read this version of the plan, and may say something to it. A record, not a consent."""
    plan = _lock(plan, "acknowledge_improvement_plan")
    if version != plan.version:
        message = _("The plan was changed after you opened this page. Read it again, then acknowledge it.")
        raise StaleVersion(message, version=plan.version, theirs=content_of_plan(plan))
    plan.acknowledged_version, plan.acknowledged_at = plan.version, timezone.now()
    _enter(plan, ImprovementState.ACKNOWLEDGED, "acknowledged_version", "acknowledged_at")
    step = _log(plan, "acknowledge_improvement_plan", by)
    events.improvement_plan_acknowledged(plan, by=by)
    notices.tell_owner(notices.NEWS_FOR_MANAGER, plan, f"step-{step.pk}")
    if comment.strip():
        _add_entry(plan, by, ImprovementEntryKind.RESPONSE, text=comment)
    return plan


@transaction.atomic
def respond_to_improvement_plan(plan: ImprovementPlan, *, by: Actor | None, text: str) -> ImprovementEntry:
    """The employee says something to the plan, also after it has ended."""
    plan = _lock(plan, "respond_to_improvement_plan")
    entry = _add_entry(plan, by, ImprovementEntryKind.RESPONSE, text=text)
    _tell_the_other_side(plan, by, f"entry-{entry.pk}")
    return entry


@transaction.atomic
def check_in_improvement_plan(
    plan: ImprovementPlan, *, by: Actor | None, text: str, held_on: datetime.date | None = None
) -> ImprovementEntry:
    """Note what was said when the two sides met. The next check-in is due one rhythm later."""
    plan = _lock(plan, "check_in_improvement_plan")
    held_on = held_on or timezone.localdate()
    if held_on > timezone.localdate():
        raise ActionError(_("A check-in is noted when it was held, not before."), field="held_on")
    entry = _add_entry(plan, by, ImprovementEntryKind.CHECK_IN, text=text, held_on=held_on)
    if acting_id(by) != plan.employee_id:
        plan.next_check_in_on = max(next_check_in_day(plan, after=held_on), plan.next_check_in_on or held_on)
        plan.save(update_fields=["next_check_in_on", "updated_at"])
    _tell_the_other_side(plan, by, f"entry-{entry.pk}")
    return entry


@transaction.atomic
def add_improvement_evidence(plan: ImprovementPlan, *, by: Actor | None, text: str, link: str = "") -> ImprovementEntry:
    """Put a piece of evidence to the plan: words, or words and a link to where it lies."""
    plan = _lock(plan, "add_improvement_evidence")
    entry = _add_entry(plan, by, ImprovementEntryKind.EVIDENCE, text=text, link=link)
    _tell_the_other_side(plan, by, f"entry-{entry.pk}")
    return entry


@transaction.atomic
def judge_improvement_milestone(
    milestone: ImprovementMilestone, *, by: Actor | None, result: str, note: str = ""
) -> ImprovementMilestone:
    """Say what became of a milestone. What was said before stays in the record."""
    plan = _lock(milestone.plan, "judge_improvement_milestone")
    milestone = ImprovementMilestone.objects.select_for_update().get(pk=milestone.pk, plan=plan)
    if milestone.dropped_at:
        raise ActionError(_("This milestone is no longer part of the plan."))
    if result in {MilestoneResult.PARTLY, MilestoneResult.NOT_MET} and not note.strip():
        raise ActionError(_("Say what is missing."), field="note")
    milestone.result, milestone.note = result, note.strip()
    milestone.judged_by_id, milestone.judged_at = acting_id(by), timezone.now()
    checked(milestone, exclude=["judged_by"]).save()
    step = _log(plan, "judge_improvement_milestone", by, milestone.title)
    events.improvement_milestone_judged(plan, by=by, milestone=milestone.pk)
    _tell_the_other_side(plan, by, f"step-{step.pk}")
    return milestone


@transaction.atomic
def pause_improvement_plan(plan: ImprovementPlan, *, by: Actor | None, reason: str) -> ImprovementPlan:
    """Let the plan rest, during an illness say. Nothing falls due meanwhile."""
    plan = _lock(plan, "pause_improvement_plan")
    _enter(plan, ImprovementState.PAUSED)
    step = _log(plan, "pause_improvement_plan", by, required_reason(reason))
    events.improvement_plan_paused(plan, by=by)
    _tell_the_other_side(plan, by, f"step-{step.pk}")
    return plan


@transaction.atomic
def resume_improvement_plan(plan: ImprovementPlan, *, by: Actor | None) -> ImprovementPlan:
    """Go on. Where the employee has not read the plan as it is now, that comes first."""
    plan = _lock(plan, "resume_improvement_plan")
    plan.next_check_in_on = next_check_in_day(plan, after=timezone.localdate())
    state = ImprovementState.ACKNOWLEDGED if plan.is_read_as_it_is else ImprovementState.OPEN
    _enter(plan, state, "next_check_in_on")
    step = _log(plan, "resume_improvement_plan", by)
    events.improvement_plan_resumed(plan, by=by)
    _tell_the_other_side(plan, by, f"step-{step.pk}")
    return plan


@transaction.atomic
def extend_improvement_plan(
    plan: ImprovementPlan, *, by: Actor | None, ends_on: datetime.date, reason: str
) -> ImprovementPlan:
    """Give more time. It is recorded with its reason and changes nothing else."""
    plan = _lock(plan, "extend_improvement_plan")
    if plan.ends_on is not None and ends_on <= plan.ends_on:
        raise ActionError(_("The new last day must be after the present one."), field="ends_on")
    if ends_on <= timezone.localdate():
        raise ActionError(_("The new last day must be still to come."), field="ends_on")
    extension = ImprovementExtension.objects.create(
        plan=plan,
        ended_on=plan.ends_on or plan.starts_on or timezone.localdate(),
        ends_on=ends_on,
        reason=required_reason(reason),
        made_by_id=acting_id(by),
    )
    plan.ends_on = ends_on
    plan.save(update_fields=["ends_on", "updated_at"])
    step = _log(plan, "extend_improvement_plan", by, extension.reason)
    events.improvement_plan_extended(plan, by=by, extension=extension.pk)
    _tell_the_other_side(plan, by, f"step-{step.pk}")
    notices.tell_hr(notices.NEWS_FOR_HR, plan, f"step-{step.pk}", besides=[acting_id(by)])
    return plan


@transaction.atomic
def hand_over_improvement_plan(
    plan: ImprovementPlan, *, to: Employee, by: Actor | None, reason: str
) -> ImprovementPlan:
    """Give the plan another manager. All that was written and said stays."""
    plan = _lock(plan, "hand_over_improvement_plan")
    if to.pk == plan.owner_id:
        raise ActionError(_("%s leads this plan already.") % to.name, field="to")
    if to.pk == plan.employee_id or plan.employee_id in to.manager_ids:
        raise ActionError(_("Nobody leads their own plan, nor that of somebody they report to."), field="to")
    if not Employee.objects.employed().filter(pk=to.pk).exists():
        raise ActionError(_("%s does not work here now.") % to.name, field="to")
    return _give_to(plan, to, by, required_reason(reason))


@transaction.atomic
def follow_manager(plan: ImprovementPlan, *, by: Actor | None = None) -> ImprovementPlan:
    """Let the plan follow the employee to their manager of today. Where there is none it stays, and HR is asked to name one."""
    plan = _lock(plan, "hand_over_improvement_plan")
    manager = manager_for(plan.employee)
    if manager is None:
        notices.tell_hr(notices.NO_MANAGER, plan, f"no-manager-{plan.owner_id}")
        return plan
    if manager.pk == plan.owner_id:
        return plan
    return _give_to(plan, manager, by, _("The employee has another manager."))


@transaction.atomic
def remark_on_improvement_plan(
    plan: ImprovementPlan, *, by: Actor | None, text: str, readers: str = RemarkReaders.HR
) -> ImprovementRemark:
    """Note something beside the plan. The employee never reads it, and managers only when it is for them."""
    plan = _lock(plan, "remark_on_improvement_plan")
    remark = ImprovementRemark(plan=plan, text=text.strip(), readers=readers, made_by_id=acting_id(by))
    checked(remark, exclude=["made_by"]).save()
    events.improvement_plan_remarked(plan, by=by, remark=remark.pk)
    if readers == RemarkReaders.HR_AND_MANAGERS:
        notices.tell_owner(notices.NEWS_FOR_MANAGER, plan, f"remark-{remark.pk}", besides=acting_id(by))
    return remark


@transaction.atomic
def close_improvement_plan(plan: ImprovementPlan, *, by: Actor | None, outcome: str, reason: str) -> ImprovementPlan:
    """End the plan with its outcome. Every milestone has to be judged first; unknown is not "not met"."""
    plan = _lock(plan, "close_improvement_plan")
    if outcome not in {ImprovementOutcome.SUCCESSFUL, ImprovementOutcome.UNSUCCESSFUL}:
        raise ActionError(_("A plan ends successful or unsuccessful; else withdraw it."), field="outcome")
    waiting = plan.milestones.filter(dropped_at=None, result=MilestoneResult.NOT_YET).values_list("title", flat=True)
    if waiting:
        raise PlanIncomplete(_("Say first what became of: %s.") % "; ".join(waiting))
    _close(plan, ImprovementOutcome(outcome), "close_improvement_plan", by, reason)
    events.improvement_plan_closed(plan, by=by)
    return plan


@transaction.atomic
def withdraw_improvement_plan(plan: ImprovementPlan, *, by: Actor | None, reason: str) -> ImprovementPlan:
    """End the plan without an outcome. It is kept; one that was never opened stays unknown to the employee."""
    plan = _lock(plan, "withdraw_improvement_plan")
    _close(plan, ImprovementOutcome.WITHDRAWN, "withdraw_improvement_plan", by, reason)
    events.improvement_plan_withdrawn(plan, by=by)
    return plan


def check_plan_step(plan: ImprovementPlan, step: str) -> None:
    """Refuse a step that does not start from where the (locked) plan is."""
    if plan.state not in IMPROVEMENT_STARTS_FROM[step]:
        raise ActionError(_("This is not possible now: the plan is at “%s”.") % plan.get_state_display())


def _lock(plan: ImprovementPlan, step: str) -> ImprovementPlan:
    """Read the plan again under a lock, so that two clicks cannot both win, and refuse a step out of order."""
    plans = ImprovementPlan.objects.select_for_update(of=("self",)).select_related("employee__org_unit", "owner")
    locked = plans.get(pk=plan.pk)
    check_plan_step(locked, step)
    return locked


def _enter(plan: ImprovementPlan, state: ImprovementState, *changed: str) -> None:
    plan.state = state
    plan.save(update_fields=["state", "updated_at", *changed])


def _count_version(plan: ImprovementPlan) -> None:
    plan.version += 1
    plan.save(update_fields=["version", "updated_at"])


def _close(plan: ImprovementPlan, outcome: ImprovementOutcome, step: str, by: Actor | None, reason: str) -> None:
    plan.outcome, plan.closed_at = outcome, timezone.now()
    plan.next_check_in_on = None
    _enter(plan, ImprovementState.CLOSED, "outcome", "closed_at", "next_check_in_on")
    row = _log(plan, step, by, required_reason(reason))
    _tell_the_other_side(plan, by, f"step-{row.pk}")
    notices.tell_hr(notices.NEWS_FOR_HR, plan, f"step-{row.pk}", besides=[acting_id(by)])


def _give_to(plan: ImprovementPlan, to: Employee, by: Actor | None, reason: str) -> ImprovementPlan:
    previous, plan.owner = plan.owner_id, to
    plan.save(update_fields=["owner", "updated_at"])
    step = _log(plan, "hand_over_improvement_plan", by, reason)
    events.improvement_plan_handed_over(plan, by=by, previous=previous)
    notices.tell_owner(notices.YOURS_NOW, plan, f"step-{step.pk}", besides=acting_id(by))
    notices.tell_employee(notices.NEWS_FOR_EMPLOYEE, plan, f"step-{step.pk}")
    return plan


def _tell_the_other_side(plan: ImprovementPlan, by: Actor | None, occasion: str) -> None:
    notices.tell_employee(notices.NEWS_FOR_EMPLOYEE, plan, occasion, besides=acting_id(by))
    notices.tell_owner(notices.NEWS_FOR_MANAGER, plan, occasion, besides=acting_id(by))


def _add_entry(
    plan: ImprovementPlan, by: Actor | None, kind: ImprovementEntryKind, *, text: str, **fields: Any
) -> ImprovementEntry:
    entry = ImprovementEntry(plan=plan, kind=kind, text=text.strip(), made_by_id=acting_id(by), **fields)
    checked(entry, exclude=["made_by"]).save()
    events.improvement_entry_added(plan, by=by, entry=entry.pk)
    return entry


def _log(plan: ImprovementPlan, step: str, by: Actor | None, reason: str = "") -> ImprovementStep:
    return ImprovementStep.objects.create(
        plan=plan,
        name=step,
        state=plan.state,
        version=plan.version,
        reason=reason,
        content=content_of_plan(plan),
        is_for_employee=plan.was_seen,
        made_by_id=acting_id(by),
    )
