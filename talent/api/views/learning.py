"""The learning catalogue and enrolments."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import ReasonInput
from hrportal.common.bulk import BulkVerbs
from hrportal.common.resources import ResourceViewSet, verb
from talent.actions import learning as steps
from talent.actions.learning_import import Report, import_completions, import_learning_items
from talent.api import filters
from talent.api.serializers.learning import (
    CompletionInput,
    EnrolInput,
    EnrolmentCancelInput,
    EnrolmentSerializer,
    ImportInput,
    ImportReportSerializer,
    LearningItemInput,
    LearningItemSerializer,
)
from talent.models import Enrolment, LearningItem

READ, WRITE, KEEP = "development:read", "development:write", "talent:write"


class LearningItemViewSet(ResourceViewSet):
    """The learning catalogue, which everybody reads and HR keeps."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": KEEP})
    permission_map = {
        "create": "talent.add_learning_item",
        "import_rows": "talent.add_learning_item",
        "import_completions": "talent.add_learning_item",
        "partial_update": "talent.edit_learning_item",
    }
    queryset = LearningItem.objects.select_related("competency").order_by("id")
    serializer_class = LearningItemSerializer
    filterset_class = filters.LearningItemFilter

    @extend_schema(request=LearningItemInput, responses={201: LearningItemSerializer})
    def create(self, request: Request) -> Response:
        """Put something into the catalogue."""
        return self.changed(steps.add_learning_item(by=self.by, **self.taken(LearningItemInput)), 201)

    @extend_schema(request=LearningItemInput, responses=LearningItemSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change an entry, or take it out of what is offered (`is_active`)."""
        found = get_for_user(self.rows(), self.by, "talent.edit_learning_item", pk=pk)
        return self.changed(steps.edit_learning_item(found, by=self.by, **self.taken(LearningItemInput, partial=True)))

    @extend_schema(request=ImportInput, responses=ImportReportSerializer)
    @action(detail=False, methods=["post"], url_path="import")
    def import_rows(self, request: Request) -> Response:
        """Put many entries into the catalogue, or change those whose `external_key` is there. The same rows again change
        nothing; rows that cannot be taken are named and keep nobody out."""
        return _told(import_learning_items(self.taken(ImportInput)["rows"], by=self.by))

    @extend_schema(request=ImportInput, responses=ImportReportSerializer)
    @action(detail=False, methods=["post"], url_path="completions")
    def import_completions(self, request: Request) -> Response:
        """Record completions from another system: `external_key`, `employee_number`, `learning_key`, `completed_on`,
        and `score` and `evidence` if there are any. A key that is there already changes nothing."""
        if not self.by.viewer.is_client:
            raise PermissionDenied
        return _told(import_completions(self.taken(ImportInput)["rows"], by=self.by))


def _told(report: Report) -> Response:
    refused = [{"row": place, "reason": words} for place, words in report.refused]
    return Response(
        {
            "created": report.created,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "refused": refused,
        }
    )


class EnrolmentViewSet(BulkVerbs):
    """Who takes part in what: one's own, those of people below, those HR looks after."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    bulk_verbs = ("approve", "refuse", "cancel", "complete", "confirm")
    permission_map = {
        "approve": "talent.approve_enrolment",
        "refuse": "talent.refuse_enrolment",
        "cancel": "talent.cancel_enrolment",
        "complete": "talent.complete_enrolment",
        "confirm": "talent.confirm_completion",
    }
    queryset = Enrolment.objects.select_related(
        "employee__org_unit", "learning_item__competency", "action__item__plan"
    ).order_by("id")
    serializer_class = EnrolmentSerializer
    filterset_class = filters.EnrolmentFilter

    @extend_schema(request=EnrolInput, responses={201: EnrolmentSerializer})
    def create(self, request: Request) -> Response:
        """Enrol somebody; whoever asks for themselves waits for a yes where one is needed."""
        given: dict[str, Any] = self.taken(EnrolInput)
        item, employee = given["learning_item"], given["employee"]
        if not self.by.has_perm("talent.enrol", employee):
            raise PermissionDenied
        return self.changed(steps.enrol(item, employee, by=self.by, action=given.get("action")), 201)

    @verb()
    def approve(self, enrolment: Enrolment) -> Enrolment:
        """Say yes to a request."""
        return steps.approve_enrolment(enrolment, by=self.by)

    @verb(ReasonInput)
    def refuse(self, enrolment: Enrolment, reason: str) -> Enrolment:
        """Say no to a request, with a reason the person reads."""
        return steps.refuse_enrolment(enrolment, by=self.by, reason=reason)

    @verb(EnrolmentCancelInput)
    def cancel(self, enrolment: Enrolment, **given: Any) -> Enrolment:
        """Take a request or an enrolment back."""
        return steps.cancel_enrolment(enrolment, by=self.by, **given)

    @verb(CompletionInput)
    def complete(self, enrolment: Enrolment, **given: Any) -> Enrolment:
        """It is completed; the plan's action it serves is done with it."""
        return steps.complete_enrolment(enrolment, by=self.by, **given)

    @verb()
    def confirm(self, enrolment: Enrolment) -> Enrolment:
        """Somebody other than the person saw what shows it; now it may give a level."""
        return steps.confirm_completion(enrolment, by=self.by)
