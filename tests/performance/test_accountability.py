"""What nothing followed from: found when it is so, gone when something follows, and never of people one does not answer for."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.people.enums import Role
from performance.enums import FeedbackKind, FeedbackVisibility, GoalKind
from performance.enums.accountability import LooseEnd
from performance.insight.accountability import counts_of, line_of, loose_ends, with_details
from performance.models import CheckIn, KeyResult
from performance.models.one_to_ones import Meeting, OneToOne
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import FeedbackFactory, KeyResultFactory, ObjectiveFactory, ReviewFactory
from tests.factories.talent import DevelopmentPlanFactory, PlanActionFactory, PlanItemFactory

pytestmark = pytest.mark.django_db
EVERY_SCOPE = frozenset({"reviews:read", "goals:read", "employees:read"})


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def manager():
    return make_user(employee=EmployeeFactory(org_unit=OrgUnitFactory()))


@pytest.fixture
def ada(manager):
    return EmployeeFactory(manager=manager.employee, org_unit=OrgUnitFactory(parent=manager.employee.org_unit))


def a_review(employee, days=60):
    return ReviewFactory(employee=employee, state="completed", completed_at=ago(days))


def coaching(employee, days=60, **fields):
    return FeedbackFactory(recipient=employee, kind=FeedbackKind.COACHING, given_at=ago(days), **fields)


def a_goal(employee, days=90, **fields):
    return ObjectiveFactory(owner=employee, starts_on=ago(days).date(), created_at=ago(days), **fields)


def found(user, kind, unit=None):
    return list(loose_ends(user, kind, unit))


def an_agreed_action(employee):
    plan = DevelopmentPlanFactory(employee=employee)
    PlanActionFactory(item=PlanItemFactory(plan=plan))


def an_item_without_action(employee):
    PlanItemFactory(plan=DevelopmentPlanFactory(employee=employee))


def a_new_goal(employee):
    ObjectiveFactory(owner=employee, created_at=timezone.now())


def a_development_goal(employee):
    ObjectiveFactory(owner=employee, kind=GoalKind.DEVELOPMENT, created_at=timezone.now())


@pytest.mark.parametrize(
    ("follow", "remains"),
    [(an_agreed_action, 0), (an_item_without_action, 1), (a_new_goal, 0), (a_development_goal, 0)],
)
def test_a_review_is_followed_up_by_a_goal_or_an_agreed_action(manager, ada, follow, remains):
    a_review(ada)
    assert len(found(manager, LooseEnd.REVIEWS)) == 1

    follow(ada)

    assert len(found(manager, LooseEnd.REVIEWS)) == remains


@pytest.mark.parametrize("days", [5, 400])
def test_a_review_that_is_fresh_or_long_past_is_not_listed(manager, ada, days):
    a_review(ada, days)

    assert found(manager, LooseEnd.REVIEWS) == []


@pytest.mark.parametrize(
    ("follow", "remains"),
    [(an_agreed_action, 0), (an_item_without_action, 1), (a_new_goal, 1), (a_development_goal, 0)],
)
def test_feedback_leads_to_a_development_goal_or_an_agreed_action(manager, ada, follow, remains):
    coaching(ada)
    assert len(found(manager, LooseEnd.FEEDBACK)) == 1

    follow(ada)

    assert len(found(manager, LooseEnd.FEEDBACK)) == remains


@pytest.mark.parametrize("visibility", sorted({FeedbackVisibility.GIVER, FeedbackVisibility.RECIPIENT}))
def test_feedback_the_reader_may_not_see_is_not_even_counted(manager, ada, visibility):
    coaching(ada, visibility=visibility)

    assert found(manager, LooseEnd.FEEDBACK) == []
    assert counts_of(manager, LooseEnd.FEEDBACK) == {}


def test_praise_asks_for_nothing(manager, ada):
    FeedbackFactory(recipient=ada, kind=FeedbackKind.PRAISE, given_at=ago(60))

    assert found(manager, LooseEnd.FEEDBACK) == []


def test_a_goal_is_listed_until_somebody_measures_it(manager, ada):
    result = KeyResultFactory(objective=a_goal(ada))
    assert found(manager, LooseEnd.GOALS) == [result.objective]

    KeyResult.objects.update(last_check_in_at=timezone.now())

    assert found(manager, LooseEnd.GOALS) == []


def checks_in(manager, employee):
    CheckIn.objects.create(key_result=KeyResultFactory(objective__owner=employee), value=1, made_at=ago(10))


def gets_feedback(manager, employee):
    FeedbackFactory(recipient=employee, given_at=ago(10))


def talks(manager, employee):
    series = OneToOne.objects.create(manager=manager.employee, employee=employee, first_on=ago(20).date())
    day = ago(10).date()
    Meeting.objects.create(one_to_one=series, slot_on=day, held_on=day, state="held")


@pytest.mark.parametrize("sign", [checks_in, gets_feedback, talks])
def test_a_team_is_silent_until_somebody_speaks(manager, ada, sign):
    assert found(manager, LooseEnd.TEAMS) == [manager.employee]

    sign(manager, ada)

    assert found(manager, LooseEnd.TEAMS) == []


def test_feedback_nobody_above_may_read_does_not_show_through_the_silence(manager, ada):
    FeedbackFactory(recipient=ada, given_at=ago(10), visibility=FeedbackVisibility.RECIPIENT)

    assert found(manager, LooseEnd.TEAMS) == [manager.employee]


@pytest.mark.parametrize("kind", sorted(LooseEnd))
def test_only_people_one_answers_for_are_listed(manager, ada, kind):
    stranger = EmployeeFactory(manager=EmployeeFactory())
    for employee in (stranger, manager.employee):
        a_review(employee)
        coaching(employee)
        KeyResultFactory(objective=a_goal(employee))

    people = {line_of(row, kind).person for row in with_details(loose_ends(manager, kind), kind, manager)}

    assert people <= {ada, manager.employee}
    assert kind == LooseEnd.TEAMS or manager.employee not in people


@pytest.mark.parametrize("kind", sorted(LooseEnd))
def test_people_who_left_are_nobodys_loose_end(manager, ada, kind):
    a_review(ada)
    coaching(ada)
    KeyResultFactory(objective=a_goal(ada))
    ada.status = "left"
    ada.save()

    assert found(manager, kind) == []


def test_counts_are_those_of_the_units_and_below(client, manager, ada):
    a_review(ada)
    beside = EmployeeFactory(manager=manager.employee, org_unit=OrgUnitFactory(parent=manager.employee.org_unit))
    client.force_login(manager)

    page = client.get(reverse("performance:accountability"))

    counted = {row["unit"]: dict(row["counts"])["reviews"] for row in page.context["units"]}
    assert counted == {ada.org_unit: 1, beside.org_unit: 0}
    assert dict(page.context["totals"])["reviews"] == 1
    below = client.get(reverse("performance:accountability"), {"unit": ada.org_unit_id})
    assert [line.person for line in below.context["lines"]] == [ada]
    elsewhere = client.get(reverse("performance:accountability"), {"unit": OrgUnitFactory().pk})
    assert elsewhere.context["lines"] == []


@pytest.mark.parametrize("kind", sorted(LooseEnd))
def test_every_line_leads_to_a_page_that_opens_and_costs_no_queries_of_its_own(client, manager, ada, kind):
    client.force_login(manager)
    url = reverse("performance:accountability")

    counts = []
    for employee in (ada, *(EmployeeFactory(manager=ada, org_unit=OrgUnitFactory()) for _ in range(3))):
        a_review(employee)
        coaching(employee)
        KeyResultFactory(objective=a_goal(employee))
        EmployeeFactory(manager=employee)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url, {"show": kind})
        counts.append(len(queries))
    for line in page.context["lines"]:
        assert client.get(line.url).status_code == 200

    assert len(page.context["lines"]) >= 3
    assert counts[1:] == [counts[1]] * 3


def test_an_empty_page_says_why(client, manager, ada):
    client.force_login(manager)

    assert (
        "Nothing was left lying"
        in client.get(reverse("performance:accountability"), {"show": "reviews"}).content.decode()
    )


@pytest.mark.parametrize("kind", sorted(LooseEnd))
def test_the_api_lists_the_same(manager, ada, kind):
    a_review(ada)
    coaching(ada)
    KeyResultFactory(objective=a_goal(ada))
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", EVERY_SCOPE, manager))

    rows = caller.get(f"/api/v1/loose-ends/?kind={kind}").json()["results"]

    assert [row["id"] for row in rows] == [row.pk for row in found(manager, kind)]
    assert len(rows) == 1


def test_the_api_refuses_what_it_does_not_know(manager):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", EVERY_SCOPE, manager))
    EmployeeFactory(manager=manager.employee)

    assert caller.get("/api/v1/loose-ends/").status_code == 400
    assert caller.get("/api/v1/loose-ends/?kind=reviews&state=x").status_code == 400


def test_the_api_costs_the_same_for_one_and_three():
    caller, counts = APIClient(), []
    caller.force_authenticate(ClientPrincipal("test", EVERY_SCOPE))
    for _ in range(3):
        a_review(EmployeeFactory(org_unit=OrgUnitFactory()))
        with CaptureQueriesContext(connection) as queries:
            caller.get("/api/v1/loose-ends/?kind=reviews")
        counts.append(len(queries))

    assert counts == [counts[0]] * 3


def test_hr_of_the_unit_sees_what_the_line_left_lying(ada):
    a_review(ada)

    assert len(found(make_user(Role.HRBP, unit=ada.org_unit), LooseEnd.REVIEWS)) == 1
    assert found(make_user(Role.HRBP, unit=OrgUnitFactory()), LooseEnd.REVIEWS) == []


def test_a_team_is_silent_to_whoever_may_not_see_what_it_measured():
    """The partner looks after the manager, and not after the report whose goal was measured."""
    unit = OrgUnitFactory()
    lead = EmployeeFactory(org_unit=unit)
    report = EmployeeFactory(manager=lead, org_unit=OrgUnitFactory())
    partner = make_user("hrbp", unit=unit)
    result = KeyResultFactory(objective=ObjectiveFactory(owner=report))
    CheckIn.objects.create(key_result=result, value=1)

    assert lead in found(partner, LooseEnd.TEAMS)
    row = with_details(loose_ends(partner, LooseEnd.TEAMS), LooseEnd.TEAMS, partner).get(pk=lead.pk)
    assert row.last_check_in is None
    assert lead not in found(make_user("hrleader"), LooseEnd.TEAMS)
