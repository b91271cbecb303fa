"""The `webhooks` section of the schema: an entry for every event."""

from typing import Any

from drf_spectacular.utils import OpenApiWebhook

from hrportal.integrations.webhooks.catalogue import EVENTS, Event

_HEADERS = {
    "webhook-id": "The same in every attempt and every replay: what was taken already can be told by it.",
    "webhook-timestamp": "When this attempt was made, in seconds since 1970.",
    "webhook-signature": "One or more of `v1,…` with spaces between them; one must be right.",
}


def _entry(event: Event) -> OpenApiWebhook:
    return OpenApiWebhook(name=event.topic, decorator={"post": _operation(event)})


def _operation(event: Event) -> dict[str, Any]:
    schema = {
        "allOf": [{"$ref": "#/components/schemas/WebhookEvent"}],
        "properties": {
            "type": {"const": event.topic},
            "data": {"properties": {"subject_type": {"const": event.subject}}},
        },
    }
    return {
        "operationId": f"webhook_{event.topic.replace('.', '_')}",
        "summary": str(event.words),
        "description": f"Takes the scope `{event.scope.value}`.",
        "tags": ["webhooks"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": words}
            for name, words in _HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {
            "2XX": {"description": "Taken."},
            "410": {"description": "Gone for good: nothing is sent any more."},
        },
    }


WEBHOOKS = [_entry(event) for event in EVENTS.values()]
