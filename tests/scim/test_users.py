"""Accounts over SCIM: made, found, changed, closed and deleted, as identity providers do it."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.models import Employee, User
from performance.models import Review
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewFactory
from tests.scim.conftest import ENTERPRISE, USER, make_scim

pytestmark = pytest.mark.django_db


def test_a_person_whom_hr_knows_gets_an_account(accounts_only):
    person = EmployeeFactory(employee_number="E7", first_name="Ada", source="hris")

    made = accounts_only.new("ada", **{ENTERPRISE: {"employeeNumber": "E7"}, "externalId": "00u1"})

    user = User.objects.get(employee=person)
    assert (made["id"], made["userName"], made["externalId"]) == (str(user.pk), "ada", "00u1")
    assert made[ENTERPRISE]["employeeNumber"] == "E7"
    fact = Fact.objects.get(topic="people.account_created")
    assert (fact.client_id, fact.actor_id, fact.person_id) == ("scim:Entra", None, person.pk)


def test_what_hr_said_of_a_person_is_not_overwritten(accounts_only):
    person = EmployeeFactory(employee_number="E7", first_name="Ada", last_name="King", source="hris")

    made = accounts_only.new("ada", title="Countess", **{ENTERPRISE: {"employeeNumber": "E7", "department": "Sums"}})

    person.refresh_from_db()
    assert (person.last_name, person.job, person.org_unit) == ("King", None, None)
    assert made["name"]["familyName"] == "King"
    assert "title" not in made


def test_nobody_is_made_up_where_hr_enters_people(accounts_only):
    answer = accounts_only.ask("POST", "/Users", {"schemas": [USER], "userName": "stranger"})

    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")
    assert not Employee.objects.exists()


def test_a_client_that_takes_on_people_hires_them(directory):
    boss = directory.new("boss@example.com")

    made = directory.new(
        "ada@example.com",
        title="Analyst",
        nickName="Countess",
        **{ENTERPRISE: {"department": "Engines", "manager": {"value": boss["id"]}}},
    )

    person = Employee.objects.get(user=made["id"])
    assert (person.name, person.source, person.job.name) == ("Countess Byron", "scim:Okta", "Analyst")
    assert (person.org_unit.name, person.manager.user.username) == ("Engines", "boss@example.com")
    assert made[ENTERPRISE]["manager"]["value"] == boss["id"]
    assert "employeeNumber" not in made[ENTERPRISE]
    assert {fact.client_id for fact in Fact.objects.exclude(topic__startswith="scim.")} == {"scim:Okta"}


@pytest.mark.parametrize("user_name", ["ada@example.com", "ADA@Example.com"])
def test_a_user_name_is_given_once_in_whatever_case(directory, user_name):
    directory.new("ada@example.com")

    answer = directory.ask("POST", "/Users", {"schemas": [USER], "userName": user_name})

    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")
    assert User.objects.count() == 1


def test_a_closed_account_is_still_found_and_loses_sessions_and_roles_at_once(accounts_only):
    user = make_user(Role.HR_LEADER)
    browser = Browser()
    browser.force_login(user)

    accounts_only.patch(f"/Users/{user.pk}", {"op": "Replace", "path": "active", "value": "False"})

    assert browser.get(reverse("home:my_work")).status_code == 302
    assert not user.grants.current().exists()
    assert accounts_only.get(f"/Users/{user.pk}")["active"] is False
    assert accounts_only.find("Users", f'userName eq "{user.username}" and active eq false')["totalResults"] == 1


def test_an_account_that_is_opened_again_has_no_password_and_the_roles_of_its_groups(directory):
    made = directory.new()
    group = directory.find("Groups", 'displayName eq "Role: Executive"')["Resources"][0]["id"]
    directory.patch(f"/Groups/{group}", {"op": "add", "path": "members", "value": [{"value": made["id"]}]}, status=204)

    for active in (False, True):
        directory.patch(f"/Users/{made['id']}", {"op": "replace", "value": {"active": active}})

    user = User.objects.get(pk=made["id"])
    assert (user.is_active, user.has_usable_password()) == (True, False)
    assert [grant.role for grant in user.grants.current()] == [Role.EXECUTIVE]


def test_after_a_deletion_the_reviews_stay_and_the_person_returns_under_a_new_id(directory):
    made = directory.new(externalId="00u1", **{ENTERPRISE: {"employeeNumber": "E7"}})
    person = Employee.objects.get(employee_number="E7")
    ReviewFactory(employee=person)

    directory.delete(f"/Users/{made['id']}")

    assert User.objects.get(employee=person).is_active is False
    assert Review.objects.filter(employee=person).count() == 1
    for ask in (directory.get, lambda path, status: directory.delete(path, status)):
        ask(f"/Users/{made['id']}", 404)
    assert directory.find("Users", 'userName eq "ada@example.com"')["totalResults"] == 0

    again = directory.new(externalId="00u1")

    assert again["id"] == f"{made['id']}-2"
    assert User.objects.get(employee=person).is_active is True
    directory.get(f"/Users/{made['id']}", 404)


def test_the_user_name_of_a_deleted_account_goes_to_somebody_else(directory):
    made = directory.new("ada@example.com", **{ENTERPRISE: {"employeeNumber": "E7"}})
    directory.delete(f"/Users/{made['id']}")

    other = directory.new(
        "ada@example.com", emails=[{"value": "lovelace@example.com"}], **{ENTERPRISE: {"employeeNumber": "E8"}}
    )

    assert Employee.objects.get(user=other["id"].partition("-")[0]).employee_number == "E8"
    assert Employee.objects.get(employee_number="E7").user.username == f"deleted-{made['id']}"


def test_ending_employments_is_a_choice(db):
    plain, strict = (
        make_scim("Plain", takes_on_people=True),
        make_scim("Strict", takes_on_people=True, ends_employments=True),
    )

    for directory, name in ((plain, "a@example.com"), (strict, "b@example.com")):
        made = directory.new(name)
        directory.patch(f"/Users/{made['id']}", {"op": "replace", "path": "active", "value": False})

    statuses = dict(Employee.objects.values_list("work_email", "status"))
    assert statuses == {"a@example.com": "active", "b@example.com": "left"}


class TestPrivilegedAccounts:
    def test_an_administrator_is_not_closed_out_without_leave(self, accounts_only):
        make_user(Role.ADMIN)
        admin = make_user(Role.ADMIN)

        answer = accounts_only.ask("DELETE", f"/Users/{admin.pk}")

        admin.refresh_from_db()
        assert (answer.status_code, admin.is_active) == (403, True)

    def test_nobody_closes_the_last_administrator(self, db):
        admin = make_user(Role.ADMIN)
        scim = make_scim(is_privileged=True)

        scim.delete(f"/Users/{admin.pk}", 409)

        admin.refresh_from_db()
        assert admin.is_active

    def test_the_address_of_an_hr_leader_is_not_changed_without_leave(self, accounts_only):
        leader = make_user(Role.HR_LEADER)
        before = leader.email

        accounts_only.patch(
            f"/Users/{leader.pk}",
            {"op": "replace", "path": 'emails[type eq "work"].value', "value": "evil@example.com"},
            status=403,
        )

        leader.refresh_from_db()
        assert leader.email == before


class TestPut:
    def test_what_is_left_out_is_cleared_but_not_an_extension_left_out_whole(self, directory):
        made = directory.new(nickName="Countess", externalId="x", **{ENTERPRISE: {"department": "Engines"}})

        put = directory.put(f"/Users/{made['id']}", {"schemas": [USER], "userName": "ada@example.com"})

        assert not put.keys() & {"nickName", "emails", "externalId"}
        assert put[ENTERPRISE]["department"] == "Engines"
        assert (put["name"], put["active"]) == ({"givenName": "Ada", "familyName": "Byron"}, True)

    def test_an_extension_that_is_spoken_of_is_replaced(self, directory):
        made = directory.new(**{ENTERPRISE: {"department": "Engines", "employeeNumber": "E7"}})

        put = directory.put(
            f"/Users/{made['id']}",
            {"schemas": [USER], "userName": "ada@example.com", ENTERPRISE: {"employeeNumber": "E8"}},
        )

        assert put[ENTERPRISE] == {"employeeNumber": "E8"}


class TestPatch:
    @pytest.mark.parametrize(
        ("operation", "path", "expected"),
        [
            ({"op": "Replace", "path": "active", "value": "False"}, "active", False),
            ({"op": "replace", "value": {"active": False}}, "active", False),
            ({"op": "Add", "path": "nickName", "value": "A"}, "nickName", "A"),
            ({"op": "replace", "value": {"name.familyName": "King"}}, "name.familyName", "King"),
            ({"op": "replace", "value": {f"{ENTERPRISE}:department": "Sums"}}, f"{ENTERPRISE}|department", "Sums"),
            ({"op": "Add", "path": f"{ENTERPRISE}:employeeNumber", "value": "E9"}, f"{ENTERPRISE}|employeeNumber", "E9"),
            ({"op": "replace", "path": 'emails[type eq "work"].value', "value": "k@example.com"}, "emails.0.value", "k@example.com"),
            ({"op": "replace", "path": 'emails[primary eq true].value', "value": "k@example.com"}, "emails.0.value", "k@example.com"),
            ({"op": "Replace", "path": "USERNAME", "value": "king"}, "userName", "king"),
            ({"op": "replace", "path": f"{USER}:title", "value": "Countess"}, "title", "Countess"),
            ({"op": "replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "1"}, "userName", "ada@example.com"),
        ],
    )  # fmt: skip
    def test_the_shapes_that_identity_providers_send(self, directory, operation, path, expected):
        made = directory.new()

        found = directory.patch(f"/Users/{made['id']}", operation)

        for part in path.replace("|", "\n").split("\n") if "|" in path else path.split("."):
            found = found[int(part)] if part.isdigit() else found[part]
        assert found == expected

    def test_a_filter_that_meets_no_entry_makes_one(self, directory):
        made = directory.new(emails=[])

        found = directory.patch(
            f"/Users/{made['id']}", {"op": "Add", "path": 'emails[type eq "work"].value', "value": "a@example.com"}
        )

        assert [email["value"] for email in found["emails"]] == ["a@example.com"]

    @pytest.mark.parametrize("shape", ["bare", "object", "sub-attribute", "number"])
    def test_a_manager_in_every_shape(self, directory, shape):
        boss = directory.new("boss@example.com", **{ENTERPRISE: {"employeeNumber": "B1"}})
        made = directory.new()
        path, value = {
            "bare": ("manager", boss["id"]),
            "object": ("manager", {"value": boss["id"]}),
            "sub-attribute": ("manager.value", boss["id"]),
            "number": ("manager", "B1"),
        }[shape]

        found = directory.patch(f"/Users/{made['id']}", {"op": "Add", "path": f"{ENTERPRISE}:{path}", "value": value})

        assert found[ENTERPRISE]["manager"]["value"] == boss["id"]
        removed = directory.patch(f"/Users/{made['id']}", {"op": "Remove", "path": f"{ENTERPRISE}:manager"})
        assert "manager" not in removed.get(ENTERPRISE, {})

    def test_all_operations_or_none(self, directory):
        made = directory.new()

        directory.patch(
            f"/Users/{made['id']}",
            {"op": "replace", "path": "nickName", "value": "A"},
            {"op": "replace", "path": f"{ENTERPRISE}:manager", "value": "nobody-known"},
            status=400,
        )

        assert "nickName" not in directory.get(f"/Users/{made['id']}")

    def test_nobody_becomes_their_own_managers_manager(self, directory):
        boss = directory.new("boss@example.com")
        made = directory.new(**{ENTERPRISE: {"manager": {"value": boss["id"]}}})

        answer = directory.ask(
            "PATCH",
            f"/Users/{boss['id']}",
            {"Operations": [{"op": "add", "path": f"{ENTERPRISE}:manager", "value": made["id"]}]},
        )

        assert answer.status_code == 409
        assert "ring" in answer.json()["detail"]


class TestVersions:
    def test_a_change_to_another_version_is_refused(self, directory):
        made = directory.new()
        operation = {"op": "replace", "path": "nickName", "value": "A"}

        directory.patch(f"/Users/{made['id']}", operation, status=412, if_match='W/"other"')
        changed = directory.patch(f"/Users/{made['id']}", operation, if_match=made["meta"]["version"])

        assert changed["meta"]["version"] != made["meta"]["version"]

    def test_a_known_version_is_not_sent_again(self, directory):
        made = directory.new()

        answer = directory.ask("GET", f"/Users/{made['id']}", if_none_match=made["meta"]["version"])

        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", made["meta"]["version"])


def test_units_and_jobs_are_met_by_name_or_code(directory):
    unit, job = OrgUnitFactory(code="U-7", name="Engines"), JobFactory(code="J-7", name="Analyst")

    made = directory.new(title="ANALYST", **{ENTERPRISE: {"department": "u-7"}})

    person = Employee.objects.get(user=made["id"])
    assert (person.org_unit, person.job) == (unit, job)
    OrgUnitFactory(name="Engines")
    other = {"schemas": [USER], "userName": "b", ENTERPRISE: {"department": "Engines"}}
    assert directory.ask("POST", "/Users", other).json()["scimType"] == "invalidValue"


def test_an_invitation_is_sent_where_that_was_chosen(db, mailoutbox, deliver_events):
    directory = make_scim(takes_on_people=True, sends_invitations=True)

    directory.new("ada@example.com")
    deliver_events()

    assert [mail.to for mail in mailoutbox] == [["ada@example.com"]]
