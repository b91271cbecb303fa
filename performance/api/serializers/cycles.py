"""Cycles, and the scales and templates they are made with."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.people.api.serializers import NamedRef, RatingRef
from hrportal.people.models import Employee, OrgUnit
from performance.models import (
    RatingScale,
    ReviewCycle,
    ReviewTemplate,
    TemplateQuestion,
    TemplateSection,
)


class ScaleSerializer(serializers.ModelSerializer):
    levels = RatingRef(many=True, read_only=True)

    class Meta:
        model = RatingScale
        fields = ["id", "name", "levels"]
        read_only_fields = fields


class QuestionSerializer(serializers.ModelSerializer):
    class Meta:
        model = TemplateQuestion
        fields = ["id", "text", "help_text", "asked_of", "is_required"]
        read_only_fields = fields


class SectionSerializer(serializers.ModelSerializer):
    questions = QuestionSerializer(many=True, read_only=True)
    competencies = serializers.SerializerMethodField()

    class Meta:
        model = TemplateSection
        fields = ["id", "kind", "title", "help_text", "questions", "competencies"]
        read_only_fields = fields

    @extend_schema_field(NamedRef(many=True))
    def get_competencies(self, section: TemplateSection) -> Any:
        return NamedRef([row.competency for row in section.competencies.all()], many=True).data


class TemplateSerializer(serializers.ModelSerializer):
    """What a review asks: its sections in order, with their questions and competencies."""

    sections = SectionSerializer(many=True, read_only=True)

    class Meta:
        model = ReviewTemplate
        fields = ["id", "name", "introduction", "sections"]
        read_only_fields = fields


class CycleSerializer(serializers.ModelSerializer):
    """A round of reviews. `launch_job` is the job that opens its reviews."""

    scale = ScaleSerializer(read_only=True)
    org_units = NamedRef(many=True, read_only=True)
    launch_job = serializers.IntegerField(source="launch_job_id", read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = ReviewCycle
        fields = [
            "id",
            "name",
            "state",
            "starts_on",
            "ends_on",
            "template",
            "scale",
            "org_units",
            "hired_until",
            "is_calibrated",
            "needs_second_approval",
            "shares_on_completion",
            "self_due_on",
            "manager_due_on",
            "calibration_due_on",
            "share_on",
            "launched_at",
            "launch_job",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class CycleInput(StrictSerializer, serializers.ModelSerializer):
    """What makes a cycle. `guideline` maps a rating's value to the per cent expected there."""

    template = serializers.PrimaryKeyRelatedField(queryset=ReviewTemplate.objects.masters())
    scale = serializers.PrimaryKeyRelatedField(queryset=RatingScale.objects.masters())
    org_units = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), many=True, required=False)
    guideline = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=100), required=False)

    class Meta:
        model = ReviewCycle
        fields = [
            "name",
            "starts_on",
            "ends_on",
            "template",
            "scale",
            "org_units",
            "hired_until",
            "is_calibrated",
            "needs_second_approval",
            "shares_on_completion",
            "self_due_on",
            "manager_due_on",
            "calibration_due_on",
            "share_on",
            "guideline",
        ]

    def validate_guideline(self, guideline: dict[str, int]) -> dict[int, int]:
        try:
            return {int(value): percent for value, percent in guideline.items()}
        except ValueError as error:
            raise serializers.ValidationError("The keys are values of the scale.") from error


class EmployeeInput(StrictSerializer):
    """A verb that is about one person."""

    employee = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all())
