"""The directory, a person's page, the organisation and the administrators' pages."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrportal.people.actions import invite_person, place_employee
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant, User
from tests.factories.people import (
    EmployeeFactory,
    JobFactory,
    LocationFactory,
    OrgUnitFactory,
    RoleGrantFactory,
    UserFactory,
    make_chain,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def employee_client(client):
    client.force_login(make_user(Role.EMPLOYEE))
    return client


@pytest.fixture
def admin_client(client):
    client.force_login(make_user(Role.ADMIN))
    return client


def names(response) -> list[str]:
    return [person.employee_number for person in response.context["page"].rows]


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("words", ["ada", "ADA by", "77", "ada.b", "countess"])
def test_the_directory_finds_by_the_beginnings_of_names_numbers_and_addresses(employee_client, words):
    EmployeeFactory(
        employee_number="77", first_name="Ada", last_name="Byron", work_email="ada.b@x.org", preferred_name="Countess"
    )
    EmployeeFactory(first_name="Nada", last_name="Else")

    assert names(employee_client.get("/people/", {"q": words})) == ["77"]


def test_the_directory_narrows_by_unit_job_location_and_manager(employee_client):
    above = OrgUnitFactory()
    boss = EmployeeFactory()
    place = {"org_unit": OrgUnitFactory(parent=above), "job": JobFactory(), "location": LocationFactory()}
    EmployeeFactory(employee_number="77", manager=boss, **place)
    EmployeeFactory(org_unit=OrgUnitFactory())

    for query in (
        {"unit": above.pk}, {"job": place["job"].pk}, {"location": place["location"].pk}, {"manager": boss.pk},
    ):  # fmt: skip
        assert names(employee_client.get("/people/", query)) == ["77"]


def test_whoever_left_is_listed_only_when_asked_for(employee_client):
    EmployeeFactory(employee_number="gone", status="left")

    assert "gone" not in names(employee_client.get("/people/"))
    assert names(employee_client.get("/people/", {"show": "left"})) == ["gone"]


def test_a_filter_that_makes_no_sense_finds_nobody(employee_client):
    assert names(employee_client.get("/people/", {"unit": "nonsense"})) == []


def test_htmx_gets_the_list_alone(employee_client):
    response = employee_client.get("/people/", headers={"HX-Request": "true"})

    assert b"<html" not in response.content


def test_the_directory_costs_the_same_for_one_and_three(employee_client):
    EmployeeFactory(manager=EmployeeFactory(), org_unit=OrgUnitFactory(), job=JobFactory())
    few = queries(employee_client, "/people/")
    for _ in range(3):
        EmployeeFactory(manager=EmployeeFactory(), org_unit=OrgUnitFactory(), job=JobFactory())

    assert queries(employee_client, "/people/") == few


def test_a_persons_page_costs_the_same_however_high_the_chain_and_wide_the_team(employee_client):
    chain = make_chain(2)
    EmployeeFactory(manager=chain[-1])
    few = queries(employee_client, reverse("people:employee_detail", args=[chain[-1].pk]))
    long = make_chain(6)
    EmployeeFactory.create_batch(5, manager=long[-1])

    assert queries(employee_client, reverse("people:employee_detail", args=[long[-1].pk])) == few


def test_what_is_restricted_is_on_no_page(client):
    employee = EmployeeFactory(birth_year=1977, gender="female", org_unit=OrgUnitFactory())
    client.force_login(make_user(Role.HR_LEADER))

    page = client.get(reverse("people:employee_detail", args=[employee.pk])).content.decode()

    assert "1977" not in page
    assert "emale" not in page


def viewers(employee: Employee) -> dict[str, User]:
    """Somebody in every relation to an employee."""
    return {
        "oneself": make_user(Role.EMPLOYEE, employee=employee),
        "manager": make_user(Role.MANAGER, employee=employee.manager),
        "above": make_user(Role.MANAGER, employee=employee.manager.manager),
        "partner": make_user(Role.HRBP, unit=employee.org_unit),
        "partner of another unit": make_user(Role.HRBP),
        "HR leader": make_user(Role.HR_LEADER),
        "executive": make_user(Role.EXECUTIVE),
        "colleague": make_user(Role.EMPLOYEE),
        "administrator": make_user(Role.ADMIN),
    }


def test_history_is_for_oneself_the_chain_and_hr(client):
    employee = EmployeeFactory(manager=make_chain(2)[-1], org_unit=OrgUnitFactory())
    place_employee(employee, by=None, effective_on=datetime.date(2020, 1, 1), job=JobFactory(name="Diver"))

    shown = set()
    for relation, user in viewers(employee).items():
        client.force_login(user)
        if client.get(reverse("people:employee_detail", args=[employee.pk])).context["history"] is not None:
            shown.add(relation)

    assert shown == {"oneself", "manager", "above", "partner", "HR leader"}


def test_is_hr_for_says_about_one_what_the_viewer_says_about_rows():
    employee = EmployeeFactory(manager=make_chain(2)[-1], org_unit=OrgUnitFactory())
    boss = employee.manager
    boss.org_unit = employee.org_unit
    boss.save()
    partner = make_user(
        Role.HRBP, employee=EmployeeFactory(manager=boss, org_unit=employee.org_unit), unit=boss.org_unit
    )

    for user in [*viewers(employee).values(), partner]:
        viewer = User.objects.get(pk=user.pk)
        hr_rows = set(Employee.objects.filter(viewer.viewer.hr(prefix="")))
        related = set(Employee.objects.filter(viewer.viewer.chain_below(prefix="") | viewer.viewer.oneself(prefix="")))
        by_rule = {person for person in Employee.objects.all() if viewer.has_perm("people.view_history", person)}
        assert by_rule == hr_rows | related


def test_the_organisation_opens_level_by_level(employee_client):
    top = OrgUnitFactory(name="Top")
    below = OrgUnitFactory(name="Below", parent=top)
    EmployeeFactory(employee_number="77", org_unit=below)

    assert [unit.name for unit in employee_client.get("/people/units/").context["units"]] == ["Top"]
    branch = employee_client.get(reverse("people:unit_detail", args=[top.pk]), headers={"HX-Request": "true"})
    assert b"Below" in branch.content
    assert b"<html" not in branch.content
    assert names(employee_client.get(reverse("people:unit_detail", args=[below.pk]))) == ["77"]


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.MANAGER, Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE])
def test_accounts_are_found_by_administrators_alone(client, role):
    account, grant = UserFactory(), RoleGrantFactory()
    client.force_login(make_user(role))

    assert client.get("/people/accounts/").status_code == 404
    assert client.get(reverse("people:account_detail", args=[account.pk])).status_code == 404
    for name, pk in [("role_grant", account.pk), ("account_deactivate", account.pk), ("role_revoke", grant.pk)]:
        assert client.post(reverse(f"people:{name}", args=[pk]), {"role": "admin"}).status_code == 404
    assert not account.grants.exists()
    assert User.objects.get(pk=account.pk).is_active


def test_the_list_of_accounts_costs_the_same_for_one_and_three(admin_client):
    make_user(Role.HRBP)
    few = queries(admin_client, "/people/accounts/")
    for _ in range(3):
        make_user(Role.HRBP, Role.EXECUTIVE)

    assert queries(admin_client, "/people/accounts/") == few


def test_accounts_are_found_by_role_state_and_name(admin_client):
    user = make_user(Role.EXECUTIVE, username="zoe")
    UserFactory(username="zack", is_active=False)

    for query, found in [({"role": "executive"}, ["zoe"]), ({"state": "closed"}, ["zack"]), ({"q": "zo"}, ["zoe"])]:
        response = admin_client.get("/people/accounts/", query)
        assert [account.username for account in response.context["page"].rows] == found
    assert user.is_active


def test_an_administrator_gives_and_takes_a_role(admin_client):
    account, unit = UserFactory(), OrgUnitFactory()
    address = reverse("people:role_grant", args=[account.pk])

    assert admin_client.post(address, {"role": "hrbp"}).status_code == 422
    assert admin_client.post(address, {"role": "hrbp", "org_unit": unit.pk}).status_code == 302
    grant = RoleGrant.objects.current().get(user=account)
    page = admin_client.get(reverse("people:account_detail", args=[account.pk]))
    assert reverse("people:role_revoke", args=[grant.pk]) in page.content.decode()
    admin_client.post(reverse("people:role_revoke", args=[grant.pk]))

    assert not account.grants.current().exists()


def test_no_button_is_shown_that_would_be_refused(admin_client):
    me = User.objects.get(pk=admin_client.session["_auth_user_id"])

    page = admin_client.get(reverse("people:account_detail", args=[me.pk])).content.decode()

    assert reverse("people:role_grant", args=[me.pk]) not in page
    assert reverse("people:account_deactivate", args=[me.pk]) not in page
    assert admin_client.post(reverse("people:role_grant", args=[me.pk]), {"role": "hrleader"}).status_code == 403


def test_an_invitation_without_an_address_is_handed_over(admin_client):
    employee = EmployeeFactory(work_email="")

    response = admin_client.post(reverse("people:person_invite", args=[employee.pk]), follow=True)

    assert "/people/invitation/" in str(*response.context["messages"])


def test_an_invitation_with_an_address_is_not_shown(admin_client):
    employee = EmployeeFactory()

    response = admin_client.post(reverse("people:person_invite", args=[employee.pk]), follow=True)

    assert "/people/invitation/" not in str(*response.context["messages"])


def test_accounts_go_through_their_states_on_the_page(admin_client):
    invite_person(EmployeeFactory(employee_number="7"), by=None)
    account = User.objects.get(username="7")

    for step in ("account_invite", "account_deactivate", "account_reactivate"):
        assert admin_client.post(reverse(f"people:{step}", args=[account.pk])).status_code == 302

    assert User.objects.get(pk=account.pk).is_active
