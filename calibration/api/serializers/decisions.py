"""Decisions as the API shows and reads them."""

from rest_framework import serializers

from calibration.enums import Reason
from calibration.forms.decisions import LONGEST
from calibration.models import Decision, DecisionRemark
from hrportal.common.api import StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef, RatingRef, TitledRef
from performance.enums import ReviewState
from performance.models import RatingLevel, Review, ReviewCycle

REVIEWS = Review.objects.select_related("employee__org_unit")


class DecisionRemarkSerializer(serializers.ModelSerializer):
    """What a manager said to a decision; a request to look again, and HR's answer."""

    made_by = EmployeeRef(read_only=True)
    answered_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = DecisionRemark
        fields = ["id", "is_request", "text", "made_by", "made_at", "answer", "answered_by", "answered_at"]
        read_only_fields = fields


class DecisionSerializer(serializers.ModelSerializer):
    """What was decided about one revision of a review, by whom and why."""

    session = TitledRef(read_only=True, allow_null=True)
    employee = EmployeeRef(source="review.employee", read_only=True)
    proposed_rating = RatingRef(read_only=True, allow_null=True)
    rating = RatingRef(read_only=True, allow_null=True)
    reason = serializers.ChoiceField(choices=Reason.choices, allow_blank=True, read_only=True)
    decided_by = EmployeeRef(read_only=True, allow_null=True)
    review_state = serializers.ChoiceField(source="review.state", choices=ReviewState.choices, read_only=True)
    is_standing = serializers.BooleanField(
        read_only=True, help_text="Whether it is about the revision the review is at."
    )
    remarks = DecisionRemarkSerializer(many=True, read_only=True)

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
            "review_state",
            "is_standing",
            "remarks",
        ]
        read_only_fields = fields


class DecisionInput(StrictSerializer):
    """A reopened and resubmitted review, decided anew."""

    review = VisibleRow(queryset=REVIEWS)
    rating = serializers.PrimaryKeyRelatedField(queryset=RatingLevel.objects.all(), help_text="Id of a level.")
    rationale = serializers.CharField(max_length=5000)


class UncalibratedInput(StrictSerializer):
    """A review that was in no session, completed on HR's word."""

    review = VisibleRow(queryset=REVIEWS)
    reason = serializers.CharField(max_length=2000)


class DecidedCycleInput(StrictSerializer):
    """A cycle whose decided reviews are completed."""

    cycle = VisibleRow(queryset=ReviewCycle.objects.filter(is_calibrated=True))


class RemarkInput(StrictSerializer):
    text = serializers.CharField(max_length=LONGEST)
    is_request = serializers.BooleanField(default=False, help_text="Ask HR to look again.")


class AnswerInput(StrictSerializer):
    answer = serializers.CharField(max_length=LONGEST)


class CompletedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Review
        fields = ["id", "state", "completed_at"]
        read_only_fields = fields
