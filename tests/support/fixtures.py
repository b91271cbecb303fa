"""Fixtures that need more than a test database: servers, real commits, running portals, a browser.

They start only when a test asks for them, and `require` decides what happens where a program is missing.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .databases import connected_to
from .migrated import migrated_database as migrate_on
from .migrated import migrated_file
from .once import made_once
from .portal import Portal
from .postgres import Postgres, find_postgres
from .redis_server import RedisServer, find_redis
from .require import require

PATIENCE = 30_000  # milliseconds a page is waited for: only a test that fails takes them, or a machine with much to do


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server that tests may stop, restart and cut off."""
    server = Postgres(require(find_postgres(), "PostgreSQL")).start()
    yield server
    server.remove()


@pytest.fixture
def redis_server():
    """A fresh Redis that tests may stop, empty, freeze and kill."""
    server = RedisServer(require(find_redis(), "Redis")).start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def migrated_database(postgres) -> str:
    """The name of a database with all tables and no people, to be copied."""
    return migrate_on(postgres)


@pytest.fixture
def committed_db(postgres, migrated_database, django_db_blocker):
    """A PostgreSQL database of the test's own: Django's default connection goes there, every commit is real.

    Nothing is rolled back or emptied afterwards (the journal refuses that); the whole database is dropped.
    Gives the DATABASE_URL, for other processes.
    """
    name = postgres.create_database(template=migrated_database)
    url = postgres.url(name)
    with django_db_blocker.unblock(), connected_to(url):
        yield url
    postgres.drop_database(name)


@pytest.fixture
def portal(committed_db, redis_server, static_files, tmp_path):
    """The portal as in production, on `committed_db` and `redis_server`; start its processes as the test needs them."""
    portal = Portal(tmp_path, database_url=committed_db, redis_url=redis_server.url, STATIC_ROOT=str(static_files))
    yield portal
    portal.stop()


@pytest.fixture(scope="module")
def empty_portal(tmp_path_factory):
    """A served portal as `make demo` serves it, on a database with tables and nobody in them, for all tests of a module."""
    folder = tmp_path_factory.mktemp("empty")
    shutil.copy(migrated_file(), folder / "portal.sqlite3")
    portal = Portal(folder, database_url=f"sqlite:///{folder / 'portal.sqlite3'}")
    portal.start_web()
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def static_files(tmp_path_factory) -> Path:
    """The folder of the collected static files, for every portal with pages."""
    return made_once(shared_folder(tmp_path_factory) / "collected", collect) / "static"


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory) -> Path:
    """A folder with the demo company's database, to be copied."""
    return made_once(shared_folder(tmp_path_factory) / "demo", found_company)


def collect(folder: Path) -> None:
    portal = Portal(folder, database_url="sqlite://:memory:", DJANGO_SETTINGS_MODULE="tests.support.plain_static")
    portal.manage("collectstatic", "--no-input", "--verbosity=0")


def found_company(folder: Path) -> None:
    shutil.copy(migrated_file(), folder)
    Portal(folder, database_url=f"sqlite:///{folder / 'portal.sqlite3'}").manage("load_demo")


def shared_folder(tmp_path_factory) -> Path:
    """A folder that all parallel workers of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture
def demo_portal(demo_files, static_files, tmp_path, django_db_blocker):
    """A served portal with the demo company, embedded on SQLite, and changed by this test alone.

    Django's default connection of the test goes to the same database.
    """
    with django_db_blocker.unblock(), demo_served(demo_files, static_files, tmp_path) as portal:
        yield portal


@contextmanager
def demo_served(demo_files: Path, static_files: Path, folder: Path) -> Iterator[Portal]:
    """Serve a copy of the demo company from `folder` for a while."""
    for database in demo_files.glob("portal.sqlite3*"):
        shutil.copy(database, folder)
    url = f"sqlite:///{folder / 'portal.sqlite3'}"
    portal = Portal(folder, database_url=url, STATIC_ROOT=str(static_files))
    try:
        portal.start_web()
        with connected_to(url):
            yield portal
    finally:
        portal.stop()


@pytest.fixture(scope="module")
def portal_to_look_at(demo_files, static_files, tmp_path_factory, django_db_blocker):
    """A served portal with the demo company, for all tests of a module that only look."""
    with (
        django_db_blocker.unblock(),
        demo_served(demo_files, static_files, tmp_path_factory.mktemp("look")) as portal,
    ):
        yield portal


@pytest.fixture
def served_portal(demo_portal) -> Portal:
    """The portal whose pages `new_page` opens. A module may put another one in its place."""
    return demo_portal


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run; each page gets a fresh profile in it."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415  (half a second that other tests need not wait)

    from .browser import find_chromium, launch  # noqa: PLC0415

    program = require(find_chromium(), "Chromium")
    # Playwright keeps an event loop in this thread, and Django would refuse every query because of it.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = launch(playwright, program)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, served_portal):
    """Open pages of `served_portal`, each a person at an own computer: `new_page(viewport={"width": 390, "height": 844})`.

    At the end no page may have complained: no script error, no blocked content, no request to another host.
    """
    from .browser import listen  # noqa: PLC0415

    contexts, complaints = [], []

    def open_page(**options):
        context = chromium.new_context(base_url=served_portal.url, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        listen(page, complaints, home=served_portal.url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """One page on a desk-sized screen."""
    return new_page(viewport={"width": 1366, "height": 768})
