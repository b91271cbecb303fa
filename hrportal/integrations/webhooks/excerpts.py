"""What the log keeps of an answer."""

import re

from hrportal.integrations.webhooks.models import LONGEST_EXCERPT

_UNPRINTABLE = re.compile(r"[^\x20-\x7e\u00a0-\uffff]+")
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_TOKENS = re.compile(r"[A-Za-z0-9_+/=-]{24,}")


def scrubbed(body: bytes) -> str:
    """The beginning of an answer for the log: printable, without what looks like an address of a person or a secret."""
    text = _UNPRINTABLE.sub(" ", body.decode("utf-8", "replace"))
    text = _TOKENS.sub("[…]", _ADDRESSES.sub("[…]", text))
    return text[:LONGEST_EXCERPT].strip()
