"""A talent review of eighty people: one card moved by keyboard, one by mouse, each with words; then it is concluded."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator, Page, expect

from hrportal.people.models import Employee, User
from talent.models import BoxMove, BoxPlacement, ReviewMember, TalentReview
from tests.factories.talent_reviews import TalentReviewFactory
from tests.support.browser import sign_in

from .steps import press, see_board

pytestmark = pytest.mark.browser

PEOPLE = 80
WHY = "Carried two launches that the figures do not show yet."


@pytest.fixture
def meeting(demo_portal) -> SimpleNamespace:
    """Eighty people over the nine boxes, one of them above the leader of the meeting if anybody is."""
    user = User.objects.get(username="hrleader")
    above = list(user.employee.manager_ids)[-1:]
    others = Employee.objects.employed().exclude(manager=None)
    others = others.exclude(pk__in=[user.employee_id, *user.employee.manager_ids])
    people = [*above, *others.order_by("pk").values_list("pk", flat=True)[: PEOPLE - len(above)]]
    review = TalentReviewFactory(name="Eighty people", org_unit=None, owner=user.employee)
    ReviewMember.objects.bulk_create(
        ReviewMember(review=review, employee_id=pk, box=1 + number % 9, figures_box=1 + number % 9)
        for number, pk in enumerate(people)
    )
    seen = ReviewMember.objects.visible_to(user).filter(review=review)
    hidden = ReviewMember.objects.filter(review=review).exclude(pk__in=seen.values("pk"))
    return SimpleNamespace(
        review=review,
        seen=seen.count(),
        hidden=[member.pk for member in hidden],
        keyed=seen.filter(box=5).order_by("pk").first(),
        dragged=seen.filter(box=7).order_by("employee__last_name", "employee__first_name", "pk").first(),
    )


@pytest.fixture
def leader(new_page, meeting) -> Page:
    page = new_page(viewport={"width": 1920, "height": 1400})
    sign_in(page, "hrleader")
    page.goto(f"/talent/talent-reviews/{meeting.review.pk}/board/")
    see_board(page)
    return page


def card_in(page: Page, member: ReviewMember, box: int) -> Locator:
    return page.locator(f"[data-column='{box}'] [data-card='{member.pk}']")


def say_why(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("textbox").fill(WHY)
    press(page, "Move")
    expect(page.locator("#move")).to_be_hidden()


def drag(page: Page, card: Locator, column: Locator) -> None:
    """Take a card by its corner and carry it to a box in steps, as a hand does."""
    column.scroll_into_view_if_needed()
    card.scroll_into_view_if_needed()
    start, target = card.bounding_box(), column.bounding_box()
    page.mouse.move(start["x"] + start["width"] - 4, start["y"] + 4)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] - 12, start["y"] + 14, steps=5)
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + 24, steps=25)
    page.mouse.up()


def test_eighty_people_are_talked_about(leader, meeting):
    expect(leader.locator("#board [data-card]")).to_have_count(meeting.seen)
    for pk in meeting.hidden:
        expect(leader.locator(f"[data-card='{pk}']")).to_have_count(0)

    leader.locator(f"[data-card='{meeting.keyed.pk}'] [data-move]").press("ArrowRight")
    say_why(leader)
    expect(card_in(leader, meeting.keyed, 6)).to_be_visible()

    drag(leader, card_in(leader, meeting.dragged, 7), leader.locator("[data-column='8'] [data-cards]"))
    say_why(leader)
    expect(card_in(leader, meeting.dragged, 8)).to_be_visible()

    leader.get_by_role("link", name="Conclude…").click()
    press(leader, "Conclude the talent review")
    expect(leader.locator("main")).to_contain_text(WHY)

    moves = BoxMove.objects.filter(member__review=meeting.review).order_by("pk")
    assert [(move.member, move.from_box, move.to_box, move.rationale) for move in moves] == [
        (meeting.keyed, 5, 6, WHY),
        (meeting.dragged, 7, 8, WHY),
    ]
    assert TalentReview.objects.get(pk=meeting.review.pk).state == "concluded"
    assert BoxPlacement.objects.filter(member__review=meeting.review).count() == PEOPLE
