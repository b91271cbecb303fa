"""Sixty people, three at the table at once: every hand is seen by the others, nothing typed is lost, and what was decided arrives."""

import itertools
import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import Locator, Page, expect

from calibration.actions import declare_recusal, fill_session, open_session
from calibration.models import Card, CardMove, Decision
from hrportal.people.models import Employee, User
from performance.enums import CycleState
from performance.models import ReviewCycle
from talent.models import CalibratedRating
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewTemplateFactory, rating_of
from tests.support.browser import sign_in

from .steps import look_again_until, press, see_board

pytestmark = pytest.mark.browser

PEOPLE = 60
WHY, OTHER = "Others with the same scope were rated like this.", "Two countries instead of one."
PROMISED = 3_000  # milliseconds
SEEN = PROMISED + 12_000  # with slack for a machine that does more than this
WIDE = {"width": 1600, "height": 1000}
NAMES = ("Ada Berg", "Bo Carr", "Cleo Dahl", "Dora Engel")


@pytest.fixture
def room(demo_portal) -> SimpleNamespace:
    """An open session over sixty people of a unit; who takes part stays out of talking about the last of the four named."""
    unit, boss = OrgUnitFactory(code="ROOM", name="The room"), EmployeeFactory(employee_number="ROOM-0")
    cycle = ReviewCycleFactory(name="The round table", template=ReviewTemplateFactory(name="Around the table"))
    for number, name in itertools.zip_longest(range(1, PEOPLE + 1), NAMES):
        first, last = name.split() if name else (f"Guest{number}", f"Zulu{number:02}")
        person = EmployeeFactory(
            first_name=first, last_name=last, employee_number=f"ROOM-{number}", org_unit=unit, manager=boss
        )
        submitted_review(cycle, 3, employee=person, reviewer=boss, org_unit=unit)
    facilitator, participant = (seated(name) for name in ("facilitator", "participant"))
    session = SessionFactory(name="The room", cycle=cycle, org_unit=unit, facilitator=facilitator.employee)
    ParticipantFactory(session=session, employee=participant.employee)
    fill_session(session, by=None)
    session = open_session(session, by=None)
    ReviewCycle.objects.filter(pk=cycle.pk).update(state=CycleState.CALIBRATION)
    hidden = Employee.objects.get(last_name="Engel", employee_number="ROOM-4")
    declare_recusal(session, by=participant, employee=participant.employee, about=hidden, reason="Family")
    cards = [Card.objects.get(session=session, review__employee__employee_number=f"ROOM-{n}") for n in range(1, 5)]
    levels = {value: rating_of(cycle, value) for value in (2, 3, 4, 5)}
    return SimpleNamespace(
        session=session, cards=cards, levels=levels, hidden=hidden, people=[facilitator, participant]
    )


def seated(username: str):
    """Somebody with an account and the password of all accounts of the demo, as the portal itself has hashed it."""
    password = User.objects.get(username="hrleader").password
    user = make_user(employee=EmployeeFactory(employee_number=f"SEAT-{username}"), username=username)
    User.objects.filter(pk=user.pk).update(password=password)
    return user


@pytest.fixture
def table(new_page, room) -> SimpleNamespace:
    """The three with the board before them, each at a computer of their own."""
    pages = {}
    for username in ("hrleader", "facilitator", "participant"):
        page = new_page(viewport=WIDE)
        sign_in(page, username)
        page.goto(f"/calibration/sessions/{room.session.pk}/board/")
        see_board(page)
        pages[username] = page
    return SimpleNamespace(**pages, all=list(pages.values()))


def card_in(page: Page, card: Card, level) -> Locator:
    return page.locator(f"[data-column='{level.pk}'] [data-card='{card.pk}']")


def seen_by_all(table: SimpleNamespace, card: Card, level) -> None:
    for page in table.all:
        expect(card_in(page, card, level)).to_be_visible(timeout=SEEN)


def by_keyboard(page: Page, card: Card, key: str, why: str = WHY) -> None:
    page.locator(f"[data-card='{card.pk}'] [data-move]").press(key)
    page.get_by_role("dialog").get_by_role("textbox").fill(why)


def by_hand(page: Page, card: Card, level, why: str = WHY) -> None:
    """Take a card by its head and carry it over in steps."""
    taken, column = page.locator(f"[data-card='{card.pk}']"), page.locator(f"[data-column='{level.pk}'] [data-cards]")
    taken.scroll_into_view_if_needed()
    start, target = taken.bounding_box(), column.bounding_box()
    page.mouse.move(start["x"] + start["width"] - 12, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] - 20, start["y"] + 20, steps=5)
    page.mouse.move(target["x"] + target["width"] / 2, max(target["y"] + 40, start["y"]), steps=20)
    page.mouse.up()
    page.get_by_role("dialog").get_by_role("textbox").fill(why)


def test_three_people_calibrate_sixty_at_once(table, room):
    dragged, typed, wanted, kept_from_one = room.cards
    assert table.hrleader.locator("[data-card]").count() == PEOPLE
    assert table.participant.locator("[data-card]").count() == PEOPLE - 1

    by_hand(table.facilitator, dragged, room.levels[5])
    press(table.facilitator, "Move")
    seen_by_all(table, dragged, room.levels[5])

    by_keyboard(table.hrleader, typed, "ArrowLeft")
    press(table.hrleader, "Move")
    seen_by_all(table, typed, room.levels[2])

    two_want_one_card(table, room, wanted)
    one_never_hears(table, room, kept_from_one)
    lock(table, room)
    complete(table, room)


def two_want_one_card(table: SimpleNamespace, room: SimpleNamespace, card: Card) -> None:
    """The second is told both values, keeps the words, and sends them knowingly on top."""
    by_keyboard(table.facilitator, card, "ArrowLeft", OTHER)
    by_keyboard(table.hrleader, card, "ArrowRight")
    press(table.hrleader, "Move")
    expect(card_in(table.hrleader, card, room.levels[4])).to_be_visible()

    press(table.facilitator, "Move")
    dialog = table.facilitator.get_by_role("dialog")
    for level in (room.levels[2], room.levels[4]):
        expect(dialog.get_by_role("alert")).to_contain_text(level.label)
    expect(dialog.get_by_role("textbox")).to_have_value(OTHER)
    press(table.facilitator, "Move it all the same")

    seen_by_all(table, card, room.levels[2])
    assert list(CardMove.objects.filter(card=card).order_by("pk").values_list("rationale", flat=True)) == [WHY, OTHER]


def one_never_hears(table: SimpleNamespace, room: SimpleNamespace, card: Card) -> None:
    """A move of a card that somebody is recused from comes to everybody else, and nothing of it to them."""
    answers = []
    table.participant.on("response", lambda answer: answers.append(answer.status) if "/board/" in answer.url else None)
    by_keyboard(table.facilitator, card, "ArrowRight")
    press(table.facilitator, "Move")
    expect(card_in(table.hrleader, card, room.levels[4])).to_be_visible(timeout=SEEN)
    table.participant.wait_for_timeout(PROMISED + 2_000)

    assert answers
    assert set(answers) == {304}
    expect(table.participant.locator("main")).not_to_contain_text(room.hidden.last_name)
    assert table.participant.goto(f"/calibration/sessions/cards/{card.pk}/").status == 404
    table.participant.goto(f"/calibration/sessions/{room.session.pk}/board/")
    see_board(table.participant)
    expect(table.participant.locator("main")).not_to_contain_text(room.hidden.last_name)


def lock(table: SimpleNamespace, room: SimpleNamespace) -> None:
    """After the lock nobody's board moves any more, without anybody having to reload it."""
    table.hrleader.get_by_role("link", name="Lock…").click()
    press(table.hrleader, "Lock the session")
    for page in (table.facilitator, table.participant):
        expect(page.locator("#board")).to_have_attribute("data-state", "locked", timeout=SEEN)
        expect(page.locator("[data-move-url]")).to_have_count(0)
    assert Decision.objects.filter(session=room.session).count() == PEOPLE


def complete(table: SimpleNamespace, room: SimpleNamespace) -> None:
    """What was decided is in the talent profiles: moved ratings as they were moved, the rest as proposed."""
    table.hrleader.goto(f"/calibration/sessions/{room.session.pk}/decisions/")
    table.hrleader.get_by_role("button", name=re.compile("^Complete")).click()
    people = [card.review.employee_id for card in Card.objects.filter(session=room.session).select_related("review")]
    arrived = CalibratedRating.objects.current().filter(profile__employee__in=people)
    look_again_until(table.hrleader, lambda: arrived.count() == PEOPLE)

    ratings = dict(arrived.values_list("profile__employee", "label"))
    for card, value in zip(room.cards, (5, 2, 2, 4), strict=True):
        assert ratings.pop(card.review.employee_id) == room.levels[value].label
    assert set(ratings.values()) == {room.levels[3].label}
