"""Requests of one moment, on PostgreSQL: what somebody wrote is not undone by whoever read before them."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.scim.conftest import make_scim

pytestmark = pytest.mark.services

HANDS = 6


def at_once(step: Callable[[int], int]) -> list[int]:
    """What was answered to hands that all ask at the same moment."""
    barrier = Barrier(HANDS)

    def hand(number):
        barrier.wait()
        try:
            return step(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(hand, range(HANDS)))


def rename(directory, path: str, name: str, version: str) -> int:
    operation = {"op": "replace", "path": "displayName", "value": name}
    answer = directory.ask("PATCH", path, {"Operations": [operation]}, if_match=version)
    assert answer.status_code < 300 or json.loads(answer.content)["status"] == "412"
    return answer.status_code


def test_of_those_who_change_the_same_version_of_a_user_one_does(committed_db):
    directory = make_scim(takes_on_people=True)
    user = directory.new()
    path, version = f"/Users/{user['id']}", user["meta"]["version"]

    answers = at_once(lambda number: rename(directory, path, f"Ada {number}", version))

    assert answers == [200] + [412] * (HANDS - 1)


def test_of_those_who_change_the_same_version_of_a_group_one_does(committed_db):
    directory = make_scim()
    group = directory.post("/Groups", {"displayName": "Readers"})
    path, version = f"/Groups/{group['id']}", group["meta"]["version"]

    answers = at_once(lambda number: rename(directory, path, f"Readers {number}", version))

    assert answers == [204] + [412] * (HANDS - 1)
