"""Saving what people write. Only what is named changes, and a version guards against a second tab."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.people.models.competencies import HIGHEST, LOWEST
from performance.actions.common import acting_id, check_step
from performance.enums import SectionKind, Side
from performance.models import (
    Answer,
    CompetencyRating,
    DevelopmentNeed,
    RatingLevel,
    Review,
    ReviewPart,
    TemplateCompetency,
    TemplateQuestion,
)

LONGEST_NEED = DevelopmentNeed._meta.get_field("description").max_length or 0


@transaction.atomic
def save_part(part: ReviewPart, *, by: Any, version: int, changes: Mapping[str, Any]) -> ReviewPart:
    """Store what was written in one side's half of a review.

    `changes` may hold `answers` {question: text}, `competencies` {competency: {"level", "comment"}}, `overall_rating`
    (a level of the cycle's scale or None) and `development_needs` [{"competency", "description"}], which replaces the list.
    What it does not name stays. Raises StaleVersion, with what is stored, when `version` is not the stored one; a save
    that says what is stored already is answered as done.
    """
    part = lock_writable(part)
    if version != part.version:
        return _already_so(part, changes)
    _save_answers(part, changes.get("answers", {}))
    _save_competencies(part, changes.get("competencies", {}))
    if "overall_rating" in changes:
        part.overall_rating = _level(part, changes["overall_rating"])
    if "development_needs" in changes:
        _save_needs(part, changes["development_needs"])
    part.version += 1
    part.author_id, part.saved_at = acting_id(by), timezone.now()
    part.save(update_fields=["overall_rating", "version", "author", "saved_at"])
    return part


def lock_writable(part: ReviewPart) -> ReviewPart:
    """Lock a part, and its review before it, or refuse: it was handed in or its time is over."""
    reviews = Review.objects.select_for_update(of=("self",)).select_related("cycle__template", "reviewer")
    review = reviews.get(pk=part.review_id)
    check_step(review, "write_self_assessment" if part.side == Side.SELF else "write_review")
    part = ReviewPart.objects.select_for_update(of=("self",)).get(pk=part.pk)
    part.review = review
    return part


def content_of(part: ReviewPart) -> dict[str, Any]:
    """What is stored in a part, in the shape `save_part` takes."""
    return {
        "answers": {answer.question_id: answer.text for answer in part.answers.all()},
        "competencies": {
            rating.competency_id: {"level": rating.level, "comment": rating.comment}
            for rating in part.competency_ratings.all()
        },
        "overall_rating": part.overall_rating_id,
        "development_needs": [
            {"competency": need.competency_id, "description": need.description} for need in part.development_needs.all()
        ],
    }


def _already_so(part: ReviewPart, changes: Mapping[str, Any]) -> ReviewPart:
    stored = content_of(part)
    same = (
        all(stored["answers"].get(key, "") == text for key, text in changes.get("answers", {}).items())
        and all(_holds(stored["competencies"].get(key), new) for key, new in changes.get("competencies", {}).items())
        and changes.get("overall_rating", stored["overall_rating"]) == stored["overall_rating"]
        and changes.get("development_needs", stored["development_needs"]) == stored["development_needs"]
    )
    if same:
        return part
    message = _("This was changed elsewhere in the meantime. Nothing was overwritten: choose which text stays.")
    raise StaleVersion(message, version=part.version, theirs=stored)


def _holds(stored: Mapping[str, Any] | None, new: Mapping[str, Any]) -> bool:
    stored = stored or {"level": None, "comment": ""}
    return all(stored[key] == value for key, value in new.items())


def _save_answers(part: ReviewPart, answers: Mapping[int, str]) -> None:
    asked = TemplateQuestion.objects.asked_of(part.side).filter(section__template=part.review.cycle.template_id)
    if answers and not set(answers) <= set(asked.values_list("pk", flat=True)):
        raise ActionError(_("This review does not ask that question."), field="answers")
    Answer.objects.bulk_create(
        [Answer(part=part, question_id=question, text=text) for question, text in answers.items()],
        update_conflicts=True,
        unique_fields=["part", "question"],
        update_fields=["text"],
    )


def _save_competencies(part: ReviewPart, changes: Mapping[int, Mapping[str, Any]]) -> None:
    if not changes:
        return
    rated = TemplateCompetency.objects.filter(section__template=part.review.cycle.template_id)
    if not set(changes) <= set(rated.values_list("competency_id", flat=True)):
        raise ActionError(_("This review does not ask for that competency."), field="competencies")
    rows = {row.competency_id: row for row in part.competency_ratings.filter(competency__in=changes)}
    for competency, new in changes.items():
        row = rows.setdefault(competency, CompetencyRating(part=part, competency_id=competency))
        row.level, row.comment = _proficiency(new.get("level", row.level)), new.get("comment", row.comment)
    CompetencyRating.objects.bulk_create(
        [
            CompetencyRating(part=part, competency_id=key, level=row.level, comment=row.comment)
            for key, row in rows.items()
        ],
        update_conflicts=True,
        unique_fields=["part", "competency"],
        update_fields=["level", "comment"],
    )


def _proficiency(level: int | None) -> int | None:
    if level is not None and not LOWEST <= level <= HIGHEST:
        raise ActionError(
            _("A level lies between %(from)d and %(to)d.") % {"from": LOWEST, "to": HIGHEST}, field="level"
        )
    return level


def _level(part: ReviewPart, rating_id: int | None) -> RatingLevel | None:
    if rating_id is None:
        return None
    level = RatingLevel.objects.filter(pk=rating_id, scale=part.review.cycle.scale_id).first()
    if level is None:
        raise ActionError(_("This rating is not on the scale of the cycle."), field="overall_rating")
    return level


def _save_needs(part: ReviewPart, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Make the list what it should be, keeping the rows of needs that stay: plans refer to them by id."""
    if part.side != Side.MANAGER or not _asks_for_needs(part):
        raise ActionError(_("Development needs are named in the manager’s part."), field="development_needs")
    spare = list(part.development_needs.all())
    new: list[DevelopmentNeed] = []
    for item in wanted:
        need = _need(part, item)
        same = next((row for row in spare if (row.competency_id, row.description) == _words(need)), None)
        spare.remove(same) if same else new.append(need)
    for row, need in zip(spare, new, strict=False):
        row.competency_id, row.description = _words(need)
        row.save(update_fields=["competency", "description"])
    for row in spare[len(new) :]:
        row.delete()
    DevelopmentNeed.objects.bulk_create(new[len(spare) :])


def _words(need: DevelopmentNeed) -> tuple[int | None, str]:
    return need.competency_id, need.description


def _need(part: ReviewPart, item: Mapping[str, Any]) -> DevelopmentNeed:
    description = item["description"].strip()
    if not description or len(description) > LONGEST_NEED:
        raise ActionError(
            _("Describe a development need in at most %d characters.") % LONGEST_NEED, field="development_needs"
        )
    return DevelopmentNeed(part=part, competency_id=item.get("competency"), description=description)


def _asks_for_needs(part: ReviewPart) -> bool:
    return part.review.cycle.template.sections.filter(kind=SectionKind.DEVELOPMENT).exists()
