"""The lists of talks and feedback that can be taken away: requests, one-to-ones, 360 rounds, improvement plans."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind, of_named
from hrportal.people.lists import person_columns
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.enums import RUNNING, MeetingState
from performance.filters import FeedbackRequestFilter, ImprovementPlanFilter, RoundFilter
from performance.models import (
    AnswerSheet,
    FeedbackRequest,
    FeedbackRound,
    ImprovementPlan,
    Meeting,
    OneToOne,
    RoundTemplate,
)


def _request_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Asked on"), lambda row: row.asked_at),
        Column(gettext_lazy("Who asks"), lambda row: row.asker),
        Column(gettext_lazy("Who is asked"), lambda row: row.asked),
        Column(gettext_lazy("About"), lambda row: row.about),
        Column(gettext_lazy("Question"), lambda row: row.question),
        Column(gettext_lazy("State"), lambda row: row.get_state_display()),
        Column(gettext_lazy("Until"), lambda row: row.due_on),
    ]


def _requests(user: Principal, query: QueryDict) -> Any:
    return filtered(FeedbackRequestFilter, query, FeedbackRequest.objects.visible_to(user).with_people(), user)


def one_to_ones(user: Principal, query: QueryDict) -> Any:
    """One's series, running or with `show=ended` ended: with what waits to be talked about, and what is one's to do."""
    me = user.viewer.employee_id
    waiting = Count("agenda", filter=Q(agenda__discussed_in=None), distinct=True)
    mine = Count("actions", filter=Q(actions__done_at=None, actions__owner=me), distinct=True)
    rows = OneToOne.objects.visible_to(user).with_people().with_planned()
    return rows.filter(ended_at__isnull=query.get("show") != "ended").annotate(waiting=waiting, mine=mine)


def _one_to_one_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("With"), lambda line: line[1]),
        Column(gettext_lazy("Rhythm"), lambda line: line[0].get_rhythm_display()),
        Column(gettext_lazy("Next meeting"), lambda line: next((each.held_on for each in line[0].planned), None)),
        Column(gettext_lazy("To talk about"), lambda line: line[0].waiting),
        Column(gettext_lazy("For you to do"), lambda line: line[0].mine),
        Column(gettext_lazy("Ended"), lambda line: line[0].ended_at),
    ]


def _one_to_one_lines(user: Principal, query: QueryDict) -> Portions:
    def lines(series: list[OneToOne]) -> list[tuple[OneToOne, Employee]]:
        return [(row, row.other(user.viewer.employee_id)) for row in series]

    return Portions(one_to_ones(user, query), lines)


def past_meetings(user: Principal, query: QueryDict) -> Any:
    """The meetings that were, with `one_to_one` those of one series, the latest first."""
    past = Meeting.objects.visible_to(user).exclude(state=MeetingState.PLANNED).with_people()
    return of_named(query, "one_to_one", OneToOne.objects.visible_to(user), past)


def _meeting_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Day"), lambda meeting: meeting.held_on),
        Column(gettext_lazy("Manager"), lambda meeting: meeting.one_to_one.manager),
        Column(gettext_lazy("Employee"), lambda meeting: meeting.one_to_one.employee),
        Column(gettext_lazy("State"), lambda meeting: meeting.get_state_display()),
        Column(gettext_lazy("Shared notes"), lambda meeting: meeting.notes),
    ]


def sheets_to_answer(user: Principal, query: QueryDict) -> Any:
    """What waits for one's own answer, the most urgent first."""
    sheets = AnswerSheet.objects.visible_to(user).open()
    people = sheets.select_related("rater__round__subject__job", "rater__round__subject__org_unit")
    return people.order_by("rater__round__due_on", "pk")


def _sheet_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("About"), lambda sheet: sheet.rater.round.subject),
        Column(gettext_lazy("Due"), lambda sheet: sheet.rater.round.due_on),
    ]


def _round_columns() -> Sequence[Column]:
    return [
        *person_columns("subject"),
        Column(gettext_lazy("Questions"), lambda round_: round_.template),
        Column(gettext_lazy("State"), lambda round_: round_.get_state_display()),
        Column(gettext_lazy("Due"), lambda round_: round_.due_on),
    ]


def _rounds(user: Principal, query: QueryDict) -> Any:
    return filtered(RoundFilter, query, FeedbackRound.objects.visible_to(user).with_people(), user)


def round_templates(user: Principal, query: QueryDict) -> Any:
    """All masters, those put away last."""
    masters = RoundTemplate.objects.visible_to(user).prefetch_related("questions")
    return masters.order_by("is_archived", "name", "pk")


def _round_template_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Name"), lambda template: template.name),
        Column(gettext_lazy("Questions"), lambda template: "\n".join(map(str, template.questions.all()))),
        Column(gettext_lazy("State"), lambda template: _("Put away") if template.is_archived else _("Offered")),
    ]


def _plan_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(gettext_lazy("State"), lambda plan: plan.get_outcome_display() or plan.get_state_display()),
        Column(gettext_lazy("Led by"), lambda plan: plan.owner),
        Column(gettext_lazy("Starts"), lambda plan: plan.starts_on),
        Column(gettext_lazy("Ends"), lambda plan: plan.ends_on),
        Column(gettext_lazy("Next check-in"), lambda plan: plan.next_check_in_on if plan.state in RUNNING else None),
    ]


def _plans(user: Principal, query: QueryDict) -> Any:
    return filtered(ImprovementPlanFilter, query, ImprovementPlan.objects.visible_to(user).with_people(), user)


REQUESTS = list_kind(
    ListKind("performance.feedback_requests", gettext_lazy("Requests for feedback"), _request_columns, _requests)
)
ONE_TO_ONES = list_kind(
    ListKind("performance.one_to_ones", gettext_lazy("One-to-ones"), _one_to_one_columns, _one_to_one_lines)
)
MEETINGS = list_kind(
    ListKind("performance.meetings", gettext_lazy("Meetings of one-to-ones"), _meeting_columns, past_meetings)
)
TO_ANSWER = list_kind(
    ListKind("performance.rounds_to_answer", gettext_lazy("360 feedback to answer"), _sheet_columns, sheets_to_answer)
)
ROUNDS = list_kind(ListKind("performance.rounds", gettext_lazy("360 feedback"), _round_columns, _rounds))
ROUND_TEMPLATES = list_kind(
    ListKind(
        "performance.round_templates",
        gettext_lazy("Questions of 360 feedback"),
        _round_template_columns,
        round_templates,
        HR_ROLES,
    )
)
# Confidential: to no client, not even one that acts for somebody who may read them.
IMPROVEMENT_PLANS = list_kind(
    ListKind(
        "performance.improvement_plans",
        gettext_lazy("Improvement plans"),
        _plan_columns,
        _plans,
        HR_ROLES | {Role.EMPLOYEE},
        in_person=True,
    )
)
