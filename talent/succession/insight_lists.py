"""What benches come to, as lists to take away: the chart, the most exposed roles, successors side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, filtered, list_kind, named_in
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.filters import ChartFilter
from talent.models import BenchStudy, SuccessionPlan
from talent.succession.assessed import Assessed, bench_view
from talent.succession.chances import WILLING_WORDS
from talent.succession.chart import Node, chart_of, flat
from talent.succession.lists import READERS
from talent.succession.together import Exposed, read_study

DECIMALS = 2


def _chart_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Level"), lambda node: node.level),
        Column(gettext_lazy("Role"), lambda node: node.plan.position.name),
        Column(gettext_lazy("Unit"), lambda node: node.plan.position.org_unit),
        Column(gettext_lazy("Incumbent"), lambda node: node.plan.incumbent or _("Vacant")),
        Column(gettext_lazy("Vacancy risk"), lambda node: node.plan.get_vacancy_risk_display()),
        Column(gettext_lazy("Successors"), _named),
        Column(gettext_lazy("Strength in per cent"), lambda node: node.percent),
    ]


def _named(node: Node) -> str:
    return ", ".join(f"{row.employee.name} ({row.get_readiness_display()})" for row in node.plan.bench)


def _chart(user: Principal, query: QueryDict) -> list[Node]:
    """The whole chart: a file need not be cut where a drawing is."""
    plans = SuccessionPlan.objects.visible_to(user).active().with_bench()
    found = filtered(ChartFilter, query, plans, user)
    return list(flat(chart_of(list(found.order_by("position__org_unit__path", "position__name", "pk")), user)))


def _exposed_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Role"), lambda row: row.plan.position.name),
        Column(gettext_lazy("Unit"), lambda row: row.plan.position.org_unit),
        Column(gettext_lazy("Criticality"), lambda row: row.plan.criticality),
        Column(gettext_lazy("Vacancy risk"), lambda row: row.plan.get_vacancy_risk_display()),
        Column(gettext_lazy("Strength"), lambda row: round(row.strength, DECIMALS)),
        Column(gettext_lazy("Exposure"), lambda row: _rounded(row.exposure)),
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _exposed(user: Principal, query: QueryDict) -> list[Exposed]:
    """Of the reader's latest study, as they may read it today."""
    study = BenchStudy.objects.visible_to(user).computed().first()
    return read_study(study, user).exposed if study else []


def _compared_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("Job"), lambda row: row.employee.job),
        Column(gettext_lazy("Readiness, as assessed"), lambda row: row.successor.get_readiness_display()),
        Column(gettext_lazy("Months away, at least"), lambda row: row.way and row.way.low),
        Column(gettext_lazy("Months away, at most"), lambda row: row.way and row.way.high),
        Column(gettext_lazy("Score, at least"), lambda row: round(row.score.low, 1)),
        Column(gettext_lazy("Score, at most"), lambda row: round(row.score.high, 1)),
        Column(gettext_lazy("Performance"), lambda row: _rounded(row.performance and row.performance.level.value)),
        Column(gettext_lazy("Performance as of"), lambda row: row.performance and row.performance.as_of),
        Column(gettext_lazy("Potential"), lambda row: _rounded(row.potential and row.potential.value)),
        Column(gettext_lazy("Potential as of"), lambda row: row.potential and row.potential.as_of),
        Column(gettext_lazy("Said by the person"), lambda row: WILLING_WORDS[row.willing]),
    ]


def _compared(user: Principal, query: QueryDict) -> list[Assessed]:
    """The successors of the bench in the query (`plan`); with `successor` only those."""
    plans = SuccessionPlan.objects.visible_to(user).active().with_bench()
    plan = named_in(query, "plan", plans)
    rows = bench_view(plan, user).rows if plan else []
    chosen = set(query.getlist("successor"))
    return [row for row in rows if not chosen or str(row.successor.pk) in chosen]


@dataclass(frozen=True)
class DemandLine:
    """Something the role asks for, a competency or an experience, beside what one successor has of it."""

    employee: Any
    name: str
    required: int | None = None
    importance: int | None = None
    have: Any = None
    gap: int | None = None
    in_plan: str = ""


def _demand_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("The role asks for"), lambda line: line.name),
        Column(gettext_lazy("Level"), lambda line: line.required),
        Column(gettext_lazy("Importance"), lambda line: line.importance),
        Column(gettext_lazy("Has"), lambda line: line.have),
        Column(gettext_lazy("Gap"), lambda line: line.gap),
        Column(gettext_lazy("In the plan"), lambda line: line.in_plan),
    ]


def _demands(user: Principal, query: QueryDict) -> list[DemandLine]:
    return [line for row in _compared(user, query) for line in _lines(row)]


def _lines(row: Assessed) -> Iterator[DemandLine]:
    words = {True: _("Has it"), False: _("Has not got it"), None: None}
    for line in row.lines:
        fit, planned = line.fit, _("yes") if line.in_plan else _("no")
        demand = fit.demand
        yield DemandLine(
            row.employee, line.competency.name, demand.required, demand.importance, fit.have, fit.gap, planned
        )
    for held in row.experiences:
        yield DemandLine(row.employee, held.name, have=words[held.is_held])


CHART = list_kind(ListKind("talent.bench_chart", gettext_lazy("Chart of benches"), _chart_columns, _chart, READERS))
EXPOSED = list_kind(
    ListKind("talent.exposed_roles", gettext_lazy("Most exposed roles"), _exposed_columns, _exposed, READERS)
)
COMPARED = list_kind(
    ListKind("talent.successors_compared", gettext_lazy("Successors compared"), _compared_columns, _compared, READERS)
)
DEMANDS = list_kind(
    ListKind("talent.successor_gaps", gettext_lazy("What the role asks for"), _demand_columns, _demands, READERS)
)
