"""An improvement plan from draft to outcome, by the three who are in its circle, on the pages they use."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from hrportal.people.models import Employee
from performance.models import ImprovementPlan
from tests.support.browser import sign_in

from .steps import fill, press, see

pytestmark = pytest.mark.browser

TODAY = timezone.localdate()


def day(count: int) -> str:
    return (TODAY + datetime.timedelta(days=count)).isoformat()


@pytest.fixture
def somebody(new_page):
    """A page of its own, signed in as one of the demo's people."""

    def as_user(username: str) -> Page:
        page = new_page()
        sign_in(page, username)
        return page

    return as_user


@pytest.fixture
def employee(demo_portal) -> Employee:
    return Employee.objects.get(user__username="employee")


def test_from_draft_to_outcome(somebody, employee):
    manager, hr, own = somebody("manager"), somebody("hrbp"), somebody("employee")
    plan = drafted(manager, employee)
    address = plan.get_absolute_url()

    assert own.goto(address).status == 404
    manager.goto(address)
    manager.get_by_role("link", name="Hand to HR").click()
    press(manager, "Hand to HR")
    see(manager, "HR is reading this plan")

    hr.goto("/")
    hr.locator("main").get_by_role("link", name="Approve it or send it back").first.click()
    hr.goto(address)
    hr.get_by_role("link", name="Approve and open").click()
    press(hr, "Approve and open")

    own.goto("/")
    own.locator("main").get_by_role("link", name="Read and acknowledge it").click()
    see(own, "No day missed without a word")
    own.get_by_role("link", name="Acknowledge").click()
    fill(own, comment="I see it a little differently, and I will try.")
    press(own, "I have read it")
    see(own, "I see it a little differently")

    manager.goto(address)
    manager.get_by_role("link", name="Note a check-in").click()
    fill(manager, text="A good first week.")
    press(manager, "Note it")
    see(manager, "A good first week.")
    for milestone in plan.milestones.all():
        manager.goto(f"{address}milestones/{milestone.pk}/")
        manager.get_by_label("Met", exact=True).check()
        press(manager, "Save the result")
    manager.goto(f"{address}close/")
    manager.get_by_label("Successful: what was expected is reached").check()
    fill(manager, reason="Everything is reached. Thank you.")
    press(manager, "Close the plan")

    own.goto(address)
    see(own, "Everything is reached. Thank you.")
    plan.refresh_from_db()
    assert (plan.state, plan.outcome) == ("closed", "successful")


def drafted(page: Page, employee: Employee) -> ImprovementPlan:
    """A draft with two milestones, the second on a line that was asked for."""
    page.goto("/performance/improvement-plans/new/")
    page.wait_for_load_state("networkidle")
    fill(page, person=employee.employee_number, reason="Days were missed.", expectations="Say it early.")
    fill(page, starts_on=day(0), ends_on=day(60))
    page.get_by_role("button", name="Another milestone").click()
    page.locator("[name='milestones-1-title']").wait_for()
    for number, title in enumerate(("Four weeks on time", "A plan in steps")):
        prefix = f"milestones-{number}"
        fill(page, **{f"{prefix}-title": title, f"{prefix}-measure": "No day missed without a word"})
        fill(page, **{f"{prefix}-due_on": day(20 + number)})
    fill(page, **{"support-0-description": "An hour a week with a mentor", "support-0-kind": "Mentor"})
    press(page, "Save the draft")
    see(page, "The employee does not see it")
    plan = ImprovementPlan.objects.get(employee=employee, state="draft")
    assert plan.milestones.count() == 2
    return plan
