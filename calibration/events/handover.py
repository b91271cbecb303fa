"""What happens on the bridge itself: both sides compared, a review carried once more."""

from collections.abc import Iterable

from calibration.models import Reconciliation
from hrportal.journal.recording import Actor, Entry, record, record_many
from performance.models import Review

HANDED_OVER_AGAIN = "calibration.review_handed_over_again"


def sides_compared(reconciliation: Reconciliation, *, by: Actor | None) -> None:
    record("calibration.sides_compared", reconciliation, by=by)


def reviews_handed_over_again(reviews: Iterable[Review], *, by: Actor | None) -> None:
    """Whoever carries something of a review across hears of this and looks at the review as it is now."""
    entries = [Entry(review, review.employee_id, version=review.revision) for review in reviews]
    record_many(HANDED_OVER_AGAIN, entries, by=by)
