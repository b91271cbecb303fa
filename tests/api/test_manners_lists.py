"""Lists a client can keep a copy by: nothing is skipped, nothing met twice, however others write meanwhile."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Event
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrportal.common.filters import ResourceFilter
from hrportal.common.watermarks import watermark
from hrportal.integrations import urls as api_urls
from performance.actions import check_in, delegate_review
from performance.models import GoalPeriod, Objective, Review
from talent.actions.development import edit_item
from talent.models import DevelopmentPlan
from tests.factories.people import EmployeeFactory
from tests.factories.performance import (
    GoalPeriodFactory,
    KeyResultFactory,
    ObjectiveFactory,
    RatingScaleFactory,
    ReviewFactory,
)
from tests.factories.talent import DevelopmentPlanFactory, PlanItemFactory

URL = "/api/v1/goal-periods/"


@pytest.fixture
def caller(api):
    return api()


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.integers(0, 7), size=st.integers(1, 4), inserts=st.lists(st.integers(0, 3), max_size=4))
def test_pages_skip_nothing_and_meet_nothing_twice_while_rows_are_added(caller, first, size, inserts):
    GoalPeriod.objects.all().delete()
    GoalPeriodFactory.create_batch(first)
    there = list(GoalPeriod.objects.order_by("id").values_list("id", flat=True))
    met, url, added = [], f"{URL}?page_size={size}", list(inserts)

    while url:
        page = caller.get(url).json()
        met += [row["id"] for row in page["results"]]
        url = page["next"]
        GoalPeriodFactory.create_batch(added.pop() if added else 0)

    assert len(met) == len(set(met))
    assert [pk for pk in met if pk in there] == there
    assert met == sorted(met)


@pytest.mark.django_db
def test_first_page_says_up_to_when_it_is_complete(api):
    GoalPeriodFactory.create_batch(2)
    caller, before = api(), timezone.now()

    first = caller.get(f"{URL}?page_size=1")
    second = caller.get(first.json()["next"])

    assert before - timedelta(minutes=2) < datetime.fromisoformat(first["Watermark"]) < timezone.now()
    assert "Watermark" not in second
    assert len(caller.get(URL, {"modified_after": first["Watermark"]}).json()["results"]) == 2


def test_every_list_of_rows_that_know_when_they_changed_can_be_asked_for_it():
    """Whatever columns a model has for it, its list filters by."""
    lacking = []
    for _prefix, viewset, _name in api_urls.router.registry:
        filters = getattr(viewset, "filterset_class", None)
        if filters is None or not issubclass(filters, ResourceFilter):
            continue
        columns = {field.name for field in viewset.queryset.model._meta.fields}
        wanted = {"updated_at": "modified_after", "created_at": "created_after", "remote_id": "remote_ids"}
        lacking += [
            (viewset.__name__, wanted[name])
            for name in columns & wanted.keys()
            if wanted[name] not in filters.base_filters
        ]

    assert lacking == []


@pytest.mark.django_db
def test_list_without_filters_of_its_own_takes_ids_and_nothing_unknown(caller):
    scales = RatingScaleFactory.create_batch(3)

    found = caller.get("/api/v1/rating-scales/", {"ids": f"{scales[0].pk},{scales[2].pk}"}).json()["results"]

    assert [row["id"] for row in found] == [scales[0].pk, scales[2].pk]
    assert caller.get("/api/v1/rating-scales/", {"nam": "x"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("inside", ["p=' or 1", "p=%00", "p=x", "p=1.5", "p=-1", "p=" + "9" * 5000])
def test_cursor_that_was_not_given_is_refused(caller, inside):
    cursor = b64encode(inside.encode()).decode()

    answer = caller.get(URL, {"cursor": cursor})

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "cursor")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["ids=1&ids=2", "page_size=1&page_size=2", "modified_after=2020-01-01&modified_after=2021-01-01"]
)
def test_what_is_asked_twice_is_refused_and_not_half_answered(caller, query):
    answer = caller.get(f"/api/v1/objectives/?{query}")

    (wrong,) = answer.json()["errors"]
    assert (answer.status_code, wrong["parameter"], wrong["code"]) == (400, query.partition("=")[0], "repeated")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["ids=", "remote_ids=%20"])
def test_who_asks_for_none_is_not_answered_with_all(api, query):
    EmployeeFactory(remote_id="w-1", source="hris")

    answer = api("employees:read").get(f"/api/v1/employees/?{query}")

    (wrong,) = answer.json()["errors"]
    assert (answer.status_code, wrong["parameter"], wrong["code"]) == (400, query.partition("=")[0], "empty")


@pytest.mark.django_db
def test_rows_made_since_and_rows_by_their_id_elsewhere(api):
    old, new = ObjectiveFactory(), ObjectiveFactory()
    Objective.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
    Objective.objects.filter(pk=new.pk).update(created_at=timezone.now())
    person = EmployeeFactory(source="workday", remote_id="w-1")
    EmployeeFactory(source="workday", remote_id="w-2")
    caller = api()
    since = (timezone.now() - timedelta(days=1)).isoformat()

    made = caller.get("/api/v1/objectives/", {"created_after": since}).json()["results"]
    found = caller.get("/api/v1/employees/", {"remote_ids": "w-1,w-9", "source": "workday"}).json()["results"]

    assert [row["id"] for row in made] == [new.pk]
    assert [row["id"] for row in found] == [person.pk]


def measured_again():
    result = KeyResultFactory(current=3)
    check_in(result, by=None, value=Decimal(3), measured_on=timezone.localdate() - timedelta(days=5))
    age(Objective)
    check_in(result, by=None, value=Decimal(9), measured_on=timezone.localdate() - timedelta(days=9))
    return f"objectives/?ids={result.objective_id}"


def item_reworded():
    plan = DevelopmentPlanFactory()
    item = PlanItemFactory(plan=plan)
    age(DevelopmentPlan)
    edit_item(item, by=None, title="Lead a project", owner=item.owner)
    return f"development-plans/?ids={plan.pk}"


def lent():
    review = ReviewFactory()
    age(Review)
    delegate_review(review, to=EmployeeFactory(), by=None, reason="On leave")
    return f"reviews/?ids={review.pk}"


def age(model):
    """Let all rows look as if nothing had happened to them for a month."""
    model.objects.update(updated_at=timezone.now() - timedelta(days=30))


@pytest.mark.django_db
@pytest.mark.parametrize("deed", [measured_again, item_reworded, lent])
def test_change_below_a_row_is_a_change_of_the_row(caller, deed):
    since = (timezone.now() - timedelta(minutes=1)).isoformat()

    address = deed()

    assert len(caller.get(f"/api/v1/{address}&modified_after={quote(since)}").json()["results"]) == 1


@pytest.mark.services
def test_row_committed_late_is_not_missed(committed_db):
    """A slow transaction writes a row before the client asks and commits it after: the next fetch has it."""
    row = GoalPeriodFactory()
    wrote, may_commit = Event(), Event()

    def write_slowly():
        try:
            with transaction.atomic():
                changed = GoalPeriod.objects.get(pk=row.pk)
                changed.name = "Changed slowly"
                changed.save()
                wrote.set()
                may_commit.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(write_slowly)
        wrote.wait(30)
        mark = watermark()
        assert GoalPeriod.objects.get(pk=row.pk).name != "Changed slowly"
        may_commit.set()
        slow.result()

    row.refresh_from_db()
    assert row.updated_at > mark
    assert GoalPeriod.objects.filter(updated_at__gt=mark).get().name == "Changed slowly"


@pytest.mark.services
def test_mark_waits_for_who_only_began(committed_db):
    """A transaction that has read but not written yet holds the mark back too: it may write with a time from before."""
    began, may_end = Event(), Event()

    def begin():
        try:
            with transaction.atomic():
                GoalPeriod.objects.exists()
                began.set()
                may_end.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(begin)
        began.wait(30)
        started = timezone.now()
        first = watermark()
        second = watermark()
        may_end.set()
        reader.result()

    assert first == second <= started
    assert watermark() > second
