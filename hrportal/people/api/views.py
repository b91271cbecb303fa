"""The directory and the organisation over the API."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet
from hrportal.people.api import filters, serializers
from hrportal.people.models import Employee, OrgUnit, Position

DIRECTORY = Access(scopes={"*": "employees:read"})


class EmployeeViewSet(ResourceViewSet):
    """Employees as they are today."""

    access = DIRECTORY
    queryset = Employee.objects.select_related(
        "manager", "org_unit", "job", "position", "location", "legal_entity"
    ).order_by("id")
    serializer_class = serializers.EmployeeSerializer
    filterset_class = filters.EmployeeFilter


class OrgUnitViewSet(ResourceViewSet):
    """The tree of units, each with the id of the one above."""

    access = DIRECTORY
    queryset = OrgUnit.objects.order_by("id")
    serializer_class = serializers.OrgUnitSerializer
    filterset_class = filters.OrgUnitFilter


class PublicRows(ResourceViewSet):
    """Rows that are everyone's: whoever may come here sees them all."""

    access = DIRECTORY

    def get_queryset(self) -> QuerySet:
        return self.rows()

    def get_object(self) -> Any:
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])


class PositionViewSet(ResourceViewSet):
    """Seats, with who sits on them."""

    access = DIRECTORY
    queryset = Position.objects.select_related("job", "org_unit", "incumbent").order_by("id")
    serializer_class = serializers.PositionSerializer
    filterset_class = filters.PositionFilter
