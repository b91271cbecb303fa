"""Goals."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.bulk import BulkVerbs
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import STARTS_JOB, started
from performance.actions.goal_periods import carry_over, close_goal_period, create_goal_period, edit_goal_period
from performance.actions.goal_templates import (
    archive_goal_template,
    assign_goals,
    create_goal_template,
    edit_goal_template,
    reach_of,
    withdraw_goal_assignment,
)
from performance.actions.goals import check_in, close_objective, create_objective, edit_objective
from performance.api import filters
from performance.api.serializers.goals import (
    CarryOverInput,
    CheckInInput,
    CheckInSerializer,
    CloseGoalPeriodInput,
    GoalAssignInput,
    GoalAssignmentSerializer,
    GoalCloseInput,
    GoalPeriodInput,
    GoalPeriodSerializer,
    GoalTemplateChange,
    GoalTemplateInput,
    GoalTemplateSerializer,
    ObjectiveChange,
    ObjectiveInput,
    ObjectiveSerializer,
    ReachSerializer,
)
from performance.models import CheckIn, GoalAssignment, GoalPeriod, GoalTemplate, Objective

READ, WRITE = "goals:read", "goals:write"
PLACE = {"level", "owner", "org_unit"}


class ObjectiveViewSet(BulkVerbs):
    """Goals: everyone's company and unit goals, and the personal ones the reader may see."""

    access = Access(scopes={"list": READ, "retrieve": READ, "check_ins": READ, "*": WRITE})
    bulk_verbs = ("carry_over", "close")
    permission_map = {
        "partial_update": "performance.edit_objective",
        "close": "performance.close_objective",
        "carry_over": "performance.carry_over",
    }
    queryset = Objective.objects.with_results().with_staleness().order_by("id")
    serializer_class = ObjectiveSerializer
    filterset_class = filters.ObjectiveFilter

    @extend_schema(request=ObjectiveInput, responses={201: ObjectiveSerializer})
    def create(self, request: Request) -> Response:
        """Set a goal with its key results."""
        fields = self.taken(ObjectiveInput)
        goal = Objective(**{name: value for name, value in fields.items() if name != "key_results"})
        if not self.by.has_perm("performance.create_objective", goal):
            raise PermissionDenied
        return self.changed(create_objective(by=self.by, **fields), 201)

    @extend_schema(request=ObjectiveChange, responses=ObjectiveSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a goal and its key results. What was measured is never dropped."""
        goal, fields = self.get_object(), self.taken(ObjectiveChange, partial=True)
        if PLACE & fields.keys():
            placed = Objective(**{name: fields.get(name, getattr(goal, name)) for name in PLACE})
            if not self.by.has_perm("performance.create_objective", placed):
                raise PermissionDenied
        return self.changed(edit_objective(goal, by=self.by, **fields))

    @verb(takes=CarryOverInput, schema={"responses": {201: ObjectiveSerializer}})
    def carry_over(self, objective: Objective, *, period: GoalPeriod) -> Response:
        """Let an unfinished goal go on in another period, from where it stands. Twice is once."""
        return self.changed(carry_over(objective, by=self.by, period=period), 201)

    @verb(takes=GoalCloseInput)
    def close(self, objective: Objective, *, is_cancelled: bool = False) -> Objective:
        """End a goal; its history stays."""
        return close_objective(objective, by=self.by, is_cancelled=is_cancelled)

    @extend_schema(responses=CheckInSerializer(many=True), filters=False)
    @action(detail=True, url_path="check-ins", pagination_class=None)
    def check_ins(self, request: Request, pk: int) -> Response:
        """Every measurement of the goal, newest first."""
        rows = CheckIn.objects.filter(key_result__objective=self.get_object()).select_related("made_by")
        return Response(CheckInSerializer(rows, many=True).data)

    @extend_schema(request=CheckInInput, responses={201: CheckInSerializer})
    @check_ins.mapping.post
    def check_in(self, request: Request, pk: int) -> Response:
        """Measure one of the goal's key results now."""
        objective, taken = self.get_object(), self.taken(CheckInInput)
        results = objective.key_results.select_related("objective__owner__org_unit", "objective__org_unit")
        result = get_object_or_404(results, pk=taken.pop("key_result"))
        if not self.by.has_perm("performance.check_in", result):
            raise PermissionDenied
        return Response(CheckInSerializer(check_in(result, by=self.by, **taken)).data, status=201)


class GoalPeriodViewSet(ResourceViewSet):
    """Years, halves or quarters that goals belong to."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "performance.create_goal_period",
        "partial_update": "performance.edit_goal_period",
        "close": "performance.close_goal_period",
    }
    queryset = GoalPeriod.objects.order_by("id")
    serializer_class = GoalPeriodSerializer
    filterset_class = filters.GoalPeriodFilter

    @extend_schema(request=GoalPeriodInput, responses={201: GoalPeriodSerializer})
    def create(self, request: Request) -> Response:
        """Open a period."""
        return self.changed(create_goal_period(by=self.by, **self.taken(GoalPeriodInput)), 201)

    @extend_schema(request=GoalPeriodInput, responses=GoalPeriodSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change the name or days of an open period."""
        period, fields = self.get_object(), self.taken(GoalPeriodInput, partial=True)
        return self.changed(edit_goal_period(period, by=self.by, **fields))

    @verb(takes=CloseGoalPeriodInput, schema=STARTS_JOB)
    def close(self, period: GoalPeriod, *, carry_to: GoalPeriod | None = None) -> Response:
        """End its goals or carry unfinished ones over, then close it for good, in the background."""
        return started(close_goal_period(period, by=self.by, carry_to=carry_to), self)


class GoalTemplateViewSet(ResourceViewSet):
    """Goals written once, to be set for many."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "performance.create_goal_template",
        "partial_update": "performance.edit_goal_template",
        "archive": "performance.archive_goal_template",
        "assign": "performance.assign_goals",
        "reach": "performance.assign_goals",
    }
    queryset = GoalTemplate.objects.prefetch_related("key_results").order_by("id")
    serializer_class = GoalTemplateSerializer
    filterset_class = filters.GoalTemplateFilter

    @extend_schema(request=GoalTemplateInput, responses={201: GoalTemplateSerializer})
    def create(self, request: Request) -> Response:
        """Write a template."""
        return self.changed(create_goal_template(by=self.by, **self.taken(GoalTemplateInput)), 201)

    @extend_schema(request=GoalTemplateChange, responses=GoalTemplateSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a template; what was assigned from it stays as it is."""
        template, fields = self.get_object(), self.taken(GoalTemplateChange, partial=True)
        return self.changed(edit_goal_template(template, by=self.by, **fields))

    @verb()
    def archive(self, template: GoalTemplate) -> GoalTemplate:
        """Offer a template no longer."""
        return archive_goal_template(template, by=self.by)

    @verb(takes=GoalAssignInput, schema={"responses": ReachSerializer})
    def reach(self, template: GoalTemplate, **fields: Any) -> Response:
        """How many people an assignment would reach. Changes nothing."""
        assignment = GoalAssignment(template=template, **fields)
        return Response({"people": reach_of(assignment, self.by.viewer).count()})

    @verb(takes=GoalAssignInput, schema=STARTS_JOB)
    def assign(self, template: GoalTemplate, **fields: Any) -> Response:
        """Set the goal for everyone the filter names, each exactly once, in the background."""
        return started(assign_goals(template, by=self.by, **fields)[1], self)


class GoalAssignmentViewSet(ResourceViewSet):
    """What was set for many at once."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"withdraw": "performance.withdraw_goal_assignment"}
    queryset = GoalAssignment.objects.with_names().order_by("id")
    serializer_class = GoalAssignmentSerializer
    filterset_class = filters.GoalAssignmentFilter

    @verb()
    def withdraw(self, assignment: GoalAssignment) -> GoalAssignment:
        """Take the goal back from everyone who has not begun to measure it."""
        return withdraw_goal_assignment(assignment, by=self.by)
