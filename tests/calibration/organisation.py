"""A small invented organisation in the database: managers of known leniency, ratings, goals that follow performance."""

from types import SimpleNamespace

from benchmarks.organisations import World, organisation
from calibration.actions import fill_session, open_session
from hrportal.common.paths import encode
from performance.enums import ReviewState
from performance.models import Objective, Review
from tests.factories.calibration import SessionFactory
from tests.factories.people import EmployeeFactory, OrgUnitFactory
from tests.factories.performance import ReviewCycleFactory

SMALL = World(people=96, team=8, cycles=1, leniency=0.9, evidence=0.8)


def rated_company(world=SMALL, seed=3, *, cycle=None, with_goals=True):
    """Everybody in one unit under one head; the arrays it was made from are `told`."""
    told = organisation(world, seed)
    cycle, unit = cycle or ReviewCycleFactory(), OrgUnitFactory()
    head = EmployeeFactory(org_unit=unit)
    managers = [EmployeeFactory(org_unit=unit, manager=head) for _ in range(len(told.leniency))]
    people = [EmployeeFactory(org_unit=unit, manager=managers[manager]) for manager in told.manager]
    levels = {level.value: level for level in cycle.scale.levels.all()}
    Review.objects.bulk_create(
        Review(
            cycle=cycle,
            employee=person,
            reviewer=person.manager,
            org_unit=unit,
            state=ReviewState.SUBMITTED,
            proposed_rating=levels[int(value)],
        )
        for person, value in zip(people, told.rating, strict=True)
    )
    if with_goals:
        _give_goals(people, told.evidence, cycle)
    return SimpleNamespace(
        told=told, cycle=cycle, unit=unit, head=head, managers=managers, people=people, levels=levels
    )


def open_table(company, **fields):
    """A session over the whole company, open."""
    session = SessionFactory(cycle=company.cycle, org_unit=company.unit, **fields)
    fill_session(session, by=None)
    return open_session(session, by=None)


def _give_goals(people, evidence, cycle):
    Objective.objects.bulk_create(
        Objective(
            title="Goal",
            owner=person,
            starts_on=cycle.starts_on,
            due_on=cycle.ends_on,
            progress=min(max(round(50 + 15 * value, 2), 0), 100),
            path=encode(person.pk),
        )
        for person, value in zip(people, evidence, strict=True)
    )
