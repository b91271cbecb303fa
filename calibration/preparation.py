"""Is a session ready? What lies on the board, what waits, what is missing and whom to ask."""

from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from calibration.models import CalibrationSession, Card
from hrportal.people.models import Employee
from performance.enums import BEING_WRITTEN, ReviewState
from performance.models import Review
from performance.models.reviews import ReviewQuerySet

MOST_NAMED = 50


class Preparation:
    """The state of a session's reviews, counted over those of other people that the reader may know of."""

    def __init__(self, session: CalibrationSession, user: Any) -> None:
        self.session, self.user = session, user

    @cached_property
    def reviews(self) -> ReviewQuerySet:
        known = self.session.reviews().visible_to(self.user)
        return known.filter(self.user.viewer.others()).exclude(state=ReviewState.WITHDRAWN)

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
        """Submitted ones that could be put on the board."""
        return self.session.waiting_reviews().filter(self.user.viewer.others()).count()

    @cached_property
    def elsewhere(self) -> int:
        """Reviews that lie in another session."""
        others = Card.objects.on_board().filter(review__in=self.reviews.values("pk"))
        return others.exclude(session=self.session).count()

    @cached_property
    def unwritten(self) -> list[Review]:
        """Reviews that somebody still has to submit: the first of them."""
        missing = self.reviews.filter(state__in=[*BEING_WRITTEN, ReviewState.SECOND_APPROVAL]).exclude(reviewer=None)
        return list(missing.select_related("employee", "reviewer").order_by("reviewer", "employee")[:MOST_NAMED])

    @cached_property
    def unassigned(self) -> list[Review]:
        """Reviews that nobody writes."""
        nobody = self.reviews.without_writer()
        return list(nobody.select_related("employee")[:MOST_NAMED])

    @cached_property
    def table(self) -> list[Employee]:
        """Who takes part; `is_reviewed_here` warns that somebody's own review is among these."""
        seated = Employee.objects.filter(pk__in=self.session.participants.values("employee")).select_related("job")
        reviewed = set(self.session.reviews().filter(employee__in=seated).values_list("employee", flat=True))
        people = list(seated)
        for person in people:
            person.is_reviewed_here = person.pk in reviewed  # type: ignore[attr-defined]
        return people
