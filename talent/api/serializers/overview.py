"""Openings to managers, data to look at again, and the figures of talent management."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import OrgUnit
from talent.enums import OpenTopic
from talent.metrics.report import Report
from talent.models import Opening, RefreshTask, TalentMetrics


class OpeningSerializer(serializers.ModelSerializer):
    """A topic managers of a unit see of the people below them."""

    org_unit = NamedRef(read_only=True)
    opened_by = EmployeeRef(read_only=True, allow_null=True)
    closed_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = Opening
        fields = ["id", "topic", "org_unit", "reason", "opened_by", "opened_at", "closed_by", "closed_at"]
        read_only_fields = fields


class OpeningInput(StrictSerializer):
    topic = serializers.ChoiceField(choices=OpenTopic.choices)
    org_unit = VisibleRow(queryset=OrgUnit.objects.all())
    reason = serializers.CharField(max_length=5000)


class RefreshTaskSerializer(serializers.ModelSerializer):
    """One datum past its time, about a person or a bench."""

    employee = EmployeeRef(read_only=True, allow_null=True)
    succession_plan = serializers.IntegerField(source="plan_id", read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = RefreshTask
        fields = [
            "id",
            "kind",
            "employee",
            "succession_plan",
            "owner",
            "data_from",
            "due_on",
            "opened_at",
            "done_at",
            "modified_at",
        ]
        read_only_fields = fields


class TalentShareSerializer(serializers.Serializer):
    """One share with both sides of its division and its interval (95 %); empty where there is nothing to divide by."""

    key = serializers.CharField()
    title = serializers.CharField()
    part = serializers.IntegerField(allow_null=True)
    whole = serializers.IntegerField()
    share = serializers.FloatField(source="interval.share", default=None, allow_null=True)
    low = serializers.FloatField(source="interval.low", default=None, allow_null=True)
    high = serializers.FloatField(source="interval.high", default=None, allow_null=True)
    made_of = serializers.CharField()


class DaysToFillSerializer(serializers.Serializer):
    n = serializers.IntegerField()
    median = serializers.FloatField()
    lower = serializers.FloatField()
    upper = serializers.FloatField()


class TalentWindowSerializer(serializers.Serializer):
    """The figures of twelve months, of the whole, of a unit, or of an earlier window."""

    name = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    shares = TalentShareSerializer(many=True)
    days_to_fill = DaysToFillSerializer(source="time_to_fill", allow_null=True)
    mean_depth = serializers.FloatField(allow_null=True)


class TalentReportSerializer(serializers.Serializer):
    whole = TalentWindowSerializer()
    units = TalentWindowSerializer(many=True)
    windows = TalentWindowSerializer(many=True)


class TalentMetricsSerializer(serializers.ModelSerializer):
    org_unit = NamedRef(read_only=True, allow_null=True)
    report = serializers.SerializerMethodField(help_text="Empty until it is computed.")

    class Meta:
        model = TalentMetrics
        fields = ["id", "org_unit", "job_id", "asked_at", "computed_at", "report"]
        read_only_fields = fields

    @extend_schema_field(TalentReportSerializer(allow_null=True))
    def get_report(self, metrics: TalentMetrics) -> Any:
        return (
            TalentReportSerializer(Report(metrics, self.context["request"].user)).data if metrics.computed_at else None
        )


class TalentMetricsInput(StrictSerializer):
    org_unit = VisibleRow(queryset=OrgUnit.objects.all(), required=False, allow_null=True)


class MissingSerializer(serializers.Serializer):
    what = serializers.CharField()
    detail = serializers.CharField()
    url = serializers.CharField()


class OverviewStepSerializer(serializers.Serializer):
    """One of the three things that must be done. `is_done` is empty while nobody can tell."""

    key = serializers.CharField()
    title = serializers.CharField()
    is_done = serializers.BooleanField(allow_null=True)
    said = serializers.CharField()
    missing = MissingSerializer(many=True)
