"""Rewards in the demo company: what jobs pay, what people earn, a round that went to payroll and one that is being prepared."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import Employee, Job
from talent.actions.rewards import recommended_rows, usual_cells
from talent.enums import RewardState
from talent.models import MeritRecommendation, PayRange, PayRecord, RewardCycle

CHUNK = 1000
SCALE = (1, 5)
CURRENCY = "EUR"
# What a job of the first level pays in the middle of its range, and by how much more each level pays.
FIRST_MIDPOINT, STEP, WIDTH = Decimal(38_000), Decimal("1.28"), Decimal("0.2")
HUNDREDS = Decimal(100)
DECIDED = 40  # of so many people, one was decided on by a person
WHY = "Took over the night shift’s handover and asked for nothing."


def tell_rewards(world: World) -> None:
    """Ranges and pay for everybody, a finished round on last year's ratings, a draft on this year's."""
    leader = world.cast["hrleader"]
    colleague_id = min(world.cast.partners.values())
    ranges = {job.pk: _range(world, job) for job in Job.objects.order_by("pk")}
    for chunk in _chunks():
        for person in chunk:
            _pay(world, person, ranges)
    world.rows.flush()
    before, last = world.calendar.round(2), world.calendar.round(1)
    today = world.calendar.today
    done = _cycle(world, before.name, "Earlier merit round", today - days(600), RewardState.EXPORTED, colleague_id)
    world.rows.add(done)
    cells = usual_cells(done, SCALE)
    for cell in cells:
        world.rows.add(cell)
    _recommend(world, done, {(cell.rating, str(cell.position)): cell.percent for cell in cells}, colleague_id, leader)
    draft = _cycle(world, last.name, "Next merit round", today + days(75), RewardState.DRAFT, colleague_id)
    world.rows.add(draft)
    for cell in usual_cells(draft, SCALE):
        world.rows.add(cell)


def _chunks() -> Iterator[list[Employee]]:
    last = 0
    while chunk := list(Employee.objects.employed().filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _range(world: World, job: Job) -> PayRange:
    midpoint = _round(FIRST_MIDPOINT * STEP ** ((job.level or 1) - 1))
    return world.rows.add(
        PayRange(
            job=job,
            currency=CURRENCY,
            minimum=_round(midpoint * (1 - WIDTH)),
            midpoint=midpoint,
            maximum=_round(midpoint * (1 + WIDTH)),
            valid_from=world.calendar.today - days(900),
            recorded_at=at(world.calendar.today - days(910), world.luck("range", job.pk)),
        )
    )


def _pay(world: World, person: Employee, ranges: dict[int, PayRange]) -> None:
    """Somewhere about their range; of a few, nobody brought it."""
    luck = world.luck("pay", person.pk)
    if person.job_id is None or luck.random() < 0.01:
        return
    place = Decimal(str(round(min(1.1, max(-0.05, luck.gauss(0.45, 0.28))), 3)))
    band = ranges[person.job_id]
    world.rows.add(
        PayRecord(
            employee=person,
            yearly_base=_round(band.minimum + (band.maximum - band.minimum) * place),
            currency=CURRENCY,
            valid_from=world.calendar.today - days(800),
            recorded_at=at(world.calendar.today - days(795), luck),
        )
    )


def _cycle(
    world: World, period: str, name: str, effective_on: datetime.date, state: RewardState, creator_id: int
) -> RewardCycle:
    luck = world.luck("rewards", period)
    is_done = state == RewardState.EXPORTED
    computed_at = at(effective_on - days(40), luck) if is_done else None
    return RewardCycle(
        pk=world.rows.next_id(RewardCycle),
        name=name,
        period=period,
        effective_on=effective_on,
        budget_percent=Decimal("3.2"),
        tolerance=Decimal(1),
        state=state,
        created_by_id=creator_id,
        created_at=at(min(effective_on - days(60), world.calendar.yesterday), luck),
        computed_at=computed_at,
        exported_at=at(effective_on - days(10), luck) if is_done else None,
    )


def _recommend(
    world: World, cycle: RewardCycle, guideline: dict[tuple[int, str], Decimal], colleague_id: int, leader: Employee
) -> None:
    """What was recommended, what a colleague decided otherwise, and that the HR leader approved it."""
    luck = world.luck("approved", cycle.name)
    for chunk in _chunks():
        for number, row in enumerate(recommended_rows(cycle, chunk, guideline, cycle.effective_on - days(40))):
            if not row.left_out:
                if number % DECIDED == DECIDED - 1 and row.high is not None:
                    _decide(row, colleague_id, at(cycle.effective_on - days(30), luck))
                row.approved_by_id = leader.pk if row.employee_id != leader.pk else colleague_id
                row.approved_at = at(cycle.effective_on - days(20), luck)
            world.rows.add(row)


def _decide(row: MeritRecommendation, colleague_id: int, when: datetime.datetime) -> None:
    row.decided_percent, row.decided_because = (row.high or Decimal(0)) + Decimal("0.5"), WHY
    row.decided_by_id, row.decided_at = colleague_id, when


def _round(amount: Decimal) -> Decimal:
    """To whole hundreds."""
    return (amount / HUNDREDS).quantize(Decimal(1)) * HUNDREDS
