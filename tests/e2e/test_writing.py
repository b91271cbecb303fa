"""What somebody writes is never lost: not by a reload, a cut line, a second tab, or a session that ends."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from performance.enums import BEING_WRITTEN
from performance.models import Answer, Review
from tests.support.browser import DEMO_PASSWORD, sign_in
from tests.support.processes import wait_until

from .steps import see_saved

pytestmark = pytest.mark.browser

PROMISED, SLACK = 2, 13  # seconds; the slack is for a machine that does more than this


@pytest.fixture
def review(demo_portal) -> Review:
    """A review the demo's manager has to write."""
    waiting = Review.objects.filter(state__in=BEING_WRITTEN, reviewer__user__username="manager")
    return waiting.order_by("pk")[0]


@pytest.fixture
def desk(page, review) -> Page:
    sign_in(page, "manager")
    return open_desk(page, review)


def open_desk(page: Page, review: Review) -> Page:
    page.goto(f"/performance/reviews/{review.pk}/write/")
    page.wait_for_load_state("networkidle")
    return page


def text_of(page: Page):
    return page.locator("textarea[name^=answer_]").first


def stored(review: Review) -> str:
    """What the server holds of the manager's answers."""
    answers = Answer.objects.filter(part__review=review, part__side="manager")
    return "\n".join(answers.order_by("pk").values_list("text", flat=True))


def test_words_are_saved_within_two_seconds_and_survive_a_reload(desk, review):
    text_of(desk).fill("Brought the team through")

    wait_until(lambda: "Brought the team through" in stored(review), seconds=PROMISED + SLACK)
    see_saved(desk)
    desk.reload()
    expect(text_of(desk)).to_have_value("Brought the team through")


def test_words_written_without_a_line_are_kept_and_sent_later(desk, review):
    desk.context.set_offline(True)
    text_of(desk).fill("Written in a tunnel")
    expect(desk.locator("[data-save-state]")).to_have_attribute("data-state", "offline")
    assert "Written in a tunnel" not in stored(review)

    desk.context.set_offline(False)

    wait_until(lambda: "Written in a tunnel" in stored(review))
    see_saved(desk)


def test_of_two_tabs_the_later_one_is_shown_both_texts(desk, review):
    second = open_desk(desk.context.new_page(), review)
    text_of(desk).fill("From the first tab")
    see_saved(desk)

    text_of(second).fill("From the second tab")

    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("From the first tab")
    expect(dialog).to_contain_text("From the second tab")
    assert "From the first tab" in stored(review)
    assert "From the second tab" not in stored(review)
    dialog.locator("button[value=mine]").click()
    wait_until(lambda: "From the second tab" in stored(review))
    see_saved(second)


def test_words_outlive_the_session_they_were_written_in(desk, review):
    Session.objects.all().delete()
    text_of(desk).fill("Written after lunch")
    state = desk.locator("[data-save-state]")
    expect(state).to_have_attribute("data-state", "signed-out")
    assert "Written after lunch" not in stored(review)

    with desk.context.expect_page() as opened:
        state.get_by_role("link").click()
    opened.value.wait_for_load_state()
    sign_in(opened.value, "manager")
    opened.value.close()
    desk.bring_to_front()
    text_of(desk).fill("Written after lunch!")

    wait_until(lambda: "Written after lunch!" in stored(review))
    see_saved(desk)


def test_words_of_any_form_outlive_the_session(page):
    """A form that is not saved while it is written: what it was sent with is there again after signing in."""
    sign_in(page, "manager")
    page.goto("/performance/feedback/new/")
    page.get_by_label("For whom").fill("anybody")
    page.get_by_role("textbox", name="Feedback").fill("Written before the break")
    Session.objects.all().delete()

    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_text("what you sent did not arrive")).to_be_visible()
    page.fill("[name=login]", "manager")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")

    expect(page).to_have_url(re.compile("/performance/feedback/new/$"))
    expect(page.get_by_role("textbox", name="Feedback")).to_have_value("Written before the break")
    page.reload()
    expect(page.get_by_role("textbox", name="Feedback")).to_have_value("")


def test_words_of_one_person_are_not_brought_back_to_another(page):
    sign_in(page, "manager")
    page.goto("/performance/feedback/new/")
    page.get_by_label("For whom").fill("anybody")
    page.get_by_role("textbox", name="Feedback").fill("Not for other eyes")
    Session.objects.all().delete()

    page.get_by_role("main").get_by_role("button").last.click()
    page.fill("[name=login]", "employee")
    page.fill("[name=password]", DEMO_PASSWORD)
    page.press("[name=password]", "Enter")

    expect(page).to_have_url(re.compile("/performance/feedback/new/$"))
    expect(page.get_by_role("textbox", name="Feedback")).to_have_value("")


def test_a_field_for_several_people_goes_on_as_long_as_one_types_and_takes_a_pasted_list(page):
    sign_in(page, "hrleader")
    page.goto("/calibration/sessions/new/")
    page.wait_for_load_state("networkidle")
    lines = page.locator("[name=participants]")
    at_first = lines.count()

    lines.last.fill("Ada")
    expect(lines).to_have_count(at_first + 1)
    lines.last.evaluate(
        """line => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text", "a@x.example\\nb@x.example; c@x.example");
            line.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
        }"""
    )

    assert [line.input_value() for line in lines.all()[at_first:]] == ["a@x.example", "b@x.example", "c@x.example", ""]
