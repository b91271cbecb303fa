"""From facts to messages, by position: what an endpoint wants, of what its client may hear.

Each endpoint has its own place in the journal, so a fact is neither skipped nor met twice, however many workers there
are and whatever is killed: messages and the new place are written in one transaction.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from hrportal.integrations.hearing import heard_by
from hrportal.integrations.oauth.principals import principal_of
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.integrations.webhooks.enums import MessageState
from hrportal.integrations.webhooks.models import Endpoint, Message
from hrportal.integrations.webhooks.payloads import webhook_id
from hrportal.journal.models import ChainHead, Fact

# Positions looked at in one transaction.
WINDOW = 2000


def queue_messages() -> int:
    """Make messages of all facts that endpoints have not been asked about yet; how many were made."""
    head = head_position()
    behind = Endpoint.objects.active().filter(heard_up_to__lt=head).values_list("pk", flat=True)
    return sum(_queue_for(pk, head) for pk in behind)


def head_position() -> int:
    """The last position given to a fact."""
    return ChainHead.objects.filter(pk=1).values_list("position", flat=True).first() or 0


def _queue_for(pk: int, head: int) -> int:
    made = 0
    while (more := _queue_window(pk, head)) is not None:
        made += more
    return made


@transaction.atomic
def _queue_window(pk: int, head: int) -> int | None:
    """Work on the next window of positions; None when there is nothing left, or somebody else is at it."""
    skip = connection.features.has_select_for_update_skip_locked
    rows = Endpoint.objects.active().filter(pk=pk, heard_up_to__lt=head).select_related("client")
    endpoint = rows.select_for_update(skip_locked=skip, of=("self",)).first()
    if endpoint is None:
        return None
    first, last = endpoint.heard_up_to, min(head, endpoint.heard_up_to + WINDOW)
    facts = wanted_facts(endpoint).filter(position__gt=first, position__lte=last)
    made = add_messages(endpoint, facts.order_by("position"))
    Endpoint.objects.filter(pk=pk).update(heard_up_to=last)
    return made


def add_messages(endpoint: Endpoint, facts: Iterable[Fact], *, again: bool = False) -> int:
    """Put facts in an endpoint's queue. One that is there already stays as it is, or is sent anew if `again`."""
    messages = [_message(endpoint, fact) for fact in facts]
    if again:
        Message.objects.bulk_create(
            messages,
            update_conflicts=True,
            unique_fields=["endpoint", "fact"],
            update_fields=["state", "attempts_made", "next_try_at", "reason", "done_at"],
        )
    else:
        Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)


def _message(endpoint: Endpoint, fact: Fact) -> Message:
    position = fact.position or 0
    return Message(
        endpoint=endpoint, fact=fact, position=position, topic=fact.topic, webhook_id=webhook_id(endpoint, position)
    )


def wanted_facts(endpoint: Endpoint) -> QuerySet[Fact]:
    """What an endpoint wants, of what its client may hear now. An event the catalogue does not describe is not sent."""
    return heard_by(principal_of(endpoint.client)).filter(topic__in=topics_of(endpoint.events))


def topics_of(patterns: Sequence[str]) -> list[str]:
    """The events that a choice of topics, groups (`performance.*`) and `*` stands for."""
    return [topic for topic in EVENTS if any(_matches(pattern, topic) for pattern in patterns)]


def _matches(pattern: str, topic: str) -> bool:
    return pattern in {"*", topic} or (pattern.endswith(".*") and topic.startswith(pattern[:-1]))


def leave_out(messages: QuerySet[Message], reason: str) -> int:
    """Take messages out of the queue for good."""
    return messages.update(state=MessageState.LEFT_OUT, reason=reason, done_at=timezone.now())


def still_heard(endpoint: Endpoint, messages: Sequence[Message]) -> set[int]:
    """The ids of those messages that may still be sent: scopes and benches may have changed since they were made."""
    facts = [message.fact_id for message in messages if message.fact_id]
    heard = set(heard_by(principal_of(endpoint.client)).filter(pk__in=facts).values_list("pk", flat=True))
    return {message.pk for message in messages if message.is_test or message.fact_id in heard}


def is_known_choice(pattern: str) -> bool:
    """Whether a pattern stands for any event at all."""
    return bool(topics_of([pattern]))


def due_again(endpoint: Endpoint, which: Q) -> int:
    """Let what waits for this endpoint be tried now."""
    return Message.objects.filter(which, endpoint=endpoint).update(
        state=MessageState.PENDING, attempts_made=0, next_try_at=timezone.now(), reason="", done_at=None
    )
