"""Run a command with DATABASE_URL pointing at a PostgreSQL made for it: `python -m tests.support.with_postgres pytest -q`.

Test databases there are copied from one that is migrated already, whose name is in MIGRATED_DATABASE.
"""

import os
import subprocess
import sys

from .migrated import migrated_database
from .postgres import Postgres, find_postgres


def main(command: list[str]) -> int:
    """Start a server unless DATABASE_URL names one, run the command, and pass its exit status on."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return _run(command, os.environ["DATABASE_URL"])
    programs = find_postgres()
    if not programs:
        sys.exit("PostgreSQL was not found: apt-get install postgresql")
    server = Postgres(programs).start()
    try:
        return _run(command, server.url("postgres"), MIGRATED_DATABASE=migrated_database(server))
    finally:
        server.remove()


def _run(command: list[str], url: str, **more: str) -> int:
    environment = {**os.environ, "DATABASE_URL": url, **more}
    return subprocess.run([sys.executable, "-m", *command], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
