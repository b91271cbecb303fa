"""Rating scales and review templates. A launch copies both into the cycle (`is_copy`), so later edits of a master never
alter a running or finished review.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency
from hrportal.people.viewer import Principal
from performance.enums import AskedOf, QuestionKind, SectionKind, SeenBy, Side


class MasterQuerySet(models.QuerySet):
    def masters(self) -> Self:
        """Those people choose from and edit; not the copies that belong to a cycle."""
        return self.filter(is_copy=False)

    def current(self) -> Self:
        """Masters that are not archived: those a new cycle chooses from."""
        return self.masters().filter(archived_at=None)

    def visible_to(self, user: Principal) -> Self:
        """HR designs reviews, and a client that makes cycles chooses; what a person fills in reaches them through their review."""
        viewer = user.viewer
        return self.masters() if viewer.is_hr or (viewer.is_client and viewer.may_use("cycles:write")) else self.none()


class RatingScale(models.Model):
    name = models.CharField(_("name"), max_length=100)
    is_copy = models.BooleanField(default=False, editable=False)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MasterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class RatingLevel(models.Model):
    """One step of a scale: people see the label, arithmetic uses the value."""

    scale = models.ForeignKey(RatingScale, on_delete=models.CASCADE, related_name="levels")
    value = models.SmallIntegerField(_("value"))
    label = models.CharField(_("label"), max_length=60)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        ordering = ["value"]
        constraints = [models.UniqueConstraint(fields=["scale", "value"], name="one_level_per_value")]

    def __str__(self) -> str:
        return self.label


class ReviewTemplate(models.Model):
    name = models.CharField(_("name"), max_length=100)
    introduction = models.TextField(_("introduction"), blank=True)
    is_copy = models.BooleanField(default=False, editable=False)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="copies"
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MasterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class TemplateSection(models.Model):
    template = models.ForeignKey(ReviewTemplate, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(_("kind"), max_length=20, choices=SectionKind)
    title = models.CharField(_("title"), max_length=100)
    help_text = models.TextField(_("help"), blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        null=True,
        blank=True,
        help_text=_("Per cent of the computed score. All weights total 100; empty does not count."),
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight=None) | Q(weight__range=(1, 100)), name="section_weight_in_per_cent"
            )
        ]

    def __str__(self) -> str:
        return self.title


class QuestionQuerySet(models.QuerySet["TemplateQuestion"]):
    def asked_of(self, side: str) -> Self:
        """The questions one side of a review answers."""
        return self.filter(asked_of__in=[side, AskedOf.BOTH])


class TemplateQuestion(models.Model):
    section = models.ForeignKey(TemplateSection, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=300)
    help_text = models.TextField(_("help"), blank=True)
    asked_of = models.CharField(_("asked of"), max_length=10, choices=AskedOf, default=AskedOf.BOTH)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.JSONField(_("answers to choose from"), default=list, blank=True)
    seen_by = models.CharField(_("read by"), max_length=10, choices=SeenBy, default=SeenBy.EMPLOYEE)
    is_required = models.BooleanField(_("required"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["section__order", "order", "id"]

    def __str__(self) -> str:
        return self.text

    def is_asked_of(self, side: str) -> bool:
        return self.asked_of in {AskedOf.BOTH, Side(side)}


class TemplateCompetency(models.Model):
    """A competency that a competencies section has rated (levels 1 to 5 of the shared library)."""

    section = models.ForeignKey(TemplateSection, on_delete=models.CASCADE, related_name="competencies")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        verbose_name_plural = "template competencies"
        constraints = [
            models.UniqueConstraint(fields=["section", "competency"], name="competency_once_per_section"),
        ]

    def __str__(self) -> str:
        return str(self.competency)
