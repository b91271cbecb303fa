"""The whole story over the API alone: from a cycle to a talent profile, a development plan and a bench."""

import pytest

from hrportal.people.enums import Role
from tests.factories.people import EmployeeFactory, OrgUnitFactory, PositionFactory, make_user
from tests.factories.performance import RatingScaleFactory, ReviewTemplateFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def done(answer, status=200):
    assert answer.status_code == status, answer.content
    return answer.json()


def only(answer):
    rows = done(answer)["results"]
    assert len(rows) == 1
    return rows[0]


@pytest.fixture
def people():
    """An HR leader, a manager and the one who reports to the manager, all with accounts."""
    unit = OrgUnitFactory()
    manager = EmployeeFactory(org_unit=unit)
    employee = EmployeeFactory(org_unit=unit, manager=manager)
    return make_user(Role.HR_LEADER), make_user(employee=manager), make_user(employee=employee)


def test_from_cycle_to_bench(api, people, deliver_events):
    hr, manager, employee = (api(act_for=user) for user in people)
    person, unit = people[2].employee, people[2].employee.org_unit
    ReviewTemplateFactory(), RatingScaleFactory()

    # HR drafts a cycle and launches it.
    scale, template = only(hr.get("/api/v1/rating-scales/")), only(hr.get("/api/v1/review-templates/"))
    cycle = done(
        hr.post(
            "/api/v1/cycles/",
            {
                "name": "Year 2026",
                "starts_on": "2026-01-01",
                "ends_on": "2026-12-31",
                "scale": scale["id"],
                "template": template["id"],
                "org_units": [unit.pk],
            },
        ),
        201,
    )
    launched = hr.post(f"/api/v1/cycles/{cycle['id']}/launch/")
    assert done(launched, 202)["state"] == "queued"
    deliver_events()
    assert done(hr.get(launched["Location"]))["is_finished"] is True
    cycle = done(hr.get(f"/api/v1/cycles/{cycle['id']}/"))
    assert cycle["state"] == "open"
    level = {row["value"]: row["id"] for row in cycle["scale"]["levels"]}
    asked = done(employee.get(f"/api/v1/cycles/{cycle['id']}/template/"))
    question = next(q["id"] for section in asked["sections"] for q in section["questions"] if q["is_required"])

    # The employee writes and hands in; the manager writes and hands in.
    review = only(employee.get(f"/api/v1/reviews/?employee={person.pk}"))
    url = f"/api/v1/reviews/{review['id']}"
    answers = {str(question): "A good year."}
    done(employee.patch(f"{url}/parts/self/", {"version": 1, "answers": answers}))
    assert done(employee.post(f"{url}/submit-self-assessment/"))["state"] == "manager_review"
    done(
        manager.patch(
            f"{url}/parts/manager/",
            {
                "version": 1,
                "answers": answers,
                "overall_rating": level[5],
                "development_needs": [{"description": "Lead a project"}],
            },
        )
    )
    assert done(manager.post(f"{url}/submit/"))["proposed_rating"]["value"] == 5
    assert done(employee.get(f"{url}/"))["proposed_rating"] is None

    # HR calibrates.
    session = done(hr.post("/api/v1/calibration-sessions/", {"name": "Unit", "cycle": cycle["id"]}), 201)
    board = f"/api/v1/calibration-sessions/{session['id']}"
    assert done(hr.post(f"{board}/fill/"))["added"] == 1
    done(hr.post(f"{board}/open/"))
    card = next(row for row in done(hr.get(f"{board}/cards/"))["results"] if row["employee"]["id"] == person.pk)
    move = {"version": card["version"], "rating": level[4], "rationale": "As others of this scope."}
    assert done(hr.post(f"{board}/cards/{card['id']}/move/", move))["rating"]["value"] == 4
    assert done(hr.post(f"{board}/lock/"))["state"] == "locked"
    done(hr.post(f"{board}/complete/"), 202)
    deliver_events()

    # Both sides have what they should.
    assert {row["state"] for row in done(hr.get("/api/v1/hand-overs/"))["results"]} == {"done"}
    profile = only(manager.get("/api/v1/talent-profiles/"))
    assert [(row["value"], row["source_version"]) for row in profile["ratings"]] == [(4, 1)]
    decision = only(hr.get(profile["ratings"][0]["lineage"]["decisions_url"]))
    assert (decision["proposed_rating"]["value"], decision["rating"]["value"]) == (5, 4)
    assert decision["rationale"] == "As others of this scope."

    # The employee reads, acknowledges, and works on the plan with the manager.
    shared = done(employee.get(f"{url}/"))
    assert (shared["state"], shared["final_rating"]["value"], shared["proposed_rating"]) == ("shared", 4, None)
    assert done(employee.post(f"{url}/acknowledge/", {"comment": "Thank you"}))["state"] == "acknowledged"
    plan = only(employee.get("/api/v1/development-plans/"))
    plan_url = f"/api/v1/development-plans/{plan['id']}"
    item = done(employee.get(f"{plan_url}/"))["items"][0]
    assert item["title"] == "Lead a project"
    action = {"kind": "project", "title": "Lead the move", "due_on": "2027-06-30"}
    act = done(manager.post(f"{plan_url}/items/{item['id']}/actions/", action), 201)["items"][0]["actions"][0]
    done(employee.post(f"{plan_url}/actions/{act['id']}/complete/", {"evidence": "Moved"}))
    assert done(manager.post(f"{plan_url}/items/{item['id']}/close/"))["items"][0]["state"] == "done"

    # HR builds a bench the employee never sees.
    role = {"position": PositionFactory().pk, "reason": "Runs payments", "vacancy_risk": "high"}
    bench = done(hr.post("/api/v1/succession-plans/", role), 201)
    assert bench["health"] == "stale"
    bench_url = f"/api/v1/succession-plans/{bench['id']}"
    bench = done(hr.post(f"{bench_url}/nominate/", {"employee": person.pk, "readiness": "ready_now"}))
    approve_url = f"{bench_url}/successors/{bench['bench'][0]['id']}/approve/"
    done(hr.post(approve_url), 409)  # whoever nominates does not approve
    done(api(act_for=make_user(Role.HR_LEADER, employee=EmployeeFactory())).post(approve_url))
    bench = done(hr.post(f"{bench_url}/endorse/"))
    assert (bench["health"], bench["cover"], bench["depth"]) == ("thin", "thin", 1)
    done(employee.get(f"{bench_url}/"), 404)
