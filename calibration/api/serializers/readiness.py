"""Audits: figures with both sides, verdicts, and what follows from them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.enums import First, Verdict
from calibration.models import ReadinessAudit
from calibration.readiness.answers import Report
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import NamedRef
from hrportal.people.models import OrgUnit
from performance.models import ReviewCycle


class ReadinessAnswerSerializer(serializers.Serializer):
    question = serializers.CharField()
    title = serializers.CharField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    value = serializers.DecimalField(
        max_digits=12,
        decimal_places=2,
        allow_null=True,
        help_text="Per cent; times for each person and quarter where `is_share` is false.",
    )
    is_share = serializers.BooleanField()
    part = serializers.IntegerField(allow_null=True)
    whole = serializers.IntegerField(allow_null=True, help_text="Empty: fewer than five, kept back.")
    evidence = serializers.CharField()
    threshold = serializers.CharField()
    because = serializers.CharField()
    next_step = serializers.CharField()
    url = serializers.CharField()


class ReadinessReportSerializer(serializers.Serializer):
    """The two answers, and the questions they rest on."""

    trust = serializers.ChoiceField(choices=Verdict.choices)
    trust_words = serializers.CharField()
    talent = serializers.ChoiceField(choices=Verdict.choices)
    first = serializers.ChoiceField(choices=First.choices)
    first_words = serializers.CharField()
    answers = ReadinessAnswerSerializer(many=True)


class ReadinessAuditSerializer(serializers.ModelSerializer):
    cycle = NamedRef(read_only=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    report = serializers.SerializerMethodField(help_text="Empty until it is computed.")

    class Meta:
        model = ReadinessAudit
        fields = ["id", "cycle", "org_unit", "job_id", "asked_at", "computed_at", "report"]
        read_only_fields = fields

    @extend_schema_field(ReadinessReportSerializer(allow_null=True))
    def get_report(self, audit: ReadinessAudit) -> dict | None:
        return ReadinessReportSerializer(Report(audit)).data if audit.computed_at else None


class ReadinessAuditInput(StrictSerializer):
    cycle = VisibleRow(queryset=ReviewCycle.objects.all())
    org_unit = VisibleRow(queryset=OrgUnit.objects.all(), required=False, allow_null=True)
