"""What the pages can do the API can do, for the same people: `parity.csv` names, for each page that changes something, the
operation that does the same, or why there is none. A new page has to say which it is.

Who may is read off the access matrix, which tries every page and operation from everybody's place. Where it shows a
difference, `why_different` says why; where that is because an operation hears only from its body whom it is about, it is
tried here once more with such a body.
"""

import csv
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.checks import all_routes
from hrportal.people.models import Employee
from hrportal.people.tokens import TokenPrincipal
from tests.access.parameters import parameters_of
from tests.access.world import PEOPLE, World, make_world

TABLE = Path(__file__).with_name("parity.csv")
MATRIX = Path(__file__).parents[1] / "access" / "matrix.csv"
IN_BODY = "the operation asks about the row that its body names"
IN_PERSON = "by one's own session or token only, never through a client that acts for one"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def rooms() -> dict[str, str]:
    """The app that answers each operation."""
    found = {name: getattr(pattern.callback, "cls", None) for _, name, pattern in all_routes()}
    return {name: view.__module__.split(".")[0] for name, view in found.items() if view}


def pages_with(why: str) -> dict[str, dict[str, str]]:
    """The rows of the table that give this reason for a difference, by page."""
    return {row["page"]: row for row in read(TABLE) if row["why_different"] == why}


def admitted(row: dict[str, str]) -> set[str]:
    """Who of the people is let in, whatever the answer then is."""
    return {person for person in PEOPLE if row[person] == "yes"}


def test_every_page_that_changes_something_is_in_the_table():
    pages = {row["route"] for row in read(MATRIX) if row["method"] == "POST" and not row["route"].startswith("api:")}

    assert {row["page"] for row in read(TABLE)} == pages


def test_every_row_names_an_operation_there_is_or_a_reason():
    operations = {row["route"] for row in read(MATRIX) if row["method"] != "GET"}

    wrong = [row["page"] for row in read(TABLE) if bool(row["why_not"]) == (row["operation"] in operations)]

    assert wrong == []


def test_an_operation_is_of_the_room_of_its_page():
    """So that a page is not thought done because another room uses the same word."""
    answered_by = rooms()
    elsewhere = [
        row["page"]
        for row in read(TABLE)
        if (app := row["page"].split(":")[0]) in ("performance", "talent", "calibration")
        and answered_by.get(row["operation"], app) != app
    ]

    assert elsewhere == []


def test_the_same_people_may_or_it_is_said_why_not():
    by_route: dict[str, list[dict[str, str]]] = {}
    for row in read(MATRIX):
        if row["method"] != "GET":
            by_route.setdefault(row["route"], []).append(row)

    wrong = []
    for row in read(TABLE):
        (page,) = (found for found in by_route[row["page"]] if found["method"] == "POST")
        same = all(admitted(found) == admitted(page) for found in by_route.get(row["operation"], []))
        if same == bool(row["why_different"]):
            wrong.append(row["page"])

    assert wrong == []


def about(world: World, who: str) -> dict[str, dict[str, Any]]:
    """By page, a good body about the row that the matrix tries the page on; where the page lets one choose, about oneself or
    a report of one's own."""
    ids = {name: row.pk for name, row in world.objects.items()}
    person, today = ids["employee"], timezone.localdate().isoformat()
    me, partner = world.users[who].employee_id, world.users["partner"].employee_id
    report = Employee.objects.filter(manager=me or 0).order_by("-pk").values_list("pk", flat=True).first()
    return {
        "calibration:cycle_complete": {"cycle": ids["calibrated_cycle"]},
        "calibration:review_complete": {"review": ids["calibrated_review"], "reason": "Missed"},
        "calibration:review_decide": {
            "review": ids["calibrated_review"],
            "rating": world.objects["card"].rating_id,
            "rationale": "Compared",
        },
        "calibration:session_recusals": {"session": ids["session"], "about": person, "reason": "Family"},
        "performance:agenda_add": {"one_to_one": ids["one_to_one"], "title": "Budget"},
        "performance:talking_point_add": {"one_to_one": ids["one_to_one"], "title": "Budget"},
        "performance:one_to_one_action_add": {"one_to_one": ids["one_to_one"], "title": "Call", "owner": person},
        "performance:round_open": {"subject": me, "template": ids["round_template"], "due_on": today},
        "performance:improvement_plan_create": {"employee": report or person},
        "talent:certificate_add": {"employee": person, "name": "Welding", "issuer": "Guild", "issued_on": today},
        "talent:enrolment_add": {"employee": me, "learning_item": ids["learning_item"]},
        "talent:flight_risk_assess": {"employee": person, "likelihood": "low", "impact": "low"},
        "talent:item_add": {"employee": person, "title": "Lead a project"},
        "talent:opportunity_yes": {"opportunity": ids["opportunity"]},
        "talent:retention_plan_open": {
            "employee": person,
            "kinds": ["career"],
            "aim": "Stay",
            "owner": partner,
            "due_on": today,
        },
        "talent:skill_assess": {"employee": person, "competency": ids["competency"], "level": 3, "kind": "manager"},
        "talent:stay_interview_plan": {
            "employee": person,
            "interviewer": partner,
            "template": ids["stay_template"],
            "planned_on": today,
        },
    }


@pytest.mark.django_db
@pytest.mark.one_database
@pytest.mark.parametrize("why", [IN_BODY, IN_PERSON])
def test_the_same_people_may_by_their_own_token(why):
    """The operations that the matrix cannot tell, asked by people themselves, with a body about the row of the page."""
    world = make_world()
    told = pages_with(why)
    pages = {row["route"]: row for row in read(MATRIX) if row["method"] == "POST"}

    wrong = {}
    for page, row in told.items():
        let_in = {who for who in PEOPLE if lets_in(world, who, row["operation"], about(world, who).get(page))}
        if let_in != admitted(pages[page]):
            wrong[page] = sorted(let_in ^ admitted(pages[page]))

    assert wrong == {}


def lets_in(world: World, who: str, operation: str, body: dict[str, Any] | None) -> bool:
    """Whether a person is let in by their token; whatever it does is undone. Without a body, by what they are told of it."""
    api = APIClient()
    api.force_authenticate(TokenPrincipal(world.users[who], world.objects["personal_token"].pk))
    url = reverse(operation, kwargs=parameters_of(world, operation))
    method = "patch" if operation.endswith("-detail") else "post"
    with transaction.atomic():
        status = getattr(api, method)(url, body or {}, format="json").status_code
        transaction.set_rollback(True)
    return status < 300 or status == 409 if body else status not in {403, 404}
