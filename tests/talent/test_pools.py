"""Talent pools: who sees them, what a nomination can become, and that nobody learns of their own."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from talent import actions
from talent.actions.pools import end_for_leavers, expire_memberships, months_later, remind_of_expiry
from talent.enums import OpenTopic
from talent.forms.pools import candidates_for
from talent.models import GroupAudit, Opening, PoolMember
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.potential import PoolMemberFactory, PoolStepFactory, TalentPoolFactory, a_member
from tests.factories.talent import CalibratedRatingFactory, TalentProfileFactory
from tests.talent.company import VIEWERS

pytestmark = pytest.mark.django_db

EVERY_SCOPE = frozenset(Scope.values)


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize("name", VIEWERS)
def test_who_sees_a_nomination(company, name, is_open):
    member = PoolMemberFactory(employee=company.person)
    if is_open:
        Opening.objects.create(topic=OpenTopic.POTENTIAL, org_unit=company.unit, reason="Pilot")
    user = company.viewer(name)

    readers = {"partner", "hr_leader", "executive"} | ({"manager", "head"} if is_open else set())
    assert PoolMember.objects.visible_to(user).filter(pk=member.pk).exists() == (name in readers)


@pytest.mark.parametrize("name", VIEWERS)
def test_who_may_be_nominated_is_who_is_seen(company, name):
    user = company.viewer(name)

    offered = candidates_for(TalentPoolFactory(), user).filter(pk=company.person.pk).exists()

    assert offered == (name in {"partner", "hr_leader", "executive"})


def nominated(company, by=None):
    CalibratedRatingFactory(profile=TalentProfileFactory(employee=company.person), value=5)
    nominator = by or company.viewer("partner")
    return actions.nominate_member(TalentPoolFactory(), company.person, by=nominator, rationale="Led the move.")


def test_a_nomination_keeps_the_evidence_of_the_day_and_tells_leaders_alone(company):
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())

    member = nominated(company)

    assert member.evidence["performance"]["value"] == 5
    assert "potential" not in member.evidence
    told = Notice.objects.filter(kind="talent.pool_nomination_to_decide").values_list("employee", flat=True)
    assert list(told) == [leader.employee_id]


def test_whoever_nominated_does_not_decide(company, client):
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    member = nominated(company, by=leader)
    client.force_login(leader)

    with pytest.raises(ActionError):
        actions.approve_nomination(member, by=leader, reason="Mine")

    url = reverse("talent:nomination_approve", args=[member.pk])
    assert client.post(url, {"reason": "Mine"}).status_code == 403
    member.refresh_from_db()
    assert member.state == "nominated"


def test_a_decision_says_what_it_rested_on(company):
    old = timezone.localdate() - datetime.timedelta(days=500)
    member = nominated(company)
    company.person.talent_profile.ratings.update(period_ends_on=old)

    member = actions.approve_nomination(member, by=company.viewer("hr_leader"), reason="Convincing")

    assert member.rested_on_stale == [{"kind": "rating", "on": old.isoformat()}]


def test_a_decision_needs_words(company):
    member = nominated(company)

    with pytest.raises(ActionError):
        actions.decline_nomination(member, by=company.viewer("hr_leader"), reason="  ")

    member.refresh_from_db()
    assert (member.state, member.decided_at) == ("nominated", None)


def test_publishing_makes_members_stores_the_audit_and_ends_the_former_membership(company):
    leader = company.viewer("hr_leader")
    pool = TalentPoolFactory(validity_months=6)
    former = a_member(pool=pool, employee=company.person)
    member = actions.nominate_member(pool, company.person, by=company.viewer("partner"), rationale="Again")
    actions.approve_nomination(member, by=leader, reason="Still")

    audit = actions.publish_pool(pool, by=leader)

    former.refresh_from_db()
    member.refresh_from_db()
    today = timezone.localdate()
    assert (former.state, member.state) == ("renewed", "member")
    assert (member.member_since, member.expires_on) == (today, months_later(today, 6))
    assert GroupAudit.objects.get(pool=pool) == audit


def test_there_is_nothing_to_publish_about_oneself():
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    member = PoolMemberFactory(employee=leader.employee, state="approved")

    with pytest.raises(ActionError):
        actions.publish_pool(member.pool, by=leader)

    member.refresh_from_db()
    assert member.state == "approved"
    assert not GroupAudit.objects.exists()


def test_a_membership_expires_once():
    today = timezone.localdate()
    over = a_member(expires_on=today - datetime.timedelta(days=1))
    last_day = a_member(expires_on=today)

    assert expire_memberships(today) == 1
    assert expire_memberships(today) == 0

    over.refresh_from_db()
    last_day.refresh_from_db()
    assert (over.state, last_day.state) == ("expired", "member")
    assert Fact.objects.filter(topic="talent.pool_membership_expired").count() == 1


def test_keepers_are_told_before_and_never_of_their_own():
    today = timezone.localdate()
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    owner = make_user(Role.HRBP, employee=EmployeeFactory())
    pool = TalentPoolFactory(owner=owner.employee)
    a_member(pool=pool, employee=owner.employee, expires_on=today + datetime.timedelta(days=20))

    remind_of_expiry(today)
    remind_of_expiry(today + datetime.timedelta(days=1))

    told = Notice.objects.filter(kind="talent.pool_membership_expires")
    assert list(told.values_list("employee", flat=True)) == [leader.employee_id]


def test_leaving_the_company_ends_it():
    member = a_member(employee__status="left")

    assert end_for_leavers() == 1

    member.refresh_from_db()
    assert member.state == "left"


def test_attendance_is_noted_and_corrected():
    member = a_member()
    step = PoolStepFactory(pool=member.pool)

    actions.note_attendance(member, step, by=None, took_part=True)
    actions.note_attendance(member, step, by=None, took_part=False)

    assert list(member.attendances.values_list("took_part", flat=True)) == [False]
    with pytest.raises(ActionError):
        actions.note_attendance(member, PoolStepFactory(), by=None, took_part=True)


def test_the_page_shows_evidence_with_its_age(company, client):
    member = nominated(company)
    client.force_login(company.viewer("hr_leader"))

    page = client.get(reverse("talent:pool_member_detail", args=[member.pk]))

    assert page.context["performance"].level.value == 5
    assert page.context["potential"] is None
    assert "Not enough raters" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["detail", "nominate"])
def test_pages_cost_the_same_for_one_and_for_three(client, count, page, django_assert_max_num_queries):
    pool = TalentPoolFactory()
    for _ in range(count):
        member = a_member(pool=pool)
        CalibratedRatingFactory(profile=TalentProfileFactory(employee=member.employee))
    client.force_login(make_user(Role.HR_LEADER, employee=EmployeeFactory()))
    route = {"detail": "talent:pool_detail", "nominate": "talent:member_nominate"}[page]

    with django_assert_max_num_queries(17):
        assert client.get(reverse(route, args=[pool.pk])).status_code == 200


class TestByEveryDoor:
    """An HR leader who is nominated learns it nowhere."""

    @pytest.fixture
    def leader(self):
        user = make_user(Role.HR_LEADER, employee=EmployeeFactory())
        self.member = a_member(employee=user.employee)
        return user

    def test_pages(self, leader, client):
        client.force_login(leader)
        pool = client.get(reverse("talent:pool_detail", args=[self.member.pool_id]))

        assert pool.context["rows"] == []
        assert pool.context["pool"].member_count == 0
        assert client.get(reverse("talent:pool_member_detail", args=[self.member.pk])).status_code == 404

    def test_api(self, leader):
        caller = APIClient()
        caller.force_authenticate(ActingPrincipal("test", EVERY_SCOPE, leader))

        assert caller.get("/api/v1/pool-members/").json()["results"] == []
        assert caller.get("/api/v1/talent-pools/").json()["results"][0]["member_count"] == 0
        assert caller.post(f"/api/v1/pool-members/{self.member.pk}/leave/", {"reason": "x"}).status_code == 404

    def test_audit_counts_no_leader(self, leader):
        other = make_user(Role.HR_LEADER, employee=EmployeeFactory())
        member = PoolMemberFactory(pool=self.member.pool, state="approved")

        audit = actions.publish_pool(member.pool, by=other)

        assert (audit.chosen, audit.population) == (1, 1)


def test_a_client_by_itself_decides_nothing():
    member = PoolMemberFactory()
    caller = APIClient()
    caller.force_authenticate(ClientPrincipal("test", EVERY_SCOPE))

    for verb in ("approve", "decline"):
        answer = caller.post(f"/api/v1/pool-members/{member.pk}/{verb}/", {"reason": "Sure"}, format="json")
        assert answer.status_code == 403

    member.refresh_from_db()
    assert member.state == "nominated"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-11-21", 12, "2027-11-21"), ("2027-12-31", 2, "2028-02-29")],
)
def test_months_end_where_the_month_does(day, months, then):
    assert months_later(datetime.date.fromisoformat(day), months).isoformat() == then


class PoolMachine(RuleBasedStateMachine):
    """One person, one pool, any order of deeds: at most one nomination and one membership, and no state comes back."""

    @initialize()
    def begin(self):
        self.pool, self.person = TalentPoolFactory(), EmployeeFactory()
        self.leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
        self.over: dict[int, str] = {}

    def newest(self):
        return PoolMember.objects.filter(pool=self.pool).order_by("-pk").first()

    def attempt(self, act):
        before = list(PoolMember.objects.order_by("pk").values("pk", "state"))
        try:
            act()
        except ActionError:
            assert list(PoolMember.objects.order_by("pk").values("pk", "state")) == before

    @rule()
    def nominate(self):
        self.attempt(lambda: actions.nominate_member(self.pool, self.person, by=None, rationale="Seen"))

    @precondition(lambda self: self.newest())
    @rule(yes=st.booleans())
    def decide(self, yes):
        act = actions.approve_nomination if yes else actions.decline_nomination
        self.attempt(lambda: act(self.newest(), by=self.leader, reason="Because"))

    @rule()
    def publish(self):
        self.attempt(lambda: actions.publish_pool(self.pool, by=self.leader))

    @precondition(lambda self: self.newest())
    @rule()
    def leave(self):
        self.attempt(lambda: actions.leave_pool(self.newest(), by=self.leader, reason="Wants to"))

    @rule()
    def time_passes(self):
        expire_memberships(timezone.localdate() + datetime.timedelta(days=400))

    @invariant()
    def one_of_each(self):
        if not hasattr(self, "pool"):
            return
        rows = PoolMember.objects.filter(pool=self.pool)
        assert rows.filter(state__in=["nominated", "approved"]).count() <= 1
        assert rows.filter(state="member").count() <= 1
        ended = dict(rows.filter(state__in=["declined", "renewed", "expired", "left"]).values_list("pk", "state"))
        assert self.over.items() <= ended.items()
        self.over = ended


class TestPools(TestCase):
    def test_any_order_of_deeds(self):
        run_state_machine_as_test(PoolMachine, settings=settings(stateful_step_count=12))
