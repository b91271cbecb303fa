"""What the strategy would propose to the people of a family of jobs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.bridge.proposing import WHY_NOT, Preview
from hrportal.common.api import StrictSerializer


class CompetencyCountSerializer(serializers.Serializer):
    competency = serializers.IntegerField(read_only=True)
    people = serializers.IntegerField(read_only=True)


class LeftOutSerializer(serializers.Serializer):
    """Who gets no proposal, and why."""

    reason = serializers.ChoiceField(choices=list(WHY_NOT), read_only=True)
    words = serializers.CharField(read_only=True)
    employees = serializers.ListField(child=serializers.IntegerField(), read_only=True, help_text="Ids of people.")


class StrategyPreviewSerializer(serializers.Serializer):
    """What proposing would do now. `hidden`: people who do not learn of it before their review is shared."""

    people = serializers.IntegerField(read_only=True)
    proposals = serializers.IntegerField(read_only=True)
    hidden = serializers.IntegerField(read_only=True)
    competencies = serializers.SerializerMethodField(help_text="To how many people each would be proposed.")
    left_out = serializers.SerializerMethodField()

    @extend_schema_field(CompetencyCountSerializer(many=True))
    def get_competencies(self, preview: Preview) -> Any:
        return [{"competency": pk, "people": many} for pk, many in sorted(preview.competencies.items())]

    @extend_schema_field(LeftOutSerializer(many=True))
    def get_left_out(self, preview: Preview) -> Any:
        found = sorted(preview.left_out.items())
        return [{"reason": why, "words": str(WHY_NOT[why]), "employees": people} for why, people in found]


class StrategyProposalInput(StrictSerializer):
    family = serializers.CharField(max_length=100, help_text="A family of jobs.")
