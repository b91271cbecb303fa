"""Whom an audit is about, as its reader may see them."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone

from hrportal.common.paths import at_or_below
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import EVERYONE, Principal
from performance.models import Review, ReviewCycle


@dataclass(frozen=True)
class Population:
    """The people a reader looks after as HR, in a unit and below, with the reviews of one cycle."""

    user: Principal
    cycle: ReviewCycle
    unit: OrgUnit | None = None
    today: datetime.date = field(default_factory=timezone.localdate)

    def inside(self, prefix: str = "employee__") -> Q:
        """Rows about these people; `prefix` leads from the row to its person."""
        viewer = self.user.viewer
        looked_after = viewer.client_rows(prefix) if viewer.is_client else viewer.hr(prefix)
        return looked_after & self.here(f"{prefix}org_unit__")

    def here(self, prefix: str) -> Q:
        """Rows of the unit and all below it; `prefix` leads from the row to its unit."""
        return at_or_below(self.unit.path, field=f"{prefix}path") if self.unit else EVERYONE

    def employed(self) -> QuerySet[Employee]:
        """Those who work here now."""
        return Employee.objects.visible_to(self.user).employed().filter(self.inside("")).order_by()

    def reviewable(self) -> QuerySet[Employee]:
        """Of them, those who were here in the cycle's period: whoever came later cannot have been reviewed."""
        return self.employed().filter(Q(hired_on=None) | Q(hired_on__lte=self.cycle.ends_on))

    def finished(self) -> QuerySet[Review]:
        """The finished reviews of the cycle, of those who work here now."""
        here = Review.objects.visible_to(self.user).filter(self.inside(), cycle=self.cycle).finished()
        return here.filter(employee__in=Employee.objects.employed().values("pk")).order_by()
