"""What a part still lacks before it can be handed in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from performance.enums import SectionKind, Side
from performance.models import ReviewPart, TemplateQuestion, TemplateSection


@dataclass(frozen=True)
class Missing:
    """One thing that is still to be written: the field of the page it is missing from, and words for it."""

    field: str
    words: str


def missing_from(part: ReviewPart) -> list[Missing]:
    """Required questions without an answer and, in a manager's part, the overall rating; in the order of the page."""
    template_id = part.review.cycle.template_id
    required = TemplateQuestion.objects.asked_of(part.side).filter(section__template=template_id, is_required=True)
    written = {answer.question_id for answer in part.answers.all() if answer.text.strip()}
    missing = [Missing(f"answer_{question.pk}", question.text) for question in required if question.pk not in written]
    if part.side == Side.MANAGER and part.overall_rating_id is None and _asks_for_rating(template_id):
        missing.append(Missing("overall_rating", _("Overall rating")))
    return missing


def _asks_for_rating(template_id: int) -> bool:
    return TemplateSection.objects.filter(template=template_id, kind=SectionKind.OVERALL).exists()
