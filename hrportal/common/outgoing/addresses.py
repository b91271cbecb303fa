"""Where the portal may be sent to: addresses of the public internet only, looked up at every attempt.

A name that leads inside is refused whole, and the connection goes to the very address that was looked at, so that a
name cannot lead elsewhere between the look and the call.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Public by their number, and yet never a receiver's: ways to wrap an IPv4 address, and the metadata services of clouds.
_CLOSED = [
    ipaddress.ip_network(network)
    for network in (
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "2001::/23",  # Teredo and other protocols
        "3fff::/20",  # for examples
        "fec0::/10",  # site-local, as networks inside were numbered once
        "2002::/16",  # 6to4
        "192.0.0.0/24",  # protocols, and a cloud's metadata
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # Azure
    )
]


class AddressRefused(Exception):
    """The portal does not go there; the words say why."""


@dataclass(frozen=True)
class Target:
    """An address taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = 443 if self.scheme == "https" else 80
        return name if self.port == usual else f"{name}:{self.port}"


def take_apart(url: str) -> Target:
    """The parts of an address that may be one of a receiver. Raises AddressRefused."""
    if any(sign <= " " or sign == "\x7f" or sign == "\\" for sign in url):
        raise AddressRefused(_("An address has no spaces or control characters in it."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(_("This is not an address.")) from error
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"http", "https"} or not host:
        raise AddressRefused(_("Give a whole address that begins with https://."))
    if "@" in parts.netloc:
        raise AddressRefused(_("An address holds no user name or password."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    target = Target(parts.scheme, _ascii(host), port or (443 if parts.scheme == "https" else 80), path)
    _refuse_odd_door(target)
    return target


def _ascii(host: str) -> str:
    """The name as it is looked up; what no name server knows is refused."""
    if ":" in host:
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError as error:
        raise AddressRefused(_("This is not an address.")) from error


def _refuse_odd_door(target: Target) -> None:
    """Refuse what is not https at a usual port, but for receivers on one's own machine while trying things out."""
    if settings.OUTGOING_LOCAL_RECEIVERS and target.host in {"localhost", "127.0.0.1", "::1"}:
        return
    if target.scheme != "https":
        raise AddressRefused(_("Give a whole address that begins with https://."))
    if target.port not in settings.OUTGOING_PORTS:
        ports = ", ".join(map(str, settings.OUTGOING_PORTS))
        raise AddressRefused(_("Only these ports are called: %s.") % ports)


def check_address(url: str) -> Target:
    """Refuse early what can be refused without asking a name server. Raises AddressRefused."""
    target = take_apart(url)
    literal = _literal(target.host)
    if literal is not None and not is_open(literal):
        raise AddressRefused(_("This address is not on the public internet."))
    return target


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def look_up(target: Target) -> str:
    """The one address to connect to, now. Raises AddressRefused when the name leads anywhere the portal does not go,
    OSError when there is no such name."""
    found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(is_open(address) for address in addresses):
        raise AddressRefused(_("This address is not on the public internet."))
    return str(addresses[0])


def is_open(address: Address) -> bool:
    """Whether the portal may connect there: the public internet, what the installation allows, one's own machine while
    trying things out."""
    if any(address in network for network in _allowed()):
        return True
    if settings.OUTGOING_LOCAL_RECEIVERS and address.is_loopback:
        return True
    if any(address in network for network in _CLOSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _allowed() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(network) for network in settings.OUTGOING_ALLOWED_NETWORKS]
