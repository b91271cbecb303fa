"""Sending what is due. One worker at a time sends to an endpoint, in the order of positions.

A worker takes an endpoint by a lease. What came of each request is written before the next is made, together with a
longer lease; whoever is killed in between leaves a lease that runs out, and the message is sent again with the same id.
"""

import datetime
import secrets
import time
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.outgoing.transport import Answer, post
from hrportal.common.sealing import SealBroken
from hrportal.integrations.webhooks.actions import disable_endpoint, note_given_up
from hrportal.integrations.webhooks.enums import DisabledBecause, MessageState
from hrportal.integrations.webhooks.excerpts import scrubbed
from hrportal.integrations.webhooks.ladder import TROUBLE, next_try, rest_of
from hrportal.integrations.webhooks.leave import refusal_of
from hrportal.integrations.webhooks.models import Attempt, Endpoint, Message
from hrportal.integrations.webhooks.payloads import body_of
from hrportal.integrations.webhooks.queueing import leave_out, still_heard
from hrportal.integrations.webhooks.signatures import signature_headers, unseal

BATCH = 20
# Longer than a name takes to be found and a request to be answered.
LEASE = datetime.timedelta(seconds=120)
# After so long an endpoint with much to get lets others have their turn.
TURN_SECONDS = 20.0
GONE = 410


@dataclass
class Turn:
    """A worker's hold on an endpoint."""

    endpoint: Endpoint
    lease: str
    ends_at: float


def send_due() -> int:
    """Send to one endpoint after the other until nothing is due; how many requests were made."""
    made = 0
    while turn := _take_turn():
        made += _serve(turn)
    return made


@transaction.atomic
def _take_turn() -> Turn | None:
    """Take the endpoint that has waited longest; None when all are served."""
    skip = connection.features.has_select_for_update_skip_locked
    free = Endpoint.objects.to_serve().select_for_update(skip_locked=skip, of=("self",)).select_related("client")
    endpoint = free.order_by(F("lease_until").asc(nulls_first=True), "id").first()
    if endpoint is None:
        return None
    lease = secrets.token_hex(16)
    Endpoint.objects.filter(pk=endpoint.pk).update(lease=lease, lease_until=timezone.now() + LEASE)
    return Turn(endpoint, lease, time.monotonic() + TURN_SECONDS)


def _serve(turn: Turn) -> int:
    """Send what is due for one endpoint until nothing is, it needs rest, or its turn is over."""
    made, goes_on = 0, True
    try:
        while goes_on and (messages := _due(turn)):
            heard = still_heard(turn.endpoint, messages)
            if unheard := [message.pk for message in messages if message.pk not in heard]:
                leave_out(Message.objects.filter(pk__in=unheard), _("The client may not hear of it any more."))
            for message in (message for message in messages if message.pk in heard):
                goes_on = _send(turn, message)
                made += 1
                if not goes_on:
                    break
    finally:
        # What waits longest goes next: the end of the lease keeps the order of turns, and is in the past.
        Endpoint.objects.filter(pk=turn.endpoint.pk, lease=turn.lease).update(lease="", lease_until=timezone.now())
    return made


def _due(turn: Turn) -> list[Message]:
    rows = Message.objects.due().filter(endpoint=turn.endpoint)
    if not turn.endpoint.is_active:
        rows = rows.tests()
    return list(rows.select_related("fact").order_by("position", "id")[:BATCH])


def _send(turn: Turn, message: Message) -> bool:
    """Make one attempt and write down what came of it; whether the next message may go at once."""
    try:
        keys = [unseal(secret.sealed) for secret in turn.endpoint.secrets.valid()]
    except SealBroken:
        disable_endpoint(turn.endpoint, DisabledBecause.SECRET_LOST)
        return False
    answer = refusal_of(turn.endpoint) or _post(turn.endpoint, message, keys)
    goes_on = _note(turn, message, answer)
    return goes_on and time.monotonic() < turn.ends_at


def _post(endpoint: Endpoint, message: Message, keys: list[str]) -> Answer:
    body, content_type = body_of(message, endpoint)
    headers = signature_headers(message.webhook_id, int(timezone.now().timestamp()), body, keys)
    return post(endpoint.url, body, headers | {"Content-Type": content_type})


@transaction.atomic
def _note(turn: Turn, message: Message, answer: Answer) -> bool:
    """Write down an attempt. Nothing is written by a worker that was given up for dead, and whose lease another has."""
    endpoint = Endpoint.objects.select_for_update().filter(pk=turn.endpoint.pk, lease=turn.lease).first()
    current = Message.objects.select_for_update().filter(pk=message.pk).first()
    if endpoint is None or current is None:
        return False
    Attempt.objects.create(
        message=current,
        status=answer.status,
        milliseconds=answer.milliseconds,
        error=answer.error[:200],
        excerpt=scrubbed(answer.body),
    )
    current.attempts_made, current.last_status = current.attempts_made + 1, answer.status
    endpoint.lease_until = timezone.now() + LEASE
    _count(endpoint)
    goes_on = _note_success(endpoint, current) if answer.is_success else _note_failure(endpoint, current, answer)
    current.save(update_fields=["attempts_made", "last_status", "state", "reason", "next_try_at", "done_at"])
    endpoint.save(update_fields=BOOKKEEPING)
    # a pause or a new address counts from the next message on
    is_as_before = endpoint.version == turn.endpoint.version and endpoint.state == turn.endpoint.state
    return goes_on and is_as_before and not endpoint.not_before


BOOKKEEPING = [
    "lease_until",
    "last_success_at",
    "last_failure_at",
    "failures",
    "not_before",
    "minute_began_at",
    "minute_count",
]


def _count(endpoint: Endpoint) -> None:
    """Count against the limits of the endpoint; when one is reached, the rest waits for the next minute."""
    now, minute = timezone.now(), datetime.timedelta(minutes=1)
    endpoint.not_before = None
    if endpoint.minute_began_at is None or endpoint.minute_began_at <= now - minute:
        endpoint.minute_began_at, endpoint.minute_count = now, 0
    endpoint.minute_count += 1
    limits = [limit for limit in (endpoint.most_per_minute, endpoint.allowed_per_minute) if limit]
    if limits and endpoint.minute_count >= min(limits):
        endpoint.not_before = endpoint.minute_began_at + minute


def _note_success(endpoint: Endpoint, message: Message) -> bool:
    message.state, message.reason, message.done_at = MessageState.DELIVERED, "", timezone.now()
    if endpoint.failures:
        _wake_others(endpoint, message)
    endpoint.failures, endpoint.last_success_at = 0, timezone.now()
    return True


def _wake_others(endpoint: Endpoint, message: Message) -> None:
    """The endpoint is back: what only waited for that is due at once, in its order."""
    waited = Q(last_status=None) | Q(last_status__in=[status for status in TROUBLE if status])
    others = Message.objects.pending().filter(waited, endpoint=endpoint, attempts_made__gt=0).exclude(pk=message.pk)
    others.update(next_try_at=timezone.now())


def _note_failure(endpoint: Endpoint, message: Message, answer: Answer) -> bool:
    endpoint.failures, endpoint.last_failure_at = endpoint.failures + 1, timezone.now()
    message.reason = answer.error or _("Answered %d.") % (answer.status or 0)
    if message.is_test:
        message.state, message.done_at = MessageState.FAILED, timezone.now()
        return True
    again = next_try(message.attempts_made, answer.wish)
    if again is None or answer.status == GONE:
        return _give_up(endpoint, message, answer)
    message.next_try_at = again
    rest = rest_of(endpoint.failures, answer.status, answer.wish)
    if rest:
        endpoint.not_before = max(endpoint.not_before or timezone.now(), timezone.now() + rest)
    return not rest


def _give_up(endpoint: Endpoint, message: Message, answer: Answer) -> bool:
    """The message was tried for the last time. If nothing else got through meanwhile, it is the endpoint that is gone: the
    message waits with all that come after it until somebody resumes the endpoint."""
    is_gone = answer.status == GONE
    if is_gone or endpoint.last_success_at is None or endpoint.last_success_at < message.made_at:
        disable_endpoint(endpoint, DisabledBecause.GONE if is_gone else DisabledBecause.GAVE_UP)
        return False
    message.state, message.done_at = MessageState.FAILED, timezone.now()
    note_given_up(message)
    return True
