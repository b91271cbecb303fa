"""What of performance ends when somebody leaves, as far as the reader may see it."""

from typing import Any

from django.utils.translation import ngettext

from hrportal.people.models import Employee
from performance.enums import OPEN_ROUNDS, STARTS_FROM
from performance.models import FeedbackRound, ImprovementPlan, Review


def lines_of_leaving(*, employee: Employee, viewer_user: Any, **_context: Any) -> list[str] | None:
    """Open reviews, 360 rounds and improvement plans about somebody, in words and numbers."""
    reviews = Review.objects.visible_to(viewer_user).filter(employee=employee, state__in=STARTS_FROM["withdraw_review"])
    rounds = FeedbackRound.objects.visible_to(viewer_user).filter(subject=employee, state__in=sorted(OPEN_ROUNDS))
    plans = ImprovementPlan.objects.visible_to(viewer_user).filter(employee=employee).not_closed()
    lines = []
    if count := reviews.count():
        lines.append(ngettext("%d open review is withdrawn.", "%d open reviews are withdrawn.", count) % count)
    if count := rounds.count():
        lines.append(ngettext("%d open 360 round is given up.", "%d open 360 rounds are given up.", count) % count)
    if count := plans.count():
        lines.append(
            ngettext("%d improvement plan is withdrawn.", "%d improvement plans are withdrawn.", count) % count
        )
    return lines or None
