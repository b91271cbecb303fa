"""Development goals the strategy proposes: bringing them, accepting and dismissing them. What was decided stays decided."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.common.copying import write_rows
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.actions.common import required_reason
from performance.actions.goals import create_objective
from performance.enums import GoalKind, GoalLevel, Measure, ProposalState
from performance.events import goal_proposals as events
from performance.goals.proposals import title_of, why_of
from performance.models import GoalPeriod, GoalProposal
from performance.notices import goal_proposals as notices

DECIDED = (ProposalState.ACCEPTED, ProposalState.DISMISSED)
# What nobody decides any longer, unless it comes to count again.
ENDED = (ProposalState.SUPERSEDED, ProposalState.WITHDRAWN)


@dataclass(frozen=True)
class ProposalSeed:
    """A development goal worth proposing: found by a source at a version, about one period."""

    employee_id: int
    competency_id: int
    level_now: int
    level_wanted: int
    wanted_by: datetime.date
    source: str
    source_version: int
    period_ends_on: datetime.date
    shared_at: datetime.datetime | None = None

    @property
    def key(self) -> tuple[str, int, int]:
        return self.source, self.source_version, self.competency_id

    @property
    def topic(self) -> tuple[int, int]:
        return self.employee_id, self.competency_id


@transaction.atomic
def propose_goals(
    seeds: Sequence[ProposalSeed],
    *,
    people: Collection[int],
    unsettled: Collection[str] = (),
    gone: Collection[str] = (),
    by: Actor | None = None,
) -> int:
    """Let what is proposed to these people be what the seeds say, one at most about a competency; how many are new.

    Whatever else is open ends: taken back where its source is `gone`, else no longer current. Only what an `unsettled`
    source said before stays until that source has settled, unless a newer period knows better. May be called with the
    same again, in any order.
    """
    rows = list(GoalProposal.objects.select_for_update(of=("self",)).filter(employee__in=people).order_by("pk"))
    waiting = _waiting(rows, unsettled)
    newest = [seed for seed in sorted(seeds, key=_key_of) if not _is_older(seed, waiting.get(seed.topic))]
    for seed in newest:
        waiting.pop(seed.topic, None)
    decided = _decided(rows)
    wanted = {seed.key: seed for seed in newest if not _is_decided(seed, decided[seed.topic])}
    there = {(row.source, row.source_version, row.competency_id): row for row in rows}
    kept = {row.pk for row in waiting.values()}
    _end([row for key, row in there.items() if key not in wanted and row.pk not in kept], gone, by=by)
    again = [row for key, row in there.items() if key in wanted and row.state in ENDED]
    _set_state(again, ProposalState.PROPOSED)
    new = [_proposal(seed) for key, seed in wanted.items() if key not in there]
    events.goals_proposed([*write_rows(new), *again], by=by)
    shared = _share_late([row for key, row in there.items() if key in wanted], wanted, by=by)
    notices.goals_proposed(row for row in (*new, *shared) if row.shared_at)
    return len(new)


def _key_of(seed: ProposalSeed) -> tuple[str, int, int]:
    return seed.key


def _waiting(rows: Iterable[GoalProposal], unsettled: Collection[str]) -> dict[tuple[int, int], GoalProposal]:
    """What is open on the word of a source that is being corrected, by person and competency."""
    return {
        (row.employee_id, row.competency_id): row
        for row in rows
        if row.state == ProposalState.PROPOSED and row.source in unsettled
    }


def _is_older(seed: ProposalSeed, waiting: GoalProposal | None) -> bool:
    return waiting is not None and waiting.period_ends_on >= seed.period_ends_on


def _decided(rows: Iterable[GoalProposal]) -> dict[tuple[int, int], list[GoalProposal]]:
    """What somebody decided, by person and competency."""
    decided: dict[tuple[int, int], list[GoalProposal]] = defaultdict(list)
    for row in rows:
        if row.state in DECIDED:
            decided[row.employee_id, row.competency_id].append(row)
    return decided


def _is_decided(seed: ProposalSeed, decided: Iterable[GoalProposal]) -> bool:
    """Whether somebody decided about it already, on this source's word or a newer one's."""
    return any(row.source == seed.source or row.period_ends_on > seed.period_ends_on for row in decided)


def _end(rows: Iterable[GoalProposal], gone: Collection[str], *, by: Actor | None) -> None:
    """Take undecided proposals off the table, each with the word that is true of its source now."""
    undecided = [row for row in rows if row.state not in DECIDED]
    withdrawn = [row for row in undecided if row.source in gone and row.state != ProposalState.WITHDRAWN]
    superseded = [row for row in undecided if row.source not in gone and row.state != ProposalState.SUPERSEDED]
    ended = [row for row in (*superseded, *withdrawn) if row.state == ProposalState.PROPOSED]
    _set_state(withdrawn, ProposalState.WITHDRAWN)
    _set_state(superseded, ProposalState.SUPERSEDED)
    events.goal_proposals_ended(ended, by=by)


def _set_state(rows: Sequence[GoalProposal], state: ProposalState) -> None:
    for row in rows:
        row.state = state
    if rows:
        changed = GoalProposal.objects.filter(pk__in=[row.pk for row in rows])
        changed.update(state=state, updated_at=timezone.now())


def _proposal(seed: ProposalSeed) -> GoalProposal:
    return GoalProposal(
        employee_id=seed.employee_id,
        competency_id=seed.competency_id,
        level_now=seed.level_now,
        level_wanted=seed.level_wanted,
        wanted_by=seed.wanted_by,
        source=seed.source,
        source_version=seed.source_version,
        period_ends_on=seed.period_ends_on,
        shared_at=seed.shared_at,
    )


def _share_late(
    rows: Iterable[GoalProposal], wanted: dict[tuple[str, int, int], ProposalSeed], *, by: Actor | None
) -> list[GoalProposal]:
    """A seed may bring the news that its source was shared meanwhile."""
    hidden = []
    for row in rows:
        shared_at = wanted[row.source, row.source_version, row.competency_id].shared_at
        if shared_at and row.shared_at is None:
            row.shared_at, row.updated_at = shared_at, timezone.now()
            hidden.append(row)
    GoalProposal.objects.bulk_update(hidden, ["shared_at", "updated_at"], batch_size=1000)
    events.goal_proposals_shared(hidden, by=by)
    return hidden


@transaction.atomic
def accept_goal_proposal(
    proposal: GoalProposal, *, by: Actor | None, period: GoalPeriod, title: str = ""
) -> GoalProposal:
    """Make a development goal of a proposal, in an open period. Before the review behind it is shared nobody can: the
    goal would tell the person what they are not told yet."""
    proposal = _lock_open(proposal)
    if not proposal.can_be_accepted:
        raise ActionError(_("The review behind this is not shared yet. Accept it once it is."))
    proposal.objective = create_objective(by=by, **_goal(proposal, period, title))
    return _decide(proposal, ProposalState.ACCEPTED, by)


@transaction.atomic
def dismiss_goal_proposal(proposal: GoalProposal, *, by: Actor | None, reason: str) -> GoalProposal:
    """Say why this is not to become a goal. It does not come back until a later review finds the same."""
    proposal = _lock_open(proposal)
    proposal.reason = required_reason(reason)
    return _decide(proposal, ProposalState.DISMISSED, by)


def _lock_open(proposal: GoalProposal) -> GoalProposal:
    rows = GoalProposal.objects.select_for_update(of=("self",)).select_related("employee", "competency")
    locked = rows.get(pk=proposal.pk)
    if not locked.is_open:
        raise ActionError(_("This proposal is already: %s.") % locked.get_state_display())
    return locked


def _goal(proposal: GoalProposal, period: GoalPeriod, title: str) -> dict[str, Any]:
    """The goal, measured in levels: it starts where the review found the person and is reached at the level wanted."""
    starts_on = min(max(timezone.localdate(), period.starts_on), period.ends_on)
    return {
        "title": title.strip() or title_of(proposal),
        "description": why_of(proposal),
        "level": GoalLevel.INDIVIDUAL,
        "kind": GoalKind.DEVELOPMENT,
        "owner": proposal.employee,
        "competency": proposal.competency,
        "period": period,
        "starts_on": starts_on,
        "due_on": max(starts_on, min(proposal.wanted_by, period.ends_on)),
        "key_results": [
            {
                "title": _("Level in %s") % proposal.competency,
                "measure": Measure.NUMBER,
                "baseline": proposal.level_now,
                "target": proposal.level_wanted,
            }
        ],
    }


def _decide(proposal: GoalProposal, state: ProposalState, by: Actor | None) -> GoalProposal:
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, acting_id(by), timezone.now()
    proposal.save(update_fields=["state", "objective", "reason", "decided_by", "decided_at", "updated_at"])
    events.goal_proposal_decided(proposal, by=by)
    return proposal
