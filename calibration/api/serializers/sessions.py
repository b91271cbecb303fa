"""Sessions as the API shows and reads them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.enums import Rounding, Seating
from calibration.models import CalibrationSession
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef, TitledRef
from hrportal.people.models import Employee, OrgUnit
from performance.models import ReviewCycle

PEOPLE = Employee.objects.employed()


class SessionSerializer(serializers.ModelSerializer):
    """Reviews of one cycle, looked at together: those of a unit, job family, job level, or below one head."""

    cycle = TitledRef(read_only=True)
    parent = TitledRef(read_only=True, allow_null=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    head = EmployeeRef(read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True, allow_null=True)
    facilitator = EmployeeRef(read_only=True, allow_null=True)
    co_facilitator = EmployeeRef(read_only=True, allow_null=True)
    participants = serializers.SerializerMethodField()
    is_late = serializers.BooleanField(read_only=True)
    completion_job = serializers.IntegerField(source="completion_job_id", read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = CalibrationSession
        fields = [
            "id",
            "name",
            "cycle",
            "parent",
            "org_unit",
            "job_family",
            "job_level",
            "head",
            "owner",
            "facilitator",
            "co_facilitator",
            "participants",
            "state",
            "rounding",
            "pre_read_due_on",
            "due_on",
            "is_late",
            "opened_at",
            "locked_at",
            "completion_job",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(EmployeeRef(many=True))
    def get_participants(self, session: CalibrationSession) -> Any:
        return EmployeeRef([row.employee for row in session.participants.all()], many=True).data


class SessionChange(StrictSerializer):
    """What can be said of a session. What it is about can change only before anything lies on its board."""

    name = serializers.CharField(max_length=120)
    parent = VisibleRow(queryset=CalibrationSession.objects.all(), allow_null=True, required=False)  # type: ignore[assignment]
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    job_family = serializers.CharField(max_length=100, allow_blank=True, required=False)
    job_level = serializers.IntegerField(min_value=0, max_value=32767, allow_null=True, required=False)
    head = VisibleRow(queryset=PEOPLE, allow_null=True, required=False)
    owner = VisibleRow(queryset=PEOPLE, allow_null=True, required=False)
    facilitator = VisibleRow(queryset=PEOPLE, allow_null=True, required=False)
    co_facilitator = VisibleRow(queryset=PEOPLE, allow_null=True, required=False)
    participants = VisibleRow(queryset=PEOPLE, many=True, required=False)
    seats = serializers.ChoiceField(choices=Seating.choices, allow_blank=True, required=False)
    rounding = serializers.ChoiceField(choices=Rounding.choices, required=False)
    pre_read_due_on = serializers.DateField(allow_null=True, required=False)
    due_on = serializers.DateField(allow_null=True, required=False)


class SessionInput(SessionChange):
    """Without participants, the managers who write the reviews sit at the table."""

    cycle = VisibleRow(queryset=ReviewCycle.objects.all())


class FilledSerializer(serializers.Serializer):
    """How many reviews came to lie on the board."""

    added = serializers.IntegerField(read_only=True)


class PreparationFindingSerializer(serializers.Serializer):
    """Something that is missing before a session can open well, and what to do."""

    code = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)
    advice = serializers.CharField(read_only=True)
    is_blocking = serializers.BooleanField(read_only=True, help_text="Whether the session cannot open before.")


class PreparationSerializer(serializers.Serializer):
    """How far the preparation of a session is, counted over what the reader may know of."""

    on_board = serializers.IntegerField(read_only=True)
    waiting = serializers.IntegerField(read_only=True, help_text="Submitted reviews that lie in no session.")
    unrated = serializers.IntegerField(read_only=True)
    elsewhere = serializers.IntegerField(read_only=True, help_text="Reviews that lie in another session.")
    findings = PreparationFindingSerializer(many=True, read_only=True)
