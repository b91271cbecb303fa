"""What answers have in common: only the fields asked for, tags that stand for what is shown, what will go, traces."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrportal.common.deprecation import Deprecation
from hrportal.common.etags import tag_for
from hrportal.people.enums import Role
from performance.api.views.goals import GoalPeriodViewSet
from performance.models import GoalPeriod
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import GoalPeriodFactory, KeyResultFactory, ObjectiveFactory, ReviewFactory
from tests.factories.talent import SuccessionPlanFactory

PERIODS = "/api/v1/goal-periods/"


@pytest.fixture
def period(db):
    return GoalPeriodFactory(name="Spring")


def of(row):
    return f"{PERIODS}{row.pk}/"


# Fields


@pytest.mark.django_db
@pytest.mark.parametrize("resource", ["employees", "reviews", "objectives", "succession-plans"])
def test_list_and_detail_show_only_what_is_asked_for(api, resource):
    {"employees": EmployeeFactory, "reviews": ReviewFactory, "objectives": ObjectiveFactory}.get(
        resource, SuccessionPlanFactory
    )()
    caller = api()
    whole = caller.get(f"/api/v1/{resource}/").json()["results"][0]
    wanted = [*sorted(whole)[:2], "id"]

    row = caller.get(f"/api/v1/{resource}/?fields={','.join(wanted)}").json()["results"][0]
    alone = caller.get(f"/api/v1/{resource}/{whole['id']}/?fields={','.join(wanted)}").json()

    assert row == alone == {name: whole[name] for name in wanted}


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["", "detail"])
def test_field_that_is_not_there_is_refused(api, period, where):
    answer = api().get((of(period) if where else PERIODS) + "?fields=id,nam,password")

    body = answer.json()
    assert answer.status_code == 400
    assert [(error["parameter"], error["code"]) for error in body["errors"]] == [("fields", "unknown")] * 2


@pytest.mark.django_db
def test_what_is_left_out_is_not_computed(api, monkeypatch):
    review = ReviewFactory()
    asked = []
    monkeypatch.setattr(
        "performance.api.serializers.reviews.ReviewDetailSerializer.get_steps",
        lambda self, row: asked.append(row) or [],
    )
    caller = api(act_for=make_user(Role.HR_LEADER))

    assert caller.get(f"/api/v1/reviews/{review.pk}/?fields=id,state").json().keys() == {"id", "state"}
    assert asked == []


@pytest.mark.django_db
def test_asking_for_a_rating_does_not_open_it(api):
    review = ReviewFactory()

    row = api("reviews:read").get(f"/api/v1/reviews/{review.pk}/?fields=final_rating").json()

    assert row == {"final_rating": None}


# Tags


@pytest.mark.django_db
def test_what_is_at_hand_is_not_sent_again(api, period):
    caller = api()
    first = caller.get(of(period))

    same = caller.get(of(period), headers={"If-None-Match": first["ETag"]})
    GoalPeriod.objects.update(name="Summer")
    changed = caller.get(of(period), headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert (changed.status_code, changed.json()["name"]) == (200, "Summer")
    assert changed["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_change_below_a_row_changes_its_tag(api):
    result = KeyResultFactory()
    url = f"/api/v1/objectives/{result.objective_id}/"
    before = api().get(url)["ETag"]

    type(result).objects.filter(pk=result.pk).update(title="Another")

    assert api().get(url)["ETag"] != before


@pytest.mark.django_db
def test_change_to_what_was_read_is_done_and_to_anything_else_refused(api, period):
    caller = api()
    read = caller.get(of(period))["ETag"]

    done = caller.patch(of(period), {"name": "Summer"}, headers={"If-Match": read})
    late = caller.patch(of(period), {"name": "Autumn"}, headers={"If-Match": read})

    assert (done.status_code, late.status_code) == (200, 412)
    assert late.json()["current"]["name"] == "Summer"
    assert done["ETag"] == caller.get(of(period))["ETag"]
    period.refresh_from_db()
    assert period.name == "Summer"


@pytest.mark.django_db
@pytest.mark.parametrize("header", ['"1"', '"nonsense"', '"' + "0" * 24 + '"', 'W/"3", "4"'])
def test_tag_that_stands_for_nothing_is_refused(api, period, header):
    answer = api().patch(of(period), {"name": "Summer"}, headers={"If-Match": header})

    period.refresh_from_db()
    assert (answer.status_code, period.name) == (412, "Spring")


@pytest.mark.django_db
def test_any_tag_and_several_tags(api, period):
    caller = api()
    read = caller.get(of(period))["ETag"]

    assert (
        caller.patch(of(period), {"name": "Summer"}, headers={"If-Match": f'"{"0" * 24}", {read}'}).status_code == 200
    )
    assert caller.patch(of(period), {"name": "Autumn"}, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.django_db
def test_verb_on_what_changed_is_refused_and_does_nothing(api):
    review = ReviewFactory()
    caller = api()
    url = f"/api/v1/reviews/{review.pk}/"
    read = caller.get(url)["ETag"]
    type(review).objects.update(manager_due_on=date(2027, 1, 1))

    answer = caller.post(f"{url}withdraw/", {"reason": "Left"}, headers={"If-Match": read})

    review.refresh_from_db()
    assert (answer.status_code, review.state) == (412, "manager_review")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, json_values)
def test_tags_are_equal_exactly_when_what_is_shown_is(one, other):
    from rest_framework.renderers import JSONRenderer  # noqa: PLC0415  (not before Django is set up)

    same = JSONRenderer().render(one) == JSONRenderer().render(other)

    assert (tag_for(one) == tag_for(other)) == same


# What will go, and traces


@pytest.mark.django_db
def test_operation_that_will_go_says_so(api, monkeypatch, period):
    going = Deprecation(since=date(2026, 11, 1), sunset=date(2027, 11, 1), link="/api/docs/")
    monkeypatch.setattr(GoalPeriodViewSet, "deprecated", {"list": going})
    caller = api()

    answer = caller.get(PERIODS)

    assert answer["Deprecation"] == "@1793491200"
    assert answer["Sunset"] == "Mon, 01 Nov 2027 00:00:00 GMT"
    assert answer["Link"].startswith('</api/docs/>; rel="deprecation"')
    assert "Deprecation" not in caller.get(of(period))


@pytest.mark.django_db
def test_trace_of_the_caller_names_the_request(client):
    trace = "0af7651916cd43dd8448eb211c80319c"

    answer = client.get("/api/nothing", headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})
    own = client.get(
        "/api/nothing", headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01", "X-Request-Id": "ours-1234"}
    )
    bad = client.get("/api/nothing", headers={"traceparent": f"00-{'0' * 32}-b7ad6b7169203331-01"})

    assert (answer["X-Request-Id"], own["X-Request-Id"]) == (trace, "ours-1234")
    assert bad["X-Request-Id"] != "0" * 32


@pytest.mark.django_db
def test_head_is_answered_like_get_without_a_body(api, period):
    caller = api()

    assert caller.head(of(period)).status_code == 200
    assert caller.head(of(period))["ETag"] == caller.get(of(period))["ETag"]
    assert caller.head(PERIODS).content == b""
