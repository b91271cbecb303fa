"""Making the company, from the ground to the journal, in one transaction: all of it or nothing."""

import datetime
from collections.abc import Callable

from django.db import connection, transaction

from hrportal.home.demo.accounts import open_accounts
from hrportal.home.demo.around import tell_around
from hrportal.home.demo.cast import Cast, find_cast
from hrportal.home.demo.cycles import tell_other_cycles
from hrportal.home.demo.days import Calendar
from hrportal.home.demo.evidence import tell_evidence
from hrportal.home.demo.feedback import tell_feedback
from hrportal.home.demo.goals import Goals
from hrportal.home.demo.ground import lay_ground, make_form
from hrportal.home.demo.handover import Handover
from hrportal.home.demo.history import record_history
from hrportal.home.demo.imports import tell_imports
from hrportal.home.demo.improvement import tell_improvement_plans
from hrportal.home.demo.notices import tell_notices
from hrportal.home.demo.one_to_ones import tell_feedback_requests, tell_one_to_ones
from hrportal.home.demo.people import Organisation
from hrportal.home.demo.proposals import tell_accepted_proposals
from hrportal.home.demo.readiness import tell_readiness
from hrportal.home.demo.review_steps import tell_review_steps
from hrportal.home.demo.reviews import CycleTeller, plan_next_cycle
from hrportal.home.demo.rounds import tell_rounds
from hrportal.home.demo.rows import Rows
from hrportal.home.demo.succession import tell_succession
from hrportal.home.demo.tables import Tables
from hrportal.home.demo.talent import tell_talent
from hrportal.home.demo.world import World

SMALLEST = 60
ALL_TEXTS_UP_TO = 2000


def load_company(
    size: int,
    *,
    seed: int,
    today: datetime.date,
    texts: float | None = None,
    say: Callable[[str], None] = lambda words: None,
) -> Cast:
    """Fill an empty database with a company of so many people; the same seed and day make the same company.

    `texts` is the share of people whose reviews, goals and feedback are in words; in a large company few, unless said.
    """
    share = texts if texts is not None else min(1.0, ALL_TEXTS_UP_TO / size)
    with transaction.atomic():
        return _load(size, seed, Calendar(today), share, say)


def _load(size: int, seed: int, calendar: Calendar, texts: float, say: Callable[[str], None]) -> Cast:
    rows = Rows()
    ground = lay_ground(rows)
    plan_next_cycle(rows, calendar, make_form(rows, ground, is_copy=False))
    Organisation(rows, ground, calendar, seed).grow(size)
    rows.flush()
    _count_rows(size)
    say("people")
    cast = find_cast(calendar)
    world = World(rows, ground, calendar, cast, seed, texts)
    open_accounts(rows, cast)
    _tell_cycles(world, say)
    _count_rows(size)
    tell_other_cycles(world)
    Goals(world).tell()
    tell_feedback(world)
    tell_feedback_requests(world)
    tell_one_to_ones(world)
    tell_improvement_plans(world)
    tell_rounds(world)
    tell_succession(world, size)
    rows.flush()
    _count_rows(size)
    tell_talent(world)
    _count_rows(size)
    say("goals, feedback, succession")
    tell_review_steps(world)
    tell_evidence(world)
    tell_around(world)
    tell_accepted_proposals(world)
    tell_readiness(world)
    tell_notices(world)
    tell_imports(world)
    record_history(rows, only_main=texts < 1)
    rows.close()
    say("journal")
    return cast


def _count_rows(size: int) -> None:
    """Let PostgreSQL see what has come: inside one transaction nobody else tells it, and it plans for tables that are empty.
    Later parts ask as a reader does, and of a large company that took hours."""
    if size > ALL_TEXTS_UP_TO and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _tell_cycles(world: World, say: Callable[[str], None]) -> None:
    handover = Handover(world)
    for round_ in world.calendar.rounds:
        teller = CycleTeller(world, round_)
        tables = Tables(world, teller)
        for told in teller.reviews():
            tables.lay(told)
            handover.carry(teller, told)
        tables.close()
        world.rows.flush()
        say(teller.cycle.name)
    handover.close()
