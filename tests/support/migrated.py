"""Databases with all tables and no people, to be copied: migrating takes longer than most tests do together.

They are kept in `var/`, each under a name made of all that decides what is in them, so a changed migration makes new ones.
"""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

from .once import made_once
from .portal import ROOT, Portal
from .postgres import Postgres, find_postgres

KEPT = ROOT / "var" / "migrated"
PACKAGES = ("hrportal", "performance", "talent", "calibration")
OURS = re.compile(rf"^(?:import|from) ((?:{'|'.join(PACKAGES)})[.\w]*)", re.MULTILINE)


def migrate_all_at_once() -> None:
    """Make them for every kind of database there is here, side by side: each takes one processor its while."""
    with ThreadPoolExecutor() as hands:
        for made in [hands.submit(migrated_file), hands.submit(_migrate_on_postgres)]:
            made.result()


def _migrate_on_postgres() -> None:
    if programs := find_postgres():
        server = Postgres(programs).start()
        try:
            migrated_database(server)
        finally:
            server.remove()


def migrated_file() -> Path:
    """An SQLite file."""
    return made_once(_kept("sqlite"), _migrate_file) / "portal.sqlite3"


def migrated_database(server: Postgres) -> str:
    """The name of a database on this server."""

    def dump(folder: Path) -> None:
        name = server.create_database()
        _migrate(folder, server.url(name))
        server.dump(name, folder / "tables.sql")
        server.drop_database(name)

    name = server.create_database()
    server.restore(name, made_once(_kept(f"postgres-{server.version}"), dump) / "tables.sql")
    return name


def _migrate_file(folder: Path) -> None:
    file = folder / "portal.sqlite3"
    _migrate(folder, f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # all of it in one file, to be copied


def _migrate(folder: Path, url: str) -> None:
    Portal(folder, database_url=url).manage("migrate", "--verbosity=0")


def _kept(kind: str) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    return KEPT / f"{_fingerprint()}-{kind}"


@cache
def _fingerprint() -> str:
    """Stands for everything that tables are made by: packages, migrations, and what migrations import."""
    digest = hashlib.sha256()
    for file in [ROOT / "requirements.txt", *_migrations(), *_imported()]:
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _migrations() -> list[Path]:
    return sorted(file for package in PACKAGES for file in ROOT.glob(f"{package}/**/migrations/*.py"))


def _imported() -> Iterator[Path]:
    """The modules of ours that migrations import."""
    names = {name for file in _migrations() for name in OURS.findall(file.read_text(encoding="utf-8"))}
    for name in sorted(names):
        module = ROOT.joinpath(*name.split("."))
        yield from filter(Path.is_file, [module.with_suffix(".py"), module / "__init__.py"])
