"""The lists of webhooks that can be taken away: endpoints, and what was sent to them."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.integrations.webhooks.filters import LogFilter
from hrportal.integrations.webhooks.models import TEST_TOPIC, Endpoint, Message
from hrportal.people.enums import Role
from hrportal.people.exports import ListKind, filtered, list_kind, of_named

MANAGERS = frozenset({Role.ADMIN, Role.INTEGRATION})


def _endpoint_columns() -> Sequence[Column]:
    return [
        Column(_("Address"), lambda endpoint: endpoint.url),
        Column(_("Description"), lambda endpoint: endpoint.description),
        Column(_("API client"), lambda endpoint: endpoint.client.name),
        Column(_("State"), lambda endpoint: endpoint.get_state_display()),
        Column(_("Failures in a row"), lambda endpoint: endpoint.failures),
        Column(_("Last taken"), lambda endpoint: endpoint.last_success_at),
        Column(_("Last refused"), lambda endpoint: endpoint.last_failure_at),
    ]


def endpoints(user: Any, query: QueryDict) -> Any:
    """Every endpoint, by its client."""
    return Endpoint.objects.visible_to(user).select_related("client").order_by("client__name", "id")


def _message_columns() -> Sequence[Column]:
    return [
        Column(_("Address"), lambda message: message.endpoint.url),
        Column(_("Event"), lambda message: message.topic),
        Column(_("Position"), lambda message: message.position or None),
        Column(_("State"), lambda message: message.get_state_display()),
        Column(_("Attempts"), lambda message: message.attempts_made),
        Column(_("Made"), lambda message: message.made_at),
        Column(_("Next attempt"), lambda message: message.next_try_at if message.state == "pending" else None),
        Column(_("Done"), lambda message: message.done_at),
        Column(_("Reason"), lambda message: gettext(message.reason) if message.reason else None),
    ]


class _AnyTopic(LogFilter):
    """The log of whichever endpoint."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, topics=[*EVENTS, TEST_TOPIC], **kwargs)


def _messages(user: Any, query: QueryDict) -> Any:
    rows = of_named(query, "endpoint", Endpoint.objects.visible_to(user), Message.objects.visible_to(user))
    return filtered(_AnyTopic, query, rows.select_related("endpoint").order_by("-id"), user)


ENDPOINTS = list_kind(ListKind("integrations.webhooks", _("Webhooks"), _endpoint_columns, endpoints, MANAGERS))
MESSAGES = list_kind(
    ListKind("integrations.webhook_deliveries", _("Deliveries of webhooks"), _message_columns, _messages, MANAGERS)
)
