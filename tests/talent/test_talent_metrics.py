"""The figures of talent management: worked out again by hand, and seen only by whom they are for."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from hrportal.journal.jobs import run_due_jobs
from hrportal.people.enums import LeaveReason, Role
from hrportal.people.models import Employee
from talent.actions import start_metrics
from talent.enums import FillSource, PlacementOutcome, Readiness, SkillSource, SuccessorState
from talent.metrics.measuring import measured
from talent.metrics.report import Report, Window
from talent.metrics.scope import Scope
from talent.models import SuccessionPlan, TalentMetrics
from talent.overview.steps import steps_of
from talent.scores.rates import wilson
from tests.factories.people import (
    CompetencyFactory,
    EmployeeFactory,
    JobFactory,
    OrgUnitFactory,
    PositionFactory,
    RoleProfileEntryFactory,
    make_user,
)
from tests.factories.talent import (
    CalibratedRatingFactory,
    SkillAssessmentFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
    TalentProfileFactory,
)
from tests.talent.vacancy_rows import a_bench, a_fill, a_vacancy, days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER, employee=EmployeeFactory())


def figures_of(user, unit=None) -> dict:
    found: dict = {}
    for _done, _total, part in measured(Scope(user, unit)):
        found |= part
    return found


def whole(user, unit=None) -> Window:
    return Window(figures_of(user, unit)["whole"])


def test_fills_are_counted_by_source_within_the_window_only(leader):
    plan, _successor = a_bench()
    a_fill(plan, source=FillSource.BENCH, took=30)
    a_fill(SuccessionPlanFactory(), source=FillSource.EXTERNAL, took=50)
    a_fill(SuccessionPlanFactory(), source=FillSource.INTERNAL, took=100)
    a_fill(source=FillSource.INTERNAL)
    a_fill(SuccessionPlanFactory(), source=FillSource.EXTERNAL, filled=366)
    a_vacancy()

    found = whole(leader)

    assert found.by_key["internal"].interval == wilson(3, 4)
    assert found.by_key["from_bench"].interval == wilson(1, 3)
    spread = found.time_to_fill
    assert spread is not None
    assert (spread.n, spread.lower, spread.median, spread.upper) == (3, 40, 50, 75)


def test_nothing_to_divide_by_is_unknown(leader):
    found = whole(leader)

    assert {share.key: share.shown for share in found.shares} == dict.fromkeys(
        ["internal", "from_bench", "ready_was_ready", "kept", "gaps", "never"], ""
    )
    assert (found.time_to_fill, found.mean_depth) == (None, None)


def test_ready_now_is_judged_by_what_was_said_and_the_rest_is_shown_as_unknown(leader):
    for outcome in (PlacementOutcome.MEETS, PlacementOutcome.MEETS, PlacementOutcome.FALLS_SHORT, ""):
        a_fill(
            SuccessionPlanFactory(),
            filled=400,
            readiness_then=Readiness.READY_NOW,
            outcome=outcome,
            outcome_on=days_ago(1) if outcome else None,
        )
    a_fill(SuccessionPlanFactory(), filled=400, readiness_then=Readiness.SOON, outcome="meets", outcome_on=days_ago(1))
    a_fill(SuccessionPlanFactory(), filled=100, readiness_then=Readiness.READY_NOW)

    share = whole(leader).by_key["ready_was_ready"]

    assert share.interval == wilson(2, 3)
    assert "1" in share.made_of


def test_high_performers_are_those_of_a_year_ago_and_leavers_have_reasons(leader):
    def rated(value: int, *, left: int | None = None, reason: str = "", rated: int = 400) -> None:
        person = EmployeeFactory(
            hired_on=days_ago(900),
            left_on=days_ago(left) if left is not None else None,
            leave_reason=reason,
            status="left" if left is not None else "active",
        )
        at = timezone.now() - datetime.timedelta(days=rated)
        CalibratedRatingFactory(profile__employee=person, value=value, rated_at=at, period_ends_on=days_ago(rated + 30))

    rated(5)
    rated(4)
    rated(4, left=100, reason=LeaveReason.VOLUNTARY)
    rated(5, left=300, reason=LeaveReason.RETIREMENT)
    rated(4, left=500, reason=LeaveReason.VOLUNTARY)
    rated(3)
    rated(5, rated=100)

    share = whole(leader).by_key["kept"]

    assert share.interval == wilson(2, 4)
    assert "1 of their own will" in share.made_of
    assert "1 retired" in share.made_of


@pytest.mark.parametrize(("before", "after", "counts"), [(5, 2, True), (2, 5, False)])
def test_a_rating_corrected_since_counts_as_it_stood_a_year_ago(leader, before, after, counts):
    profile = TalentProfileFactory(employee__hired_on=days_ago(900))
    then, lately = (timezone.now() - datetime.timedelta(days=days) for days in (400, 50))
    said = {"profile": profile, "source": "performance.review:1", "period_ends_on": days_ago(430)}
    CalibratedRatingFactory(**said, value=before, rated_at=then, replaced_at=lately)
    CalibratedRatingFactory(**said, value=after, rated_at=lately, source_version=2)
    CalibratedRatingFactory(
        profile__employee__hired_on=days_ago(900), value=5, rated_at=then, period_ends_on=days_ago(430)
    )

    assert whole(leader).by_key["kept"].interval == wilson(1 + counts, 1 + counts)


def test_a_critical_gap_is_closed_when_a_newer_level_says_so(leader):
    job, competency, minor = JobFactory(), CompetencyFactory(), CompetencyFactory()
    RoleProfileEntryFactory(job=job, competency=competency, level_today=4, importance=5)
    RoleProfileEntryFactory(job=job, competency=minor, level_today=4, importance=3)

    def with_levels(before: int | None, after: int | None, of=competency) -> None:
        profile = TalentProfileFactory(employee=EmployeeFactory(job=job, hired_on=days_ago(900)))
        for level, days, until in ((before, 380, 50 if after else None), (after, 50, None)):
            if level is not None:
                SkillAssessmentFactory(
                    profile=profile,
                    competency=of,
                    level=level,
                    kind=SkillSource.REVIEW,
                    assessed_on=days_ago(days),
                    valid_to=days_ago(until) if until else None,
                )

    with_levels(2, 3)
    with_levels(2, 2)
    with_levels(1, None)
    with_levels(3, 4)
    with_levels(None, 1)
    with_levels(1, 4, of=minor)

    share = whole(leader).by_key["gaps"]

    assert share.interval == wilson(1, 3)


def test_benches_are_counted_as_they_are_and_a_year_old_ones_nobody_was_taken_from(leader):
    used, successor = a_bench()
    SuccessorFactory(plan=used, state=SuccessorState.APPROVED, readiness=Readiness.SOON)
    unused = SuccessionPlanFactory()
    SuccessionPlan.objects.update(created_at=timezone.now() - datetime.timedelta(days=500))
    SuccessionPlanFactory()
    a_fill(used, by=EmployeeFactory(), source=FillSource.BENCH, successor=None)

    found = whole(leader)

    assert found.mean_depth == pytest.approx(2 / 3)
    assert found.by_key["never"].interval == wilson(1, 2)
    assert unused.pk != used.pk
    assert successor.plan == used


def test_a_part_holds_what_is_of_it_and_the_reader_is_in_none_of_it():
    company = OrgUnitFactory()
    north, south = OrgUnitFactory(parent=company), OrgUnitFactory(parent=company)
    partner = make_user(Role.HRBP, unit=north, employee=EmployeeFactory(org_unit=north))
    a_fill(position=PositionFactory(org_unit=north), source=FillSource.INTERNAL)
    a_fill(position=PositionFactory(org_unit=north), source=FillSource.INTERNAL, by=partner.employee)
    a_fill(position=PositionFactory(org_unit=south), source=FillSource.EXTERNAL)

    found = figures_of(partner)

    assert Window(found["whole"]).by_key["internal"].interval == wilson(1, 1)
    assert [unit["unit"] for unit in found["units"]] == [north.pk]


def test_the_page_shows_what_the_job_computed_and_nobody_else_opens_it(leader, client):
    a_fill(source=FillSource.INTERNAL)
    a_fill(source=FillSource.EXTERNAL)
    client.force_login(leader)

    started = client.post(reverse("talent:metrics_start"), {"org_unit": ""})
    waiting = client.get(started["Location"])
    run_due_jobs()
    page = client.get(started["Location"]).content.decode()
    file = client.post(
        reverse("home:list_export", args=["talent.metrics"]),
        {"query": f"metrics={TalentMetrics.objects.get().pk}", "format": "csv"},
    )

    assert waiting.status_code == 200
    interval = wilson(1, 2)
    assert interval is not None
    assert f"{round(100 * interval.low)}–{round(100 * interval.high)}" in page
    assert f"Internal fill rate,1,2,0.5,{round(interval.low, 4)},{round(interval.high, 4)}" in file.content.decode()
    client.force_login(make_user(Role.HR_LEADER))
    assert client.get(started["Location"]).status_code == 404


def test_a_partner_asks_for_their_own_units_only(client, company):
    client.force_login(company.viewer("partner"))

    refused = client.post(reverse("talent:metrics_start"), {"org_unit": str(company.elsewhere.pk)})

    assert refused.status_code == 422
    assert not TalentMetrics.objects.exists()


# The three things


def test_three_steps_are_not_known_on_an_empty_company_and_cost_nothing(leader, client):
    client.force_login(leader)

    page = client.get(reverse("talent:overview"))

    assert [step.is_done for step in page.context["steps"]] == [None, False, None]
    assert b"Name 5 more critical roles" in page.content


def test_each_step_says_what_is_missing_and_is_done_when_it_is_there(leader):
    benches = [a_bench(ready=Readiness.SOON)[0] for _ in range(4)]
    empty = SuccessionPlanFactory(criticality=5)
    last = SuccessorFactory(plan=benches[0], state=SuccessorState.APPROVED, readiness=Readiness.LATER)

    _skills, successors, ninety = steps_of(leader, None, timezone.localdate())

    assert (successors.is_done, [line.what for line in successors.missing]) == (False, [empty.position.name])
    assert (ninety.is_done, ninety.missing[0].what) == (False, last.employee.name)
    SuccessorFactory(plan=empty, state=SuccessorState.APPROVED)
    assert steps_of(leader, None, timezone.localdate())[1].is_done


def test_the_best_fifth_is_found_by_performance_and_those_not_assessed_are_named(leader):
    competency = CompetencyFactory()
    job = JobFactory()
    RoleProfileEntryFactory(job=job, competency=competency, level_today=3)
    people = []
    for value in (5, 5, 4, 3, 3, 3, 2, 2, 2, 1):
        profile = CalibratedRatingFactory(profile__employee__job=job, value=value).profile
        people.append(profile)
    SkillAssessmentFactory(profile=people[0], competency=competency, level=4)

    job_ = start_metrics(by=leader)
    run_due_jobs()
    metrics = TalentMetrics.objects.get(pk=job_.params["metrics"])
    skills = steps_of(leader, metrics, timezone.localdate())[0]

    assert metrics.figures["top"] == {"part": 1, "whole": 2, "missing": [people[1].employee_id]}
    assert skills.is_done is False
    assert [line.what for line in skills.missing] == [people[1].employee.name]
    Employee.objects.filter(pk=people[1].employee_id).update(status="left")
    assert steps_of(leader, metrics, timezone.localdate())[0].missing == []


def test_the_report_can_be_read_from_stored_counts_alone(leader):
    a_fill(source=FillSource.INTERNAL)
    stored = TalentMetrics(figures=figures_of(leader))

    report = Report(stored, leader)

    assert len(report.windows) == 4
    assert [chart.bars[-1].share.shown for chart in report.charts] == ["100\N{NO-BREAK SPACE}%"]
