"""Proposing what the strategy asks beyond the newest level that finished reviews gave: to some people, as things stand now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calibration.bridge.gaps import Gap, gaps_ahead, levels_of, wanted_by
from calibration.bridge.sources import source_of
from hrportal.people.models import Employee, Job, RoleProfileEntry
from performance.actions.goal_proposals import DECIDED, ProposalSeed, propose_goals
from performance.enums import FINISHED, ProposalState, ReviewState
from performance.models import GoalProposal, Review

NO_JOB_PROFILE = "no_profile"
NO_LEVEL = "no_level"
NO_GAP = "no_gap"
ALREADY = "already"
IS_DECIDED = "decided"
WHY_NOT: dict[str, Promise | str] = {
    NO_JOB_PROFILE: _("Their job does not say what it will ask for"),
    NO_LEVEL: _("No finished review gave a level, and what is not known is no gap"),
    NO_GAP: _("They have all that will be asked, as far as reviews say"),
    ALREADY: _("All of it is proposed to them already"),
    IS_DECIDED: _("All of it was accepted or dismissed already"),
}


# Up to here a preview is worked out while its reader waits.
MOST_PREVIEWED = 2000


@dataclass
class Preview:
    """What proposing now would do: for how many people and competencies, and who is left out for which reason."""

    people: int = 0
    proposals: int = 0
    hidden: int = 0
    competencies: dict[int, int] = field(default_factory=dict)
    left_out: dict[str, list[int]] = field(default_factory=dict)


def is_family(name: str) -> bool:
    """Whether there is a job of this family."""
    return Job.objects.of_family(name).exists()


def family_people(family: str, user: Any) -> QuerySet[Employee]:
    """Those of a family of jobs for whom this user works as HR, and who work here."""
    viewer = user.viewer
    looked_after = viewer.client_rows("") if viewer.is_client else viewer.hr("")
    return Employee.objects.employed().filter(looked_after, job__in=Job.objects.of_family(family))


def propose_to(people: Collection[int], *, by: Any = None) -> int:
    """Let what is proposed to these people follow from all their finished reviews; how many proposals are new.

    It is worked out anew whenever it is asked for, so that nothing depends on which review came first, and the same again
    changes nothing. Reviews are locked in the order of their ids.
    """
    of_people = Review.objects.filter(Q(state__in=FINISHED) | Q(revision__gt=1), employee__in=people).order_by("pk")
    locked = of_people.select_related("employee", "cycle").select_for_update(of=("self",))
    reviews = list(locked)
    gaps = gaps_ahead([review for review in reviews if review.is_finished])
    gone = {source_of(review.pk) for review in reviews if review.state == ReviewState.WITHDRAWN}
    settled = {source_of(review.pk) for review in reviews if review.is_finished}
    reopened = {source_of(review.pk) for review in reviews} - gone - settled
    return propose_goals([seed_of(gap) for gap in gaps], people=people, unsettled=reopened, gone=gone, by=by)


def seed_of(gap: Gap) -> ProposalSeed:
    """A gap as performance takes it. It says nothing but the level the review gave and the level the job will ask for."""
    review = gap.review
    return ProposalSeed(
        employee_id=review.employee_id,
        competency_id=gap.competency.pk,
        level_now=gap.level,
        level_wanted=gap.wanted,
        wanted_by=wanted_by(review),
        source=source_of(review.pk),
        source_version=review.revision,
        period_ends_on=review.cycle.ends_on,
        shared_at=review.shared_at,
    )


def preview_of(people: QuerySet[Employee]) -> Preview:
    """What proposing to these people would bring; a handful of queries, however many they are."""
    jobs = dict(people.order_by().values_list("pk", "job"))
    finished = Review.objects.filter(employee__in=list(jobs), state__in=FINISHED).select_related("employee", "cycle")
    reviews = list(finished.order_by("pk"))
    gaps: dict[int, list[Gap]] = {}
    for gap in gaps_ahead(reviews):
        gaps.setdefault(gap.review.employee_id, []).append(gap)
    levels = levels_of(reviews)
    known = {review.employee_id for review in reviews if levels.get(review.pk)}
    profiled = set(RoleProfileEntry.objects.filter(level_in_24_months__isnull=False).values_list("job", flat=True))
    states = _states(jobs)
    preview = Preview()
    for person in sorted(jobs):
        new = [gap for gap in gaps.get(person, []) if _is_new(gap, states)]
        if new:
            _count(preview, new)
        else:
            why = _why_not(person, jobs[person] in profiled, known, gaps, states)
            preview.left_out.setdefault(why, []).append(person)
    return preview


States = Mapping[tuple[int, int], list[GoalProposal]]


def _states(people: Collection[int]) -> States:
    """What was proposed to these people before, by person and competency."""
    found: dict[tuple[int, int], list[GoalProposal]] = {}
    for row in GoalProposal.objects.filter(employee__in=list(people)).order_by("pk"):
        found.setdefault((row.employee_id, row.competency_id), []).append(row)
    return found


def _is_new(gap: Gap, states: States) -> bool:
    return _state(gap, states) is None


def _state(gap: Gap, states: States) -> str | None:
    """How it stands: proposed already, decided already, or None where it would be new. As `propose_goals` judges it."""
    source = source_of(gap.review.pk)
    for row in states.get((gap.review.employee_id, gap.competency.pk), []):
        is_same = row.source == source
        if row.state in DECIDED and (is_same or row.period_ends_on > gap.review.cycle.ends_on):
            return IS_DECIDED
        if row.state == ProposalState.PROPOSED and is_same and row.source_version == gap.review.revision:
            return ALREADY
    return None


def _count(preview: Preview, gaps: list[Gap]) -> None:
    preview.people += 1
    preview.proposals += len(gaps)
    preview.hidden += any(gap.review.shared_at is None for gap in gaps)
    for gap in gaps:
        preview.competencies[gap.competency.pk] = preview.competencies.get(gap.competency.pk, 0) + 1


def _why_not(
    person: int, has_profile: bool, known: Collection[int], gaps: Mapping[int, list[Gap]], states: States
) -> str:
    if not has_profile:
        return NO_JOB_PROFILE
    if person not in known:
        return NO_LEVEL
    if person not in gaps:
        return NO_GAP
    found = {_state(gap, states) for gap in gaps[person]}
    return ALREADY if ALREADY in found else IS_DECIDED
