"""Measure the key operations against their floors: `make bench`, or `python benchmarks/run.py --employees 10000`.

On PostgreSQL when DATABASE_URL names one or one can be started here, else on SQLite. The company measured on is made
first; what the measurements write is taken back.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.postgres import Postgres, find_postgres  # noqa: E402  (found through the line above)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 with --strict if a promise was missed."""
    options = _options(arguments)
    with _database() as url:
        os.environ |= {"DATABASE_URL": url, "MODE": "test", "DJANGO_SETTINGS_MODULE": "hrportal.settings"}
        results = _measure(options.employees, options.only)
    if options.json:
        Path(options.json).write_text(json.dumps([result.as_json() for result in results], indent=2) + "\n")
    return int(options.strict and any(result.verdict == "missed" for result in results))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--employees", type=int, default=10_000, help="how large a company (default 10,000)")
    parser.add_argument("--json", metavar="FILE", help="also write the results to a file")
    parser.add_argument(
        "--only", choices=["bulk", "memory", "pages", "board", "evidence", "benches"], help="measure one part"
    )
    parser.add_argument("--strict", action="store_true", help="fail if a promise was missed")
    return parser.parse_args(arguments)


@contextmanager
def _database() -> Iterator[str]:
    """The URL of a database to measure on; a server or file of our own is removed afterwards."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
    elif programs := find_postgres():
        server = Postgres(programs).start()
        try:
            yield server.url("postgres")
        finally:
            server.remove()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"


def _measure(size: int, only: str | None = None) -> list:
    import django  # noqa: PLC0415  (the database is known only now)

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from benchmarks.benches import measure_benches  # noqa: PLC0415
    from benchmarks.bulk import measure_bulk  # noqa: PLC0415
    from benchmarks.evidence import measure_evidence  # noqa: PLC0415
    from benchmarks.imports import measure_memory  # noqa: PLC0415
    from benchmarks.measuring import table_of  # noqa: PLC0415
    from benchmarks.pages import measure_board, measure_pages  # noqa: PLC0415
    from hrportal.common.memory import keep_what_is_loaded  # noqa: PLC0415

    keep_what_is_loaded()  # as workers and servers do
    _make_company(size)
    parts = {
        "bulk": lambda: measure_bulk(size),
        "memory": lambda: measure_memory(size),
        "pages": measure_pages,
        "board": measure_board,
        "evidence": measure_evidence,
        "benches": measure_benches,
    }
    results = [result for name, measure in parts.items() if only in {None, name} for result in measure()]
    print(f"\n{connection.vendor}, a company of {size:,}\n\n{table_of(results)}")
    connection.close()
    return results


def _make_company(size: int) -> None:
    """A company without texts, unless the database given holds one already."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from hrportal.home.demo.load import load_company  # noqa: PLC0415
    from hrportal.people.models import Employee  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if Employee.objects.exists():
        return
    began = time.monotonic()
    load_company(size, seed=1, today=timezone.localdate(), texts=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"a company of {size:,} made in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
