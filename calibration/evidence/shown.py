"""What readers see of the figures: whose, how fresh, and what is suggested about the cards around a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from calibration.evidence.store import newest_run
from calibration.models import CalibrationSession, Card, CycleEvidence, EvidenceRun, ManagerEvidence, Suggestion
from calibration.rules.evidence import proposes
from hrportal.journal.models import Job
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.models import ReviewCycle

COARSE = (1000, 500, 200, 100, 50, 20)


@dataclass(frozen=True)
class Freshness:
    """What the figures of a cycle rest on, since when, and whether that has changed."""

    cycle: ReviewCycle
    state: CycleEvidence
    run: EvidenceRun | None
    job: Job | None

    @property
    def is_stale(self) -> bool:
        return self.state.stale_since is not None

    @property
    def more_than(self) -> int | None:
        """How many ratings the whole organisation's figures rest on, roughly: a count could tell of a hidden one."""
        ratings = self.run.ratings if self.run else 0
        return next((least for least in COARSE if ratings > least), None)

    @property
    def shares_known(self) -> list[tuple[str, int]]:
        """For each source of evidence the share of ratings it knows, in per cent."""
        cycles = self.run.summary.get("cycles", []) if self.run else []
        whole = sum(each["ratings"] for each in cycles)
        return [(name, round(100 * sum(each[name] for each in cycles) / whole)) for name in ("goals", "peers") if whole]


def freshness_of(cycle: ReviewCycle) -> Freshness:
    """How things stand with the figures of a cycle."""
    state = CycleEvidence.objects.filter(cycle=cycle).first() or CycleEvidence(cycle=cycle)
    job = Job.objects.filter(pk=state.job_id).first() if state.job_id else None
    return Freshness(cycle, state, newest_run(cycle), job)


def kept_back(user: Principal, cycle: ReviewCycle, session: CalibrationSession | None) -> QuerySet[Employee]:
    """Managers with cards the reader sees, whose figures they do not: it holds a rating that is not theirs to know."""
    cards = Card.objects.visible_to(user).filter(session__cycle=cycle, review__reviewer=OuterRef("pk"))
    if session:
        cards = cards.at_table_of(session)
    run = newest_run(cycle)
    found = ManagerEvidence.objects.filter(run=run, manager=OuterRef("pk"))
    shown = ManagerEvidence.objects.visible_to(user).filter(run=run).order_by().values("manager")
    return Employee.objects.filter(Exists(cards.order_by()), Exists(found)).exclude(pk__in=shown)


def suggestions_at(user: Principal, session: CalibrationSession) -> Any:
    """What is suggested about cards around a table, as far as this reader may know it."""
    cards = Card.objects.visible_to(user).at_table_of(session).on_board().filter(review=OuterRef("review"))
    return Suggestion.objects.visible_to(user).current().filter(Exists(cards.order_by())).with_words()


def with_cards(user: Principal, suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Each suggestion knows its card and whether this reader may answer it; in a fixed number of queries."""
    rows = list(suggestions)
    cards = Card.objects.visible_to(user).on_board().filter(review__in=[row.review_id for row in rows])
    found = cards.select_related("review", "rating", "session__org_unit", "session__parent")
    by_review = {card.review_id: card for card in found}
    works: dict[int, bool] = {}
    for row in rows:
        card = row.card = by_review.get(row.review_id)
        row.may_answer = (
            card is not None and row.is_open and card.session.state == "open" and _may_answer(user, card, works)
        )
    return rows


def suggestion_about(user: Principal, card: Card) -> Suggestion | None:
    """What is suggested about one card, open or answered."""
    about = Suggestion.objects.visible_to(user).current().filter(review=card.review_id).with_words()
    return next(iter(with_cards(user, about)), None)


def _may_answer(user: Principal, card: Card, works: dict[int, bool]) -> bool:
    """The permission `answer_suggestion`, asked once for each session; cards one is recused from were never found."""
    if card.session_id not in works:
        works[card.session_id] = user.has_perm("calibration.work_board", card.session)
    return works[card.session_id] or proposes(user, card)
