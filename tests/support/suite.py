"""The whole suite, step by step, on everything this machine offers; it says aloud what it had to leave out.

python -m tests.support.suite          the tests of `make test`
python -m tests.support.suite long     the tests that take minutes
"""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from .browser import find_chromium
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
        with subprocess.Popen([sys.executable, "-m", *self.command], stdout=subprocess.PIPE, text=True) as process:
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


TWO_AT_ONCE = ("-n", "2")
NOT_TWICE = "not services and not browser and not long and not one_database"
ON_POSTGRES = ("tests.support.with_postgres", "pytest")
ALL_SERVERS = ("PostgreSQL", "Redis")

SUITE = [
    Step("SQLite", ("pytest", *TWO_AT_ONCE)),
    Step("PostgreSQL", (*ON_POSTGRES, *TWO_AT_ONCE, "-m", NOT_TWICE), needs=("PostgreSQL",)),
    # One after another, because these measure and hurt real processes.
    Step("PostgreSQL, Redis and Celery workers", ("pytest", "-m", "services and not long"), needs=ALL_SERVERS),
    Step("Browser", ("pytest", "-m", "browser and not long", *TWO_AT_ONCE), needs=("Chromium",)),
]
LONG = [Step("Long tests", (*ON_POSTGRES, "-m", "long", "--timeout=1800"), needs=(*ALL_SERVERS, "Chromium"))]


def main(steps: list[Step]) -> int:
    """Run what can be run; 0 if all of it passed and nothing that must run was left out."""
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
    sys.exit(main(LONG if sys.argv[1:] == ["long"] else SUITE))
