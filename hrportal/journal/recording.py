"""Writing facts. One row, in the transaction of the change itself; from it come audit, deliveries and feed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import connection, models, transaction
from django.utils import timezone

from hrportal.common.copying import reserve_ids, write_rows, write_values
from hrportal.common.logs import current_request_id
from hrportal.journal.enums import DeliveryState
from hrportal.journal.hints import hint_delivery
from hrportal.journal.models import Delivery, Fact
from hrportal.journal.subscribers import subscribers_of


@dataclass(frozen=True)
class Identity:
    """Who acts: the account, the API client it came through, and the account it is done for."""

    actor_id: int | None = None
    client_id: str = ""
    on_behalf_of_id: int | None = None


SYSTEM = Identity()


class Actor(Protocol):
    """Whoever can act: a signed-in person, an API client, or a client acting for a person."""

    @property
    def journal_identity(self) -> Identity: ...


@dataclass
class Entry:
    """A fact about to be written. `subject` is a saved row; `data` holds ids and versions only."""

    subject: models.Model
    person_id: int | None = None
    version: int = 1
    data: dict[str, Any] = field(default_factory=dict)


def identity_of(by: Actor | None) -> Identity:
    """The identity behind `by`; None is the system itself."""
    return SYSTEM if by is None else by.journal_identity


def record(topic: str, subject: models.Model, *, by: Actor | None, **entry: Any) -> Fact:
    """Write one fact. Keywords as in `Entry`."""
    return record_many(topic, [Entry(subject, **entry)], by=by)[0]


def record_many(topic: str, entries: Iterable[Entry], *, by: Actor | None) -> list[Fact]:
    """Write one fact per entry and a pending delivery for each of the topic's subscribers. Only inside a transaction."""
    _refuse_outside_transaction(topic)
    facts = write_rows(_facts(topic, entries, identity_of(by)))
    _open_deliveries(topic, facts)
    return facts


# A subject's id, the person it is about, and ids and versions only.
Told = tuple[int, int | None, dict[str, Any]]

_FACT = (
    "id", "topic", "subject_type", "subject_id", "person_id", "version", "actor_id", "client_id", "on_behalf_of_id",
    "request_id", "data", "recorded_at", "position", "hash",
)  # fmt: skip
_DELIVERY = ("fact_id", "subscriber", "state", "attempts", "next_try_at", "last_error", "done_at")


def record_each(topic: str, subject: type[models.Model], told: Sequence[Told], *, by: Actor | None) -> None:
    """Write one fact for each of many rows of a model, named by their ids: as `record_many`, for work on everyone at once."""
    _refuse_outside_transaction(topic)
    if not told:
        return
    ids, now, identity = reserve_ids(Fact, len(told)), timezone.now(), identity_of(by)
    of_all = (identity.actor_id, identity.client_id, identity.on_behalf_of_id, current_request_id())
    label = subject._meta.label_lower
    write_values(
        Fact,
        _FACT,
        (
            (pk, topic, label, subject_id, person_id, 1, *of_all, data, now, None, "")
            for pk, (subject_id, person_id, data) in zip(ids, told, strict=True)
        ),
    )
    names = subscribers_of(topic)
    pending = DeliveryState.PENDING.value
    write_values(Delivery, _DELIVERY, ((pk, name, pending, 0, now, "", None) for name in names for pk in ids))
    hint_delivery()


def _refuse_outside_transaction(topic: str) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"{topic} must be recorded in the transaction of its change")


def _facts(topic: str, entries: Iterable[Entry], identity: Identity) -> list[Fact]:
    now, request_id = timezone.now(), current_request_id()
    return [
        Fact(
            topic=topic,
            subject_type=entry.subject._meta.label_lower,
            subject_id=entry.subject.pk,
            person_id=entry.person_id,
            version=entry.version,
            actor_id=identity.actor_id,
            client_id=identity.client_id,
            on_behalf_of_id=identity.on_behalf_of_id,
            request_id=request_id,
            data=entry.data,
            recorded_at=now,
        )
        for entry in entries
    ]


def _open_deliveries(topic: str, facts: Sequence[Fact]) -> None:
    names = subscribers_of(topic)
    write_rows(Delivery(fact=fact, subscriber=name) for fact in facts for name in names)
    if facts:
        hint_delivery()
