"""Where somebody is signed in, as a list to take away. No key of a session is in it."""

from collections.abc import Sequence
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.viewer import Principal


def _columns() -> Sequence[Column]:
    return [
        Column(_("Browser"), lambda session: session.user_agent),
        Column(_("Address"), lambda session: session.ip),
        Column(_("Signed in"), lambda session: session.created_at),
        Column(_("Last seen"), lambda session: session.last_seen_at),
    ]


def _sessions(user: Principal, query: QueryDict) -> Any:
    return UserSession.objects.filter(user_id=user.viewer.user_id).order_by("-created_at", "-pk")


SESSIONS = list_kind(ListKind("sign_in.sessions", _("Where you are signed in"), _columns, _sessions, in_person=True))
