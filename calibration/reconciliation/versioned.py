"""What crosses with the version of its review: each effect says what it expects and what it finds, and the rest is the same."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from calibration.enums import HandOverKind, Mismatch
from performance.enums import ReviewState
from performance.models import Review

Judgements = dict[int, Mismatch | None]


@dataclass(frozen=True)
class Row:
    """Something on the other side. `part` is what of the review it is about (a competency), `value` what it says,
    `is_shown` whether its person sees it (None where that is not for this effect to say)."""

    part: Any
    employee_id: int
    version: int
    value: Any
    is_shown: bool | None = None


class Effect:
    """One effect of completed reviews, seen from both sides."""

    kind: HandOverKind
    carriers: tuple[HandOverKind, ...]  # while one of these has yet to deliver, it has not arrived and is not missing
    finds_strangers = False  # whether `judge` meets rows of other people that name these reviews

    def judge(self, reviews: Sequence[Review]) -> Judgements:
        """Of each of these reviews that should have this effect, or has it: what is amiss, or None where it is right."""
        raise NotImplementedError

    def rows(self) -> QuerySet[Any]:
        """Everything on the other side that names a review, as (`pk`, `source`, employee)."""
        raise NotImplementedError


class VersionedEffect(Effect):
    """An effect whose rows bear the revision of the review they are from."""

    finds_strangers = True

    def expected(self, reviews: Sequence[Review]) -> Mapping[int, Mapping[Any, Any]]:
        """What each finished review asks for: value by part."""
        raise NotImplementedError

    def found(self, reviews: Sequence[Review]) -> Mapping[int, Sequence[Row]]:
        """What counts of each review on the other side."""
        raise NotImplementedError

    def judge(self, reviews: Sequence[Review]) -> Judgements:
        expected, found = self.expected([review for review in reviews if review.is_finished]), self.found(reviews)
        return {
            review.pk: mismatch_of(review, expected.get(review.pk, {}), found.get(review.pk, ()))
            for review in reviews
            if expected.get(review.pk) or found.get(review.pk)
        }


def mismatch_of(review: Review, expected: Mapping[Any, Any], rows: Sequence[Row]) -> Mismatch | None:
    """The first thing that is amiss. What an earlier revision brought counts until the reopened review is completed again."""
    if any(row.employee_id != review.employee_id for row in rows):
        return Mismatch.OTHER_PERSON
    if not review.is_finished:
        return _mismatch_of_open(review, rows)
    there = {row.part: row for row in rows}
    if len(there) < len(rows):
        return Mismatch.TWICE
    if expected.keys() - there.keys():
        return Mismatch.NOT_THERE
    if there.keys() - expected.keys():
        return Mismatch.UNFOUNDED
    return _mismatch_of_values(review, expected, rows)


def _mismatch_of_open(review: Review, rows: Iterable[Row]) -> Mismatch | None:
    if review.state == ReviewState.WITHDRAWN:
        return Mismatch.WITHDRAWN
    return None if all(row.version < review.revision for row in rows) else Mismatch.UNFOUNDED


def _mismatch_of_values(review: Review, expected: Mapping[Any, Any], rows: Iterable[Row]) -> Mismatch | None:
    if any(row.version != review.revision for row in rows):
        return Mismatch.OTHER_VERSION
    if any(row.value != expected[row.part] for row in rows):
        return Mismatch.OTHER_VALUE
    return mismatch_shown(review, [row.is_shown for row in rows if row.is_shown is not None])


def mismatch_shown(review: Review, shown: Collection[bool]) -> Mismatch | None:
    """What a finished review brought is seen by its person once the review is, and not before. What an earlier revision
    brought may have been shared with it."""
    if review.is_seen_by_employee:
        return None if all(shown) else Mismatch.NOT_SHOWN
    is_first = review.state == ReviewState.COMPLETED and review.revision == 1
    return Mismatch.TOO_EARLY if is_first and any(shown) else None
