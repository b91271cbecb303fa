"""The learning catalogue and enrolments."""

from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.actions.learning_import import MOST_ROWS
from talent.enums import LearningKind, Proof
from talent.models import Enrolment, LearningItem, PlanAction
from talent.models.learning import FULL_SCORE


class LearningItemSerializer(serializers.ModelSerializer):
    """Something to learn from, and what it builds. `external_key` is its name in the system it comes from."""

    competency = NamedRef(read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = LearningItem
        fields = [
            "id",
            "title",
            "provider",
            "kind",
            "description",
            "competency",
            "level",
            "proof",
            "pass_score",
            "hours",
            "cost",
            "currency",
            "needs_approval",
            "url",
            "is_active",
            "external_key",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class LearningItemInput(StrictSerializer):
    title = serializers.CharField(max_length=200)
    provider = serializers.CharField(max_length=120, allow_blank=True, required=False)
    kind = serializers.ChoiceField(choices=LearningKind.choices, required=False)
    description = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    competency = serializers.PrimaryKeyRelatedField(queryset=Competency.objects.all(), allow_null=True, required=False)
    level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    proof = serializers.ChoiceField(choices=Proof.choices, required=False)
    pass_score = serializers.IntegerField(min_value=0, max_value=FULL_SCORE, allow_null=True, required=False)
    hours = serializers.DecimalField(max_digits=6, decimal_places=1, min_value=0, allow_null=True, required=False)
    cost = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=0, allow_null=True, required=False)
    currency = serializers.CharField(max_length=3, allow_blank=True, required=False)
    needs_approval = serializers.BooleanField(required=False)
    url = serializers.URLField(max_length=500, allow_blank=True, required=False)
    is_active = serializers.BooleanField(required=False)
    external_key = serializers.CharField(max_length=100, allow_blank=True, required=False)


class ImportInput(StrictSerializer):
    """Rows as they would stand in a CSV file: a text (or number) for each column."""

    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True, allow_null=True, max_length=5000)),
        allow_empty=False,
        max_length=MOST_ROWS,
    )


class RefusedRowSerializer(serializers.Serializer):
    """A row that was not taken: its place, from 1, and why."""

    row = serializers.IntegerField(read_only=True)
    reason = serializers.CharField(read_only=True)


class ImportReportSerializer(serializers.Serializer):
    """What came of each row."""

    created = serializers.IntegerField(read_only=True)
    changed = serializers.IntegerField(read_only=True)
    unchanged = serializers.IntegerField(read_only=True)
    refused = RefusedRowSerializer(many=True, read_only=True)


class LearningItemRef(serializers.ModelSerializer):
    """An entry of the catalogue, in short."""

    class Meta:
        model = LearningItem
        fields = ["id", "title", "external_key"]
        read_only_fields = fields


class EnrolmentSerializer(serializers.ModelSerializer):
    """One person's taking part in one thing. `verified_at` is when somebody else confirmed the completion; only then it
    may have given a level."""

    employee = EmployeeRef(read_only=True)
    learning_item = LearningItemRef(read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Enrolment
        fields = [
            "id",
            "employee",
            "learning_item",
            "action",
            "state",
            "requested_at",
            "decided_at",
            "words",
            "completed_on",
            "score",
            "evidence",
            "evidence_url",
            "verified_at",
            "external_key",
            "modified_at",
        ]
        read_only_fields = fields


class EnrolInput(StrictSerializer):
    """Whom to enrol for what; `action` is the plan's action it serves."""

    learning_item = VisibleRow(queryset=LearningItem.objects.all())
    employee = VisibleRow(queryset=Employee.objects.select_related("org_unit"))
    action = VisibleRow(queryset=PlanAction.objects.select_related("item__plan"), allow_null=True, required=False)


class CompletionInput(StrictSerializer):
    completed_on = serializers.DateField(allow_null=True, required=False, help_text="Today, if it is not given.")
    score = serializers.IntegerField(min_value=0, max_value=FULL_SCORE, allow_null=True, required=False)
    evidence = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    evidence_url = serializers.URLField(allow_blank=True, max_length=500, required=False)


class EnrolmentCancelInput(StrictSerializer):
    reason = serializers.CharField(allow_blank=True, max_length=2000, required=False)
