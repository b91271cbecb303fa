"""Accounts are made by invitation, roles are given by somebody else, and whoever leaves is out at once."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.models import Fact
from hrportal.people.actions import (
    create_account,
    deactivate_account,
    grant_role,
    invite_account,
    invite_person,
    reactivate_account,
    revoke_role,
)
from hrportal.people.checks import no_account_is_a_superuser
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant, User
from hrportal.people.tokens import TokenPrincipal
from tests.factories.people import EmployeeFactory, OrgUnitFactory, RoleGrantFactory, UserFactory, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "plum tree in the rain"


@pytest.fixture
def admin(db):
    return make_user(Role.ADMIN)


def follow(client, link: str):
    """Open an invitation as its owner would; the page, and the address its form posts to."""
    page = client.get(re.sub(r"^https?://[^/]+", "", link), follow=True)
    return page, page.request["PATH_INFO"]


def accept(client, link: str, password: str = PASSWORD):
    page, address = follow(client, link)
    assert page.context["validlink"]
    return client.post(address, {"new_password1": password, "new_password2": password})


def test_grant_role_is_a_row_and_a_fact(admin):
    user, unit = UserFactory(), OrgUnitFactory()

    grant = grant_role(user, Role.HRBP, by=admin, org_unit=unit)

    assert User.objects.get(pk=user.pk).viewer.partner_units == (unit.path,)
    assert Fact.objects.get(topic="people.role_granted").data == {
        "account": user.pk, "role": "hrbp", "unit": unit.pk,
    }  # fmt: skip
    assert grant.granted_by == admin


def test_nobody_gives_roles_to_themselves(admin):
    with pytest.raises(ActionError, match="themselves"):
        grant_role(admin, Role.HR_LEADER, by=admin)

    assert not Fact.objects.filter(topic="people.role_granted").exists()


@pytest.mark.parametrize(
    ("role", "has_unit"),
    [(Role.HRBP, False), (Role.HR_LEADER, True), (Role.ADMIN, True), (Role.MANAGER, False), (Role.INTEGRATION, False)],
)
def test_grant_role_refuses_what_does_not_fit(admin, role, has_unit):
    user = UserFactory()

    with pytest.raises(ActionError):
        grant_role(user, role, by=admin, org_unit=OrgUnitFactory() if has_unit else None)

    assert not user.grants.exists()


def test_a_role_is_given_once(admin):
    user = UserFactory()
    grant_role(user, Role.EXECUTIVE, by=admin)

    with pytest.raises(ActionError, match="already"):
        grant_role(user, Role.EXECUTIVE, by=admin)


def test_a_revoked_role_stays_as_a_row(admin):
    grant = RoleGrantFactory(role=Role.HR_LEADER)

    revoke_role(grant, by=admin)

    assert RoleGrant.objects.get(pk=grant.pk).revoked_at
    assert not User.objects.get(pk=grant.user_id).viewer.is_hr
    assert Fact.objects.filter(topic="people.role_revoked").count() == 1
    with pytest.raises(ActionError):
        revoke_role(grant, by=admin)


def test_an_administrator_remains(admin):
    with pytest.raises(ActionError):
        revoke_role(admin.grants.get(), by=admin)
    with pytest.raises(ActionError):
        deactivate_account(admin, by=admin)


def test_invite_person_makes_an_account_nobody_can_enter_yet(client, admin, deliver_events):
    employee = EmployeeFactory(employee_number="E 7/1")

    link = invite_person(employee, by=admin)
    deliver_events()

    user = User.objects.get(employee=employee)
    assert (user.username, user.email, user.has_usable_password()) == ("E-7-1", employee.work_email, False)
    assert mail.outbox[0].to == [employee.work_email]
    assert user.username in mail.outbox[0].body
    assert re.search(r"/people/invitation/\S+", mail.outbox[0].body)
    assert link.startswith("http://localhost:8000/people/invitation/")
    assert {"people.account_created", "people.person_invited"} <= set(Fact.objects.values_list("topic", flat=True))


def test_an_invitation_works_once(client):
    link = invite_person(EmployeeFactory(employee_number="7"), by=None)

    assert accept(client, link).url == "/accounts/login/"

    assert User.objects.get(username="7").check_password(PASSWORD)
    assert Fact.objects.filter(topic="people.invitation_accepted").count() == 1
    assert not follow(client, link)[0].context["validlink"]


def test_a_newer_invitation_replaces_the_older(client, time_machine):
    time_machine.move_to("2026-06-15T12:00:00+00:00", tick=False)
    old = invite_person(EmployeeFactory(employee_number="7"), by=None)
    time_machine.move_to("2026-06-15T12:00:05+00:00", tick=False)
    new = invite_account(User.objects.get(username="7"), by=None)

    assert not follow(client, old)[0].context["validlink"]
    assert follow(client, new)[0].context["validlink"]


def test_an_invitation_gets_too_old(client, settings, time_machine):
    time_machine.move_to("2026-06-15T12:00:00+00:00", tick=False)
    link = invite_person(EmployeeFactory(), by=None)

    time_machine.move_to("2026-06-22T12:00:01+00:00", tick=False)

    assert not follow(client, link)[0].context["validlink"]


def test_a_weak_password_is_refused(client):
    page, address = follow(client, invite_person(EmployeeFactory(employee_number="7"), by=None))

    assert client.post(address, {"new_password1": "short", "new_password2": "short"}).status_code == 200
    assert not User.objects.get(username="7").has_usable_password()
    assert page.status_code == 200


def test_whoever_has_a_password_or_left_is_not_invited(admin):
    employee = EmployeeFactory(status="left")

    with pytest.raises(ActionError):
        invite_person(employee, by=admin)
    with pytest.raises(ActionError):
        invite_account(UserFactory(), by=admin)
    assert not User.objects.filter(employee=employee).exists()


def test_addresses_and_names_are_one_accounts_only():
    UserFactory(username="ada", email="ada@example.com")

    with pytest.raises(ActionError, match="user name"):
        create_account(by=None, username="ada")
    with pytest.raises(ActionError, match="address"):
        create_account(by=None, username="ben", email="Ada@example.com")


def test_a_closed_account_is_out_at_once_and_comes_back_without_roles(client, admin):
    user = make_user(Role.HR_LEADER)
    client.force_login(user)
    link = invite_account(create_account(by=None, username="x"), by=None)

    deactivate_account(user, by=admin)
    deactivate_account(User.objects.get(username="x"), by=admin)

    assert not follow(client, link)[0].context["validlink"]
    reactivate_account(user, by=admin)
    user = User.objects.get(pk=user.pk)
    assert (user.is_active, user.has_usable_password(), user.viewer.is_hr) == (True, False, False)
    assert client.get("/people/").status_code == 302


def test_everyone_without_an_account_is_invited_in_the_background(client, admin, deliver_events):
    EmployeeFactory.create_batch(3)
    EmployeeFactory(work_email="")
    EmployeeFactory(status="left")
    client.force_login(admin)

    response = client.post("/people/accounts/invite")
    deliver_events()

    assert response.status_code == 302
    assert User.objects.exclude(employee=None).count() == 3
    assert len(mail.outbox) == 3


def test_the_first_administrator_comes_from_the_command_line(client, capsys):
    call_command("create_account", "root", "--role", "admin")

    accept(client, capsys.readouterr().out.strip())

    assert client.login(username="root", password=PASSWORD)
    assert User.objects.get(username="root").viewer.has(Role.ADMIN)


def test_roles_from_the_command_line(capsys):
    user, unit = UserFactory(username="ada"), OrgUnitFactory(code="U")

    call_command("grant_role", "ada", "hrbp", "--unit", "U")
    assert user.grants.current().get().org_unit == unit
    call_command("grant_role", "ada", "hrbp", "--unit", "U", "--revoke")

    assert not user.grants.current().exists()
    for refused in (["nobody", "admin"], ["ada", "hrbp"], ["ada", "hrbp", "--unit", "X"], ["ada", "admin", "--revoke"]):
        with pytest.raises(CommandError):
            call_command("grant_role", *refused)


def test_invitations_from_the_command_line(capsys):
    EmployeeFactory.create_batch(2)
    EmployeeFactory(employee_number="7", work_email="")

    call_command("invite_employees", "--all")
    call_command("invite_employees", "--number", "7")

    assert "2 people invited." in capsys.readouterr().out
    assert User.objects.count() == 3


def test_no_account_can_become_a_superuser():
    assert no_account_is_a_superuser(None) == []
    assert not make_user(*Role.granted()).has_perm("auth.anything")


class TestOverTheApi:
    """An HRIS that takes people on gives them their accounts, too, where no directory does."""

    SCOPES = frozenset({"accounts:read", "accounts:write", "employees:read"})

    def caller(self, principal=None):
        api = APIClient()
        api.force_authenticate(principal or ClientPrincipal("hris", self.SCOPES))
        return api

    def test_a_person_is_invited_by_mail_and_no_answer_holds_the_link(
        self, mailoutbox, django_capture_on_commit_callbacks
    ):
        person = EmployeeFactory(work_email="ada@example.com")

        with django_capture_on_commit_callbacks(execute=True):
            answer = self.caller().post("/api/v1/accounts/", {"employee": person.pk}, format="json")

        assert answer.status_code == 201
        assert (answer.json()["email"], answer.json()["has_password"]) == ("ada@example.com", False)
        assert "invit" not in answer.content.decode().replace("invited_at", "")
        assert User.objects.get(employee=person).invited_at

    def test_without_an_address_nobody_is_invited(self):
        person = EmployeeFactory(work_email="")

        answer = self.caller().post("/api/v1/accounts/", {"employee": person.pk}, format="json")

        assert answer.status_code == 409
        assert not User.objects.filter(employee=person).exists()

    def test_an_account_is_invited_again_closed_and_opened(self):
        user = UserFactory(employee=EmployeeFactory(), email="a@example.com", password=None)
        url, api = f"/api/v1/accounts/{user.pk}/", self.caller()

        done = [api.post(f"{url}{verb}/").status_code for verb in ("invite", "deactivate", "deactivate", "reactivate")]

        assert done == [200, 200, 409, 200]
        assert api.get("/api/v1/accounts/", {"employee": user.employee_id}).json()["results"][0]["is_active"] is True

    @pytest.mark.parametrize("role", [Role.HR_LEADER, Role.ADMIN])
    @pytest.mark.parametrize("verb", ["invite", "deactivate", "take-work-address"])
    def test_no_client_touches_an_account_that_opens_everything(self, role, verb):
        user = make_user(role, employee=EmployeeFactory(work_email="new@example.com"))

        refused = self.caller().post(f"/api/v1/accounts/{user.pk}/{verb}/")
        again = self.caller().post("/api/v1/accounts/", {"employee": user.employee_id}, format="json")

        assert (refused.status_code, again.status_code) == (403, 403)
        assert User.objects.get(pk=user.pk).is_active
        assert not Fact.objects.filter(topic__in=["people.person_invited", "people.account_deactivated"]).exists()

    def test_a_client_of_some_units_reaches_no_account_elsewhere(self):
        here, there = OrgUnitFactory(), OrgUnitFactory()
        user = UserFactory(employee=EmployeeFactory(org_unit=there), email="a@example.com", password=None)
        api = self.caller(ClientPrincipal("hris", self.SCOPES, (here.path,)))

        answers = [
            api.post(f"/api/v1/accounts/{user.pk}/invite/"),
            api.post("/api/v1/accounts/", {"employee": user.employee_id}, format="json"),
            api.post("/api/v1/accounts/invite-everyone/"),
        ]

        assert [answer.status_code for answer in answers] == [404, 400, 403]
        assert api.get("/api/v1/accounts/").json()["results"] == []

    @pytest.mark.parametrize("scopes", [{"employees:write", "employees:read"}, {"accounts:read"}])
    def test_it_takes_the_scope(self, scopes):
        user = UserFactory(employee=EmployeeFactory(), email="a@example.com", password=None)

        answer = self.caller(ClientPrincipal("hris", frozenset(scopes))).post(f"/api/v1/accounts/{user.pk}/invite/")

        assert answer.status_code == 403

    def test_an_administrator_does_it_by_their_own_token(self, admin):
        user = UserFactory(employee=EmployeeFactory(), email="a@example.com", password=None)

        answer = self.caller(TokenPrincipal(admin, 1)).get(f"/api/v1/accounts/{user.pk}/")

        assert answer.json()["username"] == user.username
