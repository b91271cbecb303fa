"""Vacancies: found, opened, filled from the bench or elsewhere, cancelled, and judged a year later."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.actions import end_employment
from hrportal.people.enums import LeaveReason, Role
from hrportal.people.models import Employee, Employment
from talent import actions
from talent.enums import (
    FillSource,
    PlacementOutcome,
    Readiness,
    SuccessorState,
    VacancyReason,
    VacancyState,
)
from talent.freshness import RATING_BUDGET
from talent.models import Successor, Vacancy
from talent.vacancies.suggesting import suggestion_for
from tests.factories.people import EmployeeFactory, PositionFactory, make_user
from tests.factories.talent import CalibratedRatingFactory, SuccessionPlanFactory, SuccessorFactory
from tests.talent.company import VIEWERS
from tests.talent.vacancy_rows import a_bench, a_fill, a_vacancy, days_ago

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER)


def as_(client, user):
    client.force_login(user)
    return client


# Found by the portal


def a_leaver(plan, *, on: datetime.date, reason: LeaveReason = LeaveReason.RETIREMENT) -> Employee:
    """Somebody who sat there and left."""
    person = EmployeeFactory(position=plan.position)
    Employment.objects.create(employee=person, position=plan.position, starts_on=days_ago(900))
    end_employment(person, by=None, left_on=on, reason=reason)
    Employee.objects.filter(pk=person.pk).update(position=None)
    return person


def test_a_critical_seat_that_falls_vacant_has_one_vacancy_however_often_it_is_looked_for():
    plan, _successor = a_bench()
    person = a_leaver(plan, on=days_ago(3))

    first, second = actions.find_vacancies(TODAY()), actions.find_vacancies(TODAY())

    vacancy = Vacancy.objects.get()
    assert (first["opened"], second["opened"]) == (1, 0)
    assert (vacancy.plan, vacancy.former, vacancy.opened_on) == (plan, person, days_ago(2))
    assert (vacancy.reason, vacancy.state) == (VacancyReason.RETIRED, VacancyState.OPEN)
    assert Fact.objects.filter(topic="talent.vacancy_opened").count() == 1


@pytest.mark.parametrize("answer", ["cancelled", "filled"])
def test_what_hr_answered_is_not_opened_again_until_the_seat_falls_vacant_anew(leader, answer):
    plan, successor = a_bench()
    a_leaver(plan, on=days_ago(3))
    actions.find_vacancies(TODAY())
    vacancy = Vacancy.objects.get()
    if answer == "cancelled":
        actions.cancel_vacancy(vacancy, by=leader, decision="We do without")
    else:
        actions.fill_vacancy(vacancy, by=leader, filled_on=TODAY(), decision="Somebody new")

    again = actions.find_vacancies(TODAY())
    Employment.objects.create(employee=successor.employee, position=plan.position, starts_on=TODAY(), ends_on=TODAY())
    later = actions.find_vacancies(TODAY() + datetime.timedelta(days=9))

    assert again["opened"] == 0
    assert later["opened"] == 1


def test_a_seat_that_is_taken_retired_or_not_critical_has_no_vacancy():
    taken, retired = SuccessionPlanFactory(), SuccessionPlanFactory(is_active=False)
    EmployeeFactory(position=taken.position)
    PositionFactory()

    found = actions.find_vacancies(TODAY())

    assert found == {"opened": 0, "taken": 0}
    assert not Vacancy.objects.filter(plan=retired).exists()


def test_whoever_is_found_on_the_seat_is_proposed_and_confirmed_by_hr():
    plan, successor = a_bench()
    a_vacancy(plan)
    Employee.objects.filter(pk=successor.employee_id).update(position=plan.position)

    first, second = actions.find_vacancies(TODAY()), actions.find_vacancies(TODAY())

    vacancy = Vacancy.objects.get()
    assert (first["taken"], second["taken"]) == (1, 0)
    assert (vacancy.proposed, vacancy.state) == (successor.employee, VacancyState.OPEN)


def test_the_partner_of_the_seat_is_told_once_and_the_page_opens_for_them(company, client):
    plan, _successor = a_bench(company.unit)
    partner = make_user(Role.HRBP, unit=company.unit, employee=EmployeeFactory())

    actions.find_vacancies(TODAY())
    actions.find_vacancies(TODAY())

    notice = Notice.objects.get(kind="talent.vacancy_opened")
    assert notice.employee_id == partner.employee_id
    assert as_(client, partner).get(notice.url).status_code == 200
    assert plan.position.name not in str(notice.words)


def test_a_partner_who_stands_on_the_bench_is_not_told(company):
    plan, _successor = a_bench(company.unit)
    concerned = make_user(Role.HRBP, unit=company.unit, employee=EmployeeFactory())
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    SuccessorFactory(plan=plan, employee=concerned.employee)

    actions.find_vacancies(TODAY())

    assert [notice.employee_id for notice in Notice.objects.all()] == [leader.employee_id]


def test_an_import_that_ends_an_employment_opens_the_vacancy(deliver_events):
    plan, _successor = a_bench()
    person = EmployeeFactory(position=plan.position)
    Employment.objects.create(employee=person, position=plan.position, starts_on=days_ago(90))

    end_employment(person, by=None, left_on=days_ago(1))
    Employee.objects.filter(pk=person.pk).update(position=None)
    deliver_events()

    assert Vacancy.objects.get().plan == plan


# Opened and filled by HR


def test_filling_from_the_bench_keeps_what_the_bench_said_and_frees_the_successor_only(leader):
    plan, successor = a_bench()
    other = SuccessorFactory(plan=plan)
    vacancy = a_vacancy(plan)

    filled = actions.fill_vacancy(
        vacancy, by=leader, employee=successor.employee, filled_on=TODAY(), decision="Ready for two years"
    )

    successor.refresh_from_db()
    other.refresh_from_db()
    plan.refresh_from_db()
    assert (filled.source, filled.readiness_then) == (FillSource.BENCH, Readiness.READY_NOW)
    assert (filled.successor, filled.filled_by, filled.days) == (successor, successor.employee, 10)
    assert (successor.state, successor.removed_because) == (SuccessorState.REMOVED, "Took the role")
    assert (other.state != SuccessorState.REMOVED, plan.is_active) == (True, True)
    fact = Fact.objects.get(topic="talent.vacancy_filled")
    assert fact.data == {"position": plan.position_id, "plan": plan.pk}
    assert fact.person_id == successor.employee_id


def test_where_somebody_came_from_is_worked_out(leader):
    def filled_by(employee: Employee | None) -> Vacancy:
        plan, _successor = a_bench()
        vacancy = a_vacancy(plan)
        return actions.fill_vacancy(vacancy, by=leader, employee=employee, filled_on=TODAY(), decision="Best")

    insider = EmployeeFactory(hired_on=days_ago(700))
    newcomer = EmployeeFactory(hired_on=TODAY())

    assert filled_by(insider).source == FillSource.INTERNAL
    assert filled_by(newcomer).source == FillSource.EXTERNAL
    assert filled_by(None).source == FillSource.EXTERNAL


def test_whoever_was_put_on_the_bench_after_the_seat_was_taken_did_not_come_from_it(leader):
    plan = SuccessionPlanFactory()
    late = SuccessorFactory(plan=plan, state=SuccessorState.APPROVED, employee__hired_on=days_ago(900))
    vacancy = a_vacancy(plan)

    filled = actions.fill_vacancy(
        vacancy, by=leader, employee=late.employee, filled_on=days_ago(5), decision="Already there"
    )

    late.refresh_from_db()
    assert (filled.source, filled.readiness_then) == (FillSource.INTERNAL, "")
    assert late.state == SuccessorState.REMOVED


def test_a_fill_says_which_data_were_out_of_date(leader):
    plan, successor = a_bench()
    old = TODAY() - RATING_BUDGET - datetime.timedelta(days=1)
    CalibratedRatingFactory(profile__employee=successor.employee, period_ends_on=old)

    filled = actions.fill_vacancy(
        a_vacancy(plan), by=leader, employee=successor.employee, filled_on=TODAY(), decision="Ready"
    )

    assert {"kind": "rating", "on": old.isoformat()} in filled.rested_on_stale


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"filled_on": datetime.timedelta(days=1)}, "still to come"),
        ({"filled_on": datetime.timedelta(days=-11)}, "before it fell vacant"),
        ({"decision": "  "}, "say why"),
        ({"status": "left"}, "has left"),
    ],
)
def test_a_fill_that_cannot_be_changes_nothing(leader, fields, words):
    plan, successor = a_bench()
    vacancy = a_vacancy(plan)
    if "status" in fields:
        Employee.objects.filter(pk=successor.employee_id).update(status="left")
    successor.employee.refresh_from_db()
    before = Vacancy.objects.values().get()

    with pytest.raises(ActionError, match=words):
        actions.fill_vacancy(
            vacancy,
            by=leader,
            employee=successor.employee,
            filled_on=TODAY() + fields.get("filled_on", datetime.timedelta()),
            decision=fields.get("decision", "Best"),
        )

    assert Vacancy.objects.values().get() == before
    assert Successor.objects.get(pk=successor.pk).state == SuccessorState.APPROVED


def test_a_seat_has_one_open_vacancy_and_a_taken_one_only_a_planned_one(leader):
    plan, _successor = a_bench()
    seat = plan.position
    actions.open_vacancy(by=leader, position=seat, opened_on=TODAY(), reason=VacancyReason.MOVED)
    taken = EmployeeFactory(position=PositionFactory())

    with pytest.raises(ActionError, match="open vacancy already"):
        actions.open_vacancy(by=leader, position=seat, opened_on=TODAY(), reason=VacancyReason.MOVED)
    with pytest.raises(ActionError, match="Somebody sits there"):
        actions.open_vacancy(by=leader, position=taken.position, opened_on=TODAY(), reason=VacancyReason.MOVED)
    planned = actions.open_vacancy(
        by=leader, position=taken.position, opened_on=TODAY(), reason=VacancyReason.RETIRED, is_planned=True
    )

    assert Vacancy.objects.count() == 2
    assert (planned.former, planned.plan) == (taken, None)


def test_nobody_places_themselves():
    partner = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    vacancy = a_vacancy()

    with pytest.raises(ActionError, match="Nobody places themselves"):
        actions.fill_vacancy(vacancy, by=partner, employee=partner.employee, filled_on=TODAY(), decision="Me")


STEPS = st.lists(st.sampled_from(["edit", "fill", "cancel", "note", "name"]), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_tried_a_vacancy_is_closed_once_and_stays_as_it_was_closed(steps):
    vacancy, closed = a_vacancy(opened_on=days_ago(500)), None
    person = EmployeeFactory(hired_on=days_ago(900))
    doors = {
        "edit": lambda: actions.edit_vacancy(
            vacancy, by=None, version=Vacancy.objects.get(pk=vacancy.pk).version, note="Noted"
        ),
        "fill": lambda: actions.fill_vacancy(vacancy, by=None, filled_on=days_ago(400), decision="Best"),
        "cancel": lambda: actions.cancel_vacancy(vacancy, by=None, decision="No need"),
        "note": lambda: actions.note_outcome(
            vacancy, by=None, outcome=PlacementOutcome.MEETS, outcome_reason="Delivers"
        ),
        "name": lambda: actions.name_hire(vacancy, by=None, employee=person),
    }
    for step in steps:
        before = Vacancy.objects.get(pk=vacancy.pk)
        try:
            doors[step]()
        except ActionError:
            after = Vacancy.objects.get(pk=vacancy.pk)
            assert after.version == before.version
            continue
        after = Vacancy.objects.get(pk=vacancy.pk)
        assert after.version == before.version + 1
        if step in {"fill", "cancel"}:
            assert closed is None
            closed = after.state, after.closed_on, after.decision
        if closed:
            assert (after.state, after.closed_on, after.decision) == closed
    Vacancy.objects.filter(pk=vacancy.pk).delete()


# A year later


def test_the_outcome_is_said_a_year_after_and_may_be_corrected(leader):
    young, ripe = a_fill(filled=300), a_fill(filled=366)

    with pytest.raises(ActionError, match="Too early"):
        actions.note_outcome(young, by=leader, outcome=PlacementOutcome.MEETS, outcome_reason="Good")
    actions.note_outcome(ripe, by=leader, outcome=PlacementOutcome.MEETS, outcome_reason="Good")
    noted = actions.note_outcome(ripe, by=leader, outcome=PlacementOutcome.FALLS_SHORT, outcome_reason="Not yet")

    assert (noted.outcome, noted.outcome_reason) == (PlacementOutcome.FALLS_SHORT, "Not yet")
    assert Fact.objects.filter(topic="talent.vacancy_outcome_noted").count() == 2


@pytest.mark.parametrize(("value", "outcome"), [(3, PlacementOutcome.MEETS), (2, PlacementOutcome.FALLS_SHORT)])
def test_the_first_rating_in_the_role_suggests_and_an_earlier_one_does_not(leader, value, outcome):
    vacancy = a_fill(filled=500)
    profile = CalibratedRatingFactory(
        profile__employee=vacancy.filled_by, period_ends_on=days_ago(420), value=5
    ).profile
    assert suggestion_for(vacancy, leader) is None
    rating = CalibratedRatingFactory(profile=profile, period_ends_on=days_ago(200), value=value)

    found = suggestion_for(vacancy, leader)

    assert found is not None
    assert (found.outcome, found.rating) == (outcome, rating)


# Who sees and who may


@pytest.mark.parametrize("viewer", VIEWERS)
def test_who_sees_a_vacancy_and_who_fills_it(company, viewer):
    plan, _successor = a_bench(company.unit)
    vacancy = a_vacancy(plan)
    user = company.viewer(viewer)

    sees = Vacancy.objects.visible_to(user).exists()
    fills = sees and user.has_perm("talent.fill_vacancy", vacancy)

    # Whoever reports to the person on whom `company` looks is not concerned by this bench.
    assert sees == (viewer in {"partner", "partner_below", "hr_leader", "executive"})
    assert fills == (viewer in {"partner", "partner_below", "hr_leader"})


@pytest.mark.parametrize("role", ["filled_by", "proposed", "successor", "incumbent"])
def test_nobody_sees_a_vacancy_that_says_something_about_them(role):
    user = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    plan, successor = a_bench()
    vacancy = a_fill(plan)
    if role == "successor":
        Successor.objects.filter(pk=successor.pk).update(employee=user.employee, state=SuccessorState.REMOVED)
        Vacancy.objects.update(successor=successor)
    elif role == "incumbent":
        Employee.objects.filter(pk=user.employee_id).update(position=plan.position)
    else:
        Vacancy.objects.update(**{role: user.employee})

    assert not Vacancy.objects.visible_to(user).filter(pk=vacancy.pk).exists()
    assert not user.has_perm("talent.note_outcome", vacancy)


def test_the_forms_of_a_partner_offer_neither_their_own_seats_nor_those_of_others(company, client):
    partner = company.viewer("partner")
    here, elsewhere = PositionFactory(org_unit=company.unit), PositionFactory(org_unit=company.elsewhere)
    on_bench = SuccessionPlanFactory(position__org_unit=company.unit)
    SuccessorFactory(plan=on_bench, employee=partner.employee or EmployeeFactory())

    page = as_(client, partner).get(reverse("talent:vacancy_open"))

    offered = {seat.pk for seat in page.context["form"].found}
    assert here.pk in offered
    assert elsewhere.pk not in offered
    refused = client.post(
        reverse("talent:vacancy_open"),
        {"position": elsewhere.pk, "opened_on": TODAY().isoformat(), "reason": "left", "note": "kept"},
    )
    assert refused.status_code == 422
    assert b"kept" in refused.content
    assert not Vacancy.objects.exists()


# Pages


def test_the_way_through_the_pages(client, leader):
    plan, successor = a_bench()
    as_(client, leader)
    client.post(
        reverse("talent:vacancy_open"),
        {"position": plan.position_id, "opened_on": days_ago(9).isoformat(), "reason": "left"},
    )
    vacancy = Vacancy.objects.get()

    bench = client.get(vacancy.get_absolute_url())
    offered = client.get(reverse("talent:vacancy_fill", args=[vacancy.pk]))
    neither = client.post(
        reverse("talent:vacancy_fill", args=[vacancy.pk]), {"filled_on": TODAY().isoformat(), "decision": "Why not"}
    )
    filled = client.post(
        reverse("talent:vacancy_fill", args=[vacancy.pk]),
        {"employee": successor.employee_id, "filled_on": TODAY().isoformat(), "decision": "Ready since March"},
        follow=True,
    )

    assert successor.employee.name in bench.content.decode()
    assert [person.pk for person in offered.context["form"].found] == [successor.employee_id]
    assert (neither.status_code, b"Why not" in neither.content) == (422, True)
    assert "From the bench" in filled.content.decode()
    assert "Ready since March" in filled.content.decode()


def test_a_vacancy_is_edited_cancelled_named_and_judged_by_form(client, leader):
    as_(client, leader)
    one, two, ripe = a_vacancy(), a_fill(by=None), a_fill(filled=400)
    Vacancy.objects.filter(pk=two.pk).update(filled_by=None)
    newcomer = EmployeeFactory(position=two.position)

    edit = {"opened_on": days_ago(4).isoformat(), "reason": "moved", "note": "Went to sales", "version": one.version}
    client.post(reverse("talent:vacancy_edit", args=[one.pk]), edit)
    client.post(reverse("talent:vacancy_cancel", args=[one.pk]), {"decision": "Given up"})
    client.post(reverse("talent:hire_name", args=[two.pk]), {"employee": newcomer.pk})
    client.post(reverse("talent:outcome_note", args=[ripe.pk]), {"outcome": "meets", "outcome_reason": "Delivers"})

    one.refresh_from_db()
    two.refresh_from_db()
    ripe.refresh_from_db()
    assert (one.note, one.state, one.decision) == ("Went to sales", VacancyState.CANCELLED, "Given up")
    assert (two.filled_by, ripe.outcome) == (newcomer, PlacementOutcome.MEETS)
    assert b"Delivers" in client.get(ripe.get_absolute_url()).content


def test_the_list_and_its_file_cost_the_same_for_one_vacancy_and_for_three(client, leader):
    as_(client, leader)
    api = APIClient()
    api.force_authenticate(ClientPrincipal("test", frozenset({"succession:read"})))

    def costs() -> list[int]:
        found = []
        for caller, url in ((client, f"{reverse('talent:vacancy_list')}?state="), (api, "/api/v1/vacancies/")):
            with CaptureQueriesContext(connection) as queries:
                assert caller.get(url).status_code == 200
            found.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse("home:list_export", args=["talent.vacancies"]), {"query": "state=", "format": "csv"})
        return [*found, len(queries)]

    plan, _successor = a_bench()
    a_fill(plan)
    client.get(reverse("talent:vacancy_list"))
    one = costs()
    for _ in range(2):
        other, successor = a_bench()
        a_fill(other)
        a_vacancy(SuccessionPlanFactory(), proposed=successor.employee)

    assert costs() == one


def test_the_bench_beside_a_vacancy_costs_the_same_for_one_successor_and_for_three(client, leader):
    as_(client, leader)
    plan, _successor = a_bench()
    vacancy = a_vacancy(plan)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(vacancy.get_absolute_url()).status_code == 200
        return len(queries)

    cost()
    one = cost()
    SuccessorFactory.create_batch(2, plan=plan)

    assert cost() == one


def test_who_saves_second_keeps_what_they_typed_and_sees_what_is_stored(client, leader):
    vacancy = a_vacancy(note="As it was")
    as_(client, leader)
    url = reverse("talent:vacancy_edit", args=[vacancy.pk])
    mine = {"opened_on": days_ago(4).isoformat(), "reason": "moved", "note": "Mine", "version": vacancy.version}
    actions.edit_vacancy(vacancy, by=None, version=vacancy.version, note="Theirs")

    late = client.post(url, mine)

    assert late.status_code == 409
    page = late.content.decode()
    assert "Theirs" in page
    assert ">\nMine</textarea>" in page
    vacancy.refresh_from_db()
    assert vacancy.note == "Theirs"
    assert client.post(url, mine | {"version": late.context["form"]["version"].value()}).status_code == 302
    vacancy.refresh_from_db()
    assert vacancy.note == "Mine"


def test_a_vacancy_is_edited_over_the_api_on_top_of_what_was_read():
    vacancy = a_vacancy()
    api = APIClient()
    api.force_authenticate(ClientPrincipal("test", frozenset({"succession:read", "succession:write"})))
    url = f"/api/v1/vacancies/{vacancy.pk}/"
    tag = api.get(url)["ETag"]

    blind = api.post(f"{url}edit/", {"note": "Blind"}, format="json")
    first = api.post(f"{url}edit/", {"note": "First"}, format="json", headers={"If-Match": tag})
    late = api.post(f"{url}edit/", {"note": "Late"}, format="json", headers={"If-Match": tag})

    assert (blind.status_code, first.status_code, late.status_code) == (428, 200, 412)
    vacancy.refresh_from_db()
    assert vacancy.note == "First"
