"""What becomes of decisions on the other side."""

from calibration.api import filters
from calibration.api.serializers.handover import HandOverSerializer
from calibration.models import HandOver
from hrportal.common.access import Access
from hrportal.common.bulk import BulkVerbs
from hrportal.common.resources import verb
from hrportal.journal.delivery import retry_delivery

READ, WRITE = "calibration:read", "calibration:write"


class HandOverViewSet(BulkVerbs):
    """Where each completed review's effects are: pending, done, or parked after too many failures."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    bulk_verbs = ("retry",)
    queryset = HandOver.objects.select_related("fact").order_by("id")
    serializer_class = HandOverSerializer
    filterset_class = filters.HandOverFilter
    permission_map = {"retry": "calibration.retry_handover"}

    @verb()
    def retry(self, handover: HandOver) -> HandOver:
        """Give a parked one a fresh start."""
        retry_delivery(handover, by=self.by)
        return handover
