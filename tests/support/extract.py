"""An HRIS extract of any size, always the same for the same size: `python -m tests.support.extract FOLDER [PEOPLE]`.

The shape is that of an export from a database: codes in the people's file, names in files beside it, mail addresses
without a domain, columns nobody here needs, and managers who may come after their reports.
"""

import csv
import datetime
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

SEED = 20260101
SPAN = 8  # how many people report to one
UNITS, JOBS = 40, 60
FIRST_DAY = datetime.date(2010, 1, 1)
HEADER = ["employee_id", "first_name", "last_name", "email", "phone_number", "hire_date", "job_id", "salary", "manager_id", "department_id"]  # fmt: skip
OPTIONS = [
    "--map", "employee_id=employee_number",
    "--map", "manager_id=manager_number",
    "--map", "department_id=org_unit",
    "--map", "job_id=job",
    "--lookup", "job=jobs.csv:job_id:job_title",
    "--lookup", "org_unit=departments.csv:department_id:department_name",
    "--email-domain", "example.com",
]  # fmt: skip


def write_extract(folder: Path, people: int = 107) -> Path:
    """Write the three files of an extract; the one with the people."""
    departments = [(10 * n, f"Department {n}") for n in range(1, UNITS + 1)]
    jobs = [(f"JOB_{n}", f"Job {n}", 1000 * n) for n in range(1, JOBS + 1)]
    _write(folder / "departments.csv", ["department_id", "department_name"], departments)
    _write(folder / "jobs.csv", ["job_id", "job_title", "min_salary"], jobs)
    file = folder / "employees.csv"
    _write(file, HEADER, _people(people))
    return file


def _people(count: int) -> Iterator[list[object]]:
    choose = random.Random(SEED)
    order = list(range(count))
    choose.shuffle(order)
    for n in order:
        hired = FIRST_DAY + datetime.timedelta(days=choose.randrange(5000))
        manager = 100 + (n - 1) // SPAN if n else ""
        department = 10 * choose.randint(1, UNITS) if n != 1 else ""
        job = f"JOB_{choose.randint(1, JOBS)}"
        yield [
            100 + n,
            f"First{n}",
            f"Last{n}",
            f"P{n}",
            "",
            hired,
            job,
            choose.randint(2, 24) * 1000,
            manager,
            department,
        ]


def _write(file: Path, header: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    write_extract(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
