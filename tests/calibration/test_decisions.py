"""Calibrated ratings: who reads them, what managers are told, and what they may say to it."""

import csv
import io

import pytest
from django.http import QueryDict
from django.urls import reverse
from rest_framework.test import APIClient

from calibration.actions import complete_session, decide_reopened, lock_session, move_card
from calibration.actions.remarks import answer_request, remark_on_decision
from calibration.lists import DECISIONS, HISTORY
from calibration.models import Decision, DecisionRemark, Recusal
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.exports import export_list
from hrportal.people.models import User
from performance.actions import delegate_review, reassign_review, reopen_review
from performance.models import Review
from tests.access.world import EVERY_SCOPE
from tests.factories.calibration import card_of, open_board, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, rating_of

pytestmark = pytest.mark.django_db

LIST = reverse("calibration:decision_list")


@pytest.fixture
def decided(table):
    """The table, locked, after the person under the manager was moved up."""
    card = card_of(table.session, Review.objects.get(employee=table.people[1]))
    up = rating_of(table.cycle, 4)
    move_card(card, by=table.facilitator, rating=up, version=1, rationale="Wider scope", reason="scope")
    Review.objects.filter(employee=table.people[1]).update(reviewer=table.manager)
    lock_session(table.session, by=table.facilitator)
    table.decision = Decision.objects.get(review__employee=table.people[1])
    return table


def page_of(decision, name="decision_detail"):
    return reverse(f"calibration:{name}", args=[decision.pk])


def exported(kind, by, query="") -> list[dict[str, str]]:
    file = export_list(kind, by=by, query=QueryDict(query), format="csv")
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))


def test_the_manager_concerned_sees_that_it_was_moved_and_why(decided, browse):
    page = browse(decided.participant).get(LIST)

    for words in (
        decided.people[1].name,
        "Meets expectations",
        "Exceeds expectations",
        "Wider scope",
        decided.session.name,
    ):
        assert words in page.text
    assert decided.boss.name not in page.text

    detail = browse(decided.participant).get(page_of(decided.decision))
    assert "Wider scope" in detail.text
    assert decided.facilitator.employee.name in detail.text


def test_nobody_reads_a_decision_about_themselves_or_whom_they_report_to(decided, browse):
    own = Decision.objects.get(review__employee=decided.manager)
    above = Decision.objects.get(review__employee=decided.boss)

    page = browse(decided.participant).get(LIST)

    assert decided.manager.employee_number not in page.text
    for hidden in (own, above):
        assert browse(decided.participant).get(page_of(hidden)).status_code == 404
        assert page_of(hidden) not in page.text


@pytest.mark.parametrize("who", ["stranger", "executive", "other_partner", "admin", "facilitator"])
def test_a_decision_is_not_there_for_others(decided, browse, who):
    client = browse(getattr(decided, who))

    assert client.get(page_of(decided.decision)).status_code == 404
    assert decided.people[1].name not in client.get(LIST).text
    assert exported(DECISIONS, getattr(decided, who)) == []


def test_who_stays_out_of_talking_about_somebody_reads_nothing_but_their_own_proposal(decided, browse):
    for person in (decided.leader.employee, decided.manager):
        Recusal.objects.create(session=decided.session, employee=person, about=decided.people[1], reason="Kin")

    assert browse(decided.leader).get(page_of(decided.decision)).status_code == 404
    assert browse(decided.participant).get(page_of(decided.decision)).status_code == 200


def test_each_manager_is_told_once_and_the_notice_holds_no_rating(decided, browse):
    notices = Notice.objects.filter(kind="calibration.ratings_calibrated")

    told = notices.get(employee=decided.manager)
    assert told.words == {"session": decided.session.name, "count": "2"}
    page = browse(decided.participant).get(told.url)
    assert decided.people[1].name in page.text
    assert notices.values("employee").distinct().count() == notices.count()


def test_a_reassigned_review_is_read_by_who_answers_for_it_now(table, browse):
    review, successor = Review.objects.get(employee=table.people[1]), EmployeeFactory()
    reassign_review(review, to=successor, by=None, reason="Moved")
    lock_session(table.session, by=None)

    decision = Decision.objects.get(review=review)
    assert Notice.objects.filter(kind="calibration.ratings_calibrated", employee=successor).exists()
    assert browse(make_user(employee=successor)).get(page_of(decision)).status_code == 200
    assert browse(table.participant).get(page_of(decision)).status_code == 200  # still above the person


def test_a_delegate_reads_only_while_they_write():
    review, delegate = ReviewFactory(), EmployeeFactory()
    delegate_review(review, to=delegate, by=None, reason="Away")
    rating = rating_of(review.cycle, 3)
    decision = Decision.objects.create(review=review, proposed_rating=rating, rating=rating)
    pk = make_user(employee=delegate).pk

    assert Decision.objects.visible_to(User.objects.get(pk=pk)).get() == decision
    review.delegations.update(ended_at="2026-01-01T00:00Z")

    assert not Decision.objects.visible_to(User.objects.get(pk=pk)).exists()


def test_the_list_narrows_by_cycle_session_manager_unit_moved_and_request(decided, browse):
    client = browse(decided.participant)
    remark_on_decision(decided.decision, by=decided.participant, text="Too high", is_request=True)
    name = decided.people[1].name

    for query in (
        f"cycle={decided.cycle.pk}",
        f"session={decided.session.pk}",
        f"manager={decided.manager.pk}",
        f"unit={decided.unit.pk}",
        "moved=true",
        "remarks=waiting",
        f"search={decided.people[1].last_name}",
    ):
        assert name in client.get(f"{LIST}?{query}").text, query
    for query in ("moved=false", f"unit={OrgUnitFactory().pk}", "search=zzz"):
        assert name not in client.get(f"{LIST}?{query}").text, query
    assert "No decision matches" in client.get(f"{LIST}?search=zzz").text


def test_the_filters_offer_no_name_that_is_not_read(decided, browse):
    other = open_board([3])
    lock_session(other, by=None)

    page = browse(decided.participant).get(LIST)

    assert other.name not in page.text
    assert other.cycle.name not in page.text


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(browse, django_assert_num_queries):
    leader, counts = make_user("hrleader"), []
    client = browse(leader)
    client.get(LIST)
    for values in ([3], [3, 4, 5]):
        lock_session(open_board(values), by=None)
        with django_assert_num_queries(30, exact=False) as queries:
            client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_export_holds_what_its_reader_sees(decided):
    (row,) = exported(DECISIONS, decided.participant, "moved=true")

    assert row["Name"] == decided.people[1].name
    assert (row["Proposed"], row["Decided"], row["Moved"]) == ("Meets expectations", "Exceeds expectations", "yes")
    assert (row["Kind of reason"], row["Why"]) == ("Scope or difficulty of the role", "Wider scope")
    assert row["Decided by"] == decided.facilitator.employee.name
    assert row["Session"] == decided.session.name
    below = {row["Name"] for row in exported(DECISIONS, decided.participant)}
    assert below == {decided.people[1].name, decided.partner.employee.name}
    with pytest.raises(ActionError):
        exported(DECISIONS, decided.participant, "moved=nonsense")


def test_a_client_without_the_right_to_ratings_takes_nothing_away(decided):
    person = ActingPrincipal("x", EVERY_SCOPE - {"ratings:read"}, decided.leader)

    assert exported(DECISIONS, person) == []
    assert exported(HISTORY, person) == []


def test_hr_takes_the_way_of_each_rating_away(decided):
    card = decided.session.cards.get(review=decided.decision.review)
    query = f"search={decided.people[1].employee_number}"

    rows = exported(HISTORY, decided.leader, query)

    assert [(row["What happened"], row["From"], row["To"], row["By"]) for row in rows] == [
        ("Proposed", "", "Meets expectations", decided.manager.name),
        ("Moved", "Meets expectations", "Exceeds expectations", decided.facilitator.employee.name),
        ("Decided", "Meets expectations", "Exceeds expectations", decided.facilitator.employee.name),
    ]
    assert {row["Session"] for row in rows} == {decided.session.name}
    assert card.moves.count() == 1
    assert not HISTORY.is_open_to(decided.participant)


def test_a_manager_asks_to_look_again_and_hr_answers_without_touching_the_decision(decided, browse):
    asked = browse(decided.participant).post(
        page_of(decided.decision, "decision_remark"), {"text": "The project failed", "is_request": "on"}
    )
    remark = DecisionRemark.objects.get()
    assert asked.url == page_of(decided.decision)
    assert (remark.is_request, remark.made_by) == (True, decided.manager)
    notice = Notice.objects.get(kind="calibration.asked_to_look_again")
    assert notice.employee == decided.partner.employee
    assert set(notice.words) == {"person", "manager"}
    hr = browse(decided.leader)
    assert "The project failed" in hr.get(notice.url).text
    assert decided.people[1].name in hr.get(reverse("calibration:session_decisions", args=[decided.session.pk])).text

    hr.post(page_of(decided.decision, "decision_answer"), {"answer": "It counts in the next cycle"})

    remark.refresh_from_db()
    assert (remark.answer, remark.answered_by) == ("It counts in the next cycle", decided.leader.employee)
    told = Notice.objects.get(kind="calibration.look_again_answered", employee=decided.manager)
    assert "It counts in the next cycle" in browse(decided.participant).get(told.url).text
    assert Decision.objects.get(pk=decided.decision.pk).rating == decided.decision.rating
    assert list(Fact.objects.filter(topic__startswith="calibration.decision_").values_list("topic", flat=True)) == [
        "calibration.decision_remarked",
        "calibration.decision_request_answered",
    ]


def test_hr_that_may_not_read_the_decision_is_not_asked(decided):
    """The partner stays out of talking about this person: somebody who may read it is told."""
    Recusal.objects.create(
        session=decided.session, employee=decided.partner.employee, about=decided.people[1], reason="Kin"
    )

    remark_on_decision(decided.decision, by=decided.participant, text="Too high", is_request=True)

    told = Notice.objects.filter(kind="calibration.asked_to_look_again").values_list("employee", flat=True)
    assert list(told) == [decided.leader.employee.pk]


def test_a_remark_needs_words_and_one_request_waits_at_a_time(decided, browse):
    client = browse(decided.participant)

    empty = client.post(page_of(decided.decision, "decision_remark"), {"text": " "})
    remark_on_decision(decided.decision, by=decided.participant, text="Too high", is_request=True)
    twice = client.post(page_of(decided.decision, "decision_remark"), {"text": "Much too high", "is_request": "on"})
    remark_on_decision(decided.decision, by=decided.participant, text="And unfair")

    assert (empty.status_code, twice.status_code) == (422, 422)
    assert "Much too high" in twice.text
    assert "asked already" in twice.text
    assert DecisionRemark.objects.count() == 2


def test_after_completion_nobody_asks_to_look_again(decided):
    complete_session(decided.session, by=None)
    run_due_jobs()

    with pytest.raises(ActionError, match="reopen"):
        remark_on_decision(decided.decision, by=decided.participant, text="Too high", is_request=True)
    remark_on_decision(decided.decision, by=decided.participant, text="For the record")

    assert [remark.is_request for remark in DecisionRemark.objects.all()] == [False]


def test_an_answer_needs_a_question_and_words(decided):
    with pytest.raises(ActionError, match="Nobody waits"):
        answer_request(decided.decision, by=decided.leader, answer="It stays")
    remark_on_decision(decided.decision, by=decided.participant, text="Too high", is_request=True)
    with pytest.raises(ActionError):
        answer_request(decided.decision, by=decided.leader, answer=" ")

    assert DecisionRemark.objects.get().answered_at is None


def test_only_managers_ask_and_only_hr_answers_but_never_oneself(decided, browse):
    assert browse(decided.leader).post(page_of(decided.decision, "decision_remark"), {"text": "x"}).status_code == 403
    remark_on_decision(decided.decision, by=decided.participant, text="Too high", is_request=True)
    DecisionRemark.objects.update(made_by=decided.leader.employee)

    answers = [
        browse(who).post(page_of(decided.decision, "decision_answer"), {"answer": "x"}).status_code
        for who in (decided.participant, decided.leader, decided.stranger)
    ]

    assert answers == [404, 403, 404]
    assert DecisionRemark.objects.get().answered_at is None


def test_the_reviewer_hears_of_a_decision_made_again():
    cycle, reviewer = ReviewCycleFactory(), EmployeeFactory()
    review = submitted_review(cycle, reviewer=reviewer)
    session = open_board([], cycle=cycle)
    lock_session(session, by=None)
    complete_session(session, by=None)
    run_due_jobs()
    reopen_review(Review.objects.get(pk=review.pk), by=None, reason="Late")
    Review.objects.filter(pk=review.pk).update(state="submitted")

    decision = decide_reopened(
        Review.objects.get(pk=review.pk), by=None, rating=rating_of(cycle, 4), rationale="It counts"
    )

    notice = Notice.objects.get(kind="calibration.rating_decided_again")
    assert (notice.employee, notice.url) == (reviewer, page_of(decision))


def test_the_api_reads_remarks_and_answers(decided):
    api = APIClient()
    url = reverse("api:calibration-decisions-detail", args=[decided.decision.pk])
    api.force_authenticate(ActingPrincipal("x", EVERY_SCOPE, decided.participant))

    asked = api.post(f"{url}remark/", {"text": "Too high", "is_request": True}, format="json")
    refused = api.post(f"{url}answer/", {"answer": "No"}, format="json")
    api.force_authenticate(ActingPrincipal("x", EVERY_SCOPE, decided.leader))
    answered = api.post(f"{url}answer/", {"answer": "It stays"}, format="json")
    again = api.post(f"{url}answer/", {"answer": "It stays"}, format="json")

    assert asked.data["remarks"][0]["text"] == "Too high"
    assert refused.status_code == 403
    assert answered.data["remarks"][0]["answer"] == "It stays"
    assert again.status_code == 409
    assert (answered.data["review_state"], answered.data["is_standing"]) == ("calibrated", True)


def test_the_panel_of_the_review_says_it_too_and_lets_hr_complete_it(decided, browse):
    review_url = reverse("performance:review_detail", args=[decided.decision.review_id])
    manager_page = browse(decided.participant).get(review_url)
    assert "Wider scope" in manager_page.text
    assert page_of(decided.decision, "decision_complete") not in manager_page.text
    assert browse(decided.participant).post(page_of(decided.decision, "decision_complete")).status_code == 404

    client = browse(decided.leader)
    assert page_of(decided.decision, "decision_complete") in client.get(review_url).text
    client.post(page_of(decided.decision, "decision_complete"))
    again = client.post(page_of(decided.decision, "decision_complete"), follow=True)

    review = Review.objects.get(pk=decided.decision.review_id)
    assert (review.state, review.final_rating.value, review.final_is_calibrated) == ("shared", 4, True)
    assert "does not wait to be completed" in again.text
    assert set(Review.objects.exclude(pk=review.pk).values_list("state", flat=True)) == {"calibrated"}
