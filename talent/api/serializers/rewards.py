"""Rounds, recommendations and pay."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.common.forms import LONGEST_TEXT
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import OrgUnit
from talent.api.serializers.stale import StoredStaleSerializer
from talent.enums import PayPosition
from talent.models import MeritCell, MeritRecommendation, PayRange, PayRecord, RewardCycle
from talent.rewards.importing import Report


def percent_field(**options: Any) -> serializers.DecimalField:
    """A percentage of pay, from 0 to 50 with two decimals."""
    return serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=50, **options)


class MeritCellSerializer(serializers.ModelSerializer):
    """What one rating gets at one position."""

    class Meta:
        model = MeritCell
        fields = ["rating", "position", "percent"]
        read_only_fields = fields


class RewardCycleSerializer(serializers.ModelSerializer):
    """A merit round with its guideline. With it and pay before and after one could work out ratings."""

    org_unit = NamedRef(read_only=True, allow_null=True)
    cells = serializers.SerializerMethodField(help_text="The guideline. null without `ratings:read`.")

    class Meta:
        model = RewardCycle
        fields = [
            "id",
            "name",
            "period",
            "org_unit",
            "effective_on",
            "budget_percent",
            "tolerance",
            "state",
            "version",
            "cells",
            "computed_at",
            "exported_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(MeritCellSerializer(many=True, allow_null=True))
    def get_cells(self, cycle: RewardCycle) -> Any:
        may_read = self.context["request"].user.viewer.may_use("ratings:read")
        return MeritCellSerializer(cycle.cells.all(), many=True).data if may_read else None


class RewardCycleInput(StrictSerializer):
    """A new round."""

    name = serializers.CharField(max_length=200)
    period = serializers.CharField(max_length=100)
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), required=False, allow_null=True)
    effective_on = serializers.DateField()
    budget_percent = percent_field()
    tolerance = percent_field(default=1)


class RewardCycleChange(RewardCycleInput):
    """Changes to a round, on top of the version that was read."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")


class CellInput(StrictSerializer):
    """One cell of the guideline."""

    rating = serializers.IntegerField(min_value=-100, max_value=100)
    position = serializers.ChoiceField(choices=PayPosition.choices)
    percent = percent_field()


class GuidelineInput(StrictSerializer):
    """The whole matrix; what is not in it says nothing."""

    cells = CellInput(many=True, allow_empty=False)


class MeritRecommendationSerializer(serializers.ModelSerializer):
    """What is recommended for somebody, with what it follows from; `left_out` says why there is nothing."""

    employee = EmployeeRef(read_only=True)
    rating = serializers.CharField(source="rating.label", read_only=True, allow_null=True, default=None)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True, allow_null=True)
    new_pay = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True, allow_null=True)
    is_outside = serializers.BooleanField(read_only=True)
    rested_on_stale = StoredStaleSerializer(many=True, read_only=True)

    class Meta:
        model = MeritRecommendation
        fields = [
            "id",
            "cycle",
            "employee",
            "rating",
            "pay",
            "currency",
            "minimum",
            "midpoint",
            "maximum",
            "compa_ratio",
            "place",
            "position",
            "percent",
            "low",
            "high",
            "decided_percent",
            "decided_because",
            "is_outside",
            "amount",
            "new_pay",
            "left_out",
            "rested_on_stale",
            "approved_at",
            "version",
        ]
        read_only_fields = fields


class MeritDecisionInput(StrictSerializer):
    """A person's decision; without a percentage the recommendation counts again."""

    percent = percent_field(allow_null=True)
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")
    version = serializers.IntegerField(min_value=1, required=False)


class PayRangeSerializer(serializers.ModelSerializer):
    """What a job pays from a day on."""

    job = NamedRef(read_only=True)

    class Meta:
        model = PayRange
        fields = ["id", "job", "currency", "minimum", "midpoint", "maximum", "valid_from"]
        read_only_fields = fields


class PayRecordSerializer(serializers.ModelSerializer):
    """Somebody's yearly base pay from a day on."""

    employee = EmployeeRef(read_only=True)

    class Meta:
        model = PayRecord
        fields = ["id", "employee", "yearly_base", "currency", "valid_from"]
        read_only_fields = fields


class PayTableInput(StrictSerializer):
    """A table as CSV, with the columns of the page; of a trial nothing is written."""

    text = serializers.CharField(max_length=LONGEST_TEXT, trim_whitespace=False)
    is_trial = serializers.BooleanField(default=False)


class PayLineSerializer(serializers.Serializer):
    """A line that was refused, and why."""

    number = serializers.IntegerField(read_only=True)
    refusal = serializers.CharField(read_only=True)


class PayReportSerializer(serializers.Serializer):
    """What came of a table."""

    written = serializers.SerializerMethodField()
    unchanged = serializers.IntegerField(read_only=True)
    refused = PayLineSerializer(many=True, read_only=True)
    is_applied = serializers.BooleanField(read_only=True)

    def get_written(self, report: Report) -> int:
        return len(report.changes)
