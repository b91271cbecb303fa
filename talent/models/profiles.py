"""Talent profiles and the calibrated ratings that were carried into them."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal


class ProfileQuerySet(models.QuerySet["TalentProfile"]):
    def visible_to(self, user: Principal) -> Self:
        """Talent data is read by HR for others, by an executive for their part, by a manager for those below; never one's own."""
        viewer = user.viewer
        if not viewer.may_use("talent:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        return self.filter((viewer.hr() | viewer.own_part() | viewer.chain_below()) & viewer.others())

    def with_ratings(self) -> Self:
        """With the person's place and the ratings that count, newest first, as `history`."""
        ratings = CalibratedRating.objects.current().newest_first()
        return self.select_related("employee__job", "employee__org_unit").prefetch_related(
            models.Prefetch("ratings", queryset=ratings, to_attr="history")
        )


class TalentProfile(models.Model):
    """What the organisation knows of one person's future. It appears with the first thing known."""

    employee = models.OneToOneField(Employee, on_delete=models.PROTECT, related_name="talent_profile")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    history: "list[CalibratedRating]"  # of rows read `with_ratings`

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "id"]

    def __str__(self) -> str:
        return str(self.employee)


class CalibratedRatingQuerySet(models.QuerySet["CalibratedRating"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of profiles one may see."""
        return self.filter(profile__in=TalentProfile.objects.visible_to(user).values("pk"))

    def current(self) -> Self:
        """Without those that a correction replaced."""
        return self.filter(replaced_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-period_ends_on", "-source_version")


class CalibratedRating(models.Model):
    """A calibrated rating of one period. `source` is an opaque reference to where it came from, which calibration can
    follow back to review, decision and people; a correction adds a row with a higher `source_version`.
    """

    profile = models.ForeignKey(TalentProfile, on_delete=models.PROTECT, related_name="ratings")
    source = models.CharField(max_length=100)
    source_version = models.PositiveSmallIntegerField(default=1)
    period = models.CharField(_("period"), max_length=100)
    period_ends_on = models.DateField(_("period ends"))
    value = models.SmallIntegerField(_("value"))
    label = models.CharField(_("rating"), max_length=60)
    lowest = models.SmallIntegerField()
    highest = models.SmallIntegerField()
    rated_at = models.DateTimeField(help_text=_("When the review was completed."))
    recorded_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = CalibratedRatingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_version"], name="one_rating_per_source_version"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(replaced_at=None), name="one_current_rating_per_source"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=F("lowest"), value__lte=F("highest")), name="rating_within_its_scale"
            ),
        ]
        indexes = [models.Index(fields=["profile", "-period_ends_on"], name="rating_profile_period")]

    def __str__(self) -> str:
        return f"{self.profile}: {self.label} ({self.period})"
