"""The parameters and headers that all operations of a kind have in common, as the schema shows them."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from hrportal.common.idempotency import HEADER as IDEMPOTENCY_KEY
from hrportal.common.idempotency import REPLAYED
from hrportal.common.sparse import PARAMETER as FIELDS
from hrportal.common.watermarks import HEADER as WATERMARK

TEXT = {"type": "string"}
GOOD = [200, 201, 202, 204]


def _asked(name: str, description: str, schema: Any = None) -> OpenApiParameter:
    return OpenApiParameter(name, schema or TEXT, OpenApiParameter.HEADER, description=description)


def _answered(name: str, description: str, statuses: list[int]) -> OpenApiParameter:
    return OpenApiParameter(name, TEXT, OpenApiParameter.HEADER, description=description, response=statuses)


KEY = _asked(
    IDEMPOTENCY_KEY,
    "A new random word for each thing to be done. Sent again with the same key, it is done once and answered the same.",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"},
)
IF_ROW_MATCHES = _asked("If-Match", "The ETag that was read; if the row has changed since, 412 with what is stored.")
IF_VERSION_MATCHES = _asked("If-Match", "The ETag that was read, or its version; or send `version` in the body.")
IF_NONE_MATCH = _asked("If-None-Match", "The ETag of what is at hand; if it is still so, 304 without a body.")

OF_ALL = [
    _answered("RateLimit", "What is left of the limit, and in how many seconds it starts anew.", [*GOOD, 429]),
    _answered("RateLimit-Policy", "The limit: `q` requests in `w` seconds.", [*GOOD, 429]),
    _answered("X-Request-Id", "Names this answer; quote it when you ask about it.", GOOD),
    _answered("Retry-After", "Seconds to wait.", [429]),
]
ETAG = _answered("ETag", "Stands for what is shown. Send it back in `If-None-Match` or `If-Match`.", [200, 201, 304])
REPLAY = _answered(REPLAYED, "`true` if this is the answer to an earlier request with the same key.", GOOD)
UP_TO = _answered(WATERMARK, "On the first page: what to pass as `modified_after` next time.", [200])


def asked(view: Any, method: str) -> list[OpenApiParameter]:
    """What a client may send with an operation."""
    action = getattr(view, "action", None)
    if method == "GET":
        return [
            *([IF_NONE_MATCH] if action == "retrieve" else []),
            *([_fields(view)] if action in {"list", "retrieve"} and hasattr(view, "takes_version") else []),
        ]
    return [
        *([KEY] if method == "POST" else []),
        *([_precondition(view)] if getattr(view, "detail", False) and hasattr(view, "takes_version") else []),
    ]


def answered(view: Any, method: str) -> list[OpenApiParameter]:
    """What an answer says beside its body."""
    action = getattr(view, "action", None)
    filters = getattr(getattr(view, "filterset_class", None), "base_filters", {})
    return [
        *OF_ALL,
        *([REPLAY] if method == "POST" else []),
        *([ETAG] if action in {"retrieve", "partial_update"} else []),
        *([UP_TO] if action == "list" and "modified_after" in filters else []),
    ]


def _precondition(view: Any) -> OpenApiParameter:
    return IF_VERSION_MATCHES if view.action in view.takes_version else IF_ROW_MATCHES


def _fields(view: Any) -> OpenApiParameter:
    serializer: Any = view.get_serializer()
    names = [name for name, field in serializer.fields.items() if not field.write_only]
    return OpenApiParameter(
        FIELDS,
        {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1, "uniqueItems": True},
        OpenApiParameter.QUERY,
        description="Only these members of each row, with commas between them.",
        explode=False,
        style="form",
    )
