"""Fixtures for every test. Servers, running portals and the browser are in tests/support/fixtures.py."""

import gc
import sqlite3
from contextlib import closing

import pytest
from hypothesis import settings

from hrportal.common.memory import keep_what_is_loaded

# How long an example takes says something about the machine, and nothing about us. `make test-long` asks for "long".
settings.register_profile("short", deadline=None, max_examples=15, stateful_step_count=20)
settings.register_profile("long", deadline=None, max_examples=100, stateful_step_count=50)
settings.load_profile("short")

pytest_plugins = ["tests.support.fixtures"]


def pytest_collection() -> None:
    """As in a worker that starts, nothing of what is loaded now is thrown away."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave modules and tests out of the collector's rounds: they stay until the end."""
    keep_what_is_loaded()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Let a test database in memory begin as a copy of one that is migrated already."""
    from django.db.backends.signals import connection_created  # noqa: PLC0415  (not before Django is set up)

    from tests.support.migrated import migrated_file  # noqa: PLC0415

    def fill(connection, **_) -> None:
        raw = connection.connection
        if (
            connection.vendor == "sqlite"
            and connection.is_in_memory_db()
            and not raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        ):
            with closing(sqlite3.connect(migrated_file())) as tables:
                tables.backup(raw)

    connection_created.connect(fill)
    yield
    connection_created.disconnect(fill)


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
