"""The lists of mobility that can be taken away. Who said yes is in a file only for those who see it on the page."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind, of_named
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.filters.mobility import CareerStepFilter, InterestFilter, ManagedFilter
from talent.models import CareerStep, Interest, Opportunity
from talent.models.opportunities import managed_by

POSTING = HR_ROLES | {Role.MANAGER, Role.EXECUTIVE, Role.INTEGRATION}
EVERYBODY = POSTING | {Role.EMPLOYEE}


def _opportunity_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Title"), lambda row: row.title),
        Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
        Column(gettext_lazy("Unit"), lambda row: row.org_unit),
        Column(gettext_lazy("Job"), lambda row: row.job),
        Column(gettext_lazy("Location"), lambda row: row.location),
        Column(gettext_lazy("Percent of working time"), lambda row: row.time_share),
        Column(gettext_lazy("Starts on"), lambda row: row.starts_on),
        Column(gettext_lazy("Ends on"), lambda row: row.ends_on),
        Column(gettext_lazy("Last day to say yes"), lambda row: row.closes_on),
        Column(gettext_lazy("Owner"), lambda row: row.owner),
        Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        Column(gettext_lazy("Filled by"), lambda row: row.filled_by),
    ]


def managed(user: Principal) -> QuerySet[Opportunity]:
    """Those a reader posted or looks after as HR; a client those it reads."""
    rows = Opportunity.objects.visible_to(user).with_place().select_related("filled_by")
    return rows if user.viewer.is_client else rows.filter(managed_by(user.viewer))


def _opportunities(user: Principal, query: QueryDict) -> QuerySet[Opportunity]:
    return filtered(ManagedFilter, query, managed(user), user)


def _interest_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Opportunity"), lambda row: row.opportunity),
        Column(gettext_lazy("Owner"), lambda row: row.opportunity.owner),
        Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        Column(gettext_lazy("Said yes on"), lambda row: row.said_yes_at and row.said_yes_at.date()),
        Column(gettext_lazy("What the person wrote"), lambda row: row.note),
        Column(gettext_lazy("Managers may know"), lambda row: _("yes") if row.is_told_to_manager else _("no")),
        Column(gettext_lazy("Answer"), lambda row: row.answer),
    ]


def _interests(user: Principal, query: QueryDict) -> QuerySet[Interest]:
    """In the opportunity of the query (`opportunity`), or in all one knows of."""
    rows = Interest.objects.visible_to(user).with_people()
    rows = of_named(query, "opportunity", Opportunity.objects.visible_to(user), rows)
    return filtered(InterestFilter, query, rows, user)


def _step_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("From"), lambda step: step.from_job),
        Column(gettext_lazy("To"), lambda step: step.to_job),
        Column(gettext_lazy("Kind"), lambda step: step.get_kind_display()),
        Column(gettext_lazy("Usual time in months"), lambda step: step.months),
        Column(gettext_lazy("Note"), lambda step: step.note),
    ]


def _steps(user: Principal, query: QueryDict) -> QuerySet[CareerStep]:
    return filtered(CareerStepFilter, query, CareerStep.objects.visible_to(user).with_jobs(), user)


OPPORTUNITIES = list_kind(
    ListKind("talent.opportunities", gettext_lazy("Opportunities"), _opportunity_columns, _opportunities, POSTING)
)
INTERESTS = list_kind(
    ListKind("talent.interests", gettext_lazy("Interest in opportunities"), _interest_columns, _interests, EVERYBODY)
)
CAREER_STEPS = list_kind(
    ListKind("talent.career_steps", gettext_lazy("Career steps"), _step_columns, _steps, HR_ROLES | {Role.INTEGRATION})
)
