"""What performance does on the facts of others: what people who leave were part of ends, and is never deleted; what a
change of manager means for reviews, plans and one-to-ones.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from hrportal.people.enums import EmploymentStatus
from performance.actions.improvement import follow_manager, withdraw_improvement_plan
from performance.actions.one_to_ones import end_parted_series
from performance.actions.reviewers import heed_manager_change
from performance.actions.reviews import withdraw_review
from performance.actions.rounds import withdraw_round
from performance.enums import OPEN_ROUNDS, STARTS_FROM
from performance.models import FeedbackRound, ImprovementPlan, Review
from performance.rounds import mail


def connect() -> None:
    """Begin to listen."""
    mail.connect()
    subscribe("people.employment_ended", "performance.withdraw_rounds_of_leavers", withdraw_rounds_of_leavers)
    subscribe("people.employment_ended", "performance.withdraw_leavers", withdraw_leavers)
    subscribe("people.employment_ended", "performance.settle_improvement_plans", settle_improvement_plans)
    subscribe("people.employee_changed", "performance.follow_managers", follow_managers)
    subscribe("people.employee_changed", "performance.ask_who_reviews", ask_who_reviews)
    subscribe("people.employee_changed", "performance.end_parted_series", end_series_of_moved)
    subscribe("people.employment_ended", "performance.end_series_of_leavers", end_series_of_leavers)


def withdraw_leavers(facts: Sequence[Fact]) -> None:
    """Withdraw the unfinished reviews of people who have left and not come back since; finished ones stay as they are."""
    people = {fact.subject_id for fact in facts}
    unfinished = Review.objects.filter(
        employee__in=people, employee__status=EmploymentStatus.LEFT, state__in=STARTS_FROM["withdraw_review"]
    )
    for review in unfinished.order_by("pk"):
        withdraw_review(review, by=None, reason=_("Left the company."))


def withdraw_rounds_of_leavers(facts: Sequence[Fact]) -> None:
    """Give up the open rounds about people who have left and not come back since."""
    left = [fact.subject_id for fact in facts]
    rounds = FeedbackRound.objects.filter(
        subject__in=left, subject__status=EmploymentStatus.LEFT, state__in=sorted(OPEN_ROUNDS)
    )
    for round_ in rounds.order_by("pk"):
        withdraw_round(round_, by=None, reason=_("Left the company."))


def end_series_of_moved(facts: Sequence[Fact]) -> None:
    """End the one-to-ones of people with managers they no longer have; nothing of them passes on to the new one."""
    end_parted_series(fact.subject_id for fact in facts if "manager" in fact.data.get("fields", ()))


def end_series_of_leavers(facts: Sequence[Fact]) -> None:
    """End the one-to-ones of people who have left, on either side of them."""
    end_parted_series(fact.subject_id for fact in facts)


def settle_improvement_plans(facts: Sequence[Fact]) -> None:
    """Withdraw the plans of people who have left; what they led goes to the employee's manager of today."""
    people = {fact.subject_id for fact in facts}
    plans = ImprovementPlan.objects.not_closed().order_by("pk")
    for plan in plans.filter(employee__in=people, employee__status=EmploymentStatus.LEFT):
        withdraw_improvement_plan(plan, by=None, reason=_("Left the company."))
    for plan in plans.filter(owner__in=people, owner__status=EmploymentStatus.LEFT):
        follow_manager(plan)


def follow_managers(facts: Sequence[Fact]) -> None:
    """Let improvement plans follow the people who got another manager."""
    moved = {fact.subject_id for fact in facts if "manager" in fact.data.get("fields", ())}
    for plan in ImprovementPlan.objects.not_closed().filter(employee__in=moved).order_by("pk"):
        follow_manager(plan)


def ask_who_reviews(facts: Sequence[Fact]) -> None:
    """Let reviews that are being written follow, stay, or ask, for people who got another manager."""
    changed = {fact.subject_id: fact.recorded_at for fact in facts if "manager" in fact.data.get("fields", ())}
    reviews = Review.objects.filter(employee__in=changed, state__in=STARTS_FROM["delegate_review"])
    for review in reviews.order_by("pk"):
        heed_manager_change(review, since=changed[review.employee_id])
