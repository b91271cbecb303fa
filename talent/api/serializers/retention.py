"""Flight risks and retention plans, and the fields that all of retention shares."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Employee, LegalEntity, OrgUnit
from talent.api.serializers.stale import StoredStaleSerializer, readable_stale
from talent.enums import Driver, RetentionKind, RetentionOutcome, RiskLevel
from talent.models import FlightRisk, FlightRiskOptOut, RetentionAction, RetentionPlan, RetentionSubjects

LONGEST = 5000


def drivers(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(choices=Driver.choices), **options)


def kinds(**options: Any) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(choices=RetentionKind.choices), **options)


def words(**options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST, **options)


class SubjectField(serializers.PrimaryKeyRelatedField):
    """The id of a person whose retention data the reader may see; another's is as good as none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Employee.objects.all(), **options)

    def get_queryset(self) -> QuerySet[Employee]:
        return RetentionSubjects().visible_to(self.context["request"].user)


def anybody(**options: Any) -> serializers.PrimaryKeyRelatedField:
    return serializers.PrimaryKeyRelatedField(
        queryset=Employee.objects.select_related("org_unit", "user"), help_text="Id of a person.", **options
    )


class FlightRiskSerializer(serializers.ModelSerializer):
    """One assessment; `replaced_at` empty: the one that counts. Reading it is noted. Only for keeping people."""

    employee = EmployeeRef(read_only=True)
    assessed_by = EmployeeRef(read_only=True, allow_null=True)
    drivers = drivers(read_only=True)
    expires_on = serializers.DateField(read_only=True)
    is_stale = serializers.BooleanField(read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = FlightRisk
        fields = [
            "id",
            "employee",
            "version",
            "likelihood",
            "impact",
            "drivers",
            "note",
            "source",
            "assessed_by",
            "assessed_on",
            "expires_on",
            "is_stale",
            "score",
            "interval_low",
            "interval_high",
            "method",
            "computed_on",
            "overrides",
            "override_reason",
            "replaced_at",
            "modified_at",
        ]
        read_only_fields = fields


class FlightRiskInput(StrictSerializer):
    employee = SubjectField()
    likelihood = serializers.ChoiceField(choices=RiskLevel.choices)
    impact = serializers.ChoiceField(choices=RiskLevel.choices)
    drivers = drivers(required=False)
    note = words(allow_blank=True, required=False)
    override_reason = words(allow_blank=True, required=False)


class LookSerializer(serializers.Serializer):
    """Somebody, or a client, looked at what is assessed of a person."""

    who = serializers.CharField()
    at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="The assessment they saw.")


class OptOutSerializer(serializers.ModelSerializer):
    """Where flight risk is turned off; `lifted_at` empty: in force."""

    org_unit = NamedRef(read_only=True, allow_null=True)
    legal_entity = NamedRef(read_only=True, allow_null=True)
    set_by = EmployeeRef(read_only=True, allow_null=True)
    lifted_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = FlightRiskOptOut
        fields = ["id", "org_unit", "legal_entity", "reason", "set_by", "set_at", "lifted_by", "lifted_at"]
        read_only_fields = fields


class OptOutInput(StrictSerializer):
    org_unit = VisibleRow(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    legal_entity = serializers.PrimaryKeyRelatedField(
        queryset=LegalEntity.objects.all(), allow_null=True, required=False
    )
    reason = words()


class PlanActionOfRetentionSerializer(serializers.ModelSerializer):
    """Something somebody does, as those see it who read the plan."""

    owner = EmployeeRef(read_only=True)

    class Meta:
        model = RetentionAction
        fields = ["id", "kind", "title", "owner", "due_on", "done_at", "note"]
        read_only_fields = fields


class RetentionPlanSerializer(serializers.ModelSerializer):
    """What is done so that somebody stays."""

    employee = EmployeeRef(read_only=True)
    owner = EmployeeRef(read_only=True)
    opened_by = EmployeeRef(read_only=True, allow_null=True)
    kinds = kinds(read_only=True)
    actions = PlanActionOfRetentionSerializer(many=True, read_only=True)
    rested_on_stale = serializers.SerializerMethodField()
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = RetentionPlan
        fields = [
            "id",
            "employee",
            "kinds",
            "aim",
            "owner",
            "due_on",
            "state",
            "closing_note",
            "opened_by",
            "opened_on",
            "closed_on",
            "rested_on_stale",
            "version",
            "actions",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(StoredStaleSerializer(many=True))
    def get_rested_on_stale(self, plan: RetentionPlan) -> Any:
        return readable_stale(self, plan, lambda row: row.employee_id)


class RetentionPlanInput(StrictSerializer):
    kinds = kinds(allow_empty=False)
    aim = words()
    owner = anybody()
    due_on = serializers.DateField(allow_null=True, required=False)


class NewRetentionPlanInput(RetentionPlanInput):
    employee = SubjectField()


class RetentionPlanChange(RetentionPlanInput):
    version = serializers.IntegerField(min_value=1, required=False, help_text="Or the header If-Match.")


class RetentionActionInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=RetentionKind.choices)
    title = serializers.CharField(max_length=300, help_text="Its owner reads this line and the day, and no more.")
    owner = anybody()
    due_on = serializers.DateField()


class RetentionCloseInput(StrictSerializer):
    outcome = serializers.ChoiceField(choices=RetentionOutcome.choices)
    note = words()


class RetentionActionSerializer(serializers.ModelSerializer):
    """What somebody is asked to do. It does not say about whom: those who may know read it in the plan."""

    owner = EmployeeRef(read_only=True)

    class Meta:
        model = RetentionAction
        fields = ["id", "title", "owner", "due_on", "done_at", "note"]
        read_only_fields = fields


class DoneInput(StrictSerializer):
    note = words(allow_blank=True, required=False)
