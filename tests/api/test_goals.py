"""Goals through the API: what a client can ask for and do, and what it is told when it cannot."""

import pytest

from hrportal.journal.jobs import run_due_jobs
from performance.models import CheckIn, Objective
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import (
    GoalPeriodFactory,
    GoalTemplateFactory,
    KeyResultFactory,
    ObjectiveFactory,
)

pytestmark = pytest.mark.django_db


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def test_a_client_walks_the_cascade_down_and_up(api):
    top = ObjectiveFactory(level="company", owner=None)
    middle = ObjectiveFactory(level="unit", owner=None, parent=top)
    leaf = ObjectiveFactory(parent=middle)
    ObjectiveFactory()

    assert ids(api().get(f"/api/v1/objectives/?below={top.pk}")) == [middle.pk, leaf.pk]
    assert api().get(f"/api/v1/objectives/{leaf.pk}/").json()["above"] == [top.pk, middle.pk]


def test_nobody_asks_below_a_goal_they_may_not_see(api):
    hidden = ObjectiveFactory()

    assert api(act_for=make_user()).get(f"/api/v1/objectives/?below={hidden.pk}").status_code == 400


def test_how_many_hidden_goals_contribute_is_not_told(api):
    shared = ObjectiveFactory(level="unit", owner=None, progress_from="children")
    KeyResultFactory(objective__parent=shared, current=40)

    row = api(act_for=make_user()).get(f"/api/v1/objectives/{shared.pk}/").json()

    assert (row["parts_count"], row["parts_measured"]) == (None, None)


def test_stale_goals_are_asked_for_by_name(api):
    stale = ObjectiveFactory(starts_on="2026-01-01", created_at="2026-01-01T08:00Z", owner=EmployeeFactory())
    KeyResultFactory(objective__created_at="2099-01-01T08:00Z")

    assert ids(api().get("/api/v1/objectives/?is_stale=true")) == [stale.pk]


def test_a_client_changes_a_goal_and_its_key_results(api):
    result = KeyResultFactory()
    body = {"title": "Renamed", "key_results": [{"id": result.pk, "target": "50"}, {"title": "More", "target": "9"}]}

    answer = api().patch(f"/api/v1/objectives/{result.objective_id}/", body)

    assert answer.status_code == 200, answer.content
    assert [(row["title"], row["target"]) for row in answer.json()["key_results"]] == [
        (result.title, "50.00"),
        ("More", "9.00"),
    ]


def test_a_late_measurement_keeps_the_latest_day(api):
    result = KeyResultFactory()
    url = f"/api/v1/objectives/{result.objective_id}/check-ins/"

    for value, day in [("30", "2026-06-01"), ("90", "2026-03-01")]:
        assert api().post(url, {"key_result": result.pk, "value": value, "measured_on": day}).status_code == 201

    result.refresh_from_db()
    assert result.current == 30


def test_what_is_in_a_closed_period_answers_conflict(api):
    result = KeyResultFactory(objective__period=GoalPeriodFactory(closed_at="2026-06-30T00:00Z"))

    answer = api().post(f"/api/v1/objectives/{result.objective_id}/check-ins/", {"key_result": result.pk, "value": "1"})

    assert answer.status_code == 409
    assert not CheckIn.objects.exists()


def test_a_client_sets_one_goal_for_a_unit(api):
    unit, template = OrgUnitFactory(), GoalTemplateFactory()
    EmployeeFactory.create_batch(2, org_unit=unit)
    EmployeeFactory()
    body = {"org_unit": unit.pk, "starts_on": "2026-01-01", "due_on": "2026-12-31"}

    reach = api().post(f"/api/v1/goal-templates/{template.pk}/reach/", body)
    answer = api().post(f"/api/v1/goal-templates/{template.pk}/assign/", body)
    run_due_jobs()

    assert reach.json() == {"people": 2}
    assert answer.status_code == 202, answer.content
    assert Objective.objects.filter(assignment__template=template).count() == 2


def test_a_goal_is_carried_over_once(api):
    goal, period = ObjectiveFactory(), GoalPeriodFactory()
    url, body = f"/api/v1/objectives/{goal.pk}/carry-over/", {"period": period.pk}

    first, second = api().post(url, body), api().post(url, body)

    assert (first.status_code, first.json()["carried_from"]) == (201, goal.pk)
    assert first.json()["id"] == second.json()["id"]


def test_reading_goals_is_not_enough_to_set_them(api):
    goal = KeyResultFactory().objective

    answer = api("goals:read").patch(f"/api/v1/objectives/{goal.pk}/", {"title": "Mine"})

    goal.refresh_from_db()
    assert answer.status_code == 403
    assert goal.title != "Mine"
