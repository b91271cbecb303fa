"""A part as it is read: the template's sections with what was written under each.

What a part holds now, what it held earlier, and what a reopening kept are read by the same function and the same rights:
`reading_rights.py` says which answers a reader does not get, and they are then not there at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrportal.people.models import Competency
from hrportal.people.viewer import Principal
from performance.actions.versions import content_of
from performance.enums import SectionKind, Side
from performance.models import RatingLevel, Review, ReviewPart, TemplateQuestion, TemplateSection
from performance.reviews.question_answers import choices_of
from performance.reviews.reading_rights import may_read_answer
from performance.reviews.scores import Score
from performance.reviews.scoring import score_for


@dataclass
class Line:
    """One question or competency with what was written; level and words are None and empty where nothing was."""

    title: str
    text: str = ""
    level: int | None = None
    level_words: str = ""
    rating: RatingLevel | None = None
    choice: str = ""

    @property
    def says_nothing(self) -> bool:
        return not (self.text or self.level or self.rating or self.choice)


@dataclass(frozen=True)
class Need:
    description: str
    competency: str = ""


@dataclass
class ReadSection:
    kind: str
    title: str
    lines: list[Line] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    rating: RatingLevel | None = None
    override_reason: str = ""


@dataclass
class ReadPart:
    part: ReviewPart
    title: str
    sections: list[ReadSection]
    score: Score | None = None


def parts_for(user: Principal, review: Review) -> list[ReadPart]:
    """The halves of a review that this reader may see, the manager's first."""
    parts = ReviewPart.objects.visible_to(user).filter(review=review).select_related("author", "overall_rating")
    rows = list(parts.prefetch_related("answers", "competency_ratings", "development_needs").order_by("side"))
    reader = Reader(user, review)
    return [reader.part(part) for part in rows]


class Reader:
    """Reads contents of one review with the eyes of one person; the template is fetched once."""

    def __init__(self, user: Principal, review: Review) -> None:
        self.user, self.review = user, review
        self.sections = list(
            TemplateSection.objects.filter(template=review.cycle.template_id).prefetch_related(
                "questions", "competencies__competency__levels"
            )
        )
        self.levels = {level.pk: level for level in RatingLevel.objects.filter(scale=review.cycle.scale_id)}
        self.reads_ratings = user.viewer.may_use("ratings:read")  # a client that acts for somebody may lack it

    def part(self, part: ReviewPart) -> ReadPart:
        """What a part holds now."""
        part.review = self.review
        score = score_for(self.user, self.review, part) if part.side == Side.MANAGER else None
        return ReadPart(part, part.get_side_display(), self.content(part.side, content_of(part)), score)

    def content(self, side: str, content: Mapping[str, Any]) -> list[ReadSection]:
        """What a side's half said, in the shape `save_part` takes; sections without anything to read are left out."""
        content = content if self.reads_ratings else _without_ratings(content)
        read = [self._section(side, section, content) for section in self.sections]
        return [section for section in read if section.lines or section.needs or section.rating]

    def _section(self, side: str, section: TemplateSection, content: Mapping[str, Any]) -> ReadSection:
        read = ReadSection(section.kind, section.title)
        if section.kind == SectionKind.QUESTIONS:
            read.lines = [_answer(question, content, self.levels) for question in self._questions(side, section)]
        elif section.kind == SectionKind.COMPETENCIES:
            ratings = content["competencies"]
            read.lines = [
                _rated(entry.competency, ratings.get(entry.competency_id)) for entry in section.competencies.all()
            ]
        elif section.kind == SectionKind.DEVELOPMENT:
            read.needs = _needs(content["development_needs"])
        elif section.kind == SectionKind.OVERALL and not self._is_kept_rating(side):
            read.rating = self.levels.get(content["overall_rating"] or 0)
            read.override_reason = content["override_reason"]
        return read

    def _questions(self, side: str, section: TemplateSection) -> Iterable[TemplateQuestion]:
        for question in section.questions.all():
            if question.is_asked_of(side) and may_read_answer(self.user, self.review, side, question.seen_by):
                yield question

    def _is_kept_rating(self, side: str) -> bool:
        """What a manager proposed, and why, is never the employee's to read."""
        return side == Side.MANAGER and self.review.employee_id == self.user.viewer.employee_id


def _without_ratings(content: Mapping[str, Any]) -> dict[str, Any]:
    competencies = {key: {**rating, "level": None} for key, rating in content["competencies"].items()}
    return {**content, "ratings": {}, "competencies": competencies, "overall_rating": None, "override_reason": ""}


def _answer(question: TemplateQuestion, content: Mapping[str, Any], levels: Mapping[int, RatingLevel]) -> Line:
    choice = content["choices"].get(question.pk, "")
    return Line(
        question.text,
        content["answers"].get(question.pk, ""),
        rating=levels.get(content["ratings"].get(question.pk) or 0),
        choice=choices_of(question).get(choice, choice),
    )


def _rated(competency: Competency, rating: Mapping[str, Any] | None) -> Line:
    if rating is None:
        return Line(competency.name)
    words = next((level.description for level in competency.levels.all() if level.level == rating["level"]), "")
    return Line(competency.name, rating["comment"], rating["level"], words)


def _needs(needs: Iterable[Mapping[str, Any]]) -> list[Need]:
    wanted = [need["competency"] for need in needs if need["competency"]]
    names = dict(Competency.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return [Need(need["description"], names.get(need["competency"], "")) for need in needs]
