"""Experiences that roles ask for and people have: a move abroad, a turnaround, a works council, a board.

They are what no level of a competency says, and what takes longest to gain.
"""

from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, Job
from hrportal.people.viewer import Principal
from talent.models.profiles import TalentProfile


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def visible_to(self, user: Principal) -> Self:
        """What kinds of experience there are says nothing about anybody."""
        viewer = user.viewer
        return self if viewer.may_use("succession:read") else self.none()


class Experience(models.Model):
    """One kind of experience, named as people speak of it."""

    name = models.CharField(_("experience"), max_length=120)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_experience_per_name")]

    def __str__(self) -> str:
        return self.name


class RoleExperience(models.Model):
    """A job asks for an experience."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="experiences")
    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "experience"], name="one_experience_per_job")]

    def __str__(self) -> str:
        return f"{self.job}: {self.experience}"


class HeldExperienceQuerySet(models.QuerySet["HeldExperience"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of people whose talent profile one may read."""
        return self.filter(employee__talent_profile__in=TalentProfile.objects.visible_to(user).values("pk"))


class HeldExperience(models.Model):
    """A person was found to have an experience, or (`is_held` false) not to. Without a row nobody has looked."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="experiences")
    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="+")
    is_held = models.BooleanField(_("has it"))
    assessed_on = models.DateField(_("assessed on"))
    assessed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = HeldExperienceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "experience"], name="one_line_per_experience")]

    def __str__(self) -> str:
        return f"{self.employee}: {self.experience}"
