"""An answer before it is put on the wire."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from scim2_models import Context, PreconditionFailedException

from hrportal.integrations.scim.representation import Json

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


@dataclass(frozen=True)
class Answer:
    """A body, a status, and for a resource its version and address."""

    body: Json | None
    status: int = 200
    version: str = ""
    location: str = ""

    @classmethod
    def of(cls, resource: Any, shown: Any, *, status: int = 200) -> "Answer":
        """A resource with the attributes that were asked for."""
        contexts = {201: Context.RESOURCE_CREATION_RESPONSE}
        context = contexts.get(status, Context.RESOURCE_QUERY_RESPONSE)
        body = resource.model_dump(scim_ctx=context, response_parameters=shown)
        return cls(body, status, resource.meta.version or "", resource.meta.location or "")


def listed(rows: list[Json]) -> Json:
    """All of these at once."""
    return {
        "schemas": [LIST],
        "totalResults": len(rows),
        "startIndex": 1,
        "itemsPerPage": len(rows),
        "Resources": rows,
    }


def refuse_stale(request: HttpRequest, version: str | None) -> None:
    """A change that was made to another version than the stored one is not taken (RFC 7644, section 3.14)."""
    named = request.headers.get("If-Match")
    if named is not None and not matches(named, version):
        raise PreconditionFailedException(detail=_("It was changed in the meantime."))


def matches(named: str, version: str | None) -> bool:
    """Whether one of the entity tags in a header is this version; they are weak, so W/ makes no difference."""
    tags = {tag.strip().removeprefix("W/") for tag in named.split(",")}
    return "*" in tags or (bool(version) and str(version).removeprefix("W/") in tags)
