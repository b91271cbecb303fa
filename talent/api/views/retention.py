"""Flight risks, where they are turned off, retention plans and what is done for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import version_of
from hrportal.common.filters import ChangedFilter, ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from talent.actions import flight_risks as risk_steps
from talent.actions import retention_plans as plan_steps
from talent.api.serializers.retention import (
    DoneInput,
    FlightRiskInput,
    FlightRiskSerializer,
    LookSerializer,
    NewRetentionPlanInput,
    OptOutInput,
    OptOutSerializer,
    RetentionActionInput,
    RetentionActionSerializer,
    RetentionCloseInput,
    RetentionPlanChange,
    RetentionPlanSerializer,
)
from talent.enums import RetentionState, RiskLevel
from talent.models import FlightRisk, FlightRiskOptOut, RetentionAction, RetentionPlan
from talent.retention.looks import look_at, looks_of

READ, WRITE = "retention:read", "retention:write"


class OfPerson(ChangedFilter):
    """By the person it is about."""

    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")


class FlightRiskFilter(OfPerson):
    likelihood = ChoiceIn(choices=RiskLevel.choices, help_text="Levels, with commas between them.")
    impact = ChoiceIn(choices=RiskLevel.choices, help_text="Levels, with commas between them.")
    is_current = FlagFilter(
        field_name="replaced_at", lookup_expr="isnull", help_text="true: without those that were replaced."
    )

    class Meta:
        model = FlightRisk
        fields: list[str] = []


class RetentionPlanFilter(OfPerson):
    state = ChoiceIn(choices=RetentionState.choices, help_text="States, with commas between them.")
    owner = NumberIn(field_name="owner_id", help_text="Ids of people, with commas between them.")

    class Meta:
        model = RetentionPlan
        fields: list[str] = []


class RetentionActionFilter(ResourceFilter):
    is_done = FlagFilter(method="by_done", help_text="false: what is still to do.")
    owner = NumberIn(field_name="owner_id", help_text="Ids of people, with commas between them.")

    class Meta:
        model = RetentionAction
        fields: list[str] = []

    def by_done(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.filter(done_at__isnull=not value)


class OptOutFilter(ResourceFilter):
    is_in_force = FlagFilter(field_name="lifted_at", lookup_expr="isnull", help_text="false: taken back.")

    class Meta:
        model = FlightRiskOptOut
        fields: list[str] = []


class FlightRiskViewSet(ResourceViewSet):
    """Flight risks of others: for keeping people and nothing else. Each that is read is noted with its reader."""

    access = Access(scopes={"list": READ, "retrieve": READ, "looks": READ, "*": WRITE})
    queryset = FlightRisk.objects.with_people().order_by("id")
    serializer_class = FlightRiskSerializer
    filterset_class = FlightRiskFilter

    def list(self, request: Request, **kwargs: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(look_at(page or [], by=self.by), many=True).data)

    def shown(self, row: Any, status: int = 200) -> Response:
        look_at([row], by=self.by)
        return super().shown(row, status)

    @extend_schema(request=FlightRiskInput, responses={201: FlightRiskSerializer})
    def create(self, request: Request) -> Response:
        """Assess somebody today; what was said before is kept as history."""
        given = self.taken(FlightRiskInput)
        employee = given.pop("employee")
        if not self.by.has_perm("talent.assess_flight_risk", employee):
            raise PermissionDenied
        return self.changed(risk_steps.assess_flight_risk(employee, by=self.by, **given), 201)

    @extend_schema(responses=LookSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def looks(self, request: Request, pk: int) -> Response:
        """Who looked at this person's flight risk, the last twenty times. For HR."""
        risk = self.get_object()
        viewer = self.by.viewer
        if not (viewer.is_client_for(risk.employee) or viewer.looks_after(risk.employee)):
            raise PermissionDenied
        return Response(LookSerializer(looks_of(risk.employee_id), many=True).data)


class OptOutViewSet(ResourceViewSet):
    """Where flight risk is turned off: nothing of it is shown, entered or exported there."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"create": "talent.turn_off_flight_risk", "lift": "talent.turn_on_flight_risk"}
    queryset = FlightRiskOptOut.objects.select_related("org_unit", "legal_entity", "set_by", "lifted_by").order_by("id")
    serializer_class = OptOutSerializer
    filterset_class = OptOutFilter

    @extend_schema(request=OptOutInput, responses={201: OptOutSerializer})
    def create(self, request: Request) -> Response:
        """Turn it off for a unit and all below it, or for a legal entity."""
        return self.changed(risk_steps.turn_off_flight_risk(by=self.by, **self.taken(OptOutInput)), 201)

    @verb()
    def lift(self, opt_out: FlightRiskOptOut) -> FlightRiskOptOut:
        """Take it back; what was entered before is shown again."""
        return risk_steps.turn_on_flight_risk(opt_out, by=self.by)


class RetentionPlanViewSet(ResourceViewSet):
    """Retention plans of others."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    takes_version = frozenset({"partial_update"})
    permission_map = {
        "partial_update": "talent.edit_retention_plan",
        "actions": "talent.add_retention_action",
        "close": "talent.close_retention_plan",
    }
    queryset = RetentionPlan.objects.with_content().order_by("id")
    serializer_class = RetentionPlanSerializer
    filterset_class = RetentionPlanFilter

    def shown(self, row: Any, status: int = 200) -> Response:
        return with_etag(super().shown(row, status), row.version)

    @extend_schema(request=NewRetentionPlanInput, responses={201: RetentionPlanSerializer})
    def create(self, request: Request) -> Response:
        """Open a plan for somebody."""
        given = self.taken(NewRetentionPlanInput)
        employee = given.pop("employee")
        if not self.by.has_perm("talent.open_retention_plan", employee):
            raise PermissionDenied
        return self.changed(plan_steps.open_retention_plan(employee, by=self.by, **given), 201)

    @extend_schema(parameters=[IF_MATCH], request=RetentionPlanChange, responses=RetentionPlanSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what an open plan says, on top of the version that was read."""
        plan = self.get_object()
        given = self.taken(RetentionPlanChange, partial=True)
        with version_of(request, given.pop("version", None)) as version:
            return self.changed(plan_steps.edit_retention_plan(plan, by=self.by, version=version, **given))

    @verb(takes=RetentionActionInput)
    def actions(self, plan: RetentionPlan, **given: Any) -> RetentionPlan:
        """Ask somebody to do something."""
        return plan_steps.add_retention_action(plan, by=self.by, **given).plan

    @verb(takes=RetentionCloseInput)
    def close(self, plan: RetentionPlan, **given: Any) -> RetentionPlan:
        """End the plan and say what came of it."""
        return plan_steps.close_retention_plan(plan, by=self.by, **given)


class RetentionActionViewSet(ResourceViewSet):
    """What people are asked to do: their own, and those of plans one reads."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"complete": "talent.complete_retention_action"}
    queryset = RetentionAction.objects.select_related("owner", "plan__employee__org_unit").order_by("id")
    serializer_class = RetentionActionSerializer
    filterset_class = RetentionActionFilter

    @verb(takes=DoneInput)
    def complete(self, action: RetentionAction, **given: Any) -> RetentionAction:
        """It is done."""
        return plan_steps.complete_retention_action(action, by=self.by, **given)
