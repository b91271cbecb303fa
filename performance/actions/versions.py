"""Earlier states of what people wrote. A save that only adds to a text keeps nothing; whatever a save would take away is
kept before it goes, with its author, and so is what is handed in, sent back or passed on.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.enums import VersionCause
from performance.models import PartVersion, ReviewPart

KEPT_AT_LEAST_EVERY = datetime.timedelta(minutes=5)


def content_of(part: ReviewPart) -> dict[str, Any]:
    """What is stored in a part, in the shape `save_part` takes."""
    answers = list(part.answers.all())
    return {
        "answers": {answer.question_id: answer.text for answer in answers},
        "ratings": {answer.question_id: answer.rating_id for answer in answers if answer.rating_id},
        "choices": {answer.question_id: answer.choice for answer in answers if answer.choice},
        "competencies": {
            rating.competency_id: {"level": rating.level, "comment": rating.comment}
            for rating in part.competency_ratings.all()
        },
        "overall_rating": part.overall_rating_id,
        "override_reason": part.override_reason,
        "development_needs": [
            {"competency": need.competency_id, "description": need.description} for need in part.development_needs.all()
        ],
    }


def content_kept(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A content as it was kept, with ids as keys again: JSON knows only text."""
    by_id = ("answers", "ratings", "choices", "competencies")
    numbered = {what: {int(key): value for key, value in kept.get(what, {}).items()} for what in by_id}
    return {"overall_rating": None, "override_reason": "", "development_needs": [], **kept, **numbered}


def keep_version(part: ReviewPart, cause: VersionCause) -> PartVersion | None:
    """Keep what a (locked) part holds now, unless it holds nothing or this very version was kept already."""
    return _keep(part, content_of(part), cause)


def keep_what_is_replaced(
    part: ReviewPart, stored: dict[str, Any], changes: Mapping[str, Any], *, by: Actor | None
) -> None:
    """Keep what is stored before a save that takes any of it away, comes from somebody else, or comes minutes after the last."""
    if part.author_id is not None and part.author_id != acting_id(by):
        _keep(part, stored, VersionCause.MOVED)
    elif _takes_away(stored, changes):
        _keep(part, stored, VersionCause.REPLACED)
    elif _is_time(part):
        _keep(part, stored, VersionCause.SAVED)


def _keep(part: ReviewPart, content: dict[str, Any], cause: VersionCause) -> PartVersion | None:
    if not _says_anything(content) or part.versions.filter(version=part.version).exists():
        return None
    return PartVersion.objects.create(
        part=part,
        version=part.version,
        revision=part.review.revision,
        cause=cause,
        content=content,
        author_id=part.author_id,
        saved_at=part.saved_at or timezone.now(),
    )


def _says_anything(content: Mapping[str, Any]) -> bool:
    texts = any(_texts(content).values()) or bool(content["development_needs"])
    rated = any(rating["level"] for rating in content["competencies"].values())
    return texts or rated or bool(content["overall_rating"] or content["ratings"] or content["choices"])


def _takes_away(stored: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Whether a text, or a need, would no longer be found in what takes its place."""
    before, after = _texts(stored), _texts(changes)
    shorter = any(not _grew_from(old, after[name]) for name, old in before.items() if name in after)
    wanted = {need["description"].strip() for need in changes.get("development_needs", ())}
    dropped = "development_needs" in changes and not _needs(stored) <= wanted
    return shorter or dropped


def _texts(content: Mapping[str, Any]) -> dict[Any, str]:
    """Every text by where it stands."""
    texts: dict[Any, str] = {("answer", key): text for key, text in content.get("answers", {}).items()}
    comments = content.get("competencies", {}).items()
    texts |= {("competency", key): rating["comment"] for key, rating in comments if "comment" in rating}
    if "override_reason" in content:
        texts["override_reason"] = content["override_reason"]
    return texts


def _needs(content: Mapping[str, Any]) -> set[str]:
    return {need["description"] for need in content.get("development_needs", ())}


def _grew_from(old: str, new: str) -> bool:
    """Whether all of the old text is still there, in its order: letters were added, none taken away."""
    if new.startswith(old):
        return True
    letters: Iterable[str] = iter(new)
    return all(letter in letters for letter in old)


def _is_time(part: ReviewPart) -> bool:
    last = part.versions.values_list("saved_at", flat=True).first()
    began = last or part.saved_at
    return began is not None and timezone.now() - began >= KEPT_AT_LEAST_EVERY
