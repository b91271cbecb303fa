"""Stay interviews and exits."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import version_of
from hrportal.common.errors import QueryError
from hrportal.common.filters import ChangedFilter, ChoiceIn, FlagFilter, NumberIn
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.people.enums import LeaveReason
from hrportal.people.models import OrgUnit
from talent.actions import exits as exit_steps
from talent.actions import stay_interviews as steps
from talent.api.serializers.leaving import (
    ExitReportSerializer,
    ExitReviewInput,
    ExitSerializer,
    PeriodThemesSerializer,
    StayHoldInput,
    StayInterviewSerializer,
    StayPlanInput,
    StayTemplateInput,
    StayTemplateSerializer,
    StayWriteInput,
)
from talent.api.views.retention import READ, WRITE, OfPerson
from talent.enums import StayInterviewState
from talent.models import Exit, StayInterview, StayInterviewTemplate
from talent.retention.figures import exit_report
from talent.retention.themes import themes_for

UNIT = OpenApiParameter("unit", int, description="Id of a unit: it and all below it.")


class StayTemplateFilter(ChangedFilter):
    is_active = FlagFilter(help_text="true: those in use.")

    class Meta:
        model = StayInterviewTemplate
        fields: list[str] = []


class StayInterviewFilter(OfPerson):
    state = ChoiceIn(choices=StayInterviewState.choices, help_text="States, with commas between them.")
    interviewer = NumberIn(field_name="interviewer_id", help_text="Ids of people, with commas between them.")

    class Meta:
        model = StayInterview
        fields: list[str] = []


class ExitFilter(OfPerson):
    leave_reason = ChoiceIn(choices=LeaveReason.choices, help_text="Reasons, with commas between them.")
    is_reviewed = FlagFilter(method="by_review", help_text="false: those HR did not look at yet.")

    class Meta:
        model = Exit
        fields: list[str] = []

    def by_review(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.filter(reviewed_on__isnull=not value)


class StayTemplateViewSet(ResourceViewSet):
    """Sets of questions for stay interviews."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"create": "talent.save_stay_template", "partial_update": "talent.save_stay_template"}
    queryset = StayInterviewTemplate.objects.order_by("id")
    serializer_class = StayTemplateSerializer
    filterset_class = StayTemplateFilter

    @extend_schema(request=StayTemplateInput, responses={201: StayTemplateSerializer})
    def create(self, request: Request) -> Response:
        """Write a set of questions."""
        return self.changed(steps.save_stay_template(None, by=self.by, **self.taken(StayTemplateInput)), 201)

    @extend_schema(request=StayTemplateInput, responses=StayTemplateSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change one; interviews that are planned keep the questions they have."""
        template = self.get_object()
        names = ("name", "questions", "is_active")
        given = {name: getattr(template, name) for name in names} | self.taken(StayTemplateInput, partial=True)
        return self.changed(steps.save_stay_template(template, by=self.by, **given))


class StayInterviewViewSet(ResourceViewSet):
    """Stay interviews: those one holds, and those HR looks after; never about oneself."""

    access = Access(scopes={"list": READ, "retrieve": READ, "themes": READ, "*": WRITE})
    takes_version = frozenset({"partial_update"})
    permission_map = {
        "partial_update": "talent.write_stay_interview",
        "hold": "talent.hold_stay_interview",
        "cancel": "talent.cancel_stay_interview",
    }
    queryset = StayInterview.objects.with_people().select_related("template").order_by("id")
    serializer_class = StayInterviewSerializer
    filterset_class = StayInterviewFilter

    def shown(self, row: Any, status: int = 200) -> Response:
        return with_etag(super().shown(row, status), row.revision)

    @extend_schema(request=StayPlanInput, responses={201: StayInterviewSerializer})
    def create(self, request: Request) -> Response:
        """Ask somebody to hold a stay interview."""
        given = self.taken(StayPlanInput)
        employee = given.pop("employee")
        if not self.by.has_perm("talent.plan_stay_interview", employee):
            raise PermissionDenied
        return self.changed(steps.plan_stay_interview(employee, by=self.by, **given), 201)

    @extend_schema(parameters=[IF_MATCH], request=StayWriteInput, responses=StayInterviewSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Store what was noted so far, on top of the version that was read."""
        talk = self.get_object()
        given = self.taken(StayWriteInput, partial=True)
        given.setdefault("answers", [])
        with version_of(request, given.pop("version", None)) as version:
            return self.changed(steps.write_stay_interview(talk, by=self.by, version=version, **given))

    @verb(takes=StayHoldInput)
    def hold(self, talk: StayInterview, *, themes: list[str]) -> StayInterview:
        """The talk took place; from here on it stays as it is."""
        return steps.hold_stay_interview(talk, by=self.by, themes=themes)

    @verb()
    def cancel(self, talk: StayInterview) -> StayInterview:
        """It will not take place."""
        return steps.cancel_stay_interview(talk, by=self.by)

    @extend_schema(responses=PeriodThemesSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def themes(self, request: Request) -> Response:
        """What came up, summed up for units with three people or more, for the last finished half-years."""
        return Response(PeriodThemesSerializer(themes_for(self.by, timezone.localdate()), many=True).data)


class ExitViewSet(ResourceViewSet):
    """Exits of others: what was known before, and what HR makes of it."""

    access = Access(scopes={"list": READ, "retrieve": READ, "report": READ, "*": WRITE})
    permission_map = {"review": "talent.review_exit"}
    queryset = Exit.objects.with_people().order_by("id")
    serializer_class = ExitSerializer
    filterset_class = ExitFilter

    def rows(self) -> Any:
        return super().rows().with_foresight()

    @verb(takes=ExitReviewInput)
    def review(self, row: Exit, **given: Any) -> Exit:
        """Say whether the loss is regretted and what is learnt from it."""
        return exit_steps.review_exit(row, by=self.by, **given)

    @extend_schema(responses=ExitReportSerializer, parameters=[UNIT], filters=False)
    @action(detail=False, methods=["get"], pagination_class=None)
    def report(self, request: Request) -> Response:
        """What the exits of eight quarters teach, and how many high performers stay."""
        asked = request.query_params.get("unit", "")
        if asked and not (asked.isdecimal() and len(asked) < 19):
            raise QueryError({"unit": ["An id."]})
        unit = get_for_user(OrgUnit.objects.all(), self.by, pk=int(asked)) if asked else None
        return Response(ExitReportSerializer(exit_report(self.by, unit, timezone.localdate())).data)
