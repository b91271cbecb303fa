"""The three things a small HR team must have done: whether each is done, what is missing, and where it is done."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, IntegerField, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import Readiness, SuccessorState, VacancyRisk
from talent.models import NinetyDayPlan, SuccessionPlan, Successor, TalentMetrics, TalentProfile
from talent.models.succession import WORKS_HERE
from talent.succession.assessed import bench_view

Words = Promise | str
MOST_CRITICAL = 5
# The inventory of the best counts as done from here on: somebody is always new, or was assessed too long ago.
ENOUGH_ASSESSED = 90
NINETY_DAYS = datetime.timedelta(days=90)
FURTHEST_FIRST = (Readiness.LATER, Readiness.SOON, Readiness.READY_NOW)
RISKIEST_FIRST = (VacancyRisk.HIGH, VacancyRisk.MEDIUM, VacancyRisk.LOW)


@dataclass(frozen=True)
class Missing:
    """One thing to do for a step, and where."""

    what: str
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One of the three. `is_done` is None while nobody can tell; `said` is how far it is, `missing` what is to be done."""

    key: str
    title: Words
    is_done: bool | None
    said: str
    missing: list[Missing] = field(default_factory=list)
    rule: Words = ""


def steps_of(user: Principal, metrics: TalentMetrics | None, today: datetime.date) -> list[Step]:
    """The three for this reader; the first from the latest computed figures, the others from the rows of now."""
    roles = most_critical(user)
    return [skills_step(user, metrics), successors_step(user, roles), ninety_days_step(user, roles, today)]


def most_critical(user: Principal) -> list[SuccessionPlan]:
    """The five most critical roles this reader sees: by criticality, then vacancy risk, then place in the organisation."""
    risk = Case(
        *(When(vacancy_risk=risk, then=Value(n)) for n, risk in enumerate(RISKIEST_FIRST)), output_field=IntegerField()
    )
    plans = SuccessionPlan.objects.visible_to(user).active().with_bench()
    order = (F("criticality").desc(nulls_last=True), risk, "position__org_unit__path", "position__name", "pk")
    return list(plans.order_by(*order)[:MOST_CRITICAL])


def skills_step(user: Principal, metrics: TalentMetrics | None) -> Step:
    """Whether the skills of the best fifth are known."""
    title = gettext_lazy("Skills inventory of the top 20 % of performers")
    rule = gettext_lazy(
        "The fifth with the highest performance level. Known: a level that is not out of date in everything their job asks for. Done from 90 % on."
    )
    top = metrics.figures.get("top") if metrics else None
    if not top or not top["whole"]:
        said = _("Nobody has a calibrated rating yet.") if top else _("Not computed yet.")
        return Step("skills", title, None, said, rule=rule)
    said = _("%(part)d of %(whole)d are assessed.") % top
    return Step(
        "skills", title, 100 * top["part"] >= ENOUGH_ASSESSED * top["whole"], said, _not_assessed(user, top), rule
    )


def _not_assessed(user: Principal, top: dict[str, Any]) -> list[Missing]:
    """Those of the best whose skills are not known, as far as this reader may still see them."""
    profiles = TalentProfile.objects.visible_to(user).filter(
        employee__in=top["missing"], employee__status__in=WORKS_HERE
    )
    found = {profile.employee_id: profile for profile in profiles.select_related("employee__job")}
    listed = [
        Missing(
            found[pk].employee.name,
            str(found[pk].employee.job or ""),
            reverse("talent:profile_detail", args=[found[pk].pk]),
        )
        for pk in top["missing"]
        if pk in found
    ]
    more = top["whole"] - top["part"] - len(top["missing"])
    if more > 0:
        listed.append(Missing(ngettext("and %d more", "and %d more", more) % more))
    return listed


def successors_step(user: Principal, roles: Sequence[SuccessionPlan]) -> Step:
    """Whether each of the five most critical roles has a named successor."""
    title = gettext_lazy("A named successor for each of the five most critical roles")
    rule = gettext_lazy(
        "The roles with the highest criticality, then vacancy risk. Named: an approved successor who works here; emergency cover alone does not count."
    )
    named = [plan for plan in roles if plan.depth]
    missing = [
        Missing(plan.position.name, str(plan.position.org_unit or ""), reverse("talent:bench_detail", args=[plan.pk]))
        for plan in roles
        if not plan.depth
    ]
    if len(roles) < MOST_CRITICAL:
        short = MOST_CRITICAL - len(roles)
        words = ngettext("Name %d more critical role", "Name %d more critical roles", short) % short
        missing.append(Missing(words, url=reverse("talent:bench_list")))
    said = _("%(part)d of %(whole)d have one.") % {"part": len(named), "whole": MOST_CRITICAL}
    return Step("successors", title, len(named) == MOST_CRITICAL, said, missing, rule)


def ninety_days_step(user: Principal, roles: Sequence[SuccessionPlan], today: datetime.date) -> Step:
    """Whether the successor furthest from ready, on the benches of those roles, has a plan of ninety days under way."""
    title = gettext_lazy("A 90-day plan for the successor furthest from ready")
    rule = gettext_lazy(
        "Of the approved successors on the benches of the roles above, the one with the longest way in months; where no way is known, the one in the furthest band of readiness."
    )
    furthest = furthest_from_ready(roles, user)
    if furthest is None:
        return Step("ninety_days", title, None, _("Nobody is named on these benches yet."), rule=rule)
    plans = NinetyDayPlan.objects.visible_to(user).filter(successor=furthest, starts_on__gt=today - NINETY_DAYS)
    role = next(plan for plan in roles if plan.pk == furthest.plan_id)
    who = {"person": furthest.employee.name, "role": role.position.name}
    if plans.exists():
        return Step("ninety_days", title, True, _("%(person)s for %(role)s has one under way.") % who, rule=rule)
    url = reverse("talent:bench_detail", args=[furthest.plan_id])
    missing = [Missing(furthest.employee.name, role.position.name, url)]
    return Step("ninety_days", title, False, _("%(person)s for %(role)s has none.") % who, missing, rule)


def furthest_from_ready(roles: Sequence[SuccessionPlan], user: Principal) -> Successor | None:
    """Of rows read `with_bench`: the longest way in months, by the middle of its interval, as the benches themselves say;
    where no way is known, the furthest band and then the oldest assessment."""
    rows = [row for plan in roles for row in bench_view(plan, user).rows if _counts(row.successor)]
    ways = [((row.way.low + row.way.high) / 2, -row.successor.pk, row.successor) for row in rows if row.way]
    if ways:
        return max(ways, key=lambda way: way[:2])[2]
    order = {band.value: place for place, band in enumerate(FURTHEST_FIRST)}
    counting = [row.successor for row in rows]
    return min(counting, key=lambda it: (order[it.readiness], it.assessed_on, it.pk), default=None)


def _counts(successor: Successor) -> bool:
    employee: Employee = successor.employee
    is_near = successor.readiness != Readiness.EMERGENCY and not successor.has_the_seat
    return is_near and successor.state == SuccessorState.APPROVED and employee.status in WORKS_HERE
