"""Review cycles, and the scales and templates they are made with."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.common.schema import example
from hrportal.journal.api import STARTS_JOB, started
from hrportal.people.models import Employee
from performance.actions.cycles import (
    add_late_joiner,
    add_missing_people,
    close_cycle,
    create_cycle,
    edit_cycle,
    launch_cycle,
)
from performance.actions.deadlines import extend_cycle, nudge_late
from performance.actions.exemptions import end_exemption, exempt_from_reviews
from performance.actions.following import clone_cycle, stop_repeating
from performance.actions.goal_setting import begin_writing
from performance.actions.outcomes import share_cycle
from performance.actions.templates import (
    archive_master,
    create_scale,
    create_template,
    edit_scale,
    edit_template,
    move_section,
    remove_section,
    restore_master,
    save_section,
)
from performance.api import filters
from performance.api.serializers.cycles import (
    CloneInput,
    CycleInput,
    CycleSerializer,
    EmployeeInput,
    ExemptionInput,
    ExemptionSerializer,
    ExtensionInput,
    MemberSerializer,
    PopulationSerializer,
    ScaleInput,
    ScaleSerializer,
    SectionInput,
    SectionMoveInput,
    TemplateInput,
    TemplateSerializer,
)
from performance.cycles.population import IN, people_without_review, population_of
from performance.enums import LeftOut
from performance.models import (
    RatingScale,
    ReviewCycle,
    ReviewExemption,
    ReviewTemplate,
    TemplateCompetency,
    TemplateSection,
)

SECTION = OpenApiParameter("section", int, OpenApiParameter.PATH)
REASON = OpenApiParameter("left_out", str, enum=LeftOut.values, description="The reason; without it those who are in.")

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
        scopes={
            "list": "reviews:read",
            "retrieve": "reviews:read",
            "template": "reviews:read",
            "*": "cycles:write",
        }
    )
    permission_map = {
        "create": "performance.create_cycle",
        "partial_update": "performance.edit_cycle",
        "launch": "performance.launch_cycle",
        "late_joiners": "performance.add_late_joiner",
        "population": "performance.preview_population",
        "people": "performance.preview_population",
        "add_missing": "performance.add_missing_people",
        "begin_writing": "performance.begin_writing",
        "extend": "performance.extend_cycle",
        "nudge": "performance.nudge_late",
        "clone": "performance.clone_cycle",
        "stop_repeating": "performance.stop_repeating",
        "share": "performance.share_cycle",
        "close": "performance.close_cycle",
    }
    queryset = (
        ReviewCycle.objects.select_related("scale")
        .prefetch_related("scale__levels", "org_units", "excluded_units", "included_people", "excluded_people")
        .order_by("id")
    )
    serializer_class = CycleSerializer
    filterset_class = filters.CycleFilter

    @extend_schema(request=CycleInput, responses={201: CycleSerializer}, examples=[CYCLE])
    def create(self, request: Request) -> Response:
        """Draft a cycle. A partner names units of their own."""
        fields = self.taken(CycleInput)
        self._require("performance.create_cycle", fields.get("org_units", []))
        self._require_people(fields)
        return self.changed(create_cycle(by=self.by, **fields), 201)

    @extend_schema(request=CycleInput, responses=CycleSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a cycle; once launched, only what does not alter its reviews (their dates move with `extend`)."""
        cycle, fields = self.get_object(), self.taken(CycleInput, partial=True)
        self._require("performance.create_cycle", fields.get("org_units"))
        self._require_people(fields)
        return self.changed(edit_cycle(cycle, by=self.by, **fields))

    @verb(schema=STARTS_JOB)
    def launch(self, cycle: ReviewCycle) -> Response:
        """Open a review for everyone of the population, in the background."""
        return started(launch_cycle(cycle, by=self.by), self)

    @extend_schema(responses=PopulationSerializer)
    @action(detail=True)
    def population(self, request: Request, pk: int) -> Response:
        """Who would be in the cycle as of now and why others are not, in numbers."""
        cycle = self.get_object()
        population = population_of(cycle)
        excluded = [{"reason": reason, "words": reason.label, "count": n} for reason, n in population.excluded]
        numbers = {
            "included": population.counts.get(IN, 0),
            "without_reviewer": population.without_reviewer.count(),
            "without_review": people_without_review(cycle).count(),
            "excluded": excluded,
        }
        return Response(PopulationSerializer(numbers).data)

    @extend_schema(responses=MemberSerializer(many=True), parameters=[REASON])
    @action(detail=True, filterset_class=None)
    def people(self, request: Request, pk: int) -> Response:
        """Everyone who would be in the cycle, or those left out for a reason."""
        reason = request.query_params.get("left_out", IN)
        if reason not in {IN, *LeftOut.values}:
            raise NotFound
        people = population_of(self.get_object()).everyone.filter(left_out=reason)
        page = self.paginate_queryset(people.order_by("id"))
        return self.get_paginated_response(MemberSerializer(page, many=True).data)

    @verb(schema=STARTS_JOB)
    def add_missing(self, cycle: ReviewCycle) -> Response:
        """Open a review, in the background, for everyone who is in the population by now and has none."""
        return started(add_missing_people(cycle, by=self.by), self)

    @verb(schema=STARTS_JOB)
    def begin_writing(self, cycle: ReviewCycle) -> Response:
        """End the goal-setting phase: from today everybody writes."""
        return started(begin_writing(cycle, by=self.by), self)

    @verb(takes=ExtensionInput)
    def extend(self, cycle: ReviewCycle, **fields: Any) -> ReviewCycle:
        """Move dates to later days. Reviews with the common date move along, those with their own keep it."""
        return extend_cycle(cycle, by=self.by, **fields)

    @verb(schema=STARTS_JOB)
    def nudge(self, cycle: ReviewCycle) -> Response:
        """Ask everybody who is late to go on, in the background."""
        return started(nudge_late(cycle, by=self.by), self)

    @extend_schema(request=CloneInput, responses={201: CycleSerializer})
    @action(detail=True, methods=["post"])
    def clone(self, request: Request, pk: int) -> Response:
        """Draft the cycle that follows, with every date moved by the period's length."""
        return self.changed(clone_cycle(self.get_object(), by=self.by, **self.taken(CloneInput)), 201)

    @verb()
    def stop_repeating(self, cycle: ReviewCycle) -> ReviewCycle:
        """Let a cycle that repeats be the last of its row."""
        return stop_repeating(cycle, by=self.by)

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

    def _require_people(self, fields: dict[str, Any]) -> None:
        for person in fields.get("included_people", []):
            self._require("performance.open_review", person)

    def _require(self, permission: str, row: Any) -> None:
        if not self.by.has_perm(permission, row):
            raise PermissionDenied


class MasterViewSet(ResourceViewSet):
    """What cycles are made with; a launch copies it, so later edits never alter a running review."""

    @verb()
    def archive(self, master: Any) -> Any:
        """No longer offer it for new cycles; what was made with it stays."""
        return archive_master(master, by=self.by)

    @verb()
    def restore(self, master: Any) -> Any:
        """Offer it again."""
        return restore_master(master, by=self.by)


class ScaleViewSet(MasterViewSet):
    """Rating scales to choose from."""

    access = Access(scopes={"*": "cycles:write"})
    permission_map = dict.fromkeys(["create", "partial_update", "archive", "restore"], "performance.edit_scale")
    queryset = RatingScale.objects.prefetch_related("levels").order_by("id")
    serializer_class = ScaleSerializer

    @extend_schema(request=ScaleInput, responses={201: ScaleSerializer})
    def create(self, request: Request) -> Response:
        """Make a scale with its levels."""
        return self.changed(create_scale(by=self.by, **self.taken(ScaleInput)), 201)

    @extend_schema(request=ScaleInput, responses=ScaleSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Replace name and levels; cycles already launched keep their copy."""
        return self.changed(edit_scale(self.get_object(), by=self.by, **self.taken(ScaleInput)))


class TemplateViewSet(MasterViewSet):
    """Review templates to choose from."""

    access = Access(scopes={"*": "cycles:write"})
    permission_map = dict.fromkeys(
        ["create", "partial_update", "archive", "restore", "sections", "section", "move_section", "remove_section"],
        "performance.edit_template",
    )
    queryset = TEMPLATES
    serializer_class = TemplateSerializer

    @extend_schema(request=TemplateInput, responses={201: TemplateSerializer})
    def create(self, request: Request) -> Response:
        """Make a template, with its sections if they are given."""
        return self.changed(create_template(by=self.by, **self.taken(TemplateInput)), 201)

    @extend_schema(request=TemplateInput, responses=TemplateSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change name or introduction; sections have addresses of their own."""
        template, given = self.get_object(), self.taken(TemplateInput, partial=True)
        fields = {name: given.get(name, getattr(template, name)) for name in ("name", "introduction")}
        return self.changed(edit_template(template, by=self.by, **fields))

    @verb(takes=SectionInput)
    def sections(self, template: ReviewTemplate, **fields: Any) -> ReviewTemplate:
        """Add a section at the end."""
        save_section(template, by=self.by, **fields)
        return template

    @extend_schema(parameters=[SECTION], request=SectionInput, responses=TemplateSerializer)
    @action(detail=True, methods=["patch"], url_path="sections/<int:section>", url_name="section")
    def section(self, request: Request, pk: int, section: int) -> Response:
        """Replace a section with its questions or competencies."""
        found = self._section()
        save_section(found.template, by=self.by, section=found, **self.taken(SectionInput))
        return self.changed(found.template)

    @extend_schema(parameters=[SECTION], request=SectionMoveInput, responses=TemplateSerializer)
    @action(detail=True, methods=["post"], url_path="sections/<int:section>/move", url_name="section-move")
    def move_section(self, request: Request, pk: int, section: int) -> Response:
        """Let a section change places with its neighbour."""
        found = self._section()
        move_section(found, by=self.by, **self.taken(SectionMoveInput))
        return self.changed(found.template)

    @extend_schema(parameters=[SECTION], request=None, responses=TemplateSerializer)
    @action(detail=True, methods=["post"], url_path="sections/<int:section>/remove", url_name="section-remove")
    def remove_section(self, request: Request, pk: int, section: int) -> Response:
        """Take a section out; reviews already launched keep theirs."""
        found = self._section()
        remove_section(found, by=self.by)
        return self.changed(found.template)

    def _section(self) -> TemplateSection:
        sections = self.get_object().sections.select_related("template")
        return get_object_or_404(sections, pk=self.kwargs["section"])


class ExemptionViewSet(ResourceViewSet):
    """People who are in no cycle for the time being, of those one looks after."""

    access = Access(scopes={"*": "cycles:write"})
    permission_map = {"create": "performance.exempt_from_reviews", "end": "performance.end_exemption"}
    queryset = ReviewExemption.objects.select_related("employee__org_unit").order_by("id")
    serializer_class = ExemptionSerializer

    @extend_schema(request=ExemptionInput, responses={201: ExemptionSerializer})
    def create(self, request: Request) -> Response:
        """Leave somebody out of the cycles launched from now on. Asked again, the newer reason and day count."""
        fields = self.taken(ExemptionInput)
        if not self.by.has_perm("performance.exempt_from_reviews", fields["employee"]):
            raise PermissionDenied
        return self.changed(exempt_from_reviews(by=self.by, **fields), 201)

    @verb()
    def end(self, exemption: ReviewExemption) -> ReviewExemption:
        """Let them be in the cycles to come again."""
        return end_exemption(exemption, by=self.by)
