"""Succession plans."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import ReasonInput
from hrportal.common.resources import ResourceViewSet, verb
from talent.actions import succession as steps
from talent.api import filters
from talent.api.serializers.succession import (
    BenchSerializer,
    NominationInput,
    OrderInput,
    ReadinessInput,
    RoleInput,
)
from talent.forms.succession import candidates_for
from talent.models import SuccessionPlan, Successor

READ, WRITE = "succession:read", "succession:write"


class SuccessionPlanViewSet(ResourceViewSet):
    """Critical roles and who could take them; nobody sees a bench that is about them."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "talent.designate_critical_role",
        "nominate": "talent.nominate_successor",
        "rank": "talent.rank_successors",
        "endorse": "talent.endorse_plan",
        "retire": "talent.retire_plan",
    }
    queryset = SuccessionPlan.objects.with_bench().order_by("id")
    serializer_class = BenchSerializer
    filterset_class = filters.SuccessionPlanFilter

    @extend_schema(request=RoleInput, responses={201: BenchSerializer})
    def create(self, request: Request) -> Response:
        """Say that a seat is critical, and why."""
        return self.changed(steps.designate_critical_role(by=self.by, **self.taken(RoleInput)), 201)

    @verb(takes=NominationInput)
    def nominate(self, plan: SuccessionPlan, *, employee: int, **said: str) -> SuccessionPlan:
        """Propose somebody for the bench."""
        person = candidates_for(plan, self.by).filter(pk=employee).first()
        if person is None:
            raise serializers.ValidationError({"employee": [_("This person cannot be put on this bench.")]})
        return steps.nominate_successor(plan, by=self.by, employee=person, **said).plan

    @verb(takes=OrderInput)
    def rank(self, plan: SuccessionPlan, *, order: list[int]) -> SuccessionPlan:
        """Put the whole bench in an order."""
        return steps.rank_successors(plan, by=self.by, order=order)

    @verb()
    def endorse(self, plan: SuccessionPlan) -> SuccessionPlan:
        """The bench was looked at today and still holds."""
        return steps.endorse_plan(plan, by=self.by)

    @verb()
    def retire(self, plan: SuccessionPlan) -> SuccessionPlan:
        """The role is no longer critical."""
        return steps.retire_plan(plan, by=self.by)

    @extend_schema(request=None, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/approve", url_name="approve")
    def approve(self, request: Request, pk: int, successor: int) -> Response:
        """A proposed successor counts from now on."""
        found = self._successor("talent.approve_successor")
        return self.changed(steps.approve_successor(found, by=self.by).plan)

    @extend_schema(request=ReadinessInput, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/readiness", url_name="readiness")
    def change_readiness(self, request: Request, pk: int, successor: int) -> Response:
        """Assess a successor again, today, and say why."""
        found = self._successor("talent.change_readiness")
        return self.changed(steps.change_readiness(found, by=self.by, **self.taken(ReadinessInput)).plan)

    @extend_schema(request=ReasonInput, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/remove", url_name="remove")
    def remove(self, request: Request, pk: int, successor: int) -> Response:
        """Take somebody off the bench; that they stood there stays known."""
        found = self._successor("talent.remove_successor")
        return self.changed(steps.remove_successor(found, by=self.by, **self.taken(ReasonInput)).plan)

    def _successor(self, permission: str) -> Any:
        bench = Successor.objects.filter(plan=self.get_object())
        people = bench.select_related("employee", "plan__position__org_unit", "plan__position__incumbent")
        return get_for_user(people, self.by, permission, pk=self.kwargs["successor"])
