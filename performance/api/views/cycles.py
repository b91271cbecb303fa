"""Review cycles, and the scales and templates they are made with."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.common.schema import example
from hrportal.journal.api import STARTS_JOB, started
from hrportal.people.models import Employee
from performance.actions.cycles import add_late_joiner, close_cycle, create_cycle, edit_cycle, launch_cycle
from performance.actions.outcomes import share_cycle
from performance.api import filters
from performance.api.serializers.cycles import (
    CycleInput,
    CycleSerializer,
    EmployeeInput,
    ScaleSerializer,
    TemplateSerializer,
)
from performance.models import RatingScale, ReviewCycle, ReviewTemplate, TemplateCompetency

CYCLE = example(
    "A yearly cycle",
    {
        "name": "Year 2026",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "template": 1,
        "scale": 1,
        "guideline": {"1": 5, "2": 15, "3": 60, "4": 15, "5": 5},
    },
    request_only=True,
)
TEMPLATES = ReviewTemplate.objects.order_by("id").prefetch_related(
    "sections__questions",
    Prefetch("sections__competencies", TemplateCompetency.objects.select_related("competency")),
)


class CycleViewSet(ResourceViewSet):
    """Rounds of reviews."""

    access = Access(
        scopes={"list": "reviews:read", "retrieve": "reviews:read", "template": "reviews:read", "*": "cycles:write"}
    )
    permission_map = {
        "create": "performance.create_cycle",
        "partial_update": "performance.edit_cycle",
        "launch": "performance.launch_cycle",
        "late_joiners": "performance.add_late_joiner",
        "share": "performance.share_cycle",
        "close": "performance.close_cycle",
    }
    queryset = ReviewCycle.objects.select_related("scale").prefetch_related("scale__levels", "org_units").order_by("id")
    serializer_class = CycleSerializer
    filterset_class = filters.CycleFilter

    @extend_schema(request=CycleInput, responses={201: CycleSerializer}, examples=[CYCLE])
    def create(self, request: Request) -> Response:
        """Draft a cycle. A partner names units of their own."""
        fields = self.taken(CycleInput)
        self._require("performance.create_cycle", fields.get("org_units", []))
        return self.changed(create_cycle(by=self.by, **fields), 201)

    @extend_schema(request=CycleInput, responses=CycleSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a cycle; once launched, only its dates, name, sharing and guideline."""
        cycle, fields = self.get_object(), self.taken(CycleInput, partial=True)
        self._require("performance.create_cycle", fields.get("org_units"))
        return self.changed(edit_cycle(cycle, by=self.by, **fields))

    @verb(schema=STARTS_JOB)
    def launch(self, cycle: ReviewCycle) -> Response:
        """Open a review for everyone of the population, in the background."""
        return started(launch_cycle(cycle, by=self.by), self)

    @verb(schema=STARTS_JOB)
    def share(self, cycle: ReviewCycle) -> Response:
        """Show every completed review to its employee, in the background."""
        return started(share_cycle(cycle, by=self.by), self)

    @verb()
    def close(self, cycle: ReviewCycle) -> ReviewCycle:
        """End the cycle for good; every review must be completed or withdrawn."""
        return close_cycle(cycle, by=self.by)

    @verb(takes=EmployeeInput)
    def late_joiners(self, cycle: ReviewCycle, *, employee: Employee) -> ReviewCycle:
        """Open one more review in a cycle under way."""
        self._require("performance.open_review", employee)
        return add_late_joiner(cycle, employee, by=self.by).cycle

    @extend_schema(responses=TemplateSerializer)
    @action(detail=True)
    def template(self, request: Request, pk: int) -> Response:
        """What the reviews of this cycle ask."""
        return Response(TemplateSerializer(TEMPLATES.get(pk=self.get_object().template_id)).data)

    def _require(self, permission: str, row: Any) -> None:
        if not self.by.has_perm(permission, row):
            raise PermissionDenied


class MasterViewSet(ResourceViewSet):
    """What cycles are made with; a launch copies it, so later edits never alter a running review."""

    access = Access(scopes={"list": "cycles:write", "retrieve": "cycles:write"})


class ScaleViewSet(MasterViewSet):
    """Rating scales to choose from."""

    queryset = RatingScale.objects.prefetch_related("levels").order_by("id")
    serializer_class = ScaleSerializer


class TemplateViewSet(MasterViewSet):
    """Review templates to choose from."""

    queryset = TEMPLATES
    serializer_class = TemplateSerializer
