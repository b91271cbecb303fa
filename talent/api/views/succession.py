"""Succession plans."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import ReasonInput
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import JobSerializer, started
from talent.actions import experiences
from talent.actions import succession as steps
from talent.actions.bench_studies import start_bench_study
from talent.api import filters
from talent.api.serializers.succession import (
    BenchAssessmentSerializer,
    BenchSerializer,
    BenchStudySerializer,
    ExperiencesInput,
    ExternalInput,
    FoundExperiencesInput,
    NinetyDaysInput,
    NominationInput,
    OrderInput,
    ReadinessInput,
    RoleChanges,
    RoleInput,
    SnapshotSerializer,
)
from talent.forms.succession import candidates_for
from talent.models import (
    BenchSnapshot,
    BenchStudy,
    ExternalSuccessor,
    NinetyDayPlan,
    SuccessionPlan,
    Successor,
)
from talent.succession.assessed import bench_view
from talent.succession.together import read_study

READ, WRITE = "succession:read", "succession:write"
MOST_SNAPSHOTS = 50


class SuccessionPlanViewSet(ResourceViewSet):
    """Critical roles and who could take them; nobody sees a bench that is about them."""

    access = Access(
        scopes={
            "list": READ,
            "retrieve": READ,
            "assessment": READ,
            "snapshots": READ,
            "study": READ,
            "compute_study": READ,
            "*": WRITE,
        }
    )
    permission_map = {
        "create": "talent.designate_critical_role",
        "partial_update": "talent.edit_critical_role",
        "ask_experiences": "talent.ask_experiences",
        "compute_study": "talent.start_bench_study",
        "name_external": "talent.name_external",
        "nominate": "talent.nominate_successor",
        "rank": "talent.rank_successors",
        "endorse": "talent.endorse_plan",
        "retire": "talent.retire_plan",
    }
    queryset = (
        SuccessionPlan.objects.with_bench()
        .prefetch_related(Prefetch("externals", ExternalSuccessor.objects.standing(), to_attr="outside"))
        .order_by("id")
    )
    serializer_class = BenchSerializer
    filterset_class = filters.SuccessionPlanFilter

    @extend_schema(request=RoleInput, responses={201: BenchSerializer})
    def create(self, request: Request) -> Response:
        """Say that a seat is critical, and why."""
        return self.changed(steps.designate_critical_role(by=self.by, **self.taken(RoleInput)), 201)

    @extend_schema(request=RoleChanges, responses=BenchSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change why and how much a role is critical, how likely its seat falls vacant, who owns the plan and who sees it."""
        changes = self.taken(RoleChanges, partial=True)
        return self.changed(steps.edit_critical_role(self.get_object(), by=self.by, **changes))

    @verb(takes=NominationInput)
    def nominate(self, plan: SuccessionPlan, *, employee: int, **said: Any) -> SuccessionPlan:
        """Propose somebody for the bench."""
        person = candidates_for(plan, self.by).filter(pk=employee).first()
        if person is None:
            raise serializers.ValidationError({"employee": [_("This person cannot be put on this bench.")]})
        return steps.nominate_successor(plan, by=self.by, employee=person, **said).plan

    @verb(takes=OrderInput)
    def rank(self, plan: SuccessionPlan, **said: Any) -> SuccessionPlan:
        """Put the whole bench in an order."""
        return steps.rank_successors(plan, by=self.by, **said)

    @verb(takes=ExternalInput)
    def name_external(self, plan: SuccessionPlan, **said: str) -> SuccessionPlan:
        """Note somebody from outside."""
        return steps.name_external(plan, by=self.by, **said).plan

    @verb(takes=ExperiencesInput)
    def ask_experiences(self, plan: SuccessionPlan, *, names: list[str]) -> SuccessionPlan:
        """Say which experiences the job of the role asks for."""
        return experiences.ask_experiences(plan, by=self.by, names=names)

    @extend_schema(request=None, responses=BenchAssessmentSerializer)
    @action(detail=True, methods=["get"])
    def assessment(self, request: Request, pk: int) -> Response:
        """Each successor beside the role, with the parts of every number."""
        return Response(BenchAssessmentSerializer(bench_view(self.get_object(), self.by)).data)

    @extend_schema(request=None, responses=SnapshotSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def snapshots(self, request: Request, pk: int) -> Response:
        """The bench as it was endorsed, newest first."""
        rows = BenchSnapshot.objects.visible_to(self.by).filter(plan=self.get_object())
        return Response(SnapshotSerializer(rows.prefetch_related("seats__employee")[:MOST_SNAPSHOTS], many=True).data)

    @extend_schema(request=None, responses=BenchStudySerializer)
    @action(detail=False, methods=["get"])
    def study(self, request: Request) -> Response:
        """All benches together, as they were computed last; not found before."""
        study = BenchStudy.objects.visible_to(self.by).computed().first()
        view = read_study(study, self.by) if study else None
        if view is None or not view.is_complete:
            raise Http404
        return Response(BenchStudySerializer(view).data)

    @extend_schema(request=None, responses={202: JobSerializer})
    @action(detail=False, methods=["post"], url_path="study/compute", url_name="compute-study")
    def compute_study(self, request: Request) -> Response:
        """Have all benches looked at together, in the background."""
        return started(start_bench_study(by=self.by), self)

    @verb()
    def endorse(self, plan: SuccessionPlan) -> SuccessionPlan:
        """The bench was looked at today and still holds."""
        return steps.endorse_plan(plan, by=self.by)

    @verb()
    def retire(self, plan: SuccessionPlan) -> SuccessionPlan:
        """The role is no longer critical."""
        return steps.retire_plan(plan, by=self.by)

    @extend_schema(request=None, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/approve", url_name="approve")
    def approve(self, request: Request, pk: int, successor: int) -> Response:
        """A proposed successor counts from now on."""
        found = self._successor("talent.approve_successor")
        return self.changed(steps.approve_successor(found, by=self.by).plan)

    @extend_schema(request=ReadinessInput, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/readiness", url_name="readiness")
    def change_readiness(self, request: Request, pk: int, successor: int) -> Response:
        """Assess a successor again, today, and say why."""
        found = self._successor("talent.change_readiness")
        return self.changed(steps.change_readiness(found, by=self.by, **self.taken(ReadinessInput)).plan)

    @extend_schema(request=ReasonInput, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/remove", url_name="remove")
    def remove(self, request: Request, pk: int, successor: int) -> Response:
        """Take somebody off the bench; that they stood there stays known."""
        found = self._successor("talent.remove_successor")
        return self.changed(steps.remove_successor(found, by=self.by, **self.taken(ReasonInput)).plan)

    @extend_schema(request=ReasonInput, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="externals/<int:external>/remove", url_name="remove-external")
    def remove_external(self, request: Request, pk: int, external: int) -> Response:
        """Somebody from outside is no longer thought of."""
        rows = ExternalSuccessor.objects.filter(plan=self.get_object()).select_related("plan__position__org_unit")
        found = get_for_user(rows, self.by, "talent.remove_external", pk=external)
        return self.changed(steps.remove_external(found, by=self.by, **self.taken(ReasonInput)).plan)

    @extend_schema(request=FoundExperiencesInput, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/experiences", url_name="experiences")
    def record_experiences(self, request: Request, pk: int, successor: int) -> Response:
        """Say which of the experiences that the role asks for somebody has."""
        person = self._successor("talent.record_experiences")
        found = {line["experience"]: line["is_held"] for line in self.taken(FoundExperiencesInput)["found"]}
        return self.changed(experiences.record_experiences(person, by=self.by, found=found).plan)

    @extend_schema(request=NinetyDaysInput, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="successors/<int:successor>/ninety-days", url_name="ninety-days")
    def open_ninety_days(self, request: Request, pk: int, successor: int) -> Response:
        """Begin to close what is missing most, in the person's development plan."""
        person = self._successor("talent.open_ninety_days")
        begun = experiences.open_ninety_days(person, by=self.by, **self.taken(NinetyDaysInput))
        return self.changed(begun.successor.plan)

    @extend_schema(request=None, responses=BenchSerializer)
    @action(detail=True, methods=["post"], url_path="ninety-days/<int:ninety>/share", url_name="share-ninety-days")
    def share_ninety_days(self, request: Request, pk: int, ninety: int) -> Response:
        """Let the person see the items in their plan, not what they are for."""
        rows = NinetyDayPlan.objects.filter(successor__plan=self.get_object())
        rows = rows.select_related("successor__plan__position__org_unit")
        found = get_for_user(rows, self.by, "talent.share_ninety_days", pk=ninety)
        return self.changed(experiences.share_ninety_days(found, by=self.by).successor.plan)

    def _successor(self, permission: str) -> Any:
        bench = Successor.objects.filter(plan=self.get_object())
        people = bench.select_related("employee", "plan__position__org_unit", "plan__position__incumbent")
        return get_for_user(people, self.by, permission, pk=self.kwargs["successor"])
