"""Ratings over time as a small drawing, for the head of a profile and for paper. Better is always higher."""

from collections.abc import Sequence
from dataclasses import dataclass

from talent.models import CalibratedRating
from talent.scores.performance import HIGHEST, LOWEST, on_five_steps

WIDTH, HEIGHT, EDGE = 240, 48, 6


@dataclass(frozen=True)
class Drawing:
    """Points in whole units of the drawing, oldest first; `middle` is the height of the middle of the scale."""

    points: list[tuple[int, int]]
    middle: int

    @property
    def line(self) -> str:
        """The points as an SVG polyline wants them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


def drawing_of(ratings: Sequence[CalibratedRating]) -> Drawing | None:
    """The drawing of two ratings or more (newest first), each at its place on its own scale; None for less."""
    places = [on_five_steps(rating.value, rating.lowest, rating.highest) for rating in reversed(ratings)]
    known = [place for place in places if place is not None]
    if len(known) < 2:
        return None
    across = (WIDTH - 2 * EDGE) / (len(known) - 1)
    points = [(round(EDGE + number * across), _height(place)) for number, place in enumerate(known)]
    return Drawing(points, _height((LOWEST + HIGHEST) / 2))


def _height(place: float) -> int:
    return round(HEIGHT - EDGE - (place - LOWEST) / (HIGHEST - LOWEST) * (HEIGHT - 2 * EDGE))
