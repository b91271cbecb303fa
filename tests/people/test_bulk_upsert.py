"""People by request: in any order, in any portions, each once; whoever is wrong is named and keeps nobody out."""

import csv
import datetime
import random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrportal.journal.models import Fact
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.importing import Options, import_employees
from hrportal.people.importing.upserting import upsert_people
from hrportal.people.models import Employee, Employment, PendingManager, User
from tests.factories.people import RoleGrantFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def person(remote: str, boss: str | None = None, **fields):
    given = {"remote_id": remote, "first_name": f"First{remote}", "last_name": f"Last{remote}"}
    return given | ({"manager": {"remote_id": boss}} if boss else {}) | fields


def upsert(*items, **options):
    return upsert_people(items, by=None, **{"source": "hris"} | options)


def kinds(outcomes) -> list[str | None]:
    return ["refused" if outcome.errors else outcome.kind and outcome.kind.value for outcome in outcomes]


def tree() -> dict[str, str | None]:
    return dict(Employee.objects.values_list("employee_number", "manager__employee_number"))


def test_new_people_are_hired_and_twice_is_once():
    items = [person("2", "1", hired_on="2020-01-01", work_email="b@x.org", job="DEV"), person("1", org_unit="HQ")]

    assert kinds(upsert(*items)) == ["hired", "hired"]
    facts = Fact.objects.count()
    assert kinds(upsert(*items)) == [None, None]

    assert (tree(), Fact.objects.count()) == ({"1": None, "2": "1"}, facts)
    ben = Employee.objects.get(remote_id="2")
    assert (ben.source, ben.employee_number, ben.job.code, ben.manager_ids) == ("hris", "2", "DEV", [ben.manager_id])


def test_nobody_who_is_missing_has_left():
    upsert(*[person(str(n)) for n in range(5)])

    assert kinds(upsert(person("1", last_name="New"))) == ["changed"]

    assert not Employee.objects.filter(status=EmploymentStatus.LEFT).exists()


def test_whoever_sends_people_neither_moves_themselves_nor_ends_the_last_administrator():
    upsert(person("me", org_unit="A"), person("boss"), person("other"))
    me, boss = (Employee.objects.get(employee_number=number) for number in ("me", "boss"))
    user = UserFactory(employee=me)
    RoleGrantFactory(user=UserFactory(employee=boss), role=Role.ADMIN)

    found = upsert_people(
        [person("me", org_unit="B"), person("boss", status="left"), person("other", status="left")],
        by=user,
        source="hris",
    )

    assert kinds(found) == ["refused", "refused", "ended"]
    assert [outcome.errors[0].reason for outcome in found[:2]] == [
        "nobody moves or ends themselves: somebody else has to take this in",
        "no system administrator would be left",
    ]
    me.refresh_from_db()
    assert me.org_unit.code == "A"
    assert User.objects.get(employee=boss).is_active


@pytest.mark.parametrize("key", ["remote_id", "employee_number", "work_email"])
def test_a_manager_who_arrives_later_is_waited_for(key):
    boss = person("9", employee_number="E9", work_email="Boss@x.org", hired_on="2019-01-01")
    named = {key: boss[key].lower() if key == "work_email" else boss[key]}
    [early] = upsert(person("1", manager=named, hired_on="2020-03-01"))
    assert early.waits_for_manager
    assert PendingManager.objects.get().value == named[key]

    upsert(boss)

    employee = Employee.objects.get(remote_id="1")
    assert employee.manager.employee_number == "E9"
    assert employee.manager_ids == [employee.manager_id]
    assert list(employee.history.values_list("manager__employee_number", "starts_on")) == [
        ("E9", datetime.date(2020, 3, 1))
    ]
    assert not PendingManager.objects.exists()
    assert kinds(upsert(person("1", manager=named))) == [None]


def test_whoever_is_given_another_manager_waits_no_more():
    upsert(person("1", "9"), person("2"))

    upsert(person("1", "2"))
    upsert(person("9"))

    assert tree() == {"1": "2", "2": None, "9": None}


def test_a_manager_who_would_close_a_ring_is_waited_for_in_vain_and_said_so():
    upsert(person("1", "9"))

    upsert(person("9", "1"))

    assert tree() == {"1": None, "9": "1"}
    assert "ring" in PendingManager.objects.get(employee__remote_id="1").problem


def test_wrong_items_are_named_and_the_others_go_in():
    upsert(person("7", employee_number="E7", work_email="seven@x.org"))
    items = [
        person("1"),
        person("2", work_email="nobody"),
        person("3", shoe_size=44),
        person("4", work_email="SEVEN@x.org"),
        person("1", last_name="Again"),
        {"remote_id": "5", "first_name": "Only"},
        {"first_name": "No", "last_name": "Body"},
        person("7", employee_number="E8"),
        person("8", manager={"id": 0}),
        person("10", manager={"employee_number": "E7", "remote_id": "7"}),
        person("11", hired_on=20200101),
        person("12", hired_on="2020-02-02", left_on="2020-01-01"),
    ]

    outcomes = upsert(*items)

    assert [(o.item.index, error.field) for o in outcomes for error in o.errors] == [
        (1, "work_email"), (2, "shoe_size"), (3, "work_email"), (4, "remote_id"), (5, "last_name"), (6, "remote_id"),
        (7, "employee_number"), (8, "manager"), (9, "manager"), (10, "hired_on"), (11, "left_on"),
    ]  # fmt: skip
    assert sorted(tree()) == ["1", "E7"]


def test_whoever_names_a_refused_manager_goes_in_and_waits():
    outcomes = upsert(person("2", "1"), person("1", work_email="nobody"))
    assert (kinds(outcomes), outcomes[0].waits_for_manager) == (["hired", "refused"], True)

    upsert(person("1"))

    assert tree() == {"1": None, "2": "1"}


def test_null_clears_and_what_is_not_named_stays():
    upsert(person("1", "9", preferred_name="Addy", org_unit="A"), person("9"))

    upsert({"remote_id": "1", "preferred_name": None, "manager": None})

    employee = Employee.objects.get(remote_id="1")
    assert (employee.preferred_name, employee.org_unit.code, employee.manager, employee.last_name) == (
        "",
        "A",
        None,
        "Last1",
    )


def test_leaving_and_coming_back():
    upsert(person("1", hired_on="2020-01-01"))

    assert kinds(upsert({"remote_id": "1", "left_on": "2021-12-31", "leave_reason": "retirement"})) == ["ended"]
    assert kinds(upsert({"remote_id": "1", "hired_on": "2022-02-01", "left_on": None})) == ["returned"]

    assert list(Employment.objects.order_by("starts_on").values_list("starts_on", "ends_on")) == [
        (datetime.date(2020, 1, 1), datetime.date(2021, 12, 31)),
        (datetime.date(2022, 2, 1), None),
    ]


def test_a_team_goes_along_with_a_few_rows_of_many():
    upsert(*[person(str(n), str(n - 1) if n % 10 else None) for n in range(30)])

    upsert(person("11", "5"))

    moved = Employee.objects.get(remote_id="19")
    assert moved.path.startswith(Employee.objects.get(remote_id="5").path)
    ids = dict(Employee.objects.values_list("remote_id", "pk"))
    assert moved.manager_ids == [ids[str(n)] for n in [0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 16, 17, 18]]


def test_queries_do_not_grow_with_items():
    def queries_for(items) -> int:
        with CaptureQueriesContext(connection) as queries:
            upsert(*items)
        return len(queries)

    few = [person(f"a{n}", f"a{n - 1}" if n else None, org_unit="A") for n in range(2)]
    many = [person(f"b{n}", f"b{n // 3}" if n else None, org_unit="A") for n in range(60)]

    hiring_few = queries_for(few)

    assert queries_for(many) <= hiring_few


FORESTS = st.integers(2, 14).flatmap(
    lambda size: st.tuples(
        st.lists(st.integers(0, 10**6), min_size=size, max_size=size), st.randoms(use_true_random=False)
    )
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FORESTS, st.integers(1, 5))
def test_any_order_and_any_portions_give_the_tree_of_one_file(tmp_path, forest, portion):
    seeds, shuffle = forest
    bosses = {str(n): str(seed % n) if n and seed % 7 else None for n, seed in enumerate(seeds)}
    items = [person(n, boss, hired_on="2020-01-01", org_unit="U") for n, boss in bosses.items()]
    with transaction.atomic():
        by_file = _by_file(tmp_path, bosses)
        transaction.set_rollback(True)
    shuffle.shuffle(items)

    with transaction.atomic():
        for start in range(0, len(items), portion):
            upsert(*items[start : start + portion])
        by_request = _what_is_stored()
        transaction.set_rollback(True)

    assert by_request == by_file


def _by_file(folder, bosses):
    file = folder / f"{random.random()}.csv"
    with file.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["employee_number", "first_name", "last_name", "manager_number", "hire_date", "org_unit"])
        writer.writerows([n, f"First{n}", f"Last{n}", boss or "", "2020-01-01", "U"] for n, boss in bosses.items())
    import_employees(Options(file=file), by=None)
    return _what_is_stored()


def _what_is_stored():
    numbers = dict(Employee.objects.values_list("pk", "employee_number"))
    chains = {person.employee_number: [numbers[pk] for pk in person.manager_ids] for person in Employee.objects.all()}
    rows = Employment.objects.values_list(
        "employee__employee_number", "manager__employee_number", "starts_on", "ends_on"
    )
    return chains, set(rows)
