"""Feedback given, asked for and answered: who reads it is what its giver chose, and nothing typed is lost."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance import actions
from performance.enums import FeedbackVisibility, RequestState
from performance.feedback.readers import readers_of_feedback
from performance.models import Feedback, FeedbackRequest
from tests.factories.people import CompetencyFactory, EmployeeFactory, OrgUnitFactory, make_chain, make_user
from tests.factories.performance import FeedbackFactory, FeedbackRequestFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db

ANSWER = {"kind": "observation", "visibility": "recipient", "text": "Speak slower."}


def signed_in(client, employee):
    user = make_user(employee=employee)
    client.force_login(user)
    return user


def acting_for(user):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), user))
    return caller


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


class TestAsking:
    def test_each_colleague_gets_a_question_of_their_own_and_is_told(self):
        asker, colleagues = make_user(), EmployeeFactory.create_batch(2)

        made = actions.request_feedback(
            by=asker, about=asker.employee, asked=colleagues, question=" How was the talk? "
        )

        assert [(row.asked, row.question, row.state) for row in made] == [
            (person, "How was the talk?", "open") for person in colleagues
        ]
        assert {notice.employee for notice in Notice.objects.filter(kind="performance.feedback_requested")} == set(
            colleagues
        )
        assert Fact.objects.filter(topic="performance.feedback_requested").count() == 2

    @pytest.mark.parametrize("reason", ["asked twice", "oneself", "subject", "left", "nobody", "past day"])
    def test_a_refused_question_asks_nobody(self, reason):
        asker, one, other = make_user(), EmployeeFactory(), EmployeeFactory()
        fields = {"about": asker.employee, "asked": [one, other], "question": "How was it?"}
        if reason == "asked twice":
            FeedbackRequestFactory(asker=asker.employee, asked=other)
        elif reason == "oneself":
            fields["asked"] = [one, asker.employee]
        elif reason == "subject":
            fields |= {"about": other}
        elif reason == "left":
            other.status = "left"
        elif reason == "nobody":
            fields["asked"] = []
        else:
            fields["due_on"] = timezone.localdate() - datetime.timedelta(days=1)
        before = FeedbackRequest.objects.count()

        with pytest.raises(ActionError):
            actions.request_feedback(by=asker, **fields)

        assert FeedbackRequest.objects.count() == before
        assert not Notice.objects.exists()

    @pytest.mark.parametrize(("who", "may"), [("colleague", False), ("manager", True), ("oneself", True)])
    def test_one_asks_about_oneself_and_those_one_leads(self, client, who, may):
        manager, person = make_chain(2)
        asker = {"colleague": EmployeeFactory(), "manager": manager, "oneself": person}[who]
        signed_in(client, asker)
        fields = {"about": person.employee_number, "asked_0": EmployeeFactory().employee_number, "question": "How?"}

        answer = client.post(reverse("performance:feedback_request_create"), fields)

        assert answer.status_code == (302 if may else 422)
        assert FeedbackRequest.objects.exists() == may
        if not may:
            assert answer.context["form"].errors.keys() == {"about"}

    def test_what_was_typed_stays_after_a_refusal(self, client):
        signed_in(client, EmployeeFactory())

        answer = client.post(
            reverse("performance:feedback_request_create"), {"asked_0": "nobody", "question": "A long question"}
        )

        assert answer.status_code == 422
        assert "A long question" in answer.content.decode()
        assert 'value="nobody"' in answer.content.decode()

    def test_it_is_seen_by_the_two_and_nobody_else(self):
        manager, person = make_chain(2)
        row = FeedbackRequestFactory(asker=manager, about=person)
        others = [make_user(employee=person), make_user(Role.HR_LEADER), make_user(Role.HRBP), make_user()]
        two = [make_user(employee=manager), make_user(employee=row.asked)]

        assert [FeedbackRequest.objects.visible_to(user).exists() for user in others] == [False] * 4
        assert [FeedbackRequest.objects.visible_to(user).exists() for user in two] == [True] * 2


class TestAnswering:
    def test_an_answer_is_feedback_tied_to_the_question(self):
        competency = CompetencyFactory()
        row = FeedbackRequestFactory(competency=competency)

        feedback = actions.answer_feedback_request(row, by=make_user(employee=row.asked), **ANSWER)

        row.refresh_from_db()
        assert (feedback.request, feedback.giver, feedback.recipient) == (row, row.asked, row.about)
        assert (feedback.competency, row.state) == (competency, RequestState.ANSWERED)
        assert Notice.objects.get().employee == row.asker

    @pytest.mark.parametrize("lets_asker", [False, True])
    def test_whoever_asked_about_another_reads_what_the_giver_lets_them(self, lets_asker):
        leader = make_user(Role.HR_LEADER)
        row = FeedbackRequestFactory(asker=leader.employee, about=EmployeeFactory())

        feedback = actions.answer_feedback_request(
            row, by=make_user(employee=row.asked), **ANSWER, is_read_by_asker=lets_asker
        )

        assert Feedback.objects.visible_to(leader).filter(pk=feedback.pk).exists() == lets_asker
        assert Feedback.objects.visible_to(make_user(employee=row.about)).filter(pk=feedback.pk).exists()

    def test_who_asked_about_somebody_is_not_told_to_that_person(self, client):
        manager, person = make_chain(2)
        row = FeedbackRequestFactory(asker=manager, about=person)
        feedback = actions.answer_feedback_request(row, by=make_user(employee=row.asked), **ANSWER)
        recipient = signed_in(client, person)
        words = f"{manager.name} asked for this"

        page = client.get(reverse("performance:feedback_detail", args=[feedback.pk])).content.decode()
        seen = acting_for(recipient).get(f"/api/v1/feedback/{feedback.pk}/").json()
        client.force_login(make_user(employee=manager))
        theirs = client.get(reverse("performance:feedback_detail", args=[feedback.pk])).content.decode()

        assert (words in page, words in theirs) == (False, True)
        assert (seen["request"], seen["is_read_by_asker"]) == (None, None)

    def test_an_answer_for_the_asker_alone_is_kept_from_the_person_it_is_about(self):
        manager, person = make_chain(2)
        row = FeedbackRequestFactory(asker=manager, about=person)
        fields = {**ANSWER, "visibility": FeedbackVisibility.GIVER}

        feedback = actions.answer_feedback_request(row, by=make_user(employee=row.asked), **fields)

        assert Feedback.objects.visible_to(make_user(employee=manager)).get() == feedback
        assert not Feedback.objects.visible_to(make_user(employee=person)).exists()
        assert not Notice.objects.filter(employee=person).exists()
        assert not Fact.objects.filter(person_id=person.pk).exists()

    @pytest.mark.parametrize("is_about_asker", [False, True])
    def test_an_answer_nobody_would_read_is_refused(self, is_about_asker):
        row = FeedbackRequestFactory() if is_about_asker else FeedbackRequestFactory(about=EmployeeFactory())
        fields = {**ANSWER, "visibility": FeedbackVisibility.GIVER, "is_read_by_asker": is_about_asker}

        with pytest.raises(ActionError):
            actions.answer_feedback_request(row, by=make_user(employee=row.asked), **fields)

        row.refresh_from_db()
        assert row.is_open
        assert not Feedback.objects.exists()

    @pytest.mark.parametrize("state", ["answered", "declined", "withdrawn"])
    def test_text_typed_too_late_is_still_on_the_page(self, client, state):
        row = FeedbackRequestFactory(state=state)
        signed_in(client, row.asked)

        answer = client.post(reverse("performance:feedback_request_answer", args=[row.pk]), ANSWER)

        assert answer.status_code == 422
        assert "Speak slower." in answer.content.decode()
        assert not Feedback.objects.exists()

    def test_declining_takes_a_reason_that_only_the_asker_reads(self, client):
        row = FeedbackRequestFactory()
        signed_in(client, row.asked)
        url = reverse("performance:feedback_request_decline", args=[row.pk])

        assert client.post(url, {"reason": ""}).status_code == 422
        assert client.post(url, {"reason": "I was away"}).status_code == 302

        row.refresh_from_db()
        assert (row.state, row.reason) == ("declined", "I was away")
        assert [(notice.employee, notice.title) for notice in Notice.objects.all()] == [
            (row.asker, f"{row.asked.name} declined your request for feedback")
        ]

    @pytest.mark.parametrize("state", ["answered", "declined", "withdrawn"])
    def test_what_is_settled_stays_settled(self, state):
        row = FeedbackRequestFactory(state=state)

        for step in (
            lambda: actions.answer_feedback_request(row, by=make_user(employee=row.asked), **ANSWER),
            lambda: actions.decline_feedback_request(row, by=None, reason="No"),
            lambda: actions.withdraw_feedback_request(row, by=None),
        ):
            with pytest.raises(ActionError):
                step()

        row.refresh_from_db()
        assert row.state == state

    def test_a_reminder_comes_once_as_the_day_nears(self, deliver_events):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        near, _ = FeedbackRequestFactory(due_on=tomorrow), FeedbackRequestFactory(due_on=None)
        FeedbackRequestFactory(due_on=tomorrow, state="answered")

        actions.remind_of_feedback_requests()
        actions.remind_of_feedback_requests()

        assert [(notice.employee, notice.kind) for notice in Notice.objects.all()] == [
            (near.asked, "performance.feedback_request_due")
        ]


class TestTakingBackAndThanking:
    def test_what_is_taken_back_is_its_givers_alone_and_the_question_waits_again(self):
        row = FeedbackRequestFactory()
        giver = make_user(employee=row.asked)
        feedback = actions.answer_feedback_request(row, by=giver, **ANSWER)

        actions.take_back_feedback(feedback, by=giver)

        row.refresh_from_db()
        assert row.is_open
        assert not Feedback.objects.visible_to(make_user(employee=row.asker)).exists()
        assert Feedback.objects.visible_to(giver).get().taken_back_at
        assert Fact.objects.filter(topic="performance.feedback_taken_back").count() == 1

    def test_a_question_asked_anew_meanwhile_stays_the_only_open_one(self):
        row = FeedbackRequestFactory()
        feedback = actions.answer_feedback_request(row, by=make_user(employee=row.asked), **ANSWER)
        again = FeedbackRequestFactory(asker=row.asker, asked=row.asked)

        actions.take_back_feedback(feedback, by=None)

        assert list(FeedbackRequest.objects.open()) == [again]

    def test_after_a_day_it_stays_said(self, client):
        feedback = FeedbackFactory(given_at=timezone.now() - datetime.timedelta(hours=25))
        signed_in(client, feedback.giver)

        client.post(reverse("performance:feedback_take_back", args=[feedback.pk]))
        page = client.get(reverse("performance:feedback_detail", args=[feedback.pk]))

        feedback.refresh_from_db()
        assert feedback.taken_back_at is None
        assert not page.context["may_take_back"]

    def test_thanks_are_said_once_and_told(self):
        feedback = FeedbackFactory()
        recipient = make_user(employee=feedback.recipient)

        actions.thank_for_feedback(feedback, by=recipient)
        actions.thank_for_feedback(feedback, by=recipient)

        assert Notice.objects.get(kind="performance.feedback_thanked").employee == feedback.giver
        assert Fact.objects.filter(topic="performance.feedback_thanked").count() == 1


class TestGiving:
    @pytest.mark.parametrize("door", ["action", "api"])
    def test_nobody_gives_feedback_to_who_has_left(self, door):
        giver, gone = make_user(), EmployeeFactory(status="left")
        fields = {"kind": "praise", "visibility": "recipient", "text": "Well done"}

        if door == "action":
            with pytest.raises(ActionError):
                actions.give_feedback(by=giver, recipient=gone, **fields)
        else:
            answer = acting_for(giver).post("/api/v1/feedback/", fields | {"recipient": gone.pk}, format="json")
            assert answer.status_code == 409

        assert not Feedback.objects.exists()

    @pytest.mark.parametrize("visibility", sorted(FeedbackVisibility))
    def test_the_names_under_the_form_are_those_who_may_read(self, visibility):
        unit = OrgUnitFactory()
        top, manager, recipient = make_chain(3, org_unit=unit)
        feedback = FeedbackFactory(recipient=recipient, visibility=visibility)
        people = [top, manager, recipient, EmployeeFactory(org_unit=unit)]
        read = {
            person.name
            for person in people
            if Feedback.objects.visible_to(make_user(employee=person)).filter(pk=feedback.pk).exists()
        }

        named = " ".join(readers_of_feedback(recipient, visibility))

        if visibility == FeedbackVisibility.EVERYONE:
            assert (named, len(read)) == ("Everyone in the company", 4)
        else:
            assert {person.name for person in people if person.name in named} == read

    def test_a_note_for_oneself_tells_nobody_and_is_no_fact_about_the_other(self):
        giver, person = make_user(), EmployeeFactory()

        actions.give_feedback(by=giver, recipient=person, kind="observation", visibility="giver", text="Remember this")

        assert not Notice.objects.exists()
        assert not Fact.objects.filter(person_id=person.pk).exists()

    def test_a_personal_goal_stays_hidden_from_who_may_not_see_it(self, client):
        goal = ObjectiveFactory(title="A secret plan")
        FeedbackFactory(recipient=goal.owner, objective=goal, visibility="everyone")
        stranger = signed_in(client, EmployeeFactory())

        page = client.get(reverse("performance:feedback_list") + "?show=wall").content.decode()
        row = acting_for(stranger).get("/api/v1/feedback/").json()["results"][0]

        assert "A secret plan" not in page
        assert row["objective"] is None

    def test_the_goal_one_came_from_is_tied(self, client):
        goal = ObjectiveFactory(owner=EmployeeFactory(manager=EmployeeFactory()))
        signed_in(client, goal.owner.manager)
        fields = {"person": goal.owner.employee_number, "objective": goal.pk, **ANSWER}

        client.post(reverse("performance:feedback_give"), fields)

        assert Feedback.objects.get().objective == goal


@pytest.mark.parametrize(
    ("who", "offers"),
    [
        ("manager", {"Give feedback", "Ask colleagues about them", "Start one-to-ones"}),
        ("oneself", {"Ask for feedback"}),
        ("stranger", {"Give feedback"}),
    ],
)
def test_a_persons_page_offers_what_the_reader_can_do(client, who, offers):
    manager, person = make_chain(2)
    signed_in(client, {"manager": manager, "oneself": person, "stranger": EmployeeFactory()}[who])
    every = {"Give feedback", "Ask for feedback", "Ask colleagues about them", "Start one-to-ones"}

    page = client.get(reverse("people:employee_detail", args=[person.pk])).content.decode()

    assert {words for words in every if words in page} == offers


@pytest.mark.parametrize("show", ["to_answer", "mine"])
def test_request_list_asks_the_same_for_one_and_three(client, show):
    user = signed_in(client, EmployeeFactory())
    side = "asked" if show == "to_answer" else "asker"
    url = reverse("performance:feedback_request_list") + f"?show={show}"
    FeedbackRequestFactory(**{side: user.employee})

    for_one = queries(client, url)
    FeedbackRequestFactory.create_batch(2, **{side: user.employee})

    assert queries(client, url) == for_one


@pytest.mark.parametrize("resource", ["feedback", "feedback-requests"])
def test_api_list_asks_the_same_for_one_and_three(resource):
    user = make_user()
    caller = acting_for(user)
    make = {
        "feedback": lambda: FeedbackFactory(
            recipient=user.employee, objective=ObjectiveFactory(owner=user.employee), competency=CompetencyFactory()
        ),
        "feedback-requests": lambda: FeedbackRequestFactory(asked=user.employee),
    }[resource]

    def cost():
        with CaptureQueriesContext(connection) as captured:
            answer = caller.get(f"/api/v1/{resource}/")
        return len(captured), len(answer.json()["results"])

    cost()  # who asks is looked up once
    make()
    one = cost()
    make()
    make()

    assert cost() == (one[0], 3)


def test_the_wall_narrows_by_unit_and_competency(client):
    unit, competency = OrgUnitFactory(), CompetencyFactory()
    praise = FeedbackFactory(recipient__org_unit=unit, competency=competency, visibility="everyone")
    FeedbackFactory(visibility="everyone")
    signed_in(client, EmployeeFactory())
    url = reverse("performance:feedback_list")

    for narrow in (f"unit={unit.pk}", f"competency={competency.pk}"):
        assert client.get(f"{url}?show=wall&{narrow}").context["page"].rows == [praise]


def test_asked_and_answered_through_the_api():
    asker, colleague = make_user(), make_user()
    mine, theirs = acting_for(asker), acting_for(colleague)

    made = mine.post(
        "/api/v1/feedback-requests/", {"asked": [colleague.employee_id], "question": "How?"}, format="json"
    )
    answered = theirs.post(f"/api/v1/feedback-requests/{made.json()[0]['id']}/answer/", ANSWER, format="json")

    assert (made.status_code, answered.status_code) == (201, 200)
    assert mine.get("/api/v1/feedback/").json()["results"][0]["text"] == "Speak slower."


def test_a_personal_goal_is_not_named_to_a_colleague_who_is_asked(client):
    asker = EmployeeFactory()
    goal = ObjectiveFactory(owner=asker, title="Lead the merger")
    row = FeedbackRequestFactory(asker=asker, objective=goal)
    url = reverse("performance:feedback_request_detail", args=[row.pk])
    named = {}
    for who in (asker, row.asked):
        client.force_login(make_user(employee=who))
        named[who] = "Lead the merger" in client.get(url).content.decode()

    assert named == {asker: True, row.asked: False}
