"""Taking in people from a request: each by their id in the source system or by their number, in any order.

Nobody who is missing has left: a request is never the whole company. Everything else is as with a file.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.journal.recording import Actor
from hrportal.people.enums import EmploymentStatus, ManagerKey
from hrportal.people.importing.comparing import Change, Kind
from hrportal.people.importing.items import Item, ItemError, read_item
from hrportal.people.importing.rows import Row, RowError
from hrportal.people.importing.running import Listeners, Terms, take_in
from hrportal.people.importing.supply import Read
from hrportal.people.importing.waiting import Reference, forget_waiting, note_waiting
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.trees import lock_tree

LONGEST_NUMBER = 50


class _Here(NamedTuple):
    """Somebody who is in by now, and whom they report to; who has left waits for nobody."""

    id: int
    manager: str | None
    has_left: bool


@dataclass(frozen=True)
class Outcome:
    """What became of one item: the person it is about, what happened to them (None: nothing), or what is wrong."""

    item: Item
    employee_id: int | None = None
    kind: Kind | None = None
    waits_for_manager: bool = False

    @property
    def errors(self) -> Sequence[ItemError]:
        return self.item.errors


@transaction.atomic
def upsert_people(
    items: Iterable[Mapping[str, Any]], *, by: Actor | None, source: str = "", effective_on: datetime.date | None = None
) -> list[Outcome]:
    """Create or change everybody named, whoever can be, in one transaction; what became of each, in their order."""
    lock_tree(OrgUnit)
    lock_tree(Employee)
    read = [read_item(index, given, source) for index, given in enumerate(items)]
    return _Upsert(read, by, effective_on or timezone.localdate()).run()


@transaction.atomic
def try_people(items: Iterable[Mapping[str, Any]], **terms: Any) -> list[Outcome]:
    """What would become of everybody named: all of it is done, told and taken back."""
    outcomes = upsert_people(items, **terms)
    transaction.set_rollback(True)
    return [replace(outcome, employee_id=None) if outcome.kind == Kind.HIRED else outcome for outcome in outcomes]


@dataclass
class _Upsert:
    items: list[Item]
    by: Actor | None
    effective_on: datetime.date
    waiting: dict[str, Reference] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)

    def run(self) -> list[Outcome]:
        _name_everybody(self.items)
        self._name_managers()
        report = take_in(self._rows(), Terms(self.effective_on), by=self.by, listeners=Listeners(after=self._hear))
        for error in report.errors:
            if error.keeps_out:
                self._refuse(error)
        here = self._stored()
        self._keep_waiting(here)
        return [self._outcome(item, here) for item in self.items]

    def _hear(self, changes: Sequence[Change], ids: Mapping[str, int]) -> None:
        self.changes |= {change.number: change for change in changes if change.since is None}

    def _name_managers(self) -> None:
        """Say by number who everybody's manager is, or note that they wait for one."""
        directory = _Directory(self.items)
        for item in self._good():
            if item.manager is None:
                continue
            if number := directory.number_of(item.manager):
                item.values["manager"] = number
            elif isinstance(item.manager, int):
                item.refuse("manager", _("nobody has this id"))
            else:
                self.waiting[item.number] = item.manager

    def _rows(self) -> Iterator[Read]:
        for item in self._good():
            yield Read(item.index, item.number, Row(item.index, item.number, item.values), [])

    def _good(self) -> Iterator[Item]:
        return (item for item in self.items if not item.errors)

    def _refuse(self, error: RowError) -> None:
        name = "manager" if error.column == "manager_number" else _API_NAMES.get(error.column, error.column)
        self.items[error.line].refuse(name, error.reason)

    def _stored(self) -> dict[str, _Here]:
        people = Employee.objects.filter(employee_number__in=[item.number for item in self._good()]).order_by()
        rows = people.values_list("employee_number", "pk", "manager__employee_number", "status")
        return {
            number: _Here(pk, manager, status == EmploymentStatus.LEFT)
            for number, pk, manager, status in rows.iterator()
        }

    def _keep_waiting(self, here: Mapping[str, _Here]) -> None:
        """Whoever does not report to whom they named waits: that manager is unknown, or was refused just now."""
        told = [item for item in self._good() if item.manager or "manager" in item.values]
        for item in told:
            if isinstance(item.manager, Reference) and item.values.get("manager", "") != here[item.number].manager:
                self.waiting[item.number] = item.manager
        here_now = {item.number for item in told if not here[item.number].has_left}
        self.waiting = {number: named for number, named in self.waiting.items() if number in here_now}
        forget_waiting(here[item.number].id for item in told if item.number not in self.waiting)
        note_waiting(
            {here[number].id: named for number, named in self.waiting.items()},
            {here[number].id: self._since(number) for number in self.waiting},
        )

    def _since(self, number: str) -> datetime.date:
        change = self.changes.get(number)
        return (change and change.starts_on) or self.effective_on

    def _outcome(self, item: Item, here: Mapping[str, _Here]) -> Outcome:
        if item.errors:
            return Outcome(item)
        change = self.changes.get(item.number)
        return Outcome(item, here[item.number].id, change and change.kind, item.number in self.waiting)


_API_NAMES = {"email": "work_email", "hire_date": "hired_on", "leave_date": "left_on"}


class _Directory:
    """Employee numbers by every key that a manager may be named by: of these items first, then of those who are stored."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._found: dict[Reference | int, str] = {}
        wanted = {item.manager for item in items if item.manager is not None}
        self._look_up(wanted)
        for item in items:
            if not item.errors:
                said = item.values.get
                self._note(item.number, said("source", ""), said("remote_id", ""), said("work_email", ""))

    def number_of(self, named: Reference | int) -> str | None:
        """The number of whoever is named so."""
        return self._found.get(_plain(named) if isinstance(named, Reference) else named)

    def _note(self, number: str, source: str, remote_id: str, email: str) -> None:
        self._found[Reference(ManagerKey.NUMBER, number)] = number
        if remote_id:
            self._found[Reference(ManagerKey.REMOTE, remote_id, source)] = number
        if email:
            self._found[Reference(ManagerKey.EMAIL, email.lower())] = number

    def _look_up(self, wanted: set[Reference | int]) -> None:
        ids = [named for named in wanted if isinstance(named, int)]
        values: dict[ManagerKey, list[str]] = {key: [] for key in ManagerKey}
        for named in wanted:
            if isinstance(named, Reference):
                values[named.key].append(_plain(named).value)
        conditions = [
            Q(pk__in=ids),
            Q(employee_number__in=values[ManagerKey.NUMBER]),
            Q(remote_id__in=values[ManagerKey.REMOTE]),
            Q(address__in=values[ManagerKey.EMAIL]),
        ]
        people = Employee.objects.annotate(address=Lower("work_email")).order_by()
        for condition in conditions:
            rows = people.filter(condition).values_list("pk", "employee_number", "source", "remote_id", "work_email")
            for pk, number, *keys in rows:
                self._found[pk] = number
                self._note(number, *keys)


def _plain(named: Reference) -> Reference:
    return named._replace(value=named.value.lower()) if named.key == ManagerKey.EMAIL else named


def _name_everybody(items: Sequence[Item]) -> None:
    """Find the number under which each item is taken in, and refuse those of whom it cannot be told."""
    numbers = [item.values.get("employee_number") for item in items]
    remotes = [item.values.get("remote_id") for item in items]
    known = _Known([number for number in [*numbers, *remotes] if number], [remote for remote in remotes if remote])
    taken: Counter[str] = Counter()
    for item in items:
        number = item.values.pop("employee_number", "")
        if not item.errors:
            item.number = known.number_for(item, number)
        if not item.errors and taken[item.number]:
            item.refuse("employee_number" if number else "remote_id", _("is in this request twice"), "unique")
        taken[item.number] += 1


class _Known:
    """Who is stored under which number and which id of a source."""

    def __init__(self, numbers: Sequence[str], remotes: Sequence[str]) -> None:
        rows = Employee.objects.order_by().values_list("employee_number", "source", "remote_id")
        self.by_number = {
            number: (source, remote) for number, source, remote in rows.filter(employee_number__in=numbers)
        }
        self.by_remote = {
            (source, remote): number for number, source, remote in rows.filter(remote_id__in=remotes) if remote
        }

    def number_for(self, item: Item, number: str) -> str:
        """The number of the person an item is about; whoever is new and has none takes the id of their source."""
        source, remote = item.values.get("source", ""), item.values.get("remote_id", "")
        if not number and not remote:
            item.refuse("remote_id", _("Say who it is: by remote_id or employee_number."), "required")
            return ""
        if remote and (stored := self.by_remote.get((source, remote))):
            if number and number != stored:
                item.refuse("employee_number", _("this person is stored with the number %s") % stored)
            return stored
        if number in self.by_number:
            self._refuse_other_id(item, number)
            return number
        if not number and (len(remote) > LONGEST_NUMBER or remote in self.by_number):
            item.refuse("employee_number", _("is missing"), "required")
        _refuse_nameless(item)
        # Two new items with one id would be two people.
        self.by_remote |= {(source, remote): number or remote} if remote else {}
        return number or remote

    def _refuse_other_id(self, item: Item, number: str) -> None:
        source, remote = self.by_number[number]
        theirs = item.values.get("source", source)
        if theirs != source and remote:
            item.values.setdefault("remote_id", "")  # an id of another system means nothing in this one
        elif remote and item.values.get("remote_id", remote) != remote:
            item.refuse("remote_id", _("this person is stored with the id %s") % remote)


def _refuse_nameless(item: Item) -> None:
    for name in ("first_name", "last_name"):
        if not item.values.get(name):
            item.refuse(name, _("is missing"), "required")
