"""Anybody tries any step of a review on its pages, in any order, while managers change, people leave and come back, and
HR reopens: the review never reaches an illegal state or a dead end, always has an owner, and keeps every word.
"""

import datetime
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hrportal.journal.delivery import deliver_due
from hrportal.people.actions import end_employment, place_employee, rehire_employee
from hrportal.people.enums import Role
from hrportal.people.models import Employee, User
from performance import actions
from performance.enums import (
    BEING_WRITTEN,
    FINISHED,
    SEEN_BY_EMPLOYEE,
    STARTS_FROM,
    UNDER_WAY,
    ManagerChangeRule,
    ReviewState,
    Side,
)
from performance.models import Review, ReviewPart
from performance.reviews.steps import offered_steps
from performance.urls.reviews import STEP_URLS
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, everything_written, part_of, rating_of

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
ROLES = ["boss", "deputy", "employee", "leader", "manager", "other", "partner", "peer"]
URL_OF = {step: name for _url, name, step in STEP_URLS}
ANSWERED = {200, 302, 403, 404, 422}
WORDS = st.text(alphabet="abcdefghij ", min_size=1, max_size=30).filter(str.strip)


class ReviewMachine(RuleBasedStateMachine):
    """One review; `boss` stands above `manager` and `other`, who lead the employee by turns, and `deputy` helps out."""

    def __init__(self):
        super().__init__()
        unit = OrgUnitFactory()
        boss = EmployeeFactory(org_unit=unit)
        manager, other = EmployeeFactory(manager=boss, org_unit=unit), EmployeeFactory(manager=boss, org_unit=unit)
        employee = EmployeeFactory(manager=manager, org_unit=unit)
        peer, deputy = EmployeeFactory(manager=manager, org_unit=unit), EmployeeFactory(manager=boss, org_unit=unit)
        people = {
            "boss": boss,
            "manager": manager,
            "other": other,
            "employee": employee,
            "peer": peer,
            "deputy": deputy,
        }
        self.people = people
        self.users = {name: make_user(employee=person) for name, person in people.items()}
        self.users["leader"], self.users["partner"] = make_user(Role.HR_LEADER), make_user(Role.HRBP, unit=unit)
        self.review = ReviewFactory(
            employee=employee, state=ReviewState.SELF_ASSESSMENT, cycle=ReviewCycleFactory(needs_second_approval=True)
        )
        self.written: list[str] = []
        self.reopened = self.days = 0

    @property
    def row(self):
        return Review.objects.select_related("cycle", "employee__org_unit", "reviewer").get(pk=self.review.pk)

    def user(self, role):
        return User.objects.get(pk=self.users[role].pk)

    def post(self, role, url_name, *args, **data):
        client = Client()
        client.force_login(self.users[role])
        response = client.post(reverse(f"performance:{url_name}", args=[self.review.pk, *args]), data)
        assert response.status_code in {*ANSWERED, 409}, (role, url_name, response.status_code)
        return response

    def asked(self, to):
        """All that any step may ask for; each time a later day, as more time always is."""
        self.days += 1
        day = TODAY + (30 + self.days) * DAY
        return {"reason": "A good reason", "comment": "Read", "to": self.people[to].employee_number, "due_on": day}

    @rule(rule_of_cycle=st.sampled_from(ManagerChangeRule))
    def hr_thinks_again_about_managers(self, rule_of_cycle):
        cycle = self.row.cycle
        cycle.manager_change_rule = rule_of_cycle
        cycle.save()

    @rule(role=st.sampled_from(ROLES), step=st.sampled_from(sorted(URL_OF)), to=st.sampled_from(["deputy", "other"]))
    def try_anything(self, role, step, to):
        self.take(role, step, to)

    @rule(choice=st.randoms(use_true_random=False), to=st.sampled_from(["deputy", "other"]))
    def take_an_offered_step(self, choice, to):
        """So that late states are often reached. Leaving the cycle is rarer."""
        row = self.row
        ways = [
            (role, step)
            for role in ROLES
            for step in sorted(offered_steps(self.user(role), row) & set(URL_OF))
            if step != "withdraw_review" or choice.random() < 0.1
            if step != "reopen_review" or self.reopened < 3
        ]
        if ways:
            role, step = choice.choice(ways)
            self.take(role, step, to)

    def take(self, role, step, to):
        """Open the page of a step and send it. What was offered is done; what was not changes nothing."""
        before, offered = self.row, step in offered_steps(self.user(role), self.row)
        response = self.post(role, URL_OF[step], **self.asked(to))
        after = self.row
        if response.status_code == 302:
            assert before.state in STARTS_FROM[step], (step, before.state)
            self.reopened += step == "reopen_review"
            return
        assert (after.state, after.revision, after.reviewer_id) == (before.state, before.revision, before.reviewer_id)
        names_a_person = step in {"reassign_review", "delegate_review"}
        assert not offered or names_a_person, f"{step} was offered to {role} and refused: {response.status_code}"

    @rule(role=st.sampled_from(ROLES), side=st.sampled_from(Side), words=WORDS, is_stale=st.booleans())
    def write(self, role, side, words, is_stale):
        """Save by itself, as the desk does, from this tab or one that was left open."""
        part = part_of(self.review, side)
        question = everything_written(self.review)["answers"]
        field = f"answer_{next(iter(question))}"
        version = part.version - (1 if is_stale else 0)
        response = self.post(role, "review_save", side, version=version, **{field: words})
        if response.status_code == 200:
            self.written.append(words.strip())

    @rule(side=st.sampled_from(Side))
    def hand_in(self, side):
        row = self.row
        part = part_of(self.review, side)
        writer = row.employee if side == Side.SELF else row.reviewer
        role = next((name for name, person in self.people.items() if writer and person.pk == writer.pk), None)
        if role is None:
            return
        step = "write_self_assessment" if side == Side.SELF else "write_review"
        if row.state in STARTS_FROM[step] and self.user(role).has_perm(f"performance.{step}", row):
            actions.save_part(part, by=self.user(role), version=part.version, changes=everything_written(self.review))
        url = "self_assessment_write" if side == Side.SELF else "review_write"
        self.post(role, url, version=part_of(self.review, side).version, step="submit")

    @rule()
    def the_session_decides(self):
        row = self.row
        if row.state == ReviewState.SUBMITTED:
            actions.begin_calibration([row.pk], by=None)
            actions.mark_calibrated([row.pk], by=None)
            actions.complete_reviews({row.pk: rating_of(row.cycle, 3).pk}, by=None)

    @rule(to=st.sampled_from(["manager", "other", "boss"]))
    def the_manager_changes(self, to):
        employee, manager = self.row.employee, Employee.objects.get(pk=self.people[to].pk)
        if not (employee.has_left or manager.has_left):
            place_employee(employee, by=None, manager=manager, effective_on=TODAY)
            self.let_the_news_arrive()

    @rule(role=st.sampled_from(["manager", "other", "deputy"]), moves=st.booleans())
    def somebody_settles_who_reviews(self, role, moves):
        self.post(role, "review_settle_change", answer="move" if moves else "keep", moves="1" if moves else "")

    @precondition(lambda self: len(self.written) > 1)
    @rule(who=st.sampled_from(["manager", "other", "employee"]))
    def somebody_leaves_or_comes_back(self, who):
        person = Employee.objects.get(pk=self.people[who].pk)
        if person.has_left:
            rehire_employee(person, by=None, hired_on=TODAY, manager=Employee.objects.get(pk=self.people["boss"].pk))
        else:
            end_employment(person, by=None, left_on=TODAY - DAY)
        self.let_the_news_arrive()

    def let_the_news_arrive(self):
        while deliver_due():
            pass

    @invariant()
    def the_row_is_consistent(self):
        review = self.row
        assert (review.completed_at is not None) == (review.final_rating is not None) == (review.state in FINISHED)
        assert (review.shared_at is not None) == (review.state in SEEN_BY_EMPLOYEE)
        assert (part_of(review).submitted_at is None) == (review.state in BEING_WRITTEN) or review.state == "withdrawn"
        assert review.revision == 1 + self.reopened == 1 + review.remarks.filter(kind="reopened").count()
        assert review.state != ReviewState.DISPUTED or review.dispute_reason

    @invariant()
    def a_review_being_written_has_a_writer_or_hr_knows(self):
        review = self.row
        assert review.reviewer_id != review.employee_id
        if review.state in BEING_WRITTEN and (review.reviewer is None or review.reviewer.has_left):
            assert Review.objects.without_writer().filter(pk=review.pk).exists()
            assert "reassign_review" in offered_steps(self.user("leader"), review)

    @invariant()
    def there_is_a_way_on(self):
        review = self.row
        leaders, everybody = offered_steps(self.user("leader"), review), set()
        for role in ROLES:
            everybody |= offered_steps(self.user(role), review)
        if review.state in UNDER_WAY:
            assert {"withdraw_review", "reassign_review"} <= leaders
        if review.state in FINISHED:
            assert "reopen_review" in leaders
        if review.state == ReviewState.SECOND_APPROVAL:
            assert "approve_review" in everybody
        if review.state == ReviewState.DISPUTED:
            assert "settle_dispute" in everybody
        if review.state == ReviewState.WITHDRAWN and not review.employee.has_left:
            assert "restore_review" in leaders

    @invariant()
    def no_word_is_lost(self):
        parts = ReviewPart.objects.filter(review=self.review)
        kept = [json.dumps(actions.content_of(part)) for part in parts]
        kept += [json.dumps(version.content) for part in parts for version in part.versions.all()]
        for words in self.written:
            assert any(words in text for text in kept), words

    @invariant()
    def the_employee_reads_it_only_once_shared(self):
        part = part_of(self.review, Side.MANAGER)
        seen = ReviewPart.objects.visible_to(self.user("employee")).filter(pk=part.pk).exists()
        assert seen == (self.row.state in SEEN_BY_EMPLOYEE)
        assert not Review.objects.visible_to(self.user("peer")).filter(pk=self.review.pk).exists()


# Steps are told as they came: making the story shorter takes longer than reading it.
AS_IT_COMES = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.one_database
class TestReviewByEverybody(ReviewMachine.TestCase, TestCase):
    settings = settings(AS_IT_COMES, max_examples=3, stateful_step_count=20)


@pytest.mark.long
class TestReviewByEverybodyAtLength(ReviewMachine.TestCase, TestCase):
    """Thousands of steps."""

    settings = settings(AS_IT_COMES, max_examples=40, stateful_step_count=50)


pytestmark = pytest.mark.timeout(1800)
