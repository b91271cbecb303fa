"""Sessions; the cards on their boards are in `cards.py`."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.completion import complete_session, share_session
from calibration.actions.locking import lock_session
from calibration.actions.sessions import cancel_session, create_session, edit_session, fill_session, open_session
from calibration.api import filters
from calibration.api.serializers.sessions import (
    FilledSerializer,
    PreparationSerializer,
    SessionChange,
    SessionInput,
    SessionSerializer,
)
from calibration.api.views.bulk import BulkActions
from calibration.api.views.cards import READ, WRITE, CardActions
from calibration.api.views.setup import SetupActions
from calibration.models import CalibrationSession
from calibration.sessions.preparation import Preparation
from hrportal.common.access import Access
from hrportal.common.resources import verb
from hrportal.journal.api import STARTS_JOB, started


class SessionViewSet(SetupActions, BulkActions, CardActions):
    """Calibration sessions: preparing, open, locked; then completed and shared."""

    access = Access(scopes={"list": READ, "retrieve": READ, "preparation": READ, **CardActions.scopes, "*": WRITE})
    permission_map = {
        "create": "calibration.create_session",
        "set_up": "calibration.create_session",
        "import_table": "calibration.create_session",
        "partial_update": "calibration.edit_session",
        "cancel": "calibration.cancel_session",
        "preparation": "calibration.lock_session",
        "fill": "calibration.fill_session",
        "open": "calibration.open_session",
        "lock": "calibration.lock_session",
        "complete": "calibration.complete_session",
        "share": "calibration.share_session",
        "bulk": "calibration.move_in_bulk",
    }
    queryset = CalibrationSession.objects.with_cycle().prefetch_related("participants__employee").order_by("id")
    serializer_class = SessionSerializer
    filterset_class = filters.SessionFilter

    @extend_schema(request=SessionInput, responses={201: SessionSerializer})
    def create(self, request: Request) -> Response:
        """Prepare a session."""
        fields = self.taken(SessionInput)
        self.require_reach(org_unit=fields.get("org_unit"), parent=fields.get("parent"))
        return self.changed(create_session(by=self.by, **fields), 201)

    @extend_schema(request=SessionChange, responses=SessionSerializer)
    def partial_update(self, request: Request, pk: int) -> Response:
        """Change a session that is not locked; `participants` are the whole table."""
        session, fields = self.get_object(), self.taken(SessionChange, partial=True)
        above = fields.get("parent")
        moves = above is not None and above.pk != session.parent_id
        self.require_reach(org_unit=fields.get("org_unit", session.org_unit), parent=above if moves else None)
        return self.changed(edit_session(session, by=self.by, **fields))

    @verb(schema={"responses": {204: None}})
    def cancel(self, session: CalibrationSession) -> Response:
        """Take back a session that is still being prepared; its reviews can be put on another board."""
        cancel_session(session, by=self.by)
        return Response(status=204)

    @extend_schema(responses=PreparationSerializer, filters=False)
    @action(detail=True)
    def preparation(self, request: Request, pk: int) -> Response:
        """What is missing before the session can open well, and what to do about it."""
        return Response(PreparationSerializer(Preparation(self.get_object(), self.by)).data)

    @verb(schema={"responses": FilledSerializer})
    def fill(self, session: CalibrationSession) -> Response:
        """Put the submitted reviews that lie in no session on the board, and those of sessions under it on theirs."""
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
