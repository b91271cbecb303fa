"""Whose account somebody from an identity provider enters at their first sign-in, and whether one is made for them.

Nobody is found by an address unless the provider is trusted to have verified it. What a token says is never taken for
where somebody stands: managers, units and roles come from the HRIS and from administrators.
"""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialLogin
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.people.actions import create_account, hire_employee
from hrportal.people.models import Employee, User
from hrportal.sign_in.providers import Trust, trust_of


@dataclass(frozen=True)
class Identity:
    """A person as a provider describes them; what it does not say, or is not believed, is empty."""

    trust: Trust
    number: str = ""
    verified_email: str = ""
    first_name: str = ""
    last_name: str = ""


def identity_in(login: SocialLogin) -> Identity:
    """What the provider said, as far as it is believed."""
    trust = trust_of(login.account.get_provider().app.settings)
    said = login.account.extra_data
    # Claims of a company's own (an employee number) are often in the ID token alone. SAML has neither of the two.
    claims = {**(said.get("id_token") or {}), **(said.get("userinfo") or {})} or said
    verified = next((address.email for address in login.email_addresses if _is_true(address.verified)), "")
    return Identity(
        trust,
        number=_first(claims.get(trust.number_claim, "")) if trust.number_claim else "",
        verified_email=verified if trust.trusts_email else "",
        first_name=_first(claims.get("given_name", "")),
        last_name=_first(claims.get("family_name", "")),
    )


@transaction.atomic
def account_for(identity: Identity) -> User | None:
    """The account of this person, made if the provider may; None if there is none. Raises ActionError for one who has left."""
    person = _person(identity)
    if person is None:
        return _account_without_person(identity)
    if person.has_left:
        raise ActionError(_("%s has left.") % person.name)
    user = User.objects.filter(employee=person).first()
    if user or identity.trust.provisioning == "none":
        return user
    return create_account(by=None, employee=person)


def _person(identity: Identity) -> Employee | None:
    """By number before address; somebody new only where the provider may make people."""
    if identity.number:
        known = Employee.objects.filter(employee_number=identity.number).first()
        return known or (_hired(identity) if identity.trust.provisioning == "people" else None)
    if identity.verified_email:
        return Employee.objects.filter(work_email__iexact=identity.verified_email).first()
    return None


def _account_without_person(identity: Identity) -> User | None:
    if not identity.verified_email:
        return None
    return User.objects.filter(email__iexact=identity.verified_email, employee=None).first()


def _hired(identity: Identity) -> Employee:
    if not (identity.first_name or identity.last_name):
        raise ActionError(_("Your identity provider does not say your name."))
    return hire_employee(
        by=None,
        employee_number=identity.number,
        first_name=identity.first_name,
        last_name=identity.last_name,
        hired_on=timezone.localdate(),
        work_email=identity.verified_email,
    )


def _is_true(value: object) -> bool:
    """Whether a claim says yes; some providers send "true" and "false" as words."""
    return value is True or str(value).lower() == "true"


def _first(value: object) -> str:
    """A claim as text; SAML sends lists."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(value or "").strip()
