"""Which rows can go in together. Every refusal may make another row impossible, so it is asked until nothing new is found."""

import datetime
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from hrportal.common.paths import WIDTH
from hrportal.people.importing.forest import depths_of, rings_of
from hrportal.people.importing.guarding import Guarded
from hrportal.people.importing.rows import RowError
from hrportal.people.models import Employee

KEEP: Any = type("Keep", (), {"__repr__": lambda self: "KEEP"})()
NOW, NEVER = datetime.date.min, datetime.date.max
DEEPEST = (Employee._meta.get_field("path").max_length or 0) // WIDTH


class Sketch(NamedTuple):
    """What a row says that concerns other rows. KEEP stands for saying nothing."""

    line: int
    manager: str | None = KEEP
    email: str = KEEP
    position: str | None = KEEP
    hired_on: datetime.date | None = KEEP
    left_on: datetime.date | None = KEEP
    has_left: bool = False
    # Whom they will report to on a day of their own.
    later_manager: str | None = None
    # Whether it would put somebody who is stored somewhere else, or end them.
    moves: bool = False


class Known(NamedTuple):
    """What is stored of somebody that concerns other rows."""

    id: int
    manager: str | None = None
    email: str = ""
    position: str | None = None
    hired_on: datetime.date | None = None
    left_on: datetime.date | None = None
    path: str = ""


@dataclass(frozen=True)
class Resolution:
    """Who reports to whom when all is in, whose rows were refused and why, and whose seat or mail goes to somebody else."""

    managers: dict[str, str | None]
    refused: frozenset[str]
    errors: list[RowError]
    givers: dict[str, list[int]]


@dataclass(frozen=True)
class Question:
    """The rows still accepted, beside what is stored and those who leave because the file no longer has them."""

    sketches: Mapping[str, Sketch]
    known: Mapping[str, Known]
    missing: frozenset[str]
    refused: frozenset[str]
    guarded: Guarded

    def accepted(self) -> Iterator[tuple[str, Sketch]]:
        return ((number, row) for number, row in self.sketches.items() if number not in self.refused)

    def final(self, field: str) -> Iterator[tuple[str, Any, int]]:
        """Everyone's value of a field once all is in, with the line it comes from (0: it was so before)."""
        for number, stored in self.known.items():
            row = self.sketches.get(number)
            kept = getattr(stored, field)
            given = KEEP if row is None or number in self.refused else getattr(row, field)
            yield (number, kept, 0) if row is None or given is KEEP or given == kept else (number, given, row.line)
        for number, row in self.accepted():
            if number not in self.known:
                given = getattr(row, field)
                yield number, None if given is KEEP else given, row.line

    @cached_property
    def managers(self) -> dict[str, str | None]:
        """Who reports to whom. A manager whose own row was refused, and who is not stored, cannot be one yet."""
        found = {}
        for number, manager, _line in self.final("manager"):
            kept = self.known[number].manager if number in self.known else None
            found[number] = manager if manager is None or self.is_there(manager) else kept
        return found

    def is_there(self, number: str) -> bool:
        """Whether somebody is stored, or comes with these rows."""
        return number in self.known or (number in self.sketches and number not in self.refused)


def resolve(
    sketches: Mapping[str, Sketch],
    known: Mapping[str, Known],
    numbers: Set[str],
    missing: frozenset[str],
    guarded: Guarded,
) -> Resolution:
    """Decide which rows go in. `numbers` are all that stand in the file, also in rows that cannot be read.

    Somebody `missing` can be refused, too: then they stay.
    """
    refused: dict[str, RowError] = {}
    while True:
        question = Question(sketches, known, missing, frozenset(refused), guarded)
        found = next((wrong for wrong in _checks(question, numbers) if wrong), None)
        if not found:
            break
        refused |= found
    managers = question.managers
    orphans = [_orphan(row) for number, row in question.accepted() if _lost_manager(row, managers[number])]
    givers = {field: _givers(question, field) for field in ("email", "position")}
    return Resolution(managers, question.refused, [*refused.values(), *orphans], givers)


def _checks(question: Question, numbers: Set[str]) -> Iterator[dict[str, RowError]]:
    yield dict(_unknown_managers(question, numbers))
    yield dict(_oneself(question))
    yield dict(_wrong_days(question))
    yield dict(_rings(question))
    yield dict(_later_rings(question))
    yield dict(_too_deep(question))
    yield dict(_taken(question, "email", "email"))
    yield dict(_taken(question, "position", "position"))
    yield dict(_administrators(question))


Refusals = Iterator[tuple[str, RowError]]


def _unknown_managers(question: Question, numbers: Set[str]) -> Refusals:
    for number, row in question.accepted():
        manager = row.manager
        if manager is not KEEP and manager is not None and manager not in numbers and manager not in question.known:
            yield number, RowError(row.line, "manager_number", manager, _("nobody has this number"))
        if row.later_manager and not question.is_there(row.later_manager):
            yield number, RowError(row.line, "manager_number", row.later_manager, _("nobody has this number"))


def _oneself(question: Question) -> Refusals:
    number = question.guarded.oneself
    row = question.sketches.get(number)
    if number not in question.refused and (number in question.missing or (row and row.moves)):
        reason = _("nobody moves or ends themselves: somebody else has to take this in")
        yield number, RowError(row.line if row else 0, "employee_number", number, reason)


def _administrators(question: Question) -> Refusals:
    """Whoever no other administrator would outlast stays. Of those who would all end, none does: the file cannot say who is
    to stay."""
    stored = question.guarded.administrators
    days = {number: _last_day(question, number, kept) for number, kept in stored.items()}
    for number, day in sorted(days.items()):
        is_set = day not in (stored[number], NEVER)
        if is_set and all(other <= day for name, other in days.items() if name != number):
            row = question.sketches.get(number)
            reason = _("no system administrator would be left")
            yield number, RowError(row.line if row else 0, "employee_number", number, reason)


def _last_day(question: Question, number: str, kept: datetime.date | None) -> datetime.date:
    """When somebody's employment will end once all is in."""
    if _ends(question, number):
        return NOW
    row = None if number in question.refused else question.sketches.get(number)
    return (kept if row is None or row.left_on is KEEP else row.left_on) or NEVER


def _ends(question: Question, number: str) -> bool:
    row = question.sketches.get(number)
    return number not in question.refused and (number in question.missing or (row is not None and row.has_left))


def _wrong_days(question: Question) -> Refusals:
    for number, row in question.accepted():
        stored = question.known.get(number)
        if stored is None:
            continue
        hired_on = stored.hired_on if row.hired_on is KEEP else row.hired_on
        left_on = stored.left_on if row.left_on is KEEP else row.left_on
        if hired_on and left_on and left_on < hired_on:
            yield number, RowError(row.line, "leave_date", left_on.isoformat(), _("before the hire date"))


def _rings(question: Question) -> Refusals:
    for ring in rings_of(question.managers):
        words = " → ".join([*ring, ring[0]])
        for number in ring:
            row = question.sketches.get(number)
            if row and number not in question.refused and _is_new_manager(question, number, row):
                reason = _("a ring of managers: %s") % words
                yield number, RowError(row.line, "manager_number", row.manager or "", reason)


def _later_rings(question: Question) -> Refusals:
    """Whoever will report to somebody below them, as things stand when all is in."""
    for number, row in question.accepted():
        trail = [number]
        above = row.later_manager
        while above and above != number:
            trail.append(above)
            above = question.managers.get(above)
        if above:
            reason = _("a ring of managers: %s") % " → ".join([*trail, number])
            yield number, RowError(row.line, "manager_number", row.later_manager or "", reason)


def _too_deep(question: Question) -> Refusals:
    for number, depth in depths_of(question.managers).items():
        row = question.sketches.get(number)
        if depth > DEEPEST and row and number not in question.refused:
            reason = _("more than %d levels below the top") % DEEPEST
            yield number, RowError(row.line, "manager_number", row.manager or "", reason)


def _taken(question: Question, field: str, column: str) -> Refusals:
    """Rows that want what somebody else has. Who has it keeps it; of two who ask, the first."""
    contested = _contested(question, field)
    if not contested:
        return
    claims = [final for final in question.final(field) if final[1] and _alike(final[1]) in contested]
    holders: dict[str, str] = {}
    for number, value, line in sorted(claims, key=lambda final: final[2]):
        if _gives_up(question, number, field):
            continue
        holder = holders.setdefault(_alike(value), number)
        if holder != number:
            yield number, RowError(line, column, value, _("belongs to %s") % holder)


def _contested(question: Question, field: str) -> set[str]:
    """What more than one has or asks for; of a whole company that is little."""
    seen: set[str] = set()
    contested: set[str] = set()
    for _number, value, _line in question.final(field):
        if value:
            alike = _alike(value)
            (contested if alike in seen else seen).add(alike)
    return contested


def _givers(question: Question, field: str) -> list[int]:
    """The ids of those whose stored value goes to somebody else, so that it can be taken from them first."""
    given_up: dict[str, int] = {}
    for number, value, _line in question.final(field):
        stored = question.known.get(number)
        kept = getattr(stored, field) if stored else None
        if stored and kept and (_alike(kept) != _alike(value or "") or _gives_up(question, number, field)):
            given_up[_alike(kept)] = stored.id
    if not given_up:
        return []
    taken = {
        alike
        for number, value, _line in question.final(field)
        if value and (alike := _alike(value)) in given_up and not _gives_up(question, number, field)
    }
    return [pk for alike, pk in given_up.items() if alike in taken]


def _gives_up(question: Question, number: str, field: str) -> bool:
    """Whoever leaves frees their seat; their mail address stays theirs."""
    return field == "position" and _ends(question, number)


def _alike(value: str) -> str:
    return value.casefold()


def _is_new_manager(question: Question, number: str, row: Sketch) -> bool:
    stored = question.known.get(number)
    return row.manager is not KEEP and (stored is None or stored.manager != row.manager)


def _lost_manager(row: Sketch, manager: str | None) -> bool:
    return row.manager is not KEEP and row.manager is not None and manager != row.manager


def _orphan(row: Sketch) -> RowError:
    reason = _("taken in without this manager, whose own row was refused")
    return RowError(row.line, "manager_number", row.manager or "", reason, keeps_out=False)
