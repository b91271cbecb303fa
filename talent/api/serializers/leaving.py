"""Stay interviews, what they are about in sum, and exits."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef, TitledRef
from talent.api.serializers.retention import SubjectField, anybody, drivers, words
from talent.enums import Driver
from talent.models import Exit, StayInterview, StayInterviewTemplate


class StayTemplateSerializer(serializers.ModelSerializer):
    """A set of questions."""

    questions = serializers.ListField(child=serializers.CharField(), read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = StayInterviewTemplate
        fields = ["id", "name", "questions", "is_active", "modified_at"]
        read_only_fields = fields


class StayTemplateInput(StrictSerializer):
    name = serializers.CharField(max_length=100)
    questions = serializers.ListField(child=serializers.CharField(max_length=300), allow_empty=False)
    is_active = serializers.BooleanField(required=False)


class StayInterviewSerializer(serializers.ModelSerializer):
    """One talk: to its interviewer and to HR, never to the person."""

    employee = EmployeeRef(read_only=True)
    interviewer = EmployeeRef(read_only=True)
    template = TitledRef(read_only=True)
    questions = serializers.ListField(child=serializers.CharField(), read_only=True)
    answers = serializers.ListField(child=serializers.CharField(allow_blank=True), read_only=True)
    themes = drivers(read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = StayInterview
        fields = [
            "id",
            "employee",
            "interviewer",
            "template",
            "questions",
            "answers",
            "notes",
            "themes",
            "planned_on",
            "state",
            "finished_on",
            "revision",
            "modified_at",
        ]
        read_only_fields = fields


class StayPlanInput(StrictSerializer):
    employee = SubjectField()
    interviewer = anybody()
    template = VisibleRow(queryset=StayInterviewTemplate.objects.all())
    planned_on = serializers.DateField()


class StayWriteInput(StrictSerializer):
    answers = serializers.ListField(child=serializers.CharField(allow_blank=True, max_length=20_000))
    notes = serializers.CharField(allow_blank=True, max_length=20_000, required=False)
    version = serializers.IntegerField(min_value=1, required=False, help_text="Or the header If-Match.")


class StayHoldInput(StrictSerializer):
    themes = drivers(allow_empty=False)


class ThemeCountSerializer(serializers.Serializer):
    theme = serializers.ChoiceField(choices=Driver.choices)
    count = serializers.IntegerField()


class UnitThemesSerializer(serializers.Serializer):
    """A unit (with smaller ones below it), how many people, and with how many of them each theme came up."""

    unit = NamedRef()
    people = serializers.IntegerField()
    themes = ThemeCountSerializer(many=True)


class PeriodThemesSerializer(serializers.Serializer):
    """A finished half-year. Sums of fewer than three people are not told."""

    starts_on = serializers.DateField(source="period.starts_on")
    ends_on = serializers.DateField(source="period.ends_on")
    units = UnitThemesSerializer(many=True)


class ExitSerializer(serializers.ModelSerializer):
    """One leaving. `seen_coming` is empty where flight risk is turned off, `was_strong` where no rating was known and without
    `ratings:read`."""

    employee = EmployeeRef(read_only=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    manager = EmployeeRef(read_only=True, allow_null=True)
    reviewed_by = EmployeeRef(read_only=True, allow_null=True)
    seen_coming = serializers.BooleanField(source="foreseen", read_only=True, allow_null=True)
    themes = drivers(read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Exit
        fields = [
            "id",
            "employee",
            "left_on",
            "leave_reason",
            "org_unit",
            "manager",
            "was_strong",
            "seen_coming",
            "had_plan",
            "is_regretted",
            "themes",
            "review_note",
            "reviewed_by",
            "reviewed_on",
            "modified_at",
        ]
        read_only_fields = fields

    def to_representation(self, row: Exit) -> dict[str, Any]:
        shown = super().to_representation(row)
        if "was_strong" in shown and not self.context["request"].user.viewer.may_use("ratings:read"):
            shown["was_strong"] = None
        return shown


class ExitReviewInput(StrictSerializer):
    is_regretted = serializers.BooleanField()
    note = words()
    themes = drivers(required=False)


class ExitShareSerializer(serializers.Serializer):
    """A share with Wilson's interval of 95 %."""

    successes = serializers.IntegerField()
    n = serializers.IntegerField()
    share = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class ExitTallySerializer(serializers.Serializer):
    """Exits, counted. `foreseeable`: left of their own will where flight risk is not turned off. High performers (`strong_…`)
    are counted with `ratings:read` only."""

    left = serializers.IntegerField()
    own_will = serializers.IntegerField()
    unexplained = serializers.IntegerField()
    reviewed = serializers.IntegerField()
    regretted = serializers.IntegerField()
    strong_left = serializers.IntegerField(allow_null=True)
    strong_lost = serializers.IntegerField(allow_null=True)
    foreseeable = serializers.IntegerField()
    foreseen = serializers.IntegerField()
    planned = serializers.IntegerField()
    seen_coming = ExitShareSerializer(allow_null=True)
    had_plan = ExitShareSerializer(allow_null=True)
    was_regretted = ExitShareSerializer(allow_null=True)


class ExitQuarterSerializer(serializers.Serializer):
    """A quarter: its exits, and, with `ratings:read`, the share of its high performers who did not leave of their own will."""

    starts_on = serializers.DateField()
    name = serializers.CharField()
    tally = ExitTallySerializer()
    strong_at_start = serializers.IntegerField(allow_null=True)
    kept = ExitShareSerializer(allow_null=True)


class ExitPartSerializer(serializers.Serializer):
    unit = NamedRef()
    tally = ExitTallySerializer()


class ExitReportSerializer(serializers.Serializer):
    """Eight quarters, their sum, and the sum of each part below the unit asked for."""

    quarters = ExitQuarterSerializer(many=True)
    total = ExitTallySerializer()
    parts = serializers.SerializerMethodField()

    @extend_schema_field(ExitPartSerializer(many=True))
    def get_parts(self, report: Any) -> list[dict[str, Any]]:
        return list(
            ExitPartSerializer([{"unit": unit, "tally": tally} for unit, tally in report.parts], many=True).data
        )
