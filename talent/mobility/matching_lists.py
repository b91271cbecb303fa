"""What is open and whom it would fit, as lists to take away; and the steps around one job."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind, named_in
from hrportal.people.lists import person_columns
from hrportal.people.models import Employee, Job
from hrportal.people.viewer import Principal
from talent.filters.mobility import OpportunityFilter
from talent.mobility.graph import paths_around
from talent.mobility.lists import EVERYBODY
from talent.mobility.matching import Matched, known_of, matched
from talent.mobility.searching import found_by
from talent.models import CandidateSearch, CareerStep, Interest, Opportunity
from talent.scores.opportunities import Match


@dataclass(frozen=True)
class OpenLine:
    """An open opportunity with how it fits its reader and what they said to it."""

    opportunity: Opportunity
    match: Match | None
    interest: Interest | None


def _open_columns() -> Sequence[Column]:
    return [
        Column(_("Title"), lambda line: line.opportunity.title),
        Column(_("Kind"), lambda line: line.opportunity.get_kind_display()),
        Column(_("Unit"), lambda line: line.opportunity.org_unit),
        Column(_("Job"), lambda line: line.opportunity.job),
        Column(_("Location"), lambda line: line.opportunity.location),
        Column(_("Percent of working time"), lambda line: line.opportunity.time_share),
        Column(_("Starts on"), lambda line: line.opportunity.starts_on),
        Column(_("Ends on"), lambda line: line.opportunity.ends_on),
        Column(_("Last day to say yes"), lambda line: line.opportunity.closes_on),
        Column(_("Owner"), lambda line: line.opportunity.owner),
        Column(_("What it is"), lambda line: line.opportunity.description),
        *_match_columns(),
        Column(_("My interest"), lambda line: line.interest.get_state_display() if line.interest else None),
    ]


def _match_columns() -> list[Column]:
    return [
        Column(_("Fit of 100, at least"), lambda line: line.match and round(line.match.low)),
        Column(_("Fit of 100, at most"), lambda line: line.match and round(line.match.high)),
    ]


def _open(user: Principal, query: QueryDict) -> list[OpenLine]:
    rows = Opportunity.objects.visible_to(user).taking(timezone.localdate()).with_place().with_needs()
    found = list(filtered(OpportunityFilter, query, rows, user).order_by("-published_at", "-pk"))
    me = Employee.objects.select_related("location").filter(pk=user.viewer.employee_id or 0).first()
    if me is None:
        return [OpenLine(row, None, None) for row in found]
    said = {row.opportunity_id: row for row in Interest.objects.visible_to(user).filter(employee=me)}
    others = [row for row in found if row.owner_id != me.pk]
    fits = {row.opportunity.pk: row.match for row in matched(others, [me], known_of([me.pk], user))}
    return [OpenLine(row, fits.get(row.pk), said.get(row.pk)) for row in found]


@dataclass(frozen=True)
class CandidateLine:
    """Somebody who would fit, and what they said to it."""

    row: Matched
    interest: Interest | None

    @property
    def match(self) -> Match | None:
        return self.row.match


def _candidate_columns() -> Sequence[Column]:
    return [
        *person_columns("row.employee"),
        Column(_("Unit"), lambda line: line.row.employee.org_unit),
        Column(_("Job"), lambda line: line.row.employee.job),
        *_match_columns(),
        Column(_("Interest"), lambda line: line.interest.get_state_display() if line.interest else None),
    ]


def _candidates(user: Principal, query: QueryDict) -> list[CandidateLine]:
    """Of the reader's newest search for the opportunity in the query, read with the rights of today."""
    rows = Opportunity.objects.visible_to(user).with_place().with_needs()
    opportunity = named_in(query, "opportunity", rows)
    if opportunity is None or not user.has_perm("talent.search_candidates", opportunity):
        return []
    search = CandidateSearch.objects.visible_to(user).filter(opportunity=opportunity).computed().first()
    return [CandidateLine(*found) for found in found_by(search, opportunity, user)] if search else []


def _path_columns() -> Sequence[Column]:
    return [
        Column(_("From"), lambda step: step.from_job),
        Column(_("To"), lambda step: step.to_job),
        Column(_("Kind"), lambda step: step.get_kind_display()),
        Column(_("Usual time in months"), lambda step: step.months),
        Column(_("Note"), lambda step: step.note),
    ]


def _path(user: Principal, query: QueryDict) -> list[CareerStep]:
    """The steps drawn around the job in the query (`job`)."""
    job = named_in(query, "job", Job.objects.all())
    return paths_around(job, list(CareerStep.objects.visible_to(user).with_jobs())).steps if job else []


OPEN = list_kind(ListKind("talent.open_opportunities", _("Open opportunities"), _open_columns, _open, EVERYBODY))
CANDIDATES = list_kind(
    ListKind(
        "talent.candidates",
        _("People who would fit an opportunity"),
        _candidate_columns,
        _candidates,
        HR_ROLES | {Role.INTEGRATION},
    )
)
PATH = list_kind(ListKind("talent.career_path", _("Career path"), _path_columns, _path, EVERYBODY))
