"""The counts of one window: what became of vacancies, benches, high performers and gaps. Each with both sides of its division."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from hrportal.people.enums import LeaveReason
from hrportal.people.models import Employee
from talent.enums import FillSource, PlacementOutcome, Readiness
from talent.metrics.scope import A_YEAR, Scope
from talent.models import CalibratedRating, SuccessionPlan, Vacancy

Counts = dict[str, Any]


def vacancies_of(scope: Scope) -> list[Vacancy]:
    """Every filled vacancy its reader may see, with the seat's unit; one query for all windows and parts."""
    rows = Vacancy.objects.visible_to(scope.user).filled().filter(scope.here("position__org_unit__"))
    return list(rows.select_related("position__org_unit").order_by("pk"))


def placements(vacancies: Iterable[Vacancy], scope: Scope) -> Counts:
    """How seats were filled in the window, and how those taken from a bench as ready now went."""
    here = [vacancy for vacancy in vacancies if _is_here(vacancy, scope)]
    filled = [it for it in here if it.closed_on and scope.since < it.closed_on <= scope.until]
    critical = [vacancy for vacancy in filled if vacancy.is_critical]
    return {
        "fills": _by_source(filled),
        "critical_fills": _by_source(critical),
        "days": sorted(vacancy.days for vacancy in critical if vacancy.days is not None),
        "ready_now": _ready_now(here, scope.until),
    }


def _is_here(vacancy: Vacancy, scope: Scope) -> bool:
    unit = vacancy.position.org_unit
    return scope.unit is None or bool(unit and unit.path.startswith(scope.unit.path))


def _by_source(vacancies: Sequence[Vacancy]) -> dict[str, int]:
    counted = Counter(vacancy.source for vacancy in vacancies)
    return {source.value: counted[source] for source in FillSource}


def _ready_now(vacancies: Iterable[Vacancy], until: datetime.date) -> dict[str, int]:
    """All who took a seat as "ready now", a year before that day or longer, by what was said of them since."""
    ripe = [
        vacancy
        for vacancy in vacancies
        if vacancy.readiness_then == Readiness.READY_NOW and vacancy.closed_on and vacancy.closed_on + A_YEAR <= until
    ]
    known = Counter(it.outcome for it in ripe if it.outcome_on and it.outcome_on <= until)
    counted = {outcome.value: known[outcome] for outcome in PlacementOutcome}
    return {**counted, "unknown": len(ripe) - sum(counted.values())}


def benches(scope: Scope) -> Counts:
    """What the benches of critical roles hold today, and from which of those that are a year old nobody was ever taken."""
    plans = SuccessionPlan.objects.visible_to(scope.user).active().filter(scope.here("position__org_unit__"))
    rows = plans.with_strength().order_by("pk")
    found = [(plan.pk, plan.depth, plan.ready_now, timezone.localdate(plan.created_at)) for plan in rows]
    old = {pk for pk, _depth, _ready, named in found if named <= scope.since}
    taken = Vacancy.objects.visible_to(scope.user).filled().filter(source=FillSource.BENCH, plan__in=old)
    activated = set(taken.order_by().values_list("plan", flat=True))
    return {
        "benches": {
            "roles": len(found),
            "depth": sum(depth for _pk, depth, _ready, _named in found),
            "named": sum(depth > 0 for _pk, depth, _ready, _named in found),
            "ready_now": sum(ready > 0 for _pk, _depth, ready, _named in found),
        },
        "never": {"part": len(old - activated), "whole": len(old)},
    }


def kept(scope: Scope) -> Counts:
    """High performers at the start of the window and those of them still here at its end; the others by why they left.

    A high performer is somebody whose newest calibrated rating of that day lies in the upper quarter of its scale (4 or 5
    of 5), as in the readiness audit; it counts those who left of their own will, this counts whoever is still here.
    """
    strong = Case(When(value__gte=(F("lowest") + 3 * F("highest")) / 4.0, then=Value(True)), default=Value(False))
    ratings = CalibratedRating.objects.visible_to(scope.user).filter(profile__employee=OuterRef("pk"))
    # One that was corrected since counted on that day.
    counted = Q(replaced_at=None) | Q(replaced_at__date__gt=scope.since)
    known = ratings.filter(counted, rated_at__date__lte=scope.since).newest_first().annotate(is_high=strong)
    there = Employee.objects.filter(scope.inside("")).filter(Q(hired_on=None) | Q(hired_on__lte=scope.since))
    there = there.filter(Q(left_on=None) | Q(left_on__gt=scope.since)).order_by()
    left = Q(left_on__lte=scope.until)
    reasons = {reason.value: Count("pk", filter=left & Q(leave_reason=reason)) for reason in LeaveReason}
    found = (
        there.annotate(is_strong=Subquery(known.values("is_high")[:1]))
        .filter(is_strong=True)
        .aggregate(
            whole=Count("pk"),
            left=Count("pk", filter=left),
            unexplained=Count("pk", filter=left & Q(leave_reason="")),
            **reasons,
        )
    )
    return {"kept": {"part": found["whole"] - found["left"], **found}}
