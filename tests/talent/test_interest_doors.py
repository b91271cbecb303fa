"""What a person keeps from their managers is behind no door: page, count, file, notice, work, audit, feed or filter."""

import functools

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.home.views.audit import facts_for
from hrportal.home.work import work_of
from hrportal.integrations.hearing import heard_by
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from hrportal.people.exports import kind_named
from talent.actions.interests import change_telling, say_interest, withdraw_interest
from talent.mobility.tasks import opportunity_tasks
from talent.models import Interest
from talent.profile.sections import data_of
from tests.factories.mobility import InterestFactory, OpportunityFactory
from tests.factories.people import EmployeeFactory, make_user
from tests.talent.company import VIEWERS

HR = {"partner", "hr_leader"}
ABOVE = {"manager", "head"}


@pytest.fixture
def company(company):
    """Each viewer is one account, however often it is asked for."""
    company.viewer = functools.cache(company.viewer)
    return company


@pytest.fixture
def secret(company):
    """The person said yes to what their own manager posted."""
    opportunity = OpportunityFactory(owner=company.boss, org_unit=company.unit, title="A desk by the sea")
    return say_interest(opportunity, company.person, by=company.viewer("self"), note="I would love to go")


def is_seen_anywhere(user, interest, client) -> dict[str, bool]:
    """Each door, and whether anything of this interest comes through it."""
    client.force_login(user)
    acting = APIClient()
    acting.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), user))
    name, api = interest.employee.name, "/api/v1/opportunity-interests/"
    detail = client.get(interest.opportunity.get_absolute_url())
    managed = client.get(reverse("talent:opportunity_managed"))
    listed = client.get(reverse("talent:interest_list"))
    rows = kind_named("talent.interests").rows(user, QueryDict())
    return {
        "rows": Interest.objects.visible_to(user).filter(pk=interest.pk).exists(),
        "detail": bool(detail.context and (detail.context["people"] or detail.context["own"])),
        "words": interest.note in detail.content.decode() + listed.content.decode(),
        "list": bool(listed.context and (listed.context["page"].rows or listed.context["own"])),
        "count": managed.status_code == 200 and any(row["waiting"] for row in managed.context["rows"]),
        "file": interest in list(rows),
        "person filter": bool(acting.get(api, {"employee": interest.employee_id}).json()["results"]),
        "opportunity filter": bool(acting.get(api, {"opportunity": interest.opportunity_id}).json()["results"]),
        "one": acting.get(f"{api}{interest.pk}/").status_code == 200,
        "work": bool(opportunity_tasks(user, timezone.localdate(), most=5)),
        "notice": Notice.objects.filter(employee=user.employee, kind="talent.interest_said").exists(),
        "profile": bool((data_of(interest.employee, user).get("mobility") or {}).get("interests")),
        "names": name in listed.content.decode() + managed.content.decode(),
        "answer": acting.post(f"{api}{interest.pk}/begin-talks/").status_code == 200,
    }


@pytest.mark.django_db
class TestKept:
    @pytest.mark.parametrize("viewer", sorted(ABOVE | {"colleague", "executive", "far_partner", "partner_below"}))
    def test_no_door_lets_anything_through(self, company, secret, client, viewer):
        seen = is_seen_anywhere(company.viewer(viewer), secret, client)

        assert {door for door, is_open in seen.items() if is_open} == set()

    def test_the_rest_of_the_opportunity_is_there_for_its_owner(self, company, secret, client):
        InterestFactory(opportunity=secret.opportunity, note="Me too")
        client.force_login(company.viewer("manager"))

        page = client.get(secret.opportunity.get_absolute_url())
        managed = client.get(reverse("talent:opportunity_managed"))

        assert [row["interest"].note for row in page.context["people"]] == ["Me too"]
        assert [row["waiting"] for row in managed.context["rows"]] == [1]

    def test_hr_above_the_person_is_above_the_person(self, client):
        leader = make_user(Role.HR_LEADER, Role.MANAGER)
        opportunity = OpportunityFactory(owner=leader.employee)
        report = EmployeeFactory(manager=leader.employee)
        interest = say_interest(opportunity, report, by=make_user(employee=report), note="Away from here")

        seen = is_seen_anywhere(leader, interest, client)

        assert {door for door, is_open in seen.items() if is_open} == set()
        assert not facts_for(leader).filter(topic="talent.interest_said").exists()
        assert facts_for(make_user(Role.HR_LEADER)).filter(topic="talent.interest_said").exists()
        assert not facts_for(make_user(Role.ADMIN)).filter(topic="talent.interest_said").exists()

    def test_hr_of_the_person_reads_is_told_and_answers(self, company, client):
        partner, opportunity = company.viewer("partner"), OpportunityFactory(owner=company.boss, org_unit=company.unit)

        interest = say_interest(opportunity, company.person, by=company.viewer("self"), note="Quietly")

        assert list(Notice.objects.values_list("employee", flat=True)) == [partner.employee_id]
        client.force_login(partner)
        client.post(reverse("talent:interest_offer", args=[interest.pk]), {"words": "Come"})
        interest.refresh_from_db()
        assert interest.state == "offered"

    def test_taking_it_back_is_no_hint_either(self, company, secret):
        withdraw_interest(secret, by=company.viewer("self"))

        assert not Notice.objects.filter(employee=company.boss).exists()

    def test_nothing_of_it_leaves_with_a_client_as_a_fact(self, secret):
        Fact.objects.update(position=None)
        for number, fact in enumerate(Fact.objects.order_by("pk"), start=1):
            Fact.objects.filter(pk=fact.pk).update(position=number)

        heard = heard_by(ClientPrincipal("t", frozenset(Scope.values)))

        assert "talent.interest" not in set(heard.values_list("subject_type", flat=True))

    def test_who_becomes_a_manager_sees_it_no_more(self, company, client):
        owner = make_user(employee=EmployeeFactory())
        interest = InterestFactory(opportunity__owner=owner.employee)
        assert Interest.objects.visible_to(owner).exists()
        person = interest.employee
        person.manager, person.path = owner.employee, owner.employee.path + person.path
        person.save()

        assert not Interest.objects.visible_to(owner).exists()


@pytest.mark.django_db
class TestTold:
    @pytest.mark.parametrize("viewer", VIEWERS)
    @pytest.mark.parametrize("is_told", [True, False])
    def test_who_reads(self, company, secret, viewer, is_told):
        Interest.objects.update(is_told_to_manager=is_told)

        seen = Interest.objects.visible_to(company.viewer(viewer)).exists()

        assert seen == (viewer in {"self"} | HR | (ABOVE if is_told else set()))

    def test_the_owner_learns_of_it_from_then_on_and_it_can_be_kept_again(self, company, secret, client):
        boss, me = company.viewer("manager"), company.viewer("self")
        client.force_login(me)
        url = reverse("talent:interest_tell", args=[secret.pk])

        client.post(url, {"told": "yes"})
        assert Notice.objects.filter(employee=company.boss, kind="talent.interest_said").count() == 1
        assert {door for door, is_open in is_seen_anywhere(boss, secret, client).items() if not is_open} == set()
        client.force_login(me)
        client.post(url, {"told": "no"})

        assert not Interest.objects.visible_to(boss).exists()
        topics = list(
            Fact.objects.filter(subject_type="talent.interest").order_by("pk").values_list("topic", flat=True)
        )
        assert topics == [
            "talent.interest_said",
            "talent.interest_told",
            "talent.interest_talks_begun",
            "talent.interest_kept",
        ]

    def test_saying_the_same_again_changes_nothing(self, secret):
        change_telling(secret, by=None, is_told_to_manager=False)

        assert not Fact.objects.filter(topic="talent.interest_kept").exists()

    def test_an_owner_who_is_not_above_reads_it_at_once(self, company, client):
        owner = make_user(employee=EmployeeFactory(org_unit=company.elsewhere))
        interest = say_interest(OpportunityFactory(owner=owner.employee), company.person, by=company.viewer("self"))

        assert Interest.objects.visible_to(owner).get() == interest
        assert [section.title for section in work_of(owner)] == ["Opportunities"]
        assert Notice.objects.get().employee == owner.employee
        assert not Interest.objects.visible_to(company.viewer("manager")).exists()


@pytest.mark.django_db
class TestClients:
    def test_a_client_by_itself_reads_as_hr_and_says_nothing_for_anybody(self, secret):
        api, blind = APIClient(), APIClient()
        api.force_authenticate(ClientPrincipal("t", frozenset(Scope.values)))
        blind.force_authenticate(ClientPrincipal("t", frozenset(set(Scope.values) - {Scope.MOBILITY_READ})))
        url = "/api/v1/opportunity-interests/"

        assert [row["id"] for row in api.get(url).json()["results"]] == [secret.pk]
        assert blind.get(url).status_code == 403
        assert api.post(url, {"opportunity": secret.opportunity_id}, format="json").status_code == 403
        for verb in ("withdraw", "accept", "begin-talks", "offer"):
            assert api.post(f"{url}{secret.pk}/{verb}/").status_code == 403
        secret.refresh_from_db()
        assert secret.state == "interested"
