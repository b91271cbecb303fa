"""Succession plans and the people on their benches."""

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Employee, Position
from talent.enums import BenchHealth, CriticalBecause, Readiness, VacancyBecause, VacancyRisk
from talent.forms.succession import seats_for
from talent.models import BenchSnapshot, ExternalSuccessor, SnapshotSeat, SuccessionPlan, Successor


class SuccessorSerializer(serializers.ModelSerializer):
    """One person on one bench."""

    employee = EmployeeRef(read_only=True)
    job = NamedRef(source="employee.job", read_only=True, allow_null=True)

    class Meta:
        model = Successor
        fields = [
            "id",
            "employee",
            "job",
            "readiness",
            "emergency_cover",
            "rank",
            "state",
            "rationale",
            "assessed_on",
        ]
        read_only_fields = fields


class ExternalSerializer(serializers.ModelSerializer):
    """Somebody from outside of the organisation, never counted."""

    class Meta:
        model = ExternalSuccessor
        fields = ["id", "name", "note", "named_on"]
        read_only_fields = fields


class BenchSerializer(serializers.ModelSerializer):
    """A critical role with its bench, best first. `cover` is what the bench holds, `health` also says if it is stale."""

    position = NamedRef(read_only=True)
    org_unit = NamedRef(source="position.org_unit", read_only=True, allow_null=True)
    incumbent = EmployeeRef(read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True, allow_null=True)
    depth = serializers.IntegerField(read_only=True, help_text="Approved successors, without emergency cover.")
    has_coverage = serializers.BooleanField(source="strength.has_coverage", read_only=True)
    cover = serializers.ChoiceField(source="strength.cover", choices=BenchHealth.choices, read_only=True)
    health = serializers.SerializerMethodField()
    critical_because = serializers.ListField(
        child=serializers.ChoiceField(choices=CriticalBecause.choices), read_only=True
    )
    vacancy_because = serializers.ListField(
        child=serializers.ChoiceField(choices=VacancyBecause.choices), read_only=True
    )
    bench = SuccessorSerializer(many=True, read_only=True)
    externals = ExternalSerializer(source="outside", many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = SuccessionPlan
        fields = [
            "id",
            "position",
            "org_unit",
            "incumbent",
            "reason",
            "criticality",
            "critical_because",
            "vacancy_risk",
            "vacancy_because",
            "is_private",
            "is_first_rank_vacant",
            "owner",
            "reviewed_on",
            "is_active",
            "version",
            "depth",
            "has_coverage",
            "cover",
            "health",
            "bench",
            "externals",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields

    def get_health(self, plan: SuccessionPlan) -> BenchHealth:
        return plan.strength.health(timezone.localdate())


class SeatField(serializers.PrimaryKeyRelatedField):
    """The id of a seat the reader looks after, that is not critical already."""

    def get_queryset(self) -> QuerySet[Position]:
        return seats_for(self.context["request"].user)


class RoleChanges(StrictSerializer):
    """Why and how much a role is critical; what is not named stays as it is."""

    reason = serializers.CharField(max_length=5000)
    vacancy_risk = serializers.ChoiceField(choices=VacancyRisk.choices)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), allow_null=True, required=False)
    criticality = serializers.IntegerField(min_value=1, max_value=5, allow_null=True, required=False)
    critical_because = serializers.ListField(
        child=serializers.ChoiceField(choices=CriticalBecause.choices), required=False
    )
    vacancy_because = serializers.ListField(
        child=serializers.ChoiceField(choices=VacancyBecause.choices), required=False
    )
    is_private = serializers.BooleanField(required=False)


class RoleInput(RoleChanges):
    position = SeatField(queryset=Position.objects.all())


class NominationInput(StrictSerializer):
    employee = serializers.IntegerField(min_value=1, help_text="Id of the person.")
    readiness = serializers.ChoiceField(choices=Readiness.choices)
    rationale = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    emergency_cover = serializers.BooleanField(required=False)


class ReadinessInput(StrictSerializer):
    readiness = serializers.ChoiceField(choices=Readiness.choices)
    rationale = serializers.CharField(max_length=5000)
    emergency_cover = serializers.BooleanField(required=False)


class OrderInput(StrictSerializer):
    order = serializers.ListField(
        child=serializers.IntegerField(min_value=1), help_text="Ids of successors, best first."
    )
    leave_first_vacant = serializers.BooleanField(
        required=False, help_text="Ranks begin with 2: nobody is good enough yet to be the first choice."
    )


class ExternalInput(StrictSerializer):
    name = serializers.CharField(max_length=200)
    note = serializers.CharField(allow_blank=True, max_length=5000, required=False)


class ExperiencesInput(StrictSerializer):
    names = serializers.ListField(
        child=serializers.CharField(max_length=120), help_text="All experiences that the job of this role asks for."
    )


class FoundExperience(StrictSerializer):
    experience = serializers.IntegerField(min_value=1, help_text="Id of an experience that the role asks for.")
    is_held = serializers.BooleanField(allow_null=True, help_text="null: nobody knows.")


class FoundExperiencesInput(StrictSerializer):
    found = FoundExperience(many=True)


class NinetyDaysInput(StrictSerializer):
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), required=False)
    starts_on = serializers.DateField(required=False)


class SnapshotSeatSerializer(serializers.ModelSerializer):
    employee = EmployeeRef(read_only=True)

    class Meta:
        model = SnapshotSeat
        fields = ["employee", "readiness", "emergency_cover", "rank", "state", "assessed_on"]
        read_only_fields = fields


class SnapshotSerializer(serializers.ModelSerializer):
    """A bench as it was endorsed."""

    seats = SnapshotSeatSerializer(many=True, read_only=True)

    class Meta:
        model = BenchSnapshot
        fields = ["id", "plan_version", "taken_at", "seats"]
        read_only_fields = fields


class ExperienceLineSerializer(serializers.Serializer):
    experience = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    is_held = serializers.BooleanField(allow_null=True)


class ScorePartSerializer(serializers.Serializer):
    name = serializers.CharField()
    weight = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    is_known = serializers.BooleanField()


class SuccessorAssessmentSerializer(serializers.Serializer):
    """A successor beside the role, with the parts of every number. It puts in an order and decides nothing."""

    successor = serializers.IntegerField(source="successor.pk")
    employee = EmployeeRef(read_only=True)
    fit_low = serializers.FloatField(source="fit.low", allow_null=True, default=None)
    fit_high = serializers.FloatField(source="fit.high", allow_null=True, default=None)
    months_low = serializers.IntegerField(source="way.low", allow_null=True, default=None)
    months_high = serializers.IntegerField(source="way.high", allow_null=True, default=None)
    willing = serializers.CharField()
    score_low = serializers.FloatField(source="score.low")
    score_high = serializers.FloatField(source="score.high")
    parts = ScorePartSerializer(source="score.parts", many=True)
    experiences = ExperienceLineSerializer(many=True)


class BenchAssessmentSerializer(serializers.Serializer):
    """What a bench is worth, at most, and each of its successors."""

    strength = serializers.FloatField(source="score.strength")
    unknown = serializers.IntegerField(
        source="score.unknown", help_text="Of how many it is not known whether they stay or are willing."
    )
    exposure = serializers.FloatField(allow_null=True)
    order_hangs_on_weights = serializers.BooleanField()
    successors = SuccessorAssessmentSerializer(source="by_score", many=True)


class BenchStudySerializer(serializers.Serializer):
    """All benches the reader sees, together, as they were computed last."""

    computed_at = serializers.DateTimeField(source="study.computed_at")
    roles = serializers.IntegerField(source="figures.roles")
    covered = serializers.IntegerField(source="figures.covered")
    ready_now = serializers.IntegerField(source="figures.ready_now")
    net = serializers.IntegerField(source="figures.net", help_text="Roles that distinct people could fill at once.")
    slots = serializers.IntegerField(source="figures.slots")
    people = serializers.IntegerField(source="figures.people")
    overlap = serializers.FloatField(allow_null=True)
    single_points = EmployeeRef(many=True)
