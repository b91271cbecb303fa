"""Notices in Slack and Teams: posted once, and in the reader's words."""

import json

import pytest
from django.core import mail
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hrportal.journal.jobs import run_due_jobs, start_job
from hrportal.journal.models import Job
from hrportal.notices.actions import choose
from hrportal.notices.catalogue import notice_kind
from hrportal.notices.chat import actions
from hrportal.notices.enums import MailRhythm
from hrportal.notices.models import ChatConnection, Notice, NoticeSetting
from hrportal.notices.sending import CHAT_JOB
from tests.factories.people import make_user
from tests.notices.chat.steps import SLACK, card_title, closed, connect, left, tell, titles, work

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_an_urgent_notice_is_a_card_in_teams_once(kinds, reader, teams):
    connect(reader, teams)

    for _ in range(2):
        tell(kinds[0], reader)
        work()

    (taken,) = teams.taken
    body = json.loads(taken.body)
    (attachment,) = body["attachments"]
    assert (body["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    assert card_title(taken) == ["Ada waits for you"]
    link = attachment["content"]["body"][0]["items"][1]["actions"][0]["url"]
    assert link.endswith(f"/notices/{Notice.objects.get().pk}/open/")
    assert link.startswith("http")
    assert Notice.objects.get().posted_at is not None
    assert [letter.subject for letter in mail.outbox] == ["Ada waits for you"]  # a second way, not another


def test_a_name_neither_links_nor_calls_everybody_in_slack(kinds, reader, teams, settings):
    settings.SLACK_WEBHOOK_HOSTS = ["127.0.0.1"]
    assert connect(reader, teams, SLACK).service == SLACK
    tell(kinds[0], reader, person="<!channel> & <http://bad|Ada>")

    work()

    body = json.loads(teams.taken[0].body)
    assert body["text"] == "&lt;!channel&gt; &amp; &lt;http://bad|Ada&gt; waits for you"
    assert f"/open/|{body['text']}>" in body["blocks"][0]["text"]["text"]


def test_the_app_in_slack_finds_people_by_their_address_and_writes_to_them(kinds, reader, slack_app):
    actions.ask_for_slack(reader.employee, by=reader)
    run_due_jobs()
    tell(kinds[0], reader)
    work()

    found, test, told = slack_app.taken
    assert (found.path, found.body) == ("/api/users.lookupByEmail", b"email=reader%40example.com")
    assert [one.headers["authorization"] for one in slack_app.taken] == ["Bearer xoxb-token"] * 3
    assert [json.loads(one.body)["channel"] for one in (test, told)] == ["U1", "U1"]
    assert "Ada waits for you" in json.loads(told.body)["text"]
    assert ChatConnection.objects.get().shown == "reader@example.com"


def test_what_waits_together_is_one_message(kinds, reader, teams):
    connect(reader, teams)
    for number in range(12):
        tell(kinds[0], reader, key=str(number), person=f"No {number}")

    work()

    (lines,) = titles(teams)
    assert lines[:2] == ["No 0 waits for you", "No 1 waits for you"]
    assert lines[10:] == ["2 more are in the portal"]
    assert not Notice.objects.filter(posted_at=None).exists()


def test_a_message_is_in_the_language_its_reader_chose(kinds, reader, teams):
    reader.language = "de"
    reader.save()
    connect(reader, teams)
    spoken = []
    object.__setattr__(kinds[0], "said", lambda words: spoken.append(language()) or "x")
    tell(kinds[0], reader)

    work()

    assert "de" in spoken


def language():
    from django.utils.translation import get_language  # noqa: PLC0415

    return get_language()


def test_only_what_is_urgent_comes_unless_chosen_otherwise(kinds, reader, teams):
    connect(reader, teams)
    tell(kinds[1], reader)
    work()
    assert teams.taken == []

    choose(reader.employee, chat={"test.calm": "at_once", "test.urgent": "never"})
    work()
    assert teams.taken == []  # choosing does not bring up the past

    tell(kinds[1], reader, key="2")
    tell(kinds[0], reader)
    work()
    assert titles(teams) == [["Something is new"]]


def test_what_is_confidential_never_comes(kinds, reader, teams):
    private = notice_kind(
        "test.private", "Personal", when="x", group="Test", mail=MailRhythm.AT_ONCE, is_confidential=True
    )
    connect(reader, teams)
    with pytest.raises(actions.ActionError):
        choose(reader.employee, chat={"test.private": "at_once"})
    tell(private, reader)

    work()

    assert teams.taken == []
    assert not NoticeSetting.objects.exists()


def test_what_was_read_or_told_before_connecting_is_not_posted(kinds, reader, teams):
    tell(kinds[0], reader)
    connect(reader, teams)
    tell(kinds[0], reader, key="2")
    Notice.objects.filter(key="2").update(read_at=timezone.now())

    work()

    assert teams.taken == []


@pytest.mark.parametrize("become", [left, closed])
def test_whoever_left_or_has_no_account_gets_nothing(kinds, reader, teams, become):
    connect(reader, teams)
    tell(kinds[0], reader)
    become(reader)

    work()

    assert teams.taken == []
    assert mail.outbox == []


def test_the_connection_of_somebody_who_left_is_forgotten(reader, teams):
    connect(reader, teams)
    left(reader)

    start_job("notices.clear_away", "Clearing", by=None)
    run_due_jobs()

    assert not ChatConnection.objects.exists()


def test_each_reader_costs_the_job_the_same(kinds, teams):
    users = [make_user(email=f"p{number}@example.com") for number in range(6)]
    for user in users:
        connect(user, teams)
    costs = []
    for number in (1, 3, 5):
        tell(kinds[0], *users[:number], key=f"of {number}")
        Job.objects.exclude(kind=CHAT_JOB).delete()
        with CaptureQueriesContext(database) as queries:
            run_due_jobs()
        costs.append(len(queries))

    assert costs[1] - costs[0] == costs[2] - costs[1]
