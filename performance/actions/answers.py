"""Answering in a 360 round. The rater's own, until it is handed in; no fact is written, for its time would name its writer."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion
from performance.actions.rounds import lock_round
from performance.enums import HowOften, RoundQuestionKind, SheetState
from performance.models import AnswerSheet, RoundQuestion, SheetAnswer

LONGEST_TEXT = 10_000


@transaction.atomic
def save_answers(sheet: AnswerSheet, *, version: int, answers: Mapping[int, Mapping[str, Any]]) -> AnswerSheet:
    """Keep what was written so far. `answers` is {question: {"rating"} or {"text"}}; what it does not name stays.

    Raises StaleVersion, with what is stored, when `version` is not the stored one; a save that says what is stored
    already is answered as done.
    """
    return _save(_lock(sheet), version, answers)


@transaction.atomic
def hand_in_answers(
    sheet: AnswerSheet, *, version: int | None = None, answers: Mapping[int, Mapping[str, Any]] | None = None
) -> AnswerSheet:
    """Give the answers away for good, with what is still to be saved.

    From here on their writer can read them until the round closes, and nobody can change them.
    """
    sheet = _lock(sheet)
    if answers is not None:
        sheet = _save(sheet, sheet.version if version is None else version, answers)
    if not any(answer.says_something for answer in sheet.answers.all()):
        raise ActionError(_("Answer at least one question, or decline."))
    return _set_state(sheet, SheetState.HANDED_IN)


@transaction.atomic
def decline_to_answer(sheet: AnswerSheet) -> AnswerSheet:
    """Say no. Nobody is told who did; the round only lacks an answer."""
    sheet = _lock(sheet)
    sheet.answers.all().delete()
    return _set_state(sheet, SheetState.DECLINED)


def content_of_sheet(sheet: AnswerSheet) -> dict[int, dict[str, Any]]:
    """What is stored, in the shape `save_answers` takes."""
    return {answer.question_id: {"rating": answer.rating, "text": answer.text} for answer in sheet.answers.all()}


def _save(sheet: AnswerSheet, version: int, answers: Mapping[int, Mapping[str, Any]]) -> AnswerSheet:
    questions = {question.pk: question for question in sheet.rater.round.template.questions.all()}
    for pk, given in answers.items():
        _check(questions.get(pk), given)
    if version != sheet.version:
        return _already_so(sheet, answers)
    SheetAnswer.objects.bulk_create(
        [SheetAnswer(sheet=sheet, question_id=pk, **given) for pk, given in answers.items()],
        update_conflicts=True,
        unique_fields=["sheet", "question"],
        update_fields=["rating", "text"],
    )
    sheet.version += 1
    sheet.saved_at = timezone.now()
    sheet.save(update_fields=["version", "saved_at"])
    return sheet


def _lock(sheet: AnswerSheet) -> AnswerSheet:
    round_ = lock_round(sheet.rater.round, "answer_round")
    locked = AnswerSheet.objects.select_for_update(of=("self",)).select_related("rater").filter(pk=sheet.pk).first()
    if locked is None or locked.state != SheetState.OPEN:
        raise ActionError(_("This was handed in or declined already."))
    locked.rater.round = round_
    return locked


def _check(question: RoundQuestion | None, given: Mapping[str, Any]) -> None:
    if question is None or not set(given) <= _asks_for(question):
        raise ActionError(_("This round does not ask that question."), field="answers")
    rating = given.get("rating")
    if rating is not None and rating not in HowOften.values:
        raise ActionError(_("A rating lies between 1 and 5."), field="answers")
    if len(given.get("text", "")) > LONGEST_TEXT:
        raise ActionError(_("Please use at most %d characters.") % LONGEST_TEXT, field="answers")


def _asks_for(question: RoundQuestion) -> set[str]:
    return {"rating"} if question.kind == RoundQuestionKind.RATING else {"text"}


def _already_so(sheet: AnswerSheet, answers: Mapping[int, Mapping[str, Any]]) -> AnswerSheet:
    stored, nothing = content_of_sheet(sheet), {"rating": None, "text": ""}
    if all({**nothing, **given} == stored.get(pk, nothing) for pk, given in answers.items()):
        return sheet
    raise StaleVersion(
        _("Another tab or device saved newer answers."), version=sheet.version, theirs={"answers": stored}
    )


def _set_state(sheet: AnswerSheet, state: SheetState) -> AnswerSheet:
    sheet.state = state
    sheet.save(update_fields=["state"])
    return sheet
