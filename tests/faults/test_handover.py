"""The hand-over loses nothing and doubles nothing, whatever is killed while it runs, and recovers without help."""

import random
import time
from collections.abc import Callable, Iterator

import pytest
from django.db import DatabaseError, InterfaceError, connection

from calibration.actions import complete_session
from hrportal.common.actions import ActionError
from hrportal.journal.enums import JobState
from hrportal.journal.models import Delivery, Job
from performance.models import GoalProposal, Review
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, SkillAssessment
from tests.faults.company import LEVELS, calibrated_reviews, complete_one_by_one, in_sessions
from tests.support.processes import Process, wait_until

pytestmark = pytest.mark.services

REVIEWS = 200
KILLS = 9
SESSIONS = 20


def nothing_is_left_to_do() -> bool:
    return Delivery.objects.exists() and not Delivery.objects.exclude(state="done").exists()


@pytest.mark.long
def test_killing_the_worker_and_stopping_redis_in_the_middle_costs_nothing(portal, redis_server):
    worker = portal.start_worker(supervised=True)
    portal.start_beat(supervised=True)
    reviews = calibrated_reviews(REVIEWS)
    faults: dict[int, Callable[[], object]] = {
        40: worker.kill,
        80: redis_server.stop,
        120: worker.kill,
        160: redis_server.start,
    }

    for start in range(0, REVIEWS, 20):
        complete_one_by_one(reviews[start : start + 20])
        if fault := faults.get(start + 20):
            fault()

    wait_until(nothing_is_left_to_do, seconds=120, what="all deliveries")
    assert worker.starts >= 3
    assert_each_person_has_everything_once(REVIEWS)
    assert "0 problems" in portal.manage("verify_journal")


def test_what_happens_while_no_worker_runs_is_worked_off_by_the_next_one(portal, redis_server):
    reviews = calibrated_reviews(20)
    redis_server.stop()
    complete_one_by_one(reviews)
    redis_server.start()

    portal.start_worker(supervised=True)

    wait_until(nothing_is_left_to_do, seconds=60, what="all deliveries")
    assert_each_person_has_everything_once(20)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("reviews", "kills"), [(60, 2), pytest.param(2000, KILLS, marks=pytest.mark.long)], ids=["small", "full size"]
)
def test_whatever_is_killed_while_sessions_are_completed_each_effect_is_there_once(
    portal, redis_server, postgres, reviews, kills
):
    """Nobody helps: no job is started again and no delivery retried by hand."""
    luck = random.Random(reviews)
    portal.environment["JOB_LEASE_SECONDS"] = "5"  # how long a job rests after its worker was killed
    sessions = in_sessions(calibrated_reviews(reviews), size=reviews // SESSIONS)
    worker = portal.start_worker(supervised=True)
    portal.start_beat(supervised=True)
    faults = mixed(luck, worker, redis_server, postgres, kills=kills)

    for session in sessions:
        before = insist(done_so_far)
        insist(lambda session=session: start_completing(session))
        if fault := next(faults, None):
            wait_until(lambda before=before: insist(done_so_far) > before, seconds=120, what="work that can be hurt")
            time.sleep(luck.uniform(0, 0.5))
            fault()
    assert next(faults, None) is None
    wait_until(lambda: insist(everything_is_done), seconds=600, what="all jobs and deliveries")

    assert worker.starts > kills
    assert set(Job.objects.filter(kind="calibration.complete_session").values_list("state", flat=True)) == {"done"}
    assert_each_person_has_everything_once(reviews)
    assert f"{reviews} of {reviews} completed reviews compared, no differences" in portal.manage("reconcile_handover")
    assert "0 problems" in portal.manage("verify_journal")


def mixed(
    luck: random.Random, worker: Process, redis_server, postgres, *, kills: int
) -> Iterator[Callable[[], object]]:
    """What befalls the portal, in any order: the worker is killed so often, Redis is stopped and killed for a while and
    emptied, PostgreSQL is restarted."""

    def away(end: Callable[[], object]) -> Callable[[], object]:
        def leave_and_return() -> None:
            end()
            time.sleep(luck.uniform(1, 4))
            redis_server.start()

        return leave_and_return

    others = [away(redis_server.stop), away(redis_server.kill), redis_server.flush, postgres.restart]
    faults = [worker.kill] * kills + others
    luck.shuffle(faults)
    return iter(faults)


def insist(act: Callable[[], object], seconds: float = 60) -> object:
    """Do it, again if the database was away: as people do who get an error and click once more."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (DatabaseError, InterfaceError):
            connection.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def start_completing(session) -> None:
    try:
        complete_session(session, by=None)
    except ActionError:  # the click before went through after all, and its work is done
        assert not session.decisions.to_complete().exists()


def done_so_far() -> int:
    """How much work has been done, so that a fault comes while more of it is."""
    return Review.objects.finished().count() + Delivery.objects.filter(state="done").count()


def everything_is_done() -> bool:
    jobs_left = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists()
    return not jobs_left and nothing_is_left_to_do()


def assert_each_person_has_everything_once(people: int) -> None:
    ratings = CalibratedRating.objects.values_list("profile__employee_id", flat=True)
    plans = DevelopmentPlan.objects.values_list("employee_id", flat=True)
    items = PlanItem.objects.values_list("plan__employee_id", flat=True)
    skills = SkillAssessment.objects.values_list("profile__employee_id", "competency_id")
    proposals = GoalProposal.objects.values_list("employee_id", flat=True)
    for rows, each in ((ratings, 1), (plans, 1), (items, 1), (skills, len(LEVELS)), (proposals, 1)):
        assert (len(rows), len(set(rows))) == (people * each, people * each)
    for model in (PlanItem, SkillAssessment, GoalProposal):
        assert not model.objects.filter(shared_at=None).exists()
