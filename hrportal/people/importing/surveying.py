"""The first look: which rows would change something, and what they say that concerns other rows."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hrportal.common.batches import batched
from hrportal.people.history import PLACE
from hrportal.people.importing.comparing import WHERE, Change, Comparison, has_left, stored_as_written
from hrportal.people.importing.dating import with_histories, wrong_day
from hrportal.people.importing.references import Codes
from hrportal.people.importing.resolving import KEEP, Sketch
from hrportal.people.importing.rows import Row, RowError
from hrportal.people.importing.supply import Read, Spool

BATCH = 1000


@dataclass
class Survey:
    """Rows seen from above: of those that would change something, what concerns others.

    `numbers` are all employee numbers there are, also those in rows that do not go in.
    """

    sketches: dict[str, Sketch] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    codes: Codes = field(default_factory=Codes)
    errors: list[RowError] = field(default_factory=list)
    rows: int = 0
    # Somebody's row could not even be told whose it is, so nobody can be said to be missing.
    has_nameless_rows: bool = False

    def forget_people(self) -> None:
        """Let go of everyone once it is decided who goes in: from then on their rows are read from the spool."""
        self.sketches, self.numbers = {}, set()


def survey_rows(supply: Iterable[Read], comparison: Comparison, spool: Spool) -> Survey:
    """Look at every row once, and put those by that are not so already."""
    survey = Survey()
    for batch in batched(supply, BATCH):
        rows = [row for read in batch if (row := _good_row(read, survey))]
        stored = with_histories(rows, stored_as_written([row.number for row in rows]))
        differing = []
        for row in rows:
            change = comparison.change(row, stored[row.number]) if row.number in stored else None
            if change and change.on and (wrong := wrong_day(row, stored[row.number])):
                survey.errors.append(wrong)
            elif change or row.number not in stored:
                survey.sketches[row.number] = _sketch(row, comparison.today, change)
                differing.append(row)
        spool.add(differing)
    return survey


def _good_row(read: Read, survey: Survey) -> Row | None:
    """Count a line in; its row, if that can be looked at further."""
    survey.rows += 1
    errors = read.errors
    if read.row and read.number in survey.numbers:
        errors = [RowError(read.line, "employee_number", read.number, _("stands in the file twice"))]
    survey.errors += errors
    survey.has_nameless_rows |= not read.number
    survey.numbers.add(read.number)
    if read.row is None or errors:
        return None
    survey.codes.note(read.row)
    return read.row


def _sketch(row: Row, today: datetime.date, change: Change | None) -> Sketch:
    said = row.values.get
    later = said("manager") if change and change.in_history else None
    if change and change.in_history:
        said = {name: value for name, value in row.values.items() if name not in PLACE}.get
    return Sketch(
        row.line,
        manager=said("manager", KEEP),
        email=said("work_email", KEEP),
        position=said("position", KEEP),
        hired_on=said("hired_on", KEEP),
        left_on=said("left_on", KEEP),
        has_left=has_left(row.values, today),
        later_manager=later,
        moves=change is not None and row.since is None and not WHERE.isdisjoint(change.fields),
    )
