"""Taking everyone in, by file and by request, and taking them back: against the same rows loaded by the database alone.

The floor is COPY (on SQLite: executemany) into a table like that of people, with its indexes but without keys to other
tables. What is measured beside it also reads, compares, decides, writes history, facts and what an undo takes, and ends
with the checks of a commit.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.measuring import Result, run_sql, seconds, taken_back
from hrportal.common.batches import batched
from hrportal.common.copying import copy_rows
from hrportal.common.paths import AFTER_ALL_DIGITS, WIDTH
from hrportal.people.actions import place_employee
from hrportal.people.importing import Options, import_employees
from hrportal.people.importing.undoing import preview_undo, take_back
from hrportal.people.importing.upserting import upsert_people
from hrportal.people.models import Employee, EmployeeImport
from tests.support.extract import write_extract

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
PORTION = 5000  # the most that one request may hold
SOURCE = "extract"
NAMES = {
    "employee_id": "employee_number",
    "manager_id": "manager_number",
    "department_id": "org_unit",
    "job_id": "job",
}
FLOOR = "bare load of the rows"


def measure_imports(size: int) -> Iterator[Result]:
    """A first import, the same file again, its undoing, the same people by request, and a move near the top.

    Each is done a few times, and the one in the middle counts.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = write_extract(Path(folder), size)
        runs = [_run(options_for(file)) for _ in range(RUNS)]
    for name, most in LIMITS.items():
        floor, taken = sorted(((run[FLOOR], run[name]) for run in runs), key=lambda pair: pair[1] / pair[0])[RUNS // 2]
        yield Result(name, size, FLOOR, floor, taken, most)
    moves = [(run["moved"], run["UPDATE"], run["move"]) for run in runs]
    moved, floor, taken = sorted(moves, key=lambda move: move[2] / move[1])[RUNS // 2]
    yield Result("move a tree under another head", int(moved), "UPDATE of the paths", floor, taken)
    per_second = size / statistics.median(run["import employees"] for run in runs)
    print(f"import: {per_second:,.0f} rows a second; COPY alone: {size / runs[0][FLOOR]:,.0f}")


LIMITS: dict[str, float | None] = {
    "import employees": 8,
    "import them again, unchanged": 3,
    "look at what undoing would do": None,
    "take the import back": None,
    "take people in by request": None,
    "the same request again": None,
}


def options_for(file: Path) -> Options:
    """How the extract is read."""
    return Options(file=file, source=SOURCE, names=NAMES, email_domain="example.org")


def measure_memory(size: int) -> Iterator[Result]:
    """Say how much memory an import takes at its peak, in a process of its own, of a tenth of the people and of all."""
    idle, tenth, whole = (_peak(people) for people in (0, size // 10, size))
    print(f"memory of an import: {tenth} MB at {size // 10:,}, {whole} MB at {size:,}; an idle process: {idle} MB")
    yield from ()


def _peak(people: int) -> int:
    command = [sys.executable, "-m", "benchmarks.memory", str(people)]
    return int(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def _run(options: Options) -> dict[str, float]:
    taken: dict[str, float] = {}
    with taken_back():
        taken["import employees"] = _committed(lambda: import_employees(options, by=None))
        taken["import them again, unchanged"] = _committed(lambda: import_employees(options, by=None))
        people = list(Employee.objects.filter(source=SOURCE).order_by("pk"))  # as the file has them
        taken[FLOOR] = _bare_load(people)
        with taken_back():
            taken |= _move(people)
        imported = EmployeeImport.objects.get(source=SOURCE)
        taken["look at what undoing would do"] = _committed(lambda: preview_undo(imported))
        taken["take the import back"] = _committed(lambda: take_back(imported, by=None))
    numbers = {person.pk: person.employee_number for person in people}
    items = [_item(person, numbers) for person in people]
    portions = list(batched(items, PORTION))
    with taken_back():
        for name in ("take people in by request", "the same request again"):
            taken[name] = _committed(lambda: [upsert_people(portion, by=None, source=SOURCE) for portion in portions])
    return taken


def _committed(work: Callable[[], object]) -> float:
    """How long something takes with the checks that are put off until a commit."""

    def checked() -> None:
        with transaction.atomic():
            work()
        if connection.vendor == "postgresql":
            connection.check_constraints()

    return seconds(checked)


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


def _move(people: list[Employee]) -> dict[str, float]:
    """Somebody near the top, with everyone below, under another head; the floor is the same rows by one UPDATE."""
    team = max((person for person in people if len(person.path) == 2 * WIDTH), key=_size_below)
    head = next(person for person in people if len(person.path) == 2 * WIDTH and person.pk != team.pk)
    table, inside = Employee._meta.db_table, [team.path, team.path + AFTER_ALL_DIGITS]
    floor = seconds(lambda: run_sql(f"UPDATE {table} SET path = path || '' WHERE path >= %s AND path < %s", inside))
    moved = _size_below(team) + 1
    taken = seconds(lambda: place_employee(team, by=None, effective_on=timezone.localdate(), manager=head))
    return {"moved": moved, "UPDATE": floor, "move": taken}


def _size_below(person: Employee) -> int:
    return Employee.objects.below(person).count()


def _bare_load(rows: list[Employee]) -> float:
    """The rows into a table without triggers or other tables' keys, the fastest way the database has."""
    table = connection.ops.quote_name(Employee._meta.db_table)
    if connection.vendor == "postgresql":
        # The same COPY, pointed at a table that shadows the real one for a moment.
        run_sql("CREATE SCHEMA bare")
        run_sql(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
        run_sql("SET LOCAL search_path TO bare, public")
        taken = seconds(lambda: copy_rows(Employee, rows))
        run_sql("SET LOCAL search_path TO public")
        run_sql("DROP SCHEMA bare CASCADE")
        return taken
    run_sql(f"CREATE TEMP TABLE bare AS SELECT * FROM {table} LIMIT 0")
    fields = Employee._meta.concrete_fields
    values = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    marks = ", ".join("?" * len(fields))
    with connection.cursor() as cursor:
        taken = seconds(lambda: cursor.cursor.executemany(f"INSERT INTO bare VALUES ({marks})", values))
    run_sql("DROP TABLE bare")
    return taken
