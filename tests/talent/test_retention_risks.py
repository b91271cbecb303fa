"""Flight risk: assessed, replaced, looked at, turned off; and never shown to the person, by any door."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.home.work import work_of
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.exports import kind_named
from hrportal.people.models import Employee, LegalEntity
from talent.actions.flight_risks import assess_flight_risk, turn_off_flight_risk, turn_on_flight_risk
from talent.actions.retention_common import may_read_of
from talent.enums import Datum
from talent.models import FlightRisk, FlightRiskOptOut, Opening, RetentionSubjects
from talent.models.retention_sight import is_turned_off_for
from talent.profile.sections import sections_of
from talent.retention import current_risks
from talent.retention.looks import looks_of
from talent.retention.readers import readers_of
from talent.staleness import stale_data
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.retention import FlightRiskFactory, FlightRiskOptOutFactory, RetentionPlanFactory, days_ago

pytestmark = pytest.mark.django_db

EVERYTHING = frozenset(Scope.values)
LEVELS = ("low", "medium", "high")


class Company:
    """Two units; a manager in the first with two people; an executive, a partner and a leader."""

    def __init__(self) -> None:
        self.top = OrgUnitFactory()
        self.unit, self.other = OrgUnitFactory(parent=self.top), OrgUnitFactory(parent=self.top)
        self.boss = EmployeeFactory(org_unit=self.unit)
        self.manager = EmployeeFactory(org_unit=self.unit, manager=self.boss)
        self.person = EmployeeFactory(org_unit=self.unit, manager=self.manager)
        self.colleague = EmployeeFactory(org_unit=self.unit, manager=self.manager)
        self.leader = make_user(Role.HR_LEADER, employee=EmployeeFactory(org_unit=self.top))
        self.partner = make_user(Role.HRBP, employee=EmployeeFactory(org_unit=self.other), unit=self.unit)
        self.executive = make_user(Role.EXECUTIVE, employee=self.boss, unit=self.unit)
        self.lead = make_user(employee=self.manager)
        self.own = make_user(employee=self.person)


@pytest.fixture
def company():
    return Company()


def open_retention(unit):
    return Opening.objects.create(topic="retention", org_unit=unit, reason="Agreed")


def api_of(user) -> APIClient:
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", EVERYTHING, user))
    return caller


def test_a_new_assessment_replaces_and_keeps_the_old_one(company):
    first = assess_flight_risk(company.person, by=company.leader, likelihood="low", impact="high", note="Fine")

    second = assess_flight_risk(company.person, by=company.partner, likelihood="high", impact="high", drivers=["pay"])

    first.refresh_from_db()
    assert (first.likelihood, first.note, first.version) == ("low", "Fine", 1)
    assert first.replaced_at is not None
    assert (second.version, second.replaced_at, second.assessed_by) == (2, None, company.partner.employee)
    assert current_risks([company.person.pk]) == {company.person.pk: second}
    assert second.expires_on == timezone.localdate() + datetime.timedelta(days=60)


def test_a_computed_risk_is_judged_otherwise_only_with_a_reason(company):
    computed = FlightRiskFactory(
        employee=company.person,
        source="computed",
        likelihood="high",
        score="0.4",
        method="prior",
        computed_on=days_ago(1),
    )

    with pytest.raises(ActionError) as refused:
        assess_flight_risk(company.person, by=company.leader, likelihood="low", impact="high")
    computed.refresh_from_db()
    assert (refused.value.field, computed.replaced_at) == ("override_reason", None)

    judged = assess_flight_risk(
        company.person, by=company.leader, likelihood="low", impact="high", override_reason="Just married the job"
    )
    assert (judged.overrides, judged.override_reason) == (computed, "Just married the job")
    assert str(FlightRisk.objects.get(pk=computed.pk).score) == "0.4000"


def test_an_old_risk_is_out_of_date_and_still_shown(company, client):
    risk = FlightRiskFactory(employee=company.person, assessed_on=days_ago(61))
    client.force_login(company.leader)

    page = client.get(reverse("talent:risk_list"))

    assert [row["risk"] for row in page.context["rows"]] == [risk]
    assert "out of date" in page.content.decode()
    stale = stale_data([company.person.pk], timezone.localdate(), [Datum.FLIGHT_RISK])
    assert [datum.on for datum in stale[company.person.pk]] == [risk.assessed_on]


def test_people_who_left_are_not_assessed(company):
    gone = EmployeeFactory(org_unit=company.unit, status="left")

    with pytest.raises(ActionError):
        assess_flight_risk(gone, by=company.leader, likelihood="low", impact="low")

    assert not FlightRisk.objects.exists()


def test_every_look_is_noted_and_hr_sees_who_looked(company, client):
    risk = FlightRiskFactory(employee=company.person)
    client.force_login(company.executive)
    client.get(reverse("talent:risk_list"))
    client.get(reverse("talent:retention_person", args=[company.person.pk]))
    kind = kind_named("talent.flight_risks")
    client.post(reverse("home:list_export", args=[kind.name]), {"format": "csv", "query": ""})
    api_of(company.partner).get(f"/api/v1/flight-risks/{risk.pk}/")

    looks = looks_of(company.person.pk)

    assert [look.who.split(" · ")[0] for look in looks] == [str(company.partner.employee), *[str(company.boss)] * 3]
    assert all(fact.data == {} for fact in Fact.objects.filter(topic="talent.flight_risk_viewed"))
    client.force_login(company.leader)
    page = client.get(reverse("talent:retention_person", args=[company.person.pk])).content.decode()
    assert page.count(company.boss.name) >= 3
    client.force_login(company.executive)
    assert client.get(reverse("talent:retention_person", args=[company.person.pk])).context["looks"] is None


def test_managers_see_it_only_where_hr_opened_it(company, client):
    risk = FlightRiskFactory(employee=company.person)
    own = FlightRiskFactory(employee=company.manager)
    client.force_login(company.lead)
    assert client.get(reverse("talent:retention_person", args=[company.person.pk])).status_code == 404
    assert list(FlightRisk.objects.visible_to(company.lead)) == []

    opening = open_retention(company.unit)

    assert list(FlightRisk.objects.visible_to(company.lead)) == [risk]
    assert (
        sum(cell["count"] for row in client.get(reverse("talent:risk_list")).context["grid"] for cell in row["cells"])
        == 1
    )
    assert own in FlightRisk.objects.visible_to(company.leader)
    opening.closed_at = timezone.now()
    opening.save()
    assert list(FlightRisk.objects.visible_to(company.lead)) == []


@pytest.mark.parametrize("where", ["unit", "above", "entity"])
def test_where_it_is_turned_off_nothing_is_shown_or_entered(company, client, where):
    entity = LegalEntity.objects.create(code="DE", name="Germany")
    Employee.objects.filter(pk=company.person.pk).update(legal_entity=entity)
    company.person.refresh_from_db()
    risk = FlightRiskFactory(employee=company.person)
    places = {
        "unit": {"org_unit": company.unit},
        "above": {"org_unit": company.top},
        "entity": {"legal_entity": entity},
    }

    opt_out = turn_off_flight_risk(by=company.leader, reason="Works council", **places[where])

    assert is_turned_off_for(company.person)
    for user in (company.leader, company.partner, company.executive, ClientPrincipal("test", EVERYTHING)):
        assert risk not in FlightRisk.objects.visible_to(user)
    assert current_risks([company.person.pk]) == {}
    assert stale_data([company.person.pk], timezone.localdate() + datetime.timedelta(90), [Datum.FLIGHT_RISK]) == {}
    assert not company.leader.has_perm("talent.assess_flight_risk", company.person)
    assert api_of(company.leader).get(f"/api/v1/flight-risks/{risk.pk}/").status_code == 404
    with pytest.raises(ActionError):
        assess_flight_risk(company.person, by=company.leader, likelihood="low", impact="low")
    client.force_login(company.leader)
    page = client.get(reverse("talent:retention_person", args=[company.person.pk]))
    assert (page.context["risk"], page.context["is_off"], page.context["may_assess"]) == (None, True, False)

    turn_on_flight_risk(opt_out, by=company.leader)

    assert risk in FlightRisk.objects.visible_to(company.leader)
    with pytest.raises(ActionError):
        turn_on_flight_risk(opt_out, by=company.leader)


def test_people_without_a_unit_are_seen_while_it_is_turned_off_elsewhere(company):
    FlightRiskOptOutFactory(org_unit=company.other)
    risk = FlightRiskFactory(employee=EmployeeFactory(org_unit=None))

    assert risk in FlightRisk.objects.visible_to(company.leader)


def test_it_is_turned_off_once_for_a_place_and_for_one_place_at_a_time(company):
    turn_off_flight_risk(by=company.leader, reason="Law", org_unit=company.unit)
    entity = LegalEntity.objects.create(code="FR", name="France")

    for wrong in ({"org_unit": company.unit}, {"org_unit": company.other, "legal_entity": entity}, {}):
        with pytest.raises(ActionError):
            turn_off_flight_risk(by=company.leader, reason="Law", **wrong)

    assert FlightRiskOptOut.objects.count() == 1
    assert not company.partner.has_perm("talent.turn_off_flight_risk")


def test_nobody_reads_their_own_by_any_door(company, client):
    """The HR leader's own, who else sees everything."""
    me = company.leader.employee
    risk = FlightRiskFactory(employee=me)
    plan = RetentionPlanFactory(employee=me, owner=company.partner.employee, rested_on_stale=[])
    client.force_login(company.leader)
    caller = api_of(company.leader)

    assert FlightRisk.objects.visible_to(company.leader).count() == 0
    assert client.get(reverse("talent:retention_person", args=[me.pk])).status_code == 404
    for route in ("talent:risk_list", "talent:retention_plan_list"):
        assert client.get(reverse(route)).context["rows"] == []
    grid = client.get(reverse("talent:risk_list")).context["grid"]
    assert sum(cell["count"] for row in grid for cell in row["cells"]) == 0
    for path in (f"flight-risks/{risk.pk}", f"flight-risks/{risk.pk}/looks", f"retention-plans/{plan.pk}"):
        assert caller.get(f"/api/v1/{path}/").status_code == 404
    assert caller.get("/api/v1/flight-risks/").json()["results"] == []
    assert kind_named("talent.flight_risks").rows(company.leader, client.get("/").wsgi_request.GET) == []
    body = {"employee": me.pk, "likelihood": "low", "impact": "low"}
    assert caller.post("/api/v1/flight-risks/", body, format="json").status_code == 400
    assert client.post(reverse("talent:flight_risk_assess", args=[me.pk])).status_code == 404
    with pytest.raises(ActionError):
        assess_flight_risk(me, by=company.leader, likelihood="low", impact="low")
    assert FlightRisk.objects.count() == 1


def test_facts_of_retention_reach_no_feed_and_not_the_person(company):
    assess_flight_risk(company.leader.employee, by=company.partner, likelihood="high", impact="low")
    mine = api_of(company.leader)
    machine = APIClient()
    machine.force_authenticate(ClientPrincipal("test", EVERYTHING))

    for caller in (mine, machine):
        assert "flight_risk" not in caller.get("/api/v1/changes/").content.decode()


def test_a_list_costs_the_same_for_one_and_for_three(company, client):
    client.force_login(company.leader)
    counts = []
    for people in ([company.person], [company.colleague, company.manager]):
        for person in people:
            FlightRiskFactory(employee=person)
            RetentionPlanFactory(employee=person, owner=company.leader.employee)
        for path in (reverse("talent:risk_list"), reverse("talent:retention_plan_list")):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))

    assert counts[:2] == counts[2:]


def test_who_is_offered_as_an_owner_is_who_may_read_it(company):
    users = [company.leader, company.partner, company.executive, company.lead, company.own]
    for subject in (company.person, company.manager, company.boss, company.partner.employee, company.leader.employee):
        for _time in range(2):
            offered = set(readers_of(subject))
            able = {user.employee for user in users if may_read_of(Employee.objects.get(pk=user.employee_id), subject)}
            assert offered == able
            if not FlightRisk.objects.exists():
                open_retention(company.unit)
                FlightRiskFactory(employee=company.person)


@given(steps=st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=1, max_size=6))
def test_history_is_complete_and_one_counts(steps):
    person, leader = EmployeeFactory(), make_user(Role.HR_LEADER)

    for likelihood, impact in steps:
        assess_flight_risk(person, by=leader, likelihood=likelihood, impact=impact)

    history = list(FlightRisk.objects.filter(employee=person).order_by("version"))
    assert [(risk.likelihood, risk.impact) for risk in history] == steps
    assert [risk.version for risk in history] == list(range(1, len(steps) + 1))
    assert [risk for risk in history if risk.replaced_at is None] == history[-1:]


def test_the_card_on_the_profile_is_for_readers_alone(company):
    FlightRiskFactory(employee=company.person)

    def shows(user):
        return any(section.key == "retention" for section, _shown in sections_of(company.person, user))

    assert [shows(user) for user in (company.leader, company.lead, company.own)] == [True, False, False]
    assert not work_of(company.own) or "flight" not in str(work_of(company.own)).lower()
    assert RetentionSubjects().visible_to(company.own).count() == 0
