"""Up to five people side by side, each with what there is to know before deciding."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from calibration.boards import board
from calibration.boards.card import competencies_of, feedback_of, goals_of
from calibration.models import Card, Suggestion
from hrportal.people.models import Competency, Employment
from hrportal.people.viewer import Principal
from performance.models import CompetencyRating, Feedback, Objective, Review

FEWEST, MOST = 2, 5
MOST_FEEDBACK = 3


@dataclass
class Beside:
    """One person among those compared."""

    card: Card
    in_job_since: datetime.date | None
    earlier: list[Review]
    goals: list[Objective]
    feedback: list[Feedback]
    levels: dict[int, CompetencyRating]
    suggestion: Suggestion | None

    def level_of(self, competency: Competency) -> CompetencyRating | None:
        return self.levels.get(competency.pk)


@dataclass
class Comparison:
    """Those compared, and a line for each competency that any of them was rated in."""

    people: list[Beside]
    competencies: list[tuple[Competency, list[CompetencyRating | None]]]


def compare(cards: QuerySet[Card], user: Principal) -> Comparison:
    """Read all of it at once: as many questions for two people as for five."""
    rows = list(cards)
    reviews = [card.review for card in rows]
    since, earlier = in_job_since(reviews), board.earlier_of(reviews)
    goals, feedback, rated = goals_of(rows), feedback_of(rows, user, MOST_FEEDBACK), competencies_of(rows)
    suggestions = Suggestion.objects.visible_to(user).current().filter(review__in=[card.review_id for card in rows])
    suggested = {row.review_id: row for row in suggestions.select_related("proposed")}
    people = [
        Beside(
            card,
            since.get(card.review.employee_id),
            earlier.get(card.review.employee_id, []),
            goals.get(card.review.employee_id, []),
            feedback.get(card.review.employee_id, []),
            {row.competency_id: row for row in rated.get(card.pk, [])},
            suggested.get(card.review_id),
        )
        for card in rows
    ]
    return Comparison(people, _competencies(people))


def in_job_since(reviews: list[Review]) -> dict[int, datetime.date]:
    """By person, the first day of the unbroken time in the job they were reviewed in, where their history says."""
    job_of = {review.employee_id: review.job_id for review in reviews}
    found: dict[int, datetime.date] = {}
    left: set[int] = set()
    rows = Employment.objects.filter(employee__in=job_of).order_by("employee_id", "-starts_on")
    for person, job, starts_on in rows.values_list("employee", "job", "starts_on"):
        if person in left or job_of[person] is None:
            continue
        if job == job_of[person]:
            found[person] = starts_on
        elif person in found:
            left.add(person)
    return found


def _competencies(people: list[Beside]) -> list[tuple[Competency, list[CompetencyRating | None]]]:
    named = {row.competency_id: row.competency for person in people for row in person.levels.values()}
    ordered = sorted(named.values(), key=lambda competency: competency.name)
    return [(competency, [person.level_of(competency) for person in people]) for competency in ordered]
