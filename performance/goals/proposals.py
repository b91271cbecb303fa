"""What a proposed development goal says, in words, and where it could go."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hrportal.people.viewer import Principal
from performance.models import GoalPeriod, GoalProposal


def title_of(proposal: GoalProposal) -> str:
    """The objective as it is offered; whoever accepts it may word it otherwise."""
    return _("Reach level %(level)s in %(competency)s") % {
        "level": proposal.level_wanted,
        "competency": proposal.competency,
    }


def why_of(proposal: GoalProposal) -> str:
    """Why it is proposed: what was found, and what the job will ask for."""
    return _("Found at level %(now)s in the period to %(ended)s; the job will ask for level %(wanted)s by %(by)s.") % {
        "now": proposal.level_now,
        "ended": date_format(proposal.period_ends_on, "SHORT_DATE_FORMAT"),
        "wanted": proposal.level_wanted,
        "by": date_format(proposal.wanted_by, "SHORT_DATE_FORMAT"),
    }


def open_periods() -> QuerySet[GoalPeriod]:
    """The periods a goal can still be set in."""
    return GoalPeriod.objects.open().order_by("starts_on", "pk")


def best_period(proposal: GoalProposal) -> GoalPeriod | None:
    """The first open period after the one the proposal rests on; else the latest that is open."""
    periods = list(open_periods())
    later = [period for period in periods if period.starts_on > proposal.period_ends_on]
    return next(iter(later), periods[-1] if periods else None)


def line_of(proposal: GoalProposal, user: Principal) -> dict[str, Any]:
    """A proposal with its reason and what this reader may do about it now."""
    return {
        "proposal": proposal,
        "why": why_of(proposal),
        "may_accept": proposal.can_be_accepted and user.has_perm("performance.accept_goal_proposal", proposal),
        "may_dismiss": proposal.is_open and user.has_perm("performance.dismiss_goal_proposal", proposal),
    }


def proposed_lines(user: Principal, whose: Q, most: int) -> list[dict[str, Any]]:
    """The first open proposals of some people, as far as this reader sees them."""
    rows = GoalProposal.objects.visible_to(user).open().filter(whose).with_names()
    return [line_of(proposal, user) for proposal in rows[:most]]
