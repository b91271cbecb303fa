"""How long what is known stays good. What is past its budget is shown as out of date, and is never hidden."""

import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A year's cycle and the month in which the next one is closed.
RATING_BUDGET = datetime.timedelta(days=400)
# As a rating: most levels come from the same reviews.
SKILL_BUDGET = RATING_BUDGET
# A quarter.
SUCCESSION_BUDGET = datetime.timedelta(days=92)
# Half a year.
POTENTIAL_BUDGET = datetime.timedelta(days=183)
RISK_BUDGET = datetime.timedelta(days=60)
# A year: plans for one's life last longer than a talk about them.
ASPIRATION_BUDGET = datetime.timedelta(days=365)

RATING_RULE: Promise | str = _("A rating is out of date 400 days after its period ended.")
SKILL_RULE: Promise | str = _("A level is out of date 400 days after the day it is from.")
SUCCESSION_RULE: Promise | str = _(
    "A bench and a readiness are out of date 92 days after somebody last looked at them."
)
POTENTIAL_RULE: Promise | str = _("An assessment of potential is out of date 183 days after the day it is from.")
RISK_RULE: Promise | str = _("A flight risk is out of date 60 days after somebody last looked at it.")
ASPIRATION_RULE: Promise | str = _("What somebody wants is out of date 365 days after they said it.")


class Freshness(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    UNKNOWN = "unknown"


def oldest_fresh(budget: datetime.timedelta, today: datetime.date) -> datetime.date:
    """The earliest day from which a datum is still good."""
    return today - budget


def freshness(on: datetime.date | None, budget: datetime.timedelta, today: datetime.date) -> Freshness:
    """Whether what is from a day is still good; nothing known is neither fresh nor stale."""
    if on is None:
        return Freshness.UNKNOWN
    return Freshness.FRESH if on >= oldest_fresh(budget, today) else Freshness.STALE
