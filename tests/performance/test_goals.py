"""Goals and feedback: progress is arithmetic over check-ins, unknown stays unknown, history is only added to."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from performance import actions
from performance.enums import GoalState
from performance.models import Feedback, KeyResult, Objective
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import KeyResultFactory, ObjectiveFactory


@pytest.mark.parametrize(
    ("baseline", "target", "current", "raw", "shown"),
    [
        (0, 100, 25, 25, 25),
        (90, 30, 60, 50, 50),
        (90, 30, 120, -50, 0),
        (10, 20, 25, 150, 100),
        (-10, 10, 0, 50, 50),
        (0, 1, 1, 100, 100),
    ],
)
def test_progress_goes_from_start_to_target_rising_or_falling(baseline, target, current, raw, shown):
    result = KeyResult(baseline=Decimal(baseline), target=Decimal(target), current=Decimal(current))

    assert (result.raw_progress, result.progress) == (raw, shown)


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2), st.decimals(-5000, 5000, places=2))
def test_progress_always_lies_between_0_and_100(baseline, target, current):
    if baseline != target:
        assert 0 <= KeyResult(baseline=baseline, target=target, current=current).progress <= 100


@pytest.mark.django_db
class TestObjectives:
    def test_unmeasured_results_do_not_count_as_zero(self):
        goal = ObjectiveFactory()
        KeyResultFactory(objective=goal, current=80)
        KeyResultFactory(objective=goal)

        assert goal.progress == 80

    def test_progress_is_unknown_until_something_was_measured(self):
        assert KeyResultFactory().objective.progress is None

    def test_progress_is_weighted(self):
        goal = ObjectiveFactory()
        KeyResultFactory(objective=goal, current=100, weight=3)
        KeyResultFactory(objective=goal, current=0, weight=1)

        assert goal.progress == 75

    def test_a_check_in_adds_to_the_history(self):
        result, user = KeyResultFactory(), make_user()

        actions.check_in(result, by=user, value=Decimal(20))
        actions.check_in(result, by=user, value=Decimal(10), confidence="off_track", note="A setback")

        result.refresh_from_db()
        assert [made.value for made in result.check_ins.all()] == [10, 20]
        assert (result.current, result.check_ins.first().made_by) == (10, user.employee)
        assert Fact.objects.filter(topic="performance.goal_checked_in").count() == 2

    @pytest.mark.parametrize("value", [Decimal(2), Decimal("0.5")])
    def test_yes_or_no_is_yes_or_no(self, value):
        result = KeyResultFactory(measure="yes_no", target=1)

        with pytest.raises(ActionError):
            actions.check_in(result, by=None, value=value)

        assert not result.check_ins.exists()

    def test_a_closed_goal_is_neither_measured_nor_changed(self):
        result = KeyResultFactory(objective__state=GoalState.CLOSED)

        with pytest.raises(ActionError):
            actions.check_in(result, by=None, value=Decimal(1))
        with pytest.raises(ActionError):
            actions.edit_objective(result.objective, by=None, title="Other")

    def test_the_cascade_has_no_rings(self):
        top = ObjectiveFactory()
        below = ObjectiveFactory(parent=ObjectiveFactory(parent=top))

        with pytest.raises(ActionError):
            actions.edit_objective(top, by=None, parent=below)

        top.refresh_from_db()
        assert top.parent is None

    def test_a_goal_without_a_way_to_measure_is_refused_in_words(self):
        person = EmployeeFactory()
        fields = {"title": "Better", "owner": person, "starts_on": "2026-01-01", "due_on": "2026-12-31"}

        with pytest.raises(ActionError, match="nothing could be measured"):
            actions.create_objective(by=None, key_results=[{"title": "Same", "baseline": 5, "target": 5}], **fields)

        assert not Objective.objects.exists()

    def test_a_measured_key_result_is_not_removed(self):
        result = KeyResultFactory()
        actions.check_in(result, by=None, value=Decimal(1))

        with pytest.raises(ActionError):
            actions.edit_objective(result.objective, by=None, key_results=[{"id": result.pk, "is_removed": True}])

        assert KeyResult.objects.filter(pk=result.pk).exists()

    @pytest.mark.parametrize(("first", "value", "then"), [("number", 57, "yes_no"), ("milestone", 1, "percent")])
    def test_what_was_measured_as_a_number_is_never_read_as_reached_or_not(self, first, value, then):
        target = 100 if first == "number" else 1
        result = KeyResultFactory(measure=first, target=target)
        actions.check_in(result, by=None, value=Decimal(value))

        with pytest.raises(ActionError, match="add another key result"):
            actions.edit_objective(result.objective, by=None, key_results=[{"id": result.pk, "measure": then}])

        result.refresh_from_db()
        assert (result.measure, result.target, result.current) == (first, target, value)


@pytest.mark.django_db
class TestFeedback:
    def test_nobody_gives_feedback_to_themselves(self):
        user = make_user()

        with pytest.raises(ActionError, match="somebody else"):
            actions.give_feedback(by=user, recipient=user.employee, kind="praise", visibility="recipient", text="I")

        assert not Feedback.objects.exists()

    def test_only_praise_is_for_everyone(self):
        with pytest.raises(ActionError):
            actions.give_feedback(
                by=make_user(), recipient=EmployeeFactory(), kind="coaching", visibility="everyone", text="Hm"
            )

    def test_feedback_is_journaled_without_its_text(self):
        user, recipient = make_user(), EmployeeFactory()

        actions.give_feedback(by=user, recipient=recipient, kind="praise", visibility="recipient", text="Well done")

        fact = Fact.objects.get()
        assert (fact.person_id, fact.data) == (recipient.pk, {})


@pytest.mark.django_db
def test_a_form_that_names_a_key_result_of_another_goal_changes_neither():
    mine, theirs = KeyResultFactory(), KeyResultFactory()
    row = {"id": theirs.pk, "title": "Taken over", "target": 5}

    with pytest.raises(ActionError):
        actions.edit_objective(mine.objective, by=None, key_results=[row])
    with pytest.raises(ActionError):
        actions.create_objective(
            by=None,
            title="New",
            owner=mine.objective.owner,
            starts_on="2026-01-01",
            due_on="2026-12-31",
            key_results=[row | {"is_removed": False}],
        )

    theirs.refresh_from_db()
    assert theirs.title != "Taken over"
    assert Objective.objects.count() == 2
