"""How the development plans of many stand: what nobody acts on, what is late, and which gaps were really closed."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from hrportal.people.viewer import Principal
from talent.enums import ClosedBy, ItemState, PlanState
from talent.models import PlanAction, PlanItem
from talent.scores.rates import Interval, wilson

YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Standing:
    """Counts of items. `with_competency` of `closed` named a competency; `reassessed` of these were closed by a level that
    reached the target; `levels_gained` counts the levels between start and finding, where both are known."""

    open: int
    without_action: int
    overdue: int
    below_target: int
    ready: int
    closed: int
    with_competency: int
    reassessed: int
    dropped: int
    levels_gained: int
    levels_known: int

    @property
    def closure(self) -> Interval | None:
        """Gap closure: of the gaps that ended within a year, the share that an assessment found closed, with its interval;
        None when none ended."""
        return wilson(self.reassessed, self.with_competency) if self.with_competency else None


def pursued(user: Principal) -> QuerySet[PlanItem]:
    """Open items of open plans that this reader sees, not their own."""
    rows = PlanItem.objects.visible_to(user).filter(state=ItemState.OPEN, plan__state=PlanState.OPEN)
    return rows.exclude(plan__employee=user.viewer.employee_id)


def ended(user: Principal, today: datetime.date) -> QuerySet[PlanItem]:
    """Items that this reader sees, not their own, closed or given up within a year."""
    rows = PlanItem.objects.visible_to(user).exclude(state=ItemState.OPEN)
    return rows.filter(closed_at__date__gt=today - YEAR).exclude(plan__employee=user.viewer.employee_id)


def items_shown(user: Principal, show: str, today: datetime.date) -> QuerySet[PlanItem]:
    """The items behind one of the figures: `without_action`, `overdue`, `ready`, `below_target` or `ended`; else all pursued."""
    items = pursued(user)
    chosen: dict[str, Callable[[], QuerySet[PlanItem]]] = {
        "without_action": lambda: without_action(items),
        "overdue": lambda: overdue(items, today),
        "ready": lambda: ready_to_assess(items),
        "below_target": lambda: below_target(items),
        "ended": lambda: ended(user, today),
    }
    return chosen.get(show, lambda: items)()


def without_action(items: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Nobody agreed to do anything about them."""
    return items.filter(~Exists(_actions()))


def overdue(items: QuerySet[PlanItem], today: datetime.date) -> QuerySet[PlanItem]:
    """Their own day has passed, or that of something still to be done about them."""
    late = _actions().filter(done_at=None, due_on__lt=today)
    return items.filter(Q(due_on__lt=today) | Exists(late))


def ready_to_assess(items: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """All that was agreed is done: now the level is to be assessed again."""
    named = items.filter(competency__isnull=False)
    return named.filter(Exists(_actions()), ~Exists(_actions().filter(done_at=None)))


def below_target(items: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Assessed again, and not there yet."""
    return items.filter(reached_level__lt=F("target_level"))


def _actions() -> QuerySet[PlanAction]:
    return PlanAction.objects.filter(item=OuterRef("pk"))


def standing(user: Principal, today: datetime.date, unit_path: str = "") -> Standing:
    """The counts for what a reader sees, of one unit and all below it if a path is given; seven queries."""
    inside = Q(plan__employee__org_unit__path__startswith=unit_path) if unit_path else Q()
    now, over = pursued(user).filter(inside), ended(user, today).filter(inside)
    known = Q(from_level__isnull=False, reached_level__isnull=False)
    done = over.aggregate(
        closed=Count("pk", filter=Q(state=ItemState.DONE)),
        with_competency=Count("pk", filter=Q(competency__isnull=False)),
        reassessed=Count("pk", filter=Q(state=ItemState.DONE, closed_by=ClosedBy.REASSESSMENT)),
        dropped=Count("pk", filter=Q(state=ItemState.DROPPED)),
        levels_known=Count("pk", filter=known),
    )
    return Standing(
        open=now.count(),
        without_action=without_action(now).count(),
        overdue=overdue(now, today).count(),
        below_target=below_target(now).count(),
        ready=ready_to_assess(now).count(),
        levels_gained=over.filter(known).aggregate(sum=Sum(F("reached_level") - F("from_level")))["sum"] or 0,
        **done,
    )
