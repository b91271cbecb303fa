"""What the conformance checks of the SCIM community say of the portal, whole and in this process."""

from collections import Counter

import pytest
from django.core.handlers.wsgi import WSGIHandler
from scim2_client.engines.wsgi import WSGISCIMClient

pytestmark = pytest.mark.django_db
QUICK = {"discovery", "misc", "crud:create", "crud:update", "crud:delete", "patch:add", "patch:remove"}
GOOD = {"SUCCESS", "COMPLIANT", "ACCEPTABLE"}


@pytest.fixture
def keep_connections(monkeypatch):
    """A handler called without a server must not close the connection of the test's transaction."""
    monkeypatch.setattr("django.db.close_old_connections", lambda **_: None)
    monkeypatch.setattr(
        "django.db.backends.base.base.BaseDatabaseWrapper.close_if_unusable_or_obsolete", lambda _: None
    )


@pytest.fixture
def checked(directory, keep_connections, settings):
    """What the suite says of every check with one of these tags."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]  # half of the time
    peer = WSGISCIMClient(
        WSGIHandler(),
        base_url="http://localhost/scim/v2",
        headers={"Authorization": f"Bearer {directory.token}"},
    )
    from scim2_tester import check_server  # noqa: PLC0415  (importing it takes seconds, of every run that collects this file)

    return lambda **which: check_server(peer, **which)


def faults_of(results):
    return [f"{row.status.name} {row.title}: {row.reason}" for row in results if row.status.name not in GOOD]


@pytest.mark.one_database
def test_the_service_describes_itself_and_groups_are_made_changed_and_deleted(checked):
    results = [row for row in checked(include_tags=QUICK, resource_types=["Group"]) if row.status.name != "SKIPPED"]

    assert faults_of(results) == []
    assert len(results) > 30


@pytest.mark.long
@pytest.mark.both_databases
def test_every_check_of_the_conformance_suite_is_met(checked):
    results = checked()

    assert faults_of(results) == []
    assert Counter(row.status.name for row in results)["SUCCESS"] > 60
