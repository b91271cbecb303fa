"""Taking in the catalogue and completions of another system: many at once, and the same ones again change nothing."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.journal.recording import Actor
from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import EVERYONE, Principal
from talent import events
from talent.actions.development import complete_action
from talent.actions.learning import PROVEN_BY, open_action_of, proven_level
from talent.actions.profiles import lock_profiles
from talent.actions.skills import record_skills
from talent.enums import UNDER_WAY, EnrolmentState, Proof
from talent.models import Enrolment, LearningItem
from talent.models.learning import FULL_SCORE

MOST_ROWS = 5000
BATCH = 500
TRUE, FALSE = {"true", "yes", "1"}, {"false", "no", "0", ""}
WORDS = ("title", "provider", "kind", "description", "proof", "currency", "url")
COLUMNS = {*WORDS, "external_key", "competency", "level", "pass_score", "hours", "cost", "needs_approval", "is_active"}

Row = Mapping[str, Any]


class RowRefused(ValueError):
    """A row that cannot be taken; the words say why."""


@dataclass
class Report:
    """What came of each row: counts, and for those refused their place (from 1) and why."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def import_learning_items(rows: Sequence[Row], *, by: Actor | None) -> Report:
    """Put entries into the catalogue, or change those whose `external_key` is there; a column that a row lacks stays as it
    is. Rows that cannot be taken are named and keep nobody out. Four queries for each 500 rows."""
    report = Report()
    for start in range(0, len(rows), BATCH):
        _take_items(rows[start : start + BATCH], start, report, by)
    return report


def _take_items(rows: Sequence[Row], start: int, report: Report, by: Actor | None) -> None:
    keys = [str(row.get("external_key") or "").strip() for row in rows]
    there = {item.external_key: item for item in LearningItem.objects.select_for_update().filter(external_key__in=keys)}
    names = {str(row.get("competency") or "").strip() for row in rows}
    known = dict(Competency.objects.filter(name__in=names).values_list("name", "pk"))
    new: dict[str, LearningItem] = {}
    changed: dict[str, LearningItem] = {}
    for place, (row, key) in enumerate(zip(rows, keys, strict=True), start=start + 1):
        try:
            item, is_new, differs = _item(row, key, there.get(key) or new.get(key), known)
        except RowRefused as refusal:
            report.refused.append((place, str(refusal)))
            continue
        if is_new:
            new[key] = item
        elif differs and key in there:
            changed[key] = item
        report.created += is_new
        report.changed += differs and not is_new
        report.unchanged += not differs and not is_new
    events.learning_items_added(LearningItem.objects.bulk_create(new.values()), by=by)
    now = timezone.now()
    for item in changed.values():
        item.updated_at = now
    LearningItem.objects.bulk_update(changed.values(), [*_columns(), "updated_at"])
    events.learning_items_edited(list(changed.values()), by=by)


def _columns() -> list[str]:
    return sorted(COLUMNS)


def _item(
    row: Row, key: str, stored: LearningItem | None, competencies: Mapping[str, int]
) -> tuple[LearningItem, bool, bool]:
    """The entry as the row says, whether it is a new one, and whether it differs from what is stored."""
    if unknown := sorted(set(row) - COLUMNS):
        raise RowRefused(_("There is no such column: %s.") % ", ".join(unknown))
    if not key:
        raise RowRefused(_("external_key is empty."))
    item = stored or LearningItem(external_key=key)
    values = _values(row, competencies)
    before = {name: getattr(item, name) for name in values}
    for name, value in values.items():
        setattr(item, name, value)
    try:
        _check(item)
    except RowRefused:
        for name, value in before.items():
            setattr(item, name, value)
        raise
    return item, stored is None, before != values


def _values(row: Row, competencies: Mapping[str, int]) -> dict[str, Any]:
    values: dict[str, Any] = {name: str(row[name] or "").strip() for name in WORDS if name in row}
    values = {name: value for name, value in values.items() if value or name not in {"kind", "proof"}}
    values |= {name: _whole(row[name], name) for name in ("level", "pass_score") if name in row}
    values |= {name: _decimal(row[name], name) for name in ("hours", "cost") if name in row}
    values |= {name: _flag(row[name], name) for name in ("needs_approval", "is_active") if name in row}
    if "competency" in row:
        values["competency_id"] = _competency(str(row["competency"] or "").strip(), competencies)
    return values


def _competency(name: str, competencies: Mapping[str, int]) -> int | None:
    if name and name not in competencies:
        raise RowRefused(_("There is no competency “%s”.") % name)
    return competencies.get(name)


def _check(item: LearningItem) -> None:
    try:
        item.clean_fields(exclude=["competency"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise RowRefused(f"{name}: {' '.join(messages)}") from error
    if Proof(item.proof) in PROVEN_BY and not (item.competency_id and item.level):
        raise RowRefused(_("What gives a level names the competency and the level."))


def _whole(value: Any, name: str) -> int | None:
    text = str(value if value is not None else "").strip()
    if text and not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise RowRefused(_("%s is no whole number.") % name)
    return int(text) if text else None


def _decimal(value: Any, name: str) -> Decimal | None:
    text = str(value if value is not None else "").strip()
    try:
        number = Decimal(text) if text else None
    except InvalidOperation as error:
        raise RowRefused(_("%s is no number.") % name) from error
    if number is not None and not number.is_finite():
        raise RowRefused(_("%s is no number.") % name)
    return number


def _flag(value: Any, name: str) -> bool:
    text = str(value if value is not None else "").strip().lower()
    if text not in TRUE | FALSE:
        raise RowRefused(_("%s is neither yes nor no.") % name)
    return text in TRUE


@dataclass(frozen=True)
class _Completion:
    """One row of completions, understood."""

    key: str
    employee: Employee
    item: LearningItem
    on: datetime.date
    score: int | None
    evidence: str


@transaction.atomic
def import_completions(rows: Sequence[Row], *, by: Principal | None) -> Report:
    """Record that people completed entries of the catalogue, as another system says: `external_key`, `employee_number`,
    `learning_key`, `completed_on`, and `score` and `evidence` if there are any. An enrolment under way is completed, else one
    is recorded; a key that is there already changes nothing. What another system says is confirmed, and may give a level."""
    report = Report()
    for start in range(0, len(rows), BATCH):
        _take_completions(rows[start : start + BATCH], start, report, by)
    return report


def _take_completions(rows: Sequence[Row], start: int, report: Report, by: Principal | None) -> None:
    taken = _understood(rows, start, report, by)
    lock_profiles(row.employee.pk for row in taken.values())
    there = set(Enrolment.objects.filter(external_key__in=taken).values_list("external_key", flat=True))
    fresh = [row for row in taken.values() if row.key not in there]
    report.unchanged += len(taken) - len(fresh)
    under_way = _under_way(fresh)
    done = [_completed(row, under_way.pop((row.item.pk, row.employee.pk), None)) for row in fresh]
    old, new = [row for row in done if row.pk], [row for row in done if not row.pk]
    columns = ["state", "completed_on", "score", "evidence", "external_key", "verified_at", "updated_at"]
    Enrolment.objects.bulk_update(old, columns)
    Enrolment.objects.bulk_create(new)
    report.created, report.changed = report.created + len(new), report.changed + len(old)
    events.enrolments_completed(done, by=by)
    record_skills([record for row in done if (record := proven_level(row))], by=by)
    for row in old:
        if action := open_action_of(row):
            complete_action(action, by=by, evidence=row.evidence or _("Completed: %s") % row.learning_item.title)


def _understood(rows: Sequence[Row], start: int, report: Report, by: Principal | None) -> dict[str, _Completion]:
    numbers = {str(row.get("employee_number") or "") for row in rows}
    found = Employee.objects.filter(by.viewer.client_rows("") if by else EVERYONE, employee_number__in=numbers)
    people = {person.employee_number: person for person in found}
    keys = {str(row.get("learning_key") or "") for row in rows} - {""}
    items = {item.external_key: item for item in LearningItem.objects.filter(external_key__in=keys)}
    taken: dict[str, _Completion] = {}
    for place, row in enumerate(rows, start=start + 1):
        try:
            read = _completion(row, people, items)
        except RowRefused as refusal:
            report.refused.append((place, str(refusal)))
        else:
            report.unchanged += read.key in taken
            taken.setdefault(read.key, read)
    return taken


def _completion(row: Row, people: Mapping[str, Employee], items: Mapping[str, LearningItem]) -> _Completion:
    key, number, learning = (
        str(row.get(name) or "").strip() for name in ("external_key", "employee_number", "learning_key")
    )
    if not key or len(key) > 100:
        raise RowRefused(_("external_key is empty or too long."))
    if number not in people:
        raise RowRefused(_("Nobody has the employee number “%s”.") % number)
    if learning not in items:
        raise RowRefused(_("The catalogue has no entry with the key “%s”.") % learning)
    score = _whole(row.get("score"), "score")
    if score is not None and score > FULL_SCORE:
        raise RowRefused(_("A score goes from 0 to %d.") % FULL_SCORE)
    return _Completion(key, people[number], items[learning], _day(row), score, str(row.get("evidence") or "").strip())


def _day(row: Row) -> datetime.date:
    try:
        day = datetime.date.fromisoformat(str(row.get("completed_on") or ""))
    except ValueError as error:
        raise RowRefused(_("completed_on is no day like 2026-11-30.")) from error
    if day > timezone.localdate():
        raise RowRefused(_("completed_on is still to come."))
    return day


def _under_way(rows: Sequence[_Completion]) -> dict[tuple[int, int], Enrolment]:
    """The enrolments that are under way for these, by entry and person."""
    found = Enrolment.objects.filter(
        employee__in=[row.employee.pk for row in rows],
        learning_item__in=[row.item.pk for row in rows],
        state__in=UNDER_WAY,
    )
    found = found.select_related("learning_item", "employee", "action__item__plan")
    return {(row.learning_item_id, row.employee_id): row for row in found}


def _completed(row: _Completion, enrolment: Enrolment | None) -> Enrolment:
    done = enrolment or Enrolment(learning_item=row.item, employee=row.employee)
    done.state, done.completed_on, done.score = EnrolmentState.COMPLETED, row.on, row.score
    done.evidence, done.external_key = row.evidence, row.key
    done.verified_at = done.updated_at = timezone.now()
    return done
