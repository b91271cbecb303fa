"""Dates of a cycle under way: copied into each review, moved for those who have the common one, reminded of once."""

import datetime
from collections import Counter
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hrportal.common.actions import ActionError
from hrportal.journal import schedule
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance import actions
from performance.actions.goal_setting import open_writing
from performance.enums import FINISHED, CycleKind, CycleState, ReviewState
from performance.jobs import cycles as cycle_jobs
from performance.models import Review, ReviewCycle
from performance.notices.deadlines import remind
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import (
    ObjectiveFactory,
    RatingScaleFactory,
    ReviewCycleFactory,
    ReviewFactory,
    ReviewTemplateFactory,
    part_of,
    rating_of,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def days(count):
    return TODAY + datetime.timedelta(days=count)


def told(kind):
    return sorted(Notice.objects.filter(kind=f"performance.{kind}").values_list("employee", flat=True))


@pytest.fixture
def a_new_day(deliver_events):
    """What every day brings, as if nothing of today had been started yet."""

    def begin():
        schedule._started.clear()
        schedule.start_daily_jobs()
        deliver_events()

    return begin


# Dates in reviews


def test_each_review_has_the_dates_of_its_launch(deliver_events):
    EmployeeFactory()
    cycle = ReviewCycleFactory(state=CycleState.DRAFT, self_due_on=days(5), manager_due_on=days(9))

    actions.launch_cycle(cycle, by=None)
    deliver_events()

    review = Review.objects.get()
    assert (review.self_due_on, review.manager_due_on) == (days(5), days(9))


def test_who_joins_after_the_dates_gets_days_of_their_own():
    cycle = ReviewCycleFactory(self_due_on=days(-5), manager_due_on=days(-1), days_for_self=7, days_for_manager=3)

    review = actions.add_late_joiner(cycle, EmployeeFactory(), by=None)

    assert (review.self_due_on, review.manager_due_on) == (days(7), days(10))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"self_due_on": days(9), "manager_due_on": days(5)}, "manager_due_on"),
        ({"goals_due_on": days(9), "self_due_on": days(5)}, "self_due_on"),
        ({"writing_opens_on": days(1)}, "goals_due_on"),
        ({"kind": CycleKind.ANNIVERSARY, "self_due_on": days(5)}, "self_due_on"),
        ({"kind": CycleKind.PROBATION}, "months_after_hire"),
    ],
)
def test_settings_that_do_not_go_together_are_refused_at_their_field(fields, field):
    cycle = ReviewCycleFactory(state=CycleState.DRAFT)

    with pytest.raises(ActionError) as refusal:
        actions.edit_cycle(cycle, by=None, **fields)

    assert refusal.value.field == field
    assert ReviewCycle.objects.get() == cycle
    assert ReviewCycle.objects.get().self_due_on is None


# Extension


def test_an_extension_moves_the_common_date_and_leaves_personal_ones():
    cycle = ReviewCycleFactory(self_due_on=days(1), manager_due_on=days(5))
    common = ReviewFactory(cycle=cycle, state="self_assessment", self_due_on=days(1), manager_due_on=days(5))
    personal = ReviewFactory(cycle=cycle, self_due_on=days(1), manager_due_on=days(30))
    done = ReviewFactory(cycle=cycle, state="shared", completed_at=timezone.now(), manager_due_on=days(5))

    actions.extend_cycle(cycle, by=None, reason="Year-end closing", manager_due_on=days(9))

    dates = dict(Review.objects.values_list("pk", "manager_due_on"))
    assert dates == {common.pk: days(9), personal.pk: days(30), done.pk: days(5)}
    cycle.refresh_from_db()
    assert cycle.manager_due_on == days(9)
    made = cycle.extensions.get()
    assert (made.reason, made.dates) == (
        "Year-end closing",
        {"manager_due_on": [days(5).isoformat(), days(9).isoformat()]},
    )
    assert told("cycle_extended") == sorted([common.employee_id, common.reviewer_id, personal.reviewer_id])
    assert Fact.objects.get(topic="performance.cycle_extended").data == {}


@pytest.mark.parametrize(
    "change",
    [
        {"manager_due_on": days(3), "reason": "Earlier"},
        {"manager_due_on": days(9), "reason": " "},
        {"manager_due_on": days(5), "reason": "The same"},
        {"self_due_on": days(6), "reason": "After the manager’s"},
        {"calibration_due_on": days(-1), "reason": "In the past"},
    ],
)
def test_an_extension_that_would_harm_is_refused_and_changes_nothing(change):
    cycle = ReviewCycleFactory(self_due_on=days(1), manager_due_on=days(5))
    review = ReviewFactory(cycle=cycle, self_due_on=days(1), manager_due_on=days(5))

    with pytest.raises(ActionError):
        actions.extend_cycle(cycle, by=None, **change)

    review.refresh_from_db()
    cycle.refresh_from_db()
    assert (
        (review.self_due_on, review.manager_due_on) == (cycle.self_due_on, cycle.manager_due_on) == (days(1), days(5))
    )
    assert not Notice.objects.exists()


class ExtensionProperties(TestCase):
    @given(
        own=st.lists(st.integers(0, 40), min_size=1, max_size=4),
        moves=st.lists(st.integers(-5, 40), min_size=1, max_size=4),
    )
    @settings(suppress_health_check=list(HealthCheck))
    def test_whatever_is_extended_no_date_of_a_review_moves_back(self, own, moves):
        cycle = ReviewCycleFactory(manager_due_on=days(10))
        reviews = [ReviewFactory(cycle=cycle, manager_due_on=days(10 + offset)) for offset in own]
        personal = {review.pk: review.manager_due_on for review in reviews if review.manager_due_on != days(10)}
        before = {review.pk: review.manager_due_on for review in reviews}
        for move in moves:
            try:
                actions.extend_cycle(cycle, by=None, reason="More time", manager_due_on=days(10 + move))
            except ActionError:
                continue

        after = dict(cycle.reviews.values_list("pk", "manager_due_on"))
        cycle.refresh_from_db()
        assert all(after[pk] >= day for pk, day in before.items())
        follows = [pk for pk in after if pk not in personal]
        assert all(after[pk] == cycle.manager_due_on for pk in follows)


# Goal setting


@pytest.fixture
def agreeing():
    return ReviewCycleFactory(goals_due_on=days(5), self_due_on=days(50), manager_due_on=days(60))


def test_a_cycle_with_goals_to_agree_opens_its_reviews_before_the_writing(agreeing):
    boss = EmployeeFactory()

    review = actions.add_late_joiner(agreeing, EmployeeFactory(manager=boss), by=None)

    assert review.state == ReviewState.GOAL_SETTING
    assert told("goals_to_agree") == [review.employee_id]


def test_agreeing_takes_an_active_goal_of_the_period(agreeing):
    review = ReviewFactory(cycle=agreeing, state="goal_setting")
    ObjectiveFactory(owner=review.employee, starts_on=datetime.date(2025, 1, 1), due_on=datetime.date(2025, 12, 31))
    with pytest.raises(ActionError):
        actions.agree_goals(review, by=None)
    assert not Fact.objects.filter(topic="performance.goals_agreed").exists()

    ObjectiveFactory(owner=review.employee)
    actions.agree_goals(review, by=None)

    review.refresh_from_db()
    assert review.goals_agreed_at is not None
    assert review.state == ReviewState.GOAL_SETTING


@pytest.mark.parametrize("state", sorted(ReviewState))
def test_the_steps_of_goal_setting_start_from_it_and_nowhere_else(agreeing, state):
    at = {"completed_at": timezone.now()} if state in FINISHED else {}
    review = ReviewFactory(cycle=agreeing, state=state, **at)
    ObjectiveFactory(owner=review.employee)
    is_agreeing = state == ReviewState.GOAL_SETTING

    if is_agreeing:
        actions.agree_goals(review, by=None)
    else:
        with pytest.raises(ActionError):
            actions.agree_goals(review, by=None)
    opened = open_writing(agreeing, [review.pk], by=None)

    review.refresh_from_db()
    assert opened == is_agreeing
    assert review.state == (ReviewState.SELF_ASSESSMENT if is_agreeing else state)
    assert Fact.objects.filter(subject_id=review.pk, topic__startswith="performance.").count() == 2 * is_agreeing


def test_everybody_begins_to_write_when_hr_says_so_agreed_or_not(agreeing, deliver_events):
    waiting, withdrawn = (ReviewFactory(cycle=agreeing, state=state) for state in ("goal_setting", "withdrawn"))

    actions.begin_writing(agreeing, by=None)
    deliver_events()

    assert dict(Review.objects.values_list("pk", "state")) == {waiting.pk: "self_assessment", withdrawn.pk: "withdrawn"}
    assert told("review_opened") == [waiting.employee_id]
    with pytest.raises(ActionError):
        actions.begin_writing(agreeing, by=None)
    late = actions.add_late_joiner(agreeing, EmployeeFactory(), by=None)
    assert late.state == ReviewState.SELF_ASSESSMENT


def test_reviewers_hear_that_the_writing_begins_even_if_its_job_is_killed_at_the_end(agreeing, monkeypatch):
    review = ReviewFactory(cycle=agreeing, state="goal_setting")
    job = actions.begin_writing(agreeing, by=None)
    with monkeypatch.context() as patch:
        patch.setattr(cycle_jobs, "report_progress", Mock(side_effect=OperationalError))
        with pytest.raises(OperationalError):
            cycle_jobs.begin_writing(job)

    cycle_jobs.begin_writing(job)

    assert told("reviews_to_write") == [review.reviewer_id]


def test_the_writing_begins_by_itself_on_its_day(a_new_day):
    due, later = (
        ReviewFactory(
            state="goal_setting", cycle=ReviewCycleFactory(goals_due_on=days(-9), writing_opens_on=days(offset))
        )
        for offset in (0, 1)
    )

    a_new_day()

    assert dict(Review.objects.values_list("pk", "state")) == {due.pk: "self_assessment", later.pk: "goal_setting"}


# Going on without


def test_late_self_assessments_are_skipped_where_the_cycle_says_so(a_new_day):
    skips, waits = (ReviewCycleFactory(skips_late_self_assessments=it) for it in (True, False))
    late = ReviewFactory(cycle=skips, state="self_assessment", self_due_on=days(-1))
    in_time = ReviewFactory(cycle=skips, state="self_assessment", self_due_on=days(0))
    waiting = ReviewFactory(cycle=waits, state="self_assessment", self_due_on=days(-1))

    a_new_day()

    states = dict(Review.objects.values_list("pk", "state"))
    assert states == {late.pk: "manager_review", in_time.pk: "self_assessment", waiting.pk: "self_assessment"}
    assert part_of(late, "self").submitted_at is None


def test_one_review_that_moved_on_does_not_hold_up_the_others(deliver_events):
    cycle = ReviewCycleFactory()
    rating = rating_of(cycle, 3)
    first, second = (
        ReviewFactory(cycle=cycle, state="completed", completed_at=timezone.now(), final_rating=rating) for _ in "12"
    )
    job = actions.share_cycle(cycle, by=None)
    actions.reopen_review(first, by=None, reason="Correct it")

    deliver_events()

    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"shared": 1})
    assert dict(Review.objects.values_list("pk", "state")) == {first.pk: "manager_review", second.pk: "shared"}


# Personal calendars


def test_a_probation_cycle_opens_reviews_day_by_day_and_each_once(a_new_day, deliver_events):
    cycle = ReviewCycleFactory(
        state=CycleState.DRAFT,
        kind=CycleKind.PROBATION,
        months_after_hire=6,
        starts_on=days(-100),
        ends_on=days(300),
        opens_days_before=10,
        is_calibrated=False,
    )
    near = EmployeeFactory(hired_on=days(-180))
    EmployeeFactory(hired_on=days(-60))

    actions.launch_cycle(cycle, by=None)
    deliver_events()
    a_new_day()

    review = Review.objects.get()
    assert review.employee == near
    assert (review.manager_due_on - review.self_due_on).days == cycle.days_for_manager
    assert told("review_opened") == [near.pk]


def test_a_personal_cycle_is_not_complete_while_people_may_still_come():
    cycle = ReviewCycleFactory(kind=CycleKind.ANNIVERSARY, ends_on=days(100))
    over = ReviewCycleFactory(kind=CycleKind.ANNIVERSARY, starts_on=days(-100), ends_on=days(-1))
    for each in (cycle, over):
        review = ReviewFactory(cycle=each, state="calibrated")
        actions.complete_reviews({review.pk: rating_of(each, 3).pk}, by=None)

    assert dict(ReviewCycle.objects.values_list("pk", "state")) == {cycle.pk: "open", over.pk: "completed"}


def test_everyone_who_came_into_the_population_is_added_at_once(deliver_events):
    cycle = ReviewCycleFactory()
    there = ReviewFactory(cycle=cycle)
    boss = there.reviewer
    ReviewFactory(cycle=cycle, employee=boss, reviewer=None)
    new = EmployeeFactory(manager=boss)

    job = actions.add_missing_people(cycle, by=None)
    deliver_events()

    job.refresh_from_db()
    assert job.result == {"reviews": 1}
    assert told("review_opened_late") == [new.pk]
    assert told("reviews_to_write") == [boss.pk]
    with pytest.raises(ActionError):
        actions.add_missing_people(cycle, by=None)


# Following cycles


def test_a_clone_has_every_setting_and_dates_one_period_later():
    unit, person = OrgUnitFactory(), EmployeeFactory()
    cycle = actions.create_cycle(
        by=None,
        name="Year 2026",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 12, 31),
        template=ReviewTemplateFactory(),
        scale=RatingScaleFactory(),
        guideline={3: 100},
        org_units=[unit],
        excluded_people=[person],
        job_families=["Sales"],
        self_due_on=datetime.date(2027, 1, 31),
        remind_days_before=5,
        unrated_parts="block",
    )

    clone = actions.clone_cycle(cycle, by=None)

    assert (clone.name, clone.state, clone.cloned_from) == ("Year 2027", CycleState.DRAFT, cycle)
    assert (clone.starts_on, clone.ends_on) == (datetime.date(2027, 1, 1), datetime.date(2027, 12, 31))
    assert clone.self_due_on == datetime.date(2028, 1, 31)
    assert (clone.remind_days_before, clone.unrated_parts, clone.job_families) == (5, "block", ["Sales"])
    assert (list(clone.org_units.all()), list(clone.excluded_people.all())) == ([unit], [person])
    assert dict(clone.guideline.values_list("value", "percent")) == {3: 100}


def test_a_launched_cycle_is_cloned_with_the_masters_it_came_from(deliver_events):
    EmployeeFactory()
    template = ReviewTemplateFactory()
    cycle = ReviewCycleFactory(state=CycleState.DRAFT, template=template)
    actions.launch_cycle(cycle, by=None)
    deliver_events()
    cycle.refresh_from_db()

    assert actions.clone_cycle(cycle, by=None).template == template
    actions.archive_master(template, by=None)
    other = actions.clone_cycle(ReviewCycle.objects.get(pk=cycle.pk), by=None)

    assert other.template not in (template, cycle.template)
    assert not other.template.is_copy
    assert other.template.sections.count() == template.sections.count()


def test_a_repeating_cycle_is_followed_once_and_hands_the_baton_on(a_new_day):
    EmployeeFactory()
    cycle = ReviewCycleFactory(starts_on=days(-30), ends_on=days(-1), repeats=True, is_calibrated=False)
    leader = make_user(Role.HR_LEADER)

    a_new_day()
    a_new_day()

    following = cycle.clones.get()
    cycle.refresh_from_db()
    assert (cycle.repeats, following.repeats, following.state) == (False, True, CycleState.OPEN)
    assert following.starts_on == TODAY
    assert told("next_cycle_launched") == [leader.employee_id]


def test_what_cannot_be_launched_stays_a_draft_that_hr_is_told_of(a_new_day):
    cycle = ReviewCycleFactory(
        starts_on=days(-30), ends_on=days(-1), repeats=True, hired_until=datetime.date(1970, 1, 1)
    )
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory(hired_on=days(-5)))

    a_new_day()

    assert cycle.clones.get().state == CycleState.DRAFT
    assert told("next_cycle_launched") == [leader.employee_id]


def test_a_row_of_cycles_is_stopped_with_one_step(a_new_day):
    cycle = ReviewCycleFactory(starts_on=days(-30), ends_on=days(-1), repeats=True)

    actions.stop_repeating(cycle, by=None)
    a_new_day()

    assert not cycle.clones.exists()
    with pytest.raises(ActionError):
        actions.stop_repeating(cycle, by=None)


# Reminders


def test_a_reviewer_is_told_once_for_all_reviews_of_a_day():
    boss = EmployeeFactory()
    cycle = ReviewCycleFactory(remind_days_before=3)
    for due in (2, 2, 2, 10):
        ReviewFactory(cycle=cycle, employee=EmployeeFactory(manager=boss), manager_due_on=days(due))

    remind(cycle, TODAY)
    remind(cycle, TODAY)

    assert [notice.title for notice in Notice.objects.all()] == [f"Reviews of “{cycle.name}” that are due soon: 3"]


def test_what_is_late_is_told_to_its_writer_and_after_days_to_the_next_above():
    top = EmployeeFactory()
    boss = EmployeeFactory(manager=top)
    cycle = ReviewCycleFactory(escalate_days_after=3)
    ReviewFactory(cycle=cycle, employee=EmployeeFactory(manager=boss), manager_due_on=TODAY)

    remind(cycle, days(1))
    assert (told("reviews_late"), told("reviews_escalated")) == ([boss.pk], [])
    remind(cycle, days(3))
    remind(cycle, days(4))

    assert (told("reviews_late"), told("reviews_escalated")) == ([boss.pk], [top.pk])


def test_nobody_is_told_that_their_own_review_is_late_with_their_reviewer():
    boss = EmployeeFactory()
    reviewer = EmployeeFactory(manager=boss)
    cycle = ReviewCycleFactory(escalate_days_after=0)
    ReviewFactory(cycle=cycle, employee=boss, reviewer=reviewer, manager_due_on=days(-1))

    remind(cycle, TODAY)

    assert told("reviews_escalated") == []


def test_reviews_nobody_is_there_to_write_are_told_to_the_hr_of_their_people():
    unit = OrgUnitFactory()
    cycle = ReviewCycleFactory()
    ReviewFactory(cycle=cycle, employee=EmployeeFactory(org_unit=unit))
    leader, partner = make_user(Role.HR_LEADER), make_user(Role.HRBP, unit=unit)
    make_user(Role.HRBP, unit=OrgUnitFactory())

    remind(cycle, TODAY)

    assert told("reviews_without_writer") == sorted([leader.employee_id, partner.employee_id])


def test_a_second_approver_is_told_of_what_waits():
    top = EmployeeFactory()
    boss = EmployeeFactory(manager=top)
    cycle = ReviewCycleFactory(needs_second_approval=True)
    ReviewFactory(cycle=cycle, employee=EmployeeFactory(manager=boss), state="second_approval")

    remind(cycle, TODAY)
    remind(cycle, TODAY)

    assert told("approvals_wait") == [top.pk]


def test_reminding_asks_the_same_for_one_and_three():
    counts = []
    for size in (1, 3):
        cycle = ReviewCycleFactory(remind_days_before=3)
        for _ in range(size):
            employee = EmployeeFactory(manager=EmployeeFactory(manager=EmployeeFactory()))
            ReviewFactory(
                cycle=cycle, employee=employee, state="self_assessment", self_due_on=days(1), manager_due_on=days(-4)
            )
        with CaptureQueriesContext(connection) as captured:
            remind(cycle, TODAY)
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("state", "holder"),
    [
        ("goal_setting", "reviewer"),
        ("self_assessment", "employee"),
        ("manager_review", "reviewer"),
        ("second_approval", "above"),
        ("submitted", None),
    ],
)
def test_a_nudge_goes_to_whoever_holds_the_review_up(state, holder):
    top = EmployeeFactory()
    review = ReviewFactory(employee=EmployeeFactory(manager=EmployeeFactory(manager=top)), state=state)
    people = {"reviewer": review.reviewer_id, "employee": review.employee_id, "above": top.pk}

    if holder is None:
        with pytest.raises(ActionError):
            actions.nudge_review(review, by=None)
    else:
        actions.nudge_review(review, by=None)
        actions.nudge_review(review, by=None)

    assert told("nudged") == ([people[holder]] if holder else [])


def test_everybody_who_is_late_is_nudged_and_nobody_else(deliver_events):
    cycle = ReviewCycleFactory()
    late = ReviewFactory(cycle=cycle, manager_due_on=days(-1))
    ReviewFactory(cycle=cycle, manager_due_on=days(0))
    ReviewFactory(cycle=cycle, state="submitted", manager_due_on=days(-1))

    job = actions.nudge_late(cycle, by=None)
    deliver_events()

    job.refresh_from_db()
    assert job.result == {"asked": 1}
    assert told("nudged") == [late.reviewer_id]


def test_reminders_are_a_daily_job_over_the_cycles_under_way(a_new_day):
    running, closed = ReviewCycleFactory(), ReviewCycleFactory(state=CycleState.CLOSED)
    reviews = [ReviewFactory(cycle=cycle, manager_due_on=days(-1)) for cycle in (running, closed)]

    a_new_day()
    a_new_day()

    assert Counter(told("reviews_late")) == {reviews[0].reviewer_id: 1}
