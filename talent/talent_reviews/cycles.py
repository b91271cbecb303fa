"""The performance cycle a talent review follows. Talent knows nothing of cycles; calibration answers through slots."""

from hrportal.people.slots import collect
from hrportal.people.viewer import Principal
from talent.models import TalentReview


def cycle_choices(user: Principal) -> list[tuple[str, str]]:
    """The cycles a review can follow, newest first: an opaque name for each and what people call it."""
    return [choice for choices in collect("talent.cycle_choices", user=user) for choice in choices]


def cycle_warnings(review: TalentReview) -> list[str]:
    """What speaks against trusting the ratings yet: the cycle has not concluded. Nothing where none is named."""
    if not review.cycle_source:
        return []
    return collect("talent.cycle_warning", source=review.cycle_source)
