"""One import from beginning to end, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.paths import paths_of
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.importing.applying import Writer, free_seats_and_addresses
from hrportal.people.importing.comparing import Change, Comparison, Kind, stored_as_written
from hrportal.people.importing.options import ImportRefused, Options
from hrportal.people.importing.references import settle_codes, unknown_codes
from hrportal.people.importing.report import Report
from hrportal.people.importing.resolving import Resolution, resolve
from hrportal.people.importing.rows import Row
from hrportal.people.importing.surveying import Company, Survey, load_company, open_rows, survey_lines
from hrportal.people.models import Employee, EmployeeImport, OrgUnit
from hrportal.people.trees import lock_tree, write_paths

BATCH = 1000
MOST_LEAVERS = 0.1

# Hears of every batch of changes, with the id of everyone by employee number (in a dry run: of those who are stored).
Listener = Callable[[Sequence[Change], Mapping[str, int]], None]


@transaction.atomic
def import_employees(options: Options, *, by: Actor | None, on_batch: Listener | None = None) -> Report:
    """Take in a file as the whole company of its source; what it did, or with a dry run would do.

    Rows that are wrong stay out and are reported (with `is_strict` nothing goes in). Doing it again changes nothing.
    `on_batch` is called in the same transaction, after a batch was written (or in a dry run compared).
    Raises ImportRefused when the file cannot be read or would end more people than is plausible.
    """
    return _Import(options, by, on_batch).run()


class _Import:
    def __init__(self, options: Options, by: Actor | None, on_batch: Listener | None) -> None:
        self.options, self.by, self.today = options, by, timezone.localdate()
        self.on_batch = on_batch
        if options.effective_on > self.today:
            raise ImportRefused(_("A file speaks of today or of a day before, not of a day to come."))
        self.report = Report()

    def run(self) -> Report:
        if not self.options.is_dry_run:
            lock_tree(OrgUnit)
            lock_tree(Employee)
        survey, company = self._survey(), load_company(self.options.source)
        missing = frozenset() if survey.has_nameless_rows else company.of_source - survey.numbers
        resolution = resolve(survey.sketches, company.known, survey.numbers, missing)
        self.report.errors = [*survey.errors, *resolution.errors]
        self._refuse_too_many_leavers(survey, company, missing, resolution)
        self.report.new_codes = {name: codes for name, codes in unknown_codes(survey.codes).items() if codes}
        is_refused = self.options.is_strict and bool(self.report.errors)
        if self.options.is_dry_run or is_refused:
            self._count(company, resolution, missing)
        else:
            self._apply(survey, company, resolution, missing)
        return self.report

    def _survey(self) -> Survey:
        with open_rows(self.options) as (reader, lines):
            survey = survey_lines(reader, lines, self.today)
            self.report.ignored_columns = reader.layout.ignored
        self.report.rows, self.names = survey.rows, reader.lookups
        return survey

    def _refuse_too_many_leavers(
        self, survey: Survey, company: Company, missing: frozenset[str], resolution: Resolution
    ) -> None:
        leaving = len(missing) + sum(
            row.has_left for number, row in survey.sketches.items()
            if number in company.of_source and number not in resolution.refused
        )  # fmt: skip
        if leaving > MOST_LEAVERS * len(company.of_source) and not self.options.allow_leavers:
            words = _("The file would end %(leaving)d of %(all)d people. If that is meant, allow leavers.")
            raise ImportRefused(words % {"leaving": leaving, "all": len(company.of_source)})

    def _count(self, company: Company, resolution: Resolution, missing: frozenset[str]) -> None:
        stored = {number: known.id for number, known in company.known.items()}
        for batch in self._batches(resolution, missing):
            self._note(batch, stored)

    def _note(self, batch: Sequence[Change], ids: Mapping[str, int]) -> None:
        for change in batch:
            self.report.note(change)
        if self.on_batch and batch:
            self.on_batch(batch, ids)

    def _apply(self, survey: Survey, company: Company, resolution: Resolution, missing: frozenset[str]) -> None:
        ids: dict[str, Any] = settle_codes(survey.codes, self.names, by=self.by)
        ids["manager"] = _ids_of(company, resolution)
        paths = _new_paths(ids["manager"], company, resolution)
        free_seats_and_addresses(resolution.givers)
        writer = Writer(ids, paths, self.options.effective_on, self.today, self.by)
        for batch in self._batches(resolution, missing):
            writer.write(batch)
            self._note(batch, ids["manager"])
        before = {known.id for known in company.known.values()}
        write_paths(Employee, ((pk, path) for pk, path in paths.items() if pk in before))
        self._finish()

    def _batches(self, resolution: Resolution, missing: frozenset[str]) -> Iterator[list[Change]]:
        """Ends first, so that what leavers had is free; then the file again, batch after batch."""
        comparison = Comparison(resolution.managers, self.options.source, self.options.effective_on, self.today)
        for numbers in _in_batches(sorted(missing)):
            stored = stored_as_written(numbers)
            yield [comparison.missing(number, stored[number]) for number in numbers]
        with open_rows(self.options) as (reader, lines):
            read = (reader.read(line, cells)[0] for line, cells in lines)
            good = (row for row in read if row and resolution.lines.get(row.number) == row.line)
            for rows in _in_batches(good):
                yield _compare(rows, comparison)

    def _finish(self) -> None:
        counts = self.report.counts
        self.report.is_applied = True
        if not counts:
            return
        imported = EmployeeImport.objects.create(
            source=self.options.source,
            file_name=self.options.file.name[:255],
            effective_on=self.options.effective_on,
            created=counts[Kind.HIRED],
            changed=counts[Kind.CHANGED] + counts[Kind.RETURNED],
            ended=counts[Kind.ENDED],
            refused=self.report.refused,
        )
        events.import_finished(imported, by=self.by)


def _compare(rows: Sequence[Row], comparison: Comparison) -> list[Change]:
    stored = stored_as_written([row.number for row in rows])
    return [change for row in rows if (change := comparison.change(row, stored.get(row.number)))]


def _in_batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _ids_of(company: Company, resolution: Resolution) -> dict[str, int]:
    """The id of everyone, stored or new: known before writing, so that each row is written once, with its path."""
    ids = {number: known.id for number, known in company.known.items()}
    new = [number for number in resolution.managers if number not in ids]
    return ids | dict(zip(new, _reserve_ids(len(new)), strict=True))


def _reserve_ids(count: int) -> Iterable[int]:
    if connection.vendor != "postgresql":
        # Nobody else writes meanwhile, and employees are never deleted.
        first = (Employee.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
        return range(first, first + count)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Employee._meta.db_table, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _new_paths(ids: dict[str, int], company: Company, resolution: Resolution) -> dict[int, str]:
    """The paths that differ from what is stored, by id."""
    managers = {ids[number]: ids.get(manager) if manager else None for number, manager in resolution.managers.items()}
    stored = {known.id: known.path for known in company.known.values()}
    return {pk: path for pk, path in paths_of(managers).items() if stored.get(pk) != path}
