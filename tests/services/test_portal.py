"""The portal as in production: its processes find each other and outlive what is done to them."""

import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
import requests
from django.db import transaction

from hrportal.journal.models import Fact
from hrportal.journal.recording import record
from tests.factories.people import UserFactory
from tests.support.processes import wait_until

pytestmark = pytest.mark.services


def commit_a_fact() -> int:
    with transaction.atomic():
        return record("people.account_created", UserFactory(), by=None).pk


def is_sequenced(pk: int) -> bool:
    return Fact.objects.filter(pk=pk, position__isnull=False).exists()


def test_the_web_process_answers(portal):
    portal.start_web()

    with urllib.request.urlopen(f"{portal.url}/healthz", timeout=60) as answer:
        assert answer.status == 200


def test_worker_and_beat_find_work_that_no_message_announced(portal):
    portal.start_worker()
    portal.start_beat()

    fact = commit_a_fact()

    wait_until(lambda: is_sequenced(fact), what="the fact's place in the chain")


def test_work_goes_on_after_worker_and_redis_were_killed(portal, redis_server):
    worker = portal.start_worker(supervised=True)
    portal.start_beat(supervised=True)

    redis_server.kill()
    fact = commit_a_fact()
    worker.kill()
    redis_server.start()

    wait_until(lambda: is_sequenced(fact), what="the fact's place in the chain")


def sign_in(portal, user) -> requests.Response:
    """Sign in as somebody with a browser's manners; the answer is the page they arrive at."""
    browser = requests.Session()
    page = f"{portal.url}/accounts/login/"
    browser.get(page, timeout=60)
    words = {
        "login": user.username,
        "password": "correct horse battery",
        "csrfmiddlewaretoken": browser.cookies["csrftoken"],
    }
    return browser.post(page, data=words, headers={"Referer": page}, timeout=60)


@pytest.mark.parametrize("hurt", ["kill", "suspend"])
def test_people_come_in_while_redis_is_gone_or_silent(portal, redis_server, hurt, settings):
    settings.PASSWORD_HASHERS = ["hrportal.people.hashers.PortalArgon2Hasher"]
    user = UserFactory()
    portal.start_web()
    _, as_ever = timed(sign_in, portal, user)
    getattr(redis_server, hurt)()

    arrived, seconds = timed(sign_in, portal, user)

    assert (arrived.status_code, arrived.url) == (200, f"{portal.url}/")
    assert requests.get(f"{portal.url}/readyz", timeout=60).json()["broker"] == "unreachable"
    assert seconds < 10 + 3 * as_ever


def timed(act: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    """What it gives, and the seconds it took."""
    started = time.monotonic()
    return act(*arguments), time.monotonic() - started
