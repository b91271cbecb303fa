"""What a person wants: roles, leading, moving, travelling, and when. Their own words, with the days they held."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, Job
from hrportal.people.viewer import Principal
from talent.enums import LeadershipWish, RelocationWish, TravelWish, WishTiming


class AspirationQuerySet(models.QuerySet["Aspiration"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own; HR for others; those above only where the person says so. A client by its scope."""
        viewer = user.viewer
        if not viewer.may_use("mobility:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        told = (viewer.chain_below() | viewer.own_part()) & Q(is_shared=True)
        return self.filter(viewer.oneself() | viewer.hr() | told)

    def current(self) -> Self:
        """What counts today."""
        return self.filter(valid_to=None)


class Aspiration(models.Model):
    """What somebody said about their future on one day. It is never edited: saying something else ends it."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="aspirations")
    jobs = models.ManyToManyField(Job, blank=True, related_name="+", verbose_name=_("roles I would like"))
    wishes = models.TextField(_("what I would like to do"), blank=True)
    leading = models.CharField(_("leading people"), max_length=10, choices=LeadershipWish, blank=True)
    relocation = models.CharField(_("moving for a role"), max_length=10, choices=RelocationWish, blank=True)
    travel = models.CharField(_("travel"), max_length=10, choices=TravelWish, blank=True)
    timing = models.CharField(_("when"), max_length=10, choices=WishTiming, blank=True)
    note = models.TextField(_("what else should be known"), blank=True)
    is_shared = models.BooleanField(
        _("my managers may read this"),
        default=False,
        help_text=_("HR reads it in any case. Your managers only if you tick this."),
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(valid_to=None), name="one_current_aspiration_per_person"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="aspiration_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee} ({self.valid_from})"
