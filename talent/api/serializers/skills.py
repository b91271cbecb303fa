"""The skills inventory, the library, role profiles and what the organisation needs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.enums import CompetencyKind
from hrportal.people.models import Competency, CompetencyLevel, Employee, Job, OrgUnit, RoleProfileEntry
from hrportal.people.models.competencies import HIGHEST, LOWEST, MEDIUM_IMPORTANCE
from hrportal.people.slots import collect
from talent.api.serializers.profiles import LineageSerializer
from talent.enums import GapGrouping, ProfileDay, SkillSource
from talent.models import Certificate, GapAnalysis, HeadcountForecast, SkillAssessment, SkillAssessor
from talent.skills.report import AnalysisReport

COMPETENCIES = Competency.objects.filter(is_active=True)


class SkillSerializer(serializers.ModelSerializer):
    """A level somebody was found to have; of each kind of source the newest. It counts from `assessed_on`."""

    employee = EmployeeRef(source="profile.employee", read_only=True)
    competency = NamedRef(read_only=True)
    lineage = serializers.SerializerMethodField()

    class Meta:
        model = SkillAssessment
        fields = [
            "id",
            "employee",
            "competency",
            "level",
            "kind",
            "assessed_on",
            "good_until",
            "note",
            "source",
            "source_version",
            "shared_at",
            "recorded_at",
            "lineage",
        ]
        read_only_fields = fields

    @extend_schema_field(LineageSerializer(allow_null=True))
    def get_lineage(self, skill: SkillAssessment) -> dict[str, Any] | None:
        found = collect("talent.rating_lineage_link", source=skill.source, version=skill.source_version)
        return LineageSerializer(found[0]).data if found else None


class SkillInput(StrictSerializer):
    employee = VisibleRow(queryset=Employee.objects.select_related("org_unit"))
    competency = serializers.PrimaryKeyRelatedField(queryset=COMPETENCIES)
    level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST)
    kind = serializers.ChoiceField(
        choices=SkillSource.choices, required=False, help_text="As whom; without it as whoever stands nearest."
    )
    assessed_on = serializers.DateField(required=False, help_text="Today unless said otherwise; not in the future.")
    note = serializers.CharField(max_length=5000, allow_blank=True, required=False)


class CountingSerializer(serializers.Serializer):
    """The level that counts of all that is known of one person and competency, and who says so."""

    employee = serializers.IntegerField(read_only=True)
    competency = serializers.IntegerField(read_only=True)
    level = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(choices=SkillSource.choices, read_only=True)
    assessed_on = serializers.DateField(read_only=True)
    is_stale = serializers.BooleanField(read_only=True)


class LevelDescriptionSerializer(serializers.ModelSerializer):
    class Meta:
        model = CompetencyLevel
        fields = ["level", "description"]
        read_only_fields = fields


class CompetencySerializer(serializers.ModelSerializer):
    """A competency with words for its levels."""

    levels = LevelDescriptionSerializer(many=True, read_only=True)

    class Meta:
        model = Competency
        fields = ["id", "code", "name", "kind", "description", "is_active", "levels"]
        read_only_fields = fields


class LevelWordsInput(StrictSerializer):
    level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST)
    description = serializers.CharField(max_length=2000, allow_blank=True)


class CompetencyChanges(StrictSerializer):
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=CompetencyKind.choices)
    description = serializers.CharField(max_length=5000, allow_blank=True, required=False)
    levels = LevelWordsInput(many=True, required=False)

    def validate_levels(self, levels: list[dict[str, Any]]) -> dict[int, str]:
        """As the action takes them."""
        return {row["level"]: row["description"] for row in levels}


class NewCompetencyInput(CompetencyChanges):
    code = serializers.CharField(max_length=100)


class ProfileEntrySerializer(serializers.ModelSerializer):
    competency = NamedRef(read_only=True)

    class Meta:
        model = RoleProfileEntry
        fields = ["competency", "level_today", "level_in_24_months", "importance"]
        read_only_fields = fields


class RoleProfileSerializer(serializers.ModelSerializer):
    """What a job asks for today and in 24 months. `version` counts how often it was written here."""

    entries = ProfileEntrySerializer(source="profile", many=True, read_only=True)
    version = serializers.IntegerField(source="profile_version", read_only=True)

    class Meta:
        model = Job
        fields = ["id", "code", "name", "family", "level", "version", "entries"]
        read_only_fields = fields


class ProfileLineInput(StrictSerializer):
    competency = serializers.PrimaryKeyRelatedField(queryset=Competency.objects.all())
    level_today = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    level_in_24_months = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    importance = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, default=MEDIUM_IMPORTANCE)


class RoleProfileInput(StrictSerializer):
    """The profile whole: what is not among the entries is no longer asked for."""

    version = serializers.IntegerField(min_value=0)
    entries: serializers.ListSerializer[Any] = serializers.ListSerializer(child=ProfileLineInput(), max_length=60)


class FitLineSerializer(serializers.Serializer):
    """One demand: `have` and `gap` are null where nobody assessed it."""

    competency = NamedRef(read_only=True)
    required = serializers.IntegerField(source="fit.demand.required", read_only=True)  # type: ignore[assignment]
    importance = serializers.IntegerField(source="fit.demand.importance", read_only=True)
    have = serializers.IntegerField(source="fit.have", read_only=True, allow_null=True)
    gap = serializers.IntegerField(source="fit.gap", read_only=True, allow_null=True)
    is_critical = serializers.BooleanField(source="fit.is_critical", read_only=True, allow_null=True)


class FitSerializer(serializers.Serializer):
    """A person beside a job: the share of what it asks for that they have lies between `low` and `high`."""

    job = NamedRef(read_only=True)
    day = serializers.ChoiceField(choices=ProfileDay.choices, read_only=True)
    low = serializers.FloatField(source="fit.low", read_only=True)
    high = serializers.FloatField(source="fit.high", read_only=True)
    not_assessed = serializers.IntegerField(source="fit.unknown", read_only=True)
    lines = FitLineSerializer(many=True, read_only=True)


class WantedSerializer(serializers.Serializer):
    """One competency of a family: the levels asked for, and where the people are whose job asks for it."""

    competency = NamedRef(read_only=True)
    today = serializers.ListField(child=serializers.IntegerField(), read_only=True)
    in_24_months = serializers.ListField(source="later", child=serializers.IntegerField(), read_only=True)
    people = serializers.IntegerField(read_only=True)
    there = serializers.IntegerField(read_only=True)
    one_below = serializers.IntegerField(read_only=True)
    further = serializers.IntegerField(read_only=True)
    not_assessed = serializers.IntegerField(source="unknown", read_only=True)


class StrategySerializer(serializers.Serializer):
    """What a family's jobs will ask for in 24 months, beside what its people can do today."""

    family = serializers.CharField(read_only=True)
    people = serializers.IntegerField(read_only=True)
    reached = serializers.IntegerField(read_only=True)
    wanted = WantedSerializer(many=True, read_only=True)


class CertificateSerializer(serializers.ModelSerializer):
    """What somebody holds. Its level counts once it is verified, until it ends."""

    employee = EmployeeRef(source="profile.employee", read_only=True)
    competency = NamedRef(read_only=True, allow_null=True)

    class Meta:
        model = Certificate
        fields = [
            "id",
            "employee",
            "name",
            "issuer",
            "issued_on",
            "expires_on",
            "competency",
            "level",
            "evidence_url",
            "evidence",
            "recorded_at",
            "verified_at",
            "withdrawn_at",
            "withdrawn_because",
        ]
        read_only_fields = fields


class CertificateInput(StrictSerializer):
    employee = VisibleRow(queryset=Employee.objects.select_related("org_unit"))
    name = serializers.CharField(max_length=200)
    issuer = serializers.CharField(max_length=200)
    issued_on = serializers.DateField()
    expires_on = serializers.DateField(allow_null=True, required=False)
    competency = serializers.PrimaryKeyRelatedField(queryset=COMPETENCIES, allow_null=True, required=False)
    level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    evidence_url = serializers.URLField(max_length=500, allow_blank=True, required=False)
    evidence = serializers.CharField(max_length=5000, allow_blank=True, required=False)


class SkillReasonInput(StrictSerializer):
    reason = serializers.CharField(max_length=300)


class ForecastSerializer(serializers.ModelSerializer):
    """So many people are needed in a job by a day, in a unit and all below it; without a unit in the whole company."""

    job = NamedRef(read_only=True)
    org_unit = NamedRef(read_only=True, allow_null=True)

    class Meta:
        model = HeadcountForecast
        fields = ["id", "job", "org_unit", "on", "number", "note", "updated_at"]
        read_only_fields = fields


class ForecastChanges(StrictSerializer):
    number = serializers.IntegerField(min_value=0, max_value=1_000_000)
    note = serializers.CharField(max_length=300, allow_blank=True, required=False)


class ForecastInput(ForecastChanges):
    job = serializers.PrimaryKeyRelatedField(queryset=Job.objects.all())
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    on = serializers.DateField()


class ForecastsInput(StrictSerializer):
    forecasts: serializers.ListSerializer[Any] = serializers.ListSerializer(child=ForecastInput(), max_length=5000)


class ForecastsTakenSerializer(serializers.Serializer):
    added = serializers.IntegerField(read_only=True)
    edited = serializers.IntegerField(read_only=True)


class AssessorSerializer(serializers.ModelSerializer):
    """Somebody HR named to assess people of a unit and below; without a competency in any."""

    assessor = EmployeeRef(read_only=True)
    org_unit = NamedRef(read_only=True)
    competency = NamedRef(read_only=True, allow_null=True)

    class Meta:
        model = SkillAssessor
        fields = ["id", "assessor", "org_unit", "competency", "named_at", "ended_at"]
        read_only_fields = fields


class AssessorInput(StrictSerializer):
    assessor = VisibleRow(queryset=Employee.objects.employed())
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.filter(is_active=True))
    competency = serializers.PrimaryKeyRelatedField(queryset=COMPETENCIES, allow_null=True, required=False)


class GapLineSerializer(serializers.Serializer):
    """One level of one competency in one part of the organisation."""

    part = serializers.CharField(read_only=True)
    competency = serializers.CharField(read_only=True)
    level = serializers.IntegerField(read_only=True)
    need = serializers.IntegerField(read_only=True)
    have = serializers.IntegerField(read_only=True)
    not_assessed = serializers.IntegerField(source="unknown", read_only=True)
    missing_at_least = serializers.IntegerField(source="low", read_only=True)
    missing_at_most = serializers.IntegerField(source="high", read_only=True)


class GapAnalysisSerializer(serializers.ModelSerializer):
    """Skills needed on a day beside the skills there are. Empty until it is computed."""

    org_unit = NamedRef(read_only=True, allow_null=True)

    class Meta:
        model = GapAnalysis
        fields = ["id", "org_unit", "until", "profile", "group_by", "asked_at", "computed_at"]
        read_only_fields = fields


class GapAnalysisDetailSerializer(GapAnalysisSerializer):
    lines = serializers.SerializerMethodField()

    class Meta(GapAnalysisSerializer.Meta):
        fields = [*GapAnalysisSerializer.Meta.fields, "lines"]
        read_only_fields = fields

    @extend_schema_field(GapLineSerializer(many=True))
    def get_lines(self, analysis: GapAnalysis) -> list[Any]:
        lines = AnalysisReport(analysis).lines() if analysis.computed_at else []
        return list(GapLineSerializer(lines, many=True).data)


class GapAnalysisInput(StrictSerializer):
    until = serializers.DateField()
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    profile = serializers.ChoiceField(choices=ProfileDay.choices, required=False)
    group_by = serializers.ChoiceField(choices=GapGrouping.choices, required=False)
