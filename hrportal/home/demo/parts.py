"""What employee and manager wrote in one review: both halves, as far as each has come."""

import datetime
from typing import TYPE_CHECKING

from hrportal.home.demo import phrases
from hrportal.home.demo.competencies import RATED_IN_REVIEWS
from hrportal.home.demo.days import at, between, days
from hrportal.home.demo.wording import Writer, on_scale
from performance.enums import ReviewState, Side
from performance.models import Answer, CompetencyRating, DevelopmentNeed, RatingLevel, ReviewPart

if TYPE_CHECKING:
    from hrportal.home.demo.reviews import CycleTeller, Told
# Of the reviews still to be written, how many were begun.
SHARE_DRAFTED = 0.35


def tell_parts(teller: "CycleTeller", told: "Told") -> None:
    """Write both halves of a review."""
    _Parts(teller, told).tell()


class _Parts:
    """Both halves of one review."""

    def __init__(self, teller: "CycleTeller", told: "Told") -> None:
        self.teller, self.told, self.rows = teller, told, teller.rows
        self.luck, self.review = told.luck, told.review
        self.writer = Writer(self.luck, told.member.first_name, told.family)
        self.is_told = teller.world.is_told(told.member.employee_id)
        self.parts: list[ReviewPart] = []

    def tell(self) -> None:
        """Write what there is of both."""
        self._self_part()
        self._managers_part()
        for part in self.parts:
            self.rows.add(part)

    def _managers_part(self) -> None:
        if self.told.is_withdrawn:
            self._part(Side.MANAGER)
        elif self.told.is_submitted:
            self._manager_part(self.review.submitted_at, share=1)
        elif self.told.is_being_written and self.luck.random() < SHARE_DRAFTED:
            self._manager_part(None, share=self.luck.choice((0.3, 0.6)))
        else:
            self._part(Side.MANAGER)

    def _self_part(self) -> None:
        dates = self.teller.round
        if self.told.is_withdrawn or self.review.state == ReviewState.SELF_ASSESSMENT:
            self._part(Side.SELF)
            return
        handed_in = at(between(dates.launched_on + days(3), dates.self_due_on, self.luck), self.luck)
        part = self._part(Side.SELF, saved_at=handed_in, submitted_at=handed_in, author_id=self.review.employee_id)
        part.overall_rating = self._level(on_scale(self.told.proposed + self.luck.gauss(0.3, 0.6)))
        if self.is_told:
            for key, question in self.teller.form.questions.items():
                self.rows.add(Answer(part=part, question_id=question, text=self.writer.self_assessment(key)))
            self._competencies(part, lift=0.3)

    def _manager_part(self, submitted_at: datetime.datetime | None, *, share: float) -> None:
        yesterday = self.teller.world.calendar.yesterday
        saved_at = submitted_at or at(between(yesterday - days(4), yesterday, self.luck), self.luck)
        part = self._part(Side.MANAGER, saved_at=saved_at, submitted_at=submitted_at, author_id=self.review.reviewer_id)
        if submitted_at or share > 0.5:
            part.overall_rating = self._level(self.told.proposed)
        if self.is_told:
            questions = list(self.teller.form.questions.items())
            for key, question in questions[: max(1, round(share * len(questions)))]:
                text = self.writer.review(key, self.told.proposed)
                self.rows.add(Answer(part=part, question_id=question, text=text))
            if share == 1:
                self._competencies(part, lift=0)
        if submitted_at:
            self._needs(part)

    def _part(self, side: Side, **fields: object) -> ReviewPart:
        """A half of the review; the fields say how much of it there is."""
        part = ReviewPart(review=self.review, side=side, **fields)
        part.pk = self.rows.next_id(ReviewPart)
        part.version = self.luck.randint(3, 14) if part.saved_at else 1
        self.parts.append(part)
        return part

    def _level(self, value: int) -> RatingLevel:
        return self.teller.form.levels[value]

    def _competencies(self, part: ReviewPart, *, lift: float) -> None:
        for code in RATED_IN_REVIEWS:
            level = on_scale(self.told.proposed + self.luck.gauss(lift, 0.7))
            comment = self.writer.line(phrases.COMPETENCY_COMMENTS) if self.luck.random() < 0.2 else ""
            competency = self.teller.world.ground.competencies[code]
            self.rows.add(CompetencyRating(part=part, competency=competency, level=level, comment=comment))
            if part.side == Side.MANAGER:
                self.told.levels[competency.pk] = level

    def _needs(self, part: ReviewPart) -> None:
        count = self.luck.choice({1: (2, 2), 2: (1, 2), 3: (0, 1, 1), 4: (0, 1), 5: (0, 1)}[self.told.proposed])
        for code in self.luck.sample(RATED_IN_REVIEWS, count):
            need = DevelopmentNeed(part=part, competency=self.teller.world.ground.competencies[code])
            need.description = self.writer.line(phrases.NEEDS[code])
            self.told.needs.append(self.rows.add(need))
