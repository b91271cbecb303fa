"""Calibration as the API shows and reads it. Ratings are empty for a reader whose scopes do not include them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from calibration.enums import HandOverKind, Reason
from calibration.models import CalibrationSession, Card, Decision, HandOver
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, NamedRef, RatingRef, TitledRef
from hrportal.people.models import Employee, OrgUnit
from performance.models import RatingLevel, Review, ReviewCycle


@extend_schema_field(RatingRef(allow_null=True))
class RatingField(serializers.Field):
    """A rating, if the reader's scopes include ratings."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **options)

    def to_representation(self, rating: RatingLevel) -> dict[str, Any] | None:
        reads = self.context["request"].user.viewer.may_use("ratings:read")
        return RatingRef(rating).data if reads else None


class SessionSerializer(serializers.ModelSerializer):
    """Reviews of one cycle, looked at together. `revision` rises with every move on the board."""

    cycle = TitledRef(read_only=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    facilitator = EmployeeRef(read_only=True, allow_null=True)
    participants = serializers.SerializerMethodField()
    completion_job = serializers.IntegerField(source="completion_job_id", read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = CalibrationSession
        fields = [
            "id",
            "name",
            "cycle",
            "org_unit",
            "facilitator",
            "participants",
            "state",
            "due_on",
            "revision",
            "opened_at",
            "locked_at",
            "completion_job",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields

    @extend_schema_field(EmployeeRef(many=True))
    def get_participants(self, session: CalibrationSession) -> Any:
        return EmployeeRef([row.employee for row in session.participants.all()], many=True).data


class SessionInput(StrictSerializer):
    """Without participants, the managers who write the reviews sit at the table."""

    name = serializers.CharField(max_length=120)
    cycle = VisibleRow(queryset=ReviewCycle.objects.all())
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    facilitator = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), allow_null=True, required=False)
    participants = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), many=True, required=False)
    due_on = serializers.DateField(allow_null=True, required=False)


class FilledSerializer(serializers.Serializer):
    """How many reviews came to lie on the board."""

    added = serializers.IntegerField(read_only=True)


class CardSerializer(serializers.ModelSerializer):
    """One review on the board. Send `version` (or the ETag) back with a move."""

    employee = EmployeeRef(source="review.employee", read_only=True)
    reviewer = EmployeeRef(source="review.reviewer", read_only=True, allow_null=True)
    org_unit = NamedRef(source="review.org_unit", read_only=True, allow_null=True)
    job = NamedRef(source="review.job", read_only=True, allow_null=True)
    proposed_rating = RatingField()
    rating = RatingField()
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Card
        fields = [
            "id",
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
            "version",
        ]
        read_only_fields = fields


class MoveInput(StrictSerializer):
    """Where a card goes. A rating that differs from the proposed one needs a rationale."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")
    rating = serializers.PrimaryKeyRelatedField(queryset=RatingLevel.objects.all(), help_text="Id of a level.")
    rationale = serializers.CharField(allow_blank=True, max_length=5000, required=False)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True, required=False)


class DiscussedInput(StrictSerializer):
    is_discussed = serializers.BooleanField()


class DecisionSerializer(serializers.ModelSerializer):
    """What was decided about one revision of a review, by whom and why."""

    session = TitledRef(read_only=True, allow_null=True)
    employee = EmployeeRef(source="review.employee", read_only=True)
    proposed_rating = RatingField()
    rating = RatingField()
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True, read_only=True)
    decided_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = Decision
        fields = [
            "id",
            "review",
            "review_revision",
            "employee",
            "session",
            "proposed_rating",
            "rating",
            "reason",
            "rationale",
            "decided_by",
            "decided_at",
        ]
        read_only_fields = fields


REVIEWS = Review.objects.select_related("employee__org_unit")


class DecisionInput(StrictSerializer):
    """A reopened and resubmitted review, decided anew."""

    review = VisibleRow(queryset=REVIEWS)
    rating = serializers.PrimaryKeyRelatedField(queryset=RatingLevel.objects.all(), help_text="Id of a level.")
    rationale = serializers.CharField(max_length=5000)


class UncalibratedInput(StrictSerializer):
    """A review that was in no session, completed on HR's word."""

    review = VisibleRow(queryset=REVIEWS)
    reason = serializers.CharField(max_length=2000)


class CompletedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Review
        fields = ["id", "state", "completed_at"]
        read_only_fields = fields


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
