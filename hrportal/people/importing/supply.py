"""Where rows come from, read once; and where those that matter are kept until it is known which of them go in."""

import pickle
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from hrportal.people.importing.rows import Row, RowError

IN_MEMORY = 1_000_000


class Read(NamedTuple):
    """One line: whose it is, and its row, or what is wrong with it."""

    line: int
    number: str
    row: Row | None
    errors: list[RowError]


class Supply(Protocol):
    """Rows of people from a file or a request."""

    def __iter__(self) -> Iterator[Read]: ...


class Spool:
    """Batches of rows on their way from the first look to the second; on disk when there are many."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (closed by leaving the spool)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Put a batch by."""
        pickle.dump([tuple(row) for row in rows], self._file, protocol=pickle.HIGHEST_PROTOCOL)

    def __iter__(self) -> Iterator[list[Row]]:
        """The batches in the order they came."""
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield [Row._make(values) for values in pickle.load(self._file)]  # noqa: S301  (written by us a moment ago)
