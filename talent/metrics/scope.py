"""Whom and which seats the figures are about, as their reader may see them."""

import datetime
from dataclasses import dataclass, field, replace

from django.db.models import Q, QuerySet
from django.utils import timezone

from hrportal.common.paths import at_or_below
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import EVERYONE, Principal

A_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Scope:
    """The people whose talent data a reader reads, and the seats, in a unit and below; a window of twelve months until a day."""

    user: Principal
    unit: OrgUnit | None = None
    until: datetime.date = field(default_factory=timezone.localdate)

    @property
    def since(self) -> datetime.date:
        """The day before the window begins: what is of that day was there at its start."""
        return self.until - A_YEAR

    def inside(self, prefix: str = "employee__") -> Q:
        """Rows about these people; `prefix` leads from the row to its person. Never about the reader."""
        viewer = self.user.viewer
        if viewer.is_client:
            return viewer.client_rows(prefix) & self.here(f"{prefix}org_unit__")
        seen = (viewer.hr(prefix) | viewer.own_part(prefix)) & viewer.others(prefix)
        return seen & self.here(f"{prefix}org_unit__")

    def here(self, prefix: str) -> Q:
        """Rows of the unit and all below it; `prefix` leads from the row to its unit."""
        return at_or_below(self.unit.path, field=f"{prefix}path") if self.unit else EVERYONE

    def employed(self) -> QuerySet[Employee]:
        """Those who work here now."""
        return Employee.objects.employed().filter(self.inside("")).order_by("pk")

    def of(self, unit: OrgUnit) -> "Scope":
        """The same for a part."""
        return replace(self, unit=unit)

    def at(self, until: datetime.date) -> "Scope":
        """The same for an earlier window."""
        return replace(self, until=until)

    def parts(self) -> list[OrgUnit]:
        """The units directly below; without a unit, those the reader was given, or the top of the company and what is below it."""
        units = OrgUnit.objects.filter(is_active=True).order_by("path")
        if self.unit:
            return list(units.filter(parent=self.unit))
        viewer = self.user.viewer
        given = (*viewer.given_units, *viewer.executive_units)
        if viewer.is_over_all:
            return list(units.filter(parent__parent=None, parent__isnull=False))
        return list(units.filter(path__in=given))
