"""Six thousand people under another head: one transaction, seen whole or not at all, and nobody who reads waits for it."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from hrportal.people.actions import place_employee
from hrportal.people.importing.upserting import upsert_people
from hrportal.people.models import Employee

pytestmark = pytest.mark.services

SIZE = 6000


def make_company() -> tuple[Employee, Employee]:
    """Somebody with six thousand below them, and another head."""
    items = [{"remote_id": name, "first_name": name, "last_name": "Head"} for name in ("old", "new", "team")]
    items[2]["manager"] = {"remote_id": "old"}
    for n in range(SIZE):
        boss = "team" if n < 8 else f"p{n // 8 - 1}"
        items.append({"remote_id": f"p{n}", "first_name": "P", "last_name": str(n), "manager": {"remote_id": boss}})
    upsert_people(items, by=None, source="hris")
    return Employee.objects.get(remote_id="team"), Employee.objects.get(remote_id="new")


def read(head_path: str) -> tuple[int, float]:
    """How many a reader finds below the new head, and how long that took; waiting for a lock would be an error."""
    began = time.perf_counter()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")
        found = Employee.objects.filter(path__startswith=head_path).exclude(path=head_path).count()
        list(Employee.objects.with_place()[:50])
    return found, time.perf_counter() - began


def read_until(stop: Event, head_path: str) -> list[tuple[int, float]]:
    met = []
    while not stop.is_set():
        met.append(read(head_path))
    connection.close()
    return met


def test_moving_a_tree_is_seen_whole_and_makes_no_reader_wait(committed_db):
    team, head = make_company()
    read(head.path)
    alone = max(read(head.path)[1] for _ in range(5))
    stop = Event()

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read_until, stop, head.path)
        with transaction.atomic():
            place_employee(team, by=None, effective_on=timezone.localdate(), manager=head)
            time.sleep(0.3)  # keeps the transaction open, with everything written
        time.sleep(0.3)  # lets the reader see what was committed
        stop.set()
        met = reading.result()

    assert {found for found, _seconds in met} == {0, SIZE + 1}
    assert max(seconds for _found, seconds in met) < 1 + 10 * alone
    assert Employee.objects.below(head).count() == SIZE + 1
