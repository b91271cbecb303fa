"""The lists around goals that can be taken away: periods, templates, what was set for many, proposals, the cascade."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind, named_in, of_named
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from performance.enums import STILL_OPEN, GoalLevel, GoalState
from performance.filters import CascadeFilter, GoalProposalFilter
from performance.goals.cascade import Node, flat, forest, with_all_above
from performance.goals.proposals import why_of
from performance.models import GoalAssignment, GoalPeriod, GoalProposal, GoalTemplate, Objective

ASSIGNERS = HR_ROLES | {Role.MANAGER}


def counts_of_periods(user: Principal, periods: Iterable[int]) -> dict[int, Any]:
    """All goals and open goals of each period, as far as the reader may see them."""
    goals = Objective.objects.visible_to(user).filter(period__in=periods).order_by().values("period")
    rows = goals.annotate(all=Count("pk"), open=Count("pk", filter=Q(state__in=STILL_OPEN)))
    return {row["period"]: row for row in rows}


def _period_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Period"), lambda row: row[0]),
        Column(gettext_lazy("Starts"), lambda row: row[0].starts_on),
        Column(gettext_lazy("Ends"), lambda row: row[0].ends_on),
        Column(gettext_lazy("State"), lambda row: _("Open") if row[0].is_open else _("Closed")),
        Column(gettext_lazy("Goals"), lambda row: row[1].get("all")),
        Column(gettext_lazy("Still open"), lambda row: row[1].get("open")),
    ]


def _periods(user: Principal, query: QueryDict) -> Portions:
    def lines(periods: list[GoalPeriod]) -> list[tuple[GoalPeriod, dict[str, int]]]:
        counts = counts_of_periods(user, [period.pk for period in periods])
        return [(period, counts.get(period.pk, {})) for period in periods]

    return Portions(GoalPeriod.objects.visible_to(user), lines)


def goal_templates(user: Principal, query: QueryDict) -> Any:
    """The templates to choose from."""
    templates = GoalTemplate.objects.visible_to(user).current()
    return templates.select_related("competency").prefetch_related("key_results")


def _template_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Objective"), lambda template: template.title),
        Column(gettext_lazy("Description"), lambda template: template.description),
        Column(gettext_lazy("Kind"), lambda template: template.get_kind_display()),
        Column(gettext_lazy("Competency"), lambda template: template.competency),
        Column(gettext_lazy("Weight"), lambda template: template.weight),
        Column(gettext_lazy("Key results"), lambda template: "\n".join(map(str, template.key_results.all()))),
    ]


def assignments(user: Principal, query: QueryDict) -> Any:
    """What was set for many at once, the latest first."""
    return GoalAssignment.objects.visible_to(user).with_names()


def _assignment_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Objective"), lambda row: row.content.get("title")),
        Column(gettext_lazy("Unit"), lambda row: row.org_unit),
        Column(gettext_lazy("Job"), lambda row: row.job),
        Column(gettext_lazy("Job family"), lambda row: row.job_family),
        Column(gettext_lazy("Period"), lambda row: row.period),
        Column(gettext_lazy("By"), lambda row: row.assigned_by),
        Column(gettext_lazy("Set on"), lambda row: row.created_at),
        Column(gettext_lazy("Taken back"), lambda row: row.withdrawn_at),
    ]


def assigned_goals(user: Principal, query: QueryDict) -> Any:
    """The goals people have from an assignment, as far as the reader may see them; without `assignment` from any."""
    goals = Objective.objects.visible_to(user).exclude(assignment=None)
    found = of_named(query, "assignment", GoalAssignment.objects.visible_to(user), goals)
    return found.with_results().order_by("owner__last_name", "owner__first_name", "pk")


def _assigned_columns() -> Sequence[Column]:
    return [
        *person_columns("owner"),
        Column(gettext_lazy("Objective"), lambda goal: goal.title),
        Column(gettext_lazy("State"), lambda goal: goal.get_state_display()),
        Column(gettext_lazy("Due"), lambda goal: goal.due_on),
        Column(gettext_lazy("Progress in per cent"), lambda goal: goal.progress),
    ]


def _proposal_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Competency"), lambda proposal: proposal.competency),
        Column(gettext_lazy("Level now"), lambda proposal: proposal.level_now),
        Column(gettext_lazy("Level wanted"), lambda proposal: proposal.level_wanted),
        Column(gettext_lazy("Wanted by"), lambda proposal: proposal.wanted_by),
        Column(gettext_lazy("Why"), lambda proposal: why_of(proposal) if proposal.level_now else None),
        Column(gettext_lazy("State"), lambda proposal: proposal.get_state_display()),
        Column(gettext_lazy("Reason"), lambda proposal: proposal.reason),
    ]


def _proposals(user: Principal, query: QueryDict) -> Any:
    """Without the level found for a client that may not read ratings."""
    found = filtered(GoalProposalFilter, query, GoalProposal.objects.visible_to(user).with_names(), user)
    return found if user.viewer.may_use("ratings:read") else Portions(found, _without_levels)


def _without_levels(proposals: list[GoalProposal]) -> Iterator[GoalProposal]:
    for proposal in proposals:
        proposal.level_now = None  # never saved
        yield proposal


def drawn(user: Principal) -> QuerySet[Objective]:
    """The goals that are drawn, with all their boxes show: what is under way, and what was reached."""
    states = (GoalState.ACTIVE, GoalState.CLOSED)
    goals = Objective.objects.visible_to(user).filter(state__in=states)
    return goals.with_results().with_staleness().with_contributors(user)


def below(user: Principal, goal: Objective) -> QuerySet[Objective]:
    """What contributes directly to a goal."""
    return drawn(user).filter(parent=goal).order_by("path")


def _cascade(user: Principal, query: QueryDict) -> Portions:
    """What the cascade shows: what a filter finds, else with `at` one goal and those below it, else the top and those below it."""
    return Portions(_goals_of_cascade(user, query), lambda goals: _nodes(goals, user))


def _goals_of_cascade(user: Principal, query: QueryDict) -> QuerySet[Objective]:
    if query.get("at"):
        focus = named_in(query, "at", Objective.objects.visible_to(user))
        goals = drawn(user)
        return goals.filter(Q(parent=focus) | Q(pk=focus.pk)).order_by("path") if focus else goals.none()
    found = filtered(CascadeFilter, query, drawn(user), user)
    if any(query.get(name) for name in CascadeFilter.base_filters):
        return found.order_by("path")
    top = drawn(user).filter(parent=None).exclude(level=GoalLevel.INDIVIDUAL).order_by()
    return found.filter(Q(pk__in=top.values("pk")) | Q(parent__in=top.values("pk"))).order_by("path")


def _nodes(goals: list[Objective], user: Principal) -> Iterator[Node]:
    """The goals, each knowing the nearest goal above it that the reader may see."""
    asked = {goal.pk for goal in goals}
    return (node for node in flat(forest(with_all_above(goals, user))) if node.goal.pk in asked)


def _cascade_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Objective"), lambda node: node.goal.title),
        Column(gettext_lazy("Contributes to"), lambda node: node.above and node.above.title),
        Column(pgettext_lazy("goal", "Level"), lambda node: node.goal.get_level_display()),
        Column(gettext_lazy("Owner"), lambda node: node.goal.owner or node.goal.org_unit),
        Column(gettext_lazy("Progress in per cent"), lambda node: node.goal.progress),
    ]


PERIODS = list_kind(
    ListKind(
        "performance.goal_periods",
        gettext_lazy("Goal periods"),
        _period_columns,
        _periods,
        HR_ROLES | {Role.INTEGRATION},
    )
)
TEMPLATES = list_kind(
    ListKind(
        "performance.goal_templates",
        gettext_lazy("Templates for goals"),
        _template_columns,
        goal_templates,
        ASSIGNERS | {Role.INTEGRATION},
    )
)
ASSIGNMENTS = list_kind(
    ListKind(
        "performance.goal_assignments",
        gettext_lazy("Goals set for many"),
        _assignment_columns,
        assignments,
        ASSIGNERS | {Role.INTEGRATION},
    )
)
ASSIGNED = list_kind(
    ListKind(
        "performance.assigned_goals",
        gettext_lazy("Who has a goal that was set for many"),
        _assigned_columns,
        assigned_goals,
        ASSIGNERS | {Role.INTEGRATION},
    )
)
PROPOSALS = list_kind(
    ListKind("performance.goal_proposals", gettext_lazy("Proposed development goals"), _proposal_columns, _proposals)
)
CASCADE = list_kind(ListKind("performance.goal_cascade", gettext_lazy("Cascade of goals"), _cascade_columns, _cascade))
