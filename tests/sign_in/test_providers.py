"""Signing in through an identity provider: a real one runs beside the tests and asks nothing but a name."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import LoginWebAuthnForm
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from oidc_provider_mock import User as Claims
from oidc_provider_mock import run_server_in_thread

from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.models import Employee, User
from hrportal.sign_in.providers import oidc_apps, origins_of
from hrportal.sign_in.provisioning import identity_in
from tests.factories.people import EmployeeFactory, UserFactory, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:authlib")]


@pytest.fixture(scope="module")
def provider():
    people = [
        Claims(sub="ada-at-idp", claims={"email": "ada@company.test", "email_verified": True, "number": "77"}),
        Claims(sub="new-at-idp", claims={"given_name": "Nia", "family_name": "New", "number": "900"}),
        Claims(sub="liar-at-idp", claims={"email": "ada@company.test", "email_verified": False}),
        Claims(sub="wordy-liar-at-idp", claims={"email": "ada@company.test", "email_verified": "false"}),
        Claims(sub="wordy-at-idp", claims={"email": "ada@company.test", "email_verified": "true"}),
        Claims(sub="nobody-at-idp", claims={"email": "nobody@elsewhere.test", "email_verified": True}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def trust(settings, provider):
    """Say what the portal believes of the provider."""

    def say(**trust):
        entry = {"id": "idp", "name": "Company", "server_url": provider, "client_id": "us", "secret": "hush", **trust}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps([entry])}}

    return say


def sign_in_as(client, sub):
    """To the provider, through its form, and back."""
    leaves = client.post("/accounts/oidc/idp/login/")
    assert leaves.status_code == 302
    back = requests.post(leaves["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    return client.get(f"{parts.path}?{parts.query}")


def signed_in(client):
    return int(client.session.get("_auth_user_id", 0))


def test_the_number_says_whose_account_it_is(client, trust):
    ada = UserFactory(employee=EmployeeFactory(employee_number="77"))
    trust(number_claim="number")

    sign_in_as(client, "ada-at-idp")

    assert signed_in(client) == ada.pk
    assert SocialAccount.objects.get().uid == "ada-at-idp"
    assert Fact.objects.filter(topic="sign_in.identity_linked", subject_id=ada.pk).count() == 1


def test_later_it_is_the_providers_own_id_that_counts_not_the_number(client, trust):
    ada = UserFactory(employee=EmployeeFactory(employee_number="77"))
    trust(number_claim="number")
    sign_in_as(client, "ada-at-idp")
    client.logout()
    Employee.objects.filter(pk=ada.employee_id).update(employee_number="78", work_email="")
    UserFactory(employee=EmployeeFactory(employee_number="77"))

    sign_in_as(client, "ada-at-idp")

    assert signed_in(client) == ada.pk
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("sub", "believed"),
    [
        ("ada-at-idp", {}),
        ("liar-at-idp", {"trusts_email": True}),
        ("wordy-liar-at-idp", {"trusts_email": True}),
        ("nobody-at-idp", {"trusts_email": True}),
    ],
)
def test_an_address_counts_only_if_it_is_verified_and_trusted(client, trust, sub, believed):
    UserFactory(employee=EmployeeFactory(work_email="ada@company.test"), email="ada@company.test")
    trust(**believed)

    answer = sign_in_as(client, sub)

    assert answer.status_code == 403
    assert "No account here" in answer.content.decode()
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("sub", ["ada-at-idp", "wordy-at-idp"])
def test_a_verified_address_of_a_trusted_provider_opens_the_account(client, trust, sub):
    ada = UserFactory(employee=EmployeeFactory(work_email="Ada@company.test"))
    trust(trusts_email=True)

    sign_in_as(client, sub)

    assert signed_in(client) == ada.pk


@pytest.mark.parametrize(("provisioning", "accounts"), [("none", 0), ("accounts", 1)])
def test_an_account_is_made_for_somebody_known_only_where_that_is_set(client, trust, provisioning, accounts):
    ada = EmployeeFactory(employee_number="77")
    trust(number_claim="number", provisioning=provisioning)

    sign_in_as(client, "ada-at-idp")

    assert User.objects.filter(employee=ada).count() == accounts
    assert bool(signed_in(client)) is bool(accounts)


def test_somebody_new_is_made_a_person_without_a_manager_only_where_that_is_set(client, trust):
    trust(number_claim="number", provisioning="accounts")
    assert sign_in_as(client, "new-at-idp").status_code == 403
    assert not Employee.objects.filter(employee_number="900").exists()

    trust(number_claim="number", provisioning="people")
    sign_in_as(client, "new-at-idp")

    nia = Employee.objects.get(employee_number="900")
    assert (nia.first_name, nia.last_name, nia.manager, nia.org_unit) == ("Nia", "New", None, None)
    assert signed_in(client) == nia.user.pk


def test_a_leaver_and_a_closed_account_stay_out(client, trust):
    ada = UserFactory(employee=EmployeeFactory(employee_number="77"), is_active=False)
    trust(number_claim="number", provisioning="accounts")
    assert sign_in_as(client, "ada-at-idp").status_code == 403

    Employee.objects.filter(pk=ada.employee_id).update(status="left")
    assert sign_in_as(client, "ada-at-idp").status_code == 403
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_linked_account_that_was_closed_stays_out(client, trust):
    ada = UserFactory(employee=EmployeeFactory(employee_number="77"))
    trust(number_claim="number")
    sign_in_as(client, "ada-at-idp")
    client.logout()
    User.objects.filter(pk=ada.pk).update(is_active=False)

    sign_in_as(client, "ada-at-idp")

    assert not signed_in(client)


def test_somebody_signed_in_links_a_provider_to_their_own_account(client, trust):
    ada = UserFactory()
    client.force_login(ada)
    trust()

    leaves = client.post("/accounts/oidc/idp/login/?process=connect")
    back = requests.post(leaves["Location"], data={"sub": "ada-at-idp"}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    client.get(f"{parts.path}?{parts.query}")

    assert SocialAccount.objects.get(uid="ada-at-idp").user == ada


def test_with_providers_alone_only_administrators_use_a_password(client, settings, trust):
    settings.SSO_ONLY = True
    trust()
    somebody, admin = UserFactory(), make_user(Role.ADMIN)
    for user in (somebody, admin):
        user.set_password("a-long-password")
        user.save()

    page = client.post(reverse("account_login"), {"login": somebody.username, "password": "a-long-password"})
    assert "Sign in with your company" in page.content.decode()
    assert not signed_in(client)

    client.post(reverse("account_login"), {"login": admin.username, "password": "a-long-password"})
    assert signed_in(client) == admin.pk


def test_with_providers_alone_a_passkey_leads_past_them_for_administrators_only(client, settings, trust, monkeypatch):
    settings.SSO_ONLY = True
    trust()
    somebody, admin = UserFactory(), make_user(Role.ADMIN)

    def sign_in_with_passkey(user):
        passkey = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {}})
        monkeypatch.setattr(LoginWebAuthnForm, "clean_credential", lambda form: passkey)
        return client.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "key"}'}, follow=True)

    assert "Sign in with your company" in sign_in_with_passkey(somebody).content.decode()
    assert not signed_in(client)
    sign_in_with_passkey(admin)
    assert signed_in(client) == admin.pk


def test_with_providers_alone_they_let_people_in(client, settings, trust):
    settings.SSO_ONLY = True
    ada = UserFactory(employee=EmployeeFactory(employee_number="77"))
    trust(number_claim="number")

    sign_in_as(client, "ada-at-idp")

    assert signed_in(client) == ada.pk


def test_the_sign_in_page_offers_every_provider(client, trust):
    trust()

    page = client.get(reverse("account_login")).content.decode()

    assert "Company" in page
    assert "/accounts/oidc/idp/login/" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x"},
        {"id": "x", "server_url": "https://a", "client_id": "c", "secret": "s", "provisioning": "everything"},
        {"id": "x", "server_url": "https://a", "client_id": "c", "secret": "s", "provisioning": "people"},
    ],
)
def test_a_provider_that_is_described_wrongly_stops_the_start(wrong):
    with pytest.raises(ImproperlyConfigured):
        oidc_apps([wrong])


def test_the_sign_in_form_may_lead_to_the_providers_and_nowhere_else():
    entries = [{"server_url": "https://a.test/realm/x"}, {"idp": {"sso_url": "https://b.test/sso"}}]

    assert origins_of(entries) == ["https://a.test", "https://b.test"]


@pytest.mark.parametrize(
    ("extra_data", "number"),
    [
        ({"userinfo": {"sub": "a"}, "id_token": {"sub": "a", "number": "77"}}, "77"),
        ({"userinfo": {"sub": "a", "number": "77"}, "id_token": {"sub": "a", "number": "1"}}, "77"),
        ({"userinfo": {"sub": "a"}, "id_token": {"sub": "a"}}, ""),
        ({"number": ["77"]}, "77"),
    ],
)
def test_the_number_is_found_wherever_the_provider_says_it(extra_data, number):
    app = SimpleNamespace(settings={"trust": {"number_claim": "number"}})
    account = SimpleNamespace(extra_data=extra_data, get_provider=lambda: SimpleNamespace(app=app))

    assert identity_in(SimpleNamespace(account=account, email_addresses=[])).number == number


@pytest.mark.parametrize("name", ["nobody", "%00"])
def test_a_provider_that_is_not_there_is_not_found(client, trust, name):
    trust()

    assert client.get(f"/accounts/oidc/{name}/login/").status_code == 404
    assert client.get(f"/accounts/oidc/{name}/login/callback/").status_code == 404
