"""The pages: who gets in, what is on them, what their forms do, and what they cost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrportal.people.enums import Role
from hrportal.people.slots import collect
from talent.enums import ActionKind, ItemState, Readiness, SuccessorState
from talent.freshness import RATING_BUDGET
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, SuccessionPlan, Successor
from tests.factories.people import EmployeeFactory, JobFactory, PositionFactory, RoleProfileEntryFactory, make_user
from tests.factories.talent import (
    CalibratedRatingFactory,
    DevelopmentPlanFactory,
    PlanActionFactory,
    PlanItemFactory,
    SkillAssessmentFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
    TalentProfileFactory,
)
from tests.talent.company import VIEWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER)


def as_(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("viewer", VIEWERS)
def test_who_opens_which_page(company, client, viewer):
    profile = CalibratedRatingFactory(profile__employee=company.person).profile
    plan = PlanItemFactory(plan__employee=company.person).plan
    bench = SuccessorFactory(plan__position=PositionFactory(org_unit=company.unit), employee=company.person).plan
    as_(client, company.viewer(viewer))

    opened = {
        page
        for page, url in {
            "profile": reverse("talent:profile_detail", args=[profile.pk]),
            "plan": reverse("talent:plan_detail", args=[plan.pk]),
            "bench": reverse("talent:bench_detail", args=[bench.pk]),
        }.items()
        if client.get(url).status_code == 200
    }

    assert opened == {
        "manager": {"profile", "plan"},
        "head": {"profile", "plan"},
        "partner": {"profile", "plan", "bench"},
        "hr_leader": {"profile", "plan", "bench"},
        "executive": {"profile", "bench"},
    }.get(viewer, set())


@pytest.mark.parametrize("name", ["profile_list", "plan_list", "bench_list"])
def test_lists_ask_for_signing_in(client, name):
    assert client.get(reverse(f"talent:{name}")).status_code == 302


@pytest.mark.parametrize("part", [False, True])
def test_a_list_cost_does_not_grow_with_its_rows(client, leader, part):
    headers = {"hx-request": "true"} if part else {}
    as_(client, leader)

    def costs() -> list[int]:
        found = []
        for name in ("profile_list", "plan_list", "bench_list"):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(reverse(f"talent:{name}"), headers=headers)
            assert response.status_code == 200
            assert (b"<html" in response.content) != part
            found.append(len(queries))
        return found

    def grow(count: int) -> None:
        for _ in range(count):
            person = EmployeeFactory(job=JobFactory())
            CalibratedRatingFactory.create_batch(
                2, profile__employee=person, profile=TalentProfileFactory(employee=person)
            )
            PlanActionFactory(item__plan__employee=person)
            SuccessorFactory(employee=person)

    grow(1)
    first = costs()
    grow(2)

    assert costs() == first


def test_a_bench_and_a_profile_cost_the_same_for_one_and_three(client, leader):
    as_(client, leader)
    job = JobFactory()
    RoleProfileEntryFactory(job=job, level_today=4)
    plan = SuccessionPlanFactory(position=PositionFactory(job=job))
    url = reverse("talent:bench_detail", args=[plan.pk])

    def cost() -> int:
        person = EmployeeFactory(job=JobFactory())
        CalibratedRatingFactory(profile__employee=person)
        SuccessorFactory(employee=person, plan=plan, rationale="Knows the trade")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    costs = [cost() for _ in range(3)]
    assert costs[0] == costs[1] == costs[2]


def test_filters_narrow_the_profiles(client, leader, company):
    today = timezone.localdate()
    fresh = CalibratedRatingFactory(profile__employee=company.person).profile
    old = CalibratedRatingFactory(period_ends_on=today - RATING_BUDGET - datetime.timedelta(days=1)).profile
    unrated = TalentProfileFactory()
    as_(client, leader)

    def found(**query):
        response = client.get(reverse("talent:profile_list"), query)
        return {row["profile"] for row in response.context["rows"]}

    assert found() == {fresh, old, unrated}
    assert found(freshness="fresh") == {fresh}
    assert found(freshness="stale") == {old}
    assert found(freshness="unknown") == {unrated}
    assert found(unit=company.unit.pk) == {fresh}
    assert found(q=f"{old.employee.first_name} {old.employee.last_name}") == {old}


def test_filters_and_tiles_of_the_benches_agree(client, leader):
    today = timezone.localdate()
    covered = SuccessorFactory(plan__vacancy_risk="high").plan
    SuccessorFactory(plan=covered)
    thin = SuccessorFactory(readiness=Readiness.SOON).plan
    empty = SuccessionPlanFactory()
    stale = SuccessionPlanFactory(reviewed_on=today - datetime.timedelta(days=93))
    retired = SuccessionPlanFactory(is_active=False)
    as_(client, leader)

    def found(**query):
        context = client.get(reverse("talent:bench_list"), query).context
        return {row["plan"] for row in context["rows"]}, context["summary"]

    every, summary = found()
    assert every == {covered, thin, empty, stale}
    assert retired not in every
    assert (summary["total"], summary["covered_share"], summary["thin"]) == (4, 25, 1)
    assert (summary["empty"], summary["stale"]) == (2, 1)
    assert found(health="covered")[0] == {covered}
    assert found(health="thin")[0] == {thin}
    assert found(health="empty")[0] == {empty, stale}
    assert found(health="stale")[0] == {stale}
    assert found(risk="high")[0] == {covered}
    assert found(view="table")[0] == every


def test_the_table_of_benches_sorts_by_its_heads(client, leader):
    deep = SuccessorFactory().plan
    SuccessorFactory(plan=deep)
    shallow = SuccessorFactory().plan
    as_(client, leader)

    def order(ordering):
        response = client.get(reverse("talent:bench_list"), {"view": "table", "ordering": ordering})
        return [row["plan"] for row in response.context["rows"]]

    assert order("depth") == [shallow, deep]
    assert order("-depth") == [deep, shallow]


def test_nothing_is_covered_where_there_is_nothing(client, leader):
    response = as_(client, leader).get(reverse("talent:bench_list"))

    assert response.context["summary"]["covered_share"] is None


def test_a_profile_shows_corrections_and_dates(client, leader):
    first = CalibratedRatingFactory(source="performance.review:1", label="Below", replaced_at=timezone.now())
    CalibratedRatingFactory(
        profile=first.profile, source="performance.review:1", source_version=2, label="Meets", value=3
    )
    CalibratedRatingFactory(profile=first.profile, period="Earlier", lowest=1, highest=4, value=4)
    assert CalibratedRating.objects.current().count() == 2

    response = as_(client, leader).get(reverse("talent:profile_detail", args=[first.profile_id]))

    assert [len(row["replaced"]) for row in response.context["ratings"]] == [1, 0]
    assert b"before: Below" in response.content
    # Two scales: each rating as its place on its own.
    assert response.context["chart"]["series"][0]["values"] == [100, 50]


def test_a_manager_sees_no_benches_on_a_profile(client, company):
    profile = TalentProfileFactory(employee=company.person)
    seat = PositionFactory(name="Keeper of the Seal", org_unit=company.unit)
    bench = SuccessorFactory(employee=company.person, plan__position=seat).plan

    response = as_(client, company.viewer("manager")).get(reverse("talent:profile_detail", args=[profile.pk]))

    assert response.context["benches"] == []
    assert str(bench).encode() not in response.content


def test_a_rating_on_a_bench_is_shown_to_readers_of_the_profile_only(client, company):
    """An executive reads the bench of a seat in their part; a successor from elsewhere keeps their rating to themselves."""
    plan = SuccessionPlanFactory(position=PositionFactory(org_unit=company.unit))
    for employee, label in ((company.person, "Readable"), (EmployeeFactory(org_unit=company.elsewhere), "Hidden")):
        CalibratedRatingFactory(profile__employee=employee, label=label)
        SuccessorFactory(plan=plan, employee=employee)

    response = as_(client, company.viewer("executive")).get(reverse("talent:bench_detail", args=[plan.pk]))

    assert b"Readable" in response.content
    assert b"Hidden" not in response.content
    assert b"/nominate/" not in response.content


def test_gaps_rest_on_levels_that_were_assessed_and_guess_nothing(client, leader):
    job, present = JobFactory(), JobFactory()
    asked = RoleProfileEntryFactory(job=job, level_today=4, level_in_24_months=5)
    unknown = RoleProfileEntryFactory(job=job, level_today=3)
    RoleProfileEntryFactory(job=present, competency=unknown.competency, level_today=2)
    plan = SuccessionPlanFactory(position=PositionFactory(job=job))
    person = EmployeeFactory(job=present)
    SuccessorFactory(plan=plan, employee=person)
    SkillAssessmentFactory(profile__employee=person, competency=asked.competency, level=2)
    PlanItemFactory(plan__employee=person, competency=asked.competency)

    response = as_(client, leader).get(reverse("talent:bench_detail", args=[plan.pk]))

    lines = {each["competency"]: each["lines"][0] for each in response.context["demands"]}
    assert (lines[asked.competency].fit.gap, lines[asked.competency].in_plan) == (2, True)
    # What somebody's present job asks for says nothing about them.
    assert (lines[unknown.competency].fit.have, lines[unknown.competency].fit.gap) == (None, None)


def test_an_owner_sees_only_what_was_shared(client, company):
    plan = DevelopmentPlanFactory(employee=company.person)
    PlanItemFactory(plan=plan, title="A secret need", state=ItemState.DONE)
    PlanItemFactory(plan=plan, title="A shared need", shared_at=timezone.now())
    as_(client, company.viewer("self"))

    page = client.get(reverse("talent:plan_detail", args=[plan.pk]))
    listed = client.get(reverse("talent:plan_list"))

    assert b"A shared need" in page.content
    assert b"A secret need" not in page.content
    assert (page.context["progress"].total, listed.context["rows"][0]["progress"].total) == (1, 1)


def test_a_person_starts_their_own_plan_and_does_an_action(client, company):
    user = company.viewer("self")
    as_(client, user)

    client.post(reverse("talent:item_add", args=[company.person.pk]), {"title": "Speak in public"})
    item = PlanItem.objects.get()
    client.post(reverse("talent:action_add", args=[item.pk]), {"kind": ActionKind.COACHING, "title": "Find a coach"})
    action = item.actions.get()
    client.post(reverse("talent:action_complete", args=[action.pk]), {"evidence": "Found"})
    client.post(reverse("talent:item_close", args=[item.pk]), {"is_done": "yes"})

    item.refresh_from_db()
    action.refresh_from_db()
    assert (item.state, action.evidence) == (ItemState.DONE, "Found")
    assert client.post(reverse("talent:plan_complete", args=[item.plan_id])).status_code == 403
    assert client.get(reverse("talent:item_add", args=[company.boss.pk])).status_code == 403


def test_a_manager_edits_and_completes_a_plan(client, company):
    item = PlanItemFactory(plan__employee=company.person, source="performance.review:1:focus")
    as_(client, company.viewer("manager"))

    refused = client.post(reverse("talent:item_edit", args=[item.pk]), {"title": ""})
    client.post(reverse("talent:item_edit", args=[item.pk]), {"title": "Lead a project", "target_level": 4})
    client.post(reverse("talent:plan_complete", args=[item.plan_id]))

    item.refresh_from_db()
    assert refused.status_code == 422
    assert (item.title, item.target_level, item.state) == ("Lead a project", 4, ItemState.DROPPED)
    assert DevelopmentPlan.objects.get().state == "completed"


def test_hr_builds_a_bench(client, leader, company):
    as_(client, leader)

    page = client.get(reverse("talent:critical_role_designate"), {"q": company.seat.name})
    assert company.seat in page.context["form"].found
    client.post(
        reverse("talent:critical_role_designate"),
        {"position": company.seat.pk, "reason": "Keeps the keys", "vacancy_risk": "high"},
    )
    plan = SuccessionPlan.objects.get()
    nominate = reverse("talent:successor_nominate", args=[plan.pk])
    assert client.get(nominate).context["form"].found == [company.person]
    for employee in (company.person, company.head):
        client.post(nominate, {"employee": employee.pk, "readiness": "soon", "rationale": "Calm"})
    first, second = plan.successors.standing()
    client.post(reverse("talent:successor_approve", args=[first.pk]))
    first.refresh_from_db()
    assert first.state == SuccessorState.PROPOSED  # who nominated does not approve
    as_(client, make_user(Role.HR_LEADER)).post(reverse("talent:successor_approve", args=[first.pk]))
    first.refresh_from_db()
    assert first.state == SuccessorState.APPROVED
    as_(client, leader)
    client.post(reverse("talent:readiness_change", args=[first.pk]), {"readiness": "soon", "rationale": "Still"})
    client.post(reverse("talent:successors_rank", args=[plan.pk]), {"successor": second.pk, "move": "up"})
    client.post(reverse("talent:bench_endorse", args=[plan.pk]))
    client.post(
        reverse("talent:critical_role_edit", args=[plan.pk]), {"reason": "Keeps all keys", "vacancy_risk": "low"}
    )

    plan.refresh_from_db()
    assert (plan.reason, plan.vacancy_risk, plan.reviewed_on) == ("Keeps all keys", "low", timezone.localdate())
    assert list(plan.successors.standing()) == [second, first]
    assert client.get(reverse("talent:bench_detail", args=[plan.pk])).status_code == 200

    client.post(reverse("talent:successor_remove", args=[first.pk]), {"reason": "Changed their mind"})
    client.post(reverse("talent:bench_retire", args=[plan.pk]))
    first.refresh_from_db()
    plan.refresh_from_db()
    assert (first.state, plan.is_active) == (SuccessorState.REMOVED, False)


def test_a_refusal_is_said_and_changes_nothing(client, leader):
    successor = SuccessorFactory()
    as_(client, leader)

    response = client.post(reverse("talent:successor_approve", args=[successor.pk]), follow=True)

    assert "already" in str(next(iter(response.context["messages"])))


def test_a_partner_designates_in_their_units_without_their_own_seat_or_their_superiors(client, company):
    own_seat, free = PositionFactory(org_unit=company.unit), PositionFactory(org_unit=company.unit)
    far = PositionFactory(org_unit=company.elsewhere)
    user = make_user(
        Role.HRBP,
        unit=company.unit,
        employee=EmployeeFactory(manager=company.boss, org_unit=company.unit, position=own_seat),
    )
    url = reverse("talent:critical_role_designate")

    offered = as_(client, user).get(url).context["form"].found
    refused = [
        client.post(url, {"position": seat.pk, "reason": "It is", "vacancy_risk": "low"}).status_code
        for seat in (own_seat, company.seat, far)
    ]

    assert offered == [free]
    assert refused == [422, 422, 422]
    assert not SuccessionPlan.objects.exists()


def test_nobody_can_be_put_on_a_bench_from_below(client, company):
    """A partner does not decide on those they report to."""
    user = make_user(Role.HRBP, unit=company.unit, employee=EmployeeFactory(manager=company.boss))
    plan = SuccessionPlanFactory(position=PositionFactory(org_unit=company.unit))
    url = reverse("talent:successor_nominate", args=[plan.pk])

    found = as_(client, user).get(url, {"q": company.boss.first_name}).context["form"].found
    refused = client.post(url, {"employee": company.boss.pk, "readiness": "soon"})

    assert company.boss not in found
    assert refused.status_code == 422
    assert not Successor.objects.exists()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_persons_page_shows_the_plan_and_nothing_else_of_talent(company, viewer):
    CalibratedRatingFactory(profile__employee=company.person, label="Outstanding")
    SuccessorFactory(employee=company.person)
    PlanItemFactory(plan__employee=company.person, title="A shared need", shared_at=timezone.now())

    shown = "".join(
        map(str, collect("people.employee_page", viewer_user=company.viewer(viewer), employee=company.person))
    )

    assert ("A shared need" in shown) == (viewer in {"self", "manager", "head", "partner", "hr_leader"})
    assert ("/talent/profiles/" in shown) == (viewer in {"manager", "head", "partner", "hr_leader", "executive"})
    assert "Outstanding" not in shown
    assert "succession" not in shown
