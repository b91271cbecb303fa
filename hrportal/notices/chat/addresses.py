"""Which addresses are ones of Slack or Teams. They are secrets: whoever has one can post there."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.outgoing.addresses import AddressRefused, check_address
from hrportal.notices.enums import ChatService

LONGEST = 1000
END_SHOWN = 4


def service_of(address: str) -> ChatService:
    """Whose address it is. Raises ActionError for any that is not known to be one of Slack or Teams."""
    try:
        host = check_address(address).host
    except AddressRefused as error:
        raise ActionError(str(error), field="address") from error
    for service, hosts in _hosts().items():
        if any(_covers(allowed, host) for allowed in hosts):
            return service
    known = ", ".join(allowed for hosts in _hosts().values() for allowed in hosts)
    words = _("This is no address of Slack or Teams. Their addresses lead to: %s.") % known
    raise ActionError(words, field="address")


def masked(address: str) -> str:
    """What may be shown of an address: enough to know it again, not enough to post there."""
    return f"{urlsplit(address).hostname}/…{address[-END_SHOWN:]}"


def _hosts() -> dict[ChatService, Sequence[str]]:
    return {
        ChatService.SLACK_ADDRESS: settings.SLACK_WEBHOOK_HOSTS,
        ChatService.TEAMS: settings.TEAMS_WEBHOOK_HOSTS,
    }


def _covers(allowed: str, host: str) -> bool:
    """Whether a host is the allowed one; `*.` stands for every name below."""
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
