"""Development plans."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.resources import ResourceViewSet, verb
from talent.actions import development as steps
from talent.api import filters
from talent.api.serializers.development import (
    ActionChange,
    ActionInput,
    CloseInput,
    EvidenceInput,
    ItemCheckInInput,
    ItemInput,
    NewItemInput,
    PlanDetailSerializer,
    PlanSerializer,
)
from talent.models import DevelopmentPlan, PlanAction, PlanItem

READ, WRITE = "development:read", "development:write"
ITEMS = PlanItem.objects.select_related("competency", "owner", "plan__employee__org_unit").prefetch_related(
    "actions__owner", "check_ins__by"
)


class PlanViewSet(ResourceViewSet):
    """Development plans: one for a person, for both disciplines."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"complete": "talent.complete_plan"}
    queryset = DevelopmentPlan.objects.select_related("employee__org_unit").order_by("id")
    serializer_class = PlanSerializer
    detail_serializer_class = PlanDetailSerializer
    filterset_class = filters.PlanFilter

    def rows(self) -> Any:
        if self.action == "list":
            return super().rows()
        items = ITEMS.visible_to(self.by)
        return super().rows().prefetch_related(Prefetch("items", items, to_attr="shown_items"))

    @verb()
    def complete(self, plan: DevelopmentPlan) -> DevelopmentPlan:
        """Say that a plan has done its work; what is still open in it is dropped."""
        return steps.complete_plan(plan, by=self.by)

    @extend_schema(request=NewItemInput, responses={201: PlanDetailSerializer})
    @action(detail=False, methods=["post"], url_path="items")
    def add_item(self, request: Request) -> Response:
        """Write an item into somebody's open plan, opening one if there is none."""
        fields = self.taken(NewItemInput)
        employee = fields.pop("employee")
        if not self.by.has_perm("talent.add_item", employee):
            raise PermissionDenied
        return self.changed(steps.add_item(employee, by=self.by, **fields).plan, 201)

    @extend_schema(request=ItemInput, responses=PlanDetailSerializer)
    @action(detail=True, methods=["patch"], url_path="items/<int:item>", url_name="item")
    def edit_item(self, request: Request, pk: int, item: int) -> Response:
        """Change what an open item says."""
        found = self._item("talent.edit_item")
        return self.changed(steps.edit_item(found, by=self.by, **self.taken(ItemInput, partial=True)).plan)

    @extend_schema(request=CloseInput, responses=PlanDetailSerializer)
    @action(detail=True, methods=["post"], url_path="items/<int:item>/close", url_name="item-close")
    def close_item(self, request: Request, pk: int, item: int) -> Response:
        """The gap is closed, or nobody pursues it any longer. A level below the target is recorded and leaves the item open."""
        found = self._item("talent.close_item")
        given = self.taken(CloseInput)
        if given.get("level") and not self.by.has_perm("talent.assess_item", found):
            raise PermissionDenied
        return self.changed(steps.close_item(found, by=self.by, **given).plan)

    @extend_schema(request=ItemCheckInInput, responses={201: PlanDetailSerializer})
    @action(detail=True, methods=["post"], url_path="items/<int:item>/check-ins", url_name="item-check-ins")
    def check_in(self, request: Request, pk: int, item: int) -> Response:
        """Note how an item stands on a day."""
        found = self._item("talent.check_in_item")
        return self.changed(steps.check_in_item(found, by=self.by, **self.taken(ItemCheckInInput)).item.plan, 201)

    @extend_schema(request=ActionInput, responses={201: PlanDetailSerializer})
    @action(detail=True, methods=["post"], url_path="items/<int:item>/actions", url_name="item-actions")
    def add_action(self, request: Request, pk: int, item: int) -> Response:
        """Agree something that somebody does about an open item."""
        found = self._item("talent.add_action")
        return self.changed(steps.add_action(found, by=self.by, **self.taken(ActionInput)).item.plan, 201)

    @extend_schema(request=ActionChange, responses=PlanDetailSerializer)
    @action(detail=True, methods=["patch"], url_path="actions/<int:act>", url_name="action")
    def edit_action(self, request: Request, pk: int, act: int) -> Response:
        """Change what an action says, or how far it is."""
        found = self._act("talent.edit_action")
        return self.changed(steps.edit_action(found, by=self.by, **self.taken(ActionChange, partial=True)).item.plan)

    @extend_schema(request=EvidenceInput, responses=PlanDetailSerializer)
    @action(detail=True, methods=["post"], url_path="actions/<int:act>/complete", url_name="action-complete")
    def complete_action(self, request: Request, pk: int, act: int) -> Response:
        """It is done."""
        found = self._act("talent.complete_action")
        return self.changed(steps.complete_action(found, by=self.by, **self.taken(EvidenceInput)).item.plan)

    def _act(self, permission: str) -> PlanAction:
        rows = PlanAction.objects.filter(item__plan=self.get_object())
        return get_for_user(
            rows.select_related("item__plan__employee__org_unit"), self.by, permission, pk=self.kwargs["act"]
        )

    def _item(self, permission: str) -> PlanItem:
        items = PlanItem.objects.filter(plan=self.get_object()).select_related("plan__employee__org_unit")
        return get_for_user(items, self.by, permission, pk=self.kwargs["item"])
