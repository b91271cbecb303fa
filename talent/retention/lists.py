"""The lists of retention that can be taken away. Whose flight risk is in a file was looked at, and it is noted so."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrportal.common.actions import ActionError
from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.filters.retention import ExitFilter, RetentionPlanFilter, RiskFilter, StayInterviewFilter
from talent.models import Exit, FlightRisk, FlightRiskOptOut, RetentionPlan, StayInterview, StayInterviewTemplate
from talent.retention.looks import look_at

READERS = HR_ROLES | {Role.MANAGER, Role.EXECUTIVE, Role.INTEGRATION}
# An interview is held by whoever HR asks to hold it.
ANYBODY_ASKED = HR_ROLES | {Role.EMPLOYEE, Role.INTEGRATION}


def _risk_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda risk: risk.employee.org_unit),
        Column(_("Job"), lambda risk: risk.employee.job),
        Column(_("Likelihood"), lambda risk: risk.get_likelihood_display()),
        Column(_("Impact"), lambda risk: risk.get_impact_display()),
        Column(_("Reasons"), lambda risk: ", ".join(risk.reasons)),
        Column(_("Assessed"), lambda risk: risk.assessed_on),
        Column(_("Out of date"), lambda risk: _("Yes") if risk.is_stale else _("No")),
        Column(_("Assessed by"), lambda risk: risk.assessed_by),
        Column(_("Source"), lambda risk: risk.get_source_display()),
    ]


def _risks(user: Principal, query: QueryDict) -> list[FlightRisk]:
    rows = FlightRisk.objects.visible_to(user).current().of_people_here().with_people()
    return look_at(filtered(RiskFilter, query, rows.order_by("-assessed_on", "pk"), user), by=user)


def _plan_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda plan: plan.employee.org_unit),
        Column(_("About"), lambda plan: ", ".join(plan.kind_words)),
        Column(_("Owner"), lambda plan: plan.owner),
        Column(_("Opened"), lambda plan: plan.opened_on),
        Column(_("Due"), lambda plan: plan.due_on),
        Column(_("Actions"), lambda plan: len(plan.actions.all())),
        Column(_("Actions done"), lambda plan: sum(action.done_at is not None for action in plan.actions.all())),
        Column(_("State"), lambda plan: plan.get_state_display()),
        Column(_("Closed"), lambda plan: plan.closed_on),
    ]


def _plans(user: Principal, query: QueryDict) -> Any:
    rows = RetentionPlan.objects.visible_to(user).with_content()
    return filtered(RetentionPlanFilter, query, rows.order_by("due_on", "pk"), user)


def _talk_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Held by"), lambda talk: talk.interviewer),
        Column(_("Until"), lambda talk: talk.planned_on),
        Column(_("State"), lambda talk: talk.get_state_display()),
        Column(_("Held"), lambda talk: talk.finished_on),
        Column(_("What came up"), lambda talk: ", ".join(talk.theme_words)),
    ]


def _talks(user: Principal, query: QueryDict) -> Any:
    rows = StayInterview.objects.visible_to(user).with_people()
    return filtered(StayInterviewFilter, query, rows.order_by("-planned_on", "-pk"), user)


def _exit_columns() -> Sequence[Column]:
    words = {True: _("Yes"), False: _("No"), None: None}
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda row: row.org_unit),
        Column(_("Last day"), lambda row: row.left_on),
        Column(_("Reason for leaving"), lambda row: row.get_leave_reason_display() or None),
        Column(_("Rated high"), lambda row: words[row.was_strong]),
        Column(_("Seen coming"), lambda row: words[row.foreseen]),
        Column(_("Had a plan"), lambda row: words[row.had_plan]),
        Column(_("Regretted"), lambda row: words[row.is_regretted]),
        Column(_("Reasons"), lambda row: ", ".join(row.theme_words)),
    ]


def _exits(user: Principal, query: QueryDict) -> Any:
    """Without what rests on ratings for a client that may not read them; it does not narrow the list by that either."""
    reads_ratings = user.viewer.may_use("ratings:read")
    if query.get("strong") and not reads_ratings:
        words = gettext("Without the right to read ratings this list is not filtered by them.")
        raise ActionError(words, field="strong")
    rows = Exit.objects.visible_to(user).with_people()
    found = filtered(ExitFilter, query, rows.order_by("-left_on", "-pk"), user)
    return found if reads_ratings else Portions(found, _without_ratings)


def _without_ratings(rows: list[Exit]) -> Iterator[Exit]:
    for row in rows:
        row.was_strong = None
        yield row


def _off_columns() -> Sequence[Column]:
    return [
        Column(_("Where"), str),
        Column(_("Why"), lambda row: row.reason),
        Column(_("Since"), lambda row: row.set_at),
        Column(_("Turned off by"), lambda row: row.set_by),
        Column(_("Taken back"), lambda row: row.lifted_at),
        Column(_("Taken back by"), lambda row: row.lifted_by),
    ]


def _off(user: Principal, query: QueryDict) -> Any:
    rows = FlightRiskOptOut.objects.visible_to(user)
    related = ("org_unit", "legal_entity", "set_by", "lifted_by")
    return rows.select_related(*related).order_by(F("lifted_at").desc(nulls_first=True), "-set_at", "pk")


def _template_columns() -> Sequence[Column]:
    return [
        Column(_("Questions"), lambda template: template.name),
        Column(_("In use"), lambda template: _("Yes") if template.is_active else _("No")),
        Column(_("What is asked"), lambda template: "\n".join(template.questions)),
    ]


def _templates(user: Principal, query: QueryDict) -> Any:
    return StayInterviewTemplate.objects.visible_to(user)


RISKS = list_kind(ListKind("talent.flight_risks", _("Flight risk"), _risk_columns, _risks, READERS))
PLANS = list_kind(ListKind("talent.retention_plans", _("Retention plans"), _plan_columns, _plans, READERS))
TALKS = list_kind(ListKind("talent.stay_interviews", _("Stay interviews"), _talk_columns, _talks, ANYBODY_ASKED))
EXITS = list_kind(ListKind("talent.exits", _("Exits"), _exit_columns, _exits, READERS))
OFF = list_kind(
    ListKind(
        "talent.flight_risk_opt_outs",
        _("Where flight risk is turned off"),
        _off_columns,
        _off,
        HR_ROLES | {Role.INTEGRATION},
    )
)
TEMPLATES = list_kind(
    ListKind(
        "talent.stay_templates",
        _("Questions for stay interviews"),
        _template_columns,
        _templates,
        HR_ROLES | {Role.INTEGRATION},
    )
)
