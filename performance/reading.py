"""A part as it is read: the template's sections with what was written under each."""

from dataclasses import dataclass, field
from typing import Any

from performance.enums import SectionKind
from performance.models import DevelopmentNeed, RatingLevel, Review, ReviewPart, TemplateSection


@dataclass
class Line:
    """One question or competency with what was written; level and words are None and empty where nothing was."""

    title: str
    text: str = ""
    level: int | None = None
    level_words: str = ""


@dataclass
class ReadSection:
    kind: str
    title: str
    lines: list[Line] = field(default_factory=list)
    needs: list[DevelopmentNeed] = field(default_factory=list)
    rating: RatingLevel | None = None


@dataclass
class ReadPart:
    part: ReviewPart
    title: str
    sections: list[ReadSection]


def parts_for(user: Any, review: Review) -> list[ReadPart]:
    """The halves of a review that this reader may see, the manager's first."""
    parts = ReviewPart.objects.visible_to(user).filter(review=review).select_related("author", "overall_rating")
    rows = parts.prefetch_related("answers", "competency_ratings", "development_needs__competency").order_by("side")
    sections = list(
        TemplateSection.objects.filter(template=review.cycle.template_id).prefetch_related(
            "questions", "competencies__competency__levels"
        )
    )
    return [ReadPart(part, part.get_side_display(), _sections(part, sections, review, user)) for part in rows]


def _sections(part: ReviewPart, sections: list[TemplateSection], review: Review, user: Any) -> list[ReadSection]:
    part.review = review
    read = [_section(part, section, user) for section in sections if section.kind != SectionKind.GOALS]
    return [section for section in read if section.lines or section.needs or section.rating]


def _section(part: ReviewPart, section: TemplateSection, user: Any) -> ReadSection:
    read = ReadSection(section.kind, section.title)
    if section.kind == SectionKind.QUESTIONS:
        texts = {answer.question_id: answer.text for answer in part.answers.all()}
        asked = [question for question in section.questions.all() if question.is_asked_of(part.side)]
        read.lines = [Line(question.text, texts.get(question.pk, "")) for question in asked]
    elif section.kind == SectionKind.COMPETENCIES:
        ratings = {rating.competency_id: rating for rating in part.competency_ratings.all()}
        read.lines = [_line(entry.competency, ratings.get(entry.competency_id)) for entry in section.competencies.all()]
    elif section.kind == SectionKind.DEVELOPMENT:
        read.needs = list(part.development_needs.all())
    elif section.kind == SectionKind.OVERALL:
        read.rating = part.rating_for(user.viewer)
    return read


def _line(competency: Any, rating: Any) -> Line:
    if rating is None:
        return Line(competency.name)
    words = next((level.description for level in competency.levels.all() if level.level == rating.level), "")
    return Line(competency.name, rating.comment, rating.level, words)
