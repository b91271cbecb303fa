"""What a list to take away needs to come to rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hrportal.people.models import User
from tests.factories.people import EmployeeFactory, JobFactory, LocationFactory, OrgUnitFactory


@dataclass(frozen=True)
class Rows:
    """`another` gives a list a row more, of its reader and of whatever it is `about`, which `query` names as the page's URL does.

    Figures are `counted`: what they are counted of grows, their lines stay as many.
    """

    another: Callable[[User, Any], Any]
    about: Callable[[User], Any] = lambda reader: None
    query: Callable[[Any], str] = lambda about: ""
    is_counted: bool = False


def named(name: str) -> Callable[[Any], str]:
    """How a page's URL names what its list is about: by its id."""
    return lambda about: f"{name}={about.pk}"


def somebody(**fields: Any) -> Any:
    """Somebody who shares a unit, a job, a place or a manager with nobody."""
    places = {"org_unit": OrgUnitFactory, "job": JobFactory, "location": LocationFactory, "manager": EmployeeFactory}
    return EmployeeFactory(**{name: make() for name, make in places.items() if name not in fields} | fields)
