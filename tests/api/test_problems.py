"""Every error is a problem document."""

import pytest
from rest_framework.test import APIClient

from hrportal.people.enums import Role
from tests.factories.people import make_user
from tests.factories.performance import ReviewFactory, part_of

pytestmark = pytest.mark.django_db
MEMBERS = {"type", "title", "status", "detail", "instance", "code", "request_id"}


def assert_problem(answer, status, code):
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert body.keys() >= MEMBERS
    assert body["type"] == f"urn:hrportal:problem:{code}"
    assert body["request_id"] == answer["X-Request-Id"]
    return body


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1/nothing/", "/api/v1/employees", "/api/v1/employees/abc/"])
def test_unknown_address(path):
    assert_problem(APIClient().get(path), 404, "not_found")


def test_unknown_row(api):
    assert_problem(api().get("/api/v1/employees/999999/"), 404, "not_found")


@pytest.mark.parametrize("method", ["put", "delete", "options", "patch"])
def test_method_not_allowed(api, method):
    assert_problem(getattr(api(), method)("/api/v1/employees/"), 405, "method_not_allowed")


def test_unreadable_body(api):
    answer = api().post("/api/v1/cycles/", data="{", content_type="application/json")

    assert_problem(answer, 400, "parse_error")


def test_other_format(api):
    answer = api().post("/api/v1/cycles/", data="name=x", content_type="application/x-www-form-urlencoded")

    assert_problem(answer, 415, "unsupported_media_type")


def test_format_nobody_speaks(api):
    assert_problem(api().get("/api/v1/employees/", headers={"Accept": "text/csv"}), 406, "not_acceptable")


def test_wrong_input_is_pointed_at(api):
    body = assert_problem(api().post("/api/v1/cycles/", {"starts_on": "soon"}), 400, "invalid")

    places = {error["pointer"] for error in body["errors"]}
    assert places == {"/name", "/starts_on", "/ends_on", "/template", "/scale"}


def test_unknown_and_read_only_fields_are_refused(api):
    body = assert_problem(api().post("/api/v1/cycles/", {"nam": "Year", "guideline": {}}), 400, "invalid")

    assert body["errors"] == [{"pointer": "/nam", "code": "unknown_field", "detail": "There is no such field."}]


def test_body_that_is_no_object(api):
    assert_problem(api().post("/api/v1/cycles/", [1]), 400, "invalid")


@pytest.mark.parametrize(
    "query", ["nam=x", "page_size=0", "page_size=201", "cursor=abc", "status=gone", "manager=x", "modified_after=soon"]
)
def test_wrong_query_names_its_parameter(api, query):
    body = assert_problem(api().get(f"/api/v1/employees/?{query}"), 400, "invalid")

    assert [error["parameter"] for error in body["errors"]] == [query.partition("=")[0]]


def test_refusal_of_an_action_is_a_conflict(api):
    review = ReviewFactory(state="completed", completed_at="2026-01-01T00:00Z")
    hr = make_user(Role.HR_LEADER)

    answer = api(act_for=hr).post(f"/api/v1/reviews/{review.pk}/withdraw/", {"reason": "Left"})

    assert "already" in assert_problem(answer, 409, "conflict")["detail"]


def test_visible_but_not_yours_is_forbidden(api):
    review = ReviewFactory()
    employee = make_user(employee=review.employee)

    answer = api(act_for=employee).post(f"/api/v1/reviews/{review.pk}/submit/")

    assert_problem(answer, 403, "permission_denied")


def test_incomplete_review_says_what_is_missing(api):
    review = ReviewFactory()
    reviewer = make_user(employee=review.reviewer)

    body = assert_problem(api(act_for=reviewer).post(f"/api/v1/reviews/{review.pk}/submit/"), 409, "incomplete")

    assert len(body["errors"]) > 1


def part_url(review):
    return f"/api/v1/reviews/{review.pk}/parts/manager/"


def test_change_without_a_version_is_refused(api):
    review = ReviewFactory()

    answer = api(act_for=make_user(employee=review.reviewer)).patch(part_url(review), {"development_needs": []})

    assert_problem(answer, 428, "version_required")
    assert part_of(review).version == 1


@pytest.mark.parametrize(("headers", "status"), [({"If-Match": '"7"'}, 412), ({}, 409)])
def test_stale_change_answers_with_what_is_stored(api, headers, status):
    review = ReviewFactory()
    caller = api(act_for=make_user(employee=review.reviewer))
    change = {"development_needs": [{"description": "Delegate"}]} | ({} if headers else {"version": 7})

    body = assert_problem(caller.patch(part_url(review), change, headers=headers), status, "stale_version")

    assert body["version"] == 1
    assert body["current"]["development_needs"] == []


def test_etag_read_is_accepted_back(api):
    review = ReviewFactory()
    caller = api(act_for=make_user(employee=review.reviewer))
    etag = caller.get(part_url(review))["ETag"]

    answer = caller.patch(
        part_url(review), {"development_needs": [{"description": "Delegate"}]}, headers={"If-Match": etag}
    )

    assert answer.status_code == 200
    assert (etag.partition("-")[0], answer["ETag"].partition("-")[0]) == ('"1', '"2')
