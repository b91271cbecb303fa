"""The reporting tree and the tree of units keep their paths, whatever moves where."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrportal.common.actions import ActionError
from hrportal.common.paths import encode
from hrportal.people.actions import create_unit, move_unit, place_employee, rebuild_paths
from hrportal.people.models import Employee, OrgUnit
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_chain

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SIZE = 7
moves = st.lists(st.tuples(st.integers(0, SIZE - 1), st.none() | st.integers(0, SIZE - 1)), max_size=12)
any_day = datetime.date(2026, 1, 1)


def computed_path(employee: Employee) -> str:
    """The path as its definition has it: the manager's, then one's own piece."""
    above = Employee.objects.get(pk=employee.manager_id) if employee.manager_id else None
    return (computed_path(above) if above else "") + encode(employee.pk)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_any_moves_keep_paths_equal_to_their_definition(moves):
    people = [EmployeeFactory() for _ in range(SIZE)]

    for mover, manager in moves:
        try:
            place_employee(
                people[mover], by=None, effective_on=any_day, manager=people[manager] if manager is not None else None
            )
        except ActionError:
            assert manager is not None
            assert people[mover].pk in [*Employee.objects.get(pk=people[manager].pk).manager_ids, people[manager].pk]

    for person in Employee.objects.filter(pk__in=[person.pk for person in people]):
        assert person.path == computed_path(person)


def test_a_ring_is_refused_with_the_names_in_it():
    ada, ben, cleo = make_chain(3)

    with pytest.raises(ActionError, match=f"{ada.name} → {ben.name} → {cleo.name} → {ada.name}"):
        place_employee(ada, by=None, effective_on=any_day, manager=cleo)

    assert Employee.objects.get(pk=ada.pk).manager is None


def test_nobody_is_their_own_manager():
    person = EmployeeFactory()

    with pytest.raises(ActionError):
        place_employee(person, by=None, effective_on=any_day, manager=person)


def test_a_tree_deeper_than_its_column_is_refused_in_words():
    longest = make_chain(40)
    top = EmployeeFactory()

    with pytest.raises(ActionError, match="40 levels"):
        place_employee(longest[0], by=None, effective_on=any_day, manager=top)


def test_moving_a_subtree_takes_the_same_queries_for_one_below_as_for_twenty():
    boss = EmployeeFactory()
    small, large = EmployeeFactory(), EmployeeFactory()
    EmployeeFactory(manager=small)
    EmployeeFactory.create_batch(20, manager=large)

    counts = set()
    for head in (small, large):
        with CaptureQueriesContext(connection) as queries:
            place_employee(head, by=None, effective_on=any_day, manager=boss)
        counts.add(len(queries))

    assert len(counts) == 1


def test_rebuild_paths_mends_rows_written_in_bulk():
    top, middle, bottom = make_chain(3)
    Employee.objects.update(path="")

    assert rebuild_paths() == 3
    assert Employee.objects.get(pk=bottom.pk).manager_ids == [top.pk, middle.pk]
    assert rebuild_paths() == 0


def test_a_unit_moves_with_all_below_it():
    company, division = create_unit(by=None, code="c", name="Company"), create_unit(by=None, code="d", name="Division")
    team = create_unit(by=None, code="t", name="Team", parent=division)

    move_unit(division, by=None, parent=company)

    assert OrgUnit.objects.get(pk=team.pk).path == company.path + encode(division.pk) + encode(team.pk)


def test_a_unit_is_not_put_below_itself():
    above = OrgUnitFactory()
    below = OrgUnitFactory(parent=above)

    with pytest.raises(ActionError, match="ring"):
        move_unit(above, by=None, parent=below)
