"""How old what is said about somebody's readiness is."""

import datetime
from collections.abc import Collection, Iterable

from django.db.models import Max

from talent.freshness import SUCCESSION_BUDGET, oldest_fresh
from talent.models import Successor


def old_readiness(employee_ids: Collection[int], today: datetime.date) -> Iterable[tuple[int, datetime.date]]:
    """Whose readiness as a successor nobody assessed within its budget, with the newest day; one query."""
    standing = Successor.objects.standing().filter(employee__in=employee_ids, plan__is_active=True).order_by()
    newest = standing.values_list("employee").annotate(newest=Max("assessed_on"))
    return newest.filter(newest__lt=oldest_fresh(SUCCESSION_BUDGET, today))
