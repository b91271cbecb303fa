"""Development goals proposed to the people of a family of jobs, as the capability strategy asks."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.strategy import start_proposing_from_strategy
from calibration.api.serializers.strategy import StrategyPreviewSerializer, StrategyProposalInput
from calibration.bridge.proposing import MOST_PREVIEWED, family_people, is_family, preview_of
from hrportal.common.access import Access
from hrportal.common.errors import QueryError
from hrportal.common.resources import ResourceViewSet
from hrportal.journal.api import JobSerializer, started
from hrportal.people.models import Employee


class StrategyProposalViewSet(ResourceViewSet):
    """What the strategy of a family of jobs would propose to those one looks after as HR, and having it proposed."""

    # A preview says who has which gap, and that follows from competency levels of reviews.
    access = Access(scopes={"list": "ratings:read", "create": "calibration:write"})
    permission_map = dict.fromkeys(["list", "create"], "calibration.propose_from_strategy")
    queryset = Employee.objects.all()
    serializer_class = StrategyPreviewSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        parameters=[OpenApiParameter("family", str, required=True, description="A family of jobs.")],
        responses=StrategyPreviewSerializer,
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """What proposing would do now, and who is left out and why."""
        family = request.query_params.get("family", "")
        if not family:
            raise QueryError({"family": [_("A family of jobs.")]})
        people = family_people(_known(family), self.by)
        if people.count() > MOST_PREVIEWED:
            raise QueryError({"family": [_("More than %d people: propose without a preview.") % MOST_PREVIEWED]})
        return Response(self.get_serializer(preview_of(people)).data)

    @extend_schema(request=StrategyProposalInput, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Propose it, in the background. What was proposed or decided before is left as it is."""
        family = _known(self.taken(StrategyProposalInput)["family"])
        return started(start_proposing_from_strategy(by=self.by, family=family), self)


def _known(family: str) -> str:
    if not is_family(family):
        raise Http404
    return family
