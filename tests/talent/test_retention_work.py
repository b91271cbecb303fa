"""Retention plans, stay interviews and exits: the steps, who reads what, and figures that single nobody out."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.paths import encode
from hrportal.home.work import work_of
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.models import Fact, Job
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from hrportal.people.exports import kind_named
from hrportal.people.models import Employee, Employment
from talent.actions.exits import record_exits, review_exit
from talent.actions.retention_plans import (
    add_retention_action,
    close_plans_of_leavers,
    close_retention_plan,
    complete_retention_action,
    edit_retention_plan,
    open_retention_plan,
)
from talent.actions.stay_interviews import (
    cancel_stay_interview,
    hold_stay_interview,
    plan_stay_interview,
    save_stay_template,
    write_stay_interview,
)
from talent.models import Exit, FlightRisk, RetentionAction, RetentionPlan, StayInterview
from talent.retention.cells import FEWEST, cells_of
from talent.retention.figures import exit_report
from talent.retention.jobs import follow_retention
from talent.retention.themes import HalfYear, themes_for
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.retention import (
    ExitFactory,
    FlightRiskFactory,
    FlightRiskOptOutFactory,
    RetentionActionFactory,
    RetentionPlanFactory,
    StayInterviewFactory,
    StayTemplateFactory,
    days_ago,
)
from tests.factories.talent import CalibratedRatingFactory

pytestmark = pytest.mark.django_db

NEXT_WEEK = days_ago(-7)


@pytest.fixture
def unit():
    return OrgUnitFactory(parent=OrgUnitFactory())


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER)


@pytest.fixture
def manager(unit):
    return make_user(employee=EmployeeFactory(org_unit=unit))


@pytest.fixture
def person(manager, unit):
    return EmployeeFactory(org_unit=unit, manager=manager.employee)


def opened(person, leader, **given):
    fields = {"kinds": ["pay", "career"], "aim": "Stays", "owner": leader.employee} | given
    return open_retention_plan(person, by=leader, **fields)


# Plans


def test_a_plan_from_opening_to_its_end(person, leader, manager):
    FlightRiskFactory(employee=person, assessed_on=days_ago(70))
    plan = opened(person, leader)

    action = add_retention_action(
        plan, by=leader, kind="pay", title="Look at the range", owner=manager.employee, due_on=NEXT_WEEK
    )
    complete_retention_action(action, by=manager, note="Looked")
    closed = close_retention_plan(plan, by=leader, outcome="stayed", note="A new role helped")

    assert [datum["kind"] for datum in plan.rested_on_stale] == ["flight_risk"]
    assert (closed.state, closed.closed_on, closed.kinds) == ("stayed", timezone.localdate(), ["career", "pay"])
    assert RetentionAction.objects.get().note == "Looked"
    topics = [
        fact.topic for fact in Fact.objects.filter(person_id=person.pk, topic__contains="retention").order_by("id")
    ]
    assert [topic.removeprefix("talent.retention_") for topic in topics] == [
        "plan_opened",
        "action_added",
        "action_completed",
        "plan_closed",
    ]
    assert all(set(fact.data) <= {"plan"} for fact in Fact.objects.filter(topic__contains="retention"))


def test_what_cannot_be_done_changes_nothing(person, leader, manager):
    plan = opened(person, leader)
    before = RetentionPlan.objects.values().get()
    refused = [
        lambda: opened(person, leader),
        lambda: opened(leader.employee, leader),
        lambda: opened(EmployeeFactory(), leader, kinds=[]),
        lambda: opened(EmployeeFactory(), leader, owner=manager.employee),
        lambda: opened(EmployeeFactory(), leader, aim="  "),
        lambda: add_retention_action(plan, by=leader, kind="pay", title="x", owner=person, due_on=NEXT_WEEK),
        lambda: close_retention_plan(plan, by=leader, outcome="open", note="x"),
        lambda: close_retention_plan(plan, by=leader, outcome="stayed", note=""),
        lambda: edit_retention_plan(plan, by=leader, version=1, owner=manager.employee),
    ]

    for step in refused:
        with pytest.raises(ActionError):
            step()

    assert RetentionPlan.objects.values().get() == before


def test_a_change_on_top_of_an_older_version_is_refused_and_nothing_typed_is_lost(person, leader, client):
    plan = opened(person, leader)
    edit_retention_plan(plan, by=leader, version=1, aim="Another aim")
    with pytest.raises(StaleVersion):
        edit_retention_plan(plan, by=leader, version=1, aim="Mine")
    client.force_login(leader)

    typed = {"version": 1, "kinds": ["pay"], "aim": "My long text", "owner": leader.employee_id}
    url = reverse("talent:retention_plan_edit", args=[plan.pk])
    assert client.get(url).status_code == 200
    page = client.post(url, typed)

    assert page.status_code == 409
    assert "My long text" in page.content.decode()
    assert "Another aim" in page.content.decode()
    assert RetentionPlan.objects.get().aim == "Another aim"
    again = client.post(url, typed | {"version": page.context["form"]["version"].value()})
    assert again.status_code == 302
    assert RetentionPlan.objects.get().aim == "My long text"


def test_the_owner_of_an_action_reads_its_line_and_nothing_else(person, leader, manager, client):
    plan = opened(person, leader, aim="Secret aim")
    action = add_retention_action(
        plan, by=leader, kind="pay", title="Talk about the range", owner=manager.employee, due_on=days_ago(-1)
    )
    client.force_login(manager)

    page = client.get(action.get_absolute_url()).content.decode()
    tasks = [task for section in work_of(manager) for task in section.tasks]
    notice = Notice.objects.get(employee=manager.employee)

    assert "Talk about the range" in page
    for text in (page, str(tasks), str(notice.title)):
        assert person.name not in text
        assert "Secret aim" not in text
    assert [task.title for task in tasks] == ["Talk about the range"]
    assert client.get(notice.url).status_code == 200
    assert client.get(plan.get_absolute_url()).status_code == 404
    assert client.post(action.get_absolute_url(), {"note": "Done so"}).status_code == 302
    assert RetentionAction.objects.get().done_at is not None


def test_the_person_finds_nothing_of_it(person, leader, manager, client):
    own = make_user(employee=person)
    plan = opened(person, leader)
    action = RetentionActionFactory(plan=plan, owner=person)
    talk = StayInterviewFactory(employee=person, interviewer=manager.employee)
    client.force_login(own)

    for url in (plan.get_absolute_url(), action.get_absolute_url(), talk.get_absolute_url()):
        assert client.get(url).status_code == 404
    assert not RetentionAction.objects.visible_to(own).exists()
    assert not StayInterview.objects.visible_to(own).exists()
    follow_retention(Job.objects.create(kind="x", title="x"))
    assert not Notice.objects.filter(employee=person).exists()
    assert work_of(own) == []


def test_what_is_overdue_is_told_once(person, leader, manager):
    plan = opened(person, leader, due_on=days_ago(1))
    RetentionActionFactory(plan=plan, owner=manager.employee, due_on=days_ago(1))
    StayInterviewFactory(employee=person, interviewer=manager.employee, planned_on=days_ago(1))
    job = Job.objects.create(kind="x", title="x")

    follow_retention(job)
    told = Notice.objects.count()
    follow_retention(job)

    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert {f"talent.{name}_overdue" for name in ("retention_action", "retention_plan", "stay_interview")} <= kinds
    assert Notice.objects.count() == told


def test_a_leaver_closes_the_plan_once(person, leader):
    opened(person, leader)
    assert close_plans_of_leavers([person.pk]) == 0
    Employee.objects.filter(pk=person.pk).update(status="left", left_on=days_ago(1))

    assert (close_plans_of_leavers([person.pk]), close_plans_of_leavers([person.pk])) == (1, 0)
    assert RetentionPlan.objects.get().state == "left"


# Stay interviews


def test_a_talk_from_planning_to_what_came_up(person, leader, manager, unit):
    template = save_stay_template(None, by=leader, name="Stay", questions=["What keeps you?", " ", "What else?"])
    talk = plan_stay_interview(person, by=leader, interviewer=manager.employee, template=template, planned_on=NEXT_WEEK)
    save_stay_template(template, by=leader, name="Stay", questions=["Changed"])

    written = write_stay_interview(talk, by=manager, version=1, answers=["The team"], notes="Calm")
    again = write_stay_interview(talk, by=manager, version=1, answers=["The team"], notes="Calm")
    held = hold_stay_interview(talk, by=manager, themes=["team", "pay", "team"])

    assert talk.questions == ["What keeps you?", "What else?"]
    assert (written.answers, written.revision, again.revision) == (["The team", ""], 2, 2)
    assert (held.state, held.themes, held.org_unit) == ("held", ["pay", "team"], unit)
    assert held.finished_on == timezone.localdate()
    for late in (
        lambda: write_stay_interview(talk, by=manager, version=3, answers=["x"], notes=""),
        lambda: hold_stay_interview(talk, by=manager, themes=["pay"]),
        lambda: cancel_stay_interview(talk, by=leader),
    ):
        with pytest.raises(ActionError):
            late()


def test_two_who_write_lose_nothing(person, leader, manager, client):
    talk = StayInterviewFactory(employee=person, interviewer=manager.employee)
    write_stay_interview(talk, by=leader, version=1, answers=["From HR", ""], notes="")
    client.force_login(manager)
    typed = {"version": 1, "answer_0": "From the manager", "answer_1": "", "notes": ""}

    saved = client.post(reverse("talent:stay_interview_save", args=[talk.pk]), typed)
    page = client.post(reverse("talent:stay_interview_write", args=[talk.pk]), typed)

    assert (saved.status_code, saved.json()["theirs"]["answer_0"]) == (409, "From HR")
    assert page.status_code == 409
    assert "From the manager" in page.content.decode()
    assert StayInterview.objects.get().answers == ["From HR", ""]
    half = client.post(reverse("talent:stay_interview_save", args=[talk.pk]), {"version": 2, "notes": "Only this"})
    assert half.status_code == 200
    assert (StayInterview.objects.get().answers, StayInterview.objects.get().notes) == (["From HR", ""], "Only this")


def test_a_talk_is_read_by_who_held_it_and_by_hr(person, leader, manager, unit):
    talk = StayInterviewFactory(employee=person, interviewer=manager.employee)
    others = [
        make_user(Role.EXECUTIVE, unit=unit),
        make_user(Role.HRBP, unit=OrgUnitFactory()),
        make_user(employee=EmployeeFactory(manager=manager.employee, org_unit=unit)),
    ]

    readers = [leader, manager, make_user(Role.HRBP, unit=unit)]

    assert all(talk in StayInterview.objects.visible_to(user) for user in readers)
    assert not any(talk in StayInterview.objects.visible_to(user) for user in others)


def test_a_talk_without_words_or_themes_is_not_finished(person, manager):
    talk = StayInterviewFactory(employee=person, interviewer=manager.employee)
    with pytest.raises(ActionError):
        hold_stay_interview(talk, by=manager, themes=["pay"])
    write_stay_interview(talk, by=manager, version=1, answers=["Something"])
    with pytest.raises(ActionError):
        hold_stay_interview(talk, by=manager, themes=[])

    assert StayInterview.objects.get().state == "planned"


LAST = HalfYear.of(timezone.localdate()).before


def held(unit, themes=("pay",), **given):
    person = given.pop("person", None) or EmployeeFactory(org_unit=unit)
    return StayInterviewFactory(
        employee=person, state="held", org_unit=unit, themes=list(themes), finished_on=LAST.ends_on, **given
    )


def shown_to(user):
    return {
        row.unit: (row.people, [(it.theme, it.count) for it in row.themes])
        for row in themes_for(user, timezone.localdate())[0].units
    }


def test_units_with_fewer_than_three_are_added_to_the_unit_above(leader):
    top = OrgUnitFactory()
    large, small, lone = (OrgUnitFactory(parent=top) for _ in range(3))
    for unit, count in ((large, 3), (small, 2), (lone, 1)):
        for _time in range(count):
            held(unit)

    assert shown_to(leader) == {large: (3, [("pay", 3)]), top: (3, [("pay", 3)])}


def test_a_reader_gets_a_sum_whole_or_not_at_all(leader, unit):
    for _time in range(2):
        held(unit)
    own = held(unit, person=leader.employee)
    partner, elsewhere = make_user(Role.HRBP, unit=unit), make_user(Role.HRBP, unit=OrgUnitFactory())

    assert shown_to(leader) == {}
    assert shown_to(elsewhere) == {}
    assert shown_to(partner) in ({unit: (3, [("pay", 3)])}, {})
    assert own.employee == leader.employee


def test_a_talk_of_the_running_half_year_shows_nowhere(leader, unit):
    for _time in range(3):
        StayInterviewFactory(
            employee=EmployeeFactory(org_unit=unit),
            state="held",
            org_unit=unit,
            themes=["pay"],
            finished_on=timezone.localdate(),
        )

    assert shown_to(leader) == {}


PATHS = st.lists(st.integers(1, 3), min_size=1, max_size=4).map(lambda ids: "".join(encode(number) for number in ids))


@given(people=st.dictionaries(st.integers(1, 60), PATHS, max_size=40), added=PATHS)
def test_no_cell_and_no_difference_of_cells_is_about_fewer(people, added):
    cells = cells_of(people)

    seen = [person for cell in cells.values() for person in cell]
    assert len(seen) == len(set(seen))
    assert all(len(cell) >= FEWEST for cell in cells.values())
    assert all(people[person].startswith(path) for path, cell in cells.items() for person in cell)
    top = {path[:6] for path in people.values()}
    left_over = people.keys() - set(seen)
    assert all(sum(people[person].startswith(root) for person in left_over) < FEWEST for root in top)


# Exits


def gone(unit, left_on=None, **given):
    return EmployeeFactory(
        org_unit=unit, status="left", left_on=left_on or days_ago(10), leave_reason="voluntary", **given
    )


def test_an_exit_knows_what_was_known(unit):
    seen, unseen, late, early = (gone(unit) for _ in range(4))
    FlightRiskFactory(employee=seen, likelihood="medium", assessed_on=days_ago(100), replaced_at=timezone.now())
    FlightRiskFactory(employee=seen, version=2, likelihood="low", assessed_on=days_ago(20))
    FlightRiskFactory(employee=late, assessed_on=days_ago(5))
    FlightRiskFactory(employee=early, assessed_on=days_ago(200))
    RetentionPlanFactory(employee=unseen, opened_on=days_ago(90))
    CalibratedRatingFactory(profile__employee=seen, value=4)

    assert record_exits([seen.pk, unseen.pk, late.pk, early.pk]) == 4

    found = {row.employee: (row.was_strong, row.seen_coming, row.had_plan) for row in Exit.objects.all()}
    assert found == {
        seen: (True, True, False),
        unseen: (None, False, True),
        late: (None, False, False),
        early: (None, False, False),
    }


def test_one_exit_for_each_leaving(unit):
    person = gone(unit)
    assert [record_exits([person.pk]) for _ in range(2)] == [1, 0]

    Employee.objects.filter(pk=person.pk).update(left_on=days_ago(8), leave_reason="retirement")
    assert record_exits([person.pk]) == 0
    assert (Exit.objects.get().left_on, Exit.objects.get().leave_reason) == (days_ago(8), "retirement")

    Employment.objects.create(employee=person, starts_on=days_ago(6), ends_on=days_ago(2))
    Employee.objects.filter(pk=person.pk).update(left_on=days_ago(2))
    assert record_exits([person.pk]) == 1
    assert Exit.objects.count() == 2


def test_the_daily_job_finds_those_nobody_recorded(unit):
    gone(unit)
    gone(unit, left_on=days_ago(-5))
    EmployeeFactory(org_unit=unit)
    job = Job.objects.create(kind="x", title="x")

    assert [follow_retention(job)["exits"] for _ in range(2)] == [1, 0]


def test_where_flight_risk_is_turned_off_nobody_can_say_who_was_seen_coming(unit, leader):
    before, after = gone(unit), gone(unit)
    FlightRiskFactory(employee=before, assessed_on=days_ago(30))
    record_exits([before.pk])
    FlightRiskOptOutFactory(org_unit=unit)
    record_exits([after.pk])

    seen = {row.employee: row.foreseen for row in Exit.objects.visible_to(leader)}
    tally = exit_report(leader, None, timezone.localdate()).total

    assert seen == {before: None, after: None}
    assert (tally.own_will, tally.foreseeable, tally.foreseen, tally.seen_coming) == (2, 0, 0, None)
    assert Exit.objects.get(employee=after).seen_coming is None


def test_hr_reviews_an_exit_and_may_say_it_again(unit, leader):
    row = ExitFactory(employee=gone(unit))

    review_exit(row, by=leader, is_regretted=True, note="An offer", themes=["offer"])
    row = review_exit(row, by=leader, is_regretted=False, note="It was time")

    assert (row.is_regretted, row.review_note, row.themes) == (False, "It was time", [])
    with pytest.raises(ActionError):
        review_exit(row, by=leader, is_regretted=True, note=" ")


def test_figures_can_be_counted_by_hand(unit, leader):
    today = timezone.localdate()
    start = exit_report(leader, None, today).quarters[-1].starts_on
    for _time in range(3):
        CalibratedRatingFactory(
            profile__employee=EmployeeFactory(org_unit=unit, hired_on=datetime.date(2015, 1, 1)), value=5
        )
    CalibratedRatingFactory(
        profile__employee=EmployeeFactory(org_unit=unit, hired_on=datetime.date(2015, 1, 1)), value=3
    )
    lost = gone(unit, left_on=max(start, days_ago(0)), hired_on=datetime.date(2015, 1, 1))
    ExitFactory(employee=lost, left_on=lost.left_on, org_unit=unit, was_strong=True, seen_coming=True, had_plan=False)
    other = gone(unit, left_on=lost.left_on)
    ExitFactory(employee=other, left_on=other.left_on, org_unit=unit, was_strong=False, seen_coming=False)
    ExitFactory(left_on=lost.left_on, org_unit=unit, leave_reason="retirement", seen_coming=False)

    report = exit_report(leader, unit, today)
    quarter = report.quarters[-1]

    assert (report.total.left, report.total.own_will, report.total.strong_lost) == (3, 2, 1)
    assert (report.total.foreseen, report.total.foreseeable, report.total.planned) == (1, 2, 0)
    assert quarter.strong_at_start == 4
    assert (quarter.kept.successes, quarter.kept.n) == (3, 4)
    assert quarter.kept.low < 0.75 < quarter.kept.high
    assert exit_report(leader, OrgUnitFactory(), today).total.left == 0


@pytest.mark.parametrize(
    ("scopes", "rated_high", "lost"),
    [({"retention:read", "ratings:read"}, True, {0, 1}), ({"retention:read"}, None, {None})],
)
def test_who_was_rated_high_is_told_with_the_scope_for_ratings_only(unit, scopes, rated_high, lost):
    ExitFactory(employee=gone(unit), org_unit=unit, was_strong=True)
    client, api = ClientPrincipal("t", frozenset(scopes)), APIClient()
    api.force_authenticate(client)

    [row] = api.get("/api/v1/exits/").json()["results"]
    report = api.get("/api/v1/exits/report/").json()

    assert row["was_strong"] is rated_high
    assert column_of("talent.exits", "Rated high", client) == {"Yes" if rated_high else None}
    assert {quarter["tally"]["strong_lost"] for quarter in report["quarters"]} == lost
    assert column_of("talent.exit_quarters", "High performers lost", client) == lost


def test_nobody_narrows_exits_by_ratings_they_may_not_read(unit):
    ExitFactory(employee=gone(unit), org_unit=unit, was_strong=True)
    client = ClientPrincipal("t", frozenset({"retention:read"}))

    with pytest.raises(ActionError, match="right to read ratings"):
        kind_named("talent.exits").rows(client, QueryDict("strong=True"))


def column_of(name, title, reader):
    """What stands in a column of a file."""
    kind = kind_named(name)
    [column] = [column for column in kind.columns() if str(column.title) == title]
    return {column.value(row) for row in kind.rows(reader, QueryDict())}


def test_an_exit_of_ones_own_is_in_no_figure(leader, unit):
    ExitFactory(employee=leader.employee, org_unit=unit)

    assert exit_report(leader, None, timezone.localdate()).total.left == 0
    assert not Exit.objects.visible_to(leader).exists()


def test_pages_cost_the_same_for_one_and_for_three(client, leader, unit, manager):
    client.force_login(leader)
    template = StayTemplateFactory()
    counts = []
    for number in (1, 2):
        for _time in range(number):
            person = EmployeeFactory(org_unit=unit, manager=manager.employee)
            held(unit, person=person, template=template, interviewer=manager.employee)
            ExitFactory(employee=gone(unit, manager=manager.employee), org_unit=unit, manager=manager.employee)
            RetentionActionFactory(
                plan=RetentionPlanFactory(employee=person, owner=leader.employee), owner=manager.employee
            )
        for route in ("retention_plan_list", "stay_interview_list", "exit_list", "exit_analysis", "stay_themes"):
            url = reverse(f"talent:{route}")
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.append(len(queries))

    assert counts[:5] == counts[5:]
    assert FlightRisk.objects.count() == 0
