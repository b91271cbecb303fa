"""The journal of the company's past: each row that means something has its fact, in the order of time, chained and delivered."""

import heapq
from collections.abc import Iterator
from operator import itemgetter

from hrportal.home.demo.days import days
from hrportal.home.demo.history import calibration, people, performance, talent
from hrportal.home.demo.history.source import Told
from hrportal.home.demo.rows import Rows
from hrportal.journal.chain import hash_of
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import ChainHead, Delivery, Fact
from hrportal.journal.subscribers import subscribers_of

ROOMS = (people, performance, calibration, talent)
# What a large company's journal leaves out of its invented past: it follows from the rest.
DETAILS = frozenset(
    {
        "people.employee_hired",
        "performance.review_opened",
        "performance.self_assessment_submitted",
        "performance.review_acknowledged",
        "performance.review_calibration_begun",
        "performance.review_calibrated",
        "performance.goal_proposed",
        "talent.rating_recorded",
        "talent.development_plan_opened",
        "talent.potential_assessment_opened",
    }
)


def record_history(rows: Rows, *, only_main: bool) -> None:
    """Write the facts of everything told (or of the main events), sealed as the sequencer would, their deliveries done."""
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    for moment, topic, fact in _in_order(only_main):
        fact.pk = rows.next_id(Fact)
        head.position += 1
        fact.position, fact.hash = head.position, hash_of(fact, head.position, head.hash)
        head.hash = fact.hash
        rows.add(fact)
        for name in subscribers_of(topic):
            done = {"state": DeliveryState.DONE, "done_at": moment + days(1 / 86400), "next_try_at": moment}
            rows.add(Delivery(fact=fact, subscriber=name, **done))
    head.save(update_fields=["position", "hash"])


def _in_order(only_main: bool) -> Iterator[Told]:
    sources = (
        source.facts() for room in ROOMS for source in room.sources() if not (only_main and source.topic in DETAILS)
    )
    return heapq.merge(*sources, key=itemgetter(0, 1))
