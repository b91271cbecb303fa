"""Whoever was signed out while a page stood open comes back to that page, and to words instead of an empty answer."""

import pytest

from tests.factories.people import EmployeeFactory, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
READ = "/notices/read/"


def test_a_page_is_come_back_to(client):
    assert client.get("/people/?q=a").url == f"{SIGN_IN}?next=/people/%3Fq%3Da"


def test_what_a_button_sent_leads_back_to_the_page_it_stood_on(client):
    answer = client.post(READ, HTTP_REFERER="http://testserver/notices/?show=unread")

    assert answer.url == f"{SIGN_IN}?next=/notices/%3Fshow%3Dunread&unsent=1"
    assert "what you sent did not arrive" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("asked_from", ["", "https://elsewhere.test/notices/", "http://testserver"])
def test_from_nowhere_known_one_comes_back_to_ones_own_first_page(client, asked_from):
    assert client.post(READ, HTTP_REFERER=asked_from).url == f"{SIGN_IN}?next=/&unsent=1"


def test_a_part_of_a_page_is_not_filled_with_the_sign_in(client):
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/people/?q=a"}

    answer = client.get("/people/?q=ab", **headers)

    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=/people/%3Fq%3Da"
    assert answer.content == b""


def test_an_address_that_only_takes_what_is_sent_says_so_to_whoever_opens_it(client):
    client.force_login(make_user(employee=EmployeeFactory()))

    answer = client.get(READ)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing happened" in answer.content.decode()
