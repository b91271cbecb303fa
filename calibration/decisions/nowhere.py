"""Submitted reviews that lie on no board and were decided on none."""

from django.db.models import Exists, OuterRef, QuerySet

from calibration.models import Card, Decision
from hrportal.people.viewer import Principal
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle


def reviews_in_no_session(cycle: ReviewCycle, user: Principal) -> QuerySet[Review]:
    """Those of a cycle that this reader looks after as HR, by name."""
    on_a_board = Card.objects.filter(review=OuterRef("pk"), review_revision=OuterRef("revision"))
    decided = Decision.objects.filter(review=OuterRef("pk"))
    rows = Review.objects.visible_to(user).filter(user.viewer.hr(), ~Exists(on_a_board), ~Exists(decided), cycle=cycle)
    return rows.filter(state=ReviewState.SUBMITTED).order_by("employee__last_name", "employee__first_name", "pk")
