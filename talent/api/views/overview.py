"""Openings to managers, data to look at again, and the figures of talent management."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import JobSerializer, started
from talent import actions
from talent.api import filters
from talent.api.serializers.overview import (
    OpeningInput,
    OpeningSerializer,
    OverviewStepSerializer,
    RefreshTaskSerializer,
    TalentMetricsInput,
    TalentMetricsSerializer,
)
from talent.models import Opening, RefreshTask, TalentMetrics
from talent.overview.steps import steps_of

READ, WRITE = "talent:read", "talent:write"


class OpeningViewSet(ResourceViewSet):
    """What HR opened to managers. Opening and closing is an HR leader's, so a client does it for one."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"create": "talent.open_topic", "close": "talent.close_topic"}
    queryset = Opening.objects.with_people().order_by("id")
    serializer_class = OpeningSerializer
    filterset_class = filters.OpeningFilter

    @extend_schema(request=OpeningInput, responses={201: OpeningSerializer})
    def create(self, request: Request) -> Response:
        """Open a topic to the managers of a unit."""
        return self.changed(actions.open_topic(by=self.by, **self.taken(OpeningInput)), 201)

    @verb()
    def close(self, opening: Opening) -> Opening:
        """Close it again."""
        return actions.close_topic(opening, by=self.by)


class RefreshTaskViewSet(ResourceViewSet):
    """Data past their time that somebody is asked to look at again; each as far as the datum itself may be read."""

    access = Access(scopes={"list": READ, "retrieve": READ})
    queryset = RefreshTask.objects.with_subject().order_by("id")
    serializer_class = RefreshTaskSerializer
    filterset_class = filters.RefreshTaskFilter


class TalentMetricsViewSet(ResourceViewSet):
    """Figures of talent management: those that the client, or the person it acts for, asked for through it."""

    access = Access(scopes={"*": READ})
    permission_map = {"create": "talent.start_metrics"}
    queryset = TalentMetrics.objects.with_subject().order_by("id")
    serializer_class = TalentMetricsSerializer

    @extend_schema(request=TalentMetricsInput, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Have them computed; what they hold is what the reader may see, which the scopes say."""
        given = self.taken(TalentMetricsInput)
        if not self.by.has_perm("talent.start_metrics", TalentMetrics(org_unit=given.get("org_unit"))):
            raise PermissionDenied
        return started(actions.start_metrics(by=self.by, **given), self)

    @extend_schema(responses=OverviewStepSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def steps(self, request: Request) -> Response:
        """The three things that must be done, as the reader sees them."""
        latest = TalentMetrics.objects.visible_to(self.by).computed().filter(org_unit=None).first()
        steps = steps_of(self.by, latest, timezone.localdate())
        return Response(OverviewStepSerializer(steps, many=True).data)
