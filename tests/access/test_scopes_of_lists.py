"""A list that is taken away through a client holds what the client's scopes open, also where it acts for somebody."""

from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.people.exports import ListKind, all_list_kinds, kind_named
from hrportal.people.models import User
from tests.access.world import EVERY_SCOPE, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def world(settings) -> World:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    return make_world()


def holds(kind: ListKind | None, reader: Any, query: str = "") -> bool:
    """Whether a file would have any line."""
    if kind is None or not kind.is_open_to(reader):
        return False
    with transaction.atomic():
        try:
            return any(True for _row in kind.rows(reader, QueryDict(query)))
        except ActionError:  # not a filter of this list
            return False
        finally:
            transaction.set_rollback(True)  # that flight risks were looked at is noted


def test_who_lent_no_scope_has_nothing_taken_away(world):
    found = {
        (who, kind.name, query)
        for who, user in world.users.items()
        for kind in all_list_kinds()
        for query in ("", "show=all", f"import={world.objects['import'].pk}")
        if holds(kind, ActingPrincipal("x", frozenset(), User.objects.get(pk=user.pk)), query)
    }

    assert found == set()


@pytest.mark.parametrize(
    ("name", "who", "scope"),
    [
        ("people.directory", "employee", "employees:read"),
        ("people.units", "leader", "employees:read"),
        ("people.unit_people", "employee", "employees:read"),
        ("people.imports", "leader", "employees:write"),
        ("people.pending_managers", "leader", "employees:write"),
        ("performance.scales", "leader", "cycles:write"),
        ("performance.templates", "leader", "cycles:write"),
        ("performance.goals_left_lying", "leader", "reviews:read"),
        ("performance.teams_left_lying", "leader", "reviews:read"),
        ("talent.competencies", "employee", "employees:read"),
        ("talent.role_profiles", "employee", "talent:read"),
    ],
)
def test_a_list_takes_the_scope_of_its_operation(world, name, who, scope):
    user, kind = User.objects.get(pk=world.users[who].pk), kind_named(name)

    with_it, without = (ActingPrincipal("x", scopes, user) for scopes in (EVERY_SCOPE, EVERY_SCOPE - {scope}))

    assert [holds(kind, reader) for reader in (with_it, without)] == [True, False]
