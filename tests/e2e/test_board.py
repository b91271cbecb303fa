"""Cards are moved with a reason, by mouse or keyboard, and people at one table never overwrite each other."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator, Page, expect

from calibration.models import Card, CardMove
from hrportal.people.models import User
from tests.support.browser import sign_in

from .steps import press, see_board

pytestmark = pytest.mark.browser

WHY = "Others with the same scope were rated like this."
REFRESHED = 3_000 + 12_000  # milliseconds: what is promised, and slack for a machine that does more than this


@pytest.fixture
def table(demo_portal) -> SimpleNamespace:
    """An open session with a card that two people may move: its columns, and the card as it lies there."""
    both = [User.objects.get(username=name) for name in ("hrleader", "hrbp")]
    cards = Card.objects.filter(session__state="open", rating__value=3)
    for user in both:
        cards = cards.filter(pk__in=Card.objects.visible_to(user).values("pk"))
    card = next(
        card for card in cards.order_by("pk") if all(user.has_perm("calibration.move_card", card) for user in both)
    )
    levels = card.session.cycle.scale.levels
    return SimpleNamespace(card=card, lower=levels.get(value=2), same=card.rating, higher=levels.get(value=4))


def sit_down(page: Page, username: str, table: SimpleNamespace) -> Page:
    """Sign in and open the board, on a screen that shows all of it."""
    sign_in(page, username)
    page.goto(f"/calibration/sessions/{table.card.session_id}/board/")
    see_board(page)
    return page


@pytest.fixture
def leader(new_page, table) -> Page:
    return sit_down(new_page(viewport={"width": 1600, "height": 1000}), "hrleader", table)


@pytest.fixture
def partner(new_page, table) -> Page:
    return sit_down(new_page(viewport={"width": 1600, "height": 1000}), "hrbp", table)


def card_on(page: Page, table: SimpleNamespace) -> Locator:
    return page.locator(f"[data-card='{table.card.pk}']")


def card_in(page: Page, table: SimpleNamespace, column) -> Locator:
    return page.locator(f"[data-column='{column.pk}'] [data-card='{table.card.pk}']")


def propose(page: Page, table: SimpleNamespace, key: str) -> None:
    """Take the card to a neighbouring column by keyboard; the dialog asks why."""
    card_on(page, table).locator("[data-move]").press(key)
    page.get_by_role("dialog").get_by_role("textbox").fill(WHY)


def confirm(page: Page) -> None:
    """Send the move and wait for its answer."""
    press(page, "Move")
    expect(page.locator("#move")).to_be_hidden()


def drag(page: Page, card: Locator, column: Locator) -> None:
    """Take a card by its head and carry it to a column in steps, as a hand does."""
    card.scroll_into_view_if_needed()
    start, target = card.bounding_box(), column.bounding_box()
    page.mouse.move(start["x"] + start["width"] - 12, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] - 20, start["y"] + 20, steps=5)
    page.mouse.move(target["x"] + target["width"] / 2, max(target["y"] + 40, start["y"]), steps=25)
    page.mouse.up()


def test_a_card_is_dragged_and_asks_why(leader, table):
    drag(leader, card_on(leader, table), leader.locator(f"[data-column='{table.higher.pk}'] [data-cards]"))
    leader.get_by_role("dialog").get_by_role("textbox").fill(WHY)
    confirm(leader)

    expect(card_in(leader, table, table.higher)).to_be_visible()
    move = CardMove.objects.filter(card=table.card).latest("pk")
    assert (move.to_rating, move.rationale) == (table.higher, WHY)


@pytest.mark.long
def test_a_drag_without_a_reason_goes_back(leader, table):
    drag(leader, card_on(leader, table), leader.locator(f"[data-column='{table.higher.pk}'] [data-cards]"))
    press(leader, "Leave it where it was")

    expect(card_in(leader, table, table.same)).to_be_visible()
    table.card.refresh_from_db()
    assert table.card.rating == table.same


def test_a_card_is_moved_by_keyboard_and_keeps_the_focus(leader, table):
    propose(leader, table, "ArrowLeft")
    confirm(leader)

    moved = card_in(leader, table, table.lower)
    expect(moved).to_be_visible()
    expect(moved.locator(":focus")).to_have_count(1)
    table.card.refresh_from_db()
    assert (table.card.rating, table.card.rationale) == (table.lower, WHY)


@pytest.mark.long
def test_a_move_appears_at_the_others(leader, partner, table):
    propose(leader, table, "ArrowRight")
    confirm(leader)
    expect(card_in(leader, table, table.higher)).to_be_visible()

    expect(card_in(partner, table, table.higher)).to_be_visible(timeout=REFRESHED)


def test_of_two_who_move_one_card_the_second_is_told_and_keeps_their_words(leader, partner, table):
    propose(partner, table, "ArrowLeft")
    propose(leader, table, "ArrowRight")
    confirm(leader)
    expect(card_in(leader, table, table.higher)).to_be_visible()

    press(partner, "Move")

    dialog = partner.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text(table.higher.label)
    expect(dialog.get_by_role("alert")).to_contain_text(table.lower.label)
    expect(dialog.get_by_role("textbox")).to_have_value(WHY)
    table.card.refresh_from_db()
    assert table.card.rating == table.higher

    press(partner, "Move it all the same")
    expect(card_in(partner, table, table.lower)).to_be_visible()
    table.card.refresh_from_db()
    assert table.card.rating == table.lower


def test_words_typed_without_a_connection_are_there_when_it_is_back(leader, table):
    propose(leader, table, "ArrowRight")
    leader.context.set_offline(True)
    press(leader, "Move")
    expect(leader.get_by_role("dialog").get_by_role("alert")).to_contain_text("Your words are still here")
    expect(leader.get_by_role("dialog").get_by_role("textbox")).to_have_value(WHY)

    leader.context.set_offline(False)
    confirm(leader)

    expect(card_in(leader, table, table.higher)).to_be_visible()


@pytest.mark.long
def test_words_typed_after_signing_out_elsewhere_wait_for_the_next_sign_in(leader, table):
    propose(leader, table, "ArrowRight")
    leader.context.clear_cookies(name="sessionid")
    press(leader, "Move")
    dialog = leader.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("You were signed out")
    expect(dialog.get_by_role("textbox")).to_have_value(WHY)

    with leader.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in in a new tab").click()
    sign_in(opened.value, "hrleader")
    confirm(leader)

    expect(card_in(leader, table, table.higher)).to_be_visible()


def test_a_move_is_taken_back_from_the_line_above_the_board(leader, table):
    propose(leader, table, "ArrowRight")
    confirm(leader)
    expect(card_in(leader, table, table.higher)).to_be_visible()

    press(leader, "Take back")

    expect(card_in(leader, table, table.same)).to_be_visible()
    assert CardMove.objects.filter(card=table.card).order_by("-pk")[0].to_rating == table.same


@pytest.mark.long
def test_a_board_says_that_it_has_lost_its_connection_and_comes_back(leader):
    light = leader.locator("#live")
    expect(light).to_have_text("Live")
    leader.context.set_offline(True)
    expect(light).to_have_text("Connection lost, trying again", timeout=REFRESHED)

    leader.context.set_offline(False)

    expect(light).to_have_text("Live", timeout=REFRESHED)


@pytest.mark.parametrize("view", ["list", pytest.param("managers", marks=pytest.mark.long)])
def test_a_card_is_moved_by_keyboard_in_every_view_that_shows_it(leader, table, view):
    leader.goto(f"/calibration/sessions/{table.card.session_id}/board/?view={view}")
    see_board(leader)

    propose(leader, table, "ArrowRight")
    confirm(leader)

    expect(leader.locator(f"[data-card='{table.card.pk}']")).to_contain_text("Moved")
    table.card.refresh_from_db()
    assert table.card.rating == table.higher
