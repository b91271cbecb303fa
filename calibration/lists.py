"""The lists of calibration that can be taken away. What a cell holds is what its reader sees on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calibration.actions.bulk import Outcome, Report
from calibration.boards import bulk
from calibration.filters.decisions import DecisionFilter, TableFilter
from calibration.filters.sessions import SessionFilter
from calibration.models import CalibrationSession, Card, CardMove, Decision
from hrportal.common.exports import Column, ListFile, write_list
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal


def _cards(user: Principal, query: QueryDict) -> QuerySet[Card]:
    """The cards of one session and those under it, or all one sees."""
    cards = Card.objects.visible_to(user).on_board().with_people()
    return filtered(TableFilter, query, cards, user)


def decisions_for(user: Principal) -> QuerySet[Decision]:
    """Every decision this reader may read, with all that a line shows of it."""
    return Decision.objects.visible_to(user).with_people().select_related("session", "review__cycle")


def _decision_columns() -> Sequence[Column]:
    return [
        *person_columns("person"),
        Column(gettext_lazy("Unit"), lambda decision: decision.review.org_unit),
        Column(gettext_lazy("Job"), lambda decision: decision.review.job),
        Column(gettext_lazy("Manager"), lambda decision: decision.review.reviewer),
        Column(gettext_lazy("Cycle"), lambda decision: decision.review.cycle),
        Column(gettext_lazy("Proposed"), lambda decision: decision.proposed_rating),
        Column(gettext_lazy("Decided"), lambda decision: decision.rating),
        Column(gettext_lazy("Moved"), lambda decision: _("yes") if decision.is_moved else _("no")),
        Column(gettext_lazy("Kind of reason"), lambda decision: decision.get_reason_display()),
        Column(gettext_lazy("Why"), lambda decision: decision.rationale),
        Column(gettext_lazy("Decided by"), lambda decision: decision.decided_by),
        Column(gettext_lazy("Decided at"), lambda decision: decision.decided_at),
        Column(gettext_lazy("Session"), lambda decision: decision.session),
        Column(gettext_lazy("Review"), lambda decision: decision.review_words),
    ]


def _decisions(user: Principal, query: QueryDict) -> QuerySet[Decision]:
    return filtered(DecisionFilter, query, decisions_for(user), user)


@dataclass(frozen=True)
class Step:
    """One thing that happened to a rating: proposed, moved, decided."""

    decision: Decision
    what: str
    who: Any
    at: Any
    old: Any = None
    new: Any = None
    reason: str = ""
    why: str = ""

    @property
    def person(self) -> Any:
        return self.decision.review.employee


def _step_columns() -> Sequence[Column]:
    return [
        *person_columns("person"),
        Column(gettext_lazy("Cycle"), lambda step: step.decision.review.cycle),
        Column(gettext_lazy("Version of the review"), lambda step: step.decision.review_revision),
        Column(gettext_lazy("Session"), lambda step: step.decision.session),
        Column(gettext_lazy("What happened"), lambda step: step.what),
        Column(gettext_lazy("From"), lambda step: step.old),
        Column(gettext_lazy("To"), lambda step: step.new),
        Column(gettext_lazy("Kind of reason"), lambda step: step.reason),
        Column(gettext_lazy("Why"), lambda step: step.why),
        Column(gettext_lazy("By"), lambda step: step.who),
        Column(gettext_lazy("When"), lambda step: step.at),
    ]


def _history(user: Principal, query: QueryDict) -> list[Step]:
    """The way of each rating from the proposal to the decision, oldest first."""
    decisions = list(_decisions(user, query))
    moves = CardMove.objects.select_related("from_rating", "to_rating", "moved_by").order_by("pk")
    cards = Card.objects.filter(review__in={decision.review_id for decision in decisions})
    found = {(card.review_id, card.review_revision): card for card in cards.prefetch_related(Prefetch("moves", moves))}
    return [step for row in decisions for step in _steps(row, found.get((row.review_id, row.review_revision)))]


def _steps(decision: Decision, card: Card | None) -> Iterator[Step]:
    review = decision.review
    at = review.submitted_at if decision.is_standing else None
    yield Step(decision, _("Proposed"), review.reviewer, at, new=decision.proposed_rating)
    for move in card.moves.all() if card else ():
        yield Step(
            decision,
            _("Moved"),
            move.moved_by,
            move.moved_at,
            move.from_rating,
            move.to_rating,
            move.get_reason_display(),
            move.rationale,
        )
    yield Step(
        decision,
        _("Decided"),
        decision.decided_by,
        decision.decided_at,
        decision.proposed_rating,
        decision.rating,
        decision.get_reason_display(),
        decision.rationale,
    )


CARDS = list_kind(ListKind("calibration.cards", gettext_lazy("Cards"), bulk.columns, _cards))
DECISIONS = list_kind(
    ListKind("calibration.decisions", gettext_lazy("Calibrated ratings"), _decision_columns, _decisions)
)
HISTORY = list_kind(
    ListKind(
        "calibration.decision_history",
        gettext_lazy("How each rating was decided"),
        _step_columns,
        _history,
        HR_ROLES | {Role.INTEGRATION},
    )
)


def _session_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Session"), lambda session: session.name),
        Column(gettext_lazy("Under"), lambda session: session.parent),
        Column(gettext_lazy("Cycle"), lambda session: session.cycle),
        Column(gettext_lazy("Unit"), lambda session: session.org_unit),
        Column(gettext_lazy("State"), lambda session: session.get_state_display()),
        Column(gettext_lazy("Leads"), lambda session: session.owner),
        Column(gettext_lazy("Answers before the meeting due"), lambda session: session.pre_read_due_on),
        Column(gettext_lazy("Due"), lambda session: session.due_on),
    ]


def _sessions(user: Principal, query: QueryDict) -> QuerySet[CalibrationSession]:
    return filtered(SessionFilter, query, CalibrationSession.objects.visible_to(user).with_cycle().as_tree(), user)


SESSIONS = list_kind(
    ListKind("calibration.sessions", gettext_lazy("Calibration sessions"), _session_columns, _sessions)
)


def refused_file(report: Report) -> ListFile:
    """The lines of a table that were refused, as they came, each with why."""
    width = len(report.table.header)
    asked = [_cell_column(report.table.header[place], place) for place in range(width)]
    why = Column(_("Why it was refused"), lambda outcome: outcome.refusal)
    title: Promise | str = _("Refused")
    return write_list(
        [*asked, why], report.refused, title=str(title), name=f"refused-{timezone.localdate()}", format="csv"
    )


def _cell_column(heading: str, place: int) -> Column:
    def cell(outcome: Outcome) -> str:
        return outcome.line.cells[place] if place < len(outcome.line.cells) else ""

    return Column(heading, cell)
