"""Reviews and cycles in the shape that unified HR interfaces read. Only for reading."""

from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce, Greatest

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet
from performance.api.filters import CycleFilter, PerformanceReviewFilter
from performance.api.serializers import performance_reviews as serializers
from performance.enums import CycleState, RemarkKind
from performance.models import Answer, ReviewCycle, ReviewPart, ReviewRemark

ACCESS = Access(scopes={"*": "reviews:read"})


class PerformanceReviewViewSet(ResourceViewSet):
    """Assessments that were handed in: a manager's and one's own for each review. Of 360 rounds there are none."""

    http_method_names = ["get"]
    access = ACCESS
    queryset = ReviewPart.objects.exclude(submitted_at=None).order_by("id")
    serializer_class = serializers.PerformanceReviewSerializer
    filterset_class = PerformanceReviewFilter

    def rows(self) -> Any:
        withdrawn = ReviewRemark.objects.filter(
            review=OuterRef("review"), kind=RemarkKind.WITHDRAWN, review__state="withdrawn"
        )
        rows = (
            super()
            .rows()
            .annotate(
                changed_at=Greatest(Coalesce("saved_at", "submitted_at"), "review__updated_at"),
                withdrawn_at=Subquery(withdrawn.order_by("-made_at").values("made_at")[:1]),
            )
        )
        rows = rows.select_related("author", "overall_rating", *REVIEW)
        written = Answer.objects.visible_to(self.by).exclude(text="").select_related("question")
        return rows.prefetch_related(
            "review__cycle__scale__levels", Prefetch("answers", queryset=written, to_attr="readable_answers")
        )


REVIEW = ("review__employee", "review__reviewer", "review__final_rating", "review__cycle__scale")


class PerformanceReviewCycleViewSet(ResourceViewSet):
    """Cycles that were launched."""

    http_method_names = ["get"]
    access = ACCESS
    queryset = ReviewCycle.objects.exclude(state=CycleState.DRAFT).order_by("id")
    serializer_class = serializers.PerformanceReviewCycleSerializer
    filterset_class = CycleFilter
