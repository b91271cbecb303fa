"""Pages and API of 360 rounds: what is offered, what is refused in words, what a link from outside opens."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.enums import Role
from performance.actions import save_answers
from performance.actions.rounds import mind_round
from performance.enums import RaterState, RoundState
from performance.models import AnswerSheet, FeedbackRound, Rater, RoundTemplate, SheetAnswer
from performance.reviews.evidence import evidence_for
from performance.rounds.external import answer_link
from tests.factories.people import EmployeeFactory, make_chain, make_user
from tests.factories.performance import (
    FeedbackRoundFactory,
    RaterFactory,
    ReviewFactory,
    RoundTemplateFactory,
    answer_sheet,
    collecting_round,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_user(Role.MANAGER)


@pytest.fixture
def subject(manager):
    return make_user(employee=EmployeeFactory(manager=manager.employee))


def url_of(name: str, *args) -> str:
    return reverse(f"performance:{name}", args=args)


def acting_for(user) -> APIClient:
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), user))
    return caller


def in_days(days: int) -> str:
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


class TestRunning:
    def test_a_round_from_asking_to_the_first_question(self, client, manager, subject):
        template, peers = RoundTemplateFactory(), EmployeeFactory.create_batch(3)
        client.force_login(subject)
        client.post(url_of("round_open"), {"template": template.pk, "due_on": in_days(10)})
        round_ = FeedbackRound.objects.get()
        assert round_.state == RoundState.ASKED

        client.force_login(manager)
        assert "Agree to a 360 round" in client.get(reverse("home:my_work")).content.decode()
        client.post(url_of("round_approve", round_.pk))
        client.force_login(subject)
        assert "Name people for your 360 round" in client.get(reverse("home:my_work")).content.decode()
        people = {f"person_{number}": peer.employee_number for number, peer in enumerate(peers)}
        client.post(url_of("round_nominate", round_.pk), {"group": "peer", **people})
        client.force_login(manager)
        assert "Agree to who is asked" in client.get(reverse("home:my_work")).content.decode()
        client.post(url_of("round_raters_approve", round_.pk), {"all": "1"})
        client.post(url_of("round_begin", round_.pk))

        round_.refresh_from_db()
        assert round_.state == RoundState.COLLECTING
        client.force_login(make_user(employee=peers[0]))
        assert f"Your view on {subject.employee.name}" in client.get(reverse("home:my_work")).content.decode()
        assert subject.employee.name in client.get(url_of("round_list")).content.decode()

    def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(self, client, manager, subject):
        round_ = FeedbackRoundFactory(subject=subject.employee)
        client.force_login(manager)

        unknown = client.post(url_of("round_nominate", round_.pk), {"group": "peer", "person_0": "Nobody at all"})
        wrong = client.post(
            url_of("round_nominate", round_.pk), {"group": "report", "person_0": EmployeeFactory().employee_number}
        )

        assert (unknown.status_code, wrong.status_code) == (422, 422)
        assert "Nobody at all" in unknown.content.decode()
        assert "does not report" in str(wrong.context["nominate"].errors["person_0"])
        assert not round_.raters.exclude(group__in=["self", "manager"]).exists()

    def test_a_round_about_somebody_elses_people_is_refused_at_the_field(self, client, manager):
        client.force_login(manager)
        stranger = EmployeeFactory()

        answer = client.post(
            url_of("round_open"),
            {"person": stranger.employee_number, "template": RoundTemplateFactory().pk, "due_on": in_days(9)},
        )

        assert answer.status_code == 422
        assert "person" in answer.context["form"].errors
        assert not FeedbackRound.objects.exists()

    def test_only_hr_says_how_many_are_the_fewest(self, client, manager, subject):
        fields = {
            "person": subject.employee.employee_number,
            "template": RoundTemplateFactory().pk,
            "due_on": in_days(9),
            "min_raters": "5",
        }
        client.force_login(manager)
        client.post(url_of("round_open"), fields)
        assert FeedbackRound.objects.get().min_raters == 3
        FeedbackRound.objects.update(state=RoundState.WITHDRAWN)

        client.force_login(make_user(Role.HR_LEADER))
        client.post(url_of("round_open"), fields)

        assert FeedbackRound.objects.first().min_raters == 5

    def test_a_day_that_is_over_is_refused_at_its_field(self, client, manager, subject):
        round_ = collecting_round(peer=3)
        FeedbackRound.objects.update(subject=subject.employee)
        client.force_login(manager)

        answer = client.post(url_of("round_edit", round_.pk), {"due_on": in_days(-1)})

        assert answer.status_code == 422
        assert "due_on" in answer.context["form"].errors

    @pytest.mark.parametrize("state", sorted(RoundState.values))
    def test_no_page_offers_a_step_the_server_refuses(self, client, manager, subject, state):
        round_ = FeedbackRoundFactory(subject=subject.employee, state=state)
        for user in (manager, subject, make_user(Role.HR_LEADER)):
            client.force_login(user)
            page = client.get(url_of("round_detail", round_.pk))
            assert page.status_code == 200
            for name in ("approve", "begin", "close", "remind", "share", "withdraw", "edit", "nominate"):
                url = url_of(f"round_{name}", round_.pk)
                if f'action="{url}"' in page.content.decode() and name != "begin":
                    assert client.post(url).status_code in {302, 422}

    def test_a_template_is_designed_edited_and_put_away(self, client):
        client.force_login(make_user(Role.HR_LEADER))
        rows = {"questions-TOTAL_FORMS": "2", "questions-INITIAL_FORMS": "0"}
        first = {"questions-0-text": "Listens", "questions-0-kind": "rating"}
        second = {"questions-1-text": "What should stay?", "questions-1-kind": "text"}

        nothing = client.post(url_of("round_template_create"), {"name": "Empty", **rows})
        made = client.post(url_of("round_template_create"), {"name": "Leading", **rows, **first, **second}, follow=True)
        template = RoundTemplate.objects.get()
        client.post(url_of("round_template_archive", template.pk))

        template.refresh_from_db()
        assert nothing.status_code == 422
        assert "Saved." in made.content.decode()
        assert [question.text for question in template.questions.all()] == ["Listens", "What should stay?"]
        assert template.is_archived


def query_count(ask) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return len(captured)


class TestLists:
    @pytest.mark.parametrize("show", ["to_answer", "team", "all"])
    def test_a_page_asks_the_same_number_of_questions_for_one_row_and_three(self, client, show):
        user = make_user(Role.MANAGER, Role.HR_LEADER)
        client.force_login(user)
        self.a_round(user)
        one = query_count(lambda: client.get(url_of("round_list"), {"show": show}))

        self.a_round(user)
        self.a_round(user)

        assert query_count(lambda: client.get(url_of("round_list"), {"show": show})) == one

    @pytest.mark.parametrize("resource", ["feedback-round-answers", "feedback-round-templates", "feedback-rounds"])
    def test_so_does_the_api(self, resource):
        user = make_user(Role.MANAGER, Role.HR_LEADER)
        caller = acting_for(user)
        assert user.viewer.employee_id  # worked out once for each request, which here is one user
        RoundTemplateFactory()
        self.a_round(user)
        one = query_count(lambda: caller.get(f"/api/v1/{resource}/"))

        RoundTemplateFactory.create_batch(2)
        self.a_round(user)
        self.a_round(user)

        assert query_count(lambda: caller.get(f"/api/v1/{resource}/")) == one

    @staticmethod
    def a_round(user) -> None:
        subject = EmployeeFactory(manager=user.employee)
        round_ = FeedbackRoundFactory(subject=subject, state="collecting")
        Rater.objects.filter(round=round_, group="manager").delete()
        RaterFactory(round=round_, group="peer", employee=user.employee)

    def test_a_round_asks_as_much_for_three_raters_as_for_thirteen(self, client, manager):
        client.force_login(manager)
        few, many = collecting_round(peer=3), collecting_round(peer=13)
        for round_ in (few, many):
            round_.subject.manager = manager.employee
            round_.subject.path = manager.employee.path + round_.subject.path[-6:]
            round_.subject.save()

        counts = {query_count(lambda: client.get(url_of("round_detail", pk))) for pk in (few.pk, many.pk)}  # noqa: B023

        assert len(counts) == 1


class TestAnswering:
    @pytest.fixture
    def rater(self):
        return collecting_round(peer=3).raters.filter(group="peer").first()

    @staticmethod
    def fields(rater, **more) -> dict[str, str]:
        rating, _other, text = rater.round.template.questions.all()
        return {"version": "1", f"rating_{rating.pk}": "4", f"text_{text.pk}": "Calm", **more}

    def test_answers_are_saved_handed_in_and_shown_to_their_writer(self, client, rater):
        client.force_login(make_user(employee=rater.employee))
        saved = client.post(url_of("round_answer_save", rater.pk), self.fields(rater))
        assert saved.json()["version"] == 2

        client.post(url_of("round_answer", rater.pk), self.fields(rater, version="2", step="hand_in"))

        receipt = client.get(url_of("round_answer", rater.pk)).content.decode()
        assert AnswerSheet.objects.get(rater=rater).state == "handed_in"
        assert "exactly what is stored" in receipt
        assert "Calm" in receipt

    def test_of_two_tabs_neither_text_is_lost(self, client, rater):
        client.force_login(make_user(employee=rater.employee))
        client.post(url_of("round_answer_save", rater.pk), self.fields(rater))
        text = rater.round.template.questions.last()

        by_script = client.post(url_of("round_answer_save", rater.pk), {"version": "1", f"text_{text.pk}": "Loud"})
        without = client.post(
            url_of("round_answer", rater.pk), {"version": "1", f"text_{text.pk}": "Loud", "step": "save"}
        )

        assert (by_script.status_code, without.status_code) == (409, 409)
        assert by_script.json()["theirs"][f"text_{text.pk}"] == "Calm"
        assert "Loud" in without.content.decode()
        assert "Calm" in without.content.decode()
        again = {"version": without.context["form"]["version"].value(), f"text_{text.pk}": "Loud", "step": "save"}
        assert client.post(url_of("round_answer", rater.pk), again).status_code == 302
        assert SheetAnswer.objects.get(question=text).text == "Loud"

    def test_the_form_says_whose_name_is_kept_and_whose_is_not(self, client, rater):
        client.force_login(make_user(employee=rater.employee))
        kept = client.get(url_of("round_answer", rater.pk)).content.decode()
        managers = rater.round.raters.get(group="manager")
        client.force_login(make_user(employee=managers.employee))
        open_ = client.get(url_of("round_answer", managers.pk)).content.decode()

        assert "Your name is separated from your answers" in kept
        assert "your answers are shown as yours" in open_

    def test_nothing_answered_is_refused_in_words(self, client, rater):
        client.force_login(make_user(employee=rater.employee))

        answer = client.post(url_of("round_answer", rater.pk), {"version": "1", "step": "hand_in"})

        assert answer.status_code == 422
        assert "Answer at least one question" in answer.content.decode()

    def test_when_the_round_is_over_the_page_says_so(self, client, rater):
        FeedbackRound.objects.update(due_on=in_days(-1))
        mind_round(rater.round)
        client.force_login(make_user(employee=rater.employee))

        assert "This round is over" in client.get(url_of("round_answer", rater.pk)).content.decode()


class TestFromOutside:
    @pytest.fixture
    def rater(self):
        return collecting_round(external=3).raters.filter(group="external").first()

    @staticmethod
    def path(rater) -> str:
        return answer_link(rater).partition("localhost:8000")[2] or "/" + answer_link(rater).split("/", 3)[3]

    def test_a_link_is_answered_without_an_account_and_then_opens_nothing(self, client, rater):
        text = rater.round.template.questions.last()
        page = client.get(self.path(rater))
        assert rater.round.subject.name in page.content.decode()

        saved = client.post(self.path(rater) + "save/", {"version": "1", f"text_{text.pk}": "A pleasure"})
        done = client.post(
            self.path(rater), {"version": saved.json()["version"], f"text_{text.pk}": "A pleasure", "step": "hand_in"}
        )

        assert "Thank you" in done.content.decode()
        assert SheetAnswer.objects.get().text == "A pleasure"
        assert "no longer works" in client.get(self.path(rater)).content.decode()

    def test_every_wrong_link_meets_the_same_page(self, client, rater):
        used, declined = list(rater.round.raters.filter(group="external"))[1:]
        answer_sheet(used)
        client.post(self.path(declined) + "decline/")
        wrong = [self.path(used), self.path(declined), self.path(rater)[:-2] + "x/", url_of("external_answer", "abc")]

        answers = [client.get(path) for path in wrong]

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content.split(b"<main")[1].split(b"<form")[0] for answer in answers}) == 1
        assert {client.post(path + "save/", {"version": "1"}).status_code for path in wrong} == {422}


class TestApi:
    def test_a_round_through_the_api_alone(self, manager, subject):
        boss, person = acting_for(manager), acting_for(subject)
        template, peers = RoundTemplateFactory(), EmployeeFactory.create_batch(3)
        body = {"subject": subject.employee_id, "template": template.pk, "due_on": in_days(9)}

        made = boss.post("/api/v1/feedback-rounds/", body, format="json")
        url = f"/api/v1/feedback-rounds/{made.json()['id']}/"
        named = person.post(f"{url}nominate/", {"group": "peer", "people": [peer.pk for peer in peers]}, format="json")
        waiting = [rater["id"] for rater in named.json()["raters"] if rater["state"] == RaterState.NOMINATED]
        boss.post(f"{url}approve-raters/", {"raters": waiting}, format="json")
        begun = boss.post(f"{url}begin/", {}, format="json")

        assert (made.status_code, named.status_code, begun.json()["state"]) == (201, 200, "collecting")
        for peer in peers:
            self.answers(make_user(employee=peer))
        FeedbackRound.objects.update(due_on=in_days(-1))
        assert boss.post(f"{url}close/", {}, format="json").json()["state"] == "closed"
        assert person.get(f"{url}results/").status_code == 404
        boss.post(f"{url}share/", {}, format="json")
        results = person.get(f"{url}results/").json()
        assert results["questions"][0]["figures"] == [
            {"key": "peer", "mean": "4.0", "count": 3},
            {"key": "total", "mean": "4.0", "count": 3},
        ]

    @staticmethod
    def answers(user) -> None:
        caller = acting_for(user)
        (sheet,) = caller.get("/api/v1/feedback-round-answers/").json()["results"]
        url = f"/api/v1/feedback-round-answers/{sheet['id']}/"
        said = [{"question": sheet["questions"][0]["id"], "rating": 4}]
        assert caller.patch(url, {"answers": said}, format="json").status_code == 428
        saved = caller.patch(url, {"version": sheet["version"], "answers": said}, format="json")
        assert saved["ETag"].startswith('"2-')
        assert caller.patch(url, {"version": 1, "answers": [said[0] | {"rating": 5}]}, format="json").status_code == 409
        assert caller.post(f"{url}hand-in/", {}, format="json").json()["state"] == "handed_in"

    def test_a_client_by_itself_finds_nothing(self):
        collecting_round(peer=3)
        RoundTemplateFactory()
        caller = APIClient()
        caller.force_authenticate(ClientPrincipal("test", frozenset(Scope.values)))

        found = [
            caller.get(f"/api/v1/{resource}/").json()["results"]
            for resource in ("feedback-rounds", "feedback-round-templates", "feedback-round-answers")
        ]

        assert found == [[], [], []]

    def test_a_managers_round_does_not_reach_past_their_people(self, manager):
        template = RoundTemplateFactory()
        body = {"subject": EmployeeFactory().pk, "template": template.pk, "due_on": in_days(9)}

        assert acting_for(manager).post("/api/v1/feedback-rounds/", body, format="json").status_code == 403
        assert not FeedbackRound.objects.exists()


def test_the_manager_above_the_manager_sees_the_round_and_a_colleague_does_not(client):
    top, middle, below = make_chain(3)
    round_ = FeedbackRoundFactory(subject=below)
    for employee, status in ((top, 200), (middle, 200), (below, 200), (EmployeeFactory(), 404)):
        client.force_login(make_user(employee=employee))
        assert client.get(url_of("round_detail", round_.pk)).status_code == status


def test_an_answer_belongs_to_its_sheet_whoever_asks(manager):
    round_ = collecting_round(peer=1)
    sheet = AnswerSheet.objects.select_related("rater__round").get(rater__group="peer")
    save_answers(sheet, version=1, answers={round_.template.questions.last().pk: {"text": "Mine"}})

    assert not AnswerSheet.objects.visible_to(make_user(Role.HR_LEADER)).exists()
    assert AnswerSheet.objects.visible_to(make_user(employee=sheet.rater.employee)).get() == sheet


def test_results_lie_beside_the_review_for_those_who_may_read_them():
    review = ReviewFactory()
    round_ = FeedbackRoundFactory(subject=review.employee, state="collecting")
    for _number in range(3):
        RaterFactory(round=round_, group="peer")
    for rater in round_.raters.all():
        answer_sheet(rater)
    reviewer, own = make_user(employee=review.reviewer), make_user(employee=review.employee)
    assert evidence_for(reviewer, review).round is None

    FeedbackRound.objects.update(due_on=in_days(-1))
    mind_round(round_)

    assert evidence_for(reviewer, review).round.competencies[0].mean_of("total") == 4
    assert evidence_for(own, review).round is None
