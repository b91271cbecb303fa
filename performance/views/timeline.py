"""The story of a review: what happened when, and, for those who work on it, why it went back."""

from typing import Any

from django.utils.translation import gettext as _

from performance.enums import RemarkKind, Side
from performance.models import Review

ICONS = {
    RemarkKind.RETURNED: "arrow-counterclockwise",
    RemarkKind.EXTENDED: "clock",
    RemarkKind.DELEGATED: "person-plus",
    RemarkKind.RESTORED: "arrow-repeat",
    RemarkKind.SETTLED: "chat-left-text",
    RemarkKind.REASSIGNED: "arrow-left-right",
    RemarkKind.WITHDRAWN: "slash-circle",
    RemarkKind.REOPENED: "unlock",
}


def milestones_of(review: Review, *, with_remarks: bool) -> list[dict[str, Any]]:
    """Milestones, oldest first; those not reached yet are not there."""
    self_submitted = review.parts.filter(side=Side.SELF).values_list("submitted_at", flat=True).first()
    reached = [
        (_("Opened"), review.created_at, "rocket-takeoff", ""),
        (_("Self-assessment handed in"), self_submitted, "person-check", review.employee.name),
        (_("Submitted"), review.submitted_at, "send", review.reviewer.name if review.reviewer else ""),
        (_("Completed"), review.completed_at, "check-circle", ""),
        (_("Shared"), review.shared_at, "eye", ""),
        (_("Disputed"), review.disputed_at, "flag", review.employee.name),
        (_("Acknowledged"), review.acknowledged_at, "hand-thumbs-up", review.employee.name),
    ]
    story = [{"what": what, "at": at, "icon": icon, "who": who} for what, at, icon, who in reached if at]
    if with_remarks:
        story += [
            {
                "what": remark.get_kind_display(),
                "at": remark.made_at,
                "icon": ICONS[RemarkKind(remark.kind)],
                "who": remark.made_by.name if remark.made_by else "",
                "body": remark.reason,
                "tone": "care",
            }
            for remark in review.remarks.select_related("made_by")
        ]
    return sorted(story, key=lambda event: event["at"])
