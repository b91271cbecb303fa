"""Reviews. Whether a rating is shown is decided by `with_ratings_for` and `visible_to`; here it is only written down."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import ReasonInput, StrictSerializer
from hrportal.common.numbers import is_number
from hrportal.people.api.serializers import EmployeeRef, NamedRef, RatingRef, TitledRef
from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST
from performance.actions.versions import content_kept
from performance.enums import QuestionKind, RemarkKind, ReviewerChangeState, SeenBy
from performance.models import (
    Answer,
    CompetencyRating,
    DevelopmentNeed,
    PartVersion,
    Review,
    ReviewPart,
    ReviewRemark,
)
from performance.reviews.reading import Reader, ReadSection
from performance.reviews.scores import Score
from performance.reviews.steps import offered_steps


def reads_ratings(serializer: serializers.BaseSerializer) -> bool:
    """Whether the reader's scopes include ratings; whose ratings is the rows' business."""
    return serializer.context["request"].user.viewer.may_use("ratings:read")


class AnswerSerializer(serializers.ModelSerializer):
    """An answer that the reader may read; others are not in the list. Yes and no are the choices `yes` and `no`."""

    question_text = serializers.CharField(source="question.text", read_only=True)
    kind = serializers.ChoiceField(source="question.kind", choices=QuestionKind.choices, read_only=True)
    seen_by = serializers.ChoiceField(source="question.seen_by", choices=SeenBy.choices, read_only=True)
    rating = serializers.SerializerMethodField()

    class Meta:
        model = Answer
        fields = ["question", "question_text", "kind", "seen_by", "text", "rating", "choice"]
        read_only_fields = fields

    @extend_schema_field(RatingRef(allow_null=True))
    def get_rating(self, answer: Answer) -> dict[str, Any] | None:
        return RatingRef(answer.rating).data if answer.rating and reads_ratings(self) else None


class CompetencyRatingSerializer(serializers.ModelSerializer):
    """How one side sees a competency. `level` is empty when it was not assessed or ratings are not the reader's."""

    competency = NamedRef(read_only=True)
    level = serializers.SerializerMethodField()

    class Meta:
        model = CompetencyRating
        fields = ["competency", "level", "comment"]
        read_only_fields = fields

    def get_level(self, rating: CompetencyRating) -> int | None:
        return rating.level if reads_ratings(self) else None


class NeedSerializer(serializers.ModelSerializer):
    class Meta:
        model = DevelopmentNeed
        fields = ["id", "competency", "description"]
        read_only_fields = fields


class PartSerializer(serializers.ModelSerializer):
    """One side's half of a review. Send `version` (or the ETag) back with a change."""

    author = EmployeeRef(read_only=True, allow_null=True)
    overall_rating = serializers.SerializerMethodField()
    override_reason = serializers.SerializerMethodField(help_text="Why the rating differs from the computed one.")
    answers = AnswerSerializer(source="shown_answers", many=True, read_only=True)
    competencies = CompetencyRatingSerializer(source="competency_ratings", many=True, read_only=True)
    development_needs = NeedSerializer(many=True, read_only=True)

    class Meta:
        model = ReviewPart
        fields = [
            "side",
            "version",
            "author",
            "saved_at",
            "submitted_at",
            "overall_rating",
            "override_reason",
            "answers",
            "competencies",
            "development_needs",
        ]
        read_only_fields = fields

    @extend_schema_field(RatingRef(allow_null=True))
    def get_overall_rating(self, part: ReviewPart) -> dict[str, Any] | None:
        rating = part.rating_for(self.context["request"].user.viewer)
        return RatingRef(rating).data if rating and reads_ratings(self) else None

    def get_override_reason(self, part: ReviewPart) -> str:
        is_read = reads_ratings(self) and part.rating_for(self.context["request"].user.viewer) is not None
        return part.override_reason if is_read else ""


class ScoreItemSerializer(serializers.Serializer):
    """One rated thing; `value` and `percent` are empty where nothing was given, and it is then left out."""

    title = serializers.CharField()
    low = serializers.DecimalField(max_digits=7, decimal_places=2)
    high = serializers.DecimalField(max_digits=7, decimal_places=2)
    value = serializers.DecimalField(max_digits=7, decimal_places=2, allow_null=True)
    weight = serializers.IntegerField()
    percent = serializers.DecimalField(source="shown_percent", max_digits=5, decimal_places=2, allow_null=True)


class ScoreSectionSerializer(serializers.Serializer):
    title = serializers.CharField()
    weight = serializers.IntegerField()
    percent = serializers.DecimalField(source="shown_percent", max_digits=5, decimal_places=2, allow_null=True)
    items = ScoreItemSerializer(many=True)


class ScoreSerializer(serializers.Serializer):
    """The computed score, line by line. Empty where nothing was rated, or where part of it is not the reader's to follow."""

    percent = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    on_scale = serializers.DecimalField(max_digits=7, decimal_places=2, allow_null=True)
    nearest_level = serializers.SerializerMethodField()
    is_partly_kept = serializers.BooleanField()
    sections = ScoreSectionSerializer(many=True)

    def get_nearest_level(self, score: Score) -> str | None:
        return score.level[1] if score.level else None


class VersionSerializer(serializers.ModelSerializer):
    """An earlier state of a part: who wrote it, when, and why it was kept."""

    author = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = PartVersion
        fields = ["id", "version", "revision", "cause", "author", "saved_at"]
        read_only_fields = fields


class ReadLineSerializer(serializers.Serializer):
    title = serializers.CharField()
    text = serializers.CharField()
    level = serializers.IntegerField(allow_null=True)
    rating = serializers.CharField(allow_null=True)
    choice = serializers.CharField()


class ReadSectionSerializer(serializers.Serializer):
    kind = serializers.CharField()
    title = serializers.CharField()
    lines = ReadLineSerializer(many=True)
    needs = serializers.SerializerMethodField()
    rating = serializers.CharField(allow_null=True)
    override_reason = serializers.CharField()

    def get_needs(self, section: ReadSection) -> list[str]:
        return [need.description for need in section.needs]


class VersionDetailSerializer(VersionSerializer):
    """An earlier state with what it said, as far as the reader may read it."""

    sections = serializers.SerializerMethodField()

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "sections"]
        read_only_fields = fields

    @extend_schema_field(ReadSectionSerializer(many=True))
    def get_sections(self, kept: PartVersion) -> Any:
        reader = Reader(self.context["request"].user, kept.part.review)
        return ReadSectionSerializer(reader.content(kept.part.side, content_kept(kept.content)), many=True).data


class RemarkSerializer(serializers.ModelSerializer):
    """Why a review was sent back, moved, taken out or reopened."""

    made_by = EmployeeRef(read_only=True, allow_null=True)

    class Meta:
        model = ReviewRemark
        fields = ["kind", "revision", "reason", "made_by", "made_at"]
        read_only_fields = fields


class ReviewSerializer(serializers.ModelSerializer):
    """One person in one cycle. A rating the reader may not see is empty, as is one that was not given yet."""

    cycle = TitledRef(read_only=True)
    employee = EmployeeRef(read_only=True)
    reviewer = EmployeeRef(read_only=True, allow_null=True)
    org_unit = NamedRef(read_only=True, allow_null=True)
    job = NamedRef(read_only=True, allow_null=True)
    proposed_rating = RatingRef(source="shown_proposed", read_only=True, allow_null=True)
    final_rating = RatingRef(source="shown_final", read_only=True, allow_null=True)
    modified_at = serializers.DateTimeField(source="updated_at", read_only=True)

    class Meta:
        model = Review
        fields = [
            "id",
            "cycle",
            "employee",
            "reviewer",
            "org_unit",
            "job",
            "state",
            "revision",
            "self_due_on",
            "manager_due_on",
            "acknowledge_due_on",
            "proposed_rating",
            "final_rating",
            "final_is_calibrated",
            "submitted_at",
            "completed_at",
            "shared_at",
            "disputed_at",
            "acknowledged_at",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class ReviewDetailSerializer(ReviewSerializer):
    """A review with the parts the reader may read, and the steps open to them now."""

    parts = PartSerializer(source="shown_parts", many=True, read_only=True)
    remarks = serializers.SerializerMethodField()
    delegate = serializers.SerializerMethodField(help_text="Who writes for the reviewer now.")
    open_change = serializers.SerializerMethodField(help_text="The new manager, while it is open who goes on.")
    dispute_answer = serializers.SerializerMethodField(help_text="HR’s answer to a dispute.")
    steps = serializers.SerializerMethodField(help_text="What the reader may do with the review in its present state.")

    class Meta(ReviewSerializer.Meta):
        fields = [
            *ReviewSerializer.Meta.fields,
            "acknowledgement_comment",
            "dispute_reason",
            "dispute_answer",
            "delegate",
            "open_change",
            "parts",
            "remarks",
            "steps",
        ]
        read_only_fields = fields

    @extend_schema_field(RemarkSerializer(many=True))
    def get_remarks(self, review: Review) -> Any:
        if not self.context["request"].user.has_perm("performance.see_remarks", review):
            return []
        return RemarkSerializer(review.remarks.all(), many=True).data

    @extend_schema_field(EmployeeRef(allow_null=True))
    def get_delegate(self, review: Review) -> Any:
        delegation = review.current_delegation if self._reads_remarks(review) else None
        return EmployeeRef(delegation.delegate).data if delegation else None

    @extend_schema_field(EmployeeRef(allow_null=True))
    def get_open_change(self, review: Review) -> Any:
        waiting = review.reviewer_changes.filter(state=ReviewerChangeState.OPEN).select_related("new_manager")
        change = waiting.first() if self._reads_remarks(review) else None
        return EmployeeRef(change.new_manager).data if change else None

    def get_dispute_answer(self, review: Review) -> str:
        answers = review.remarks.filter(kind=RemarkKind.SETTLED, revision=review.revision)
        answer = answers.first() if review.is_seen_by_employee else None
        return answer.reason if answer else ""

    def _reads_remarks(self, review: Review) -> bool:
        return bool(self.context["request"].user.has_perm("performance.see_remarks", review))

    def get_steps(self, review: Review) -> list[str]:
        return sorted(offered_steps(self.context["request"].user, review))


class IdKeyedField(serializers.DictField):
    """An object whose keys are ids."""

    def to_internal_value(self, data: Any) -> dict[int, Any]:
        if isinstance(data, dict) and (wrong := [key for key in data if not is_number(str(key))]):
            raise serializers.ValidationError({str(key): ["The keys are ids."] for key in wrong})
        return {int(key): value for key, value in super().to_internal_value(data).items()}


class CompetencyInput(StrictSerializer):
    level = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, allow_null=True, required=False)
    comment = serializers.CharField(allow_blank=True, required=False)


class NeedInput(StrictSerializer):
    competency = serializers.PrimaryKeyRelatedField(queryset=Competency.objects.all(), allow_null=True, default=None)
    description = serializers.CharField(max_length=300)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs | {"competency": attrs["competency"] and attrs["competency"].pk}


class PartInput(StrictSerializer):
    """A change to a part. Only what is named changes; `development_needs` replaces the whole list."""

    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")
    answers = IdKeyedField(child=serializers.CharField(allow_blank=True), required=False)
    ratings = IdKeyedField(
        child=serializers.IntegerField(min_value=1, allow_null=True),
        required=False,
        help_text="By question: the id of a level of the cycle’s scale, or null.",
    )
    choices = IdKeyedField(
        child=serializers.CharField(allow_blank=True, max_length=200),
        required=False,
        help_text="By question: one of its answers, or `yes` and `no`.",
    )
    override_reason = serializers.CharField(allow_blank=True, required=False)
    competencies = IdKeyedField(child=CompetencyInput(), required=False)
    overall_rating = serializers.IntegerField(min_value=1, allow_null=True, required=False, help_text="Id of a level.")
    development_needs = NeedInput(many=True, required=False)


class ReassignInput(ReasonInput):
    to = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), help_text="Id of the new reviewer.")


class ReturnInput(ReasonInput):
    due_on = serializers.DateField(required=False, allow_null=True, help_text="The day it is to be handed in again by.")


class ExtendInput(ReasonInput):
    due_on = serializers.DateField(help_text="The new due date, later than the present one.")


class DelegateInput(ReasonInput):
    to = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), help_text="Id of who writes meanwhile.")
    until = serializers.DateField(required=False, allow_null=True)


class SettleChangeInput(StrictSerializer):
    moves = serializers.BooleanField(help_text="Whether the new manager takes the review over.")


class VersionInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1, required=False, help_text="The version read; or send If-Match.")


class RestoreVersionInput(VersionInput):
    id = serializers.IntegerField(min_value=1, help_text="Id of the earlier version.")


class AcknowledgeInput(StrictSerializer):
    comment = serializers.CharField(allow_blank=True, max_length=5000, required=False)
