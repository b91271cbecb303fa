"""Cards as the API shows and reads them."""

from rest_framework import serializers

from calibration.enums import Reason, Rounding
from calibration.models import Card
from hrportal.common.api import StrictSerializer
from hrportal.people.api.serializers import EmployeeRef, NamedRef, RatingRef
from performance.models import RatingLevel


class CardSerializer(serializers.ModelSerializer):
    """One review on the board. Send `version` (or the ETag) back with a move."""

    employee = EmployeeRef(source="review.employee", read_only=True)
    reviewer = EmployeeRef(source="review.reviewer", read_only=True, allow_null=True)
    org_unit = NamedRef(source="review.org_unit", read_only=True, allow_null=True)
    job = NamedRef(source="review.job", read_only=True, allow_null=True)
    proposed_rating = RatingRef(read_only=True, allow_null=True)
    rating = RatingRef(read_only=True, allow_null=True)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Card
        fields = [
            "id",
            "session",
            "review",
            "review_revision",
            "employee",
            "reviewer",
            "org_unit",
            "job",
            "proposed_rating",
            "rating",
            "reason",
            "rationale",
            "is_discussed",
            "agenda_place",
            "agenda_note",
            "version",
        ]
        read_only_fields = fields


class MoveInput(StrictSerializer):
    """Where a card goes. A rating that differs from the proposed one needs a rationale."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")
    rating = serializers.PrimaryKeyRelatedField(queryset=RatingLevel.objects.all(), help_text="Id of a level.")
    rationale = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True, required=False)


class UndoInput(StrictSerializer):
    """One's own last move, taken back; the words are optional."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")
    rationale = serializers.CharField(allow_blank=True, max_length=5000, required=False)


class RatingShareSerializer(serializers.Serializer):
    """One rating of the scale: how many lie there now, were proposed there, and what the guideline comes to."""

    value = serializers.IntegerField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    count = serializers.IntegerField(read_only=True)
    proposed = serializers.IntegerField(read_only=True)
    guideline_percent = serializers.IntegerField(source="guideline", read_only=True, allow_null=True)
    guideline_people = serializers.CharField(source="target", read_only=True, allow_blank=True)


class DistributionSerializer(serializers.Serializer):
    """The board counted, over the cards the reader sees. The guideline is given from thirty people upward."""

    people = serializers.IntegerField(read_only=True)
    moved = serializers.IntegerField(read_only=True)
    undiscussed = serializers.IntegerField(read_only=True)
    rounding = serializers.ChoiceField(choices=Rounding.choices, read_only=True)
    guideline_applies = serializers.BooleanField(read_only=True)
    ratings = RatingShareSerializer(many=True, read_only=True)


class DiscussedInput(StrictSerializer):
    is_discussed = serializers.BooleanField()
