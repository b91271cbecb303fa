"""Cycles, and the scales and templates they are made with."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from hrportal.common.api import Row, StrictSerializer
from hrportal.people.api.serializers import NamedRef, RatingRef
from hrportal.people.models import Competency, Employee, OrgUnit
from performance.actions.cycles import STEP_DATES
from performance.enums import LeftOut
from performance.models import (
    RatingLevel,
    RatingScale,
    ReviewCycle,
    ReviewExemption,
    ReviewTemplate,
    TemplateQuestion,
    TemplateSection,
)


class ScaleSerializer(serializers.ModelSerializer):
    levels = RatingRef(many=True, read_only=True)

    class Meta:
        model = RatingScale
        fields = ["id", "name", "levels", "archived_at"]
        read_only_fields = fields


class QuestionSerializer(serializers.ModelSerializer):
    choices = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = TemplateQuestion
        fields = ["id", "text", "help_text", "asked_of", "kind", "choices", "seen_by", "is_required"]
        read_only_fields = fields


class SectionSerializer(serializers.ModelSerializer):
    questions = QuestionSerializer(many=True, read_only=True)
    competencies = serializers.SerializerMethodField()

    class Meta:
        model = TemplateSection
        fields = ["id", "kind", "title", "help_text", "weight", "questions", "competencies"]
        read_only_fields = fields

    @extend_schema_field(NamedRef(many=True))
    def get_competencies(self, section: TemplateSection) -> Any:
        return NamedRef([row.competency for row in section.competencies.all()], many=True).data


class TemplateSerializer(serializers.ModelSerializer):
    """What a review asks: its sections in order, with their questions and competencies."""

    sections = SectionSerializer(many=True, read_only=True)

    class Meta:
        model = ReviewTemplate
        fields = ["id", "name", "introduction", "archived_at", "sections"]
        read_only_fields = fields


SETTINGS = [
    "kind",
    "starts_on",
    "ends_on",
    "template",
    "scale",
    "org_units",
    "excluded_units",
    "included_people",
    "excluded_people",
    "job_families",
    "hired_until",
    "is_calibrated",
    "needs_second_approval",
    "shares_on_completion",
    "manager_change_rule",
    "unrated_parts",
    "skips_late_self_assessments",
    *STEP_DATES,
    "acknowledgement_days",
    "remind_days_before",
    "escalate_days_after",
    "months_after_hire",
    "opens_days_before",
    "days_for_self",
    "days_for_manager",
    "repeats",
]


class CycleSerializer(serializers.ModelSerializer):
    """A round of reviews. `launch_job` is the job that opens its reviews."""

    scale = ScaleSerializer(read_only=True)
    org_units = NamedRef(many=True, read_only=True)
    excluded_units = NamedRef(many=True, read_only=True)
    included_people = serializers.SerializerMethodField()
    excluded_people = serializers.SerializerMethodField()
    job_families = serializers.ListField(child=serializers.CharField(), read_only=True)
    launch_job = serializers.IntegerField(source="launch_job_id", read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = ReviewCycle
        fields = [
            "id",
            "name",
            "state",
            *SETTINGS,
            "cloned_from",
            "launched_at",
            "launch_job",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_included_people(self, cycle: ReviewCycle) -> Any:
        return self._ids(cycle, "included_people")

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_excluded_people(self, cycle: ReviewCycle) -> Any:
        return self._ids(cycle, "excluded_people")

    def _ids(self, cycle: ReviewCycle, name: str) -> list[int]:
        """Who is added or left out by name is for those who run cycles, not for everybody under review."""
        viewer = self.context["request"].user.viewer
        knows = viewer.may_use("cycles:write") if viewer.is_client else viewer.is_hr
        return [person.pk for person in getattr(cycle, name).all()] if knows else []


class CycleInput(StrictSerializer, serializers.ModelSerializer):
    """What makes a cycle. `guideline` maps a rating's value to the per cent expected there."""

    template = serializers.PrimaryKeyRelatedField(queryset=ReviewTemplate.objects.current())
    scale = serializers.PrimaryKeyRelatedField(queryset=RatingScale.objects.current())
    org_units = Row(queryset=OrgUnit.objects.all(), many=True, required=False)
    excluded_units = Row(queryset=OrgUnit.objects.all(), many=True, required=False)
    included_people = Row(queryset=Employee.objects.all(), many=True, required=False)
    excluded_people = Row(queryset=Employee.objects.all(), many=True, required=False)
    job_families = serializers.ListField(child=serializers.CharField(max_length=100), required=False, max_length=100)
    guideline = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=100), required=False)

    class Meta:
        model = ReviewCycle
        fields = ["name", *SETTINGS, "guideline"]

    def validate_guideline(self, guideline: dict[str, int]) -> dict[int, int]:
        try:
            return {int(value): percent for value, percent in guideline.items()}
        except ValueError as error:
            raise serializers.ValidationError("The keys are values of the scale.") from error


@extend_schema_serializer(component_name="CycleEmployeeInput")
class EmployeeInput(StrictSerializer):
    """A verb that is about one person."""

    employee = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all())


class CloneInput(StrictSerializer):
    """The name of the cycle that follows; empty, and the year in it is moved on."""

    name = serializers.CharField(max_length=100, required=False, allow_blank=True)


class ExtensionInput(StrictSerializer):
    """Later dates for a cycle under way, and why."""

    reason = serializers.CharField(max_length=2000)
    goals_due_on = serializers.DateField(required=False)
    writing_opens_on = serializers.DateField(required=False)
    self_due_on = serializers.DateField(required=False)
    manager_due_on = serializers.DateField(required=False)
    approval_due_on = serializers.DateField(required=False)
    calibration_due_on = serializers.DateField(required=False)
    share_on = serializers.DateField(required=False)


class ReasonCountSerializer(serializers.Serializer):
    """How many are left out for one reason."""

    reason = serializers.ChoiceField(choices=LeftOut.choices)
    words = serializers.CharField()
    count = serializers.IntegerField()


class PopulationSerializer(serializers.Serializer):
    """Who would be in a cycle as of now, in numbers. Everyone is in, or out for exactly one reason."""

    included = serializers.IntegerField()
    without_reviewer = serializers.IntegerField()
    without_review = serializers.IntegerField(help_text="Of those in it, who has no review yet and should.")
    excluded = ReasonCountSerializer(many=True)


class MemberSerializer(serializers.Serializer):
    """One person of the company, and why they are not in the cycle (empty: they are)."""

    id = serializers.IntegerField()
    employee_number = serializers.CharField()
    name = serializers.CharField()
    manager = serializers.IntegerField(source="manager_id", allow_null=True)
    left_out = serializers.CharField(allow_blank=True)


class QuestionInput(StrictSerializer, serializers.ModelSerializer):
    """A question. `choices` are the answers to choose from, for that kind."""

    choices = serializers.ListField(child=serializers.CharField(max_length=200), required=False, max_length=30)

    class Meta:
        model = TemplateQuestion
        fields = ["text", "help_text", "asked_of", "kind", "choices", "seen_by", "is_required"]


class SectionInput(StrictSerializer, serializers.ModelSerializer):
    """A section with its questions or competencies, in order. Saving one that exists replaces them."""

    questions = QuestionInput(many=True, required=False)
    competencies = Row(queryset=Competency.objects.all(), many=True, required=False)

    class Meta:
        model = TemplateSection
        fields = ["kind", "title", "help_text", "weight", "questions", "competencies"]


class TemplateInput(StrictSerializer, serializers.ModelSerializer):
    """The name and introduction of a template; `sections` only when it is made."""

    sections = SectionInput(many=True, required=False)

    class Meta:
        model = ReviewTemplate
        fields = ["name", "introduction", "sections"]


class SectionMoveInput(StrictSerializer):
    """One place up, or down."""

    up = serializers.BooleanField()


class LevelInput(StrictSerializer, serializers.ModelSerializer):
    class Meta:
        model = RatingLevel
        fields = ["value", "label", "description"]


class ScaleInput(StrictSerializer, serializers.ModelSerializer):
    """A scale with all its levels."""

    levels = LevelInput(many=True)

    class Meta:
        model = RatingScale
        fields = ["name", "levels"]


class ExemptionSerializer(serializers.ModelSerializer):
    """Somebody who is in no cycle, until a day (included) or until further notice."""

    class Meta:
        model = ReviewExemption
        fields = ["id", "employee", "reason", "until", "made_by", "made_at"]
        read_only_fields = fields


class ExemptionInput(StrictSerializer):
    employee = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all())
    reason = serializers.CharField(max_length=200)
    until = serializers.DateField(required=False, allow_null=True)
