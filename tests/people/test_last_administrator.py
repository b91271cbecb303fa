"""A last day ahead for the last system administrator is refused when it is set, on page, by API and by file, and nothing
changes; unless somebody else will still be one then."""

import datetime

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.actions.employees import end_employment, follow_calendar
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.importing.upserting import upsert_people
from hrportal.people.models import Employee, Employment
from tests.factories.people import EmployeeFactory, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-06-15 10:00:00")]

LAST_DAY = datetime.date(2026, 9, 30)
WORDS = "is the last system administrator"


@pytest.fixture
def boss():
    """The only system administrator."""
    return an_administrator()


def an_administrator(**fields):
    person = EmployeeFactory(**fields)
    Employment.objects.create(employee=person, starts_on=datetime.date(2020, 1, 1))
    make_user(Role.ADMIN, employee=person)
    return person


def stored():
    return list(Employee.objects.order_by("pk").values()), Fact.objects.count()


def days():
    return set(Employee.objects.filter(user__grants__role=Role.ADMIN).values_list("left_on", flat=True))


def by_file(**left_on):
    """Each one's last day, by employee number, as an HRIS sends them."""
    return upsert_people(
        [{"employee_number": number, "left_on": day and day.isoformat()} for number, day in left_on.items()],
        by=None,
        source="hris",
    )


def test_on_the_page(client, boss):
    client.force_login(make_user(Role.HR_LEADER))
    before = stored()

    page = client.post(reverse("people:employee_end", args=[boss.pk]), {"left_on": LAST_DAY, "leave_reason": "other"})

    assert WORDS in page.content.decode()
    assert stored() == before


def test_by_the_api(boss):
    api = APIClient()
    api.force_authenticate(ClientPrincipal("hris", frozenset(Scope.values)))
    before = stored()

    answer = api.post(f"/api/v1/employees/{boss.pk}/end/", {"left_on": LAST_DAY.isoformat()}, format="json")

    assert (answer.status_code, WORDS in answer.json()["detail"]) == (409, True)
    assert stored() == before


def test_by_a_file(boss):
    before = stored()

    [outcome] = by_file(**{boss.employee_number: LAST_DAY})

    assert [error.reason for error in outcome.errors] == ["no system administrator would be left"]
    assert stored() == before


@pytest.mark.parametrize("door", ["action", "file"])
@pytest.mark.parametrize(
    ("others", "is_refused"),
    [
        (LAST_DAY, True),
        (LAST_DAY - datetime.timedelta(1), True),
        (LAST_DAY + datetime.timedelta(1), False),
        (None, False),
    ],
)
def test_another_administrator_has_to_be_here_longer(boss, door, others, is_refused):
    an_administrator(left_on=others)

    if door == "file":
        [outcome] = by_file(**{boss.employee_number: LAST_DAY})
        was_refused = bool(outcome.errors)
    else:
        was_refused = not can_end(boss)

    assert was_refused == is_refused
    assert days() == {others, None if is_refused else LAST_DAY}


def can_end(person) -> bool:
    try:
        end_employment(person, by=None, left_on=LAST_DAY)
    except ActionError:
        return False
    return True


def test_an_account_of_nobody_in_the_company_stays(boss):
    make_user(Role.ADMIN)

    assert can_end(boss)
    later = LAST_DAY + datetime.timedelta(9)
    assert by_file(**{boss.employee_number: later})[0].errors == []
    assert days() == {later}


def test_of_one_file_only_those_stay_whom_nobody_outlasts(boss):
    first, later = an_administrator(), an_administrator()

    found = by_file(
        **{
            boss.employee_number: LAST_DAY,
            first.employee_number: LAST_DAY - datetime.timedelta(30),
            later.employee_number: LAST_DAY + datetime.timedelta(30),
        }
    )

    assert [bool(outcome.errors) for outcome in found] == [False, False, True]
    later.refresh_from_db()
    assert later.left_on is None


def test_a_file_that_repeats_a_last_day_set_before_is_no_news(boss):
    other = an_administrator()
    assert can_end(boss)
    before = stored()

    [outcome] = by_file(**{boss.employee_number: LAST_DAY})
    [refused] = by_file(**{other.employee_number: LAST_DAY})

    assert (outcome.errors, bool(refused.errors)) == ([], True)
    assert stored() == before


def test_once_the_day_has_come_the_last_one_stays_all_the_same(boss):
    other = an_administrator()
    assert can_end(boss)
    other.user.grants.all().delete()

    follow_calendar(today=LAST_DAY + datetime.timedelta(1))

    boss.refresh_from_db()
    assert (boss.status, boss.user.is_active) == (EmploymentStatus.ACTIVE, True)
