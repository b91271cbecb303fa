"""The whole suite, step by step, on everything this machine offers; it says aloud what it had to leave out.

python -m tests.support.suite          the tests of `make test`
python -m tests.support.suite long     all of them on both databases, and the tests that take minutes
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from .browser import find_chromium
from .migrated import migrate_all_at_once
from .portal import ROOT
from .postgres import find_postgres
from .redis_server import find_redis
from .require import INSTALL, must_run_all

FINDERS: dict[str, Callable[[], object]] = {
    "PostgreSQL": find_postgres,
    "Redis": find_redis,
    "Chromium": find_chromium,
}


@dataclass(frozen=True)
class Step:
    """One run of pytest, and the programs it cannot do without."""

    name: str
    command: tuple[str, ...]
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        return [program for program in self.needs if not FINDERS[program]()]

    def run(self) -> "Result":
        """Run it, showing what it prints, and keep its closing line."""
        print(f"\n=== {self.name}\n", flush=True)
        began, closing = time.monotonic(), ""
        command = [sys.executable, "-m", *self.command]
        with subprocess.Popen(command, env=COMPILED_ONCE, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout:
                print(line, end="", flush=True)
                closing = line.strip() or closing
        return Result(self.name, process.returncode == 0, f"{closing.strip('= ')} ({time.monotonic() - began:.0f} s)")


@dataclass(frozen=True)
class Result:
    """How a step ended."""

    name: str
    is_good: bool
    words: str


# A second for each of the hundred processes that tests start, where Python was told to keep no compiled modules.
COMPILED_ONCE = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / "var" / "compiled")}
TESTS = ROOT / "tests"
TWO_AT_ONCE = ("-n", "2", "--dist", "worksteal")
ON_POSTGRES = ("tests.support.with_postgres", "pytest")
ALL_SERVERS = ("PostgreSQL", "Redis")


def naming(*marks: str) -> list[str]:
    """The test files that use one of these marks: collecting only them saves a minute of reading all the others."""
    uses = re.compile(rf"mark\.(?:{'|'.join(marks)})\b")
    return sorted(str(file) for file in TESTS.rglob("test_*.py") if uses.search(file.read_text(encoding="utf-8")))


IN_THIS_PROCESS = "not services and not browser and not long"
WHOLE_ON_SQLITE = Step("SQLite", ("pytest", *TWO_AT_ONCE))
WHOLE_ON_POSTGRESQL = Step(
    "PostgreSQL",
    (*ON_POSTGRES, *TWO_AT_ONCE, "-m", f"{IN_THIS_PROCESS} and not one_database"),
    needs=("PostgreSQL",),
)
REST_ON_SQLITE = Step(
    "SQLite",
    (
        "pytest",
        *TWO_AT_ONCE,
        *naming("one_database", "both_databases"),
        "-m",
        f"{IN_THIS_PROCESS} and (one_database or both_databases)",
    ),
)


def short() -> list[Step]:
    """The tests of `make test`: each once, on PostgreSQL where there is one, and on SQLite what may differ there."""
    return [
        REST_ON_SQLITE if find_postgres() else WHOLE_ON_SQLITE,
        WHOLE_ON_POSTGRESQL,
        Step(
            "PostgreSQL, Redis and Celery workers",
            ("pytest", *TWO_AT_ONCE, *naming("services"), "-m", "services and not long"),
            needs=ALL_SERVERS,
        ),
        Step(
            "Browser",
            ("pytest", *TWO_AT_ONCE, *naming("browser"), "-m", "browser and not long"),
            needs=("Chromium",),
        ),
    ]


def long() -> list[Step]:
    """The tests of `make test-long`, with many examples; those that are long one after another, because they measure."""
    alone = Step("Long tests", (*ON_POSTGRES, "-m", "long", "--timeout=1800"), needs=(*ALL_SERVERS, "Chromium"))
    steps = [WHOLE_ON_SQLITE, WHOLE_ON_POSTGRESQL, alone]
    return [replace(step, command=(*step.command, "--hypothesis-profile=long")) for step in steps]


def main(steps: list[Step]) -> int:
    """Run what can be run; 0 if all of it passed and nothing that must run was left out."""
    migrate_all_at_once()
    results = [step.run() for step in steps if not step.missing]
    left_out = [step for step in steps if step.missing]
    print("\n=== Summary\n")
    for result in results:
        print(f"{'passed' if result.is_good else 'FAILED'}  {result.name}: {result.words}")
    for step in left_out:
        how = "; ".join(f"{INSTALL[program]}" for program in step.missing)
        print(f"NOT RUN {step.name}: {' and '.join(step.missing)} not found. To run it: {how}")
    is_good = all(result.is_good for result in results) and not (left_out and must_run_all())
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(long() if sys.argv[1:] == ["long"] else short()))
