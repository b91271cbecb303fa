"""What a message says: that something happened, to which row, about whom. Never a rating, a risk or a text."""

import datetime
import json
from typing import Any

from django.conf import settings

from hrportal.integrations.webhooks.enums import Envelope
from hrportal.integrations.webhooks.models import Endpoint, Message
from hrportal.journal.models import Fact

LARGEST = 20_000
# Words that may leave beside numbers: which fields changed, never what is in them.
NAMES = frozenset({"fields"})


def webhook_id(endpoint: Endpoint, position: int) -> str:
    """What a receiver knows a message by: the same in every attempt, every replay, and after the log forgot it."""
    return f"msg_{endpoint.pk}_{position}"


def payload_of(message: Message) -> dict[str, Any]:
    """Type, timestamp and data, as the change feed has them."""
    fact = message.fact
    if fact is None:
        return _payload(message.topic, message.made_at, {"endpoint": message.endpoint_id})
    data = {
        "position": fact.position,
        "subject_type": fact.subject_type,
        "subject_id": fact.subject_id,
        "employee": fact.person_id,
        "version": fact.version,
        "data": _ids(fact),
    }
    return _payload(fact.topic, fact.recorded_at, data)


def _payload(topic: str, moment: datetime.datetime, data: dict[str, Any]) -> dict[str, Any]:
    return {"type": topic, "timestamp": moment.astimezone(datetime.UTC).isoformat(), "data": data}


def _ids(fact: Fact) -> dict[str, Any]:
    """The ids and marks a fact carries; nothing written, whatever a fact may come to hold."""
    return {name: value for name, value in fact.data.items() if name in NAMES or _is_number(value)}


def _is_number(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, int) for one in value)
    return value is None or isinstance(value, int)


def body_of(message: Message, endpoint: Endpoint) -> tuple[bytes, str]:
    """The exact bytes that are signed and sent, and their content type."""
    payload = payload_of(message)
    body = _written(payload, message, endpoint)
    if len(body) >= LARGEST:  # a long list of ids: the row itself has them
        payload["data"] |= {"data": {}, "is_shortened": True}
        body = _written(payload, message, endpoint)
    is_plain = endpoint.envelope == Envelope.PLAIN
    return body, "application/json" if is_plain else "application/cloudevents+json"


def _written(payload: dict[str, Any], message: Message, endpoint: Endpoint) -> bytes:
    content = payload if endpoint.envelope == Envelope.PLAIN else _cloud_event(payload, message)
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def _cloud_event(payload: dict[str, Any], message: Message) -> dict[str, Any]:
    """The same as a CloudEvent in structured mode."""
    fact = message.fact
    return {
        "specversion": "1.0",
        "id": message.webhook_id,
        "source": settings.PUBLIC_URL,
        "type": payload["type"],
        "subject": f"{fact.subject_type}/{fact.subject_id}" if fact else f"webhooks.endpoint/{message.endpoint_id}",
        "time": payload["timestamp"],
        "datacontenttype": "application/json",
        "data": payload["data"],
    }
