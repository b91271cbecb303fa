"""What goals keep to: arithmetic, the tree, dated measurements, closed periods, carrying over, one goal for many."""

import datetime
from contextlib import suppress
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrportal.common.actions import ActionError
from hrportal.common.paths import ids_of
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact, Job
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance import actions
from performance.enums import ProgressFrom
from performance.goals.measurements import next_measurement
from performance.goals.progress import Part, interpolated, rolled_up
from performance.goals.smart import GoalDraft, ResultDraft, hints_for
from performance.jobs import goals as goal_jobs
from performance.models import CheckIn, KeyResult, Objective
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import (
    GoalAssignmentFactory,
    GoalPeriodFactory,
    GoalTemplateFactory,
    KeyResultFactory,
    ObjectiveFactory,
)

FIGURES = st.decimals(-10000, 10000, places=2)
RAW = st.none() | st.decimals(-500, 500, places=2)
PARTS = st.lists(st.builds(Part, RAW, st.integers(0, 5)), max_size=8)
TODAY = datetime.date(2026, 6, 15)


@given(FIGURES, FIGURES, FIGURES)
def test_a_falling_target_is_the_mirror_of_a_rising_one(baseline, target, current):
    if baseline != target:
        assert interpolated(baseline, target, current) == interpolated(-baseline, -target, -current)


@given(FIGURES, FIGURES)
def test_the_start_is_nothing_and_the_target_is_all(baseline, target):
    if baseline != target:
        assert (interpolated(baseline, target, baseline), interpolated(baseline, target, target)) == (0, 100)


@given(PARTS)
def test_what_many_parts_come_to_lies_between_the_worst_and_the_best_of_them(parts):
    rolled = rolled_up(parts)
    counted = [part.progress for part in parts if part.weight and part.raw is not None]

    if counted:
        assert min(counted) - Decimal("0.01") <= rolled.progress <= max(counted) + Decimal("0.01")
    else:
        assert rolled.progress is None


@given(PARTS, st.integers(1, 5))
def test_an_unmeasured_part_changes_nothing_but_the_count(parts, weight):
    before, after = rolled_up(parts), rolled_up([*parts, Part(None, weight)])

    assert (after.progress, after.raw, after.measured) == (before.progress, before.raw, before.measured)
    assert after.parts == before.parts + 1


@given(PARTS, st.randoms())
def test_the_order_of_parts_does_not_matter(parts, random):
    shuffled = random.sample(parts, len(parts))

    assert rolled_up(shuffled) == rolled_up(parts)


def test_one_overshoot_does_not_hide_another_parts_failure():
    assert rolled_up([Part(Decimal(300)), Part(Decimal(-50))]).progress == 50


@pytest.mark.parametrize(
    ("frequency", "after", "due"),
    [
        ("", (2026, 1, 31), None),
        ("weekly", (2026, 1, 31), (2026, 2, 7)),
        ("monthly", (2026, 1, 31), (2026, 2, 28)),
        ("quarterly", (2026, 11, 30), (2027, 2, 28)),
    ],
)
def test_the_next_measurement_follows_the_rhythm(frequency, after, due):
    assert next_measurement(frequency, datetime.date(*after)) == (datetime.date(*due) if due else None)


def test_a_clear_goal_gets_no_hint():
    result = ResultDraft("Complaints per week", "number", Decimal(20), Decimal(5))
    draft = GoalDraft("Halve complaints about deliveries", "team", True, True, TODAY, TODAY, [result])

    assert hints_for(draft, TODAY) == []


@pytest.mark.parametrize(
    ("change", "letter"),
    [
        ({"title": "Improve our deliveries"}, "S"),
        ({"has_owner": False}, "S"),
        ({"results": []}, "M"),
        ({"results": [ResultDraft("Same", "number", Decimal(5), Decimal(5))]}, "M"),
        ({"results": [ResultDraft("Done", "yes_no")]}, "M"),
        ({"results": [ResultDraft(f"Result {n}", "number", Decimal(0), Decimal(1)) for n in range(6)]}, "A"),
        ({"contributes": False}, "R"),
        ({"due_on": None}, "T"),
        ({"due_on": TODAY - datetime.timedelta(days=1)}, "T"),
        ({"starts_on": TODAY - datetime.timedelta(days=800)}, "T"),
    ],
)
def test_each_gap_gets_its_hint(change, letter):
    result = ResultDraft("Complaints per week", "number", Decimal(20), Decimal(5))
    clear = {
        "title": "Halve complaints about deliveries",
        "level": "team",
        "has_owner": True,
        "contributes": True,
        "starts_on": TODAY,
        "due_on": TODAY,
        "results": [result],
    }

    assert [hint.letter for hint in hints_for(GoalDraft(**clear | change), TODAY)] == [letter]


@pytest.mark.django_db
class TestRollUp:
    def test_a_check_in_climbs_as_far_as_goals_count_what_contributes(self):
        top = ObjectiveFactory(level="company", progress_from=ProgressFrom.CHILDREN)
        unit = ObjectiveFactory(level="unit", parent=top, progress_from=ProgressFrom.BOTH)
        KeyResultFactory(objective=unit, current=0)
        result = KeyResultFactory(objective__parent=unit)

        actions.check_in(result, by=None, value=Decimal(120))

        unit.refresh_from_db(), top.refresh_from_db()
        assert (unit.progress, unit.raw_progress) == (50, 60)
        assert (top.progress, top.parts_measured, top.parts_count) == (50, 1, 1)

    def test_a_goal_that_counts_only_its_own_results_is_not_moved_from_below(self):
        unit = ObjectiveFactory(level="unit")
        result = KeyResultFactory(objective__parent=unit)

        actions.check_in(result, by=None, value=Decimal(50))

        unit.refresh_from_db()
        assert unit.progress is None

    def test_a_cancelled_goal_is_neither_zero_nor_done(self):
        top = ObjectiveFactory(level="company", progress_from=ProgressFrom.CHILDREN)
        kept, dropped = KeyResultFactory(objective__parent=top), KeyResultFactory(objective__parent=top)
        actions.check_in(kept, by=None, value=Decimal(80))
        actions.check_in(dropped, by=None, value=Decimal(0))

        actions.close_objective(dropped.objective, by=None, is_cancelled=True)

        top.refresh_from_db()
        assert (top.progress, top.parts_count) == (80, 1)

    def test_what_is_over_keeps_the_progress_it_ended_with(self):
        top = ObjectiveFactory(level="company", progress_from=ProgressFrom.CHILDREN)
        result = KeyResultFactory(objective__parent=top)
        actions.check_in(result, by=None, value=Decimal(40))
        actions.close_objective(top, by=None)

        actions.check_in(result, by=None, value=Decimal(90))

        top.refresh_from_db()
        assert top.progress == 40

    def test_a_late_entry_is_sorted_by_the_day_it_was_measured(self):
        result, today = KeyResultFactory(), timezone.localdate()
        actions.check_in(result, by=None, value=Decimal(30))

        actions.check_in(result, by=None, value=Decimal(90), measured_on=today - datetime.timedelta(days=5))

        result.refresh_from_db()
        assert (result.current, result.measured_on) == (30, today)

    def test_nothing_is_measured_in_the_future(self):
        result = KeyResultFactory()

        with pytest.raises(ActionError) as refusal:
            actions.check_in(
                result, by=None, value=Decimal(1), measured_on=timezone.localdate() + datetime.timedelta(days=1)
            )

        assert refusal.value.field == "measured_on"
        assert not CheckIn.objects.exists()

    def test_a_stretch_on_the_wrong_side_is_refused_in_words(self):
        with pytest.raises(ActionError, match="beyond the target"):
            actions.edit_objective(
                ObjectiveFactory(),
                by=None,
                key_results=[{"title": "Fewer faults", "baseline": 90, "target": 30, "stretch": 40}],
            )


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 4)), max_size=5))
def test_however_goals_move_every_path_follows_from_the_parents(moves):
    owner = EmployeeFactory()
    goals = [ObjectiveFactory(owner=owner) for _ in range(5)]

    for which, where in moves:
        with suppress(ActionError):  # a ring, refused
            actions.edit_objective(goals[which], by=None, parent=goals[where] if where >= 0 else None)
        goals = [Objective.objects.get(pk=goal.pk) for goal in goals]

    parents = {goal.pk: goal.parent_id for goal in goals}
    for goal in goals:
        line, node = [], goal.pk
        while node:
            line, node = [node, *line], parents[node]
        assert ids_of(goal.path) == line


@pytest.mark.django_db
class TestClosedPeriods:
    """Invariant 4 for goals: what is over does not change."""

    def attempts(self, result, period):
        later = GoalPeriodFactory()
        return {
            "edit": lambda: actions.edit_objective(result.objective, by=None, title="Other"),
            "check in": lambda: actions.check_in(result, by=None, value=Decimal(99)),
            "close": lambda: actions.close_objective(result.objective, by=None),
            "move out": lambda: actions.edit_objective(result.objective, by=None, period=later),
            "move in": lambda: actions.edit_objective(ObjectiveFactory(), by=None, period=period),
            "set": lambda: actions.create_objective(
                by=None, title="New", owner=EmployeeFactory(), period=period, starts_on=TODAY, due_on=TODAY
            ),
            "rename": lambda: actions.edit_goal_period(period, by=None, name="Other"),
        }

    @pytest.mark.parametrize("deed", ["check in", "close", "edit", "move in", "move out", "rename", "set"])
    def test_nothing_in_a_closed_period_changes(self, deed):
        period = GoalPeriodFactory()
        result = KeyResultFactory(objective__period=period, current=50)
        attempt = self.attempts(result, period)[deed]
        period.closed_at = timezone.now()
        period.save()
        before = (
            list(Objective.objects.filter(period=period).values()),
            KeyResult.objects.filter(pk=result.pk).get().current,
        )

        with pytest.raises(ActionError, match="closed"):
            attempt()

        after = (
            list(Objective.objects.filter(period=period).values()),
            KeyResult.objects.filter(pk=result.pk).get().current,
        )
        assert after == before

    def test_a_check_in_below_does_not_move_a_goal_of_a_closed_period(self):
        top = ObjectiveFactory(level="company", progress_from=ProgressFrom.CHILDREN, period=GoalPeriodFactory())
        result = KeyResultFactory(objective__parent=top)
        top.period.closed_at = timezone.now()
        top.period.save()

        actions.check_in(result, by=None, value=Decimal(90))

        top.refresh_from_db()
        assert top.progress is None

    def test_closing_ends_open_goals_and_is_safe_to_repeat(self):
        period = GoalPeriodFactory()
        goals = [ObjectiveFactory(period=period) for _ in range(3)]
        job = actions.close_goal_period(period, by=None)

        goal_jobs.close_goal_period(job)
        goal_jobs.close_goal_period(job)

        assert set(Objective.objects.values_list("state", flat=True)) == {"closed"}
        assert Fact.objects.filter(topic="performance.objective_closed").count() == len(goals)
        assert Fact.objects.filter(topic="performance.goal_period_closed").count() == 1


@pytest.mark.django_db
class TestCarryOver:
    def test_it_goes_on_from_where_it_stands(self):
        period = GoalPeriodFactory()
        goal = ObjectiveFactory()
        KeyResultFactory(objective=goal, title="Reached", current=100)
        KeyResultFactory(objective=goal, title="Half way", current=50)

        new = actions.carry_over(goal, by=None, period=period)

        goal.refresh_from_db()
        assert [(row.title, row.baseline, row.current) for row in new.key_results.all()] == [("Half way", 50, None)]
        assert (goal.state, goal.progress, new.progress) == ("closed", 75, None)

    def test_twice_is_once(self):
        goal, period = ObjectiveFactory(), GoalPeriodFactory()

        first = actions.carry_over(goal, by=None, period=period)
        second = actions.carry_over(goal, by=None, period=period)

        assert first == second
        assert Objective.objects.filter(carried_from=goal).count() == 1

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_a_line_of_goals_stays_a_line_whichever_is_carried_first(self, order):
        period = GoalPeriodFactory()
        above = ObjectiveFactory(level="team", period=GoalPeriodFactory())
        goals = [above, ObjectiveFactory(parent=above, period=above.period)]

        for place in order:
            actions.carry_over(goals[place], by=None, period=period)

        new = Objective.objects.get(carried_from=goals[1])
        assert new.parent.carried_from == above
        assert new.path.startswith(new.parent.path)

    def test_a_reached_goal_is_not_carried(self):
        result = KeyResultFactory(current=100)

        with pytest.raises(ActionError, match="reached"):
            actions.carry_over(result.objective, by=None, period=GoalPeriodFactory())

        assert Objective.objects.count() == 1

    def test_closing_a_period_carries_what_is_unfinished(self):
        period, later = GoalPeriodFactory(), GoalPeriodFactory()
        unfinished = KeyResultFactory(objective__period=period, current=50).objective
        KeyResultFactory(objective__period=period, current=100)
        ObjectiveFactory(period=period, owner=EmployeeFactory(status="left"))

        actions.close_goal_period(period, by=None, carry_to=later)
        run_due_jobs()

        assert Job.objects.get().result == {"carried": 1, "ended": 2}
        assert later.objectives.get().carried_from == unfinished


@pytest.mark.django_db
class TestOneGoalForMany:
    def test_each_gets_it_once_however_often_the_job_runs(self):
        unit = OrgUnitFactory()
        people = EmployeeFactory.create_batch(3, org_unit=unit)
        leader = make_user(Role.HR_LEADER)
        assignment, job = actions.assign_goals(
            GoalTemplateFactory(), by=leader, org_unit=unit, starts_on=TODAY, due_on=TODAY
        )

        goal_jobs.assign_goals(job)
        goal_jobs.assign_goals(job)

        assert sorted(assignment.objectives.values_list("owner", flat=True)) == [person.pk for person in people]
        assert Notice.objects.filter(kind="performance.goal_set").count() == 3
        assert all(ids_of(goal.path) == [goal.pk] for goal in assignment.objectives.all())

    def test_a_later_edit_of_the_template_reaches_nobody(self):
        template, person = GoalTemplateFactory(title="As it was"), EmployeeFactory()
        _assignment, job = actions.assign_goals(template, by=make_user(Role.HR_LEADER), starts_on=TODAY, due_on=TODAY)

        actions.edit_goal_template(template, by=None, title="Rewritten")
        goal_jobs.assign_goals(job)

        assert person.objectives.get().title == "As it was"

    def test_a_partner_reaches_their_units_only(self):
        unit = OrgUnitFactory()
        inside, outside = EmployeeFactory(org_unit=unit), EmployeeFactory(org_unit=OrgUnitFactory())
        partner = make_user(Role.HRBP, unit=unit)

        reached = actions.reach_of(GoalAssignmentFactory(), partner.viewer)

        assert inside in reached
        assert outside not in reached

    def test_a_withdrawn_assignment_gives_nothing_more(self):
        assignment, person = GoalAssignmentFactory(), EmployeeFactory()
        actions.withdraw_goal_assignment(assignment, by=None)

        assert actions.give_assigned_goals(assignment, [person.pk], by=None) == 0
        assert not person.objectives.exists()


@pytest.mark.django_db
class TestStaleAndReminders:
    def goal(self, **fields):
        start = timezone.localdate() - datetime.timedelta(days=60)
        return ObjectiveFactory(**{"starts_on": start, "due_on": timezone.localdate(), **fields})

    def test_stale_is_an_active_goal_nobody_measured_for_thirty_days(self):
        stale, measured = self.goal(), self.goal()
        KeyResultFactory(objective=measured, last_check_in_at=timezone.now())
        self.goal(state="closed"), self.goal(starts_on=timezone.localdate())
        self.goal(progress_from=ProgressFrom.CHILDREN)

        assert list(Objective.objects.stale()) == [stale]
        assert [goal.is_stale for goal in Objective.objects.with_staleness().filter(pk=stale.pk)] == [True]

    def test_a_goal_waits_quietly_for_its_next_measurement(self):
        quarterly = self.goal()
        KeyResultFactory(
            objective=quarterly, frequency="quarterly", next_due_on=timezone.localdate() + datetime.timedelta(days=9)
        )

        assert not Objective.objects.stale().exists()

    def test_owners_of_stale_goals_are_reminded_once_a_week(self):
        goal = self.goal()
        self.goal(owner=goal.owner)

        goal_jobs.remind_of_stale_goals(Job())
        goal_jobs.remind_of_stale_goals(Job())

        notice = Notice.objects.get()
        assert (notice.employee_id, notice.words) == (goal.owner_id, {"count": "2"})

    def test_a_recurring_measurement_that_is_due_is_told_once(self):
        result = KeyResultFactory(frequency="weekly", next_due_on=timezone.localdate() - datetime.timedelta(days=1))

        goal_jobs.remind_of_measurements(Job())
        goal_jobs.remind_of_measurements(Job())

        assert Notice.objects.get().employee_id == result.objective.owner_id

    def test_whoever_gets_a_goal_from_somebody_else_is_told_and_nobody_else(self):
        manager, person = make_user(), EmployeeFactory()
        fields = {"title": "Learn to weld", "starts_on": TODAY, "due_on": TODAY}

        actions.create_objective(by=manager, owner=person, **fields)
        actions.create_objective(by=manager, owner=manager.employee, **fields)

        notice = Notice.objects.get()
        assert (notice.employee_id, notice.words) == (person.pk, {"person": manager.employee.name})
