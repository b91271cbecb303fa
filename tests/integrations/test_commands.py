"""Giving systems access and taking it away from the command line."""

import json
from io import StringIO

import pytest
from allauth.idp.oidc.models import Client
from django.core.management import CommandError, call_command

from tests.api.conftest import token_of

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

    assert not Client.objects.exists()


def test_removing_nobody_is_refused():
    with pytest.raises(CommandError):
        run("remove_api_client", "nobody")
