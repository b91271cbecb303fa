"""Talent profiles."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.slots import collect
from talent.api.serializers.potential import (
    AspirationSerializer,
    PoolMemberSerializer,
    PotentialAssessmentDetailSerializer,
)
from talent.models import Aspiration, CalibratedRating, PoolMember, PotentialAssessment, TalentProfile
from talent.potential.levels import KnownPerformance, performance_of
from talent.potential.shown import newest_assessment
from talent.profile.sections import data_of


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


class PerformanceLevelSerializer(serializers.Serializer):
    """The level of performance with what it is made of, newest rating first."""

    value = serializers.FloatField(source="level.value")
    low = serializers.FloatField(source="level.low")
    high = serializers.FloatField(source="level.high")
    mean = serializers.FloatField(source="level.mean", help_text="The organisation’s mean, which counts as one cycle.")
    as_of = serializers.DateField()
    freshness = serializers.CharField()
    parts = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_parts(self, known: KnownPerformance) -> list[dict[str, Any]]:
        return [{"rating": rating.pk, "value": part.value, "weight": part.weight} for rating, part in known.lines]


class ProfileDetailSerializer(ProfileSerializer):
    """With everything else the reader may read of this person; what they may not is null or empty, as what is not known."""

    performance = serializers.SerializerMethodField()
    potential = serializers.SerializerMethodField()
    aspiration = serializers.SerializerMethodField()
    pools = serializers.SerializerMethodField()
    sections = serializers.SerializerMethodField()

    class Meta(ProfileSerializer.Meta):
        fields = [*ProfileSerializer.Meta.fields, "performance", "potential", "aspiration", "pools", "sections"]
        read_only_fields = fields

    @extend_schema_field(PerformanceLevelSerializer(allow_null=True))
    def get_performance(self, profile: TalentProfile) -> Any:
        if not self._user.viewer.may_use("ratings:read"):
            return None
        known = performance_of([profile.employee_id], timezone.localdate()).get(profile.employee_id)
        return PerformanceLevelSerializer(known).data if known else None

    @extend_schema_field(PotentialAssessmentDetailSerializer(allow_null=True))
    def get_potential(self, profile: TalentProfile) -> Any:
        newest = newest_assessment(profile.employee_id, self._user)
        if newest is None:
            return None
        row = PotentialAssessment.objects.with_progress().select_related("employee").get(pk=newest.pk)
        return PotentialAssessmentDetailSerializer(row, context=self.context).data

    @extend_schema_field(AspirationSerializer(allow_null=True))
    def get_aspiration(self, profile: TalentProfile) -> Any:
        said = Aspiration.objects.visible_to(self._user).current().filter(employee=profile.employee_id)
        current = said.select_related("employee").prefetch_related("jobs").first()
        return AspirationSerializer(current).data if current else None

    @extend_schema_field(PoolMemberSerializer(many=True))
    def get_pools(self, profile: TalentProfile) -> Any:
        seen = PoolMember.objects.visible_to(self._user).standing().filter(employee=profile.employee_id)
        return PoolMemberSerializer(seen.with_people(), many=True, context=self.context).data

    @extend_schema_field(serializers.DictField(help_text="What other topics tell of this person, by their name."))
    def get_sections(self, profile: TalentProfile) -> dict[str, Any]:
        return data_of(profile.employee, self._user)

    @property
    def _user(self) -> Any:
        return self.context["request"].user
