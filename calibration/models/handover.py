"""What calibration hands over, seen as work: the journal's deliveries to calibration's subscribers."""

from typing import ClassVar, Self

from calibration.enums import SUBSCRIBERS
from hrportal.journal.models import Delivery, DeliveryQuerySet
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal


class HandOverQuerySet(DeliveryQuerySet):
    def visible_to(self, user: Principal) -> Self:
        """HR sees what concerns the people it looks after; nobody what concerns themselves."""
        viewer = user.viewer
        rows = self.filter(subscriber__in=SUBSCRIBERS)
        if not viewer.may_use("calibration:read"):
            return self.none()
        if viewer.is_client and viewer.is_over_all:
            return rows
        if not (viewer.is_client or viewer.is_hr):
            return self.none()
        people = viewer.client_rows("") if viewer.is_client else viewer.hr("")
        return rows.filter(fact__person_id__in=Employee.objects.filter(people).values("pk"))


class HandOver(Delivery):
    """One fact on its way across the bridge."""

    objects: ClassVar = HandOverQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name_plural = "hand-overs"
