"""Every log line carries the id of the request it belongs to; none carries names, texts, ratings or ways in."""

import logging
import re
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import structlog

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
# W3C Trace Context: version, trace, calling span, flags. Ids of zeros alone are no ids.
TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})(?P<trace>[0-9a-f]{32})-(?!0{16})(?P<span>[0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?"
)

# Addresses that are keys: whoever has one is in, or reads a calendar. What follows the beginning is in no line.
SECRET_ADDRESSES = re.compile(
    r"(/calendar/|/people/invitation/|/performance/rounds/external/|/password/reset/key/)[^\s\"'?#]+"
)


def words_of(error: BaseException) -> str:
    """An exception's message; of a database's the first line alone, for below it quotes the row it refused."""
    is_databases = any(kind.__name__ == "DatabaseError" for kind in type(error).__mro__)  # so named in every driver
    return str(error).partition("\n")[0] if is_databases else str(error)


def traceback_without_rows(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The traceback of a log line in words, as `words_of` has its messages."""
    told = event.get("exc_info")
    error = told if isinstance(told, BaseException) else told[1] if isinstance(told, tuple) else sys.exc_info()[1]
    event = structlog.processors.format_exc_info(logger, name, event)
    for one in _chain(error if told else None):
        if words_of(one) != str(one):
            event["exception"] = event["exception"].replace(str(one), words_of(one))
    return event


def without_secret_addresses(text: str) -> str:
    """A text in which no address is a key."""
    return SECRET_ADDRESSES.sub(r"\1…", text)


def keep_secret_addresses(logger: Any, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A log line without addresses that are keys, wherever in it they stood."""
    return {key: without_secret_addresses(value) if isinstance(value, str) else value for key, value in event.items()}


class SecretAddresses(logging.Filter):
    """The same for lines that are not the portal's own: of the server in front of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secret_addresses(record.getMessage()), None
        return True


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and those it came of."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def bind_request_id(given: str, traceparent: str = "") -> str:
    """Take over a well-formed request id from in front of us or make one, and put it on every following log line.

    A trace the request belongs to goes on the log lines too, and names the request where it brought no id of its own.
    """
    trace = TRACEPARENT.fullmatch(traceparent.strip())
    request_id = given if REQUEST_ID.fullmatch(given) else trace["trace"] if trace else uuid.uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    if trace:
        structlog.contextvars.bind_contextvars(trace_id=trace["trace"], parent_span_id=trace["span"])
    return request_id


def current_request_id() -> str:
    """The id of the request being served, or nothing outside one."""
    return structlog.contextvars.get_contextvars().get("request_id", "")
