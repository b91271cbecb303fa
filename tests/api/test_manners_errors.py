"""Whatever is sent, the answer is a problem document that says where; never an error of our own."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.people.enums import Role
from performance.models import Objective, ReviewCycle
from tests.api.test_problems import assert_problem
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db
CYCLES = "/api/v1/cycles/"


@pytest.fixture
def caller(api):
    return api()


def sent(api, body, content_type="application/json", **more):
    caller = api()
    caller.raise_request_exception = False
    return caller.post(CYCLES, data=body, content_type=content_type, **more)


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        (b'{"name": ', "parse_error", None),
        (b'{"name": "\xff"}', "parse_error", None),
        (b'{"name": NaN}', "parse_error", None),
        (b"[" * 5000 + b"]" * 5000, "parse_error", None),
        (b'{"a":' * 100 + b"1" + b"}" * 100, "invalid", "/a"),
        (b'{"name": "a\\u0000b"}', "invalid", "/name"),
        (b'{"name": "a\\ud800b"}', "invalid", "/name"),
        (b'{"a\\u0000b": 1}', "invalid", ""),
        (b'{"template": 99999999999999999999999}', "invalid", "/template"),
        (b'{"template": 1e999}', "invalid", "/template"),
        (b'{"a/b~c": ["x", {"d": "\\u0000"}]}', "invalid", "/a~1b~0c/1/d"),
        (b'"text"', "invalid", ""),
        (b"[1, 2]", "invalid", ""),
    ],
)
def test_body_that_is_not_what_it_should_be(api, body, code, pointer):
    problem = assert_problem(sent(api, body), 400, code)

    assert pointer is None or pointer in [error["pointer"] for error in problem["errors"]]
    assert not ReviewCycle.objects.exists()


def test_error_inside_of_a_list_is_pointed_at(api):
    results = [
        {"title": "Fine"},
        {"title": "Odd", "kind": "no such kind"},
    ]
    body = {"title": "Goal", "starts_on": "2026-01-01", "due_on": "2026-12-31", "key_results": results}

    problem = assert_problem(api(act_for=make_user(Role.HR_LEADER)).post("/api/v1/objectives/", body), 400, "invalid")

    assert {"/key_results/1/kind"} == {error["pointer"] for error in problem["errors"]}
    assert not Objective.objects.exists()


def test_body_that_is_too_large(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    assert_problem(sent(api, json.dumps({"name": "x" * 1000})), 413, "content_too_large")
    assert_problem(api().post(CYCLES, {"name": "x" * 1000}, headers={"Idempotency-Key": "k"}), 413, "content_too_large")


def test_missing_scope_is_named_in_the_header(api):
    answer = api("employees:read").get(CYCLES)

    assert_problem(answer, 403, "insufficient_scope")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api", error="insufficient_scope", scope="reviews:read"'


def test_no_token_and_a_bad_one_are_told_apart():
    nobody, guess = APIClient().get(CYCLES), APIClient(headers={"Authorization": "Bearer x"}).get(CYCLES)

    assert_problem(nobody, 401, "not_authenticated")
    assert_problem(guess, 401, "invalid_token")
    assert ("error" in nobody["WWW-Authenticate"], "error" in guess["WWW-Authenticate"]) == (False, True)


@pytest.mark.parametrize("number", ["9" * 30, "0", "9223372036854775808"])
def test_id_that_no_row_can_have(api, number):
    assert_problem(api().get(f"{CYCLES}{number}/"), 404, "not_found")


def test_method_that_is_not_there_names_those_that_are(api):
    answer = api().put(CYCLES, {})

    assert_problem(answer, 405, "method_not_allowed")
    assert {"GET", "POST", "HEAD"} <= set(answer["Allow"].split(", "))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["name", "template", "starts_on", "scale"]) | st.text(max_size=8), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_anything_json_can_say_is_answered_in_order(caller, body):
    caller.raise_request_exception = False

    answer = caller.post(CYCLES, data=json.dumps(body), content_type="application/json")

    assert answer.status_code in {400, 409, 201}, answer.content
    assert answer.status_code == 201 or answer["Content-Type"] == "application/problem+json"
