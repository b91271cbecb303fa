"""What the conformance checks of the SCIM community say of the portal, whole and in this process."""

from collections import Counter

import pytest
from django.core.handlers.wsgi import WSGIHandler
from scim2_client.engines.wsgi import WSGISCIMClient
from scim2_tester import Status, check_server

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
GOOD = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE}


@pytest.fixture
def keep_connections(monkeypatch):
    """A handler called without a server must not close the connection of the test's transaction."""
    monkeypatch.setattr("django.db.close_old_connections", lambda **_: None)
    monkeypatch.setattr(
        "django.db.backends.base.base.BaseDatabaseWrapper.close_if_unusable_or_obsolete", lambda _: None
    )


def test_every_check_of_the_conformance_suite_is_met(directory, keep_connections):
    peer = WSGISCIMClient(
        WSGIHandler(),
        base_url="http://localhost/scim/v2",
        headers={"Authorization": f"Bearer {directory.token}"},
    )

    results = check_server(peer)

    wrong = [f"{row.status.name} {row.title}: {row.reason}" for row in results if row.status not in GOOD]
    assert wrong == []
    assert Counter(row.status for row in results)[Status.SUCCESS] > 60
