"""One person's story, told to the other side in every order and at every moment, each fact twice: it ends the same."""

import datetime
import itertools
import random

import pytest
from django.db import transaction
from django.db.models import Q

from calibration.actions import decide_reopened, fill_session, lock_session, open_session
from calibration.actions.completion import complete_session
from calibration.bridge.sources import source_of
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact
from hrportal.people.models import Competency
from performance.actions import reopen_review, share_reviews, withdraw_review
from performance.models import GoalProposal, Review
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, SkillAssessment
from tests.calibration.test_signals import decide_again, give_levels, hand_over, job_that_asks
from tests.factories.calibration import SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory
from tests.factories.performance import ReviewCycleFactory, rating_of

pytestmark = pytest.mark.django_db

TOPICS = ("performance.review_completed", "performance.review_shared", "performance.review_withdrawn")


class Person:
    """Somebody in a job that asks for more: three competencies, of which the last is asked for today only."""

    def __init__(self):
        self.job, self.competencies = job_that_asks((3, 4), (4, 5), (2, None))
        for competency, name in zip(self.competencies, ("First", "Second", "Third"), strict=True):
            Competency.objects.filter(pk=competency.pk).update(name=name)
        self.employee = EmployeeFactory(job=self.job, manager=EmployeeFactory())

    def completed(self, year, levels, *, value=3, shares=True):
        """A calibrated review of a year, completed."""
        days = {"starts_on": datetime.date(year, 1, 1), "ends_on": datetime.date(year, 12, 31)}
        cycle = ReviewCycleFactory(shares_on_completion=shares, **days)
        review = submitted_review(cycle, value, employee=self.employee)
        self.give(review, levels)
        session = SessionFactory(cycle=cycle)
        fill_session(session, by=None)
        complete_session(lock_session(open_session(session, by=None), by=None), by=None)
        run_due_jobs()
        return Review.objects.get(pk=review.pk)

    def give(self, review, levels):
        give_levels(review, dict(zip(self.competencies, levels, strict=True)), self.job)

    def corrected(self, review, levels, needs=()):
        self.give(review, levels)
        decide_again(Review.objects.get(pk=review.pk), 4, needs)

    def withdrawn(self, review):
        reopen_review(Review.objects.get(pk=review.pk), by=None, reason="The wrong person")
        withdraw_review(Review.objects.get(pk=review.pk), by=None, reason="The wrong person")


def corrected():
    """Completed and shared, reopened, completed and shared again with other levels."""
    person = Person()
    review = person.completed(2025, [2, 2, 2])
    yield
    person.corrected(review, [2, None, 1])
    yield


def corrected_in_what_it_names():
    """Completed without a need, reopened and completed with one."""
    person = Person()
    review = person.completed(2025, [2, 5, 5])
    yield
    person.corrected(review, [3, 4, 5], needs=["Writing"])
    yield


def shared_late_and_withdrawn():
    person = Person()
    review = person.completed(2025, [2, 2, 2], shares=False)
    yield
    share_reviews([review.pk], by=None)
    yield
    person.withdrawn(review)
    yield


def older_after_newer():
    """The newer review comes first and says less; the older one is shared in between."""
    person = Person()
    person.completed(2026, [4, None, 2])
    yield
    older = person.completed(2025, [2, 3, 1], shares=False)
    yield
    share_reviews([older.pk], by=None)
    yield


def newer_withdrawn():
    """What a newer review said is taken back: the older one counts again."""
    person = Person()
    person.completed(2025, [2, 3, 1], shares=False)
    yield
    newer = person.completed(2026, [4, 2, 2], shares=False)
    yield
    person.withdrawn(newer)
    yield


def restored():
    """Reopened and withdrawn, taken back in and completed: what is said last counts."""
    person = Person()
    review = person.completed(2025, [2, 2, 2], shares=False)
    yield
    person.withdrawn(review)
    yield
    Review.objects.filter(pk=review.pk).update(state="submitted", proposed_rating=rating_of(review.cycle, 5))
    person.give(review, [3, 3, 3])
    review.refresh_from_db()
    decide_reopened(review, by=None, rating=rating_of(review.cycle, 5), rationale="It was the right person")
    yield


STORIES = [
    corrected,
    corrected_in_what_it_names,
    shared_late_and_withdrawn,
    older_after_newer,
    newer_withdrawn,
    restored,
]


def facts_so_far():
    return list(Fact.objects.filter(topic__in=TOPICS).order_by("pk"))


def what_counts():
    """What stands on the other side; of what was replaced on the way there may be more or less. Reviews and competencies
    are named by the order they were made in, so that two tellings of a story can be compared."""
    shared = Q(shared_at__isnull=False)
    reviews = {
        source_of(pk): place for place, pk in enumerate(Review.objects.order_by("pk").values_list("pk", flat=True))
    }
    known = [None, *Competency.objects.order_by("pk").values_list("pk", flat=True)]
    skills, proposals = SkillAssessment.objects.standing(), GoalProposal.objects.open()
    return {
        "ratings": sorted((reviews[row.source], row.value) for row in CalibratedRating.objects.current()),
        "skills": sorted(
            (reviews[row.source], known.index(row.competency_id), row.level, str(row.assessed_on), str(row.valid_to))
            for row in skills
        ),
        "proposals": sorted(
            (reviews[row.source], known.index(row.competency_id), row.level_now, row.level_wanted) for row in proposals
        ),
        "items": sorted((row.title, row.target_level or 0) for row in PlanItem.objects.filter(state="open")),
        "shown": [rows.filter(shared).count() for rows in (skills, proposals, PlanItem.objects.filter(state="open"))],
    }


def told(story, choose_early):
    """Live through a story; after each of its chapters but the last, deliver what `choose_early` picks of the facts so far."""
    chapters = story()
    next(chapters)
    while True:
        so_far = facts_so_far()
        try:
            early = choose_early(so_far)
            hand_over(early, size=1)
            next(chapters)
        except StopIteration:
            return facts_so_far()


def endings(facts):
    """What counts after the facts in every order, each delivered twice: in turn alone, and several together."""
    for turn, order in enumerate(itertools.permutations(facts)):
        moment = transaction.savepoint()
        if turn % 2:
            hand_over([*order, *order], size=3)
        else:
            hand_over([fact for fact in order for _ in range(2)], size=1)
        yield what_counts()
        transaction.savepoint_rollback(moment)


@pytest.mark.parametrize("story", STORIES)
def test_every_order_of_a_persons_facts_ends_the_same(story):
    """First everything happens and nothing is delivered; then every order of the facts, each twice."""
    facts = told(story, lambda so_far: [])
    assert 2 <= len(facts) <= 4

    found = list(endings(facts))

    assert all(ending == found[0] for ending in found)
    assert found[0]["skills"] or story is shared_late_and_withdrawn


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("story", STORIES)
def test_it_ends_the_same_whenever_each_fact_is_first_delivered(story, seed):
    """Some facts are delivered as things happen, some only afterwards: what counts is what would count anyhow."""
    luck = random.Random(seed)

    def some(so_far):
        return luck.choices(so_far, k=luck.randint(0, len(so_far)))

    moment = transaction.savepoint()
    hand_over(told(story, lambda so_far: []))
    expected = what_counts()
    transaction.savepoint_rollback(moment)

    facts = told(story, some)
    luck.shuffle(facts)
    hand_over(facts + facts, luck.randint(1, 4))

    assert what_counts() == expected
    assert DevelopmentPlan.objects.count() <= 1
