"""Position and hash of facts, given after commit by one sequencer at a time, so that no request waits for another and
a reader who resumes from a position never misses a fact whose transaction was slow.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import cast

from django.db import connection, transaction

from hrportal.journal.models import ChainHead, Fact

BATCH = 2000


def hash_of(fact: Fact, position: int, previous: str) -> str:
    """The SHA-256 over a fact's content, its position and the hash before it."""
    content = [
        previous,
        position,
        fact.pk,
        fact.topic,
        fact.subject_type,
        fact.subject_id,
        fact.person_id,
        fact.version,
        fact.actor_id,
        fact.client_id,
        fact.on_behalf_of_id,
        fact.request_id,
        fact.data,
        fact.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def sequence_facts() -> int:
    """Give every committed fact its position and hash; how many got one."""
    given = 0
    while batch := _sequence_batch():
        given += batch
    return given


@transaction.atomic
def _sequence_batch() -> int:
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    rows = []
    for fact in Fact.objects.filter(position=None).order_by("id")[:BATCH]:
        head.position += 1
        head.hash = hash_of(fact, head.position, head.hash)
        rows.append((head.position, head.hash, fact.pk))
    if rows:
        _fill_in(rows)
        head.save(update_fields=["position", "hash"])
    return len(rows)


def _fill_in(rows: list[tuple[int, str, int]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            positions, hashes, ids = (list(column) for column in zip(*rows, strict=True))
            cursor.execute(
                "UPDATE journal_fact SET position = given.position, hash = given.hash"
                " FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS given(position, hash, id)"
                " WHERE journal_fact.id = given.id",
                [positions, hashes, ids],
            )
        else:
            cursor.executemany("UPDATE journal_fact SET position = %s, hash = %s WHERE id = %s", rows)


@dataclass
class Verification:
    """What a check of the journal found: how many facts it covered, how many wait for their position, what is wrong."""

    checked: int = 0
    unsequenced: int = 0
    problems: list[str] = field(default_factory=list)


def verify_chain(*, most_problems: int = 20) -> Verification:
    """Recompute the chain from its first fact to its head."""
    found = Verification(unsequenced=Fact.objects.filter(position=None).count())
    head = ChainHead.objects.filter(pk=1).first() or ChainHead()
    for problem in _problems(found, head):
        found.problems.append(problem)
        if len(found.problems) >= most_problems:
            break
    return found


def _problems(found: Verification, head: ChainHead) -> Iterator[str]:
    position, previous = 0, ""
    for fact in Fact.objects.exclude(position=None).order_by("position").iterator(chunk_size=BATCH):
        found.checked += 1
        expected, position = position + 1, cast(int, fact.position)  # those without a position are left out above
        if position != expected:
            yield f"facts {expected} to {position - 1} are missing"
        elif fact.hash != hash_of(fact, position, previous):
            yield f"fact {position} was changed after it was recorded"
        previous = fact.hash
    if (position, previous) != (head.position, head.hash):
        yield f"the journal ends at {position} but {head.position} facts were sequenced"
