"""Taking in rows from beginning to end."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.batches import batched
from hrportal.common.copying import reserve_ids
from hrportal.common.paths import paths_of
from hrportal.journal.recording import Actor
from hrportal.people.importing.applying import Writer, free_seats_and_addresses
from hrportal.people.importing.company import load_company, people_of_source
from hrportal.people.importing.comparing import Change, Comparison, stored_as_written
from hrportal.people.importing.dating import with_histories
from hrportal.people.importing.files import open_rows
from hrportal.people.importing.guarding import guarded_from
from hrportal.people.importing.options import ImportRefused, Options
from hrportal.people.importing.references import ids_of_codes, settle_codes, unknown_codes
from hrportal.people.importing.report import Report
from hrportal.people.importing.resolving import Known, Resolution, resolve
from hrportal.people.importing.rows import Row
from hrportal.people.importing.supply import Read, Spool
from hrportal.people.importing.surveying import BATCH, Survey, survey_rows
from hrportal.people.importing.waiting import arrived, joining, settle
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.trees import lock_tree, write_paths

# Hears of every batch of changes, with the id of everyone by employee number (in a dry run: of those who are stored).
Listener = Callable[[Sequence[Change], Mapping[str, int]], None]
Names = Mapping[str, Mapping[str, str]]


class Listeners(NamedTuple):
    """Who hears of a batch before it is written and after (in a dry run only after it was compared)."""

    before: Listener | None = None
    after: Listener | None = None


NO_NAMES: Names = MappingProxyType({})
NOBODY = Listeners()


@dataclass(frozen=True)
class Terms:
    """How rows are taken. `whole_of` names the source of which they are everyone, so that whoever is missing has left."""

    effective_on: datetime.date = field(default_factory=timezone.localdate)
    whole_of: str | None = None
    allow_leavers: bool = False
    is_dry_run: bool = False
    is_strict: bool = False


def run_import(
    options: Options, *, by: Actor | None, before_batch: Listener | None = None, on_batch: Listener | None = None
) -> Report:
    """Take in a file as the whole company of its source; what it did, or with a dry run would do.

    Rows that are wrong stay out and are reported (with `is_strict` nothing goes in). Doing it again changes nothing.
    `on_batch` is called after a batch was written (or in a dry run compared), `before_batch` before it is written.
    What is written is written in the caller's transaction.
    Raises ImportRefused when the file cannot be read or would end more people than is plausible.
    """
    if options.effective_on > timezone.localdate():
        raise ImportRefused(_("A file speaks of today or of a day before, not of a day to come."))
    terms = Terms(
        options.effective_on, options.source, options.allow_leavers, options.is_dry_run, options.is_strict
    )  # fmt: skip
    with open_rows(options) as rows:
        report = take_in(
            rows, terms, by=by, names=rows.reader.cells.lookups, listeners=Listeners(before_batch, on_batch)
        )
    report.ignored_columns = rows.reader.layout.ignored
    return report


def take_in(
    supply: Iterable[Read], terms: Terms, *, by: Actor | None, names: Names = NO_NAMES, listeners: Listeners = NOBODY
) -> Report:
    """Take in rows from wherever; `names` say what their codes are called. In the caller's transaction.

    Whoever waited for a manager who has come with these rows is joined with them.
    """
    with Spool() as spool:
        report = _Intake(terms, by, names, listeners, spool).run(supply)
    if report.is_applied:
        join_waiting(by=by, listeners=listeners)
    return report


def join_waiting(*, by: Actor | None, listeners: Listeners = NOBODY) -> None:
    """Give everyone the manager they waited for, if somebody has come who it is. In the caller's transaction."""
    arrivals = arrived()
    if not arrivals:
        return
    with Spool() as spool:
        report = _Intake(Terms(), by, NO_NAMES, listeners, spool).run(joining(arrivals))
    settle(arrivals, report.errors)


@dataclass
class _Intake:
    terms: Terms
    by: Actor | None
    names: Names
    listeners: Listeners
    spool: Spool
    report: Report = field(default_factory=Report)

    def __post_init__(self) -> None:
        self.comparison = Comparison(self.terms.whole_of, self.terms.effective_on, timezone.localdate())

    def run(self, supply: Iterable[Read]) -> Report:
        if not self.terms.is_dry_run:
            lock_tree(OrgUnit)
            lock_tree(Employee)
        survey = survey_rows(supply, self.comparison, self.spool)
        missing = self._missing(survey)
        known = load_company(survey.sketches, missing)
        guarded = guarded_from(self.by, lock=not self.terms.is_dry_run)
        resolution = resolve(survey.sketches, known, survey.numbers, missing, guarded)
        missing -= resolution.refused
        self.report.rows, self.report.errors = survey.rows, [*survey.errors, *resolution.errors]
        self._refuse_too_many_leavers(survey, missing, resolution)
        survey.forget_people()
        self.codes = ids_of_codes(survey.codes)
        self.report.new_codes = unknown_codes(survey.codes, self.codes)
        is_refused = self.terms.is_strict and bool(self.report.errors)
        if self.terms.is_dry_run or is_refused:
            self._count(known, resolution, missing)
        else:
            self._apply(survey, known, resolution, missing)
        return self.report

    def _missing(self, survey: Survey) -> frozenset[str]:
        """Those of the source who are no longer in it."""
        if self.terms.whole_of is None:
            return frozenset()
        self.of_source = people_of_source(self.terms.whole_of)
        return frozenset() if survey.has_nameless_rows else self.of_source - survey.numbers

    def _refuse_too_many_leavers(self, survey: Survey, missing: frozenset[str], resolution: Resolution) -> None:
        if self.terms.whole_of is None:
            return
        leaving = len(missing) + sum(
            row.has_left for number, row in survey.sketches.items()
            if number in self.of_source and number not in resolution.refused
        )  # fmt: skip
        self.report.leaving, self.report.people = leaving, len(self.of_source)
        if self.report.ends_too_many and not self.terms.allow_leavers:
            words = _("The file would end %(leaving)d of %(all)d people. If that is meant, allow leavers.")
            raise ImportRefused(words % {"leaving": leaving, "all": len(self.of_source)})

    def _count(self, known: Mapping[str, Known], resolution: Resolution, missing: frozenset[str]) -> None:
        stored = {number: person.id for number, person in known.items()}
        for batch in self._batches(known, resolution, missing):
            self._note(batch)
            if self.terms.is_dry_run:
                self._tell(self.listeners.after, batch, stored)

    def _note(self, batch: Sequence[Change]) -> None:
        for change in batch:
            self.report.note(change)

    @staticmethod
    def _tell(listener: Listener | None, batch: Sequence[Change], ids: Mapping[str, int]) -> None:
        if listener and batch:
            listener(batch, ids)

    def _apply(
        self, survey: Survey, known: Mapping[str, Known], resolution: Resolution, missing: frozenset[str]
    ) -> None:
        ids: dict[str, Any] = settle_codes(survey.codes, self.codes, self.names, by=self.by)
        ids["manager"] = _ids_of(known, resolution)
        paths = _new_paths(ids["manager"], known, resolution)
        free_seats_and_addresses(resolution.givers)
        writer = Writer(ids, paths, self.terms.effective_on, self.comparison.today, self.by)
        for batch in self._batches(known, resolution, missing):
            self._tell(self.listeners.before, batch, ids["manager"])
            writer.write(batch)
            self._note(batch)
            self._tell(self.listeners.after, batch, ids["manager"])
        before = {person.id for person in known.values()}
        write_paths(Employee, ((pk, path) for pk, path in paths.items() if pk in before))
        self.report.is_applied = True

    def _batches(
        self, known: Mapping[str, Known], resolution: Resolution, missing: frozenset[str]
    ) -> Iterator[list[Change]]:
        """Ends first, so that what leavers had is free; then the rows that differ, batch after batch."""
        stored_of = _Stored(known, frozenset(pk for ids in resolution.givers.values() for pk in ids))
        for numbers in batched(sorted(missing), BATCH):
            stored = stored_of(numbers)
            yield [self.comparison.missing(number, stored[number]) for number in numbers]
        for rows in self.spool:
            yield self._compare([row for row in rows if row.number not in resolution.refused], resolution, stored_of)

    def _compare(self, rows: Sequence[Row], resolution: Resolution, stored_of: "_Stored") -> list[Change]:
        stored = with_histories(rows, stored_of([row.number for row in rows]))
        compared = (self.comparison.change(row, stored.get(row.number), resolution.managers) for row in rows)
        return [change for change in compared if change]


@dataclass(frozen=True)
class _Stored:
    """What is stored of people, as it was before the import took seats and addresses from those who give them up."""

    known: Mapping[str, Known]
    givers: frozenset[int]

    def __call__(self, numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
        stored = stored_as_written([number for number in numbers if number in self.known])
        for number, row in stored.items():
            known = self.known[number]
            if known.id in self.givers:
                row |= {"position": known.position, "work_email": known.email}
        return stored


def _ids_of(known: Mapping[str, Known], resolution: Resolution) -> dict[str, int]:
    """The id of everyone, stored or new: known before writing, so that each row is written once, with its path."""
    ids = {number: person.id for number, person in known.items()}
    new = [number for number in resolution.managers if number not in ids]
    return ids | dict(zip(new, reserve_ids(Employee, len(new)), strict=True))


def _new_paths(ids: Mapping[str, int], known: Mapping[str, Known], resolution: Resolution) -> dict[int, str]:
    """The paths that differ from what is stored, by id."""
    managers = {ids[number]: ids.get(manager) if manager else None for number, manager in resolution.managers.items()}
    stored = {person.id: person.path for person in known.values()}
    return {pk: path for pk, path in paths_of(managers).items() if stored.get(pk) != path}
