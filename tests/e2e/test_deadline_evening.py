"""The evening before the reviews are due: one manager, twelve of them, only the keyboard, and a line that breaks twice."""

import pytest
from playwright.sync_api import Page, expect

from performance.enums import ReviewState, Side
from performance.models import Answer, Review, ReviewPart, TemplateSection
from tests.support.browser import sign_in
from tests.support.processes import wait_until

from .steps import see_saved

pytestmark = pytest.mark.browser


def waiting_reviews(count: int) -> list[Review]:
    """So many empty reviews for the demo's manager to write, on top of the list."""
    manager = Review.objects.filter(reviewer__user__username="manager").first().reviewer
    own = Review.objects.filter(state__in=[ReviewState.MANAGER_REVIEW, ReviewState.SELF_ASSESSMENT], reviewer=manager)
    like = own.order_by("pk").first()
    others = Review.objects.filter(cycle=like.cycle, reviewer__isnull=False, submitted_at=None).exclude(
        reviewer=manager
    )
    others = others.exclude(employee__in=[manager.pk, *manager.manager_ids]).order_by("pk")
    own.update(state=ReviewState.MANAGER_REVIEW)
    missing = max(0, count - own.count())
    more = list(others.values_list("pk", flat=True)[:missing])
    Review.objects.filter(pk__in=more).update(reviewer=manager, state=ReviewState.MANAGER_REVIEW)
    TemplateSection.objects.filter(template=like.cycle.template).update(
        weight=None
    )  # the rating is the manager's alone
    reviews = list(own.order_by("pk")[:count])
    parts = ReviewPart.objects.filter(review__in=reviews, side=Side.MANAGER)
    Answer.objects.filter(part__in=parts).delete()
    parts.update(overall_rating=None)
    return reviews


def stored_words(review: Review) -> str:
    answers = Answer.objects.filter(part__review=review, part__side=Side.MANAGER).order_by("pk")
    return "\n".join(answers.values_list("text", flat=True))


def write_one(page: Page, review: Review, *, cut: bool) -> str:
    """Write and hand in one review with the keyboard alone, on a line that may break in the middle."""
    words = f"What {review.employee.first_name} brought about, in words typed late in the evening."
    page.goto(f"/performance/reviews/{review.pk}/write/")
    page.wait_for_load_state("networkidle")
    page.locator("textarea[name^=answer_]").first.focus()
    if cut:
        page.context.set_offline(True)
    page.keyboard.type(words)
    if cut:
        expect(page.locator("[data-save-state]")).to_have_attribute("data-state", "offline")
        page.context.set_offline(False)
    wait_until(lambda: words in stored_words(review), what="the words to be stored")
    answer_the_rest(page)
    page.locator("input[name=overall_rating]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    see_saved(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/receipt/")
    expect(page.locator("main")).to_contain_text(words)
    return words


def answer_the_rest(page: Page) -> None:
    """Some words in every other answer, by tabbing from one to the next."""
    texts = page.locator("textarea[name^=answer_]")
    for number in range(1, texts.count()):
        texts.nth(number).focus()
        page.keyboard.type("Yes, as agreed.")


def spend_the_evening(page: Page, count: int) -> None:
    reviews = waiting_reviews(count)
    sign_in(page, "manager")

    written = {
        review.pk: write_one(page, review, cut=number in {1, count - 1}) for number, review in enumerate(reviews)
    }

    for review in Review.objects.filter(pk__in=written):
        assert review.submitted_at is not None
        assert written[review.pk] in stored_words(review)


def test_three_reviews_and_a_line_that_breaks_twice(demo_portal, page):
    spend_the_evening(page, 3)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_twelve_reviews_on_the_evening_before_they_are_due(demo_portal, page):
    spend_the_evening(page, 12)
