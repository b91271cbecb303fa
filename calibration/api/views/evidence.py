"""Figures about managers' ratings, and the suggestions that rest on them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.evidence import (
    accept_suggestion,
    discuss_suggestion,
    explain_finding,
    reject_suggestion,
    request_evidence,
    switch_evidence,
)
from calibration.api import filters
from calibration.api.serializers.evidence import (
    AcceptInput,
    EvidenceCycleInput,
    EvidenceSwitchInput,
    ExplanationInput,
    ExplanationSerializer,
    ManagerFindingSerializer,
    RejectInput,
    SuggestionDiscussInput,
    SuggestionSerializer,
    SwitchedSerializer,
)
from calibration.models import Explanation, ManagerEvidence, Suggestion
from hrportal.common.access import Access
from hrportal.common.api import version_of
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.common.schema import IF_MATCH
from hrportal.journal.api import STARTS_JOB, started

READ, WRITE = "calibration:read", "calibration:write"


class EvidenceViewSet(ResourceViewSet):
    """How generously managers rate, as far as no rating can be worked out of it that the reader does not see."""

    access = Access(scopes={"list": READ, "retrieve": READ, "explanations": READ, "*": WRITE})
    permission_map = {
        "explain": "calibration.explain_finding",
        "compute": "calibration.compute_evidence",
        "switch": "calibration.switch_evidence",
    }
    queryset = ManagerEvidence.objects.select_related("run__cycle", "manager").order_by("id")
    serializer_class = ManagerFindingSerializer
    filterset_class = filters.EvidenceFilter

    def rows(self) -> Any:
        return super().rows().newest()

    @extend_schema(responses=ExplanationSerializer(many=True), filters=False)
    @action(detail=True)
    def explanations(self, request: Request, pk: int) -> Response:
        """What the manager and the table said to the figure, oldest first."""
        finding = self.get_object()
        said = Explanation.objects.filter(manager=finding.manager_id, cycle=finding.run.cycle_id)
        page = self.paginate_queryset(said.select_related("written_by").order_by("id"))
        context = self.get_serializer_context()
        return self.get_paginated_response(ExplanationSerializer(page, many=True, context=context).data)

    @verb(ExplanationInput, schema={"responses": ExplanationSerializer})
    def explain(self, finding: ManagerEvidence, text: str) -> Response:
        """Say what is behind a figure."""
        return Response(ExplanationSerializer(explain_finding(finding, by=self.by, text=text)).data)

    @extend_schema(request=EvidenceCycleInput, responses=STARTS_JOB["responses"])
    @action(detail=False, methods=["post"])
    def compute(self, request: Request) -> Response:
        """Compute the figures of a cycle now, in the background."""
        return started(request_evidence(self.taken(EvidenceCycleInput)["cycle"], by=self.by), self)

    @extend_schema(request=EvidenceSwitchInput, responses=SwitchedSerializer)
    @action(detail=False, methods=["post"])
    def switch(self, request: Request) -> Response:
        """Show the figures of a cycle, or show them to nobody."""
        taken = self.taken(EvidenceSwitchInput)
        return Response(SwitchedSerializer(switch_evidence(taken.pop("cycle"), by=self.by, **taken)).data)


class SuggestionViewSet(ResourceViewSet):
    """Suggestions that stand; a person accepts, rejects with a reason, or wants to talk."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    takes_version = frozenset({"accept"})
    permission_map = dict.fromkeys(("accept", "reject", "discuss"), "calibration.answer_suggestion")
    queryset = Suggestion.objects.with_words().select_related("run").order_by("id")
    serializer_class = SuggestionSerializer
    filterset_class = filters.SuggestionFilter

    def rows(self) -> Any:
        return super().rows().current()

    @verb(AcceptInput, schema={"parameters": [IF_MATCH]})
    def accept(self, suggestion: Suggestion, **taken: Any) -> Suggestion:
        """Move the card as suggested. A stale version of the card is refused with where it lies now."""
        with version_of(self.request, taken.pop("version", None)) as version:
            return accept_suggestion(suggestion, by=self.by, version=version, **taken)

    @verb(RejectInput)
    def reject(self, suggestion: Suggestion, why: str) -> Suggestion:
        """Leave the rating as it is."""
        return reject_suggestion(suggestion, by=self.by, why=why)

    @verb(SuggestionDiscussInput)
    def discuss(self, suggestion: Suggestion, why: str = "") -> Suggestion:
        """Put the person on the agenda."""
        return discuss_suggestion(suggestion, by=self.by, why=why)
