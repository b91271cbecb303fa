"""Proposed development goals."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models.competencies import HIGHEST, LOWEST
from performance.models import GoalPeriod, GoalProposal

LEVEL = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True)


class GoalProposalSerializer(serializers.ModelSerializer):
    """A development goal the strategy proposes. `source` says opaquely what found the level of now.

    `level_now` is null for a reader whose scopes do not include ratings.
    """

    employee = EmployeeRef(read_only=True)
    competency = NamedRef(read_only=True)
    level_now = serializers.SerializerMethodField()
    objective = serializers.IntegerField(
        source="objective_id", read_only=True, allow_null=True, help_text="Id of the goal that came of it."
    )
    decided_by = EmployeeRef(read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = GoalProposal
        fields = [
            "id",
            "employee",
            "competency",
            "level_now",
            "level_wanted",
            "wanted_by",
            "period_ends_on",
            "source",
            "source_version",
            "state",
            "objective",
            "reason",
            "decided_by",
            "decided_at",
            "shared_at",
            "proposed_at",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(LEVEL)
    def get_level_now(self, proposal: GoalProposal) -> int | None:
        return proposal.level_now if self.context["request"].user.viewer.may_use("ratings:read") else None


class AcceptProposalInput(StrictSerializer):
    period = VisibleRow(queryset=GoalPeriod.objects.all(), help_text="Id of the open period the goal is set in.")
    title = serializers.CharField(max_length=200, required=False, allow_blank=True, help_text="Empty: as proposed.")


class DismissProposalInput(StrictSerializer):
    reason = serializers.CharField(max_length=2000)
