"""Every log line carries the id of the request it belongs to; none carries names, texts or ratings."""

import re
import uuid

import structlog

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
# W3C Trace Context: version, trace, calling span, flags. Ids of zeros alone are no ids.
TRACEPARENT = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})(?P<trace>[0-9a-f]{32})-(?!0{16})(?P<span>[0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?"
)


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
