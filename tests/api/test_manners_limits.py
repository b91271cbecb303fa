"""So many requests a minute, told in every answer; without Redis everything passes."""

import pytest
import time_machine
from django.core.cache import cache
from rest_framework.test import APIClient

from hrportal.common.cache import ForgivingRedisCache
from hrportal.common.rates import spend
from hrportal.people.enums import Role
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
URL = "/api/v1/goal-periods/"


@pytest.fixture(autouse=True)
def limits(settings):
    settings.API_RATE_LIMITS = {"read": 3, "write": 2, "token": 4}
    cache.clear()
    with time_machine.travel("2026-11-20T09:30:15Z", tick=False):
        yield
    cache.clear()


def test_answers_say_what_is_left_and_the_next_is_asked_to_wait(api):
    caller = api()

    answers = [caller.get(URL) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit"] for answer in answers] == [
        '"read";r=2;t=45',
        '"read";r=1;t=45',
        *['"read";r=0;t=45'] * 2,
    ]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"read";q=3;w=60'}
    assert (answers[3]["Retry-After"], answers[3].json()["code"]) == ("45", "throttled")
    assert answers[3]["Content-Type"] == "application/problem+json"


def test_next_minute_begins_anew_and_writing_is_counted_by_itself(api):
    caller = api()
    for _ in range(4):
        caller.get(URL)

    assert caller.post(URL, {})["RateLimit"] == '"write";r=1;t=45'
    with time_machine.travel("2026-11-20T09:31:00Z", tick=False):
        assert caller.get(URL).status_code == 200


def test_each_client_and_each_person_has_their_own(api):
    busy = api()
    for _ in range(4):
        busy.get(URL)

    assert api().get(URL).status_code == 200
    assert api(act_for=make_user(Role.HR_LEADER)).get(URL).status_code == 200


def test_refusals_count_so_that_guessing_is_limited(api):
    narrow = api("employees:read")
    stranger = APIClient(headers={"Authorization": "Bearer guess"})

    assert [narrow.get(URL).status_code for _ in range(4)] == [403, 403, 403, 429]
    assert [stranger.get(URL).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_token_door_is_limited_by_address(client):
    asked = [client.post("/api/oauth/token", {"grant_type": "client_credentials"}) for _ in range(5)]

    assert asked[4].status_code == 429
    assert asked[4]["Retry-After"] == "45"
    assert 429 not in [answer.status_code for answer in asked[:4]]
    elsewhere = client.post("/api/oauth/token", {"grant_type": "client_credentials"}, REMOTE_ADDR="10.1.1.1")
    assert elsewhere.status_code != 429


def test_without_redis_everything_passes(monkeypatch):
    away = ForgivingRedisCache("redis://127.0.0.1:1", {"OPTIONS": {"socket_connect_timeout": 0.1}})
    monkeypatch.setattr("hrportal.common.rates.cache", away)

    assert all(spend("write", "somebody").is_within for _ in range(9))
