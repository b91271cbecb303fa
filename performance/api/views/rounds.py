"""360 rounds. Everything here takes a person: a client by itself reads and does nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import ReasonInput, version_of
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.people.models import Employee
from performance import actions
from performance.api import filters
from performance.api.serializers.rounds import (
    AnswerSheetSerializer,
    AnswersInput,
    ArchiveInput,
    ExternalRaterInput,
    NominateInput,
    RaterInput,
    RatersInput,
    ResultsSerializer,
    RoundChangeInput,
    RoundDetailSerializer,
    RoundInput,
    RoundSerializer,
    RoundTemplateInput,
    RoundTemplateSerializer,
)
from performance.models import AnswerSheet, FeedbackRound, Rater, RoundTemplate
from performance.rounds.results import results_for

READ, WRITE = "reviews:read", "reviews:write"


class RoundTemplateViewSet(ResourceViewSet):
    """What rounds can be opened with. HR designs them; a round copies its questions when it is opened."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "performance.edit_round_template",
        "partial_update": "performance.edit_round_template",
        "archive": "performance.edit_round_template",
    }
    queryset = RoundTemplate.objects.prefetch_related("questions__competency").order_by("id")
    serializer_class = RoundTemplateSerializer
    filterset_class = filters.RoundTemplateFilter

    @extend_schema(request=RoundTemplateInput, responses={201: RoundTemplateSerializer})
    def create(self, request: Request) -> Response:
        """Make a template with its questions."""
        return self.changed(actions.create_round_template(by=self.by, **self.taken(RoundTemplateInput)), 201)

    @extend_schema(request=RoundTemplateInput, responses=RoundTemplateSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Rewrite a template with its questions."""
        template = self.get_object()
        return self.changed(actions.edit_round_template(template, by=self.by, **self.taken(RoundTemplateInput)))

    @verb(takes=ArchiveInput)
    def archive(self, template: RoundTemplate, *, is_archived: bool = True) -> RoundTemplate:
        """Offer a template no longer, or again."""
        return actions.archive_round_template(template, by=self.by, is_archived=is_archived)


class RoundViewSet(ResourceViewSet):
    """Rounds about the person acted for, those below them, and those they look after."""

    access = Access(scopes={"list": READ, "retrieve": READ, "results": READ, "*": WRITE})
    permission_map = {
        "partial_update": "performance.edit_round",
        "approve": "performance.approve_round",
        "nominate": "performance.nominate_rater",
        "nominate_external": "performance.nominate_rater",
        "approve_raters": "performance.approve_rater",
        "reject_rater": "performance.reject_rater",
        "remove_rater": "performance.remove_rater",
        "renew_link": "performance.renew_link",
        "begin": "performance.begin_collecting",
        "remind": "performance.remind_raters",
        "close": "performance.close_round",
        "share": "performance.share_round",
        "withdraw": "performance.withdraw_round",
    }
    queryset = FeedbackRound.objects.select_related("subject__org_unit", "template").order_by("id")
    serializer_class = RoundSerializer
    detail_serializer_class = RoundDetailSerializer
    filterset_class = filters.RoundFilter

    def rows(self) -> Any:
        raters = Rater.objects.select_related("employee").order_by("pk")
        return super().rows().prefetch_related(*([] if self.action == "list" else [Prefetch("raters", raters)]))

    @extend_schema(request=RoundInput, responses={201: RoundDetailSerializer})
    def create(self, request: Request) -> Response:
        """Open a round about somebody, or ask for one about oneself."""
        fields = self.taken(RoundInput)
        self._may("open_round", round_ := FeedbackRound(subject=fields["subject"]))
        self._may_set_fewest(round_, fields)
        return self.changed(actions.open_round(by=self.by, **fields), 201)

    @extend_schema(request=RoundChangeInput, responses=RoundDetailSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Move the day answers are due; HR also raises the fewest answers, before anybody is asked."""
        round_, fields = self.get_object(), self.taken(RoundChangeInput)
        self._may_set_fewest(round_, fields)
        return self.changed(actions.edit_round(round_, by=self.by, **fields))

    @extend_schema(responses=ResultsSerializer, filters=False)
    @action(detail=True, pagination_class=None)
    def results(self, request: Request, pk: int) -> Response:
        """What is published of a round that is closed; to its subject once it is shared."""
        found = results_for(self.by, self.get_object())
        if found is None:
            raise Http404
        return Response(ResultsSerializer(found).data)

    @verb()
    def approve(self, round_: FeedbackRound) -> FeedbackRound:
        """Agree to a round that was asked for."""
        return actions.approve_round(round_, by=self.by)

    @verb(takes=NominateInput)
    def nominate(self, round_: FeedbackRound, *, group: str, people: list[Employee]) -> FeedbackRound:
        """Name colleagues to be asked."""
        actions.nominate_raters(round_, by=self.by, group=group, people=people)
        return round_

    @verb(takes=ExternalRaterInput)
    def nominate_external(self, round_: FeedbackRound, *, name: str, email: str) -> FeedbackRound:
        """Name somebody outside the company; they get a link by mail."""
        actions.nominate_external_rater(round_, by=self.by, name=name, email=email)
        return round_

    @verb(takes=RatersInput)
    def approve_raters(self, round_: FeedbackRound, *, raters: list[int]) -> FeedbackRound:
        """Agree to nominations."""
        found = list(round_.raters.filter(pk__in=raters))
        if len(found) < len(set(raters)):
            raise Http404
        return actions.approve_raters(round_, by=self.by, raters=found)

    @verb(takes=RaterInput)
    def reject_rater(self, round_: FeedbackRound, *, rater: int) -> FeedbackRound:
        """Do not ask somebody who was named."""
        actions.reject_rater(self._rater(round_, rater), by=self.by)
        return round_

    @verb(takes=RaterInput)
    def remove_rater(self, round_: FeedbackRound, *, rater: int) -> FeedbackRound:
        """Take a nomination back."""
        actions.remove_rater(self._rater(round_, rater), by=self.by)
        return round_

    @verb(takes=RaterInput)
    def renew_link(self, round_: FeedbackRound, *, rater: int) -> FeedbackRound:
        """Send somebody outside the company a new link."""
        actions.renew_link(self._rater(round_, rater), by=self.by)
        return round_

    @verb()
    def begin(self, round_: FeedbackRound) -> FeedbackRound:
        """Ask everybody."""
        return actions.begin_collecting(round_, by=self.by)

    @verb()
    def remind(self, round_: FeedbackRound) -> FeedbackRound:
        """Remind whoever has not answered."""
        return actions.remind_raters(round_, by=self.by)

    @verb()
    def close(self, round_: FeedbackRound) -> FeedbackRound:
        """End the collecting; answers lose their names."""
        return actions.close_round(round_, by=self.by)

    @verb()
    def share(self, round_: FeedbackRound) -> FeedbackRound:
        """Show the results to their subject."""
        return actions.share_round(round_, by=self.by)

    @verb(takes=ReasonInput)
    def withdraw(self, round_: FeedbackRound, *, reason: str) -> FeedbackRound:
        """Give a round up before it closes."""
        return actions.withdraw_round(round_, by=self.by, reason=reason)

    def _rater(self, round_: FeedbackRound, pk: int) -> Rater:
        return get_object_or_404(round_.raters.select_related("round"), pk=pk)

    def _may(self, step: str, round_: FeedbackRound) -> None:
        if not self.by.has_perm(f"performance.{step}", round_):
            raise PermissionDenied

    def _may_set_fewest(self, round_: FeedbackRound, fields: dict[str, Any]) -> None:
        if "min_raters" in fields:
            self._may("set_min_raters", round_)


class AnswerSheetViewSet(ResourceViewSet):
    """What the person acted for is asked to answer, while the rounds run. `id` is the id of the rater."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    takes_version = frozenset({"partial_update"})
    queryset = AnswerSheet.objects.with_questions().select_related("rater__round__template").order_by("id")
    serializer_class = AnswerSheetSerializer
    filterset_class = filters.AnswerSheetFilter

    def get_object(self) -> AnswerSheet:
        return get_object_or_404(self.rows().visible_to(self.by), rater=self.kwargs["pk"])

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        sheet = self.get_object()
        return with_etag(self.shown(sheet), sheet.version)

    @extend_schema(parameters=[IF_MATCH], request=AnswersInput, responses=AnswerSheetSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Save what was written so far; only what is named changes. A stale version is refused with what is stored."""
        sheet, fields = self.get_object(), self.taken(AnswersInput)
        answers = {answer.pop("question"): answer for answer in fields["answers"]}
        with version_of(request, fields.get("version")) as version:
            saved = actions.save_answers(sheet, version=version, answers=answers)
        return with_etag(self.changed(saved), saved.version)

    @verb()
    def hand_in(self, sheet: AnswerSheet) -> AnswerSheet:
        """Hand the answers in, for good."""
        return actions.hand_in_answers(sheet)

    @verb()
    def decline(self, sheet: AnswerSheet) -> AnswerSheet:
        """Say no. Nobody is told."""
        return actions.decline_to_answer(sheet)
