"""The figures of performance against a company counted by hand, and what they never give away."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.paths import encode
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.people.enums import Role
from performance.enums import FeedbackVisibility
from performance.insight.disclosure import FEWEST, disclosed
from performance.insight.metrics import Frequency, Mean, Share, recent_cycles, report, trend
from performance.insight.span import common, steps_below, total
from performance.models import Objective
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import FeedbackFactory, ObjectiveFactory, ReviewCycleFactory, ReviewFactory, rating_of

NOON = datetime.time(12, tzinfo=datetime.UTC)
counts = st.integers(min_value=0, max_value=10**6)


@given(counts, counts)
def test_a_share_lies_between_nothing_and_all_and_is_unknown_of_nobody(part, rest):
    percent = Share(part, part + rest).percent

    assert percent is None if part + rest == 0 else 0 <= percent <= 100


@given(st.lists(st.decimals(min_value=0, max_value=100, places=2), max_size=30), counts)
def test_a_mean_lies_between_the_lowest_and_the_highest(values, unmeasured):
    mean = Mean(sum(values, Decimal(0)), len(values), len(values) + unmeasured).value

    if not values:
        assert mean is None
    else:
        assert min(values) - Decimal("0.05") <= mean <= max(values) + Decimal("0.05")


@given(counts, st.integers(0, 1000), st.integers(0, 400))
def test_a_frequency_is_unknown_without_people_or_time_and_never_negative(times, people, days):
    value = Frequency(times, people, days).value

    assert value is None if people == 0 or days < 30 else value >= 0


def test_a_frequency_counts_quarters():
    assert Frequency(times=8, people=2, days=365).value == Decimal("1.00")


paths = st.lists(st.integers(1, 3), max_size=4).map(lambda steps: "".join(map(encode, steps)))
companies = st.dictionaries(paths, st.integers(0, 12), max_size=25)


@given(companies)
def test_no_group_of_one_to_four_is_shown_or_can_be_worked_out(company):
    shown = disclosed(company)

    for path in shown:
        below = [step for step in steps_below(path, company) if step in shown]
        rest = total(company, path) - sum(total(company, step) for step in below)
        assert total(company, path) >= FEWEST
        assert rest == 0 or rest >= FEWEST
        assert path == "" or path[: -len(encode(1))] in shown


@given(companies)
def test_the_lowest_common_unit_lies_above_all(company):
    named = [path for path in company if path]
    shared = common(company)

    assert all(path.startswith(shared) for path in named)
    assert not named or len({path[: len(shared) + len(encode(1))] for path in named}) > 1 or shared in named


@pytest.fixture
def company():
    """A manager with five people in North and one in South, all counted below; and a stranger's team beside them."""
    top = OrgUnitFactory(name="Top")
    north, south = OrgUnitFactory(name="North", parent=top), OrgUnitFactory(name="South", parent=top)
    manager = make_user(employee=EmployeeFactory(org_unit=top))
    led = [EmployeeFactory(manager=manager.employee, org_unit=north) for _ in range(5)]
    led.append(EmployeeFactory(manager=manager.employee, org_unit=south))
    today = timezone.localdate()
    cycle = ReviewCycleFactory(
        starts_on=today - datetime.timedelta(days=182),
        ends_on=today + datetime.timedelta(days=182),
        manager_due_on=today - datetime.timedelta(days=10),
    )
    for number, employee in enumerate(led):
        _review(cycle, employee, late=number == 1, finished=number < 5)
    other = EmployeeFactory(manager=EmployeeFactory(), org_unit=north)
    _review(cycle, other, late=True, finished=True)
    ObjectiveFactory(owner=other, due_on=today)
    Objective.objects.update(progress=5)
    return {"manager": manager, "cycle": cycle, "north": north, "south": south, "top": top, "led": led, "other": other}


def _review(cycle, employee, *, late, finished):
    day = cycle.manager_due_on + datetime.timedelta(days=1 if late else 0)
    fields = {"submitted_at": datetime.datetime.combine(day, NOON)} if finished else {}
    if finished:
        fields |= {"completed_at": timezone.now(), "final_rating": rating_of(cycle, 3)}
    return ReviewFactory(cycle=cycle, employee=employee, state="completed" if finished else "manager_review", **fields)


def _goal(company, owner, progress, **fields):
    goal = ObjectiveFactory(owner=owner, due_on=timezone.localdate(), **fields)
    Objective.objects.filter(pk=goal.pk).update(progress=progress)


@pytest.mark.django_db
def test_the_figures_are_what_one_counts_by_hand(company):
    ada, bea = company["led"][:2]
    _goal(company, ada, 80)
    _goal(company, bea, 50)
    _goal(company, bea, None)
    _goal(company, bea, 0, state="cancelled")
    FeedbackFactory.create_batch(3, recipient=ada)
    FeedbackFactory(recipient=ada, visibility=FeedbackVisibility.GIVER)

    here = report(company["manager"], company["cycle"], None).here

    assert (here.completion.part, here.completion.whole) == (5, 6)
    assert here.completion.percent == Decimal("83.3")
    assert (here.on_time.part, here.on_time.whole) == (4, 6)  # one came a day late, one is past its date and not there
    assert (here.attainment.value, here.attainment.n, here.attainment.of) == (Decimal("65.0"), 2, 3)
    assert (here.feedback.times, here.feedback.people, here.feedback.days) == (3, 6, 183)
    assert here.feedback.value == Decimal("0.25")  # 3 ÷ 6 people ÷ 2.004 quarters
    assert dict(here.ratings) == {3: 5}


@pytest.mark.django_db
def test_units_below_add_up_to_the_unit_above(company):
    made = report(company["manager"], company["cycle"], company["top"])

    assert [figures.unit.name for figures in made.below] == ["North", "South"]
    assert sum(figures.people for figures in made.below) == made.here.people == 6
    assert sum(figures.completion.whole for figures in made.below) == made.here.completion.whole


@pytest.mark.django_db
def test_where_nothing_was_counted_the_figure_is_unknown(company):
    south = report(company["manager"], company["cycle"], company["south"]).here

    assert south.attainment.value is None
    assert south.completion.percent == 0  # one review, none finished: that is known
    assert report(company["manager"], company["cycle"], OrgUnitFactory()).here.completion.percent is None


@pytest.mark.django_db
def test_a_moved_due_date_counts_for_its_review(company):
    review = company["led"][1].reviews.get()
    review.manager_due_on = company["cycle"].manager_due_on + datetime.timedelta(days=5)
    review.save()

    assert report(company["manager"], company["cycle"], None).here.on_time.part == 5


@pytest.mark.django_db
def test_a_managers_figures_hold_their_own_line_alone(company):
    made = report(company["manager"], company["cycle"], company["north"])

    assert made.here.completion.whole == 5
    assert made.here.people == 5
    everyone = report(make_user(Role.HR_LEADER), company["cycle"], company["north"])
    assert everyone.here.completion.whole == 6


@pytest.mark.django_db
def test_a_partner_sees_their_units_alone(company):
    partner = make_user(Role.HRBP, unit=company["south"])

    assert report(partner, company["cycle"], None).here.completion.whole == 1
    assert report(partner, company["cycle"], company["north"]).here.people == 0


@pytest.mark.django_db
def test_fewer_than_five_ratings_are_not_shown_nor_what_would_leave_fewer(company):
    review = company["led"][5].reviews.get()
    review.state, review.completed_at, review.final_rating = "completed", timezone.now(), rating_of(review.cycle, 1)
    review.save()
    leader = make_user(Role.HR_LEADER)

    shown = {
        name: report(leader, company["cycle"], company.get(name)).here.ratings is not None
        for name in ("top", "north", "south")
    }

    assert shown == {"top": True, "north": False, "south": False}  # seven less six would be one


@pytest.mark.django_db
def test_a_change_of_one_rating_in_a_hidden_unit_shows_only_in_the_whole(company):
    """Before and after, filter by filter: no group smaller than five moves."""
    leader = make_user(Role.HR_LEADER)
    before = report(leader, company["cycle"], company["top"])
    _review(company["cycle"], EmployeeFactory(org_unit=company["south"]), late=False, finished=True)
    after = report(leader, company["cycle"], company["top"])

    assert Counter(after.here.ratings) - Counter(before.here.ratings) == Counter({3: 1})
    assert all(figures.ratings is None for figures in after.below if sum((figures.ratings or {}).values()) < FEWEST)
    assert [figures.ratings for figures in after.below if figures.unit == company["south"]] == [None]


@pytest.mark.django_db
def test_the_trend_tells_the_same_as_each_cycles_own_figures(company):
    _goal(company, company["led"][0], 70)
    FeedbackFactory(recipient=company["led"][0])
    cycles = list(recent_cycles(company["manager"]))

    [(cycle, figures)] = trend(company["manager"], None, cycles)

    own = report(company["manager"], company["cycle"], None).here
    assert cycle == company["cycle"]
    assert (figures.completion, figures.on_time, figures.attainment, figures.feedback) == (
        own.completion,
        own.on_time,
        own.attainment,
        own.feedback,
    )


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.django_db
def test_the_page_asks_the_same_for_one_unit_and_three(client, company):
    client.force_login(make_user(Role.HR_LEADER))
    url = reverse("performance:metrics")
    few = queries_of(client, url)
    for _ in range(3):
        unit = OrgUnitFactory(parent=company["top"])
        _review(company["cycle"], EmployeeFactory(org_unit=unit), late=False, finished=True)

    assert queries_of(client, url) == few


@pytest.mark.django_db
def test_the_page_says_how_and_of_what_its_figures_are_made(client, company):
    client.force_login(company["manager"])

    page = client.get(reverse("performance:metrics")).content.decode()

    assert "5 of 6 reviews" in page
    assert "4 of 6 that were due" in page
    assert "How these figures are made" in page


@pytest.mark.django_db
def test_before_the_first_cycle_the_page_says_why_it_is_empty(client):
    client.force_login(make_user(Role.HR_LEADER))

    assert "No figures yet" in client.get(reverse("performance:metrics")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["accountability", "metrics"])
def test_whoever_answers_for_nobody_finds_no_such_page(client, name):
    for user in (make_user(), make_user(Role.ADMIN), make_user(Role.EXECUTIVE)):
        client.force_login(user)
        assert client.get(reverse(f"performance:{name}")).status_code == 404


@pytest.mark.django_db
def test_over_the_api_a_client_reads_what_its_scopes_open(company):
    found = {}
    for scopes in (frozenset({"reviews:read"}), frozenset({"reviews:read", "ratings:read", "goals:read"})):
        caller = APIClient()
        caller.force_authenticate(ClientPrincipal("test", scopes))
        here = caller.get("/api/v1/metrics/").json()["here"]
        found[scopes] = (
            here["completion"]["whole"],
            here["ratings"],
            here["attainment"]["of"],
            here["feedback"]["value"],
        )

    assert list(found.values()) == [(7, None, 0, None), (7, {"3": 6}, 1, None)]


@pytest.mark.django_db
def test_over_the_api_a_person_reads_what_the_page_shows(company):
    caller = APIClient()
    caller.force_authenticate(
        ActingPrincipal("test", frozenset({"reviews:read", "goals:read", "ratings:read"}), company["manager"])
    )

    answer = caller.get(f"/api/v1/metrics/?unit={company['top'].pk}").json()

    assert answer["here"]["completion"] == {"part": 5, "whole": 6, "percent": "83.3"}
    assert [row["unit"]["name"] for row in answer["below"]] == ["North", "South"]
    assert caller.get("/api/v1/metrics/?unti=1").status_code == 400
    assert caller.get("/api/v1/metrics/?unit=987654").status_code == 400
