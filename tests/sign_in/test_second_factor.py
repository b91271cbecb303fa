"""Whose role needs a second step sets one up before anything else; administrators help whoever lost theirs."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hrportal.integrations.actions import create_token
from hrportal.integrations.feeds.actions import make_link
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.actions import deactivate_account, reactivate_account
from hrportal.people.enums import Role
from hrportal.people.models import PersonalToken
from tests.factories.people import UserFactory, make_user
from tests.factories.performance import ImprovementPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings):
    settings.MFA_REQUIRED_ROLES = ["admin", "hrleader"]


def token_for(user) -> str:
    return create_token(by=user, name="Report", expires_on=timezone.localdate())[1]


def address_of(user) -> str:
    return reverse("calendar:feed", args=[make_link(by=user)[1]])


def answers(token: str, address: str) -> tuple[int, int]:
    """What somebody gets who still has a token and a calendar address."""
    api = Client(headers={"Authorization": f"Bearer {token}"})
    return api.get("/api/v1/employees/").status_code, Client().get(address).status_code


def with_factor(user):
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    return user


@pytest.mark.parametrize(("roles", "led_away"), [(["hrleader"], True), (["admin"], True), ([], False)])
def test_a_role_that_needs_a_second_step_leads_to_its_page(client, roles, led_away):
    client.force_login(make_user(*roles))

    answer = client.get(reverse("people:employee_list"))

    assert (answer.status_code, answer.get("Location")) == ((302, reverse("mfa_index")) if led_away else (200, None))


def test_a_part_of_a_page_leads_the_whole_page_there(client):
    client.force_login(make_user(Role.ADMIN))

    answer = client.get(reverse("people:account_list"), headers={"HX-Request": "true"})

    assert answer["HX-Redirect"] == reverse("mfa_index")


def test_the_pages_that_set_it_up_and_the_way_out_stay_open(client):
    client.force_login(make_user(Role.ADMIN))

    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_with_a_second_step_everything_is_open(client):
    client.force_login(with_factor(make_user(Role.ADMIN)))

    assert client.get(reverse("people:account_list")).status_code == 200


def test_a_person_from_a_provider_brought_theirs(client, settings):
    client.force_login(make_user(Role.ADMIN))
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount"}]
    session.save()

    assert client.get(reverse("people:account_list")).status_code == 200

    settings.SSO_BRINGS_SECOND_FACTOR = False
    assert client.get(reverse("people:account_list")).status_code == 302


def test_a_session_without_its_second_step_opens_nothing_of_the_api_either(client):
    plan = ImprovementPlanFactory()
    leader = make_user(Role.HR_LEADER)
    client.force_login(leader)
    address = f"/api/v1/improvement-plans/{plan.pk}/"

    refused = client.get(address)

    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_required")
    assert client.get(reverse("api:docs")).status_code == 200
    with_factor(leader)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("brings", [True, False])
def test_a_token_made_after_a_provider_counts_for_what_the_provider_asked(client, settings, brings):
    settings.SSO_BRINGS_SECOND_FACTOR = brings
    user = make_user()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount"}]
    session.save()

    client.post(reverse("integrations:token_create"), {"name": "Report", "expires_on": timezone.localdate()})

    assert PersonalToken.objects.get().second_factor == brings


@pytest.fixture
def admin_client(client):
    client.force_login(with_factor(make_user(Role.ADMIN)))
    return client


def test_an_administrator_resets_a_lost_second_step_and_all_sessions_end(admin_client, client_of):
    lost = make_user(Role.HR_LEADER)
    theirs = client_of(lost)
    with_factor(lost)
    assert theirs.get(reverse("people:employee_list")).status_code == 200

    admin_client.post(reverse("second_factor_reset", args=[lost.pk]))

    assert not Authenticator.objects.filter(user=lost).exists()
    assert theirs.get(reverse("people:employee_list"))["Location"].startswith(reverse("account_login"))
    assert Fact.objects.filter(topic="sign_in.second_factor_reset", subject_id=lost.pk).count() == 1


HELP = {
    "second_factor_reset": lambda user: (with_factor(user), [user.pk])[1],
    "sessions_end": lambda user: [user.pk],
    "identity_unlink": lambda user: [
        user.pk,
        SocialAccount.objects.create(user=user, provider="idp", uid="them").pk,
    ],
}


@pytest.mark.parametrize(
    ("help_", "told"),
    [
        ("second_factor_reset", "sign_in.second_factor_reset"),
        ("sessions_end", "sign_in.signed_out"),
        ("identity_unlink", "sign_in.signed_out"),
    ],
)
def test_whatever_lets_somebody_in_without_signing_in_ends_and_they_are_told(admin_client, client_of, help_, told):
    lost, other = make_user(), make_user()
    theirs = client_of(lost)
    keys = {user: (token_for(user), address_of(user)) for user in (lost, other)}
    arguments = HELP[help_](lost)

    admin_client.post(reverse(help_, args=arguments))

    assert theirs.get(reverse("home:my_work")).status_code == 302
    assert answers(*keys[lost]) == (401, 404)
    assert answers(*keys[other]) == (200, 200)
    notice = Notice.objects.get()
    assert (notice.kind, notice.employee_id) == (told, lost.employee_id)
    client = client_of(lost)
    assert "You have no address yet" in client.get(reverse("calendar:link_show")).content.decode()
    assert answers(token_for(lost), address_of(lost)) == (200, 200)


def test_a_closed_account_lets_nobody_in_and_opened_again_brings_nothing_back():
    user, admin = UserFactory(), make_user(Role.ADMIN)
    keys = (token_for(user), address_of(user))

    deactivate_account(user, by=admin)
    closed = answers(*keys)
    reactivate_account(user, by=admin)

    assert (closed, answers(*keys)) == ((401, 404), (401, 404))


def test_an_administrator_reads_what_their_help_ends(admin_client):
    page = admin_client.get(reverse("people:account_detail", args=[UserFactory().pk])).content.decode()

    assert "end all sessions, access tokens and the calendar address" in page


def test_nobody_resets_their_own_that_way(client):
    admin = with_factor(make_user(Role.ADMIN))
    client.force_login(admin)

    assert client.post(reverse("second_factor_reset", args=[admin.pk])).status_code == 403
    assert Authenticator.objects.filter(user=admin).exists()


def test_an_administrator_signs_somebody_out_everywhere(admin_client, client_of):
    somebody = UserFactory()
    theirs = client_of(somebody)

    admin_client.post(reverse("sessions_end", args=[somebody.pk]))

    assert theirs.get(reverse("home:my_work"))["Location"].startswith(reverse("account_login"))
    assert not UserSession.objects.filter(user=somebody).exists()


def test_one_sees_where_one_is_signed_in_and_ends_the_others(client_of):
    somebody = UserFactory()
    here, there = client_of(somebody), client_of(somebody)
    assert there.get(reverse("home:my_work")).status_code == 200

    assert here.get(reverse("usersessions_list")).status_code == 200
    here.post(reverse("usersessions_list"))

    assert there.get(reverse("home:my_work")).status_code == 302
    assert here.get(reverse("home:my_work")).status_code == 200


def test_an_administrator_removes_a_providers_way_in(admin_client, client_of):
    somebody = UserFactory()
    theirs = client_of(somebody)
    identity = SocialAccount.objects.create(user=somebody, provider="idp", uid="them")
    others = SocialAccount.objects.create(user=UserFactory(), provider="idp", uid="other")

    assert admin_client.post(reverse("identity_unlink", args=[somebody.pk, others.pk])).status_code == 404
    admin_client.post(reverse("identity_unlink", args=[somebody.pk, identity.pk]))

    assert list(SocialAccount.objects.all()) == [others]
    assert theirs.get(reverse("home:my_work")).status_code == 302
