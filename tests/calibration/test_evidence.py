"""Figures of a cycle: what goes in, when they are computed anew, and that anybody can work them out again."""

import datetime
import math
import re

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone

from benchmarks.organisations import World
from calibration.actions import move_card
from calibration.actions.evidence import compute_evidence, mark_stale, request_evidence, switch_evidence
from calibration.enums import LeniencyBasis
from calibration.evidence.gather import gather
from calibration.models import CycleEvidence, EvidenceRun, Explanation, ManagerEvidence
from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact, Job
from performance.actions import return_review
from performance.models import Objective, RoundAnswer
from tests.calibration.organisation import SMALL, open_table, rated_company
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import (
    FeedbackFactory,
    FeedbackRoundFactory,
    RatingScaleFactory,
    ReviewCycleFactory,
    ReviewFactory,
    rating_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return rated_company()


def test_ratings_go_in_as_managers_proposed_them_whatever_the_table_moved(company):
    session = open_table(company)
    before = gather(company.cycle).digest()
    card = session.cards.exclude(rating__value=5).first()
    higher = rating_of(company.cycle, card.rating.value + 1)

    move_card(card, by=None, rating=higher, version=1, rationale="Wider scope")

    found = gather(company.cycle)
    assert found.digest() == before
    np.testing.assert_array_equal(np.sort(found.rating), np.sort(company.told.rating))


def test_reading_takes_as_many_statements_for_many_as_for_few(django_assert_num_queries):
    small = rated_company(World(people=10, team=5, cycles=1))
    large = rated_company(
        cycle=ReviewCycleFactory(starts_on=datetime.date(2031, 1, 1), ends_on=datetime.date(2031, 12, 31))
    )

    for cycle in (small.cycle, large.cycle):
        with django_assert_num_queries(9 if cycle == small.cycle else 12):
            gather(cycle)


def test_goals_count_by_weight_and_only_personal_business_goals_of_the_period(company):
    person = company.people[0]
    goal = Objective.objects.get(owner=person)
    Objective.objects.filter(pk=goal.pk).update(progress=40, weight=3)
    common = {"owner": person, "title": "Other", "starts_on": goal.starts_on, "due_on": goal.due_on, "path": "x"}
    Objective.objects.create(**common, progress=80, weight=1)
    Objective.objects.create(**common | {"progress": 0, "kind": "development"})
    Objective.objects.create(**common | {"progress": 0, "state": "cancelled"})
    Objective.objects.create(**common | {"progress": None})
    long_ago = datetime.date(2001, 1, 1)
    Objective.objects.create(**common | {"progress": 0, "starts_on": long_ago, "due_on": long_ago})

    found = gather(company.cycle)

    assert found.evidence[found.employee == person.pk, 0].tolist() == [50]


def test_peers_count_only_in_groups_with_more_answers_than_promised(company):
    """A group of exactly three would let one of the three work out the other two together."""
    person = company.people[0]
    round_ = FeedbackRoundFactory(subject=person, state="closed", closed_at=_within(company.cycle))
    question = round_.template.questions.filter(kind="rating").first()
    _answer(round_, question, "peer", [5, 4, 4, 3])
    _answer(round_, question, "report", [1, 1, 1])
    _answer(round_, question, "self", [5])

    found = gather(company.cycle)

    assert found.evidence[found.employee == person.pk, 1].tolist() == [4]


def test_a_cycle_before_with_another_scale_is_left_out_and_said(company):
    year = datetime.timedelta(days=365)
    earlier = {"starts_on": company.cycle.starts_on - year, "ends_on": company.cycle.ends_on - year, "state": "closed"}
    same = ReviewCycleFactory(**earlier)
    other = ReviewCycleFactory(**earlier, scale=RatingScaleFactory())
    other.scale.levels.filter(value=5).delete()
    person = company.people[0]
    _aim(person, same)
    for cycle in (same, other):
        _rate_before(person, cycle)

    found = gather(company.cycle)
    run = compute_evidence(company.cycle, by=None)

    assert (found.cycles, found.other_scale) == ([company.cycle, same], [other])
    assert np.count_nonzero(found.of_cycle == same.pk) == 1
    assert run.summary["other_scale"] == [other.pk]
    assert set(run.pooled.all()) == {company.cycle, same}


def test_an_earlier_cycle_of_which_little_is_known_does_not_silence_this_one_and_that_is_said(company, client):
    anchored = _anchored(company)
    year = datetime.timedelta(days=365)
    before = ReviewCycleFactory(
        starts_on=company.cycle.starts_on - year, ends_on=company.cycle.ends_on - year, state="closed"
    )
    for place, person in enumerate(company.people):
        _rate_before(person, before)
        if place < len(company.people) / 2:
            _aim(person, before)

    found = gather(company.cycle)

    assert (found.cycles, found.little_known) == ([company.cycle], [before])
    assert set(found.of_cycle) == {company.cycle.pk}
    assert _anchored(company) == anchored > 0
    run = EvidenceRun.objects.filter(cycle=company.cycle).first()
    assert run.summary["little_known"] == [before.pk]
    open_table(company)
    client.force_login(make_user("hrleader"))
    page = client.get(reverse("calibration:cycle_evidence", args=[company.cycle.pk])).content.decode()
    assert "An earlier cycle in which goals and peers are known of too few people is left out." in page


def test_an_earlier_cycle_stays_where_little_is_known_of_this_one_too(company):
    year = datetime.timedelta(days=365)
    before = ReviewCycleFactory(
        starts_on=company.cycle.starts_on - year, ends_on=company.cycle.ends_on - year, state="closed"
    )
    Objective.objects.filter(owner__in=company.people[::2]).delete()
    for person in company.people:
        _rate_before(person, before)

    found = gather(company.cycle)

    assert (found.cycles, found.little_known) == ([company.cycle, before], [])


def _rate_before(person, cycle):
    return ReviewFactory(
        cycle=cycle,
        employee=person,
        state="completed",
        proposed_rating=rating_of(cycle, 4),
        completed_at=timezone.now(),
    )


def _aim(person, cycle):
    period = {"starts_on": cycle.starts_on, "due_on": cycle.ends_on}
    Objective.objects.create(owner=person, title="Earlier", path="x", progress=60 + person.pk % 7, **period)


def _anchored(company):
    run = compute_evidence(company.cycle, by=None)
    return run.findings.filter(basis=LeniencyBasis.ANCHORED).count()


def test_a_run_is_kept_only_when_something_changed(company):
    first = compute_evidence(company.cycle, by=None)
    again = compute_evidence(company.cycle, by=None)
    Objective.objects.filter(owner=company.people[0]).update(progress=99)
    changed = compute_evidence(company.cycle, by=None)

    assert first == again
    assert changed != first
    assert list(EvidenceRun.objects.filter(cycle=company.cycle)) == [changed, first]
    assert first.findings.count() == changed.findings.count() == len(company.managers)
    assert Fact.objects.filter(topic="calibration.evidence_computed").count() == 2


def test_the_figures_are_computed_as_a_session_opens(company, deliver_events):
    open_table(company)

    deliver_events()

    run = EvidenceRun.objects.get()
    assert (run.ratings, run.managers, run.people) == (96, 12, 96)
    assert set(run.findings.values_list("basis", flat=True)) == {LeniencyBasis.ANCHORED}
    assert CycleEvidence.objects.get().stale_since is None


def test_many_changes_are_one_computation_that_waits(company, deliver_events):
    open_table(company)
    deliver_events()
    jobs = Job.objects.filter(kind="calibration.compute_evidence")
    before = jobs.count()

    for _change in range(3):
        mark_stale([company.cycle.pk])
    deliver_events()

    assert jobs.count() == before + 1
    assert jobs.latest("pk").state == "running"  # keeps its claim and looks again later
    assert CycleEvidence.objects.get().stale_since is not None
    assert EvidenceRun.objects.count() == 1


def test_a_check_in_or_a_returned_review_marks_the_figures_as_stale(company, deliver_events):
    session = open_table(company)
    deliver_events()
    late = ReviewFactory(
        cycle=company.cycle,
        employee=EmployeeFactory(manager=company.managers[0]),
        state="submitted",
        proposed_rating=company.levels[3],
    )

    return_review(late, by=None, reason="Say more")
    deliver_events()

    assert session.state == "open"
    assert CycleEvidence.objects.get().stale_since is not None


def test_facts_of_a_cycle_nobody_calibrates_start_nothing(company, deliver_events):
    review = ReviewFactory(cycle=company.cycle, state="submitted", proposed_rating=company.levels[3])
    return_review(review, by=None, reason="Say more")

    deliver_events()

    assert not CycleEvidence.objects.exists()
    assert not Job.objects.filter(kind="calibration.compute_evidence").exists()


def test_hr_has_them_computed_now_and_twice_is_once(company):
    open_table(company)
    leader = make_user("hrleader")

    one, two = (request_evidence(company.cycle, by=leader) for _ in range(2))

    assert one == two


def test_too_few_ratings_of_an_organisation_tell_no_mean_of_it():
    company = rated_company(World(people=18, team=3, cycles=1))

    run = compute_evidence(company.cycle, by=None)

    assert set(run.findings.values_list("basis", "organisation", "leniency")) == {("too_few_managers", None, None)}
    assert run.summary["cycles"][0]["mean"] is None
    assert not run.suggestions.exists()


def test_the_mean_of_the_organisation_is_rounded_before_anything_rests_on_it(company):
    """So no figure about any manager holds more of it than is told."""
    run = compute_evidence(company.cycle, by=None)

    told = set(run.findings.values_list("organisation", flat=True))
    assert {round(mean, 9) for mean in told} == {round(float(company.told.rating.mean()), 1)}
    for finding in run.findings.all():
        assert finding.remaining == pytest.approx(finding.mean - finding.organisation - finding.explained)


def test_without_evidence_nothing_is_suggested_and_the_words_say_why():
    company = rated_company(with_goals=False)

    run = compute_evidence(company.cycle, by=None)

    finding = run.findings.first()
    assert finding.basis == LeniencyBasis.HALVED
    assert "Leniency and a strong team cannot be told apart here." in finding.words
    assert (finding.low, finding.interval) == (None, None)
    assert not run.suggestions.exists()


def test_feedback_of_the_last_quarter_is_counted_and_notes_to_oneself_are_not(company):
    manager, person = company.managers[0], company.people[0]
    day = company.cycle.starts_on
    for at in (0, 10, 360):
        FeedbackFactory(recipient=person, giver=company.head, given_at=_at(day + datetime.timedelta(days=at)))
    FeedbackFactory(recipient=person, giver=manager, given_at=_at(day), visibility="giver")

    run = compute_evidence(company.cycle, by=None)

    finding = run.findings.get(manager=manager)
    assert (finding.dated_pieces, finding.recent_share) == (3, pytest.approx(1 / 3))


def test_the_sentence_has_every_number_of_the_method(company):
    run = compute_evidence(company.cycle, by=None)
    finding = run.findings.select_related("run", "manager").first()

    assert re.fullmatch(
        r"Team mean \d\.\d, organisation \d\.\d\. Goals and peers explain [+−]?\d\.\d\. "  # noqa: RUF001
        r"Remaining [+−]?\d\.\d, shrunk for 8 ratings to [+−]?\d\.\d\d "  # noqa: RUF001
        r"\(between [+−]?\d\.\d and [+−]?\d\.\d, about nine times in ten\)\.",  # noqa: RUF001
        finding.words,
    )
    assert "bias" not in finding.words.lower()


def test_anybody_can_work_a_figure_out_again_from_its_page(company, client):
    """Every line of the page follows from the lines above it, within the rounding of its last place."""
    open_table(company)
    run = compute_evidence(company.cycle, by=None)
    client.force_login(make_user("hrleader"))

    for finding in run.findings.all():
        page = client.get(reverse("calibration:finding_detail", args=[finding.pk])).content.decode()
        shown = re.findall(r'data-step="(\w)">([^<]+)<', page)
        a = {letter: float(number.replace("−", "-")) for letter, number in shown}  # noqa: RUF001
        weight = a["G"] / (a["G"] + a["H"] * (1 - a["D"] * a["I"]) ** 2 + a["K"] ** 2)
        sd = math.sqrt(a["G"] * (1 - a["L"]))

        assert a["E"] == pytest.approx(a["C"] * a["D"], abs=0.002)
        assert a["F"] == pytest.approx(a["A"] - a["B"] - a["E"], abs=0.002)
        assert a["L"] == pytest.approx(weight, abs=0.005)
        assert a["M"] == pytest.approx(a["L"] * a["F"], abs=0.003)
        assert a["N"] == pytest.approx(sd, abs=0.004)
        assert (a["O"], a["P"]) == pytest.approx((a["M"] - 1.96 * a["N"], a["M"] + 1.96 * a["N"]), abs=0.003)
        assert finding.words in page
        assert run.method in page


def test_flags_are_questions_and_come_first(client):
    company = rated_company(seed=4)
    open_table(company)
    run = compute_evidence(company.cycle, by=None)
    flagged = run.findings.filter(is_mean_flagged=True)
    client.force_login(make_user("hrleader"))

    page = client.get(reverse("calibration:cycle_evidence", args=[company.cycle.pk]))

    rows = list(page.context["object_list"])
    assert flagged.exists()
    assert {row.pk for row in rows[: flagged.count()]} == set(flagged.values_list("pk", flat=True))
    assert "please explain" in page.content.decode()


@pytest.mark.parametrize("managers", [1, 3])
def test_the_list_costs_the_same_for_one_manager_and_three(client, managers, django_assert_num_queries):
    company = rated_company(World(people=SMALL.people, team=8, cycles=1))
    run = compute_evidence(company.cycle, by=None)
    open_table(company)
    kept = run.findings.values_list("pk", flat=True)[:managers]
    run.suggestions.all().delete()
    run.findings.exclude(pk__in=list(kept)).delete()
    client.force_login(make_user("hrleader"))
    client.get(reverse("home:my_work"))

    with django_assert_num_queries(13):
        page = client.get(reverse("calibration:cycle_evidence", args=[company.cycle.pk]))

    assert len(page.context["object_list"]) == managers


def test_switched_off_nobody_sees_a_figure_and_none_is_computed(company, client):
    open_table(company)
    run, leader = compute_evidence(company.cycle, by=None), make_user("hrleader")
    finding = run.findings.first()
    client.force_login(leader)
    page = reverse("calibration:cycle_evidence", args=[company.cycle.pk])
    switch = reverse("calibration:evidence_switch", args=[company.cycle.pk])

    client.post(switch, {"reason": "  "})
    assert ManagerEvidence.objects.visible_to(leader).exists()
    client.post(switch, {"reason": "The works council asks first"})
    refused = client.get(reverse("calibration:finding_detail", args=[finding.pk]))

    assert refused.status_code == 404
    assert "The works council asks first" in client.get(page).content.decode()
    assert compute_evidence(company.cycle, by=None) is None
    with pytest.raises(ActionError):
        request_evidence(company.cycle, by=leader)
    assert Fact.objects.filter(topic="calibration.evidence_switched", actor_id=leader.pk).count() == 1

    switch_evidence(company.cycle, by=leader, is_shown=True, reason="Agreed")
    assert ManagerEvidence.objects.visible_to(leader).exists()


def test_the_manager_explains_and_the_words_outlive_the_figures(company, client):
    managers = company.managers
    session = open_table(company)
    session.participants.create(employee=managers[0])
    run, manager = compute_evidence(company.cycle, by=None), make_user("manager", employee=managers[0])
    finding = run.findings.get(manager=managers[0])
    client.force_login(manager)

    sent = client.post(reverse("calibration:finding_explain", args=[finding.pk]), {"text": "We won the large tender"})
    Objective.objects.filter(owner=company.people[-1]).update(progress=1)
    newer = compute_evidence(company.cycle, by=None).findings.get(manager=managers[0])

    assert sent.status_code == 302
    assert Explanation.objects.get().written_by == managers[0]
    page = client.get(reverse("calibration:finding_detail", args=[newer.pk])).content.decode()
    assert "We won the large tender" in page
    assert client.get(reverse("calibration:finding_detail", args=[finding.pk])).status_code == 404


def _within(cycle):
    return _at(cycle.ends_on - datetime.timedelta(days=1))


def _at(day):
    return datetime.datetime.combine(day, datetime.time(12), datetime.UTC)


def _answer(round_, question, group, ratings):
    RoundAnswer.objects.bulk_create(
        RoundAnswer(round=round_, question=question, group=group, rating=rating) for rating in ratings
    )
