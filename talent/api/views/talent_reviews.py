"""Talent reviews and the people they talk about."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import ReasonInput, version_of
from hrportal.common.filters import ChangedFilter, ChoiceIn, NumberIn
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.journal.api import STARTS_JOB, started
from hrportal.people.models import OrgUnit
from talent.actions import review_board as board_steps
from talent.actions import review_decisions as decision_steps
from talent.actions import talent_reviews as steps
from talent.api.serializers.talent_reviews import (
    MemberDecisionInput,
    MemberDiscussInput,
    MemberMoveInput,
    MemberNoteInput,
    MemberUndoInput,
    ReviewMemberSerializer,
    ReviewTaskNoteInput,
    ReviewTaskSerializer,
    TalentReviewInput,
    TalentReviewSerializer,
)
from talent.enums import TalentReviewState
from talent.forms.talent_reviews import owners_for
from talent.models import BoxMove, MemberDecision, ReviewMember, ReviewTask, TalentReview

READ, WRITE = "potential:read", "potential:write"
MEMBERS = ReviewMember.objects.with_people().select_related("review__org_unit", "placement__decided_by")


class TalentReviewFilter(ChangedFilter):
    state = ChoiceIn(choices=TalentReviewState.choices, help_text="States, with commas between them.")
    org_unit = NumberIn(field_name="org_unit_id", help_text="Ids of units, with commas between them.")
    held_after = django_filters.DateFilter(
        field_name="held_on", lookup_expr="gte", help_text="Held on this day or later."
    )

    class Meta:
        model = TalentReview
        fields: list[str] = []


class TalentReviewViewSet(ResourceViewSet):
    """Talent reviews: preparing, open, concluded, archived. Nobody ever reads themselves or those they report to."""

    access = Access(scopes={"list": READ, "retrieve": READ, "members": READ, "member": READ, "tasks": READ, "*": WRITE})
    takes_version = frozenset({"move", "undo"})
    permission_map = {
        "create": "talent.create_talent_review",
        "partial_update": "talent.edit_talent_review",
        "prepare": "talent.prepare_talent_review",
        "open": "talent.open_talent_review",
        "cancel": "talent.cancel_talent_review",
        "conclude": "talent.conclude_talent_review",
        "archive": "talent.archive_talent_review",
    }
    queryset = TalentReview.objects.with_people().order_by("id")
    serializer_class = TalentReviewSerializer
    filterset_class = TalentReviewFilter

    @extend_schema(request=TalentReviewInput, responses={201: TalentReviewSerializer})
    def create(self, request: Request) -> Response:
        """Prepare a meeting."""
        fields = self.taken(TalentReviewInput)
        self._require_reach(fields.get("org_unit"))
        return self.changed(steps.create_talent_review(by=self.by, **_plain(fields)), 201)

    @extend_schema(request=TalentReviewInput, responses=TalentReviewSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a meeting that is not decided; `participants` are the whole table."""
        review, fields = self.get_object(), self.taken(TalentReviewInput, partial=True)
        self._require_reach(fields.get("org_unit", review.org_unit))
        return self.changed(steps.edit_talent_review(review, by=self.by, **_plain(fields)))

    @verb(schema=STARTS_JOB)
    def prepare(self, review: TalentReview) -> Response:
        """Write the list of people with their figures, in the background, and ask the table for notes."""
        return started(steps.prepare_talent_review(review, by=self.by), self)

    @verb(schema=STARTS_JOB)
    def open(self, review: TalentReview) -> Response:
        """Begin the meeting, in the background: the figures are taken and stay as they are then."""
        return started(steps.open_talent_review(review, by=self.by), self)

    @verb(schema={"responses": {204: None}})
    def cancel(self, review: TalentReview) -> Response:
        """Call off a meeting that is still being prepared."""
        steps.cancel_talent_review(review, by=self.by)
        return Response(status=204)

    @verb()
    def conclude(self, review: TalentReview) -> TalentReview:
        """End the meeting: where each card lies becomes a decision of that day."""
        return steps.conclude_talent_review(review, by=self.by)

    @verb()
    def archive(self, review: TalentReview) -> TalentReview:
        """Put a concluded review away; its table no longer reads it."""
        return steps.archive_talent_review(review, by=self.by)

    @extend_schema(responses=ReviewMemberSerializer(many=True), filters=False)
    @action(detail=True)
    def members(self, request: Request, pk: int) -> Response:
        """Everybody on the list that the reader sees, with figures, place, decisions and history."""
        page = self.paginate_queryset(self._members().order_by("id"))
        return self.get_paginated_response(self._shown(page, many=True))

    @extend_schema(responses=ReviewMemberSerializer)
    @action(detail=True, url_path="members/<int:member>", url_name="member")
    def member(self, request: Request, pk: int, member: int) -> Response:
        """One person, with the card's version as ETag."""
        return self._answer()

    @extend_schema(parameters=[IF_MATCH], request=MemberMoveInput, responses=ReviewMemberSerializer)
    @action(detail=True, methods=["post"], url_path="members/<int:member>/move", url_name="member-move")
    def move(self, request: Request, pk: int, member: int) -> Response:
        """Lay a card into another box. A stale version is refused with where the card lies now."""
        found, taken = self._member("talent.move_member"), self.taken(MemberMoveInput)
        with version_of(request, taken.pop("version", None)) as version:
            board_steps.move_member(found, by=self.by, version=version, **taken)
        return self._answer()

    @extend_schema(parameters=[IF_MATCH], request=MemberUndoInput, responses=ReviewMemberSerializer)
    @action(detail=True, methods=["post"], url_path="members/<int:member>/undo", url_name="member-undo")
    def undo(self, request: Request, pk: int, member: int) -> Response:
        """Take one's own last move back, while the card still lies where it was put."""
        found, taken = self._member("talent.undo_member_move"), self.taken(MemberUndoInput)
        with version_of(request, taken.pop("version", None)) as version:
            board_steps.undo_member_move(found, by=self.by, version=version, **taken)
        return self._answer()

    @extend_schema(request=None, responses=ReviewMemberSerializer)
    @action(detail=True, methods=["post"], url_path="members/<int:member>/figures", url_name="member-figures")
    def take_figures(self, request: Request, pk: int, member: int) -> Response:
        """Read the figures of one card again."""
        board_steps.take_figures([self._member("talent.take_figures")], by=self.by)
        return self._answer()

    @extend_schema(request=MemberDiscussInput, responses=ReviewMemberSerializer)
    @action(detail=True, methods=["post"], url_path="members/<int:member>/discuss", url_name="member-discuss")
    def discuss(self, request: Request, pk: int, member: int) -> Response:
        """Note that the table has talked about a person, or has yet to."""
        board_steps.discuss_member(self._member("talent.discuss_member"), by=self.by, **self.taken(MemberDiscussInput))
        return self._answer()

    @extend_schema(request=MemberNoteInput, responses=ReviewMemberSerializer)
    @action(detail=True, methods=["post"], url_path="members/<int:member>/note", url_name="member-note")
    def note(self, request: Request, pk: int, member: int) -> Response:
        """Write, before the meeting, what one would say of one's person."""
        board_steps.note_member(self._member("talent.note_member"), by=self.by, **self.taken(MemberNoteInput))
        return self._answer()

    @extend_schema(request=MemberDecisionInput, responses={201: ReviewMemberSerializer})
    @action(detail=True, methods=["post"], url_path="members/<int:member>/decide", url_name="member-decide")
    def decide(self, request: Request, pk: int, member: int) -> Response:
        """Decide something about a person, with a reason, an owner and a day."""
        found, taken = self._member("talent.decide_on_member"), self.taken(MemberDecisionInput)
        owner = owners_for(found).filter(pk=taken.pop("owner")).first()
        if owner is None:
            raise ValidationError({"owner": "Somebody at the table or above the person."})
        task = decision_steps.TaskSeed(taken.pop("task"), owner, taken.pop("due_on"))
        decision_steps.decide_on_member(found, by=self.by, task=task, **taken)
        return self._answer(201)

    @extend_schema(responses=ReviewTaskSerializer(many=True), filters=False)
    @action(detail=True)
    def tasks(self, request: Request, pk: int) -> Response:
        """The tasks that came of the review, as far as the reader sees them."""
        page = self.paginate_queryset(self._tasks().order_by("id"))
        shown = ReviewTaskSerializer(page, many=True, context=self.get_serializer_context())
        return self.get_paginated_response(shown.data)

    @extend_schema(request=ReviewTaskNoteInput, responses=ReviewTaskSerializer)
    @action(detail=True, methods=["post"], url_path="tasks/<int:task>/complete", url_name="task-complete")
    def complete_task(self, request: Request, pk: int, task: int) -> Response:
        """A task is done; the note says what came of it."""
        found = self._task("talent.complete_review_task")
        return self._task_answer(
            decision_steps.complete_review_task(found, by=self.by, **self.taken(ReviewTaskNoteInput))
        )

    @extend_schema(request=ReasonInput, responses=ReviewTaskSerializer)
    @action(detail=True, methods=["post"], url_path="tasks/<int:task>/drop", url_name="task-drop")
    def drop_task(self, request: Request, pk: int, task: int) -> Response:
        """A task is no longer to be done."""
        found = self._task("talent.drop_review_task")
        return self._task_answer(decision_steps.drop_review_task(found, by=self.by, **self.taken(ReasonInput)))

    def _require_reach(self, unit: OrgUnit | None) -> None:
        """A review of everybody is an HR leader's; a partner's lies in the units they look after."""
        if not self.by.has_perm("talent.edit_talent_review", TalentReview(org_unit=unit)):
            raise PermissionDenied

    def _members(self) -> Any:
        decisions = MemberDecision.objects.select_related("decided_by", "task__owner")
        moves = BoxMove.objects.select_related("moved_by")
        members = MEMBERS.visible_to(self.by).filter(review=self.get_object())
        return members.prefetch_related(Prefetch("decisions", decisions), Prefetch("moves", moves))

    def _member(self, permission: str | None = None) -> ReviewMember:
        members = MEMBERS.filter(review=self.get_object())
        return get_for_user(members, self.by, permission, pk=self.kwargs["member"])

    def _shown(self, members: Any, **options: Any) -> Any:
        return ReviewMemberSerializer(members, context=self.get_serializer_context(), **options).data

    def _answer(self, status: int = 200) -> Response:
        self._member()  # the same "not found" for whoever may not see it
        member = self._members().get(pk=self.kwargs["member"])
        return with_etag(Response(self._shown(member), status=status), member.version)

    def _tasks(self) -> Any:
        rows = ReviewTask.objects.with_all().visible_to(self.by)
        return rows.filter(decision__member__review=self.get_object())

    def _task(self, permission: str) -> ReviewTask:
        rows = ReviewTask.objects.with_all().select_related("decision__member__review__org_unit")
        rows = rows.filter(decision__member__review=self.get_object())
        return get_for_user(rows, self.by, permission, pk=self.kwargs["task"])

    def _task_answer(self, task: ReviewTask) -> Response:
        return Response(ReviewTaskSerializer(task, context=self.get_serializer_context()).data)


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """The nine boxes as the row keeps them."""
    if "boxes" in fields:
        fields["boxes"] = [dict(box) for box in fields["boxes"]]
    return fields
