"""Vacancies, and what is typed about them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Position
from talent.api.serializers.stale import StoredStaleSerializer, readable_stale
from talent.enums import PlacementOutcome, VacancyReason
from talent.forms.vacancies import open_seats_for
from talent.models import Vacancy


class VacancySerializer(serializers.ModelSerializer):
    """A seat that is or was vacant. `source` and `readiness_then` say from where whoever took it came; `days` how long it took."""

    position = NamedRef(read_only=True)
    org_unit = NamedRef(source="position.org_unit", read_only=True, allow_null=True)
    succession_plan = serializers.IntegerField(source="plan_id", read_only=True, allow_null=True)
    former = EmployeeRef(read_only=True, allow_null=True)
    proposed = EmployeeRef(read_only=True, allow_null=True)
    filled_by = EmployeeRef(read_only=True, allow_null=True)
    days = serializers.IntegerField(read_only=True, allow_null=True)
    rested_on_stale = serializers.SerializerMethodField()
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Vacancy
        fields = [
            "id",
            "position",
            "org_unit",
            "succession_plan",
            "former",
            "opened_on",
            "reason",
            "is_planned",
            "note",
            "state",
            "proposed",
            "closed_on",
            "filled_by",
            "source",
            "readiness_then",
            "decision",
            "rested_on_stale",
            "days",
            "outcome",
            "outcome_reason",
            "outcome_on",
            "version",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(StoredStaleSerializer(many=True))
    def get_rested_on_stale(self, vacancy: Vacancy) -> Any:
        return readable_stale(self, vacancy, lambda row: row.filled_by_id)


class VacantSeatField(serializers.PrimaryKeyRelatedField):
    """The id of a seat the reader looks after that has no open vacancy."""

    def get_queryset(self) -> QuerySet[Position]:
        return open_seats_for(self.context["request"].user)


class VacancyInput(StrictSerializer):
    position = VacantSeatField(queryset=Position.objects.all())
    opened_on = serializers.DateField()
    reason = serializers.ChoiceField(choices=VacancyReason.choices)
    is_planned = serializers.BooleanField(required=False)
    note = serializers.CharField(allow_blank=True, max_length=5000, required=False)


class VacancyEditInput(StrictSerializer):
    opened_on = serializers.DateField(required=False)
    reason = serializers.ChoiceField(choices=VacancyReason.choices, required=False)
    is_planned = serializers.BooleanField(required=False)
    note = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")


class FillInput(StrictSerializer):
    employee = serializers.IntegerField(
        min_value=1,
        allow_null=True,
        help_text="Id of the person; null for somebody from outside not in the directory yet.",
    )
    filled_on = serializers.DateField()
    decision = serializers.CharField(max_length=5000, help_text="Why this person.")


class CancelInput(StrictSerializer):
    decision = serializers.CharField(max_length=5000, help_text="Why it is cancelled.")


class HireInput(StrictSerializer):
    employee = serializers.IntegerField(min_value=1, help_text="Id of the person.")


class OutcomeInput(StrictSerializer):
    outcome = serializers.ChoiceField(choices=PlacementOutcome.choices)
    outcome_reason = serializers.CharField(max_length=5000)
