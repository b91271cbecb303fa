"""The reviews that a session still waits for, as a list to take away."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from calibration.around.lists import session_in
from calibration.sessions.preparation import Preparation
from hrportal.common.exports import Column
from hrportal.people.exports import ListKind, list_kind
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from performance.models import Review


def _columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda review: review.org_unit),
        Column(_("Reviewer"), lambda review: review.reviewer),
        Column(_("State"), lambda review: review.get_state_display()),
    ]


def _rows(user: Principal, query: QueryDict) -> QuerySet[Review]:
    """Of the session in the query: those nobody writes, and those somebody still has to submit."""
    session = session_in(query, user)
    return Preparation(session, user).missing if session else Review.objects.none()


MISSING = list_kind(ListKind("calibration.missing_reviews", _("Still missing"), _columns, _rows))
