"""The figures of performance and what was left lying, over the API."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from hrportal.common.access import Access
from hrportal.common.errors import QueryError
from hrportal.common.resources import ResourceViewSet
from hrportal.common.sparse import PARAMETER
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from performance.api.serializers.accountability import LooseEndSerializer, ReportSerializer
from performance.enums.accountability import LooseEnd
from performance.insight.accountability import loose_ends, with_details
from performance.insight.metrics import MOST_CYCLES, cycle_to_show, recent_cycles, report, trend
from performance.insight.reach import ANSWERABLE
from performance.models import Review, ReviewCycle

READERS = frozenset({*ANSWERABLE, Role.INTEGRATION})
UNIT = OpenApiParameter("unit", int, description="Id of a unit: only people in it and below.")


class PlaceForm(forms.Form):
    """The unit of a question; a number that is none is refused."""

    unit = forms.ModelChoiceField(OrgUnit.objects.all(), required=False)


class FiguresQuery(PlaceForm):
    cycle = forms.ModelChoiceField(ReviewCycle.objects.none(), required=False)

    def __init__(self, *args: Any, user: Principal) -> None:
        super().__init__(*args)
        self.fields["cycle"].queryset = recent_cycles(user)  # type: ignore[attr-defined]


class LooseEndQuery(PlaceForm):
    kind = forms.ChoiceField(choices=LooseEnd.choices)


def asked(form: forms.Form, request: Request, also: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What the query says. A mistyped or unknown parameter must not return everything."""
    if unknown := sorted(set(request.query_params) - set(form.fields) - also - {PARAMETER}):
        raise QueryError({name: ["No such filter."] for name in unknown})
    if not form.is_valid():
        raise QueryError({name: [str(error) for error in errors] for name, errors in form.errors.items()})
    return form.cleaned_data


class MetricsViewSet(ResourceViewSet):
    """Figures of the people the reader answers for; of everyone, for a client by itself."""

    access = Access(roles=READERS, scopes={"*": "reviews:read"})
    queryset = Review.objects.all()
    serializer_class = ReportSerializer
    filter_backends = ()
    pagination_class = None

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "cycle", int, description="Id of a cycle; if left out, the newest in which a review was handed in."
            ),
            UNIT,
        ],
        responses=ReportSerializer,
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """All figures of a cycle, with both sides of every division."""
        given = asked(FiguresQuery(request.query_params, user=self.by), request)
        cycles = list(recent_cycles(self.by)[:MOST_CYCLES])
        cycle = given["cycle"] or cycle_to_show(self.by)
        if cycle is None:
            raise Http404
        made = report(self.by, cycle, given["unit"])
        shown = [{"cycle": one, "figures": figures} for one, figures in trend(self.by, given["unit"], cycles)]
        answer = {"cycle": made.cycle, "on": made.on, "here": made.here, "below": made.below, "trend": shown}
        return Response(self.get_serializer(answer).data)


class LooseEndViewSet(ResourceViewSet):
    """What was said, decided or promised, and nothing followed, of people the reader answers for."""

    access = Access(roles=READERS, scopes={"*": "reviews:read"})
    queryset = Review.objects.all()
    serializer_class = LooseEndSerializer
    filter_backends = ()

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, required=True, enum=LooseEnd.values, description="One kind at a time."),
            UNIT,
        ],
        responses=LooseEndSerializer(many=True),
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """All of one kind."""
        given = asked(LooseEndQuery(request.query_params), request, frozenset({"cursor", "page_size"}))
        rows: QuerySet[Any] = with_details(loose_ends(self.by, given["kind"], given["unit"]), given["kind"], self.by)
        page = self.paginate_queryset(rows.order_by("pk"))
        context = {**self.get_serializer_context(), "kind": given["kind"]}
        return self.get_paginated_response(self.get_serializer(page, many=True, context=context).data)
