"""Looking for people for an opportunity: all whom a reader looks after, the best of them kept by name alone."""

import heapq
from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils import timezone

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.mobility.matching import Matched, known_of, matched, ranked
from talent.models import CandidateSearch, Interest, Opportunity

CHUNK = 2000
MOST_FOUND = 50


def searchable(opportunity: Opportunity, user: Principal) -> QuerySet[Employee]:
    """Whom this reader may think of for it: those they look after as HR, without those below them, whose interest could
    be kept from them; without the owner; a client those of its units."""
    viewer = user.viewer
    mine = viewer.client_rows("") if viewer.is_client else viewer.hr("") & ~viewer.chain_below("")
    return Employee.objects.employed().filter(mine).exclude(pk=opportunity.owner_id)


def search(
    opportunity: Opportunity, user: Principal, report: Callable[[int, int], None] = lambda done, total: None
) -> tuple[list[int], int]:
    """The best of all whom the reader may think of, and how many were compared. Read in portions, so that memory holds one."""
    ids = list(searchable(opportunity, user).order_by("pk").values_list("pk", flat=True))
    best: list[tuple[tuple[float, int, int], int]] = []
    for start in range(0, len(ids), CHUNK):
        report(start, len(ids))
        rows = _beside(opportunity, ids[start : start + CHUNK], user)
        fresh = [(row.order, row.employee.pk) for row in rows if row.match is not None and row.match.high > 0]
        best = heapq.nsmallest(MOST_FOUND, [*best, *fresh])
    return [pk for _order, pk in best], len(ids)


def _beside(opportunity: Opportunity, ids: list[int], user: Principal) -> Iterator[Matched]:
    people = list(Employee.objects.filter(pk__in=ids).select_related("location"))
    return matched([opportunity], people, known_of(ids, user))


def found_by(
    search: CandidateSearch, opportunity: Opportunity, user: Principal
) -> list[tuple[Matched, Interest | None]]:
    """Whom a search found, as they fit today and as far as the reader still looks after them, each with what they said to
    the opportunity. Six queries."""
    people = list(
        searchable(opportunity, user).filter(pk__in=search.people).select_related("location", "job", "org_unit")
    )
    ids = [person.pk for person in people]
    said = Interest.objects.visible_to(user).filter(opportunity=opportunity, employee__in=ids)
    interests = {interest.employee_id: interest for interest in said}
    rows = ranked(matched([opportunity], people, known_of(ids, user), timezone.localdate()))
    return [(row, interests.get(row.employee.pk)) for row in rows]
