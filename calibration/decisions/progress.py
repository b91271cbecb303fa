"""What locking will set in motion, and afterwards what of it has happened. Counted over what the reader sees, and no more."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from calibration.actions.completion import decisions_of
from calibration.enums import HandOverKind
from calibration.models import CalibrationSession, Card, Decision, HandOver
from calibration.models.decisions import DecisionQuerySet
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import Job
from hrportal.people.viewer import Principal
from performance.enums import FINISHED, SEEN_BY_EMPLOYEE, ReviewState
from performance.models import Review, ReviewCycle
from talent.models import DevelopmentPlan


@dataclass
class Summary:
    """What a lock will do: decisions, ratings that go to talent profiles, plans that open and plans that gain items."""

    decisions: int
    moved: int
    unrated: int
    undiscussed: int
    on_agenda: int
    left_out: int
    plans_to_extend: int

    @property
    def plans_to_open(self) -> int:
        return self.decisions - self.plans_to_extend


def before_lock(session: CalibrationSession, user: Principal) -> Summary:
    """Counted over the cards this reader sees: from a count of the whole board they could tell how many are kept from them."""
    seen = Card.objects.visible_to(user).at_table_of(session)
    cards = seen.on_board(ReviewState.IN_CALIBRATION)
    counts = cards.aggregate(
        all=Count("pk"),
        moved=Count("pk", filter=~Q(rating=F("proposed_rating"))),
        unrated=Count("pk", filter=Q(rating=None)),
        undiscussed=Count("pk", filter=Q(is_discussed=False)),
        on_agenda=Count("pk", filter=Q(is_discussed=False, agenda_place__isnull=False)),
    )
    open_plans = DevelopmentPlan.objects.open().filter(employee__in=cards.order_by().values("review__employee"))
    return Summary(
        decisions=counts["all"],
        moved=counts["moved"],
        unrated=counts["unrated"],
        undiscussed=counts["undiscussed"],
        on_agenda=counts["on_agenda"],
        left_out=seen.exclude(review__in=cards.order_by().values("review")).count(),
        plans_to_extend=open_plans.count(),
    )


def after_lock(session: CalibrationSession, user: Principal) -> dict[str, Any]:
    """How far a table's reviews are. `waits_to_complete` and `waits_to_share` say of the whole table whether there is anything
    to start, so that nobody's own row keeps the others waiting."""
    decided = decisions_of(session)
    return standing_of(decided, user) | {
        "waits_to_complete": decided.to_complete().exists(),
        "waits_to_share": decided.to_share().exists(),
    }


def standing_of(decided: DecisionQuerySet, user: Principal) -> dict[str, Any]:
    """How many of these decisions' reviews are completed and shared, and how the hand-over of each kind stands, as far as
    the reader sees them."""
    seen = Decision.objects.visible_to(user).filter(pk__in=decided.order_by().values("pk"))
    standing = seen.standing()
    counts = standing.aggregate(
        all=Count("pk"),
        completed=Count("pk", filter=Q(review__state__in=FINISHED)),
        shared=Count("pk", filter=Q(review__state__in=SEEN_BY_EMPLOYEE)),
        to_complete=Count("pk", filter=Q(review__state=ReviewState.CALIBRATED)),
        to_share=Count("pk", filter=Q(review__state=ReviewState.COMPLETED)),
    )
    return counts | {"handover": _handover(seen, user)}


def is_moving(done: dict[str, Any] | None, job: Job | None) -> bool:
    """Whether the numbers of `after_lock` will change by themselves."""
    waits = any(row["pending"] for row in done["handover"]) if done else False
    return waits or (job is not None and not job.is_finished)


def _handover(decided: DecisionQuerySet, user: Principal) -> list[dict[str, Any]]:
    about = HandOver.objects.visible_to(user).filter(
        fact__subject_type="performance.review", fact__subject_id__in=decided.order_by().values("review")
    )
    rows = (
        about.order_by()
        .values("subscriber")
        .annotate(
            done=Count("fact__subject_id", distinct=True, filter=Q(state=DeliveryState.DONE)),
            pending=Count("fact__subject_id", distinct=True, filter=Q(state=DeliveryState.PENDING)),
            parked=Count("fact__subject_id", distinct=True, filter=Q(state=DeliveryState.PARKED)),
        )
    )
    found = {row["subscriber"]: row for row in rows}
    return [found[kind] | {"label": kind.label, "kind": kind.value} for kind in HandOverKind if kind in found]


def running_job(session: CalibrationSession, user: Principal) -> Job | None:
    """The newest job about the session that this person started."""
    kinds = ["calibration.complete_session", "calibration.share_session"]
    jobs = Job.objects.visible_to(user).filter(kind__in=kinds, params__session=session.pk)
    return jobs.order_by("-pk").first()


def left_out_of(job: Job | None, user: Principal) -> list[Review]:
    """The reviews a job named as left out, because they had moved on, as far as the reader sees them."""
    ids = job.result.get("reviews", []) if job else []
    return list(Review.objects.visible_to(user).filter(pk__in=ids).select_related("employee")) if ids else []


def cycle_job(cycle: ReviewCycle, user: Principal) -> Job | None:
    """The newest job that completes this cycle, if this person started it."""
    jobs = Job.objects.visible_to(user).filter(kind="calibration.complete_cycle", params__cycle=cycle.pk)
    return jobs.order_by("-pk").first()
