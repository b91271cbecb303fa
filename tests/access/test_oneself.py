"""What nobody learns about themselves, through doors that were open once."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.enums import Role
from performance.models import ReviewPart
from talent.actions import remove_successor, retire_plan
from talent.models import Successor
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import ReviewFactory, rating_of
from tests.factories.talent import SuccessorFactory

pytestmark = pytest.mark.django_db


def acting_for(user) -> APIClient:
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), user))
    return caller


@pytest.fixture
def shared():
    """A shared review that was proposed as 2 and calibrated to 4."""
    review = ReviewFactory(state="shared", completed_at=timezone.now(), shared_at=timezone.now())
    review.proposed_rating, review.final_rating = rating_of(review.cycle, 2), rating_of(review.cycle, 4)
    review.save()
    ReviewPart.objects.filter(review=review).update(submitted_at=timezone.now(), overall_rating=review.proposed_rating)
    return review


@pytest.mark.parametrize("path", ["", "parts/manager/"])
def test_the_rating_a_manager_proposed_stays_hidden_in_a_shared_review(shared, path):
    url = f"/api/v1/reviews/{shared.pk}/{path}"

    own = acting_for(make_user(employee=shared.employee)).get(url).content.decode()
    managers = acting_for(make_user(employee=shared.reviewer)).get(url).content.decode()

    assert manager_rating(managers) == {"value": 2}
    assert manager_rating(own) is None


def manager_rating(text: str):
    """The rating of the manager's part in an answer, as far as it says one."""
    answer = json.loads(text)
    part = next(part for part in answer.get("parts", [answer]) if part["side"] == "manager")
    rating = part["overall_rating"]
    return rating and {"value": rating["value"]}


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER)


def test_who_was_taken_off_a_bench_reads_nothing_of_it(client, leader):
    gone = SuccessorFactory(employee=leader.employee)
    other = SuccessorFactory(plan=gone.plan)
    for successor in (gone, other):
        remove_successor(successor, by=None, reason="Said no twice")
    client.force_login(leader)

    page = client.get(reverse("talent:bench_detail", args=[gone.plan_id]))

    assert page.context["removed"] == [other]
    assert list(Successor.objects.visible_to(leader)) == [other]


def test_a_retired_bench_is_not_taken_up_by_somebody_on_it(leader):
    bench = SuccessorFactory(employee=leader.employee).plan
    retire_plan(bench, by=None)
    body = {"position": bench.position_id, "reason": "Again", "vacancy_risk": "low"}

    refused = acting_for(leader).post("/api/v1/succession-plans/", body, format="json")
    taken = acting_for(make_user(Role.HR_LEADER)).post("/api/v1/succession-plans/", body, format="json")

    assert (refused.status_code, taken.status_code) == (400, 201)


def test_nobody_gives_the_second_approval_to_what_they_wrote():
    leader, top = make_user(Role.HR_LEADER), EmployeeFactory()
    review = ReviewFactory(state="second_approval", reviewer=leader.employee)

    assert not leader.has_perm("performance.approve_review", review)
    assert make_user(Role.HR_LEADER, employee=top).has_perm("performance.approve_review", review)
