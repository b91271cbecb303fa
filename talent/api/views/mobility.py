"""Career paths, opportunities and interest in them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.api import version_of
from hrportal.common.errors import QueryError
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.journal.api import JobSerializer, started
from hrportal.people.models import Employee, Job
from talent.actions import career_paths, interests, opportunities
from talent.actions.candidate_searches import start_candidate_search
from talent.api import mobility_filters as filters
from talent.api.serializers import mobility as shapes
from talent.api.views.capability import LibraryRows
from talent.enums import ProfileDay
from talent.filters.mobility import jobs_with_a_way
from talent.mobility.graph import HERE, Paths, paths_around
from talent.mobility.matching import known_of, matched
from talent.mobility.searching import found_by
from talent.models import CandidateSearch, CareerStep, Interest, Opportunity
from talent.skills.gap import gaps_of
from talent.skills.people import SkillPeople

READ, WRITE = "mobility:read", "mobility:write"
PERSON = OpenApiParameter(
    "employee", int, description="A person's id: one's own, or of somebody whose skills one reads."
)


class CareerStepViewSet(ResourceViewSet):
    """From which job people usually go on to which."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "create": "talent.add_career_step",
        "partial_update": "talent.edit_career_step",
        "remove": "talent.remove_career_step",
    }
    queryset = CareerStep.objects.with_jobs().order_by("id")
    serializer_class = shapes.CareerStepSerializer
    filterset_class = filters.CareerStepFilter

    @extend_schema(request=shapes.CareerStepInput, responses={201: shapes.CareerStepSerializer})
    def create(self, request: Request) -> Response:
        """Draw a step between two jobs."""
        return self.changed(career_paths.add_career_step(by=self.by, **self.taken(shapes.CareerStepInput)), 201)

    @extend_schema(request=shapes.CareerStepChanges)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Correct its kind, time or note."""
        changes = self.taken(shapes.CareerStepChanges, partial=True)
        return self.changed(career_paths.edit_career_step(self.get_object(), by=self.by, **changes))

    @verb(schema={"responses": {204: None}})
    def remove(self, step: CareerStep) -> Response:
        """Take it out of the paths."""
        career_paths.remove_career_step(step, by=self.by)
        return Response(status=204)


class CareerPathViewSet(LibraryRows):
    """Jobs with the paths around them."""

    http_method_names = ["get"]
    access = Access(scopes={"*": READ})
    queryset = Job.objects.order_by("id")
    serializer_class = shapes.CareerPathSerializer
    filterset_class = filters.CareerPathFilter

    def rows(self) -> QuerySet[Job]:
        return jobs_with_a_way().order_by("id") if self.action == "list" else super().rows()

    @extend_schema(parameters=[PERSON], responses=shapes.CareerPathDetailSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        """The paths around one job, with the fit of a person where one is named."""
        paths = paths_around(self.get_object(), list(CareerStep.objects.visible_to(self.by).with_jobs()))
        if request.query_params.get("employee"):
            self._put_gaps(paths, _employee_in(request))
        return Response(shapes.CareerPathDetailSerializer(paths).data)

    def _put_gaps(self, paths: Paths, pk: int) -> None:
        employee = get_for_user(SkillPeople(Employee.objects.all(), and_self=True), self.by, pk=pk)
        nodes = [node for node in paths.nodes if node.layer >= HERE]
        gaps = gaps_of(employee, [node.job for node in nodes], ProfileDay.TODAY, self.by)
        for node in nodes:
            node.gap = gaps.get(node.job.pk)


def _employee_in(request: Request) -> int:
    number = request.query_params.get("employee", "")
    if not (number.isdecimal() and len(number) < 15):
        raise QueryError({"employee": [_("A person’s id.")]})
    return int(number)


class OpportunityViewSet(ResourceViewSet):
    """Roles, projects and stretch assignments: those open to a person, those one posted, for HR those of its units."""

    access = Access(scopes={"list": READ, "retrieve": READ, "match": READ, "candidates": READ, "*": WRITE})
    permission_map = {
        "create": "talent.create_opportunity",
        "partial_update": "talent.edit_opportunity",
        "publish": "talent.publish_opportunity",
        "close": "talent.close_opportunity",
        "withdraw": "talent.withdraw_opportunity",
        "hand_over": "talent.hand_over_opportunity",
        "candidates": "talent.search_candidates",
        "search_candidates": "talent.search_candidates",
        "invite": "talent.search_candidates",
    }
    queryset = (
        Opportunity.objects.with_place()
        .with_needs()
        .select_related("filled_by")
        .prefetch_related("units")
        .order_by("id")
    )
    serializer_class = shapes.OpportunitySerializer
    filterset_class = filters.OpportunityFilter
    takes_version = frozenset({"partial_update"})

    def shown(self, row: Any, status: int = 200) -> Response:
        return with_etag(super().shown(row, status), row.version)

    @extend_schema(request=shapes.OpportunityInput, responses={201: shapes.OpportunitySerializer})
    def create(self, request: Request) -> Response:
        """Write one down as a draft; a client by itself names its owner, a person posts their own."""
        given = self.taken(shapes.OpportunityInput)
        owner = given.pop("owner", None)
        me = self.by.viewer.employee_id
        if me:
            if owner and owner.pk != me:
                raise serializers.ValidationError({"owner": [_("You post your own.")]})
            owner = Employee.objects.get(pk=me)
        if owner is None:
            raise serializers.ValidationError({"owner": [_("Name who looks after it.")]})
        return self.changed(opportunities.create_opportunity(by=self.by, owner=owner, **given), 201)

    @extend_schema(parameters=[IF_MATCH], request=shapes.OpportunityChanges)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a draft or an open one, on top of the version that was read; `needs` and `units` are replaced as a whole."""
        opportunity, changes = self.get_object(), self.taken(shapes.OpportunityChanges, partial=True)
        with version_of(request, changes.pop("version", None)) as version:
            return self.changed(opportunities.edit_opportunity(opportunity, by=self.by, version=version, **changes))

    @verb()
    def publish(self, opportunity: Opportunity) -> Opportunity:
        """Open it to those it is for."""
        return opportunities.publish_opportunity(opportunity, by=self.by)

    @verb(shapes.EndingInput)
    def close(self, opportunity: Opportunity, reason: str) -> Opportunity:
        """End it without a placement."""
        return opportunities.close_opportunity(opportunity, by=self.by, reason=reason)

    @verb(shapes.EndingInput)
    def withdraw(self, opportunity: Opportunity, reason: str) -> Opportunity:
        """It does not come about."""
        return opportunities.withdraw_opportunity(opportunity, by=self.by, reason=reason)

    @verb(shapes.NewOwnerInput)
    def hand_over(self, opportunity: Opportunity, owner: Employee) -> Opportunity:
        """Somebody else looks after it."""
        return opportunities.hand_over_opportunity(opportunity, by=self.by, owner=owner)

    @extend_schema(responses=shapes.OpportunityMatchSerializer)
    @action(detail=True, methods=["get"])
    def match(self, request: Request, pk: int) -> Response:
        """How it fits oneself, with all its parts."""
        opportunity = self.get_object()
        me = Employee.objects.select_related("location").filter(pk=self.by.viewer.employee_id or 0).first()
        if me is None:
            raise Http404
        row = next(matched([opportunity], [me], known_of([me.pk], self.by)))
        return Response(shapes.OpportunityMatchSerializer(row).data)

    @extend_schema(responses=shapes.CandidateSearchSerializer)
    @action(detail=True, methods=["get"])
    def candidates(self, request: Request, pk: int) -> Response:
        """Whom the newest search found, as they fit today and as far as the reader still looks after them."""
        opportunity = self.get_object()
        search = CandidateSearch.objects.visible_to(self.by).computed().filter(opportunity=opportunity).first()
        found = [row for row, _interest in found_by(search, opportunity, self.by)] if search else []
        answer = {
            "computed_at": search.computed_at if search else None,
            "compared": search.compared if search else 0,
            "candidates": found,
        }
        return Response(shapes.CandidateSearchSerializer(answer).data)

    @extend_schema(request=None, responses={202: JobSerializer})
    @action(detail=True, methods=["post"], url_path="search-candidates", url_name="search-candidates")
    def search_candidates(self, request: Request, pk: int) -> Response:
        """Have everybody whom the reader looks after compared with it, in the background."""
        return started(start_candidate_search(self.get_object(), by=self.by), self)

    @extend_schema(request=shapes.InvitationInput, responses={201: shapes.InterestSerializer})
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: int) -> Response:
        """Ask somebody to have a look; nobody but they and HR learns of it."""
        opportunity = self.get_object()
        given = self.taken(shapes.InvitationInput)
        employee = given.pop("employee")
        if not self.by.has_perm("talent.invite_person", employee):
            raise PermissionDenied
        interest = interests.invite_person(opportunity, employee, by=self.by, **given)
        return Response(shapes.InterestSerializer(interest).data, status=201)


class InterestViewSet(ResourceViewSet):
    """Who said yes to what: one's own, as an owner and as HR those of others. Whoever stands above a person has it only where
    the person told their managers. A client by itself reads what HR reads; what a person says takes a client that acts for them."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {
        "withdraw": "talent.withdraw_interest",
        "tell": "talent.tell_interest",
        "accept": "talent.accept_offer",
        "begin_talks": "talent.begin_talks",
        "offer": "talent.offer_opportunity",
        "decline": "talent.decline_interest",
    }
    queryset = Interest.objects.select_related(
        "employee__org_unit", "opportunity__owner", "opportunity__org_unit", "answered_by"
    ).order_by("id")
    serializer_class = shapes.InterestSerializer
    filterset_class = filters.InterestFilter

    @extend_schema(request=shapes.InterestInput, responses={201: shapes.InterestSerializer})
    def create(self, request: Request) -> Response:
        """Say yes, for oneself."""
        me = Employee.objects.filter(pk=self.by.viewer.employee_id or 0).first()
        if me is None:
            raise PermissionDenied
        given = self.taken(shapes.InterestInput)
        opportunity = given.pop("opportunity")
        if not self.by.has_perm("talent.say_interest", opportunity):
            raise PermissionDenied
        return self.changed(interests.say_interest(opportunity, me, by=self.by, **given), 201)

    @verb()
    def withdraw(self, interest: Interest) -> Interest:
        """Take it back; nobody has to say why."""
        return interests.withdraw_interest(interest, by=self.by)

    @verb(shapes.TellingInput)
    def tell(self, interest: Interest, is_told_to_manager: bool) -> Interest:
        """Whether one's managers may know."""
        return interests.change_telling(interest, by=self.by, is_told_to_manager=is_told_to_manager)

    @verb()
    def accept(self, interest: Interest) -> Interest:
        """Accept the offer: the opportunity is filled, and one's managers may know."""
        return interests.accept_offer(interest, by=self.by)

    @verb()
    def begin_talks(self, interest: Interest) -> Interest:
        """The owner, or HR, begins to talk with the person."""
        return interests.begin_talks(interest, by=self.by)

    @verb(shapes.OfferInput)
    def offer(self, interest: Interest, **words: str) -> Interest:
        """Offer it to the person."""
        return interests.offer_opportunity(interest, by=self.by, **words)

    @verb(shapes.DecliningInput)
    def decline(self, interest: Interest, reason: str) -> Interest:
        """Say no, with a reason that the person reads."""
        return interests.decline_interest(interest, by=self.by, reason=reason)
