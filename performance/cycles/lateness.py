"""When a review is late, by whom, and since when. Said once, for pages, reminders, nudges and figures."""

import datetime

from django.db.models import F, Q

from performance.enums import BEING_WRITTEN, ReviewState

Due = datetime.date | tuple[datetime.date, datetime.date]


def self_due(**due: Due) -> Q:
    """Self-assessments that are open, with a condition on their due date."""
    return Q(state=ReviewState.SELF_ASSESSMENT) & _on("self_due_on", due)


def manager_due(**due: Due) -> Q:
    """Managers' reviews that are not handed in, with a condition on their due date."""
    return Q(state__in=BEING_WRITTEN) & _on("manager_due_on", due)


def approval_due(**due: Due) -> Q:
    """Reviews that wait for a second approval, with a condition on the cycle's date for it."""
    return Q(state=ReviewState.SECOND_APPROVAL) & _on("cycle__approval_due_on", due)


def goals_due(**due: Due) -> Q:
    """Reviews whose goals are not agreed, with a condition on the cycle's date for it."""
    return Q(state=ReviewState.GOAL_SETTING, goals_agreed_at=None) & _on("cycle__goals_due_on", due)


def late(today: datetime.date) -> Q:
    """Reviews on which somebody is late, whatever step they are at."""
    return self_due(lt=today) | manager_due(lt=today) | approval_due(lt=today) | goals_due(lt=today)


def handed_in_on_time() -> Q:
    """Managers' reviews that were handed in by their due date."""
    return Q(submitted_at__date__lte=F("manager_due_on"))


def _on(field: str, due: dict[str, Due]) -> Q:
    return Q(**{f"{field}__{lookup}": day for lookup, day in due.items()})
