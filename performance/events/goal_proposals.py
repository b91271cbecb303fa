"""Facts about proposed development goals."""

from collections.abc import Iterable

from hrportal.journal.recording import Actor, Entry, record, record_many
from performance.enums import ProposalState
from performance.models import GoalProposal


def goals_proposed(proposals: Iterable[GoalProposal], *, by: Actor | None) -> None:
    record_many("performance.goal_proposed", _entries(proposals), by=by)


def goal_proposals_shared(proposals: Iterable[GoalProposal], *, by: Actor | None) -> None:
    """From now on the people see what is proposed to them."""
    record_many("performance.goal_proposal_shared", _entries(proposals), by=by)


def goal_proposals_ended(proposals: Iterable[GoalProposal], *, by: Actor | None) -> None:
    """Nobody needs to decide: a newer review, a correction or a withdrawal has overtaken it."""
    record_many("performance.goal_proposal_ended", _entries(proposals), by=by)


def goal_proposal_decided(proposal: GoalProposal, *, by: Actor | None) -> None:
    accepted = proposal.state == ProposalState.ACCEPTED
    topic = "performance.goal_proposal_accepted" if accepted else "performance.goal_proposal_dismissed"
    data = {"objective": proposal.objective_id} if accepted else {}
    record(topic, proposal, by=by, person_id=proposal.employee_id, version=proposal.source_version, data=data)


def _entries(proposals: Iterable[GoalProposal]) -> list[Entry]:
    return [
        Entry(proposal, proposal.employee_id, version=proposal.source_version, data={"source": proposal.source})
        for proposal in proposals
    ]
