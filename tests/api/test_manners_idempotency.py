"""A POST with an Idempotency-Key happens once, whatever happens in between."""

import os
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import encode_multipart
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.errors import KeyInUse
from hrportal.common.idempotency import forget_old_answers, once
from hrportal.common.models import IdempotentRequest
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.integrations.webhooks.models import Endpoint
from hrportal.people.enums import Role
from hrportal.people.models import EmployeeImport
from performance.models import GoalPeriod
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import GoalPeriodFactory
from tests.support.processes import wait_until

URL = "/api/v1/goal-periods/"
PERIOD = {"name": "Spring", "starts_on": "2026-01-01", "ends_on": "2026-06-30"}


def key(word="a-key-of-ours"):
    return {"Idempotency-Key": word}


@pytest.mark.django_db
def test_same_request_again_is_done_once_and_answered_the_same(api):
    caller = api()

    first = caller.post(URL, PERIOD, headers=key())
    again = caller.post(URL, PERIOD, headers=key())

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert (again["ETag"], again["Content-Type"]) == (first["ETag"], first["Content-Type"])
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")
    assert GoalPeriod.objects.count() == 1


@pytest.mark.django_db
def test_another_body_or_address_under_the_key_is_refused(api):
    caller = api()
    caller.post(URL, PERIOD, headers=key())

    other_body = caller.post(URL, PERIOD | {"name": "Autumn"}, headers=key())
    other_address = caller.post("/api/v1/goal-templates/", PERIOD, headers=key())

    assert [answer.status_code for answer in (other_body, other_address)] == [422, 422]
    assert other_body.json()["code"] == "idempotency_key_reused"
    assert GoalPeriod.objects.count() == 1


@pytest.mark.django_db
def test_a_large_file_is_taken_once_though_each_time_other_words_part_the_form(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    caller = api("employees:write")

    def upload(boundary, last_name="Byron"):
        rows = "".join(f"N{number},Ada,{last_name}\n" for number in range(300))
        file = SimpleUploadedFile("people.csv", f"employee_number,first_name,last_name\n{rows}".encode())
        form = encode_multipart(boundary, {"source": "hris", "file": file})
        return caller.generic(
            "POST", "/api/v1/imports/", form, f"multipart/form-data; boundary={boundary}", headers=key()
        )

    first, again, other = upload("here"), upload("there"), upload("here", "Lovelace")

    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 422), first.content
    assert again.content == first.content
    assert EmployeeImport.objects.count() == 1


@pytest.mark.django_db
def test_keys_of_others_are_not_ours(api):
    person = make_user(Role.HR_LEADER)

    for caller in (api(), api(), api(act_for=person)):
        answer = caller.post(URL, PERIOD | {"name": str(uuid.uuid4())}, headers=key())
        assert (answer.status_code, "Idempotency-Replayed" in answer) == (201, False)

    assert GoalPeriod.objects.count() == 3


@pytest.mark.django_db
def test_refusal_is_replayed_too_and_changed_nothing(api):
    caller = api()

    first = caller.post(URL, PERIOD | {"ends_on": "2025-01-01"}, headers=key())
    again = caller.post(URL, PERIOD | {"ends_on": "2025-01-01"}, headers=key())

    assert first.status_code in {400, 409}
    assert (again.status_code, again.json(), again["Content-Type"]) == (
        first.status_code,
        first.json(),
        "application/problem+json",
    )
    assert not GoalPeriod.objects.exists()


@pytest.mark.django_db
def test_failure_of_ours_is_taken_back_and_may_be_tried_again(api, monkeypatch):
    caller = api()
    caller.raise_request_exception = False
    create = "performance.api.views.goals.create_goal_period"

    def create_and_fail(**fields):
        GoalPeriod.objects.create(name="Half done", starts_on="2026-01-01", ends_on="2026-06-30")
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(create, create_and_fail)
        assert caller.post(URL, PERIOD, headers=key()).status_code == 500
    assert not GoalPeriod.objects.exists()

    assert caller.post(URL, PERIOD, headers=key()).status_code == 201


@pytest.mark.django_db
def test_while_the_first_is_running_the_second_is_asked_to_wait(api):
    caller = api()
    caller.post(URL, PERIOD, headers=key())
    IdempotentRequest.objects.update(status=None)

    answer = caller.post(URL, PERIOD, headers=key())

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_in_use")
    assert int(answer["Retry-After"]) >= 1
    assert GoalPeriod.objects.count() == 1


@pytest.mark.django_db
def test_what_a_dead_process_left_is_taken_over(api):
    caller = api()
    caller.post(URL, PERIOD, headers=key())
    GoalPeriod.objects.all().delete()  # it died before it committed: neither effect nor answer
    IdempotentRequest.objects.update(status=None, claimed_until=timezone.now() - timedelta(seconds=1))

    answer = caller.post(URL, PERIOD, headers=key())

    assert (answer.status_code, "Idempotency-Replayed" in answer) == (201, False)
    assert GoalPeriod.objects.count() == 1


@pytest.mark.django_db
def test_who_was_overtaken_takes_its_effect_back(api):
    caller = api()

    def overtake(**fields):
        GoalPeriod.objects.create(name="Too late", starts_on="2026-01-01", ends_on="2026-06-30")
        IdempotentRequest.objects.update(claim=uuid.uuid4())
        return GoalPeriod.objects.get()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("performance.api.views.goals.create_goal_period", overtake)
        answer = caller.post(URL, PERIOD, headers=key())

    assert answer.json()["code"] == "idempotency_key_in_use"
    assert not GoalPeriod.objects.exists()


@pytest.mark.django_db
def test_answers_are_forgotten_after_a_day(api):
    caller = api()
    caller.post(URL, PERIOD, headers=key("old"))
    IdempotentRequest.objects.update(created_at=timezone.now() - timedelta(hours=25))
    caller.post(URL, PERIOD | {"name": "Autumn"}, headers=key("new"))

    assert forget_old_answers() == 1
    assert IdempotentRequest.objects.get().key == "new"


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["", "x" * 256, "with space", "umläut"])
def test_key_that_is_no_word_is_refused(api, word):
    answer = api().post(URL, PERIOD, headers=key(word))

    assert answer.status_code == 400
    assert not GoalPeriod.objects.exists()


@pytest.mark.django_db
def test_answer_lies_sealed_and_is_answered_again_all_the_same(api, settings):
    """What is shown once, such as the secret of a webhook, is in no copy of the database."""
    caller, body = api(), {"url": "https://example.com/hook", "events": ["*"]}
    first = caller.post("/api/v1/webhook-endpoints/", body, headers=key())
    row = IdempotentRequest.objects.get()

    assert first.json()["secret"].encode() not in bytes(row.body)
    assert first.json()["secret"] not in str(row.headers)
    assert caller.post("/api/v1/webhook-endpoints/", body, headers=key()).content == first.content
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert caller.post("/api/v1/webhook-endpoints/", body, headers=key()).content == first.content
    settings.SECRET_KEY_FALLBACKS = []
    lost = caller.post("/api/v1/webhook-endpoints/", body, headers=key())
    assert (lost.status_code, lost.json()["code"]) == (409, "idempotency_answer_lost")
    assert Endpoint.objects.count() == 1


@pytest.mark.django_db
def test_client_limited_meanwhile_is_not_answered_as_before():
    unit, person = OrgUnitFactory(), EmployeeFactory()
    caller, body = APIClient(), {"left_on": "2030-01-01"}

    def end(units):
        caller.force_authenticate(ClientPrincipal("hris", frozenset({"employees:read", "employees:write"}), units))
        return caller.post(f"/api/v1/employees/{person.pk}/end/", body, format="json", headers=key())

    assert end(None).json()["id"] == person.pk
    limited = end((unit.path,))
    assert (limited.status_code, limited.json()["code"]) == (422, "idempotency_key_reused")


@pytest.mark.django_db
def test_key_opens_nothing(api):
    """Whoever may not ask is refused before the key is looked at."""
    api().post(URL, PERIOD, headers=key())

    assert api("goals:read").post(URL, PERIOD, headers=key()).status_code == 403
    assert IdempotentRequest.objects.count() == 1


@pytest.mark.services
def test_of_many_at_once_with_one_key_one_happens(committed_db):
    """Threads with the same key at the same moment: one effect; each is answered with it or asked to wait."""
    hands = 6
    barrier = Barrier(hands)
    periods = []

    def handler(request):
        periods.append(GoalPeriod.objects.create(name="Spring", starts_on="2026-01-01", ends_on="2026-06-30").pk)
        return Answer(str(periods[-1]))

    def hand(_number):
        try:
            barrier.wait()
            return begin(handler)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(hands) as pool:
        results = list(pool.map(hand, range(hands)))

    assert GoalPeriod.objects.count() == 1
    answered = [result for result in results if getattr(result, "status_code", 0) == 200]
    waiting = [result for result in results if getattr(result, "default_code", "") == "idempotency_key_in_use"]
    assert answered
    assert len(answered) + len(waiting) == hands
    assert {result.content for result in answered} == {str(periods[0]).encode()}


@pytest.mark.services
def test_process_that_dies_leaves_neither_effect_nor_answer(committed_db):
    """Killed between effect and answer: nothing happened, others wait for its claim, then one of them does it."""
    connection.close()
    if not (child := os.fork()):
        try:
            begin(lambda request: GoalPeriodFactory() and os._exit(9))
        finally:
            os._exit(1)  # it never goes on with the tests
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9

    wait_until(lambda: not GoalPeriod.objects.exists())
    assert IdempotentRequest.objects.get().status is None
    with pytest.raises(KeyInUse):
        begin(lambda request: Answer(str(GoalPeriodFactory().pk)))
    IdempotentRequest.objects.update(claimed_until=timezone.now())
    answers = [begin(lambda request: Answer(str(GoalPeriodFactory().pk))) for _ in range(2)]

    assert GoalPeriod.objects.count() == 1
    assert answers[0].content == answers[1].content


def begin(handler):
    """Ask as a client with a key does."""
    return once(handler, "a-key", refuse=lambda error: Answer("", 500), finish=lambda answer: answer)(Asked())


class Answer:
    """As much of an answer as the keeping of answers looks at."""

    def __init__(self, text, status_code=200):
        self.content, self.status_code = text.encode(), status_code

    def __contains__(self, name):
        return False

    def render(self):
        return self


class Asked:
    """As much of a request."""

    method = "POST"
    content_type = "application/json"

    class _request:
        body = b"{}"

    class user:
        class journal_identity:
            client_id, on_behalf_of_id, actor_id = "c", None, None

        class viewer:
            scopes, client_units = frozenset(), None

    def get_full_path(self):
        return URL
