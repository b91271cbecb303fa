"""Talent reviews, the people they talk about, what is decided and the tasks that come of it."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import Row, StrictSerializer
from hrportal.people.api.serializers import EmployeeRef, NamedRef
from hrportal.people.models import Employee, OrgUnit
from talent.enums import DecisionKind, Trajectory
from talent.models import BoxMove, BoxPlacement, MemberDecision, ReviewMember, ReviewTask, TalentReview
from talent.staleness import ReadableStale
from talent.talent_reviews.boxes import LONGEST_LABEL, LONGEST_MEANING


class BoxSerializer(StrictSerializer):
    """What one of the nine boxes is called and says, lowest first; numbered as on a number pad."""

    label = serializers.CharField(max_length=LONGEST_LABEL)  # type: ignore[assignment]
    meaning = serializers.CharField(max_length=LONGEST_MEANING, allow_blank=True, default="")


class StaleDatumSerializer(serializers.Serializer):
    """What a decision rested on that was out of date then, and the day it was from."""

    kind = serializers.CharField(read_only=True)
    on = serializers.DateField(read_only=True)


class TalentReviewSerializer(serializers.ModelSerializer):
    """A meeting over a population. The cut points divide both axes, from 1 to 5, into three."""

    org_unit = NamedRef(read_only=True, allow_null=True)
    owner = EmployeeRef(read_only=True, allow_null=True)
    facilitator = EmployeeRef(read_only=True, allow_null=True)
    boxes = BoxSerializer(many=True, read_only=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = TalentReview
        fields = [
            "id",
            "name",
            "state",
            "org_unit",
            "job_family",
            "job_level",
            "owner",
            "facilitator",
            "held_on",
            "prepare_until",
            "cycle_name",
            "performance_low",
            "performance_high",
            "potential_low",
            "potential_high",
            "boxes",
            "version",
            "opened_at",
            "concluded_at",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class ReviewMoveSerializer(serializers.ModelSerializer):
    """One move of one card."""

    moved_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = BoxMove
        fields = ["id", "from_box", "to_box", "rationale", "moved_by", "moved_at"]
        read_only_fields = fields


class BoxPlacementSerializer(serializers.ModelSerializer):
    """What the meeting decided about the box, on one day."""

    decided_by = EmployeeRef(read_only=True, allow_null=True)
    rested_on_stale = StaleDatumSerializer(many=True, read_only=True)

    class Meta:
        model = BoxPlacement
        fields = ["box", "label", "figures_box", "rationale", "decided_by", "decided_at", "rested_on_stale"]
        read_only_fields = fields


class ReviewTaskSerializer(serializers.ModelSerializer):
    """What somebody does about a decision, until when."""

    owner = EmployeeRef(read_only=True)

    class Meta:
        model = ReviewTask
        fields = ["id", "title", "owner", "due_on", "state", "note", "ended_at"]
        read_only_fields = fields


class MemberDecisionSerializer(serializers.ModelSerializer):
    """Something decided beside the box. `reference` names what came of it: a model and an id."""

    decided_by = EmployeeRef(read_only=True, allow_null=True)
    task = ReviewTaskSerializer(read_only=True)
    rested_on_stale = serializers.SerializerMethodField()
    trajectory = serializers.ChoiceField(choices=Trajectory.choices, allow_blank=True, read_only=True)

    class Meta:
        model = MemberDecision
        fields = [
            "id",
            "kind",
            "trajectory",
            "what",
            "reason",
            "reference",
            "decided_by",
            "decided_at",
            "task",
            "rested_on_stale",
        ]
        read_only_fields = fields

    @extend_schema_field(StaleDatumSerializer(many=True))
    def get_rested_on_stale(self, decision: MemberDecision) -> Any:
        root, context = self.root.instance, cast("dict[str, Any]", self.context)
        members = [root] if isinstance(root, ReviewMember) else root
        readable = context.setdefault(
            "stale_of_members",
            ReadableStale(context["request"].user, [each.employee_id for each in members or ()]),
        )
        return [datum.stored for datum in readable.of(decision.member.employee_id, decision.rested_on_stale)]


RESTS_ON_RATINGS = {"performance", "performance_on", "figures_box"}


class ReviewMemberSerializer(serializers.ModelSerializer):
    """One person of a review with the figures as they were taken. `box` is 1 to 9, or null in the holding area."""

    employee = EmployeeRef(read_only=True)
    manager = EmployeeRef(read_only=True, allow_null=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    job = NamedRef(read_only=True, allow_null=True)
    placement = serializers.SerializerMethodField()
    decisions = MemberDecisionSerializer(many=True, read_only=True)
    moves = ReviewMoveSerializer(many=True, read_only=True)

    class Meta:
        model = ReviewMember
        fields = [
            "id",
            "review",
            "employee",
            "job",
            "org_unit",
            "manager",
            "performance",
            "performance_on",
            "potential",
            "potential_on",
            "figures_on",
            "figures_box",
            "box",
            "rationale",
            "is_discussed",
            "version",
            "placement",
            "decisions",
            "moves",
        ]
        read_only_fields = fields

    def to_representation(self, member: ReviewMember) -> dict[str, Any]:
        """Without the level of performance, and the box that followed from it alone, for who may not read ratings."""
        shown = super().to_representation(member)
        if not self.context["request"].user.viewer.may_use("ratings:read"):
            shown |= dict.fromkeys(RESTS_ON_RATINGS & shown.keys())
            shown["placement"] = shown.get("placement") and {**shown["placement"], "figures_box": None}
        return shown

    @extend_schema_field(BoxPlacementSerializer(allow_null=True))
    def get_placement(self, member: ReviewMember) -> Any:
        placement = getattr(member, "placement", None)
        return BoxPlacementSerializer(placement, context=self.context).data if placement else None


class TalentReviewInput(StrictSerializer):
    """A meeting as it shall be; what is left out does not narrow whom it is about."""

    name = serializers.CharField(max_length=120)
    org_unit = serializers.PrimaryKeyRelatedField(queryset=OrgUnit.objects.all(), allow_null=True, required=False)
    job_family = serializers.CharField(max_length=100, allow_blank=True, required=False)
    job_level = serializers.IntegerField(min_value=0, max_value=99, allow_null=True, required=False)
    owner = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), allow_null=True, required=False)
    facilitator = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), allow_null=True, required=False)
    participants = Row(queryset=Employee.objects.all(), many=True, required=False, help_text="Ids of the whole table.")
    held_on = serializers.DateField(allow_null=True, required=False)
    prepare_until = serializers.DateField(allow_null=True, required=False)
    performance_low = serializers.FloatField(min_value=1, max_value=5, required=False)
    performance_high = serializers.FloatField(min_value=1, max_value=5, required=False)
    potential_low = serializers.FloatField(min_value=1, max_value=5, required=False)
    potential_high = serializers.FloatField(min_value=1, max_value=5, required=False)
    boxes = BoxSerializer(many=True, required=False)


class MemberMoveInput(StrictSerializer):
    """Where a card goes: 1 to 9, or null for the holding area. It needs a rationale."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")
    box = serializers.IntegerField(min_value=1, max_value=9, allow_null=True)
    rationale = serializers.CharField(max_length=5000)


class MemberUndoInput(StrictSerializer):
    """One's own last move, taken back; the words are optional."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")
    rationale = serializers.CharField(allow_blank=True, max_length=5000, required=False)


class MemberDiscussInput(StrictSerializer):
    is_discussed = serializers.BooleanField()


class MemberNoteInput(StrictSerializer):
    """What one would say of one's person before the meeting, and the box one would propose."""

    note = serializers.CharField(max_length=5000, allow_blank=True)
    box = serializers.IntegerField(min_value=1, max_value=9, allow_null=True, required=False)


class MemberDecisionInput(StrictSerializer):
    """A decision with the task that comes of it. What belongs to another topic is done there, over its own resource."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    trajectory = serializers.ChoiceField(choices=Trajectory.choices, required=False)
    what = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")
    reason = serializers.CharField(max_length=5000)
    task = serializers.CharField(max_length=200)
    owner = serializers.IntegerField(min_value=1, help_text="Id of who sees to it.")
    due_on = serializers.DateField()


class ReviewTaskNoteInput(StrictSerializer):
    """What came of a task."""

    note = serializers.CharField(max_length=5000)
