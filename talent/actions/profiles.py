"""What is known of people: profiles, and the calibrated ratings carried into them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from hrportal.common.copying import write_rows
from hrportal.journal.recording import Actor
from talent import events
from talent.models import CalibratedRating, TalentProfile


@dataclass(frozen=True)
class RatingRecord:
    """A calibrated rating as it is handed over. `source` says opaquely where it is from; a correction has the same
    source and a higher version."""

    employee_id: int
    source: str
    source_version: int
    period: str
    period_ends_on: datetime.date
    value: int
    label: str
    lowest: int
    highest: int
    rated_at: datetime.datetime

    @property
    def key(self) -> tuple[str, int]:
        return self.source, self.source_version


@transaction.atomic
def lock_profiles(employee_ids: Iterable[int]) -> dict[int, TalentProfile]:
    """The profiles of these people, made where there was none, locked in one order.

    The row is the lock under which everything of a person's talent is changed, so two batches that meet neither
    double anything nor wait for each other in a ring.
    """
    wanted = sorted(set(employee_ids))
    there = set(TalentProfile.objects.filter(employee_id__in=wanted).values_list("employee_id", flat=True))
    missing = [TalentProfile(employee_id=pk) for pk in wanted if pk not in there]
    TalentProfile.objects.bulk_create(missing, ignore_conflicts=True)  # somebody else may be making the same
    locked = TalentProfile.objects.select_for_update().filter(employee_id__in=wanted).order_by("employee_id")
    return {profile.employee_id: profile for profile in locked}


@transaction.atomic
def record_calibrated_ratings(records: Sequence[RatingRecord], *, by: Actor | None = None) -> int:
    """Enter calibrated ratings into their profiles; how many were new.

    May be called with the same records again, in any order and at once: the highest version of a source is the one
    that counts, whenever it comes, and the others are kept as replaced.
    """
    if not records:
        return 0
    profiles = lock_profiles(record.employee_id for record in records)
    stored = _stored({record.source for record in records})
    fresh = {record.key: record for record in records if record.source_version not in stored[record.source]}
    newest = _newest_versions(stored, fresh.values())
    _replace_older(stored, newest)
    ratings = [
        _rating(record, profiles[record.employee_id], is_current=record.source_version == newest[record.source])
        for _, record in sorted(fresh.items())
    ]
    TalentProfile.objects.filter(pk__in={rating.profile_id for rating in ratings}).update(updated_at=timezone.now())
    events.ratings_recorded(write_rows(ratings), by=by)
    return len(ratings)


@transaction.atomic
def retract_calibrated_ratings(sources: Sequence[str], *, by: Actor | None = None) -> int:
    """Let what these sources said no longer count, with nothing in its place; how many ratings that was.

    They are kept, as replaced ones are. Already retracted is done; a later version of the source counts again.
    """
    current = CalibratedRating.objects.current().filter(source__in=sources)
    lock_profiles(current.values_list("profile__employee_id", flat=True))
    retracted = list(current.select_related("profile").order_by("pk"))
    CalibratedRating.objects.filter(pk__in=[rating.pk for rating in retracted]).update(replaced_at=timezone.now())
    TalentProfile.objects.filter(pk__in={rating.profile_id for rating in retracted}).update(updated_at=timezone.now())
    events.ratings_retracted(retracted, by=by)
    return len(retracted)


def _stored(sources: set[str]) -> dict[str, dict[int, CalibratedRating]]:
    """The ratings there are of some sources, by version."""
    stored: dict[str, dict[int, CalibratedRating]] = defaultdict(dict)
    for rating in CalibratedRating.objects.filter(source__in=sources):
        stored[rating.source][rating.source_version] = rating
    return stored


def _newest_versions(stored: dict[str, dict[int, CalibratedRating]], fresh: Iterable[RatingRecord]) -> dict[str, int]:
    newest = {source: max(versions) for source, versions in stored.items() if versions}
    for record in fresh:
        newest[record.source] = max(newest.get(record.source, 0), record.source_version)
    return newest


def _replace_older(stored: dict[str, dict[int, CalibratedRating]], newest: dict[str, int]) -> None:
    """Mark what counted until now as replaced, before a newer one takes its place."""
    outdated = [
        rating.pk
        for source, versions in stored.items()
        for version, rating in versions.items()
        if rating.replaced_at is None and version < newest[source]
    ]
    CalibratedRating.objects.filter(pk__in=outdated).update(replaced_at=timezone.now())


def _rating(record: RatingRecord, profile: TalentProfile, *, is_current: bool) -> CalibratedRating:
    return CalibratedRating(
        profile=profile,
        source=record.source,
        source_version=record.source_version,
        period=record.period,
        period_ends_on=record.period_ends_on,
        value=record.value,
        label=record.label,
        lowest=record.lowest,
        highest=record.highest,
        rated_at=record.rated_at,
        replaced_at=None if is_current else timezone.now(),
    )
