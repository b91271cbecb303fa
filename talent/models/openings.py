"""What HR opened to managers, for which part of the organisation."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal
from talent.enums import OpenTopic


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, user: Principal) -> Self:
        """HR knows what was opened, and clients that read talent; that a topic is closed tells nobody anything."""
        viewer = user.viewer
        if not viewer.may_use("talent:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        return self if viewer.is_hr else self.none()

    def with_people(self) -> Self:
        """With all that a line shows."""
        return self.select_related("org_unit", "opened_by", "closed_by")

    def in_force(self) -> Self:
        """Those not closed again."""
        return self.filter(closed_at=None)


class Opening(models.Model):
    """Managers in a unit, and in all below it, see a topic of those below them, until it is closed again."""

    topic = models.CharField(_("what is opened"), max_length=20, choices=OpenTopic)
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    reason = models.TextField(_("why"))
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "org_unit__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "org_unit"],
                condition=Q(closed_at=None),
                name="one_opening_in_force",
                violation_error_message=_("This is open for the unit already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.org_unit}"
