"""Improvement plans: for a person by their session or their own access token, never for a client, by itself or for somebody."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import ReasonInput, version_of
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.common.sessions import PersonSession
from hrportal.people.tokens import PersonalTokenAuthentication
from performance import actions
from performance.api.filters import ImprovementPlanFilter
from performance.api.serializers import improvement as serializers
from performance.models import ImprovementPlan, ImprovementRemark, ImprovementStep

RECORD: dict[str, Any] = {"responses": serializers.ImprovementStepSerializer(many=True), "filters": False}
ENTRIES: dict[str, Any] = {"responses": serializers.ImprovementEntrySerializer(many=True), "filters": False}
REMARKS: dict[str, Any] = {"responses": serializers.ImprovementRemarkSerializer(many=True), "filters": False}


class ImprovementPlanViewSet(ResourceViewSet):
    """Improvement plans a person may read: by their session, or by an access token of theirs. No client, for anybody."""

    access = Access(scopes={"*": ""})
    authentication_classes = [PersonalTokenAuthentication, PersonSession]
    takes_version = frozenset({"partial_update", "amend"})
    permission_map = {
        "partial_update": "performance.edit_improvement_plan",
        "amend": "performance.amend_improvement_plan",
        "submit": "performance.submit_improvement_plan",
        "return_": "performance.return_improvement_plan",
        "approve": "performance.approve_improvement_plan",
        "acknowledge": "performance.acknowledge_improvement_plan",
        "pause": "performance.pause_improvement_plan",
        "resume": "performance.resume_improvement_plan",
        "extend": "performance.extend_improvement_plan",
        "hand_over": "performance.hand_over_improvement_plan",
        "close": "performance.close_improvement_plan",
        "withdraw": "performance.withdraw_improvement_plan",
        "judge": "performance.judge_improvement_milestone",
        "respond": "performance.respond_to_improvement_plan",
        "check_in": "performance.check_in_improvement_plan",
        "add_evidence": "performance.add_improvement_evidence",
        "remark": "performance.remark_on_improvement_plan",
    }
    queryset = ImprovementPlan.objects.with_content().order_by("id")
    serializer_class = serializers.ImprovementPlanSerializer
    filterset_class = ImprovementPlanFilter

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.by.viewer.scopes is not None:
            raise Http404

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        plan = self.get_object()
        return with_etag(self.shown(plan), plan.version)

    @extend_schema(request=serializers.NewPlanInput, responses={201: serializers.ImprovementPlanSerializer})
    def create(self, request: Request) -> Response:
        """Draft a plan for somebody one leads."""
        taken = self.taken(serializers.NewPlanInput)
        if not self.by.has_perm("performance.create_improvement_plan", taken["employee"]):
            raise PermissionDenied
        return self.changed(actions.create_improvement_plan(by=self.by, **taken), 201)

    @extend_schema(request=serializers.PlanChangeInput, parameters=[IF_MATCH])
    def partial_update(self, request: Request, pk: int) -> Response:
        """Go on with a draft."""
        plan, taken = self.get_object(), self.taken(serializers.PlanChangeInput)
        with version_of(request, taken.get("version")) as version:
            changes = serializers.content_given(taken)
            plan = actions.edit_improvement_plan(plan, by=self.by, version=version, changes=changes)
        return with_etag(self.changed(plan), plan.version)

    @extend_schema(request=serializers.PlanAmendInput, parameters=[IF_MATCH])
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: int) -> Response:
        """Change what is agreed after the employee saw it; they are asked to read it again."""
        plan, taken = self.get_object(), self.taken(serializers.PlanAmendInput)
        with version_of(request, taken.get("version")) as version:
            changes = serializers.content_given(taken)
            plan = actions.amend_improvement_plan(
                plan, by=self.by, version=version, changes=changes, reason=taken["why"]
            )
        return with_etag(self.changed(plan), plan.version)

    @verb()
    def submit(self, plan: ImprovementPlan) -> ImprovementPlan:
        """Hand the draft to HR."""
        return actions.submit_improvement_plan(plan, by=self.by)

    @verb(takes=ReasonInput)
    def return_(self, plan: ImprovementPlan, *, reason: str) -> ImprovementPlan:
        """Send the plan back to its manager."""
        return actions.return_improvement_plan(plan, by=self.by, reason=reason)

    @verb()
    def approve(self, plan: ImprovementPlan) -> ImprovementPlan:
        """Open the plan to the employee."""
        return actions.approve_improvement_plan(plan, by=self.by)

    @verb(takes=serializers.PlanAcknowledgeInput)
    def acknowledge(self, plan: ImprovementPlan, *, version: int, comment: str = "") -> ImprovementPlan:
        """The employee has read this version."""
        return actions.acknowledge_improvement_plan(plan, by=self.by, version=version, comment=comment)

    @verb(takes=ReasonInput)
    def pause(self, plan: ImprovementPlan, *, reason: str) -> ImprovementPlan:
        """Let the plan rest."""
        return actions.pause_improvement_plan(plan, by=self.by, reason=reason)

    @verb()
    def resume(self, plan: ImprovementPlan) -> ImprovementPlan:
        """Go on after a pause."""
        return actions.resume_improvement_plan(plan, by=self.by)

    @verb(takes=serializers.PlanExtensionInput)
    def extend(self, plan: ImprovementPlan, **taken: Any) -> ImprovementPlan:
        """Give more time."""
        return actions.extend_improvement_plan(plan, by=self.by, **taken)

    @verb(takes=serializers.PlanHandOverInput)
    def hand_over(self, plan: ImprovementPlan, **taken: Any) -> ImprovementPlan:
        """Give the plan another manager."""
        return actions.hand_over_improvement_plan(plan, by=self.by, **taken)

    @verb(takes=serializers.PlanCloseInput)
    def close(self, plan: ImprovementPlan, **taken: Any) -> ImprovementPlan:
        """End the plan with its outcome."""
        return actions.close_improvement_plan(plan, by=self.by, **taken)

    @verb(takes=ReasonInput)
    def withdraw(self, plan: ImprovementPlan, *, reason: str) -> ImprovementPlan:
        """End the plan without an outcome."""
        return actions.withdraw_improvement_plan(plan, by=self.by, reason=reason)

    @verb(takes=serializers.MilestoneResultInput)
    def judge(self, plan: ImprovementPlan, *, milestone: int, **taken: Any) -> ImprovementPlan:
        """Say what became of one of the milestones."""
        row = get_object_or_404(plan.milestones.select_related("plan"), pk=milestone)
        return actions.judge_improvement_milestone(row, by=self.by, **taken).plan

    @extend_schema(**RECORD)
    @action(detail=True, pagination_class=None)
    def record(self, request: Request, pk: int) -> Response:
        """Every step with what the plan said then, newest first; the employee's own begins with the opening."""
        steps = ImprovementStep.objects.visible_to(self.by).filter(plan=self.get_object())
        return Response(serializers.ImprovementStepSerializer(steps.select_related("made_by"), many=True).data)

    @extend_schema(**ENTRIES)
    @action(detail=True, pagination_class=None)
    def entries(self, request: Request, pk: int) -> Response:
        """Check-ins, evidence and responses, newest first."""
        rows = self.get_object().entries.select_related("made_by")
        return Response(serializers.ImprovementEntrySerializer(rows, many=True).data)

    @verb(takes=serializers.PlanTextInput, schema={"responses": {201: serializers.ImprovementEntrySerializer}})
    def respond(self, plan: ImprovementPlan, *, text: str) -> Response:
        """The employee says something to the plan."""
        return _entry(actions.respond_to_improvement_plan(plan, by=self.by, text=text))

    @verb(takes=serializers.PlanCheckInInput, schema={"responses": {201: serializers.ImprovementEntrySerializer}})
    def check_in(self, plan: ImprovementPlan, **taken: Any) -> Response:
        """Note what was said when both sides met."""
        return _entry(actions.check_in_improvement_plan(plan, by=self.by, **taken))

    @verb(takes=serializers.PlanEvidenceInput, schema={"responses": {201: serializers.ImprovementEntrySerializer}})
    def add_evidence(self, plan: ImprovementPlan, **taken: Any) -> Response:
        """Add a piece of evidence."""
        return _entry(actions.add_improvement_evidence(plan, by=self.by, **taken))

    @extend_schema(**REMARKS)
    @action(detail=True, pagination_class=None)
    def remarks(self, request: Request, pk: int) -> Response:
        """Remarks the employee does not read; what HR keeps to itself is there for HR."""
        rows = ImprovementRemark.objects.visible_to(self.by).filter(plan=self.get_object())
        return Response(serializers.ImprovementRemarkSerializer(rows.select_related("made_by"), many=True).data)

    @verb(takes=serializers.PlanRemarkInput, schema={"responses": {201: serializers.ImprovementRemarkSerializer}})
    def remark(self, plan: ImprovementPlan, **taken: Any) -> Response:
        """Note a remark."""
        made = actions.remark_on_improvement_plan(plan, by=self.by, **taken)
        return Response(serializers.ImprovementRemarkSerializer(made).data, status=201)


def _entry(row: Any) -> Response:
    return Response(serializers.ImprovementEntrySerializer(row).data, status=201)
