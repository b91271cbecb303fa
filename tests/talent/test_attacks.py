"""Doors through which somebody could learn of themselves, or of whom they may not see; each was tried."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from hrportal.journal.models import Fact, Job
from hrportal.journal.recording import record
from hrportal.people.enums import Role
from talent import actions
from talent.enums import PoolMemberState
from talent.events import succession as succession_events
from talent.models import MemberDecision, PoolMember, ReviewSeat, ReviewTask
from talent.talent_reviews.lists import TASKS
from talent.talent_reviews.minutes import minutes_of
from tests.api.conftest import api  # noqa: F401
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.potential import PoolMemberFactory
from tests.factories.retention import FlightRiskFactory
from tests.factories.rewards import PayRangeFactory, PayRecordFactory
from tests.factories.talent import CalibratedRatingFactory, SuccessionPlanFactory, SuccessorFactory
from tests.factories.talent_reviews import ReviewMemberFactory, ReviewTaskFactory
from tests.talent.test_rewards import computed, rated
from tests.talent.vacancy_rows import a_fill, a_vacancy

pytestmark = pytest.mark.django_db


def test_the_number_a_merit_job_tells_leaves_out_whoever_asked(deliver_events):
    job, leader = PayRangeFactory().job, make_user(Role.HR_LEADER, employee=EmployeeFactory())
    rated(job)
    leader.employee.job = job
    leader.employee.save()
    CalibratedRatingFactory(profile__employee=leader.employee, value=4)
    PayRecordFactory(employee=leader.employee)

    cycle = computed(leader, deliver_events)

    assert cycle.recommendations.filter(left_out="").count() == 2
    assert Job.objects.get(kind="talent.recommend_merit").result == {"recommended": 1}


@pytest.mark.parametrize("state", ["nominated", "approved"])
def test_a_leader_does_not_learn_of_their_nomination_by_retiring_the_pool(state):
    leader, other = make_user(Role.HR_LEADER), make_user(Role.HR_LEADER)
    member = PoolMemberFactory(employee=leader.employee, state=state)

    pool = actions.retire_pool(member.pool, by=leader)

    assert not pool.is_active
    if state == "nominated":
        actions.approve_nomination(member, by=other, reason="Still")
    actions.publish_pool(pool, by=other)
    assert PoolMember.objects.get().state == PoolMemberState.MEMBER


def test_the_audit_trail_is_silent_about_a_bench_the_reader_stands_on(client):
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    plan = SuccessionPlanFactory()
    SuccessorFactory(plan=plan, employee=leader.employee)
    beside, seen = SuccessorFactory(plan=plan), SuccessorFactory()
    for successor in (beside, seen):
        succession_events.successor_nominated(successor, by=None)
        succession_events.succession_plan_endorsed(successor.plan, by=None)
        record("talent.vacancy_opened", a_vacancy(successor.plan), by=None, data={"plan": successor.plan_id})
    record("talent.vacancy_opened", a_vacancy(), by=None, data={"plan": None})
    client.force_login(leader)

    facts = [row["fact"] for row in client.get(reverse("home:fact_list")).context["facts"]]

    told = [fact for fact in facts if fact.topic.startswith("talent.")]
    assert sorted(fact.topic for fact in told) == [
        "talent.succession_plan_endorsed",
        "talent.successor_nominated",
        "talent.vacancy_opened",
        "talent.vacancy_opened",
    ]
    assert {fact.person_id for fact in told if fact.topic == "talent.successor_nominated"} == {seen.employee_id}


def test_the_change_feed_tells_no_client_of_a_private_bench(api, deliver_events):  # noqa: F811
    private = SuccessorFactory(plan=SuccessionPlanFactory(is_private=True))
    for successor in (private, SuccessorFactory()):
        succession_events.successor_nominated(successor, by=None)
        succession_events.succession_plan_endorsed(successor.plan, by=None)
        record("talent.vacancy_opened", a_vacancy(successor.plan), by=None, data={"plan": successor.plan_id})
    record("talent.vacancy_opened", a_vacancy(), by=None, data={"plan": None})
    deliver_events()
    assert Fact.objects.filter(topic__startswith="talent.").count() == 7

    rows = api("succession:read").get("/api/v1/changes/").json()["results"]

    assert len(rows) == 4
    assert private.employee_id not in {row["employee"] for row in rows}


def test_that_a_decision_rested_on_an_old_risk_is_told_to_readers_of_risks_alone(api, company):  # noqa: F811
    old = [{"kind": "flight_risk", "on": "2020-01-01"}]
    FlightRiskFactory(employee=company.person)
    vacancy = a_fill(by=company.person, rested_on_stale=old)
    member = ReviewMemberFactory(employee=company.person, review__state="open")
    seated = make_user(employee=EmployeeFactory())
    ReviewSeat.objects.create(review=member.review, employee=seated.employee)
    decision = MemberDecision.objects.create(
        member=member, kind="retention", what="Keep", reason="Key", rested_on_stale=old
    )
    ReviewTask.objects.create(decision=decision, title="Talk", owner=company.boss, due_on="2030-01-01")
    members = f"/api/v1/talent-reviews/{member.review_id}/members/"

    blind, seeing = api("succession:read"), api("succession:read", "retention:read")
    told = [caller.get(f"/api/v1/vacancies/{vacancy.pk}/").json()["rested_on_stale"] for caller in (blind, seeing)]
    assert told == [[], old]

    for reader, known in ((seated, []), (make_user(Role.HR_LEADER, employee=EmployeeFactory()), old)):
        shown = api(act_for=reader).get(members).json()["results"][0]["decisions"][0]["rested_on_stale"]
        assert shown == known
        lines = minutes_of(member.review, reader).lines
        assert [datum.stored for _decision, stale in lines[0].decisions for datum in stale] == known


def test_an_owner_cannot_try_out_of_which_review_a_task_came():
    owner = make_user(employee=EmployeeFactory())
    task = ReviewTaskFactory(owner=owner.employee)
    review = task.decision.member.review_id

    assert list(TASKS.rows(owner, QueryDict())) == [task]
    assert list(TASKS.rows(owner, QueryDict(f"review={review}"))) == []
    assert list(TASKS.rows(make_user(Role.HR_LEADER), QueryDict(f"review={review}"))) == [task]
