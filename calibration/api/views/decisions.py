"""Decisions, and the corrections HR makes singly."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.completion import complete_cycle, complete_review, complete_uncalibrated, decide_reopened
from calibration.actions.remarks import answer_request, remark_on_decision
from calibration.api import filters
from calibration.api.serializers.decisions import (
    AnswerInput,
    CompletedSerializer,
    DecidedCycleInput,
    DecisionInput,
    DecisionSerializer,
    RemarkInput,
    UncalibratedInput,
)
from calibration.models import Decision
from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import STARTS_JOB, started

READ, WRITE = "calibration:read", "calibration:write"


class DecisionViewSet(ResourceViewSet):
    """What was decided about each revision of each review; never edited, only followed by another decision."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "complete": "calibration.complete_review",
        "remark": "calibration.remark_on_decision",
        "answer": "calibration.answer_request",
    }
    queryset = (
        Decision.objects.select_related(
            "session", "review__employee__org_unit", "review__cycle", "proposed_rating", "rating", "decided_by"
        )
        .prefetch_related("remarks__made_by", "remarks__answered_by")
        .order_by("id")
    )
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

    @extend_schema(request=DecidedCycleInput, responses=STARTS_JOB["responses"])
    @action(detail=False, methods=["post"], url_path="complete-cycle")
    def complete_cycle(self, request: Request) -> Response:
        """Complete every decided review of a cycle, in the background: the hand-over runs."""
        taken = self.taken(DecidedCycleInput)
        self._require("calibration.complete_cycle", taken["cycle"])
        return started(complete_cycle(taken["cycle"], by=self.by), self)

    @verb()
    def complete(self, decision: Decision) -> Decision:
        """Complete one review with what was decided about it, before the others of its session."""
        return complete_review(decision, by=self.by)

    @verb(RemarkInput)
    def remark(self, decision: Decision, text: str, is_request: bool) -> Decision:
        """Say something to a decision as a manager; with `is_request`, ask HR to look again before the review is completed."""
        return remark_on_decision(decision, by=self.by, text=text, is_request=is_request).decision

    @verb(AnswerInput)
    def answer(self, decision: Decision, answer: str) -> Decision:
        """Answer who asked to look again. The decision stays; a correction reopens the review."""
        return answer_request(decision, by=self.by, answer=answer).decision

    def _require(self, permission: str, row: Any) -> None:
        if not self.by.has_perm(permission, row):
            raise PermissionDenied
