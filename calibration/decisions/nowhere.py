"""Submitted reviews that lie on no board and were decided on none."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from calibration.models import Card, Decision, Recusal
from hrportal.people.viewer import Principal, Viewer
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle


def reviews_in_no_session(cycle: ReviewCycle, user: Principal) -> QuerySet[Review]:
    """Those of a cycle that this reader looks after as HR and may talk about, by name: of the others it would tell where
    they lie."""
    on_a_board = Card.objects.filter(review=OuterRef("pk"), review_revision=OuterRef("revision"))
    decided = Decision.objects.filter(review=OuterRef("pk"))
    rows = Review.objects.visible_to(user).filter(user.viewer.hr(), ~Exists(on_a_board), ~Exists(decided), cycle=cycle)
    waiting = rows.filter(state=ReviewState.SUBMITTED).exclude(_recused(cycle, user.viewer))
    return waiting.order_by("employee__last_name", "employee__first_name", "pk")


def _recused(cycle: ReviewCycle, viewer: Viewer) -> Q:
    """Whom this viewer reports to, or has declared a conflict about in this cycle."""
    if not viewer.employee_id:
        return Q(pk__in=[])
    declared = Recusal.objects.filter(employee=viewer.employee_id, session__cycle=cycle)
    return Q(employee__in=viewer.superiors()) | Q(employee__in=declared.values("about"))
