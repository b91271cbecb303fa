"""Connecting an address in Slack or Teams, trying and disconnecting it, on the page and over the API."""

import logging

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact, Job
from hrportal.notices.chat import actions
from hrportal.notices.chat.addresses import masked
from hrportal.notices.enums import BrokenBecause, ConnectionState
from hrportal.notices.models import ChatConnection, NoticeSetting
from hrportal.people.enums import Role
from tests.factories.people import make_user
from tests.notices.chat.steps import (
    READ,
    SETTINGS,
    SLACK,
    TEAMS,
    URL,
    WRITE,
    about_connection,
    acting,
    connect,
    tell,
    titles,
    work,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_the_address_is_a_secret(client, kinds, reader, teams, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(reader)
    address = f"{teams.url}?sig=very-secret-9xYz"

    client.post("/notices/settings/chat/connect/", {"address": address})
    teams.answers = [404]
    work()

    connection = ChatConnection.objects.get()
    page = client.get(SETTINGS).content.decode()
    assert (connection.service, connection.shown) == (TEAMS, "127.0.0.1/…9xYz")
    assert actions.address_of(connection) == address
    everything = [
        page,
        connection.sealed,
        caplog.text,
        str(list(Fact.objects.values())),
        str(list(Job.objects.values())),
    ]
    assert not any("very-secret" in text for text in everything)


@pytest.mark.parametrize(
    "address",
    [
        "https://hooks.example.com/services/T/B/x",
        "https://hooks.slack.com.example.com/services/T/B/x",
        "https://logic.azure.com/workflows/1",
        "http://hooks.slack.com/services/T/B/x",
        "https://me:secret@hooks.slack.com/services/T/B/x",
        "https://hooks.slack.com:8080/services/T/B/x",
        "https://10.0.0.1/",
        "hooks.slack.com",
        "",
    ],
)
def test_an_address_of_nobody_known_is_refused(client, reader, address):
    client.force_login(reader)

    answer = client.post("/notices/settings/chat/connect/", {"address": address})

    assert answer.status_code == 422
    assert not ChatConnection.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("https://hooks.slack.com/services/T0/B0/abcd", SLACK),
        ("https://hooks.slack-gov.com/services/T0/B0/abcd", SLACK),
        ("https://prod-12.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=abcd", TEAMS),
        ("https://example.webhook.office.com/webhookb2/abcd", TEAMS),
        ("https://default12.0a.environment.api.powerplatform.com:443/powerautomate/workflows/1?sig=abcd", TEAMS),
    ],
)
def test_an_address_says_whose_it_is(reader, address, service):
    connection = actions.connect_address(reader.employee, f" {address}\n", by=reader)

    assert connection.service == service
    assert connection.shown == masked(address)
    assert "T0" not in connection.shown


def test_a_new_connection_takes_the_place_of_the_one_before_and_settles_what_was_told(kinds, reader, teams):
    connect(reader, teams)
    teams.answers = [410, 202]
    tell(kinds[0], reader)
    work()

    connection = connect(reader, teams)

    assert list(ChatConnection.objects.all()) == [connection]
    assert connection.is_working
    assert not about_connection(reader).unread().exists()
    topics = Fact.objects.filter(topic__startswith="notices.").order_by("pk").values_list("topic", flat=True)
    assert list(topics) == ["notices.chat_connected", "notices.chat_broken", "notices.chat_connected"]


def test_a_test_message_says_whether_it_works_and_mends_what_was_broken(client, kinds, reader, teams):
    connection = connect(reader, teams)
    ChatConnection.objects.update(state=ConnectionState.BROKEN, broken_because=BrokenBecause.REFUSED)
    client.force_login(reader)

    client.post("/notices/settings/chat/try/")
    again = client.post("/notices/settings/chat/try/", follow=True)
    run_due_jobs()

    assert "on its way already" in again.content.decode()
    assert titles(teams) == [["It works: notices of the people portal reach you here"]]
    connection.refresh_from_db()
    assert (connection.is_working, connection.broken_because) == (True, "")
    assert Fact.objects.filter(topic="notices.chat_mended").exists()


def test_what_was_mended_rests_no_longer(client, kinds, reader, teams):
    connection = connect(reader, teams)
    ChatConnection.objects.update(state=ConnectionState.BROKEN, broken_because=BrokenBecause.REFUSED)
    teams.answers = [(429, {"Retry-After": "86400"}, b""), 202]
    for _ in range(2):
        actions.try_chat(connection, by=reader)
        run_due_jobs()
    tell(kinds[0], reader)

    work()

    assert titles(teams)[2:] == [["Ada waits for you"]]


def test_disconnecting_forgets_the_address(client, kinds, reader, teams):
    connect(reader, teams)
    client.force_login(reader)

    client.post("/notices/settings/chat/disconnect/")
    tell(kinds[0], reader)
    work()

    assert not ChatConnection.objects.exists()
    assert teams.taken == []
    assert Fact.objects.filter(topic="notices.chat_disconnected", person_id=reader.employee_id).exists()
    assert client.post("/notices/settings/chat/disconnect/").status_code == 404


def test_kinds_are_chosen_on_the_page(client, kinds, reader, teams):
    connect(reader, teams)
    client.force_login(reader)
    choices = {"notices.chat_broken": "at_once", "notices.slack_refused": "at_once"}

    client.post(
        SETTINGS, choices | {"language": "de", "test.urgent": "daily", "test.calm": "daily", "chat:test.calm": "on"}
    )

    rows = {row.kind: (row.mail, row.chat) for row in NoticeSetting.objects.filter(kind__startswith="test.")}
    assert rows == {"test.urgent": ("daily", "never"), "test.calm": ("", "at_once")}


def test_the_page_and_telling_cost_the_same_for_one_and_three(client, kinds, reader, teams):
    client.force_login(reader)
    users = [reader, *(make_user(email=f"p{number}@example.com") for number in range(2))]
    counts = []
    for number in (1, 3):
        for user in users[:number]:
            connect(user, teams)
        with CaptureQueriesContext(database) as telling:
            tell(kinds[0], *users[:number], key=f"of {number}")
        with CaptureQueriesContext(database) as page:
            client.get(SETTINGS)
        counts.append((len(telling), len(page)))

    assert counts[0] == counts[1]


def test_two_who_disconnect_at_once_are_told_of_once(reader, teams):
    connection = connect(reader, teams)
    again = ChatConnection.objects.get(pk=connection.pk)

    actions.disconnect_chat(connection, by=reader)
    actions.disconnect_chat(again, by=reader)

    assert Fact.objects.filter(topic="notices.chat_disconnected").count() == 1


def test_the_api_connects_tries_chooses_and_disconnects(kinds, reader, teams):
    api = acting(reader, READ, WRITE)

    made = api.post(URL, {"address": f"{teams.url}?sig=9xYz"}, format="json")
    run_due_jobs()
    tried = api.post(f"{URL}{made.json()['id']}/try/")
    kinds_ = api.patch("/api/v1/notices/kinds/", {"kind": "test.calm", "chat": "at_once"}, format="json").json()

    assert (made.status_code, tried.status_code) == (201, 202)
    assert "sig=" not in made.content.decode()
    (row,) = api.get(URL).json()["results"]
    assert (row["service"], row["shown"], row["state"]) == ("teams", "127.0.0.1/…9xYz", "working")
    assert row["posted_at"] is not None
    assert {kind["kind"]: kind["chat"] for kind in kinds_}["test.calm"] == "at_once"
    assert api.delete(f"{URL}{row['id']}/").status_code == 204
    assert api.get(URL).json()["results"] == []


def test_the_api_refuses_what_the_page_refuses(kinds, reader, settings):
    settings.SLACK_BOT_TOKEN = ""
    api = acting(reader, READ, WRITE)

    assert api.post(URL, {"address": "https://example.com/"}, format="json").status_code == 409
    assert api.post(URL, {}, format="json").status_code == 409
    assert api.patch("/api/v1/notices/kinds/", {"kind": "test.calm"}, format="json").status_code == 400
    assert not ChatConnection.objects.exists()


def test_anothers_connection_is_not_found(kinds, reader, teams):
    connection = connect(reader, teams)
    api = acting(make_user(Role.HR_LEADER), READ, WRITE)

    assert api.get(URL).json()["results"] == []
    assert api.get(f"{URL}{connection.pk}/").status_code == 404
    assert api.post(f"{URL}{connection.pk}/try/").status_code == 404
    assert api.delete(f"{URL}{connection.pk}/").status_code == 404
    assert ChatConnection.objects.get() == connection
    assert teams.taken == []


def test_whoever_may_not_read_notices_does_not_say_where_they_go(kinds, reader, teams):
    address = {"address": f"{teams.url}?sig=9xYz"}

    assert acting(reader, WRITE).post(URL, address, format="json").status_code == 403
    client = APIClient()
    client.force_authenticate(ClientPrincipal("test", frozenset({READ, WRITE})))
    assert client.post(URL, address, format="json").status_code == 404
    assert not ChatConnection.objects.exists()
