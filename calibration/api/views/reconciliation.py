"""Whether everything arrived: both sides compared, and handed over again where they differ."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.handover import hand_over_again, start_handing_over_again
from calibration.actions.reconciliation import start_reconciliation
from calibration.api import filters
from calibration.api.serializers.reconciliation import (
    DifferenceSerializer,
    ReconciliationDetailSerializer,
    ReconciliationSerializer,
)
from calibration.models import Difference, Reconciliation
from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import STARTS_JOB, started

READ, WRITE = "calibration:read", "calibration:write"


class ReconciliationViewSet(ResourceViewSet):
    """Comparisons of what completed reviews should have set off with what is there: one every night, kept for 30 days."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    queryset = Reconciliation.objects.finished().order_by("id")
    serializer_class = ReconciliationSerializer
    detail_serializer_class = ReconciliationDetailSerializer
    filterset_class = filters.ReconciliationFilter
    permission_map = {"create": "calibration.compare_sides", "hand_over_again": "calibration.hand_over_again"}

    def rows(self) -> Any:
        return super().rows().with_found(self.by)

    @extend_schema(request=None, responses=STARTS_JOB["responses"])
    def create(self, request: Request) -> Response:
        """Compare now, in the background. The job says which comparison it became; it fails if there was nothing to compare."""
        return started(start_reconciliation(by=self.by), self)

    @verb(schema=STARTS_JOB)
    def hand_over_again(self, reconciliation: Reconciliation) -> Response:
        """Hand over again wherever you see a difference, in the background."""
        return started(start_handing_over_again(reconciliation, by=self.by), self)


class DifferenceViewSet(ResourceViewSet):
    """Where the two sides differ, one row for each effect of each review."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    queryset = Difference.objects.order_by("id")
    serializer_class = DifferenceSerializer
    filterset_class = filters.DifferenceFilter
    permission_map = {"hand_over_again": "calibration.hand_over_again"}

    @verb()
    def hand_over_again(self, difference: Difference) -> Difference:
        """Carry its review over once more. Nothing is done twice by it."""
        hand_over_again([difference], by=self.by)
        return difference
