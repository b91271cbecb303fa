"""Saving what people write. Only what is named changes, and a version guards against a second tab."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models.competencies import HIGHEST, LOWEST
from performance.actions.common import OnBehalf, account_of, check_step
from performance.actions.versions import content_kept, content_of, keep_version, keep_what_is_replaced
from performance.enums import QuestionKind, SectionKind, Side, VersionCause
from performance.events import reviews as events
from performance.models import (
    Answer,
    CompetencyRating,
    DevelopmentNeed,
    PartVersion,
    RatingLevel,
    Review,
    ReviewPart,
    TemplateCompetency,
    TemplateQuestion,
)
from performance.reviews.question_answers import choices_of

LONGEST_NEED = DevelopmentNeed._meta.get_field("description").max_length or 0


@transaction.atomic
def save_part(part: ReviewPart, *, by: Actor | None, version: int, changes: Mapping[str, Any]) -> ReviewPart:
    """Store what was written in one side's half of a review.

    `changes` may hold `answers` {question: text}, `ratings` {question: level of the cycle's scale or None}, `choices`
    {question: one of its answers}, `competencies` {competency: {"level", "comment"}}, `overall_rating` (a level or None),
    `override_reason` and `development_needs` [{"competency", "description"}], which replaces the list. What it does not
    name stays, and what it replaces is kept as a version. Raises StaleVersion, with what is stored, when `version` is not
    the stored one; a save that says what is stored already is answered as done.
    """
    return _write(lock_writable(part), by=by, version=version, changes=changes)


def _write(part: ReviewPart, *, by: Actor | None, version: int, changes: Mapping[str, Any]) -> ReviewPart:
    """Save into a locked part."""
    stored = content_of(part)
    if version != part.version:
        return _already_so(part, stored, changes)
    keep_what_is_replaced(part, stored, changes, by=by)
    _save_answers(part, changes)
    _save_competencies(part, changes.get("competencies", {}))
    if "overall_rating" in changes:
        part.overall_rating = _level(part, changes["overall_rating"], "overall_rating")
    part.override_reason = changes.get("override_reason", part.override_reason)
    if "development_needs" in changes:
        _save_needs(part, changes["development_needs"])
    _note_who_writes(part, by)
    part.version += 1
    part.author_id, part.saved_at = acting_id(by), timezone.now()
    part.save(update_fields=["overall_rating", "override_reason", "version", "author", "saved_at"])
    return part


def lock_writable(part: ReviewPart) -> ReviewPart:
    """Lock a part, and its review before it, or refuse: it was handed in or its time is over."""
    reviews = Review.objects.select_for_update(of=("self",)).select_related("cycle__template", "reviewer")
    review = reviews.get(pk=part.review_id)
    check_step(review, "write_self_assessment" if part.side == Side.SELF else "write_review")
    part = ReviewPart.objects.select_for_update(of=("self",)).get(pk=part.pk)
    part.review = review
    return part


def _already_so(part: ReviewPart, stored: dict[str, Any], changes: Mapping[str, Any]) -> ReviewPart:
    if _says_the_same(stored, changes):
        return part
    message = _("This was changed elsewhere in the meantime. Nothing was overwritten: choose which text stays.")
    raise StaleVersion(message, version=part.version, theirs=stored)


def _says_the_same(stored: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    nothing: dict[str, Any] = {"answers": "", "choices": "", "ratings": None}
    return (
        all(
            stored[what].get(key, empty) == value
            for what, empty in nothing.items()
            for key, value in changes.get(what, {}).items()
        )
        and all(_holds(stored["competencies"].get(key), new) for key, new in changes.get("competencies", {}).items())
        and all(changes.get(what, stored[what]) == stored[what] for what in ("overall_rating", "override_reason"))
        and changes.get("development_needs", stored["development_needs"]) == stored["development_needs"]
    )


def _holds(stored: Mapping[str, Any] | None, new: Mapping[str, Any]) -> bool:
    stored = stored or {"level": None, "comment": ""}
    return all(stored[key] == value for key, value in new.items())


def _save_answers(part: ReviewPart, changes: Mapping[str, Any]) -> None:
    """Texts, ratings and choices; a question's row keeps of the three what is not named."""
    wanted = set(changes.get("answers", ())) | set(changes.get("ratings", ())) | set(changes.get("choices", ()))
    if not wanted:
        return
    asked = TemplateQuestion.objects.asked_of(part.side).filter(section__template=part.review.cycle.template_id)
    questions = {question.pk: question for question in asked}
    if not wanted <= set(questions):
        raise ActionError(_("This review does not ask that question."), field="answers")
    rows = {row.question_id: row for row in part.answers.filter(question__in=wanted)}
    levels = set(part.review.cycle.scale.levels.values_list("pk", flat=True)) if changes.get("ratings") else set()
    for pk in wanted:
        row = rows.setdefault(pk, Answer(part=part, question_id=pk))
        row.text = changes.get("answers", {}).get(pk, row.text)
        row.rating_id = _rating_given(questions[pk], changes.get("ratings", {}).get(pk, row.rating_id), levels)
        row.choice = _choice_given(questions[pk], changes.get("choices", {}).get(pk, row.choice))
    Answer.objects.bulk_create(
        [
            Answer(part=part, question_id=pk, text=row.text, rating_id=row.rating_id, choice=row.choice)
            for pk, row in rows.items()
        ],
        update_conflicts=True,
        unique_fields=["part", "question"],
        update_fields=["text", "rating", "choice"],
    )


def _rating_given(question: TemplateQuestion, rating_id: int | None, levels: set[int]) -> int | None:
    if rating_id is not None and (question.kind != QuestionKind.RATING or (levels and rating_id not in levels)):
        raise ActionError(_("This rating is not on the scale of the cycle."), field=f"rating_{question.pk}")
    return rating_id


def _choice_given(question: TemplateQuestion, choice: str) -> str:
    if choice and choice not in choices_of(question):
        raise ActionError(_("This is not one of the answers to choose from."), field=f"choice_{question.pk}")
    return choice


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


def _level(part: ReviewPart, rating_id: int | None, field: str) -> RatingLevel | None:
    if rating_id is None:
        return None
    level = RatingLevel.objects.filter(pk=rating_id, scale=part.review.cycle.scale_id).first()
    if level is None:
        raise ActionError(_("This rating is not on the scale of the cycle."), field=field)
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


@transaction.atomic
def restore_version(part: ReviewPart, kept: PartVersion, *, by: Actor | None, version: int) -> ReviewPart:
    """Put an earlier state in the place of what is written: a save like any other, so what it replaces is kept."""
    if kept.part_id != part.pk:
        raise ActionError(_("This version is of another review."))
    return _replace_all(part, content_kept(kept.content), by=by, version=version)


@transaction.atomic
def start_afresh(part: ReviewPart, *, by: Actor | None, version: int) -> ReviewPart:
    """Begin with an empty part. What was written is kept, with the name of its author."""
    return _replace_all(part, content_kept({}), by=by, version=version)


def _replace_all(part: ReviewPart, wanted: dict[str, Any], *, by: Actor | None, version: int) -> ReviewPart:
    """Keep all there is, ratings without a word too, and put this in its place."""
    part = lock_writable(part)
    keep_version(part, VersionCause.REPLACED)
    return _write(part, by=by, version=version, changes=_all_of(part, wanted))


def _all_of(part: ReviewPart, wanted: dict[str, Any]) -> dict[str, Any]:
    """Changes that leave a part holding just this: what is stored now and not wanted becomes empty."""
    stored = content_of(part)
    changes = {
        "answers": dict.fromkeys(stored["answers"], "") | wanted["answers"],
        "ratings": dict.fromkeys(stored["ratings"]) | wanted["ratings"],
        "choices": dict.fromkeys(stored["choices"], "") | wanted["choices"],
        "competencies": {key: {"level": None, "comment": ""} for key in stored["competencies"]}
        | wanted["competencies"],
        "overall_rating": wanted["overall_rating"],
        "override_reason": wanted["override_reason"],
    }
    needs = wanted["development_needs"]
    return changes | ({"development_needs": needs} if needs or stored["development_needs"] else {})


def _note_who_writes(part: ReviewPart, by: Actor | None) -> None:
    """Writing for the reviewer is a fact once, when the delegate begins; saves are none."""
    review, me = part.review, acting_id(by)
    if part.side == Side.MANAGER and me is not None and me not in (part.author_id, review.reviewer_id):
        events.review_written_for_reviewer(review, by=OnBehalf(by, account_of(review.reviewer_id)))
