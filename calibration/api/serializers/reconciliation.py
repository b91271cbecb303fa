"""Comparisons of both sides of the bridge as the API shows them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.enums import HandOverKind, Outcome
from calibration.models import Difference, Reconciliation
from calibration.reconciliation.figures import figures_for


class EffectFiguresSerializer(serializers.Serializer):
    """Of one effect: how many reviews were covered and right, and of how many it differs. `right` is empty for readers of some people."""

    effect = serializers.ChoiceField(choices=HandOverKind.choices)
    covered = serializers.IntegerField()
    right = serializers.IntegerField(allow_null=True)
    missing = serializers.IntegerField()
    wrong = serializers.IntegerField()
    extra = serializers.IntegerField()
    parked = serializers.IntegerField()
    pending = serializers.IntegerField()


class ReconciliationSerializer(serializers.ModelSerializer):
    """One comparison: how many completed reviews it covered, and how many differences there are that you may see."""

    outcome = serializers.ChoiceField(choices=Outcome.choices, source="told", read_only=True)
    differences = serializers.IntegerField(source="found", read_only=True)

    class Meta:
        model = Reconciliation
        fields = ["id", "started_at", "finished_at", "completed", "covered", "outcome", "differences"]
        read_only_fields = fields


class ReconciliationDetailSerializer(ReconciliationSerializer):
    """With the figures of each effect."""

    effects = serializers.SerializerMethodField()

    class Meta(ReconciliationSerializer.Meta):
        fields = [*ReconciliationSerializer.Meta.fields, "effects"]
        read_only_fields = fields

    @extend_schema_field(EffectFiguresSerializer(many=True))
    def get_effects(self, reconciliation: Reconciliation) -> Any:
        return EffectFiguresSerializer(figures_for(reconciliation, self.context["request"].user), many=True).data


class DifferenceSerializer(serializers.ModelSerializer):
    """Where the two sides differ about one effect of one review. Without `review` none is named that exists and is about this person."""

    effect = serializers.ChoiceField(choices=HandOverKind.choices, read_only=True)

    class Meta:
        model = Difference
        fields = ["id", "reconciliation", "effect", "kind", "mismatch", "employee", "review", "handed_over_at"]
        read_only_fields = fields
