"""Rows of the lists of calibration."""

from typing import Any

from django.utils import timezone

from calibration.actions.readiness import compute_readiness_audit
from calibration.enums import DifferenceKind
from calibration.models import (
    CalibrationSession,
    Card,
    CardMove,
    Decision,
    Difference,
    EvidenceRun,
    ManagerEvidence,
    PreReadAnswer,
    ReadinessAudit,
    Reconciliation,
    Recusal,
    Suggestion,
)
from hrportal.journal.recording import record
from hrportal.people.models import User
from performance.enums import ReviewState
from performance.models import CompetencyRating, Review, ReviewCycle
from tests.access.rows.kinds import Rows, named, somebody
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import CompetencyFactory, JobFactory, OrgUnitFactory, RoleProfileEntryFactory
from tests.factories.performance import (
    FeedbackFactory,
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    part_of,
    rating_of,
)

EFFECT = "calibration.rating_to_profile"


def open_table(reader: User) -> CalibrationSession:
    """An open session that the reader leads."""
    return SessionFactory(state="open", facilitator=reader.employee, pre_read_opened_at=timezone.now())


def asked_table(reader: User) -> CalibrationSession:
    """A session being prepared whose table, the reader with it, is asked before the meeting."""
    session = SessionFactory(facilitator=reader.employee, pre_read_opened_at=timezone.now())
    ParticipantFactory(session=session, employee=reader.employee)
    return session


def session_below(_reader: User, _about: Any) -> CalibrationSession:
    cycle = ReviewCycleFactory()
    above = SessionFactory(cycle=cycle, owner=somebody())
    return SessionFactory(cycle=cycle, parent=above, org_unit=OrgUnitFactory(), owner=somebody())


def reviewed(_reader: User, cycle: ReviewCycle, value: int = 3) -> Review:
    """A submitted review of somebody in their job."""
    person = somebody()
    return submitted_review(cycle, value, employee=person, job=person.job)


def card_at(reader: User, session: CalibrationSession, state: str = ReviewState.IN_CALIBRATION) -> Card:
    """A card that was moved down and is on the agenda."""
    review = reviewed(reader, session.cycle, 4)
    Review.objects.filter(pk=review.pk).update(state=state)
    given, moved = review.proposed_rating, rating_of(session.cycle, 3)
    why = {"reason": "evidence", "rationale": "Nearer to the others"}
    card = Card.objects.create(
        session=session,
        review=review,
        proposed_rating=given,
        rating=moved,
        agenda_place=session.cards.count() + 1,
        agenda_note="Far from the others",
        **why,
    )
    CardMove.objects.create(card=card, from_rating=given, to_rating=moved, moved_by=somebody(), **why)
    return card


def asked_about(reader: User, session: CalibrationSession) -> PreReadAnswer:
    """A card that the reader has said something to before the meeting."""
    card = card_at(reader, session, ReviewState.SUBMITTED)
    said = {"answer": "agree", "note": "Yes", "about_rating": card.proposed_rating}
    return PreReadAnswer.objects.create(card=card, employee=reader.employee, **said)


def decided(reader: User, _about: Any) -> Decision:
    card = card_at(reader, SessionFactory(state="locked"), ReviewState.CALIBRATED)
    copied = ("review", "session", "proposed_rating", "rating", "reason", "rationale")
    return Decision.objects.create(decided_by=somebody(), **{name: getattr(card, name) for name in copied})


def recused(_reader: User, session: CalibrationSession) -> Recusal:
    people = {"employee": somebody(), "about": somebody(), "declared_by": somebody()}
    return Recusal.objects.create(session=session, reason="Family", **people)


def found(reader: User, session: CalibrationSession | None) -> ManagerEvidence:
    """What the run of a cycle found about the manager of one more card."""
    return finding_about(card_at(reader, session or open_table(reader)))


def finding_about(card: Card) -> ManagerEvidence:
    cycle = card.session.cycle
    run = EvidenceRun.objects.filter(cycle=cycle).first() or EvidenceRun.objects.create(
        cycle=cycle, method="test", inputs="test"
    )
    run.pooled.add(cycle)
    figures = {"ratings": 1, "people": 1, "mean": 3, "organisation": 3}
    return ManagerEvidence.objects.create(run=run, manager=card.review.reviewer, basis="anchored", **figures)


def suggested(reader: User, session: CalibrationSession) -> Suggestion:
    """A level less for one more card, which somebody rejected."""
    card = card_at(reader, session)
    finding = finding_about(card)
    return Suggestion.objects.create(
        run=finding.run,
        finding=finding,
        review=card.review,
        given=card.proposed_rating,
        proposed=rating_of(session.cycle, 2),
        calibrated=2.1,
        reason="lenient",
        probability=0.9,
        answer="rejected",
        answer_reason="Not comparable",
        answered_by=somebody(),
        answered_at=timezone.now(),
    )


def comparable(reader: User, session: CalibrationSession) -> None:
    """A card with an earlier rating, a goal, a competency, feedback and a suggestion beside it."""
    review = suggested(reader, session).review
    before = ReviewCycleFactory(ends_on=session.cycle.starts_on)
    rated = {"final_rating": rating_of(before, 3), "final_is_calibrated": True, "completed_at": timezone.now()}
    ReviewFactory(cycle=before, employee=review.employee, state="completed", **rated)
    ObjectiveFactory(owner=review.employee)
    CompetencyRating.objects.create(part=part_of(review), competency=CompetencyFactory(), level=3)
    FeedbackFactory(giver=somebody(), recipient=review.employee, visibility="recipient_and_manager")


def table_with_one(reader: User) -> CalibrationSession:
    """An open table with one person, beside whom others can be put."""
    session = open_table(reader)
    comparable(reader, session)
    return session


def side_by_side(session: CalibrationSession) -> str:
    """Everybody at a table, chosen."""
    return "&".join([f"board={session.pk}", *(f"cards={pk}" for pk in session.cards.values_list("pk", flat=True))])


def handed_over(_reader: User, _about: Any) -> Any:
    review = ReviewFactory(employee=somebody())
    return record("performance.review_completed", review, by=None, person_id=review.employee_id)


def comparison(_reader: User) -> Reconciliation:
    counts = {EFFECT: {"covered": 9, "right": 0} | dict.fromkeys(DifferenceKind.values, 0)}
    return Reconciliation.objects.create(
        outcome="different", completed=9, covered=9, finished_at=timezone.now(), counts=counts
    )


def difference(_reader: User, comparison: Reconciliation) -> Difference:
    review = ReviewFactory(employee=somebody())
    what = {"effect": EFFECT, "kind": "missing", "mismatch": "not_there"}
    return Difference.objects.create(reconciliation=comparison, employee=review.employee, review=review, **what)


def family(_reader: User) -> str:
    return "Care"


def proposable(_reader: User, family: str) -> None:
    """Somebody whose review gave less than a job of the family will ask for."""
    entry = RoleProfileEntryFactory(job=JobFactory(family=family), level_today=2, level_in_24_months=4)
    review = ReviewFactory(employee=somebody(job=entry.job), state="completed", completed_at=timezone.now())
    CompetencyRating.objects.create(part=part_of(review), competency=entry.competency, level=2)


def audit(reader: User) -> ReadinessAudit:
    return ReadinessAudit.objects.create(cycle=ReviewCycleFactory(), user=reader)


def audited(reader: User, audit: ReadinessAudit) -> None:
    """One review more, and the audit measured anew."""
    ReviewFactory(cycle=audit.cycle, employee=somebody(), state="completed", completed_at=timezone.now())
    audit.computed_at = None
    compute_readiness_audit(audit, by=reader, reader=reader)


ROWS = {
    "calibration.agenda": Rows(card_at, open_table, named("session")),
    "calibration.board": Rows(card_at, open_table, named("board")),
    "calibration.cards": Rows(card_at, open_table, named("session")),
    "calibration.compared": Rows(comparable, table_with_one, side_by_side),
    "calibration.comparison": Rows(difference, comparison, named("comparison"), is_counted=True),
    "calibration.decision_history": Rows(decided),
    "calibration.decisions": Rows(decided),
    "calibration.differences": Rows(difference, comparison, named("comparison")),
    "calibration.evidence": Rows(found),
    "calibration.handovers": Rows(handed_over),
    "calibration.in_no_session": Rows(reviewed, lambda _: ReviewCycleFactory(), named("cycle")),
    "calibration.missing_reviews": Rows(
        lambda _, session: ReviewFactory(cycle=session.cycle, employee=somebody()), asked_table, named("session")
    ),
    "calibration.outcome": Rows(card_at, open_table, named("session")),
    "calibration.pre_read": Rows(asked_about, asked_table, named("session")),
    "calibration.pre_read_views": Rows(asked_about, asked_table, named("session")),
    "calibration.readiness": Rows(audited, audit, named("audit"), is_counted=True),
    "calibration.recusals": Rows(recused, open_table, named("session")),
    "calibration.sessions": Rows(session_below),
    "calibration.strategy_left_out": Rows(
        lambda _, name: somebody(job=JobFactory(family=name)), family, "family={}".format
    ),
    "calibration.strategy_proposals": Rows(proposable, family, "family={}".format),
    "calibration.suggestions": Rows(suggested, open_table, named("session")),
}
