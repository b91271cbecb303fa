"""A board as a list to take away, and people of it side by side. `board` in the query names the session; `session` is a filter."""

from collections.abc import Sequence
from functools import partial

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calibration.around.lists import session_in
from calibration.boards.board import Table
from calibration.boards.compare import FEWEST, MOST, Beside, compare
from calibration.enums import SessionState
from calibration.filters.cards import CardFilter
from calibration.models import Card
from hrportal.common.exports import Column
from hrportal.common.numbers import is_number
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal


def _table(user: Principal, query: QueryDict) -> Table | None:
    """The table around a board; there is none while the session is prepared."""
    session = session_in(query, user, "board")
    return Table(session, user) if session and session.state != SessionState.PREPARING else None


def _board_columns() -> Sequence[Column]:
    return [
        *person_columns("review.employee"),
        Column(gettext_lazy("Job"), lambda card: card.review.job),
        Column(gettext_lazy("Unit"), lambda card: card.review.org_unit),
        Column(gettext_lazy("Manager"), lambda card: card.review.reviewer),
        Column(gettext_lazy("Session"), lambda card: card.session),
        Column(gettext_lazy("Proposed"), lambda card: card.proposed_rating),
        Column(gettext_lazy("Calibrated"), lambda card: card.rating),
        Column(gettext_lazy("Why"), lambda card: card.rationale),
        Column(gettext_lazy("Discussed"), lambda card: _("yes") if card.is_discussed else _("no")),
    ]


def _board(user: Principal, query: QueryDict) -> QuerySet[Card]:
    """As the board is filtered."""
    table = _table(user, query)
    if table is None:
        return Card.objects.none()
    filters = partial(CardFilter, with_split=table.runs, with_sessions=len(table.sessions) > 1)
    return filtered(filters, query, table.cards.with_people().select_related("review__org_unit", "session"), user)


def _compared_columns() -> Sequence[Column]:
    return [
        *person_columns("card.review.employee"),
        Column(gettext_lazy("Proposed"), lambda one: one.card.proposed_rating),
        Column(gettext_lazy("Now"), lambda one: one.card.rating),
        Column(gettext_lazy("Why"), lambda one: one.card.rationale),
        Column(gettext_lazy("Suggestion"), lambda one: one.suggestion and one.suggestion.proposed),
        Column(gettext_lazy("Manager"), lambda one: one.card.review.reviewer),
        Column(gettext_lazy("Job"), lambda one: one.card.review.job),
        Column(gettext_lazy("Job level"), lambda one: one.card.review.job and one.card.review.job.level),
        Column(gettext_lazy("In this job since"), lambda one: one.in_job_since),
        Column(gettext_lazy("Earlier calibrated ratings"), _earlier),
        Column(gettext_lazy("Goals of the period"), _goals),
        Column(gettext_lazy("Competencies"), _levels),
        Column(gettext_lazy("Feedback"), _feedback),
        Column(gettext_lazy("Agenda"), lambda one: one.card.agenda_note),
    ]


def _earlier(one: Beside) -> str:
    return "\n".join(f"{review.cycle.name}: {review.final_rating}" for review in one.earlier)


def _goals(one: Beside) -> str:
    return "\n".join(goal.title if goal.progress is None else f"{goal.title} ({goal.progress} %)" for goal in one.goals)


def _levels(one: Beside) -> str:
    rated = sorted(one.levels.values(), key=lambda row: row.competency.name)
    return "\n".join(f"{row.competency.name}: {row.level}" for row in rated)


def _feedback(one: Beside) -> str:
    return "\n".join(f"{item.giver.name}: {item.text}" for item in one.feedback)


def _compared(user: Principal, query: QueryDict) -> list[Beside]:
    """Those whose `cards` the query names, as many as fit side by side."""
    table = _table(user, query)
    chosen = [int(number) for number in query.getlist("cards") if is_number(number)]
    if table is None or not FEWEST <= len(chosen) <= MOST:
        return []
    cards = table.cards.filter(pk__in=chosen).with_people().select_related("review__cycle")
    return compare(cards, user).people


BOARD = list_kind(ListKind("calibration.board", gettext_lazy("Board"), _board_columns, _board))
COMPARED = list_kind(ListKind("calibration.compared", gettext_lazy("Side by side"), _compared_columns, _compared))
