"""One request to the outside: to the address that was looked at, without redirects, within a few seconds, whatever the other side does."""

import contextlib
import datetime
import functools
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import certifi
import urllib3
from django.utils.translation import gettext_noop as _
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from hrportal.common.outgoing.addresses import AddressRefused, Target, look_up, take_apart
from hrportal.common.outgoing.wishes import wish_in

CONNECT_SECONDS = 5
READ_SECONDS = 15
WHOLE_SECONDS = 20
USER_AGENT = "hrportal/1.0"
# More of an answer is never read.
LARGEST_ANSWER = 4096


@dataclass(frozen=True)
class Answer:
    """What came of a request. Without a status nothing came back, and `error` says why: in English and a word or two,
    for whoever shows it to translate.

    `body` is the beginning of the answer as it came and `headers` are its headers, with names in small letters; both may
    hold anything. `wish` is how long the other side asks to be left alone.
    """

    status: int | None = None
    error: str = ""
    body: bytes = b""
    milliseconds: int = 0
    wish: datetime.timedelta | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_success(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def post(
    url: str, body: bytes, headers: dict[str, str], *, largest: int = LARGEST_ANSWER, within: float | None = None
) -> Answer:
    """`send` a body there."""
    return send("POST", url, body, headers, largest=largest, within=within)


def send(
    method: str,
    url: str,
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    *,
    largest: int = LARGEST_ANSWER,
    within: float | None = None,
) -> Answer:
    """Make one request, and read so many bytes of the answer, all `within` so many seconds (twenty, unless somebody waits
    for it). Never raises for anything the other side, the network or the address is to blame for."""
    began = time.monotonic()
    try:
        answer = _send(method, url, body, headers or {}, largest, within or WHOLE_SECONDS)
    except AddressRefused as error:
        answer = Answer(error=str(error))
    except TimeoutError:
        answer = Answer(error=_("timeout"))
    except HTTPError as error:
        answer = Answer(error=_kind_of(error))
    except socket.gaierror:
        answer = Answer(error=_("name not found"))
    except (OSError, ValueError) as error:
        answer = Answer(error=type(error).__name__)
    milliseconds = int((time.monotonic() - began) * 1000)
    return replace(answer, milliseconds=milliseconds)


def _send(method: str, url: str, body: bytes, headers: dict[str, str], largest: int, within: float) -> Answer:
    target = take_apart(url)
    address = look_up(target)
    with _pool(target, address) as pool, _time_limit(within) as clock:
        pool.ConnectionCls = clock.watching(pool.ConnectionCls)
        try:
            response = pool.urlopen(
                method,
                target.path,
                body=body,
                headers=headers | {"Host": target.host_header, "User-Agent": USER_AGENT, "Connection": "close"},
                redirect=False,
                retries=False,
                assert_same_host=False,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                preload_content=False,
                decode_content=False,
            )
            read = response.read(largest)
        except (HTTPError, OSError):
            if clock.has_struck:
                raise TimeoutError from None
            raise
        named = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, body=read, wish=wish_in(named.get("retry-after")), headers=named)


def _pool(target: Target, address: str) -> Any:
    """Connections to one address alone; the certificate must be for the name."""
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(address, target.port)
    return urllib3.HTTPSConnectionPool(address, target.port, ssl_context=_trust(), server_hostname=target.host)


@functools.cache
def _trust() -> ssl.SSLContext:
    """The authorities of the system, where an installation adds its own, and the public ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _Clock:
    """Closes the connection it watches when the time is up, so that no trickle of bytes holds a worker."""

    def __init__(self) -> None:
        self.has_struck = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()

    def watching(self, connections: type[HTTPConnection]) -> type[HTTPConnection]:
        clock = self

        class Watched(connections):  # type: ignore[misc, valid-type]
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()
                clock.watch(made)
                return made

        return Watched

    def watch(self, made: socket.socket) -> None:
        """From here on it is this connection that is closed. Wrapped in TLS, the number of the socket stays the same."""
        with self._lock:
            self._socket = socket.socket(fileno=socket.dup(made.fileno()))

    def strike(self) -> None:
        with self._lock:
            self.has_struck = True
            if self._socket:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        with self._lock:
            if self._socket:
                self._socket.close()


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[_Clock]:
    clock = _Clock()
    timer = threading.Timer(seconds, clock.strike)
    timer.daemon = True
    timer.start()
    try:
        yield clock
    finally:
        timer.cancel()
        clock.stop()


# Some are kinds of others, so the order matters.
_KINDS: list[tuple[type[HTTPError], str]] = [
    (urllib3.exceptions.NameResolutionError, _("name not found")),
    (urllib3.exceptions.NewConnectionError, _("no connection")),
    (urllib3.exceptions.TimeoutError, _("timeout")),
    (urllib3.exceptions.SSLError, _("certificate refused")),
]


def _kind_of(error: HTTPError) -> str:
    """The kind of failure in a word or two; messages of the library hold addresses."""
    for kind, words in _KINDS:
        if isinstance(error, kind):
            return words
    return _("connection broken")
