"""Goals and feedback."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from performance.actions.feedback import give_feedback
from performance.actions.goals import check_in, close_objective, create_objective
from performance.api import filters
from performance.api.serializers.goals import (
    CheckInInput,
    CheckInSerializer,
    FeedbackInput,
    FeedbackSerializer,
    GoalCloseInput,
    ObjectiveInput,
    ObjectiveSerializer,
)
from performance.models import CheckIn, Feedback, Objective

READ, WRITE = "goals:read", "goals:write"


class ObjectiveViewSet(ResourceViewSet):
    """Goals: everyone's company and unit goals, and the personal ones the reader may see."""

    access = Access(scopes={"list": READ, "retrieve": READ, "check_ins": READ, "*": WRITE})
    permission_map = {"close": "performance.close_objective"}
    queryset = Objective.objects.with_results().order_by("id")
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


class FeedbackViewSet(ResourceViewSet):
    """Feedback the person acted for may read. A client by itself reads none."""

    access = Access(scopes={"list": "reviews:read", "retrieve": "reviews:read", "create": "reviews:write"})
    permission_map = {"create": "performance.give_feedback"}
    queryset = Feedback.objects.select_related("giver", "recipient").order_by("id")
    serializer_class = FeedbackSerializer
    filterset_class = filters.FeedbackFilter

    @extend_schema(request=FeedbackInput, responses={201: FeedbackSerializer})
    def create(self, request: Request) -> Response:
        """Say something to a colleague."""
        return self.changed(give_feedback(by=self.by, **self.taken(FeedbackInput)), 201)
