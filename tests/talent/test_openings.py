"""What HR opens to managers: they see exactly that, of the people below them, in the units named, and nothing of themselves."""

from itertools import combinations

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from talent.actions import close_topic, open_topic
from talent.enums import OpenTopic
from talent.models import FlightRisk, Opening, PotentialAssessment, SuccessionPlan
from tests.factories.people import EmployeeFactory, OrgUnitFactory, PositionFactory, make_user
from tests.factories.potential import PotentialAssessmentFactory
from tests.factories.retention import FlightRiskFactory
from tests.factories.talent import SuccessionPlanFactory

pytestmark = pytest.mark.django_db
ROWS = {
    OpenTopic.POTENTIAL: PotentialAssessment,
    OpenTopic.RETENTION: FlightRisk,
    OpenTopic.SUCCESSION: SuccessionPlan,
}
SOME = [chosen for size in range(4) for chosen in combinations(OpenTopic, size)]


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER, employee=EmployeeFactory())


def about(employee) -> None:
    """One datum of each topic about somebody and their seat."""
    employee.position = PositionFactory(org_unit=employee.org_unit)
    employee.save()
    PotentialAssessmentFactory(employee=employee)
    FlightRiskFactory(employee=employee)
    SuccessionPlanFactory(position=employee.position)


def seen_by(user) -> dict[str, set[int]]:
    """Whose data this user sees, by topic."""
    people = {
        OpenTopic.POTENTIAL: PotentialAssessment.objects.visible_to(user).values_list("employee", flat=True),
        OpenTopic.RETENTION: FlightRisk.objects.visible_to(user).values_list("employee", flat=True),
        OpenTopic.SUCCESSION: SuccessionPlan.objects.visible_to(user).values_list("position__incumbent", flat=True),
    }
    return {topic: set(rows) for topic, rows in people.items()}


@pytest.mark.parametrize("topics", SOME, ids=lambda topics: "+".join(topics) or "nothing")
def test_managers_see_exactly_what_is_open_of_those_below_them(company, leader, topics):
    inside = OrgUnitFactory(parent=company.unit)
    far = EmployeeFactory(manager=company.boss, org_unit=company.elsewhere)
    near = EmployeeFactory(manager=company.person, org_unit=inside)
    for person in (company.head, company.boss, company.person, far, near):
        about(person)
    for topic in topics:
        open_topic(by=leader, topic=topic, org_unit=company.unit, reason="A trial")

    boss, colleague = seen_by(company.viewer("manager")), seen_by(company.viewer("colleague"))

    below = {company.person.pk, near.pk}
    assert boss == {topic: below if topic in topics else set() for topic in OpenTopic}
    assert colleague == {topic: set() for topic in OpenTopic}


def test_closing_takes_it_away_and_what_is_open_above_stays_open(company, leader):
    about(company.person)
    parent = OrgUnitFactory()
    company.unit.parent, company.unit.path = parent, f"{parent.path}{company.unit.pk}/"
    company.unit.save()
    above = open_topic(by=leader, topic=OpenTopic.RETENTION, org_unit=parent, reason="All of us")
    here = open_topic(by=leader, topic=OpenTopic.RETENTION, org_unit=company.unit, reason="Here first")
    boss = company.viewer("manager")

    close_topic(here, by=leader)
    still = seen_by(boss)[OpenTopic.RETENTION]
    close_topic(above, by=leader)

    assert (still, seen_by(boss)[OpenTopic.RETENTION]) == ({company.person.pk}, set())
    assert Fact.objects.filter(topic="talent.topic_closed").count() == 2


def test_it_is_opened_once_with_a_reason_and_closed_once(company, leader):
    opening = open_topic(by=leader, topic=OpenTopic.POTENTIAL, org_unit=company.unit, reason="Talent review")

    with pytest.raises(ActionError, match="open for the unit already"):
        open_topic(by=leader, topic=OpenTopic.POTENTIAL, org_unit=company.unit, reason="Again")
    with pytest.raises(ActionError, match="say why"):
        open_topic(by=leader, topic=OpenTopic.RETENTION, org_unit=company.unit, reason=" ")
    close_topic(opening, by=leader)
    with pytest.raises(ActionError, match="closed already"):
        close_topic(opening, by=leader)

    assert Opening.objects.count() == 1
    assert open_topic(by=leader, topic=OpenTopic.POTENTIAL, org_unit=company.unit, reason="Next year").pk != opening.pk


def test_a_refused_form_keeps_what_was_typed(client, leader):
    client.force_login(leader)

    refused = client.post(
        reverse("talent:topic_open"),
        {"topic": "retention", "org_unit": "No such unit", "reason": "Because of the audit"},
    )

    assert (refused.status_code, b"Because of the audit" in refused.content) == (422, True)
    assert not Opening.objects.exists()


def test_the_way_through_the_pages(company, client, leader):
    client.force_login(leader)
    client.post(
        reverse("talent:topic_open"),
        {"topic": "potential", "org_unit": company.unit.code, "reason": "They sit at the table"},
    )
    opening = Opening.objects.get()

    shown = client.get(reverse("talent:opening_list")).content.decode()
    client.post(reverse("talent:topic_close", args=[opening.pk]))

    opening.refresh_from_db()
    assert "They sit at the table" in shown
    assert (opening.opened_by, opening.closed_by) == (leader.employee, leader.employee)
    assert "open from" in client.get(reverse("talent:opening_list")).content.decode()


def test_over_the_api_only_a_client_that_acts_for_an_hr_leader_opens(company, leader):
    body = {"topic": "potential", "org_unit": company.unit.pk, "reason": "They sit at the table"}
    scopes = frozenset({"talent:read", "talent:write"})
    alone, acting = APIClient(), APIClient()
    alone.force_authenticate(ClientPrincipal("test", scopes))
    acting.force_authenticate(ActingPrincipal("test", scopes, leader))

    refused = alone.post("/api/v1/openings/", body, format="json")
    opened = acting.post("/api/v1/openings/", body, format="json")
    closed = acting.post(f"/api/v1/openings/{opened.json()['id']}/close/", {}, format="json")

    assert (refused.status_code, opened.status_code, closed.status_code) == (403, 201, 200)
    assert [row["topic"] for row in alone.get("/api/v1/openings/?in_force=false").json()["results"]] == ["potential"]
