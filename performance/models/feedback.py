"""Continuous feedback between people."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from performance.enums import FeedbackKind, FeedbackVisibility
from performance.models.goals import Objective


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: Any) -> Self:
        """What one wrote, what was written for one to read, and what its giver opened to more people."""
        viewer = user.viewer
        if not user.is_authenticated or viewer.is_client or not viewer.may_use("reviews:read"):
            return self.none()
        opened = Q(visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER)
        above = viewer.chain_below("recipient__") | viewer.hr("recipient__")
        return self.filter(
            viewer.oneself("giver__")
            | viewer.oneself("recipient__") & ~Q(visibility=FeedbackVisibility.GIVER)
            | opened & above
            | Q(visibility=FeedbackVisibility.EVERYONE)
        )


class Feedback(models.Model):
    giver = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_given")
    recipient = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_received")
    kind = models.CharField(_("kind"), max_length=20, choices=FeedbackKind, default=FeedbackKind.PRAISE)
    visibility = models.CharField(
        _("seen by"), max_length=30, choices=FeedbackVisibility, default=FeedbackVisibility.RECIPIENT_AND_MANAGER
    )
    text = models.TextField(_("feedback"))
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    objective = models.ForeignKey(Objective, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback")
    given_at = models.DateTimeField(default=timezone.now)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-id"]
        verbose_name_plural = _("feedback")
        indexes = [models.Index(fields=["recipient", "-given_at"], name="feedback_recipient")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("recipient")),
                name="feedback_is_for_others",
                violation_error_message=_("Feedback is for somebody else."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} to {self.recipient}"
