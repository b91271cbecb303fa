"""What the pages share."""

from django.contrib import messages
from django.http import HttpRequest

from calibration.models import CalibrationSession
from hrportal.common.access import get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest


def session_for(request: PageRequest, pk: int, permission: str | None = None) -> CalibrationSession:
    """The session of a page, as far as this person may see or do it."""
    return get_for_user(CalibrationSession.objects.with_cycle(), request.user, permission, pk=pk)


def say(request: HttpRequest, error: ActionError) -> None:
    """Tell the person what an action refused."""
    messages.error(request, error.message)
