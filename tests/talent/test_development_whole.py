"""Items from where they come to how they end: origins, levels, check-ins, assessing again, giving up."""

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
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from talent.actions import (
    ItemSeed,
    PlanOpening,
    add_action,
    add_item,
    check_in_item,
    close_item,
    complete_action,
    edit_action,
    open_development_plans,
)
from talent.development import overview
from talent.development.suggestions import suggested_for
from talent.enums import ActionKind, ClosedBy, ItemOrigin, ItemPurpose, ItemState
from talent.models import DevelopmentPlan, PlanCheckIn, PlanItem, SkillAssessment
from tests.factories.development import LearningItemFactory, PlanCheckInFactory
from tests.factories.people import CompetencyFactory, EmployeeFactory, make_user
from tests.factories.talent import (
    DevelopmentPlanFactory,
    PlanActionFactory,
    PlanItemFactory,
    SkillAssessmentFactory,
)

pytestmark = pytest.mark.django_db
CONFIDENTIAL = [ItemOrigin.SUCCESSION, ItemOrigin.TALENT_REVIEW]


@pytest.fixture
def company(company):
    """Each viewer is one account, however often it is asked for."""
    company.viewer = functools.cache(company.viewer)
    return company


def item_of(company, **fields) -> PlanItem:
    fields.setdefault("shared_at", timezone.now())
    plan = DevelopmentPlan.objects.filter(employee=company.person).first()
    return PlanItemFactory(plan=plan or DevelopmentPlanFactory(employee=company.person), **fields)


def acting_for(user) -> APIClient:
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), user))
    return caller


class TestWhereItComesFrom:
    @pytest.mark.parametrize("viewer", ["self", "manager"])
    @pytest.mark.parametrize("origin", CONFIDENTIAL)
    def test_a_bench_or_a_talent_review_reads_like_a_managers_wish(self, company, viewer, origin):
        hidden = item_of(company, origin=origin, source="talent.bench:7")
        plain = item_of(company, origin=ItemOrigin.MANAGER)
        user = company.viewer(viewer)

        assert hidden.origin_for(user) == plain.origin_for(user) == ItemOrigin.MANAGER.label
        assert hidden.source_for(user) == ""
        assert hidden.origin_for(company.viewer("hr_leader")) == origin.label

    @pytest.mark.parametrize("origin", CONFIDENTIAL)
    def test_it_behaves_like_a_managers_wish_too(self, company, origin):
        hidden, plain = item_of(company, origin=origin, source="talent.bench:7"), item_of(company, origin="manager")
        user = company.viewer("self")

        for permission in ("edit_item", "close_item", "assess_item", "check_in_item", "add_action"):
            assert user.has_perm(f"talent.{permission}", hidden) == user.has_perm(f"talent.{permission}", plain)

    @pytest.mark.parametrize("origin", CONFIDENTIAL)
    def test_no_door_tells_the_person(self, company, client, origin):
        seed = ItemSeed(source="talent.bench:77", title="Lead", origin=origin, shared_at=timezone.now())
        open_development_plans([PlanOpening(company.person.pk, (seed,))])
        plan = PlanItem.objects.get().plan
        user = company.viewer("self")
        client.force_login(user)

        page = client.get(reverse("talent:plan_detail", args=[plan.pk])).content.decode()
        answer = acting_for(user).get(f"/api/v1/development-plans/{plan.pk}/").json()["items"][0]

        assert str(origin.label) not in page
        assert (answer["origin"], answer["source"]) == (ItemOrigin.MANAGER.label, "")
        assert "bench" not in str(list(Fact.objects.values_list("data", flat=True)))

    def test_a_client_knows_with_the_scope_of_the_origin(self, company):
        item = item_of(company, origin=ItemOrigin.SUCCESSION)

        assert item.origin_for(ClientPrincipal("c", frozenset({"development:read"}))) == ItemOrigin.MANAGER.label
        with_scope = ClientPrincipal("c", frozenset({"development:read", "succession:read"}))
        assert item.origin_for(with_scope) == ItemOrigin.SUCCESSION.label

    def test_who_writes_by_hand_is_the_origin(self, company):
        own = add_item(company.person, by=company.viewer("self"), title="Write")
        managers = add_item(company.person, by=company.viewer("manager"), title="Speak")

        assert (own.origin, managers.origin) == (ItemOrigin.PERSON, ItemOrigin.MANAGER)
        assert Notice.objects.filter(employee=company.person).count() == 1


class TestLevels:
    def test_an_item_starts_from_the_level_the_person_was_told(self, company):
        told = SkillAssessmentFactory(profile__employee=company.person, level=2, shared_at=timezone.now())
        SkillAssessmentFactory(
            profile=told.profile, competency=told.competency, level=4, kind="assessor", shared_at=None
        )

        item = add_item(company.person, by=company.viewer("manager"), title="Write", competency=told.competency)

        assert item.from_level == 2

    def test_what_was_not_assessed_stays_unknown(self, company):
        item = add_item(company.person, by=company.viewer("manager"), title="Write", competency=CompetencyFactory())

        assert item.from_level is None

    def test_a_gap_page_leads_to_a_filled_form(self, company, client):
        known = SkillAssessmentFactory(profile__employee=company.person, level=2, shared_at=timezone.now())
        client.force_login(company.viewer("manager"))
        url = reverse("talent:item_add", args=[company.person.pk]) + f"?competency={known.competency_id}&level=4"

        form = client.get(url).context["form"]
        client.post(url, {"title": "Negotiate", "competency": known.competency_id, "target_level": 4})

        assert (form["from_level"].value(), form["target_level"].value()) == (2, "4")
        item = PlanItem.objects.get()
        assert (item.origin, item.target_level, item.from_level) == (ItemOrigin.GAP, 4, 2)

    @pytest.mark.parametrize("query", ["?competency=x&level=9", "?competency=²", "?competency=99999999999999999999999"])
    def test_odd_links_show_an_empty_form(self, company, client, query):
        client.force_login(company.viewer("manager"))

        assert client.get(reverse("talent:item_add", args=[company.person.pk]) + query).status_code == 200


class TestClosing:
    def test_a_level_at_the_target_closes(self, company):
        item = item_of(company, competency=CompetencyFactory(), target_level=4)
        manager = company.viewer("manager")

        closed = close_item(item, by=manager, level=4, evidence="Held the talk")

        found = SkillAssessment.objects.get()
        assert (closed.state, closed.closed_by, closed.reached_level) == (ItemState.DONE, ClosedBy.REASSESSMENT, 4)
        assert closed.assessment == found
        assert (found.level, found.kind, found.assessed_by, bool(found.shared_at)) == (
            4,
            "manager",
            manager.employee,
            True,
        )

    def test_a_level_below_the_target_is_recorded_and_leaves_it_open(self, company, client):
        item = item_of(company, competency=CompetencyFactory(), target_level=4)
        client.force_login(company.viewer("manager"))

        answer = client.post(
            reverse("talent:item_close", args=[item.pk]), {"is_done": "yes", "level": "3"}, follow=True
        ).content.decode()

        item.refresh_from_db()
        assert (item.state, item.reached_level, item.is_below_target) == (ItemState.OPEN, 3, True)
        assert SkillAssessment.objects.get().level == 3
        assert "the item stays open" in answer

    def test_a_tick_does_not_close(self, company):
        item = item_of(company, competency=CompetencyFactory(), target_level=4)

        with pytest.raises(ActionError) as refused:
            close_item(item, by=company.viewer("manager"))

        assert refused.value.field == "level"
        item.refresh_from_db()
        assert item.state == ItemState.OPEN

    def test_nobody_assesses_themselves(self, company):
        item = item_of(company, competency=CompetencyFactory(), target_level=4, origin="person")

        with pytest.raises(ActionError):
            close_item(item, by=company.viewer("self"), level=5)

        assert not SkillAssessment.objects.exists()

    def test_a_level_found_elsewhere_since_closes(self, company):
        item = item_of(company, competency=CompetencyFactory(), target_level=3, origin="person")
        SkillAssessmentFactory(
            profile__employee=company.person,
            competency=item.competency,
            kind="certificate",
            level=3,
            assessed_on=timezone.localdate(),
            shared_at=timezone.now(),
        )

        assert close_item(item, by=company.viewer("self")).state == ItemState.DONE

    @pytest.mark.parametrize("older", [{"kind": "self"}, {"shared_at": None}])
    def test_a_level_of_ones_own_or_not_told_does_not(self, company, older):
        item = item_of(company, competency=CompetencyFactory(), target_level=3, origin="person")
        found = {"kind": "manager", "shared_at": timezone.now(), "assessed_on": timezone.localdate(), "level": 5}
        SkillAssessmentFactory(profile__employee=company.person, competency=item.competency, **(found | older))

        with pytest.raises(ActionError):
            close_item(item, by=company.viewer("self"))

    def test_without_a_competency_it_takes_evidence(self, company):
        item = item_of(company)
        manager = company.viewer("manager")

        with pytest.raises(ActionError) as refused:
            close_item(item, by=manager)
        closed = close_item(item, by=manager, evidence="The talk was held")

        assert refused.value.field == "evidence"
        assert (closed.closed_by, closed.closing_words) == (ClosedBy.EVIDENCE, "The talk was held")

    def test_giving_up_takes_a_reason(self, company):
        item = item_of(company)

        with pytest.raises(ActionError) as refused:
            close_item(item, by=company.viewer("manager"), is_done=False)
        given_up = close_item(item, by=company.viewer("manager"), is_done=False, reason="The role changed")

        assert refused.value.field == "reason"
        assert (given_up.state, given_up.closing_words) == (ItemState.DROPPED, "The role changed")

    def test_a_refused_form_comes_back_with_what_was_typed(self, company, client):
        item = item_of(company)
        client.force_login(company.viewer("manager"))

        answer = client.post(reverse("talent:item_close", args=[item.pk]), {"is_done": "no", "evidence": "Some words"})

        assert (answer.status_code, "Some words" in answer.content.decode()) == (422, True)

    @given(target=st.integers(1, 5), levels=st.lists(st.integers(1, 5), min_size=1, max_size=4))
    def test_it_closes_with_the_first_level_that_reaches_the_target(self, target, levels):
        manager = make_user()
        plan = DevelopmentPlanFactory(employee=EmployeeFactory(manager=manager.employee))
        item = PlanItemFactory(plan=plan, competency=CompetencyFactory(), target_level=target)
        tried = []
        for level in levels:
            tried.append(level)
            if close_item(item, by=manager, level=level).state == ItemState.DONE:
                break

        item.refresh_from_db()
        assert (item.state == ItemState.DONE) == (tried[-1] >= target)
        assert item.reached_level == tried[-1]
        assert all(level < target for level in tried[:-1])


class TestCheckIns:
    def test_they_stay_as_they_were_written(self, company):
        item, user = item_of(company), company.viewer("self")
        yesterday = timezone.localdate() - datetime.timedelta(days=1)

        check_in_item(item, by=user, note=" First talk held ", progress=30, on=yesterday)
        check_in_item(item, by=user, progress=60)

        assert list(PlanCheckIn.objects.values_list("on", "progress", "note")) == [
            (timezone.localdate(), 60, ""),
            (yesterday, 30, "First talk held"),
        ]

    def test_silence_and_days_to_come_are_refused(self, company):
        item, user = item_of(company), company.viewer("self")

        for odd in ({}, {"note": "  "}, {"progress": 101}, {"on": timezone.localdate() + datetime.timedelta(days=1)}):
            with pytest.raises(ActionError):
                check_in_item(item, by=user, **odd)

        assert not PlanCheckIn.objects.exists()
        assert not Fact.objects.exists()

    def test_what_is_not_shared_shows_no_check_in(self, company):
        hidden = PlanCheckInFactory(item=item_of(company, shared_at=None))

        assert not PlanCheckIn.objects.visible_to(company.viewer("self")).exists()
        assert list(PlanCheckIn.objects.visible_to(company.viewer("manager"))) == [hidden]


class TestActions:
    def test_the_last_one_done_asks_the_manager_to_assess(self, company):
        item, user = item_of(company, competency=CompetencyFactory()), company.viewer("self")
        first = add_action(item, by=user, kind=ActionKind.TRAINING, title="A course")
        second = add_action(item, by=user, kind=ActionKind.PROJECT, title="A project")

        complete_action(first, by=user, evidence="Done", evidence_url="https://example.com/certificate")
        assert not Notice.objects.exists()
        complete_action(second, by=user)

        assert Notice.objects.get().employee == company.boss

    def test_one_says_how_far_it_is(self, company):
        action = PlanActionFactory(item=item_of(company))

        edit_action(action, by=company.viewer("self"), progress=40, title="Other")
        with pytest.raises(ActionError):
            edit_action(action, by=company.viewer("self"), progress=140)

        action.refresh_from_db()
        assert (action.progress, action.title) == (40, "Other")

    def test_what_is_suggested_leads_on_from_where_one_is(self, company):
        competency = CompetencyFactory()
        item = item_of(company, competency=competency, from_level=2, target_level=4)
        LearningItemFactory(competency=competency, level=2)
        LearningItemFactory(competency=competency, level=4, is_active=False)
        LearningItemFactory(level=4)
        there = LearningItemFactory(competency=competency, level=4, hours=20)
        shorter = LearningItemFactory(competency=competency, level=4, hours=3)
        further = LearningItemFactory(competency=competency, level=5)

        assert suggested_for(item) == [shorter, there, further]


class TestPages:
    def test_the_plan_costs_the_same_however_much_is_in_it(self, company, client):
        client.force_login(company.viewer("manager"))
        plan = DevelopmentPlanFactory(employee=company.person)
        url = reverse("talent:plan_detail", args=[plan.pk])

        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            return len(queries)

        def one_more():
            competency = CompetencyFactory()
            item = PlanItemFactory(plan=plan, competency=competency, shared_at=timezone.now(), owner=company.person)
            PlanActionFactory(item=item, learning_item=LearningItemFactory(), owner=company.boss)
            LearningItemFactory(competency=competency, level=3)
            PlanCheckInFactory.create_batch(2, item=item, by=company.boss)

        one_more()
        client.get(url)
        one = cost()
        one_more()
        one_more()

        assert cost() == one

    def test_the_overview_counts_what_it_lists(self, company, client):
        manager = company.viewer("manager")
        today = timezone.localdate()
        silent = item_of(company, due_on=today - datetime.timedelta(days=1))
        plan = silent.plan
        ready = PlanItemFactory(plan=plan, competency=CompetencyFactory())
        PlanActionFactory(item=ready, done_at=timezone.now())
        below = PlanItemFactory(plan=plan, competency=CompetencyFactory(), from_level=1, target_level=4)
        close_item(below, by=manager, level=2)
        closed = PlanItemFactory(plan=plan, competency=CompetencyFactory(), from_level=1, target_level=3)
        close_item(closed, by=manager, level=3)
        given_up = PlanItemFactory(plan=plan, competency=CompetencyFactory())
        close_item(given_up, by=manager, is_done=False, reason="No longer asked for")
        leader = company.viewer("hr_leader")
        client.force_login(leader)

        found = overview.standing(leader, today)

        assert (found.open, found.without_action, found.overdue) == (3, 2, 1)
        assert (found.ready, found.below_target, found.closed, found.dropped) == (1, 1, 1, 1)
        assert (found.closure.successes, found.closure.n, found.levels_gained) == (1, 2, 2)
        for show, items in {
            "without_action": {silent, below},
            "overdue": {silent},
            "ready": {ready},
            "below_target": {below},
            "ended": {closed, given_up},
        }.items():
            page = client.get(reverse("talent:plan_overview"), {"show": show})
            assert {row["item"] for row in page.context["rows"]} == items

    def test_of_nothing_the_overview_knows_nothing(self, company):
        assert overview.standing(company.viewer("hr_leader"), timezone.localdate()).closure is None

    def test_the_overview_costs_the_same_for_one_and_three(self, company, client):
        client.force_login(company.viewer("hr_leader"))
        costs = []
        for items in (1, 2):
            for _ in range(items):
                item_of_somebody = PlanItemFactory(competency=CompetencyFactory())
                PlanActionFactory(item=item_of_somebody)
            client.get(reverse("talent:plan_overview"))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("talent:plan_overview"))
            costs.append(len(queries))

        assert costs[0] == costs[1]

    def test_over_the_api_items_are_checked_in_and_assessed(self, company):
        item = item_of(company, competency=CompetencyFactory(), target_level=4, purpose=ItemPurpose.NEXT)
        api, own = acting_for(company.viewer("manager")), acting_for(company.viewer("self"))
        url = f"/api/v1/development-plans/{item.plan_id}/items/{item.pk}/"

        noted = own.post(f"{url}check-ins/", {"note": "Half way", "progress": 50}, format="json")
        refused = own.post(f"{url}close/", {"level": 5}, format="json")
        below = api.post(f"{url}close/", {"level": 3}, format="json")
        closed = api.post(f"{url}close/", {"level": 4}, format="json")

        assert noted.status_code == 201
        assert noted.json()["items"][0]["check_ins"][0]["progress"] == 50
        assert refused.status_code == 403
        assert (below.json()["items"][0]["state"], below.json()["items"][0]["reached_level"]) == ("open", 3)
        assert (closed.json()["items"][0]["state"], closed.json()["items"][0]["closed_by"]) == ("done", "reassessment")
