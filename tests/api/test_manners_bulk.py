"""One verb for many rows: each is found, judged and changed as if it had been sent alone."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from hrportal.common.access import Access
from hrportal.common.bulk import BulkVerbs
from hrportal.integrations import urls as api_urls
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from performance.models import Review
from tests.api.test_problems import assert_problem
from tests.factories.calibration import open_board
from tests.factories.people import make_user
from tests.factories.performance import ReviewFactory, rating_of

pytestmark = pytest.mark.django_db
URL = "/api/v1/reviews/bulk/"


@pytest.fixture(autouse=True)
def one_after_the_other():
    """Each item locks its own row; that is what is asked for here."""
    with zeal_ignore():
        yield


def withdraw(*items):
    return {"verb": "withdraw", "items": list(items)}


def states():
    return list(Review.objects.order_by("id").values_list("state", flat=True))


def test_each_item_succeeds_or_fails_by_itself(api):
    first, second, done = ReviewFactory(), ReviewFactory(), ReviewFactory(state="withdrawn")
    items = [
        {"id": first.pk, "reason": "Left"},
        {"id": 999999, "reason": "Left"},
        {"id": second.pk},
        {"id": second.pk + 10**6, "reason": "x", "nam": 1},
        {"id": done.pk, "reason": "Left"},
        {"reason": "Left"},
    ]

    answer = api().post(URL, withdraw(*items))

    body = answer.json()
    assert (answer.status_code, body["succeeded"], body["failed"]) == (200, 1, 5)
    assert [(row["index"], row["status"]) for row in body["results"]] == [
        (0, 200), (1, 404), (2, 400), (3, 404), (4, 409), (5, 400),
    ]  # fmt: skip
    assert body["results"][2]["problem"]["errors"][0]["pointer"] == "/items/2/reason"
    assert body["results"][5]["problem"]["errors"][0]["pointer"] == "/items/5/id"
    assert states() == ["withdrawn", "manager_review", "withdrawn"]
    assert Fact.objects.filter(topic="performance.review_withdrawn").count() == 1


def test_what_may_not_be_seen_or_touched_is_not_changed(api):
    mine, foreign = ReviewFactory(), ReviewFactory()
    person = make_user(employee=mine.employee)

    answer = api(act_for=person).post(URL, withdraw(*({"id": row.pk, "reason": "Left"} for row in (mine, foreign))))

    told = [(row["status"], row["problem"]["code"]) for row in answer.json()["results"]]
    assert told == [(403, "permission_denied"), (404, "not_found")]
    assert states() == ["manager_review", "manager_review"]


def test_row_named_twice_is_changed_once(api):
    review = ReviewFactory()

    answer = api().post(URL, withdraw(*[{"id": review.pk, "reason": "Left"}] * 2))

    assert [row["status"] for row in answer.json()["results"]] == [200, 404]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"verb": "delete", "items": [{"id": 1}]}, "/verb"),
        ({"verb": "get_object", "items": [{"id": 1}]}, "/verb"),
        ({"verb": "withdraw", "items": []}, "/items"),
        ({"verb": "withdraw", "items": [{"id": 1}] * 1001}, "/items"),
        ({"verb": "withdraw", "items": [7]}, "/items/0"),
        ({"items": [{"id": 1}]}, "/verb"),
    ],
)
def test_request_that_makes_no_sense_is_refused_whole(api, body, pointer):
    problem = assert_problem(api().post(URL, body), 400, "invalid")

    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_scope_to_write_is_needed(api):
    review = ReviewFactory()

    answer = api("reviews:read").post(URL, withdraw({"id": review.pk, "reason": "Left"}))

    assert_problem(answer, 403, "insufficient_scope")
    assert states() == ["manager_review"]


def test_key_makes_the_whole_of_it_happen_once(api):
    review = ReviewFactory()
    caller = api()

    first = caller.post(URL, withdraw({"id": review.pk, "reason": "Left"}), headers={"Idempotency-Key": "once"})
    again = caller.post(URL, withdraw({"id": review.pk, "reason": "Left"}), headers={"Idempotency-Key": "once"})

    assert first.json() == again.json()
    assert again.json()["succeeded"] == 1


def test_what_is_not_reached_in_time_is_said_to_be_so(api, monkeypatch):
    monkeypatch.setattr("hrportal.common.bulk.LONGEST_SECONDS", -1.0)
    review = ReviewFactory()

    (row,) = api().post(URL, withdraw({"id": review.pk, "reason": "Left"})).json()["results"]

    assert (row["status"], row["problem"]["code"]) == (503, "not_reached")
    assert states() == ["manager_review"]


def test_failure_of_ours_stays_with_its_item(api, monkeypatch):
    first, second = ReviewFactory(), ReviewFactory()
    real = Review.objects.get

    def fails_for_the_first(review, **given):
        if review.pk == first.pk:
            raise RuntimeError("secret words")
        return real(pk=review.pk)

    monkeypatch.setattr("performance.api.views.reviews.steps.withdraw_review", fails_for_the_first)

    answer = api().post(URL, withdraw(*({"id": row.pk, "reason": "Left"} for row in (first, second))))

    assert [row["status"] for row in answer.json()["results"]] == [500, 200]
    assert "secret" not in answer.content.decode()


def test_each_further_item_costs_the_same(api):
    caller = api(act_for=make_user(Role.HR_LEADER))

    def cost(count):
        items = [{"id": ReviewFactory().pk, "reason": "Left"} for _ in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert caller.post(URL, withdraw(*items)).json()["failed"] == 0
        return len(queries)

    one, two, four = cost(1), cost(2), cost(4)

    assert four - two == 2 * (two - one)


def test_every_verb_for_many_is_a_verb_for_one():
    """What `bulk_verbs` names exists, takes its input as alone, and asks for the same right."""
    for _prefix, viewset, _name in api_urls.router.registry:
        for verb in getattr(viewset, "bulk_verbs", ()):
            method = getattr(viewset, verb)
            assert callable(method.does), (viewset, verb)
            assert viewset.access.scope_for(verb) == viewset.access.scope_for("bulk"), (viewset, verb)


def test_cards_move_each_on_top_of_its_own_version(api):
    session = open_board([3, 3, 4])
    cards = list(session.cards.order_by("id"))
    level = rating_of(session.cycle, 5).pk
    move = {"rating": level, "rationale": "Compared with peers."}
    items = [
        {"card": cards[0].pk, "version": cards[0].version, **move},
        {"card": cards[1].pk, "version": cards[1].version + 5, **move},
        {"card": cards[2].pk, **move},
        {"card": 10**6, "version": 1, **move},
    ]

    answer = api(act_for=make_user(Role.HR_LEADER)).post(
        f"/api/v1/calibration-sessions/{session.pk}/cards/moves/", {"items": items}
    )

    assert [row["status"] for row in answer.json()["results"]] == [200, 409, 428, 404]
    assert answer.json()["results"][1]["problem"]["current"]
    assert [card.rating_id == level for card in session.cards.order_by("id")] == [True, False, False]


@pytest.mark.parametrize("scopes", [{}, {"list": "reviews:read", "bulk": "reviews:write"}])
def test_a_verb_that_names_no_scope_does_not_load(scopes):
    with pytest.raises(ImproperlyConfigured, match="withdraw"):
        type("Careless", (BulkVerbs,), {"bulk_verbs": ("withdraw",), "access": Access(scopes=scopes)})


def test_a_verb_without_a_declaration_at_all_does_not_load_either():
    with pytest.raises(ImproperlyConfigured, match="withdraw"):
        type("Careless", (BulkVerbs,), {"bulk_verbs": ("withdraw",)})
