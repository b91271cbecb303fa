"""Preparing a session: what it is about, what is missing before it opens, taking it back, and its list."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from calibration.actions import cancel_session, create_session, edit_session, fill_session, open_session
from calibration.forms.sessions import OnePersonField
from calibration.forms.table import AnybodyField
from calibration.models import CalibrationSession, Card, Recusal
from calibration.sessions.preparation import Preparation
from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.models import Employee
from performance.models import GuidelineShare, Review
from tests.factories.calibration import ParticipantFactory, SessionFactory, open_board, submitted_review
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.timedelta(days=-1)


def url(name, *args):
    return reverse(f"calibration:{name}", args=args)


def codes(session, user) -> set[str]:
    return {finding.code for finding in Preparation(session, user).findings}


# What a session is about


def test_a_session_is_about_the_reviews_that_meet_all_it_names():
    cycle, unit, head = ReviewCycleFactory(), OrgUnitFactory(), EmployeeFactory()
    job = JobFactory(family="Engineering", level=4)
    inside = submitted_review(cycle, employee=EmployeeFactory(manager=head), org_unit=unit, job=job)
    submitted_review(cycle, org_unit=unit, job=job)
    submitted_review(cycle, employee=EmployeeFactory(manager=head), org_unit=OrgUnitFactory(), job=job)
    other_level = JobFactory(family="Engineering", level=5)
    submitted_review(cycle, employee=EmployeeFactory(manager=head), org_unit=unit, job=other_level)

    session = create_session(
        by=None, cycle=cycle, name="Few", org_unit=unit, head=head, job_family="Engineering", job_level=4
    )

    assert list(session.reviews()) == [inside]


def test_who_makes_a_session_owns_it():
    leader = make_user("hrleader")

    session = create_session(by=leader, cycle=ReviewCycleFactory(), name="Mine")

    assert session.owner == leader.employee


def test_what_a_session_is_about_changes_only_before_anything_lies_on_its_board():
    cycle, unit = ReviewCycleFactory(), OrgUnitFactory()
    submitted_review(cycle, org_unit=unit)
    session = SessionFactory(cycle=cycle)
    edit_session(session, by=None, org_unit=unit)
    fill_session(session, by=None)

    with pytest.raises(ActionError) as refused:
        edit_session(session, by=None, org_unit=None, name="Wider")

    session.refresh_from_db()
    assert refused.value.field == "org_unit"
    assert (session.org_unit, session.name == "Wider") == (unit, False)


def test_answers_before_the_meeting_are_due_before_the_session():
    today = timezone.localdate()

    with pytest.raises(ActionError) as refused:
        create_session(
            by=None,
            cycle=ReviewCycleFactory(),
            name="Hurried",
            due_on=today,
            pre_read_due_on=today + datetime.timedelta(days=1),
        )

    assert refused.value.field == "pre_read_due_on"
    assert not CalibrationSession.objects.exists()


def test_hr_makes_and_edits_a_session_with_all_of_it(browse):
    cycle, unit = ReviewCycleFactory(), OrgUnitFactory()
    job = JobFactory(family="Engineering", level=4)
    submitted_review(cycle, org_unit=unit, job=job)
    above = SessionFactory(cycle=cycle, org_unit=unit)
    facilitator, second, guest = EmployeeFactory(), EmployeeFactory(), EmployeeFactory()
    client = browse(make_user("hrleader"))
    data = {
        "cycle": cycle.pk,
        "name": "Engineers",
        "org_unit": unit.code,
        "job_family": "Engineering",
        "job_level": 4,
        "parent": above.pk,
        "facilitator": facilitator.employee_number,
        "co_facilitator": second.work_email,
        "participants": guest.employee_number,
        "due_on": "2027-01-31",
        "pre_read_due_on": "2027-01-20",
        "rounding": "up",
    }

    made = client.post(url("session_create"), data)
    session = CalibrationSession.objects.get(name="Engineers")
    form = client.get(url("session_edit", session.pk))
    changed = {"name": "All engineers", "co_facilitator": "", "due_on": "2027-02-28", "parent": ""}
    edited = client.post(url("session_edit", session.pk), data | changed)

    assert (made.status_code, form.status_code, edited.status_code) == (302, 200, 302)
    session.refresh_from_db()
    assert (session.scope, session.rounding) == ((unit.pk, "Engineering", 4, None), "up")
    assert (session.name, session.parent, session.co_facilitator) == ("All engineers", None, None)
    assert (session.facilitator, session.due_on) == (facilitator, datetime.date(2027, 2, 28))
    assert list(session.participants.values_list("employee", flat=True)) == [guest.pk]


def test_a_refused_session_keeps_what_was_typed(browse):
    cycle = ReviewCycleFactory()
    data = {"cycle": cycle.pk, "name": "Engineers", "facilitator": "nobody-known"}

    page = browse(make_user("hrleader")).post(url("session_create"), data)

    assert page.status_code == 422
    assert "Nobody employed is known as nobody-known." in page.text
    assert 'value="Engineers"' in page.text
    assert not CalibrationSession.objects.exists()


def test_the_form_keeps_what_a_filled_session_is_about(browse):
    session = open_board([3], org_unit=None)

    page = browse(make_user("hrleader")).get(url("session_edit", session.pk))

    assert page.context["form"].fields["org_unit"].disabled
    answer = page.client.post(url("session_edit", session.pk), {"name": "Renamed", "job_family": "Other"})
    session.refresh_from_db()
    assert (answer.status_code, session.name, session.job_family) == (302, "Renamed", "")


# Before the conversation


def test_nothing_is_missing_before_a_session_that_has_it_all():
    cycle = ReviewCycleFactory()
    submitted_review(cycle, 3)
    GuidelineShare.objects.bulk_create(
        GuidelineShare(cycle=cycle, value=value, percent=20)
        for value in cycle.scale.levels.values_list("value", flat=True)
    )
    session = create_session(by=None, cycle=cycle, name="Ready", facilitator=EmployeeFactory())
    fill_session(session, by=None)

    assert codes(session, make_user("hrleader")) == set()


def test_everything_missing_is_named_with_what_to_do():
    cycle, seated = ReviewCycleFactory(), EmployeeFactory()
    submitted_review(cycle, None)
    left = submitted_review(cycle, 3)
    submitted_review(cycle, 3, employee=seated)
    session = SessionFactory(cycle=cycle, due_on=timezone.localdate() + YESTERDAY)
    ParticipantFactory(session=session, employee=seated)
    fill_session(session, by=None)
    SessionFactory(cycle=cycle, parent=session)
    Employee.objects.filter(pk=left.employee_id).update(status="left")
    submitted_review(cycle)
    ReviewFactory(cycle=cycle)
    ReviewFactory(cycle=cycle, reviewer=None)

    found = Preparation(session, make_user("hrleader")).findings

    assert {finding.code for finding in found} == {
        "unrated",
        "leavers",
        "reviewed_here",
        "overdue",
        "waiting",
        "unwritten",
        "unassigned",
        "children",
        "no_facilitator",
        "no_guideline",
    }
    assert all(finding.advice for finding in found)
    assert not any(finding.is_blocking for finding in found)


def test_a_review_in_another_session_and_an_empty_table_are_named():
    cycle, unit = ReviewCycleFactory(), OrgUnitFactory()
    submitted_review(cycle, org_unit=unit)
    fill_session(SessionFactory(cycle=cycle), by=None)
    session = SessionFactory(cycle=cycle, org_unit=unit)

    assert codes(session, make_user("hrleader")) >= {"elsewhere", "nobody_seated", "empty"}


def test_a_guideline_that_does_not_fit_the_scale_is_named():
    cycle = ReviewCycleFactory()
    GuidelineShare.objects.create(cycle=cycle, value=99, percent=100)

    assert "guideline" in codes(SessionFactory(cycle=cycle), make_user("hrleader"))


@pytest.mark.parametrize("hindrance", ["empty", "cycle_over", "leader_gone"])
def test_what_blocks_refuses_the_opening_with_the_same_words_on_page_and_api(hindrance, browse):
    cycle, leader = ReviewCycleFactory(), make_user("hrleader")
    facilitator = EmployeeFactory()
    session = SessionFactory(cycle=cycle, facilitator=facilitator)
    if hindrance != "empty":
        submitted_review(cycle)
        fill_session(session, by=None)
    if hindrance == "cycle_over":
        cycle.state = "completed"
        cycle.save()
    if hindrance == "leader_gone":
        Employee.objects.filter(pk=facilitator.pk).update(status="left")
    api = APIClient()
    api.force_authenticate(leader)
    client = browse(leader)

    page = client.get(url("session_detail", session.pk))
    told = client.post(url("session_open", session.pk), follow=True)
    answer = api.post(f"/api/v1/calibration-sessions/{session.pk}/open/")
    prepared = api.get(f"/api/v1/calibration-sessions/{session.pk}/preparation/").json()

    finding = next(finding for finding in prepared["findings"] if finding["code"] == hindrance)
    assert finding["is_blocking"]
    assert finding["title"] in page.text
    words = f"{finding['title']} {finding['advice']}"
    assert [str(message) for message in told.context["messages"]] == [words]
    assert (answer.status_code, answer.json()["detail"]) == (409, words)
    session.refresh_from_db()
    assert session.state == "preparing"


def test_who_only_takes_part_is_not_told_what_is_missing(browse):
    session = SessionFactory(due_on=timezone.localdate() + YESTERDAY)
    guest = make_user("manager")
    ParticipantFactory(session=session, employee=guest.employee)
    client = browse(guest)

    assert "Before the conversation" not in client.get(url("session_detail", session.pk)).text
    api = APIClient()
    api.force_authenticate(guest)
    assert api.get(f"/api/v1/calibration-sessions/{session.pk}/preparation/").status_code == 403


def test_preparation_counts_nothing_about_those_the_reader_is_kept_from():
    boss = EmployeeFactory()
    leader = make_user("hrleader", employee=EmployeeFactory(manager=boss))
    friend, cycle = EmployeeFactory(), ReviewCycleFactory()
    for person in (boss, leader.employee, friend):
        submitted_review(cycle, employee=person)
    session = SessionFactory(cycle=cycle)
    Recusal.objects.create(session=session, employee=leader.employee, about=friend, reason="A friend")

    before = Preparation(session, leader)
    counts = (before.waiting, before.states, before.elsewhere)
    added = fill_session(session, by=leader)

    after = Preparation(session, leader)
    assert counts == (0, [], 0)
    assert (added, after.waiting, after.on_board, after.states) == (0, 0, 0, [])
    assert session.cards.count() == 3


# Taking it back


def test_a_session_being_prepared_can_be_cancelled_and_its_reviews_go_elsewhere(browse):
    cycle = ReviewCycleFactory()
    review = submitted_review(cycle)
    session = SessionFactory(cycle=cycle)
    fill_session(session, by=None)

    answer = browse(make_user("hrleader")).post(url("session_cancel", session.pk))

    assert answer.url == url("session_list")
    assert not CalibrationSession.objects.exists()
    fact = Fact.objects.get(topic="calibration.session_cancelled")
    assert fact.subject_id == session.pk
    assert fill_session(SessionFactory(cycle=cycle), by=None) == 1
    assert Card.objects.get().review == review


def test_an_open_session_is_not_cancelled():
    session = open_board([3])

    with pytest.raises(ActionError):
        cancel_session(session, by=None)

    assert session.cards.count() == 1


def test_declared_conflicts_keep_a_session():
    session = SessionFactory()
    Recusal.objects.create(session=session, employee=EmployeeFactory(), about=EmployeeFactory(), reason="Married")

    with pytest.raises(ActionError, match="hold for the whole cycle"):
        cancel_session(session, by=None)

    assert CalibrationSession.objects.exists()
    assert Recusal.objects.exists()


# The list


def test_the_list_narrows_by_state_whose_and_above(browse):
    leader = make_user("hrleader")
    above = SessionFactory(name="Above", owner=leader.employee)
    under = SessionFactory(name="Under", parent=above, cycle=above.cycle)
    SessionFactory(name="Late", due_on=timezone.localdate() + YESTERDAY)
    client = browse(leader)

    def listed(**query):
        return [session.name for session in client.get(url("session_list"), query).context["object_list"]]

    assert listed() == ["Late", "Above", "Under"]
    assert listed(state="overdue") == ["Late"]
    assert listed(whose="led") == ["Above", "Under"]
    assert listed(under=above.pk) == ["Above", "Under"]
    assert listed(cycle=under.cycle_id) == ["Above", "Under"]


def test_the_list_shows_how_far_each_board_is_and_counts_those_under_it(browse):
    session = open_board([3, 4])
    above = SessionFactory(cycle=session.cycle)
    CalibrationSession.objects.filter(pk=session.pk).update(parent=above)
    session.cards.filter(pk=session.cards.first().pk).update(is_discussed=True)

    rows = browse(make_user("hrleader")).get(url("session_list")).context["object_list"]

    found = {row.pk: (row.progress.cards, row.progress.discussed, row.progress.percent) for row in rows}
    assert found == {above.pk: (2, 1, 50), session.pk: (2, 1, 50)}


def test_the_list_does_not_count_ones_own_card(browse):
    cycle, leader = ReviewCycleFactory(), make_user("hrleader")
    submitted_review(cycle, employee=leader.employee)
    session = SessionFactory(cycle=cycle)
    fill_session(session, by=None)
    open_session(session, by=None)

    row = browse(leader).get(url("session_list")).context["object_list"][0]

    assert row.progress.cards == 0


def test_the_list_costs_the_same_for_one_session_and_for_three(browse, django_assert_num_queries):
    client = browse(make_user("hrleader"))
    counts = []
    for _ in range(2):
        session = open_board([3, 4], due_on=timezone.localdate(), facilitator=EmployeeFactory())
        SessionFactory(cycle=session.cycle, parent=session)
        with django_assert_num_queries(30, exact=False) as queries:
            client.get(url("session_list"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_page_of_a_session_above_lists_those_under_it(browse):
    session = open_board([3, 4], name="Team", facilitator=EmployeeFactory())
    above = SessionFactory(cycle=session.cycle, name="All")
    CalibrationSession.objects.filter(pk=session.pk).update(parent=above)

    page = browse(make_user("hrleader")).get(url("session_detail", above.pk))

    assert "Sessions under this one" in page.text
    assert url("session_board", session.pk) in page.text
    assert page.context["children"][0].progress.cards == 2


# Over the API


def test_the_api_makes_changes_and_cancels_a_session():
    leader, cycle, guest = make_user("hrleader"), ReviewCycleFactory(), EmployeeFactory()
    api = APIClient()
    api.force_authenticate(leader)

    made = api.post("/api/v1/calibration-sessions/", {"name": "All", "cycle": cycle.pk, "job_level": 4}, format="json")
    path = f"/api/v1/calibration-sessions/{made.json()['id']}/"
    changed = api.patch(path, {"name": "Fours", "participants": [guest.pk], "due_on": "2027-01-31"}, format="json")
    cancelled = api.post(f"{path}cancel/")

    assert made.status_code == 201
    assert made.json()["owner"]["id"] == leader.employee.pk
    answer = changed.json()
    assert (answer["name"], answer["job_level"], answer["due_on"]) == ("Fours", 4, "2027-01-31")
    assert [person["id"] for person in answer["participants"]] == [guest.pk]
    assert cancelled.status_code == 204
    assert not CalibrationSession.objects.exists()


def test_the_api_refuses_another_scope_once_cards_lie_there():
    session, unit = open_board([3]), OrgUnitFactory()
    api = APIClient()
    api.force_authenticate(make_user("hrleader"))

    answer = api.patch(f"/api/v1/calibration-sessions/{session.pk}/", {"org_unit": unit.pk}, format="json")

    session.refresh_from_db()
    assert (answer.status_code, session.org_unit) == (409, None)
    assert Review.objects.get().state == "in_calibration"


@pytest.mark.parametrize("field", [OnePersonField, AnybodyField])
def test_only_people_who_work_here_are_suggested_where_nobody_else_is_taken(client, field):
    here = EmployeeFactory(first_name="Noor", last_name="Haddad")
    EmployeeFactory(first_name="Noor", last_name="Haddad", status=EmploymentStatus.PENDING)
    client.force_login(make_user(Role.HR_LEADER))
    asked = field()

    (line,) = client.get(asked.widget.attrs["hx-get"], {"head": "noor had"}).context["options"]

    assert asked.clean(line[0]) == here
