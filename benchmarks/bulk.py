"""Work on everyone at once, against the same rows written by the database alone. All of it is taken back."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from benchmarks.measuring import Result, run_sql, seconds, seconds_of_both, taken_back
from calibration.enums import HandOverKind
from hrportal.common.copying import copy_rows
from hrportal.common.paths import AFTER_ALL_DIGITS, WIDTH
from hrportal.journal.delivery import deliver_due
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import Delivery, Fact, Job
from hrportal.people.actions import place_employee
from hrportal.people.importing import Options, import_employees
from hrportal.people.importing.upserting import upsert_people
from hrportal.people.models import Employee, User
from performance.actions import create_cycle, launch_cycle
from performance.actions.cycles import open_reviews
from performance.enums import CycleState
from performance.models import Review, ReviewCycle, ReviewPart
from talent.models import (
    CalibratedRating,
    DevelopmentPlan,
    MeritRecommendation,
    PlanAction,
    PlanCheckIn,
    PlanItem,
)
from tests.support.extract import write_extract

PORTION = 1000
NAMES = {
    "employee_id": "employee_number",
    "manager_id": "manager_number",
    "department_id": "org_unit",
    "job_id": "job",
}


def measure_bulk(size: int) -> Iterator[Result]:
    """Import, launch, hand-over, and everyone below somebody."""
    yield from _imports(size)
    yield _launch()
    yield from _hand_over()
    yield _everyone_below()


def _imports(size: int) -> Iterator[Result]:
    """A first import, and the same file again."""
    with tempfile.TemporaryDirectory() as folder, taken_back():
        file = write_extract(Path(folder), size)
        options = Options(file=file, source="extract", names=NAMES, email_domain="example.org")
        taken = seconds(lambda: import_employees(options, by=None))
        again = seconds(lambda: import_employees(options, by=None))
        people = list(Employee.objects.filter(source="extract"))
        floor = _bare_load(Employee, people)
        yield _move(people)
    with taken_back():
        numbers = {person.pk: person.employee_number for person in people}
        items = [_item(person, numbers) for person in people]
        portions = [items[start : start + PORTION] for start in range(0, len(items), PORTION)]
        sent = seconds(lambda: [upsert_people(portion, by=None, source="extract") for portion in portions])
    yield Result("take people in by request", size, "bare load of the rows", floor, sent)
    yield Result("import employees", size, "bare load of the rows", floor, taken, 8)
    yield Result("import them again, unchanged", size, "bare load of the rows", floor, again, 3)


def _item(person: Employee, numbers: dict[int, str]) -> dict[str, object]:
    """Somebody as a source system would send them."""
    manager = {"manager": {"remote_id": numbers[person.manager_id]}} if person.manager_id else {}
    return {
        "remote_id": person.employee_number,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "work_email": person.work_email,
        "hired_on": str(person.hired_on),
        **manager,
    }


def _move(people: list[Employee]) -> Result:
    """Somebody near the top, with everyone below, under another head; the floor is the same rows by one UPDATE."""
    team = max((person for person in people if len(person.path) == 2 * WIDTH), key=_size_below)
    head = next(person for person in people if len(person.path) == 2 * WIDTH and person.pk != team.pk)
    table, inside = Employee._meta.db_table, [team.path, team.path + AFTER_ALL_DIGITS]
    floor = seconds(lambda: run_sql(f"UPDATE {table} SET path = path || '' WHERE path >= %s AND path < %s", inside))
    moved = _size_below(team) + 1
    taken = seconds(lambda: place_employee(team, by=None, effective_on=timezone.localdate(), manager=head))
    return Result("move a tree under another head", moved, "UPDATE of the paths", floor, taken)


def _size_below(person: Employee) -> int:
    return Employee.objects.below(person).count()


def _bare_load(model: type[Model], rows: list[Model]) -> float:
    """The rows into a table without triggers or other tables' keys, the fastest way the database has."""
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        run_sql(f"CREATE TEMP TABLE bare (LIKE {table} INCLUDING ALL)")
        # The same COPY, pointed at a table that shadows the real one for this transaction.
        run_sql(f"ALTER TABLE bare RENAME TO {table}")
        taken = seconds(lambda: copy_rows(model, rows))
        run_sql(f"DROP TABLE pg_temp.{table}")
        return taken
    run_sql(f"CREATE TEMP TABLE bare AS SELECT * FROM {table} LIMIT 0")
    fields = model._meta.concrete_fields
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    marks = ", ".join("?" * len(fields))
    with connection.cursor() as cursor:
        taken = seconds(lambda: cursor.cursor.executemany(f"INSERT INTO bare VALUES ({marks})", values))
    run_sql("DROP TABLE bare")
    return taken


def _launch() -> Result:
    """Reviews for everyone, with both halves and a fact each."""
    with taken_back():
        draft = ReviewCycle.objects.filter(state=CycleState.DRAFT)[0]
        cycle = create_cycle(
            by=None,
            name="Measured",
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            template=draft.template,
            scale=draft.scale,
        )
        job = launch_cycle(cycle, by=None)
        cycle.refresh_from_db()
        taken = seconds(lambda: open_reviews(cycle, by=None, job=Job.objects.get(pk=job.pk)))
        made = Review.objects.filter(cycle=cycle).count()
        floor = _bare_launch(cycle)
    return Result("launch a cycle", made, "INSERT … SELECT", floor, taken, 4)


def _bare_launch(cycle: ReviewCycle) -> float:
    reviews, parts = Review._meta.db_table, ReviewPart._meta.db_table
    run_sql(_like("bare_review", reviews))
    run_sql(_like("bare_part", parts))
    try:
        return seconds(
            lambda: (
                run_sql(f"INSERT INTO bare_review SELECT * FROM {reviews} WHERE cycle_id = %s", [cycle.pk]),
                run_sql(
                    f"INSERT INTO bare_part SELECT p.* FROM {parts} p JOIN {reviews} r ON r.id = p.review_id"
                    " WHERE r.cycle_id = %s",
                    [cycle.pk],
                ),
            )
        )
    finally:
        run_sql("DROP TABLE bare_review")
        run_sql("DROP TABLE bare_part")


def _like(name: str, table: str) -> str:
    if connection.vendor == "postgresql":
        return f"CREATE TEMP TABLE {name} (LIKE {table} INCLUDING ALL)"
    return f"CREATE TEMP TABLE {name} AS SELECT * FROM {table} LIMIT 0"


def _hand_over() -> Iterator[Result]:
    """The last finished cycle carried to talent once more, as if nothing of it had arrived."""
    cycle = ReviewCycle.objects.filter(state=CycleState.CLOSED)[0]
    with taken_back():
        rated = CalibratedRating.objects.filter(period=cycle.name).count()
        floor = _bare_ratings(cycle)
        MeritRecommendation.objects.filter(rating__period=cycle.name).delete()
        CalibratedRating.objects.filter(period=cycle.name).delete()
        _make_due(cycle, HandOverKind.RATING)
        taken = seconds(deliver_due)
        assert CalibratedRating.objects.filter(period=cycle.name).count() == rated
    yield Result("hand over calibrated ratings", rated, "INSERT … ON CONFLICT", floor, taken, 12)
    with taken_back():
        for model in (PlanAction, PlanCheckIn, PlanItem, DevelopmentPlan):
            model.objects.all().delete()
        _make_due(cycle, HandOverKind.PLAN)
        taken = seconds(deliver_due)
        opened = DevelopmentPlan.objects.count()
    yield Result("open development plans", opened, "INSERT … ON CONFLICT", floor, taken)


def _make_due(cycle: ReviewCycle, subscriber: str) -> None:
    facts = Fact.objects.filter(
        topic="performance.review_completed", subject_id__in=Review.objects.filter(cycle=cycle).values("pk")
    )
    Delivery.objects.filter(subscriber=subscriber, fact__in=facts).update(
        state=DeliveryState.PENDING, next_try_at=timezone.now()
    )


def _bare_ratings(cycle: ReviewCycle) -> float:
    ratings = CalibratedRating._meta.db_table
    run_sql(_like("bare_rating", ratings))
    if connection.vendor != "postgresql":
        run_sql("CREATE UNIQUE INDEX bare_once ON bare_rating (source, source_version)")
    copied = f"INSERT INTO bare_rating SELECT * FROM {ratings} WHERE period = %s ON CONFLICT DO NOTHING"
    try:
        return seconds(lambda: run_sql(copied, [cycle.name]))
    finally:
        run_sql("DROP TABLE bare_rating")


def _everyone_below() -> Result:
    executive = User.objects.get(username="executive").employee
    table = Employee._meta.db_table
    found = Employee.objects.below(executive).order_by().values_list("pk", flat=True)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {table} WHERE path > %s AND path < %s",
                [executive.path, executive.path + AFTER_ALL_DIGITS],
            )
            cursor.fetchall()

    floor, taken = seconds_of_both(bare, lambda: list(found.all()))
    return Result("everyone under an executive", found.count(), "range in SQL", floor, taken, 1.5, 1, 1)
