"""Teams: a card, posted to the address of a workflow."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from hrportal.notices.chat.messages import Line

CARD = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"


def body_of(lines: Sequence[Line]) -> dict[str, Any]:
    """The message as workflows take it, with one card in it."""
    card = {
        "$schema": SCHEMA,
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [_line(line) for line in lines],
    }
    return {"type": "message", "attachments": [{"contentType": CARD, "contentUrl": None, "content": card}]}


def _line(line: Line) -> dict[str, Any]:
    # A text run, since the text of a block is read as Markdown: a name could become a link.
    title = {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": line.title}]}
    link = {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": _("Open"), "url": line.url}]}
    return {"type": "Container", "items": [title, link]}
