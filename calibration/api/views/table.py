"""Around a table: who stays out, what people think before the meeting, whom to talk about."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.agenda import move_on_agenda, put_many_on_agenda, put_on_agenda, take_off_agenda
from calibration.actions.pre_read import answer_pre_read, open_pre_read
from calibration.actions.recusals import declare_recusal, withdraw_recusal
from calibration.api import filters
from calibration.api.serializers.table import (
    AgendaAddedSerializer,
    AgendaMoveInput,
    AgendaNoteInput,
    AgendaSerializer,
    HintSerializer,
    PreReadAnswerInput,
    PreReadDetailSerializer,
    PreReadEntrySerializer,
    PreReadOneSerializer,
    PreReadOpenInput,
    PreReadSerializer,
    RecusalInput,
    RecusalSerializer,
    SplitSerializer,
)
from calibration.around.agenda import Agenda
from calibration.around.pre_read import PreReading, questioned_cards, splits
from calibration.around.written import written_by_manager
from calibration.models import CalibrationSession, Card, Recusal
from hrportal.common.access import Access, get_for_user
from hrportal.common.api import version_of
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH
from hrportal.common.sparse import only_wanted
from hrportal.people.models import Employee

READ, WRITE = "calibration:read", "calibration:write"


class RecusalViewSet(ResourceViewSet):
    """Declared conflicts: one's own, and those of the sessions one prepares or leads; never one about oneself."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    permission_map = {"withdraw": "calibration.withdraw_recusal"}
    queryset = Recusal.objects.select_related("session__org_unit", "employee", "about", "declared_by").order_by("id")
    serializer_class = RecusalSerializer
    filterset_class = filters.RecusalFilter

    @extend_schema(request=RecusalInput, responses={201: RecusalSerializer})
    def create(self, request: Request) -> Response:
        """Declare a conflict: for oneself, or, who prepares or leads the session, for somebody at its table."""
        given = self.taken(RecusalInput)
        session, me = given.pop("session"), self.by.viewer.employee_id
        employee = given.pop("employee", None) or Employee.objects.filter(pk=me).first()
        if employee is None:
            raise serializers.ValidationError({"employee": [serializers.Field.default_error_messages["required"]]})
        name = "declare_recusal" if employee.pk == me else "recuse_another"
        if not self.by.has_perm(f"calibration.{name}", session):
            raise PermissionDenied
        return self.changed(declare_recusal(session, by=self.by, employee=employee, **given), 201)

    @verb(schema={"responses": {204: None}})
    def withdraw(self, recusal: Recusal) -> Response:
        """Let somebody back into the conversation. Never for oneself."""
        withdraw_recusal(recusal, by=self.by)
        return Response(status=204)


class TableViewSet(ResourceViewSet):
    """Resources whose rows are sessions, with cards under them."""

    queryset = CalibrationSession.objects.select_related("cycle", "org_unit", "parent").order_by("id")
    filterset_class = filters.SessionFilter

    def _card(self, permission: str | None = None) -> Card:
        rows = Card.objects.at_table_of(self.get_object()).select_related("review__employee", "session__cycle")
        rows = rows.select_related("session__org_unit", "session__parent")
        return get_for_user(rows, self.by, permission, pk=self.kwargs["card"])

    def _shown(self, takes: type[serializers.BaseSerializer], rows: Any, **options: Any) -> Any:
        return takes(rows, context=self.get_serializer_context(), **options).data

    def _several(self, takes: type[serializers.BaseSerializer], rows: Any) -> Response:
        return Response(self._shown(takes, rows, many=True))


class PreReadViewSet(TableViewSet):
    """Before the meeting: what the reader is asked about, their own answers, and, for those who lead, how views split."""

    access = Access(scopes={"list": READ, "retrieve": READ, "cards": READ, "card": READ, "views": READ, "*": WRITE})
    takes_version = frozenset({"answer"})
    permission_map = {"open": "calibration.open_pre_read", "views": "calibration.compare_pre_read"}
    serializer_class = PreReadSerializer
    detail_serializer_class = PreReadDetailSerializer

    @verb(takes=PreReadOpenInput)
    def open(self, session: CalibrationSession, due_on: datetime.date | None = None) -> CalibrationSession:
        """Ask everybody who takes part, until the session opens."""
        return open_pre_read(session, by=self.by, due_on=due_on)

    @extend_schema(responses=PreReadEntrySerializer(many=True), filters=False)
    @action(detail=True)
    def cards(self, request: Request, pk: int) -> Response:
        """The proposals the reader sees, with their own answers."""
        reading = PreReading(self.get_object(), self.by)
        page = self.paginate_queryset(reading.cards.order_by("id"))
        return self.get_paginated_response(self._shown(PreReadEntrySerializer, reading.about(page or []), many=True))

    @extend_schema(responses=PreReadOneSerializer)
    @action(detail=True, url_path="cards/<int:card>", url_name="card")
    def card(self, request: Request, pk: int, card: int) -> Response:
        """One proposal with what the manager wrote, and the version of one's own answer as ETag."""
        return self._one(self._card())

    @extend_schema(parameters=[IF_MATCH], request=PreReadAnswerInput, responses=PreReadOneSerializer)
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/answer", url_name="answer")
    def answer(self, request: Request, pk: int, card: int) -> Response:
        """Say what one thinks. A stale version is refused with what is stored."""
        found, taken = self._card("calibration.answer_pre_read"), self.taken(PreReadAnswerInput)
        with version_of(request, taken.pop("version", None)) as version:
            answer_pre_read(found, by=self.by, version=version, **taken)
        return self._one(found)

    @extend_schema(responses=SplitSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def views(self, request: Request, pk: int) -> Response:
        """For those who lead: how the views stand, the most questioned first."""
        return self._several(SplitSerializer, splits(self.get_object(), self.by))

    def _one(self, card: Card) -> Response:
        reading = PreReading(card.session, self.by)
        entry = next(iter(reading.about(reading.cards.filter(pk=card.pk))), None)
        if entry is None:
            raise Http404  # with its writer again: there is no proposal now
        context = {**self.get_serializer_context(), "written": written_by_manager(card, self.by)}
        answer = Response(PreReadOneSerializer(entry, context=context).data)
        return with_etag(answer, entry.answer.version if entry.answer else 0)


class AgendaViewSet(TableViewSet):
    """Whom a table talks about, in which order. A session and those under it share one agenda."""

    access = Access(scopes={"list": READ, "retrieve": READ, "hints": READ, "*": WRITE})
    permission_map = {"hints": "calibration.make_agenda", "put_questioned": "calibration.make_agenda"}
    serializer_class = PreReadSerializer

    @extend_schema(responses=AgendaSerializer)
    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self._agenda(self.get_object())

    @extend_schema(responses=HintSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def hints(self, request: Request, pk: int) -> Response:
        """Who else might be talked about, and why."""
        return self._several(HintSerializer, Agenda(self.get_object(), self.by).hints)

    @verb(schema={"responses": AgendaAddedSerializer})
    def put_questioned(self, session: CalibrationSession) -> Response:
        """Put everybody whose proposal is questioned on the agenda, the most questioned first."""
        return Response({"added": put_many_on_agenda(session, questioned_cards(session, self.by), by=self.by)})

    @extend_schema(request=AgendaNoteInput, responses=AgendaSerializer)
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/put", url_name="put")
    def put(self, request: Request, pk: int, card: int) -> Response:
        """Put somebody on the agenda, or say why they are there."""
        put_on_agenda(self._card("calibration.put_on_agenda"), by=self.by, **self.taken(AgendaNoteInput))
        return self._agenda(self.get_object())

    @extend_schema(request=None, responses=AgendaSerializer)
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/remove", url_name="remove")
    def remove(self, request: Request, pk: int, card: int) -> Response:
        """Take somebody off the agenda."""
        take_off_agenda(self._card("calibration.put_on_agenda"), by=self.by)
        return self._agenda(self.get_object())

    @extend_schema(request=AgendaMoveInput, responses=AgendaSerializer)
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/move", url_name="move")
    def move(self, request: Request, pk: int, card: int) -> Response:
        """One place earlier or later."""
        move_on_agenda(self._card("calibration.put_on_agenda"), by=self.by, **self.taken(AgendaMoveInput))
        return self._agenda(self.get_object())

    def _agenda(self, session: CalibrationSession) -> Response:
        items = [{"card": card} for card in Agenda(session, self.by).items]
        shown = {"id": session.pk, "name": session.name, "items": items}
        serializer = AgendaSerializer(shown, context=self.get_serializer_context())
        return Response(only_wanted(serializer, self.request).data)
