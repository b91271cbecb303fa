"""Ids of goals over the API: only of goals that the reader may see, and as many queries for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from hrportal.common.paths import encode
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import FeedbackRequestFactory, GoalAssignmentFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db
SCOPES = frozenset({"goals:read", "reviews:read"})


def api(principal):
    client = APIClient()
    client.force_authenticate(principal)
    return client


def goal_under(*above, **fields):
    goal = ObjectiveFactory(parent=above[-1], **fields)
    goal.path = "".join(encode(one.pk) for one in (*above, goal))
    goal.save()
    return goal


@pytest.fixture
def report():
    return make_user("employee", employee=EmployeeFactory(manager=EmployeeFactory()))


@pytest.fixture
def goals(report):
    """A unit's goal, the manager's own below it, and the report's below that."""
    top = ObjectiveFactory(level="company", owner=None)
    theirs = goal_under(top, owner=report.employee.manager)
    return top, theirs, goal_under(top, theirs, owner=report.employee)


def test_a_goal_does_not_name_those_above_it_that_its_reader_may_not_see(report, goals):
    top, theirs, own = goals
    url = f"/api/v1/objectives/{own.pk}/"

    seen_by_owner = api(ActingPrincipal("bi", SCOPES, report)).get(url).json()
    seen_by_client = api(ClientPrincipal("bi", SCOPES)).get(url).json()

    assert (seen_by_owner["parent"], seen_by_owner["above"]) == (None, [top.pk])
    assert (seen_by_client["parent"], seen_by_client["above"]) == (theirs.pk, [top.pk, theirs.pk])


def test_a_question_does_not_name_a_goal_that_whoever_is_asked_may_not_see(report, goals):
    asked = make_user("employee")
    FeedbackRequestFactory(asker=report.employee, about=report.employee, asked=asked.employee, objective=goals[2])

    def named(user):
        return api(ActingPrincipal("bi", SCOPES, user)).get("/api/v1/feedback-requests/").json()["results"][0]

    assert named(asked)["objective"] is None
    assert named(report)["objective"] == goals[2].pk


def test_an_assignment_does_not_name_a_goal_that_its_reader_may_not_see(goals):
    manager = make_user("manager")
    GoalAssignmentFactory(assigned_by=manager.employee, parent=goals[1])

    answer = api(ActingPrincipal("bi", SCOPES, manager)).get("/api/v1/goal-assignments/").json()

    assert answer["results"][0]["parent"] is None


def test_the_list_asks_the_same_for_one_and_three(report, goals):
    def queries():
        client = api(ActingPrincipal("bi", SCOPES, report))
        with CaptureQueriesContext(connection) as asked:
            client.get("/api/v1/objectives/")
        return len(asked)

    queries()
    before = queries()
    for _ in range(2):
        goal_under(*goals[:2], owner=report.employee)
    assert queries() == before
