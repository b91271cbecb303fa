"""Groups over SCIM: those of a client, those that stand for roles, and units."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hrportal.common.actions import ActionError
from hrportal.integrations.scim.actions.memberships import map_group
from hrportal.integrations.scim.models import ScimGroup
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant, User
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.scim.conftest import GROUP, make_scim

pytestmark = pytest.mark.django_db


def group_of(scim, name="Readers", *members):
    body = {"schemas": [GROUP], "displayName": name, "members": [{"value": str(user.pk)} for user in members]}
    return scim.post("/Groups", body)


def named(scim, name):
    (group,) = scim.find("Groups", f'displayName eq "{name}"')["Resources"]
    return f"/Groups/{group['id']}"


def roles_of(user):
    return sorted(user.grants.current().values_list("role", flat=True))


def ids(group):
    return sorted(member["value"] for member in group.get("members", []))


def test_a_group_of_the_clients_own_gives_nothing(accounts_only):
    user = make_user()

    group = group_of(accounts_only, "Readers", user)

    assert ids(group) == [str(user.pk)]
    assert roles_of(user) == []
    assert accounts_only.get(f"/Users/{user.pk}")["groups"][0]["display"] == "Readers"


@pytest.mark.parametrize(
    ("operation", "left"),
    [
        ({"op": "Add", "path": "members", "value": [{"value": "C"}]}, "ABC"),
        ({"op": "add", "value": {"members": [{"value": "C"}]}}, "ABC"),
        ({"op": "Remove", "path": 'members[value eq "A"]'}, "B"),
        ({"op": "Remove", "path": "members", "value": [{"value": "A"}]}, "B"),
        ({"op": "Remove", "path": "members"}, ""),
        ({"op": "Remove", "path": "members", "value": []}, "AB"),
        ({"op": "Replace", "path": "members", "value": [{"value": "C"}]}, "C"),
        ({"op": "Replace", "path": f"{GROUP}:members", "value": [{"value": "B"}, {"value": "C"}]}, "BC"),
        ({"op": "Add", "path": "members", "value": [{"value": "A"}]}, "AB"),
    ],
)
def test_members_come_and_go_in_every_shape(accounts_only, operation, left):
    people = {name: make_user() for name in "ABC"}
    group = group_of(accounts_only, "Readers", people["A"], people["B"])
    text = json.dumps(operation)
    for name, user in people.items():
        text = text.replace(f'"{name}"', f'"{user.pk}"').replace(f'\\"{name}\\"', f'\\"{user.pk}\\"')

    accounts_only.patch(f"/Groups/{group['id']}", json.loads(text), status=204)

    assert ids(accounts_only.get(f"/Groups/{group['id']}")) == sorted(str(people[name].pk) for name in left)


def test_a_group_is_renamed_replaced_and_deleted(accounts_only):
    user = make_user()
    path = f"/Groups/{group_of(accounts_only)['id']}"

    accounts_only.patch(path, {"op": "Replace", "value": {"displayName": "Writers"}}, status=204)
    put = accounts_only.put(path, {"schemas": [GROUP], "displayName": "Editors", "members": [{"value": str(user.pk)}]})
    accounts_only.delete(path)

    assert (put["displayName"], ids(put)) == ("Editors", [str(user.pk)])
    accounts_only.get(path, 404)
    assert User.objects.filter(pk=user.pk, is_active=True).exists()


def test_a_name_is_given_once_and_an_unknown_member_refused(accounts_only):
    path = f"/Groups/{group_of(accounts_only)['id']}"

    accounts_only.post("/Groups", {"schemas": [GROUP], "displayName": "readers"}, 409)
    accounts_only.patch(path, {"op": "add", "path": "members", "value": [{"value": "999"}]}, status=400)

    assert ScimGroup.objects.filter(client=accounts_only.client).count() == 1


def test_one_client_does_not_meet_the_groups_of_another(accounts_only):
    group = group_of(make_scim("Other"))

    accounts_only.get(f"/Groups/{group['id']}", 404)
    assert accounts_only.find("Groups", 'displayName eq "Readers"')["totalResults"] == 0


def test_being_in_the_group_of_a_role_gives_it_and_leaving_takes_it_back(accounts_only):
    user, path = make_user(), named(accounts_only, "Role: Executive")
    member = {"value": str(user.pk)}

    accounts_only.patch(path, {"op": "add", "path": "members", "value": [member]}, status=204)
    given = roles_of(user)
    accounts_only.patch(path, {"op": "remove", "path": "members", "value": [member]}, status=204)

    assert (given, roles_of(user)) == (["executive"], [])
    accounts_only.delete(path, 400)


@pytest.mark.parametrize("name", ["Role: HR leader", "Role: System administrator"])
def test_privileged_roles_take_leave(accounts_only, name):
    user, path = make_user(), named(accounts_only, name)

    accounts_only.patch(path, {"op": "add", "path": "members", "value": [{"value": str(user.pk)}]}, status=403)

    assert roles_of(user) == []
    trusted = make_scim("Trusted", is_privileged=True)
    trusted.patch(path, {"op": "add", "path": "members", "value": [{"value": str(user.pk)}]}, status=204)
    assert len(roles_of(user)) == 1


def test_an_administrator_says_what_a_clients_group_stands_for(accounts_only):
    admin, user, unit = make_user(Role.ADMIN), make_user(), OrgUnitFactory()
    group = ScimGroup.objects.get(pk=group_of(accounts_only, "Partners", user)["id"].partition("-")[2])

    map_group(group, by=admin, role=Role.HRBP, org_unit=unit)
    given = RoleGrant.objects.current().get(user=user)
    map_group(group, by=admin, role="", org_unit=None)

    assert (given.role, given.org_unit) == ("hrbp", unit)
    assert roles_of(user) == []
    with pytest.raises(ActionError):
        map_group(group, by=admin, role=Role.HR_LEADER)


def test_a_role_that_two_groups_give_ends_with_the_second(accounts_only):
    admin, user, unit = make_user(Role.ADMIN), make_user(), OrgUnitFactory()
    groups = [group_of(accounts_only, name, user)["id"] for name in ("One", "Two")]
    for key in groups:
        map_group(ScimGroup.objects.get(pk=key.partition("-")[2]), by=admin, role=Role.HRBP, org_unit=unit)

    left = []
    for key in groups:
        accounts_only.delete(f"/Groups/{key}")
        left.append(roles_of(user))

    assert left == [["hrbp"], []]


def test_a_unit_is_a_group_to_read(accounts_only):
    unit = OrgUnitFactory(name="Engines")
    user = make_user(employee=EmployeeFactory(org_unit=unit))
    path = named(accounts_only, "Unit: Engines")

    assert ids(accounts_only.get(path)) == [str(user.pk)]
    answer = accounts_only.ask("PATCH", path, {"Operations": [{"op": "remove", "path": "members"}]})
    assert (answer.status_code, answer.json()["scimType"]) == (400, "mutability")


@pytest.mark.parametrize("members", [1, 3])
def test_members_that_are_not_asked_for_are_not_read(accounts_only, members):
    group_of(accounts_only, "Readers", *(make_user() for _ in range(members)))

    with CaptureQueriesContext(connection) as queries:
        found = accounts_only.get("/Groups?excludedAttributes=members&filter=displayName%20eq%20%22Readers%22")

    assert "members" not in found["Resources"][0]
    assert not [query for query in queries if 'FROM "scim_scimmember"' in query["sql"]]
