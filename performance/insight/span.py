"""The part of the company a reader answers for, and the walk down its tree of units.

A figure for a unit holds the people in it and below it whom its reader leads or looks after, and nobody else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hrportal.common.paths import WIDTH, at_or_below, ids_of
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal, Viewer

TOP = ""


def answers_for(viewer: Viewer, prefix: str = "employee__") -> Q:
    """Rows about people below the viewer, or in the units HR work with; a client's units, whose scopes say of what."""
    if viewer.is_client:
        return viewer.client_rows(prefix)
    return (viewer.chain_below(prefix) | viewer.hr(prefix)) & viewer.others(prefix)


def people_of(user: Principal) -> QuerySet[Employee]:
    """Everyone the reader answers for who works here now."""
    return Employee.objects.visible_to(user).employed().filter(answers_for(user.viewer, ""))


def inside(unit: OrgUnit | None, field: str) -> Q:
    """Rows of a unit and all below it; of everywhere when none is named."""
    return at_or_below(unit.path, field=f"{field}__path") if unit else Q()


@dataclass(frozen=True)
class Walk:
    """Where the reader stands in the tree, the way there, and the units one step below that hold people of theirs."""

    here: str
    above: list[OrgUnit]
    below: list[OrgUnit]
    people: Mapping[str, int]

    @property
    def size(self) -> int:
        """How many people are here and below."""
        return total(self.people, self.here)

    @property
    def directly_here(self) -> int:
        """How many sit in this very unit."""
        return self.people.get(self.here, 0)


def walk(user: Principal, unit: OrgUnit | None) -> Walk:
    """Stand at a unit, or where all people of the reader have their lowest common one. Two queries."""
    rows = people_of(user).filter(inside(unit, "org_unit")).order_by().values_list("org_unit__path")
    people = {path or TOP: count for path, count in rows.annotate(count=Count("pk"))}
    here = unit.path if unit else common(people)
    ids = {ids_of(path)[-1] for path in {*steps_below(here, people)}}
    units = OrgUnit.objects.in_bulk([*ids, *ids_of(here)])
    return Walk(
        here=here,
        above=[units[pk] for pk in ids_of(here) if pk in units],
        below=sorted((units[pk] for pk in ids if pk in units), key=lambda found: found.name),
        people=people,
    )


def common(paths: Iterable[str]) -> str:
    """The lowest unit that all of these lie in, as a path."""
    named = sorted(path for path in paths if path)
    shared = TOP
    while named and len(shared) < len(named[0]) and named[-1].startswith(named[0][: len(shared) + WIDTH]):
        shared = named[0][: len(shared) + WIDTH]  # what first and last of a sorted row share, all share
    return shared


def steps_below(here: str, paths: Iterable[str]) -> set[str]:
    """The paths one step below that lead to at least one of these."""
    step = len(here) + WIDTH
    return {path[:step] for path in paths if len(path) >= step and path.startswith(here)}


def total(counts: Mapping[str, int], path: str) -> int:
    """What the units at a path and below it have together."""
    return sum(count for at, count in counts.items() if at.startswith(path))
