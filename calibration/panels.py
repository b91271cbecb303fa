"""What calibration shows on the pages of other rooms."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from calibration.bridge.proposing import family_people
from calibration.bridge.sources import review_id_of, source_of
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Decision
from hrportal.people.enums import HR_ROLES
from hrportal.people.slots import provide
from hrportal.people.viewer import Principal
from performance.enums import CycleState, ProposalState, ReviewState
from performance.models import GoalProposal, Review, ReviewCycle
from talent.models import CalibratedRating, PlanAction, PlanItem, SkillAssessment, TalentProfile

# How talent names a performance cycle, which it knows nothing of.
CYCLE_SOURCE = "performance.cycle:"


def connect() -> None:
    """Fill the slots that others offer."""
    provide("performance.review_panels", review_panel)
    provide("performance.cycle_panels", cycle_panel)
    provide("performance.follow_ups", agreed_actions)
    provide("talent.rating_lineage", lineage_urls)
    provide("talent.skill_lineage", skill_lineage_urls)
    provide("talent.rating_lineage_link", lineage_reference)
    provide("talent.strategy_steps", strategy_panel)
    provide("talent.cycle_choices", cycle_choices)
    provide("talent.cycle_warning", cycle_warning)


def review_panel(*, user: Principal, review: Review, request: HttpRequest) -> SafeString | None:
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


def cycle_panel(*, user: Principal, cycle: ReviewCycle, request: HttpRequest) -> SafeString | None:
    """On the page of a calibrated cycle: where its sessions are, and what is left to complete."""
    if not cycle.is_calibrated:
        return None
    waits = Decision.objects.visible_to(user).to_complete().filter(review__cycle=cycle).count()
    open_sessions = CalibrationSession.objects.visible_to(user).filter(cycle=cycle).exclude(state=SessionState.LOCKED)
    context = {"cycle": cycle, "waits": waits, "open_sessions": open_sessions.count()}
    return render_to_string("calibration/cycle_panel.html", context, request)


def agreed_actions(*, person: str, since: str) -> Exists:
    """Following up, on the other side: an action in a development plan item that was opened since."""
    agreed = PlanAction.objects.filter(item__plan__employee=OuterRef(person), item__created_at__gte=OuterRef(since))
    return Exists(agreed)


def lineage_urls(*, viewer_user: Any, ratings: Iterable[CalibratedRating]) -> dict[int, str]:
    """The way back from each rating to its review and decision."""
    return {rating.pk: reverse("calibration:rating_lineage", args=[rating.pk]) for rating in ratings}


def skill_lineage_urls(*, skills: Iterable[SkillAssessment]) -> dict[int, str]:
    """The same for levels in the skills inventory."""
    return {skill.pk: reverse("calibration:skill_lineage", args=[skill.pk]) for skill in skills}


def lineage_reference(*, source: str, version: int) -> dict[str, Any] | None:
    """The same for the API: review, revision, and the decisions about it."""
    review_id = review_id_of(source)
    if review_id is None:
        return None
    url = f"{reverse('api:calibration-decisions-list')}?review={review_id}"
    return {"review": review_id, "review_revision": version, "decisions_url": url}


def cycle_choices(*, user: Principal) -> list[tuple[str, str]]:
    """The cycles a talent review can follow, newest first: how talent keeps each, and its name."""
    cycles = ReviewCycle.objects.visible_to(user).exclude(state=CycleState.DRAFT).order_by("-ends_on", "-pk")
    return [(f"{CYCLE_SOURCE}{cycle.pk}", cycle.name) for cycle in cycles]


def cycle_warning(*, source: str) -> str | None:
    """What a talent review has to know of the cycle it follows: that its ratings may still change."""
    pk = source.removeprefix(CYCLE_SOURCE)
    cycle = ReviewCycle.objects.filter(pk=int(pk)).first() if pk.isdecimal() else None
    if cycle is None or cycle.state in (CycleState.COMPLETED, CycleState.CLOSED):
        return None
    words = _("The performance cycle “%s” has not concluded: ratings may still be missing or change.")
    return words % cycle.name


def strategy_panel(*, user: Principal, family: str, request: HttpRequest) -> SafeString | None:
    """On the page of a family's strategy, for HR: what of it is proposed, and the way to proposing."""
    if not user.has_perm("calibration.propose_from_strategy"):
        return None
    proposals = GoalProposal.objects.visible_to(user).filter(employee__in=family_people(family, user).values("pk"))
    context = {
        "family": family,
        "open": proposals.open().count(),
        "accepted": proposals.filter(state=ProposalState.ACCEPTED).count(),
    }
    return render_to_string("calibration/strategy_panel.html", context, request)


def _session_seen(decision: Decision | None, user: Principal) -> CalibrationSession | None:
    if decision is None or decision.session_id is None:
        return None
    return CalibrationSession.objects.visible_to(user).filter(pk=decision.session_id).first()


def _rating_seen(review: Review, user: Principal) -> CalibratedRating | None:
    """The rating as it arrived in a talent profile that the reader may open."""
    if not review.is_finished:
        return None
    profiles = TalentProfile.objects.visible_to(user).filter(employee=review.employee_id)
    arrived = CalibratedRating.objects.current().filter(source=source_of(review.pk), source_version=review.revision)
    return arrived.filter(profile__in=profiles.values("pk")).first()


def _items_seen(review: Review, user: Principal) -> list[PlanItem]:
    """What the review put into the person's plan, as far as the reader sees it."""
    if not review.is_finished:
        return []
    asked = PlanItem.objects.visible_to(user).filter(source__startswith=f"{source_of(review.pk)}:")
    return list(asked.filter(plan__employee=review.employee_id).select_related("plan"))


def _offers(review: Review, decision: Decision | None, user: Principal) -> dict[str, bool]:
    """What HR may do about a decided review, and about a submitted one outside a session."""
    is_decided = decision is not None and decision.is_standing and review.state == ReviewState.CALIBRATED
    waits = review.state == ReviewState.SUBMITTED and review.cycle.is_calibrated and bool(HR_ROLES & user.viewer.roles)
    return {
        "may_finish": is_decided and user.has_perm("calibration.complete_review", decision),
        "may_complete": waits and decision is None and user.has_perm("calibration.complete_uncalibrated", review),
        "may_decide": waits and decision is not None and user.has_perm("calibration.decide_reopened", review),
    }
