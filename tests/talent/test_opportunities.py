"""Opportunities: from draft to placement, the match that can be worked out by hand, and looking for people."""

import datetime

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
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact, Job
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from talent.actions.interests import (
    accept_offer,
    begin_talks,
    change_telling,
    decline_interest,
    invite_person,
    offer_opportunity,
    say_interest,
    withdraw_interest,
)
from talent.actions.opportunities import (
    close_opportunity,
    create_opportunity,
    edit_opportunity,
    hand_over_opportunity,
    publish_opportunity,
    withdraw_opportunity,
)
from talent.enums import InterestState, LeadershipWish, OpportunityState, RelocationWish, TravelWish, WishTiming
from talent.models import CandidateSearch, Interest, Opportunity
from talent.scores.fit import Demand
from talent.scores.opportunities import WEIGHTS, Asked, Said, match_of
from tests.factories.mobility import InterestFactory, OpportunityFactory
from tests.factories.people import (
    CompetencyFactory,
    EmployeeFactory,
    JobFactory,
    OrgUnitFactory,
    make_user,
)
from tests.factories.potential import AspirationFactory
from tests.factories.talent import SkillAssessmentFactory

levels = st.integers(1, 5)
asked = st.builds(
    Asked,
    demands=st.lists(levels, max_size=4).map(lambda found: tuple(Demand(n, lv, 3) for n, lv in enumerate(found))),
    job_id=st.none() | st.integers(1, 3),
    leads_people=st.booleans(),
    location_id=st.none() | st.integers(1, 3),
    country=st.sampled_from(["", "DE", "PT"]),
    starts_in_months=st.none() | st.integers(0, 40),
    travel=st.sampled_from(["", *TravelWish.values]),
)
said = st.builds(
    Said,
    jobs=st.frozensets(st.integers(1, 3)),
    leading=st.sampled_from(["", *LeadershipWish.values]),
    relocation=st.sampled_from(["", *RelocationWish.values]),
    timing=st.sampled_from(["", *WishTiming.values]),
    travel=st.sampled_from(["", *TravelWish.values]),
    location_id=st.none() | st.integers(1, 3),
    country=st.sampled_from(["", "DE", "PT"]),
)


class TestMatch:
    @given(asked, st.dictionaries(st.integers(0, 3), levels), said)
    def test_it_is_what_its_parts_say_and_lies_between_its_ends(self, opportunity, known, wish):
        match = match_of(opportunity, known, wish)

        if match is None:
            return
        assert {part.name: part.weight for part in match.parts}.items() <= WEIGHTS.items()
        assert 0 <= match.low <= match.middle <= match.high <= 100.0000001
        total = sum(part.weight for part in match.parts)
        assert match.low == pytest.approx(100 * sum(part.weight * part.low for part in match.parts) / total)
        assert match.high == pytest.approx(100 * sum(part.weight * part.high for part in match.parts) / total)

    @given(asked, said)
    def test_knowing_more_never_widens_it(self, opportunity, wish):
        unknown = match_of(opportunity, {}, Said(location_id=wish.location_id, country=wish.country))
        known = match_of(opportunity, {need.competency_id: 3 for need in opportunity.demands}, wish)

        if unknown is None:
            assert known is None
            return
        assert unknown.low - 1e-9 <= known.low <= known.high <= unknown.high + 1e-9

    def test_each_part_by_hand(self):
        opportunity = Asked((Demand(1, 4, 5), Demand(2, 2, 1)), 7, True, 1, "DE", 6, TravelWish.SOME)
        wish = Said(frozenset({7}), LeadershipWish.LATER, RelocationWish.COUNTRY, WishTiming.TWO_YEARS, "", 2, "DE")

        parts = {part.name: (part.low, part.high) for part in match_of(opportunity, {1: 3}, wish).parts}

        assert parts == {
            "skills": (pytest.approx(15 / 22), pytest.approx(17 / 22)),
            "role": (1, 1),
            "place": (1, 1),
            "leading": (0.5, 0.5),
            "timing": (0, 0),
            "travel": (0, 1),
        }


@pytest.fixture
def wished(company):
    """An opportunity that asks for two skills, of which the person has one at level 3, and for the job the person wishes."""
    known, unknown = CompetencyFactory(), CompetencyFactory()
    SkillAssessmentFactory(profile__employee=company.person, competency=known, level=3, shared_at=timezone.now())
    job = JobFactory()
    wish = AspirationFactory(employee=company.person)
    wish.jobs.set([job])
    return OpportunityFactory(needs={known: (4, 5), unknown: (2, 1)}, job=job, org_unit=company.elsewhere)


@pytest.mark.django_db
class TestFinding:
    def test_the_page_shows_all_a_match_is_made_of(self, company, wished):
        api = APIClient()
        api.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), company.viewer("self")))

        row = api.get(f"/api/v1/opportunities/{wished.pk}/match/").json()

        whole = lost = unknown = 0
        for skill in row["skills"]:
            weight = skill["required"] * skill["importance"]
            whole += weight
            if skill["have"] is None:
                unknown += weight
            else:
                lost += skill["importance"] * max(0, skill["required"] - skill["have"])
        parts = {part["name"]: part for part in row["parts"]}
        assert parts["skills"]["low"] == pytest.approx((whole - lost - unknown) / whole)
        assert parts["skills"]["high"] == pytest.approx((whole - lost) / whole)
        weights = sum(part["weight"] for part in row["parts"])
        assert row["low"] == pytest.approx(100 * sum(p["weight"] * p["low"] for p in row["parts"]) / weights)
        assert row["high"] == pytest.approx(100 * sum(p["weight"] * p["high"] for p in row["parts"]) / weights)
        assert 0 < row["low"] < row["high"] < 100

    def test_the_best_come_first_and_each_part_is_on_the_page(self, company, wished, client):
        worse = OpportunityFactory(needs={CompetencyFactory(): (5, 5)}, job=JobFactory())
        OpportunityFactory(title="Nothing asked")
        client.force_login(company.viewer("self"))

        page = client.get(reverse("talent:opportunity_list"))
        detail = client.get(wished.get_absolute_url()).content.decode()

        assert [row.opportunity for row in page.context["page"].rows][:2] == [wished, worse]
        for words in ("Wished role", "Weight", "Not assessed", "decides nothing"):
            assert words in detail

    def test_filters_and_orders(self, company, client):
        soon = OpportunityFactory(closes_on=timezone.localdate(), kind="project", time_share=20)
        later = OpportunityFactory(closes_on=timezone.localdate() + datetime.timedelta(days=9), title="Build a bridge")
        OpportunityFactory(closes_on=timezone.localdate() - datetime.timedelta(days=1))
        client.force_login(company.viewer("self"))

        def found(query):
            rows = client.get(reverse("talent:opportunity_list"), query).context["page"].rows
            return [row.opportunity for row in rows]

        assert found({"order": "soonest"}) == [soon, later]
        assert found({"q": "bridge"}) == found({"time": "whole"}) == [later]
        assert found({"kind": "project"}) == [soon]

    def test_it_is_for_those_it_is_published_to(self, company):
        child = OrgUnitFactory(parent=company.unit)
        inside = OpportunityFactory(units=[company.unit], org_unit=company.elsewhere)
        OpportunityFactory(units=[company.elsewhere], org_unit=company.elsewhere)
        OpportunityFactory(state="draft", org_unit=company.elsewhere)
        below = make_user(employee=EmployeeFactory(org_unit=child))

        for user in (company.viewer("self"), below):
            assert list(Opportunity.objects.visible_to(user)) == [inside]
        assert Opportunity.objects.visible_to(make_user(Role.HR_LEADER)).count() == 3
        assert Opportunity.objects.visible_to(company.viewer("far_partner")).count() == 3
        assert not Opportunity.objects.visible_to(company.viewer("admin")).exists()

    @pytest.mark.parametrize("page", ["list", "managed", "detail"])
    def test_it_costs_the_same_for_one_and_three(self, company, client, page):
        owner = company.viewer("manager")
        first = OpportunityFactory(owner=company.boss, needs={CompetencyFactory(): (3, 3)})
        InterestFactory(opportunity=first)
        url = {
            "list": reverse("talent:opportunity_list"),
            "managed": reverse("talent:opportunity_managed"),
            "detail": first.get_absolute_url(),
        }[page]
        client.force_login(owner)
        costs = []
        for more in (0, 2):
            for _ in range(more):
                InterestFactory(opportunity=first)
                InterestFactory(opportunity=OpportunityFactory(owner=company.boss, needs={CompetencyFactory(): (3, 3)}))
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            costs.append(len(queries))

        assert costs[0] == costs[1]


@pytest.mark.django_db
class TestLife:
    def test_from_a_draft_to_a_placement_on_pages(self, company, client):
        boss, person = company.viewer("manager"), make_user(employee=EmployeeFactory(org_unit=company.elsewhere))
        other, competency = InterestFactory, CompetencyFactory()
        client.force_login(boss)
        client.post(
            reverse("talent:opportunity_add"),
            {
                "kind": "project",
                "title": "Open the shop in Porto",
                "description": "Find a place and a team",
                "org_unit": company.unit.code,
                "time_share": 40,
                "competency_1": competency.pk,
                "level_1": 3,
                "importance_1": 5,
                "unit_1": company.elsewhere.code,
            },
        )
        opportunity = Opportunity.objects.get()
        assert (opportunity.state, opportunity.owner, list(opportunity.units.all())) == (
            "draft",
            company.boss,
            [company.elsewhere],
        )
        client.post(reverse("talent:opportunity_publish", args=[opportunity.pk]))
        waiting = other(opportunity=opportunity)

        client.force_login(person)
        client.post(reverse("talent:opportunity_yes", args=[opportunity.pk]), {"note": "I know Porto"})
        interest = Interest.objects.get(employee=person.employee)
        client.force_login(boss)
        client.post(reverse("talent:interest_talks", args=[interest.pk]))
        client.post(reverse("talent:interest_offer", args=[interest.pk]), {"words": "From May on"})
        client.force_login(person)
        assert "From May on" in client.get(opportunity.get_absolute_url()).content.decode()
        client.post(reverse("talent:interest_accept", args=[interest.pk]))

        for row in (opportunity, interest, waiting):
            row.refresh_from_db()
        assert (opportunity.state, opportunity.filled_by) == (OpportunityState.FILLED, person.employee)
        assert (interest.state, interest.is_told_to_manager) == (InterestState.ACCEPTED, True)
        assert waiting.state == InterestState.DECLINED
        assert set(Notice.objects.filter(employee=waiting.employee).values_list("kind", flat=True)) == {
            "talent.opportunity_ended"
        }
        topics = list(Fact.objects.order_by("pk").values_list("topic", flat=True))
        assert topics[-3:] == ["talent.interest_accepted", "talent.interest_declined", "talent.opportunity_filled"]
        assert "Porto" not in str(list(Fact.objects.values_list("data", flat=True)))

    @pytest.mark.parametrize("end", [close_opportunity, withdraw_opportunity])
    def test_an_end_tells_everybody_why(self, end):
        interest = InterestFactory(state="in_talks")
        gone = InterestFactory(opportunity=interest.opportunity, state="withdrawn")

        with pytest.raises(ActionError):
            end(interest.opportunity, by=None, reason=" ")
        end(interest.opportunity, by=None, reason="The customer left")

        interest.refresh_from_db()
        gone.refresh_from_db()
        assert (interest.state, interest.answer, gone.state) == ("declined", "The customer left", "withdrawn")
        for step in (
            publish_opportunity,
            lambda row, by: edit_opportunity(row, by=by, version=row.version, title="Again"),
        ):
            with pytest.raises(ActionError):
                step(interest.opportunity, by=None)

    def test_a_state_that_does_not_allow_it_refuses_and_changes_nothing(self):
        steps = {
            withdraw_interest: {"invited", "interested", "in_talks", "offered"},
            begin_talks: {"interested"},
            offer_opportunity: {"interested", "in_talks"},
            lambda row, by: decline_interest(row, by=by, reason="No"): {"interested", "in_talks", "offered"},
            accept_offer: {"offered"},
        }
        for step, allowed in steps.items():
            for state in set(InterestState.values) - allowed:
                interest = InterestFactory(state=state)
                with pytest.raises(ActionError):
                    step(interest, by=None)
                interest.refresh_from_db()
                assert interest.state == state

    def test_one_says_yes_once_and_again_after_taking_it_back(self, company):
        opportunity, me = OpportunityFactory(), company.person
        first = say_interest(opportunity, me, by=company.viewer("self"), note="Yes")

        with pytest.raises(ActionError, match="already"):
            say_interest(opportunity, me, by=None)
        withdraw_interest(first, by=None)
        again = say_interest(opportunity, me, by=None, note="Yes, after all")

        assert (again.pk, again.state, again.note) == (first.pk, "interested", "Yes, after all")

    def test_neither_too_late_nor_to_ones_own(self, company):
        late = OpportunityFactory(closes_on=timezone.localdate() - datetime.timedelta(days=1))
        own = OpportunityFactory(owner=company.person)

        for opportunity in (late, own, OpportunityFactory(state="draft")):
            with pytest.raises(ActionError):
                say_interest(opportunity, company.person, by=None)

        assert not Interest.objects.exists()

    def test_the_first_who_accepts_has_it(self):
        opportunity = OpportunityFactory()
        one, other = (InterestFactory(opportunity=opportunity, state="offered") for _ in range(2))

        accept_offer(one, by=None)
        with pytest.raises(ActionError):
            accept_offer(other, by=None)

        opportunity.refresh_from_db()
        assert opportunity.filled_by == one.employee

    def test_it_is_handed_over_and_the_new_owner_is_no_candidate(self):
        interest = InterestFactory()

        hand_over_opportunity(interest.opportunity, by=None, owner=interest.employee)

        interest.refresh_from_db()
        assert (interest.state, Opportunity.objects.get().owner) == ("declined", interest.employee)

    def test_needs_are_of_the_library_and_each_once(self, company):
        competency = CompetencyFactory()
        typed = {"title": "T", "description": "D", "org_unit": company.unit}

        for needs in ([Demand(999999, 3, 3)], [Demand(competency.pk, 3, 3)] * 2):
            with pytest.raises(ActionError):
                create_opportunity(by=None, owner=company.boss, needs=needs, **typed)

        assert not Opportunity.objects.exists()

    def test_a_refused_form_keeps_what_was_typed(self, company, client):
        client.force_login(company.viewer("manager"))

        page = client.post(reverse("talent:opportunity_add"), {"title": "My title", "description": "My long words"})

        assert page.status_code == 422
        assert "My long words" in page.content.decode()


@pytest.mark.django_db
class TestLooking:
    def test_hr_finds_whom_it_looks_after_and_invites(self, company, wished, client):
        partner = make_user(Role.HRBP, unit=company.unit, employee=EmployeeFactory(org_unit=company.unit))
        report = EmployeeFactory(org_unit=company.unit, manager=partner.employee)
        for somebody in (report, EmployeeFactory(org_unit=company.elsewhere), partner.employee):
            AspirationFactory(employee=somebody).jobs.set([wished.job])
        client.force_login(partner)
        url = reverse("talent:opportunity_candidates", args=[wished.pk])

        waiting = client.post(reverse("talent:opportunity_candidates_search", args=[wished.pk]), follow=True)
        run_due_jobs()
        page = client.get(url)
        client.post(
            reverse("talent:opportunity_invite", args=[wished.pk, company.person.pk]), {"words": "You speak Portuguese"}
        )
        refused = client.post(reverse("talent:opportunity_invite", args=[wished.pk, report.pk]))

        watched = reverse("home:job_detail", args=[Job.objects.get(kind="talent.search_candidates").pk])
        assert f'hx-get="{watched}"' in waiting.content.decode()
        found = [line["row"].employee for line in page.context["rows"]]
        assert found[0] == company.person
        assert not {report, partner.employee} & set(found)
        assert refused.status_code == 403
        interest = Interest.objects.get()
        assert (interest.state, interest.employee, interest.said_yes_at) == ("invited", company.person, None)
        assert list(Notice.objects.values_list("employee", "kind")) == [(company.person.pk, "talent.person_invited")]
        with pytest.raises(ActionError):
            invite_person(wished, company.person, by=partner)

    def test_a_search_is_ones_own_and_read_with_the_rights_of_today(self, company, wished):
        leader, other = make_user(Role.HR_LEADER), make_user(Role.HR_LEADER)
        search = CandidateSearch.objects.create(
            opportunity=wished, user=leader, people=[company.person.pk], computed_at=timezone.now(), compared=1
        )
        api = APIClient()
        api.force_authenticate(ClientPrincipal("t", frozenset(Scope.values)))

        assert list(CandidateSearch.objects.visible_to(leader)) == [search]
        assert not CandidateSearch.objects.visible_to(other).exists()
        assert api.get(f"/api/v1/opportunities/{wished.pk}/candidates/").json()["candidates"] == []

    def test_an_invitation_is_not_the_owners_to_see(self, company, wished):
        interest = invite_person(wished, company.person, by=None)

        seen = Interest.objects.visible_to(make_user(employee=wished.owner)).exists()

        assert not seen
        change_telling(interest, by=None, is_told_to_manager=True)
        assert not Interest.objects.visible_to(company.viewer("manager")).exists()


@pytest.mark.django_db
class TestTwoEditOne:
    def test_who_saves_second_over_the_api_is_refused(self):
        opportunity = OpportunityFactory()
        api = APIClient()
        api.force_authenticate(ClientPrincipal("t", frozenset(Scope.values)))
        url = f"/api/v1/opportunities/{opportunity.pk}/"
        tag = api.get(url)["ETag"]

        blind = api.patch(url, {"title": "Blind"}, format="json")
        first = api.patch(url, {"title": "First"}, format="json", headers={"If-Match": tag})
        late = api.patch(url, {"title": "Late"}, format="json", headers={"If-Match": tag})

        assert (blind.status_code, first.status_code, late.status_code) == (428, 200, 412)
        opportunity.refresh_from_db()
        assert (opportunity.title, opportunity.version) == ("First", 2)

    def test_on_the_page_what_was_typed_stays_beside_what_is_stored(self, client):
        opportunity = OpportunityFactory(owner=EmployeeFactory(), needs={CompetencyFactory(name="Plumbing"): (3, 4)})
        client.force_login(make_user(Role.HR_LEADER, employee=EmployeeFactory()))
        url = reverse("talent:opportunity_edit", args=[opportunity.pk])
        form = client.get(url).context["form"]
        typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
        edit_opportunity(opportunity, by=None, version=1, title="Theirs")

        late = client.post(url, typed | {"title": "Mine"})

        assert late.status_code == 409
        page = late.content.decode()
        assert "Theirs" in page
        assert 'value="Mine"' in page
        assert "Plumbing 3" in page
        opportunity.refresh_from_db()
        assert opportunity.title == "Theirs"
        typed |= {"title": "Mine", "version": late.context["form"]["version"].value()}
        assert client.post(url, typed).status_code == 302
