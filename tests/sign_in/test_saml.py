"""Signing in with an assertion of a SAML provider, signed as a provider signs: only where requirements-saml.txt is installed."""

import base64
import datetime
import json
import zlib
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from hrportal.people.models import User
from tests.factories.people import EmployeeFactory
from tests.support.databases import connected_to
from tests.support.migrated import migrated_file
from tests.support.portal import Portal
from tests.support.require import must_run_all

if must_run_all():
    from onelogin.saml2 import utils
else:
    utils = pytest.importorskip("onelogin.saml2.utils", reason="pip install -r requirements-saml.txt")

pytestmark = pytest.mark.services

IDP = "https://idp.example.com/saml"
STAMP = "%Y-%m-%dT%H:%M:%SZ"
RESPONSE = """\
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
  ID="_response" Version="2.0" IssueInstant="{now}" Destination="{to}" InResponseTo="{asked}">
  <saml:Issuer>{idp}</saml:Issuer>
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion ID="_assertion" Version="2.0" IssueInstant="{now}">
    <saml:Issuer>{idp}</saml:Issuer>
    <saml:Subject>
      <saml:NameID>{name_id}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{to}" InResponseTo="{asked}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}">
      <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_session">
      <saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>
    </saml:AuthnStatement>
    <saml:AttributeStatement>
      <saml:Attribute Name="employeeNumber"><saml:AttributeValue>{number}</saml:AttributeValue></saml:Attribute>
    </saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>"""


@dataclass(frozen=True)
class Keys:
    """What a provider signs with."""

    private: str
    certificate: str


def new_keys() -> Keys:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.com")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
    certificate = made.not_valid_after(now + datetime.timedelta(days=1)).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Keys(private.decode(), certificate.public_bytes(pem).decode())


KEYS, STRANGERS = new_keys(), new_keys()


@pytest.fixture(scope="module")
def portal(tmp_path_factory, static_files, django_db_blocker):
    """A served portal that trusts the provider, with Ada, who has no account yet."""
    folder = tmp_path_factory.mktemp("saml")
    file = folder / "portal.sqlite3"
    file.write_bytes(migrated_file().read_bytes())
    provider = {
        "id": "corp",
        "name": "Company account",
        "idp": {"entity_id": IDP, "sso_url": f"{IDP}/sso", "x509cert": KEYS.certificate},
        "number_claim": "employeeNumber",
        "provisioning": "accounts",
    }
    url, entries = f"sqlite:///{file}", json.dumps([provider])
    served = Portal(folder, database_url=url, STATIC_ROOT=str(static_files), SAML_PROVIDERS=entries)
    try:
        served.start_web()
        with django_db_blocker.unblock(), connected_to(url):
            EmployeeFactory(employee_number="77")
            yield served
    finally:
        served.stop()


@dataclass(frozen=True)
class Assertion:
    """What a provider says about somebody, with what may be wrong about it."""

    number: str = "77"
    name_id: str = "ada-at-idp"
    audience: str = ""
    keys: Keys | None = KEYS
    minutes: int = 5
    forged: tuple[str, str] = ("nothing", "nothing")

    def answer(self, portal: Portal, asked: str) -> str:
        now = datetime.datetime.now(datetime.UTC)
        base = f"{portal.url}/accounts/saml/corp"
        text = RESPONSE.format(
            idp=IDP,
            to=f"{base}/acs/",
            audience=self.audience or f"{base}/metadata/",
            asked=asked,
            name_id=self.name_id,
            number=self.number,
            now=now.strftime(STAMP),
            since=(now - datetime.timedelta(hours=1)).strftime(STAMP),
            until=(now + datetime.timedelta(minutes=self.minutes)).strftime(STAMP),
        )
        if self.keys:
            algorithms = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"
            signed = utils.OneLogin_Saml2_Utils.add_sign(
                text, self.keys.private, self.keys.certificate, False, *algorithms
            )
            text = signed.decode() if isinstance(signed, bytes) else signed
        return base64.b64encode(text.replace(*self.forged).encode()).decode()


class Browser:
    """Somebody who is sent to the provider and comes back."""

    def __init__(self, portal: Portal):
        self.portal, self.session = portal, requests.Session()
        self.base = f"{portal.url}/accounts/saml/corp"

    def leave(self) -> str:
        """To the provider; the id of the question it is asked."""
        page = f"{self.portal.url}/accounts/login/"
        self.session.get(page, timeout=60)
        words = {"csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        away = self.session.post(
            f"{self.base}/login/", words, headers={"Referer": page}, allow_redirects=False, timeout=60
        )
        assert away.headers["Location"].startswith(f"{IDP}/sso?")
        question = parse_qs(urlsplit(away.headers["Location"]).query)["SAMLRequest"][0]
        return ElementTree.fromstring(zlib.decompress(base64.b64decode(question), -15)).attrib["ID"]

    def come_back(self, answer: str) -> requests.Response:
        return self.session.post(f"{self.base}/acs/", {"SAMLResponse": answer}, timeout=60)

    def sign_in(self, assertion: Assertion) -> requests.Response:
        return self.come_back(assertion.answer(self.portal, self.leave()))

    @property
    def is_in(self) -> bool:
        answer = self.session.get(f"{self.portal.url}/", allow_redirects=False, timeout=60)
        return answer.status_code == 200


def test_a_signed_assertion_opens_the_account_of_whom_it_names(portal):
    browser = Browser(portal)

    browser.sign_in(Assertion())

    assert browser.is_in
    assert User.objects.get(employee__employee_number="77").socialaccount_set.get().uid == "ada-at-idp"


@pytest.mark.parametrize(
    "wrong",
    [
        Assertion(keys=None),
        Assertion(keys=STRANGERS),
        replace(Assertion(number="78"), forged=(">78<", ">77<")),
        Assertion(audience="https://elsewhere.example.com/"),
        Assertion(minutes=-30),
        Assertion(number="999", name_id="nobody"),
    ],
    ids=["unsigned", "signed by a stranger", "changed", "meant for another", "too old", "about nobody here"],
)
def test_any_other_lets_nobody_in(portal, wrong):
    browser = Browser(portal)

    browser.sign_in(wrong)

    assert not browser.is_in


def test_an_assertion_is_good_for_the_question_it_answers_and_once(portal):
    first, second = Browser(portal), Browser(portal)
    answer = Assertion().answer(portal, first.leave())

    second.leave()
    second.come_back(answer)
    first.come_back(answer)
    assert (first.is_in, second.is_in) == (True, False)

    first.session.cookies.clear()
    first.come_back(answer)
    assert not first.is_in


def test_the_metadata_name_the_address_assertions_go_to(portal):
    answer = requests.get(f"{portal.url}/accounts/saml/corp/metadata/", timeout=60)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml")
    assert f'Location="{portal.url}/accounts/saml/corp/acs/"' in answer.text
