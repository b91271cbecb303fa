"""The way of a rating or a skill, as the API tells it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.bridge.lineage import steps_of, steps_of_skill
from calibration.bridge.sources import review_id_of
from hrportal.people.api.serializers import EmployeeRef
from talent.models import CalibratedRating, SkillAssessment


class StepSerializer(serializers.Serializer):
    """One step on the way, in words; who took it and what they said where the reader may know it."""

    what = serializers.CharField(read_only=True)
    who = EmployeeRef(read_only=True, allow_null=True, required=False, default=None)
    at = serializers.DateTimeField(read_only=True, allow_null=True, required=False, default=None)
    body = serializers.CharField(read_only=True, required=False, default="")


class RatingLineageSerializer(serializers.ModelSerializer):
    """A rating in a talent profile and the review it came from. `version` counts the corrections of that review."""

    employee = EmployeeRef(source="profile.employee", read_only=True)
    review = serializers.SerializerMethodField()
    version = serializers.IntegerField(source="source_version", read_only=True)

    class Meta:
        model = CalibratedRating
        fields = ["id", "employee", "review", "version", "recorded_at", "replaced_at"]
        read_only_fields = fields

    def get_review(self, arrived: CalibratedRating | SkillAssessment) -> int | None:
        return review_id_of(arrived.source)


class RatingLineageDetailSerializer(RatingLineageSerializer):
    steps = serializers.SerializerMethodField()

    class Meta(RatingLineageSerializer.Meta):
        fields = [*RatingLineageSerializer.Meta.fields, "steps"]
        read_only_fields = fields

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, rating: CalibratedRating) -> Any:
        return StepSerializer(steps_of(rating, self.context["request"].user), many=True).data


class SkillLineageSerializer(RatingLineageSerializer):
    """A level in the skills inventory and the review it came from."""

    class Meta:
        model = SkillAssessment
        fields = RatingLineageSerializer.Meta.fields
        read_only_fields = fields


class SkillLineageDetailSerializer(SkillLineageSerializer):
    steps = serializers.SerializerMethodField()

    class Meta(SkillLineageSerializer.Meta):
        fields = [*SkillLineageSerializer.Meta.fields, "steps"]
        read_only_fields = fields

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, skill: SkillAssessment) -> Any:
        return StepSerializer(steps_of_skill(skill, self.context["request"].user), many=True).data
