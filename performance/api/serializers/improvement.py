"""Improvement plans."""

from typing import Any

from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.people.api.serializers import EmployeeRef
from hrportal.people.models import Employee
from performance.enums import (
    CheckInRhythm,
    ImprovementOutcome,
    MilestoneResult,
    RemarkReaders,
    SupportKind,
)
from performance.models import (
    ImprovementEntry,
    ImprovementExtension,
    ImprovementMilestone,
    ImprovementPlan,
    ImprovementRemark,
    ImprovementStep,
    ImprovementSupport,
)

LONGEST = 20_000


class ImprovementMilestoneSerializer(serializers.ModelSerializer):
    """Something to reach. `dropped_at` marks what was taken out after the employee saw it."""

    class Meta:
        model = ImprovementMilestone
        fields = ["id", "title", "measure", "due_on", "result", "note", "judged_at", "dropped_at"]
        read_only_fields = fields


class ImprovementSupportSerializer(serializers.ModelSerializer):
    class Meta:
        model = ImprovementSupport
        fields = ["id", "kind", "description", "dropped_at"]
        read_only_fields = fields


class ImprovementExtensionSerializer(serializers.ModelSerializer):
    class Meta:
        model = ImprovementExtension
        fields = ["id", "ended_on", "ends_on", "reason", "made_at"]
        read_only_fields = fields


class ImprovementPlanSerializer(serializers.ModelSerializer):
    """A plan with what is agreed. `version` counts changes of it; `acknowledged_version` is the one the employee has read."""

    employee = EmployeeRef(read_only=True)
    owner = EmployeeRef(read_only=True)
    milestones = ImprovementMilestoneSerializer(many=True, read_only=True)
    support = ImprovementSupportSerializer(many=True, read_only=True)
    extensions = ImprovementExtensionSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = ImprovementPlan
        fields = [
            "id",
            "employee",
            "owner",
            "state",
            "outcome",
            "version",
            "acknowledged_version",
            "reason",
            "expectations",
            "starts_on",
            "ends_on",
            "rhythm",
            "next_check_in_on",
            "milestones",
            "support",
            "extensions",
            "opened_at",
            "acknowledged_at",
            "closed_at",
            "modified_at",
        ]
        read_only_fields = fields


class ImprovementEntrySerializer(serializers.ModelSerializer):
    made_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = ImprovementEntry
        fields = ["id", "kind", "held_on", "text", "link", "made_by", "made_at"]
        read_only_fields = fields


class ImprovementRemarkSerializer(serializers.ModelSerializer):
    """A remark the employee does not read."""

    made_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = ImprovementRemark
        fields = ["id", "readers", "text", "made_by", "made_at"]
        read_only_fields = fields


class ImprovementStepSerializer(serializers.ModelSerializer):
    """One step of the record, with what the plan said afterwards."""

    made_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = ImprovementStep
        fields = ["id", "name", "state", "version", "reason", "content", "made_by", "made_at"]
        read_only_fields = fields


class _PlanLine(StrictSerializer):
    id = serializers.IntegerField(min_value=1, required=False, help_text="Of a stored line that is kept or changed.")


class PlanMilestoneInput(_PlanLine):
    title = serializers.CharField(max_length=200)
    measure = serializers.CharField(max_length=500, allow_blank=True, required=False)
    due_on = serializers.DateField(allow_null=True, required=False)


class PlanSupportInput(_PlanLine):
    kind = serializers.ChoiceField(choices=SupportKind.choices)
    description = serializers.CharField(max_length=500)


class PlanContentInput(StrictSerializer):
    """What is agreed. Only what is named changes; a list replaces the list."""

    reason = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)
    expectations = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)
    starts_on = serializers.DateField(allow_null=True, required=False)
    ends_on = serializers.DateField(allow_null=True, required=False)
    rhythm = serializers.ChoiceField(choices=CheckInRhythm.choices, required=False)
    milestones = PlanMilestoneInput(many=True, required=False)
    support = PlanSupportInput(many=True, required=False)


class NewPlanInput(PlanContentInput):
    employee = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.select_related("org_unit"))


class PlanChangeInput(PlanContentInput):
    version = serializers.IntegerField(min_value=1, required=False, help_text="Or send `If-Match`.")


class PlanAmendInput(PlanChangeInput):
    why = serializers.CharField(max_length=2000, help_text="Why it is changed; the employee reads it.")


class PlanAcknowledgeInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1, help_text="The version that was read.")
    comment = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)


class PlanTextInput(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST)


class PlanCheckInInput(PlanTextInput):
    held_on = serializers.DateField(required=False)


class PlanEvidenceInput(PlanTextInput):
    link = serializers.URLField(max_length=500, allow_blank=True, required=False)

    def validate_link(self, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise serializers.ValidationError("https://…")
        return value


class PlanExtensionInput(StrictSerializer):
    ends_on = serializers.DateField()
    reason = serializers.CharField(max_length=2000)


class PlanHandOverInput(StrictSerializer):
    to = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all())
    reason = serializers.CharField(max_length=2000)


class PlanCloseInput(StrictSerializer):
    outcome = serializers.ChoiceField(
        choices=[choice for choice in ImprovementOutcome.choices if choice[0] != ImprovementOutcome.WITHDRAWN]
    )
    reason = serializers.CharField(max_length=LONGEST)


class PlanRemarkInput(PlanTextInput):
    readers = serializers.ChoiceField(choices=RemarkReaders.choices, required=False)


class MilestoneResultInput(StrictSerializer):
    milestone = serializers.IntegerField(min_value=1, help_text="Id of one of the plan's milestones.")
    result = serializers.ChoiceField(choices=MilestoneResult.choices)
    note = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)


def content_given(taken: dict[str, Any]) -> dict[str, Any]:
    """What of the input is content of the plan."""
    return {name: value for name, value in taken.items() if name in PlanContentInput().fields}
