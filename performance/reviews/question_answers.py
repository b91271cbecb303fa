"""The answers a question can be given."""

from django.utils.translation import gettext as _

from performance.enums import QuestionKind
from performance.models import Answer, TemplateQuestion

YES, NO = "yes", "no"


def choices_of(question: TemplateQuestion) -> dict[str, str]:
    """What there is to choose from, as stored and in words; nothing for texts and ratings."""
    if question.kind == QuestionKind.YES_NO:
        return {YES: _("Yes"), NO: _("No")}
    return {choice: choice for choice in question.choices} if question.kind == QuestionKind.CHOICE else {}


def is_answered(question: TemplateQuestion, answer: Answer | None) -> bool:
    """Whether an answer says what its question asks for; a comment alone is no rating."""
    if answer is None:
        return False
    if question.kind == QuestionKind.RATING:
        return answer.rating_id is not None
    return bool(answer.choice) if choices_of(question) else bool(answer.text.strip())


def field_of(question: TemplateQuestion) -> str:
    """The field of the desk in which the answer is given."""
    if question.kind == QuestionKind.RATING:
        return f"rating_{question.pk}"
    return f"choice_{question.pk}" if choices_of(question) else f"answer_{question.pk}"
