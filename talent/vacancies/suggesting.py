"""What the ratings after a placement say of it: a suggestion for whoever says how it went, never an answer."""

import datetime
from dataclasses import dataclass

from hrportal.people.viewer import Principal
from talent.enums import PlacementOutcome
from talent.models import CalibratedRating, Vacancy

# A period that ended sooner is mostly about the role before.
IN_THE_ROLE = datetime.timedelta(days=183)


@dataclass(frozen=True)
class Suggestion:
    """The outcome that the first calibrated rating in the role suggests, with the rating."""

    outcome: PlacementOutcome
    rating: CalibratedRating


def suggestion_for(vacancy: Vacancy, user: Principal) -> Suggestion | None:
    """Meets expectations from the middle of the scale on, in the first period that ended half a year or more after the seat
    was taken; None without such a rating, or where the reader may not read it."""
    if vacancy.filled_by_id is None or vacancy.closed_on is None:
        return None
    ratings = CalibratedRating.objects.visible_to(user).current().filter(profile__employee=vacancy.filled_by_id)
    first = ratings.filter(period_ends_on__gte=vacancy.closed_on + IN_THE_ROLE).order_by("period_ends_on", "pk").first()
    if first is None:
        return None
    meets = 2 * first.value >= first.lowest + first.highest
    return Suggestion(PlacementOutcome.MEETS if meets else PlacementOutcome.FALLS_SHORT, first)
