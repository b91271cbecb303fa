"""Sessions and the cards on their boards."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.cards import mark_discussed, move_card
from calibration.actions.completion import complete_session, share_session
from calibration.actions.sessions import create_session, fill_session, lock_session, open_session
from calibration.api import filters
from calibration.api.serializers import (
    CardSerializer,
    DiscussedInput,
    FilledSerializer,
    MoveInput,
    SessionInput,
    SessionSerializer,
)
from calibration.models import CalibrationSession, Card
from hrportal.common.access import Access, get_for_user
from hrportal.common.api import version_of
from hrportal.common.resources import ResourceViewSet, verb, with_etag
from hrportal.common.schema import IF_MATCH, example
from hrportal.journal.api import STARTS_JOB, started

READ, WRITE = "calibration:read", "calibration:write"
MOVE = example(
    "A move",
    {"version": 2, "rating": 7, "rationale": "Compared with peers of the same scope.", "reason": "consistency"},
    request_only=True,
)


class SessionViewSet(ResourceViewSet):
    """Calibration sessions: preparing, open, locked; then completed and shared."""

    access = Access(scopes={"list": READ, "retrieve": READ, "cards": READ, "card": READ, "*": WRITE})
    permission_map = {
        "create": "calibration.create_session",
        "fill": "calibration.fill_session",
        "open": "calibration.open_session",
        "lock": "calibration.lock_session",
        "complete": "calibration.complete_session",
        "share": "calibration.share_session",
    }
    queryset = CalibrationSession.objects.with_cycle().prefetch_related("participants__employee").order_by("id")
    serializer_class = SessionSerializer
    filterset_class = filters.SessionFilter

    @extend_schema(request=SessionInput, responses={201: SessionSerializer})
    def create(self, request: Request) -> Response:
        """Prepare a session."""
        fields = self.taken(SessionInput)
        planned = CalibrationSession(cycle=fields["cycle"], org_unit=fields.get("org_unit"))
        if not self.by.has_perm("calibration.create_session", planned):
            raise PermissionDenied
        return self.changed(create_session(by=self.by, **fields), 201)

    @verb(schema={"responses": FilledSerializer})
    def fill(self, session: CalibrationSession) -> Response:
        """Put the submitted reviews of the cycle and unit that lie in no session on the board."""
        return Response({"added": fill_session(session, by=self.by)})

    @verb()
    def open(self, session: CalibrationSession) -> CalibrationSession:
        """Begin: from here on the reviews' authors cannot change them."""
        return open_session(session, by=self.by)

    @verb()
    def lock(self, session: CalibrationSession) -> CalibrationSession:
        """Make the board final; it is never unlocked."""
        return lock_session(session, by=self.by)

    @verb(schema=STARTS_JOB)
    def complete(self, session: CalibrationSession) -> Response:
        """Complete the reviews with the ratings decided, in the background: the hand-over runs."""
        return started(complete_session(session, by=self.by), self)

    @verb(schema=STARTS_JOB)
    def share(self, session: CalibrationSession) -> Response:
        """Show the completed reviews to the people they are about, in the background."""
        return started(share_session(session, by=self.by), self)

    @extend_schema(responses=CardSerializer(many=True), filters=False)
    @action(detail=True)
    def cards(self, request: Request, pk: int) -> Response:
        """The board: every card but one's own."""
        cards = self._cards().order_by("id")
        page = self.paginate_queryset(cards)
        return self.get_paginated_response(self._shown(page, many=True))

    @extend_schema(responses=CardSerializer)
    @action(detail=True, url_path="cards/<int:card>", url_name="card")
    def card(self, request: Request, pk: int, card: int) -> Response:
        """One card, with its version as ETag."""
        return self._answer(self._card())

    @extend_schema(parameters=[IF_MATCH], request=MoveInput, responses=CardSerializer, examples=[MOVE])
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/move", url_name="card-move")
    def move(self, request: Request, pk: int, card: int) -> Response:
        """Give a card another rating. A stale version is refused with where the card lies now."""
        found, taken = self._card("calibration.move_card"), self.taken(MoveInput)
        with version_of(request, taken.pop("version", None)) as version:
            move_card(found, by=self.by, version=version, **taken)
        return self._answer(self._card())

    @extend_schema(request=DiscussedInput, responses=CardSerializer)
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/discuss", url_name="card-discuss")
    def discuss(self, request: Request, pk: int, card: int) -> Response:
        """Note that the table has talked about a person, or has yet to."""
        found = self._card("calibration.discuss_card")
        mark_discussed(found, by=self.by, **self.taken(DiscussedInput))
        return self._answer(self._card())

    def _cards(self) -> Any:
        cards = Card.objects.filter(session=self.get_object()).with_people()
        return cards.visible_to(self.by)

    def _card(self, permission: str | None = None) -> Card:
        cards = Card.objects.filter(session=self.get_object()).with_people().select_related("session__org_unit")
        return get_for_user(cards, self.by, permission, pk=self.kwargs["card"])

    def _shown(self, cards: Any, **options: Any) -> Any:
        return CardSerializer(cards, context=self.get_serializer_context(), **options).data

    def _answer(self, card: Card) -> Response:
        return with_etag(Response(self._shown(card)), card.version)
