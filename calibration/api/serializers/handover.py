"""Hand-overs as the API shows them."""

from rest_framework import serializers

from calibration.enums import HandOverKind
from calibration.models import HandOver


class HandOverSerializer(serializers.ModelSerializer):
    """One effect of one review on its way to the other side."""

    review = serializers.IntegerField(source="fact.subject_id", read_only=True)
    review_revision = serializers.IntegerField(source="fact.version", read_only=True)
    employee = serializers.IntegerField(source="fact.person_id", read_only=True, allow_null=True)
    kind = serializers.ChoiceField(source="subscriber", choices=HandOverKind.choices, read_only=True)
    recorded_at = serializers.DateTimeField(source="fact.recorded_at", read_only=True)

    class Meta:
        model = HandOver
        fields = [
            "id",
            "review",
            "review_revision",
            "employee",
            "kind",
            "state",
            "attempts",
            "next_try_at",
            "recorded_at",
            "done_at",
        ]
        read_only_fields = fields
