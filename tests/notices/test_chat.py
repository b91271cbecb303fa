"""Notices in Slack and Teams: posted once, in the reader's words, and by e-mail where that does not work."""

import datetime
import json
import logging

import pytest
from django.core import mail
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient
from time_machine import travel

from hrportal.common.outgoing import transport
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.jobs import run_due_jobs, start_job
from hrportal.journal.models import Fact, Job
from hrportal.notices import catalogue
from hrportal.notices.actions import choose
from hrportal.notices.catalogue import notice_kind
from hrportal.notices.chat import actions, posting, slack
from hrportal.notices.chat.addresses import masked
from hrportal.notices.chat.notices import BROKEN, PORTAL_REFUSED
from hrportal.notices.enums import BrokenBecause, ChatService, ConnectionState, MailRhythm
from hrportal.notices.models import ChatConnection, Notice, NoticeSetting, SlackWish
from hrportal.notices.sending import CHAT_JOB, Message, notify
from hrportal.people.enums import EmploymentStatus, Role
from tests.factories.people import EmployeeFactory, make_user
from tests.notices.openable import assert_openable
from tests.support.receiver import receiving

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SETTINGS = "/notices/settings/"
SLACK_URL = "/notices/settings/chat/slack/"
TEAMS, SLACK, APP = ChatService.TEAMS, ChatService.SLACK_ADDRESS, ChatService.SLACK


@pytest.fixture
def kinds(kinds):
    """The two, and what is told about chats."""
    catalogue._kinds |= {kind.key: kind for kind in (BROKEN, PORTAL_REFUSED)}
    return kinds


@pytest.fixture
def teams(settings):
    """A server that stands for Teams."""
    settings.TEAMS_WEBHOOK_HOSTS = ["127.0.0.1"]
    with receiving(202) as receiver:
        yield receiver


@pytest.fixture
def slack_app(settings):
    """A server that stands for Slack, and the portal's app there."""
    with receiving(said(ok=True, user={"id": "U1", "profile": {"fields": "x" * 10_000}})) as receiver:
        settings.SLACK_API_URL = f"http://127.0.0.1:{receiver.port}/api"
        settings.SLACK_BOT_TOKEN = "xoxb-token"
        yield receiver


def said(status=200, headers=None, **answer):
    """An answer of Slack's."""
    return status, headers or {}, json.dumps(answer).encode()


def later(**span: float):
    return travel(timezone.now() + datetime.timedelta(**span), tick=True)


def connect(user, receiver, service=TEAMS):
    """A connection whose test message has come and is forgotten."""
    if service == APP:
        actions.ask_for_slack(user.employee, by=user)
    else:
        actions.connect_address(user.employee, f"{receiver.url}?sig=secret9xYz", by=user)
    run_due_jobs()
    receiver.taken.clear()
    return ChatConnection.objects.get(employee=user.employee)


def tell(kind, *users, key="1", person="Ada"):
    words = {"person": person} if "%(person)s" in str(kind.title) else {}
    notify(kind, [Message(user.employee_id, key, "/", words) for user in users])


def work():
    """Everything due now, as the sweep finds it."""
    posting.wake_rested()
    run_due_jobs()


def titles(receiver):
    return [card_title(one) for one in receiver.taken]


def card_title(taken):
    card = json.loads(taken.body)["attachments"][0]["content"]
    return [part["items"][0]["inlines"][0]["text"] for part in card["body"]]


def about_connection(user):
    return Notice.objects.filter(employee=user.employee, kind="notices.chat_broken")


# Posting


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


def left(user):
    user.employee.status = EmploymentStatus.LEFT
    user.employee.save()


def closed(user):
    user.is_active = False
    user.save()


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


# Faults


def test_two_jobs_at_once_and_one_again_post_once(kinds, reader, teams):
    connect(reader, teams)
    tell(kinds[0], reader)
    start_job(CHAT_JOB, "Again", by=None)
    work()
    Job.objects.filter(kind=CHAT_JOB).update(state="queued")
    work()

    assert titles(teams) == [["Ada waits for you"]]


def test_while_another_worker_is_at_it_nothing_is_posted(kinds, reader, teams):
    connect(reader, teams)
    tell(kinds[0], reader)
    ChatConnection.objects.update(lease="somebody", not_before=timezone.now() + posting.LEASE)

    work()
    assert teams.taken == []

    with later(seconds=61):  # it was killed
        work()
    assert titles(teams) == [["Ada waits for you"]]
    assert ChatConnection.objects.get().not_before is None


def test_a_worker_given_up_for_dead_writes_nothing(kinds, reader, teams):
    connection = connect(reader, teams)
    tell(kinds[0], reader)
    turn = posting._take(reader.employee_id, posting.Run())
    ChatConnection.objects.update(lease="somebody else")

    posting._settle(turn, list(Notice.objects.all()), posting.Outcome(is_taken=True))

    assert Notice.objects.get().posted_at is None
    connection.refresh_from_db()
    assert connection.lease == "somebody else"


@pytest.mark.parametrize("service", [TEAMS, APP])
def test_retry_after_is_honoured(kinds, reader, teams, slack_app, service):
    receiver = slack_app if service == APP else teams
    connect(reader, receiver, service)
    receiver.answers = [(429, {"Retry-After": "120"}, b""), said(ok=True)]
    tell(kinds[0], reader)

    work()
    with later(seconds=110):
        work()
    assert len(receiver.taken) == 1

    with later(seconds=125):
        work()
        work()
    assert len(receiver.taken) == 2
    assert (ChatConnection.objects.get().failures, ChatConnection.objects.get().trouble) == (0, "")


def test_a_busy_slack_is_left_alone_for_everybody(kinds, reader, slack_app):
    other = make_user(email="other@example.com")
    for user in (reader, other):
        connect(user, slack_app, APP)
    slack_app.answers = [said(429, {"Retry-After": "30"}, ok=False, error="ratelimited"), said(ok=True)]
    tell(kinds[0], reader, other)

    work()
    assert len(slack_app.taken) == 1

    with later(seconds=61):
        work()
    assert len(slack_app.taken) == 3


@pytest.mark.parametrize("fault", [500, (302, {"Location": "http://127.0.0.1/"}, b"")])
def test_what_fails_is_tried_again_and_comes_by_mail_after_an_hour(kinds, reader, teams, fault):
    choose(reader.employee, mail={"test.urgent": "never"})
    connect(reader, teams)
    teams.answers = [fault]
    tell(kinds[0], reader)

    for minutes in (0, 2, 10, 30):
        with later(minutes=minutes):
            work()
    assert (len(teams.taken), mail.outbox) == (4, [])
    assert ChatConnection.objects.get().is_working

    with later(minutes=61):
        work()
    with later(minutes=200):
        work()
    assert len(teams.taken) == 4
    assert [letter.subject for letter in mail.outbox] == ["Ada waits for you"]


def test_a_redirect_is_not_followed(kinds, reader, teams):
    connect(reader, teams)
    with receiving(202) as inside:
        teams.answers = [(302, {"Location": inside.url}, b"")]
        tell(kinds[0], reader)
        work()

        assert inside.taken == []
    assert ChatConnection.objects.get().trouble == "302"


def test_a_server_that_trickles_is_cut_off_and_tried_again(kinds, reader, teams, monkeypatch):
    monkeypatch.setattr(transport, "WHOLE_SECONDS", 0.3)
    connect(reader, teams)
    teams.slow_by = 10
    tell(kinds[0], reader)

    work()

    connection = ChatConnection.objects.get()
    assert (connection.trouble, connection.failures, connection.is_working) == ("timeout", 1, True)
    assert Notice.objects.get().posted_at is None


def test_message_after_message_without_an_answer_breaks_it(kinds, reader, teams):
    connect(reader, teams)
    teams.answers = [503]
    ChatConnection.objects.update(failures=posting.MOST_FAILURES - 1)
    tell(kinds[0], reader)

    work()

    assert ChatConnection.objects.get().broken_because == BrokenBecause.NO_ANSWER
    assert about_connection(reader).count() == 1


def test_a_service_in_trouble_is_left_alone_after_three(kinds, teams):
    people = [make_user(email=f"p{number}@example.com") for number in range(5)]
    for user in people:
        connect(user, teams)
    teams.answers = [500]
    tell(kinds[0], *people)

    work()
    assert len(teams.taken) == posting.MOST_IN_A_ROW

    teams.answers = [202]
    with later(minutes=2):
        work()
    assert not Notice.objects.filter(posted_at=None).exists()


def test_three_who_never_answer_keep_nobody_else_waiting(kinds, reader, teams):
    slow = [make_user(email=f"p{number}@example.com") for number in range(posting.MOST_IN_A_ROW)]
    late = make_user(email="late@example.com")
    with receiving(202) as silent:
        for user in slow:
            connect(user, silent)
        connect(late, teams)
        silent.answers = [500]
        tell(kinds[0], *slow, late)

        for minutes in (0, 1.1, 2.3):
            with later(minutes=minutes):
                work()

    assert titles(teams) == [["Ada waits for you"]]


def test_who_asks_for_a_long_rest_gets_it_and_everything_comes_by_mail(kinds, reader, teams):
    choose(reader.employee, mail={"test.urgent": "never"})
    connect(reader, teams)
    teams.answers = [(503, {"Retry-After": "7200"}, b""), 202]
    tell(kinds[0], reader)
    work()
    tell(kinds[0], reader, key="2", person="Bea")
    work()

    assert (len(teams.taken), ChatConnection.objects.get().is_working) == (1, True)
    assert [letter.subject for letter in mail.outbox] == ["Ada waits for you", "Bea waits for you"]

    with later(minutes=90):
        tell(kinds[0], reader, key="3", person="Cem")
        work()
    with later(minutes=121):
        work()
    assert titles(teams)[1:] == [["Cem waits for you"]]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("service", "answer", "because"),
    [
        (TEAMS, 404, BrokenBecause.REFUSED),
        (TEAMS, 410, BrokenBecause.REFUSED),
        (APP, said(ok=False, error="channel_not_found"), BrokenBecause.UNKNOWN),
        (APP, said(ok=False, error="invalid_auth"), BrokenBecause.PORTAL_REFUSED),
        (APP, said(ok=False, error="account_inactive"), BrokenBecause.PORTAL_REFUSED),
    ],
)
def test_a_broken_connection_is_told_once_and_everything_comes_by_mail(
    kinds, reader, teams, slack_app, service, answer, because
):
    receiver = slack_app if service == APP else teams
    choose(reader.employee, mail={"test.urgent": "never"})
    connection = connect(reader, receiver, service)
    receiver.answers = [answer]
    tell(kinds[0], reader)

    work()
    tell(kinds[0], reader, key="2", person="Bea")
    work()
    work()

    connection.refresh_from_db()
    assert (connection.state, connection.broken_because) == (ConnectionState.BROKEN, because)
    assert len(receiver.taken) == 1
    told = about_connection(reader).get()
    assert Fact.objects.filter(topic="notices.chat_broken", person_id=reader.employee_id).count() == 1
    assert [letter.subject for letter in mail.outbox][1:] == ["Bea waits for you"]
    assert "Ada waits for you" in mail.outbox[0].body
    assert told.title in mail.outbox[0].body
    assert_openable(told)


def test_administrators_are_told_when_slack_refuses_the_portal_and_everybody_is_back_once_it_does_not(
    client, kinds, reader, slack_app
):
    administrator = make_user(Role.ADMIN, employee=EmployeeFactory())
    connect(reader, slack_app, APP)
    slack_app.answers = [said(ok=False, error="token_revoked")]
    tell(kinds[0], reader)
    work()
    assert_openable(Notice.objects.get(employee=administrator.employee, kind="notices.slack_refused"))

    client.force_login(administrator)
    refused = client.post("/notices/chat/check/", follow=True)
    assert "token_revoked" in refused.content.decode()
    assert not ChatConnection.objects.get().is_working

    slack_app.answers = [said(ok=True, team="Example Ltd")]
    assert "Example Ltd" in client.post("/notices/chat/check/", follow=True).content.decode()
    work()
    assert ChatConnection.objects.get().is_working
    assert not about_connection(reader).unread().exists()
    assert Fact.objects.get(topic="notices.chat_mended").actor_id == administrator.pk


def test_day_by_day_slack_is_asked_whether_it_accepts_the_portal_again(kinds, reader, slack_app):
    connect(reader, slack_app, APP)
    ChatConnection.objects.update(state=ConnectionState.BROKEN, broken_because=BrokenBecause.PORTAL_REFUSED)
    slack_app.answers = [said(ok=False, error="token_revoked"), said(ok=True, team="Example Ltd")]

    for is_working in (False, True):
        start_job(actions.MEND_JOB, "Mending", by=None)
        work()
        assert ChatConnection.objects.get().is_working == is_working


def test_a_seal_that_cannot_be_opened_breaks_it(kinds, reader, teams, settings):
    connect(reader, teams)
    settings.SECRET_KEY = "another"
    tell(kinds[0], reader)

    work()

    assert ChatConnection.objects.get().broken_because == BrokenBecause.ADDRESS_LOST


# Connecting


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


def test_two_who_disconnect_at_once_are_told_of_once(reader, teams):
    connection = connect(reader, teams)
    again = ChatConnection.objects.get(pk=connection.pk)

    actions.disconnect_chat(connection, by=reader)
    actions.disconnect_chat(again, by=reader)

    assert Fact.objects.filter(topic="notices.chat_disconnected").count() == 1


# Over the API


def acting(user, *scopes):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(scopes), user))
    return caller


READ, WRITE = "notices:read", "notices:write"
URL = "/api/v1/chat-connections/"


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


def test_the_token_and_addresses_stay_out_of_what_slack_is_not(reader, slack_app):
    assert slack.find_member("a+b@example.com") == "U1"

    (taken,) = slack_app.taken
    assert taken.path == "/api/users.lookupByEmail"  # neither in the address
