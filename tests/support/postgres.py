"""A PostgreSQL of the tests' own: no setup, nothing kept, as fast as it can be without promising durability."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2

from .processes import Process, free_port

# Nothing here has to survive a power cut, only a killed server.
# Statistics of rows that a test takes back again make the planner guess wrongly, so none are gathered behind its back.
FAST = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off"]


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's programs: the one on PATH, else the newest of Debian's, else None."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in versions), key=lambda bin: float(bin.parent.name), default=None)


class Postgres:
    """One server with as many databases as tests ask for."""

    def __init__(self, programs: Path):
        self.directory = Path(tempfile.mkdtemp(prefix="hrportal-postgres-"))
        self.user = _ordinary_user()
        self.port = free_port()
        self.programs = self._reachable(programs)
        self._made = 0
        self._initialise()
        settings = [*FAST, "unix_socket_directories=", "max_connections=200"]
        options = [part for setting in settings for part in ("-c", setting)]
        self.process = Process(
            [self.programs / "postgres", "-D", self.directory / "data", "-p", self.port, "-h", "127.0.0.1", *options],
            log=self.directory / "log",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            user=self.user,
            stop_signal=signal.SIGINT,  # the fast way down; the polite one waits for every client to leave
        )

    def start(self) -> "Postgres":
        """Start the server and wait until it takes connections."""
        self.process.start().wait_for(self._is_ready)
        return self

    def stop(self) -> None:
        """Stop it; running statements fail. `start()` brings it back with its databases."""
        self.process.stop()

    def restart(self) -> None:
        """Stop and start: every connection is lost, every committed row is kept."""
        self.stop()
        self.start()

    def remove(self) -> None:
        """Stop it and delete everything."""
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def url(self, database: str) -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgres://hrportal@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str = "template0") -> str:
        """Make a new database, as a copy of `template`, and return its name."""
        self._made += 1
        name = f"made_{self._made}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop_database(self, name: str) -> None:
        """Delete a database, whoever is still connected to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def cut_connections(self, database: str) -> None:
        """End every connection to this database, as a failing network would."""
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def dump(self, database: str, file: Path) -> None:
        """Write all there is in a database to a file of statements."""
        self._run("pg_dump", "--no-owner", "--file", file, self.url(database))

    def restore(self, database: str, file: Path) -> None:
        """Fill an empty database from such a file."""
        self._run(
            "psql",
            "--quiet",
            "--no-psqlrc",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
            "--output=/dev/null",
            "--file",
            file,
            self.url(database),
        )

    @property
    def version(self) -> str:
        """The version of its programs, in words without spaces."""
        return subprocess.check_output([self.programs / "postgres", "--version"], text=True).split()[-1].strip("()")

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the server's owner."""
        with closing(self._connect(database)) as connection:
            connection.autocommit = True
            connection.cursor().execute(statement)

    def _run(self, program: str, *arguments: object) -> None:
        done = subprocess.run([self.programs / program, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stderr}")

    def _connect(self, database: str):
        return psycopg2.connect(host="127.0.0.1", port=self.port, user="hrportal", dbname=database, connect_timeout=5)

    def _is_ready(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        if self.user:
            shutil.chown(self.directory, self.user["user"])
        initdb = [self.programs / "initdb", "-D", self.directory / "data", "-U", "hrportal", "-A", "trust"]
        options = ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        done = subprocess.run(
            [*initdb, *options], capture_output=True, text=True, cwd="/", check=False, **(self.user or {})
        )
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")

    def _reachable(self, programs: Path) -> Path:
        """Where the server's user can run the programs: as they are, or as a copy (root's home is closed to others)."""
        probe = [programs / "postgres", "--version"]
        if not self.user:
            return programs
        try:
            subprocess.run(probe, capture_output=True, check=True, cwd="/", **self.user)
        except (OSError, subprocess.CalledProcessError):
            return self._copied(programs)
        return programs

    def _copied(self, programs: Path) -> Path:
        """A copy of the whole installation, since the programs look for lib and share beside themselves."""
        self.directory.chmod(0o755)
        copy = self.directory / "programs"
        shutil.copytree(programs.parent, copy, symlinks=True)
        return copy / programs.name


def _ordinary_user() -> dict | None:
    """PostgreSQL refuses to run as root: whom to be instead, as arguments of `subprocess`."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_name, "group": user.pw_gid, "extra_groups": []}
