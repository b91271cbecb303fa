"""Vacancies to take away."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.viewer import Principal
from talent.filters import VacancyFilter
from talent.models import Vacancy


def _columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Role"), lambda vacancy: vacancy.position.name),
        Column(gettext_lazy("Unit"), lambda vacancy: vacancy.position.org_unit),
        Column(gettext_lazy("Critical"), lambda vacancy: _("yes") if vacancy.is_critical else _("no")),
        Column(gettext_lazy("Vacant from"), lambda vacancy: vacancy.opened_on),
        Column(gettext_lazy("Planned"), lambda vacancy: _("yes") if vacancy.is_planned else _("no")),
        Column(gettext_lazy("Reason"), lambda vacancy: vacancy.get_reason_display()),
        Column(gettext_lazy("State"), lambda vacancy: vacancy.get_state_display()),
        Column(gettext_lazy("Filled or cancelled on"), lambda vacancy: vacancy.closed_on),
        Column(gettext_lazy("Filled by"), lambda vacancy: vacancy.filled_by),
        Column(gettext_lazy("Where from"), lambda vacancy: vacancy.get_source_display()),
        Column(gettext_lazy("Readiness then"), lambda vacancy: vacancy.get_readiness_then_display()),
        Column(gettext_lazy("Days"), lambda vacancy: vacancy.days),
        Column(gettext_lazy("After a year"), lambda vacancy: vacancy.get_outcome_display()),
    ]


def _rows(user: Principal, query: QueryDict) -> QuerySet[Vacancy]:
    return filtered(VacancyFilter, query, Vacancy.objects.visible_to(user).with_seat(), user)


VACANCIES = list_kind(
    ListKind(
        "talent.vacancies",
        gettext_lazy("Vacancies"),
        _columns,
        _rows,
        HR_ROLES | {Role.EXECUTIVE, Role.INTEGRATION},
    )
)
