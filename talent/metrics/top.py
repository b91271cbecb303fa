"""The best performers, and whether their skills are known: the first of the three things of minimum viable talent management."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from hrportal.common.batches import batched
from talent.metrics.scope import Scope
from talent.potential.levels import performance_of
from talent.skills.counting import levels_that_count
from talent.skills.demands import demands_of

CHUNK = 1000
SHARE = 0.2
# So many of those whose skills are not known are named.
MOST_NAMED = 8


def top_skills(scope: Scope) -> dict[str, Any]:
    """Of the fifth with the highest performance level, how many have a level that is not out of date in all their job asks for;
    where the job asks for nothing, in anything. `missing` names the first of the others, best performer first."""
    best = _best(scope)
    unknown = {pk for chunk in batched(best, CHUNK) for pk in _not_assessed(chunk, scope)}
    return {
        "top": {
            "part": len(best) - len(unknown),
            "whole": len(best),
            "missing": [pk for pk in best if pk in unknown][:MOST_NAMED],
        }
    }


def _best(scope: Scope) -> list[int]:
    """The ids of the fifth with the highest P, highest first."""
    levels: list[tuple[float, int]] = []
    for chunk in batched(scope.employed().values_list("pk", flat=True), CHUNK):
        levels += [(-known.level.value, pk) for pk, known in performance_of(chunk, scope.until).items()]
    return [pk for _value, pk in sorted(levels)[: math.ceil(SHARE * len(levels))]]


def _not_assessed(employee_ids: Sequence[int], scope: Scope) -> Iterable[int]:
    jobs = dict(scope.employed().filter(pk__in=employee_ids).values_list("pk", "job"))
    demands = demands_of(jobs.values())
    levels = levels_that_count(employee_ids, scope.user, scope.until)
    for pk in employee_ids:
        fresh = {competency for competency, counting in levels.get(pk, {}).items() if not counting.is_stale}
        asked = {demand.competency_id for demand in demands.get(jobs.get(pk) or 0, ())}
        if not fresh or asked - fresh:
            yield pk
