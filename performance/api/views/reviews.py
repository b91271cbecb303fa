"""Reviews and their parts."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import ReasonInput, version_of
from hrportal.common.bulk import BulkVerbs
from hrportal.common.resources import verb, with_etag
from hrportal.common.schema import IF_MATCH, example
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.actions import reviewers
from performance.actions import reviews as steps
from performance.actions.deadlines import nudge_review
from performance.actions.goal_setting import agree_goals
from performance.actions.outcomes import share_reviews
from performance.actions.writing import restore_version, save_part, start_afresh
from performance.api import filters
from performance.api.serializers.reviews import (
    AcknowledgeInput,
    DelegateInput,
    ExtendInput,
    PartInput,
    PartSerializer,
    ReassignInput,
    RestoreVersionInput,
    ReturnInput,
    ReviewDetailSerializer,
    ReviewSerializer,
    ScoreSerializer,
    SettleChangeInput,
    VersionDetailSerializer,
    VersionInput,
    VersionSerializer,
)
from performance.enums import Side
from performance.models import Answer, PartVersion, Review, ReviewPart
from performance.reviews.scores import Score
from performance.reviews.scoring import score_for

READ, WRITE = "reviews:read", "reviews:write"
SIDE = OpenApiParameter("side", str, OpenApiParameter.PATH, enum=Side.values)
VERSION = OpenApiParameter("version", int, OpenApiParameter.PATH)
MOST_VERSIONS = 100
NO_SCORE = Score((), (), None)
CHANGE = example(
    "A change to a part",
    {
        "version": 3,
        "answers": {"12": "Took over the migration and finished it early."},
        "ratings": {"13": 9},
        "choices": {"14": "yes"},
        "competencies": {"4": {"level": 4}},
        "overall_rating": 8,
        "development_needs": [{"competency": 4, "description": "Present results to the board"}],
    },
    request_only=True,
)
PARTS = ReviewPart.objects.select_related("overall_rating", "author").prefetch_related(
    "competency_ratings__competency", "development_needs"
)


def parts_read_by(user: Principal) -> Any:
    """Parts with the answers in them that this reader may read, and no others."""
    answers = Answer.objects.visible_to(user).select_related("question", "rating").order_by("id")
    return PARTS.prefetch_related(Prefetch("answers", answers, to_attr="shown_answers"))


class ReviewViewSet(BulkVerbs):
    """Reviews the reader works on, and their own."""

    access = Access(
        scopes=dict.fromkeys(["list", "retrieve", "part", "versions", "version", "score"], READ) | {"*": WRITE}
    )
    bulk_verbs = (
        "agree_goals",
        "nudge",
        "skip_self_assessment",
        "submit",
        "approve",
        "return_",
        "extend",
        "delegate",
        "end_delegation",
        "settle_reviewer_change",
        "reassign",
        "withdraw",
        "restore",
        "share",
        "settle_dispute",
        "reopen",
    )
    takes_version = frozenset({"save_part", "restore_version", "start_afresh"})
    permission_map = {
        "agree_goals": "performance.agree_goals",
        "nudge": "performance.nudge_review",
        "submit_self_assessment": "performance.submit_self_assessment",
        "skip_self_assessment": "performance.skip_self_assessment",
        "submit": "performance.submit_review",
        "approve": "performance.approve_review",
        "return_": "performance.return_review",
        "extend": "performance.extend_review",
        "delegate": "performance.delegate_review",
        "end_delegation": "performance.end_delegation",
        "settle_reviewer_change": "performance.settle_reviewer_change",
        "reassign": "performance.reassign_review",
        "restore": "performance.restore_review",
        "dispute": "performance.dispute_review",
        "settle_dispute": "performance.settle_dispute",
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
            Prefetch("parts", parts_read_by(self.by).visible_to(self.by).order_by("id"), to_attr="shown_parts"),
            "remarks__made_by",
        )

    def _part(self) -> ReviewPart:
        parts = parts_read_by(self.by).select_related("review__cycle").filter(review=self.get_object())
        return get_for_user(parts, self.by, side=self.kwargs["side"])

    def _part_to_write(self) -> ReviewPart:
        part = self._part()
        permission = "write_self_assessment" if part.side == Side.SELF else "write_review"
        reviews = Review.objects.select_related("employee")
        get_for_user(reviews, self.by, f"performance.{permission}", pk=self.kwargs["pk"])
        return part

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
        part = self._part_to_write()
        changes = self.taken(PartInput)
        with version_of(request, changes.pop("version", None)) as version:
            save_part(part, by=self.by, version=version, changes=changes)
        return self._answer(self._part())

    @verb()
    def agree_goals(self, review: Review) -> Review:
        """Note that the goals of the period are agreed; a record, not a gate."""
        return agree_goals(review, by=self.by)

    @verb()
    def nudge(self, review: Review) -> Review:
        """Ask whoever holds the review up to go on."""
        return nudge_review(review, by=self.by)

    @extend_schema(parameters=[SIDE], responses=VersionSerializer(many=True), filters=False)
    @action(detail=True, url_path="parts/<str:side>/versions", url_name="versions", pagination_class=None)
    def versions(self, request: Request, pk: int, side: str) -> Response:
        """Earlier versions of a half, newest first, the latest hundred."""
        versions = PartVersion.objects.visible_to(self.by).filter(part__review=self.get_object(), part__side=side)
        shown = versions.select_related("author")[:MOST_VERSIONS]
        return Response(VersionSerializer(shown, many=True, context=self.get_serializer_context()).data)

    @extend_schema(parameters=[SIDE, VERSION], responses=VersionDetailSerializer)
    @action(detail=True, url_path="parts/<str:side>/versions/<int:version>", url_name="version")
    def version(self, request: Request, pk: int, side: str, version: int) -> Response:
        """One earlier version with what it said."""
        kept = self._version(version)
        return Response(VersionDetailSerializer(kept, context=self.get_serializer_context()).data)

    @extend_schema(parameters=[SIDE, IF_MATCH], request=RestoreVersionInput, responses=PartSerializer)
    @action(detail=True, methods=["post"], url_path="parts/<str:side>/restore-version", url_name="restore-version")
    def restore_version(self, request: Request, pk: int, side: str) -> Response:
        """Put an earlier version in the place of what is written, which is kept."""
        part = self._part_to_write()
        given = self.taken(RestoreVersionInput)
        kept = self._version(given["id"])
        with version_of(request, given.get("version")) as version:
            restore_version(part, kept, by=self.by, version=version)
        return self._answer(self._part())

    @extend_schema(parameters=[SIDE, IF_MATCH], request=VersionInput, responses=PartSerializer)
    @action(detail=True, methods=["post"], url_path="parts/<str:side>/start-afresh", url_name="start-afresh")
    def start_afresh(self, request: Request, pk: int, side: str) -> Response:
        """Begin with an empty half; what was written is kept."""
        part = self._part_to_write()
        with version_of(request, self.taken(VersionInput).get("version")) as version:
            start_afresh(part, by=self.by, version=version)
        return self._answer(self._part())

    def _version(self, pk: int) -> PartVersion:
        versions = PartVersion.objects.select_related(
            "author", "part__review__cycle", "part__review__employee__org_unit"
        )
        wanted = versions.filter(part__review=self.get_object(), part__side=self.kwargs["side"])
        return get_for_user(wanted, self.by, pk=pk)

    @extend_schema(responses=ScoreSerializer)
    @action(detail=True)
    def score(self, request: Request, pk: int) -> Response:
        """The computed score with its arithmetic, as far as the reader may follow it; empty where nothing is weighed."""
        review = self.get_object()
        parts = ReviewPart.objects.prefetch_related("answers", "competency_ratings").filter(review=review)
        part = get_for_user(parts, self.by, side=Side.MANAGER)
        part.review = review
        score = score_for(self.by, review, part) if self.by.viewer.may_use("ratings:read") else None
        return Response(ScoreSerializer(score or NO_SCORE).data)

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

    @verb(takes=ReturnInput)
    def return_(self, review: Review, *, reason: str, due_on: date | None = None) -> Review:
        """Send the review back to its reviewer, with a due date of its own."""
        return steps.return_review(review, by=self.by, reason=reason, due_on=due_on)

    @verb(takes=ExtendInput)
    def extend(self, review: Review, *, reason: str, due_on: date) -> Review:
        """Give this review more time."""
        return steps.extend_review(review, by=self.by, reason=reason, due_on=due_on)

    @verb(takes=DelegateInput)
    def delegate(self, review: Review, *, to: Employee, reason: str, until: date | None = None) -> Review:
        """Let somebody write for the reviewer for a while."""
        reviewers.delegate_review(review, to=to, by=self.by, reason=reason, until=until)
        return review

    @verb()
    def end_delegation(self, review: Review) -> Review:
        """End the writing on behalf."""
        return reviewers.end_delegation(review, by=self.by)

    @verb(takes=SettleChangeInput)
    def settle_reviewer_change(self, review: Review, *, moves: bool) -> Review:
        """Decide who goes on after a change of manager."""
        return reviewers.settle_reviewer_change(review, moves=moves, by=self.by)

    @verb(takes=ReassignInput)
    def reassign(self, review: Review, *, to: Employee, reason: str) -> Review:
        """Give the review to another reviewer; what is written stays."""
        return reviewers.reassign_review(review, to=to, by=self.by, reason=reason)

    @verb(takes=ReasonInput)
    def withdraw(self, review: Review, *, reason: str) -> Review:
        """Take the review out of its cycle; it is kept."""
        return steps.withdraw_review(review, by=self.by, reason=reason)

    @verb(takes=ReasonInput)
    def restore(self, review: Review, *, reason: str) -> Review:
        """Take a withdrawn review back in."""
        return steps.restore_review(review, by=self.by, reason=reason)

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
    def dispute(self, review: Review, *, reason: str) -> Review:
        """Disagree with a shared review; HR answers."""
        return steps.dispute_review(review, by=self.by, reason=reason)

    @verb(takes=ReasonInput)
    def settle_dispute(self, review: Review, *, reason: str) -> Review:
        """Answer a dispute and leave the review as it is."""
        return steps.settle_dispute(review, by=self.by, reason=reason)

    @verb(takes=ReasonInput)
    def reopen(self, review: Review, *, reason: str) -> Review:
        """Correct a finished review: a new revision, to be written and decided again."""
        return steps.reopen_review(review, by=self.by, reason=reason)
