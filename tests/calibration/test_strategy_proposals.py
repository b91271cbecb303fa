"""From the capability strategy of a family to proposed goals, when HR asks."""

import pytest
from django.urls import reverse
from django.utils import timezone

from calibration.actions.strategy import start_proposing_from_strategy
from calibration.bridge.proposing import family_people, preview_of
from hrportal.common.actions import ActionError
from hrportal.journal.jobs import run_due_jobs
from hrportal.people.enums import Role
from performance.enums import ReviewState
from performance.models import CompetencyRating, GoalProposal
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, RoleProfileEntryFactory, make_user
from tests.factories.performance import ReviewFactory, part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def care():
    """A family whose job will ask for level 4; somebody reviewed at 2, and somebody nobody reviewed."""
    entry = RoleProfileEntryFactory(job=JobFactory(family="Care"), level_today=2, level_in_24_months=4)
    unit = OrgUnitFactory()
    person = EmployeeFactory(job=entry.job, org_unit=unit)
    EmployeeFactory(job=entry.job, org_unit=unit)
    review = ReviewFactory(employee=person, state=ReviewState.COMPLETED, completed_at=timezone.now())
    CompetencyRating.objects.create(part=part_of(review), competency=entry.competency, level=2)
    return entry, person, unit


def test_asking_twice_proposes_once(care):
    entry, person, _unit = care
    leader = make_user(Role.HR_LEADER)

    for _again in range(2):
        start_proposing_from_strategy(by=leader, family="Care")
        run_due_jobs()

    (proposal,) = GoalProposal.objects.all()
    assert (proposal.employee, proposal.competency, proposal.level_now, proposal.level_wanted) == (
        person,
        entry.competency,
        2,
        4,
    )


def test_the_preview_says_what_would_happen_and_who_is_left_out(care):
    leader = make_user(Role.HR_LEADER)
    people = family_people("Care", leader)

    before = preview_of(people)

    assert (before.people, before.proposals) == (1, 1)
    assert {why: len(people) for why, people in before.left_out.items()} == {"no_level": 1}
    start_proposing_from_strategy(by=leader, family="Care")
    run_due_jobs()
    after = preview_of(people)
    assert after.proposals == 0
    assert {why: len(people) for why, people in after.left_out.items()} == {"already": 1, "no_level": 1}


def test_a_partner_reaches_their_units_only(care):
    partner = make_user(Role.HRBP, unit=OrgUnitFactory())

    with pytest.raises(ActionError):
        start_proposing_from_strategy(by=partner, family="Care")

    assert not GoalProposal.objects.exists()


def test_the_page_previews_and_starts(care, client):
    client.force_login(make_user(Role.HRBP, unit=care[2]))
    url = reverse("calibration:strategy_propose")

    page = client.get(url, {"family": "Care"})

    assert page.status_code == 200
    assert "No finished review gave a level" in page.content.decode()
    assert client.post(url, {"family": "Care"}).status_code == 302
    run_due_jobs()
    assert GoalProposal.objects.count() == 1
    assert client.get(reverse("talent:strategy_detail"), {"family": "Care"}).status_code == 200
