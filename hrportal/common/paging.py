"""Pages of long lists, without counting them: one row more than is shown tells whether there is a next page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 50
DEEPEST = 1000


@dataclass(frozen=True)
class Window:
    """The rows of one page and the way to its neighbours; the rest of the URL's query is kept."""

    rows: list[Any]
    next_url: str = ""
    previous_url: str = ""


def window(request: HttpRequest, queryset: QuerySet[Any], *, size: int = SIZE) -> Window:
    """The page of `queryset` that the URL's `page` asks for."""
    asked = request.GET.get("page", "")
    number = min(int(asked), DEEPEST) if asked.isdecimal() and int(asked) else 1
    first = (number - 1) * size
    rows = list(queryset[first : first + size + 1])
    return Window(
        rows=rows[:size],
        next_url=_url(request, number + 1) if len(rows) > size else "",
        previous_url=_url(request, number - 1) if number > 1 else "",
    )


def _url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
