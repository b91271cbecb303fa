"""Who sees a figure: nobody who could work out of it a rating that is not theirs to know."""

import pytest
from django.urls import reverse

from calibration.actions import lock_session
from calibration.actions.evidence import compute_evidence
from calibration.enums import SuggestionAnswer
from calibration.models import ManagerEvidence, Recusal, Suggestion
from performance.actions import reassign_review, reopen_review
from performance.models import Review, ReviewPart
from tests.calibration.organisation import open_table, rated_company
from tests.factories.calibration import SessionFactory
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ObjectiveFactory, ReviewCycleFactory, ReviewFactory, rating_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return rated_company(seed=4)


def seen_by(user):
    return set(ManagerEvidence.objects.visible_to(user).newest().values_list("manager", flat=True))


def everybody(company):
    return {manager.pk for manager in company.managers}


def seat(session, employee):
    session.participants.create(employee=employee)
    return make_user("employee", employee=employee)


def test_the_table_hr_and_the_partner_see_every_manager_and_nobody_else_does(company):
    session = open_table(company)
    compute_evidence(company.cycle, by=None)
    guest = seat(session, EmployeeFactory())

    assert seen_by(guest) == everybody(company)
    assert seen_by(make_user("hrleader")) == everybody(company)
    assert seen_by(make_user("hrbp", unit=company.unit)) == everybody(company)
    for outsider in (make_user("hrbp", unit=OrgUnitFactory()), make_user("admin"), make_user("employee")):
        assert seen_by(outsider) == set()


def test_whoever_is_rated_in_a_team_does_not_see_its_figure(company):
    """With it and the cards of all colleagues the rating somebody got would be one subtraction away."""
    session = open_table(company)
    compute_evidence(company.cycle, by=None)
    person = company.people[0]

    seen = seen_by(seat(session, person))

    assert seen == everybody(company) - {person.manager_id}


def test_whoever_reports_to_somebody_rated_in_a_team_does_not_see_its_figure(company):
    session = open_table(company)
    compute_evidence(company.cycle, by=None)
    person = company.people[0]
    below = EmployeeFactory(manager=person)

    assert seen_by(seat(session, below)) == everybody(company) - {person.manager_id}


def test_a_declared_conflict_hides_the_figure_from_whatever_role(company):
    session = open_table(company)
    compute_evidence(company.cycle, by=None)
    leader, person = make_user("hrleader"), company.people[0]

    Recusal.objects.create(session=session, employee=leader.employee, about=person, reason="Family")

    assert seen_by(leader) == everybody(company) - {person.manager_id}


def test_a_rating_at_another_table_hides_the_figure_and_its_absence_shows_it(company):
    """The same team with and without one rating that the reader does not see."""
    other = OrgUnitFactory()
    away = company.people[0]
    Review.objects.filter(employee=away).update(org_unit=other)
    session = open_table(company)
    elsewhere = SessionFactory(cycle=company.cycle, org_unit=other)
    guest = seat(session, EmployeeFactory())
    compute_evidence(company.cycle, by=None)

    hidden = seen_by(guest)
    Review.objects.filter(employee=away).update(state="withdrawn", proposed_rating=None)
    compute_evidence(company.cycle, by=None)

    assert elsewhere.state == "preparing"
    assert hidden == everybody(company) - {away.manager_id}
    assert seen_by(guest) == everybody(company)


def test_a_rating_given_anew_after_reopening_is_not_the_one_the_table_saw(company):
    session = open_table(company)
    guest, changed = seat(session, EmployeeFactory()), company.people[0]
    review = Review.objects.get(employee=changed, cycle=company.cycle)
    ReviewPart.objects.create(review=review, side="manager")
    lock_session(session, by=None)
    reopen_review(Review.objects.get(pk=review.pk), by=None, reason="A result came in late")
    other = next(value for value in (1, 5) if value != review.proposed_rating.value)
    Review.objects.filter(pk=review.pk).update(state="submitted", proposed_rating=rating_of(company.cycle, other))
    compute_evidence(company.cycle, by=None)

    assert seen_by(guest) == everybody(company) - {changed.manager_id}
    assert seen_by(make_user("hrleader")) == everybody(company)


def rate_last_year(company, states):
    """A review in each of these states for people of the first manager, in a cycle before; of all of them goals are known."""
    start, end = (day.replace(year=day.year - 1) for day in (company.cycle.starts_on, company.cycle.ends_on))
    before = ReviewCycleFactory(starts_on=start, ends_on=end, state="closed")
    rating = rating_of(before, 3)
    for person, state in zip(company.people, states, strict=False):
        assert person.manager == company.managers[0]
        ReviewFactory(
            cycle=before, employee=person, state=state, proposed_rating=rating, completed_at=before.created_at
        )
        ObjectiveFactory(owner=person, starts_on=start, due_on=end, progress=50)


@pytest.mark.parametrize(("earlier", "is_shown"), [(1, False), (4, False), (5, True)])
def test_earlier_ratings_a_reader_never_saw_show_only_in_a_crowd(company, earlier, is_shown):
    rate_last_year(company, ["completed"] * earlier)
    session = open_table(company)
    compute_evidence(company.cycle, by=None)
    manager = company.managers[0]

    assert (manager.pk in seen_by(seat(session, EmployeeFactory()))) is is_shown
    assert manager.pk in seen_by(make_user("hrleader"))


def test_a_withdrawn_rating_makes_no_crowd(company):
    """Four ratings of last year lie in the figure, and a fifth that was taken out does not."""
    rate_last_year(company, ["completed"] * 4 + ["withdrawn"])
    session = open_table(company)
    compute_evidence(company.cycle, by=None)
    manager = company.managers[0]

    assert manager.pk not in seen_by(seat(session, EmployeeFactory()))
    assert manager.pk in seen_by(make_user("hrleader"))


@pytest.mark.parametrize("who", ["themselves", "below", "conflict", "stranger"])
def test_a_rating_given_to_another_reviewer_shows_in_no_figure_it_still_lies_in(company, who):
    """The old manager's figure holds it until it is computed anew; whoever may not know it waits until then."""
    away, (old, new, *_) = company.people[0], company.managers
    Review.objects.filter(employee=away).update(org_unit=OrgUnitFactory())
    review = Review.objects.get(employee=away)
    ReviewPart.objects.create(review=review, side="manager")
    session = open_table(company)
    reader = {"themselves": away, "below": EmployeeFactory(manager=away)}.get(who) or EmployeeFactory()
    user, leader = seat(session, reader), make_user("hrleader")
    if who == "conflict":
        user = make_user("hrleader")
        Recusal.objects.create(session=session, employee=user.employee, about=away, reason="Family")
    compute_evidence(company.cycle, by=None)
    assert away.manager == old
    assert old.pk not in seen_by(user)

    reassign_review(review, to=new, by=None, reason="Knows the work better")

    assert old.pk not in seen_by(user)
    assert seen_by(leader) == everybody(company)

    compute_evidence(company.cycle, by=None)

    assert seen_by(user) == everybody(company) - {new.pk}


def test_a_manager_sees_what_is_said_about_their_own_ratings(company):
    session = open_table(company)
    compute_evidence(company.cycle, by=None)
    manager = company.managers[0]

    assert manager.pk in seen_by(seat(session, manager))


def test_the_page_says_whose_figures_are_kept_back_and_why(company, client):
    session = open_table(company)
    run = compute_evidence(company.cycle, by=None)
    person = company.people[0]
    kept = run.findings.get(manager=person.manager)
    client.force_login(seat(session, person))

    page = client.get(reverse("calibration:session_evidence", args=[session.pk]))

    assert page.context["hidden"] == [person.manager]
    assert "These figures rest on a rating you do not see." in page.content.decode()
    assert client.get(reverse("calibration:finding_detail", args=[kept.pk])).status_code == 404


def test_a_suggestion_is_seen_only_with_its_card_and_its_figure(company):
    session = open_table(company)
    run = compute_evidence(company.cycle, by=None)
    suggestion = run.suggestions.select_related("review__employee").first()
    person, manager = suggestion.review.employee, suggestion.finding.manager
    colleague = next(each for each in company.people if each.manager == manager and each != person)

    seen = {
        name: suggestion in Suggestion.objects.visible_to(user)
        for name, user in {
            "leader": make_user("hrleader"),
            "manager": seat(session, manager),
            "colleague": seat(session, colleague),
            "themselves": seat(session, person),
            "outsider": make_user("employee"),
        }.items()
    }

    assert seen == {"leader": True, "manager": True, "colleague": False, "themselves": False, "outsider": False}


def test_no_export_and_no_count_tells_more_than_the_page(company, client, deliver_events):
    session = open_table(company)
    run = compute_evidence(company.cycle, by=None)
    person = company.people[0]
    client.force_login(seat(session, person))

    sent = client.post(
        reverse("home:list_export", args=["calibration.evidence"]),
        {"query": f"cycle={company.cycle.pk}&session={session.pk}", "format": "csv"},
    )
    text = b"".join(sent.streaming_content if sent.streaming else [sent.content]).decode()
    page = client.get(reverse("calibration:session_suggestions", args=[session.pk]))

    assert text.count("\n") == len(company.managers)  # a heading, and one manager less
    assert person.manager.employee_number not in text.split()
    assert f",{person.manager.name}," not in text
    counted = run.suggestions.exclude(finding__manager=person.manager).count()
    assert page.context["left"] == counted
    assert set(SuggestionAnswer.values) == {"accepted", "rejected", "discuss"}
