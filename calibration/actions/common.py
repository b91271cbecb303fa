"""What the actions share: who acts, the lock on a session, many rows in bites."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from calibration.enums import SessionState
from calibration.models import CalibrationSession
from hrportal.common.actions import ActionError

BITE = 1000

T = TypeVar("T")


def acting_id(by: Any) -> int | None:
    """The employee behind `by`; None for the system and for clients."""
    return None if by is None else by.viewer.employee_id


def lock(session: CalibrationSession, *expected: SessionState) -> CalibrationSession:
    """Read the session again under its lock. Whatever happens on a board happens under it, so two hands never cross."""
    rows = CalibrationSession.objects.select_for_update(of=("self",)).select_related("cycle", "org_unit")
    session = rows.get(pk=session.pk)
    if session.state not in expected:
        raise ActionError(_("This session is already: %s.") % session.get_state_display())
    return session


def raise_revision(session: CalibrationSession, *also: str) -> None:
    """Tell every board that looks at the session to draw itself anew."""
    session.revision += 1
    session.save(update_fields=["revision", "updated_at", *also])


def bites(rows: Iterable[T], size: int = BITE) -> Iterator[list[T]]:
    """The rows in lists of at most `size`."""
    source = iter(rows)
    while bite := list(islice(source, size)):
        yield bite
