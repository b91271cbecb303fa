"""Is a session ready? What lies on the board, what waits, what is missing, and what to do about it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, Recusal
from calibration.models.sessions import LEADERS
from hrportal.common.paths import any_of
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.enums import BEING_WRITTEN, CycleState, ReviewState
from performance.models import RatingLevel, Review
from performance.models.reviews import ReviewQuerySet

MOST_NAMED = 50
UNDER_WAY = (CycleState.OPEN, CycleState.CALIBRATION)


@dataclass(frozen=True)
class Finding:
    """Something that is missing before a session can open well: what it is, and what to do. What blocks refuses the opening."""

    code: str
    title: str
    advice: str
    is_blocking: bool = False

    @property
    def message(self) -> str:
        return f"{self.title} {self.advice}"


def hindrances_of(session: CalibrationSession) -> list[Finding]:
    """What keeps a session from opening, whoever asks."""
    found = (_empty(session), _over(session), *_gone(session))
    return [finding for finding in found if finding]


def _empty(session: CalibrationSession) -> Finding | None:
    if session.cards.on_board(ReviewState.SUBMITTED).exists() or session.children.exists():
        return None
    return Finding(
        "empty", _("No review lies on the board yet."), _("Put the submitted ones there first."), is_blocking=True
    )


def _over(session: CalibrationSession) -> Finding | None:
    if session.cycle.state in UNDER_WAY:
        return None
    return Finding(
        "cycle_over", _("The cycle is not under way."), _("Calibrate the reviews of one that is."), is_blocking=True
    )


def _gone(session: CalibrationSession) -> Iterator[Finding]:
    for person in Employee.objects.filter(pk__in=session.leader_ids, status=EmploymentStatus.LEFT):
        title = _("%s is to lead the session and has left.") % person.name
        yield Finding("leader_gone", title, _("Name somebody else."), is_blocking=True)


def kept_from(user: Principal) -> Q:
    """Reviews whose cards this reader would not see: as `CardQuerySet.recused`, asked before there is a card."""
    viewer = user.viewer
    if not viewer.employee_id:
        return Q(pk__in=[])
    declared = Recusal.objects.filter(
        employee=viewer.employee_id, about=OuterRef("employee"), session__cycle=OuterRef("cycle")
    )
    return Q(employee__in=[viewer.employee_id, *viewer.superiors()]) | Q(Exists(declared))


class Preparation:
    """The state of a session's reviews, counted over those of other people that the reader may know of.

    What is kept from the reader at the table is kept from these counts too: a review that leaves "submitted" for the
    board would tell as much as the card.
    """

    def __init__(self, session: CalibrationSession, user: Principal) -> None:
        self.session, self.user = session, user

    @cached_property
    def reviews(self) -> ReviewQuerySet:
        known = self.session.reviews().visible_to(self.user).exclude(kept_from(self.user))
        return known.exclude(state=ReviewState.WITHDRAWN)

    @cached_property
    def cards(self) -> QuerySet[Card]:
        return Card.objects.visible_to(self.user).filter(session=self.session).on_board()

    @cached_property
    def states(self) -> list[tuple[str, int]]:
        """How many reviews are at which step, in the order of the steps."""
        counts = dict(self.reviews.order_by().values_list("state").annotate(n=Count("pk")))
        return [(str(state.label), counts[state]) for state in ReviewState if state in counts]

    @cached_property
    def on_board(self) -> int:
        return self.cards.count()

    @cached_property
    def unrated(self) -> int:
        return self.cards.filter(rating=None).count()

    @cached_property
    def waiting(self) -> int:
        """Submitted ones that could be put on the board, here or in the sessions under this one."""
        tables = [self.session, *self.session.unlocked_children()]
        found = any_of(Q(pk__in=table.waiting_reviews().values("pk")) for table in tables)
        return Review.objects.filter(found).exclude(kept_from(self.user)).count()

    @cached_property
    def elsewhere(self) -> int:
        """Reviews that lie in another session, not under this one."""
        others = Card.objects.on_board().filter(review__in=self.reviews.values("pk"))
        return others.exclude(session=self.session).exclude(session__parent=self.session).count()

    @cached_property
    def unwritten(self) -> list[Review]:
        """Reviews that somebody still has to submit: the first of them."""
        return list(
            self._unsubmitted.select_related("employee", "reviewer").order_by("reviewer", "employee")[:MOST_NAMED]
        )

    @property
    def _unsubmitted(self) -> ReviewQuerySet:
        steps = [*BEING_WRITTEN, ReviewState.SECOND_APPROVAL]
        return self.reviews.filter(state__in=steps).exclude(reviewer=None)

    @cached_property
    def unassigned(self) -> list[Review]:
        """Reviews that nobody writes."""
        nobody = self.reviews.without_writer()
        return list(nobody.select_related("employee")[:MOST_NAMED])

    @property
    def missing(self) -> QuerySet[Review]:
        """All reviews that nobody writes or that somebody still has to submit, not only the first of them."""
        unsubmitted, unwritten = self._unsubmitted.values("pk"), self.reviews.without_writer().values("pk")
        rows = Review.objects.filter(Q(pk__in=unsubmitted) | Q(pk__in=unwritten))
        return rows.select_related("employee", "reviewer", "org_unit").order_by("reviewer", "employee", "pk")

    @cached_property
    def table(self) -> list[Employee]:
        """Who takes part; `is_reviewed_here` warns that somebody's own review is among these."""
        seated = Employee.objects.filter(pk__in=self.session.participants.values("employee")).select_related("job")
        reviewed = set(self.reviews.filter(employee__in=seated).values_list("employee", flat=True))
        people = list(seated)
        for person in people:
            person.is_reviewed_here = person.pk in reviewed  # type: ignore[attr-defined]
        return people

    @cached_property
    def leaders(self) -> list[tuple[str, Employee]]:
        """Who leads the conversation, each with what they are."""
        named = [(CalibrationSession._meta.get_field(role), getattr(self.session, role)) for role in LEADERS]
        return [(str(field.verbose_name), person) for field, person in named if person]  # type: ignore[union-attr]

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything that is missing, what blocks first."""
        if self.session.state == SessionState.LOCKED:
            return []
        advice = [finding for check in ADVISORY if (finding := check(self))]
        blocking = hindrances_of(self.session) if self.session.state == SessionState.PREPARING else []
        return [*blocking, *advice]

    @property
    def is_blocked(self) -> bool:
        return any(finding.is_blocking for finding in self.findings)


def _waiting(preparation: Preparation) -> Finding | None:
    n = preparation.waiting
    words = ngettext("%d submitted review lies in no session.", "%d submitted reviews lie in no session.", n)
    return Finding("waiting", words % n, _("Put them on the board.")) if n else None


def _unrated(preparation: Preparation) -> Finding | None:
    n = preparation.unrated
    words = ngettext("%d review on the board has no rating.", "%d reviews on the board have no rating.", n)
    return Finding("unrated", words % n, _("Agree one at the table: nothing is locked unrated.")) if n else None


def _unwritten(preparation: Preparation) -> Finding | None:
    n = preparation._unsubmitted.count()
    words = ngettext("%d review is not submitted yet.", "%d reviews are not submitted yet.", n)
    return Finding("unwritten", words % n, _("Ask their reviewers, or put them on the board later.")) if n else None


def _unassigned(preparation: Preparation) -> Finding | None:
    n = preparation.reviews.without_writer().count()
    words = ngettext("Nobody is there to write %d review.", "Nobody is there to write %d reviews.", n)
    return Finding("unassigned", words % n, _("Assign a reviewer.")) if n else None


def _nobody_leads(preparation: Preparation) -> Finding | None:
    if preparation.session.facilitator_id or preparation.session.co_facilitator_id:
        return None
    return Finding("no_facilitator", _("Nobody is named to lead the conversation."), _("Name a facilitator."))


def _nobody_seated(preparation: Preparation) -> Finding | None:
    if preparation.table:
        return None
    return Finding(
        "nobody_seated", _("Nobody takes part."), _("Name participants, or only HR and who leads will see the board.")
    )


def _reviewed_here(preparation: Preparation) -> Finding | None:
    names = [person.name for person in preparation.table if person.is_reviewed_here]  # type: ignore[attr-defined]
    if not names:
        return None
    title = _("At the table and reviewed here: %s.") % ", ".join(names)
    return Finding("reviewed_here", title, _("They never see their own card; consider talking about it without them."))


def _left(preparation: Preparation) -> Finding | None:
    left = preparation.cards.filter(review__employee__status=EmploymentStatus.LEFT)
    names = [card.review.employee.name for card in left.select_related("review__employee")[:MOST_NAMED]]
    if not names:
        return None
    title = _("On the board, but no longer here: %s.") % ", ".join(names)
    return Finding("leavers", title, _("Withdraw their reviews if no rating is needed."))


def _elsewhere(preparation: Preparation) -> Finding | None:
    n = preparation.elsewhere
    words = ngettext("%d review lies in another session.", "%d reviews lie in another session.", n)
    return Finding("elsewhere", words % n, _("They are calibrated there and stay there.")) if n else None


def _overdue(preparation: Preparation) -> Finding | None:
    due = preparation.session.due_on
    if due is None or due >= timezone.localdate():
        return None
    return Finding("overdue", _("The session was due before today."), _("Move its date."))


def _guideline(preparation: Preparation) -> Finding | None:
    cycle = preparation.session.cycle
    shares = dict(cycle.guideline.values_list("value", "percent"))
    if not shares:
        advice = _("The board shows ratings without one; it is a guide and never needed.")
        return Finding("no_guideline", _("The cycle has no guideline."), advice)
    values = set(RatingLevel.objects.filter(scale=cycle.scale_id).values_list("value", flat=True))
    if shares.keys() <= values and sum(shares.values()) == 100:
        return None
    return Finding("guideline", _("The guideline does not fit the scale of the cycle."), _("Mend it in the cycle."))


def _under_it(preparation: Preparation) -> Finding | None:
    children = preparation.session.children.filter(state=SessionState.PREPARING)
    n = children.count() if preparation.session.pk else 0
    words = ngettext("%d session under this one is not open yet.", "%d sessions under this one are not open yet.", n)
    advice = ngettext("Open it, or they cannot be locked together.", "Open them, or they cannot be locked together.", n)
    return Finding("children", words % n, advice) if n else None


ADVISORY: tuple[Callable[[Preparation], Finding | None], ...] = (
    _waiting,
    _unassigned,
    _unwritten,
    _unrated,
    _left,
    _elsewhere,
    _under_it,
    _nobody_leads,
    _nobody_seated,
    _reviewed_here,
    _overdue,
    _guideline,
)


@dataclass
class BoardProgress:
    """How far a board is, counted over the cards that one reader sees; of a session above others, with theirs."""

    cards: int = 0
    discussed: int = 0

    @property
    def percent(self) -> int | None:
        """The discussed share; nothing to measure on an empty board."""
        return round(100 * self.discussed / self.cards) if self.cards else None


def board_progress(sessions: Iterable[CalibrationSession], user: Principal) -> dict[int, BoardProgress]:
    """How far each of these boards is, in one query however many they are."""
    found = {session.pk: BoardProgress() for session in sessions}
    cards = Card.objects.visible_to(user).on_board()
    rows = cards.filter(Q(session__in=found) | Q(session__parent__in=found)).order_by()
    counts = rows.values_list("session", "session__parent").annotate(
        n=Count("pk"), discussed=Count("pk", filter=Q(is_discussed=True))
    )
    for session, parent, n, discussed in counts:
        for table in (session, parent):
            if table in found:
                found[table].cards += n
                found[table].discussed += discussed
    return found


def with_progress(sessions: Iterable[CalibrationSession], user: Principal) -> list[CalibrationSession]:
    """The sessions, each with its `progress`."""
    rows = list(sessions)
    progress = board_progress(rows, user)
    for row in rows:
        row.progress = progress[row.pk]  # type: ignore[attr-defined]
    return rows
