"""Critical gaps: how many there were at the start of the window, and how many of them are closed at its end."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from talent.metrics.scope import Scope
from talent.models import SkillAssessment
from talent.scores.fit import CRITICAL_GAP, CRITICAL_IMPORTANCE, Demand
from talent.skills.counting import Counting, best_of, counting_of
from talent.skills.demands import demands_of

CHUNK = 1000
Rows = dict[tuple[int, int], list[tuple[int, str, datetime.date, datetime.date | None, datetime.date | None]]]


def gap_closure(scope: Scope) -> dict[str, dict[str, int]]:
    """Critical gaps (importance 4 or more, two levels or more) that people of today had at the start of the window to what
    their job asks for today, and those of them that are critical no longer. A level nobody assessed is no gap: it is unknown.
    """
    part = whole = 0
    for people in _chunks(scope):
        demands = _critical(demands_of({job for _pk, job in people}))
        rows = _rows([pk for pk, _job in people], scope)
        for employee, job in people:
            for demand in demands.get(job or 0, ()):
                found = rows.get((employee, demand.competency_id), [])
                before, after = _level(found, scope.since), _level(found, scope.until)
                if _is_critical(demand, before):
                    whole += 1
                    part += not _is_critical(demand, after)
    return {"gaps": {"part": part, "whole": whole}}


def _chunks(scope: Scope) -> Iterator[Sequence[tuple[int, int | None]]]:
    people, last = scope.employed().exclude(job=None).values_list("pk", "job"), 0
    while rows := list(people.filter(pk__gt=last)[:CHUNK]):
        yield rows
        last = rows[-1][0]


def _critical(demands: dict[int, list[Demand]]) -> dict[int, list[Demand]]:
    return {job: [it for it in asked if it.importance >= CRITICAL_IMPORTANCE] for job, asked in demands.items()}


def _rows(employee_ids: Iterable[int], scope: Scope) -> Rows:
    seen = SkillAssessment.objects.visible_to(scope.user).standing().filter(assessed_on__lte=scope.until)
    found: Rows = defaultdict(list)
    columns = ("profile__employee", "competency", "level", "kind", "assessed_on", "good_until", "valid_to")
    for employee, competency, *row in seen.filter(profile__employee__in=employee_ids).values_list(*columns).order_by():
        found[employee, competency].append((row[0], row[1], row[2], row[3], row[4]))
    return found


def _level(
    rows: Sequence[tuple[int, str, datetime.date, datetime.date | None, datetime.date | None]], day: datetime.date
) -> int | None:
    """The level that counted on a day; None where nobody had assessed it."""
    found: list[Counting] = [
        counting_of(level, kind, on, good_until, day)
        for level, kind, on, good_until, valid_to in rows
        if on <= day and (valid_to is None or valid_to > day)
    ]
    best = best_of(found)
    return best.level if best else None


def _is_critical(demand: Demand, level: int | None) -> bool:
    return level is not None and demand.required - level >= CRITICAL_GAP
