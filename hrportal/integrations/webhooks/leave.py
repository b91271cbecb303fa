"""Leave to send CloudEvents somewhere (HTTP 1.1 Web Hooks for Event Delivery 1.0, section 4): asked for with OPTIONS before
the first of them, and anew for another address. Standard Webhooks know no such thing, so only that format asks."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from hrportal.common.outgoing.transport import Answer, send
from hrportal.integrations.webhooks.enums import Envelope
from hrportal.integrations.webhooks.ladder import TROUBLE
from hrportal.integrations.webhooks.models import MOST_PER_MINUTE, Endpoint

GONE = 410
NO_LEAVE = _("no leave to send: the answer to OPTIONS allows no such origin")


@dataclass(frozen=True)
class Leave:
    """What a receiver allows. Without a number there is no limit of its own."""

    per_minute: int | None = None


def origin() -> str:
    """Who the portal says it is: the name under which people know it."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def refusal_of(endpoint: Endpoint) -> Answer | None:
    """Why nothing may be sent there now, as an attempt that failed; None when it may."""
    if endpoint.envelope != Envelope.CLOUD_EVENTS or endpoint.leave_given_at:
        return None
    answer = send("OPTIONS", endpoint.url, headers=_question(endpoint))
    leave = _leave_in(answer)
    if leave is None:
        is_told = answer.status in TROUBLE or answer.status == GONE
        return answer if is_told else replace(answer, status=None, error=NO_LEAVE)
    endpoint.leave_given_at, endpoint.allowed_per_minute = timezone.now(), leave.per_minute
    given = {"leave_given_at": endpoint.leave_given_at, "allowed_per_minute": leave.per_minute}
    Endpoint.objects.filter(pk=endpoint.pk, url=endpoint.url, envelope=endpoint.envelope).update(**given)
    return None


def _question(endpoint: Endpoint) -> dict[str, str]:
    wish = {"WebHook-Request-Rate": str(endpoint.most_per_minute)} if endpoint.most_per_minute else {}
    return {"WebHook-Request-Origin": origin()} | wish


def _leave_in(answer: Answer) -> Leave | None:
    """What an answer allows; None for no leave."""
    allowed = answer.headers.get("webhook-allowed-origin", "").strip().lower()
    if not answer.is_success or allowed not in {"*", origin()}:
        return None
    rate = answer.headers.get("webhook-allowed-rate", "").strip()
    is_number = rate.isascii() and rate.isdecimal() and len(rate) < 10 and int(rate) > 0
    return Leave(min(int(rate), MOST_PER_MINUTE) if is_number else None)
