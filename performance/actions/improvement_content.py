"""Storing what an improvement plan says, and telling a save that came late from one that says what is stored already."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from performance.enums import MilestoneResult
from performance.improvement.content import content_of_plan
from performance.models import ImprovementMilestone, ImprovementPlan, ImprovementSupport

PLAN_FIELDS = ("reason", "expectations", "starts_on", "ends_on", "rhythm")
MILESTONE_FIELDS = ("title", "measure", "due_on")
SUPPORT_FIELDS = ("kind", "description")


def store_content(plan: ImprovementPlan, changes: Mapping[str, Any]) -> None:
    """Write what is named. Lists replace lists; lines that carry the id of a stored one change it."""
    for name in PLAN_FIELDS:
        if name in changes:
            value = changes[name]
            setattr(plan, name, value.strip() if isinstance(value, str) else value)
    checked(plan, exclude=["created_by", "submitted_by", "approved_by"]).save()
    if "milestones" in changes:
        _replace(plan, ImprovementMilestone, changes["milestones"], MILESTONE_FIELDS, "milestones")
    if "support" in changes:
        _replace(plan, ImprovementSupport, changes["support"], SUPPORT_FIELDS, "support")


def _replace(plan: ImprovementPlan, model: Any, lines: Any, fields: tuple[str, ...], name: str) -> None:
    stored = {row.pk: row for row in model.objects.select_for_update().filter(plan=plan, dropped_at=None)}
    if unknown := {line["id"] for line in lines if line.get("id")} - stored.keys():
        raise ActionError(_("This plan has no line %d.") % min(unknown), field=name)
    for line in lines:
        row = stored.pop(line.get("id") or 0, None) or model(plan=plan)
        if isinstance(row, ImprovementMilestone) and line.get("measure", row.measure) != row.measure:
            _forget_judgement(row)
        for field in fields:
            if field in line:
                setattr(row, field, line[field])
        checked(row).save()
    for row in stored.values():
        _drop(plan, row)


def _forget_judgement(milestone: ImprovementMilestone) -> None:
    """What was judged was another measure; how it was judged stays in the record of the plan."""
    milestone.result, milestone.note = MilestoneResult.NOT_YET, ""
    milestone.judged_by, milestone.judged_at = None, None


def _drop(plan: ImprovementPlan, row: ImprovementMilestone | ImprovementSupport) -> None:
    if plan.was_seen:
        row.dropped_at = timezone.now()
        row.save(update_fields=["dropped_at"])
    else:
        row.delete()


def already_so(plan: ImprovementPlan, changes: Mapping[str, Any]) -> ImprovementPlan:
    """The plan, if it says already what a late save wants of it; else StaleVersion, with what is stored."""
    stored = content_of_plan(plan)
    if all(_same(stored[name], value) for name, value in changes.items()):
        return plan
    message = _("This was changed elsewhere in the meantime. Nothing was overwritten: choose which text stays.")
    raise StaleVersion(message, version=plan.version, theirs=stored)


def _same(stored: Any, given: Any) -> bool:
    if isinstance(given, list):
        pairs = zip(stored, given, strict=False)
        return len(stored) == len(given) and all(_holds(row, wanted) for row, wanted in pairs)
    return stored == (given.isoformat() if isinstance(given, datetime.date) else given)


def _holds(row: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(_same(row[name], value) for name, value in wanted.items() if name in row and name != "id")
