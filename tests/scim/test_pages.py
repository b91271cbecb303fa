"""The pages where administrators look after identity providers."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from hrportal.integrations.scim.models import ScimClient, ScimGroup, ScimToken
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from tests.factories.people import OrgUnitFactory, make_user
from tests.scim.conftest import Scim

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = make_user(Role.ADMIN)
    client.force_login(user)
    return user


def page(name, *args):
    return reverse(f"provisioning:{name}", args=args)


def shown_token(answer):
    return answer.context["secret"]


def test_a_client_is_let_in_and_its_token_shown_once(client, admin):
    answer = client.post(page("client_create"), {"name": "Okta", "takes_on_people": "on"})

    okta = ScimClient.objects.get()
    token = shown_token(answer)
    assert token in answer.content.decode()
    assert Scim(okta, token).ask("GET", "/Users").status_code == 200
    detail = client.get(page("client_detail", okta.pk)).content.decode()
    assert token not in detail
    assert "GET /Users" in detail
    facts = Fact.objects.filter(actor_id=admin.pk).order_by("pk").values_list("topic", flat=True)
    assert list(facts) == ["scim.client_created", "scim.token_issued"]


def test_a_name_is_given_once_and_what_was_typed_stays(client, admin):
    ScimClient.objects.create(name="Okta")

    answer = client.post(page("client_create"), {"name": "Okta", "is_privileged": "on"})

    assert (answer.status_code, ScimClient.objects.count()) == (422, 1)
    assert answer.context["form"]["is_privileged"].value() is True


def test_a_token_is_rotated_and_a_third_one_refused(client, admin, directory):
    first = ScimToken.objects.get()

    second = shown_token(client.post(page("token_issue", directory.client.pk)))
    third = client.post(page("token_issue", directory.client.pk), follow=True)
    client.post(page("token_revoke", first.pk))

    assert "Two tokens are good already" in third.content.decode()
    assert Scim(directory.client, second).ask("GET", "/Users").status_code == 200
    assert directory.ask("GET", "/Users").status_code == 401


def test_choices_are_changed_and_a_client_is_shut_out(client, admin, directory):
    client.post(page("client_edit", directory.client.pk), {"sends_invitations": "on"})
    directory.client.refresh_from_db()
    choices = (directory.client.takes_on_people, directory.client.sends_invitations)

    client.post(page("client_close", directory.client.pk))

    assert choices == (False, True)
    assert directory.ask("GET", "/Users").status_code == 401
    assert client.get(page("client_detail", directory.client.pk)).status_code == 200


def test_a_group_is_given_a_role(client, admin, directory):
    user, unit = directory.new(), OrgUnitFactory(name="North")
    body = {"displayName": "Partners", "members": [{"value": user["id"]}]}
    group = ScimGroup.objects.get(pk=directory.post("/Groups", body)["id"].partition("-")[2])

    refused = client.post(page("group_map", group.pk), {"role": "hrbp", "org_unit": ""})
    client.post(page("group_map", group.pk), {"role": "hrbp", "org_unit": unit.code})

    assert refused.status_code == 422
    group.refresh_from_db()
    assert (group.role, group.org_unit) == ("hrbp", unit)
    assert "North" in client.get(page("client_detail", directory.client.pk)).content.decode()


def test_the_page_says_when_a_client_last_asked_and_what_was_last_refused(client, admin, directory):
    before = client.get(page("client_detail", directory.client.pk)).content.decode()
    directory.ask("GET", "/Users/999")
    directory.ask("GET", "/Users")

    after = client.get(page("client_detail", directory.client.pk)).context

    assert before.count("Never") == 2
    assert (after["last"].path, after["last"].status) == ("Users", 200)
    assert (after["last_refused"].path, after["last_refused"].told) == (
        "Users/999",
        "404 · There is no user with the id 999.",
    )


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_often_for_three_requests_as_for_one(client, admin, directory, count, django_assert_num_queries):
    for number in range(count):
        directory.post("/Groups", {"displayName": f"Group {number}"})
    client.get(page("client_detail", directory.client.pk))

    with django_assert_num_queries(10):
        client.get(page("client_detail", directory.client.pk))


def test_the_command_lets_a_client_in_and_gives_it_a_second_token(db, capsys):
    call_command("create_scim_client", "Okta", "--takes-on-people")
    first = json.loads(capsys.readouterr().out)
    call_command("create_scim_client", "Okta", "--new-token")
    second = json.loads(capsys.readouterr().out)

    okta = ScimClient.objects.get()
    assert okta.takes_on_people
    assert [Scim(okta, shown["token"]).ask("GET", "/Users").status_code for shown in (first, second)] == [200, 200]
    with pytest.raises(CommandError):
        call_command("create_scim_client", "Okta")
