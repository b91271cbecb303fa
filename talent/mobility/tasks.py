"""What of opportunities waits for somebody. It counts only what its reader may see."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.people.viewer import Principal
from talent.enums import InterestState, OpportunityState
from talent.models import Interest, Opportunity


@dataclass(frozen=True)
class OpportunityTask:
    """One thing to do, where, and by when."""

    title: str
    detail: str
    url: str
    due_on: datetime.date | None = None


def opportunity_tasks(user: Principal, today: datetime.date, *, most: int) -> list[OpportunityTask]:
    """Offers and invitations to answer, interest in what one posted, and what one posted whose last day has passed. Three reads."""
    me = user.viewer.employee_id
    if not me:
        return []
    return [*_own(me, today, most), *_interest(user, me, most), *_over(me, today, most)][:most]


def _own(me: int, today: datetime.date, most: int) -> list[OpportunityTask]:
    """What one is offered or invited to, while it is open."""
    mine = Interest.objects.filter(employee=me, opportunity__state=OpportunityState.OPEN)
    waiting = mine.filter(state__in=[InterestState.OFFERED, InterestState.INVITED]).select_related("opportunity")
    words = {
        InterestState.OFFERED: _("You are offered it: accept or take back"),
        InterestState.INVITED: _("HR invites you"),
    }
    return [
        OpportunityTask(
            interest.opportunity.title,
            words[InterestState(interest.state)],
            interest.opportunity.get_absolute_url(),
            interest.opportunity.closes_on if interest.state == InterestState.INVITED else None,
        )
        for interest in waiting.order_by("-state", "pk")[: 2 * most]
        if interest.state == InterestState.OFFERED or interest.opportunity.is_taking(today)
    ][:most]


def _interest(user: Principal, me: int, most: int) -> list[OpportunityTask]:
    """One line for each opportunity of one's own to which somebody said yes and had no answer yet."""
    seen = Interest.objects.visible_to(user).filter(opportunity__owner=me, state=InterestState.INTERESTED)
    seen = (
        seen.filter(opportunity__state=OpportunityState.OPEN)
        .select_related("opportunity")
        .order_by("said_yes_at", "pk")
    )
    rows = list(seen[: 10 * most])
    counts = Counter(row.opportunity_id for row in rows)
    opportunities = {row.opportunity_id: row.opportunity for row in rows}
    return [
        OpportunityTask(
            opportunity.title,
            ngettext("%(n)d person waits for an answer", "%(n)d people wait for an answer", counts[pk])
            % {"n": counts[pk]},
            opportunity.get_absolute_url(),
        )
        for pk, opportunity in opportunities.items()
    ][:most]


def _over(me: int, today: datetime.date, most: int) -> list[OpportunityTask]:
    mine = Opportunity.objects.open().filter(owner=me, closes_on__lt=today).order_by("closes_on", "pk")[:most]
    words = _("The last day has passed: decide, or close it")
    return [OpportunityTask(row.title, words, row.get_absolute_url(), row.closes_on) for row in mine]
