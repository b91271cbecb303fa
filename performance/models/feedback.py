"""Continuous feedback between people: given on one's own accord, or asked for and answered."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import Principal
from performance.enums import FeedbackKind, FeedbackVisibility, RequestState
from performance.models.goals import Objective

TIME_TO_TAKE_BACK = datetime.timedelta(days=1)


class FeedbackRequestQuerySet(models.QuerySet["FeedbackRequest"]):
    def visible_to(self, user: Principal) -> Self:
        """Whoever asked and whoever was asked. Not the person it is about, not the line, not HR, no client alone."""
        viewer = user.viewer
        if not user.is_authenticated or viewer.is_client or not viewer.may_use("reviews:read"):
            return self.none()
        return self.filter(viewer.oneself("asker__") | viewer.oneself("asked__"))

    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)

    def with_people(self) -> Self:
        """With all that a line of the list shows."""
        return self.select_related(
            "asker__job",
            "asker__org_unit",
            "about__job",
            "about__org_unit",
            "asked__job",
            "asked__org_unit",
            "objective",
            "competency",
        )


class FeedbackRequest(models.Model):
    """A question to one colleague, about whoever asks or about somebody they lead or look after."""

    asker = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_requested")
    about = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_asked")
    question = models.TextField(_("question"), max_length=2000)
    objective = models.ForeignKey(Objective, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FeedbackRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="open_feedback_request_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "about", "asked"],
                condition=Q(state="open"),
                name="one_open_feedback_request",
                violation_error_message=_("You have asked this already and wait for the answer."),
            ),
            models.CheckConstraint(
                condition=~Q(asked=F("asker")) & ~Q(asked=F("about")),
                name="feedback_is_asked_of_others",
                violation_error_message=_("Ask somebody else than yourself and the person it is about."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker} asks {self.asked} about {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("performance:feedback_request_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def is_about_asker(self) -> bool:
        return self.about_id == self.asker_id


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: Principal) -> Self:
        """What one wrote, what was written for one to read, what was answered for one, and what was opened to more people."""
        viewer = user.viewer
        if not user.is_authenticated or viewer.is_client or not viewer.may_use("reviews:read"):
            return self.none()
        opened = Q(visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER)
        above = viewer.chain_below("recipient__") | viewer.hr("recipient__")
        return self.filter(
            viewer.oneself("giver__")
            | viewer.oneself("recipient__") & ~Q(visibility=FeedbackVisibility.GIVER)
            | viewer.oneself("request__asker__") & Q(is_read_by_asker=True)
            | opened & above
            | Q(visibility=FeedbackVisibility.EVERYONE)
        )

    def with_people(self, user: Principal) -> Self:
        """With all that a card shows; the goal, and who asked, only where this reader may know of them."""
        goals = Objective.objects.visible_to(user)
        requests = FeedbackRequest.objects.visible_to(user).select_related("asker")
        people = self.select_related(
            "giver__job", "giver__org_unit", "recipient__job", "recipient__org_unit", "competency"
        )
        return people.prefetch_related(
            models.Prefetch("objective", queryset=goals), models.Prefetch("request", queryset=requests)
        )


class Feedback(models.Model):
    """`is_read_by_asker` opens an answer to whoever asked, besides those whom `visibility` names."""

    giver = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_given")
    recipient = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="feedback_received")
    request = models.OneToOneField(
        FeedbackRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="answer"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=FeedbackKind, default=FeedbackKind.PRAISE)
    visibility = models.CharField(
        _("seen by"), max_length=30, choices=FeedbackVisibility, default=FeedbackVisibility.RECIPIENT_AND_MANAGER
    )
    is_read_by_asker = models.BooleanField(_("whoever asked may read it"), default=False)
    text = models.TextField(_("feedback"))
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    objective = models.ForeignKey(Objective, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback")
    given_at = models.DateTimeField(default=timezone.now)
    thanked_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def is_for_recipient(self) -> bool:
        """Whether the person it is about may read it."""
        return self.visibility != FeedbackVisibility.GIVER

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it was given so short a time ago that its giver may still change their mind."""
        return self.taken_back_at is None and timezone.now() - self.given_at < TIME_TO_TAKE_BACK
