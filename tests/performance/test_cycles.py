"""Cycles: who is in them, launching in chunks that can be repeated, copies that later edits do not reach."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrportal.common.actions import ActionError
from hrportal.journal.enums import JobState
from hrportal.journal.models import Fact, Job
from hrportal.people.enums import Role
from performance import actions
from performance.actions import cycles
from performance.enums import CycleState, ReviewState, Side
from performance.models import Review, ReviewCycle, ReviewPart, ReviewTemplate
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_chain, make_user
from tests.factories.performance import RatingScaleFactory, ReviewCycleFactory, ReviewFactory, ReviewTemplateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return ReviewCycleFactory(state=CycleState.DRAFT)


def test_population_names_who_is_left_out_and_why(draft):
    unit = OrgUnitFactory()
    draft.org_units.add(unit)
    draft.hired_until = "2026-06-30"
    draft.save()
    inside = EmployeeFactory(org_unit=OrgUnitFactory(parent=unit), hired_on="2026-06-30")
    unknown = EmployeeFactory(org_unit=unit, hired_on=None, manager=inside, status="leave")
    EmployeeFactory(org_unit=unit, hired_on="2026-07-01")
    EmployeeFactory(org_unit=unit, status="left")
    EmployeeFactory(org_unit=OrgUnitFactory())
    EmployeeFactory()

    population = actions.population_of(ReviewCycle.objects.get(pk=draft.pk))

    assert set(population.included) == {inside, unknown}
    assert set(population.without_reviewer) == {inside}
    assert dict(population.excluded) == {"left": 1, "no_unit": 1, "elsewhere": 1, "hired_late": 1}


def test_launch_opens_a_review_with_both_parts_for_everyone(draft, deliver_events):
    boss, employee = make_chain(2)
    user = make_user()

    job = actions.launch_cycle(draft, by=user)
    deliver_events()

    draft.refresh_from_db()
    job.refresh_from_db()
    review = Review.objects.get(employee=employee)
    assert (draft.state, job.state, job.result) == (
        CycleState.OPEN,
        JobState.DONE,
        {"reviews": 3, "without_reviewer": 2},
    )
    assert (review.reviewer, review.manager_at_launch, review.state) == (boss, boss, ReviewState.SELF_ASSESSMENT)
    assert set(review.parts.values_list("side", flat=True)) == set(Side)
    opened = Fact.objects.get(topic="performance.review_opened", subject_id=review.pk)
    assert (opened.person_id, opened.actor_id) == (employee.pk, user.pk)


def test_a_chunk_of_a_launch_asks_the_same_for_one_and_three():
    counts = []
    for size in (1, 3):
        cycle = ReviewCycleFactory(state=CycleState.DRAFT)
        cycle.org_units.add(unit := OrgUnitFactory())
        EmployeeFactory.create_batch(size, org_unit=unit)
        job = actions.launch_cycle(cycle, by=None)
        cycle.refresh_from_db()
        with CaptureQueriesContext(connection) as captured:
            cycles.open_reviews(cycle, by=None, job=job)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_a_launch_that_crashed_in_the_middle_goes_on_where_it_stopped(draft, deliver_events, monkeypatch):
    EmployeeFactory.create_batch(5)
    monkeypatch.setattr(cycles, "CHUNK", 2)
    real, done = cycles.report_progress, []

    def crash_once(job, *progress):
        done.append(progress)
        if len(done) == 2:
            raise RuntimeError("the lights went out")
        real(job, *progress)

    monkeypatch.setattr(cycles, "report_progress", crash_once)
    actions.launch_cycle(draft, by=None)
    deliver_events()
    draft.refresh_from_db()
    assert (draft.state, Review.objects.count()) == (CycleState.LAUNCHING, 4)

    actions.launch_cycle(draft, by=None)
    deliver_events()

    draft.refresh_from_db()
    assert draft.state == CycleState.OPEN
    assert (Review.objects.count(), ReviewPart.objects.count()) == (5, 10)
    assert Fact.objects.filter(topic="performance.review_opened").count() == 5


def test_a_cycle_closed_meanwhile_takes_in_nobody_any_more(monkeypatch):
    cycle = ReviewCycleFactory(state=CycleState.DRAFT)
    EmployeeFactory.create_batch(3)
    job = actions.launch_cycle(cycle, by=None)
    monkeypatch.setattr(cycles, "CHUNK", 1)

    def close(job, *progress):
        ReviewCycle.objects.update(state=CycleState.CLOSED)

    monkeypatch.setattr(cycles, "report_progress", close)
    with pytest.raises(ActionError, match="under way"):
        cycles.open_reviews(cycle, by=None, job=job)

    assert Review.objects.count() == 1
    assert ReviewCycle.objects.get().state == CycleState.CLOSED


def test_a_launch_repeated_changes_nothing(draft, deliver_events):
    EmployeeFactory.create_batch(3)
    job = actions.launch_cycle(draft, by=None)
    deliver_events()

    Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
    deliver_events()

    assert (Review.objects.count(), ReviewPart.objects.count()) == (3, 6)
    assert Fact.objects.filter(topic="performance.review_opened").count() == 3


def test_a_cycle_is_launched_once(draft):
    EmployeeFactory()
    actions.launch_cycle(draft, by=None)

    with pytest.raises(ActionError):
        actions.launch_cycle(draft, by=None)

    assert Job.objects.count() == 1


def without_sections(cycle):
    cycle.template.sections.all().delete()


def without_rating(cycle):
    cycle.template.sections.filter(kind="overall").delete()


def with_one_level(cycle):
    cycle.scale.levels.exclude(value=3).delete()


def with_foreign_guideline(cycle):
    cycle.guideline.create(value=9, percent=100)


@pytest.mark.parametrize("spoil", [without_sections, without_rating, with_one_level, with_foreign_guideline])
def test_a_cycle_that_could_not_end_well_is_not_launched(draft, spoil):
    EmployeeFactory()
    spoil(draft)

    with pytest.raises(ActionError):
        actions.launch_cycle(draft, by=None)

    draft.refresh_from_db()
    assert (draft.state, Job.objects.count()) == (CycleState.DRAFT, 0)


def test_a_cycle_without_people_is_not_launched(draft):
    with pytest.raises(ActionError):
        actions.launch_cycle(draft, by=None)


def test_later_edits_of_the_masters_do_not_reach_a_launched_cycle(deliver_events):
    template, scale = ReviewTemplateFactory(), RatingScaleFactory()
    cycle = ReviewCycleFactory(state=CycleState.DRAFT, template=template, scale=scale)
    EmployeeFactory()
    actions.launch_cycle(cycle, by=None)
    deliver_events()

    for section in template.sections.all():
        actions.remove_section(section, by=None)
    actions.edit_scale(scale, by=None, name="Other", levels=[{"value": 1, "label": "No"}, {"value": 2, "label": "Yes"}])

    cycle.refresh_from_db()
    assert [level.value for level in cycle.scale.levels.all()] == [1, 2, 3, 4, 5]
    assert cycle.template.sections.count() == 5
    assert cycle.template not in ReviewTemplate.objects.masters()
    with pytest.raises(ActionError):
        actions.edit_template(cycle.template, by=None, name="Mine", introduction="")


def test_after_launch_only_dates_name_and_guideline_change():
    cycle = ReviewCycleFactory(state=CycleState.OPEN)

    actions.edit_cycle(cycle, by=None, calibration_due_on="2027-02-01", guideline={3: 100})
    with pytest.raises(ActionError):
        actions.edit_cycle(cycle, by=None, is_calibrated=False)

    cycle.refresh_from_db()
    assert cycle.is_calibrated
    assert cycle.guideline.get().percent == 100


@pytest.mark.parametrize(
    ("shares", "is_fine"), [({}, True), ({3: 60, 4: 40}, True), ({3: 60}, False), ({3: 101}, False)]
)
def test_a_guideline_totals_100_or_is_empty(draft, shares, is_fine):
    if is_fine:
        actions.edit_cycle(draft, by=None, guideline=shares)
    else:
        with pytest.raises(ActionError):
            actions.edit_cycle(draft, by=None, guideline=shares)

    assert dict(draft.guideline.values_list("value", "percent")) == (shares if is_fine else {})


def test_late_joiners_are_added_once():
    cycle, late = ReviewCycleFactory(), EmployeeFactory()

    review = actions.add_late_joiner(cycle, late, by=None)
    with pytest.raises(ActionError):
        actions.add_late_joiner(cycle, late, by=None)

    assert Review.objects.get() == review
    assert review.parts.count() == 2


def test_a_cycle_closes_when_nothing_is_left():
    review = ReviewFactory()

    with pytest.raises(ActionError):
        actions.close_cycle(review.cycle, by=None)
    actions.withdraw_review(review, by=None, reason="Left")
    cycle = actions.close_cycle(review.cycle, by=None)

    assert cycle.state == CycleState.CLOSED


def test_completing_the_last_review_completes_the_cycle():
    first = ReviewFactory(state=ReviewState.CALIBRATED)
    second = ReviewFactory(state=ReviewState.CALIBRATED, cycle=first.cycle)
    rating = first.cycle.scale.levels.get(value=3).pk

    actions.complete_reviews({first.pk: rating}, by=None)
    first.cycle.refresh_from_db()
    assert first.cycle.state == CycleState.OPEN
    actions.complete_reviews({first.pk: rating, second.pk: rating}, by=None)

    first.cycle.refresh_from_db()
    assert first.cycle.state == CycleState.COMPLETED
    assert Fact.objects.filter(topic="performance.review_completed").count() == 2


def test_completing_many_asks_the_same_for_two_and_six():
    cycle = ReviewFactory().cycle
    rating = cycle.scale.levels.get(value=3).pk
    counts = []
    for size in (2, 6):
        reviews = ReviewFactory.create_batch(size, cycle=cycle, state=ReviewState.CALIBRATED)
        with CaptureQueriesContext(connection) as captured:
            actions.complete_reviews({review.pk: rating for review in reviews}, by=None)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_a_rating_of_another_scale_is_refused_for_all():
    good, bad = ReviewFactory(state=ReviewState.CALIBRATED), ReviewFactory(state=ReviewState.CALIBRATED)
    rating = good.cycle.scale.levels.get(value=3).pk

    with pytest.raises(ActionError):
        actions.complete_reviews({good.pk: rating, bad.pk: rating}, by=None)

    assert not Review.objects.finished().exists()


def test_one_review_out_of_step_refuses_all():
    ready, not_ready = ReviewFactory(state=ReviewState.SUBMITTED), ReviewFactory()

    with pytest.raises(ActionError):
        actions.begin_calibration([ready.pk, not_ready.pk], by=None)

    ready.refresh_from_db()
    assert ready.state == ReviewState.SUBMITTED


def test_beginning_calibration_takes_the_cycle_along():
    review = ReviewFactory(state=ReviewState.SUBMITTED)

    actions.begin_calibration([review.pk], by=None)

    review.cycle.refresh_from_db()
    assert review.cycle.state == CycleState.CALIBRATION


def test_completing_without_calibration_needs_a_reason():
    review = ReviewFactory(state=ReviewState.SUBMITTED)
    rating = review.cycle.scale.levels.get(value=3).pk

    with pytest.raises(ActionError):
        actions.complete_reviews({review.pk: rating}, by=None, is_calibrated=False)
    actions.complete_reviews({review.pk: rating}, by=None, is_calibrated=False, reason="Joined from another site")

    review.refresh_from_db()
    assert (review.state, review.final_is_calibrated) == (ReviewState.COMPLETED, False)
    assert review.completed_without_calibration_reason == "Joined from another site"


def test_a_partner_takes_only_people_of_their_units_into_a_running_cycle(client):
    unit = OrgUnitFactory()
    inside, outside = EmployeeFactory(org_unit=unit), EmployeeFactory(org_unit=OrgUnitFactory())
    cycle = ReviewCycleFactory()
    cycle.org_units.add(unit)
    client.force_login(make_user(Role.HRBP, unit=unit))
    url = reverse("performance:cycle_add_person", args=[cycle.pk])

    answers = [client.post(url, {"employee": person.employee_number}).status_code for person in (outside, inside)]

    assert answers == [422, 302]
    assert [review.employee for review in Review.objects.all()] == [inside]
