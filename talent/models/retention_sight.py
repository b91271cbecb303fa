"""Who sees retention data, and for whom flight risk is turned off."""

from typing import Self

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import Employee, LegalEntity, OrgUnit
from hrportal.people.models.employees import EmployeeQuerySet
from hrportal.people.viewer import Principal
from talent.enums import OpenTopic
from talent.models.sight import others_talent

READ = "retention:read"


def retention_sight(user: Principal, prefix: str = "employee__") -> Q:
    """Rows about people whose retention data this user reads: HR, an executive's part, managers where HR opened it;
    never about oneself."""
    return others_talent(user, OpenTopic.RETENTION, READ, prefix)


def turned_off(prefix: str = "employee__") -> Q:
    """Rows about people for whom flight risk is turned off, by unit or by legal entity; asked within their own query."""
    unit = ExpressionWrapper(OuterRef(f"{prefix}org_unit__path"), output_field=CharField())
    by_unit = Q(unit_of_row__startswith=F("org_unit__path"))
    by_entity = Q(legal_entity=OuterRef(f"{prefix}legal_entity"))
    off = FlightRiskOptOut.objects.in_force().annotate(unit_of_row=unit).filter(by_unit | by_entity)
    return Q(Exists(off.order_by()))


def is_turned_off_for(employee: Employee) -> bool:
    """Whether nothing of flight risk is entered or shown about this person."""
    return Employee.objects.filter(turned_off(""), pk=employee.pk).exists()


class RetentionSubjects:
    """The people whose retention data somebody may see."""

    def visible_to(self, user: Principal) -> EmployeeQuerySet:
        """Others in one's sight, employed or gone, with their place."""
        return Employee.objects.filter(retention_sight(user, "")).select_related("job", "org_unit", "manager")


class OptOutQuerySet(models.QuerySet["FlightRiskOptOut"]):
    def visible_to(self, user: Principal) -> Self:
        """HR knows where flight risk is turned off; clients that read retention too."""
        viewer = user.viewer
        if not viewer.may_use(READ):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("") | Q(org_unit=None))
        return self if viewer.has(Role.HR_LEADER, Role.HRBP) else self.none()

    def in_force(self) -> Self:
        """Those not taken back."""
        return self.filter(lifted_at=None)


class FlightRiskOptOut(models.Model):
    """Flight risk is turned off for a unit and all below it, or for a legal entity: nothing is shown, entered or exported."""

    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    legal_entity = models.ForeignKey(
        LegalEntity, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("legal entity")
    )
    reason = models.TextField(_("why"))
    set_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = OptOutQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(org_unit=None, legal_entity__isnull=False) | Q(org_unit__isnull=False, legal_entity=None),
                name="opt_out_of_a_unit_or_an_entity",
                violation_error_message=_("Choose a unit or a legal entity, one of the two."),
            ),
            models.UniqueConstraint(
                fields=["org_unit"],
                condition=Q(lifted_at=None),
                name="one_opt_out_per_unit",
                violation_error_message=_("Flight risk is turned off there already."),
            ),
            models.UniqueConstraint(
                fields=["legal_entity"],
                condition=Q(lifted_at=None),
                name="one_opt_out_per_entity",
                violation_error_message=_("Flight risk is turned off there already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.org_unit or self.legal_entity)
