"""Administrators who take the role from each other at the same moment, on PostgreSQL: one is left, and nobody waits in vain."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hrportal.common.actions import ActionError
from hrportal.people.actions import revoke_role
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant
from tests.factories.people import make_user

pytestmark = pytest.mark.services

HANDS = 6


def test_of_administrators_who_take_the_role_from_each_other_one_is_left(committed_db):
    users = [make_user(Role.ADMIN) for _ in range(HANDS)]
    barrier = Barrier(HANDS)

    def take_from_next(number):
        grant = users[(number + 1) % HANDS].grants.get()
        barrier.wait()
        try:
            return revoke_role(grant, by=users[number])
        except ActionError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        results = list(pool.map(take_from_next, range(HANDS)))

    (refusal,) = [result for result in results if isinstance(result, ActionError)]
    assert "is the last system administrator" in refusal.message
    assert RoleGrant.objects.current().filter(role=Role.ADMIN).count() == 1
