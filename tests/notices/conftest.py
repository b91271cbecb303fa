"""Kinds to tell of, and somebody to tell."""

import pytest

from hrportal.notices import catalogue
from hrportal.notices.catalogue import notice_kind
from hrportal.notices.enums import MailRhythm
from tests.factories.people import make_user


@pytest.fixture
def kinds(monkeypatch):
    """Two kinds: one that is mailed at once, one in the daily summary."""
    monkeypatch.setattr(catalogue, "_kinds", {})
    urgent = notice_kind(
        "test.urgent", "%(person)s waits for you", when="when somebody waits", group="Test", mail=MailRhythm.AT_ONCE
    )
    calm = notice_kind("test.calm", "Something is new", when="when something is new", group="Test")
    return urgent, calm


@pytest.fixture
def reader():
    user = make_user()
    user.email = "reader@example.com"
    user.save()
    return user
