"""Whose rows may not do everything, whoever sends them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from hrportal.journal.recording import Actor, identity_of
from hrportal.people.administrators import last_days_of_administrators
from hrportal.people.models import Employee


class Guarded(NamedTuple):
    """System administrators with the last day that is set, of whom one must stay, and whoever takes the rows in: nobody
    moves or ends themselves."""

    administrators: Mapping[str, date | None] = MappingProxyType({})
    oneself: str = ""


def guarded_from(by: Actor | None, *, lock: bool) -> Guarded:
    """Who is guarded when `by` takes rows in; `lock` lets nobody close an administrator out meanwhile."""
    identity = identity_of(by)
    account = identity.on_behalf_of_id or identity.actor_id
    own = Employee.objects.filter(user=account).values_list("employee_number", flat=True) if account else []
    return Guarded(last_days_of_administrators(lock=lock), next(iter(own), ""))
