"""What the rules of several topics ask."""

from collections.abc import Iterable
from typing import Any

import rules

from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit


def is_client_with(scope: str) -> rules.Predicate:
    """An API client by itself, for what is HR's clerical work; what is a person's own takes a person."""

    @rules.predicate(f"is_client_with:{scope}")
    def holds_scope(user: Any) -> bool:
        return user.viewer.is_client and user.viewer.may_use(scope)

    return holds_scope


def covers_units(viewer: Any, units: Iterable[OrgUnit]) -> bool:
    """Whether a population is the viewer's: any for an HR leader, for a partner only named units of their own."""
    if viewer.has(Role.HR_LEADER):
        return True
    paths = [unit.path for unit in units]
    return bool(paths) and all(any(path.startswith(own) for own in viewer.partner_units) for path in paths)


@rules.predicate
def is_hr(user: Any) -> bool:
    return user.viewer.is_hr


@rules.predicate
def is_somebody(user: Any) -> bool:
    return user.viewer.employee_id is not None
