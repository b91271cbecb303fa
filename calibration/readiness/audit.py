"""Measuring everything there is to ask, once."""

from collections.abc import Callable, Iterator

from calibration.readiness import outcomes, practice, ratings
from calibration.readiness.population import Population
from calibration.readiness.ratings import Figures

STEPS: tuple[Callable[[Population], Figures], ...] = (ratings.measure, practice.measure, outcomes.measure)


def measured(people: Population) -> Iterator[Figures]:
    """The figures, a group of questions at a time."""
    for measure in STEPS:
        yield {str(question): dict(figure) for question, figure in measure(people).items()}
