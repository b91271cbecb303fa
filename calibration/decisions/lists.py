"""What sessions came to, as lists to take away: before and after by manager, and the reviews that lay in no session."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from calibration.around.lists import session_in
from calibration.decisions.nowhere import reviews_in_no_session
from calibration.decisions.outcome import Group, Outcome
from calibration.enums import SessionState
from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES
from hrportal.people.exports import ListKind, list_kind, named_in
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from performance.models import Review, ReviewCycle

DECIMALS = 2


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _outcome_columns() -> Sequence[Column]:
    return [
        Column(_("Manager"), lambda group: group.name),
        Column(_("Ratings"), lambda group: group.after.n),
        Column(_("Mean proposed"), lambda group: _rounded(group.before.mean)),
        Column(_("Mean now"), lambda group: _rounded(group.after.mean)),
        Column(_("Moved up"), lambda group: group.up),
        Column(_("Moved down"), lambda group: group.down),
    ]


def _outcome(user: Principal, query: QueryDict) -> list[Group]:
    """Of the session in the query, over the cards the reader sees."""
    session = session_in(query, user)
    return Outcome(session, user).managers if session and session.state != SessionState.PREPARING else []


def _nowhere_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda review: review.org_unit),
        Column(_("Reviewer"), lambda review: review.reviewer),
        Column(_("Submitted"), lambda review: review.submitted_at),
    ]


def _nowhere(user: Principal, query: QueryDict) -> QuerySet[Review]:
    """Of the cycle in the query."""
    cycle = named_in(query, "cycle", ReviewCycle.objects.visible_to(user).filter(is_calibrated=True))
    rows = reviews_in_no_session(cycle, user) if cycle else Review.objects.none()
    return rows.select_related("employee", "reviewer", "org_unit")


OUTCOME = list_kind(ListKind("calibration.outcome", _("Before and after, by manager"), _outcome_columns, _outcome))
NOWHERE = list_kind(
    ListKind("calibration.in_no_session", _("Submitted, in no session"), _nowhere_columns, _nowhere, HR_ROLES)
)
