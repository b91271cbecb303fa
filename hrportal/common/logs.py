"""Every log line carries the id of the request it belongs to; none carries names, texts or ratings."""

import re
import uuid

import structlog

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def bind_request_id(given: str) -> str:
    """Take over a well-formed request id from in front of us or make one, and put it on every following log line."""
    request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id


def current_request_id() -> str:
    """The id of the request being served, or nothing outside one."""
    return structlog.contextvars.get_contextvars().get("request_id", "")
