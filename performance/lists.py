"""The lists of performance that can be taken away. What a cell holds is what its reader sees on the page."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hrportal.common.actions import ActionError
from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from performance.enums.accountability import LooseEnd
from performance.filters import CycleFilter, FeedbackFilter, ObjectiveFilter, ReviewFilter
from performance.forms.accountability import FiguresForm, UnitForm
from performance.insight.accountability import line_of, loose_ends, with_details
from performance.insight.metrics import Figures, Share, completion_of, cycle_to_show, report
from performance.insight.reach import ANSWERABLE
from performance.models import Feedback, Objective, Review, ReviewCycle

MOST_CYCLES = 100


def _review_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda review: review.org_unit),
        Column(_("Job"), lambda review: review.job),
        Column(_("Reviewer"), lambda review: review.reviewer),
        Column(_("Cycle"), lambda review: review.cycle),
        Column(_("State"), lambda review: review.get_state_display()),
        Column(_("Proposed rating"), lambda review: review.shown_proposed),
        Column(_("Final rating"), lambda review: review.shown_final),
        Column(_("Due"), lambda review: review.manager_due_on or review.cycle.manager_due_on),
        Column(_("Submitted"), lambda review: review.submitted_at),
        Column(_("Completed"), lambda review: review.completed_at),
        Column(_("Shared"), lambda review: review.shared_at),
    ]


def _reviews(user: Principal, query: QueryDict) -> Any:
    rows = Review.objects.visible_to(user).with_people().with_ratings_for(user)
    return filtered(ReviewFilter, query, rows.order_by("-cycle__ends_on", "pk"), user)


def _goal_columns() -> Sequence[Column]:
    return [
        Column(_("Objective"), lambda goal: goal.title),
        Column(_("Owner"), lambda goal: goal.owner),
        Column(_("Unit"), lambda goal: goal.org_unit),
        Column(pgettext_lazy("goal", "Level"), lambda goal: goal.get_level_display()),
        Column(_("Kind"), lambda goal: goal.get_kind_display()),
        Column(_("State"), lambda goal: goal.get_state_display()),
        Column(_("Starts"), lambda goal: goal.starts_on),
        Column(_("Due"), lambda goal: goal.due_on),
        Column(_("Progress in per cent"), lambda goal: goal.progress),
    ]


def _goals(user: Principal, query: QueryDict) -> Any:
    return filtered(ObjectiveFilter, query, Objective.objects.visible_to(user).with_results(), user)


def _feedback_columns() -> Sequence[Column]:
    return [
        Column(_("Given"), lambda feedback: feedback.given_at),
        Column(_("From"), lambda feedback: feedback.giver),
        Column(_("To"), lambda feedback: feedback.recipient),
        Column(_("Kind"), lambda feedback: feedback.get_kind_display()),
        Column(_("Seen by"), lambda feedback: feedback.get_visibility_display()),
        Column(_("Competency"), lambda feedback: feedback.competency),
        Column(_("Feedback"), lambda feedback: feedback.text),
    ]


def _feedback(user: Principal, query: QueryDict) -> Any:
    return filtered(FeedbackFilter, query, Feedback.objects.visible_to(user).with_people(user), user)


def _cycle_columns() -> Sequence[Column]:
    return [
        Column(_("Cycle"), lambda row: row[0]),
        Column(_("State"), lambda row: row[0].get_state_display()),
        Column(_("Period starts"), lambda row: row[0].starts_on),
        Column(_("Period ends"), lambda row: row[0].ends_on),
        Column(_("Reviews"), lambda row: row[1].whole),
        Column(_("Finished"), lambda row: row[1].part),
        Column(_("Finished in per cent"), lambda row: row[1].percent),
    ]


def _cycles(user: Principal, query: QueryDict) -> list[tuple[ReviewCycle, Share]]:
    cycles = list(filtered(CycleFilter, query, ReviewCycle.objects.visible_to(user), user)[:MOST_CYCLES])
    counted = completion_of(user, cycles)
    return [(cycle, counted.get(cycle.pk, Share(0, 0))) for cycle in cycles]


REVIEWS = list_kind(ListKind("performance.reviews", _("Reviews"), _review_columns, _reviews))
CYCLES = list_kind(
    ListKind("performance.cycles", _("Review cycles"), _cycle_columns, _cycles, HR_ROLES | {Role.INTEGRATION})
)
GOALS = list_kind(ListKind("performance.goals", _("Goals"), _goal_columns, _goals))
FEEDBACK = list_kind(ListKind("performance.feedback", _("Feedback"), _feedback_columns, _feedback))


def _line_columns(kind: LooseEnd) -> Sequence[Column]:
    return [
        Column(_("Employee number"), lambda row: line_of(row, kind).person.employee_number),
        Column(_("Name"), lambda row: line_of(row, kind).person.name),
        Column(_("Unit"), lambda row: line_of(row, kind).person.org_unit),
        Column(kind.label, lambda row: line_of(row, kind).what),
        Column(_("Since"), lambda row: line_of(row, kind).since),
    ]


def _lines(kind: LooseEnd, user: Principal, query: QueryDict) -> Any:
    return with_details(loose_ends(user, kind, _meant(UnitForm(query)).chosen_unit), kind, user)


def _figure_columns() -> Sequence[Column]:
    return [
        Column(_("Unit"), lambda row: row[1].unit or _("All you answer for")),
        Column(_("Cycle"), lambda row: row[0]),
        Column(_("People"), lambda row: row[1].people),
        Column(_("Reviews"), lambda row: row[1].completion.whole),
        Column(_("Reviews finished"), lambda row: row[1].completion.part),
        Column(_("Manager reviews due"), lambda row: row[1].on_time.whole),
        Column(_("Manager reviews on time"), lambda row: row[1].on_time.part),
        Column(_("Goals"), lambda row: row[1].attainment.of),
        Column(_("Goals measured"), lambda row: row[1].attainment.n),
        Column(_("Goal attainment in per cent"), lambda row: row[1].attainment.value),
        Column(_("Feedback"), lambda row: row[1].feedback.times),
        Column(_("Feedback per person and quarter"), lambda row: row[1].feedback.value),
    ]


def _figures(user: Principal, query: QueryDict) -> list[tuple[Any, Figures]]:
    form = _meant(FiguresForm(query, user=user))
    cycle = form.cleaned_data["cycle"] or cycle_to_show(user)
    if cycle is None:
        return []
    made = report(user, cycle, form.chosen_unit)
    return [(cycle, made.here), *((cycle, figures) for figures in made.below)]


def _meant(form: Any) -> Any:
    """The form, if it makes sense: a file must not hold more than was meant."""
    if not form.is_valid():
        raise ActionError(str(_("A filter of this list makes no sense. Correct it on the page first.")))
    return form


LEFT_LYING = {
    kind: list_kind(
        ListKind(
            f"performance.{kind}_left_lying",
            kind.label,
            partial(_line_columns, kind),
            partial(_lines, kind),
            ANSWERABLE | {Role.INTEGRATION},
            scope="reviews:read",
        )
    )
    for kind in LooseEnd
}
FIGURES = list_kind(
    ListKind(
        "performance.metrics",
        _("Figures of performance"),
        _figure_columns,
        _figures,
        ANSWERABLE | {Role.INTEGRATION},
        scope="reviews:read",
    )
)
