"""A merit increase from rating and position in range. Decimal money, rounded half up to the cent; no rating, no result.

Source of the method: the merit matrix (rating by compa-ratio or range position) as in Milkovich, Newman & Gerhart,
Compensation, chapter on pay-for-performance plans.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from talent.enums import PayPosition

CENT = Decimal("0.01")
TENTH_OF_PERCENT = Decimal("0.001")
HUNDRED = Decimal(100)

Guideline = Mapping[tuple[int, str], Decimal]


@dataclass(frozen=True)
class PayBand:
    """The pay range of a job; all three are yearly amounts of one currency."""

    minimum: Decimal
    midpoint: Decimal
    maximum: Decimal

    def place_of(self, pay: Decimal) -> Decimal:
        """How far up in the range: 0 at the minimum, 1 at the maximum, below or above outside of it."""
        return ((pay - self.minimum) / (self.maximum - self.minimum)).quantize(TENTH_OF_PERCENT, ROUND_HALF_UP)

    def compa_ratio(self, pay: Decimal) -> Decimal:
        """The pay as a share of the midpoint."""
        return (pay / self.midpoint).quantize(TENTH_OF_PERCENT, ROUND_HALF_UP)

    def position_of(self, pay: Decimal) -> PayPosition:
        """Which third the pay lies in, compared in whole amounts so that no rounding moves anybody across a border."""
        above_minimum, width = pay - self.minimum, self.maximum - self.minimum
        if above_minimum < 0:
            return PayPosition.BELOW
        if above_minimum > width:
            return PayPosition.ABOVE
        if 3 * above_minimum < width:
            return PayPosition.LOWER
        return PayPosition.MIDDLE if 3 * above_minimum < 2 * width else PayPosition.UPPER


@dataclass(frozen=True)
class Merit:
    """What the guideline comes to for one person: percentages, with the parts they follow from."""

    position: PayPosition
    place: Decimal
    compa_ratio: Decimal
    percent: Decimal
    low: Decimal
    high: Decimal


def merit_of(rating: int, pay: Decimal, band: PayBand, guideline: Guideline, tolerance: Decimal) -> Merit | None:
    """The recommended increase in per cent with what the guideline leaves room for; None where it says nothing."""
    position = band.position_of(pay)
    percent = guideline.get((rating, position.value))
    if percent is None:
        return None
    return Merit(
        position=position,
        place=band.place_of(pay),
        compa_ratio=band.compa_ratio(pay),
        percent=percent,
        low=max(Decimal(0), percent - tolerance),
        high=percent + tolerance,
    )


def raise_of(pay: Decimal, percent: Decimal) -> Decimal:
    """The amount that an increase in per cent comes to, to the cent."""
    return (pay * percent / HUNDRED).quantize(CENT, ROUND_HALF_UP)
