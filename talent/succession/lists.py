"""The lists of succession that can be taken away. What a cell holds is what its reader sees on the page."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, filtered, list_kind, named_in, of_named
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.filters import BenchFilter
from talent.models import BenchSnapshot, SnapshotSeat, SuccessionPlan, Successor

READERS = frozenset({Role.MANAGER, Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE, Role.INTEGRATION})


def _bench_columns() -> Sequence[Column]:
    return [
        Column(_("Role"), lambda plan: plan.position),
        Column(_("Unit"), lambda plan: plan.position.org_unit),
        Column(_("Incumbent"), lambda plan: plan.incumbent),
        Column(_("Criticality"), lambda plan: plan.criticality),
        Column(_("Why this role is critical"), lambda plan: plan.reason),
        Column(_("Vacancy risk"), lambda plan: plan.get_vacancy_risk_display()),
        Column(_("Health"), lambda plan: plan.strength.health(timezone.localdate()).label),
        Column(_("Depth"), lambda plan: plan.depth),
        Column(_("Ready now"), lambda plan: plan.ready_now),
        Column(_("Last reviewed"), lambda plan: plan.reviewed_on),
        Column(_("Owner"), lambda plan: plan.owner),
    ]


def _benches(user: Principal, query: QueryDict) -> Any:
    plans = SuccessionPlan.objects.visible_to(user).active().with_strength()
    plans = plans.select_related("position__org_unit", "position__incumbent", "owner")
    return filtered(BenchFilter, query, plans.order_by("position__org_unit__path", "position__name", "pk"), user)


def _successor_columns() -> Sequence[Column]:
    return [
        Column(_("Role"), lambda row: row.plan.position),
        *person_columns("employee"),
        Column(_("Job"), lambda row: row.employee.job),
        Column(_("Readiness"), lambda row: row.get_readiness_display()),
        Column(_("Emergency cover"), lambda row: _("yes") if row.covers_emergency else _("no")),
        Column(_("Rank"), lambda row: row.rank),
        Column(_("State"), lambda row: row.get_state_display()),
        Column(_("Assessed"), lambda row: row.assessed_on),
        Column(_("Why"), lambda row: row.rationale),
    ]


def _successors(user: Principal, query: QueryDict) -> Any:
    """Of the bench in the query (`plan`), or of those the list of benches shows."""
    benches = SuccessionPlan.objects.visible_to(user).active().with_strength()
    benches = of_named(query, "plan", SuccessionPlan.objects.visible_to(user), benches, field="pk")
    plans = filtered(BenchFilter, query, benches, user)
    rows = Successor.objects.visible_to(user).standing().filter(plan__in=plans.order_by().values("pk"))
    return rows.select_related("plan__position", "employee__job").order_by("plan__position__name", "plan", "rank", "pk")


def _seat_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Job"), lambda seat: seat.employee.job),
        Column(_("Readiness"), lambda seat: seat.get_readiness_display()),
        Column(_("Emergency cover"), lambda seat: _("yes") if seat.emergency_cover else _("no")),
        Column(_("Rank"), lambda seat: seat.rank),
        Column(_("State"), lambda seat: seat.get_state_display()),
        Column(_("Assessed"), lambda seat: seat.assessed_on),
    ]


def _seats(user: Principal, query: QueryDict) -> QuerySet[SnapshotSeat]:
    """Of the bench as it was endorsed (`snapshot`)."""
    seen = BenchSnapshot.objects.visible_to(user).filter(plan__is_active=True)
    rows = SnapshotSeat.objects.filter(snapshot=named_in(query, "snapshot", seen))
    return rows.select_related("employee__job")


BENCHES = list_kind(ListKind("talent.benches", _("Benches"), _bench_columns, _benches, READERS))
SUCCESSORS = list_kind(ListKind("talent.successors", _("Successors"), _successor_columns, _successors, READERS))
SNAPSHOT = list_kind(ListKind("talent.bench_snapshot", _("Bench as endorsed"), _seat_columns, _seats, READERS))
