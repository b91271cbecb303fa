"""Pages of long lists, without counting them: one row more than is shown tells whether there is a next page."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from hrportal.common.numbers import is_number

SIZE = 50
DEEPEST = 1000


class Takeable(Protocol):
    """A list that can be taken away as a file: `hrportal.people.exports.ListKind`."""

    @property
    def name(self) -> str: ...

    def is_open_to(self, user: Any) -> bool: ...


@dataclass(frozen=True)
class Window:
    """The rows of one page and the way to its neighbours; the rest of the URL's query is kept.

    `list_name` is what the whole list is called when it is taken away (empty: not by this reader), `query` what it is then
    filtered by.
    """

    rows: list[Any]
    next_url: str = ""
    previous_url: str = ""
    list_name: str = ""
    query: str = ""


def window(
    request: HttpRequest,
    queryset: QuerySet[Any],
    kind: Takeable,
    *,
    query: QueryDict | None = None,
    size: int = SIZE,
) -> Window:
    """The page of `queryset` that the URL's `page` asks for, of a list that can be taken away as `kind`.

    `query` are the filters of the file where the URL alone does not say them: what a page shows unasked, whose list it is.
    """
    asked = request.GET.get("page", "")
    number = min(int(asked), DEEPEST) if is_number(asked) and int(asked) else 1
    first = (number - 1) * size
    rows = list(queryset[first : first + size + 1])
    return Window(
        rows=rows[:size],
        next_url=_url(request, number + 1) if len(rows) > size else "",
        previous_url=_url(request, number - 1) if number > 1 else "",
        list_name=kind.name if kind.is_open_to(request.user) else "",
        query=_without_page(request.GET if query is None else query),
    )


def of(request: HttpRequest, **values: Any) -> QueryDict:
    """The URL's filters and whose list it is: `of(request, cycle=7)`."""
    query = request.GET.copy()
    for name, value in values.items():
        query[name] = str(value)
    return query


def _without_page(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
