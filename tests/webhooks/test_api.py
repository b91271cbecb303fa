"""Webhooks over REST: a client looks after its own, and sees and does nothing of another's."""

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from hrportal.integrations.webhooks.models import Endpoint, Message, Secret
from hrportal.integrations.webhooks.queueing import queue_messages
from hrportal.journal.models import Fact
from performance.actions.reviews import withdraw_review
from tests.factories.performance import ReviewFactory
from tests.webhooks.test_sending import happen

pytestmark = pytest.mark.django_db
URL = "/api/v1/webhook-endpoints/"
DELIVERIES = "/api/v1/webhook-deliveries/"


def test_from_setting_up_to_replay(api, receiver, send):
    caller = api("webhooks:manage", "reviews:read")
    made = caller.post(URL, {"url": receiver.url, "events": ["performance.*"], "description": "HRIS"})
    assert made.status_code == 201
    endpoint, secret = made.json()["id"], made.json()["secret"]
    happen()
    send()
    (taken,) = receiver.taken
    assert Webhook(secret).verify(taken.body, taken.headers)["type"] == "performance.review_withdrawn"

    (delivery,) = caller.get(f"{DELIVERIES}?endpoint={endpoint}&state=delivered").json()["results"]
    whole = caller.get(f"{DELIVERIES}{delivery['id']}/").json()
    assert [attempt["status"] for attempt in whole["attempts"]] == [204]
    assert whole["event"]["data"]["position"] == delivery["position"]

    assert caller.post(f"{DELIVERIES}{delivery['id']}/resend/").status_code == 200
    send()
    job = caller.post(f"{URL}{endpoint}/replay/", {"first": 1})
    assert job.status_code == 202
    send()
    assert receiver.ids == [delivery["webhook_id"]] * 3

    test = caller.post(f"{URL}{endpoint}/test/")
    assert test.status_code == 202
    send()
    assert caller.get(f"{DELIVERIES}{test.json()['id']}/").json()["state"] == "delivered"

    turned = caller.post(f"{URL}{endpoint}/rotate-secret/", {"overlap_hours": 1}).json()
    assert turned["secret"] != secret
    assert caller.post(f"{URL}{endpoint}/pause/").json()["state"] == "paused"
    assert caller.post(f"{URL}{endpoint}/pause/").status_code == 409
    assert caller.post(f"{URL}{endpoint}/replay/", {"first": 1}).status_code == 409
    assert caller.post(f"{URL}{endpoint}/resume/", {"skip_missed": True}).json()["state"] == "active"
    assert caller.delete(f"{URL}{endpoint}/").status_code == 204
    assert caller.get(f"{URL}{endpoint}/").status_code == 404
    topics = Fact.objects.filter(subject_type="webhooks.endpoint").order_by("id").values_list("topic", flat=True)
    assert [topic.removeprefix("integrations.webhook_") for topic in topics] == [
        "created",
        "resent",
        "replay_started",
        "tested",
        "secret_rotated",
        "paused",
        "resumed",
        "removed",
    ]
    assert secret not in str(list(Fact.objects.values_list("data", flat=True)))


def test_a_secret_is_shown_once_and_stored_sealed(api, receiver):
    caller = api("webhooks:manage")
    made = caller.post(URL, {"url": receiver.url, "events": ["*"]}).json()

    shown = caller.get(f"{URL}{made['id']}/")

    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in shown.content.decode()
    assert made["secret"][6:] not in Secret.objects.get().sealed


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"url": "https://10.0.0.1/"}, "public internet"),
        ({"url": "http://hooks.example.com/"}, "https://"),
        ({"url": "https://user:pass@hooks.example.com/"}, "password"),
        ({"events": ["no.such"]}, "no.such"),
        ({"events": []}, "events"),
        ({"most_per_minute": 0}, "most_per_minute"),
        ({"secret": "whsec_mine"}, "secret"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(api, body, pointer):
    caller = api("webhooks:manage")

    answer = caller.post(URL, {"url": "https://hooks.example.com/", "events": ["*"]} | body)

    assert answer.status_code in {400, 409}
    assert pointer in answer.content.decode()
    assert not Endpoint.objects.exists()


def test_a_change_says_which_version_it_was_made_to(api):
    caller = api("webhooks:manage")
    made = caller.post(URL, {"url": "https://hooks.example.com/", "events": ["*"]}).json()
    url = f"{URL}{made['id']}/"

    assert caller.patch(url, {"description": "One"}).status_code == 428
    assert caller.patch(url, {"description": "One", "version": 1}).json()["version"] == 2
    assert caller.patch(url, {"description": "Two", "version": 1}).status_code == 409
    assert caller.patch(url, {"description": "Two"}, HTTP_IF_MATCH='"1"').status_code == 412
    assert caller.patch(url, {"url": "https://10.1.1.1/", "version": 2}).status_code == 409
    assert caller.get(url).json()["description"] == "One"


def test_another_client_finds_nothing(api, receiver, send):
    endpoint = api("webhooks:manage", "reviews:read").post(URL, {"url": receiver.url, "events": ["*"]}).json()["id"]
    happen()
    send()
    message = Message.objects.get()
    other = api("webhooks:manage", "reviews:read")

    assert other.get(URL).json()["results"] == other.get(DELIVERIES).json()["results"] == []
    for verb in ("pause/", "resume/", "rotate-secret/", "test/", "replay/"):
        assert other.post(f"{URL}{endpoint}/{verb}").status_code == 404
    assert other.delete(f"{URL}{endpoint}/").status_code == 404
    assert other.post(f"{DELIVERIES}{message.pk}/resend/").status_code == 404
    assert api("reviews:read").get(URL).status_code == 403
    assert Endpoint.objects.get().state == "active"


def test_only_what_the_client_may_hear_is_sent_and_nothing_once_it_may_no_longer(
    endpoint_for, receiver, send, deliver_events
):
    endpoint, _ = endpoint_for(receiver, scopes=("employees:read", "talent:read", "succession:read"))
    happen()
    send()
    assert receiver.taken == []

    endpoint, _ = endpoint_for(receiver, scopes=("reviews:read",))
    happen()
    deliver_events()
    queue_messages()
    endpoint.client.set_scopes(["employees:read"])
    endpoint.client.save()
    send()

    assert receiver.taken == []
    assert Message.objects.get(endpoint=endpoint).state == "left_out"


def test_a_replay_by_time_finds_what_happened_then(api, receiver, send):
    caller = api("webhooks:manage", "reviews:read")
    for _ in range(3):
        withdraw_review(ReviewFactory(), by=None, reason="Left")
    send()  # before there was an endpoint
    since = Fact.objects.filter(topic="performance.review_withdrawn").order_by("id")[1].recorded_at
    endpoint = caller.post(URL, {"url": receiver.url, "events": ["performance.review_withdrawn"]}).json()["id"]

    caller.post(f"{URL}{endpoint}/replay/", {"since": since.isoformat(), "until": timezone.now().isoformat()})
    send()

    assert len(receiver.taken) == 2
    assert caller.post(f"{URL}{endpoint}/replay/", {}).status_code == 409
    assert caller.post(f"{URL}{endpoint}/replay/", {"first": 3, "last": 2}).status_code == 409


@pytest.mark.parametrize(
    "times",
    [{"since": "0001-01-01T00:00:00Z"}, {"since": "2020-01-01T00:00:00Z", "until": "9999-12-31T23:59:59Z"}],
)
def test_from_the_first_day_there_is_or_to_the_last_is_everything(api, receiver, send, times):
    caller = api("webhooks:manage", "reviews:read")
    withdraw_review(ReviewFactory(), by=None, reason="Left")
    send()  # before there was an endpoint
    endpoint = caller.post(URL, {"url": receiver.url, "events": ["performance.review_withdrawn"]}).json()["id"]

    assert caller.post(f"{URL}{endpoint}/replay/", times).status_code == 202
    send()

    assert len(receiver.taken) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_as_often_for_three_as_for_one(api, receiver, send, django_assert_num_queries, rows):
    caller = api("webhooks:manage", "reviews:read")
    for _ in range(rows):
        caller.post(URL, {"url": receiver.url, "events": ["*"]})
    happen(rows)
    send()
    caller.get(URL)

    with django_assert_num_queries(2):
        assert len(caller.get(URL).json()["results"]) == rows
    with django_assert_num_queries(2):
        assert len(caller.get(DELIVERIES).json()["results"]) == rows * rows


def test_the_schema_has_an_entry_for_every_event(api):
    listed = api("webhooks:manage").get(f"{URL}events/").json()

    assert {"performance.review_shared", "people.employee_changed"} <= {row["topic"] for row in listed}
    assert all(row["description"] and row["scope"] for row in listed)
