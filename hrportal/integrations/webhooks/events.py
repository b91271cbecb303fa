"""Every fact webhooks announce about themselves. No client hears of them."""

from hrportal.integrations.webhooks.models import Endpoint, Message
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record


def _about(topic: str, endpoint: Endpoint, *, by: Actor | None, **data: int | str | None) -> Fact:
    return record(topic, endpoint, by=by, version=endpoint.version, data={"client": endpoint.client_id, **data})


def webhook_created(endpoint: Endpoint, *, by: Actor | None) -> Fact:
    return _about("integrations.webhook_created", endpoint, by=by)


def webhook_changed(endpoint: Endpoint, fields: list[str], *, by: Actor | None) -> Fact:
    data = {"client": endpoint.client_id, "fields": fields}
    return record("integrations.webhook_changed", endpoint, by=by, version=endpoint.version, data=data)


def webhook_secret_rotated(endpoint: Endpoint, *, by: Actor | None) -> Fact:
    return _about("integrations.webhook_secret_rotated", endpoint, by=by)


def webhook_paused(endpoint: Endpoint, *, by: Actor | None) -> Fact:
    return _about("integrations.webhook_paused", endpoint, by=by)


def webhook_resumed(endpoint: Endpoint, *, by: Actor | None) -> Fact:
    return _about("integrations.webhook_resumed", endpoint, by=by)


def webhook_disabled(endpoint: Endpoint) -> Fact:
    """The portal itself stopped sending."""
    return _about("integrations.webhook_disabled", endpoint, by=None, because=endpoint.disabled_because)


def webhook_removed(endpoint: Endpoint, *, by: Actor | None) -> Fact:
    return _about("integrations.webhook_removed", endpoint, by=by)


def webhook_tested(endpoint: Endpoint, *, by: Actor | None) -> Fact:
    return _about("integrations.webhook_tested", endpoint, by=by)


def webhook_resent(message: Message, *, by: Actor | None) -> Fact:
    return _about("integrations.webhook_resent", message.endpoint, by=by, message=message.pk)


def webhook_replay_started(endpoint: Endpoint, *, by: Actor | None, **range_: int | str | None) -> Fact:
    return _about("integrations.webhook_replay_started", endpoint, by=by, **range_)
