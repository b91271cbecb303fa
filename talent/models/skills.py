"""The skills inventory: which level a person has in a competency, who says so, and from when until when it counts."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee, OrgUnit
from hrportal.people.models.competencies import HIGHEST, LOWEST, level_field
from hrportal.people.viewer import Principal
from talent.enums import SkillSource
from talent.models.profiles import TalentProfile


class SkillQuerySet(models.QuerySet["SkillAssessment"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own once they were shared; others' with their talent profile. A level is a rating like any other."""
        viewer = user.viewer
        if not (viewer.may_use("talent:read") and viewer.may_use("ratings:read")):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("profile__employee__"))
        own = viewer.oneself("profile__employee__") & Q(shared_at__isnull=False)
        return self.filter(own | Q(profile__in=TalentProfile.objects.visible_to(user).values("pk")))

    def standing(self) -> Self:
        """Without those that a correction replaced or a withdrawal took back."""
        return self.filter(replaced_at=None)

    def current(self) -> Self:
        """The newest that stands, for each person, competency and kind of source."""
        return self.standing().filter(valid_to=None)

    def current_for(self, user: Principal) -> Self:
        """The newest of what this reader sees. That there is a newer one not yet shared must not show in an older one's absence."""
        newer = (
            SkillAssessment.objects.standing()
            .visible_to(user)
            .filter(
                Q(assessed_on__gt=OuterRef("assessed_on"))
                | Q(assessed_on=OuterRef("assessed_on"), source__gt=OuterRef("source")),
                profile=OuterRef("profile"),
                competency=OuterRef("competency"),
                kind=OuterRef("kind"),
            )
        )
        return self.standing().visible_to(user).filter(~Exists(newer))


class SkillAssessment(models.Model):
    """A level somebody was found to have. It is never edited: it counts from `assessed_on` until a newer one of the same
    kind does (`valid_to`); a correction has the same `source` and a higher `source_version`, and the former is `replaced_at`.
    """

    profile = models.ForeignKey(TalentProfile, on_delete=models.PROTECT, related_name="skills")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = level_field()
    kind = models.CharField(_("assessed by"), max_length=20, choices=SkillSource, default=SkillSource.REVIEW)
    source = models.CharField(max_length=100)
    source_version = models.PositiveSmallIntegerField(default=1)
    assessed_on = models.DateField(_("assessed on"))
    valid_to = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The day from which a newer one counts.")
    )
    good_until = models.DateField(
        _("good until"), null=True, blank=True, help_text=_("The last day of a certificate that expires.")
    )
    assessed_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    note = models.TextField(_("what shows it"), blank=True)
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=300, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text=_("From when the employee sees it."))
    recorded_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["competency__name", "kind", "-assessed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_version", "competency", "kind"], name="one_skill_per_source_version"
            ),
            models.UniqueConstraint(
                fields=["profile", "competency", "kind"],
                condition=Q(valid_to=None, replaced_at=None),
                name="one_current_skill_per_kind",
            ),
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="skill_level_in_range"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("assessed_on")), name="skill_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["competency", "level"], name="skill_level")]

    def __str__(self) -> str:
        return f"{self.profile}: {self.competency} {self.level}"

    @property
    def is_current(self) -> bool:
        return self.valid_to is None and self.replaced_at is None


class AssessorQuerySet(models.QuerySet["SkillAssessor"]):
    def visible_to(self, user: Principal) -> Self:
        """Those who are named for units that HR looks after; and what one is named for oneself."""
        viewer = user.viewer
        if not viewer.may_use("talent:read"):
            return self.none()
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        return self.filter(viewer.seats(viewer.partner_units, "") | viewer.oneself("assessor__"))

    def in_force(self) -> Self:
        return self.filter(
            ended_at=None, org_unit__is_active=True, assessor__in=Employee.objects.employed().values("pk")
        )

    def with_names(self) -> Self:
        return self.select_related("assessor", "org_unit", "competency", "named_by")


class SkillAssessor(models.Model):
    """Somebody HR named to assess people of a unit and of all below it: in one competency, or in any."""

    assessor = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="assessing", verbose_name=_("assessor")
    )
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit"))
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competency")
    )
    named_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssessorQuerySet.as_manager()

    class Meta:
        ordering = ["assessor__last_name", "assessor__first_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "org_unit", "competency"],
                condition=Q(ended_at=None, competency__isnull=False),
                name="one_assessor_per_competency",
            ),
            models.UniqueConstraint(
                fields=["assessor", "org_unit"],
                condition=Q(ended_at=None, competency=None),
                name="one_assessor_for_any_competency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessor}: {self.org_unit}"

    def covers(self, employee: Employee) -> bool:
        """Whether this person is one of those to be assessed; nobody is their own assessor."""
        unit = employee.org_unit
        return bool(unit and unit.path.startswith(self.org_unit.path)) and employee.pk != self.assessor_id
