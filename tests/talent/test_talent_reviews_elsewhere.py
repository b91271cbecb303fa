"""Talent reviews over the API and on the talent profile, and what any order of moves leaves behind."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.models import User
from talent.actions import review_board as board
from talent.enums import OpenTopic
from talent.models import BoxMove, BoxPlacement, Opening, ReviewMember, TalentReview
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.talent import TalentProfileFactory
from tests.factories.talent_reviews import ReviewMemberFactory, ReviewSeatFactory, TalentReviewFactory
from tests.talent.company import VIEWERS

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(company):
    return ReviewMemberFactory(review=TalentReviewFactory(org_unit=company.unit), employee=company.person)


def caller_for(user: User, scopes=frozenset(Scope.values)) -> APIClient:
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", scopes, User.objects.get(pk=user.pk)))
    return caller


def url_of(member: ReviewMember, deed: str = "") -> str:
    return f"/api/v1/talent-reviews/{member.review_id}/members/{member.pk}/{deed}"


class TestApi:
    def test_a_move_names_the_version_it_saw_and_is_kept(self, member):
        leader = caller_for(make_user("hrleader"))
        tag = leader.get(url_of(member))["ETag"]
        move = {"box": 6, "rationale": "Led two launches"}

        moved = leader.post(url_of(member, "move/"), move, format="json", headers={"If-Match": tag})
        late = leader.post(url_of(member, "move/"), move | {"box": 4}, format="json", headers={"If-Match": tag})

        assert (moved.status_code, moved.json()["box"], moved.json()["version"]) == (200, 6, 2)
        assert [(row["from_box"], row["to_box"]) for row in moved.json()["moves"]] == [(5, 6)]
        assert late.status_code in (409, 412)
        assert ReviewMember.objects.get().box == 6

    @pytest.mark.parametrize("wrong", [{"rationale": ""}, {"box": 10}, {"box": 5}, {"size": 1}])
    def test_a_move_without_words_or_a_box_is_refused(self, member, wrong):
        leader = caller_for(make_user("hrleader"))

        answer = leader.post(
            url_of(member, "move/"), {"box": 6, "rationale": "Seen", "version": 1} | wrong, format="json"
        )

        assert 400 <= answer.status_code < 500
        assert not BoxMove.objects.exists()

    def test_ones_own_last_move_is_taken_back(self, member):
        user = make_user("hrleader")
        board.move_member(member, by=user, box=6, version=1, rationale="First")

        undone = caller_for(user).post(url_of(member, "undo/"), {"version": 2}, format="json")

        assert (undone.status_code, undone.json()["box"], undone.json()["version"]) == (200, 5, 3)

    def test_nobody_moves_whom_they_may_only_look_at(self, company, member):
        ReviewSeatFactory(review=member.review, employee=company.boss)
        boss = caller_for(make_user("manager", employee=company.boss))

        seen = boss.get(url_of(member)).status_code
        moved = boss.post(url_of(member, "move/"), {"box": 6, "rationale": "Mine", "version": 1}, format="json")

        assert (seen, moved.status_code) == (200, 403)
        assert not BoxMove.objects.exists()

    def test_a_box_with_a_member_that_boxes_do_not_have_is_refused(self):
        boxes = [{"label": f"Box {number}"} for number in range(1, 10)]
        boxes[4]["colour"] = "green"

        answer = caller_for(make_user("hrleader")).post(
            "/api/v1/talent-reviews/", {"name": "Spring", "boxes": boxes}, format="json"
        )

        assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
            ("/boxes/4/colour", "unknown_field")
        ]
        assert not TalentReview.objects.exists()

    def test_a_client_reads_by_its_scope(self, member):
        caller = APIClient()
        caller.force_authenticate(ClientPrincipal("test", frozenset({"potential:read"})))
        listed = caller.get(f"/api/v1/talent-reviews/{member.review_id}/members/").json()["results"]
        caller.force_authenticate(ClientPrincipal("test", frozenset({"talent:read"})))

        assert [row["id"] for row in listed] == [member.pk]
        assert caller.get(url_of(member)).status_code == 403


boxes = st.none() | st.integers(1, 9)


class TestMoves(TestCase):
    @given(asked=st.lists(st.tuples(boxes, st.booleans(), st.booleans(), st.booleans()), max_size=12))
    def test_any_order_of_moves_leaves_a_chain_that_ends_where_the_card_lies(self, asked):
        """Each step is of one of two hands: a move to a box or an undo, with the version as it is or one that is past."""
        member, hands = ReviewMemberFactory(), (make_user("hrleader"), make_user("hrleader"))
        done = 0
        for box, is_undo, is_late, is_second in asked:
            member.refresh_from_db()
            before = (member.box, member.version)
            given_in = {"by": hands[is_second], "version": member.version - is_late}
            last = board.last_own_move(member, by=hands[is_second])
            wanted = last.from_box if is_undo and last else box
            try:
                if is_undo:
                    board.undo_member_move(member, **given_in)
                else:
                    board.move_member(member, box=box, rationale="Seen", **given_in)
            except ActionError:
                assert is_late or (last is None if is_undo else box == before[0])
                wanted = before[0]
            else:
                done += 1
                assert not is_late
            member.refresh_from_db()
            assert (member.box, member.version) == (wanted, 1 + done)
        moves = list(BoxMove.objects.filter(member=member).order_by("pk"))
        places = [5, *(move.to_box for move in moves)]
        assert [move.from_box for move in moves] == places[:-1]
        assert (len(moves), places[-1]) == (done, member.box)
        assert all(move.rationale and move.moved_by for move in moves)


@pytest.fixture
def placed(company, member):
    TalentReview.objects.update(state="concluded")
    BoxPlacement.objects.create(member=member, box=6, label="Strong and rising", rationale="Led two launches")
    return TalentProfileFactory(employee=company.person)


def profile_of(client, user, profile) -> str:
    client.force_login(user)
    return client.get(reverse("talent:profile_detail", args=[profile.pk])).content.decode()


@pytest.mark.parametrize("name", VIEWERS)
def test_who_reads_earlier_places_on_the_profile(company, placed, client, name):
    text = profile_of(client, company.viewer(name), placed)

    assert ("Strong and rising" in text) == (name in {"partner", "hr_leader", "executive"})


def test_a_seat_at_the_table_opens_no_profile_but_potential_does(company, placed, member, client):
    ReviewSeatFactory(review=member.review, employee=company.boss)
    user = make_user("manager", employee=company.boss)
    before = profile_of(client, user, placed)
    Opening.objects.create(topic=OpenTopic.POTENTIAL, org_unit=company.unit, reason="Agreed")

    assert "Strong and rising" not in before
    assert "Strong and rising" in profile_of(client, user, placed)


def test_a_meeting_that_goes_on_is_no_history(company, member, client):
    profile = TalentProfileFactory(employee=company.person)

    assert "placements-title" not in profile_of(client, make_user("hrleader"), profile)


def test_paper_and_clients_get_what_the_page_shows(company, placed, member, client, monkeypatch):
    shown = {}
    monkeypatch.setattr("hrportal.common.pdf.render_pdf", lambda _template, context: shown.update(context) or b"%PDF")
    user = make_user("hrleader")
    client.force_login(user)
    client.get(reverse("talent:profile_pdf", args=[placed.pk]))

    answer = caller_for(user).get(f"/api/v1/talent-profiles/{placed.pk}/").json()

    assert any("Strong and rising" in part for part in shown["sections"]["main"])
    (row,) = answer["sections"]["talent_reviews"]
    assert (row["review"], row["box"], row["label"]) == (member.review_id, 6, "Strong and rising")


@pytest.mark.parametrize("meetings", [1, 3])
def test_places_cost_the_same_for_one_meeting_and_three(
    company, placed, client, meetings, django_assert_max_num_queries
):
    for _ in range(meetings - 1):
        more = ReviewMemberFactory(review__state="concluded", employee=company.person)
        BoxPlacement.objects.create(member=more, box=5, label="Core", decided_by=EmployeeFactory())
    client.force_login(make_user("hrleader"))

    with django_assert_max_num_queries(45):
        client.get(reverse("talent:profile_detail", args=[placed.pk]))
