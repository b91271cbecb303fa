"""Mentoring: the two, why they fit, and how it stands. What they aim for and note together leaves with nobody."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef
from hrportal.people.models import Employee
from talent.models import Mentoring
from talent.scores.mentoring import DISTANCE_WEIGHT, SKILL_WEIGHT, Match


class MatchLeadSerializer(serializers.Serializer):
    """One wished competency: the level the mentee told, the mentor's (null: not offered), and what it counts, 0 to 1."""

    competency = serializers.IntegerField(source="competency_id", read_only=True)
    mentee = serializers.IntegerField(read_only=True)
    mentor = serializers.IntegerField(read_only=True, allow_null=True)
    share = serializers.FloatField(read_only=True)


class MatchSerializer(serializers.Serializer):
    """`score` = the mean of the shares times `skill_weight`, and `distance_weight` if the two work in different units."""

    score = serializers.FloatField(read_only=True)
    leads = MatchLeadSerializer(many=True, read_only=True)
    is_other_unit = serializers.BooleanField(read_only=True)
    skill_weight = serializers.SerializerMethodField()
    distance_weight = serializers.SerializerMethodField()

    def get_skill_weight(self, match: Match) -> int:
        return SKILL_WEIGHT

    def get_distance_weight(self, match: Match) -> int:
        return DISTANCE_WEIGHT


class MentoringSerializer(serializers.ModelSerializer):
    """A mentor and a mentee."""

    mentor = EmployeeRef(read_only=True)
    mentee = EmployeeRef(read_only=True)
    proposed_by = EmployeeRef(read_only=True, allow_null=True)
    match = serializers.SerializerMethodField()
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Mentoring
        fields = [
            "id",
            "mentor",
            "mentee",
            "state",
            "goal",
            "match",
            "proposed_by",
            "proposed_at",
            "mentor_said_yes_at",
            "mentee_said_yes_at",
            "started_at",
            "ended_at",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(MatchSerializer(allow_null=True))
    def get_match(self, mentoring: Mentoring) -> Any:
        return MatchSerializer(Match.of(mentoring.parts)).data if mentoring.parts else None


class ProposalInput(StrictSerializer):
    """Two who fit by what they offer and wish."""

    mentee = VisibleRow(queryset=Employee.objects.select_related("org_unit"))
    mentor = VisibleRow(queryset=Employee.objects.all())
    goal = serializers.CharField(allow_blank=True, max_length=2000, required=False)


class ReflectionInput(StrictSerializer):
    reflection = serializers.CharField(max_length=5000, help_text="What one made of it.")
