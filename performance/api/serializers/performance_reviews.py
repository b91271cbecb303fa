"""Reviews in the shape that unified HR interfaces read: one row for each assessment somebody handed in, with one summary.

The words are those of such interfaces: reviewee, reviewer, summary rating; options of a rating stand in the scale's order.
"""

from typing import Any

from django.db.models import TextChoices
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from performance.enums import Side
from performance.models import RatingLevel, ReviewCycle, ReviewPart


class AssessmentType(TextChoices):
    """Who assesses. What peers and direct reports say in a 360 round is anonymous, so no row of theirs is ever listed."""

    MANAGER = "MANAGER"
    SELF = "SELF"
    PEER = "PEER"
    DIRECT_REPORT = "DIRECT_REPORT"


class RatingType(TextChoices):
    SINGLE_SELECT = "SINGLE_SELECT"
    NUMERIC = "NUMERIC"


TYPES = {Side.MANAGER: AssessmentType.MANAGER, Side.SELF: AssessmentType.SELF}


class PersonRef(serializers.Serializer):
    """Somebody, under the keys both systems know them by."""

    id = serializers.IntegerField()
    remote_id = serializers.CharField(help_text="The id in the system that the person came from; empty if from none.")
    employee_number = serializers.CharField()


class RowRef(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    remote_id = serializers.SerializerMethodField()

    def get_remote_id(self, row: Any) -> str:
        return remote_id_of(row)


class OptionSerializer(serializers.Serializer):
    """One step of a scale. `value` counts from the lowest up."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="label")
    value = serializers.IntegerField()


class SummaryRatingSerializer(serializers.Serializer):
    """The rating of the whole. `options` are in order, the lowest first, and `selected` is the id of one of them."""

    type = serializers.ChoiceField(choices=RatingType.choices)
    options = OptionSerializer(many=True)
    selected = serializers.IntegerField()
    min = serializers.IntegerField()
    max = serializers.IntegerField()
    value = serializers.IntegerField()


class PerformanceReviewSerializer(serializers.ModelSerializer):
    """One assessment that was handed in. Without `ratings:read` its `summary_rating` is null."""

    remote_id = serializers.SerializerMethodField()
    type = serializers.SerializerMethodField()
    review_cycle = RowRef(source="review.cycle", read_only=True)
    reviewee = PersonRef(source="review.employee", read_only=True)
    reviewer = serializers.SerializerMethodField()
    summary_rating = serializers.SerializerMethodField()
    summary_comment = serializers.SerializerMethodField(help_text="What was written, question by question.")
    changed_at = serializers.DateTimeField(read_only=True)
    remote_created_at = serializers.DateTimeField(source="review.created_at", read_only=True)
    remote_deleted_at = serializers.DateTimeField(source="withdrawn_at", read_only=True, allow_null=True)

    class Meta:
        model = ReviewPart
        fields = [
            "id",
            "remote_id",
            "type",
            "review_cycle",
            "reviewee",
            "reviewer",
            "summary_rating",
            "summary_comment",
            "submitted_at",
            "changed_at",
            "remote_created_at",
            "remote_deleted_at",
        ]
        read_only_fields = fields

    def get_remote_id(self, part: ReviewPart) -> str:
        return f"{remote_id_of(part.review)}:{part.side}"

    @extend_schema_field(serializers.ChoiceField(choices=AssessmentType.choices))
    def get_type(self, part: ReviewPart) -> str:
        return TYPES[Side(part.side)].value

    @extend_schema_field(PersonRef(allow_null=True))
    def get_reviewer(self, part: ReviewPart) -> Any:
        person = part.review.employee if part.side == Side.SELF else part.author or part.review.reviewer
        return PersonRef(person).data if person else None

    @extend_schema_field(SummaryRatingSerializer(allow_null=True))
    def get_summary_rating(self, part: ReviewPart) -> Any:
        level = self._level(part)
        if level is None:
            return None
        options = sorted(part.review.cycle.scale.levels.all(), key=lambda option: option.value)
        return {
            "type": RatingType.SINGLE_SELECT.value,
            "options": OptionSerializer(options, many=True).data,
            "selected": level.pk,
            "min": options[0].value,
            "max": options[-1].value,
            "value": level.value,
        }

    def _level(self, part: ReviewPart) -> RatingLevel | None:
        """Of a manager's assessment what was decided in the end, if it was; whoever reads the half may read it."""
        viewer = self.context["request"].user.viewer
        if not viewer.may_use("ratings:read"):
            return None
        decided = part.review.final_rating if part.side == Side.MANAGER else None
        return decided or part.rating_for(viewer)

    def get_summary_comment(self, part: ReviewPart) -> str:
        answers = sorted(part.readable_answers, key=lambda answer: answer.pk)  # type: ignore[attr-defined]
        return "\n\n".join(f"{answer.question.text}\n{answer.text}" for answer in answers)


class PerformanceReviewCycleSerializer(serializers.ModelSerializer):
    """A round of reviews."""

    remote_id = serializers.SerializerMethodField()
    review_period_start = serializers.DateField(source="starts_on", read_only=True)
    review_period_end = serializers.DateField(source="ends_on", read_only=True)
    changed_at = serializers.DateTimeField(source="updated_at", read_only=True)
    remote_created_at = serializers.DateTimeField(source="created_at", read_only=True)
    remote_deleted_at = serializers.SerializerMethodField(help_text="Cycles are never deleted.")

    class Meta:
        model = ReviewCycle
        fields = [
            "id",
            "remote_id",
            "name",
            "review_period_start",
            "review_period_end",
            "changed_at",
            "remote_created_at",
            "remote_deleted_at",
        ]
        read_only_fields = fields

    def get_remote_id(self, cycle: ReviewCycle) -> str:
        return remote_id_of(cycle)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_remote_deleted_at(self, cycle: ReviewCycle) -> None:
        return None


def remote_id_of(row: Any) -> str:
    """What a row is called in whatever stores it beside those of other tools."""
    return f"{row._meta.label_lower}:{row.pk}"
