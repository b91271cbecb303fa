"""Feedback and requests for it."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import Row, StrictSerializer, VisibleRow
from hrportal.people.api.serializers import EmployeeRef
from hrportal.people.models import Employee
from performance.api.serializers.named_goals import NamesGoals
from performance.enums import FeedbackKind, FeedbackVisibility
from performance.models import Feedback, FeedbackRequest, Objective


class FeedbackSerializer(serializers.ModelSerializer):
    """What somebody said about somebody. `objective` and `request` are empty where the reader may not know of them."""

    giver = EmployeeRef(read_only=True)
    recipient = EmployeeRef(read_only=True)
    objective = serializers.IntegerField(source="objective.pk", read_only=True, allow_null=True)
    request = serializers.IntegerField(source="request.pk", read_only=True, allow_null=True)
    is_read_by_asker = serializers.SerializerMethodField()
    can_be_taken_back = serializers.BooleanField(read_only=True)

    class Meta:
        model = Feedback
        fields = [
            "id",
            "giver",
            "recipient",
            "request",
            "kind",
            "visibility",
            "is_read_by_asker",
            "text",
            "competency",
            "objective",
            "given_at",
            "thanked_at",
            "taken_back_at",
            "can_be_taken_back",
        ]
        read_only_fields = fields

    def get_is_read_by_asker(self, feedback: Feedback) -> bool | None:
        return feedback.is_read_by_asker if feedback.request else None


class FeedbackInput(StrictSerializer, serializers.ModelSerializer):
    recipient = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all())
    objective = VisibleRow(queryset=Objective.objects.all(), allow_null=True, required=False)

    class Meta:
        model = Feedback
        fields = ["recipient", "kind", "visibility", "text", "competency", "objective"]
        extra_kwargs = {"kind": {"required": True}, "visibility": {"required": True}}


class FeedbackRequestSerializer(NamesGoals, serializers.ModelSerializer):
    """A question to one colleague. `reason` is why they declined; `objective` is empty where you may not see that goal."""

    asker = EmployeeRef(read_only=True)
    about = EmployeeRef(read_only=True)
    asked = EmployeeRef(read_only=True)
    objective = serializers.SerializerMethodField()

    class Meta:
        model = FeedbackRequest
        fields = [
            "id",
            "asker",
            "about",
            "asked",
            "question",
            "objective",
            "competency",
            "due_on",
            "state",
            "reason",
            "asked_at",
            "settled_at",
        ]
        read_only_fields = fields

    def named_goals(self, row: FeedbackRequest) -> list[int | None]:
        return [row.objective_id]

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_objective(self, row: FeedbackRequest) -> int | None:
        return self.shown_goal(row, row.objective_id)


class FeedbackRequestInput(StrictSerializer, serializers.ModelSerializer):
    """A question to one or several colleagues; about whoever asks unless `about` names somebody they lead or look after."""

    about = serializers.PrimaryKeyRelatedField(
        queryset=Employee.objects.select_related("org_unit"), allow_null=True, required=False
    )
    asked = Row(queryset=Employee.objects.all(), many=True, allow_empty=False)
    objective = VisibleRow(queryset=Objective.objects.all(), allow_null=True, required=False)

    class Meta:
        model = FeedbackRequest
        fields = ["about", "asked", "question", "objective", "competency", "due_on"]


class FeedbackAnswerInput(StrictSerializer):
    kind = serializers.ChoiceField(choices=FeedbackKind.choices)
    visibility = serializers.ChoiceField(choices=FeedbackVisibility.choices)
    text = serializers.CharField()
    is_read_by_asker = serializers.BooleanField(
        required=False,
        help_text="Whether whoever asked may read it; true if unsaid. About the asker it follows from `visibility`.",
    )
