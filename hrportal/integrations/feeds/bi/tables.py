"""Which tables a client can have, and their rows: read through the resource of the REST API, as that client.

What a row holds, who may see it and which scope opens it are thereby the API's own, in one place. Pay, flight risks,
retention and exits are in no file: they are read one by one, where each look is known.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from rest_framework.request import Request

from calibration.api.urls import resources as calibration
from hrportal.common.resources import ResourceViewSet
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.people.api.urls import resources as people
from performance.api.urls import resources as performance
from talent.api.urls import resources as talent

CHUNK = 2000

# The name of each is that of its resource; with it, what the list has to be asked for to be whole.
TABLES: dict[str, str] = {
    "employees": "include_deleted=true",
    "org-units": "",
    "positions": "",
    "job-roles": "",
    "locations": "",
    "legal-entities": "",
    "competencies": "",
    "cycles": "",
    "reviews": "",
    "goal-periods": "",
    "objectives": "",
    "calibration-sessions": "",
    "calibration-decisions": "",
    "talent-profiles": "",
    "certificates": "",
    "development-plans": "",
    "learning-items": "",
    "enrolments": "",
    "potential-assessments": "",
    "talent-pools": "",
    "pool-members": "",
    "succession-plans": "",
    "vacancies": "",
    "opportunities": "",
}
_RESOURCES: dict[str, Any] = {**people, **performance, **calibration, **talent}


def scope_of(table: str) -> str:
    """The scope that opens a table. Raises KeyError for one there is not."""
    return _RESOURCES[table].access.scope_for("list") if table in TABLES else _unknown(table)


def _unknown(table: str) -> str:
    raise KeyError(table)


class Table:
    """One table as one client reads it."""

    def __init__(self, name: str, client: ClientPrincipal) -> None:
        self.name = name
        self._view: ResourceViewSet = _RESOURCES[name](action="list", format_kwarg=None, args=(), kwargs={})
        self._view.request = _request(client, TABLES[name])

    @property
    def columns(self) -> list[str]:
        """The fields of a row."""
        return [name for name, field in self._view.get_serializer().fields.items() if not field.write_only]

    def count(self) -> int:
        return self._rows().count()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every row, in the order of ids, a few thousand at a time."""
        rows, last = self._rows().order_by("pk"), 0
        while page := list(rows.filter(pk__gt=last)[:CHUNK]):
            last = page[-1].pk
            yield from self._view.get_serializer(page, many=True).data

    def _rows(self) -> Any:
        return self._view.filter_queryset(self._view.get_queryset())


def _request(client: ClientPrincipal, query: str) -> Request:
    """A request for the list, as this client would send it."""
    address = urlsplit(settings.PUBLIC_URL)
    inner = HttpRequest()
    inner.method, inner.GET = "GET", QueryDict(query)
    port = str(address.port or (443 if address.scheme == "https" else 80))
    inner.META = {"SERVER_NAME": address.hostname, "SERVER_PORT": port, "wsgi.url_scheme": address.scheme}
    request: Any = Request(inner)  # takes a client for a user, as authentication gives it one
    request.user = client
    return request
