"""Figures and suggestions as the API shows and reads them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.enums import LeniencyBasis, SuggestionAnswer, SuggestionReason
from calibration.models import Explanation, ManagerEvidence, Suggestion
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, RatingRef, TitledRef
from performance.models import ReviewCycle

NUMBERS = (
    "mean",
    "organisation",
    "evidence",
    "slope",
    "explained",
    "remaining",
    "by_chance",
    "weight",
    "leniency",
    "sd",
    "low",
    "high",
    "mean_q",
    "spread",
    "spread_q",
    "halo",
    "halo_p",
    "recent_share",
)


class ManagerFindingSerializer(serializers.ModelSerializer):
    """How generously one manager rates, in rating points; null is unknown, and `basis` says why. Advisory: a question, never a verdict."""

    cycle = TitledRef(source="run.cycle", read_only=True)
    manager = EmployeeRef(read_only=True)
    basis = serializers.ChoiceField(choices=LeniencyBasis.choices, read_only=True)
    words = serializers.CharField(read_only=True)
    questions = serializers.ListField(child=serializers.CharField(), read_only=True)
    notes = serializers.ListField(child=serializers.CharField(), read_only=True)
    method = serializers.CharField(source="run.method", read_only=True)
    computed_at = serializers.DateTimeField(source="run.computed_at", read_only=True)

    class Meta:
        model = ManagerEvidence
        fields = [
            "id",
            "cycle",
            "manager",
            "basis",
            "ratings",
            "people",
            "with_evidence",
            *NUMBERS,
            "is_mean_flagged",
            "is_spread_flagged",
            "dated_pieces",
            "words",
            "questions",
            "notes",
            "method",
            "computed_at",
        ]
        read_only_fields = fields


class ExplanationSerializer(serializers.ModelSerializer):
    """What was said to a figure."""

    written_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = Explanation
        fields = ["id", "text", "written_by", "written_at"]
        read_only_fields = fields


class SuggestionSerializer(serializers.ModelSerializer):
    """One level up or down, and what a person made of it. Nothing is ever applied by itself."""

    employee = EmployeeRef(source="review.employee", read_only=True)
    given = RatingRef(read_only=True)
    proposed = RatingRef(read_only=True)
    reason = serializers.ChoiceField(choices=SuggestionReason.choices, read_only=True)
    words = serializers.CharField(read_only=True)
    answer = serializers.SerializerMethodField()
    answered_by = EmployeeRef(read_only=True, allow_null=True)
    computed_at = serializers.DateTimeField(source="run.computed_at", read_only=True)

    class Meta:
        model = Suggestion
        fields = [
            "id",
            "review",
            "review_revision",
            "finding",
            "employee",
            "given",
            "proposed",
            "calibrated",
            "reason",
            "probability",
            "words",
            "answer",
            "answer_reason",
            "answered_by",
            "answered_at",
            "computed_at",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=SuggestionAnswer.choices, allow_null=True))
    def get_answer(self, suggestion: Suggestion) -> str | None:
        return suggestion.answer or None


class ExplanationInput(StrictSerializer):
    text = serializers.CharField(max_length=2000)


class AcceptInput(StrictSerializer):
    """The card's version, as read (or send If-Match), and why, in one's own words."""

    why = serializers.CharField(max_length=2000)
    version = serializers.IntegerField(min_value=1, required=False, help_text="The card's version; or send If-Match.")


class RejectInput(StrictSerializer):
    why = serializers.CharField(max_length=2000)


class SuggestionDiscussInput(StrictSerializer):
    why = serializers.CharField(max_length=300, allow_blank=True, required=False)


class EvidenceCycleInput(StrictSerializer):
    cycle = VisibleRow(queryset=ReviewCycle.objects.filter(is_calibrated=True))


class EvidenceSwitchInput(EvidenceCycleInput):
    """Whether the figures of a cycle are shown, and why that changes."""

    is_shown = serializers.BooleanField()
    reason = serializers.CharField(max_length=300)


class SwitchedSerializer(serializers.Serializer):
    cycle = serializers.IntegerField(source="cycle_id", read_only=True)
    is_shown = serializers.BooleanField(read_only=True)
    reason = serializers.CharField(source="switch_reason", read_only=True)
