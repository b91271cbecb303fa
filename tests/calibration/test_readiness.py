"""The readiness audit: every figure with both sides, unknown where nothing is known, and nobody's data but one's own to see."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from calibration.actions import start_readiness_audit
from calibration.enums import First, Question, Verdict
from calibration.models import Decision, ReadinessAudit
from calibration.readiness.answers import Report
from calibration.readiness.audit import measured
from calibration.readiness.population import Population
from calibration.readiness.verdicts import first, judge, trust
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.models import Fact, Job
from hrportal.people.models import Employment, RoleGrant
from performance.enums import SectionKind
from performance.models import CompetencyRating
from tests.factories.people import CompetencyFactory, EmployeeFactory, OrgUnitFactory, PositionFactory, make_user
from tests.factories.performance import (
    FeedbackFactory,
    KeyResultFactory,
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    part_of,
    rating_of,
)
from tests.factories.retention import FlightRiskFactory, RetentionPlanFactory
from tests.factories.talent import (
    CalibratedRatingFactory,
    DevelopmentPlanFactory,
    PlanActionFactory,
    PlanItemFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
    TalentProfileFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
SCOPES = frozenset(
    {"calibration:read", "calibration:write", "reviews:read", "ratings:read", "talent:read", "employees:read"}
)


def days_ago(days):
    return TODAY() - datetime.timedelta(days=days)


@pytest.fixture
def unit():
    return OrgUnitFactory()


@pytest.fixture
def leader(unit):
    return make_user("hrleader", employee=EmployeeFactory(org_unit=OrgUnitFactory()))


@pytest.fixture
def cycle():
    return ReviewCycleFactory(state="completed", starts_on=days_ago(425), ends_on=days_ago(60))


@pytest.fixture
def people(unit):
    return [EmployeeFactory(org_unit=unit) for _ in range(6)]


def finished(cycle, employee, value=3, *, proposed=None, calibrated=True):
    """A finished review with its decision."""
    final = rating_of(cycle, value)
    review = ReviewFactory(
        cycle=cycle,
        employee=employee,
        state="completed",
        completed_at=timezone.now() - datetime.timedelta(days=40),
        final_rating=final,
        final_is_calibrated=calibrated,
    )
    if calibrated:
        start = rating_of(cycle, proposed or value)
        why = "" if start == final else "Compared with peers"
        Decision.objects.create(review=review, proposed_rating=start, rating=final, rationale=why)
    return review


def figures_of(user, cycle, unit=None):
    figures = {}
    for group in measured(Population(user, cycle, unit)):
        figures |= group
    return figures


def figure(question, user, cycle, unit=None):
    return figures_of(user, cycle, unit)[question]


def high_performer(employee, value=5):
    CalibratedRatingFactory(profile=TalentProfileFactory(employee=employee), value=value)
    return employee


def gone(unit, days=30, reason="voluntary", **fields):
    return EmployeeFactory(org_unit=unit, status="left", left_on=days_ago(days), leave_reason=reason, **fields)


# What is measured


def test_coverage_counts_those_who_work_here_and_were_here_in_the_period(leader, cycle, unit, people):
    EmployeeFactory(org_unit=unit, hired_on=days_ago(10))
    for person in people[:4]:
        finished(cycle, person)
    finished(cycle, gone(unit))
    ReviewFactory(cycle=cycle, employee=people[4])

    assert figure(Question.COVERAGE, leader, cycle, unit) == {"part": 4, "whole": 6}


def test_a_rating_is_calibrated_only_with_a_decision_about_this_very_revision(leader, cycle, people):
    finished(cycle, people[0])
    finished(cycle, people[1], calibrated=False)
    reopened = finished(cycle, people[2])
    reopened.revision = 2
    reopened.save()

    assert figure(Question.CALIBRATED, leader, cycle) == {"part": 1, "whole": 3}


def test_an_old_rating_and_none_are_told_apart(leader, cycle, unit, people):
    high_performer(people[0])
    CalibratedRatingFactory(profile=TalentProfileFactory(employee=people[1]), period_ends_on=days_ago(401))

    assert figure(Question.FRESH, leader, cycle, unit) == {"part": 1, "whole": 6, "none": 4}


def test_agreement_says_how_many_stayed_and_how_far_the_others_moved(leader, cycle, people):
    finished(cycle, people[0])
    finished(cycle, people[1], 3, proposed=5)

    assert figure(Question.AGREEMENT, leader, cycle) == {"part": 1, "whole": 2, "levels": 2}


def test_feedback_counts_for_half_a_year_and_only_what_the_reader_may_see(leader, cycle, unit, people):
    seen = {"recipient": people[0], "given_at": timezone.now() - datetime.timedelta(days=100)}
    FeedbackFactory(**seen, visibility="everyone", kind="praise")
    FeedbackFactory(**seen, visibility="recipient")
    FeedbackFactory(
        **seen | {"given_at": timezone.now() - datetime.timedelta(days=190)}, visibility="everyone", kind="praise"
    )

    assert figure(Question.FEEDBACK, leader, cycle, unit) == {"part": 1, "whole": 6, "days": 182}


def test_a_rating_rests_on_parts_where_its_form_asks_for_some(leader, cycle, people):
    cycle.template.sections.filter(kind=SectionKind.COMPETENCIES).delete()
    review = finished(cycle, people[0])
    assert figure(Question.PARTS, leader, cycle) == {"part": 0, "whole": 0}

    cycle.template.sections.create(kind=SectionKind.COMPETENCIES, title="Competencies")
    assert figure(Question.PARTS, leader, cycle) == {"part": 0, "whole": 1}

    CompetencyRating.objects.create(part=part_of(review), competency=CompetencyFactory(), level=3)
    assert figure(Question.PARTS, leader, cycle) == {"part": 1, "whole": 1}


def test_goals_are_measured_or_not(leader, cycle, people):
    old = timezone.now() - datetime.timedelta(days=90)
    ObjectiveFactory(owner=people[0], starts_on=old.date(), created_at=old)
    measured_goal = ObjectiveFactory(owner=people[0], starts_on=old.date(), created_at=old)
    KeyResultFactory(objective=measured_goal, last_check_in_at=timezone.now())

    assert figure(Question.GOALS, leader, cycle) == {"part": 1, "whole": 2}


def test_a_review_led_to_something_when_an_action_was_agreed(leader, cycle, people):
    for person in people[:2]:
        finished(cycle, person)
    PlanActionFactory(item=PlanItemFactory(plan=DevelopmentPlanFactory(employee=people[0])))
    PlanItemFactory(plan=DevelopmentPlanFactory(employee=people[1]))

    assert figure(Question.FOLLOW_UP, leader, cycle) == {"part": 1, "whole": 2}


def test_high_performers_who_left_and_those_nobody_saw_leaving(leader, cycle, unit, people):
    high_performer(people[0], 4)
    high_performer(people[1], 3)
    high_performer(gone(unit))
    planned = high_performer(gone(unit))
    item = PlanItemFactory(
        plan=DevelopmentPlanFactory(employee=planned), created_at=timezone.now() - datetime.timedelta(days=90)
    )
    PlanActionFactory(item=item)
    high_performer(gone(unit, reason="retirement"))
    high_performer(gone(unit, days=400))
    gone(unit, reason="")

    found = figures_of(leader, cycle, unit)

    assert found[Question.LOSSES] == {"part": 2, "whole": 3, "leavers": 4, "unexplained": 1}
    assert found[Question.UNSEEN] == {"part": 1, "whole": 2, "leavers": 4, "unexplained": 1}


def test_who_was_seen_coming_did_not_leave_unseen(leader, cycle, unit):
    warned, too_old, helped, _unseen = (high_performer(gone(unit)) for _ in range(4))
    FlightRiskFactory(employee=warned, likelihood="medium", assessed_on=warned.left_on - datetime.timedelta(days=90))
    FlightRiskFactory(employee=too_old, assessed_on=too_old.left_on - datetime.timedelta(days=200))
    RetentionPlanFactory(employee=helped, opened_on=helped.left_on - datetime.timedelta(days=30))

    assert figures_of(leader, cycle, unit)[Question.UNSEEN]["part"] == 2


def a_role(unit, on=400):
    made = timezone.now() - datetime.timedelta(days=on)
    return SuccessionPlanFactory(position=PositionFactory(org_unit=unit), created_at=made)


def takes(employee, plan, days=30):
    return Employment.objects.create(employee=employee, position=plan.position, starts_on=days_ago(days))


def test_successors_are_placed_when_they_take_the_seat_they_were_named_for(leader, cycle, unit, people):
    taken, other, waiting = a_role(unit), a_role(unit), a_role(unit)
    SuccessorFactory(plan=taken, employee=people[0], created_at=timezone.now() - datetime.timedelta(days=300))
    SuccessorFactory(plan=waiting, employee=people[1])
    takes(people[0], taken)
    newcomer = EmployeeFactory(org_unit=unit, hired_on=days_ago(30))
    takes(newcomer, other)

    assert figure(Question.PLACED, leader, cycle, unit) == {"part": 1, "whole": 2, "outside": 1, "roles": 3}


@pytest.mark.parametrize(
    ("state", "removed", "placed"), [("proposed", None, 0), ("removed", 200, 0), ("removed", 30, 1), ("removed", 10, 1)]
)
def test_only_who_stood_on_the_bench_until_then_was_placed_from_it(leader, cycle, unit, people, state, removed, placed):
    plan, long_ago = a_role(unit), timezone.now() - datetime.timedelta(days=300)
    standing = {"state": state, "created_at": long_ago}
    if removed:
        standing |= {"approved_at": long_ago, "removed_at": timezone.now() - datetime.timedelta(days=removed)}
    SuccessorFactory(plan=plan, employee=people[0], **standing)
    takes(people[0], plan)

    assert figure(Question.PLACED, leader, cycle, unit)["part"] == placed


def test_a_new_manager_of_whoever_holds_a_role_is_no_change_of_hands(leader, cycle, unit, people):
    plan = a_role(unit, on=100)
    Employment.objects.create(employee=people[0], position=plan.position, starts_on=days_ago(900), ends_on=days_ago(51))
    takes(people[0], plan, days=50)

    assert figure(Question.PLACED, leader, cycle, unit)["whole"] == 0


# Whose data


def test_nobody_is_in_their_own_audit_and_a_partner_audits_their_units_without_those_above(cycle, unit, people):
    boss = EmployeeFactory(org_unit=unit)
    partner = make_user("hrbp", unit=unit, employee=EmployeeFactory(org_unit=unit, manager=boss))
    elsewhere = EmployeeFactory(org_unit=OrgUnitFactory())
    for person in (*people, boss, partner.employee, elsewhere):
        finished(cycle, person)

    assert figure(Question.COVERAGE, partner, cycle) == {"part": 6, "whole": 6}
    assert figure(Question.AGREEMENT, partner, cycle)["whole"] == 6


@pytest.mark.parametrize("role", ["employee", "manager", "executive", "admin"])
def test_the_page_is_hr_only(client, cycle, role):
    client.force_login(make_user(role))

    assert client.get(reverse("calibration:readiness")).status_code == 404
    assert client.post(reverse("calibration:readiness_start"), {"cycle": cycle.pk}).status_code == 404
    assert not ReadinessAudit.objects.exists()


def test_a_partner_cannot_ask_about_others_units(client, cycle, unit):
    other = OrgUnitFactory()
    client.force_login(make_user("hrbp", unit=unit))

    answer = client.post(reverse("calibration:readiness_start"), {"cycle": cycle.pk, "org_unit": other.code})

    assert answer.status_code == 422
    assert "not one of the units you look after" in answer.content.decode()
    assert not ReadinessAudit.objects.exists()
    assert not Job.objects.exists()


def an_audit(user, cycle, deliver_events, unit=None):
    start_readiness_audit(by=user, cycle=cycle, org_unit=unit)
    deliver_events()
    return ReadinessAudit.objects.latest("pk")


def test_an_audit_belongs_to_its_reader_and_goes_with_their_units(client, cycle, unit, deliver_events):
    partner = make_user("hrbp", unit=unit)
    audits = [an_audit(partner, cycle, deliver_events), an_audit(partner, cycle, deliver_events, unit)]
    other = make_user("hrleader")
    assert list(ReadinessAudit.objects.visible_to(other)) == []
    assert set(ReadinessAudit.objects.visible_to(partner)) == set(audits)

    RoleGrant.objects.filter(user=partner).update(org_unit=OrgUnitFactory())
    client.force_login(type(partner).objects.get(pk=partner.pk))

    for audit in audits:
        assert client.get(audit.get_absolute_url()).status_code == 404
        assert client.get(reverse("calibration:readiness_pdf", args=[audit.pk])).status_code == 404


# The page


def test_before_the_first_audit_the_page_says_what_to_do(client, leader, cycle):
    client.force_login(leader)

    page = client.get(reverse("calibration:readiness")).content.decode()

    assert "No audit yet" in page
    assert cycle.name in page


def test_the_newest_calibrated_cycle_that_is_over_is_offered_first(client, leader, cycle):
    ReviewCycleFactory(state="calibration", ends_on=TODAY(), starts_on=days_ago(360))
    ReviewCycleFactory(state="completed", is_calibrated=False, ends_on=TODAY(), starts_on=days_ago(360))
    client.force_login(leader)

    assert client.get(reverse("calibration:readiness")).context["form"].fields["cycle"].initial == cycle


def test_from_the_button_to_the_answers(client, leader, cycle, unit, people, deliver_events):
    for person in people:
        finished(cycle, person)
    client.force_login(leader)

    started = client.post(
        reverse("calibration:readiness_start"), {"cycle": cycle.pk, "org_unit": unit.code}, follow=True
    )
    assert "hx-trigger" in started.content.decode()
    deliver_events()
    page = client.get(reverse("calibration:readiness")).content.decode()

    assert "6 of 6 people who work here, and did in the period, have a finished review." in page
    assert "No exit was recorded in the last twelve months." in page
    assert "Good from 90\N{NO-BREAK SPACE}%, watch from 75\N{NO-BREAK SPACE}%" in page
    topics = list(Fact.objects.filter(subject_type="calibration.readinessaudit").values_list("topic", flat=True))
    assert sorted(topics) == ["calibration.readiness_audit_computed", "calibration.readiness_audit_started"]


def test_a_figure_about_fewer_than_five_is_kept_back(client, leader, cycle, unit, deliver_events):
    for _ in range(4):
        finished(cycle, EmployeeFactory(org_unit=unit))
    audit = an_audit(leader, cycle, deliver_events, unit)

    answer = Report(audit).trust_answers[0]

    assert (answer.verdict, answer.value, answer.part, answer.whole) == (Verdict.UNKNOWN, None, None, None)
    assert "kept back" in answer.evidence


def test_a_computed_audit_stays_as_it_was(leader, cycle, unit, people, deliver_events):
    audit = an_audit(leader, cycle, deliver_events, unit)
    before = audit.figures
    finished(cycle, people[0])

    Job.objects.update(state="queued")
    deliver_events()

    audit.refresh_from_db()
    assert audit.figures == before


def test_the_audit_can_be_taken_away_and_printed(client, leader, cycle, unit, people, deliver_events):
    for person in people:
        finished(cycle, person)
    audit = an_audit(leader, cycle, deliver_events, unit)
    client.force_login(leader)

    file = client.post(
        reverse("home:list_export", args=["calibration.readiness"]), {"format": "csv", "query": f"audit={audit.pk}"}
    )
    pdf = client.get(reverse("calibration:readiness_pdf", args=[audit.pk]))

    assert len(file.content.decode().strip().splitlines()) == 13
    assert "Was everybody reviewed?,Good,100.0,6,6" in file.content.decode()
    assert pdf.status_code in {200, 503}


def test_anothers_audit_cannot_be_taken_away(client, leader, cycle, deliver_events):
    audit = an_audit(leader, cycle, deliver_events)
    client.force_login(make_user("hrleader"))

    file = client.post(
        reverse("home:list_export", args=["calibration.readiness"]), {"format": "csv", "query": f"audit={audit.pk}"}
    )

    assert len(file.content.decode().strip().splitlines()) == 1


def test_a_cycle_that_has_not_begun_is_refused(client, leader):
    draft = ReviewCycleFactory(state="draft")
    client.force_login(leader)

    assert client.post(reverse("calibration:readiness_start"), {"cycle": draft.pk}).status_code == 422
    assert not ReadinessAudit.objects.exists()


# The API


def api(principal):
    client = APIClient()
    client.force_authenticate(principal)
    return client


@pytest.mark.parametrize("acts", [False, True])
def test_the_api_computes_and_answers_for_whoever_asked(leader, cycle, unit, people, deliver_events, acts):
    for person in people:
        finished(cycle, person)
    principal = ActingPrincipal("bi", SCOPES, leader) if acts else ClientPrincipal("bi", SCOPES)

    started = api(principal).post("/api/v1/readiness-audits/", {"cycle": cycle.pk, "org_unit": unit.pk}, format="json")
    deliver_events()
    found = api(principal).get("/api/v1/readiness-audits/").json()["results"]

    assert started.status_code == 202
    answers = {answer["question"]: answer for answer in found[0]["report"]["answers"]}
    assert (answers["coverage"]["part"], answers["coverage"]["whole"]) == (6, 6)
    assert api(ClientPrincipal("another", SCOPES)).get("/api/v1/readiness-audits/").json()["results"] == []


def test_a_client_without_the_scope_is_refused(cycle):
    principal = ClientPrincipal("bi", frozenset({"calibration:read"}))

    assert api(principal).post("/api/v1/readiness-audits/", {"cycle": cycle.pk}, format="json").status_code == 403
    assert not ReadinessAudit.objects.exists()


# How much it costs


def test_as_many_queries_for_three_people_as_for_one(leader, cycle, unit):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            figures_of(leader, cycle, unit)
        return len(asked)

    finished(cycle, EmployeeFactory(org_unit=unit))
    queries()  # who they are is worked out once
    one = queries()
    for _ in range(2):
        finished(cycle, high_performer(EmployeeFactory(org_unit=unit)))
        high_performer(gone(unit))
    assert queries() == one < 20


# How answers follow


def share(part, whole=100, **more):
    return {"part": part, "whole": whole, **more}


@pytest.mark.parametrize(
    ("question", "given", "expected"),
    [
        (Question.COVERAGE, share(90), Verdict.GOOD),
        (Question.COVERAGE, share(89), Verdict.WATCH),
        (Question.COVERAGE, share(74), Verdict.NOT_YET),
        (Question.COVERAGE, share(0, 0), Verdict.UNKNOWN),
        (Question.COVERAGE, None, Verdict.UNKNOWN),
        (Question.COVERAGE, share(4, 4), Verdict.UNKNOWN),
        (Question.AGREEMENT, share(80, levels=20), Verdict.GOOD),
        (Question.AGREEMENT, share(100, levels=0), Verdict.WATCH),
        (Question.AGREEMENT, share(39, levels=70), Verdict.NOT_YET),
        (Question.FEEDBACK, share(100, 100, days=91), Verdict.GOOD),
        (Question.FEEDBACK, share(10, 100, days=91), Verdict.NOT_YET),
        (Question.FEEDBACK, share(100, 100, days=29), Verdict.UNKNOWN),
        (Question.LOSSES, share(5, leavers=9, unexplained=0), Verdict.GOOD),
        (Question.LOSSES, share(11, leavers=20, unexplained=4), Verdict.NOT_YET),
        (Question.LOSSES, share(0, leavers=0, unexplained=0), Verdict.UNKNOWN),
        (Question.LOSSES, share(0, leavers=10, unexplained=3), Verdict.UNKNOWN),
        (Question.UNSEEN, share(0, 0, leavers=9, unexplained=0), Verdict.GOOD),
        (Question.UNSEEN, share(0, 0, leavers=0, unexplained=0), Verdict.UNKNOWN),
        (Question.UNSEEN, share(3, 5, leavers=9, unexplained=0), Verdict.NOT_YET),
        (Question.PLACED, share(1, 2), Verdict.GOOD),
        (Question.PLACED, share(0, 1), Verdict.NOT_YET),
        (Question.PLACED, share(0, 0), Verdict.UNKNOWN),
    ],
)
def test_verdicts_follow_from_figures(question, given, expected):
    assert judge(question, given) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, Verdict.GOOD),
        ({Question.GOALS: Verdict.WATCH, Question.TOLD_APART: Verdict.UNKNOWN}, Verdict.GOOD),
        ({Question.GOALS: Verdict.NOT_YET}, Verdict.WATCH),
        ({Question.FRESH: Verdict.WATCH}, Verdict.WATCH),
        ({Question.FRESH: Verdict.UNKNOWN}, Verdict.UNKNOWN),
        ({Question.FRESH: Verdict.UNKNOWN, Question.COVERAGE: Verdict.NOT_YET}, Verdict.NOT_YET),
    ],
)
def test_trust_follows_from_its_parts(changed, expected):
    assert trust(dict.fromkeys(Question, Verdict.GOOD) | changed) == expected


@pytest.mark.parametrize(
    ("performance", "talent", "expected"),
    [
        (Verdict.NOT_YET, Verdict.UNKNOWN, First.PERFORMANCE),
        (Verdict.NOT_YET, Verdict.NOT_YET, First.PERFORMANCE),
        (Verdict.WATCH, Verdict.NOT_YET, First.TALENT),
        (Verdict.WATCH, Verdict.WATCH, First.PERFORMANCE),
        (Verdict.GOOD, Verdict.WATCH, First.TALENT),
        (Verdict.WATCH, Verdict.GOOD, First.PERFORMANCE),
        (Verdict.GOOD, Verdict.GOOD, First.BOTH),
        (Verdict.GOOD, Verdict.UNKNOWN, First.OPEN),
        (Verdict.UNKNOWN, Verdict.GOOD, First.OPEN),
    ],
)
def test_what_stands_worse_comes_first_and_at_a_tie_performance(performance, talent, expected):
    assert first(performance, talent) == expected


def test_a_frequency_is_for_each_person_and_quarter(leader, cycle):
    audit = ReadinessAudit(cycle=cycle, figures={Question.FEEDBACK: share(200, 100, days=365)})

    answer = next(answer for answer in Report(audit).answers if answer.question == Question.FEEDBACK)

    assert answer.value == Decimal("0.50")
    assert answer.verdict == Verdict.WATCH


@pytest.mark.parametrize(
    ("question", "part", "whole", "shown", "verdict"),
    [
        (Question.COVERAGE, 899, 1000, "89.9", Verdict.WATCH),
        (Question.COVERAGE, 18, 20, "90", Verdict.GOOD),
        (Question.COVERAGE, 20, 20, "100", Verdict.GOOD),
        (Question.LOSSES, 107, 1000, "10.7", Verdict.NOT_YET),
    ],
)
def test_a_figure_is_shown_as_it_is_judged(cycle, question, part, whole, shown, verdict):
    figure = share(part, whole, leavers=200, unexplained=0)

    answer = next(it for it in Report(ReadinessAudit(cycle=cycle, figures={question: figure})).answers if it.figure)

    assert (answer.shown, answer.verdict) == (f"{shown}\N{NO-BREAK SPACE}%", verdict)


def test_by_how_much_ratings_moved_is_rounded_and_not_cut_off(cycle):
    audit = ReadinessAudit(cycle=cycle, figures={Question.AGREEMENT: share(3, 6, levels=4)})

    answer = next(answer for answer in Report(audit).answers if answer.figure)

    assert "a rating moved by 0.67 levels" in answer.evidence
