"""Fixtures for every test. Servers, running portals and the browser are in tests/support/fixtures.py."""

import pytest

pytest_plugins = ["tests.support.fixtures"]


@pytest.fixture
def deliver_events():
    """Call it to do all background work that is due: deliveries and jobs until neither finds any, then facts' positions."""
    from hrportal.journal.chain import sequence_facts  # noqa: PLC0415  (models, so not before Django is set up)
    from hrportal.journal.delivery import deliver_due  # noqa: PLC0415
    from hrportal.journal.jobs import run_due_jobs  # noqa: PLC0415

    def deliver() -> None:
        while deliver_due() + run_due_jobs():
            pass
        sequence_facts()

    return deliver
