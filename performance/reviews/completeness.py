"""What a part still lacks before it can be handed in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from performance.enums import SectionKind, Side, UnratedParts
from performance.models import ReviewPart, TemplateQuestion, TemplateSection
from performance.reviews.question_answers import field_of, is_answered
from performance.reviews.scores import Score
from performance.reviews.scoring import score_of_part


@dataclass(frozen=True)
class Missing:
    """One thing that is still to be written: the field of the page it is missing from, and words for it."""

    field: str
    words: str


def missing_from(part: ReviewPart, score: Score | None = None) -> list[Missing]:
    """What is required and not there, in the order of the page: answers and, in a manager's part, the overall rating, what
    the score cannot do without, and a reason where the rating differs from the computed one. `score` saves computing it."""
    template_id = part.review.cycle.template_id
    required = TemplateQuestion.objects.asked_of(part.side).filter(section__template=template_id, is_required=True)
    given = {answer.question_id: answer for answer in part.answers.all()}
    missing = [
        Missing(field_of(question), question.text)
        for question in required
        if not is_answered(question, given.get(question.pk))
    ]
    if part.side == Side.MANAGER:
        missing += _missing_ratings(part, score or score_of_part(part), {item.words for item in missing})
    return missing


def _missing_ratings(part: ReviewPart, score: Score | None, named: set[str]) -> list[Missing]:
    missing = []
    if score and part.review.cycle.unrated_parts == UnratedParts.BLOCK:
        missing += [
            Missing("score", _("%s: not rated") % item.title) for item in score.unrated if item.title not in named
        ]
    if part.overall_rating is None and _asks_for_rating(part.review.cycle.template_id):
        missing.append(Missing("overall_rating", _("Overall rating")))
    elif differs_from_computed(part, score) and not part.override_reason.strip():
        missing.append(Missing("override_reason", _("Why the rating differs from the computed one")))
    return missing


def differs_from_computed(part: ReviewPart, score: Score | None) -> bool:
    """Whether the manager's rating is another level than the one computed."""
    level = score.level if score else None
    return level is not None and part.overall_rating is not None and part.overall_rating.value != level[0]


def _asks_for_rating(template_id: int) -> bool:
    return TemplateSection.objects.filter(template=template_id, kind=SectionKind.OVERALL).exists()
