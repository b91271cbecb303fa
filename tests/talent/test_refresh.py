"""Data past their time: what becomes stale when, who is asked to look again, once, and what closes by itself."""

import datetime
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.models import Fact, Job
from hrportal.journal.schedule import start_daily_jobs
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from talent.actions import ask_for_refresh, close_refreshed, endorse_plan
from talent.enums import Datum, SuccessorState
from talent.models import FlightRisk, RefreshTask, SuccessionPlan, Successor
from talent.overview.jobs import mind_freshness
from talent.staleness import stale_data
from tests.factories.people import EmployeeFactory, PositionFactory, make_user
from tests.factories.potential import PotentialAssessmentFactory
from tests.factories.retention import FlightRiskFactory
from tests.factories.talent import CalibratedRatingFactory, SuccessionPlanFactory, SuccessorFactory
from tests.talent.test_at_once import at_once

TODAY = datetime.date(2026, 3, 2)


def later(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


@pytest.fixture
def partner(company):
    return make_user(Role.HRBP, unit=company.unit, employee=EmployeeFactory())


@pytest.fixture
def of_today(company, partner):
    """One of each datum about one person, all of them of today, and a bench reviewed today."""
    FlightRiskFactory(employee=company.person, assessed_on=TODAY)
    PotentialAssessmentFactory(
        employee=company.person, as_of=TODAY, level=3.0, low=2.5, high=3.5, raters=2, state="closed"
    )
    CalibratedRatingFactory(profile__employee=company.person, period_ends_on=TODAY)
    plan = SuccessionPlanFactory(position=PositionFactory(org_unit=company.unit), reviewed_on=TODAY)
    SuccessorFactory(plan=plan, employee=company.person, assessed_on=TODAY, state=SuccessorState.APPROVED)
    return company.person


def kinds(tasks) -> list[str]:
    return sorted(task.kind for task in tasks)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "stale", "asked"),
    [
        (60, [], []),
        (61, [Datum.FLIGHT_RISK], [Datum.FLIGHT_RISK]),
        (95, [Datum.FLIGHT_RISK, Datum.SUCCESSION], [Datum.FLIGHT_RISK, Datum.SUCCESSION]),
        (
            200,
            [Datum.FLIGHT_RISK, Datum.POTENTIAL, Datum.SUCCESSION],
            [Datum.FLIGHT_RISK, Datum.POTENTIAL, Datum.SUCCESSION],
        ),
        (
            401,
            [Datum.FLIGHT_RISK, Datum.POTENTIAL, Datum.RATING, Datum.SUCCESSION],
            [Datum.FLIGHT_RISK, Datum.POTENTIAL, Datum.SUCCESSION],
        ),
    ],
)
def test_the_clock_makes_the_right_data_stale_and_asks_for_what_a_person_can_renew(of_today, days, stale, asked):
    found = stale_data([of_today.pk], later(days)).get(of_today.pk, [])

    tasks = ask_for_refresh(later(days))

    assert sorted(datum.kind for datum in found) == stale
    assert kinds(tasks) == asked
    assert all(task.data_from == TODAY for task in tasks)


@pytest.mark.django_db
def test_each_is_asked_for_once_and_closes_when_it_is_renewed(of_today, partner):
    first, again = ask_for_refresh(later(95)), ask_for_refresh(later(96))
    FlightRisk.objects.update(assessed_on=later(97))
    SuccessionPlan.objects.update(reviewed_on=later(97))
    Successor.objects.update(assessed_on=later(97))

    closed = close_refreshed(later(97))

    assert (len(first), len(again), closed) == (2, 0, 2)
    assert not RefreshTask.objects.open().exists()
    assert Fact.objects.filter(topic="talent.refresh_asked", person_id=None).count() == 2
    assert Fact.objects.filter(topic="talent.refresh_done").count() == 2
    assert kinds(ask_for_refresh(later(97 + 61))) == [Datum.FLIGHT_RISK]


@pytest.mark.django_db
def test_a_bench_endorsed_with_a_stale_readiness_stays_to_be_looked_at(of_today):
    ask_for_refresh(later(95))
    SuccessionPlan.objects.update(reviewed_on=later(95))

    closed = close_refreshed(later(95))

    assert closed == 0
    assert RefreshTask.objects.open().filter(kind=Datum.SUCCESSION).exists()


@pytest.mark.django_db
def test_nobody_is_asked_how_ready_the_holder_of_a_seat_is_for_it():
    plan = SuccessionPlanFactory(reviewed_on=timezone.localdate())
    long_ago = timezone.localdate() - datetime.timedelta(days=200)
    SuccessorFactory(plan=plan, employee=EmployeeFactory(position=plan.position), assessed_on=long_ago)

    ask_for_refresh(timezone.localdate())

    assert not RefreshTask.objects.filter(kind=Datum.SUCCESSION).exists()


@pytest.mark.django_db
def test_the_daily_job_tells_the_partner_once_without_saying_about_whom(of_today, partner, client):
    FlightRisk.objects.update(assessed_on=timezone.localdate() - datetime.timedelta(days=61))
    job = Job.objects.create(kind="talent.mind_freshness", title="Freshness")

    mind_freshness(job)
    mind_freshness(job)

    notice = Notice.objects.get(kind="talent.refresh_asked")
    client.force_login(partner)
    page = client.get(notice.url)
    assert notice.employee_id == partner.employee_id
    assert of_today.last_name not in str(notice.words)
    assert (page.status_code, of_today.name in page.content.decode()) == (200, True)


@pytest.mark.django_db
def test_any_number_of_clocks_start_the_daily_job_once():
    for _ in range(2):
        start_daily_jobs()

    assert Job.objects.filter(kind="talent.mind_freshness").count() <= 1


@pytest.mark.django_db
def test_nobody_is_asked_about_themselves_nor_sees_that_others_are(of_today, company, client):
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    FlightRiskFactory(employee=leader.employee, assessed_on=TODAY)

    ask_for_refresh(later(61))

    about = RefreshTask.objects.get(employee=leader.employee)
    assert about.owner_id != leader.employee_id
    assert not RefreshTask.objects.visible_to(leader).filter(pk=about.pk).exists()
    for viewer in ("self", "colleague", "manager", "head", "far_partner", "admin"):
        assert not RefreshTask.objects.visible_to(company.viewer(viewer)).exists(), viewer
    client.force_login(leader)
    assert leader.employee.name not in _main(client.get(reverse("talent:refresh_task_list")))


def _main(answer) -> str:
    """The page without its frame, in which everybody's own name stands."""
    return answer.content.decode().split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scopes", "seen"),
    [
        (["talent:read"], []),
        (["talent:read", "potential:read"], [Datum.POTENTIAL]),
        (["talent:read", "retention:read"], [Datum.FLIGHT_RISK]),
        (["talent:read", "succession:read"], [Datum.SUCCESSION]),
    ],
)
def test_a_client_reads_tasks_by_the_scope_of_each_datum(of_today, scopes, seen):
    ask_for_refresh(later(200))
    api = APIClient()
    api.force_authenticate(ClientPrincipal("test", frozenset(scopes)))

    rows = api.get("/api/v1/refresh-tasks/").json()["results"]

    assert [row["kind"] for row in rows] == seen


@pytest.mark.django_db
def test_the_list_costs_the_same_for_one_task_and_for_three(company, partner, client):
    client.force_login(partner)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("talent:refresh_task_list")).status_code == 200
        return len(queries)

    FlightRiskFactory(employee=company.person, assessed_on=TODAY)
    ask_for_refresh(later(61))
    cost()
    one = cost()
    for _ in range(2):
        FlightRiskFactory(employee=EmployeeFactory(org_unit=company.unit), assessed_on=TODAY)
        SuccessionPlanFactory(position=PositionFactory(org_unit=company.unit), reviewed_on=later(-95))
    ask_for_refresh(later(61))

    assert RefreshTask.objects.count() == 5
    assert cost() == one


@pytest.mark.services
def test_workers_that_ask_at_once_ask_once(committed_db):
    make_user(Role.HR_LEADER, employee=EmployeeFactory())
    for _ in range(12):
        FlightRiskFactory(assessed_on=TODAY)
        SuccessionPlanFactory(reviewed_on=later(-100))

    at_once(partial(ask_for_refresh, later(61)) for _ in range(8))

    assert RefreshTask.objects.count() == 24
    assert Fact.objects.filter(topic="talent.refresh_asked").count() == 24


@pytest.mark.services
def test_an_endorsement_that_meets_the_job_leaves_no_task_open(committed_db):
    plan = SuccessionPlanFactory(reviewed_on=timezone.localdate() - datetime.timedelta(days=100))
    today = timezone.localdate()

    at_once([partial(endorse_plan, plan, by=None), partial(ask_for_refresh, today), partial(ask_for_refresh, today)])
    close_refreshed(today)

    assert not RefreshTask.objects.open().exists()
