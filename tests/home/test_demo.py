"""The demo company: complete, consistent, alive today, and the same for the same seed and day."""

from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from calibration.actions.reconciliation import reconcile
from calibration.enums import PreRead, SessionState
from calibration.models import (
    CalibrationSession,
    Card,
    CardMove,
    Decision,
    DecisionRemark,
    PreReadAnswer,
    Recusal,
)
from calibration.signals import carry_ratings, open_plans, share_plans
from hrportal.common.paths import paths_of
from hrportal.home.demo.cast import PASSWORD
from hrportal.home.demo.load import load_company
from hrportal.journal.chain import verify_chain
from hrportal.journal.enums import DeliveryState
from hrportal.journal.models import Delivery, Fact
from hrportal.people.enums import Role
from hrportal.people.models import Employee, Employment, OrgUnit, RoleGrant, User
from performance.enums import CycleKind, CycleState, FeedbackVisibility, ProposalState, ReviewState, Side
from performance.models import (
    Answer,
    Feedback,
    GoalProposal,
    KeyResult,
    Objective,
    Review,
    ReviewCycle,
    ReviewExemption,
)
from talent.bench import Strength
from talent.enums import BenchHealth, SuccessorState
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, SuccessionPlan, TalentProfile

SIZE = 120
THE_SIX = ("employee", "manager", "hrbp", "hrleader", "executive", "admin")


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    """One company for the whole file, taken back at its end; each test's own changes are taken back before."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_company(SIZE, seed=1, today=timezone.localdate())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def told(company, db):
    """The company, for a test that reads and may change it."""


def test_company_has_the_size_asked_for(told):
    assert Employee.objects.exclude(status="left").count() == SIZE


def test_paths_follow_managers_and_parents(told):
    assert dict(Employee.objects.values_list("pk", "path")) == paths_of(
        dict(Employee.objects.values_list("pk", "manager_id"))
    )
    assert dict(OrgUnit.objects.values_list("pk", "path")) == paths_of(
        dict(OrgUnit.objects.values_list("pk", "parent_id"))
    )


def test_managers_have_teams_that_one_person_can_lead(told):
    spans = Counter(Employee.objects.employed().exclude(manager=None).values_list("manager", flat=True))

    assert max(spans.values()) <= 11
    assert sum(span >= 5 for span in spans.values()) / len(spans) > 0.7


def test_everybody_has_one_row_of_history_on_each_day_here(told):
    leavers = Employee.objects.filter(status="left")
    today = Employment.objects.on(timezone.localdate())

    assert set(today.values_list("employee", flat=True)) == set(
        Employee.objects.employed().values_list("pk", flat=True)
    )
    assert leavers.exists()
    assert not Employment.objects.filter(employee__in=leavers, ends_on=None).exists()


def test_three_cycles_are_over_one_is_calibrated_two_begin_and_one_is_planned(told):
    states = Counter(ReviewCycle.objects.values_list("state", flat=True))

    assert states == {CycleState.CLOSED: 3, CycleState.CALIBRATION: 1, CycleState.OPEN: 2, CycleState.DRAFT: 1}


def test_probation_talks_open_by_themselves_and_a_unit_agrees_its_goals(told):
    talks = Review.objects.filter(cycle__kind=CycleKind.PROBATION)
    agreeing = Review.objects.filter(state=ReviewState.GOAL_SETTING)
    manager = User.objects.get(username="manager").employee

    assert all(review.self_due_on and review.manager_due_on for review in talks)
    assert agreeing.filter(reviewer=manager).exists()
    assert ReviewExemption.objects.current().count() == 1


def test_cycle_under_way_shows_every_step(told):
    reviews = Review.objects.filter(cycle__state=CycleState.CALIBRATION)

    assert set(reviews.values_list("state", flat=True)) >= {
        ReviewState.SELF_ASSESSMENT,
        ReviewState.MANAGER_REVIEW,
        ReviewState.SUBMITTED,
        ReviewState.IN_CALIBRATION,
        ReviewState.CALIBRATED,
    }
    assert CalibrationSession.objects.filter(cycle__state=CycleState.CALIBRATION, state=SessionState.OPEN).exists()


def test_every_calibrated_rating_was_decided(told):
    finished = Review.objects.finished()
    decided = dict(Decision.objects.values_list("review", "rating"))

    assert finished.exists()
    assert all(decided[pk] == rating for pk, rating in finished.values_list("pk", "final_rating"))
    assert not Decision.objects.exclude(rating=F("proposed_rating")).filter(Q(rationale="") | Q(reason="")).exists()


def test_some_ratings_moved_and_most_did_not(told):
    moved = Card.objects.filter(session__state=SessionState.LOCKED).moved().count()

    assert 0 < moved < Card.objects.filter(session__state=SessionState.LOCKED).count() * 0.35
    assert CardMove.objects.filter(card__session__state=SessionState.OPEN).exists()


def test_handing_everything_over_again_changes_nothing(told):
    """What the story put into talent is what calibration's bridge would have put there."""
    before = _talent()

    carry_ratings(Fact.objects.filter(topic="performance.review_completed"))
    open_plans(Fact.objects.filter(topic="performance.review_completed"))
    share_plans(Fact.objects.filter(topic="performance.review_shared"))

    assert _talent() == before


def _talent() -> dict[str, set]:
    return {
        "profiles": set(TalentProfile.objects.values_list("employee", flat=True)),
        "ratings": set(CalibratedRating.objects.values_list("source", "value", "label", "rated_at", "replaced_at")),
        "plans": set(DevelopmentPlan.objects.values_list("employee", "state")),
        "items": set(PlanItem.objects.values_list("source", "title", "why", "shared_at", "state")),
    }


def test_journal_is_chained_in_order_and_delivered(told):
    found = verify_chain()

    moments = list(
        Fact.objects.filter(topic="performance.review_submitted")
        .order_by("position")
        .values_list("recorded_at", flat=True)
    )
    assert (found.problems, found.unsequenced) == ([], 0)
    assert found.checked == Fact.objects.count()
    assert moments == sorted(moments)
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.DONE}


def test_nothing_happened_in_the_future(told):
    now = timezone.now()

    assert not Fact.objects.filter(recorded_at__gt=now).exists()
    assert not Feedback.objects.filter(given_at__gt=now).exists()
    assert not PlanItem.objects.filter(closed_at__gt=now).exists()


def test_texts_read_as_if_people_had_written_them(told):
    texts = [*Answer.objects.values_list("text", flat=True), *Feedback.objects.values_list("text", flat=True)]

    assert not [text for text in texts if "{" in text or "  " in text or not text.strip()]
    assert len(set(texts)) > 0.6 * len(texts)


def test_goals_lead_from_each_person_to_the_company(told):
    individual = Objective.objects.filter(level="individual", kind="business", state="active")

    assert individual.exists()
    assert not individual.filter(parent=None).exists()
    assert not Objective.objects.exclude(level="company").filter(level__in=["unit", "team"], parent=None).exists()
    for result in KeyResult.objects.exclude(current=None)[:200]:
        assert result.check_ins.first().value == result.current


def test_benches_show_every_colour(told):
    today = timezone.localdate()
    healths = set()
    for plan in SuccessionPlan.objects.all():
        counted = plan.successors.filter(state=SuccessorState.APPROVED).exclude(readiness="emergency")
        ready = counted.filter(readiness="ready_now").count()
        healths.add(Strength(counted.count(), ready, plan.reviewed_on).health(today))

    assert healths == set(BenchHealth)


@pytest.mark.parametrize("username", THE_SIX)
def test_one_can_sign_in_as_each_of_the_six(told, rf, username):
    user = authenticate(rf.post("/"), username=username, password=PASSWORD)

    assert user is not None
    assert user.employee.status == "active"


def test_nobody_else_has_a_password(told):
    others = User.objects.exclude(username__in=THE_SIX)

    assert others.exists()
    assert not [user for user in others if user.has_usable_password()]


def test_the_six_have_the_roles_their_names_say(told):
    roles = dict(RoleGrant.objects.filter(user__username__in=THE_SIX).values_list("user__username", "role"))

    assert roles == {"hrbp": Role.HRBP, "hrleader": Role.HR_LEADER, "executive": Role.EXECUTIVE, "admin": Role.ADMIN}


def test_manager_has_an_evening_of_writing_before_them(told):
    manager = User.objects.get(username="manager")
    to_write = Review.objects.being_written().filter(
        reviewer=manager.employee, cycle__manager_due_on=timezone.localdate()
    )

    assert 5 <= to_write.count() <= 9


def test_employee_finds_a_shared_review_goals_feedback_and_a_plan(told):
    user = User.objects.get(username="employee")
    manager = User.objects.get(username="manager")

    assert user.employee.manager == manager.employee
    assert Review.objects.filter(employee=user.employee, state__in=["shared", "acknowledged"]).exists()
    assert Objective.objects.filter(owner=user.employee).exists()
    assert Feedback.objects.filter(recipient=user.employee).exclude(visibility=FeedbackVisibility.GIVER).exists()
    assert DevelopmentPlan.objects.visible_to(user).filter(employee=user.employee).exists()


def test_partner_and_executive_find_manager_and_employee_in_their_part(told):
    partner, executive = (User.objects.get(username=name) for name in ("hrbp", "executive"))
    employee = User.objects.get(username="employee").employee

    assert Review.objects.visible_to(partner).filter(employee=employee).exists()
    assert TalentProfile.objects.visible_to(executive).filter(employee=employee).exists()
    assert SuccessionPlan.objects.visible_to(executive).exists()


def test_self_assessment_in_time_precedes_the_managers_part(told):
    for review in Review.objects.exclude(submitted_at=None).prefetch_related("parts")[:100]:
        parts = {part.side: part.submitted_at for part in review.parts.all()}

        assert parts[Side.SELF] < parts[Side.MANAGER] == review.submitted_at


def test_command_leaves_a_full_portal_alone(told, capsys):
    call_command("load_demo", if_empty=True)

    assert "nothing was changed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="needs an empty database"):
        call_command("load_demo")


def test_everything_its_reviews_set_off_is_on_the_other_side(told):
    result = reconcile(by=None)

    assert list(result.differences.values_list("effect", "kind", "mismatch", "review")) == []
    assert (result.outcome, result.covered) == ("clean", Review.objects.finished().count())


def test_tables_show_what_happens_around_them(told):
    """Somebody who signs in finds each step at a table with something in it."""
    now = timezone.now()
    asked = CalibrationSession.objects.exclude(pre_read_opened_at=None)

    assert {session.state for session in asked} == {SessionState.PREPARING}
    assert set(PreReadAnswer.objects.values_list("answer", flat=True)) >= {PreRead.AGREE, PreRead.QUESTION}
    assert Card.objects.filter(agenda_place__isnull=False, session__state=SessionState.OPEN).exists()
    assert Recusal.objects.count() == 1
    assert DecisionRemark.objects.waiting().exists()
    assert GoalProposal.objects.filter(state=ProposalState.ACCEPTED, objective__owner=F("employee")).exists()
    assert not PreReadAnswer.objects.filter(answered_at__gt=now).exists()
    assert not DecisionRemark.objects.filter(made_at__gt=now).exists()
