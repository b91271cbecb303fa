"""The organisation: legal entities, locations, the tree of units, jobs and the seats people sit on."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import PathField
from hrportal.people.enums import UnitKind
from hrportal.people.viewer import Principal


class Named(models.Model):
    """Something the HRIS knows by a code and people by a name."""

    code = models.CharField(_("code"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200)
    # What is no longer in use stays for those who were there.
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        abstract = True
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class DirectoryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Principal) -> Self:
        """What everybody may know of the company."""
        return self if user.is_authenticated else self.none()


class LegalEntity(Named):
    country = models.CharField(_("country"), max_length=2, blank=True)

    objects = DirectoryQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("legal entity")
        verbose_name_plural = _("legal entities")


class Location(Named):
    country = models.CharField(_("country"), max_length=2, blank=True)

    objects = DirectoryQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("location")
        verbose_name_plural = _("locations")


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    def visible_to(self, user: Principal) -> Self:
        """The organisation is part of the directory: everyone signed in; a client as far as its units go."""
        return self.filter(user.viewer.client_org_units()) if user.is_authenticated else self.none()

    def active(self) -> Self:
        """Those in use, with whether anything lies below them (`is_branch`)."""
        below = OrgUnit.objects.filter(parent=models.OuterRef("pk"), is_active=True)
        return self.filter(is_active=True).annotate(is_branch=models.Exists(below))


class OrgUnit(Named):
    """A node of the tree from company to team. Several legal entities live in one tree."""

    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField()

    objects = OrgUnitQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("organisational unit")
        verbose_name_plural = _("organisational units")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=models.F("id")),
                name="unit_not_its_own_parent",
                violation_error_message=_("A unit cannot stand above itself."),
            )
        ]


class JobFamilyQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Principal) -> Self:
        """Everyone signed in: part of the directory."""
        return self if user.is_authenticated else self.none()

    def of_family(self, name: str) -> Self:
        """The jobs of a family as somebody typed it: of none where it cannot be one's name."""
        return self.filter(family=name) if name and "\x00" not in name else self.none()


class Job(Named):
    """A role description; what it asks for is its role profile."""

    family = models.CharField(_("job family"), max_length=100, blank=True, db_index=True)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)

    objects = JobFamilyQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("job")
        verbose_name_plural = _("jobs")


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, user: Principal) -> Self:
        """Seats are part of the directory: everyone signed in; a client as far as its units go."""
        return self.filter(user.viewer.client_rows("")) if user.is_authenticated else self.none()


class Position(Named):
    """A seat with no incumbent or one. It stays when people come and go."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="positions")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="positions")

    objects = PositionQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("position")
        verbose_name_plural = _("positions")
