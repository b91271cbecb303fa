"""Feedback and requests for it. A person's, always: a client by itself reads and writes none."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import ReasonInput
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.people.models import Employee
from performance import actions
from performance.api import filters
from performance.api.serializers.feedback import (
    FeedbackAnswerInput,
    FeedbackInput,
    FeedbackRequestInput,
    FeedbackRequestSerializer,
    FeedbackSerializer,
)
from performance.models import Feedback, FeedbackRequest

READ, WRITE = "reviews:read", "reviews:write"


class FeedbackViewSet(ResourceViewSet):
    """Feedback the person acted for may read. A client by itself reads none."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "performance.give_feedback",
        "thank": "performance.thank_for_feedback",
        "take_back": "performance.take_back_feedback",
    }
    queryset = Feedback.objects.order_by("id")
    serializer_class = FeedbackSerializer
    filterset_class = filters.FeedbackFilter

    def rows(self) -> Any:
        return super().rows().with_people(self.by)

    @extend_schema(request=FeedbackInput, responses={201: FeedbackSerializer})
    def create(self, request: Request) -> Response:
        """Say something to a colleague."""
        return self.changed(actions.give_feedback(by=self.by, **self.taken(FeedbackInput)), 201)

    @verb()
    def thank(self, feedback: Feedback) -> Feedback:
        """Say thank you for feedback one received."""
        return actions.thank_for_feedback(feedback, by=self.by)

    @verb()
    def take_back(self, feedback: Feedback) -> Feedback:
        """Take back what one gave, within a day; from then on only its giver reads it."""
        return actions.take_back_feedback(feedback, by=self.by)


class FeedbackRequestViewSet(ResourceViewSet):
    """What the person acted for was asked, and what they asked."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "performance.request_feedback",
        "answer": "performance.answer_feedback_request",
        "decline": "performance.decline_feedback_request",
        "withdraw": "performance.withdraw_feedback_request",
    }
    queryset = FeedbackRequest.objects.with_people().order_by("id")
    serializer_class = FeedbackRequestSerializer
    filterset_class = filters.FeedbackRequestFilter

    @extend_schema(request=FeedbackRequestInput, responses={201: FeedbackRequestSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Ask one or several colleagues; the answer is a row for each."""
        fields = self.taken(FeedbackRequestInput)
        about = fields.pop("about", None) or Employee.objects.get(pk=self.by.viewer.employee_id)
        if not self.by.has_perm("performance.request_feedback_about", about):
            raise PermissionDenied
        made = actions.request_feedback(by=self.by, about=about, **fields)
        return Response(self.get_serializer(made, many=True).data, status=201)

    @verb(takes=FeedbackAnswerInput)
    def answer(self, row: FeedbackRequest, **fields: Any) -> FeedbackRequest:
        """Answer what one was asked. The answer itself is among `feedback`."""
        actions.answer_feedback_request(row, by=self.by, **fields)
        return row

    @verb(takes=ReasonInput)
    def decline(self, row: FeedbackRequest, *, reason: str) -> FeedbackRequest:
        """Say why one does not answer."""
        return actions.decline_feedback_request(row, by=self.by, reason=reason)

    @verb()
    def withdraw(self, row: FeedbackRequest) -> FeedbackRequest:
        """Ask no longer."""
        return actions.withdraw_feedback_request(row, by=self.by)
