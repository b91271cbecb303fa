"""Tokens, errors and the description of the service."""

import json

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from time_machine import travel

from hrportal.integrations.scim.actions.clients import close_client, issue_token, revoke_token
from hrportal.integrations.scim.jobs import forget_requests
from hrportal.integrations.scim.models import ScimRequest, ScimToken
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from tests.factories.people import make_user
from tests.scim.conftest import Scim, make_scim

pytestmark = pytest.mark.django_db
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic dTpw", "Bearer"])
def test_without_a_good_token_nothing_is_said(header):
    headers = {"Authorization": header} if header else {}

    answer = Browser(headers=headers).get("/scim/v2/Users")

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="scim"')
    assert answer.json()["schemas"] == [ERROR]


def test_a_session_opens_nothing():
    browser = Browser()
    browser.force_login(make_user(Role.ADMIN))

    assert browser.get("/scim/v2/Users").status_code == 401


def test_two_tokens_are_good_while_one_replaces_the_other(directory):
    token, secret = issue_token(directory.client, by=None)
    second = Scim(directory.client, secret)

    before = [scim.ask("GET", "/Users").status_code for scim in (directory, second)]
    revoke_token(ScimToken.objects.exclude(pk=token.pk).get(), by=None)
    after = [scim.ask("GET", "/Users").status_code for scim in (directory, second)]

    assert (before, after) == ([200, 200], [401, 200])
    assert ScimToken.objects.get(pk=token.pk).last_used_at is not None
    close_client(directory.client, by=None)
    assert second.ask("GET", "/Users").status_code == 401


def test_a_client_makes_its_next_token_itself_and_gives_the_old_one_back(directory):
    second = Scim(directory.client, directory.post("/Token", {})["token"])

    both = [scim.ask("GET", "/Users").status_code for scim in (directory, second)]
    third = second.ask("POST", "/Token")
    directory.delete("/Token")

    assert (both, third.status_code) == ([200, 200], 409)
    assert [scim.ask("GET", "/Users").status_code for scim in (directory, second)] == [401, 200]
    facts = Fact.objects.filter(client_id="scim:Okta").order_by("pk").values_list("topic", flat=True)
    assert list(facts) == ["scim.token_issued", "scim.token_revoked"]
    assert second.token not in str(list(ScimRequest.objects.values()))


@pytest.fixture
def limits(settings):
    settings.API_RATE_LIMITS = {"scim": 2, "wrong_token": 2}
    cache.clear()
    with travel("2026-11-20T09:30:15Z", tick=False):
        yield
    cache.clear()


def test_each_token_asks_so_often_in_a_minute_and_is_told_when_to_come_again(directory, accounts_only, limits):
    answers = [directory.ask("GET", "/Users?count=1") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429, 429]
    refusal = answers[2]
    assert (refusal["Retry-After"], refusal["Content-Type"]) == ("45", "application/scim+json")
    assert (refusal.json()["schemas"], refusal.json()["status"]) == ([ERROR], "429")
    assert answers[0]["RateLimit"] == '"scim";r=1;t=45'
    assert accounts_only.ask("GET", "/Users?count=1").status_code == 200
    noted = ScimRequest.objects.filter(client=directory.client, status=429)
    assert noted.count() == 1


def test_whoever_tries_tokens_is_stopped_and_clients_at_the_same_place_are_not(directory, limits):
    tried = [Scim(directory.client, f"guess{n}").ask("GET", "/Users").status_code for n in range(3)]

    assert tried == [401, 401, 429]
    assert directory.ask("GET", "/Users?count=1").status_code == 200


def test_the_secret_is_not_kept(directory):
    assert directory.token not in str(list(ScimToken.objects.values()))


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "keyword"),
    [
        ("GET", "/Nothing", None, 404, None),
        ("GET", "/Users/999", None, 404, None),
        ("GET", "/Users/0x1", None, 404, None),
        ("GET", "/Groups/unit-999", None, 404, None),
        ("GET", "/Schemas/%00", None, 404, None),
        ("DELETE", "/Users", None, 405, None),
        ("POST", "/Users", "no json", 400, "invalidSyntax"),
        ("POST", "/Users", [], 400, "invalidSyntax"),
        ("POST", "/Users", {"userName": {"a": 1}}, 400, "invalidValue"),
        ("POST", "/Users", {"userName": "a" * 200}, 400, "invalidValue"),
        ("POST", "/Users", {"userName": "a\x00b"}, 400, "invalidValue"),
        ("POST", "/Users", {"userName": "a", "title": "\ud800"}, 400, "invalidValue"),
        ("POST", "/Groups", {"displayName": "a\x00b"}, 400, "invalidValue"),
        ("POST", "/Users", {"userName": "a" * 3_000_000}, 413, None),
        ("POST", "/Users", {"userName": "a", "active": "perhaps"}, 400, "invalidValue"),
        ("GET", "/Users?count=many", None, 400, "invalidValue"),
        ("GET", "/Users?sortBy=nothing", None, 400, "invalidPath"),
        ("GET", "/Users?attributes=id&excludedAttributes=name", None, 400, "invalidValue"),
        ("POST", "/Bulk", {}, 404, None),
    ],
)
def test_every_refusal_is_a_scim_error(directory, method, path, body, status, keyword):
    answer = directory.ask(method, path, body)

    told = json.loads(answer.content)
    assert (answer.status_code, told["status"], told.get("scimType")) == (status, str(status), keyword)
    assert (told["schemas"], answer["Content-Type"]) == ([ERROR], "application/scim+json")


@pytest.mark.parametrize(("path", "value"), [("active", "perhaps"), ("title", {"a": 1}), ("emails", "ada")])
def test_a_value_of_the_wrong_kind_is_refused_in_a_line(directory, path, value):
    user = directory.new()

    told = directory.patch(f"/Users/{user['id']}", {"op": "replace", "path": path, "value": value}, status=400)

    assert (told["scimType"], "\n" in told["detail"], "https://" in told["detail"]) == ("invalidValue", False, False)
    assert f": {path}" in told["detail"]


def test_a_fault_of_the_portals_own_is_a_scim_error_too_and_noted(directory, monkeypatch):
    monkeypatch.setattr("hrportal.integrations.scim.service.list_users", lambda *_: 1 / 0)

    answer = directory.ask("GET", "/Users", is_told_of_faults=False)

    assert (answer.status_code, answer.json()["schemas"], answer.json()["status"]) == (500, [ERROR], "500")
    assert directory.client.requests.get().status == 500


@pytest.mark.parametrize("path", ["/Users", "/Users/", "/ServiceProviderConfig/", "/Schemas", "/ResourceTypes/User/"])
def test_a_slash_at_the_end_makes_no_difference_and_head_has_no_body(directory, path):
    answer, head = directory.ask("GET", path), directory.ask("HEAD", path)

    assert (answer.status_code, head.status_code, head.content) == (200, 200, b"")
    assert answer["Content-Type"] == "application/scim+json"


def test_what_is_announced_is_what_there_is(directory):
    config = directory.get("/ServiceProviderConfig")

    supported = {name: config[name]["supported"] for name in ("patch", "bulk", "filter", "sort", "etag")}
    assert supported == {"patch": True, "bulk": False, "filter": True, "sort": True, "etag": True}
    for name in ("Schemas", "ResourceTypes"):
        found = directory.get(f"/{name}")
        assert found["totalResults"] == len(found["Resources"])
        assert {directory.get(f"/{name}/{row['id']}")["id"] for row in found["Resources"]}


def test_requests_are_noted_without_what_was_in_them_and_forgotten(directory, monkeypatch):
    directory.ask("GET", '/Users?filter=userName%20eq%20"ada"')
    directory.ask("POST", "/Users", {"schemas": [], "password": "hunter2"})

    noted = list(ScimRequest.objects.order_by("pk").values_list("method", "path", "status"))

    assert noted == [("GET", "Users", 200), ("POST", "Users", 400)]
    monkeypatch.setattr("hrportal.integrations.scim.jobs.REQUESTS_KEPT_DAYS", -1)
    forget_requests()
    assert not ScimRequest.objects.exists()


def test_two_clients_have_their_own_names_for_an_account(db):
    one, other = make_scim("One", takes_on_people=True), make_scim("Other")
    made = one.new(externalId="x1")

    other.patch(f"/Users/{made['id']}", {"op": "add", "path": "externalId", "value": "y1"})

    assert [scim.get(f"/Users/{made['id']}")["externalId"] for scim in (one, other)] == ["x1", "y1"]
    assert one.find("Users", 'externalId eq "y1"')["totalResults"] == 0
