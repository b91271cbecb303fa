"""Pay and pay ranges coming from payroll as a table: read line by line, shown, and only then written. Bringing the same again
changes nothing; the same day with another amount corrects it."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.actions import ActionError
from hrportal.common.tables import Table, read_table
from hrportal.journal.recording import Actor
from hrportal.people.models import Employee, Job
from hrportal.people.viewer import Principal
from talent.events import rewards as events
from talent.models import PayRange, PayRecord
from talent.scores.merit import CENT

MOST_LINES = 5000
MOST_SHOWN = 200


@dataclass(frozen=True)
class Outcome:
    """What comes of one line: a refusal in words, a row to write, or neither because it says what is so already."""

    number: int
    about: str
    what: str = ""
    refusal: str = ""
    row: Model | None = None


@dataclass
class Report:
    """All lines of a table, and whether they were written."""

    outcomes: list[Outcome]
    is_applied: bool = False

    @property
    def changes(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.row is not None]

    @property
    def refused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.refusal]

    @property
    def unchanged(self) -> int:
        return len(self.outcomes) - len(self.changes) - len(self.refused)

    @property
    def shown(self) -> list[Outcome]:
        """Refusals first, then changes; what is too much for a page is counted."""
        return [*self.refused, *self.changes][:MOST_SHOWN]


@dataclass(frozen=True)
class TableKind:
    """One kind of table: its columns, what the rows are found by, and how a line becomes a row."""

    title: Promise | str
    lead: Promise | str
    columns: Sequence[str]
    known: Callable[[Any, list[dict[str, str]]], "Known"]
    announce: Callable[..., Any]
    fields: Sequence[str]


@dataclass
class Known:
    """What the lines are about, by the key in their first column, and the rows that are there, by key and day."""

    subjects: dict[str, Any]
    stored: dict[tuple[Any, datetime.date], Any]
    make: Callable[[Any, dict[str, str], datetime.date], Model] = field(repr=False)
    stranger: str


@transaction.atomic
def take_in(kind: TableKind, text: str, *, by: Actor | None, is_trial: bool) -> Report:
    """Read a table and, unless it is a trial, write what its good lines say. Raises ActionError when it is no such table."""
    lines = _lines(kind, read_table(text, most_lines=MOST_LINES))
    known = kind.known(by, [cells for _number, cells in lines])
    seen: set[tuple[str, str]] = set()
    report = Report([_outcome(kind, known, number, cells, seen) for number, cells in lines])
    if not is_trial:
        _write(kind, [outcome.row for outcome in report.changes if outcome.row is not None], by=by)
        report.is_applied = True
    return report


def _lines(kind: TableKind, table: Table) -> list[tuple[int, dict[str, str]]]:
    header = [name.strip().lower() for name in table.header]
    if missing := [name for name in kind.columns if name not in header]:
        raise ActionError(_("These columns are missing: %s.") % ", ".join(missing))
    return [(number, dict(zip(header, cells, strict=False))) for number, cells in table.lines]


def _outcome(kind: TableKind, known: Known, number: int, cells: dict[str, str], seen: set[tuple[str, str]]) -> Outcome:
    key = cells.get(kind.columns[0], "")
    try:
        row = _row(kind, known, key, cells, seen)
    except ActionError as refusal:
        return Outcome(number, key, refusal=refusal.message)
    except ValidationError as refusal:
        return Outcome(number, key, refusal=" ".join(refusal.messages))
    what = " · ".join(cells.get(name, "") for name in kind.columns[1:])
    return Outcome(number, str(known.subjects[key]), what, row=row)


def _row(kind: TableKind, known: Known, key: str, cells: dict[str, str], seen: set[tuple[str, str]]) -> Model | None:
    """The row to write, or None where it is stored already."""
    subject = known.subjects.get(key)
    if subject is None:
        raise ActionError(known.stranger)
    day = day_of(cells.get("valid_from", ""))
    if (key, str(day)) in seen:
        raise ActionError(_("This table has an earlier line about the same and the same day."))
    seen.add((key, str(day)))
    row, stored = known.make(subject, cells, day), known.stored.get((subject.pk, day))
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.validate_constraints() if stored is None else _check_order(row)
    if stored is None:
        return row
    if all(getattr(stored, name) == getattr(row, name) for name in kind.fields):
        return None
    for name in kind.fields:
        setattr(stored, name, getattr(row, name))
    return stored


def _check_order(row: Model) -> None:
    """The constraints that are about the row alone; that it is there already is why it is corrected."""
    row.validate_constraints(exclude={"employee", "job", "valid_from"})


def _write(kind: TableKind, rows: list[Model], *, by: Actor | None) -> None:
    if not rows:
        return
    model = type(rows[0])
    new = model._default_manager.bulk_create([row for row in rows if row.pk is None])
    model._default_manager.bulk_update([row for row in rows if row not in new], list(kind.fields), batch_size=500)
    kind.announce(rows, by=by)


def amount_of(text: str) -> Decimal:
    """An amount as people and spreadsheets write it: 54000, 54 000.00, 54.000,00."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("'", "")
    if "," in plain and plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(plain.replace(",", "")).quantize(CENT)
    except InvalidOperation as error:
        raise ActionError(_("“%s” is not an amount.") % text) from error
    if not amount.is_finite() or amount <= 0:
        raise ActionError(_("“%s” is not an amount.") % text)
    return amount


def day_of(text: str) -> datetime.date:
    """A day in ISO 8601."""
    try:
        return datetime.date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise ActionError(_("“%s” is not a day; write it as 2027-04-01.") % text) from error


def _known_pay(by: Principal, lines: list[dict[str, str]]) -> Known:
    """People by employee number. Whoever brings the table brings no pay of their own: that line finds nobody."""
    numbers = {cells.get("employee_number", "") for cells in lines}
    people = Employee.objects.filter(by.viewer.others(""), employee_number__in=numbers)
    stored = PayRecord.objects.select_for_update().filter(employee__in=people).order_by("pk")
    return Known(
        {person.employee_number: person for person in people},
        {(row.employee_id, row.valid_from): row for row in stored},
        _pay,
        _("Nobody else has this employee number."),
    )


def _pay(person: Employee, cells: dict[str, str], day: datetime.date) -> PayRecord:
    amount = amount_of(cells["yearly_base"])
    return PayRecord(employee=person, yearly_base=amount, currency=cells["currency"].upper(), valid_from=day)


def _known_ranges(by: Actor | None, lines: list[dict[str, str]]) -> Known:
    jobs = Job.objects.filter(code__in={cells.get("job_code", "") for cells in lines})
    stored = PayRange.objects.select_for_update().filter(job__in=jobs).order_by("pk")
    return Known(
        {job.code: job for job in jobs},
        {(row.job_id, row.valid_from): row for row in stored},
        _range,
        _("No job has this code."),
    )


def _range(job: Job, cells: dict[str, str], day: datetime.date) -> PayRange:
    amounts = {name: amount_of(cells[name]) for name in ("minimum", "midpoint", "maximum")}
    return PayRange(job=job, currency=cells["currency"].upper(), valid_from=day, **amounts)


PAY = TableKind(
    title=gettext_lazy("Pay from a table"),
    lead=gettext_lazy(
        "Yearly base pay as payroll has it. A later day is a new line of the history; the same day is corrected."
    ),
    columns=("employee_number", "yearly_base", "currency", "valid_from"),
    known=_known_pay,
    announce=events.pay_recorded,
    fields=("yearly_base", "currency"),
)
RANGES = TableKind(
    title=gettext_lazy("Pay ranges from a table"),
    lead=gettext_lazy("What each job pays, from a day on."),
    columns=("job_code", "currency", "minimum", "midpoint", "maximum", "valid_from"),
    known=_known_ranges,
    announce=events.pay_ranges_recorded,
    fields=("currency", "minimum", "midpoint", "maximum"),
)
