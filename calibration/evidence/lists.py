"""Figures and suggestions to take away, with the rights of whoever takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from calibration.around.lists import session_in
from calibration.evidence.shown import suggestions_at, with_cards
from calibration.filters.evidence import FindingFilter, SuggestionFilter, asked_first
from calibration.models import ManagerEvidence, Suggestion
from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, Portions, filtered, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal

DECIMALS = 3


def _columns() -> Sequence[Column]:
    return [
        *person_columns("manager"),
        Column(_("Cycle"), lambda row: row.run.cycle),
        Column(_("Ratings"), lambda row: row.ratings),
        Column(_("People"), lambda row: row.people),
        Column(_("Mean"), lambda row: _rounded(row.mean)),
        Column(_("Organisation"), lambda row: _rounded(row.organisation)),
        Column(_("Explained by goals and peers"), lambda row: _rounded(row.explained)),
        Column(_("Remaining"), lambda row: _rounded(row.remaining)),
        Column(_("Leniency"), lambda row: _rounded(row.leniency)),
        Column(_("From"), lambda row: _rounded(row.low)),
        Column(_("To"), lambda row: _rounded(row.high)),
        Column(_("What it rests on"), lambda row: row.get_basis_display()),
        Column(_("In words"), lambda row: row.words),
        Column(_("Asked to explain"), lambda row: " ".join(row.questions)),
        Column(_("Notes"), lambda row: " ".join(row.notes)),
        Column(_("Computed"), lambda row: row.run.computed_at),
        Column(_("Method"), lambda row: row.run.method),
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _rows(user: Principal, query: QueryDict) -> Any:
    seen = ManagerEvidence.objects.visible_to(user).newest().select_related("run__cycle", "manager")
    return filtered(FindingFilter, query, asked_first(seen), user)


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion, and how its card lies now as far as the reader sees it."""

    suggestion: Suggestion

    @property
    def now(self) -> Any:
        return self.suggestion.card.rating if self.suggestion.card else None


def _suggestion_columns() -> Sequence[Column]:
    return [
        *person_columns("suggestion.review.employee"),
        Column(_("Manager"), lambda line: line.suggestion.review.reviewer),
        Column(_("Given"), lambda line: line.suggestion.given),
        Column(_("Suggested"), lambda line: line.suggestion.proposed),
        Column(_("On the board now"), lambda line: line.now),
        Column(_("In words"), lambda line: line.suggestion.words),
        Column(_("Answer"), lambda line: line.suggestion.get_answer_display()),
        Column(_("Why"), lambda line: line.suggestion.answer_reason),
        Column(_("Answered by"), lambda line: line.suggestion.answered_by),
        Column(_("Answered at"), lambda line: line.suggestion.answered_at),
    ]


def _suggestions(user: Principal, query: QueryDict) -> Portions:
    """Around the table of the session in the query."""
    session = session_in(query, user)
    rows = suggestions_at(user, session) if session else Suggestion.objects.none()
    found = filtered(SuggestionFilter, query, rows.order_by("answer", "-probability", "pk"), user)
    return Portions(found, lambda suggestions: map(SuggestionLine, with_cards(user, suggestions)))


FINDINGS = list_kind(ListKind("calibration.evidence", _("Evidence on managers’ ratings"), _columns, _rows))
SUGGESTIONS = list_kind(ListKind("calibration.suggestions", _("Suggestions"), _suggestion_columns, _suggestions))
