"""The way of one key result as a small drawing: values over time between start and target, with the confidence of each."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from performance.enums import Confidence
from performance.models import CheckIn, KeyResult

WIDTH, HEIGHT, EDGE = 240, 48, 6
TONES = {Confidence.ON_TRACK: "good", Confidence.AT_RISK: "care", Confidence.OFF_TRACK: "bad"}


@dataclass(frozen=True)
class Point:
    """One measurement, in whole units of the drawing."""

    x: int
    y: int
    tone: str


@dataclass(frozen=True)
class Sparkline:
    """What the template draws: `target_y` is the height of the target."""

    points: list[Point]
    target_y: int

    @property
    def line(self) -> str:
        """The points as an SVG polyline wants them."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def sparkline(result: KeyResult, check_ins: Sequence[CheckIn]) -> Sparkline | None:
    """The drawing of two measurements or more; None for less, which is no line. Better is always higher."""
    if len(check_ins) < 2:
        return None
    made = sorted(check_ins, key=lambda row: (row.measured_on, row.made_at))
    span = result.target - result.baseline
    shares = [float((row.value - result.baseline) / span) for row in made]
    low, high = min(0.0, *shares), max(1.0, *shares)
    first, last = made[0].measured_on, made[-1].measured_on

    def height(share: float) -> int:
        return round(HEIGHT - EDGE - (share - low) / (high - low) * (HEIGHT - 2 * EDGE))

    points = [
        Point(_across(row.measured_on, first, last, place, len(made)), height(share), TONES[Confidence(row.confidence)])
        for place, (row, share) in enumerate(zip(made, shares, strict=True))
    ]
    return Sparkline(points, height(1.0))


def _across(day: datetime.date, first: datetime.date, last: datetime.date, place: int, count: int) -> int:
    """By the calendar; side by side when everything was measured on one day."""
    share = (day - first) / (last - first) if last > first else place / (count - 1)
    return round(EDGE + share * (WIDTH - 2 * EDGE))
