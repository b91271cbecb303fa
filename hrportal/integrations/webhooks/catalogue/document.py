"""The catalogue as a page of documentation."""

from collections.abc import Iterator

from django.utils import translation

from hrportal.integrations.webhooks.catalogue import EVENTS

HEAD = """# Events

What can be sent to a webhook, and what the change feed lists for clients. Written by `manage.py describe_events > docs/events.md`.
A message says that something happened to which row (`subject_type`, `subject_id`), about whom (`employee`), never what was written, rated or judged: fetch
the row with your own scopes. An endpoint chooses topics, groups (`performance.*`) or everything (`*`), and gets of it what its client's scopes let it hear.
`webhooks.test` is sent when somebody asks for a test."""


def catalogue_document() -> str:
    """The document, in English."""
    with translation.override("en"):
        return "\n".join([HEAD, *_sections(), ""])


def _sections() -> Iterator[str]:
    for group in dict.fromkeys(event.group for event in EVENTS.values()):
        yield f"\n## `{group}`\n"
        yield "| topic | happened | about | scope |"
        yield "| --- | --- | --- | --- |"
        for event in EVENTS.values():
            if event.group == group:
                yield f"| `{event.topic}` | {event.words} | `{event.subject}` | `{event.scope.value}` |"
