"""What was known of people before they left. Set-based: four queries for any number of them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from hrportal.people.models import Employee
from talent.enums import RiskLevel
from talent.models import CalibratedRating, FlightRisk, RetentionPlan
from talent.models.retention_sight import turned_off

# Half a year: a warning that old could have been acted on.
LOOK_BACK = datetime.timedelta(days=180)
RAISED = (RiskLevel.MEDIUM, RiskLevel.HIGH)


def is_strong_rating(prefix: str = "") -> Q:
    """Ratings in the upper quarter of their scale: 4 or 5 of 5. It is how the readiness audit counts high performers, too."""
    bound = (F(f"{prefix}lowest") + 3 * F(f"{prefix}highest")) / 4.0
    return Q(**{f"{prefix}value__gte": bound})


@dataclass(frozen=True)
class Foresight:
    """Whether somebody was a high performer, was seen coming and had a plan; None is unknown."""

    was_strong: bool | None
    is_turned_off: bool
    risk_id: int | None
    plan_id: int | None

    @property
    def columns(self) -> dict[str, Any]:
        """As an exit keeps it. Without any assessment somebody was not seen coming; turned off, nobody can say."""
        return {
            "was_strong": self.was_strong,
            "seen_coming": None if self.is_turned_off else self.risk_id is not None,
            "risk_id": self.risk_id,
            "had_plan": self.plan_id is not None,
            "plan_id": self.plan_id,
        }


def foresight_of(people: Sequence[Employee]) -> dict[int, Foresight]:
    """What was known of each of these leavers, by employee."""
    days = {person.pk: person.left_on for person in people if person.left_on}
    strong, risks, plans = _strong(days), _risks(days), _plans(days)
    off = set(Employee.objects.filter(turned_off(""), pk__in=days).values_list("pk", flat=True))
    return {
        pk: Foresight(strong.get(pk), pk in off, None if pk in off else risks.get(pk), plans.get(pk)) for pk in days
    }


def _strong(days: dict[int, datetime.date]) -> dict[int, bool]:
    """Whether the newest calibrated rating of a period that ended before the last day was a high one."""
    ratings = CalibratedRating.objects.current().filter(profile__employee__in=days).order_by("period_ends_on", "pk")
    rows = ratings.values_list("profile__employee", "period_ends_on", "value", "lowest", "highest")
    return {pk: 4 * value >= lowest + 3 * highest for pk, on, value, lowest, highest in rows if on <= days[pk]}


def _risks(days: dict[int, datetime.date]) -> dict[int, int]:
    """The newest assessment of a raised likelihood within the time looked back."""
    raised = FlightRisk.objects.filter(employee__in=days, likelihood__in=RAISED).order_by("assessed_on", "version")
    rows = raised.values_list("employee", "assessed_on", "pk")
    return {pk: risk for pk, on, risk in rows if days[pk] - LOOK_BACK <= on <= days[pk]}


def _plans(days: dict[int, datetime.date]) -> dict[int, int]:
    """The newest plan that was open at some time in the time looked back."""
    rows = RetentionPlan.objects.filter(employee__in=days).order_by("opened_on", "pk")
    found = rows.values_list("employee", "opened_on", "closed_on", "pk")
    return {
        pk: plan
        for pk, opened, closed, plan in found
        if opened <= days[pk] and (closed is None or closed >= days[pk] - LOOK_BACK)
    }
