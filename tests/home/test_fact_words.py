"""Every fact of the journal is said in words, on every page that shows facts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from hrportal.home.audit import APPS
from hrportal.home.facts import WORDS
from hrportal.integrations.webhooks.catalogue import EVENTS
from hrportal.journal.recording import Identity, record
from hrportal.journal.wording import words_of
from hrportal.people.enums import Role
from hrportal.people.models import PersonalToken
from tests.factories.people import make_user

ROOT = Path(__file__).resolve().parents[2]
TOPIC = re.compile(r"[a-z]+(_in)?\.[a-z_]*[a-z]")


def topics_in_code() -> set[str]:
    """Every topic that a function of an `events` module names."""
    folders = [*ROOT.glob("*/events/*.py"), *ROOT.glob("hrportal/**/events.py")]
    return {topic for path in folders for topic in _topics_of(path)}


def _topics_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TOPIC.fullmatch(node.value):
            yield node.value


def test_every_topic_is_said_in_one_sentence_and_in_one_place():
    topics = topics_in_code()

    assert len(topics) > 300
    assert sorted(topic for topic in topics if words_of(topic) == topic) == []
    assert sorted(WORDS.keys() & EVENTS.keys()) == []
    assert all(str(words).endswith(".") for words in WORDS.values())


class Program:
    """Somebody's program, acting by a token."""

    def __init__(self, token: PersonalToken) -> None:
        self.journal_identity = Identity(actor_id=token.user_id, client_id=f"token:{token.pk}")


@pytest.mark.django_db
def test_the_audit_trail_names_a_token_to_those_who_may_see_it_and_says_of_others_that_it_was_one(client):
    owner = make_user(Role.EMPLOYEE)
    token = PersonalToken.objects.create(
        user=owner, name="Monthly report", hash="0" * 64, expires_at="2100-01-01T00:00Z"
    )
    record("people.account_changed", owner, by=Program(token))

    client.force_login(make_user(Role.ADMIN))
    shown_to_admin = client.get(reverse("home:fact_list")).content.decode()
    client.force_login(make_user(Role.HR_LEADER))
    shown_to_leader = client.get(reverse("home:fact_list")).content.decode()

    assert "Something about an account changed." in shown_to_admin
    assert "through the access token “Monthly report”" in shown_to_admin
    assert "through an access token" in shown_to_leader
    assert "Monthly report" not in shown_to_leader
    assert "token:" not in shown_to_admin + shown_to_leader


def test_every_fact_is_of_an_area_of_the_audit_page():
    areas = tuple(area for area, _words in APPS)

    assert {topic for topic in topics_in_code() | WORDS.keys() if not topic.startswith(areas)} == set()
