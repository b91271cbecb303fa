"""How clients narrow lists of people."""

from typing import Any

import django_filters
from django.db.models import QuerySet, Value
from django.db.models.functions import Lower
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from hrportal.common.filters import ChangedFilter, ChoiceIn, FlagFilter, NumberIn, ResourceFilter, WordIn
from hrportal.people.enums import EmploymentStatus, UnitKind
from hrportal.people.models import Employee, OrgUnit, Position, User


class EmployeeFilter(ChangedFilter):
    """People who left are not listed unless they are asked for."""

    employee_numbers = WordIn(field_name="employee_number", help_text="Employee numbers, with commas between them.")
    remote_ids = WordIn(method="of_source", help_text="Ids in the source system, with commas between them.")
    work_emails = WordIn(
        method="at_addresses", help_text="Work e-mail addresses, in any case, with commas between them."
    )
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

    def at_addresses(self, queryset: Any, name: str, addresses: list[str]) -> QuerySet[Employee]:
        """Those with one of these addresses; in the words of the unique index, which leaves out whoever has none."""
        lowered = queryset.alias(lower_email=Lower("work_email"))
        return lowered.filter(lower_email__in=[Lower(Value(word)) for word in addresses]).exclude(work_email="")

    def of_source(self, queryset: Any, name: str, ids: list[str]) -> QuerySet[Employee]:
        """Those with one of these ids elsewhere; with `source` by the index of both."""
        return queryset.filter(remote_id__in=ids).exclude(remote_id="")

    def keep(self, queryset: QuerySet[Employee], name: str, value: bool) -> QuerySet[Employee]:
        return queryset


class AccountFilter(ResourceFilter):
    employee = NumberIn(field_name="employee_id", help_text="Ids of people, with commas between them.")
    employee_numbers = WordIn(field_name="employee__employee_number", help_text="Their employee numbers.")
    is_active = FlagFilter(help_text="false: closed accounts.")

    class Meta:
        model = User
        fields: list[str] = []


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
