"""Career paths between the jobs of the demo company, what is open inside it, and who said yes to what."""

from collections.abc import Iterable

from hrportal.common.paths import is_below
from hrportal.home.demo import company
from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import Competency, Employee
from talent.enums import InterestState, OpportunityKind, OpportunityState, StepKind, TravelWish
from talent.models import CareerStep, Interest, Opportunity, OpportunityNeed

# From level to level within a family: how long people usually stay, and what makes the step.
LADDER = [
    (1, 2, StepKind.UP, 18, "Works alone on what is known, and asks early about what is not."),
    (2, 3, StepKind.UP, 30, "Has carried something whole, from the first talk to its users."),
    (3, 4, StepKind.UP, 36, "Others build on what this person decides."),
    (3, 6, StepKind.UP, 36, "Has mentored two people and held the team for a month."),
    (4, 5, StepKind.UP, 48, "Known beyond the own unit for one thing."),
    (4, 6, StepKind.LATERAL, 30, "From leading the work to leading people: try it for half a year first."),
    (6, 7, StepKind.UP, 42, "Has built a team whose people moved on well."),
    (7, 8, StepKind.UP, None, "Has led through somebody who leads."),
]
# From family to family, at the levels where it is usual.
BRIDGES = [
    ("software", "data", 2, 12, "Six months in a data project, half of the time."),
    ("software", "product", 3, 24, "Has sat in on customer talks for a quarter."),
    ("data", "product", 3, 24, "Knows what is asked before it is counted."),
    ("success", "sales", 2, 18, "Renewed contracts alone for a year."),
    ("sales", "marketing", 3, 24, ""),
    ("production", "supply", 2, 18, "A rotation of three months in planning."),
    ("service", "success", 2, 12, "Customers ask for this person by name."),
    ("it", "software", 2, 24, "Automated what was done by hand."),
    ("finance", "data", 2, 18, ""),
]
# Title, kind, percent of time, months until it starts and how long it lasts, travel, leads people, words.
POSTED = [
    (
        "Team lead for the device cloud",
        OpportunityKind.ROLE,
        100,
        2,
        None,
        "",
        True,
        "Eight people, two sites, one platform that must not stand still. The present lead moves to another product and stays for three months.",
    ),
    (
        "Bring observability to the field line",
        OpportunityKind.PROJECT,
        40,
        1,
        6,
        TravelWish.SOME,
        False,
        "Instruments at customers tell us too little. Find out with three customers what helps, and build the first half.",
    ),
    (
        "Stand in for a team lead for half a year",
        OpportunityKind.STRETCH,
        100,
        3,
        6,
        "",
        True,
        "A parental leave. You keep your own work for a fifth of the time and have a mentor at your side.",
    ),
    (
        "Data analyst in experimentation",
        OpportunityKind.ROLE,
        100,
        1,
        None,
        "",
        False,
        "We test what we build and need somebody who says no to a nice curve.",
    ),
    (
        "Write the guide for new engineers",
        OpportunityKind.STRETCH,
        20,
        0,
        4,
        "",
        False,
        "Collect what everybody learns the hard way in their first year, and make it short.",
    ),
    (
        "Move the service portal to one design",
        OpportunityKind.PROJECT,
        50,
        2,
        9,
        "",
        False,
        "Four front ends, one company. Work with product and design; the backlog is yours.",
    ),
    (
        "Open the warehouse in Lisbon",
        OpportunityKind.PROJECT,
        100,
        4,
        12,
        TravelWish.OFTEN,
        True,
        "From an empty hall to the first shipment. Best for somebody who likes lists and people.",
    ),
    (
        "Recruiting for technology",
        OpportunityKind.ROLE,
        100,
        1,
        None,
        TravelWish.SOME,
        False,
        "Talk with engineers all day, and decide with managers who understands what they need.",
    ),
]
ENDED = [
    ("Product manager for pricing", OpportunityKind.ROLE, OpportunityState.FILLED, "Somebody else took it on."),
    (
        "Pilot of a shared calibration lab",
        OpportunityKind.PROJECT,
        OpportunityState.CLOSED,
        "The partner decided for another site.",
    ),
    (
        "Second shift in the test bay",
        OpportunityKind.ROLE,
        OpportunityState.WITHDRAWN,
        "The order was moved to next year.",
    ),
]
NOTES = [
    "I have done half of it in my present team and would like to do the other half.",
    "The part about talking with customers is what I miss.",
    "I would need two months to hand over what I have.",
]
STATES = [
    InterestState.INTERESTED,
    InterestState.IN_TALKS,
    InterestState.OFFERED,
    InterestState.DECLINED,
    InterestState.WITHDRAWN,
    InterestState.INVITED,
]
MOST_EACH = 4


def tell_mobility(world: World) -> None:
    """Steps first; then what is open, with the manager and the employee in the middle of it."""
    _steps(world)
    opportunities = [*_open(world), *_ended(world)]
    world.rows.flush()
    _needs(world, opportunities)
    _interest(world, opportunities)


def _steps(world: World) -> None:
    jobs = world.ground.jobs
    said_on = world.calendar.today - days(200)
    drawn: list[tuple[tuple[str, int], tuple[str, int], str, int | None, str]] = [
        ((family, one), (family, other), kind, months, note)
        for family in company.FAMILIES
        for one, other, kind, months, note in LADDER
    ]
    drawn += [
        ((one, level), (other, level), StepKind.FAMILY, months, note) for one, other, level, months, note in BRIDGES
    ]
    for start, end, kind, months, note in drawn:
        if start in jobs and end in jobs:
            world.rows.add(
                CareerStep(
                    from_job_id=jobs[start].pk,
                    to_job_id=jobs[end].pk,
                    kind=kind,
                    months=months,
                    note=note,
                    created_at=at(said_on, world.luck("step", start, end)),
                )
            )


def _owners(world: World) -> list[Employee]:
    """People who lead others: the manager first, so that there is something to look after."""
    leads = Employee.objects.employed().filter(job__level__gte=6, org_unit__isnull=False).exclude(pk__in=world.cast.ids)
    return [world.cast["manager"], *leads.select_related("org_unit", "job", "location").order_by("pk")[:10]]


def _open(world: World) -> list[Opportunity]:
    owners, today = _owners(world), world.calendar.today
    rows = []
    for number, (title, kind, share, starts, lasts, travel, leads, words) in enumerate(POSTED):
        owner, luck = owners[number % len(owners)], world.luck("opportunity", title)
        posted_on, starts_on = today - days(luck.randint(4, 40)), today + days(30 * starts)
        rows.append(
            world.rows.add(
                Opportunity(
                    kind=kind,
                    title=title,
                    description=words,
                    org_unit_id=owner.org_unit_id or 0,
                    job_id=owner.job_id if leads else None,
                    location_id=owner.location_id,
                    leads_people=leads,
                    travel=travel,
                    time_share=share,
                    starts_on=starts_on,
                    ends_on=starts_on + days(30 * lasts) if lasts else None,
                    closes_on=today + days(luck.randint(7, 45)),
                    owner=owner,
                    state=OpportunityState.OPEN,
                    published_at=at(posted_on, luck),
                    created_at=at(posted_on - days(1), luck),
                )
            )
        )
    return rows


def _ended(world: World) -> list[Opportunity]:
    owners, today = _owners(world), world.calendar.today
    rows = []
    for number, (title, kind, state, words) in enumerate(ENDED, start=1):
        owner, luck = owners[-number % len(owners)], world.luck("ended", title)
        posted_on = today - days(luck.randint(90, 160))
        rows.append(
            world.rows.add(
                Opportunity(
                    kind=kind,
                    title=title,
                    description="What there was to do is told in the talks.",
                    org_unit_id=owner.org_unit_id or 0,
                    owner=owner,
                    state=state,
                    published_at=at(posted_on, luck),
                    created_at=at(posted_on - days(2), luck),
                    ended_at=at(posted_on + days(50), luck),
                    ending_words=words,
                )
            )
        )
    return rows


def _needs(world: World, opportunities: Iterable[Opportunity]) -> None:
    library = list(Competency.objects.filter(is_active=True).order_by("pk"))
    for opportunity in opportunities:
        luck = world.luck("needs", opportunity.title)
        for competency in luck.sample(library, 3):
            world.rows.add(
                OpportunityNeed(
                    opportunity_id=opportunity.pk,
                    competency=competency,
                    level=luck.randint(2, 4),
                    importance=luck.randint(2, 5),
                )
            )


def _interest(world: World, opportunities: list[Opportunity]) -> None:
    """The employee said yes to what the manager posted and keeps it from them, is offered something and invited to something."""
    me, taken = world.cast["employee"], set()
    own = [(0, InterestState.INTERESTED, False), (1, InterestState.OFFERED, True), (3, InterestState.INVITED, False)]
    for place, state, is_told in own:
        taken.add((opportunities[place].pk, me.pk))
        _say(world, opportunities[place], me, state, is_told=is_told)
    people = Employee.objects.employed().filter(job__level__in=[1, 2, 3, 4]).exclude(pk__in=world.cast.ids)
    crowd = list(people.order_by("pk")[:200])
    for number, opportunity in enumerate(opportunities):
        luck = world.luck("crowd", opportunity.title)
        for turn, person in enumerate(luck.sample(crowd, min(MOST_EACH, len(crowd)))):
            if (opportunity.pk, person.pk) in taken or person.pk == opportunity.owner_id:
                continue
            state = STATES[(number + turn) % len(STATES)]
            if opportunity.state == OpportunityState.FILLED and opportunity.filled_by_id is None:
                state = InterestState.ACCEPTED
                opportunity.filled_by = person
                Opportunity.objects.filter(pk=opportunity.pk).update(filled_by=person)
            elif opportunity.state != OpportunityState.OPEN:
                state = InterestState.DECLINED
            is_told = state == InterestState.ACCEPTED or luck.random() < 0.4
            _say(world, opportunity, person, state, is_told=is_told)


def _say(world: World, opportunity: Opportunity, person: Employee, state: str, *, is_told: bool) -> None:
    luck, today = world.luck("yes", opportunity.title, person.pk), world.calendar.today
    on = max(opportunity.published_at.date() if opportunity.published_at else today, today - days(30))
    is_invited = state == InterestState.INVITED
    is_answered = state in {
        InterestState.IN_TALKS,
        InterestState.OFFERED,
        InterestState.DECLINED,
        InterestState.ACCEPTED,
    }
    hidden = not is_told and is_below(person.path, opportunity.owner.path)
    answers = {
        InterestState.OFFERED: "We would like you to do it. Say yes by the end of the month; your work is handed over slowly.",
        InterestState.DECLINED: opportunity.ending_words or "Somebody who has done this before comes first this time.",
    }
    world.rows.add(
        Interest(
            opportunity_id=opportunity.pk,
            employee=person,
            state=state,
            note="" if is_invited else luck.choice(NOTES),
            is_told_to_manager=is_told,
            invited_by_id=world.cast["hrbp"].pk if is_invited else None,
            invited_at=at(on, luck) if is_invited else None,
            invitation="You asked for something with data in your last aspirations." if is_invited else "",
            said_yes_at=None if is_invited else at(on, luck),
            answer=answers.get(InterestState(state), ""),
            answered_by_id=(world.cast["hrleader"].pk if hidden else opportunity.owner_id) if is_answered else None,
            answered_at=at(on + days(2), luck) if is_answered else None,
            created_at=at(on, luck),
        )
    )
