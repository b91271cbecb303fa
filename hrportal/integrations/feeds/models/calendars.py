"""A person's secret address of their calendar, and what a calendar program has been told at it."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from hrportal.journal.models import Fact
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import User

# What happened to an account after its address was made, and ends it.
ENDING = (
    "people.account_reactivated",
    "sign_in.second_factor_reset",
    "sign_in.sessions_ended",
    "sign_in.identity_unlinked",
)


class CalendarLinkQuerySet(models.QuerySet["CalendarLink"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, in person."""
        viewer = user.viewer
        if not user.is_authenticated or viewer.scopes is not None or viewer.user_id is None:
            return self.none()
        return self.filter(user_id=viewer.user_id)

    def valid(self) -> Self:
        """Those of people who are here: an account that was closed, or whose person left, opens nothing; one that was
        opened again, or signed out everywhere by an administrator, does not bring its old address back."""
        ended = Fact.objects.filter(
            topic__in=ENDING, subject_id=OuterRef("user_id"), recorded_at__gte=OuterRef("made_at")
        )
        here = self.filter(~Exists(ended), user__is_active=True)
        return here.exclude(user__employee__status=EmploymentStatus.LEFT)


class CalendarLink(models.Model):
    """Lets a calendar program read its owner's dates. Only the hash of the address is kept.

    `content_hash` stands for the calendar as it was last read, and `changed_at` is when it became so.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    last_read_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    objects = CalendarLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Calendar of account {self.user_id}"

    def get_absolute_url(self) -> str:
        return reverse("calendar:link_show")


class CalendarEntry(models.Model):
    """One date as it was last told: how often it changed and when, so that a program knows what is newer.

    It holds no title: a title is made anew for every reading, and what is no longer there is told without one.
    """

    link = models.ForeignKey(CalendarLink, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=60)
    on = models.DateField()
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["on", "key"]
        constraints = [models.UniqueConstraint(fields=["link", "key"], name="one_calendar_entry_per_key")]

    def __str__(self) -> str:
        return f"{self.key} ({self.sequence})"

    @property
    def ends_on(self) -> datetime.date:
        """The day after: an event of whole days ends before it."""
        return self.on + datetime.timedelta(days=1)
