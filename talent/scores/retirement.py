"""When an incumbent may retire, as a band and never as a year. Pure.

Only the year of birth is known, so the earliest day within it counts: "may retire within 3 years" means that the third
year from now is the first in which they may. A band is an outlook on a seat, no statement about what somebody wants.
"""

from talent.enums import RetirementOutlook

RETIREMENT_AGE = 65
HORIZONS: tuple[tuple[RetirementOutlook, int], ...] = (
    (RetirementOutlook.ONE_YEAR, 1),
    (RetirementOutlook.THREE_YEARS, 3),
    (RetirementOutlook.FIVE_YEARS, 5),
)


def retirement_outlook(birth_year: int | None, this_year: int) -> RetirementOutlook | None:
    """The nearest horizon within which somebody may retire; None where the year of birth is not known."""
    if birth_year is None:
        return None
    years = birth_year + RETIREMENT_AGE - this_year
    return next((outlook for outlook, horizon in HORIZONS if years <= horizon), RetirementOutlook.LATER)
