"""Two files of the HRIS: one taken in last night, with a few wrong rows; one of this morning that waits for a decision."""

import csv
import datetime
import io
from typing import Any

from django.utils import timezone

from hrportal.home.demo.days import days
from hrportal.home.demo.world import World
from hrportal.people.enums import ChangeKind, EmploymentStatus, ImportState
from hrportal.people.importing.recording import keep_changes, keep_problems, plain_value
from hrportal.people.importing.running import run_import
from hrportal.people.importing.uploads import keep_file, laid_out, masked, options_of, read_look, settings_for
from hrportal.people.models import Employee, EmployeeImport, ImportChange, ImportProblem, User

# In a larger company the file would take longer to compare than the rest of it to make.
LARGEST = 2000
COLUMNS = {
    "Personnel number": "employee_number",
    "First name": "first_name",
    "Last name": "last_name",
    "Work e-mail": "work_email",
    "Manager ID": "manager__employee_number",
    "Department": "org_unit__code",
    "Position ID": "position__code",
    "Status": "status",
}
WRONG = [
    (212, "email", "ines.at.example.com", "not an e-mail address"),
    (340, "manager_number", "E99999", "nobody has this number"),
    (341, "hire_date", "31.02.2026", "not a day like 2026-01-31"),
]


def tell_imports(world: World) -> None:
    """Tell of both files; nobody's record is touched by that."""
    keeper = User.objects.filter(employee=world.cast["admin"]).first()
    working = Employee.objects.filter(source="hris").exclude(status=EmploymentStatus.LEFT).order_by("pk")
    _taken_in(working, keeper)
    if working.count() <= LARGEST:
        _waiting(working, keeper)


def _taken_in(working: Any, keeper: User | None) -> None:
    renamed = list(working[5:9])
    newest = list(working.order_by("-hired_on", "-pk")[:3])
    night = timezone.now() - days(1)
    imported = EmployeeImport.objects.create(
        source="hris",
        file_name="hris-nightly.csv",
        effective_on=timezone.localdate() - datetime.timedelta(days=1),
        rows=working.count() + len(WRONG),
        created=len(newest),
        changed=len(renamed),
        refused=len(WRONG),
        people=working.count(),
        uploaded_by=keeper,
        uploaded_at=night,
        finished_at=night,
    )
    for person, other in zip(renamed, reversed(renamed), strict=True):
        _change(imported, person, ChangeKind.CHANGED, {"last_name": [other.last_name, person.last_name]})
    for person in newest:
        fields = {name: [None, plain_value(getattr(person, name))] for name in ("first_name", "last_name", "hired_on")}
        _change(imported, person, ChangeKind.HIRED, fields)
    for line, column, value, reason in WRONG:
        ImportProblem.objects.create(employee_import=imported, line=line, column=column, value=value, reason=reason)


def _change(imported: EmployeeImport, person: Employee, kind: ChangeKind, fields: dict[str, Any]) -> None:
    ImportChange.objects.create(
        employee_import=imported, employee=person, employee_number=person.employee_number, kind=kind, fields=fields
    )


def _waiting(working: Any, keeper: User | None) -> None:
    content = _as_csv(working)
    imported = EmployeeImport(source="hris", file_name="hris-corrected.csv", size=len(content), uploaded_by=keeper)
    with laid_out(imported.file_name, [content]) as file:
        look = read_look(file)
        imported.settings = settings_for("hris", look)
        imported.look = masked(look, imported.settings["names"])
        imported.save()
        keep_file(imported, file)
        report = run_import(
            options_of(imported, file, is_dry_run=True, allow_leavers=True),
            by=None,
            on_batch=lambda changes, ids: keep_changes(imported, changes, ids),
        )
    keep_problems(imported, report)
    imported.take_counts(report.counts, rows=report.rows, refused=report.refused)
    imported.people, imported.leaving, imported.state = report.people, report.leaving, ImportState.CHECKED
    imported.ends_too_many, imported.new_codes = report.ends_too_many, report.new_codes
    imported.save()


def _as_csv(working: Any) -> bytes:
    """Everyone as they are, but for a few: a new name, another department, two who are new, one who is missing, one wrong."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    rows = [list(row) for row in working.values_list(*COLUMNS.values())]
    boss, department = rows[0][0], rows[0][5]
    rows[9][2] = f"{rows[9][2]}-{rows[10][2]}"
    rows[11][5] = rows[12][5] = department
    rows[13][3] = "no address"
    del rows[-1]
    rows += [
        ["N-2001", "Ilse", "Brandt", "ilse.brandt@example.com", boss, department, "", "active"],
        ["N-2002", "Tomás", "Rey", "tomas.rey@example.com", boss, department, "", "active"],
    ]
    writer.writerows([value or "" for value in row] for row in rows)
    return text.getvalue().encode()
