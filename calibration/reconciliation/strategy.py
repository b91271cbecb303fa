"""Development goals that the strategy proposes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from calibration.bridge.sources import SOURCE, review_id_of, source_of
from calibration.enums import HandOverKind, Mismatch
from calibration.reconciliation.versioned import Effect, Judgements, mismatch_shown
from hrportal.people.models import RoleProfileEntry
from performance.enums import FINISHED, ProposalState, ReviewState, Side
from performance.models import CompetencyRating, GoalProposal, Review

Topic = tuple[int, int]  # a person and a competency
ENDED = (ProposalState.SUPERSEDED, ProposalState.WITHDRAWN)


@dataclass(frozen=True)
class Level:
    """The newest level a completed review gave somebody in a competency."""

    review_id: int
    level: int
    period_ends_on: date
    wanted: int | None  # by the job it was written about, while the person still has that job

    @property
    def is_gap(self) -> bool:
        return self.wanted is not None and self.level < self.wanted


class Strategy(Effect):
    """Where the newest completed review found less than the job will ask for, a goal is proposed or was decided about.

    What the strategy asks for may change, and people change jobs: so what is too much is only what no review bears out.
    """

    kind = HandOverKind.STRATEGY
    carriers = (HandOverKind.STRATEGY,)

    def judge(self, reviews: Sequence[Review]) -> Judgements:
        people = {review.employee_id for review in reviews}
        levels, proposals = _newest_levels(people), _proposals(people)
        wanted: dict[int, dict[Topic, Level]] = defaultdict(dict)
        for topic, level in levels.items():
            if level.is_gap:
                wanted[level.review_id][topic] = level
        own: dict[tuple[int, str], list[GoalProposal]] = defaultdict(list)
        by_topic: dict[Topic, list[GoalProposal]] = defaultdict(list)
        for row in proposals:
            own[row.employee_id, row.source].append(row)
            by_topic[row.employee_id, row.competency_id].append(row)
        return {
            review.pk: _missing(review, wanted[review.pk], by_topic) or _unfounded(review, open_rows, levels)
            for review in reviews
            if (open_rows := [row for row in own[review.employee_id, source_of(review.pk)] if row.is_open])
            or wanted.get(review.pk)
        }

    def rows(self) -> QuerySet:
        rows = GoalProposal.objects.open().filter(source__startswith=SOURCE)
        return rows.values_list("pk", "source", "employee")


def _newest_levels(people: Iterable[int]) -> Mapping[Topic, Level]:
    given = CompetencyRating.objects.filter(
        part__side=Side.MANAGER,
        part__review__employee__in=people,
        part__review__state__in=FINISHED,
        level__isnull=False,
    )
    rows = given.order_by("part__review__cycle__ends_on", "part__review").values_list(
        "part__review__employee",
        "competency",
        "part__review",
        "level",
        "part__review__cycle__ends_on",
        "part__review__job",
        "part__review__employee__job",
    )
    newest = {(row[0], row[1]): row[2:] for row in rows}
    asked = _asked({job for *_, job, _now in newest.values() if job})
    return {
        (person, competency): Level(
            review, level, ends_on, asked.get((job, competency)) if job_now in (job, None) else None
        )
        for (person, competency), (review, level, ends_on, job, job_now) in newest.items()
    }


def _asked(jobs: Iterable[int]) -> Mapping[tuple[int, int], int | None]:
    entries = RoleProfileEntry.objects.filter(job__in=jobs)
    return {
        (job, competency): level
        for job, competency, level in entries.values_list("job", "competency", "level_in_24_months")
    }


def _proposals(people: Iterable[int]) -> list[GoalProposal]:
    """All that was ever proposed to these people."""
    return list(GoalProposal.objects.filter(employee__in=people, source__startswith=SOURCE).order_by("pk"))


def _missing(
    review: Review, wanted: Mapping[Topic, Level], proposals: Mapping[Topic, Sequence[GoalProposal]]
) -> Mismatch | None:
    """A gap about which nothing is open and nobody has decided, on this review's word or a newer one's."""
    for topic, level in wanted.items():
        counting = [row for row in proposals.get(topic, ()) if row.state not in ENDED]
        if not any(
            review_id_of(row.source) == review.pk or row.period_ends_on >= level.period_ends_on for row in counting
        ):
            return Mismatch.NOT_THERE
    return None


def _unfounded(review: Review, open_rows: Sequence[GoalProposal], levels: Mapping[Topic, Level]) -> Mismatch | None:
    """Whether an open proposal is not borne out by its review as it is now."""
    if review.state == ReviewState.WITHDRAWN and open_rows:
        return Mismatch.WITHDRAWN
    if not review.is_finished:
        return None if all(row.source_version < review.revision for row in open_rows) else Mismatch.UNFOUNDED
    return _outdated(review, open_rows, levels) or mismatch_shown(review, [bool(row.shared_at) for row in open_rows])


def _outdated(review: Review, rows: Iterable[GoalProposal], levels: Mapping[Topic, Level]) -> Mismatch | None:
    for row in rows:
        newest = levels.get((row.employee_id, row.competency_id))
        if newest is None or newest.review_id != review.pk:
            return Mismatch.UNFOUNDED
        if row.source_version != review.revision:
            return Mismatch.OTHER_VERSION
        if row.level_now != newest.level:
            return Mismatch.OTHER_VALUE
    return None
