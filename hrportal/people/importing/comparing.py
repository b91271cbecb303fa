"""What a row changes, field by field, beside what is stored."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from hrportal.people.enums import EmploymentStatus, LeaveReason
from hrportal.people.history import PLACE
from hrportal.people.importing.dating import READ_AS, is_seen, place_on
from hrportal.people.importing.rows import Row
from hrportal.people.models import Employee

PERSONAL = (
    "first_name", "last_name", "preferred_name", "work_email", "hired_on",
    "left_on", "leave_reason", "status", "birth_year", "gender", "source", "remote_id",
)  # fmt: skip
_STORED = ("employee_number", *PERSONAL, *READ_AS.values())
# What says where somebody is, and whether they are here at all.
WHERE = frozenset({*PLACE, "status", "hired_on", "left_on", "leave_reason"})
OF_THE_JOB = ("job_family", "job_level")


class Kind(StrEnum):
    HIRED = "hired"
    CHANGED = "changed"
    ENDED = "ended"
    RETURNED = "returned"


class Change(NamedTuple):
    """What happens to one person: for each field what was and what will be, as the file names things.

    `starts_on` is the first day of an employment that begins, `since` the earlier day from which a change has been so.
    `on` is the day of a change of place that has one of its own; with `in_history` it is not seen today, but stands there.
    """

    kind: Kind
    number: str
    fields: dict[str, tuple[Any, Any]]
    starts_on: datetime.date | None = None
    since: datetime.date | None = None
    on: datetime.date | None = None
    in_history: bool = False

    def new(self, name: str) -> Any:
        return self.fields[name][1] if name in self.fields else None


@dataclass(frozen=True)
class Comparison:
    """All that comparing a row takes beside the row: the source, if all rows are of one, and the days."""

    source: str | None
    effective_on: datetime.date
    today: datetime.date

    def change(
        self, row: Row, stored: dict[str, Any] | None, managers: Mapping[str, str | None] | None = None
    ) -> Change | None:
        """What this row changes, or None when all is so already. `managers`: who reports to whom in the end, once known."""
        if row.on and row.on != self.effective_on:
            return replace(self, effective_on=row.on)._of_its_day(row, stored, managers)
        return self._change(row, self._wanted(row, managers), stored)

    def _of_its_day(
        self, row: Row, stored: dict[str, Any] | None, managers: Mapping[str, str | None] | None
    ) -> Change | None:
        wanted = self._wanted(row, managers)
        if stored is None or stored["status"] == EmploymentStatus.LEFT:
            if self.effective_on > self.today:
                wanted.setdefault("hired_on", self.effective_on)
            return self._change(row, wanted, stored)
        if is_seen(stored["history"], self.effective_on, self.today):
            return _dated(self._change(row, wanted, stored), self.effective_on)
        # The manager they will have, not the one they have when all is in.
        found = self._change(row, self._wanted(row, None), place_on(stored, self.effective_on))
        return _dated(found, self.effective_on, in_history=True)

    def _change(self, row: Row, wanted: dict[str, Any], stored: dict[str, Any] | None) -> Change | None:
        if stored is None:
            return self._hired(row.number, wanted)
        had_left = stored["status"] == EmploymentStatus.LEFT
        if has_left(wanted, self.today):
            return self._still_left(row.number, wanted, stored) if had_left else self._ended(row.number, wanted, stored)
        if had_left:
            return self._returned(row.number, wanted, stored)
        wanted |= _status(wanted, stored, self.today)
        return _changed(row.number, wanted, stored, since=row.since)

    def missing(self, number: str, stored: dict[str, Any]) -> Change:
        """The end of somebody who is no longer in the file."""
        return self._ended(number, {}, stored)

    def _wanted(self, row: Row, managers: Mapping[str, str | None] | None) -> dict[str, Any]:
        wanted = {name: value for name, value in row.values.items() if name not in OF_THE_JOB}
        if managers and "manager" in wanted:
            wanted["manager"] = managers[row.number]
        if self.source is not None:
            wanted["source"] = self.source
        return wanted

    def _hired(self, number: str, wanted: dict[str, Any]) -> Change:
        hired_on, is_gone = wanted.get("hired_on"), has_left(wanted, self.today)
        begins = EmploymentStatus.PENDING if hired_on and hired_on > self.today else EmploymentStatus.ACTIVE
        given = wanted.get("status") if wanted.get("status") == EmploymentStatus.LEAVE else begins
        wanted["status"] = EmploymentStatus.LEFT if is_gone else given
        if is_gone:
            wanted |= self._end(wanted, hired_on)
            wanted.pop("position", None)
        fields = {name: (None, value) for name, value in wanted.items()}
        return Change(Kind.HIRED, number, fields, starts_on=hired_on or self._first_day(wanted))

    def _first_day(self, wanted: dict[str, Any]) -> datetime.date:
        """Whoever left before the day of the file, and came nobody knows when, was here at least on their last day."""
        return min(self.effective_on, wanted.get("left_on") or self.effective_on)

    def _ended(self, number: str, wanted: dict[str, Any], stored: dict[str, Any]) -> Change:
        end = self._end(wanted, stored["hired_on"]) | {"status": EmploymentStatus.LEFT, "position": None}
        return Change(Kind.ENDED, number, _differing(end, stored))

    def _end(self, wanted: dict[str, Any], hired_on: datetime.date | None) -> dict[str, Any]:
        """The last day: what the file says, else the day before the one it speaks of, on which they were gone."""
        gone_by = self.effective_on - timedelta(days=1)
        left_on = wanted.get("left_on") or max(gone_by, hired_on or gone_by)
        return {"left_on": left_on, "leave_reason": wanted.get("leave_reason") or LeaveReason.OTHER}

    def _still_left(self, number: str, wanted: dict[str, Any], stored: dict[str, Any]) -> Change | None:
        """Of somebody who has left, the person may be corrected; the place they had is over."""
        personal = {name: value for name, value in wanted.items() if name in PERSONAL and name != "status"}
        return _changed(number, personal, stored)

    def _returned(self, number: str, wanted: dict[str, Any], stored: dict[str, Any]) -> Change:
        starts_on = self._day_of_return(wanted.get("hired_on"), stored)
        wanted |= {"left_on": wanted.get("left_on"), "leave_reason": ""}
        wanted |= _status(wanted | {"status": EmploymentStatus.ACTIVE}, stored, self.today)
        fields = _differing(wanted, stored)
        return Change(Kind.RETURNED, number, fields, starts_on=starts_on)

    def _day_of_return(self, hired_on: datetime.date | None, stored: dict[str, Any]) -> datetime.date:
        """A first day after their last one is that of their return; an earlier one is that of long ago.

        Of somebody who never came, because the file that brought them in was taken back, it is the first day of all.
        """
        if stored["left_on"] is None and stored["hired_on"] is None:
            return hired_on or self.effective_on
        after = (stored["left_on"] or self.effective_on) + timedelta(days=1)
        return hired_on if hired_on and hired_on >= after else max(self.effective_on, after)


def _dated(change: Change | None, on: datetime.date, *, in_history: bool = False) -> Change | None:
    """The same change, with its day if that is one of a place."""
    if change is None or change.kind != Kind.CHANGED or change.fields.keys().isdisjoint(PLACE):
        return change
    return change._replace(on=on, in_history=in_history)


def has_left(wanted: Mapping[str, Any], today: datetime.date) -> bool:
    """Whether a row speaks of somebody who is gone: a last day in the past, or the status "left"."""
    left_on = wanted.get("left_on")
    return wanted.get("status") == EmploymentStatus.LEFT or (left_on is not None and left_on < today)


def stored_as_written(numbers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What is stored of these people, by employee number, by the codes and numbers that files use."""
    rows = Employee.objects.filter(employee_number__in=numbers).order_by()
    names = (*PERSONAL, *READ_AS)
    return {number: dict(zip(names, values, strict=True)) for number, *values in rows.values_list(*_STORED)}


def _status(wanted: Mapping[str, Any], stored: Mapping[str, Any], today: datetime.date) -> dict[str, Any]:
    """The status of somebody who works here or will: "starts later" follows from the day, "on leave" from the file."""
    hired_on = wanted["hired_on"] if "hired_on" in wanted else stored["hired_on"]
    if hired_on and hired_on > today:
        return {"status": EmploymentStatus.PENDING}
    given = wanted.get("status")
    if given in {EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE}:
        return {"status": given}
    now = stored["status"]
    return {"status": EmploymentStatus.ACTIVE if now == EmploymentStatus.PENDING else now}


def _changed(
    number: str, wanted: dict[str, Any], stored: dict[str, Any], since: datetime.date | None = None
) -> Change | None:
    differing = _differing(wanted, stored)
    return Change(Kind.CHANGED, number, differing, since=since) if differing else None


def _differing(wanted: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {name: (stored[name], value) for name, value in wanted.items() if stored[name] != value}
