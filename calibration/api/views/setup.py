"""Many sessions at once, over the API."""

from typing import Any

from django.core.exceptions import PermissionDenied
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from calibration.actions.setup import Made, check_table, import_sessions, set_up_sessions
from calibration.api.serializers.setup import MadeSerializer, SessionTableInput, SetUpInput
from calibration.models import CalibrationSession
from calibration.sessions.planning import Planned, plan_sessions, refuse_too_many
from hrportal.common.resources import ResourceViewSet


class SetupActions(ResourceViewSet):
    """Sessions by a rule or from a table; a dry run shows them and makes none."""

    @extend_schema(request=SetUpInput, responses={200: MadeSerializer, 201: MadeSerializer})
    @action(detail=False, methods=["post"], url_path="set-up", url_name="set-up")
    def set_up(self, request: Request) -> Response:
        """Make a session for each unit, job family or job level. What is there already is left."""
        taken = self.taken(SetUpInput)
        self.require_reach(org_unit=taken.get("below"), parent=taken.get("parent"))
        if taken.pop("dry_run"):
            plan = plan_sessions(by=self.by, **taken)
            refuse_too_many(len(plan))
            return _planned(plan)
        return _made(set_up_sessions(by=self.by, **taken))

    @extend_schema(request=SessionTableInput, responses={200: MadeSerializer, 201: MadeSerializer})
    @action(detail=False, methods=["post"], url_path="import", url_name="import")
    def import_table(self, request: Request) -> Response:
        """Make the sessions of a table: all, or none. A dry run says what is wrong in which line."""
        taken = self.taken(SessionTableInput)
        if taken.pop("dry_run"):
            return _planned(check_table(taken["text"], taken["cycle"], by=self.by))
        return _made(import_sessions(by=self.by, **taken))

    def require_reach(self, **place: Any) -> None:
        """Refuse a session that would not be this caller's to prepare."""
        if not self.by.has_perm("calibration.create_session", CalibrationSession(**place)):
            raise PermissionDenied


def _planned(plan: list[Planned]) -> Response:
    return Response(MadeSerializer({"created": [], "existing": [], "planned": plan}).data)


def _made(made: Made) -> Response:
    ids = {"created": [row.pk for row in made.created], "existing": [row.pk for row in made.existing], "planned": []}
    return Response(MadeSerializer(ids).data, status=201 if made.created else 200)
