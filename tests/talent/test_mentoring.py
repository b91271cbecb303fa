"""Mentoring: matching by what both tell, saying yes, meeting, ending; and what nobody else reads."""

import datetime
import functools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.common.paths import encode
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.jobs import run_due_jobs, start_job
from hrportal.journal.models import Fact, Job
from hrportal.notices.models import Notice
from hrportal.people.actions import end_employment
from talent.actions import (
    accept_mentoring,
    add_mentoring_goal,
    complete_mentoring_goal,
    decline_mentoring,
    end_mentoring,
    offer_mentoring,
    propose_mentoring,
    record_mentoring_meeting,
    reflect_on_mentoring,
    wish_mentoring,
)
from talent.enums import ItemOrigin, MentoringState
from talent.mentoring.matching import candidates_for, pairs_for_all, wishes_with_skills, with_skills
from talent.models import (
    Mentoring,
    MentoringGoal,
    MentoringMeeting,
    MentoringWish,
    MentorOffer,
    MentorSuggestion,
    PlanAction,
    PlanItem,
)
from talent.scores.mentoring import DISTANCE_WEIGHT, FULL_LEAD, SKILL_WEIGHT, Place, match_of
from tests.factories.development import (
    MentoringFactory,
    MentoringWishFactory,
    MentorOfferFactory,
    MentorSuggestionFactory,
)
from tests.factories.people import CompetencyFactory, EmployeeFactory, make_user
from tests.factories.talent import PlanItemFactory, SkillAssessmentFactory
from tests.talent.company import VIEWERS

levels = st.integers(1, 5)


@pytest.fixture
def company(company):
    """Each viewer is one account, however often it is asked for."""
    company.viewer = functools.cache(company.viewer)
    return company


def path_of(*ids: int) -> str:
    return "".join(encode(pk) for pk in ids)


class TestScore:
    @given(
        st.dictionaries(st.integers(1, 6), levels, min_size=1),
        st.dictionaries(st.integers(1, 6), levels),
        st.booleans(),
    )
    def test_it_is_what_its_parts_say(self, wished, offered, is_other):
        mentee = Place(1, path_of(9, 1), 1)
        match = match_of(wished, mentee, offered, Place(2, path_of(9, 2), 2 if is_other else 1))

        ahead = {pk: max(0, offered.get(pk, 0) - level) for pk, level in wished.items()}
        if not any(ahead.values()):
            assert match is None
            return
        mean = sum(min(lead, FULL_LEAD) / FULL_LEAD for lead in ahead.values()) / len(wished)
        assert match.score == pytest.approx(SKILL_WEIGHT * mean + DISTANCE_WEIGHT * is_other, abs=0.051)
        assert 0 <= match.score <= 100

    @pytest.mark.parametrize("mentor", [path_of(9), path_of(9, 1, 3), path_of(9, 1)])
    def test_nobody_of_ones_own_line(self, mentor):
        assert match_of({1: 1}, Place(1, path_of(9, 1), 1), {1: 5}, Place(7, mentor, 2)) is None or mentor == path_of(
            9, 1
        )
        assert match_of({1: 1}, Place(1, path_of(9, 1), 1), {1: 5}, Place(1, mentor, 2)) is None


@pytest.fixture
def two(company):
    """The person wishes what somebody in another unit offers, two levels ahead."""
    competency = CompetencyFactory()
    mentor = EmployeeFactory(org_unit=company.elsewhere)
    MentoringWishFactory(mentee=company.person, skills={competency: 2})
    MentorOfferFactory(mentor=mentor, skills={competency: 4}, capacity=1)
    return company.person, mentor, competency


@pytest.mark.django_db
class TestMatching:
    def test_only_what_both_told_counts(self, two):
        mentee, mentor, competency = two
        SkillAssessmentFactory(profile__employee=mentor, competency=competency, level=1)
        SkillAssessmentFactory(profile__employee=mentee, competency=competency, level=5)

        found = candidates_for(wishes_with_skills(MentoringWish.objects.all()).get())

        assert [(row.offer.mentor, row.match.score) for row in found] == [(mentor, 100)]

    def test_ones_own_line_and_the_full_are_left_out(self, company, two):
        mentee, mentor, competency = two
        for above in (company.boss, company.head):
            MentorOfferFactory(mentor=above, skills={competency: 5})
        MentorOfferFactory(mentor=EmployeeFactory(manager=mentee), skills={competency: 5})
        MentorOfferFactory(skills={competency: 5}, is_active=False)
        MentorOfferFactory(skills={competency: 2})
        full = MentorOfferFactory(skills={competency: 5}, capacity=1)
        MentoringFactory(mentor=full.mentor, state="active")

        found = candidates_for(wishes_with_skills(MentoringWish.objects.all()).get())

        assert [row.offer.mentor for row in found] == [mentor]

    def test_it_costs_the_same_for_one_and_three(self, two, client):
        mentee, _mentor, competency = two
        client.force_login(make_user(employee=mentee))
        costs = []
        for more in (0, 2):
            for _ in range(more):
                MentorOfferFactory(skills={competency: 4})
            client.get(reverse("talent:mentoring_list"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("talent:mentoring_list"))
            costs.append(len(queries))

        assert costs[0] == costs[1]

    def test_pairs_for_all_keep_to_the_room_there_is(self, two):
        _mentee, mentor, competency = two
        better = MentoringWishFactory(skills={competency: 1})
        MentoringWishFactory(skills={CompetencyFactory(): 1})

        wishes = list(wishes_with_skills(MentoringWish.objects.waiting()))
        pairs = pairs_for_all(wishes, list(with_skills(MentorOffer.objects.open())))

        assert len(pairs) == 1
        assert pairs[0].offer.mentor == mentor
        assert pairs[0].wish in wishes
        assert better in wishes

    def test_the_job_writes_pairs_that_hr_proposes(self, company, two, client):
        mentee, mentor, _competency = two
        MentorSuggestionFactory()
        leader = company.viewer("hr_leader")
        client.force_login(leader)

        client.post(reverse("talent:mentors_match"))
        run_due_jobs()
        page = client.get(reverse("talent:mentor_matches"))
        client.post(reverse("talent:mentoring_propose", args=[mentee.pk]), {"mentor": mentor.pk})

        assert Job.objects.get(kind="talent.match_mentors").result == {"pairs": 1}
        assert [(row["row"].mentee, row["row"].mentor) for row in page.context["rows"]] == [(mentee, mentor)]
        assert Mentoring.objects.get().state == MentoringState.PROPOSED
        assert set(Notice.objects.values_list("employee", flat=True)) == {mentee.pk, mentor.pk}

    def test_nobody_in_a_pair_sees_it(self, company, two):
        mentee, mentor, _competency = two
        MentorSuggestionFactory(mentee=mentee, mentor=mentor)

        for user in (company.viewer("self"), company.viewer("manager"), make_user(employee=mentor)):
            assert not MentorSuggestion.objects.visible_to(user).exists()
        assert MentorSuggestion.objects.visible_to(company.viewer("partner")).exists()

    def test_a_second_run_changes_nothing(self, two):
        for _ in range(2):
            start_job("talent.match_mentors", "Again", by=None)
            run_due_jobs()

        assert MentorSuggestion.objects.count() == 1


@pytest.mark.django_db
class TestOffersAndWishes:
    def test_no_more_is_offered_than_was_found(self, company):
        found = SkillAssessmentFactory(profile__employee=company.person, level=3, shared_at=timezone.now())
        user = company.viewer("self")

        with pytest.raises(ActionError):
            offer_mentoring(company.person, by=user, skills={found.competency_id: 4})
        offer_mentoring(company.person, by=user, skills={found.competency_id: 3})

        assert MentorOffer.objects.get().skills.get().level == 3

    def test_a_level_not_told_yet_does_not_show_in_a_refusal(self, company):
        hidden = SkillAssessmentFactory(profile__employee=company.person, level=1)

        offer_mentoring(company.person, by=company.viewer("self"), skills={hidden.competency_id: 4})

        assert MentorOffer.objects.get().skills.get().level == 4

    @pytest.mark.parametrize("skills", [{}, {999999: 3}])
    def test_odd_choices_are_refused(self, company, skills):
        with pytest.raises(ActionError):
            wish_mentoring(company.person, by=company.viewer("self"), skills=skills, goal="Learn")

        assert not MentoringWish.objects.exists()

    def test_both_are_written_on_pages(self, company, client):
        competency = CompetencyFactory()
        client.force_login(company.viewer("self"))
        line = {"competency_1": competency.pk, "level_1": 2}

        client.post(reverse("talent:mentor_offer"), line | {"capacity": 1, "is_active": "on"})
        refused = client.post(
            reverse("talent:mentoring_wish"), {"goal": "Speak to a hall", "competency_1": competency.pk}
        )
        client.post(reverse("talent:mentoring_wish"), line | {"goal": "Speak to a hall", "is_active": "on"})

        assert MentorOffer.objects.get().skills.get().competency == competency
        assert (refused.status_code, "Speak to a hall" in refused.content.decode()) == (422, True)
        assert MentoringWish.objects.get().is_active

    @pytest.mark.parametrize("viewer", VIEWERS)
    def test_a_wish_is_not_a_managers_to_read(self, company, viewer):
        MentoringWishFactory(mentee=company.person)

        seen = MentoringWish.objects.visible_to(company.viewer(viewer)).exists()

        assert seen == (viewer in {"self", "partner", "hr_leader"})


@pytest.mark.django_db
class TestTheTwo:
    def test_it_begins_with_the_second_yes_and_stands_in_the_plan(self, two):
        mentee, mentor, competency = two
        mentees, mentors = make_user(employee=mentee), make_user(employee=mentor)

        proposed = propose_mentoring(mentee, mentor, by=mentees)
        assert (proposed.state, bool(proposed.mentee_said_yes_at)) == (MentoringState.PROPOSED, True)
        assert list(Notice.objects.values_list("employee", flat=True)) == [mentor.pk]
        begun = accept_mentoring(proposed, by=mentors)

        assert begun.state == MentoringState.ACTIVE
        item = PlanItem.objects.get()
        assert (item.competency, item.origin, item.from_level, item.target_level) == (
            competency,
            ItemOrigin.MENTORING,
            2,
            3,
        )
        assert PlanAction.objects.get().kind == "mentoring"

    def test_an_open_item_gains_the_mentoring_instead(self, two):
        mentee, mentor, competency = two
        item = PlanItemFactory(plan__employee=mentee, competency=competency, shared_at=timezone.now())
        proposed = propose_mentoring(mentee, mentor, by=make_user(employee=mentee))

        accept_mentoring(proposed, by=make_user(employee=mentor))

        assert PlanAction.objects.get().item == item

    def test_who_does_not_fit_is_refused(self, company, two):
        mentee, mentor, competency = two
        MentorOfferFactory(mentor=company.boss, skills={competency: 5})

        for other in (company.boss, EmployeeFactory()):
            with pytest.raises(ActionError):
                propose_mentoring(mentee, other, by=None)
        propose_mentoring(mentee, mentor, by=None)
        with pytest.raises(ActionError):
            propose_mentoring(mentee, mentor, by=None)

        assert Mentoring.objects.count() == 1

    def test_a_no_needs_no_words(self, two):
        mentee, mentor, _competency = two
        mentors = make_user(employee=mentor)
        proposed = propose_mentoring(mentee, mentor, by=make_user(employee=mentee))

        declined = decline_mentoring(proposed, by=mentors)

        assert declined.state == MentoringState.DECLINED
        assert set(Notice.objects.values_list("employee", flat=True)) == {mentee.pk, mentor.pk}
        with pytest.raises(ActionError):
            accept_mentoring(declined, by=mentors)

    def test_they_meet_reach_goals_and_look_back(self):
        mentoring = MentoringFactory(state="active", started_at=timezone.now())
        mentor, mentee = (make_user(employee=one) for one in (mentoring.mentor, mentoring.mentee))

        goal = add_mentoring_goal(mentoring, by=mentee, title="Speak to a hall")
        complete_mentoring_goal(goal, by=mentee)
        record_mentoring_meeting(mentoring, by=mentor, held_on=timezone.localdate(), note="Stage fright")
        end_mentoring(mentoring, by=mentor, reflection="She speaks freely")
        reflect_on_mentoring(mentoring, by=mentee, reflection="I breathe first")

        mentoring.refresh_from_db()
        assert (mentoring.state, mentoring.mentor_reflection, mentoring.mentee_reflection) == (
            MentoringState.ENDED,
            "She speaks freely",
            "I breathe first",
        )
        for step in (
            lambda: add_mentoring_goal(mentoring, by=mentee, title="More"),
            lambda: complete_mentoring_goal(goal, by=mentee),
            lambda: record_mentoring_meeting(mentoring, by=mentor, held_on=timezone.localdate()),
            lambda: end_mentoring(mentoring, by=mentor, reflection="Again"),
            lambda: decline_mentoring(mentoring, by=mentor),
        ):
            with pytest.raises(ActionError):
                step()

    def test_facts_hold_no_words(self, two):
        mentee, mentor, _competency = two
        proposed = propose_mentoring(mentee, mentor, by=make_user(employee=mentee), goal="A secret goal")
        accept_mentoring(proposed, by=make_user(employee=mentor))

        assert "secret" not in str(list(Fact.objects.values_list("data", flat=True)))


@pytest.mark.django_db
class TestWhoReads:
    def test_the_offer_of_somebody_who_has_left_is_made_to_nobody(self):
        here, gone = MentorOfferFactory(), MentorOfferFactory(mentor=EmployeeFactory(status="left"))
        caller = APIClient()
        caller.force_authenticate(make_user())

        shown = [row["id"] for row in caller.get(reverse("api:mentor-offers-list")).json()["results"]]

        assert shown == [here.pk]
        assert caller.get(reverse("api:mentor-offers-detail", args=[gone.pk])).status_code == 404

    @pytest.mark.parametrize("viewer", VIEWERS)
    @pytest.mark.parametrize("begun", [True, False])
    def test_a_proposal_is_between_the_two_and_hr(self, company, viewer, begun):
        MentoringFactory(mentee=company.person, started_at=timezone.now() if begun else None)

        seen = Mentoring.objects.visible_to(company.viewer(viewer)).exists()

        assert seen == (viewer in {"self", "partner", "hr_leader"} | ({"manager", "head"} if begun else set()))

    @pytest.mark.parametrize("viewer", ["manager", "hr_leader", "self"])
    def test_goals_meetings_and_reflections(self, company, client, viewer):
        mentoring = MentoringFactory(
            mentee=company.person, state="ended", started_at=timezone.now(), mentee_reflection="My reflection"
        )
        MentoringGoal.objects.create(mentoring=mentoring, title="Our goal")
        MentoringMeeting.objects.create(mentoring=mentoring, held_on=timezone.localdate(), note="Our talk")
        client.force_login(company.viewer(viewer))

        page = client.get(reverse("talent:mentoring_detail", args=[mentoring.pk])).content.decode()

        assert ("Our goal" in page, "Our talk" in page) == (viewer == "self", viewer == "self")
        assert ("My reflection" in page) == (viewer != "manager")

    def test_the_page_shows_what_the_score_is_made_of(self, company, two, client):
        client.force_login(company.viewer("self"))

        page = client.get(reverse("talent:mentoring_list")).content.decode()

        assert "Fits by 100 of 100" in page
        assert "wished from level 2, offered at level 4 – counts 100 %" in page
        assert "Another unit: 20 points" in page

    def test_a_client_says_no_yes_for_anybody(self, two):
        mentee, mentor, _competency = two
        mentoring = propose_mentoring(mentee, mentor, by=None)
        client, own = APIClient(), APIClient()
        client.force_authenticate(ClientPrincipal("t", frozenset(Scope.values)))
        own.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), make_user(employee=mentor)))

        refused = client.post(f"/api/v1/mentorings/{mentoring.pk}/accept/")
        taken = own.post(f"/api/v1/mentorings/{mentoring.pk}/accept/")

        assert (refused.status_code, taken.status_code) == (403, 200)
        assert taken.json()["match"]["score"] == 100

    def test_what_one_offers_and_wishes_is_said_over_the_api_too(self, company):
        known, other = CompetencyFactory(), CompetencyFactory()
        own = APIClient()
        own.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), make_user(employee=company.person)))
        skills = [{"competency": known.pk, "level": 2}]

        offer = own.post("/api/v1/mentor-offers/", {"skills": skills, "capacity": 1}, format="json")
        again = own.post("/api/v1/mentor-offers/", {"skills": [{"competency": other.pk, "level": 3}]}, format="json")
        wish = own.post("/api/v1/mentoring-wishes/", {"skills": skills, "goal": "Lead"}, format="json")

        assert (offer.status_code, again.status_code, wish.status_code) == (201, 201, 201)
        assert [line["competency"]["id"] for line in again.json()["skills"]] == [other.pk]
        assert MentorOffer.objects.get().mentor == MentoringWish.objects.get().mentee == company.person

    @pytest.mark.parametrize("skills", [[], [{"competency": 1, "level": 9}], "twice"])
    def test_odd_skills_are_refused_over_the_api(self, company, skills):
        own = APIClient()
        own.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), make_user(employee=company.person)))
        if skills == "twice":
            skills = [{"competency": CompetencyFactory().pk, "level": 2}] * 2

        answer = own.post("/api/v1/mentor-offers/", {"skills": skills}, format="json")

        assert answer.status_code == 400
        assert not MentorOffer.objects.exists()

    def test_no_client_speaks_for_itself(self):
        client = APIClient()
        client.force_authenticate(ClientPrincipal("t", frozenset(Scope.values)))
        body = {"skills": [{"competency": CompetencyFactory().pk, "level": 2}], "goal": "Lead"}

        answers = [
            client.post(f"/api/v1/{name}/", body, format="json") for name in ("mentor-offers", "mentoring-wishes")
        ]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert not MentorOffer.objects.exists()

    def test_hr_has_pairs_worked_out_over_the_api(self, company, two):
        hr = APIClient()
        hr.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), company.viewer("hr_leader")))

        started = hr.post("/api/v1/mentor-suggestions/")
        run_due_jobs()

        assert started.status_code == 202
        (row,) = hr.get("/api/v1/mentor-suggestions/").json()["results"]
        assert (row["mentee"]["id"], row["mentor"]["id"], row["match"]["score"]) == (two[0].pk, two[1].pk, 100)


@pytest.mark.django_db
class TestLeavers:
    @pytest.mark.parametrize("gone", ["mentor", "mentee"])
    def test_what_somebody_had_who_left_ends_and_the_other_is_told_and_free(self, gone, deliver_events):
        mentoring = MentoringFactory(state=MentoringState.ACTIVE, started_at=timezone.now())
        wish = MentoringWishFactory(mentee=mentoring.mentee)
        offer = MentorOfferFactory(mentor=mentoring.mentor, capacity=1)
        leaver = getattr(mentoring, gone)

        end_employment(leaver, by=None, left_on=timezone.localdate() - datetime.timedelta(days=1))
        deliver_events()

        mentoring.refresh_from_db()
        assert (mentoring.state, mentoring.ended_at is not None) == (MentoringState.ENDED, True)
        assert Notice.objects.get(kind="talent.mentoring_ended").employee_id == mentoring.other(leaver.pk).pk
        if gone == "mentor":
            assert list(MentoringWish.objects.waiting()) == [wish]
        else:
            assert list(MentorOffer.objects.open()) == [offer]

    def test_a_proposal_about_somebody_who_left_is_not_taken_up(self, deliver_events):
        mentoring = MentoringFactory(mentee_said_yes_at=timezone.now())

        end_employment(mentoring.mentor, by=None, left_on=timezone.localdate() - datetime.timedelta(days=1))
        deliver_events()

        mentoring.refresh_from_db()
        assert mentoring.state == MentoringState.DECLINED
        assert Notice.objects.get(kind="talent.mentoring_declined").employee_id == mentoring.mentee_id
