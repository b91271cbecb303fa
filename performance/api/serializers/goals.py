"""Goals and feedback."""

from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Employee, OrgUnit
from performance.enums import Confidence
from performance.models import CheckIn, Feedback, KeyResult, Objective


class KeyResultSerializer(serializers.ModelSerializer):
    """Something measurable. `progress` is computed, 0 to 100, and empty until the first check-in."""

    progress = serializers.DecimalField(max_digits=5, decimal_places=1, read_only=True, allow_null=True)

    class Meta:
        model = KeyResult
        fields = [
            "id",
            "title",
            "measure",
            "unit",
            "baseline",
            "target",
            "current",
            "progress",
            "weight",
            "due_on",
            "last_check_in_at",
        ]
        read_only_fields = fields


class ObjectiveSerializer(serializers.ModelSerializer):
    """A goal with its key results. `parent` is the id of the goal it contributes to."""

    owner = EmployeeRef(read_only=True, allow_null=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    progress = serializers.DecimalField(max_digits=5, decimal_places=1, read_only=True, allow_null=True)
    key_results = KeyResultSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Objective
        fields = [
            "id",
            "title",
            "description",
            "level",
            "kind",
            "state",
            "owner",
            "org_unit",
            "parent",
            "weight",
            "starts_on",
            "due_on",
            "progress",
            "key_results",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class KeyResultInput(StrictSerializer, serializers.ModelSerializer):
    class Meta:
        model = KeyResult
        fields = ["title", "measure", "unit", "baseline", "target", "weight", "due_on"]


class ObjectiveInput(StrictSerializer, serializers.ModelSerializer):
    owner = serializers.PrimaryKeyRelatedField(
        queryset=Employee.objects.select_related("org_unit"), allow_null=True, required=False
    )
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    parent = VisibleRow(  # type: ignore[assignment]
        queryset=Objective.objects.all(), allow_null=True, required=False
    )
    key_results = KeyResultInput(many=True, required=False)

    class Meta:
        model = Objective
        fields = [
            "title",
            "description",
            "level",
            "kind",
            "owner",
            "org_unit",
            "parent",
            "weight",
            "starts_on",
            "due_on",
            "key_results",
        ]


class CheckInInput(StrictSerializer):
    key_result = serializers.IntegerField(min_value=1, help_text="Id of one of the goal's key results.")
    value = serializers.DecimalField(max_digits=16, decimal_places=2)
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False)
    note = serializers.CharField(allow_blank=True, max_length=5000, required=False)


class CheckInSerializer(serializers.ModelSerializer):
    made_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = CheckIn
        fields = ["id", "key_result", "value", "confidence", "note", "made_by", "made_at"]
        read_only_fields = fields


class GoalCloseInput(StrictSerializer):
    is_cancelled = serializers.BooleanField(required=False, help_text="true when the goal is no longer wanted.")


class FeedbackSerializer(serializers.ModelSerializer):
    giver = EmployeeRef(read_only=True)
    recipient = EmployeeRef(read_only=True)

    class Meta:
        model = Feedback
        fields = ["id", "giver", "recipient", "kind", "visibility", "text", "competency", "objective", "given_at"]
        read_only_fields = fields


class FeedbackInput(StrictSerializer, serializers.ModelSerializer):
    recipient = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all())

    class Meta:
        model = Feedback
        fields = ["recipient", "kind", "visibility", "text", "competency"]
