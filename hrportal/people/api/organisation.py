"""What clients write about the organisation: units, jobs, seats, locations, legal entities."""

from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import StrictSerializer
from hrportal.common.filters import ResourceFilter, WordIn
from hrportal.common.resources import ResourceViewSet
from hrportal.people.actions import add_to_organisation, create_unit, edit_in_organisation, edit_unit, move_unit
from hrportal.people.api import filters
from hrportal.people.api import serializers as shown
from hrportal.people.api.employees import READ, WRITE
from hrportal.people.api.references import CodeField
from hrportal.people.enums import UnitKind
from hrportal.people.models import Job, LegalEntity, Location, OrgUnit, Position
from hrportal.people.models.organisation import Named

WRITES = ("create", "partial_update")
ACCESS = Access(scopes={"*": READ, **dict.fromkeys(WRITES, WRITE)})
PERMISSIONS = dict.fromkeys(WRITES, "people.edit_organisation")


class NamedInput(StrictSerializer):
    """`is_active: false` takes it out of use, once nobody is there any more."""

    code = serializers.CharField(max_length=100)
    name = serializers.CharField(max_length=200)
    is_active = serializers.BooleanField(required=False)

    def validate_code(self, code: str) -> str:
        if self.partial:
            raise serializers.ValidationError("A code stays: other systems know the row by it.")
        return code


class UnitInput(NamedInput):
    kind = serializers.ChoiceField(UnitKind.choices, required=False)
    parent = CodeField(OrgUnit.objects.filter(is_active=True), required=False)  # type: ignore[assignment]


class JobInput(NamedInput):
    family = serializers.CharField(max_length=100, required=False, allow_blank=True)
    level = serializers.IntegerField(min_value=0, max_value=32767, required=False, allow_null=True)


class PositionInput(NamedInput):
    job = CodeField(Job.objects.filter(is_active=True), required=False)
    org_unit = CodeField(OrgUnit.objects.filter(is_active=True), required=False)


class CountryInput(NamedInput):
    country = serializers.CharField(min_length=2, max_length=2, required=False, allow_blank=True)


class OrgUnitViewSet(ResourceViewSet):
    """The tree of units, each with the id of the one above."""

    access = ACCESS
    permission_map = PERMISSIONS
    queryset = OrgUnit.objects.order_by("id")
    serializer_class = shown.OrgUnitSerializer
    filterset_class = filters.OrgUnitFilter

    @extend_schema(request=UnitInput, responses={201: shown.OrgUnitSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Add a unit, below another one or at the top."""
        return self.changed(create_unit(by=self.by, **self.taken(UnitInput)), status=201)

    @extend_schema(request=UnitInput, responses=shown.OrgUnitSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Rename a unit, move it with all below it, or take it out of use."""
        unit, given = self.get_object(), self.taken(UnitInput, partial=True)
        with transaction.atomic():
            if "parent" in given:
                unit = move_unit(unit, by=self.by, parent=given.pop("parent"))
            unit = edit_unit(unit, by=self.by, **given)
        return self.changed(unit)


class NamedViewSet(ResourceViewSet):
    """Rows of the organisation that are known by a code."""

    access = ACCESS
    permission_map = PERMISSIONS
    model: type[Named]
    takes: type[NamedInput]

    def create(self, request: Request, **kwargs: Any) -> Response:
        return self.changed(add_to_organisation(self.model, by=self.by, **self.taken(self.takes)), status=201)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        row = edit_in_organisation(self.get_object(), by=self.by, **self.taken(self.takes, partial=True))
        return self.changed(row)


def _writes(takes: type[NamedInput], answers: type[serializers.BaseSerializer]) -> Any:
    """Describe what creating and changing take and answer."""
    return extend_schema_view(
        create=extend_schema(request=takes, responses={201: answers}),
        partial_update=extend_schema(request=takes, responses=answers),
    )


class JobRoleSerializer(serializers.ModelSerializer):
    """A job: what many people are employed as."""

    class Meta:
        model = Job
        fields = ["id", "code", "name", "family", "level", "is_active"]
        read_only_fields = fields


class LocationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Location
        fields = ["id", "code", "name", "country", "is_active"]
        read_only_fields = fields


class LegalEntitySerializer(serializers.ModelSerializer):
    class Meta:
        model = LegalEntity
        fields = ["id", "code", "name", "country", "is_active"]
        read_only_fields = fields


class CodesFilter(ResourceFilter):
    codes = WordIn(field_name="code", help_text="Codes, with commas between them.")


class JobFilter(CodesFilter):
    class Meta:
        model = Job
        fields: list[str] = []


class LocationFilter(CodesFilter):
    class Meta:
        model = Location
        fields: list[str] = []


class LegalEntityFilter(CodesFilter):
    class Meta:
        model = LegalEntity
        fields: list[str] = []


@_writes(PositionInput, shown.PositionSerializer)
class PositionViewSet(NamedViewSet):
    """Seats, with who sits on them."""

    model, takes = Position, PositionInput
    queryset = Position.objects.select_related("job", "org_unit", "incumbent").order_by("id")
    serializer_class = shown.PositionSerializer
    filterset_class = filters.PositionFilter


@_writes(JobInput, JobRoleSerializer)
class JobRoleViewSet(NamedViewSet):
    """Jobs, as people are employed in them. (`jobs` is the portal's own background work.)"""

    model, takes = Job, JobInput
    queryset = Job.objects.order_by("id")
    serializer_class = JobRoleSerializer
    filterset_class = JobFilter


@_writes(CountryInput, LocationSerializer)
class LocationViewSet(NamedViewSet):
    """Places of work."""

    model, takes = Location, CountryInput
    queryset = Location.objects.order_by("id")
    serializer_class = LocationSerializer
    filterset_class = LocationFilter


@_writes(CountryInput, LegalEntitySerializer)
class LegalEntityViewSet(NamedViewSet):
    """Companies that employ people."""

    model, takes = LegalEntity, CountryInput
    queryset = LegalEntity.objects.order_by("id")
    serializer_class = LegalEntitySerializer
    filterset_class = LegalEntityFilter
