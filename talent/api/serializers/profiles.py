"""Talent profiles."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.slots import collect
from talent.models import CalibratedRating, TalentProfile


class LineageSerializer(serializers.Serializer):
    """Where a rating came from: the same facts under the resources of the other rooms."""

    review = serializers.IntegerField(read_only=True)
    review_revision = serializers.IntegerField(read_only=True)
    decisions_url = serializers.CharField(read_only=True, help_text="The decisions that led to it, and who made them.")


class ProfileRatingSerializer(serializers.ModelSerializer):
    """A calibrated rating of one period, and where it is from."""

    lineage = serializers.SerializerMethodField()

    class Meta:
        model = CalibratedRating
        fields = [
            "id",
            "period",
            "period_ends_on",
            "value",
            "label",
            "lowest",
            "highest",
            "rated_at",
            "source",
            "source_version",
            "lineage",
        ]
        read_only_fields = fields

    @extend_schema_field(LineageSerializer(allow_null=True))
    def get_lineage(self, rating: CalibratedRating) -> dict[str, Any] | None:
        found = collect("talent.rating_lineage_link", source=rating.source, version=rating.source_version)
        return LineageSerializer(found[0]).data if found else None


class ProfileSerializer(serializers.ModelSerializer):
    """What is known of one person's future. `ratings` is empty for a reader whose scopes do not include them."""

    employee = EmployeeRef(read_only=True)
    job = NamedRef(source="employee.job", read_only=True, allow_null=True)
    org_unit = NamedRef(source="employee.org_unit", read_only=True, allow_null=True)
    ratings = serializers.SerializerMethodField()
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = TalentProfile
        fields = ["id", "employee", "job", "org_unit", "ratings", "created_at", "modified_at"]
        read_only_fields = fields

    @extend_schema_field(ProfileRatingSerializer(many=True))
    def get_ratings(self, profile: TalentProfile) -> Any:
        if not self.context["request"].user.viewer.may_use("ratings:read"):
            return []
        return ProfileRatingSerializer(profile.history, many=True).data
