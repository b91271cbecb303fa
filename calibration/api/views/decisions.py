"""Decisions, the corrections HR makes singly, and what becomes of them on the other side."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.completion import complete_uncalibrated, decide_reopened
from calibration.api import filters
from calibration.api.serializers import (
    CompletedSerializer,
    DecisionInput,
    DecisionSerializer,
    HandOverSerializer,
    UncalibratedInput,
)
from calibration.models import Decision, HandOver
from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.delivery import retry_delivery

READ, WRITE = "calibration:read", "calibration:write"


class DecisionViewSet(ResourceViewSet):
    """What was decided about each revision of each review; never edited, only followed by another decision."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    queryset = Decision.objects.select_related(
        "session", "review__employee", "proposed_rating", "rating", "decided_by"
    ).order_by("id")
    serializer_class = DecisionSerializer
    filterset_class = filters.DecisionFilter

    @extend_schema(request=DecisionInput, responses={201: DecisionSerializer})
    def create(self, request: Request) -> Response:
        """Decide a reopened and resubmitted review anew, and complete it."""
        taken = self.taken(DecisionInput)
        self._require("calibration.decide_reopened", taken["review"])
        return self.changed(decide_reopened(taken.pop("review"), by=self.by, **taken), 201)

    @extend_schema(request=UncalibratedInput, responses=CompletedSerializer)
    @action(detail=False, methods=["post"], url_path="complete-uncalibrated")
    def complete_uncalibrated(self, request: Request) -> Response:
        """Complete a review that was in no session. Its rating enters no talent profile."""
        taken = self.taken(UncalibratedInput)
        self._require("calibration.complete_uncalibrated", taken["review"])
        return Response(CompletedSerializer(complete_uncalibrated(taken.pop("review"), by=self.by, **taken)).data)

    def _require(self, permission: str, row: Any) -> None:
        if not self.by.has_perm(permission, row):
            raise PermissionDenied


class HandOverViewSet(ResourceViewSet):
    """Where each completed review's effects are: pending, done, or parked after too many failures."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    queryset = HandOver.objects.select_related("fact").order_by("id")
    serializer_class = HandOverSerializer
    filterset_class = filters.HandOverFilter
    permission_map = {"retry": "calibration.retry_handover"}

    @verb()
    def retry(self, handover: HandOver) -> HandOver:
        """Give a parked one a fresh start."""
        retry_delivery(handover, by=self.by)
        return handover
