"""Potential, pools and aspirations as clients read and write them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import Row, StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Employee, Job, OrgUnit
from talent.enums import PoolKind, PotentialDimension
from talent.models import (
    Aspiration,
    GroupAudit,
    PoolMember,
    PoolStep,
    PotentialAssessment,
    PotentialForm,
    PotentialRound,
    TalentPool,
)
from talent.potential.population import SecondRater
from talent.potential.questionnaire import HIGHEST, LOWEST
from talent.potential.shown import Explained, explain


class PotentialRoundSerializer(serializers.ModelSerializer):
    """Many people assessed as of one day."""

    launched_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = PotentialRound
        fields = ["id", "name", "as_of", "due_on", "scope", "state", "launched_by", "launched_at", "closed_at"]
        read_only_fields = fields


class PotentialRoundInput(StrictSerializer):
    name = serializers.CharField(max_length=100)
    as_of = serializers.DateField()
    due_on = serializers.DateField()
    unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), required=False, allow_null=True)
    families = serializers.ListField(child=serializers.CharField(max_length=100), required=False)
    levels = serializers.ListField(child=serializers.IntegerField(), required=False)
    second_rater = serializers.ChoiceField(choices=SecondRater.choices, required=False)


class PotentialAssessmentSerializer(serializers.ModelSerializer):
    """One person's potential as of one day. `level` with `low` and `high` is null while there are not enough raters, or
    while the reader still writes a form about the same."""

    employee = EmployeeRef(read_only=True)
    asked = serializers.IntegerField(read_only=True, help_text="How many raters were asked.")
    submitted = serializers.IntegerField(read_only=True, help_text="How many of them submitted.")
    level = serializers.SerializerMethodField()
    low = serializers.SerializerMethodField()
    high = serializers.SerializerMethodField()

    class Meta:
        model = PotentialAssessment
        fields = [
            "id",
            "employee",
            "round",
            "as_of",
            "due_on",
            "state",
            "asked",
            "submitted",
            "level",
            "low",
            "high",
            "opened_at",
            "closed_at",
        ]
        read_only_fields = fields

    def get_level(self, row: PotentialAssessment) -> float | None:
        return self._unless_blind(row, row.level)

    def get_low(self, row: PotentialAssessment) -> float | None:
        return self._unless_blind(row, row.low)

    def get_high(self, row: PotentialAssessment) -> float | None:
        return self._unless_blind(row, row.high)

    def _unless_blind(self, row: PotentialAssessment, value: float | None) -> float | None:
        return None if row.pk in self._blind() else value

    def _blind(self) -> set[int]:
        """Assessments the reader still writes about; asked once for a whole answer."""
        request = self.context["request"]
        if not hasattr(request, "blind_assessments"):
            own = PotentialForm.objects.own(request.user).to_write()
            request.blind_assessments = set(own.values_list("assessment", flat=True))
        blind: set[int] = request.blind_assessments
        return blind


class DimensionSerializer(serializers.Serializer):
    """One dimension: its mean, the mean of each rater (in the order of `raters`), and how far they lie apart."""

    dimension = serializers.ChoiceField(choices=PotentialDimension.choices, source="level.dimension")
    makes_level = serializers.BooleanField()
    value = serializers.FloatField(source="level.value", allow_null=True)
    by_rater = serializers.ListField(child=serializers.FloatField(allow_null=True), source="level.by_rater")
    spread = serializers.FloatField(source="level.spread", allow_null=True)
    is_disputed = serializers.BooleanField(source="level.is_disputed")


class ExplainedSerializer(serializers.Serializer):
    """How the level comes about."""

    is_blind = serializers.BooleanField()
    raters = serializers.SerializerMethodField()
    dimensions = DimensionSerializer(many=True)
    sd = serializers.FloatField(source="level.sd", allow_null=True, default=None)

    @extend_schema_field(EmployeeRef(many=True))
    def get_raters(self, shown: Explained) -> Any:
        return EmployeeRef([form.rater for form in shown.forms], many=True).data


class AskedRaterSerializer(serializers.ModelSerializer):
    """Somebody who was asked; not what they said."""

    rater = EmployeeRef(read_only=True)

    class Meta:
        model = PotentialForm
        fields = ["rater", "kind", "state"]
        read_only_fields = fields


class PotentialAssessmentDetailSerializer(PotentialAssessmentSerializer):
    """With everything the level rests on. `raters` is null for whoever does not name them."""

    explained = serializers.SerializerMethodField()
    raters = serializers.SerializerMethodField()

    class Meta(PotentialAssessmentSerializer.Meta):
        fields = [*PotentialAssessmentSerializer.Meta.fields, "raters", "explained"]
        read_only_fields = fields

    @extend_schema_field(AskedRaterSerializer(many=True, allow_null=True))
    def get_raters(self, row: PotentialAssessment) -> Any:
        if not self.context["request"].user.has_perm("talent.close_potential_assessment", row):
            return None
        return AskedRaterSerializer(row.forms.select_related("rater").order_by("pk"), many=True).data

    @extend_schema_field(ExplainedSerializer)
    def get_explained(self, row: PotentialAssessment) -> Any:
        return ExplainedSerializer(explain(row, self.context["request"].user, timezone.localdate())).data


class AssessInput(StrictSerializer):
    employee = VisibleRow(queryset=Employee.objects.select_related("org_unit"))
    due_on = serializers.DateField()


class PotentialRaterInput(StrictSerializer):
    rater = VisibleRow(queryset=Employee.objects.all())


class CorrelationSerializer(serializers.Serializer):
    """How far performance and potential go together; null of fewer than ten people."""

    count = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    is_too_high = serializers.BooleanField()


class PotentialFormSerializer(serializers.ModelSerializer):
    """One's own form about somebody."""

    employee = EmployeeRef(source="assessment.employee", read_only=True)
    due_on = serializers.DateField(source="assessment.due_on", read_only=True)

    class Meta:
        model = PotentialForm
        fields = [
            "id",
            "assessment",
            "employee",
            "due_on",
            "kind",
            "state",
            "answers",
            "evidence",
            "version",
            "saved_at",
            "submitted_at",
        ]
        read_only_fields = fields


class PotentialAnswersInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1)
    answers = serializers.DictField(
        child=serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True),
        help_text="By behaviour: 1 to 5, or null for “not observed”.",
    )
    evidence = serializers.DictField(
        child=serializers.CharField(max_length=5000, allow_blank=True), required=False, help_text="By dimension."
    )


class PoolStepSerializer(serializers.ModelSerializer):
    class Meta:
        model = PoolStep
        fields = ["id", "title", "held_on"]
        read_only_fields = fields


class TalentPoolSerializer(serializers.ModelSerializer):
    """A pool, with how many people the reader sees in it."""

    org_unit = NamedRef(read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True, allow_null=True)
    steps = PoolStepSerializer(many=True, read_only=True)
    member_count = serializers.IntegerField(read_only=True)
    nominated_count = serializers.IntegerField(read_only=True)
    approved_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = TalentPool
        fields = [
            "id",
            "name",
            "kind",
            "definition",
            "criteria",
            "org_unit",
            "owner",
            "validity_months",
            "is_active",
            "steps",
            "member_count",
            "nominated_count",
            "approved_count",
            "created_at",
        ]
        read_only_fields = fields


class TalentPoolInput(StrictSerializer):
    name = serializers.CharField(max_length=100)
    kind = serializers.ChoiceField(choices=PoolKind.choices)
    definition = serializers.CharField(max_length=5000)
    criteria = serializers.CharField(max_length=5000)
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), required=False, allow_null=True)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), required=False, allow_null=True)
    validity_months = serializers.IntegerField(min_value=1, max_value=36, required=False)


class PoolNominationInput(StrictSerializer):
    employee = serializers.IntegerField(min_value=1, help_text="Id of the person.")
    rationale = serializers.CharField(max_length=5000)


class PoolStepInput(StrictSerializer):
    title = serializers.CharField(max_length=200)
    held_on = serializers.DateField()


class PoolMemberSerializer(serializers.ModelSerializer):
    """A nomination and what became of it."""

    employee = EmployeeRef(read_only=True)
    nominated_by = EmployeeRef(read_only=True, allow_null=True)
    decided_by = EmployeeRef(read_only=True, allow_null=True)
    evidence = serializers.SerializerMethodField(
        help_text="Levels known at nomination; performance with `ratings:read`."
    )

    class Meta:
        model = PoolMember
        fields = [
            "id",
            "pool",
            "employee",
            "state",
            "rationale",
            "evidence",
            "rested_on_stale",
            "nominated_by",
            "nominated_at",
            "decided_by",
            "decided_at",
            "decision_reason",
            "member_since",
            "expires_on",
            "ended_at",
            "ended_reason",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.DictField())
    def get_evidence(self, member: PoolMember) -> Any:
        if self.context["request"].user.viewer.may_use("ratings:read"):
            return member.evidence
        return {key: value for key, value in member.evidence.items() if key not in {"performance", "ratings"}}


class AttendanceInput(StrictSerializer):
    step = VisibleRow(queryset=PoolStep.objects.all())
    took_part = serializers.BooleanField()


class GroupAuditSerializer(serializers.ModelSerializer):
    """How a pool round falls on groups; sums only, for HR leaders."""

    class Meta:
        model = GroupAudit
        fields = ["id", "pool", "population", "chosen", "lines", "asks_why", "made_at", "answer", "answered_at"]
        read_only_fields = fields


class GroupAuditAnswerInput(StrictSerializer):
    answer = serializers.CharField(max_length=5000)


class AspirationSerializer(serializers.ModelSerializer):
    """What somebody said they want, from one day to another."""

    employee = EmployeeRef(read_only=True)
    jobs = NamedRef(many=True, read_only=True)

    class Meta:
        model = Aspiration
        fields = [
            "id",
            "employee",
            "jobs",
            "wishes",
            "leading",
            "relocation",
            "travel",
            "timing",
            "note",
            "is_shared",
            "valid_from",
            "valid_to",
        ]
        read_only_fields = fields


class AspirationInput(serializers.ModelSerializer, StrictSerializer):
    jobs = Row(queryset=Job.objects.all(), many=True, required=False)

    class Meta:
        model = Aspiration
        fields = ["jobs", "wishes", "leading", "relocation", "travel", "timing", "note", "is_shared"]
