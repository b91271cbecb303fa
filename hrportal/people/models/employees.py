"""Employees as they are today, and the effective-dated history of who was where under whom."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import PathField, at_or_below, below, ids_of
from hrportal.people.enums import EmploymentStatus, Gender, LeaveReason
from hrportal.people.models.organisation import Job, LegalEntity, Location, OrgUnit, Position
from hrportal.people.viewer import Principal


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def visible_to(self, user: Principal) -> Self:
        """The directory is open to everyone signed in and to clients that may read employees."""
        if user.viewer.is_client:
            return self.filter(user.viewer.client_rows("")) if user.viewer.may_use("employees:read") else self.none()
        return self if user.is_authenticated else self.none()

    def employed(self) -> Self:
        """Those who work here now, on leave or not."""
        return self.filter(status__in=[EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE])

    def below(self, employee: "Employee") -> Self:
        """Everyone under a manager, at any depth."""
        return self.filter(below(employee.path))

    def chain_above(self, employee: "Employee") -> Self:
        """Everyone above an employee, topmost first."""
        return self.filter(pk__in=ids_of(employee.path)[:-1]).order_by("path")

    def in_unit(self, unit: OrgUnit) -> Self:
        """Everyone in a unit or a unit below it."""
        return self.filter(at_or_below(unit.path, field="org_unit__path"))

    def without_account(self) -> Self:
        """Those who work here, have a work address and cannot sign in yet."""
        return self.employed().filter(user=None).exclude(work_email="")

    def with_place(self) -> Self:
        """With all that a line of the directory shows."""
        return self.select_related("org_unit", "job", "location", "manager")


class Employee(models.Model):
    """Someone who works, will work or has worked here. `employee_number` is the key the HRIS knows."""

    employee_number = models.CharField(_("employee number"), max_length=50, unique=True)
    source = models.CharField(_("source system"), max_length=50, blank=True)
    remote_id = models.CharField(_("id in the source system"), max_length=200, blank=True)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    preferred_name = models.CharField(_("preferred name"), max_length=100, blank=True)
    work_email = models.EmailField(_("work e-mail"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=EmploymentStatus, default=EmploymentStatus.ACTIVE)
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    leave_reason = models.CharField(_("reason for leaving"), max_length=20, choices=LeaveReason, blank=True)
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="employees")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="employees")
    position = models.OneToOneField(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="incumbent")
    manager = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    path = PathField()
    # Restricted: used in aggregate fairness checks and the retirement outlook, shown nowhere else.
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EmployeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ["last_name", "first_name", "id"]
        indexes = [models.Index(fields=["last_name", "first_name", "id"], name="employee_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(manager=None) | ~Q(manager=F("id")),
                name="not_ones_own_manager",
                violation_error_message=_("A person cannot be their own manager."),
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(hired_on=None) | Q(left_on__gte=F("hired_on")),
                name="leaves_after_hire",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.UniqueConstraint(
                Lower("work_email"),
                condition=~Q(work_email=""),
                name="one_employee_per_work_email",
                violation_error_message=_("This work e-mail belongs to somebody else."),
            ),
            models.UniqueConstraint(
                fields=["source", "remote_id"], condition=~Q(remote_id=""), name="one_employee_per_remote_id"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name people call them by."""
        return f"{self.preferred_name or self.first_name} {self.last_name}"

    @property
    def initials(self) -> str:
        return ((self.preferred_name or self.first_name)[:1] + self.last_name[:1]).upper()

    @property
    def has_left(self) -> bool:
        return self.status == EmploymentStatus.LEFT

    @property
    def manager_ids(self) -> list[int]:
        """The ids of everyone above, topmost first, read off the path."""
        return ids_of(self.path)[:-1]


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def on(self, day: datetime.date) -> Self:
        """The rows in force on a day."""
        return self.filter(Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))


class Employment(models.Model):
    """Who was whose manager, in which unit, job, position and place, from when to when (both days included)."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="history")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    legal_entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        ordering = ["employee_id", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "starts_on"], name="one_employment_row_per_day"),
            models.UniqueConstraint(fields=["employee"], condition=Q(ends_on=None), name="one_open_employment_row"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="employment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} from {self.starts_on}"
