"""Each fact reaches each subscriber with exactly one effect, and what fails stays where people see it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from hrportal.journal import subscribers
from hrportal.journal.delivery import deliver_due, retry_delivery
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import Delivery, Fact
from hrportal.journal.recording import Entry, record_many
from hrportal.people.models import User
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TOPIC = "people.account_created"


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def listen(monkeypatch):
    monkeypatch.setattr(subscribers, "_topics", {})
    monkeypatch.setattr(subscribers, "_handlers", {})
    return lambda handler: subscribers.subscribe(TOPIC, "test.listener", handler)


def states():
    return list(Delivery.objects.order_by("fact_id").values_list("state", flat=True))


def make_everything_due():
    Delivery.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_many_facts_reach_a_handler_together(listen, user):
    calls = []
    listen(calls.append)
    facts = record_many(TOPIC, [Entry(user) for _ in range(3)], by=None)

    assert deliver_due() == 3

    assert calls == [facts]
    assert states() == [DeliveryState.DONE] * 3


def test_what_is_done_is_not_delivered_again(listen, user):
    calls = []
    listen(calls.append)
    record_many(TOPIC, [Entry(user)], by=None)
    deliver_due()

    assert deliver_due() == 0
    assert len(calls) == 1


def test_a_failing_fact_does_not_hold_up_its_neighbours_and_leaves_nothing_half_done(listen, user):
    facts = record_many(TOPIC, [Entry(user) for _ in range(3)], by=None)
    bad = facts[1].pk

    def handler(batch):
        for fact in batch:
            User.objects.create(username=f"effect-{fact.pk}")
            if fact.pk == bad:
                raise RuntimeError("no luck")

    listen(handler)
    Delivery.objects.bulk_create(Delivery(fact=fact, subscriber="test.listener") for fact in facts)

    deliver_due()

    assert states() == [DeliveryState.DONE, DeliveryState.PENDING, DeliveryState.DONE]
    assert not User.objects.filter(username=f"effect-{bad}").exists()
    assert User.objects.filter(username__startswith="effect-").count() == 2
    failed = Delivery.objects.get(fact_id=bad)
    assert (failed.attempts, failed.last_error) == (1, "RuntimeError: no luck")
    assert failed.next_try_at > timezone.now()


def test_what_keeps_failing_waits_longer_each_time_and_is_parked_at_last(listen, user, settings):
    def handler(batch):
        raise RuntimeError("no luck")

    listen(handler)
    record_many(TOPIC, [Entry(user)], by=None)
    waits = []

    for _ in range(settings.DELIVERY_ATTEMPTS):
        make_everything_due()
        deliver_due()
        waits.append(Delivery.objects.get().next_try_at - timezone.now())

    assert states() == [DeliveryState.PARKED]
    assert waits == sorted(waits)
    assert max(waits) <= timedelta(hours=1)
    make_everything_due()
    assert deliver_due() == 0


def test_trouble_with_the_database_is_nobodys_attempt(listen, user):
    def handler(batch):
        raise OperationalError("server closed the connection")

    listen(handler)
    record_many(TOPIC, [Entry(user)], by=None)

    with pytest.raises(OperationalError):
        deliver_due()

    assert Delivery.objects.get().attempts == 0


def test_a_retry_gives_a_parked_delivery_a_fresh_start(listen, user):
    calls = []
    listen(calls.append)
    (fact,) = record_many(TOPIC, [Entry(user)], by=None)
    Delivery.objects.update(state=DeliveryState.PARKED, attempts=8)

    retry_delivery(Delivery.objects.get(), by=user)
    deliver_due()

    assert states() == [DeliveryState.DONE]
    assert calls == [[fact]]
    assert Fact.objects.filter(topic="journal.delivery_retried", actor_id=user.pk).count() == 1


def test_retrying_what_is_done_changes_nothing(listen, user):
    listen(lambda batch: None)
    record_many(TOPIC, [Entry(user)], by=None)
    deliver_due()

    retry_delivery(Delivery.objects.get(), by=user)

    assert states() == [DeliveryState.DONE]
    assert not Fact.objects.filter(topic="journal.delivery_retried").exists()
