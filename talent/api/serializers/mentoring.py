"""Mentoring: the two, why they fit, and how it stands. What they aim for and note together leaves with nobody."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, TitledRef
from hrportal.people.models import Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST
from talent.actions.mentoring import MOST_SKILLS
from talent.models import Mentoring, MentoringWish, MentorOffer, MentorSuggestion
from talent.models.mentoring import MOST_MENTEES
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


class ToldSkillSerializer(serializers.Serializer):
    """A competency, and the level its owner tells they have, 1 to 5."""

    competency = TitledRef(read_only=True)
    level = serializers.IntegerField(read_only=True)


class MentorOfferSerializer(serializers.ModelSerializer):
    """What somebody would teach, and to how many at a time."""

    mentor = EmployeeRef(read_only=True)
    skills = ToldSkillSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = MentorOffer
        fields = ["id", "mentor", "skills", "note", "capacity", "is_active", "modified_at"]
        read_only_fields = fields


class MentoringWishSerializer(serializers.ModelSerializer):
    """What somebody wishes to learn from a mentor."""

    mentee = EmployeeRef(read_only=True)
    skills = ToldSkillSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = MentoringWish
        fields = ["id", "mentee", "skills", "goal", "is_active", "modified_at"]
        read_only_fields = fields


class MentorSuggestionSerializer(serializers.ModelSerializer):
    """Two who would fit, as worked out for everybody at once; the next run replaces it."""

    mentor = EmployeeRef(read_only=True)
    mentee = EmployeeRef(read_only=True)
    match = serializers.SerializerMethodField()

    class Meta:
        model = MentorSuggestion
        fields = ["id", "mentor", "mentee", "match", "computed_at"]
        read_only_fields = fields

    @extend_schema_field(MatchSerializer)
    def get_match(self, row: MentorSuggestion) -> Any:
        return MatchSerializer(Match.of(row.parts)).data


class ToldSkillInput(StrictSerializer):
    competency = serializers.IntegerField(min_value=1, help_text="Id of a competency of the library.")
    level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, help_text="The level one has.")


class ToldSkillsInput(StrictSerializer):
    """Competencies with one's level in each; read as levels by competency."""

    skills = ToldSkillInput(many=True, allow_empty=False, max_length=MOST_SKILLS)  # type: ignore[call-arg]

    def validate_skills(self, lines: list[dict[str, Any]]) -> dict[int, int]:
        if any(many > 1 for many in Counter(line["competency"] for line in lines).values()):
            raise serializers.ValidationError(_("This competency is named twice."))
        return {line["competency"]: line["level"] for line in lines}


class MentorOfferInput(ToldSkillsInput):
    """What one offers as a mentor, whole: it takes the place of what one offered before."""

    note = serializers.CharField(allow_blank=True, max_length=2000, required=False)
    capacity = serializers.IntegerField(
        min_value=1, max_value=MOST_MENTEES, required=False, help_text="How many mentees at a time."
    )
    is_active = serializers.BooleanField(default=True, help_text="false: not available now.")


class MentoringWishInput(ToldSkillsInput):
    """What one wishes to learn, whole: it takes the place of what one wished before."""

    goal = serializers.CharField(max_length=2000)
    is_active = serializers.BooleanField(default=True, help_text="false: one no longer looks.")


class ReflectionInput(StrictSerializer):
    reflection = serializers.CharField(max_length=5000, help_text="What one made of it.")
