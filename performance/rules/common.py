"""What the rules of several topics ask."""

from collections.abc import Callable, Iterable
from typing import Any

import rules

from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal, Viewer


def is_client_with(scope: str, units: Callable[[Any], Iterable[OrgUnit]] | None = None) -> rules.Predicate:
    """An API client by itself, for what is HR's clerical work; what is a person's own takes a person.

    `units` names those that a row concerns, all of which a client limited to units must have; asked without a row it
    means "at all". Without `units` the work is the whole company's, and not for a client with a limit.
    """

    @rules.predicate(f"is_client_with:{scope}")
    def holds_scope(user: Principal, row: Any = None) -> bool:
        viewer = user.viewer
        if not (viewer.is_client and viewer.may_use(scope)):
            return False
        return viewer.is_over_all or (units is not None and (row is None or covers_units(viewer, units(row))))

    return holds_scope


def unit_of(row: Any) -> list[OrgUnit]:
    """The unit of a person, or of whatever else has one."""
    return [row.org_unit] if row.org_unit else []


def unit_of_person(row: Any) -> list[OrgUnit]:
    """The unit of the person a row is about."""
    return unit_of(row.employee)


def covers_units(viewer: Viewer, units: Iterable[OrgUnit]) -> bool:
    """Whether a population is the viewer's: any for who is over all, for others only named units they were given."""
    if viewer.is_over_all:
        return True
    paths = [unit.path for unit in units]
    return bool(paths) and all(path.startswith(viewer.given_units) for path in paths)


@rules.predicate
def is_hr(user: Principal) -> bool:
    return user.viewer.is_hr


@rules.predicate
def is_somebody(user: Principal) -> bool:
    return user.viewer.employee_id is not None
