"""Goals the strategy proposed and somebody took on: every few people have one, and somebody of the manager's team."""

from decimal import Decimal

from django.utils.translation import gettext as _

from hrportal.common.paths import encode
from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from performance.enums import GoalKind, GoalLevel, GoalState, Measure, ProposalState
from performance.goals.proposals import title_of, why_of
from performance.models import GoalPeriod, GoalProposal, KeyResult, Objective

EVERY = 9


def tell_accepted_proposals(world: World) -> None:
    """Of every few proposals that people see, one has become a development goal of the period."""
    world.rows.flush()
    today = world.calendar.today
    period = GoalPeriod.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("pk").first()
    seen = GoalProposal.objects.open().filter(shared_at__isnull=False).order_by("employee", "pk")
    if period is None:
        return
    of_team = seen.filter(employee__manager=world.cast["manager"])[1:2]
    for proposal in {row.pk: row for row in (*of_team.with_names(), *seen.with_names()[::EVERY])}.values():
        _accept(world, proposal, period)
    world.rows.flush()


def _accept(world: World, proposal: GoalProposal, period: GoalPeriod) -> None:
    luck = world.luck("accepted", proposal.pk)
    starts_on = period.starts_on + days(luck.randint(2, 30))
    goal = Objective(
        pk=(pk := world.rows.next_id(Objective)),
        path=encode(pk),
        period=period,
        title=title_of(proposal),
        description=why_of(proposal),
        level=GoalLevel.INDIVIDUAL,
        kind=GoalKind.DEVELOPMENT,
        state=GoalState.ACTIVE,
        owner_id=proposal.employee_id,
        competency=proposal.competency,
        starts_on=starts_on,
        due_on=max(starts_on, min(proposal.wanted_by, period.ends_on)),
        created_at=at(min(starts_on, world.calendar.yesterday), luck),
    )
    world.rows.add(goal)
    level = Decimal(proposal.level_now), Decimal(proposal.level_wanted)
    title = _("Level in %s") % proposal.competency
    world.rows.add(
        KeyResult(
            objective=goal,
            title=title,
            measure=Measure.NUMBER,
            baseline=level[0],
            target=level[1],
            due_on=goal.due_on,
        )
    )
    proposal.state, proposal.objective = ProposalState.ACCEPTED, goal
    proposal.decided_by_id, proposal.decided_at = proposal.employee.manager_id, goal.created_at
    GoalProposal.objects.filter(pk=proposal.pk).update(
        state=proposal.state, objective=goal, decided_by=proposal.decided_by_id, decided_at=proposal.decided_at
    )
