"""Merit rounds, what they recommend, and pay. A client works them out; that a person decides and approves stays so."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.api import require_scope, version_of
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.journal.api import STARTS_JOB, started
from talent.actions import rewards as steps
from talent.api import reward_filters
from talent.api.serializers.rewards import (
    GuidelineInput,
    MeritDecisionInput,
    MeritRecommendationSerializer,
    PayRangeSerializer,
    PayRecordSerializer,
    PayReportSerializer,
    PayTableInput,
    RewardCycleChange,
    RewardCycleInput,
    RewardCycleSerializer,
)
from talent.models import MeritRecommendation, PayRange, PayRecord, RewardCycle
from talent.rewards import importing

READ, WRITE = "rewards:read", "rewards:write"
SCOPES = {"list": READ, "retrieve": READ, "*": WRITE}


class RewardCycleViewSet(ResourceViewSet):
    """Merit rounds with their guideline."""

    access = Access(scopes=SCOPES)
    permission_map = {
        "create": "talent.create_reward_cycle",
        "partial_update": "talent.edit_reward_cycle",
        "guideline": "talent.edit_reward_cycle",
        "start": "talent.start_reward_cycle",
        "approve": "talent.approve_merit",
        "export": "talent.export_merit",
    }
    takes_version = frozenset({"partial_update"})
    queryset = RewardCycle.objects.select_related("org_unit").prefetch_related("cells").order_by("id")
    serializer_class = RewardCycleSerializer
    filterset_class = reward_filters.RewardCycleFilter

    def shown(self, row: Any, status: int = 200) -> Response:
        return with_etag(super().shown(row, status), row.version)

    @extend_schema(request=RewardCycleInput, responses={201: RewardCycleSerializer})
    def create(self, request: Request) -> Response:
        """Begin a round on the calibrated ratings of a period, with the usual guideline to change."""
        return self.changed(steps.create_reward_cycle(by=self.by, **self.taken(RewardCycleInput)), 201)

    @extend_schema(parameters=[IF_MATCH], request=RewardCycleChange, responses=RewardCycleSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change what a round rests on; what was recommended and decided before is taken back."""
        cycle, changes = self.get_object(), self.taken(RewardCycleChange, partial=True)
        with version_of(request, changes.pop("version", None)) as version:
            return self.changed(steps.edit_reward_cycle(cycle, by=self.by, version=version, **changes))

    @verb(takes=GuidelineInput)
    def guideline(self, cycle: RewardCycle, *, cells: list[dict[str, Any]]) -> RewardCycle:
        """Write the whole matrix; what was recommended before is taken back. Takes `ratings:read` too."""
        require_scope(self.by, "ratings:read")
        percents = {(cell["rating"], cell["position"]): cell["percent"] for cell in cells}
        return steps.set_guideline(cycle, by=self.by, percents=percents)

    @verb(schema=STARTS_JOB)
    def start(self, cycle: RewardCycle) -> Response:
        """Have the recommendations computed in the background."""
        return started(steps.start_reward_cycle(cycle, by=self.by), self)

    @verb()
    def approve(self, cycle: RewardCycle) -> RewardCycle:
        """Approve what the person may approve that is acted for."""
        steps.approve_merit(cycle, by=self.by)
        return cycle

    @verb()
    def export(self, cycle: RewardCycle) -> RewardCycle:
        """Hand the approved amounts to payroll, once; they are then read from `merit-recommendations`."""
        return steps.mark_exported(cycle, by=self.by)


class MeritRecommendationViewSet(ResourceViewSet):
    """What is recommended for people, with everything it follows from. Never for whom the client acts; takes `ratings:read` too."""

    access = Access(scopes=SCOPES)
    permission_map = {"decide": "talent.decide_merit"}
    queryset = MeritRecommendation.objects.with_people().select_related("cycle").order_by("id")
    serializer_class = MeritRecommendationSerializer
    filterset_class = reward_filters.MeritRecommendationFilter

    @verb(takes=MeritDecisionInput)
    def decide(self, row: MeritRecommendation, **said: Any) -> MeritRecommendation:
        """Put a person's decision, with its reason, in the place of the recommendation."""
        return steps.decide_merit(row, by=self.by, **said)


class PayTableViewSet(ResourceViewSet):
    """A resource that is brought as a table."""

    access = Access(scopes=SCOPES)
    kind: importing.TableKind

    @extend_schema(request=PayTableInput, responses=PayReportSerializer)
    @action(detail=False, methods=["post"], url_path="import", url_name="import")
    def take_in(self, request: Request) -> Response:
        """Bring a table; bringing the same again changes nothing, the same day with another amount corrects it."""
        return Response(PayReportSerializer(importing.take_in(self.kind, by=self.by, **self.taken(PayTableInput))).data)


class PayRangeViewSet(PayTableViewSet):
    """What jobs pay, each from a day on."""

    permission_map = {"take_in": "talent.import_pay_ranges"}
    queryset = PayRange.objects.select_related("job").order_by("id")
    serializer_class = PayRangeSerializer
    filterset_class = reward_filters.PayRangeFilter
    kind = importing.RANGES


class PayRecordViewSet(PayTableViewSet):
    """What people are paid, each from a day on. Never the pay of whom the client acts for."""

    permission_map = {"take_in": "talent.import_pay"}
    queryset = PayRecord.objects.select_related("employee__org_unit").order_by("id")
    serializer_class = PayRecordSerializer
    filterset_class = reward_filters.PayRecordFilter
    kind = importing.PAY
