"""What came in from an HRIS, and when: the file as long as it is needed, what it changes, and which rows are wrong."""

import datetime
from collections.abc import Mapping
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import ChangeKind, ImportState, Role
from hrportal.people.models.accounts import User
from hrportal.people.models.employees import Employee
from hrportal.people.viewer import Principal

# So long the contents of an import are kept, and it can be taken back. That it happened stays known.
KEPT = datetime.timedelta(days=30)
# Used in aggregates alone: that they changed may be read, what they are may not.
RESTRICTED = frozenset({"birth_year", "gender"})

WORKING = frozenset({ImportState.CHECKING, ImportState.APPLYING, ImportState.UNDOING})
WAITING = frozenset({ImportState.UPLOADED, ImportState.CHECKED, ImportState.SCHEDULED})


def sees_imports(user: Principal) -> bool:
    """Imports are for those who look after the data: system administrators, HR leaders, clients for the whole company."""
    viewer = user.viewer
    if viewer.is_client:
        return viewer.is_over_all and viewer.may_use("employees:write")
    return viewer.has(Role.ADMIN, Role.HR_LEADER)


class EmployeeImportQuerySet(models.QuerySet["EmployeeImport"]):
    def visible_to(self, user: Principal) -> Self:
        return self if sees_imports(user) else self.none()

    def applied(self) -> Self:
        """Those whose changes stand, the newest first."""
        return self.filter(state=ImportState.APPLIED).order_by("-finished_at", "-id")

    def due(self, today: datetime.date) -> Self:
        """Those that wait for a day that has come."""
        return self.filter(state=ImportState.SCHEDULED, effective_on__lte=today)


class EmployeeImport(models.Model):
    """One file of employees. Who and how many stay known; the file and what it changed go after a month."""

    source = models.CharField(_("source system"), max_length=50, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveIntegerField(_("size in bytes"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.APPLIED)
    effective_on = models.DateField(_("effective on"), default=timezone.localdate)
    look = models.JSONField(default=dict, help_text="The header, samples, and how the text is written.")
    settings = models.JSONField(default=dict, help_text="How the file is read: columns, encoding, days.")
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    returned = models.PositiveIntegerField(_("come back"), default=0)
    ended = models.PositiveIntegerField(_("left"), default=0)
    refused = models.PositiveIntegerField(_("rows refused"), default=0)
    people = models.PositiveIntegerField(_("people of the source"), default=0)
    leaving = models.PositiveIntegerField(_("people who would leave"), default=0)
    ends_too_many = models.BooleanField(default=False)
    allow_leavers = models.BooleanField(_("so many leavers are meant"), default=False)
    new_codes = models.JSONField(default=dict)
    refusal = models.TextField(_("why it did not go on"), blank=True)
    job_id = models.BigIntegerField(null=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    client_id = models.CharField(max_length=100, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)
    cleared_at = models.DateTimeField(_("contents removed"), null=True)
    undo = models.JSONField(default=dict, help_text="What taking it back did or would do, in numbers.")
    undo_reason = models.TextField(_("why it was taken back"), blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(_("taken back"), null=True)

    objects = EmployeeImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("employee import")
        verbose_name_plural = _("employee imports")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("people:import_detail", args=[self.pk])

    @property
    def is_working(self) -> bool:
        """Whether a job has it in hand."""
        return self.state in WORKING

    @property
    def is_waiting(self) -> bool:
        """Whether somebody can still give it up."""
        return self.state in WAITING

    def take_counts(self, counts: Mapping[Any, int], *, rows: int, refused: int) -> None:
        """Keep how many people it concerns."""
        self.created, self.changed = counts.get(ChangeKind.HIRED, 0), counts.get(ChangeKind.CHANGED, 0)
        self.ended, self.returned = counts.get(ChangeKind.ENDED, 0), counts.get(ChangeKind.RETURNED, 0)
        self.rows, self.refused = rows, refused

    def is_latest(self) -> bool:
        """Whether no later file of the same source stands."""
        latest = EmployeeImport.objects.applied().filter(source=self.source).first()
        return latest is not None and latest.pk == self.pk


class ImportPart(models.Model):
    """A piece of an uploaded file. In the database the file is as private as what it speaks of, and every worker has it."""

    employee_import = models.ForeignKey(EmployeeImport, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["employee_import", "number"], name="one_part_per_number")]

    def __str__(self) -> str:
        return f"{self.employee_import}: {self.number}"


class ImportChangeQuerySet(models.QuerySet["ImportChange"]):
    def visible_to(self, user: Principal) -> Self:
        return self if sees_imports(user) else self.none()


class ImportChange(models.Model):
    """What an import does or did to one person: each field as it was and as it is then, in the words of files.

    `history` and `account` are what undoing it takes; `conflicts` the fields that an undo leaves alone, because
    somebody changed them since.
    """

    employee_import = models.ForeignKey(EmployeeImport, on_delete=models.CASCADE, related_name="changes")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    employee_number = models.CharField(max_length=50)
    name = models.CharField(max_length=201, blank=True)
    kind = models.CharField(_("what happens"), max_length=10, choices=ChangeKind)
    fields = models.JSONField(default=dict)
    history = models.JSONField(default=dict)
    account = models.JSONField(default=dict)
    conflicts = models.JSONField(default=list)

    objects = ImportChangeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["employee_import", "kind", "id"], name="import_change_kind")]

    def __str__(self) -> str:
        return f"{self.employee_number}: {self.get_kind_display()}"

    def shown_fields(self) -> dict[str, list[Any] | None]:
        """Old and new by field; None for what may be used in aggregates alone."""
        return {name: None if name in RESTRICTED else pair for name, pair in self.fields.items()}


class ImportProblemQuerySet(models.QuerySet["ImportProblem"]):
    def visible_to(self, user: Principal) -> Self:
        return self if sees_imports(user) else self.none()


class ImportProblem(models.Model):
    """Why a row of a file does not go in, or not as it was written."""

    employee_import = models.ForeignKey(EmployeeImport, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField(_("line"))
    column = models.CharField(_("column"), max_length=100, blank=True)
    value = models.CharField(_("value"), max_length=200, blank=True)
    reason = models.TextField(_("reason"))

    objects = ImportProblemQuerySet.as_manager()

    class Meta:
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"{self.line}: {self.reason}"
