"""Timing an operation and its floor, and saying how they compare."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

REPEATS = 9


@dataclass(frozen=True)
class Result:
    """One operation: how long it and its floor took (in seconds), and what was promised."""

    name: str
    size: int
    floor_name: str
    floor: float
    taken: float
    most_ratio: float | None = None
    queries: int | None = None
    most_queries: int | None = None

    @property
    def ratio(self) -> float:
        return self.taken / self.floor if self.floor else float("inf")

    @property
    def verdict(self) -> str:
        """Whether the promise is kept; a number nobody promised anything about is only shown."""
        if self.most_ratio is None and self.most_queries is None:
            return "shown"
        is_fast = self.most_ratio is None or self.ratio <= self.most_ratio
        is_short = self.most_queries is None or self.queries is None or self.queries <= self.most_queries
        return "kept" if is_fast and is_short else "missed"

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": round(self.ratio, 2), "verdict": self.verdict}


def seconds(work: Callable[[], object]) -> float:
    """How long it takes, once."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def seconds_of_both(floor: Callable[[], object], work: Callable[[], object]) -> tuple[float, float]:
    """The usual time of a floor and of the work, taken in turn, so that a busy machine slows both alike."""
    floor(), work()  # the first time warms up
    pairs = [(seconds(floor), seconds(work)) for _ in range(REPEATS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def count_queries(work: Callable[[], object]) -> int:
    """How many statements it sends."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


@contextmanager
def taken_back() -> Iterator[None]:
    """Let something write as it likes; afterwards nothing of it is left."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def run_sql(statement: str, params: object = None) -> int:
    """Send one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


def table_of(results: list[Result]) -> str:
    """The results as people read them."""
    heading = ("operation", "n", "floor", "floor takes", "takes", "ratio", "at most", "queries", "at most", "verdict")
    lines = [heading, *(_line(result) for result in results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heading))]
    return "\n".join(
        "  ".join(cell.ljust(width) if place in (0, 2, 9) else cell.rjust(width) for place, (cell, width) in enumerate(zip(line, widths, strict=True))).rstrip()
        for line in lines
    )  # fmt: skip


def _line(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        f"{result.size:,}",
        result.floor_name,
        _time(result.floor),
        _time(result.taken),
        f"{result.ratio:.1f}",
        "" if result.most_ratio is None else f"{result.most_ratio:g}",
        "" if result.queries is None else str(result.queries),
        "" if result.most_queries is None else str(result.most_queries),
        result.verdict,
    )


def _time(duration: float) -> str:
    return f"{duration:.2f} s" if duration >= 1 else f"{duration * 1000:.1f} ms"
