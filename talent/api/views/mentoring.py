"""Mentoring."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access, get_for_user
from hrportal.common.resources import ResourceViewSet, verb
from hrportal.journal.api import JobSerializer, started
from hrportal.people.models import Employee
from talent.actions import mentoring as steps
from talent.api import filters
from talent.api.serializers.mentoring import (
    MentoringSerializer,
    MentoringWishInput,
    MentoringWishSerializer,
    MentorOfferInput,
    MentorOfferSerializer,
    MentorSuggestionSerializer,
    ProposalInput,
    ReflectionInput,
)
from talent.models import Mentoring, MentoringWish, MentorOffer, MentorSuggestion

READ, WRITE = "development:read", "development:write"
SCOPES = {"list": READ, "retrieve": READ, "*": WRITE}


class MentoringViewSet(ResourceViewSet):
    """Mentors and mentees. Saying yes, ending it and looking back are the two's own."""

    access = Access(scopes=SCOPES)
    permission_map = {
        "accept": "talent.accept_mentoring",
        "decline": "talent.decline_mentoring",
        "end": "talent.end_mentoring",
        "reflect": "talent.reflect_on_mentoring",
    }
    queryset = Mentoring.objects.select_related("mentor", "mentee__org_unit", "proposed_by").order_by("id")
    serializer_class = MentoringSerializer
    filterset_class = filters.MentoringFilter

    @extend_schema(request=ProposalInput, responses={201: MentoringSerializer})
    def create(self, request: Request) -> Response:
        """Propose two who fit: the mentee, or HR for them."""
        given: dict[str, Any] = self.taken(ProposalInput)
        mentee, mentor = given.pop("mentee"), given.pop("mentor")
        if not self.by.has_perm("talent.propose_mentoring", mentee):
            raise PermissionDenied
        return self.changed(steps.propose_mentoring(mentee, mentor, by=self.by, **given), 201)

    @verb()
    def accept(self, mentoring: Mentoring) -> Mentoring:
        """One of the two says yes; with the second yes it begins."""
        return steps.accept_mentoring(mentoring, by=self.by)

    @verb()
    def decline(self, mentoring: Mentoring) -> Mentoring:
        """It does not come about; nobody has to say why."""
        return steps.decline_mentoring(mentoring, by=self.by)

    @verb(ReflectionInput)
    def end(self, mentoring: Mentoring, reflection: str) -> Mentoring:
        """End it, with what one made of it."""
        return steps.end_mentoring(mentoring, by=self.by, reflection=reflection)

    @verb(ReflectionInput)
    def reflect(self, mentoring: Mentoring, reflection: str) -> Mentoring:
        """Add what one made of it, once it has ended."""
        return steps.reflect_on_mentoring(mentoring, by=self.by, reflection=reflection)


class OwnWordViewSet(ResourceViewSet):
    """What people say of themselves about mentoring, each their own."""

    access = Access(scopes=SCOPES)

    def _myself(self, permission: str) -> Employee:
        people = Employee.objects.select_related("org_unit")
        return get_for_user(people, self.by, permission, pk=self.by.viewer.employee_id or 0)


class MentorOfferViewSet(OwnWordViewSet):
    """What mentors offer: to everybody here while it stands, and one's own."""

    queryset = MentorOffer.objects.select_related("mentor").prefetch_related("skills__competency").order_by("id")
    serializer_class = MentorOfferSerializer
    filterset_class = filters.MentorOfferFilter

    @extend_schema(request=MentorOfferInput, responses={201: MentorOfferSerializer})
    def create(self, request: Request) -> Response:
        """Say what one offers, for oneself."""
        me = self._myself("talent.offer_mentoring")
        return self.changed(steps.offer_mentoring(me, by=self.by, **self.taken(MentorOfferInput)), 201)


class MentoringWishViewSet(OwnWordViewSet):
    """What people wish to learn: one's own, and those of people HR looks after. Not a manager's to read."""

    queryset = MentoringWish.objects.select_related("mentee").prefetch_related("skills__competency").order_by("id")
    serializer_class = MentoringWishSerializer
    filterset_class = filters.MentoringWishFilter

    @extend_schema(request=MentoringWishInput, responses={201: MentoringWishSerializer})
    def create(self, request: Request) -> Response:
        """Say what one wishes, for oneself."""
        me = self._myself("talent.wish_mentoring")
        return self.changed(steps.wish_mentoring(me, by=self.by, **self.taken(MentoringWishInput)), 201)


class MentorSuggestionViewSet(ResourceViewSet):
    """Who would fit whom, for those HR looks after. Nobody else hears of it until somebody proposes it."""

    access = Access(scopes=SCOPES)
    permission_map = {"create": "talent.match_mentors"}
    queryset = MentorSuggestion.objects.select_related("mentor", "mentee").order_by("id")
    serializer_class = MentorSuggestionSerializer
    filterset_class = filters.MentorSuggestionFilter

    @extend_schema(request=None, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Have pairs worked out for everybody who waits, in the place of those there are."""
        return started(steps.start_matching_mentors(by=self.by), self)
