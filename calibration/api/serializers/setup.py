"""Many sessions at once, as the API reads and shows them."""

from typing import Any

from rest_framework import serializers

from calibration.enums import Division
from calibration.models import CalibrationSession
from calibration.sessions.planning import Planned
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.enums import UnitKind
from hrportal.people.models import OrgUnit
from performance.models import ReviewCycle

LONGEST_TABLE = 1_000_000


class SetUpInput(StrictSerializer):
    """A session for each unit of a kind, each job family or each job level below a unit."""

    cycle = VisibleRow(queryset=ReviewCycle.objects.all())
    division = serializers.ChoiceField(choices=Division.choices)
    below = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    kind = serializers.ChoiceField(choices=UnitKind.choices, required=False, help_text="Required for units.")
    parent = VisibleRow(queryset=CalibrationSession.objects.all(), allow_null=True, required=False)  # type: ignore[assignment]
    pre_read_due_on = serializers.DateField(allow_null=True, required=False)
    due_on = serializers.DateField(allow_null=True, required=False)
    dry_run = serializers.BooleanField(default=False, help_text="Only say what would be made.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["division"] == Division.UNIT and "kind" not in given:
            raise serializers.ValidationError({"kind": self.fields["kind"].error_messages["required"]})
        return given


class SessionTableInput(StrictSerializer):
    """Sessions as CSV, one line each; all are made, or none."""

    cycle = VisibleRow(queryset=ReviewCycle.objects.all())
    text = serializers.CharField(max_length=LONGEST_TABLE, trim_whitespace=False)
    dry_run = serializers.BooleanField(default=False, help_text="Only check the lines.")


class PlannedSerializer(serializers.Serializer):
    """A session that would be made. `existing` is one about the same reviews, which is left as it is."""

    line = serializers.IntegerField(read_only=True, help_text="Of the table; 0 without one.")
    name = serializers.CharField(source="session.name", read_only=True)
    org_unit = NamedRef(source="session.org_unit", read_only=True, allow_null=True)
    job_family = serializers.CharField(source="session.job_family", read_only=True)
    job_level = serializers.IntegerField(source="session.job_level", read_only=True, allow_null=True)
    head = EmployeeRef(source="session.head", read_only=True, allow_null=True)
    reviews = serializers.IntegerField(read_only=True)
    submitted = serializers.IntegerField(read_only=True)
    participants = serializers.ListField(source="seats", child=serializers.IntegerField(), read_only=True)
    existing = serializers.SerializerMethodField()
    errors = serializers.ListField(child=serializers.CharField(), read_only=True)  # type: ignore[assignment]

    def get_existing(self, planned: Planned) -> int | None:
        return planned.existing.pk if planned.existing else None


class MadeSerializer(serializers.Serializer):
    """The ids of what was made and of what was there already; on a dry run, what would be made."""

    created = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    existing = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    planned = PlannedSerializer(many=True, read_only=True)
