"""Proposed development goals."""

from hrportal.common.access import Access
from hrportal.common.bulk import BulkVerbs
from hrportal.common.resources import verb
from performance.actions.goal_proposals import accept_goal_proposal, dismiss_goal_proposal
from performance.api import filters
from performance.api.serializers.goal_proposals import (
    AcceptProposalInput,
    DismissProposalInput,
    GoalProposalSerializer,
)
from performance.models import GoalPeriod, GoalProposal

READ, WRITE = "goals:read", "goals:write"


class GoalProposalViewSet(BulkVerbs):
    """Development goals the strategy proposes; one's own once the review behind them is shared."""

    access = Access(scopes={"list": READ, "retrieve": READ, "*": WRITE})
    bulk_verbs = ("accept", "dismiss")
    permission_map = {
        "accept": "performance.accept_goal_proposal",
        "dismiss": "performance.dismiss_goal_proposal",
    }
    queryset = GoalProposal.objects.with_names().order_by("id")
    serializer_class = GoalProposalSerializer
    filterset_class = filters.GoalProposalFilter

    @verb(takes=AcceptProposalInput)
    def accept(self, proposal: GoalProposal, *, period: GoalPeriod, title: str = "") -> GoalProposal:
        """Make a development goal of it, in an open period."""
        return accept_goal_proposal(proposal, by=self.by, period=period, title=title)

    @verb(takes=DismissProposalInput)
    def dismiss(self, proposal: GoalProposal, *, reason: str) -> GoalProposal:
        """Say why it is not to become a goal."""
        return dismiss_goal_proposal(proposal, by=self.by, reason=reason)
