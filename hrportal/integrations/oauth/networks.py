"""The addresses a client may come from."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 50


def read_networks(texts: Any) -> list[IPv4Network | IPv6Network]:
    """Networks (`192.0.2.0/24`) and single addresses; one that is neither is refused."""
    if not isinstance(texts, list) or len(texts) > MOST:
        raise ValidationError(_("Name at most %d networks.") % MOST)
    try:
        return [ip_network(text) for text in texts if isinstance(text, str)]
    except ValueError as error:
        raise ValidationError(_("This is not a network: %s") % error) from error


def is_within(address: str | None, networks: Iterable[str]) -> bool:
    """Whether an address lies in one of the networks; an unknown one does not."""
    try:
        found = ip_address((address or "").removeprefix("::ffff:"))
    except ValueError:
        return False
    return any(found in ip_network(network) for network in networks)
