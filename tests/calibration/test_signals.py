"""The bridge: every fact twice, late and in any order, and always the same on the other side."""

import datetime
import random

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calibration import signals
from calibration.actions import complete_session, decide_reopened, fill_session, lock_session, open_session
from calibration.enums import SUBSCRIBERS, HandOverKind
from calibration.models import Decision
from hrportal.journal import subscribers
from hrportal.journal.delivery import deliver_due, retry_delivery
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Delivery, Fact
from hrportal.journal.subscribers import handler_of, subscribers_of
from performance.actions import complete_reviews, reopen_review, share_reviews, withdraw_review
from performance.models import DevelopmentNeed, GoalProposal, Review
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, SkillAssessment
from tests.factories.calibration import SessionFactory, locked_session, submitted_review
from tests.factories.people import CompetencyFactory, JobFactory, RoleProfileEntryFactory
from tests.factories.performance import ReviewCycleFactory, part_of, rating_of

pytestmark = pytest.mark.django_db


def handlers_of(topic):
    """All that calibration does on a fact."""
    return [handler_of(name) for name in subscribers_of(topic) if name in SUBSCRIBERS]


def completed_session(values=(3,), **cycle):
    session = locked_session(values, cycle=ReviewCycleFactory(**cycle))
    complete_session(session, by=None)
    run_due_jobs()
    return session


def name_need(review, description, competency=None):
    return DevelopmentNeed.objects.create(part=part_of(review), description=description, competency=competency)


def decide_again(review, value, needs=()):
    reopen_review(review, by=None, reason="A result came in late")
    part_of(review).development_needs.all().delete()
    for need in needs:
        name_need(review, need)
    Review.objects.filter(pk=review.pk).update(state="submitted", proposed_rating=rating_of(review.cycle, value))
    decide_reopened(review, by=None, rating=rating_of(review.cycle, value), rationale="The result counts")


def job_that_asks(*levels):
    """A job with a competency for each pair of levels: asked today, asked in 24 months; and the competencies."""
    job = JobFactory()
    entries = [RoleProfileEntryFactory(job=job, level_today=now, level_in_24_months=later) for now, later in levels]
    return job, [entry.competency for entry in entries]


def give_levels(review, levels, job=None):
    """The manager gives levels to somebody who works in this job; None is not assessed."""
    part = part_of(review)
    for competency, level in levels.items():
        part.competency_ratings.update_or_create(competency=competency, defaults={"level": level})
    if job:
        Review.objects.filter(pk=review.pk).update(job=job)
        type(review.employee).objects.filter(pk=review.employee_id).update(job=job)


def hand_over(facts, size=500):
    """Give facts to their handlers in the order they lie in, `size` at a time."""
    for start in range(0, len(facts), size):
        batch = facts[start : start + size]
        for topic in dict.fromkeys(fact.topic for fact in batch):
            for handler in handlers_of(topic):
                with transaction.atomic():
                    handler([fact for fact in batch if fact.topic == topic])


def other_side() -> tuple:
    """All that talent knows, without the moments at which it came to know it."""
    ratings = CalibratedRating.objects.values_list("profile__employee", "source", "source_version", "value", "label")
    current = CalibratedRating.objects.current().values_list("profile__employee", "source_version")
    items = PlanItem.objects.annotate(is_shared=Q(shared_at__isnull=False)).values_list(
        "plan__employee", "source", "title", "state", "is_shared"
    )
    skills = SkillAssessment.objects.annotate(is_shared=Q(shared_at__isnull=False)).values_list(
        "profile__employee", "source", "source_version", "competency", "level", "valid_to", "replaced_at", "is_shared"
    )
    proposals = GoalProposal.objects.annotate(is_shared=Q(shared_at__isnull=False)).values_list(
        "employee", "source", "source_version", "competency", "level_now", "level_wanted", "state", "is_shared"
    )
    talent = sorted(ratings), sorted(current), sorted(items), DevelopmentPlan.objects.count()
    return *talent, sorted(skills, key=str), sorted(proposals)


def test_a_completed_review_arrives_in_profile_and_plan(deliver_events):
    session = locked_session([4], cycle=ReviewCycleFactory(ends_on=datetime.date(2026, 12, 31)))
    review, competency = Review.objects.get(), CompetencyFactory()
    need = name_need(review, "Speaking to a large room", competency)
    complete_session(session, by=None)

    deliver_events()

    rating, item = CalibratedRating.objects.get(), PlanItem.objects.get()
    review.refresh_from_db()
    assert (rating.source, rating.source_version) == (f"performance.review:{review.pk}", 1)
    assert (rating.value, rating.label, rating.lowest, rating.highest) == (4, "Exceeds expectations", 1, 5)
    assert (rating.period, rating.period_ends_on) == (session.cycle.name, session.cycle.ends_on)
    assert rating.rated_at == review.completed_at
    assert (item.source, item.title) == (f"performance.review:{review.pk}:need:{need.pk}", "Speaking to a large room")
    assert (item.competency, item.plan.employee, item.shared_at is None) == (competency, review.employee, False)


def test_a_review_that_names_nothing_asks_for_a_focus(deliver_events):
    completed_session()

    deliver_events()

    item = PlanItem.objects.get()
    assert item.source == f"performance.review:{Review.objects.get().pk}:focus"
    assert item.title == "Agree a development focus"


def test_the_person_sees_the_items_only_once_the_review_is_shared(deliver_events):
    completed_session(shares_on_completion=False)
    deliver_events()
    assert PlanItem.objects.get().shared_at is None

    share_reviews([Review.objects.get().pk], by=None)
    deliver_events()

    assert PlanItem.objects.get().shared_at is not None


@pytest.mark.parametrize("arrange", [lambda facts: facts * 2, lambda facts: list(reversed(facts)) * 2])
def test_every_fact_twice_forwards_and_backwards(arrange):
    session = locked_session([3, 4, 5])
    job, (first, second) = job_that_asks((3, 4), (4, 5))
    for review in Review.objects.all():
        give_levels(review, {first: 3, second: 2}, job)
    complete_session(session, by=None)
    run_due_jobs()
    name_need(Review.objects.first(), "Delegating")
    give_levels(Review.objects.get(final_rating__value=5), {first: 4, second: None})
    decide_again(Review.objects.get(final_rating__value=5), 2)
    facts = list(Fact.objects.order_by("pk"))

    hand_over(arrange(facts), size=2)
    once = other_side()
    hand_over(arrange(facts), size=1)

    assert other_side() == once
    assert [value for *_, value, _ in once[0]].count(5) == 0
    assert DevelopmentPlan.objects.count() == session.cards.count()
    assert sorted(SkillAssessment.objects.current().values_list("level", flat=True)) == [2, 2, 3, 3, 4]
    assert GoalProposal.objects.open().count() == 4


@given(seed=st.integers(), size=st.integers(1, 7), split=st.integers(0, 12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_any_repetition_and_any_moment_give_the_same(seed, size, split):
    """Half of the deliveries may happen before a correction and half after, shuffled and repeated."""
    first = completed_session([3, 4])
    luck = random.Random(seed)
    review = Review.objects.get(cycle=first.cycle, final_rating__value=4)
    about = Review.objects.filter(cycle=first.cycle).values("pk")
    early = list(Fact.objects.filter(subject_id__in=about, subject_type="performance.review"))
    luck.shuffle(early)
    hand_over(early[:split], size)
    decide_again(review, 2, needs=["Writing it down"])
    late = list(Fact.objects.filter(subject_id__in=about, subject_type="performance.review")) * 2
    luck.shuffle(late)

    hand_over(late, size)

    ratings = CalibratedRating.objects.current().filter(source__in=[signals.source_of(r["pk"]) for r in about])
    assert sorted(ratings.values_list("value", flat=True)) == [2, 3]
    open_items = PlanItem.objects.filter(state="open", source__startswith=signals.source_of(review.pk) + ":")
    assert [item.title for item in open_items] == ["Writing it down"]
    assert all(item.shared_at for item in open_items)
    assert DevelopmentPlan.objects.filter(employee=review.employee).count() == 1


def test_an_uncalibrated_rating_never_arrives_and_its_plan_does(deliver_events):
    review = submitted_review(ReviewCycleFactory(), 5)
    complete_reviews({review.pk: review.proposed_rating_id}, by=None, is_calibrated=False, reason="Long leave")

    deliver_events()

    assert not CalibratedRating.objects.exists()
    assert DevelopmentPlan.objects.get().employee == review.employee


def test_a_rating_without_a_decision_never_arrives(deliver_events):
    completed_session()
    Decision.objects.update(review_revision=9)

    deliver_events()

    assert not CalibratedRating.objects.exists()


def test_a_fact_whose_review_was_reopened_meanwhile_does_nothing(deliver_events):
    completed_session()
    reopen_review(Review.objects.get(), by=None, reason="A result came in late")

    deliver_events()

    assert other_side() == ([], [], [], 0, [], [])
    assert not Delivery.objects.exclude(state="done").exists()


def test_an_older_cycle_arriving_late_does_not_touch_the_newer_one():
    newer = completed_session([5], starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2026, 12, 31))
    person = Review.objects.get().employee
    older = ReviewCycleFactory(starts_on=datetime.date(2025, 1, 1), ends_on=datetime.date(2025, 12, 31))
    submitted_review(older, 2, employee=person)
    session = SessionFactory(cycle=older)
    fill_session(session, by=None)
    complete_session(lock_session(open_session(session, by=None), by=None), by=None)
    run_due_jobs()

    hand_over(list(Fact.objects.order_by("-pk")), size=1)
    hand_over(list(Fact.objects.filter(subject_id=older.reviews.get().pk)))

    ratings = CalibratedRating.objects.current().newest_first()
    assert [(rating.period, rating.value) for rating in ratings] == [(newer.cycle.name, 5), (older.name, 2)]


def test_a_correction_takes_back_what_nobody_has_begun(deliver_events):
    session = locked_session([3])
    review = Review.objects.get()
    name_need(review, "Delegating")
    kept = name_need(review, "Planning")
    complete_session(session, by=None)
    deliver_events()
    item = PlanItem.objects.get(title="Planning")
    item.actions.create(kind="training", title="A course")

    decide_again(review, 4, needs=["Delegating", "Writing"])
    deliver_events()

    states = dict(PlanItem.objects.values_list("title", "state"))
    assert states == {"Delegating": "open", "Planning": "open", "Writing": "open"}
    assert kept.description == "Planning"
    decide_again(Review.objects.get(), 4, needs=["Delegating"])
    deliver_events()
    assert dict(PlanItem.objects.values_list("title", "state"))["Writing"] == "dropped"


def test_what_a_correction_took_back_comes_again_when_a_later_one_names_it_again(deliver_events):
    completed_session()
    deliver_events()
    for needs in (["Writing"], [], ["Writing"]):
        decide_again(Review.objects.get(), 4, needs=needs)
        deliver_events()

    states = PlanItem.objects.filter(title="Writing").order_by("pk").values_list("state", flat=True)
    assert list(states) == ["dropped", "open"]


@pytest.mark.parametrize("kind", HandOverKind)
def test_a_crash_rolls_back_only_its_own_fact_parks_after_eight_and_is_retried(monkeypatch, kind, deliver_events):
    bad = three_on_their_way(kind, deliver_events)
    work, before = subscribers.handler_of(kind), effects_of(kind).count()

    def failing(facts):
        work(facts)
        if bad.pk in {fact.subject_id for fact in facts}:
            raise RuntimeError("the other side is not well")

    monkeypatch.setitem(subscribers._handlers, kind, failing)
    for _attempt in range(8):
        Delivery.objects.filter(state="pending").update(next_try_at=timezone.now())
        deliver_due()

    parked = Delivery.objects.get(state="parked")
    assert (parked.subscriber, parked.fact.subject_id) == (kind, bad.pk)
    assert (parked.attempts, parked.last_error) == (8, "RuntimeError: the other side is not well")
    others = 0 if kind == HandOverKind.RETRACTION else 2
    assert effects_of(kind).count() == before + others

    monkeypatch.setitem(subscribers._handlers, kind, work)
    retry_delivery(parked, by=None)
    deliver_due()

    assert effects_of(kind).count() == before + others + 1
    assert not Delivery.objects.exclude(state="done").exists()


def three_on_their_way(kind, deliver_events):
    """Three completed reviews whose hand-over of this kind is still to come; the one that will fail."""
    session = locked_session([3, 4, 5], cycle=ReviewCycleFactory(shares_on_completion=False))
    job, (competency,) = job_that_asks((3, 4))
    for review in Review.objects.all():
        give_levels(review, {competency: 2}, job)
    complete_session(session, by=None)
    run_due_jobs()
    bad = Review.objects.get(final_rating__value=4)
    if kind in {HandOverKind.SHARING, HandOverKind.RETRACTION}:
        deliver_events()
    if kind == HandOverKind.SHARING:
        share_reviews(list(Review.objects.values_list("pk", flat=True)), by=None)
    if kind == HandOverKind.RETRACTION:
        reopen_review(bad, by=None, reason="The wrong person")
        withdraw_review(bad, by=None, reason="The wrong person")
    return bad


def effects_of(kind):
    """The rows by which one sees what a kind of hand-over did."""
    return {
        HandOverKind.RATING: CalibratedRating.objects.all(),
        HandOverKind.PLAN: PlanItem.objects.all(),
        HandOverKind.SKILLS: SkillAssessment.objects.all(),
        HandOverKind.STRATEGY: GoalProposal.objects.all(),
        HandOverKind.SHARING: PlanItem.objects.filter(shared_at__isnull=False),
        HandOverKind.RETRACTION: CalibratedRating.objects.filter(replaced_at__isnull=False),
    }[kind]


def test_a_handler_asks_the_same_number_of_questions_for_one_fact_and_for_three():
    counts = []
    job, (competency,) = job_that_asks((3, 4))
    for values in ([3], [3, 4, 5]):
        session = locked_session(values)
        for review in Review.objects.filter(cycle=session.cycle):
            give_levels(review, {competency: 2}, job)
        complete_session(session, by=None)
        run_due_jobs()
        about = session.decisions.values_list("review", flat=True)
        facts = list(Fact.objects.filter(subject_id__in=list(about), subject_type="performance.review"))
        with CaptureQueriesContext(connection) as queries:
            hand_over(facts)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] < 100
