"""The arithmetic of merit increases: positions by thirds, amounts to the cent, nothing out of nothing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from talent.enums import PayPosition
from talent.scores.merit import PayBand, merit_of, raise_of

money = st.decimals(min_value=1, max_value=500_000, places=2, allow_nan=False, allow_infinity=False)
percents = st.decimals(min_value=0, max_value=50, places=2, allow_nan=False, allow_infinity=False)


@st.composite
def bands(draw):
    minimum = draw(money)
    midpoint = minimum + draw(money)
    return PayBand(minimum, midpoint, midpoint + draw(money))


@given(bands(), money)
def test_the_position_is_the_third_the_pay_lies_in(band, pay):
    place = (pay - band.minimum) / (band.maximum - band.minimum)
    expected = (
        PayPosition.BELOW
        if place < 0
        else PayPosition.LOWER
        if 3 * (pay - band.minimum) < band.maximum - band.minimum
        else PayPosition.MIDDLE
        if 3 * (pay - band.minimum) < 2 * (band.maximum - band.minimum)
        else PayPosition.UPPER
        if pay <= band.maximum
        else PayPosition.ABOVE
    )
    assert band.position_of(pay) == expected
    assert abs(band.place_of(pay) - place) <= Decimal("0.0005")


def test_borders_belong_to_the_third_they_begin():
    band = PayBand(Decimal(30), Decimal(45), Decimal(60))
    found = [band.position_of(Decimal(pay)) for pay in ("29.99", "30", "39.99", "40", "50", "60", "60.01")]
    assert [position.value for position in found] == ["below", "lower", "lower", "middle", "upper", "upper", "above"]


@given(money, percents)
def test_an_increase_is_exact_to_the_cent(pay, percent):
    amount = raise_of(pay, percent)
    assert abs(amount - pay * percent / 100) <= Decimal("0.005")
    assert amount == amount.quantize(Decimal("0.01"))


@given(bands(), money, percents, percents)
def test_the_room_lies_around_the_guideline_and_never_below_nothing(band, pay, percent, tolerance):
    merit = merit_of(3, pay, band, {(3, band.position_of(pay).value): percent}, tolerance)
    assert merit is not None
    assert 0 <= merit.low <= merit.percent == percent <= merit.high == percent + tolerance


@given(bands(), money)
def test_what_the_guideline_does_not_name_is_not_zero(band, pay):
    assert merit_of(3, pay, band, {(4, band.position_of(pay).value): Decimal(3)}, Decimal(1)) is None
