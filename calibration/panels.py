"""What calibration shows on the pages of other rooms."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from calibration.models import CalibrationSession, Decision
from calibration.signals import review_id_of, source_of
from hrportal.people.enums import HR_ROLES
from hrportal.people.slots import provide
from performance.enums import ReviewState
from performance.models import Review
from talent.models import CalibratedRating, PlanItem, TalentProfile


def connect() -> None:
    """Fill the slots that others offer."""
    provide("performance.review_panels", review_panel)
    provide("talent.rating_lineage", lineage_urls)
    provide("talent.rating_lineage_link", lineage_reference)


def review_panel(*, user: Any, review: Review, request: HttpRequest) -> SafeString | None:
    """Beside a review: what was decided and why, what came of it on the other side, what HR may do now."""
    decision = Decision.objects.visible_to(user).with_people().select_related("session").filter(review=review).first()
    context = {
        "review": review,
        "decision": decision,
        "session": _session_seen(decision, user),
        "is_earlier": decision is not None and decision.review_revision != review.revision,
        "rating": _rating_seen(review, user),
        "plan_items": _items_seen(review, user),
        **_offers(review, decision, user),
    }
    shown = ("decision", "rating", "plan_items", "may_complete", "may_decide")
    if not any(context[name] for name in shown):
        return None
    return render_to_string("calibration/review_panel.html", context, request)


def lineage_urls(*, viewer_user: Any, ratings: Iterable[CalibratedRating]) -> dict[int, str]:
    """The way back from each rating to its review and decision."""
    return {rating.pk: reverse("calibration:rating_lineage", args=[rating.pk]) for rating in ratings}


def lineage_reference(*, source: str, version: int) -> dict[str, Any] | None:
    """The same for the API: review, revision, and the decisions about it."""
    review_id = review_id_of(source)
    if review_id is None:
        return None
    url = f"{reverse('api:calibration-decisions-list')}?review={review_id}"
    return {"review": review_id, "review_revision": version, "decisions_url": url}


def _session_seen(decision: Decision | None, user: Any) -> CalibrationSession | None:
    if decision is None or decision.session_id is None:
        return None
    return CalibrationSession.objects.visible_to(user).filter(pk=decision.session_id).first()


def _rating_seen(review: Review, user: Any) -> CalibratedRating | None:
    """The rating as it arrived in a talent profile that the reader may open."""
    if not review.is_finished:
        return None
    profiles = TalentProfile.objects.visible_to(user).filter(employee=review.employee_id)
    arrived = CalibratedRating.objects.current().filter(source=source_of(review.pk), source_version=review.revision)
    return arrived.filter(profile__in=profiles.values("pk")).first()


def _items_seen(review: Review, user: Any) -> list[PlanItem]:
    """What the review put into the person's plan, as far as the reader sees it."""
    if not review.is_finished:
        return []
    asked = PlanItem.objects.visible_to(user).filter(source__startswith=f"{source_of(review.pk)}:")
    return list(asked.filter(plan__employee=review.employee_id).select_related("plan"))


def _offers(review: Review, decision: Decision | None, user: Any) -> dict[str, bool]:
    """What HR may do about a submitted review outside a session."""
    waits = review.state == ReviewState.SUBMITTED and review.cycle.is_calibrated and bool(HR_ROLES & user.viewer.roles)
    return {
        "may_complete": waits and decision is None and user.has_perm("calibration.complete_uncalibrated", review),
        "may_decide": waits and decision is not None and user.has_perm("calibration.decide_reopened", review),
    }
