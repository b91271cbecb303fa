"""One's calendar at a secret address: one's dates, in words that may stand on any screen, and changes told as changes."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from time_machine import travel

from hrportal.integrations.feeds.actions import make_link
from hrportal.integrations.feeds.models import CalendarLink
from hrportal.journal.models import Fact
from hrportal.people.actions import deactivate_account, reactivate_account
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from performance.enums import MeetingState, ReviewState
from performance.models import Meeting, Objective
from tests.access.world import make_world
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import ImprovementPlanFactory, ObjectiveFactory, OneToOneFactory, ReviewFactory
from tests.factories.retention import FlightRiskFactory

pytestmark = pytest.mark.django_db

QUERIES = 16
SOON = timezone.localdate() + datetime.timedelta(days=9)


def address_of(user) -> str:
    return reverse("calendar:feed", args=[make_link(by=user)[1]])


def events_at(client, address: str) -> dict[str, Calendar]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def talk_of(manager: Employee, employee: Employee, on: datetime.date = SOON) -> Meeting:
    talk, _is_new = Meeting.objects.get_or_create(
        one_to_one=OneToOneFactory(manager=manager, employee=employee),
        state=MeetingState.PLANNED,
        defaults={"slot_on": on, "held_on": on},
    )
    Meeting.objects.filter(pk=talk.pk).update(held_on=on)
    return talk


def test_address_is_shown_once_and_kept_as_a_hash(client):
    user = make_user()
    client.force_login(user)

    page = client.post(reverse("calendar:link_make")).content.decode()

    link = CalendarLink.objects.get()
    assert "/calendar/" in page
    assert link.hash not in page
    assert ".ics" not in client.get(reverse("calendar:link_show")).content.decode()
    fact = Fact.objects.get(topic="feeds.calendar_link_made")
    assert (fact.subject_id, fact.person_id, fact.data) == (link.pk, user.employee_id, {})


def test_calendar_holds_ones_own_dates_in_words_for_any_screen(client):
    manager, employee = make_user(), make_user()
    talk_of(manager.employee, employee.employee)
    review = ReviewFactory(
        employee=employee.employee,
        reviewer=manager.employee,
        state=ReviewState.MANAGER_REVIEW,
        manager_due_on=SOON,
    )
    ObjectiveFactory(owner=manager.employee, title="Cut the secret project", due_on=SOON)

    content = client.get(address_of(manager)).content.decode()

    titles = sorted(str(event["summary"]) for event in Calendar.from_ical(content).walk("VEVENT"))
    assert titles == ["Goal due", f"One-to-one with {employee.employee.name}", "Review due"]
    assert "secret" not in content
    assert f"/performance/reviews/{review.pk}/" in content.replace("\r\n ", "")


def test_calendar_of_each_person_is_theirs_alone(client):
    first, second = make_user(), make_user()
    ObjectiveFactory(owner=first.employee, due_on=SOON)

    assert len(events_at(client, address_of(first))) == 1
    assert events_at(client, address_of(second)) == {}


def test_improvement_plans_and_risks_are_in_no_calendar(client):
    user = make_user(employee=EmployeeFactory(manager=EmployeeFactory()))
    plan = ImprovementPlanFactory(employee=user.employee)
    plan.milestones.update(due_on=SOON)
    FlightRiskFactory(employee=user.employee)

    assert events_at(client, address_of(user)) == {}


def test_same_dates_are_the_same_bytes_and_need_no_second_transfer(client):
    user = make_user()
    ObjectiveFactory(owner=user.employee, due_on=SOON)
    address = address_of(user)
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert client.get(address).content == first.content


def test_a_program_that_asks_by_time_is_told_what_became_different_however_old_its_dates(client, time_machine):
    user = make_user()
    goal = ObjectiveFactory(owner=user.employee, due_on=SOON)
    address = address_of(user)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=1))
    since = {"if-modified-since": client.get(address)["Last-Modified"]}
    time_machine.move_to(timezone.now() + datetime.timedelta(days=1))
    assert client.get(address, headers=since).status_code == 304

    Objective.objects.filter(pk=goal.pk).update(due_on=SOON + datetime.timedelta(days=1))
    changed = client.get(address, headers=since)

    assert changed.status_code == 200
    assert client.get(address, headers={"if-modified-since": changed["Last-Modified"]}).status_code == 304


@pytest.fixture
def limits(settings):
    settings.API_RATE_LIMITS = {"calendar": 2, "wrong_token": 3}
    cache.clear()
    with travel("2026-11-20T09:30:15Z", tick=False):
        yield
    cache.clear()


def test_each_calendar_is_read_so_many_times_a_minute(client, limits):
    first, second = address_of(make_user()), address_of(make_user())

    answers = [client.get(first) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "45"
    assert client.get(second).status_code == 200


def test_whoever_tries_addresses_is_stopped_and_others_at_the_same_place_are_not(client, limits):
    good = address_of(make_user())

    tried = [client.get(f"/calendar/guess{number}.ics").status_code for number in range(4)]

    assert tried == [404, 404, 404, 429]
    assert client.get(good).status_code == 200
    assert client.get("/calendar/guess.ics", REMOTE_ADDR="10.1.1.1").status_code == 404


def test_moved_date_keeps_its_uid_and_raises_its_sequence(client):
    user = make_user()
    goal = ObjectiveFactory(owner=user.employee, due_on=SOON)
    address = address_of(user)
    (uid, before), *_ = events_at(client, address).items()

    Objective.objects.filter(pk=goal.pk).update(due_on=SOON + datetime.timedelta(days=1))
    after = events_at(client, address)[uid]

    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstart"].dt == SOON + datetime.timedelta(days=1)
    assert after["last-modified"].dt >= before["last-modified"].dt


def test_what_is_off_is_told_as_cancelled_without_its_title_for_a_month(client, time_machine):
    manager, employee = make_user(), make_user()
    talk = talk_of(manager.employee, employee.employee)
    address = address_of(manager)
    (uid,) = events_at(client, address)

    Meeting.objects.filter(pk=talk.pk).update(state=MeetingState.SKIPPED)
    off = events_at(client, address)[uid]

    assert (off["status"], off["summary"], off["sequence"]) == ("CANCELLED", "Cancelled", 1)
    time_machine.move_to(timezone.now() + datetime.timedelta(days=31))
    assert events_at(client, address) == {}


def test_new_address_ends_the_old_one_and_goes_on_with_what_was_told(client):
    user = make_user()
    ObjectiveFactory(owner=user.employee, due_on=SOON)
    old = address_of(user)
    told = events_at(client, old)

    new = address_of(user)

    assert client.get(old).status_code == 404
    assert events_at(client, new) == told


def test_ended_address_answers_nothing(client):
    user = make_user()
    address = address_of(user)
    client.force_login(user)

    client.post(reverse("calendar:link_end"))

    assert client.get(address).status_code == 404
    assert Fact.objects.filter(topic="feeds.calendar_link_ended").count() == 1


@pytest.mark.parametrize("goes", ["account closed", "left"])
def test_address_of_somebody_who_is_gone_answers_nothing(client, goes):
    user = make_user()
    address = address_of(user)

    if goes == "left":
        Employee.objects.filter(pk=user.employee_id).update(status=EmploymentStatus.LEFT)
    else:
        deactivate_account(user, by=make_user())

    assert client.get(address).status_code == 404


def test_account_that_is_opened_again_does_not_bring_its_old_address_back(client):
    user = make_user()
    address = address_of(user)
    deactivate_account(user, by=make_user())

    reactivate_account(user, by=make_user())

    assert client.get(address).status_code == 404
    assert client.get(address_of(user)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_for_one_date_and_for_three(client, django_assert_num_queries, count):
    user = make_user()
    for _number in range(count):
        ObjectiveFactory(owner=user.employee, due_on=SOON)
        talk_of(user.employee, EmployeeFactory())
    address = address_of(user)
    client.get(address)

    with django_assert_num_queries(QUERIES):
        client.get(address)


def test_every_date_leads_to_a_page_its_owner_can_open(client):
    world = make_world()
    for name in ("employee", "manager"):
        user = world.users[name]
        client.force_login(user)
        for event in events_at(client, address_of(user)).values():
            if "url" in event:
                assert client.get(str(event["url"]).partition("localhost:8000")[2]).status_code == 200, event["url"]
