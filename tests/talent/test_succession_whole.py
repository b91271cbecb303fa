"""Succession as a whole: what is judged, endorsed, compared and begun, and what each page shows to whom."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from talent import actions
from talent.enums import Datum, ItemOrigin, OpenTopic, Readiness, SuccessorState
from talent.models import (
    Aspiration,
    BenchSnapshot,
    BenchStudy,
    ExternalSuccessor,
    HeldExperience,
    NinetyDayPlan,
    Opening,
    PlanItem,
    RoleExperience,
    SnapshotSeat,
    SuccessionPlan,
    Successor,
)
from talent.models.bench_snapshots import Written
from talent.staleness import stale_data
from talent.succession.assessed import bench_view
from talent.succession.leaving import chain_from, leaving_of
from talent.succession.snapshots import difference
from talent.succession.together import read_study, together_of
from talent.views.succession import retirement_of
from tests.factories.people import EmployeeFactory, JobFactory, PositionFactory, RoleProfileEntryFactory, make_user
from tests.factories.talent import (
    CalibratedRatingFactory,
    SkillAssessmentFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
    TalentProfileFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER)


def as_(client, user):
    client.force_login(user)
    return client


def a_seat(**fields):
    return PositionFactory(job=JobFactory(), **fields)


def a_bench(*people, **fields):
    """A bench with these people, ready now, in this order."""
    plan = SuccessionPlanFactory(position=a_seat(), **fields)
    for rank, person in enumerate(people, start=1):
        SuccessorFactory(plan=plan, employee=person, rank=rank)
    return plan


def seated(plan):
    """Somebody who holds the seat of a bench."""
    return EmployeeFactory(position=plan.position)


def read(plan, user):
    return bench_view(SuccessionPlan.objects.visible_to(user).with_bench().get(pk=plan.pk), user)


# What is judged


def test_how_critical_a_role_is_is_judged_with_kinds_of_reasons(leader):
    plan = actions.designate_critical_role(
        by=leader,
        position=a_seat(),
        reason="Knows all",
        vacancy_risk="high",
        criticality=4,
        critical_because=["scarce_skills", "regulatory"],
        vacancy_because=["retirement"],
    )

    plan.refresh_from_db()
    assert (plan.criticality, plan.critical_because, plan.vacancy_because) == (
        4,
        ["scarce_skills", "regulatory"],
        ["retirement"],
    )
    for wrong in ({"criticality": 6}, {"critical_because": ["because"]}, {"vacancy_because": ["because"]}):
        with pytest.raises(ActionError):
            actions.edit_critical_role(plan, by=leader, **wrong)
    assert SuccessionPlan.objects.get().version == plan.version


def test_a_refused_form_keeps_what_was_typed(client, leader):
    plan = a_bench()

    page = as_(client, leader).post(
        reverse("talent:critical_role_edit", args=[plan.pk]),
        {"reason": "All of this", "vacancy_risk": "never", "critical_because": ["regulatory"]},
    )

    assert page.status_code == 422
    assert b"All of this" in page.content
    assert page.context["form"]["critical_because"].value() == ["regulatory"]


def test_nobody_approves_whom_they_nominated_and_no_program_does(leader):
    plan, other = a_bench(), make_user(Role.HR_LEADER)
    successor = actions.nominate_successor(
        plan, by=leader, employee=EmployeeFactory(), readiness="soon", emergency_cover=True
    )

    with pytest.raises(ActionError):
        actions.approve_successor(successor, by=leader)
    assert Successor.objects.get().state == SuccessorState.PROPOSED

    actions.approve_successor(successor, by=other)
    successor.refresh_from_db()
    assert (successor.state, successor.approved_by, successor.emergency_cover) == ("approved", other.employee, True)


def test_an_approval_keeps_what_was_out_of_date(leader):
    person = EmployeeFactory()
    CalibratedRatingFactory(profile__employee=person, period_ends_on=datetime.date(2020, 1, 1))
    successor = SuccessorFactory(employee=person, state=SuccessorState.PROPOSED)

    actions.approve_successor(successor, by=leader)

    successor.refresh_from_db()
    assert successor.rested_on_stale == [{"kind": "rating", "on": "2020-01-01"}]


def test_readiness_is_out_of_date_after_a_quarter(leader):
    today = timezone.localdate()
    old, fresh = (today - datetime.timedelta(days=days) for days in (93, 92))
    one, other = SuccessorFactory(assessed_on=old), SuccessorFactory(assessed_on=fresh)

    found = stale_data([one.employee_id, other.employee_id], today, [Datum.SUCCESSION])

    assert {pk: [datum.on for datum in data] for pk, data in found.items()} == {one.employee_id: [old]}


def test_rank_one_can_be_left_vacant(client, leader):
    plan = a_bench(EmployeeFactory(), EmployeeFactory())
    as_(client, leader).post(reverse("talent:successors_rank", args=[plan.pk]), {"move": "vacate"})

    assert list(plan.successors.standing().values_list("rank", flat=True)) == [2, 3]
    client.post(reverse("talent:successors_rank", args=[plan.pk]), {"move": "fill"})
    assert list(plan.successors.standing().values_list("rank", flat=True)) == [1, 2]


def test_somebody_from_outside_is_shown_and_never_counted(client, leader):
    plan = a_bench()
    as_(client, leader).post(
        reverse("talent:external_name", args=[plan.pk]), {"name": "Ada Outside", "note": "Knows us"}
    )
    external = ExternalSuccessor.objects.get()

    page = client.get(reverse("talent:bench_detail", args=[plan.pk]))
    assert b"Ada Outside" in page.content
    assert page.context["strength"].depth == 0

    refused = client.post(reverse("talent:external_remove", args=[external.pk]), {"reason": ""})
    client.post(reverse("talent:external_remove", args=[external.pk]), {"reason": "Signed elsewhere"})
    external.refresh_from_db()
    assert (refused.status_code, external.removed_because) == (422, "Signed elsewhere")
    assert client.post(reverse("talent:external_remove", args=[external.pk]), {"reason": "Twice"}).status_code == 404


# Who sees what


def test_a_private_plan_is_for_hr_leaders_and_its_owner(company):
    partner, owner = company.viewer("partner"), make_user(Role.HRBP, unit=company.unit, employee=EmployeeFactory())
    plan = SuccessionPlanFactory(position=company.seat, is_private=True, owner=owner.employee)

    seen = {
        name: SuccessionPlan.objects.visible_to(user).filter(pk=plan.pk).exists()
        for name, user in {
            "partner": partner,
            "owner": owner,
            "leader": company.viewer("hr_leader"),
            "executive": company.viewer("executive"),
        }.items()
    }

    assert seen == {"partner": False, "owner": True, "leader": True, "executive": False}
    assert not partner.has_perm("talent.endorse_plan", plan)
    assert owner.has_perm("talent.endorse_plan", plan)


def test_a_manager_sees_benches_below_only_where_hr_opened_succession(client, company):
    below = EmployeeFactory(
        org_unit=company.unit, manager=company.boss, position=PositionFactory(org_unit=company.unit)
    )
    plan = SuccessionPlanFactory(position=below.position)
    SuccessorFactory(plan=plan)
    own = SuccessionPlanFactory(position=company.seat)
    SuccessorFactory(plan=own)
    user = company.viewer("manager")
    as_(client, user)
    pages = [reverse("talent:bench_list"), reverse("talent:bench_chart"), reverse("talent:what_if")]

    assert {client.get(url).status_code for url in [*pages, reverse("talent:bench_detail", args=[plan.pk])]} == {404}
    Opening.objects.create(topic=OpenTopic.SUCCESSION, org_unit=company.unit, reason="Plan together")

    assert {client.get(url).status_code for url in [*pages, reverse("talent:bench_detail", args=[plan.pk])]} == {200}
    assert client.get(reverse("talent:bench_detail", args=[own.pk])).status_code == 404
    assert list(SuccessionPlan.objects.visible_to(type(user).objects.get(pk=user.pk))) == [plan]
    assert not user.has_perm("talent.endorse_plan", plan)
    Opening.objects.update(topic=OpenTopic.POTENTIAL)
    assert client.get(reverse("talent:bench_detail", args=[plan.pk])).status_code == 404


def test_the_retirement_outlook_is_a_band_for_hr_alone(client, company):
    this_year = timezone.localdate().year
    company.boss.birth_year = this_year - 63
    company.boss.save()
    plan = SuccessionPlanFactory(position=company.seat)
    plan = SuccessionPlan.objects.select_related("position__incumbent__org_unit").get(pk=plan.pk)

    assert str(retirement_of(plan, company.viewer("partner"))) == "May retire within 3 years"
    assert retirement_of(plan, company.viewer("executive")) is None
    page = as_(client, company.viewer("hr_leader")).get(reverse("talent:bench_detail", args=[plan.pk]))
    assert b"May retire within 3 years" in page.content
    assert str(this_year - 63).encode() not in page.content
    hidden = as_(client, company.viewer("executive")).get(reverse("talent:bench_detail", args=[plan.pk]))
    assert b"May retire" not in hidden.content


def test_nobody_reads_about_themselves_in_what_was_endorsed(leader):
    """Taken off the bench, one sees the plan again; the snapshot that named one stays out of sight."""
    plan = a_bench(leader.employee)
    other = make_user(Role.HR_LEADER)
    actions.endorse_plan(plan, by=other)
    actions.remove_successor(plan.successors.get(), by=other, reason="Moved")
    plan.refresh_from_db()

    assert SuccessionPlan.objects.visible_to(leader).filter(pk=plan.pk).exists()
    assert not BenchSnapshot.objects.visible_to(leader).exists()
    assert BenchSnapshot.objects.visible_to(other).exists()


@pytest.mark.parametrize("roles", [{Role.HR_LEADER}, {Role.HRBP}, {Role.EXECUTIVE}, set(Role.granted())])
def test_no_page_or_figure_holds_the_bench_of_whoever_reads(client, company, roles):
    own_seat = SuccessionPlanFactory(position=company.seat)
    SuccessorFactory(plan=own_seat)
    stands_on = SuccessionPlanFactory(position=PositionFactory(org_unit=company.unit))
    SuccessorFactory(plan=stands_on, employee=company.boss)
    user = make_user(*roles, employee=company.boss, unit=company.unit)
    as_(client, user)

    assert together_of(user).plan_ids == ()
    assert client.get(reverse("talent:bench_chart")).context["nodes"] == []
    assert client.get(reverse("talent:what_if"), {"person": company.boss.pk}).status_code == 404
    for plan in (own_seat, stands_on):
        for name in ("bench_detail", "bench_pdf", "successors_compare", "bench_lineage"):
            assert client.get(reverse(f"talent:{name}", args=[plan.pk])).status_code == 404
        assert client.get(reverse("talent:successor_detail", args=[plan.successors.get().pk])).status_code == 404


# What was endorsed


def test_a_snapshot_stays_as_it_was_endorsed(leader):
    first, second = EmployeeFactory(), EmployeeFactory()
    plan = a_bench(first, second, criticality=3)
    actions.endorse_plan(plan, by=leader)
    snapshot = BenchSnapshot.objects.get()

    actions.edit_critical_role(plan, by=leader, criticality=5)
    actions.remove_successor(plan.successors.get(employee=first), by=leader, reason="Moved")
    actions.change_readiness(
        plan.successors.get(employee=second), by=leader, readiness="soon", rationale="More to learn"
    )
    plan.refresh_from_db()
    found = difference(snapshot, plan, leader)

    assert snapshot.content["criticality"] == 3
    assert {seat.employee for seat in snapshot.seats.all()} == {first, second}
    assert found.edits == 3
    assert [(change.before, change.now) for change in found.role] == [(3, 5)]
    assert {change.what: (change.before is None, change.now is None) for change in found.people} == {
        first: (False, True),
        second: (False, False),
    }
    for change in (
        lambda: snapshot.save(),
        lambda: snapshot.seats.first().save(),
        lambda: BenchSnapshot.objects.update(plan_version=1),
        lambda: SnapshotSeat.objects.update(rank=9),
    ):
        with pytest.raises(Written):
            change()


def test_the_bench_counts_the_edits_since(client, leader):
    plan = a_bench(EmployeeFactory())
    actions.endorse_plan(plan, by=leader)
    actions.edit_critical_role(plan, by=leader, reason="Otherwise")

    page = as_(client, leader).get(reverse("talent:bench_detail", args=[plan.pk]))
    snapshot = client.get(reverse("talent:snapshot_detail", args=[page.context["newest"].pk]))

    assert page.context["edits"] == 1
    assert b"Otherwise" in snapshot.content


# Each successor beside the role


def a_whole_successor(leader):
    """Somebody of whom everything is known but one level and one experience."""
    plan, person = a_bench(), EmployeeFactory()
    job = plan.position.job
    known = RoleProfileEntryFactory(job=job, level_today=4, importance=5)
    RoleProfileEntryFactory(job=job, level_today=2, importance=1)
    successor = SuccessorFactory(plan=plan, employee=person, readiness=Readiness.READY_NOW)
    SkillAssessmentFactory(profile__employee=person, competency=known.competency, level=2)
    profile = TalentProfileFactory._meta.model.objects.get(employee=person)
    CalibratedRatingFactory(profile=profile, value=5)
    actions.ask_experiences(plan, by=leader, names=["Led abroad", "Turned a site around", " led  ABROAD "])
    asked = list(RoleExperience.objects.filter(job=job).order_by("experience__name"))
    actions.record_experiences(successor, by=leader, found={asked[0].experience_id: False})
    return plan, successor


def test_every_number_can_be_worked_out_from_the_page(client, leader):
    _plan, successor = a_whole_successor(leader)

    page = as_(client, leader).get(reverse("talent:successor_detail", args=[successor.pk]))
    row = page.context["row"]

    # Fit by hand: weights 5 * 4 and 1 * 2; two levels missing of the first; nobody assessed the second.
    whole, lost, unknown = 22, 10, 2
    assert (row.fit.weight, row.lost, row.unassessed) == (whole, lost, unknown)
    assert (row.fit.low, row.fit.high) == (pytest.approx((22 - 10 - 2) / 22), pytest.approx(12 / 22))
    # The way: 2 levels are 12 months, the other up to 12 beside it; then one or two experiences of 9 months.
    assert (row.way.low, row.way.high) == (12 + 9, 12 + 18)
    assert (row.suggestion.best, row.suggestion.worst) == (Readiness.SOON, Readiness.LATER)
    assert row.speaks_against
    # One rating of 5, half of it and half the mean of all ratings, which is 5 as well.
    level = row.performance.level
    assert level.value == pytest.approx((5 + level.mean) / 2)
    parts = {part.name: part for part in row.score.parts}
    assert parts["performance"].low == pytest.approx((level.value - 1) / 4)
    assert not parts["potential"].is_known
    assert (parts["experience"].low, parts["experience"].high) == (0, 0.5)
    shown = page.content.decode()
    low = sum(100 * part.weight * part.low for part in parts.values())
    high = sum(100 * part.weight * part.high for part in parts.values())
    for number in (f"{row.fit.low:.3f}", f"{row.fit.high:.3f}", f"{low:.1f}–{high:.1f}", "21 to 30 months"):
        assert number in shown
    for part in parts.values():
        for number in (f"{part.weight:.2f}", f"{part.low:.3f}", f"{part.high:.3f}"):
            assert number in shown


def test_experiences_are_said_held_not_held_or_not_known(client, leader):
    _plan, successor = a_whole_successor(leader)
    names = list(RoleExperience.objects.order_by("experience__name").values_list("experience__name", flat=True))
    first, second = RoleExperience.objects.order_by("experience__name").values_list("experience", flat=True)
    url = reverse("talent:experiences_record", args=[successor.pk])

    as_(client, leader).post(url, {f"experience_{first}": "", f"experience_{second}": "yes"})

    assert names == ["Led abroad", "Turned a site around"]
    assert list(HeldExperience.objects.values_list("experience", "is_held")) == [(second, True)]
    with pytest.raises(ActionError):
        actions.record_experiences(successor, by=leader, found={first + second + 1000: True})


def test_an_executive_does_not_learn_what_they_may_not_see(company):
    """A successor from elsewhere: their levels, ratings and potential stay unknown to the reader, and count as such."""
    entry = RoleProfileEntryFactory(job=company.seat.job, level_today=3)
    plan = SuccessionPlanFactory(position=company.seat)
    far = EmployeeFactory(org_unit=company.elsewhere)
    SuccessorFactory(plan=plan, employee=far)
    profile = SkillAssessmentFactory(profile__employee=far, competency=entry.competency, level=3).profile
    CalibratedRatingFactory(profile=profile)

    partly = read(plan, company.viewer("executive")).rows[0]
    wholly = read(plan, company.viewer("hr_leader")).rows[0]

    assert (partly.fit.unknown, partly.performance) == (1, None)
    assert (wholly.fit.unknown, wholly.performance is None) == (0, False)


def test_willing_is_what_the_person_said(leader):
    people = EmployeeFactory.create_batch(4)
    plan = a_bench(*people)
    incumbent = seated(plan)
    EmployeeFactory(manager=incumbent)
    named, others, not_leading, _silent = people
    today = timezone.localdate()
    for person, job, leading in (
        (named, plan.position.job, ""),
        (others, JobFactory(), ""),
        (not_leading, None, "no"),
    ):
        wish = Aspiration.objects.create(employee=person, leading=leading, valid_from=today)
        wish.jobs.set([job] if job else [])

    view = read(plan, leader)

    assert [str(row.willing) for row in view.rows] == ["yes", "other_roles", "no", "not_asked"]
    assert [row.chance.value for row in view.rows] == [pytest.approx(0.9), pytest.approx(0.9), 0, pytest.approx(0.9)]


def test_two_to_five_are_compared(client, leader):
    plan = a_bench(*EmployeeFactory.create_batch(3))
    chosen = list(plan.successors.values_list("pk", flat=True))[:2]
    url = reverse("talent:successors_compare", args=[plan.pk])

    page = as_(client, leader).get(url, {"successor": chosen})

    assert [row.successor.pk for row in page.context["view"].rows] == chosen
    assert len(client.get(url, {"successor": ["x", "9" * 30]}).context["view"].rows) == 3


# Ninety days


def test_ninety_days_begin_what_is_missing_and_tell_the_person_nothing(client, leader):
    plan, successor = a_whole_successor(leader)
    user = make_user(employee=successor.employee)

    as_(client, leader).post(
        reverse("talent:ninety_days_open", args=[successor.pk]),
        {"owner": successor.employee_id, "starts_on": "2026-01-01"},
    )
    ninety = NinetyDayPlan.objects.get()
    items = list(PlanItem.objects.order_by("pk"))

    assert len(items) == 3  # the gap, the missing experience, the level nobody assessed
    assert {item.due_on for item in items} == {datetime.date(2026, 4, 1)}
    assert {action.due_on for action in items[0].actions.all()} == {
        datetime.date(2026, 1, 31),
        datetime.date(2026, 3, 2),
        datetime.date(2026, 4, 1),
    }
    assert {item.origin for item in items} == {ItemOrigin.SUCCESSION}
    assert not PlanItem.objects.visible_to(user).exists()
    assert all(plan.position.name not in item.title + item.why for item in items)

    client.post(reverse("talent:ninety_days_share", args=[ninety.pk]))
    shown = PlanItem.objects.visible_to(user)
    assert shown.count() == 3
    assert {item.source_for(user) for item in shown} == {""}
    as_(client, user)
    own = client.get(reverse("talent:plan_detail", args=[items[0].plan_id])).content.decode().lower()
    assert "succession" not in own
    assert plan.position.name.lower() not in own


def test_ninety_days_are_begun_once_and_not_for_nothing(leader):
    _plan, successor = a_whole_successor(leader)
    nothing = SuccessorFactory()
    stranger = EmployeeFactory()

    with pytest.raises(ActionError):
        actions.open_ninety_days(nothing, by=leader)
    with pytest.raises(ActionError):
        actions.open_ninety_days(successor, by=leader, owner=stranger)
    assert not PlanItem.objects.exists()
    actions.open_ninety_days(successor, by=leader)
    with pytest.raises(ActionError):
        actions.open_ninety_days(successor, by=leader)
    assert PlanItem.objects.count() == 3


def test_the_bench_proposes_who_is_furthest_by_what_is_known(leader):
    plan, far = a_whole_successor(leader)
    SuccessorFactory(plan=plan)  # of whom nothing is known: from 0 to 42 months, in the middle 21

    assert read(plan, leader).furthest.successor == far


# All benches together


def test_distinct_people_fill_fewer_roles_than_benches_claim(leader):
    everywhere, spare = EmployeeFactory(), EmployeeFactory()
    for _ in range(3):
        a_bench(everywhere)
    a_bench(spare)
    a_bench()

    figures = together_of(leader).figures()

    assert {name: figures[name] for name in ("roles", "covered", "ready_now", "net", "slots", "people")} == {
        "roles": 5,
        "covered": 4,
        "ready_now": 4,
        "net": 2,
        "slots": 4,
        "people": 2,
    }
    assert figures["single_points"] == sorted([everywhere.pk, spare.pk])
    assert figures["most_named"] == [(everywhere.pk, 3)]


def test_what_does_not_count_is_in_no_figure(leader):
    plan = a_bench(EmployeeFactory(status="left"))
    SuccessorFactory(plan=plan, readiness=Readiness.EMERGENCY)
    SuccessorFactory(plan=plan, state=SuccessorState.PROPOSED)
    SuccessorFactory(plan=plan, readiness=Readiness.LATER)

    figures = together_of(leader).figures()

    assert (figures["slots"], figures["covered"], figures["net"]) == (1, 0, 0)


def test_a_study_is_computed_in_the_background_and_read_by_whoever_asked(client, leader):
    person = EmployeeFactory()
    a_bench(person, criticality=4), a_bench(person)
    as_(client, leader).post(reverse("talent:bench_study_start"))
    assert "view" not in client.get(reverse("talent:benches_together")).context
    run_due_jobs()

    page = client.get(reverse("talent:benches_together"))

    assert page.context["view"].net_share == 50
    assert page.context["view"].single_points == [person]
    assert [row.exposure is None for row in page.context["view"].exposed] == [False, True]
    other = as_(client, make_user(Role.HR_LEADER)).get(reverse("talent:benches_together"))
    assert other.context["study"] is None


def test_a_study_is_not_read_once_a_bench_of_it_is_about_its_reader(leader):
    plan = a_bench(EmployeeFactory())
    actions.start_bench_study(by=leader)
    run_due_jobs()
    study = BenchStudy.objects.get()
    assert read_study(study, leader).is_complete

    SuccessorFactory(plan=plan, employee=leader.employee)

    assert not read_study(study, leader).is_complete


def test_what_if_somebody_leaves_shows_everything_that_hangs_on_them(client, leader):
    anna, ben, cora = EmployeeFactory.create_batch(3)
    benches = [a_bench(anna), a_bench(anna, ben), a_bench(anna)]
    seat = a_bench(ben)
    anna.position = seat.position
    anna.save()
    below = a_bench(cora)
    ben.position = below.position
    ben.save()

    page = as_(client, leader).get(reverse("talent:what_if"), {"person": anna.pk})
    found = page.context["leaving"]

    assert {each.plan for each in found.benches} == set(benches)
    assert sum(each.is_emptied for each in found.benches) == 2
    assert {each.depth for each in found.benches} == {(1, 0), (2, 1)}
    assert found.is_single_point
    assert [(move.plan, move.successor.employee if move.successor else None) for move in found.chain] == [
        (seat, ben),
        (below, cora),
    ]
    assert {each.name: (each.before, each.after) for each in found.figures} == {
        "covered": (5, 3),
        "ready_now": (5, 3),
        "net": (3, 2),
        "slots": (6, 3),
    }


def test_a_chain_says_where_it_closes_to_a_circle(leader):
    anna, ben = EmployeeFactory.create_batch(2)
    first, second = a_bench(ben), a_bench(anna)
    anna.position, ben.position = first.position, second.position
    anna.save(), ben.save()

    chain = chain_from(first.position, anna, leader)

    assert [(move.plan, bool(move.passed_over)) for move in chain] == [(first, False), (second, True)]
    assert chain[1].successor is None
    assert [each.employee for each in chain[1].passed_over] == [anna]


def test_leaving_without_a_place_breaks_nothing(leader):
    a_bench(EmployeeFactory())
    somebody = EmployeeFactory()

    found = leaving_of(somebody, leader)

    assert (found.benches, found.chain, found.is_single_point) == ([], [], False)
    assert all(each.before == each.after for each in found.figures)


# The chart


def test_the_chart_puts_each_seat_below_the_nearest_one_above(client, leader):
    top, between = EmployeeFactory(position=a_seat()), None
    between = EmployeeFactory(manager=top)
    low = EmployeeFactory(manager=between, position=a_seat())
    upper = SuccessionPlanFactory(position=top.position, vacancy_risk="high")
    lower = SuccessionPlanFactory(position=low.position)
    SuccessorFactory(plan=lower)

    page = as_(client, leader).get(reverse("talent:bench_chart"))
    (root,) = page.context["nodes"]

    assert (root.plan, [child.plan for child in root.children]) == (upper, [lower])
    assert (root.is_exposed, root.children[0].is_exposed) == (True, False)
    only = client.get(reverse("talent:bench_chart"), {"people": "without"})
    assert [node.plan for node in only.context["rows"]] == [upper]
    assert client.get(reverse("talent:bench_chart"), {"zoom": "80"}).context["zoom"] == "80"


def test_pages_cost_the_same_for_one_and_three(client, leader):
    plan, successor = a_whole_successor(leader)
    seated(plan)
    as_(client, leader)
    actions.endorse_plan(plan, by=leader)
    actions.open_ninety_days(successor, by=leader)
    urls = [
        reverse("talent:bench_detail", args=[plan.pk]),
        reverse("talent:successor_detail", args=[successor.pk]),
        reverse("talent:successors_compare", args=[plan.pk]),
        reverse("talent:bench_chart"),
        reverse("talent:bench_list"),
        reverse("talent:what_if"),
        reverse("talent:snapshot_detail", args=[BenchSnapshot.objects.get().pk]),
    ]

    def costs():
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        return found

    before = costs()
    for _ in range(2):
        SuccessorFactory(plan=plan)
        seated(a_bench(EmployeeFactory()))

    assert costs() == before


def test_facts_say_that_something_happened_and_nothing_of_what(leader):
    plan, successor = a_whole_successor(leader)
    actions.name_external(plan, by=leader, name="Ada Outside")
    actions.open_ninety_days(successor, by=leader)

    mine = Fact.objects.filter(topic__startswith="talent.").exclude(topic__startswith="talent.plan")
    assert {"talent.external_named", "talent.successor_ninety_days_opened", "talent.experiences_asked"} <= set(
        mine.values_list("topic", flat=True)
    )
    assert all(
        isinstance(value, int)
        for fact in mine.exclude(topic="talent.development_plan_opened")
        for value in fact.data.values()
    )
