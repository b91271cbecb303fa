"""The page about one person: what is on it for whom, on paper and for clients, and aspirations."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.enums import Role
from talent import actions
from talent.enums import OpenTopic
from talent.models import Aspiration, Opening
from talent.profile.sections import Shown, _sections, profile_section, rendered
from tests.factories.people import EmployeeFactory, JobFactory, make_user
from tests.factories.potential import AspirationFactory, a_member
from tests.factories.talent import CalibratedRatingFactory, TalentProfileFactory
from tests.talent.company import VIEWERS
from tests.talent.test_potential import assessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(company):
    """Three ratings, an assessment with a level, a pool and a wish."""
    made = TalentProfileFactory(employee=company.person)
    for years, value in ((0, 4), (1, 3), (2, 5)):
        ends_on = timezone.localdate() - datetime.timedelta(days=30 + 365 * years)
        CalibratedRatingFactory(profile=made, value=value, period=f"Year {years}", period_ends_on=ends_on)
    assessed(company.person, (4,), (3,))
    a_member(employee=company.person, pool__name="Future leaders")
    AspirationFactory(employee=company.person, wishes="To Lisbon")
    return made


def page_of(client, user, profile):
    client.force_login(user)
    return client.get(reverse("talent:profile_detail", args=[profile.pk]))


@pytest.mark.parametrize("name", VIEWERS)
def test_what_each_reader_finds(company, profile, client, name):
    page = page_of(client, company.viewer(name), profile)

    profiles = {"manager", "head", "partner", "hr_leader", "executive"}
    assert page.status_code == (200 if name in profiles else 404)
    if name in profiles:
        text = page.content.decode()
        assert ("Future leaders" in text) == (name in {"partner", "hr_leader", "executive"})
        assert ("To Lisbon" in text) == (name in {"partner", "hr_leader"})
        assert (page.context["potential"] is not None) == (name in {"partner", "hr_leader", "executive"})


def test_a_manager_reads_potential_where_hr_opened_it(company, profile, client):
    Opening.objects.create(topic=OpenTopic.POTENTIAL, org_unit=company.unit, reason="Pilot")

    page = page_of(client, company.viewer("manager"), profile)

    assert page.context["potential"].level.value == pytest.approx(3.5)
    assert "Future leaders" in page.content.decode()


def test_performance_can_be_done_by_hand_from_the_page(company, profile, client):
    known = page_of(client, company.viewer("hr_leader"), profile).context["performance"]

    assert known.level.mean == 3.5  # of the two that are still good
    assert known.level.value == pytest.approx((4 + 0.5 * 3 + 0.25 * 5 + known.level.mean) / (1 + 0.5 + 0.25 + 1))
    assert known.level.trend is not None


def test_what_is_wanted_is_shown_to_managers_once_shared(company, profile, client):
    actions.state_aspiration(company.person, by=None, wishes="To Porto", is_shared=True)

    text = page_of(client, company.viewer("manager"), profile).content.decode()

    assert "To Porto" in text
    assert "To Lisbon" not in text


def test_saying_something_else_keeps_what_was_said(company):
    first = AspirationFactory(employee=company.person, valid_from=timezone.localdate() - datetime.timedelta(days=90))
    job = JobFactory()

    actions.state_aspiration(company.person, by=None, jobs=[job], leading="yes")

    first.refresh_from_db()
    assert first.valid_to == timezone.localdate()
    current = Aspiration.objects.current().get(employee=company.person)
    assert list(current.jobs.all()) == [job]


def test_ones_own_wishes_are_ones_own_page(company, client):
    AspirationFactory(employee=company.person, wishes="To Lisbon")
    client.force_login(make_user(employee=company.person))
    url = reverse("talent:aspiration_detail")

    assert "To Lisbon" in client.get(url).content.decode()
    client.post(url, {"wishes": "To Rome", "leading": "no"})

    assert Aspiration.objects.current().get(employee=company.person).wishes == "To Rome"


def test_the_document_holds_what_its_reader_reads(company, profile, client, monkeypatch):
    seen = {}
    monkeypatch.setattr("hrportal.common.pdf.render_pdf", lambda template, context: seen.update(context) or b"%PDF")
    client.force_login(company.viewer("manager"))

    answer = client.get(reverse("talent:profile_pdf", args=[profile.pk]))

    assert answer["Content-Type"] == "application/pdf"
    assert (seen["potential"], seen["pools"], seen["reads_potential"]) == (None, [], False)


def test_a_topic_adds_its_own_part(company):
    @profile_section("test.only", order=1)
    def show(employee, user):
        return Shown("talent/includes/level.html", {"value": 4, "low": 3, "high": 5})

    try:
        assert "<strong>4.00</strong>" in rendered(company.person, company.viewer("hr_leader"))["main"][0]
    finally:
        del _sections["test.only"]


def test_the_page_says_who_reads_it(company, profile, client):
    text = page_of(client, company.viewer("hr_leader"), profile).content.decode()

    assert company.boss.name in text
    assert "Open now: nothing" in text
    assert "Open now" not in page_of(client, company.viewer("manager"), profile).content.decode()


class TestApi:
    def read(self, principal, profile):
        caller = APIClient()
        caller.force_authenticate(principal)
        return caller.get(f"/api/v1/talent-profiles/{profile.pk}/")

    def test_a_client_with_every_scope(self, profile):
        answer = self.read(ClientPrincipal("test", frozenset(Scope.values)), profile).json()

        assert len(answer["performance"]["parts"]) == 3
        assert answer["potential"]["level"] == pytest.approx(3.5)
        assert answer["aspiration"]["wishes"] == "To Lisbon"
        assert len(answer["pools"]) == 1

    def test_a_client_that_reads_profiles_alone(self, profile):
        answer = self.read(ClientPrincipal("test", frozenset({"talent:read"})), profile).json()

        assert (answer["performance"], answer["potential"], answer["aspiration"]) == (None, None, None)
        assert (answer["ratings"], answer["pools"]) == ([], [])

    def test_oneself(self, company, profile):
        principal = ActingPrincipal("test", frozenset(Scope.values), make_user(Role.HR_LEADER, employee=company.person))

        assert self.read(principal, profile).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_profile_costs_the_same_for_one_rating_and_three(company, client, count, django_assert_max_num_queries):
    made = TalentProfileFactory(employee=company.person)
    for number in range(count):
        CalibratedRatingFactory(profile=made, period_ends_on=timezone.localdate() - datetime.timedelta(days=number))
    assessed(company.person, *[(4,)] * (count + 1))
    user = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    client.force_login(user)

    with django_assert_max_num_queries(60):
        assert client.get(reverse("talent:profile_detail", args=[made.pk])).status_code == 200
