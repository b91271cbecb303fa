"""Connecting Slack: people are found by the address of their account, in the background."""

import pytest
from django.utils import timezone

from hrportal.journal.jobs import run_due_jobs, start_job
from hrportal.journal.models import Fact, Job
from hrportal.notices.chat import actions, posting, slack
from hrportal.notices.models import ChatConnection, SlackWish
from tests.notices.chat.steps import APP, READ, SETTINGS, TEAMS, URL, WRITE, acting, connect, left, said

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SLACK_URL = "/notices/settings/chat/slack/"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (said(ok=False, error="users_not_found"), "Nobody in Slack has the address reader@example.com."),
        (said(ok=False, error="missing_scope"), "Tell your administrators."),
        ((200, {}, b"<html>"), "Try again in a while."),
        (500, "Try again in a while."),
    ],
)
def test_whoever_slack_does_not_find_is_told_why(client, reader, slack_app, answer, words):
    slack_app.answers = [answer]
    client.force_login(reader)

    client.post(SLACK_URL)
    run_due_jobs()

    page = client.get(SETTINGS).content.decode()
    assert words in page
    assert "Connecting Slack…" not in page
    assert "Connect Slack" in page
    assert not ChatConnection.objects.exists()


def test_slack_is_asked_in_the_background_while_the_page_says_so(client, reader, slack_app):
    client.force_login(reader)

    waiting = client.post(SLACK_URL, follow=True).content.decode()

    assert slack_app.taken == []
    assert "Connecting Slack…" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    run_due_jobs()
    connected = client.get(SETTINGS).content.decode()
    assert "Slack · reader@example.com" in connected
    assert "every 2s" not in connected


def test_slack_is_asked_once_at_a_time(client, reader, slack_app):
    client.force_login(reader)
    client.post(SLACK_URL)

    again = client.post(SLACK_URL, follow=True).content.decode()

    assert "Slack is being connected already." in again
    assert Job.objects.count() == 1


def test_until_slack_has_found_somebody_what_they_had_stays(client, reader, teams, slack_app):
    connection = connect(reader, teams)
    slack_app.answers = [said(ok=False, error="users_not_found"), said(ok=True, user={"id": "U1"})]
    client.force_login(reader)

    client.post(SLACK_URL)
    run_due_jobs()
    assert ChatConnection.objects.get() == connection

    client.post(SLACK_URL)
    run_due_jobs()
    assert ChatConnection.objects.get().service == APP
    assert not SlackWish.objects.exists()


@pytest.mark.parametrize("killed", ["before", "after"])
def test_a_worker_that_is_killed_loses_no_wish_and_grants_none_twice(client, reader, slack_app, killed):
    client.force_login(reader)
    client.post(SLACK_URL)
    if killed == "after":
        run_due_jobs()
    Job.objects.filter(kind=actions.CONNECT_JOB).update(
        state="running", lease_until=timezone.now() - posting.LEASE, finished_at=None
    )

    run_due_jobs()

    assert ChatConnection.objects.get().service == APP
    assert Fact.objects.filter(topic="notices.chat_connected").count() == 1
    assert [taken.path for taken in slack_app.taken] == ["/api/users.lookupByEmail", "/api/chat.postMessage"]


def test_whoever_chooses_an_address_meanwhile_keeps_it(client, reader, teams, slack_app):
    client.force_login(reader)
    client.post(SLACK_URL)
    connection = actions.connect_address(reader.employee, f"{teams.url}?sig=9xYz", by=reader)

    run_due_jobs()

    assert ChatConnection.objects.get() == connection
    assert slack_app.taken == []


def test_whoever_disconnects_meanwhile_wants_no_slack_either(client, reader, teams, slack_app):
    connect(reader, teams)
    client.force_login(reader)
    client.post(SLACK_URL)
    client.post("/notices/settings/chat/disconnect/")

    run_due_jobs()

    assert not ChatConnection.objects.exists()
    assert slack_app.taken == []


def test_a_choice_made_while_slack_answers_counts(reader, teams, slack_app, monkeypatch):
    actions.ask_for_slack(reader.employee, by=reader)

    def find_late(email):
        actions.connect_address(reader.employee, f"{teams.url}?sig=9xYz", by=reader)
        return "U1"

    monkeypatch.setattr(slack, "find_member", find_late)
    run_due_jobs()

    assert ChatConnection.objects.get().service == TEAMS


def test_a_job_that_fails_by_itself_keeps_nobody_waiting(client, reader, slack_app, monkeypatch):
    monkeypatch.setattr(slack, "find_member", {}.__getitem__)
    client.force_login(reader)
    client.post(SLACK_URL)

    run_due_jobs()

    page = client.get(SETTINGS).content.decode()
    assert "Slack could not be connected. Try again in a while." in page
    assert "every 2s" not in page


def test_the_wish_of_somebody_who_left_is_forgotten(reader, slack_app):
    slack_app.answers = [500]
    actions.ask_for_slack(reader.employee, by=reader)
    run_due_jobs()
    left(reader)

    start_job("notices.clear_away", "Clearing", by=None)
    run_due_jobs()

    assert not SlackWish.objects.exists()


def test_without_a_token_nobody_is_offered_the_app(client, reader, settings):
    settings.SLACK_BOT_TOKEN = ""
    client.force_login(reader)

    assert "Connect Slack" not in client.get(SETTINGS).content.decode()
    assert "has not connected" in client.post(SLACK_URL, follow=True).content.decode()
    assert not SlackWish.objects.exists()
    assert not Job.objects.exists()


def test_the_api_has_slack_asked_in_the_background(reader, slack_app):
    api = acting(reader, READ, WRITE)

    asked = api.post(URL, {}, format="json")
    again = api.post(URL, {}, format="json")

    assert (asked.status_code, again.status_code, slack_app.taken) == (202, 409, [])
    run_due_jobs()
    job = api.get(asked.headers["Location"]).json()
    assert (job["state"], job["result"]) == ("done", {"connected": True})
    assert [row["service"] for row in api.get(URL).json()["results"]] == ["slack"]


def test_the_api_says_why_slack_could_not_be_connected(reader, slack_app):
    api = acting(reader, READ, WRITE)
    slack_app.answers = [said(ok=False, error="users_not_found")]

    asked = api.post(URL, {}, format="json")
    run_due_jobs()

    job = api.get(asked.headers["Location"]).json()
    assert (job["state"], job["error"]) == ("failed", "Nobody in Slack has the address reader@example.com.")
    assert not ChatConnection.objects.exists()


def test_the_token_and_addresses_stay_out_of_what_slack_is_not(reader, slack_app):
    assert slack.find_member("a+b@example.com") == "U1"

    (taken,) = slack_app.taken
    assert taken.path == "/api/users.lookupByEmail"  # neither in the address
