"""Comparing both sides of the bridge: what is missing, wrong or too much is found, told to whom it concerns, and put right."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from calibration import signals
from calibration.actions import complete_session, lock_session
from calibration.actions.handover import hand_over_again
from calibration.actions.reconciliation import RECONCILE, reconcile, start_reconciliation
from calibration.enums import HandOverKind, Outcome
from calibration.models import Difference, Reconciliation
from calibration.notices.handover import DIFFERENT
from calibration.reconciliation import comparing
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Delivery, Fact, Job
from hrportal.notices.models import Notice
from hrportal.people.models import Employee, RoleProfileEntry
from performance.actions import reopen_review, withdraw_review
from performance.models import CompetencyRating, GoalProposal, Review
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, SkillAssessment
from tests.calibration.test_signals import completed_session, decide_again, name_need
from tests.factories.calibration import locked_session
from tests.factories.people import CompetencyFactory, JobFactory, make_user
from tests.factories.performance import ReviewFactory, part_of
from tests.factories.talent import (
    CalibratedRatingFactory,
    DevelopmentPlanFactory,
    PlanItemFactory,
    TalentProfileFactory,
)
from tests.notices.openable import assert_openable

pytestmark = pytest.mark.django_db

RATING, PLAN, SHARING = HandOverKind.RATING, HandOverKind.PLAN, HandOverKind.SHARING
SKILLS, STRATEGY = HandOverKind.SKILLS, HandOverKind.STRATEGY
LIST = "calibration:reconciliation_list"


@pytest.fixture
def carried(deliver_events):
    """Three reviews, each with a competency below what the job will ask for, completed, shared and carried over."""
    session, job, competency = locked_session([3, 4, 5]), JobFactory(), CompetencyFactory()
    RoleProfileEntry.objects.create(job=job, competency=competency, level_in_24_months=4)
    reviews = list(Review.objects.order_by("pk"))
    for review in reviews:
        Review.objects.filter(pk=review.pk).update(job=job)
        Employee.objects.filter(pk=review.employee_id).update(job=job)
        CompetencyRating.objects.create(part=part_of(review), competency=competency, level=2)
    complete_session(session, by=None)
    run_due_jobs()
    deliver_events()
    return [review.pk for review in reviews]


def found() -> list[tuple[str, str, str]]:
    """What a comparison finds now: effect, kind and mismatch."""
    rows = reconcile(by=None).differences.order_by("pk")
    return list(rows.values_list("effect", "kind", "mismatch"))


def is_clean() -> bool:
    return reconcile(by=None).outcome == Outcome.CLEAN


def rating_of_review(pk):
    return CalibratedRating.objects.filter(source=signals.source_of(pk))


def items_of_review(pk):
    return PlanItem.objects.filter(source__startswith=signals.source_of(pk) + ":")


# What it finds


def test_when_everything_arrived_every_completed_review_is_covered_and_right(carried):
    ReviewFactory(state="manager_review")

    result = reconcile(by=None)

    assert (result.completed, result.covered, result.outcome) == (3, 3, Outcome.CLEAN)
    assert {kind: (counts["covered"], counts["right"]) for kind, counts in result.counts.items()} == dict.fromkeys(
        (RATING, SKILLS, PLAN, SHARING, STRATEGY), (3, 3)
    )
    assert Fact.objects.filter(topic="calibration.sides_compared", subject_id=result.pk).count() == 1


def lose_rating(pk):
    rating_of_review(pk).delete()


def lose_item(pk):
    items_of_review(pk).delete()


def skills_of_review(pk):
    return SkillAssessment.objects.filter(source=signals.source_of(pk))


def proposals_of_review(pk):
    return GoalProposal.objects.filter(source=signals.source_of(pk))


def lose_skills(pk):
    skills_of_review(pk).delete()


def lose_proposals(pk):
    proposals_of_review(pk).delete()


def lose_everything(pk):
    for lose in (lose_rating, lose_skills, lose_item, lose_proposals):
        lose(pk)


def hide_skills_and_proposals(pk):
    skills_of_review(pk).update(shared_at=None)
    proposals_of_review(pk).update(shared_at=None)


def hide_item(pk):
    items_of_review(pk).update(shared_at=None)


def lose_correction(pk):
    """Decided again, and the deliveries of that ticked off without work."""
    decide_again(Review.objects.get(pk=pk), 2, needs=["Writing"])
    Delivery.objects.filter(state="pending").update(state="done")


def lose_withdrawal(pk):
    reopen_review(Review.objects.get(pk=pk), by=None, reason="The wrong person")
    withdraw_review(Review.objects.get(pk=pk), by=None, reason="The wrong person")
    Delivery.objects.filter(state="pending").update(state="done")


REPAIRED = [
    (lose_rating, [(RATING, "missing", "not_there")]),
    (lose_item, [(PLAN, "missing", "not_there")]),
    (lose_skills, [(SKILLS, "missing", "not_there")]),
    (lose_proposals, [(STRATEGY, "missing", "not_there")]),
    (lose_everything, [(kind, "missing", "not_there") for kind in (RATING, SKILLS, PLAN, STRATEGY)]),
    (hide_skills_and_proposals, [(kind, "missing", "not_shown") for kind in (SKILLS, STRATEGY)]),
    (hide_item, [(SHARING, "missing", "not_shown")]),
    (
        lose_correction,
        [
            (RATING, "wrong", "other_version"),
            (SKILLS, "wrong", "other_version"),
            (PLAN, "missing", "not_there"),
            (STRATEGY, "wrong", "other_version"),
        ],
    ),
    (lose_withdrawal, [(kind, "extra", "withdrawn") for kind in (RATING, SKILLS, STRATEGY)]),
]


@pytest.mark.parametrize(("fault", "differences"), REPAIRED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_did_not_arrive_is_found_and_arrives_when_it_is_handed_over_again(
    carried, deliver_events, fault, differences
):
    fault(carried[1])

    assert found() == differences
    result = Reconciliation.objects.first()
    assert set(result.differences.values_list("review", flat=True)) == {carried[1]}
    assert result.outcome == Outcome.DIFFERENT

    assert hand_over_again(result.differences.all(), by=None) == 1
    deliver_events()

    assert is_clean()
    assert Fact.objects.filter(topic="calibration.review_handed_over_again").count() == 1


def change_value(pk):
    rating_of_review(pk).update(value=1)


def change_levels(pk):
    skills_of_review(pk).update(level=5)
    proposals_of_review(pk).update(level_now=1)


def give_to_another(pk):
    profile = TalentProfileFactory()
    rating_of_review(pk).update(profile=profile)
    skills_of_review(pk).update(profile=profile)
    proposals_of_review(pk).update(employee=profile.employee)


def never_completed(pk):
    Review.objects.filter(pk=pk).update(state="submitted")


def double_item(pk):
    item = items_of_review(pk).get()
    PlanItemFactory(plan=item.plan, title=item.title, source=f"{item.source}:7", shared_at=timezone.now())


def show_too_early(pk):
    Review.objects.filter(pk=pk).update(state="completed")


def plan_for_another(pk):
    source = f"{signals.source_of(pk)}:need:1"
    PlanItemFactory(plan=DevelopmentPlanFactory(), source=source, shared_at=timezone.now())


def name_no_review(pk):
    CalibratedRatingFactory(profile=TalentProfileFactory(), source="performance.review:987654")
    PlanItemFactory(plan=DevelopmentPlanFactory(), source="performance.review:987654:focus")


def drop_need(pk):
    """An item of a need that the completed correction no longer names."""
    Review.objects.filter(pk=pk).update(revision=2)
    plan = items_of_review(pk).get().plan
    PlanItemFactory(plan=plan, title="Nobody asks", source=f"{signals.source_of(pk)}:need:99", shared_at=timezone.now())


SEEN = [
    (change_value, [(RATING, "wrong", "other_value")]),
    (change_levels, [(SKILLS, "wrong", "other_value"), (STRATEGY, "wrong", "other_value")]),
    (
        give_to_another,
        [
            (RATING, "wrong", "other_person"),
            (SKILLS, "wrong", "other_person"),
            (STRATEGY, "missing", "not_there"),
            (STRATEGY, "wrong", "other_person"),
        ],
    ),
    (never_completed, [(kind, "extra", "unfounded") for kind in (RATING, SKILLS, PLAN, STRATEGY)]),
    (double_item, [(PLAN, "extra", "twice")]),
    (show_too_early, [(kind, "extra", "too_early") for kind in (SKILLS, SHARING, STRATEGY)]),
    (plan_for_another, [(PLAN, "wrong", "other_person")]),
    (name_no_review, [(RATING, "extra", "no_review"), (PLAN, "extra", "no_review")]),
    (
        drop_need,
        [
            (RATING, "extra", "unfounded"),
            (SKILLS, "wrong", "other_version"),
            (PLAN, "extra", "unfounded"),
            (STRATEGY, "wrong", "other_version"),
        ],
    ),
]


def test_what_people_decided_about_a_proposal_and_a_strategy_that_asks_for_less_is_no_difference(carried):
    proposals_of_review(carried[0]).update(state="dismissed", reason="Not now")
    RoleProfileEntry.objects.update(level_in_24_months=1)

    assert found() == []


def test_a_strategy_that_asks_for_more_is_proposed_when_handed_over_again(carried, deliver_events):
    GoalProposal.objects.all().delete()
    RoleProfileEntry.objects.update(level_in_24_months=None)
    assert found() == []
    RoleProfileEntry.objects.update(level_in_24_months=5)

    assert found() == [(STRATEGY, "missing", "not_there")] * 3
    hand_over_again(Reconciliation.objects.first().differences.all(), by=None)
    deliver_events()

    assert is_clean()
    assert set(GoalProposal.objects.values_list("level_wanted", flat=True)) == {5}


def test_of_somebody_who_changed_jobs_nobody_knows_what_was_to_be_proposed(carried):
    lose_proposals(carried[0])
    Employee.objects.filter(reviews=carried[0]).update(job=JobFactory())

    assert found() == []


@pytest.mark.parametrize(("fault", "differences"), SEEN, ids=lambda value: getattr(value, "__name__", ""))
def test_what_is_wrong_or_too_much_is_found(carried, fault, differences):
    fault(carried[1])

    assert found() == differences


def test_two_open_plans_are_found(carried):
    plan = DevelopmentPlan.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_open_plan")  # as a dump put back without its indexes would
    DevelopmentPlan.objects.create(employee=plan.employee)

    assert found() == [(PLAN, "extra", "second_plan")]


def test_a_review_that_is_reopened_keeps_what_it_brought_until_it_is_completed_again(carried):
    reopen_review(Review.objects.get(pk=carried[0]), by=None, reason="A result came in late")

    result = reconcile(by=None)

    assert (result.completed, result.covered, result.outcome) == (2, 2, Outcome.CLEAN)


def test_what_people_did_with_an_item_is_no_difference(carried):
    items_of_review(carried[0]).update(state="done")
    items_of_review(carried[1]).update(state="dropped")
    items_of_review(carried[2]).update(title="Worded anew")

    assert is_clean()


def test_a_corrected_review_is_right_whether_its_needs_are_old_or_new(carried, deliver_events):
    for needs in (["Writing"], ["Writing", "Speaking"], [], ["Writing"]):
        decide_again(Review.objects.get(pk=carried[0]), 4, needs=needs)
        deliver_events()

        assert found() == []


def test_a_lost_need_among_several_is_found(deliver_events):
    session = completed_session([3])
    review = Review.objects.get()
    name_need(review, "Writing")
    name_need(review, "Speaking")
    deliver_events()
    assert session.decisions.count() == 1
    assert is_clean()

    PlanItem.objects.filter(title="Writing").delete()

    assert found() == [(PLAN, "missing", "not_there")]


def test_what_is_on_its_way_is_not_missing():
    completed_session([3, 4])

    result = reconcile(by=None)

    assert result.outcome == Outcome.CLEAN
    assert result.counts[RATING] == {
        "covered": 2,
        "right": 0,
        "missing": 0,
        "wrong": 0,
        "extra": 0,
        "parked": 0,
        "pending": 2,
    }
    assert hand_over_again(result.differences.all(), by=None) == 0


def test_what_is_parked_is_counted_apart_and_gets_a_fresh_start_when_handed_over_again(deliver_events):
    completed_session([3])
    Delivery.objects.filter(subscriber=RATING).update(state="parked", attempts=8)
    deliver_events()
    assert found() == [(RATING, "parked", "not_there")]

    hand_over_again(Difference.objects.all(), by=None)
    deliver_events()

    assert not Delivery.objects.exclude(state="done").exists()
    assert is_clean()


def test_what_arrives_while_it_is_looked_for_is_no_difference(carried, monkeypatch, deliver_events):
    """The second look finds it."""
    lose_rating(carried[0])
    look, looks = comparing._look_at, []

    def arriving(ids):
        looks.append(ids)
        if len(looks) == 2:
            signals.carry_ratings(Fact.objects.filter(topic="performance.review_completed"))
        return look(ids)

    monkeypatch.setattr(comparing, "_look_at", arriving)

    assert comparing.compare(carried).differences == []
    assert looks == [carried, [carried[0]]]


def test_comparing_asks_as_often_for_one_review_as_for_three(carried):
    lose_everything(carried[0])
    counts = []
    for ids in (carried[:1], carried):
        with CaptureQueriesContext(connection) as queries:
            comparing.compare(ids)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] < 40


def test_it_goes_on_in_bites_however_many_there_are(carried, monkeypatch):
    lose_rating(carried[2])
    name_no_review(0)

    bites = list(comparing.compare_all(size=1))

    assert sum(bite.compared for bite in bites) == 3
    assert len([d for bite in bites for d in bite.differences]) == 3


# Nothing to compare


def test_a_comparison_that_covers_nothing_fails_and_says_why():
    ReviewFactory(state="manager_review")
    start_reconciliation(by=make_user("hrleader"))

    run_due_jobs()

    job, result = Job.objects.get(), Reconciliation.objects.get()
    assert (job.state, job.error) == ("failed", "There is nothing to compare: no review is completed yet.")
    assert (result.outcome, result.covered, result.completed) == (Outcome.NOTHING, 0, 0)
    with pytest.raises(CommandError, match="There is nothing to compare"):
        call_command("reconcile_handover", stdout=StringIO(), stderr=StringIO())


def test_completed_reviews_of_which_none_is_covered_fail_too(carried, monkeypatch):
    monkeypatch.setattr(comparing, "EFFECTS", ())

    with pytest.raises(CommandError, match="None of the completed reviews"):
        call_command("reconcile_handover", stdout=StringIO(), stderr=StringIO())


# The doors


def test_the_command_prints_what_it_covered_and_fails_on_differences(carried):
    said, complained = StringIO(), StringIO()
    call_command("reconcile_handover", stdout=said)
    assert "Rating to talent profile: 3 covered, 3 right, 0 missing" in said.getvalue()
    assert "3 of 3 completed reviews compared, no differences" in said.getvalue()

    lose_rating(carried[0])
    lose_rating(carried[1])
    with pytest.raises(CommandError, match="3 of 3 completed reviews compared, with differences"):
        call_command("reconcile_handover", "--examples=1", stdout=StringIO(), stderr=complained)

    lines = complained.getvalue().splitlines()
    assert len(lines) == 1
    assert Review.objects.get(pk=carried[0]).get_absolute_url() in lines[0]


def test_a_job_taken_up_again_replaces_what_it_had_found(carried):
    lose_rating(carried[0])
    job = start_reconciliation(by=make_user("hrleader"))
    half = Reconciliation.objects.create(job_id=job.pk)
    Difference.objects.create(
        reconciliation=half,
        effect=PLAN,
        kind="missing",
        mismatch="not_there",
        employee=Review.objects.get(pk=carried[1]).employee,
        review_id=carried[1],
    )

    run_due_jobs()

    half.refresh_from_db()
    job.refresh_from_db()
    assert list(half.differences.values_list("effect", "review")) == [(RATING, carried[0])]
    assert (job.state, job.result) == ("done", {"reconciliation": half.pk, "covered": 3})
    assert (job.done, job.total) == (3, 3)


def test_one_comparison_at_a_time(carried):
    start_reconciliation(by=make_user("hrleader"))

    with pytest.raises(ActionError, match="already"):
        start_reconciliation(by=make_user("hrleader"))

    assert Job.objects.filter(kind=RECONCILE).count() == 1


def nightly():
    job = Job.objects.create(kind=RECONCILE, title="Nightly", scheduled_for=timezone.localdate())
    run_due_jobs()
    return job


def test_hr_leaders_are_told_of_differences_in_the_morning_and_find_them(carried):
    leader = make_user("hrleader")
    lose_rating(carried[0])

    nightly()

    notice = Notice.objects.get(kind=DIFFERENT.key)
    assert notice.employee == leader.employee
    assert_openable(notice)


def test_nobody_is_told_when_both_sides_agree_or_the_only_difference_is_their_own(carried):
    nightly()
    assert not Notice.objects.filter(kind=DIFFERENT.key).exists()

    Job.objects.filter(kind=RECONCILE).delete()
    make_user("hrleader", employee=Review.objects.get(pk=carried[0]).employee)
    lose_rating(carried[0])
    nightly()

    assert not Notice.objects.filter(kind=DIFFERENT.key).exists()
    assert Reconciliation.objects.first().outcome == Outcome.DIFFERENT


def test_results_are_kept_for_thirty_days(carried):
    lose_rating(carried[0])
    old = reconcile(by=None)
    Reconciliation.objects.update(started_at=timezone.now() - datetime.timedelta(days=31))

    nightly()

    assert not Reconciliation.objects.filter(pk=old.pk).exists()
    assert Difference.objects.count() == 1


# Who sees what


@pytest.fixture
def differing(table, deliver_events):
    """The table's session carried over, and all ratings lost: of a boss, a manager, two people and their partner."""
    complete_session(lock_session(table.session, by=None), by=None)
    deliver_events()
    CalibratedRating.objects.all().delete()
    table.reconciliation = reconcile(by=None)
    return table


def people_on(page):
    return {row["difference"].employee for row in page.context["rows"]}


def test_a_leader_sees_all_but_their_own_difference_and_no_sum_gives_it_away(differing, client):
    client.force_login(differing.leader)

    page = client.get(reverse(LIST))

    assert people_on(page) == {differing.boss, differing.manager, differing.people[1], differing.partner.employee}
    rating = next(row for row in page.context["figures"] if row.effect == RATING)
    assert (rating.covered, rating.right, rating.missing) == (5, 1, 4)


def test_a_partner_sees_their_people_and_no_figure_of_the_others(differing, client):
    client.force_login(differing.partner)
    page = client.get(reverse(LIST))
    client.force_login(differing.other_partner)
    elsewhere = client.get(reverse(LIST))

    assert people_on(page) == set(differing.people)
    rating = next(row for row in page.context["figures"] if row.effect == RATING)
    assert (rating.covered, rating.right, rating.missing) == (5, None, 2)
    assert people_on(elsewhere) == set()
    assert "Both sides agree" in elsewhere.text


@pytest.mark.parametrize("role", ["participant", "facilitator", "executive", "admin", "stranger"])
def test_it_is_for_hr(differing, client, role):
    client.force_login(getattr(differing, role))
    difference = Difference.objects.first()
    facts = Fact.objects.count()

    assert client.get(reverse(LIST)).status_code == 404
    assert (
        client.get(reverse("calibration:reconciliation_detail", args=[differing.reconciliation.pk])).status_code == 404
    )
    assert client.post(reverse("calibration:reconciliation_start")).status_code == 404
    assert client.post(reverse("calibration:difference_hand_over_again", args=[difference.pk])).status_code == 404
    again = reverse("calibration:reconciliation_hand_over_again", args=[differing.reconciliation.pk])
    assert client.post(again).status_code == 404
    assert Fact.objects.count() == facts
    assert not Difference.objects.exclude(handed_over_at=None).exists()
    assert not Job.objects.filter(kind="calibration.hand_over_again").exists()


def test_a_partner_hands_over_again_whom_they_look_after_and_nobody_else(differing, client, deliver_events):
    client.force_login(differing.partner)
    own = Difference.objects.get(employee=differing.people[1])
    other = Difference.objects.get(employee=differing.boss)

    assert client.post(reverse("calibration:difference_hand_over_again", args=[own.pk])).status_code == 302
    assert client.post(reverse("calibration:difference_hand_over_again", args=[other.pk])).status_code == 404
    deliver_events()

    assert CalibratedRating.objects.get().profile.employee == differing.people[1]
    other.refresh_from_db()
    assert other.handed_over_at is None


def test_everything_one_sees_is_handed_over_again_in_the_background(differing, client, deliver_events):
    client.force_login(differing.partner)
    again = reverse("calibration:reconciliation_hand_over_again", args=[differing.reconciliation.pk])

    client.post(again)
    deliver_events()
    refused = client.post(again, follow=True)

    assert {rating.profile.employee for rating in CalibratedRating.objects.select_related("profile__employee")} == set(
        differing.people
    )
    assert "Nothing is left here that could be handed over again." in refused.text
    assert Job.objects.filter(kind="calibration.hand_over_again").count() == 1


def test_compared_now_by_a_click_and_the_page_says_what_came_of_it(differing, client):
    client.force_login(differing.leader)

    assert client.post(reverse("calibration:reconciliation_start")).status_code == 302
    waiting = client.get(reverse(LIST))
    client.post(reverse("calibration:reconciliation_start"))
    run_due_jobs()
    page = client.get(reverse(LIST))

    assert "Compare now" not in waiting.text
    assert Reconciliation.objects.count() == 2
    assert page.context["reconciliation"].pk == Reconciliation.objects.first().pk
    assert len(page.context["before"]) == 2


def test_the_page_before_the_first_comparison_says_so(client):
    client.force_login(make_user("hrleader"))

    page = client.get(reverse(LIST))

    assert "Not compared yet" in page.text
    assert client.get(reverse("calibration:reconciliation_detail", args=[7])).status_code == 404


def test_the_page_after_one_that_covered_nothing_says_why(client):
    reconcile(by=None)
    client.force_login(make_user("hrleader"))

    page = client.get(reverse(LIST))

    assert "There is nothing to compare: no review is completed yet." in page.text
    assert "Both sides agree" not in page.text


def test_the_list_is_narrowed_and_asks_the_same_for_one_and_three(differing, client, django_assert_max_num_queries):
    client.force_login(differing.leader)
    counts = []
    for criteria in ({"person": differing.boss.last_name}, {"effect": RATING, "kind": "missing"}):
        client.get(reverse(LIST), criteria)
        with django_assert_max_num_queries(25) as queries:
            page = client.get(reverse(LIST), criteria)
        counts.append((len(page.context["rows"]), len(queries)))

    assert [rows for rows, _ in counts] == [1, 4]
    assert counts[0][1] == counts[1][1]
    assert client.get(reverse(LIST), {"kind": "extra"}).context["rows"] == []


# The API


def caller(user, *scopes):
    api = APIClient()
    scopes = frozenset(scopes or {"calibration:read", "calibration:write"})
    api.force_authenticate(ActingPrincipal("test", scopes, user) if user else ClientPrincipal("test", scopes))
    return api


def test_a_client_compares_reads_and_hands_over_again(differing, deliver_events):
    api = caller(None)

    started = api.post("/api/v1/hand-over-comparisons/")
    deliver_events()
    last = api.get("/api/v1/hand-over-comparisons/").json()["results"][-1]
    detail = api.get(f"/api/v1/hand-over-comparisons/{last['id']}/").json()
    rows = api.get("/api/v1/hand-over-differences/", {"reconciliation": last["id"], "kind": "missing"}).json()[
        "results"
    ]
    again = api.post(f"/api/v1/hand-over-differences/{rows[0]['id']}/hand-over-again/")
    everything = api.post(f"/api/v1/hand-over-comparisons/{last['id']}/hand-over-again/")
    deliver_events()

    assert (started.status_code, again.status_code, everything.status_code) == (202, 200, 202)
    assert (last["covered"], last["completed"], last["outcome"], last["differences"]) == (5, 5, "different", 5)
    assert detail["effects"][0] | {"effect": ""} == {
        "effect": "",
        "covered": 5,
        "right": 0,
        "missing": 5,
        "wrong": 0,
        "extra": 0,
        "parked": 0,
        "pending": 0,
    }
    assert again.json()["handed_over_at"]
    assert CalibratedRating.objects.current().count() == 5
    assert is_clean()


def test_a_client_limited_to_units_hands_over_again_nobody_of_others(differing, deliver_events):
    move_to(differing.elsewhere, differing.people[1])
    api = APIClient()
    api.force_authenticate(
        ClientPrincipal("test", frozenset({"calibration:read", "calibration:write"}), (differing.unit.path,))
    )

    again = api.post(f"/api/v1/hand-over-comparisons/{differing.reconciliation.pk}/hand-over-again/")
    deliver_events()

    assert again.status_code == 202
    assert Difference.objects.get(handed_over_at=None).employee == differing.people[1]
    assert not CalibratedRating.objects.filter(profile__employee=differing.people[1]).exists()
    assert CalibratedRating.objects.current().count() == 4


def test_a_client_acting_for_a_partner_hands_over_again_within_its_scopes(differing, deliver_events):
    api = caller(differing.partner)

    again = api.post(f"/api/v1/hand-over-comparisons/{differing.reconciliation.pk}/hand-over-again/")
    deliver_events()

    assert again.status_code == 202
    assert {row.employee for row in Difference.objects.exclude(handed_over_at=None)} == set(differing.people)


def move_to(unit, person):
    """Let somebody belong to another unit now."""
    person.org_unit = unit
    person.save(update_fields=["org_unit"])


def test_over_the_api_people_see_what_they_see_on_the_page(differing):
    partner, stranger = caller(differing.partner), caller(differing.stranger)
    other = Difference.objects.get(employee=differing.boss)

    rows = partner.get("/api/v1/hand-over-differences/").json()["results"]

    assert {row["employee"] for row in rows} == {person.pk for person in differing.people}
    assert partner.get("/api/v1/hand-over-comparisons/").json()["results"][0]["differences"] == 2
    assert partner.post(f"/api/v1/hand-over-differences/{other.pk}/hand-over-again/").status_code == 404
    assert stranger.get("/api/v1/hand-over-differences/").json()["results"] == []
    assert stranger.post("/api/v1/hand-over-comparisons/").status_code == 403
    assert caller(None, "calibration:read").post("/api/v1/hand-over-comparisons/").status_code == 403
    assert not Job.objects.filter(kind=RECONCILE).exists()
    assert not Difference.objects.exclude(handed_over_at=None).exists()


def test_over_the_api_no_outcome_tells_leaders_of_a_difference_about_themselves(carried):
    lose_rating(carried[0])
    about = make_user("hrleader", employee=Review.objects.get(pk=carried[0]).employee)
    reconcile(by=None)

    for reader, outcome in ((about, "clean"), (make_user("hrleader"), "different"), (None, "different")):
        api, address = caller(reader), "/api/v1/hand-over-comparisons/"
        (row,) = api.get(address).json()["results"]
        assert row["outcome"] == outcome
        assert api.get(f"{address}{row['id']}/").json()["outcome"] == outcome
        assert api.get(f"{address}?outcome={outcome}").json()["results"] == [row]
    assert caller(about).get(f"{address}?outcome=different").json()["results"] == []
