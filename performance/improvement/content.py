"""What an improvement plan says, as it is kept with every step, and what it still lacks before HR can approve it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from performance.models import ImprovementMilestone, ImprovementPlan
from performance.reviews.completeness import Missing


def content_of_plan(plan: ImprovementPlan) -> dict[str, Any]:
    """All that is agreed, in the shape `edit_improvement_plan` takes, with what became of it."""
    return {
        "reason": plan.reason,
        "expectations": plan.expectations,
        "starts_on": plan.starts_on and plan.starts_on.isoformat(),
        "ends_on": plan.ends_on and plan.ends_on.isoformat(),
        "rhythm": plan.rhythm,
        "milestones": [_milestone(row) for row in plan.milestones.order_by("due_on", "pk") if not row.dropped_at],
        "support": [
            {"id": row.pk, "kind": row.kind, "description": row.description}
            for row in plan.support.order_by("pk")
            if not row.dropped_at
        ],
    }


def missing_from_plan(plan: ImprovementPlan) -> list[Missing]:
    """What is still to be written, in the order of the page."""
    milestones = [row for row in plan.milestones.all() if not row.dropped_at]
    vague = [row for row in milestones if not row.measure.strip() or row.due_on is None]
    outside = [row for row in milestones if row not in vague and not _is_within(row, plan)]
    wanted = [
        ("reason", plan.reason.strip(), _("the reason")),
        ("expectations", plan.expectations.strip(), _("what is expected")),
        ("starts_on", plan.starts_on, _("the first day")),
        ("ends_on", plan.ends_on, _("the last day")),
        ("ends_on", plan.ends_on is None or plan.ends_on > timezone.localdate(), _("a last day that is still to come")),
        ("milestones", milestones, _("at least one milestone")),
        ("milestones", not vague, _("a measure and a day for every milestone")),
        ("milestones", not outside, _("milestones within the days of the plan")),
        ("support", [row for row in plan.support.all() if not row.dropped_at], _("the support that is given")),
    ]
    return [Missing(field, words) for field, given, words in wanted if not given]


def _is_within(milestone: ImprovementMilestone, plan: ImprovementPlan) -> bool:
    if plan.starts_on is None or plan.ends_on is None or milestone.due_on is None:
        return True
    return plan.starts_on <= milestone.due_on <= plan.ends_on


def _milestone(row: ImprovementMilestone) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "measure": row.measure,
        "due_on": row.due_on and row.due_on.isoformat(),
        "result": row.result,
        "note": row.note,
    }
