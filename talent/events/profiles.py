"""What is announced of calibrated ratings."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record_many
from talent.models import CalibratedRating


def ratings_recorded(ratings: Sequence[CalibratedRating], *, by: Actor | None) -> list[Fact]:
    """Calibrated ratings entered profiles; a version above 1 corrects an earlier one."""
    entries = [
        Entry(rating, rating.profile.employee_id, version=rating.source_version, data={"source": rating.source})
        for rating in ratings
    ]
    return record_many("talent.rating_recorded", entries, by=by)


def ratings_retracted(ratings: Sequence[CalibratedRating], *, by: Actor | None) -> list[Fact]:
    """Ratings no longer count: the review behind them was reopened and withdrawn."""
    entries = [
        Entry(rating, rating.profile.employee_id, version=rating.source_version, data={"source": rating.source})
        for rating in ratings
    ]
    return record_many("talent.rating_retracted", entries, by=by)
