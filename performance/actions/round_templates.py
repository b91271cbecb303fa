"""What 360 rounds ask: HR designs masters, opening a round copies one, putting one away keeps it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from performance.events import rounds as events
from performance.models import RoundQuestion, RoundTemplate

MOST_QUESTIONS = 40


@transaction.atomic
def create_round_template(
    *, by: Actor | None, name: str, introduction: str = "", questions: Sequence[Mapping[str, Any]]
) -> RoundTemplate:
    """Make a template; a question has `kind`, `text` and, if it is a rating, perhaps a `competency`."""
    return _write(RoundTemplate(), by, name, introduction, questions)


@transaction.atomic
def edit_round_template(
    template: RoundTemplate, *, by: Actor | None, name: str, introduction: str, questions: Sequence[Mapping[str, Any]]
) -> RoundTemplate:
    """Rewrite a template. Rounds that were opened with it keep what they asked."""
    template = _lock_master(template)
    template.questions.all().delete()
    return _write(template, by, name, introduction, questions)


@transaction.atomic
def archive_round_template(template: RoundTemplate, *, by: Actor | None, is_archived: bool = True) -> RoundTemplate:
    """Offer a template no longer, or again."""
    template = _lock_master(template)
    template.is_archived = is_archived
    template.save(update_fields=["is_archived"])
    events.round_template_edited(template, by=by)
    return template


def copy_round_template(template: RoundTemplate) -> RoundTemplate:
    """The same questions as rows of their own, which no later edit of the master reaches."""
    copy = RoundTemplate.objects.create(name=template.name, introduction=template.introduction, is_copy=True)
    RoundQuestion.objects.bulk_create(
        RoundQuestion(
            template=copy,
            kind=question.kind,
            text=question.text,
            competency_id=question.competency_id,
            order=question.order,
        )
        for question in template.questions.all()
    )
    return copy


def _write(
    template: RoundTemplate, by: Actor | None, name: str, introduction: str, questions: Sequence[Mapping[str, Any]]
) -> RoundTemplate:
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise ActionError(_("Ask at least one question, and at most %d.") % MOST_QUESTIONS, field="questions")
    template.name, template.introduction = name, introduction
    checked(template).save()
    RoundQuestion.objects.bulk_create(
        checked(RoundQuestion(template=template, order=order, **question))
        for order, question in enumerate(questions, start=1)
    )
    events.round_template_edited(template, by=by)
    return template


def _lock_master(template: RoundTemplate) -> RoundTemplate:
    locked = RoundTemplate.objects.select_for_update().get(pk=template.pk)
    if locked.is_copy:
        raise ActionError(_("This belongs to a round that was opened and stays as it is."))
    return locked
