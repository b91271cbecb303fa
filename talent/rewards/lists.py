"""The lists of rewards that can be taken away: a round as it is read, and what payroll needs of it once it is approved."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, filtered, list_kind, named_in
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.enums import RewardState
from talent.filters.rewards import MeritFilter
from talent.models import MeritRecommendation, PayRange, RewardCycle
from talent.rewards.summary import with_counts

READERS = frozenset({Role.HR_LEADER, Role.INTEGRATION})


def _of_cycle(user: Principal, query: QueryDict) -> Any:
    """The rows of the round in the query; of none, none."""
    rows = MeritRecommendation.objects.visible_to(user).with_people().select_related("cycle")
    return rows.filter(cycle=named_in(query, "cycle", RewardCycle.objects.visible_to(user)))


def _rows(user: Principal, query: QueryDict) -> Any:
    return filtered(MeritFilter, query, _of_cycle(user, query), user)


def _columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Unit"), lambda row: row.employee.org_unit),
        Column(gettext_lazy("Job"), lambda row: row.employee.job),
        Column(gettext_lazy("Calibrated rating"), lambda row: row.rating.label if row.rating else None),
        Column(gettext_lazy("Pay"), lambda row: row.pay),
        Column(gettext_lazy("Currency"), lambda row: row.currency),
        Column(gettext_lazy("Compa-ratio"), lambda row: row.compa_ratio),
        Column(gettext_lazy("Position in the range"), lambda row: row.get_position_display()),
        Column(gettext_lazy("Recommended %"), lambda row: row.percent),
        Column(gettext_lazy("Decided %"), lambda row: row.decided_percent),
        Column(gettext_lazy("Why"), lambda row: row.decided_because),
        Column(gettext_lazy("Outside the guideline"), lambda row: _("yes") if row.is_outside else _("no")),
        Column(gettext_lazy("Increase"), lambda row: row.amount),
        Column(gettext_lazy("No recommendation because"), lambda row: row.get_left_out_display()),
        Column(gettext_lazy("Approved by"), lambda row: row.approved_by),
    ]


def _payroll(user: Principal, query: QueryDict) -> Any:
    """Once the round was exported, and as often as the file is needed."""
    return _of_cycle(user, query).payable().filter(cycle__state=RewardState.EXPORTED)


def _payroll_columns() -> Sequence[Column]:
    """Names a machine reads, so not translated."""
    return [
        Column("employee_number", lambda row: row.employee.employee_number),
        Column("effective_on", lambda row: row.cycle.effective_on),
        Column("new_yearly_base", lambda row: row.new_pay),
        Column("currency", lambda row: row.currency),
        Column("increase_percent", lambda row: row.final_percent),
    ]


def _cycle_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Round"), lambda cycle: cycle.name),
        Column(gettext_lazy("Unit"), lambda cycle: cycle.org_unit or _("the whole company")),
        Column(gettext_lazy("Rests on"), lambda cycle: cycle.period),
        Column(gettext_lazy("Effective on"), lambda cycle: cycle.effective_on),
        Column(gettext_lazy("Budget %"), lambda cycle: cycle.budget_percent),
        Column(gettext_lazy("Recommended"), lambda cycle: cycle.people if cycle.computed_at else None),
        Column(gettext_lazy("Without"), lambda cycle: cycle.without if cycle.computed_at else None),
        Column(gettext_lazy("State"), lambda cycle: cycle.get_state_display()),
    ]


def _cycles(user: Principal, query: QueryDict) -> QuerySet[RewardCycle]:
    return with_counts(RewardCycle.objects.visible_to(user), user).select_related("org_unit")


def _range_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Job code"), lambda row: row.job.code),
        Column(gettext_lazy("Job"), lambda row: row.job.name),
        Column(gettext_lazy("Minimum"), lambda row: row.minimum),
        Column(gettext_lazy("Midpoint"), lambda row: row.midpoint),
        Column(gettext_lazy("Maximum"), lambda row: row.maximum),
        Column(gettext_lazy("Currency"), lambda row: row.currency),
        Column(gettext_lazy("From"), lambda row: row.valid_from),
    ]


def _ranges(user: Principal, query: QueryDict) -> QuerySet[PayRange]:
    ranges = PayRange.objects.visible_to(user).in_force(timezone.localdate())
    return ranges.select_related("job").order_by("job__name", "pk")


CYCLES = list_kind(ListKind("talent.merit_rounds", gettext_lazy("Merit rounds"), _cycle_columns, _cycles, READERS))
RANGES = list_kind(ListKind("talent.pay_ranges", gettext_lazy("Pay ranges in force"), _range_columns, _ranges, READERS))
ROUND = list_kind(ListKind("talent.merit", gettext_lazy("Merit recommendations"), _columns, _rows, READERS))
PAYROLL = list_kind(ListKind("talent.payroll", gettext_lazy("Approved increases"), _payroll_columns, _payroll, READERS))
