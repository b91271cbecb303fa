"""What performance does on the facts of others: reviews of people who left are withdrawn, never deleted."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hrportal.journal.models import Fact
from hrportal.journal.subscribers import subscribe
from hrportal.people.enums import EmploymentStatus
from performance.actions.reviews import withdraw_review
from performance.enums import STARTS_FROM
from performance.models import Review


def connect() -> None:
    """Begin to listen."""
    subscribe("people.employment_ended", "performance.withdraw_leavers", withdraw_leavers)


def withdraw_leavers(facts: Sequence[Fact]) -> None:
    """Withdraw the unfinished reviews of people who have left and not come back since; finished ones stay as they are."""
    people = {fact.subject_id for fact in facts}
    unfinished = Review.objects.filter(
        employee__in=people, employee__status=EmploymentStatus.LEFT, state__in=STARTS_FROM["withdraw_review"]
    )
    for review in unfinished.order_by("pk"):
        withdraw_review(review, by=None, reason=_("Left the company."))
