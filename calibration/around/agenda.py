"""The agenda as its reader sees it: numbered by what they see, never by the places that are stored."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration.around.pre_read import read_cards, splits
from calibration.enums import SessionState, SuggestionAnswer
from calibration.models import CalibrationSession, Card, Suggestion
from calibration.models.cards import CardQuerySet
from hrportal.people.viewer import Principal


@dataclass
class Hint:
    """Somebody who might be talked about, and why."""

    card: Card
    reasons: list[str] = field(default_factory=list)


class Agenda:
    """Whom a table talks about, in which order; those under this session are of the same table."""

    def __init__(self, session: CalibrationSession, user: Principal) -> None:
        self.session, self.user = session, user

    def cards(self) -> CardQuerySet:
        return Card.objects.visible_to(self.user).at_table_of(self.session)

    @cached_property
    def items(self) -> list[Card]:
        """In their order; `place` is the number the reader knows each by."""
        rows = self.cards().filter(agenda_place__isnull=False).order_by("agenda_place", "pk")
        found = read_cards(rows, self.session.cycle_id)
        for place, card in enumerate(found, start=1):
            card.place = place  # type: ignore[attr-defined]
        return found

    @property
    def to_discuss(self) -> list[Card]:
        return [card for card in self.items if not card.is_discussed]

    @property
    def discussed(self) -> list[Card]:
        return [card for card in self.items if card.is_discussed]

    def next_after(self, card_id: int | None = None) -> Card | None:
        """The next one to talk about, from the top again after the last."""
        at = self.place_of(card_id)
        ring = self.items if at is None else [*self.items[at + 1 :], *self.items[:at]]
        return next((card for card in ring if not card.is_discussed), None)

    def before(self, card_id: int) -> Card | None:
        """The one before it on the agenda, discussed or not."""
        at = self.place_of(card_id)
        return self.items[at - 1] if at else None

    def place_of(self, card_id: int | None) -> int | None:
        return next((place for place, card in enumerate(self.items) if card.pk == card_id), None)

    @cached_property
    def hints(self) -> list[Hint]:
        """Whom else the table might talk about: questioned before the meeting, to be discussed by the figures' word,
        not rated, moved. Those with the most reasons come first."""
        free = self.cards().filter(agenda_place=None, is_discussed=False).exclude(session__state=SessionState.LOCKED)
        cards = read_cards(free, self.session.cycle_id)
        questions = {split.card.pk: split.question for split in splits(self.session, self.user)}
        hints = [Hint(card, self._reasons(card, questions.get(card.pk, 0))) for card in cards]
        return sorted((hint for hint in hints if hint.reasons), key=lambda hint: -len(hint.reasons))

    def _reasons(self, card: Card, questions: int) -> list[str]:
        questioned = ngettext("%d person questions the proposal", "%d people question the proposal", questions)
        reasons = {
            questioned % questions: questions > 0,
            _("The figures suggest otherwise, and somebody wants to talk about it"): card.review_id in self._doubted,
            _("Not rated yet"): card.proposal is None and card.rating_id is None,  # type: ignore[attr-defined]
            _("Moved"): card.session.state == SessionState.OPEN and card.is_moved,
        }
        return [words for words, holds in reasons.items() if holds]

    @cached_property
    def _doubted(self) -> set[int]:
        """Reviews about which a suggestion was answered: let us discuss it."""
        suggested = Suggestion.objects.visible_to(self.user).open().filter(answer=SuggestionAnswer.DISCUSS)
        return set(suggested.filter(review__cycle=self.session.cycle_id).values_list("review", flat=True))
