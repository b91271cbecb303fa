"""The library of competencies, role profiles, headcount forecasts, and the gaps between need and supply."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.errors import QueryError
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import JobSerializer, started
from hrportal.people.api.views import PublicRows
from hrportal.people.models import Competency, Employee, Job, RoleProfileEntry
from talent.actions import assessors, competencies, headcount
from talent.actions.competencies import ProfileLine
from talent.actions.headcount import ForecastSeed
from talent.api import skill_filters
from talent.api.serializers.skills import (
    AssessorInput,
    AssessorSerializer,
    CompetencyChanges,
    CompetencySerializer,
    FitSerializer,
    ForecastChanges,
    ForecastInput,
    ForecastSerializer,
    ForecastsInput,
    ForecastsTakenSerializer,
    GapAnalysisDetailSerializer,
    GapAnalysisInput,
    GapAnalysisSerializer,
    NewCompetencyInput,
    RoleProfileInput,
    RoleProfileSerializer,
    StrategySerializer,
)
from talent.enums import ProfileDay
from talent.models import GapAnalysis, HeadcountForecast, SkillAssessor
from talent.skills.gap import gap_of
from talent.skills.people import SkillPeople
from talent.skills.strategy import strategy_of
from talent.skills.team import day_asked

READ, WRITE, DIRECTORY = "talent:read", "talent:write", "employees:read"
DAY = OpenApiParameter(
    "day", str, enum=ProfileDay.values, description="Which of the profile's two levels; today's unless said."
)


class LibraryRows(PublicRows):
    """Rows that everyone reads and few change."""

    def get_object(self) -> Any:
        row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])
        permission = self.permission_map.get(self.action)
        if permission and not self.by.has_perm(permission, row):
            raise PermissionDenied
        return row


class CompetencyViewSet(LibraryRows):
    """The shared library of competencies."""

    access = Access(scopes={"list": DIRECTORY, "retrieve": DIRECTORY, "*": WRITE})
    permission_map = {
        "create": "talent.add_competency",
        "partial_update": "talent.edit_competency",
        "archive": "talent.archive_competency",
        "restore": "talent.restore_competency",
    }
    queryset = Competency.objects.prefetch_related("levels").order_by("id")
    serializer_class = CompetencySerializer
    filterset_class = skill_filters.CompetencyFilter

    @extend_schema(request=NewCompetencyInput, responses={201: CompetencySerializer})
    def create(self, request: Request) -> Response:
        """Put a competency into the library."""
        return self.changed(competencies.add_competency(by=self.by, **self.taken(NewCompetencyInput)), 201)

    @extend_schema(request=CompetencyChanges)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change its words; levels that are named are described anew."""
        changes = self.taken(CompetencyChanges, partial=True)
        return self.changed(competencies.edit_competency(self.get_object(), by=self.by, **changes))

    @verb()
    def archive(self, competency: Competency) -> Competency:
        """No longer ask for it nor assess it."""
        return competencies.archive_competency(competency, by=self.by)

    @verb()
    def restore(self, competency: Competency) -> Competency:
        """Use it again."""
        return competencies.restore_competency(competency, by=self.by)


class RoleProfileViewSet(LibraryRows):
    """What jobs ask for today and in 24 months."""

    access = Access(scopes={"partial_update": WRITE, "*": READ})
    permission_map = {"partial_update": "talent.edit_role_profile"}
    queryset = Job.objects.order_by("id")
    serializer_class = RoleProfileSerializer
    filterset_class = skill_filters.RoleProfileFilter

    def rows(self) -> QuerySet[Job]:
        entries = RoleProfileEntry.objects.select_related("competency").order_by("competency")
        counted = super().rows().annotate(profile_version=Coalesce(Max("profile_revisions__version"), Value(0)))
        rows: QuerySet[Job] = counted.prefetch_related(Prefetch("profile", entries))
        return rows

    @extend_schema(request=RoleProfileInput)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Write the profile anew, whole. A stale `version` is refused with 409."""
        job, given = self.get_object(), self.taken(RoleProfileInput)
        lines = [ProfileLine(**row | {"competency": row["competency"].pk}) for row in given["entries"]]
        competencies.edit_role_profile(job, by=self.by, lines=lines, version=given["version"])
        return self.changed(job)

    @extend_schema(
        parameters=[OpenApiParameter("employee", int, required=True, description="A person's id."), DAY],
        responses=FitSerializer,
    )
    @action(detail=True, methods=["get"])
    def fit(self, request: Request, pk: int) -> Response:
        """A person beside this job, line by line; one's own as well as others' whose skills one reads."""
        people = SkillPeople(Employee.objects.all(), and_self=True)
        number = request.query_params.get("employee", "")
        if not (number.isdecimal() and len(number) < 15):
            raise QueryError({"employee": [_("A person’s id.")]})
        employee = get_for_user(people, self.by, pk=int(number))
        report = gap_of(employee, self.get_object(), day_asked(request.query_params), self.by)
        if report is None:
            raise Http404
        return Response(FitSerializer(report).data)

    @extend_schema(
        parameters=[OpenApiParameter("family", str, required=True, description="A family of jobs.")],
        responses=StrategySerializer,
    )
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def strategy(self, request: Request) -> Response:
        """What a family's jobs will ask for in 24 months, beside what its people can do today."""
        family = request.query_params.get("family", "")
        if not family:
            raise QueryError({"family": [_("A family of jobs.")]})
        found = strategy_of(family, self.by)
        if found is None:
            raise Http404
        return Response(StrategySerializer(found).data)


class ForecastViewSet(ResourceViewSet):
    """How many people are needed in which job by when."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "talent.add_forecast",
        "take": "talent.import_forecasts",
        "partial_update": "talent.edit_forecast",
        "remove": "talent.remove_forecast",
    }
    queryset = HeadcountForecast.objects.with_names().order_by("id")
    serializer_class = ForecastSerializer
    filterset_class = skill_filters.ForecastFilter

    @extend_schema(request=ForecastInput, responses={201: ForecastSerializer})
    def create(self, request: Request) -> Response:
        """Say how many people a job will need by a day."""
        return self.changed(headcount.add_forecast(by=self.by, **self.taken(ForecastInput)), 201)

    @extend_schema(request=ForecastChanges)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Correct the number or the note."""
        forecast = self.get_object()
        given = {"number": forecast.number, "note": forecast.note} | self.taken(ForecastChanges, partial=True)
        return self.changed(headcount.edit_forecast(forecast, by=self.by, **given))

    @verb(schema={"responses": {204: None}})
    def remove(self, forecast: HeadcountForecast) -> Response:
        """Take a forecast back: nothing is said from here on."""
        headcount.remove_forecast(forecast, by=self.by)
        return Response(status=204)

    @extend_schema(request=ForecastsInput, responses=ForecastsTakenSerializer)
    @action(detail=False, methods=["post"], url_path="import")
    def take(self, request: Request) -> Response:
        """Take in many at once, all or none; the same again changes nothing."""
        seeds = [ForecastSeed(**row) for row in self.taken(ForecastsInput)["forecasts"]]
        added, edited = headcount.import_forecasts(seeds, by=self.by)
        return Response(ForecastsTakenSerializer({"added": added, "edited": edited}).data)


class AssessorViewSet(ResourceViewSet):
    """Those whom HR named to assess, beside managers and HR."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"create": "talent.name_assessor", "end": "talent.end_assessor"}
    queryset = SkillAssessor.objects.with_names().order_by("id")
    serializer_class = AssessorSerializer
    filterset_class = skill_filters.AssessorFilter

    @extend_schema(request=AssessorInput, responses={201: AssessorSerializer})
    def create(self, request: Request) -> Response:
        """Let somebody assess the people of a unit."""
        given = self.taken(AssessorInput)
        planned = SkillAssessor(assessor=given["assessor"], org_unit=given["org_unit"])
        if not self.by.has_perm("talent.name_assessor", planned):
            raise PermissionDenied
        return self.changed(assessors.name_assessor(by=self.by, **given), 201)

    @verb()
    def end(self, named: SkillAssessor) -> SkillAssessor:
        """From here on they assess no more."""
        return assessors.end_assessor(named, by=self.by)


class GapAnalysisViewSet(ResourceViewSet):
    """Gap analyses: those that the client, or the person it acts for, asked for through it."""

    access = Access(scopes={"*": READ})
    permission_map = {"create": "talent.start_gap_analysis"}
    queryset = GapAnalysis.objects.with_subject().order_by("id")
    serializer_class = GapAnalysisSerializer
    detail_serializer_class = GapAnalysisDetailSerializer

    @extend_schema(request=GapAnalysisInput, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Have one computed; what it holds is what the reader may see, which the scopes say."""
        given = self.taken(GapAnalysisInput)
        if not self.by.has_perm("talent.start_gap_analysis", GapAnalysis(org_unit=given.get("org_unit"))):
            raise PermissionDenied
        return started(headcount.start_gap_analysis(by=self.by, **given), self)
