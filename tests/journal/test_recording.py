"""Facts are written with their change, once, and never again touched."""

import pytest
from django.db import DatabaseError, transaction

from hrportal.journal import subscribers
from hrportal.journal.chain import sequence_facts, verify_chain
from hrportal.journal.models import ChainHead, Delivery, Fact
from hrportal.journal.recording import Entry, record, record_many
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def user():
    return UserFactory()


def test_a_fact_says_who_did_what_to_whom(user):
    fact = record("people.account_created", user, by=user, person_id=7, version=2, data={"unit": 3})

    assert (fact.topic, fact.subject_type, fact.subject_id) == ("people.account_created", "people.user", user.pk)
    assert (fact.person_id, fact.version, fact.actor_id, fact.data) == (7, 2, user.pk, {"unit": 3})


@pytest.mark.parametrize("change", [{"topic": "other"}, {"person_id": 9}, {"data": {"x": 1}}, {"actor_id": 99}])
def test_the_database_refuses_to_edit_a_fact(user, change):
    fact = record("people.account_created", user, by=user)

    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(**change)

    assert Fact.objects.get(pk=fact.pk).topic == "people.account_created"


def test_the_database_refuses_to_delete_a_fact(user):
    fact = record("people.account_created", user, by=user)

    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).delete()

    assert Fact.objects.filter(pk=fact.pk).exists()


def test_the_database_refuses_a_second_position(user):
    fact = record("people.account_created", user, by=user)
    sequence_facts()

    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(position=900)

    assert Fact.objects.get(pk=fact.pk).position == 1


def test_facts_get_gap_free_positions_in_a_chain(user):
    record_many("people.account_created", [Entry(user) for _ in range(5)], by=None)

    assert sequence_facts() == 5
    assert list(Fact.objects.order_by("id").values_list("position", flat=True)) == [1, 2, 3, 4, 5]
    assert verify_chain().problems == []
    assert sequence_facts() == 0


def test_verification_says_how_many_facts_wait_for_their_position(user):
    record("people.account_created", user, by=None)

    found = verify_chain()

    assert (found.checked, found.unsequenced) == (0, 1)


def test_a_removed_last_fact_is_found(user):
    record("people.account_created", user, by=None)
    sequence_facts()
    ChainHead.objects.update(position=2)

    assert verify_chain().problems == ["the journal ends at 1 but 2 facts were sequenced"]


def test_a_changed_fact_is_found(user, monkeypatch):
    record("people.account_created", user, by=None)
    sequence_facts()
    original = Fact.from_db.__func__

    def tampered(cls, db, names, values):
        fact = original(cls, db, names, values)
        fact.person_id = 666
        return fact

    monkeypatch.setattr(Fact, "from_db", classmethod(tampered))

    assert verify_chain().problems == ["fact 1 was changed after it was recorded"]


def test_each_subscriber_of_a_topic_gets_a_delivery(user, monkeypatch):
    monkeypatch.setattr(subscribers, "_topics", {})
    monkeypatch.setattr(subscribers, "_handlers", {})
    subscribers.subscribe("people.account_created", "test.one", lambda facts: None)
    subscribers.subscribe("people.account_created", "test.two", lambda facts: None)

    fact = record("people.account_created", user, by=None)

    assert sorted(fact.deliveries.values_list("subscriber", flat=True)) == ["test.one", "test.two"]
    assert Delivery.objects.due().count() == 2


def test_a_name_belongs_to_one_handler(monkeypatch):
    monkeypatch.setattr(subscribers, "_handlers", {})
    subscribers.subscribe("people.account_created", "test.one", print)

    with pytest.raises(ValueError, match="two subscribers"):
        subscribers.subscribe("people.account_created", "test.one", len)
