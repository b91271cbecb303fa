"""Submitted reviews that lie on no board and were decided on none."""

from django.db.models import QuerySet

from calibration.models.decisions import in_no_session
from calibration.sessions.preparation import kept_from
from hrportal.people.viewer import Principal
from performance.models import Review, ReviewCycle


def reviews_in_no_session(cycle: ReviewCycle, user: Principal) -> QuerySet[Review]:
    """Those of a cycle that this reader looks after as HR and may talk about, by name: of the others it would tell where
    they lie."""
    rows = Review.objects.visible_to(user).filter(user.viewer.hr(), in_no_session(), cycle=cycle)
    return rows.exclude(kept_from(user)).order_by("employee__last_name", "employee__first_name", "pk")
