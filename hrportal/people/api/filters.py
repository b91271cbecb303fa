"""How clients narrow lists of people."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from hrportal.common.filters import ChangedFilter, ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from hrportal.people.enums import EmploymentStatus, UnitKind
from hrportal.people.models import Employee, OrgUnit, Position


class EmployeeFilter(ChangedFilter):
    """People who left are not listed unless they are asked for."""

    employee_numbers = WordIn(field_name="employee_number", help_text="Employee numbers, with commas between them.")
    remote_ids = WordIn(field_name="remote_id", help_text="Ids in the source system, with commas between them.")
    source = django_filters.CharFilter(help_text="The source system.")
    status = ChoiceIn(choices=EmploymentStatus.choices, help_text="Statuses, with commas between them.")
    manager = NumberIn(field_name="manager_id", help_text="Ids of managers, with commas between them: direct reports.")
    unit = django_filters.ModelChoiceFilter(
        queryset=OrgUnit.objects.all(),
        method="in_unit",
        help_text="Id of a unit: everyone in it and in units below it.",
    )
    include_deleted = FlagFilter(method="keep", help_text="true: with those who left.")

    class Meta:
        model = Employee
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Employee]) -> QuerySet[Employee]:
        asked = self.form.cleaned_data
        if not asked.get("include_deleted") and not asked.get("status"):
            queryset = queryset.exclude(status=EmploymentStatus.LEFT)
        return super().filter_queryset(queryset)

    @extend_schema_field(OpenApiTypes.INT)
    def in_unit(self, queryset: Any, name: str, unit: OrgUnit) -> QuerySet[Employee]:
        return queryset.in_unit(unit)

    def keep(self, queryset: QuerySet[Employee], name: str, value: bool) -> QuerySet[Employee]:
        return queryset


class OrgUnitFilter(ResourceFilter):
    codes = WordIn(field_name="code", help_text="Codes, with commas between them.")
    kind = ChoiceIn(choices=UnitKind.choices, help_text="Kinds, with commas between them.")
    parent = NumberIn(field_name="parent_id", help_text="Ids of the units directly above.")

    class Meta:
        model = OrgUnit
        fields: list[str] = []


class PositionFilter(ResourceFilter):
    codes = WordIn(field_name="code", help_text="Codes, with commas between them.")

    class Meta:
        model = Position
        fields: list[str] = []
