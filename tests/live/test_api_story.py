"""The whole story over HTTP alone, as another system tells it: web server, worker, beat, PostgreSQL and Redis are real."""

import json
from typing import Any

import pytest
import requests

from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from tests.factories.people import EmployeeFactory, OrgUnitFactory, PositionFactory, make_user
from tests.factories.performance import RatingScaleFactory, ReviewTemplateFactory
from tests.support.portal import Portal
from tests.support.processes import wait_until

pytestmark = pytest.mark.services

Json = dict[str, Any]


class Api:
    """The REST API as one client uses it, acting for one person."""

    def __init__(self, portal: Portal, client: Json, person: Employee):
        self.url = f"{portal.url}/api/v1"
        self.session = requests.Session()
        token = requests.post(client["token_url"], data=_credentials(client), timeout=60)
        self.session.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
        self.session.headers["Act-For"] = person.employee_number

    def get(self, path: str, status: int = 200) -> Json:
        return self._ask("GET", path, status)

    def only(self, path: str) -> Json:
        """The one row of a list."""
        (row,) = self.get(path)["results"]
        return row

    def patch(self, path: str, **fields: Any) -> Json:
        return self._ask("PATCH", path, 200, fields)

    def post(self, path: str, status: int = 200, **fields: Any) -> Json:
        return self._ask("POST", path, status, fields)

    def work_off(self, path: str) -> None:
        """Start a job and wait until its resource says that it is finished."""
        job = self.post(path, 202)
        wait_until(lambda: self.get(f"/jobs/{job['id']}/")["is_finished"], what=job["title"])
        assert self.get(f"/jobs/{job['id']}/")["state"] == "done"

    def _ask(self, method: str, path: str, status: int, fields: Json | None = None) -> Json:
        answer = self.session.request(method, self.url + path, json=fields, timeout=60)
        assert answer.status_code == status, answer.text
        return answer.json()


def _credentials(client: Json) -> Json:
    return {
        "grant_type": "client_credentials",
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
    }


@pytest.fixture
def people(portal) -> tuple[Employee, Employee, Employee, Employee]:
    """An HR leader, a manager, the one who reports to the manager and a second HR leader, all with accounts; a scale and
    a template."""
    unit = OrgUnitFactory()
    leader, colleague, manager = EmployeeFactory(), EmployeeFactory(), EmployeeFactory(org_unit=unit)
    person = EmployeeFactory(org_unit=unit, manager=manager)
    make_user(Role.HR_LEADER, employee=leader), make_user(employee=manager), make_user(employee=person)
    make_user(Role.HR_LEADER, employee=colleague)
    RatingScaleFactory(), ReviewTemplateFactory()
    return leader, manager, person, colleague


@pytest.fixture
def doors(portal, people) -> list[Api]:
    """The running portal, entered by one client for each of the people."""
    scopes = [scope for scope in Scope.values if scope != Scope.ACT_FOR]
    client = json.loads(portal.manage("create_api_client", "Payroll", "--scopes", *scopes, "--act-for"))
    portal.start_web()
    portal.start_worker()
    portal.start_beat()
    return [Api(portal, client, person) for person in people]


def test_from_a_cycle_to_a_bench(doors, people):
    hr, manager, employee, colleague = doors
    person = people[2]

    cycle = launch_cycle(hr, person)
    level = {row["value"]: row["id"] for row in cycle["scale"]["levels"]}
    review = write_review(manager, employee, cycle, person, level[5])
    calibrate(hr, cycle, person, level[4])
    follow_the_rating(hr, manager)
    read_what_was_shared(employee, review)
    build_bench(hr, colleague, employee, person)


def launch_cycle(hr: Api, person: Employee) -> Json:
    """HR drafts a cycle over the person's unit; a worker opens its reviews."""
    cycle = hr.post(
        "/cycles/",
        201,
        name="Year 2026",
        starts_on="2026-01-01",
        ends_on="2026-12-31",
        scale=hr.only("/rating-scales/")["id"],
        template=hr.only("/review-templates/")["id"],
        org_units=[person.org_unit_id],
    )
    hr.work_off(f"/cycles/{cycle['id']}/launch/")
    return hr.get(f"/cycles/{cycle['id']}/")


def write_review(manager: Api, employee: Api, cycle: Json, person: Employee, rating: int) -> str:
    """Both write and hand in; the path of the review."""
    asked = employee.get(f"/cycles/{cycle['id']}/template/")
    question = next(q["id"] for section in asked["sections"] for q in section["questions"] if q["is_required"])
    review = f"/reviews/{employee.only(f'/reviews/?employee={person.pk}')['id']}"
    answers = {str(question): "A good year."}
    employee.patch(f"{review}/parts/self/", version=1, answers=answers)
    employee.post(f"{review}/submit-self-assessment/")
    needs = [{"description": "Lead a project"}]
    manager.patch(
        f"{review}/parts/manager/", version=1, answers=answers, overall_rating=rating, development_needs=needs
    )
    assert manager.post(f"{review}/submit/")["proposed_rating"]["value"] == 5
    return review


def calibrate(hr: Api, cycle: Json, person: Employee, rating: int) -> None:
    """One level down, with a reason; then everything decided is completed by a worker."""
    session = f"/calibration-sessions/{hr.post('/calibration-sessions/', 201, name='Unit', cycle=cycle['id'])['id']}"
    hr.post(f"{session}/fill/")
    hr.post(f"{session}/open/")
    card = next(card for card in hr.get(f"{session}/cards/")["results"] if card["employee"]["id"] == person.pk)
    why = "As others of this scope."
    hr.post(f"{session}/cards/{card['id']}/move/", version=card["version"], rating=rating, rationale=why)
    hr.post(f"{session}/lock/")
    hr.work_off(f"{session}/complete/")


def follow_the_rating(hr: Api, manager: Api) -> None:
    """The hand-over is done, the profile has the rating, and the rating leads back to its decision."""

    def states() -> list[str]:
        return [row["state"] for row in hr.get("/hand-overs/")["results"]]

    wait_until(lambda: len(states()) > 3 and set(states()) == {"done"}, what="the hand-over")
    profile = manager.only("/talent-profiles/")
    assert [row["value"] for row in profile["ratings"]] == [4]
    address = profile["ratings"][0]["lineage"]["decisions_url"]
    decision = hr.only(address[address.index("/api/v1") + len("/api/v1") :])
    assert (decision["proposed_rating"]["value"], decision["rating"]["value"]) == (5, 4)


def read_what_was_shared(employee: Api, review: str) -> None:
    """The calibrated rating, not the proposed one, and the plan with what the manager named."""
    shared = employee.get(f"{review}/")
    assert (shared["state"], shared["final_rating"]["value"], shared["proposed_rating"]) == ("shared", 4, None)
    plan = employee.only("/development-plans/")
    items = employee.get(f"/development-plans/{plan['id']}/")["items"]
    assert [item["title"] for item in items] == ["Lead a project"]


def build_bench(hr: Api, colleague: Api, employee: Api, person: Employee) -> None:
    """HR puts the person on a bench that the person never sees; a second HR leader approves it."""
    plan = hr.post("/succession-plans/", 201, position=PositionFactory().pk, reason="Pays wages", vacancy_risk="high")
    bench = f"/succession-plans/{plan['id']}"
    (successor,) = hr.post(f"{bench}/nominate/", employee=person.pk, readiness="ready_now")["bench"]
    hr.post(f"{bench}/successors/{successor['id']}/approve/", 409)
    colleague.post(f"{bench}/successors/{successor['id']}/approve/")
    assert hr.post(f"{bench}/endorse/")["depth"] == 1
    employee.get(f"{bench}/", 404)
