"""Whom a talent review is about, and whom it leaves out, before anything is written."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import ReviewMember, TalentReview
from talent.models.talent_reviews import MemberQuerySet

MOST_NAMED = 12


@dataclass(frozen=True)
class LeftOut:
    """People who would be in it but for a reason, as far as the reader may know of them."""

    reason: Promise | str
    count: int
    people: list[Employee]


@dataclass(frozen=True)
class Preview:
    """How many are in it, and who is not, with why."""

    count: int
    left_out: list[LeftOut]


def population_of(review: TalentReview) -> QuerySet[Employee]:
    """The people a review is about, among those who work here now."""
    return Employee.objects.filter(review.about(), status__in=[EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE])


def preview_of(review: TalentReview, user: Principal) -> Preview:
    """What the list would be, for this reader: without themselves and the people they report to, in every number."""
    seen = ~Q(pk__in=kept_from(user))
    left = Employee.objects.filter(review.about()).filter(seen)
    reasons = [
        (_("Have left"), left.filter(status=EmploymentStatus.LEFT)),
        (_("Have not started yet"), left.filter(status=EmploymentStatus.PENDING)),
        (_("Have no manager above them"), population_of(review).filter(seen, manager=None)),
    ]
    return Preview(
        members_to_be(review).filter(seen).count(),
        [LeftOut(reason, people.count(), list(people[:MOST_NAMED])) for reason, people in reasons if people.exists()],
    )


def members_to_be(review: TalentReview) -> QuerySet[Employee]:
    """Whom the list will hold. Whoever reports to nobody is left out: nobody at a table may talk about them."""
    return population_of(review).exclude(manager=None)


def kept_from(user: Principal) -> list[int]:
    """The people a reader stays out of talking about."""
    viewer = getattr(user, "viewer", None)
    if viewer is None or not viewer.employee_id:
        return []
    return [viewer.employee_id, *viewer.superiors()]


def seen_of(review: TalentReview, user: Principal) -> MemberQuerySet:
    """The people of a review that this reader sees."""
    return ReviewMember.objects.visible_to(user).filter(review=review.pk)
