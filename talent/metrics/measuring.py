"""Measuring everything once: the whole, its parts, and the windows before."""

import datetime
from collections.abc import Iterator
from typing import Any

from talent.metrics import counting
from talent.metrics.gaps import gap_closure
from talent.metrics.report import readable
from talent.metrics.scope import Scope
from talent.metrics.top import top_skills
from talent.models import Vacancy

QUARTER = datetime.timedelta(days=91)
EARLIER_WINDOWS = 3


def measured(scope: Scope) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The figures, a group at a time, each with how many groups are done and how many there are."""
    parts, viewer = scope.parts(), scope.user.viewer
    vacancies = counting.vacancies_of(scope)
    total = EARLIER_WINDOWS + len(parts) + 2
    whole = _figures(scope, vacancies)
    yield 1, total, {"whole": readable(whole, viewer), "until": scope.until.isoformat()}
    yield 2, total, top_skills(scope)
    windows = [readable(_window(scope, vacancies, whole), viewer)]
    for number in range(1, EARLIER_WINDOWS + 1):
        earlier = scope.at(scope.until - number * QUARTER)
        windows.append(readable(_window(earlier, vacancies, counting.kept(earlier)), viewer))
        yield 2 + number, total, {"windows": windows}
    units: list[dict[str, Any]] = []
    for number, unit in enumerate(parts, start=3 + EARLIER_WINDOWS):
        units.append({"unit": unit.pk, "name": unit.name, **readable(_figures(scope.of(unit), vacancies), viewer)})
        yield number, total, {"units": units}


def _figures(scope: Scope, vacancies: list[Vacancy]) -> dict[str, Any]:
    return {
        **counting.placements(vacancies, scope),
        **counting.benches(scope),
        **counting.kept(scope),
        **gap_closure(scope),
    }


def _window(scope: Scope, vacancies: list[Vacancy], known: dict[str, Any]) -> dict[str, Any]:
    """What can be told of a window that is over: placements and who stayed; what benches held then is not kept."""
    return {"until": scope.until.isoformat(), **counting.placements(vacancies, scope), "kept": known["kept"]}
