import pytest
from django.test import Client
from django.urls import reverse

PASSWORD = "a-long-password"


@pytest.fixture
def client_of():
    """A browser in which somebody signed in through the page, as people do."""

    def sign_in(user):
        if not user.check_password(PASSWORD):
            user.set_password(PASSWORD)
            user.save(update_fields=["password"])
        browser = Client()
        browser.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
        return browser

    return sign_in
