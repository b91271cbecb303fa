"""Who writes a review: lent for a while, given for good, or decided after a change of manager."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.actions import place_employee
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.models import Employee
from performance import actions
from performance.enums import ManagerChangeRule, ReviewerChangeState
from performance.models import Review, ReviewDelegation, ReviewerChange, ReviewPart
from performance.signals import ask_who_reviews
from tests.factories.people import EmployeeFactory, make_chain, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, part_of, required_question

pytestmark = pytest.mark.django_db


def delegated(review, **fields):
    delegate = EmployeeFactory()
    actions.delegate_review(review, to=delegate, by=None, reason="On leave", **fields)
    return make_user(employee=delegate)


def write(review, text, by):
    part = part_of(review)
    question = required_question(review.cycle).pk
    return actions.save_part(part, by=by, version=part.version, changes={"answers": {question: text}})


def sees(user, review):
    user = type(user).objects.get(pk=user.pk)  # as they come with their next request
    return Review.objects.visible_to(user).filter(pk=review.pk).exists()


def under(rule, **fields):
    """A review in a cycle with this rule, whose employee then gets another manager."""
    return ReviewFactory(cycle=ReviewCycleFactory(manager_change_rule=rule), **fields)


def moved_to(review, manager):
    """The employee gets this manager, through the action every way to change it calls."""
    review.employee.refresh_from_db()
    place_employee(review.employee, by=None, effective_on=timezone.localdate(), manager=manager)
    review.refresh_from_db()


class TestDelegating:
    def test_a_delegate_writes_and_the_journal_says_for_whom(self):
        review = ReviewFactory()
        reviewer = make_user(employee=review.reviewer)
        delegate = delegated(review)

        write(review, "Written for them", delegate)
        write(review, "Written for them, twice", delegate)

        fact = Fact.objects.get(topic="performance.review_written_for_reviewer")
        assert (fact.actor_id, fact.on_behalf_of_id) == (delegate.pk, reviewer.pk)
        assert part_of(review).author == delegate.employee

    def test_the_reviewer_stays_accountable_and_hands_it_in(self):
        review = ReviewFactory()
        delegate = delegated(review)
        review = Review.objects.get(pk=review.pk)

        assert delegate.has_perm("performance.write_review", review)
        assert not delegate.has_perm("performance.submit_review", review)
        assert not delegate.has_perm("performance.delegate_review", review)
        assert make_user(employee=review.reviewer).has_perm("performance.submit_review", review)

    @pytest.mark.parametrize("end", ["by hand", "by day", "reassigned", "withdrawn"])
    def test_when_it_ends_the_delegate_sees_nothing_more(self, end):
        review = ReviewFactory()
        delegate = delegated(review, until=timezone.localdate())
        assert sees(delegate, review)

        if end == "by hand":
            actions.end_delegation(review, by=None)
        elif end == "by day":
            ReviewDelegation.objects.update(until=timezone.localdate() - datetime.timedelta(days=1))
        elif end == "reassigned":
            actions.reassign_review(review, to=EmployeeFactory(), by=None, reason="Gone")
        else:
            actions.withdraw_review(review, by=None, reason="Gone")

        review = Review.objects.get(pk=review.pk)
        assert not sees(delegate, review)
        assert not ReviewPart.objects.visible_to(delegate).filter(review=review).exists()
        assert not delegate.has_perm("performance.write_review", review)

    def test_an_expired_delegation_makes_room_for_another(self):
        review = ReviewFactory()
        delegated(review, until=timezone.localdate())
        ReviewDelegation.objects.update(until=timezone.localdate() - datetime.timedelta(days=1))

        delegated(Review.objects.get(pk=review.pk))

        assert ReviewDelegation.objects.current().count() == 1

    @pytest.mark.parametrize("who", ["employee", "left", "reviewer"])
    def test_who_cannot_write_for_the_reviewer_is_refused(self, who):
        review = ReviewFactory()
        to = {"employee": review.employee, "left": EmployeeFactory(status="left"), "reviewer": review.reviewer}[who]

        with pytest.raises(ActionError):
            actions.delegate_review(review, to=to, by=None, reason="On leave")

        assert not ReviewDelegation.objects.exists()

    def test_one_delegate_at_a_time(self):
        review = ReviewFactory()
        delegated(review)

        with pytest.raises(ActionError):
            delegated(review)

        assert ReviewDelegation.objects.count() == 1


class TestAnotherManager:
    def test_a_review_may_stay(self, deliver_events):
        review, manager = under(ManagerChangeRule.STAY), EmployeeFactory()

        moved_to(review, manager)
        deliver_events()

        review.refresh_from_db()
        assert review.reviewer != manager
        assert not ReviewerChange.objects.exists()

    def test_a_review_may_follow_with_a_remark_and_all_that_is_written(self, deliver_events):
        review, manager = under(ManagerChangeRule.FOLLOW), EmployeeFactory()
        write(review, "From the old manager", make_user(employee=review.reviewer))

        moved_to(review, manager)
        deliver_events()

        review.refresh_from_db()
        assert review.reviewer == manager
        assert review.remarks.get().kind == "reassigned"
        assert part_of(review).answers.get().text == "From the old manager"
        assert Notice.objects.filter(employee=manager, kind="performance.review_reassigned").count() == 1

    def test_a_cycle_that_asks_opens_one_question_however_often_it_is_told(self, deliver_events):
        review, manager = under(ManagerChangeRule.ASK), EmployeeFactory()
        reviewer = review.reviewer

        moved_to(review, manager)
        deliver_events()
        ask_who_reviews(list(Fact.objects.filter(topic="people.employee_changed")) * 2)

        change = ReviewerChange.objects.get()
        assert (change.state, change.new_manager, change.reviewer) == (ReviewerChangeState.OPEN, manager, reviewer)
        told = Notice.objects.filter(kind="performance.reviewer_change_to_settle").values_list("employee", flat=True)
        assert {reviewer.pk, manager.pk} <= set(told)
        assert Review.objects.get(pk=review.pk).reviewer == reviewer

    @pytest.mark.parametrize("moves", [True, False])
    def test_the_question_is_answered_once_and_a_late_fact_does_not_ask_again(self, moves, deliver_events):
        review, manager = under(ManagerChangeRule.ASK), EmployeeFactory()
        reviewer = review.reviewer
        moved_to(review, manager)
        deliver_events()

        actions.settle_reviewer_change(review, moves=moves, by=make_user(employee=reviewer))
        ask_who_reviews(list(Fact.objects.filter(topic="people.employee_changed")))

        review.refresh_from_db()
        assert review.reviewer == (manager if moves else reviewer)
        assert ReviewerChange.objects.get().state == ("moved" if moves else "kept")
        with pytest.raises(ActionError):
            actions.settle_reviewer_change(review, moves=not moves, by=None)

    def test_a_review_is_not_given_to_a_new_manager_who_has_left_since(self, deliver_events):
        review, manager = under(ManagerChangeRule.ASK), EmployeeFactory()
        reviewer = review.reviewer
        moved_to(review, manager)
        deliver_events()
        Employee.objects.filter(pk=manager.pk).update(status=EmploymentStatus.LEFT)

        with pytest.raises(ActionError):
            actions.settle_reviewer_change(review, moves=True, by=None)

        review.refresh_from_db()
        assert (review.reviewer, ReviewerChange.objects.get().state) == (reviewer, "open")

    def test_back_and_forth_leaves_no_question(self, deliver_events):
        review, other, third = under(ManagerChangeRule.ASK), EmployeeFactory(), EmployeeFactory()
        first = review.reviewer
        moved_to(review, other)
        deliver_events()
        moved_to(review, third)
        deliver_events()
        assert ReviewerChange.objects.get(state="open").new_manager == third

        moved_to(review, first)
        deliver_events()

        assert not ReviewerChange.objects.filter(state="open").exists()
        assert Review.objects.get(pk=review.pk).reviewer == first

    @pytest.mark.parametrize("rule", ManagerChangeRule)
    def test_a_review_nobody_is_there_to_write_goes_to_the_new_manager_in_any_case(self, rule, deliver_events):
        review, manager = under(rule), EmployeeFactory()
        Review.objects.update(reviewer=None)

        moved_to(review, manager)
        deliver_events()

        assert Review.objects.get(pk=review.pk).reviewer == manager

    def test_what_was_handed_in_stays_with_who_wrote_it(self, deliver_events):
        review, manager = under(ManagerChangeRule.FOLLOW, state="submitted"), EmployeeFactory()
        reviewer = review.reviewer

        moved_to(review, manager)
        deliver_events()

        assert Review.objects.get(pk=review.pk).reviewer == reviewer

    @pytest.mark.parametrize(
        ("rule", "writes", "asks"),
        [
            (ManagerChangeRule.FOLLOW, "manager", False),
            (ManagerChangeRule.ASK, "reviewer", True),
            (ManagerChangeRule.STAY, "reviewer", False),
        ],
    )
    @pytest.mark.parametrize(
        ("state", "comes_back"),
        [
            ("submitted", actions.return_review),
            ("withdrawn", actions.restore_review),
            ("completed", actions.reopen_review),
        ],
    )
    def test_a_review_that_comes_back_does_what_its_cycle_says(
        self, rule, writes, asks, state, comes_back, deliver_events
    ):
        review, manager = under(rule, state=state, completed_at=timezone.now()), EmployeeFactory()
        expected = {"manager": manager, "reviewer": review.reviewer}[writes]
        moved_to(review, manager)
        deliver_events()
        assert not ReviewerChange.objects.exists()

        comes_back(review, by=None, reason="More examples please")
        deliver_events()

        assert Review.objects.get(pk=review.pk).reviewer == expected
        assert ReviewerChange.objects.filter(new_manager=manager, state="open").exists() == asks

    def test_what_somebody_decided_after_the_change_stays_when_it_comes_back(self, deliver_events):
        review, manager = under(ManagerChangeRule.FOLLOW, state="submitted"), EmployeeFactory()
        moved_to(review, manager)
        deliver_events()
        chosen = EmployeeFactory()
        actions.reassign_review(review, to=chosen, by=make_user(Role.HR_LEADER), reason="Knows the work best")

        actions.return_review(review, by=None, reason="More examples please")

        assert Review.objects.get(pk=review.pk).reviewer == chosen

    def test_without_a_change_of_manager_whoever_was_chosen_goes_on(self, deliver_events):
        chosen = EmployeeFactory()
        review = under(ManagerChangeRule.FOLLOW, state="submitted", reviewer=chosen)

        actions.return_review(review, by=None, reason="More examples please")

        assert Review.objects.get(pk=review.pk).reviewer == chosen

    def test_both_managers_and_hr_decide_on_a_page_and_the_employee_does_not(self, client, deliver_events):
        review, manager = under(ManagerChangeRule.ASK), EmployeeFactory()
        moved_to(review, manager)
        deliver_events()
        url = reverse("performance:review_settle_change", args=[review.pk])

        for user in (make_user(employee=review.reviewer), make_user(employee=manager), make_user(Role.HR_LEADER)):
            client.force_login(user)
            assert manager.name in client.get(url).content.decode()
        client.force_login(make_user(employee=review.employee))
        assert client.get(url).status_code == 403

        client.force_login(manager.user)
        client.post(url, {"moves": "yes"})
        assert Review.objects.get(pk=review.pk).reviewer == manager


def test_returning_gives_days_of_its_own():
    review = ReviewFactory(state="submitted", manager_due_on=timezone.localdate() - datetime.timedelta(days=9))

    actions.return_review(review, by=None, reason="Again")

    review.refresh_from_db()
    assert review.manager_due_on == timezone.localdate() + datetime.timedelta(days=5)


def test_extending_refuses_an_earlier_day_and_changes_nothing():
    due = timezone.localdate() + datetime.timedelta(days=9)
    review = ReviewFactory(manager_due_on=due)

    with pytest.raises(ActionError):
        actions.extend_review(review, by=None, reason="Ill", due_on=due)

    review.refresh_from_db()
    assert (review.manager_due_on, review.remarks.count()) == (due, 0)


def test_the_manager_of_the_manager_may_give_more_time():
    top, manager, employee = make_chain(3)
    review = ReviewFactory(employee=employee)

    assert make_user(employee=top).has_perm("performance.extend_review", review)
    assert not make_user(employee=manager).has_perm("performance.extend_review", review)


@pytest.mark.parametrize("obstacle", ["closed", "left"])
def test_a_withdrawn_review_comes_back_unless_cycle_or_person_are_gone(obstacle):
    review = ReviewFactory(state="withdrawn")
    if obstacle == "closed":
        review.cycle.state = "closed"
        review.cycle.save()
    else:
        review.employee.status = "left"
        review.employee.save()

    with pytest.raises(ActionError):
        actions.restore_review(review, by=None, reason="Came back")

    review.refresh_from_db()
    assert review.state == "withdrawn"


def test_nobody_is_late_on_the_day_a_review_comes_back_to_them():
    review = ReviewFactory(state="withdrawn", manager_due_on=timezone.localdate() - datetime.timedelta(days=90))

    actions.restore_review(review, by=None, reason="Came back")

    review.refresh_from_db()
    assert (review.state, review.manager_due_on) == (
        "manager_review",
        timezone.localdate() + datetime.timedelta(days=5),
    )


def test_a_review_without_a_day_comes_back_without_one():
    review = ReviewFactory(state="withdrawn", manager_due_on=None)

    actions.restore_review(review, by=None, reason="Came back")

    review.refresh_from_db()
    assert review.manager_due_on is None


def test_a_completed_cycle_is_open_again_when_a_review_comes_back():
    review = ReviewFactory(state="withdrawn", cycle=ReviewCycleFactory(state="completed"))

    actions.restore_review(review, by=None, reason="Came back")

    review.cycle.refresh_from_db()
    assert review.cycle.state == "open"
