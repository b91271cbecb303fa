"""A 360 round from the first name to the talk: nominate, agree, answer (one of them from outside), close, share, read."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hrportal.people.models import Employee, User
from performance.actions.rounds import mind_round
from performance.models import AnswerSheet, FeedbackRound, RoundAnswer, RoundTemplate
from performance.rounds.external import answer_link
from tests.support.browser import sign_in

from .steps import fill, press, see, see_saved

pytestmark = [pytest.mark.browser, pytest.mark.long]

DUE = datetime.timedelta(days=14)


@pytest.fixture
def subject(demo_portal, settings) -> Employee:
    settings.SECRET_KEY = demo_portal.environment["SECRET_KEY"]  # links of ours are signed as the served portal signs
    return User.objects.get(username="employee").employee


def account_of(person: Employee) -> str:
    """The user name of somebody whose account is now open with the demo's password."""
    known = User.objects.get(username="employee").password
    User.objects.filter(employee=person).update(password=known)
    return User.objects.get(employee=person).username


def answers(page: Page, words: str) -> None:
    """Rate everything as "Often", write something, hand in."""
    for group in page.locator("fieldset").all():
        group.get_by_role("radio", name="Often", exact=True).check()
    page.locator("textarea").first.fill(words)
    see_saved(page)
    press(page, "Hand in")


def test_a_round_from_the_first_name_to_reading_the_results(new_page, subject):
    round_ = nominated(new_page(), subject)
    agreed(new_page(), round_)
    for number, rater in enumerate(round_.raters.filter(group="peer").select_related("employee")):
        page = new_page(viewport={"width": 390, "height": 844})
        sign_in(page, account_of(rater.employee))
        page.goto(f"/performance/rounds/answers/{rater.pk}/")
        answers(page, f"Thought number {number}")
        see(page, "exactly what is stored")
    for rater in round_.raters.filter(group="external"):
        outside = new_page()
        outside.goto("/" + answer_link(rater).split("/", 3)[3])
        answers(outside, "From outside")
        see(outside, "Thank you")
        outside.goto("/" + answer_link(rater).split("/", 3)[3])
        see(outside, "This link no longer works")

    assert not RoundAnswer.objects.filter(round=round_).exists()
    mind_round(round_)
    closed_and_shared(new_page(), round_)

    reader = new_page()
    sign_in(reader, "employee")
    reader.goto(f"/performance/rounds/{round_.pk}/")
    see(reader, "All others together")
    see(reader, "Thought number 1")
    see(reader, "From outside")
    assert not AnswerSheet.objects.filter(rater__round=round_).exists()


def nominated(page: Page, subject: Employee) -> FeedbackRound:
    """The subject asks for a round, the manager agrees to it, the subject names people."""
    sign_in(page, "employee")
    page.goto("/performance/rounds/new/")
    template = RoundTemplate.objects.offered().first()
    fill(page, template=str(template), due_on=(timezone.localdate() + DUE).isoformat())
    press(page, "Open the round")
    see(page, "This round was asked for")
    round_ = FeedbackRound.objects.get(subject=subject, state="asked")
    page.context.clear_cookies()
    sign_in(page, "manager")
    page.goto(f"/performance/rounds/{round_.pk}/")
    press(page, "Agree")
    page.context.clear_cookies()
    sign_in(page, "employee")
    page.goto(f"/performance/rounds/{round_.pk}/")
    peers = Employee.objects.filter(manager=subject.manager_id, status="active").exclude(pk=subject.pk)[:3]
    fill(page, **{f"person_{number}": peer.employee_number for number, peer in enumerate(peers)})
    page.locator("form", has_text="Name colleagues").get_by_role("button").click()
    for number in range(3):
        fill(page, name=f"Customer {number}", email=f"customer{number}@example.org")
        page.locator("form", has_text="Somebody outside").get_by_role("button").click()
        see(page, f"Customer {number}")
    return round_


def agreed(page: Page, round_: FeedbackRound) -> None:
    """The manager agrees to everybody and lets the round begin."""
    sign_in(page, "manager")
    page.goto(f"/performance/rounds/{round_.pk}/")
    press(page, "Agree to all")
    press(page, "Ask everybody")
    see(page, "Not yet enough")


def closed_and_shared(page: Page, round_: FeedbackRound) -> None:
    """The manager closes the round, as every group has enough, and shares what came of it."""
    sign_in(page, "manager")
    page.goto(f"/performance/rounds/{round_.pk}/")
    press(page, "Close the round")
    see(page, "All others together")
    expect(page.get_by_role("button", name="Share with")).to_be_visible()
    page.get_by_role("button", name="Share with").click()
    see(page, "The results are shared.")
