"""Goals, their periods, templates and assignments."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef, TitledRef
from hrportal.people.models import Competency, Employee, Job, OrgUnit
from performance.api.serializers.named_goals import NamesGoals
from performance.enums import Confidence
from performance.models import CheckIn, GoalAssignment, GoalPeriod, GoalTemplate, KeyResult, Objective, TemplateResult


def per_cent(help_text: str, *, digits: int = 5) -> serializers.DecimalField:
    """A share that was computed; null while unknown."""
    return serializers.DecimalField(
        max_digits=digits, decimal_places=1, read_only=True, allow_null=True, help_text=help_text
    )


class KeyResultSerializer(serializers.ModelSerializer):
    """Something measurable. `progress` is computed, 0 to 100, and empty until the first check-in."""

    progress = per_cent("0 to 100; null until the first check-in.")
    raw_progress = per_cent("The same unclamped: below 0 or above 100 if it went that way.", digits=22)

    class Meta:
        model = KeyResult
        fields = [
            "id",
            "title",
            "measure",
            "unit",
            "baseline",
            "target",
            "stretch",
            "current",
            "measured_on",
            "progress",
            "raw_progress",
            "weight",
            "frequency",
            "next_due_on",
            "due_on",
            "last_check_in_at",
        ]
        read_only_fields = fields


class ObjectiveSerializer(NamesGoals, serializers.ModelSerializer):
    """A goal with its key results. `parent` is the id of the goal it contributes to; empty where you may not see that one."""

    owner = EmployeeRef(read_only=True, allow_null=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    period = TitledRef(read_only=True, allow_null=True)
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]
    above = serializers.SerializerMethodField(
        help_text="Ids of the goals it leads up to that you may see, topmost first."
    )
    progress = per_cent("0 to 100, rolled up from `progress_from`; null while nothing was measured.")
    raw_progress = per_cent("The same from unclamped values.", digits=22)
    parts_measured = serializers.SerializerMethodField(help_text="How many of its parts were measured.")
    parts_count = serializers.SerializerMethodField(
        help_text="How many parts count. Null when contributing goals are among them, which you may not all see."
    )
    is_stale = serializers.BooleanField(read_only=True, help_text="Active and not measured for 30 days.")
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
            "above",
            "period",
            "competency",
            "weight",
            "starts_on",
            "due_on",
            "progress_from",
            "progress",
            "raw_progress",
            "parts_measured",
            "parts_count",
            "is_stale",
            "carried_from",
            "assignment",
            "key_results",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields

    def named_goals(self, goal: Objective) -> list[int]:
        return goal.above

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_parent(self, goal: Objective) -> int | None:
        return self.shown_goal(goal, goal.parent_id)

    def get_above(self, goal: Objective) -> list[int]:
        return [pk for pk in goal.above if pk in self.seen_goals(goal)]

    def get_parts_measured(self, goal: Objective) -> int | None:
        return goal.parts_measured if goal.shows_parts else None

    def get_parts_count(self, goal: Objective) -> int | None:
        return goal.parts_count if goal.shows_parts else None


MEASURED = ["title", "measure", "unit", "baseline", "target", "stretch", "weight", "frequency"]


class KeyResultInput(StrictSerializer, serializers.ModelSerializer):
    class Meta:
        model = KeyResult
        fields = [*MEASURED, "due_on"]


class KeyResultChange(KeyResultInput):
    id = serializers.IntegerField(min_value=1, required=False, help_text="Of one that exists; without it one is added.")
    is_removed = serializers.BooleanField(required=False, help_text="true drops one that was never measured.")
    title = serializers.CharField(max_length=200, required=False)

    class Meta(KeyResultInput.Meta):
        fields = ["id", "is_removed", *KeyResultInput.Meta.fields]


class ObjectiveInput(StrictSerializer, serializers.ModelSerializer):
    owner = serializers.PrimaryKeyRelatedField(
        queryset=Employee.objects.select_related("org_unit"), allow_null=True, required=False
    )
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    parent = VisibleRow(  # type: ignore[assignment]
        queryset=Objective.objects.all(), allow_null=True, required=False
    )
    period = VisibleRow(queryset=GoalPeriod.objects.all(), allow_null=True, required=False)
    competency = serializers.PrimaryKeyRelatedField(queryset=Competency.objects.all(), allow_null=True, required=False)
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
            "period",
            "competency",
            "progress_from",
            "weight",
            "starts_on",
            "due_on",
            "key_results",
        ]


class ObjectiveChange(ObjectiveInput):
    """What is named changes; key results with an id are changed, those without are added."""

    key_results = KeyResultChange(many=True, required=False)


class CheckInInput(StrictSerializer):
    key_result = serializers.IntegerField(min_value=1, help_text="Id of one of the goal's key results.")
    value = serializers.DecimalField(max_digits=16, decimal_places=2)
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False)
    note = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    measured_on = serializers.DateField(
        required=False, help_text="The day it was measured; today if not said. The latest day counts."
    )


class CheckInSerializer(serializers.ModelSerializer):
    made_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = CheckIn
        fields = ["id", "key_result", "value", "confidence", "note", "measured_on", "made_by", "made_at"]
        read_only_fields = fields


class GoalCloseInput(StrictSerializer):
    is_cancelled = serializers.BooleanField(required=False, help_text="true when the goal is no longer wanted.")


class CarryOverInput(StrictSerializer):
    period = VisibleRow(queryset=GoalPeriod.objects.all(), help_text="Id of the open period it goes on in.")


class GoalPeriodSerializer(serializers.ModelSerializer):
    """A stretch of time that goals belong to; once closed, nothing in it changes."""

    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = GoalPeriod
        fields = ["id", "name", "starts_on", "ends_on", "closed_at", "modified_at"]
        read_only_fields = fields


class GoalPeriodInput(StrictSerializer, serializers.ModelSerializer):
    class Meta:
        model = GoalPeriod
        fields = ["name", "starts_on", "ends_on"]


class CloseGoalPeriodInput(StrictSerializer):
    carry_to = VisibleRow(
        queryset=GoalPeriod.objects.all(),
        allow_null=True,
        required=False,
        help_text="Id of the period unfinished goals go on in; without it they end as they stand.",
    )


class TemplateResultSerializer(serializers.ModelSerializer):
    class Meta:
        model = TemplateResult
        fields = ["id", *MEASURED]
        read_only_fields = fields


class GoalTemplateSerializer(serializers.ModelSerializer):
    """A goal written once, to be set for many."""

    key_results = TemplateResultSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = GoalTemplate
        fields = [
            "id",
            "title",
            "description",
            "kind",
            "competency",
            "weight",
            "archived_at",
            "key_results",
            "modified_at",
        ]
        read_only_fields = fields


class TemplateResultInput(StrictSerializer, serializers.ModelSerializer):
    class Meta:
        model = TemplateResult
        fields = MEASURED


class TemplateResultChange(TemplateResultInput):
    id = serializers.IntegerField(min_value=1, required=False, help_text="Of one that exists; without it one is added.")
    is_removed = serializers.BooleanField(required=False, help_text="true drops it.")
    title = serializers.CharField(max_length=200, required=False)

    class Meta(TemplateResultInput.Meta):
        fields = ["id", "is_removed", *MEASURED]


class GoalTemplateInput(StrictSerializer, serializers.ModelSerializer):
    competency = serializers.PrimaryKeyRelatedField(queryset=Competency.objects.all(), allow_null=True, required=False)
    key_results = TemplateResultInput(many=True, required=False)

    class Meta:
        model = GoalTemplate
        fields = ["title", "description", "kind", "competency", "weight", "key_results"]


class GoalTemplateChange(GoalTemplateInput):
    key_results = TemplateResultChange(many=True, required=False)


class GoalAssignInput(StrictSerializer, serializers.ModelSerializer):
    """Whom it is for; what is named narrows together, and it ends where one's right to set goals ends."""

    org_unit = serializers.PrimaryKeyRelatedField(
        queryset=OrgUnit.objects.all(), allow_null=True, required=False, help_text="A unit with all below it."
    )
    job = serializers.PrimaryKeyRelatedField(queryset=Job.objects.all(), allow_null=True, required=False)
    parent = VisibleRow(  # type: ignore[assignment]
        queryset=Objective.objects.all(), allow_null=True, required=False
    )
    period = VisibleRow(queryset=GoalPeriod.objects.all(), allow_null=True, required=False)

    class Meta:
        model = GoalAssignment
        fields = ["org_unit", "job", "job_family", "parent", "period", "starts_on", "due_on"]


class ReachSerializer(serializers.Serializer):
    """How many people an assignment would reach."""

    people = serializers.IntegerField()


class GoalAssignmentSerializer(NamesGoals, serializers.ModelSerializer):
    """A template's goal, set for everyone the filter named. Its goals: `objectives/?assignment=`."""

    org_unit = NamedRef(read_only=True, allow_null=True)
    job = NamedRef(read_only=True, allow_null=True)
    period = TitledRef(read_only=True, allow_null=True)
    assigned_by = EmployeeRef(read_only=True, allow_null=True)
    title = serializers.CharField(source="content.title", read_only=True, help_text="As it was on that day.")
    parent = serializers.SerializerMethodField()  # type: ignore[assignment]

    class Meta:
        model = GoalAssignment
        fields = [
            "id",
            "template",
            "title",
            "org_unit",
            "job",
            "job_family",
            "period",
            "parent",
            "starts_on",
            "due_on",
            "assigned_by",
            "created_at",
            "withdrawn_at",
        ]
        read_only_fields = fields

    def named_goals(self, assignment: GoalAssignment) -> list[int | None]:
        return [assignment.parent_id]

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_parent(self, assignment: GoalAssignment) -> int | None:
        return self.shown_goal(assignment, assignment.parent_id)
