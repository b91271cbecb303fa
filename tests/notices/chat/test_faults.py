"""Notices in Slack and Teams where something does not work: tried again, and by e-mail at last."""

import pytest
from django.core import mail
from django.utils import timezone

from hrportal.common.outgoing import transport
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Fact, Job
from hrportal.notices.actions import choose
from hrportal.notices.chat import actions, posting
from hrportal.notices.enums import BrokenBecause, ConnectionState
from hrportal.notices.models import ChatConnection, Notice
from hrportal.notices.sending import CHAT_JOB
from hrportal.people.enums import Role
from tests.factories.people import EmployeeFactory, make_user
from tests.notices.chat.steps import APP, TEAMS, about_connection, connect, later, said, tell, titles, work
from tests.notices.openable import assert_openable
from tests.support.receiver import receiving

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


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
