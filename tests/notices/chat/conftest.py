"""Servers that stand for Slack and Teams, and the kinds of notices that are about them."""

import pytest

from hrportal.notices import catalogue
from hrportal.notices.chat.notices import BROKEN, PORTAL_REFUSED
from tests.notices.chat.steps import said
from tests.support.receiver import receiving


@pytest.fixture
def kinds(kinds):
    """The two, and what is told about chats."""
    catalogue._kinds |= {kind.key: kind for kind in (BROKEN, PORTAL_REFUSED)}
    return kinds


@pytest.fixture
def teams(settings):
    """A server that stands for Teams."""
    settings.TEAMS_WEBHOOK_HOSTS = ["127.0.0.1"]
    with receiving(202) as receiver:
        yield receiver


@pytest.fixture
def slack_app(settings):
    """A server that stands for Slack, and the portal's app there."""
    with receiving(said(ok=True, user={"id": "U1", "profile": {"fields": "x" * 10_000}})) as receiver:
        settings.SLACK_API_URL = f"http://127.0.0.1:{receiver.port}/api"
        settings.SLACK_BOT_TOKEN = "xoxb-token"
        yield receiver
