"""Pages of webhooks: administrators set up, look, pause, send again; what they typed is never lost."""

import re

import pytest

from hrportal.integrations.actions import create_client
from hrportal.integrations.webhooks import jobs
from hrportal.integrations.webhooks.models import Attempt, Endpoint, Message
from hrportal.journal.models import Job
from hrportal.people.enums import Role
from tests.factories.people import make_user
from tests.webhooks.test_sending import happen, later

pytestmark = pytest.mark.django_db
URL = "/integrations/webhooks/"


@pytest.fixture
def admin(client):
    client.force_login(make_user(Role.ADMIN))
    return client


def test_set_up_looked_at_and_removed(admin, receiver, send):
    client, _ = create_client("HRIS", scopes=["reviews:read", "goals:read"])
    typed = {
        "client": client.pk,
        "url": receiver.url,
        "envelope": "plain",
        "events": ["performance.*", "talent.pool_left"],
    }

    refused = admin.post(f"{URL}new/", typed | {"url": "https://10.0.0.1/in", "description": "Kept words"})
    assert refused.status_code == 422
    assert b"Kept words" in refused.content
    assert b"not on the public internet" in refused.content
    assert re.search(rb'value="talent.pool_left"[^>]* checked', refused.content)

    shown = admin.post(f"{URL}new/", typed)
    endpoint = Endpoint.objects.get()
    assert shown.status_code == 201
    assert b"whsec_" in shown.content
    assert shown["Cache-Control"] == "no-store"

    happen()
    send()
    page = admin.get(endpoint.get_absolute_url()).content.decode()
    assert "performance.review_withdrawn" in page
    assert "1 of the chosen events is not sent" in page
    assert "whsec_" not in page

    message = Message.objects.get()
    assert "msg_" in admin.get(message.get_absolute_url()).content.decode()
    admin.post(f"{URL}deliveries/{message.pk}/resend/")
    admin.post(f"{URL}{endpoint.pk}/test/")
    send()
    assert len(receiver.taken) == 3
    assert b"whsec_" in admin.post(f"{URL}{endpoint.pk}/secret/", {"overlap_hours": 2}).content

    admin.post(f"{URL}{endpoint.pk}/pause/")
    assert b"Paused" in admin.get(URL).content
    assert admin.post(f"{URL}{endpoint.pk}/replay/", {"first": 1}).status_code == 422
    admin.post(f"{URL}{endpoint.pk}/resume/", {"skip_missed": "yes"})
    assert admin.post(f"{URL}{endpoint.pk}/replay/", {"first": 1}).status_code == 302
    assert Job.objects.filter(kind="webhooks.replay").exists()
    admin.post(f"{URL}{endpoint.pk}/remove/")
    assert not Endpoint.objects.exists()


def test_whoever_was_slower_is_told_and_keeps_their_words(admin, endpoint_for):
    endpoint, _ = endpoint_for("https://hooks.example.com/")
    page = f"{URL}{endpoint.pk}/edit/"
    typed = {"url": endpoint.url, "envelope": "plain", "events": ["*"], "version": 1}
    admin.post(page, typed | {"description": "First"})

    answer = admin.post(page, typed | {"description": "Second"})

    assert answer.status_code == 422
    assert b"Second" in answer.content
    endpoint.refresh_from_db()
    assert endpoint.description == "First"
    admin.post(page, typed | {"description": "Second", "version": 2})
    endpoint.refresh_from_db()
    assert endpoint.description == "Second"


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_as_often_for_three_as_for_one(admin, endpoint_for, receiver, send, django_assert_num_queries, rows):
    for _ in range(rows):
        endpoint, _secret = endpoint_for(receiver)
    happen(rows)
    send()
    admin.get(URL)

    with django_assert_num_queries(4):
        admin.get(URL)
    with django_assert_num_queries(7):
        admin.get(endpoint.get_absolute_url())


def test_the_log_is_forgotten_after_thirty_days_but_not_what_waits(endpoint_for, receiver, send):
    endpoint, _ = endpoint_for(receiver)
    happen(2)
    send()
    Message.objects.filter(pk=Message.objects.first().pk).update(state="pending", done_at=None)

    with later(days=31):
        jobs.forget(Job.objects.create(kind="webhooks.forget", title="Forget"))

    assert list(Message.objects.values_list("state", flat=True)) == ["pending"]
    assert Attempt.objects.count() == 1
    assert endpoint.secrets.count() == 1
