"""What performance shows on the pages of other rooms: goals and reviews on a person's page."""

from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hrportal.people.models import Employee
from hrportal.people.slots import provide
from hrportal.people.viewer import Principal
from performance.cycles.goal_phase import goals_of
from performance.enums import ReviewState
from performance.feedback.panel import feedback_panel
from performance.goals.proposals import proposed_lines
from performance.leaving import lines_of_leaving
from performance.models import ImprovementPlan, Objective, Review

MOST = 5


def fill_slots() -> None:
    """Offer the panels to the slots that `people` defines."""
    provide("people.employee_page", person_panel)
    provide("people.employee_page", feedback_panel)
    provide("performance.review_panels", goal_phase_panel)
    provide("people.employee_page", improvement_panel)
    provide("people.leaving", lines_of_leaving)


def person_panel(*, viewer_user: Any, employee: Employee, **context: Any) -> SafeString | None:
    """Goals and reviews of a person, as far as this viewer may see them; nothing when there is nothing to see."""
    goals = list(Objective.objects.visible_to(viewer_user).filter(owner=employee).active().with_results()[:MOST])
    reviews = Review.objects.visible_to(viewer_user).filter(employee=employee).order_by("-cycle__ends_on")
    shown = list(reviews.with_people().with_ratings_for(viewer_user)[:MOST])
    proposals = proposed_lines(viewer_user, Q(employee=employee), MOST)
    if not goals and not shown and not proposals:
        return None
    context = {"goals": goals, "reviews": shown, "person": employee, "proposals": proposals}
    return render_to_string("performance/person_panel.html", context)


def improvement_panel(*, viewer_user: Any, employee: Employee, **context: Any) -> SafeString | None:
    """Improvement plans of a person, for those in their circle; for everyone else there is no such panel."""
    plans = ImprovementPlan.objects.visible_to(viewer_user).filter(employee=employee)[:MOST]
    shown = list(plans)
    return render_to_string("performance/improvement_panel.html", {"plans": shown}) if shown else None


def goal_phase_panel(*, user: Principal, review: Review, request: Any, **context: Any) -> SafeString | None:
    """While goals are agreed: the person's goals of the period, and what is to be done about them."""
    if review.state != ReviewState.GOAL_SETTING:
        return None
    shown = {
        "review": review,
        "goals": list(goals_of(review).visible_to(user)),
        "may_agree": user.has_perm("performance.agree_goals", review),
        "is_own": review.employee_id == user.viewer.employee_id,
    }
    return render_to_string("performance/goal_phase.html", shown, request=request)
