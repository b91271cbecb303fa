"""The first sign-in through a provider, where no test holds a transaction around it."""

import pytest
from allauth.socialaccount.models import SocialAccount

from hrportal.journal.models import Fact
from tests.factories.people import EmployeeFactory, UserFactory
from tests.sign_in.test_providers import provider, sign_in_as, signed_in, trust  # noqa: F401  (fixtures among them)

pytestmark = [pytest.mark.services, pytest.mark.filterwarnings("ignore:authlib")]


def test_an_identity_is_linked_and_written_down_together(committed_db, client, trust):  # noqa: F811  (the fixture)
    ada = UserFactory(employee=EmployeeFactory(employee_number="77"))
    trust(number_claim="number")

    sign_in_as(client, "ada-at-idp")

    assert signed_in(client) == ada.pk
    identity = SocialAccount.objects.get()
    assert Fact.objects.get(topic="sign_in.identity_linked").data == {"identity": identity.pk}
