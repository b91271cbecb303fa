"""Administrators who take the role from each other, or whose last days are set, at the same moment, on PostgreSQL: one is left,
and nobody waits in vain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from hrportal.common.actions import ActionError
from hrportal.people.actions import end_employment, revoke_role
from hrportal.people.enums import Role
from hrportal.people.models import Employee, RoleGrant
from tests.factories.people import EmployeeFactory, make_user

pytestmark = pytest.mark.services

HANDS = 6


def at_once(step: Callable[[int], object]) -> list[ActionError]:
    """What was refused to hands that all do something at the same moment."""
    barrier = Barrier(HANDS)

    def hand(number):
        barrier.wait()
        try:
            step(number)
        except ActionError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return [refusal for refusal in pool.map(hand, range(HANDS)) if refusal]


def test_of_administrators_who_take_the_role_from_each_other_one_is_left(committed_db):
    users = [make_user(Role.ADMIN) for _ in range(HANDS)]
    grants = [user.grants.get() for user in users]

    (refusal,) = at_once(lambda number: revoke_role(grants[(number + 1) % HANDS], by=users[number]))

    assert "is the last system administrator" in refusal.message
    assert RoleGrant.objects.current().filter(role=Role.ADMIN).count() == 1


def test_of_administrators_whose_last_day_is_set_at_the_same_moment_one_stays(committed_db):
    people = [make_user(Role.ADMIN, employee=EmployeeFactory()).employee for _ in range(HANDS)]
    day = timezone.localdate() + timedelta(days=30)

    (refusal,) = at_once(lambda number: end_employment(people[number], by=None, left_on=day))

    assert "is the last system administrator" in refusal.message
    assert Employee.objects.filter(left_on=None).count() == 1
