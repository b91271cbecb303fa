"""Succession plans and the people on their benches."""

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Employee, Position
from talent.enums import BenchHealth, Readiness, VacancyRisk
from talent.forms.succession import seats_for
from talent.models import SuccessionPlan, Successor


class SuccessorSerializer(serializers.ModelSerializer):
    """One person on one bench."""

    employee = EmployeeRef(read_only=True)
    job = NamedRef(source="employee.job", read_only=True, allow_null=True)

    class Meta:
        model = Successor
        fields = ["id", "employee", "job", "readiness", "rank", "state", "rationale", "assessed_on"]
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
    bench = SuccessorSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = SuccessionPlan
        fields = [
            "id",
            "position",
            "org_unit",
            "incumbent",
            "reason",
            "vacancy_risk",
            "owner",
            "reviewed_on",
            "is_active",
            "version",
            "depth",
            "has_coverage",
            "cover",
            "health",
            "bench",
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


class RoleInput(StrictSerializer):
    position = SeatField(queryset=Position.objects.all())
    reason = serializers.CharField(max_length=5000)
    vacancy_risk = serializers.ChoiceField(choices=VacancyRisk.choices)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), allow_null=True, required=False)


class NominationInput(StrictSerializer):
    employee = serializers.IntegerField(min_value=1, help_text="Id of the person.")
    readiness = serializers.ChoiceField(choices=Readiness.choices)
    rationale = serializers.CharField(allow_blank=True, max_length=5000, required=False)


class ReadinessInput(StrictSerializer):
    readiness = serializers.ChoiceField(choices=Readiness.choices)
    rationale = serializers.CharField(max_length=5000)


class OrderInput(StrictSerializer):
    order = serializers.ListField(
        child=serializers.IntegerField(min_value=1), help_text="Ids of successors, best first."
    )
