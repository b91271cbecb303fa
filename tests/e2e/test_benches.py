"""Benches drawn and walked by keyboard, and what one absence breaks."""

import pytest
from playwright.sync_api import Page, expect

from hrportal.people.models import Position, User
from talent.enums import SuccessorState
from talent.models import SuccessionPlan, Successor
from tests.support.browser import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def leader(demo_portal, new_page) -> Page:
    page = new_page(viewport={"width": 1366, "height": 900})
    sign_in(page, "hrleader")
    return page


def test_the_chart_is_walked_by_keyboard(leader):
    leader.goto("/talent/succession/chart/")
    nodes = leader.locator("[data-walk] .tree-node a.title")
    top = leader.locator("[data-walk] > li:has(> ul)").first
    first, below = top.locator("a.title").first, top.locator(":scope > ul a.title").first

    first.focus()
    leader.keyboard.press("ArrowRight")
    expect(below).to_be_focused()
    leader.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    leader.keyboard.press("End")
    expect(nodes.last).to_be_focused()

    leader.get_by_role("navigation", name="Zoom").get_by_role("link", name="60 %").click()
    expect(leader.locator(".zoom-60")).to_be_visible()
    leader.get_by_label("Bench", exact=True).select_option("without")
    leader.get_by_role("button", name="Filter").click()
    expect(leader.locator(".node-people")).to_have_count(0)


def test_what_breaks_if_somebody_on_three_benches_leaves(leader):
    """Somebody is put on three benches; picking them shows all three, before and after."""
    user_plans = SuccessionPlan.objects.active().order_by("pk")
    person = Successor.objects.standing().filter(state=SuccessorState.APPROVED).first().employee
    there = set(Successor.objects.standing().filter(employee=person).values_list("plan", flat=True))
    free = [plan for plan in user_plans if plan.pk not in there and plan.position_id != person.position_id]
    for plan in free[: 3 - len(there)]:
        Successor.objects.create(
            plan=plan,
            employee=person,
            readiness="ready_now",
            state=SuccessorState.APPROVED,
            assessed_on=plan.reviewed_on or plan.created_at.date(),
        )

    leader.goto("/talent/succession/what-if/")
    leader.get_by_label("Name or employee number").fill(person.employee_number)
    leader.get_by_role("button", name="Search").click()
    leader.get_by_role("link", name=f"If {person.name} left").click()

    expect(leader.locator(".bench.is-broken")).to_have_count(3)
    places = leader.get_by_role("row", name="Places on benches").get_by_role("cell")
    before, after = (int(cell) for cell in places.all_inner_texts()[-2:])
    assert before - after == 3


@pytest.mark.long
def test_a_hundred_and_fifty_critical_roles_are_drawn_walked_and_narrowed(leader):
    """As a company has them: more than a screen, drawn in one page that can be zoomed, walked and filtered."""
    reader = User.objects.get(username="hrleader")
    seats = Position.objects.filter(succession_plan=None, is_active=True).exclude(incumbent=None)
    missing = 150 - SuccessionPlan.objects.active().visible_to(reader).count()
    SuccessionPlan.objects.bulk_create(
        SuccessionPlan(position=seat, reason="Nobody else could.")
        for seat in seats.exclude(incumbent=reader.employee).order_by("pk")[:missing]
    )

    leader.goto("/talent/succession/chart/")
    nodes = leader.locator("[data-walk] .tree-node a.title")
    expect(nodes).to_have_count(150)
    assert leader.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    nodes.first.focus()
    leader.keyboard.press("End")
    expect(nodes.last).to_be_focused()
    leader.keyboard.press("Home")
    expect(nodes.first).to_be_focused()

    leader.get_by_label("Bench", exact=True).select_option("without")
    leader.get_by_role("button", name="Filter").click()
    expect(leader.locator(".node-people")).to_have_count(0)
    assert nodes.count() >= missing
