"""What counts now."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Max

from talent.freshness import RISK_BUDGET, oldest_fresh
from talent.models import FlightRisk
from talent.models.retention_sight import turned_off


def current_risks(employee_ids: Collection[int]) -> dict[int, FlightRisk]:
    """The flight risk that counts, by employee, for those who have one and for whom it is not turned off. Two queries.

    Nothing here asks who is looking: callers show it only for people whose retention data their reader may see.
    """
    found = FlightRisk.objects.current().filter(~turned_off(), employee__in=employee_ids)
    return {risk.employee_id: risk for risk in found.select_related("assessed_by")}


def old_risks(employee_ids: Collection[int], today: datetime.date) -> Iterable[tuple[int, datetime.date]]:
    """Flight risks past their budget, with the day each is from."""
    current: Any = FlightRisk.objects.current().filter(~turned_off(), employee__in=employee_ids).order_by()
    newest = current.values_list("employee").annotate(newest=Max("assessed_on"))
    return newest.filter(newest__lt=oldest_fresh(RISK_BUDGET, today))
