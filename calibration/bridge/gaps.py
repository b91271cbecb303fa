"""What reviews found of competencies, beside what jobs ask for. A level nobody gave is unknown, and never a gap."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from hrportal.people.models import Competency, RoleProfileEntry
from performance.cycles.calendars import add_months
from performance.enums import Side
from performance.models import CompetencyRating, Review

# How far ahead a role profile looks.
MONTHS_AHEAD = 24

Levels = Mapping[int, Mapping[int, int]]


@dataclass(frozen=True)
class Gap:
    """A competency found below what a job asks for."""

    review: Review
    competency: Competency
    level: int
    wanted: int


def levels_of(reviews: Collection[Review]) -> Levels:
    """The levels the managers' sides gave, by review and competency."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    given = CompetencyRating.objects.filter(part__side=Side.MANAGER, part__review__in=reviews, level__isnull=False)
    for review, competency, level in given.values_list("part__review", "competency", "level"):
        found[review][competency] = level
    return found


def gaps_today(reviews: Collection[Review]) -> dict[int, list[Gap]]:
    """By review, what it found below what the job it was written about asks for today, the widest gap first."""
    if not reviews:
        return {}
    levels, asked = levels_of(reviews), _asked({review.job_id for review in reviews})
    gaps = {
        review.pk: [
            Gap(review, entry.competency, level, entry.level_today)
            for competency_id, level in levels.get(review.pk, {}).items()
            if (entry := asked.get((review.job_id, competency_id))) and entry.level_today and level < entry.level_today
        ]
        for review in reviews
    }
    return {
        pk: sorted(found, key=lambda gap: (gap.level - gap.wanted, gap.competency.name)) for pk, found in gaps.items()
    }


def gaps_ahead(reviews: Collection[Review]) -> list[Gap]:
    """What the newest review that knows of it found below what the person's job will ask for in 24 months.

    Of each person and competency only the newest period counts, whether it shows a gap or none.
    """
    levels, asked = levels_of(reviews), _asked({_job_of(review) for review in reviews})
    known: set[tuple[int, int]] = set()
    gaps = []
    for review in sorted(reviews, key=lambda review: (review.cycle.ends_on, review.pk), reverse=True):
        for competency_id, level in sorted(levels.get(review.pk, {}).items()):
            topic = review.employee_id, competency_id
            entry = asked.get((_job_of(review), competency_id))
            if topic not in known and entry and entry.level_in_24_months and level < entry.level_in_24_months:
                gaps.append(Gap(review, entry.competency, level, entry.level_in_24_months))
            known.add(topic)
    return gaps


def wanted_by(review: Review) -> datetime.date:
    """The day by which the strategy wants what it asks for: 24 months after the period the review is about."""
    return add_months(review.cycle.ends_on, MONTHS_AHEAD)


def _job_of(review: Review) -> int | None:
    """What the person does now; the future of a job they have left is not theirs."""
    return review.employee.job_id or review.job_id


def _asked(job_ids: Iterable[int | None]) -> dict[tuple[int | None, int], RoleProfileEntry]:
    entries = RoleProfileEntry.objects.filter(job__in={pk for pk in job_ids if pk}).select_related("competency")
    return {(entry.job_id, entry.competency_id): entry for entry in entries}
