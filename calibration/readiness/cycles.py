"""Which cycles can be audited, and which one is meant when none is named."""

from django.db.models import Case, Q, QuerySet, Value, When

from hrportal.people.viewer import Principal
from performance.enums import CycleState
from performance.models import ReviewCycle

OVER = (CycleState.COMPLETED, CycleState.CLOSED)


def auditable(user: Principal) -> QuerySet[ReviewCycle]:
    """Those that have begun, newest first."""
    return (
        ReviewCycle.objects.visible_to(user)
        .exclude(state__in=[CycleState.DRAFT, CycleState.LAUNCHING])
        .order_by("-ends_on", "-pk")
    )


def cycle_to_audit(user: Principal) -> ReviewCycle | None:
    """The newest calibrated one that is over; else the newest that is over, else the newest."""
    rank = Case(
        When(Q(state__in=OVER, is_calibrated=True), then=Value(0)),
        When(state__in=OVER, then=Value(1)),
        default=Value(2),
    )
    return auditable(user).order_by(rank, "-ends_on", "-pk").first()
