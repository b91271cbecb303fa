"""What happens is told: each fact once, in order, signed, and again when it was not taken."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook
from time_machine import travel

from hrportal.common.outgoing import transport
from hrportal.integrations.webhooks import actions
from hrportal.integrations.webhooks.enums import DisabledBecause, EndpointState, MessageState
from hrportal.integrations.webhooks.ladder import MOST_ATTEMPTS
from hrportal.integrations.webhooks.models import Attempt, Endpoint, Message
from hrportal.integrations.webhooks.sending import _serve, _take_turn, send_due
from hrportal.journal.models import Fact
from hrportal.journal.recording import Entry, record_many
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance.actions.reviews import withdraw_review
from performance.models import Review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import ReviewFactory
from tests.notices.openable import assert_openable
from tests.support.receiver import receiving

pytestmark = pytest.mark.django_db


def happen(count: int = 1) -> None:
    """So many reviews are withdrawn."""
    review = Review.objects.first() or ReviewFactory()
    with transaction.atomic():
        record_many("performance.review_withdrawn", [Entry(review, review.employee_id) for _ in range(count)], by=None)


def later(**span: float):
    """The clock, so much later."""
    return travel(timezone.now() + timedelta(**span), tick=True)


def test_a_fact_is_told_signed_and_without_what_was_written(endpoint_for, receiver, send):
    _endpoint, secret = endpoint_for(receiver)
    review = withdraw_review(ReviewFactory(), by=None, reason="Left us")

    send()

    (taken,) = receiver.taken
    fact = Fact.objects.get(topic="performance.review_withdrawn")
    assert Webhook(secret).verify(taken.body, taken.headers) == json.loads(taken.body)
    assert json.loads(taken.body) == {
        "type": "performance.review_withdrawn",
        "timestamp": fact.recorded_at.isoformat(),
        "data": {
            "position": fact.position,
            "subject_type": "performance.review",
            "subject_id": review.pk,
            "employee": review.employee_id,
            "version": fact.version,
            "data": {"cycle": review.cycle_id},
        },
    }
    assert taken.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert taken.headers["content-type"] == "application/json"


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_a_healthy_receiver_gets_all_in_order_once(endpoint_for, receiver, send, count):
    endpoint_for(receiver)
    happen(count)

    send()
    send()

    positions = [json.loads(one.body)["data"]["position"] for one in receiver.taken]
    told = Fact.objects.filter(topic="performance.review_withdrawn")
    assert positions == list(told.order_by("position").values_list("position", flat=True))
    assert len(set(receiver.ids)) == count
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DELIVERED}


def test_what_was_not_taken_comes_again_with_the_same_id_and_body(endpoint_for, send):
    with receiving(500, (503, {}, b"busy for a.b@example.com"), 200) as receiver:
        endpoint_for(receiver)
        happen()

        send()
        assert send() == 0  # not before its time
        with later(minutes=1):
            send()
        with later(minutes=10):
            send()

    first, *others = receiver.taken
    assert len(others) == 2
    assert {one.headers["webhook-id"] for one in others} == {first.headers["webhook-id"]}
    assert {one.body for one in others} == {first.body}
    message = Message.objects.get()
    assert (message.state, message.attempts_made) == (MessageState.DELIVERED, 3)
    assert [attempt.status for attempt in message.attempts.all()] == [500, 503, 200]
    assert message.attempts.all()[1].excerpt == "busy for […]"


def test_a_refused_event_holds_up_no_other_and_a_receiver_in_trouble_rests(endpoint_for, send):
    with receiving(400, 200) as receiver:
        endpoint, _ = endpoint_for(receiver)
        happen(3)
        send()
        assert len(receiver.taken) == 3
        assert Message.objects.pending().count() == 1

        receiver.answers = [503, 200]
        happen(3)
        with later(minutes=10):
            assert send() == 1
            endpoint.refresh_from_db()
            assert endpoint.not_before > timezone.now()
        with later(minutes=20):
            send()
        assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DELIVERED}


def test_nobody_there(endpoint_for, receiver, send):
    endpoint, _ = endpoint_for(receiver)
    receiver.stop()
    happen(5)

    assert send() == 1  # one is enough to know

    assert Attempt.objects.get().error == "no connection"
    receiver.start()
    with later(minutes=1):
        send()
    assert len(receiver.taken) == 5
    endpoint.refresh_from_db()
    assert endpoint.failures == 0


def test_a_trickle_of_bytes_is_cut_off(endpoint_for, receiver, send, monkeypatch):
    monkeypatch.setattr(transport, "WHOLE_SECONDS", 0.5)
    receiver.slow_by = 30
    endpoint_for(receiver)
    happen()

    send()

    attempt = Attempt.objects.get()
    assert attempt.error == "timeout"
    assert attempt.milliseconds < 5_000


def test_what_waits_goes_to_a_new_address_at_once(endpoint_for, receiver, send):
    with receiving(500) as broken:
        endpoint, _secret = endpoint_for(broken)
        happen()
        send()
        with later(minutes=1):
            send()  # from here on it waits for minutes, later for hours

    with later(minutes=2):
        actions.change_endpoint(endpoint, by=None, version=1, url=receiver.url)
        send()

    assert receiver.ids == [Message.objects.get().webhook_id]


def test_a_redirect_is_a_refusal_and_is_not_followed(endpoint_for, send, receiver):
    with receiving((302, {"Location": receiver.url}, b"")) as redirecting:
        endpoint_for(redirecting)
        happen()
        send()

    assert receiver.taken == []
    message = Message.objects.get()
    assert (message.state, message.last_status) == (MessageState.PENDING, 302)


def test_retry_after_is_honoured_and_capped(endpoint_for, send):
    with receiving((429, {"Retry-After": "7200"}, b"")) as receiver:
        endpoint, _ = endpoint_for(receiver)
        happen(2)
        send()
        with later(minutes=90):
            assert send() == 0
        receiver.answers = [(429, {"Retry-After": str(10**12)}, b"")]
        with later(minutes=121):
            assert send() == 1
            endpoint.refresh_from_db()
            assert endpoint.not_before < timezone.now() + timedelta(hours=25)


def test_who_is_gone_for_good_is_left_alone_and_administrators_are_told(endpoint_for, send, deliver_events):
    administrator = make_user(Role.ADMIN, employee=EmployeeFactory())
    make_user(Role.ADMIN, email="root@example.com")
    with receiving(410) as receiver:
        endpoint, _ = endpoint_for(receiver)
        happen(3)
        send()

    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.disabled_because) == (EndpointState.DISABLED, DisabledBecause.GONE)
    assert len(receiver.taken) == 1
    notice = Notice.objects.get(employee=administrator.employee)
    assert (notice.kind, notice.url) == ("integrations.webhook_disabled", endpoint.get_absolute_url())
    assert_openable(notice)
    assert Fact.objects.filter(topic="integrations.webhook_disabled", subject_id=endpoint.pk).exists()
    deliver_events()
    (letter,) = [letter for letter in mail.outbox if letter.to == ["root@example.com"]]
    assert endpoint.get_absolute_url() in letter.body


def test_after_three_days_in_vain_it_is_disabled_and_resumed_with_all_that_was_missed(endpoint_for, send):
    make_user(Role.ADMIN, employee=EmployeeFactory())
    with receiving(500) as receiver:
        endpoint, _ = endpoint_for(receiver)
        happen()
        hours = 0.0
        for _attempt in range(MOST_ATTEMPTS):
            with later(hours=hours):
                assert send() == 1
            hours += 27
        endpoint.refresh_from_db()
        assert endpoint.disabled_because == DisabledBecause.GAVE_UP
        receiver.answers = [200]
        with later(hours=hours):
            happen()
            assert send() == 0
            actions.resume_endpoint(endpoint, by=None)
            assert send() == 2

    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DELIVERED}
    assert Notice.objects.filter(kind="integrations.webhook_disabled").count() == 1


def test_an_event_refused_to_the_last_does_not_end_what_others_get_through(endpoint_for, send):
    make_user(Role.ADMIN, employee=EmployeeFactory())
    with receiving(400, 200) as receiver:
        endpoint, _ = endpoint_for(receiver)
        happen(2)
        send()
        receiver.answers = [400]
        Message.objects.pending().update(attempts_made=MOST_ATTEMPTS - 1)
        with later(hours=1):
            send()

    endpoint.refresh_from_db()
    assert endpoint.is_active
    assert Message.objects.filter(state=MessageState.FAILED).count() == 1
    assert Notice.objects.get().kind == "integrations.webhook_given_up"


def test_a_paused_endpoint_gets_what_it_missed_or_begins_anew(endpoint_for, receiver, send):
    endpoint, _ = endpoint_for(receiver)
    actions.pause_endpoint(endpoint, by=None)
    happen(2)
    assert send() == 0

    actions.resume_endpoint(endpoint, by=None)
    assert send() == 2

    actions.pause_endpoint(endpoint, by=None)
    happen(2)
    send()
    actions.resume_endpoint(endpoint, by=None, skip_missed=True)
    happen()
    assert send() == 1


def test_one_that_is_slow_does_not_hold_up_another(endpoint_for, receiver, send):
    endpoint_for(receiver)
    other, _ = endpoint_for(receiver)
    happen()
    send()
    happen()
    Endpoint.objects.filter(pk=other.pk).update(lease="somebody", lease_until=timezone.now() + timedelta(seconds=60))

    send()

    assert Message.objects.filter(endpoint=other).pending().count() == 1
    assert not Message.objects.exclude(endpoint=other).pending().exists()


def test_whoever_takes_over_from_a_killed_worker_sends_again_with_the_same_id(
    endpoint_for, receiver, send, monkeypatch
):
    endpoint_for(receiver)
    happen()
    monkeypatch.setattr("hrportal.integrations.webhooks.sending._note", killed)
    with pytest.raises(SystemExit):
        send()
    monkeypatch.undo()
    Endpoint.objects.update(lease="a dead worker’s", lease_until=timezone.now() + timedelta(seconds=120))
    assert send_due() == 0

    with later(seconds=121):
        send_due()

    first, again = receiver.ids
    assert first == again
    assert Message.objects.get().state == MessageState.DELIVERED


def killed(*_):
    raise SystemExit


def test_a_worker_given_up_for_dead_writes_nothing(endpoint_for, receiver, send):
    endpoint, _ = endpoint_for(receiver)
    happen()
    send()
    actions.resend_message(Message.objects.get(), by=None)
    turn = _take_turn()
    Endpoint.objects.update(lease="somebody else’s")

    _serve(turn)

    assert Message.objects.get().state == MessageState.PENDING
    endpoint.refresh_from_db()
    assert endpoint.lease == "somebody else’s"


def test_no_more_than_the_endpoint_wants_in_a_minute(endpoint_for, receiver, send):
    endpoint_for(receiver, most_per_minute=3)
    happen(5)

    assert send() == 3
    assert send() == 0
    with later(seconds=61):
        assert send() == 2


def test_both_secrets_sign_while_the_new_one_is_taken_into_use(endpoint_for, receiver, send):
    endpoint, old = endpoint_for(receiver)
    new = actions.rotate_secret(endpoint, by=None, overlap_hours=2)
    happen()
    send()
    (taken,) = receiver.taken
    assert Webhook(old).verify(taken.body, taken.headers)
    assert Webhook(new).verify(taken.body, taken.headers)

    happen()
    with later(hours=3):
        send()
    assert len(receiver.taken[-1].headers["webhook-signature"].split()) == 1
    assert new not in str(list(endpoint.secrets.values()))

    actions.rotate_secret(endpoint, by=None)
    actions.rotate_secret(endpoint, by=None)
    assert endpoint.secrets.valid().count() == 2


def test_a_cloud_event_says_the_same(endpoint_for, receiver, send):
    receiver.leave = {"WebHook-Allowed-Origin": "*"}
    _endpoint, secret = endpoint_for(receiver, envelope="cloud_events")
    happen()

    send()

    (taken,) = receiver.taken
    event = Webhook(secret).verify(taken.body, taken.headers)
    assert taken.headers["content-type"] == "application/cloudevents+json"
    assert (event["specversion"], event["type"]) == ("1.0", "performance.review_withdrawn")
    assert event["id"] == taken.headers["webhook-id"]


def test_leave_to_send_cloud_events_is_asked_once_for_an_address(endpoint_for, receiver, send):
    receiver.leave = {"WebHook-Allowed-Origin": "localhost"}
    endpoint, _secret = endpoint_for(receiver, envelope="cloud_events", most_per_minute=9)
    happen(2)

    send()

    (asked,) = receiver.asked
    assert (asked.headers["webhook-request-origin"], asked.headers["webhook-request-rate"]) == ("localhost", "9")
    assert (len(receiver.taken), asked.body) == (2, b"")
    actions.change_endpoint(endpoint, by=None, version=1, url=f"{receiver.url}/elsewhere")
    happen()
    send()
    assert (len(receiver.asked), len(receiver.taken)) == (2, 3)


@pytest.mark.parametrize("leave", [None, {}, {"WebHook-Allowed-Origin": "elsewhere.example"}, 404])
def test_without_leave_no_cloud_event_is_sent_and_the_log_says_why(endpoint_for, receiver, send, leave):
    receiver.leave = leave
    endpoint_for(receiver, envelope="cloud_events")
    happen()

    send()

    assert receiver.taken == []
    message = Message.objects.get()
    assert (message.state, message.last_status) == (MessageState.PENDING, None)
    assert "no leave to send" in message.reason
    receiver.leave = {"WebHook-Allowed-Origin": "*"}
    with later(minutes=1):
        send()
    assert receiver.ids == [message.webhook_id]


def test_a_receiver_of_cloud_events_says_how_many_it_takes_in_a_minute(endpoint_for, receiver, send):
    receiver.leave = {"WebHook-Allowed-Origin": "*", "WebHook-Allowed-Rate": "2"}
    endpoint_for(receiver, envelope="cloud_events")
    happen(3)

    send()
    assert len(receiver.taken) == 2

    with later(minutes=1):
        send()
    assert len(receiver.taken) == 3


def test_other_receivers_are_not_asked(endpoint_for, receiver, send):
    endpoint_for(receiver)
    happen()

    send()

    assert (receiver.asked, len(receiver.taken)) == ([], 1)


def test_a_long_list_of_ids_is_left_out_so_that_the_body_stays_small(endpoint_for, receiver, send):
    endpoint_for(receiver)
    review = ReviewFactory()
    with transaction.atomic():
        data = {"reviews": list(range(10_000)), "comment": "what somebody wrote"}
        record_many("performance.review_withdrawn", [Entry(review, data=data)], by=None)

    send()

    (taken,) = receiver.taken
    assert len(taken.body) < 20_000
    assert json.loads(taken.body)["data"]["is_shortened"]
    assert b"wrote" not in taken.body
