"""Giving systems access and taking it away from the command line."""

import json
from io import StringIO

import pytest
from allauth.idp.oidc.models import Client
from django.core.management import CommandError, call_command

from hrportal.integrations.models import ApiClient, ClientSecret
from tests.api.conftest import token_of
from tests.factories.people import OrgUnitFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_create_api_client_prints_what_a_client_needs(settings):
    settings.PUBLIC_URL = "https://hr.example"

    shown = json.loads(run("create_api_client", "HRIS", "--scopes", "employees:read", "reviews:read", "--act-for"))

    assert shown["token_url"] == "https://hr.example/api/oauth/token"
    assert shown["scopes"] == ["act_for", "employees:read", "reviews:read"]
    assert Client.objects.get(pk=shown["client_id"]).name == "HRIS"
    assert token_of(shown["client_id"], shown["client_secret"])


def test_unknown_scope_is_refused():
    with pytest.raises(CommandError, match="everything:write"):
        run("create_api_client", "HRIS", "--scopes", "everything:write")

    assert not Client.objects.exists()


def test_remove_api_client():
    client_id = json.loads(run("create_api_client", "HRIS", "--scopes", "employees:read"))["client_id"]

    run("remove_api_client", client_id)

    assert not ApiClient.objects.active().exists()
    assert not ClientSecret.objects.valid().exists()


def test_client_is_limited_to_units_and_addresses():
    unit = OrgUnitFactory()

    shown = json.loads(
        run(
            "create_api_client",
            "Payroll",
            "--scopes",
            "employees:read",
            "--units",
            unit.code,
            "--networks",
            "10.0.0.0/8",
        )
    )

    row = ApiClient.objects.get(client_id=shown["client_id"])
    assert row.unit_paths == (unit.path,)
    assert row.admits("10.1.2.3")
    assert not row.admits("192.0.2.1")


@pytest.mark.parametrize("more", [["--units", "nowhere"], ["--networks", "10.0.0.0/99"]])
def test_limit_that_makes_no_sense_is_refused(more):
    with pytest.raises(CommandError):
        run("create_api_client", "Payroll", "--scopes", "employees:read", *more)

    assert not Client.objects.exists()


def test_rotate_api_secret():
    shown = json.loads(run("create_api_client", "HRIS", "--scopes", "employees:read"))

    secret = run("rotate_api_secret", shown["client_id"]).strip()

    assert token_of(shown["client_id"], secret)
    assert ClientSecret.objects.valid().count() == 1


def test_removing_nobody_is_refused():
    with pytest.raises(CommandError):
        run("remove_api_client", "nobody")
