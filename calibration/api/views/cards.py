"""The cards on a session's board: the part of the sessions' resource that is about single cards."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.cards import mark_discussed, move_card, undo_move
from calibration.api.serializers.cards import (
    CardSerializer,
    DiscussedInput,
    DistributionSerializer,
    MoveInput,
    UndoInput,
)
from calibration.boards import board, guideline
from calibration.models import Card
from hrportal.common.access import get_for_user
from hrportal.common.api import version_of
from hrportal.common.bulk import Item, Items, ManyAnswer, each, id_in
from hrportal.common.errors import PreconditionRequired
from hrportal.common.resources import ResourceViewSet, with_etag
from hrportal.common.schema import IF_MATCH, example

READ, WRITE = "calibration:read", "calibration:write"
MOVE = example(
    "A move",
    {"version": 2, "rating": 7, "rationale": "Compared with peers of the same scope.", "reason": "consistency"},
    request_only=True,
)


class CardActions(ResourceViewSet):
    """What can be read and done of cards, for the session's own resource to take in."""

    takes_version = frozenset({"move", "undo"})
    scopes = {"cards": READ, "card": READ, "distribution": "ratings:read"}

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

    @extend_schema(request=Items, responses=ManyAnswer)
    @action(detail=True, methods=["post"], url_path="cards/moves", url_name="card-moves")
    def move_several(self, request: Request, pk: int) -> Response:
        """Move up to 1,000 cards: items are what `move` takes and the `card` it is about. Each succeeds or fails by itself."""

        def move(item: Item) -> None:
            fields = {name: value for name, value in item.items() if name != "card"}
            taken = self.read_by(MoveInput, fields)
            if "version" not in taken:
                raise PreconditionRequired
            move_card(self._card("calibration.move_card", pk=id_in(item, "card")), by=self.by, **taken)

        self.get_object()  # whoever does not see the session is told so before the body is read
        return each(self.taken(Items)["items"], move, request, id_name="card")

    @extend_schema(parameters=[IF_MATCH], request=UndoInput, responses=CardSerializer)
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/undo", url_name="card-undo")
    def undo(self, request: Request, pk: int, card: int) -> Response:
        """Take one's own last move back, while the card still lies where it was put."""
        found, taken = self._card("calibration.undo_move"), self.taken(UndoInput)
        with version_of(request, taken.pop("version", None)) as version:
            undo_move(found, by=self.by, version=version, **taken)
        return self._answer(self._card())

    @extend_schema(responses=DistributionSerializer, filters=False)
    @action(detail=True)
    def distribution(self, request: Request, pk: int) -> Response:
        """How many lie where among the cards the reader sees, beside the proposals and the guideline."""
        session = self.get_object()
        table = board.Table(session, self.by)
        found = board.tally(table.cards)
        rows = board.distribution(session, board.levels_of(session), found)
        counted = {
            "people": found.people,
            "moved": found.moved,
            "undiscussed": found.undiscussed,
            "rounding": session.rounding,
            "guideline_applies": guideline.applies_to(found.people),
            "ratings": rows,
        }
        return Response(DistributionSerializer(counted).data)

    @extend_schema(request=DiscussedInput, responses=CardSerializer)
    @action(detail=True, methods=["post"], url_path="cards/<int:card>/discuss", url_name="card-discuss")
    def discuss(self, request: Request, pk: int, card: int) -> Response:
        """Note that the table has talked about a person, or has yet to."""
        found = self._card("calibration.discuss_card")
        mark_discussed(found, by=self.by, **self.taken(DiscussedInput))
        return self._answer(self._card())

    def _cards(self) -> Any:
        return Card.objects.visible_to(self.by).at_table_of(self.get_object()).with_people()

    def _card(self, permission: str | None = None, *, pk: int | None = None) -> Card:
        table = Card.objects.at_table_of(self.get_object()).with_people()
        cards = table.select_related("session__org_unit", "session__parent")
        return get_for_user(cards, self.by, permission, pk=self.kwargs["card"] if pk is None else pk)

    def _shown(self, cards: Any, **options: Any) -> Any:
        return CardSerializer(cards, context=self.get_serializer_context(), **options).data

    def _answer(self, card: Card) -> Response:
        return with_etag(Response(self._shown(card)), card.version)
