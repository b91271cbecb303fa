"""Every kind of page with the role that uses it: readable for all, at a desk and on a phone, light and dark."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from calibration.models import CalibrationSession, Card, Decision, ManagerEvidence, Suggestion
from hrportal.people.models import Employee, OrgUnit, User
from performance.models import Objective, Review, ReviewCycle, ReviewTemplate
from talent.models import (
    CalibratedRating,
    DevelopmentPlan,
    LearningItem,
    MeritRecommendation,
    Opportunity,
    RewardCycle,
    SkillAssessment,
    SuccessionPlan,
    Successor,
    TalentProfile,
)
from tests.support.browser import barriers, every_role, sign_in

pytestmark = pytest.mark.browser

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}

# A session whose table was asked before the meeting.
ASKED = {"pre_read_opened_at__isnull": False}

# The pages of each role: a route, and for one about an object the rows it is taken from, as far as the role sees them,
# with what is asked of it.
PAGES: dict[str, list[str | tuple]] = {
    "employee": [
        "home:my_work",
        "people:employee_list",
        "performance:review_list",
        ("performance:review_detail", Review, {"state": "acknowledged"}),
        "performance:objective_list",
        "performance:objective_create",
        ("performance:objective_detail", Objective, {}),
        "performance:feedback_list",
        "performance:feedback_give",
        "talent:plan_list",
        ("talent:plan_detail", DevelopmentPlan, {}),
        "talent:career_path",
        "talent:opportunity_list",
        ("talent:opportunity_detail", Opportunity, {"state": "open"}),
        "performance:goal_proposal_list",
        ("calibration:skill_lineage", SkillAssessment, {"shared_at__isnull": False}),
    ],
    "manager": [
        "home:my_work",
        "performance:review_list",
        ("performance:review_write", Review, {"state": "manager_review", "reviewer__user__username": "manager"}),
        "talent:profile_list",
        ("talent:profile_detail", TalentProfile, {}),
        "talent:opportunity_add",
        "performance:goal_proposal_list",
        ("calibration:decision_detail", Decision, {}),
    ],
    "hrbp": [
        "calibration:session_list",
        ("calibration:session_board", CalibrationSession, {"state": "open"}),
        ("calibration:session_board", CalibrationSession, {"state": "open"}, lambda user, session: "view=list"),
        ("calibration:session_board", CalibrationSession, {"state": "open"}, lambda user, session: "view=distribution"),
        ("calibration:session_board", CalibrationSession, {"state": "open"}, lambda user, session: "view=managers"),
        (
            "calibration:session_compare",
            CalibrationSession,
            {"state": "open"},
            lambda user, session: three_of(user, session),
        ),
        ("calibration:card_detail", Card, {"session__state": "open"}),
        ("calibration:session_decisions", CalibrationSession, {"state": "locked"}),
        "calibration:handover_list",
        "calibration:reconciliation_list",
        "calibration:readiness",
        "calibration:decision_list",
        ("calibration:session_agenda", CalibrationSession, {"state": "open"}),
        ("calibration:session_recusals", CalibrationSession, {"state": "open"}),
        ("calibration:session_evidence", CalibrationSession, {"state": "open"}),
        ("calibration:session_bulk", CalibrationSession, {"state": "open"}),
        ("calibration:session_lock", CalibrationSession, {"state": "open", "cards__isnull": False}),
    ],
    "hrleader": [
        "performance:cycle_list",
        "performance:cycle_create",
        ("performance:cycle_detail", ReviewCycle, {"state": "calibration"}),
        "performance:template_list",
        ("performance:template_detail", ReviewTemplate, {}),
        "performance:scale_create",
        "calibration:session_create",
        "calibration:session_setup",
        "calibration:session_import",
        ("calibration:session_edit", CalibrationSession, {"state": "preparing"}),
        ("calibration:session_detail", CalibrationSession, {"state": "preparing"}),
        ("calibration:session_detail", CalibrationSession, {"children__isnull": False}),
        ("calibration:rating_lineage", CalibratedRating, {}),
        ("calibration:session_pre_read", CalibrationSession, ASKED),
        ("calibration:session_pre_read_splits", CalibrationSession, ASKED),
        ("calibration:card_pre_read", Card, {"session__pre_read_opened_at__isnull": False}),
        ("calibration:session_suggestions", CalibrationSession, {"state": "open", "cards__isnull": False}),
        ("calibration:suggestion_detail", Suggestion, {"replaced_at": None}),
        ("calibration:cycle_evidence", ReviewCycle, {"state": "calibration"}),
        ("calibration:finding_detail", ManagerEvidence, {}),
        ("calibration:decision_detail", Decision, {"remarks__is_request": True}),
        ("calibration:cycle_outcome", ReviewCycle, {"state": "calibration"}),
        "talent:critical_role_designate",
        ("talent:successor_nominate", SuccessionPlan, {}),
        ("talent:successor_detail", Successor, {"state": "approved"}),
        "talent:reward_cycle_list",
        ("talent:reward_cycle_detail", RewardCycle, {"state": "exported"}),
        ("talent:merit_decide", MeritRecommendation, {"left_out": ""}),
        "talent:pay_list",
        ("talent:learning_detail", LearningItem, {}),
        "home:fact_list",
    ],
    "executive": [
        "talent:bench_list",
        ("talent:bench_detail", SuccessionPlan, {}),
        ("people:employee_detail", Employee, {}),
        "people:unit_list",
        ("people:unit_detail", OrgUnit, {}),
    ],
    "admin": ["people:account_list", ("people:account_detail", User, {}), "home:fact_list"],
}


@pytest.fixture
def served_portal(portal_to_look_at):
    return portal_to_look_at


@pytest.mark.timeout(600)
@pytest.mark.parametrize("username", every_role(PAGES, "manager"))
def test_pages_are_in_order(page, username):
    sign_in(page, username)

    for url in urls_of(username):
        page.set_viewport_size(DESK)
        answer = page.goto(url)
        assert (url, answer.status) == (url, 200)
        assert (url, faults(page, barriers, one_heading, no_title)) == (url, [])
        page.set_viewport_size(PHONE)
        assert (url, faults(page, barriers, sideways)) == (url, [])


@pytest.mark.timeout(600)
@pytest.mark.long
@pytest.mark.parametrize("username", ["manager", "hrbp", "executive"])
def test_pages_are_readable_in_the_dark(new_page, username):
    page = new_page(viewport=DESK, color_scheme="dark")
    sign_in(page, username)

    for url in urls_of(username):
        page.goto(url)
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        assert (url, barriers(page)) == (url, [])


@pytest.mark.timeout(600)
@pytest.mark.long
@pytest.mark.parametrize("username", ["hrbp", "hrleader"])
def test_pages_fit_a_phone_in_german(new_page, username):
    """Its words are longer."""
    page = new_page(viewport=PHONE, locale="de-DE")
    sign_in(page, username)

    for url in urls_of(username):
        page.goto(url)
        assert page.locator("html").get_attribute("lang") == "de"
        assert (url, sideways(page)) == (url, [])


def urls_of(username: str) -> Iterator[str]:
    """The addresses of a role's pages in the demo company."""
    user = User.objects.get(username=username)
    for page in PAGES[username]:
        if isinstance(page, str):
            yield reverse(page)
        else:
            route, model, which, *query = page
            row = model.objects.visible_to(user).filter(**which).order_by("pk")[0]
            yield "?".join([reverse(route, args=[row.pk]), *(asked(user, row) for asked in query)])


def three_of(user: User, session: CalibrationSession) -> str:
    """Three people of a board, ticked to be compared."""
    cards = Card.objects.visible_to(user).filter(session=session).order_by("pk")[:3]
    return "&".join(f"cards={card.pk}" for card in cards)


def faults(page: Page, *looks: Callable[[Page], list[str]]) -> list[str]:
    return [fault for look in looks for fault in look(page)]


def one_heading(page: Page) -> list[str]:
    count = page.locator("h1").count()
    return [] if count == 1 else [f"{count} first headings"]


def no_title(page: Page) -> list[str]:
    """A title says more than the portal's name."""
    return [] if page.title().removesuffix("· hrportal").strip() else ["no title"]


def sideways(page: Page) -> list[str]:
    """What makes a page wider than the screen, so that one has to scroll sideways."""
    return page.evaluate(
        """() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            const wide = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > root.clientWidth + 1);
            return wide.slice(0, 5).map((each) => `too wide: ${each.tagName}.${each.className}`);
        }"""
    )


def test_a_chart_of_nothing_says_so(page):
    """Nobody left in the manager's chain: two empty pairs of axes looked broken."""
    sign_in(page, "manager")

    page.goto(reverse("talent:exit_analysis"))

    expect(page.get_by_text("Nothing is known yet to draw.")).to_have_count(2)
    assert page.locator("canvas").count() == 0


def test_on_a_phone_a_list_comes_after_a_few_filters_and_the_others_on_demand(page):
    sign_in(page, "hrleader")
    page.set_viewport_size(PHONE)
    page.goto(reverse("talent:risk_list"))
    last = page.locator(".filters > div:not(.filters-actions)").last

    expect(last).to_be_hidden()
    page.get_by_role("button", name="More filters").click()

    expect(last).to_be_visible()
    expect(page.get_by_role("button", name="More filters")).to_be_hidden()
    page.set_viewport_size(DESK)
    page.reload()
    expect(last).to_be_visible()
