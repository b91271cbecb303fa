"""Many cards at once, from a table: every line is checked as a single move is, and the good ones are moved together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.cards import planned_move, write_moves
from calibration.actions.common import lock, touch_many
from calibration.boards.bulk import CardTable, Line, read_cards
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, CardMove
from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.viewer import Principal
from performance.models import RatingLevel


@dataclass
class Outcome:
    """What becomes of one line: a move, a tick, neither, or a refusal in words."""

    line: Line
    card: Card | None = None
    move: CardMove | None = None
    ticks: bool = False
    refusal: str = ""

    @property
    def kind(self) -> str:
        if self.refusal:
            return "refused"
        return "changes" if self.move or self.ticks else "unchanged"


@dataclass
class Report:
    """What becomes of a table. `is_applied` once it was done and not only looked at."""

    table: CardTable
    outcomes: list[Outcome]
    is_applied: bool = False
    counts: Counter[str] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = Counter(outcome.kind for outcome in self.outcomes)

    @property
    def refused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.refusal]

    @property
    def shown(self) -> list[Outcome]:
        """What there is to look at: refusals first, then what changes."""
        return [*self.refused, *(outcome for outcome in self.outcomes if outcome.kind == "changes")]


@transaction.atomic
def move_in_bulk(session: CalibrationSession, *, by: Principal, text: str, is_trial: bool = False) -> Report:
    """Move the cards of a table; with `is_trial` only say what would happen. Lines that are refused hold up no others."""
    table = read_cards(text)
    session = lock(session, SessionState.OPEN)
    check = _Check(session, table, by)
    report = Report(table, [check.outcome_of(line) for line in table.lines], is_applied=not is_trial)
    if not is_trial:
        _apply(report.outcomes, by)
    return report


def _apply(outcomes: Sequence[Outcome], by: Actor | None) -> None:
    write_moves([outcome.move for outcome in outcomes if outcome.move], by=by)
    ticked = [outcome.card for outcome in outcomes if outcome.card and outcome.ticks and not outcome.refusal]
    for card in ticked:
        card.is_discussed = not card.is_discussed
    touch_many(ticked, "is_discussed")
    events.cards_discussed(ticked, by=by)


class _Check:
    """The lines of a table against the cards as they lie now, under the locks of their sessions."""

    def __init__(self, session: CalibrationSession, table: CardTable, by: Principal) -> None:
        self.by = by
        self.sessions = _locked_table(session)
        self.workable = {pk for pk, row in self.sessions.items() if by.has_perm("calibration.move_in_bulk", row)}
        self.levels: list[RatingLevel] = list(session.cycle.scale.levels.all())
        self.times = Counter(line.card_id for line in table.lines)
        self.cards = _cards(session, by, self.times.keys() - {None})

    def outcome_of(self, line: Line) -> Outcome:
        """What becomes of one line."""
        try:
            return self._wanted(line)
        except ActionError as refusal:
            return Outcome(line, self.cards.get(line.card_id or 0), refusal=refusal.message)

    def _wanted(self, line: Line) -> Outcome:
        card = self._card(line)
        reason, rationale, ticks = line.reason_for(card), line.rationale_for(card), line.discussed_for(card)
        if card.rating is None and not line["rating"]:
            return Outcome(line, card, None, ticks != card.is_discussed)
        rating = line.rating_among(self.levels)
        move = None
        if (rating, rationale, reason) != (card.rating, card.rationale.replace("\r\n", "\n").strip(), card.reason):
            move = self._move(line, card, rating, rationale, reason)
        return Outcome(line, card, move, ticks != card.is_discussed)

    def _card(self, line: Line) -> Card:
        """The card of a line, if it may be moved from here. One that is not seen is no card at all."""
        card = self.cards.get(line.card_id or 0)
        if card is None or card.session_id not in self.workable:
            raise ActionError(_("There is no such card on this board."))
        if self.times[line.card_id] > 1:
            raise ActionError(_("This card is in the table more than once."))
        if line["number"] and line["number"] != card.review.employee.employee_number:
            raise ActionError(_("The employee number belongs to another card."))
        state = self.sessions[card.session_id].state
        if state != SessionState.OPEN:
            raise ActionError(_("This session is already: %s.") % SessionState(state).label)
        return card

    def _move(self, line: Line, card: Card, rating: RatingLevel, rationale: str, reason: str) -> CardMove | None:
        if line.version is None:
            raise ActionError(_("The version is missing. It says which state of the card this line is about."))
        return planned_move(
            card,
            self.sessions[card.session_id],
            by=self.by,
            rating=rating,
            version=line.version,
            rationale=rationale,
            reason=reason,
        )


def _locked_table(session: CalibrationSession) -> dict[int, CalibrationSession]:
    """The session and those under it, under their locks."""
    rows = CalibrationSession.objects.at_one_table(session).select_for_update(of=("self",)).order_by("pk")
    return {row.pk: row for row in rows.select_related("cycle", "org_unit", "parent")}


def _cards(session: CalibrationSession, by: Principal, ids: set[Any]) -> dict[int, Card]:
    moves = Prefetch("moves", CardMove.objects.select_related("moved_by"))
    seen = Card.objects.visible_to(by).at_table_of(session).on_board().filter(pk__in=ids)
    return {
        card.pk: card
        for card in seen.select_related("review__employee", "rating", "proposed_rating").prefetch_related(moves)
    }
