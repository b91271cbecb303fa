"""Lists: the same number of queries for one row and for three, pages, filters, and whose rows and ratings are shown."""

from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Client
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from calibration.models import Decision, Recusal
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from tests.factories.calibration import ParticipantFactory, SessionFactory, locked_session, open_board
from tests.factories.people import (
    CompetencyFactory,
    EmployeeFactory,
    JobFactory,
    LocationFactory,
    OrgUnitFactory,
    PositionFactory,
    make_user,
)
from tests.factories.performance import (
    FeedbackFactory,
    GoalAssignmentFactory,
    GoalPeriodFactory,
    GoalTemplateFactory,
    KeyResultFactory,
    RatingScaleFactory,
    ReviewCycleFactory,
    ReviewFactory,
    ReviewTemplateFactory,
    rating_of,
)
from tests.factories.talent import (
    CalibratedRatingFactory,
    PlanActionFactory,
    PlanItemFactory,
    SuccessorFactory,
)

pytestmark = pytest.mark.django_db


def an_employee():
    return EmployeeFactory(
        manager=EmployeeFactory(),
        org_unit=OrgUnitFactory(),
        job=JobFactory(),
        position=PositionFactory(),
        location=LocationFactory(),
    )


def a_cycle():
    ReviewCycleFactory().org_units.add(OrgUnitFactory())


def a_review():
    review = ReviewFactory(employee=an_employee(), state="completed", completed_at=timezone.now())
    review.proposed_rating = review.final_rating = rating_of(review.cycle, 3)
    review.save()
    return review


def a_bench():
    successor = SuccessorFactory(employee=an_employee())
    SuccessorFactory(plan=successor.plan, employee=an_employee())


def a_plan():
    PlanActionFactory(item=PlanItemFactory(competency=CompetencyFactory()))


LISTS = {
    "employees": an_employee,
    "org-units": OrgUnitFactory,
    "competencies": CompetencyFactory,
    "positions": an_employee,
    "cycles": a_cycle,
    "rating-scales": RatingScaleFactory,
    "review-templates": ReviewTemplateFactory,
    "reviews": a_review,
    "objectives": lambda: KeyResultFactory(current=10, objective__period=GoalPeriodFactory()),
    "goal-periods": GoalPeriodFactory,
    "goal-templates": GoalTemplateFactory,
    "goal-assignments": lambda: GoalAssignmentFactory(assigned_by=EmployeeFactory(), org_unit=OrgUnitFactory()),
    "calibration-sessions": lambda: ParticipantFactory(session=SessionFactory(org_unit=OrgUnitFactory())),
    "calibration-recusals": lambda: Recusal.objects.create(
        session=SessionFactory(), employee=EmployeeFactory(), about=EmployeeFactory(), reason="Family"
    ),
    "calibration-pre-reads": lambda: SessionFactory(pre_read_opened_at=timezone.now()),
    "calibration-decisions": lambda: locked_session([3]),
    "talent-profiles": lambda: CalibratedRatingFactory(profile__employee=an_employee()),
    "development-plans": a_plan,
    "succession-plans": a_bench,
}


@pytest.mark.parametrize("resource", LISTS)
@pytest.mark.parametrize("as_person", [False, True])
def test_list_costs_the_same_for_one_row_and_for_three(api, resource, as_person):
    caller = api(act_for=make_user(Role.HR_LEADER)) if as_person else api()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            answer = caller.get(f"/api/v1/{resource}/")
        assert answer.status_code == 200, answer.content
        return len(queries), len(answer.json()["results"])

    LISTS[resource]()
    for_one, few = cost()
    LISTS[resource]()
    LISTS[resource]()
    for_three, many = cost()

    assert few < many
    assert for_three == for_one


@pytest.mark.parametrize("resource", LISTS)
def test_each_row_of_a_list_can_be_read_alone(api, resource):
    caller = api()
    LISTS[resource]()
    row = caller.get(f"/api/v1/{resource}/").json()["results"][0]

    alone = caller.get(f"/api/v1/{resource}/{row['id']}/")

    assert alone.status_code == 200
    assert alone.json().items() >= row.items()


def test_cards_cost_the_same_for_one_and_for_three(api):
    caller = api()

    def cost(session):
        with CaptureQueriesContext(connection) as queries:
            rows = caller.get(f"/api/v1/calibration-sessions/{session.pk}/cards/").json()["results"]
        return len(queries), len(rows)

    one, three = cost(open_board([3])), cost(open_board([3, 3, 4]))

    assert (one[1], three[1]) == (1, 3)
    assert one[0] == three[0]


def test_feedback_is_a_persons_to_read(api):
    feedback = FeedbackFactory()
    recipient = make_user(employee=feedback.recipient)

    assert [row["id"] for row in api(act_for=recipient).get("/api/v1/feedback/").json()["results"]] == [feedback.pk]
    assert api().get("/api/v1/feedback/").json()["results"] == []


def test_pages_meet_every_row_once(api):
    people = {EmployeeFactory().pk for _ in range(5)}
    caller, met, url = api(), [], "/api/v1/employees/?page_size=2"

    while url:
        page = caller.get(url).json()
        met += [row["id"] for row in page["results"]]
        url = page["next"]

    assert met == sorted(people)


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def test_employees_can_be_narrowed(api):
    boss = EmployeeFactory()
    unit = OrgUnitFactory()
    team = OrgUnitFactory(parent=unit)
    one = EmployeeFactory(manager=boss, org_unit=team, source="hris", remote_id="A1", status="leave")
    caller = api()

    assert ids(caller.get(f"/api/v1/employees/?manager={boss.pk}")) == [one.pk]
    assert ids(caller.get(f"/api/v1/employees/?unit={unit.pk}")) == [one.pk]
    assert ids(caller.get("/api/v1/employees/?remote_ids=A1,B2&source=hris")) == [one.pk]
    assert ids(caller.get("/api/v1/employees/?status=leave,left")) == [one.pk]
    assert ids(caller.get(f"/api/v1/employees/?ids={boss.pk},{one.pk}")) == [boss.pk, one.pk]


def test_who_left_is_listed_when_asked_for(api):
    left = EmployeeFactory(status="left")
    caller = api()

    assert ids(caller.get("/api/v1/employees/")) == []
    assert ids(caller.get("/api/v1/employees/?include_deleted=true")) == [left.pk]


def test_changed_since(api):
    old, new = EmployeeFactory(), EmployeeFactory()
    Employee.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=2))
    yesterday = (timezone.now() - timedelta(days=1)).isoformat().replace("+00:00", "Z")

    assert ids(api().get(f"/api/v1/employees/?modified_after={yesterday}")) == [new.pk]


def test_restricted_fields_leave_with_nobody(api):
    EmployeeFactory(birth_year=1980, gender="female", leave_reason="voluntary")

    row = api().get("/api/v1/employees/").json()["results"][0]

    assert not {"birth_year", "gender", "leave_reason", "path"} & row.keys()


@pytest.mark.parametrize(("scopes", "shown"), [(("reviews:read", "ratings:read"), True), (("reviews:read",), False)])
def test_client_sees_ratings_by_scope(api, scopes, shown):
    review = a_review()
    part = review.parts.get(side="manager")
    part.overall_rating, part.submitted_at = review.proposed_rating, timezone.now()
    part.save()

    seen = api(*scopes).get(f"/api/v1/reviews/{review.pk}/").json()

    assert (seen["proposed_rating"] is not None) is shown
    assert (seen["final_rating"] is not None) is shown
    assert (seen["parts"][0]["overall_rating"] is not None) is shown


@pytest.mark.parametrize("state", ["manager_review", "calibrated", "completed"])
def test_employee_reads_nothing_of_the_managers_before_sharing(api, state):
    review = a_review()
    review.__class__.objects.filter(pk=review.pk).update(state=state)

    seen = api(act_for=make_user(employee=review.employee)).get(f"/api/v1/reviews/{review.pk}/").json()

    assert (seen["proposed_rating"], seen["final_rating"], seen["remarks"]) == (None, None, [])
    assert [part["side"] for part in seen["parts"]] == ["self"]


def test_each_sees_only_their_reviews(api):
    review, other = a_review(), a_review()
    stranger = make_user()

    assert ids(api(act_for=make_user(employee=review.employee)).get("/api/v1/reviews/")) == [review.pk]
    assert ids(api(act_for=make_user(employee=review.reviewer)).get("/api/v1/reviews/")) == [review.pk]
    assert ids(api(act_for=make_user(Role.HR_LEADER)).get("/api/v1/reviews/")) == [review.pk, other.pk]
    assert ids(api(act_for=stranger).get("/api/v1/reviews/")) == []
    assert api(act_for=stranger).get(f"/api/v1/reviews/{review.pk}/").status_code == 404


def test_person_needs_the_clients_scope_as_well(api):
    review = a_review()
    hr = make_user(Role.HR_LEADER)

    assert api("employees:read", act_for=hr).get(f"/api/v1/reviews/{review.pk}/").status_code == 403
    seen = api("reviews:read", act_for=hr).get(f"/api/v1/reviews/{review.pk}/").json()
    assert seen["final_rating"] is None


def test_nobody_reads_their_own_talent_profile(api):
    rating = CalibratedRatingFactory()
    hr = make_user(Role.HR_LEADER, employee=rating.profile.employee)

    assert ids(api(act_for=hr).get("/api/v1/talent-profiles/")) == []


def test_client_by_itself_does_hrs_work_but_writes_no_review(api):
    review = ReviewFactory()
    caller = api()

    written = caller.patch(f"/api/v1/reviews/{review.pk}/parts/manager/", {"version": 1, "answers": {}})
    reassigned = caller.post(
        f"/api/v1/reviews/{review.pk}/reassign/", {"to": EmployeeFactory().pk, "reason": "Moved teams"}
    )

    assert written.status_code in {403, 404}
    assert reassigned.status_code == 200, reassigned.content
    assert reassigned.json()["reviewer"]["id"] != review.reviewer_id


def test_acting_is_journaled_with_client_and_person(api):
    review, hr = ReviewFactory(), make_user(Role.HR_LEADER)

    api(act_for=hr).post(f"/api/v1/reviews/{review.pk}/withdraw/", {"reason": "Left"})

    fact = Fact.objects.get(topic="performance.review_withdrawn")
    assert (fact.actor_id, fact.on_behalf_of_id) == (None, hr.pk)
    assert fact.client_id == Client.objects.get().pk


def test_jobs_are_those_of_who_asks(api):
    EmployeeFactory()
    cycle = ReviewCycleFactory(state="draft")
    caller = api()
    started = caller.post(f"/api/v1/cycles/{cycle.pk}/launch/")

    assert started.status_code == 202
    assert ids(caller.get("/api/v1/jobs/")) == [started.json()["id"]]
    assert ids(api().get("/api/v1/jobs/")) == []
    assert ids(api(act_for=make_user(Role.HR_LEADER)).get("/api/v1/jobs/")) == []


def test_decision_of_a_reopened_review_is_open_to_hr_alone(api):
    session = locked_session([3])
    review = session.decisions.get().review

    answer = api(act_for=make_user(employee=review.reviewer)).post(
        "/api/v1/calibration-decisions/", {"review": review.pk, "rating": review.proposed_rating_id, "rationale": "x"}
    )

    assert answer.status_code == 403
    assert Decision.objects.count() == 1
