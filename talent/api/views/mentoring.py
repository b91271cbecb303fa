"""Mentoring."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.resources import ResourceViewSet, verb
from talent.actions import mentoring as steps
from talent.api import filters
from talent.api.serializers.mentoring import MentoringSerializer, ProposalInput, ReflectionInput
from talent.models import Mentoring

READ, WRITE = "development:read", "development:write"


class MentoringViewSet(ResourceViewSet):
    """Mentors and mentees. Saying yes, ending it and looking back are the two's own."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
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
