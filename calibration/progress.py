"""What locking will set in motion, and afterwards what of it has happened."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from calibration.enums import HandOverKind
from calibration.models import CalibrationSession, Card, HandOver
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import Job
from performance.enums import FINISHED, SEEN_BY_EMPLOYEE, ReviewState
from talent.models import DevelopmentPlan


@dataclass
class Summary:
    """What a lock will do: decisions, ratings that go to talent profiles, plans that open and plans that gain items."""

    decisions: int
    moved: int
    unrated: int
    undiscussed: int
    left_out: int
    plans_to_extend: int

    @property
    def plans_to_open(self) -> int:
        return self.decisions - self.plans_to_extend


def before_lock(session: CalibrationSession, user: Any) -> Summary:
    """Counted over the whole board, but for what was said of the cards: there only those the reader sees, or the
    difference to the board would tell them what happened to their own."""
    cards = session.cards.on_board(ReviewState.IN_CALIBRATION)
    seen = Q(pk__in=Card.objects.visible_to(user).filter(session=session).values("pk"))
    counts = cards.aggregate(
        all=Count("pk"),
        moved=Count("pk", filter=seen & ~Q(rating=F("proposed_rating"))),
        unrated=Count("pk", filter=Q(rating=None)),
        undiscussed=Count("pk", filter=seen & Q(is_discussed=False)),
    )
    open_plans = DevelopmentPlan.objects.open().filter(employee__in=cards.order_by().values("review__employee"))
    return Summary(
        decisions=counts["all"],
        moved=counts["moved"],
        unrated=counts["unrated"],
        undiscussed=counts["undiscussed"],
        left_out=session.cards.count() - counts["all"],
        plans_to_extend=open_plans.count(),
    )


def after_lock(session: CalibrationSession) -> dict[str, Any]:
    """How many reviews are completed and shared, and how the hand-over of each kind stands."""
    standing = session.decisions.standing()
    counts = standing.aggregate(
        all=Count("pk"),
        completed=Count("pk", filter=Q(review__state__in=FINISHED)),
        shared=Count("pk", filter=Q(review__state__in=SEEN_BY_EMPLOYEE)),
    )
    to_complete, to_share = standing.to_complete().count(), standing.to_share().count()
    return counts | {"to_complete": to_complete, "to_share": to_share, "handover": _handover(session)}


def is_moving(done: dict[str, Any] | None, job: Job | None) -> bool:
    """Whether the numbers of `after_lock` will change by themselves."""
    waits = any(row["pending"] for row in done["handover"]) if done else False
    return waits or (job is not None and not job.is_finished)


def _handover(session: CalibrationSession) -> list[dict[str, Any]]:
    about = HandOver.objects.filter(
        fact__subject_type="performance.review", fact__subject_id__in=session.decisions.order_by().values("review")
    )
    rows = (
        about.order_by()
        .values("subscriber")
        .annotate(
            done=Count("pk", filter=Q(state=DeliveryState.DONE)),
            pending=Count("pk", filter=Q(state=DeliveryState.PENDING)),
            parked=Count("pk", filter=Q(state=DeliveryState.PARKED)),
        )
    )
    found = {row["subscriber"]: row for row in rows}
    return [found[kind] | {"label": kind.label, "kind": kind.value} for kind in HandOverKind if kind in found]


def running_job(session: CalibrationSession, user: Any) -> Job | None:
    """The newest job about the session that this person started, while it runs or when it failed."""
    kinds = ["calibration.complete_session", "calibration.share_session"]
    jobs = Job.objects.visible_to(user).filter(kind__in=kinds, params__session=session.pk)
    return jobs.order_by("-pk").first()
