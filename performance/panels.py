"""What performance shows on the pages of other rooms: goals and reviews on a person's page."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hrportal.people.models import Employee
from hrportal.people.slots import provide
from performance.models import Objective, Review

MOST = 5


def fill_slots() -> None:
    """Offer the panels to the slots that `people` defines."""
    provide("people.employee_page", person_panel)


def person_panel(*, viewer_user: Any, employee: Employee, **context: Any) -> SafeString | None:
    """Goals and reviews of a person, as far as this viewer may see them; nothing when there is nothing to see."""
    goals = list(Objective.objects.visible_to(viewer_user).filter(owner=employee).active().with_results()[:MOST])
    reviews = Review.objects.visible_to(viewer_user).filter(employee=employee).order_by("-cycle__ends_on")
    shown = list(reviews.with_people().with_ratings_for(viewer_user)[:MOST])
    if not goals and not shown:
        return None
    return render_to_string("performance/person_panel.html", {"goals": goals, "reviews": shown, "person": employee})
