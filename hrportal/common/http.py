"""The request as a page sees it once its `access` declaration has let somebody in."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from hrportal.common.exports import ListFile

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from hrportal.people.models import User


class PageRequest(HttpRequest):
    """A request of somebody signed in, which htmx may have sent."""

    user: "User"
    htmx: "HtmxDetails"


def render_list(request: PageRequest, template: str, context: dict[str, Any], *, part: str = "table") -> HttpResponse:
    """A list page; to a filter that htmx watches only the part that changes, to its "back" button the whole again."""
    wants_part = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    response = render(request, f"{template}#{part}" if wants_part else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def as_download(file: ListFile) -> HttpResponse:
    """The file as an answer that is saved, not shown, and not kept in between."""
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "no-store"
    return response
