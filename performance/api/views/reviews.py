"""Reviews and their parts."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import ReasonInput, version_of
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH, example
from hrportal.people.models import Employee
from performance.actions import reviews as steps
from performance.actions.outcomes import share_reviews
from performance.actions.writing import save_part
from performance.api import filters
from performance.api.serializers.reviews import (
    AcknowledgeInput,
    PartInput,
    PartSerializer,
    ReassignInput,
    ReviewDetailSerializer,
    ReviewSerializer,
)
from performance.enums import Side
from performance.models import Review, ReviewPart

READ, WRITE = "reviews:read", "reviews:write"
SIDE = OpenApiParameter("side", str, OpenApiParameter.PATH, enum=Side.values)
CHANGE = example(
    "A change to a part",
    {
        "version": 3,
        "answers": {"12": "Took over the migration and finished it early."},
        "competencies": {"4": {"level": 4}},
        "overall_rating": 8,
        "development_needs": [{"competency": 4, "description": "Present results to the board"}],
    },
    request_only=True,
)
PARTS = ReviewPart.objects.select_related("overall_rating", "author").prefetch_related(
    "answers__question", "competency_ratings__competency", "development_needs"
)


class ReviewViewSet(ResourceViewSet):
    """Reviews the reader works on, and their own."""

    access = Access(scopes={"list": READ, "retrieve": READ, "part": READ, "*": WRITE})
    permission_map = {
        "submit_self_assessment": "performance.submit_self_assessment",
        "skip_self_assessment": "performance.skip_self_assessment",
        "submit": "performance.submit_review",
        "approve": "performance.approve_review",
        "return_": "performance.return_review",
        "reassign": "performance.reassign_review",
        "withdraw": "performance.withdraw_review",
        "share": "performance.share_review",
        "acknowledge": "performance.acknowledge_review",
        "reopen": "performance.reopen_review",
    }
    queryset = Review.objects.with_people().order_by("id")
    serializer_class = ReviewSerializer
    detail_serializer_class = ReviewDetailSerializer
    filterset_class = filters.ReviewFilter

    def rows(self) -> Any:
        rows = super().rows().with_ratings_for(self.by)
        if self.action == "list":
            return rows
        return rows.select_related("employee__org_unit", "reviewer__manager").prefetch_related(
            Prefetch("parts", PARTS.visible_to(self.by).order_by("id"), to_attr="shown_parts"),
            "remarks__made_by",
        )

    def _part(self) -> ReviewPart:
        parts = PARTS.select_related("review").filter(review=self.get_object())
        return get_for_user(parts, self.by, side=self.kwargs["side"])

    def _answer(self, part: ReviewPart) -> Response:
        context = self.get_serializer_context()
        return with_etag(Response(PartSerializer(part, context=context).data), part.version)

    @extend_schema(parameters=[SIDE], responses=PartSerializer)
    @action(detail=True, url_path="parts/<str:side>", url_name="part")
    def part(self, request: Request, pk: int, side: str) -> Response:
        """One side's half, with its version as ETag."""
        return self._answer(self._part())

    @extend_schema(parameters=[SIDE, IF_MATCH], request=PartInput, responses=PartSerializer, examples=[CHANGE])
    @part.mapping.patch
    def save_part(self, request: Request, pk: int, side: str) -> Response:
        """Save what was written; only what is named changes. A stale version is refused with what is stored."""
        part = self._part()
        permission = "write_self_assessment" if part.side == Side.SELF else "write_review"
        get_for_user(Review.objects.select_related("employee"), self.by, f"performance.{permission}", pk=pk)
        changes = self.taken(PartInput)
        with version_of(request, changes.pop("version", None)) as version:
            save_part(part, by=self.by, version=version, changes=changes)
        return self._answer(self._part())

    @verb()
    def submit_self_assessment(self, review: Review) -> Review:
        """Hand the self-assessment to the reviewer."""
        return steps.submit_self_assessment(review, by=self.by)

    @verb()
    def skip_self_assessment(self, review: Review) -> Review:
        """Go on without a self-assessment."""
        return steps.skip_self_assessment(review, by=self.by)

    @verb()
    def submit(self, review: Review) -> Review:
        """Hand the manager's part in."""
        return steps.submit_review(review, by=self.by)

    @verb()
    def approve(self, review: Review) -> Review:
        """Agree as second approver."""
        return steps.approve_review(review, by=self.by)

    @verb(takes=ReasonInput)
    def return_(self, review: Review, *, reason: str) -> Review:
        """Send the review back to its reviewer."""
        return steps.return_review(review, by=self.by, reason=reason)

    @verb(takes=ReassignInput)
    def reassign(self, review: Review, *, to: Employee, reason: str) -> Review:
        """Give the review to another reviewer; what is written stays."""
        return steps.reassign_review(review, to=to, by=self.by, reason=reason)

    @verb(takes=ReasonInput)
    def withdraw(self, review: Review, *, reason: str) -> Review:
        """Take the review out of its cycle; it is kept."""
        return steps.withdraw_review(review, by=self.by, reason=reason)

    @verb()
    def share(self, review: Review) -> Review:
        """Show a completed review to its employee."""
        share_reviews([review.pk], by=self.by)
        return review

    @verb(takes=AcknowledgeInput)
    def acknowledge(self, review: Review, *, comment: str = "") -> Review:
        """Note that the employee has read it."""
        return steps.acknowledge_review(review, by=self.by, comment=comment)

    @verb(takes=ReasonInput)
    def reopen(self, review: Review, *, reason: str) -> Review:
        """Correct a finished review: a new revision, to be written and decided again."""
        return steps.reopen_review(review, by=self.by, reason=reason)
