"""Reviews. Whether a rating is shown is decided by `with_ratings_for` and `visible_to`; here it is only written down."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrportal.common.api import ReasonInput, StrictSerializer
from hrportal.people.api.serializers import EmployeeRef, NamedRef, RatingRef, TitledRef
from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST
from performance.models import Answer, CompetencyRating, DevelopmentNeed, Review, ReviewPart, ReviewRemark
from performance.steps import offered_steps


def reads_ratings(serializer: serializers.BaseSerializer) -> bool:
    """Whether the reader's scopes include ratings; whose ratings is the rows' business."""
    return serializer.context["request"].user.viewer.may_use("ratings:read")


class AnswerSerializer(serializers.ModelSerializer):
    question_text = serializers.CharField(source="question.text", read_only=True)

    class Meta:
        model = Answer
        fields = ["question", "question_text", "text"]
        read_only_fields = fields


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
    answers = AnswerSerializer(many=True, read_only=True)
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
            "answers",
            "competencies",
            "development_needs",
        ]
        read_only_fields = fields

    @extend_schema_field(RatingRef(allow_null=True))
    def get_overall_rating(self, part: ReviewPart) -> dict[str, Any] | None:
        rating = part.rating_for(self.context["request"].user.viewer)
        return RatingRef(rating).data if rating and reads_ratings(self) else None


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
            "proposed_rating",
            "final_rating",
            "final_is_calibrated",
            "submitted_at",
            "completed_at",
            "shared_at",
            "acknowledged_at",
            "created_at",
            "modified_at",
        ]
        read_only_fields = fields


class ReviewDetailSerializer(ReviewSerializer):
    """A review with the parts the reader may read, and the steps open to them now."""

    parts = PartSerializer(source="shown_parts", many=True, read_only=True)
    remarks = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField(help_text="What the reader may do with the review in its present state.")

    class Meta(ReviewSerializer.Meta):
        fields = [*ReviewSerializer.Meta.fields, "acknowledgement_comment", "parts", "remarks", "steps"]
        read_only_fields = fields

    @extend_schema_field(RemarkSerializer(many=True))
    def get_remarks(self, review: Review) -> Any:
        if not self.context["request"].user.has_perm("performance.see_remarks", review):
            return []
        return RemarkSerializer(review.remarks.all(), many=True).data

    def get_steps(self, review: Review) -> list[str]:
        return sorted(offered_steps(self.context["request"].user, review))


class IdKeyedField(serializers.DictField):
    """An object whose keys are ids."""

    def to_internal_value(self, data: Any) -> dict[int, Any]:
        if isinstance(data, dict) and (wrong := [key for key in data if not str(key).isdecimal()]):
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
    competencies = IdKeyedField(child=CompetencyInput(), required=False)
    overall_rating = serializers.IntegerField(min_value=1, allow_null=True, required=False, help_text="Id of a level.")
    development_needs = NeedInput(many=True, required=False)


class ReassignInput(ReasonInput):
    to = serializers.PrimaryKeyRelatedField(queryset=Employee.objects.all(), help_text="Id of the new reviewer.")


class AcknowledgeInput(StrictSerializer):
    comment = serializers.CharField(allow_blank=True, max_length=5000, required=False)
